from __future__ import annotations

import re

import pytest

from maille.gazetteer import Gazetteer
from maille.problems import Level
from maille.site.place import Precision
from tests.placing import place, read_places


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return read_places()


@pytest.mark.parametrize(
    ("keys", "precision", "label"),
    [
        ({}, Precision.UNKNOWN, ""),
        ({"departement": "63"}, Precision.DEPARTMENT, "Puy-de-Dôme"),
        ({"commune": "Amiens"}, Precision.COMMUNE, "Amiens, Somme"),
        (
            {"commune": "saint denis", "departement": "974"},
            Precision.COMMUNE, "Saint-Denis, La Réunion",
        ),
        ({"code_insee": "2A004"}, Precision.COMMUNE, "Ajaccio, Corse-du-Sud"),
        ({"code_insee": "80021", "departement": "80"}, Precision.COMMUNE, "Amiens, Somme"),
        (
            {"commune": "Amiens", "latitude": "49.9", "longitude": "2.3"},
            Precision.ADDRESS, "Amiens, Somme",
        ),
        (
            {"departement": "974", "latitude": "-21.1", "longitude": "55.5"},
            Precision.ADDRESS, "La Réunion",
        ),
    ],
)  # fmt: skip
def test_where_an_entry_stands(
    gazetteer: Gazetteer, keys: dict[str, str], precision: Precision, label: str
) -> None:
    found, problems = place(gazetteer, **keys)
    assert problems == ()
    assert (found.precision, found.label) == (precision, label)
    assert found.is_placed == (precision in {Precision.ADDRESS, Precision.COMMUNE})


@pytest.mark.parametrize(
    ("keys", "label"),
    [
        ({"commune": "Saint-Denis", "departement": "974"}, "Saint-Denis, La Réunion"),
        ({"code_insee": "93066"}, "Saint-Denis, Seine-Saint-Denis"),
        ({"commune": "Sainte-Marie", "departement": "972"}, "Sainte-Marie, Martinique"),
        ({"commune": "Saint-Pierre", "departement": "972"}, "Saint-Pierre, Martinique"),
        ({"commune": "Amiens"}, "Amiens"),
        ({"code_insee": "2A004"}, "Ajaccio"),
        ({"departement": "974"}, "La Réunion"),
    ],
)
def test_a_homonym_is_never_named_alone(
    gazetteer: Gazetteer, keys: dict[str, str], label: str
) -> None:
    assert place(gazetteer, **keys)[0].short_label == label


def test_a_point_that_is_given_is_kept(gazetteer: Gazetteer) -> None:
    found, _ = place(gazetteer, commune="Amiens", latitude="49,9", longitude="2.31")
    assert (found.latitude, found.longitude) == (49.9, 2.31)
    assert (found.region, found.region_name) == ("hauts-de-france", "Hauts-de-France")


def test_a_commune_without_a_point_is_not_placed(gazetteer: Gazetteer) -> None:
    found, problems = place(gazetteer, commune="Chalinargues", departement='"15"')
    assert problems == ()
    assert found.precision is Precision.COMMUNE
    assert not found.is_placed


