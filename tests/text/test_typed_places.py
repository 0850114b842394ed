"""Names of communes as people type them, and codes that are not those of communes."""

from __future__ import annotations

import pytest

from maille.text.names import fold
from maille.text.typed_places import (
    FORMER_REGIONS,
    find_uninhabited,
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
    ("code", "name"),
    [
        ("984", "Terres australes et antarctiques françaises"),
        ("98412", "Terres australes et antarctiques françaises"),
        ("989", "Île de Clipperton"),
        ("988", ""),
        ("97801", ""),
        ("974", ""),
        ("98", ""),
        ("9840", ""),
        ("Nouméa", ""),
    ],
)
def test_a_land_without_inhabitants_is_known_by_its_code(code: str, name: str) -> None:
    assert find_uninhabited(code) == name


def test_former_regions_are_known_once() -> None:
    assert len({fold(name) for name in FORMER_REGIONS}) == len(FORMER_REGIONS)
