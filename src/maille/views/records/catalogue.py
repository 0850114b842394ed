"""The catalogue of the published files, in DCAT (JSON-LD), which data.gouv.fr can harvest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from maille.schema.kind import Entry, Kind
from maille.site.model import Site
from maille.views.records.export_rows import CREDIT, PAGE, find_licence, has_place
from maille.views.records.published_files import DataFile

ADDRESS = f"{PAGE}catalogue.jsonld"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def encode_catalogue(site: Site, files: Iterable[DataFile]) -> bytes:
    """Return the catalogue: a dataset for each kind that has entries, with all its files."""
    config = site.config
    by_kind: dict[str, list[DataFile]] = {}
    for file in files:
        by_kind.setdefault(file.kind.name, []).append(file)
    catalogue = {
        "@context": _CONTEXT,
        "@id": site.make_absolute(ADDRESS),
        "@type": "dcat:Catalog",
        "dct:title": f"Données : {config.name}",
        "dct:description": config.description,
        "dct:language": config.language,
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": config.name},
        "foaf:homepage": {"@id": site.make_absolute("/")},
        "dcat:dataset": [
            _describe_dataset(site, some[0].kind, some)
            for some in by_kind.values()
            if site.list_real(some[0].kind.model)
        ],
    }
    return (json.dumps(catalogue, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _describe_dataset(site: Site, kind: Kind, files: Iterable[DataFile]) -> dict[str, Any]:
    entries: tuple[Entry, ...] = site.list_real(kind.model)
    credit = CREDIT if has_place(kind.model) else ""
    last = max((entry.updated for entry in entries if entry.updated), default=None)
    return {
        "@id": site.make_absolute(f"{PAGE}#{kind.file_name}"),
        "@type": "dcat:Dataset",
        "dct:identifier": site.make_absolute(f"{PAGE}#{kind.file_name}"),
        "dct:title": f"{kind.title} : {site.config.name}",
        "dct:description": f"{kind.title}, en fichiers. {credit}".rstrip(),
        **_describe_licence(site),
        **({"dct:modified": _type("date", last.isoformat())} if last else {}),
        "dcat:keyword": [kind.plural, site.config.short_name],
        "dcat:landingPage": {"@id": site.make_absolute(PAGE)},
        "dcat:distribution": [_describe_file(site, file) for file in files],
    }


def _describe_file(site: Site, file: DataFile) -> dict[str, Any]:
    address = {"@id": site.make_absolute(file.address)}
    schema = site.make_absolute(file.schema) if file.schema.startswith("/") else file.schema
    return {
        "@id": address["@id"],
        "@type": "dcat:Distribution",
        "dct:title": f"{file.kind.title} ({file.title})",
        "dct:description": file.words,
        "dcat:accessURL": address,
        "dcat:downloadURL": address,
        "dcat:mediaType": file.media_type,
        "dct:format": file.form,
        "dcat:byteSize": _type("nonNegativeInteger", str(len(file.data))),
        **_describe_licence(site),
        **({"dct:conformsTo": {"@id": schema}} if schema else {}),
    }


def _describe_licence(site: Site) -> Mapping[str, str]:
    """Return the property for the licence, with its value.

    Until the owner chooses a licence, it is `dct:rights`, with « licence à confirmer ».
    """
    return {"dct:license" if site.config.data_licence else "dct:rights": find_licence(site)}


def _type(name: str, value: str) -> Mapping[str, str]:
    return {"@type": f"xsd:{name}", "@value": value}
