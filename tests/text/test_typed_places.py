"""Names of communes as people type them, and codes that are not those of communes."""

from __future__ import annotations

import pytest

from maille.text.names import fold
from maille.text.typed_places import (
    FORMER_REGIONS,
    find_collectivity,
    find_whole_commune,
    list_readings,
)


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("Lyon Cedex 03", ["Lyon"]),
        ("69003 Lyon", ["Lyon"]),
        ("Lyon, 69003", ["Lyon"]),
        ("Dijon (21000)", ["Dijon"]),
        ("Ajaccio (2A)", ["Ajaccio"]),
        ("Paris 11e Arrondissement", ["Paris"]),
        ("Marseille 1er", ["Marseille"]),
        ("69003 LYON CEDEX 03, FRANCE", ["LYON"]),
        ("Havre (Le)", ["Le Havre"]),
        ("Haÿ-les-Roses (L')", ["L'Haÿ-les-Roses"]),
        ("Amiens", []),
        ("Le Havre", []),
        ("", []),
    ],
)
def test_what_a_name_may_hold(typed: str, readings: list[str]) -> None:
    assert list(list_readings(typed)) == readings


@pytest.mark.parametrize(
    ("code", "whole"),
    [("75111", "75056"), ("69381", "69123"), ("13216", "13055"), ("75121", ""), ("80021", "")],
)
def test_an_arrondissement_is_a_part_of_its_commune(code: str, whole: str) -> None:
    assert find_whole_commune(code) == whole


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("988", "la Nouvelle-Calédonie"),
        ("97801", "Saint-Martin"),
        ("974", ""),
        ("97411", ""),
        ("98", ""),
        ("9880", ""),
        ("Nouméa", ""),
    ],
)
def test_a_collectivity_is_known_by_its_code(code: str, name: str) -> None:
    assert find_collectivity(code) == name


def test_former_regions_are_folded() -> None:
    assert all(fold(name) == name for name in FORMER_REGIONS)
