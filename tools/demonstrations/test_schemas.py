"""Every file of our content is admitted by the JSON Schema of its kind, as other tools read it."""

from __future__ import annotations

import json
from pathlib import Path

from data_inclusion.schema.v1.structures import Structure

from maille.content.discover import discover
from maille.content.parse import parse
from tests.building import ROOT
from tests.schema.test_json_schema import KINDS, refused


def test_all_our_content_is_admitted() -> None:
    """`tests/schema/test_json_schema.py` shows that a wrong file would be refused."""
    documents, problems = parse(discover(ROOT, KINDS).sources)
    assert problems == ()
    assert len(documents) > 80  # examples have no file
    assert refused(documents) == {}


def test_our_records_are_structures_of_data_inclusion(output: Path) -> None:
    path = output / "donnees/catalyseurs-data-inclusion.json"
    structures = json.loads(path.read_bytes())
    assert len(structures) > 25
    for one in structures:
        Structure.model_validate(one, context={"ignore_warnings": False})
