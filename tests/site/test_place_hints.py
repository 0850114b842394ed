"""What to type instead of a place that does not exist: typed to the letter, it is right."""

from __future__ import annotations

import pytest

from maille.gazetteer import Gazetteer
from maille.gazetteer import Territory as GeoTerritory
from maille.site.place import Precision
from maille.site.place_hints import find_territory_or_hint, suggest_department
from tests.placing import place, read_places


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return read_places()


@pytest.mark.parametrize("code", ["63", "2A", "974", "bretagne", "246300701", "national"])
def test_a_territory_is_found_by_its_code(gazetteer: Gazetteer, code: str) -> None:
    found = find_territory_or_hint(code, gazetteer)
    assert isinstance(found, GeoTerritory)
    assert found.code == code


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("Puy-de-Dôme", "écrivez « 63 » (Puy-de-Dôme)"),
        ("1", "écrivez « 01 » (Ain)"),
        ("auvergne-rhone-alpe", "« auvergne-rhone-alpes » (Auvergne-Rhône-Alpes)"),
        ("zzzzzz", "écrivez un département par son code"),
    ],
)
def test_an_unknown_territory_brings_what_to_type(
    gazetteer: Gazetteer, code: str, hint: str
) -> None:
    found = find_territory_or_hint(code, gazetteer)
    assert isinstance(found, str)
    assert hint in found


@pytest.mark.parametrize(
    ("commune", "department", "lines"),
    [
        ("Lyon Cedex 03", "69", ["commune: Lyon"]),
        ("69003 Lyon", "69", ["commune: Lyon"]),
        ("Lyon (69)", "69", ["commune: Lyon"]),
        ("Lyon 3e", "69", ["commune: Lyon"]),
        ("Lyon 3ème arrondissement", "69", ["commune: Lyon"]),
        ("Paris 11e Arrondissement", "75", ["commune: Paris"]),
        ("Amiens cedex 1", None, ["commune: Amiens"]),
        ("80000 AMIENS CEDEX, France", "80", ["commune: Amiens"]),
        ("Havre (Le)", "76", ["commune: Le Havre"]),
        ("Rochelle, La", "17", ["commune: La Rochelle"]),
        ("Étang Salé les Bains", "974", ["commune: L'Étang-Salé"]),
        ("Besancon-les-Bains", "25", ["commune: Besançon"]),
        ("Theix", "56", ["commune: Theix-Noyalo"]),
        ("Amiens", "62", ['departement: "80"']),
        ("Saint-Deny", "93", ["commune: Saint-Denis"]),
        ("Clermont-Ferand", None, ["commune: Clermont-Ferrand"]),
        ("Château-d'Olonne", "85", ["commune: Les Sables-d'Olonne"]),
        ("Olonne sur Mer", "85", ["commune: Les Sables-d'Olonne"]),
        ("Saint-Ouen", "93", ["commune: Saint-Ouen-sur-Seine"]),
        ("Évry", "91", ["commune: Évry-Courcouronnes"]),
        ("Châlons-sur-Marne", "51", ["commune: Châlons-en-Champagne"]),
    ],
)
def test_the_first_advice_for_a_commune_is_right(
    gazetteer: Gazetteer, commune: str, department: str | None, lines: list[str]
) -> None:
    keys = {"commune": f'"{commune}"', **({"departement": department} if department else {})}
    _, (problem,) = place(gazetteer, **keys)
    typed = dict(line.split(": ") for line in lines)
    assert problem.hint.removeprefix("écrivez ").strip("« ").startswith(" et ".join(lines))
    assert place(gazetteer, **{**keys, **typed})[1] == ()


@pytest.mark.parametrize(
    ("commune", "typed", "right"),
    [
        ("Amiens", "800", "80"),
        ("Grenoble", "00", "38"),
        ("Brest", "229", "29"),
        ("Ajaccio", "2C", "2A"),
        ("Lyon", "Somme", "80"),
    ],
)
def test_a_departement_that_does_not_exist_is_that_of_the_commune(
    gazetteer: Gazetteer, commune: str, typed: str, right: str
) -> None:
    _, (problem,) = place(gazetteer, commune=commune, departement=f'"{typed}"')
    assert problem.hint.startswith(f'écrivez departement: "{right}" (')