@pytest.mark.parametrize(
    ("keys", "at", "message", "hint"),
    [
        (
            {"commune": "Clermont-Ferand"}, (5, 10),
            "aucune commune ne s'appelle « Clermont-Ferand »",
            "écrivez « commune: Clermont-Ferrand »",
        ),
        (
            {"commune": "Amiens", "departement": "63"}, (6, 14),
            "aucune commune ne s'appelle « Amiens » dans le Puy-de-Dôme",
            'écrivez departement: "80"',
        ),
        ({"commune": "Zzzz"}, (5, 10), "ne s'appelle « Zzzz »", "écrivez commune: …"),
        (
            {"commune": "Saint-Denis"}, (5, 10),
            "plusieurs communes s'appellent « Saint-Denis »",
            "ajoutez departement: … parmi 11 (Aude), 30 (Gard), 93 (Seine-Saint-Denis)",
        ),
        (
            {"commune": "Longvilliers", "code_postal": "62630"}, (5, 10),
            "plusieurs communes s'appellent « Longvilliers »", 'ajoutez departement: "62"',
        ),
        (
            {"commune": "Saint-Denis", "code_postal": "93200"}, (5, 10),
            "plusieurs communes s'appellent « Saint-Denis »", 'ajoutez departement: "93"',
        ),
        (
            {"commune": "Longvilliers", "code_postal": "80000"}, (5, 10),
            "plusieurs communes s'appellent", "parmi 62 (Pas-de-Calais), 78 (Yvelines)",
        ),
        (
            {"commune": "Bellegarde-sur-Valserine"}, (5, 10),
            "n'est plus une commune : c'est aujourd'hui « Valserhône (01, Ain) »",
            "écrivez commune: Valserhône",
        ),
        ({"code_insee": "99999"}, (5, 13), "« 99999 » n'est le code INSEE d'aucune", "cinq carac"),
        (
            {"code_insee": "80021", "departement": "63"}, (5, 13),
            "« 80021 » désigne Amiens (80, Somme), qui n'est pas dans le Puy-de-Dôme",
            'écrivez departement: "80", ou corrigez code_insee',
        ),
        ({"departement": "Somme"}, (5, 14), "« Somme » n'est", 'écrivez departement: "80" (Somme)'),
        ({"departement": "2a"}, (5, 14), "« 2a » n'est", 'departement: "2A" (Corse-du-Sud)'),
        ({"departement": "national"}, (5, 14), "« national » n'est", "écrivez departement: …"),
        ({"departement": "Auvergne"}, (5, 14), "« Auvergne » n'est", "écrivez departement: …"),
        (
            {"latitude": "45.78", "longitude": "3.08"}, (5, 11),
            "un point est donné sans commune ni département", "ajoutez departement: …",
        ),
        (
            {"departement": "80", "latitude": "45.78", "longitude": "3.08"}, (6, 11),
            "le point 45.78, 3.08 n'est pas dans la Somme", "écrivez latitude: … et longitude: …",
        ),
        (
            {"departement": "63", "latitude": "3.08", "longitude": "45.78"}, (6, 11),
            "le point 3.08, 45.78 n'est pas dans le Puy-de-Dôme",
            "sont inversées : échangez-les",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_place(
    gazetteer: Gazetteer, keys: dict[str, str], at: tuple[int, int], message: str, hint: str
) -> None:
    found, (problem,) = place(gazetteer, **keys)
    assert (problem.line, problem.column) == at
    assert message in problem.message
    assert hint in problem.hint
    assert "auvergne" not in problem.hint  # a region is no department
    assert found.is_placed == ("latitude" in keys)


def test_namesakes_of_one_department_are_told_apart_by_their_code(gazetteer: Gazetteer) -> None:
    shared = [
        (one.name, one.department)
        for codes in gazetteer.communes.by_name.values()
        for one in map(gazetteer.communes.__getitem__, codes)
        if sum(gazetteer.communes[c].department == one.department for c in codes) > 1
    ]
    for name, department in shared[:3]:
        _, (problem,) = place(gazetteer, commune=f'"{name}"', departement=f'"{department}"')
        assert "code_insee:" in problem.hint


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (
            {"commune": "Lyon", "departement": "69", "code_postal": "75011"},
            "« Lyon », mais de « Paris",
        ),
        ({"commune": "Paris", "departement": "75", "code_postal": "00000"}, "de « Paris »"),
        ({"commune": "Amiens", "departement": "80", "code_postal": "80100"}, "mais de « Abbeville"),
        ({"code_insee": "97411", "code_postal": "97100"}, "de « Saint-Denis »"),
        ({"departement": "80", "code_postal": "69001"}, "de « Somme »"),
        ({"departement": "2A", "code_postal": "20200"}, "de « Corse-du-Sud »"),
        ({"commune": "Lyon", "departement": "69", "code_postal": "69326"}, ""),  # CEDEX
        ({"commune": "Amiens", "departement": "80", "code_postal": "80027"}, ""),  # CEDEX
        ({"code_insee": "97411", "code_postal": "97477"}, ""),  # CEDEX
        ({"commune": "Lyon", "departement": "69", "code_postal": "69003"}, ""),
        ({"departement": "2A", "code_postal": "20000"}, ""),
        ({"code_postal": "75011"}, ""),  # nothing to compare it with
    ],
)
def test_a_postcode_is_that_of_the_commune(
    gazetteer: Gazetteer, keys: dict[str, str], told: str
) -> None:
    _, problems = place(gazetteer, **keys)
    assert [problem.level for problem in problems] == [Level.WARNING] * bool(told)
    assert all(told in problem.message for problem in problems)
    assert all(problem.key == "code_postal" for problem in problems)


def test_the_advice_for_a_postcode_is_followed(gazetteer: Gazetteer) -> None:
    keys = {"commune": "Abbeville", "departement": "80", "code_postal": "80000"}
    _, (problem,) = place(gazetteer, **keys)
    right = problem.hint.removeprefix("écrivez ").partition(",")[0]
    assert place(gazetteer, **{**keys, "code_postal": right})[1] == ()


@pytest.mark.parametrize(
    ("latitude", "longitude", "keys", "hint"),
    [
        ("47.4784", "0.5632", {"departement": "49"}, "écrivez longitude: -0.5632"),
        ("20.8823", "55.4504", {"departement": "974"}, "écrivez latitude: -20.8823"),
        ("55.4504", "20.8823", {"departement": "974"}, "écrivez latitude: -20.8823 et longitude:"),
        ("14.6", "61.07", {"departement": "972"}, "écrivez longitude: -61.07"),
        ("-47.2", "1.55", {"departement": "44"}, "écrivez latitude: 47.2 et longitude: -1.55"),
    ],
)
def test_a_lost_sign_is_given_back(
    gazetteer: Gazetteer, latitude: str, longitude: str, keys: dict[str, str], hint: str
) -> None:
    typed = {**keys, "latitude": latitude, "longitude": longitude}
    _, (problem,) = place(gazetteer, **typed)
    assert hint in problem.hint
    lines = re.findall(r"(latitude|longitude): (\S+)", problem.hint)
    assert problem.key == lines[0][0]
    assert place(gazetteer, **{**typed, **dict(lines)})[1] == ()


@pytest.mark.parametrize(
    ("keys", "label", "zone", "is_placed"),
    [
        ({"commune": "Nouméa", "departement": "988"}, "Nouméa, Nouvelle-Calédonie", "Noumea", True),
        ({"commune": "noumea"}, "Nouméa, Nouvelle-Calédonie", "Noumea", True),
        ({"departement": "975"}, "Saint-Pierre-et-Miquelon", "Miquelon", False),
        ({"departement": "978"}, "Saint-Martin", "Marigot", False),
        ({"code_insee": "97801"}, "Saint-Martin", "Marigot", True),
        ({"commune": "Saint-Barthélemy", "departement": "977"}, "Saint-Barthélemy",
         "St_Barthelemy", True),
        ({"commune": "Farino", "departement": "988"}, "Farino, Nouvelle-Calédonie", "Noumea",
         False),  # no source gives its point
        ({"commune": "Hiva-Oa"}, "Hiva-Oa, Polynésie française", "Marquesas", True),
        ({"commune": "Uvea", "departement": "986", "code_postal": "98600"},
         "Uvea, Wallis-et-Futuna", "Wallis", True),
        ({"departement": "988", "latitude": "-22.27", "longitude": "166.45"},
         "Nouvelle-Calédonie", "Noumea", True),
    ],
)  # fmt: skip
def test_a_place_in_a_collectivite_is_one_like_others(
    gazetteer: Gazetteer, keys: dict[str, str], label: str, zone: str, is_placed: bool
) -> None:
    found, problems = place(gazetteer, **keys)
    assert problems == ()
    assert (found.label, found.is_placed, found.region) == (label, is_placed, "")
    assert found.time_zone.endswith(f"/{zone}")


def test_a_point_out_of_its_collectivite_is_told(gazetteer: Gazetteer) -> None:
    keys = {"departement": "988", "latitude": "22.27", "longitude": "166.45"}
    _, (problem,) = place(gazetteer, **keys)
    assert "n'est pas en Nouvelle-Calédonie" in problem.message
    assert problem.hint == "écrivez latitude: -22.27"
