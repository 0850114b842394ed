"""Every file of our content is admitted by the JSON Schema of its kind, as other tools read it."""

from __future__ import annotations

from maille.content.discover import discover
from maille.content.parse import parse
from tests.building import ROOT
from tests.schema.test_json_schema import KINDS, refused


def test_all_our_content_is_admitted() -> None:
    """`tests/schema/test_json_schema.py` shows that a wrong file would be refused."""
    documents, problems = parse(discover(ROOT, KINDS).sources)
    assert problems == ()
    assert len(documents) > 300
    assert refused(documents) == {}
