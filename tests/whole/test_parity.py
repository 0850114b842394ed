"""The engine gives what the shared table says (see `tests/parity.py`)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from maille.gazetteer import Communes, Gazetteer
from maille.publish import render
from maille.site.place import Place, Precision
from maille.text.dates import format_date
from maille.text.names import fold, join_names
from maille.text.suggestions import find_nearest
from maille.text.typography import typeset
from maille.views import communes
from maille.views.drawings.country_map import MARGIN, Box, Projection
from maille.views.sentences import capitalise
from maille.views.territory.presences import find_presences
from tests.building import ROOT
from tests.outlining import make_outlines
from tests.parity import CASES, TERRITORIES, make_site_of_territories

PRECISE = 100_000  # units of a drawing, so that rounding does not show


def format_count(*given: Any) -> str:
    environment = render._make_environment(ROOT / "templates")
    environment.filters.update(render._make_filters("", ""))
    macros: Any = environment.get_template("_macros.html").module
    return str(macros.count_of(*given))


def holds_point(rings: Sequence[Any], point: tuple[float, float]) -> bool:
    outline = tuple(tuple((x, y) for x, y in ring) for ring in rings)
    longitude, latitude = point
    known = Gazetteer({}, {}, {}, Communes({}), make_outlines({"01": outline}))
    return known.has_point_in_department("01", latitude, longitude)


def project(points: Sequence[tuple[float, float]]) -> list[list[float]]:
    """Return where the points fall from the first, as parts of the drawing."""
    drawn = Projection.fit(Box.enclose([(x, y) for x, y in points]), PRECISE + 2 * MARGIN)
    (x0, y0), *others = [drawn(*point) for point in points]
    return [[round((x - x0) / PRECISE, 3), round((y - y0) / PRECISE, 3)] for x, y in others]


ENGINE: dict[str, Callable[..., Any]] = {
    "fold": fold,
    "drop_article": lambda name: communes._strip_articles(name)[0],
    "typeset": typeset,
    "format_count": format_count,
    "join_names": join_names,
    "capitalize": capitalise,
    "format_date": lambda *day: format_date(datetime.date(*day)),
    "format_iso_date": lambda *day: str(datetime.date(*day)),
    "name_place": lambda town, area: Place(Precision.COMMUNE, town, department_name=area).label,
    "is_misspelling": lambda typed, word: find_nearest(typed, [word]) == [word],
    "holds_point": holds_point,
    "project": project,
}


def test_the_table_has_cases_for_each_function() -> None:
    assert CASES.keys() == ENGINE.keys()
    assert all(CASES.values())


@pytest.mark.parametrize("name", ENGINE)
def test_the_engine_gives_what_the_table_says(name: str) -> None:
    found = [ENGINE[name](*case["given"]) for case in CASES[name]]
    assert found == [case["expected"] for case in CASES[name]]


@pytest.mark.parametrize("code", TERRITORIES["expected"])
def test_the_engine_finds_who_is_in_a_territory(code: str) -> None:
    found = find_presences(make_site_of_territories())
    assert {
        "standing": [one.slug for one in found.list_catalysers(code)],
        "acting": [one.entry.slug for one in found.list_acting(code)],
    } == TERRITORIES["expected"][code]
