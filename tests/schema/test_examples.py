"""What is drawn for examples: where they are, what they are called, which terms they have."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import pytest

from maille.gazetteer import Gazetteer
from maille.kinds.catalyser import FACETS, KIND, ONLY_REAL, Catalyser
from maille.pipeline import load_gazetteer
from maille.schema.examples import Draw, draw, draw_communes
from maille.schema.vocabulary import Term

SUBS = ({"cle": "a1", "nom": "A 1"}, {"cle": "a2", "nom": "A 2"}, {"cle": "a3", "nom": "A 3"})
_TERMS = tuple(
    Term.model_validate({"cle": key, "nom": f"Relier {key}", "activites": SUBS}) for key in "abc"
)
TERMS = {facet.vocabulary: _TERMS for facet in FACETS}


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return load_gazetteer()


def take(places: Gazetteer, count: int, *codes: str) -> list[Draw]:
    return list(islice(draw(places, codes, TERMS), count))


def make(drawn: Draw) -> Catalyser:
    assert KIND.make_example
    made = KIND.make_example(drawn, drawn.make_document("site.toml", "Aucun <x> & rien."))
    assert isinstance(made, Catalyser)
    return made


def test_one_in_each_departement_then_as_people_are(places: Gazetteer) -> None:
    departments = {code: one for code, one in places.departments.items() if one.region}
    drawn = list(islice(draw_communes(places, sorted(departments)), 1000))
    assert {commune.department for commune in drawn[:101]} == departments.keys()
    people = sum(one.population for one in departments.values())
    for count in (322, 1000):
        found = Counter(commune.department for commune in drawn[:count])
        for code, one in departments.items():
            assert abs(found[code] - count * one.population / people) < 1.5, (count, code)
    sizes = sorted(commune.population for commune in drawn[:322])
    assert sizes[20] < 1500  # villages
    assert sizes[-20] > 20_000  # towns
    assert all(commune.latitude for commune in drawn)


def test_a_longer_list_begins_like_a_shorter_one(places: Gazetteer) -> None:
    assert take(places, 400)[:120] == take(places, 120)


@pytest.mark.parametrize(
    ("perimeter", "communes"),
    [(("974", "976"), 35), (("988",), 25), (("75",), 1), (("986",), 3), (("35",), 60)],
)
def test_a_network_has_its_examples_in_its_own_perimeter(
    places: Gazetteer, perimeter: tuple[str, ...], communes: int
) -> None:
    """A commune comes again only once all those of its département came."""
    drawn = take(places, 60, *perimeter)
    assert {one.department.code for one in drawn} == {*perimeter}
    assert len({one.commune.code for one in drawn}) >= communes
    assert all(make(one).territories for one in drawn)


def test_an_unknown_perimeter_is_the_whole_country(places: Gazetteer) -> None:
    assert take(places, 9, "999") == take(places, 9)


def test_they_say_that_they_are_examples_and_show_every_facet(places: Gazetteer) -> None:
    made = [make(drawn) for drawn in take(places, 322)]
    assert len({one.name for one in made}) == len({one.slug for one in made}) == 322
    assert all(one.is_example and one.name.startswith("Exemple ") for one in made)
    assert all("Exemple inventé" in one.summary for one in made)
    assert made[0].body.html.startswith("<p>Aucun &lt;x&gt; &amp; rien. ")
    assert {one.relation for one in made} == {None}
    for facet in FACETS:
        if facet.alias not in ONLY_REAL:
            keys = {key for one in made for key in facet.list_keys(one)}
            assert keys == ({"a1", "a2", "a3"} if facet.part else {"a", "b", "c"}), facet.key
    assert {len(one.practices) for one in made} == {1, 2}
    sorts = Counter(_sort_of(one.territories[0]) for one in made)
    assert sorts["national"] < 20 < sorts["region"] < sorts["departement"]
    assert sorts["siren"] > 20
    pointless = [one for one in made if not one.insee_code]
    assert 5 < len(pointless) < 20
    assert all(one.department for one in made)


def _sort_of(area: str) -> str:
    if not area[0].isdigit():
        return "national" if area == "national" else "region"
    return "siren" if len(area) == 9 else "departement"


def test_a_network_without_lists_has_some_too(places: Gazetteer) -> None:
    (drawn,) = islice(draw(places, (), {}), 1)
    made = make(drawn)
    assert (made.practices, made.themes, made.profile) == ((), (), None)
    assert " : " not in made.summary


def test_they_are_the_same_on_any_machine(places: Gazetteer) -> None:
    """What was drawn when this was written; another draw changes it, and so may new communes."""
    assert [(one.commune.code, one.territory, one.name) for one in take(places, 3)] == [
        ("59286", "200093201", "Exemple 001 : comptoir de la place"),
        ("75056", "75", "Exemple 002 : jardin du lundi"),
        ("13039", "13", "Exemple 003 : relais des voisins"),
    ]
