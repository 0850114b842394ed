"""YAML is read once, as text, with the position of each key and value."""

from __future__ import annotations

import pytest
import yaml

from maille.content.yaml_reader import DEPTH_LIMIT, YamlReader
from maille.problems import ContentError


def test_values_are_texts_at_their_positions() -> None:
    reader = YamlReader("code: 01\nnom: [NO, ~]\nfin: null\n", "f.md", 2)
    assert reader.read_all() == {"code": "01", "nom": ["NO"], "fin": ""}
    assert reader.key_positions["nom",] == (3, 1)
    assert reader.value_positions["nom", 0] == (3, 7)
    assert (reader.problems, reader.lost) == ([], set())


def test_reading_goes_on_after_an_anchor() -> None:
    reader = YamlReader("nom: &a Un\nautre: *a\n", "f.md", 2)
    assert reader.read_all() == {"nom": "Un", "autre": ""}
    assert [one.line for one in reader.problems] == [2, 3]
    assert reader.lost == {1}


@pytest.mark.parametrize(
    ("text", "error"), [("nom: a : b\n", yaml.MarkedYAMLError), ("titre:x: y\n", ContentError)]
)
def test_reading_stops_at_a_mistake_after_which_nothing_is_sure(
    text: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        YamlReader(text, "f.md", 2).read_all()


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_what_is_nested_too_deep_is_refused_before_it_is_read(opening: str, closing: str) -> None:
    reader = YamlReader(f"nom: {opening * 17}x{closing * 17}\n", "f.md", 2)
    with pytest.raises(ContentError, match="16 niveaux"):
        reader.read_all()
    assert DEPTH_LIMIT == 16
