"""What editors read of the kinds comes from the kinds, and is committed as it comes."""

from __future__ import annotations

import re

import pytest

from build import KINDS
from maille import kinds
from maille.content.documents import SourceFile
from maille.content.markdown import Converter
from maille.content.parse import parse_one
from maille.schema.blank_forms import make_blank_form, make_key_table
from maille.schema.kind import Kind
from maille.schema.validate import validate_one
from tools.guide import ROOT, make_files

EVERY = kinds.load(KINDS)


def test_the_committed_guide_and_forms_are_up_to_date() -> None:
    for path, text in make_files().items():
        name = path.relative_to(ROOT)
        assert path.is_file(), f"{name} manque : lancez python -m tools.guide"
        assert path.read_text(encoding="utf-8") == text, f"{name} : lancez python -m tools.guide"


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.name)
def test_the_table_has_every_key_of_the_kind(kind: Kind) -> None:
    rows = make_key_table(kind)
    for info in kind.model.model_fields.values():
        assert f"| `{info.alias}" in rows
        assert info.title
        assert info.title in rows


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.name)
def test_a_form_has_every_key_at_its_place_with_a_word_on_it(kind: Kind) -> None:
    whole = re.sub(r"(?m)^# (?=[ a-z_-]+:( \[\])? +# )", "", make_blank_form(kind))
    path = f"{kind.folder}/essai{kind.suffix}"
    document, problems = parse_one(SourceFile(path, whole.encode()), Converter())
    assert document
    assert problems == ()
    _, found = validate_one(document, kind)
    assert not [one for one in found if "n'existe pas" in one.message]
    keys = re.findall(r"(?m)^[ -]*([a-z_]+):", whole)
    assert sorted(keys) == sorted(
        re.findall(r"`(?:[^`]+\.)?([a-z_]+)(?:\[\])?` \| (?:oui)? \|", make_key_table(kind))
    )
    assert len(keys) == len(re.findall(r"(?m)^[ -]*[a-z_]+:( \[\])? +# \S+", whole))


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.name)
def test_a_blank_form_lacks_only_what_must_be_filled(kind: Kind) -> None:
    path = f"{kind.folder}/essai{kind.suffix}"
    document, problems = parse_one(SourceFile(path, make_blank_form(kind).encode()), Converter())
    assert document
    assert problems == ()
    _, found = validate_one(document, kind)
    assert found
    lacks = [one for one in found if "est une ligne du modèle" not in one.message]
    assert len(lacks) == len(found) - (kind.suffix == ".md")
    assert all("est vide" in one.message or "il manque" in one.message for one in lacks), found
