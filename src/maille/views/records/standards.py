"""The records in the formats of two French standards, for programs that read these formats.

- data·inclusion, `structure` of version 1: a JSON array that conforms to its schema. A record for
  which `find_day` finds no day, or whose name is too short or too long for the schema, is left out.
- Médiation numérique: a CSV with the column names of that standard. It does not conform, since the
  standard requires a SIRET and a street address, which most records lack.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from maille.kinds.catalyser import Catalyser
from maille.schema.kind import list_source_days
from maille.site.model import Site
from maille.site.place import Precision
from maille.text.names import make_slug
from maille.text.urls import encode_url
from maille.views.records.export_rows import escape_formula, format_cell

# The lengths of names and of descriptions, and the first day, that data·inclusion accepts.
_NAME_LENGTHS, _DESCRIPTION_LENGTHS = range(3, 151), range(5, 10_001)
_FIRST_DAY = datetime.date(2000, 1, 1)
_SUMMARY_LENGTH = 280  # the limit of médiation numérique

# The first digits of French numbers, after their zero → the calling code of their country or
# collectivity (Arcep). Numbers that belong to no one place (07 09, 08, 09) are left out.
_COUNTRY_CODES = {
    r"26[23]|69[23]|269|639": "262",
    r"590|69[01]": "590",
    r"594|694": "594",
    r"596|69[67]": "596",
    r"[1-5]|6|7(?!09)": "33",
}


def list_structures(site: Site, entries: Iterable[Catalyser]) -> list[dict[str, Any]]:
    """Return the records as structures of data·inclusion; leave out records that cannot be one."""
    made = (_make_structure(site, entry) for entry in entries)
    return [structure for structure in made if structure]


def encode_structures(structures: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the JSON of structures, one per line."""
    lines = (json.dumps(one, ensure_ascii=False) for one in structures)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode("utf-8", "replace")


def encode_mediation(site: Site, entries: Iterable[Catalyser]) -> bytes:
    """Return the CSV of records, with the columns of médiation numérique in their order."""
    rows = [_make_place(site, entry) for entry in entries]
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(_MEDIATION)
    for row in rows:
        writer.writerow([escape_formula(format_cell(row.get(key)), key) for key in _MEDIATION])
    return out.getvalue().encode("utf-8", "replace")


_MEDIATION = (
    *("id", "pivot", "nom", "commune", "code_postal", "code_insee", "adresse"),
    *("latitude", "longitude", "telephone", "courriels", "site_web"),
    *("presentation_resume", "presentation_detail", "source", "date_maj"),
)


def _make_structure(site: Site, entry: Catalyser) -> dict[str, Any] | None:
    """Return a record as a structure of data·inclusion, or None if it cannot be one."""
    day, source = find_day(site, entry), _name_source(site)
    if day is None or len(entry.name) not in _NAME_LENGTHS:
        return None
    kept = entry.summary if len(entry.summary) in _DESCRIPTION_LENGTHS else None
    return {
        "source": source,
        "id": f"{source}--{entry.slug}",
        "nom": entry.name,
        "date_maj": day.isoformat(),
        "description": kept,
        "lien_source": site.make_absolute(site.address(entry)),
        **_describe_contact(site, entry),
        "courriel": entry.email,
    }


def _make_place(site: Site, entry: Catalyser) -> Mapping[str, Any]:
    day = find_day(site, entry)
    form = "resume" if len(entry.summary) <= _SUMMARY_LENGTH else "detail"
    return {
        "id": entry.slug,
        "nom": entry.name,
        **_describe_contact(site, entry),
        "courriels": entry.email,
        f"presentation_{form}": entry.summary,
        "source": site.config.name,
        "date_maj": day and day.isoformat(),
    }


def _describe_contact(site: Site, entry: Catalyser) -> dict[str, Any]:
    """Return the keys that both standards share; coordinates are None without an exact address."""
    place = site.place(entry)
    exact = place.precision is Precision.ADDRESS
    return {
        "commune": place.commune or None,
        "code_postal": entry.postcode,
        "code_insee": place.insee_code or None,
        "adresse": entry.address,
        "latitude": place.latitude if exact else None,
        "longitude": place.longitude if exact else None,
        "telephone": entry.phone and format_international(entry.phone),
        "site_web": entry.website and encode_url(entry.website),
    }


def _name_source(site: Site) -> str:
    return make_slug(site.config.short_name)


def find_day(site: Site, entry: Catalyser) -> datetime.date | None:
    """Return the last day on which a record is known to be right, or None.

    It is the latest of its last change, its verification and its sources, up to today. A source
    dated by month or year counts as its first day. Days before 2000 are ignored.
    """
    sources = (day for _, day in list_source_days(entry.sources or ()))
    days = [day for day in (entry.updated, entry.verified_on, *sources) if day]
    return max((day for day in days if _FIRST_DAY <= day <= site.today), default=None)


def format_international(phone: str) -> str:
    """Return a telephone number with its country code, or as it is if that is not certain."""
    for start, code in _COUNTRY_CODES.items():
        if re.fullmatch(rf"0(?:{start})\d+", phone) and len(phone) == 10:
            return f"+{code}{phone[1:]}"
    return phone