@pytest.mark.parametrize("commune", ["", "Zzzzqq", "Saint-Denis"])
def test_no_departement_is_proposed_without_a_commune(gazetteer: Gazetteer, commune: str) -> None:
    _, (problem,) = place(gazetteer, commune=commune, departement='"999"')
    assert problem.hint.startswith("écrivez departement: … avec le code")


@pytest.mark.parametrize("commune", ["Zzzzqq", "partout", "Lille ou Roubaix", "à venir"])
def test_nothing_is_proposed_below_a_likeness(gazetteer: Gazetteer, commune: str) -> None:
    _, (problem,) = place(gazetteer, commune=commune)
    assert problem.hint.startswith("écrivez commune: …")


@pytest.mark.parametrize(
    ("code", "right"),
    [
        *(("75111", "75056"), ("69383", "69123"), ("13201", "13055"), ("13216", "13055")),
        *(("91182", "91228"), ("75120", "75056"), ("69381", "69123")),
    ],
)
def test_a_code_of_no_commune_gives_that_of_today(
    gazetteer: Gazetteer, code: str, right: str
) -> None:
    _, (problem,) = place(gazetteer, code_insee=code)
    assert problem.hint.startswith(f"écrivez code_insee: {right} (")
    assert place(gazetteer, code_insee=right)[1] == ()


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("98800", "écrivez code_insee: 98818 (Nouméa, de code postal 98800)"),
        ("97150", "écrivez code_insee: 97801 (Saint-Martin, de code postal 97150)"),
        # Bonneuil-sur-Marne had this code until 1968, in a département that has gone.
        ("75011", "écrivez code_insee: 75056 (Paris, de code postal 75011) ou code_insee: 94011 ("),
    ],
)
def test_a_postcode_typed_for_a_code_gives_the_commune(
    gazetteer: Gazetteer, typed: str, hint: str
) -> None:
    _, (problem,) = place(gazetteer, code_insee=typed)
    assert problem.hint.startswith(hint)


@pytest.mark.parametrize(
    "keys",
    [
        {"departement": "984"},
        {"code_insee": "98412"},
        {"departement": "989", "commune": "Clipperton"},
    ],
)
def test_a_land_without_inhabitants_is_named(gazetteer: Gazetteer, keys: dict[str, str]) -> None:
    found, (problem,) = place(gazetteer, **keys)
    assert "qui n'a pas de commune" in problem.message
    assert all(key in problem.hint for key in keys)
    assert found.precision is Precision.UNKNOWN


def test_overseas_names_the_departements_or_all(gazetteer: Gazetteer) -> None:
    found = find_territory_or_hint("DOM", gazetteer), find_territory_or_hint("outre-mer", gazetteer)
    assert [str(one).count("«") for one in found] == [5, 11]


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("Somme", "écrivez « 80 » (Somme)"),
        ("Bourgogne", "écrivez « bourgogne-franche-comte » ("),
        ("Centre", "écrivez « centre-val-de-loire » ("),
        ("Nord-Pas-de-Calais", "écrivez « hauts-de-france » ("),
        ("Rhône-Alpes", "écrivez « auvergne-rhone-alpes » ("),
        ("20", "écrivez « 2A » (Corse-du-Sud) ou « 2B » (Haute-Corse)"),
        ("DROM", "écrivez « 971 » (Guadeloupe) ou « 972 »"),
        ("F01053", "écrivez « 01 » (Ain)"),
        ("984", "effacez « 984 »"),
        ("Nouvelle-Calédonie", "écrivez « 988 » (Nouvelle-Calédonie)"),
        ("Saint Barthelemy", "écrivez « 977 » (Saint-Barthélemy)"),
        ("98818", "écrivez « 988 » (Nouvelle-Calédonie)"),
        ("Quelque part", "écrivez un département par son code"),
    ],
)
def test_the_first_advice_for_a_territory_is_right(
    gazetteer: Gazetteer, code: str, hint: str
) -> None:
    found = find_territory_or_hint(code, gazetteer)
    assert isinstance(found, str)
    assert found.startswith(hint)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("133", 'écrivez departement: "13" ou departement: "33"'),
        ("9744", 'écrivez departement: "974" (La Réunion)'),
        ("2AA", 'écrivez departement: "2A" (Corse-du-Sud)'),
        ("999", "écrivez departement: … avec le code"),
    ],
)
def test_a_code_with_a_sign_too_many_is_that_code(
    gazetteer: Gazetteer, typed: str, hint: str
) -> None:
    assert suggest_department(typed, gazetteer).startswith(hint)
