"""The records of the miniature, read from their files without the engine.

Who is real, who stands where and who acts where, by YAML and by the tables of the gazetteer alone:
what pages say is compared with it.
"""

from __future__ import annotations

import functools
import itertools
import json
import os
import tomllib
from collections.abc import Iterator
from typing import Any

import yaml

from maille.gazetteer import Commune
from maille.kinds.catalyser import KIND
from maille.pipeline import load_gazetteer
from maille.schema.examples import draw
from maille.schema.vocabulary import Term
from tests.building import ROOT

Record = dict[str, Any]
# `make demonstrations` has the same said of this repository's own content.
CONTENT = ROOT / os.environ.get("CONTENT", "tests/sites/essai")
# What sentences call a record: the network's word, or « acteur » while none of them is verified.
NAMED = "(?:catalyseurs?|acteurs?(?: et démarches)?)"


def _read() -> Iterator[tuple[str, Record]]:
    """Yield the headers of the records that are published."""
    for path in sorted((CONTENT / "catalysers").rglob("*.md")):
        if path.name not in {"README.md", "_modele.md"}:
            header = path.read_text(encoding="utf-8").split("---\n", 2)[1]
            # CBaseLoader guesses nothing: texts and lists of texts.
            record = yaml.load(header, yaml.CBaseLoader)
            if record.get("brouillon") != "oui":
                yield path.stem, record


def _make_examples(there: int) -> Iterator[tuple[str, Record]]:
    """Yield the examples that `site.toml` asks for besides the files: what the engine draws."""
    settings = (CONTENT / "site.toml").read_text(encoding="utf-8")
    count = tomllib.loads(settings).get("exemples", 0) - there
    drawn = draw(load_gazetteer(), (), _read_terms()) if count > 0 else iter(())
    for one in itertools.islice(drawn, max(0, count)):
        assert KIND.make_example
        made = KIND.make_example(one, one.make_document("site.toml", ""))
        yield one.slug, json.loads(made.model_dump_json(by_alias=True)) | {"exemple": "oui"}


def _read_terms() -> dict[str, tuple[Term, ...]]:
    """Return the terms of each vocabulary."""
    paths = (CONTENT / "content/vocabulaires").glob("[!_]*.yaml")
    read = ((path.stem, yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)) for path in paths)
    return {name: tuple(map(Term.model_validate, found["termes"])) for name, found in read}


RECORDS = dict(_read())
RECORDS |= dict(_make_examples(len(RECORDS)))
REAL = {slug: record for slug, record in RECORDS.items() if record.get("exemple") != "oui"}
EXAMPLES = RECORDS.keys() - REAL.keys()


def is_placed(record: Record) -> bool:
    return bool(record.get("commune") or record.get("code_insee") or record.get("latitude"))


PLACED = {slug for slug, record in RECORDS.items() if is_placed(record)}


def make_list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def find_records_with(key: str, term: str) -> set[str]:
    """Return the slugs of those that have a term under a key of their header."""
    return {slug for slug, record in RECORDS.items() if term in make_list(record.get(key))}


# --- Where ---


def list_departments(code: str) -> set[str]:
    """Return the codes of the départements that a territory is, covers or lies in."""
    known = load_gazetteer()
    if code in known.regions:
        return {one.code for one in known.departments.values() if one.region == code}
    if code in known.intercommunalites:
        members = known.intercommunalites[code].members
        return {known.communes[member].department for member in members}
    assert code in known.departments, code
    return {code}


def _is_body(code: str) -> bool:
    return code in load_gazetteer().intercommunalites


def find_department(record: Record) -> str:
    """Return the code of the département in which a record stands; "" when nothing tells it."""
    if found := find_commune(record):
        return found.department
    return str(record.get("departement") or "")


def find_commune(record: Record) -> Commune | None:
    known = load_gazetteer()
    if code := record.get("code_insee"):
        return known.communes[code]
    if not record.get("commune"):
        return None
    found = known.find(record["commune"], record.get("departement") or None)
    assert isinstance(found, Commune), record
    return found


def _is_located_in(record: Record, code: str) -> bool:
    department = find_department(record)
    if department not in list_departments(code):
        return False
    if not _is_body(code):
        return True
    if commune := find_commune(record):
        return commune.code in load_gazetteer().intercommunalites[code].members
    # Known to its département only: of the intercommunalité there that it names.
    return code in make_list(record.get("territoires"))


def _acts_in(record: Record, code: str) -> bool:
    """Return whether a record names the territory, or one that holds it or that it holds."""
    named = (one for one in make_list(record.get("territoires")) if one != "national")
    return any(
        one == code
        or (
            not (_is_body(one) and _is_body(code))
            and list_departments(one) & list_departments(code)
        )
        for one in named
    )


@functools.cache
def find_located_in(code: str) -> frozenset[str]:
    """Return the slugs of those that stand in a territory."""
    return frozenset(slug for slug, record in RECORDS.items() if _is_located_in(record, code))


@functools.cache
def find_acting_in(code: str) -> frozenset[str]:
    """Return the slugs of those that act in a territory from elsewhere."""
    found = frozenset(slug for slug, record in RECORDS.items() if _acts_in(record, code))
    return found - find_located_in(code)


NATIONAL = {
    slug for slug, one in RECORDS.items() if "national" in make_list(one.get("territoires"))
}
