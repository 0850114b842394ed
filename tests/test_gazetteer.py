"""The gazetteer answers as an editor would expect, and its data hold what they promise."""

from __future__ import annotations

import gzip
import random
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

import maille
from maille.gazetteer import (
    Ambiguous,
    Commune,
    Former,
    Gazetteer,
    Territory,
    Unknown,
    UnknownTerritory,
)
from maille.outlines import OUTLINE_FILES
from maille.text.names import fold

DATA = Path(maille.__file__).parent / "data"
COMMUNES = (DATA / "communes.tsv.xz").read_bytes()
TERRITORIES = (DATA / "territoires.json").read_bytes()
OUTLINES = [(DATA / name).read_bytes() for name in OUTLINE_FILES]
OVERSEAS = {"971", "972", "973", "974", "976"}
COLLECTIVITIES = {"975", "977", "978", "986", "987", "988"}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.read(COMMUNES, TERRITORIES, *OUTLINES)


def names(communes: tuple[Commune, ...]) -> list[str]:
    return [f"{commune.name} ({commune.department})" for commune in communes]


# --- Finding a commune ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "department", "code", "point"),
    [
        ("Amiens", "80", "80021", (49.89, 2.30)),
        ("Saint-Denis", "974", "97411", (-20.88, 55.45)),
        ("Aydat", "63", "63026", (45.66, 2.97)),
        ("Monistrol-sur-Loire", "43", "43137", (45.29, 4.17)),
        ("Bourbon-l'Archambault", "03", "03036", (46.58, 3.06)),
        ("Langeac", "43", "43112", (45.10, 3.50)),
        ("Moyenneville", "80", "80578", (50.07, 1.75)),
        ("Saint-Laurent-du-Maroni", "973", "97311", (5.50, -54.03)),
        ("Mamoudzou", "976", "97611", (-12.78, 45.23)),
        ("Le Puy-en-Velay", "43", "43157", (45.04, 3.88)),
        ("Paris", "75", "75056", (48.857, 2.35)),
        ("Ajaccio", "2A", "2A004", (41.92, 8.74)),
        ("Saint-Pierre", "975", "97502", (46.78, -56.18)),
        ("Saint-Barthélemy", "977", "97701", (17.90, -62.85)),
        ("Saint-Martin", "978", "97801", (18.07, -63.08)),
        ("Uvea", "986", "98613", (-13.28, -176.17)),
        ("Papeete", "987", "98735", (-17.54, -149.57)),
        ("Taiarapu-Ouest", "987", "98748", (-17.78, -149.28)),
        ("Nouméa", "988", "98818", (-22.28, 166.45)),
        ("L'Île-des-Pins", "988", "98809", (-22.67, 167.50)),
    ],
)
def test_a_commune_is_found_where_it_is(
    gazetteer: Gazetteer, name: str, department: str, code: str, point: tuple[float, float]
) -> None:
    found = gazetteer.find(name, department)
    assert isinstance(found, Commune)
    assert (found.code, found.name, found.department) == (code, name, department)
    assert (found.latitude, found.longitude) == pytest.approx(point, abs=0.06)


def test_each_commune_is_found_by_its_own_name_and_department(gazetteer: Gazetteer) -> None:
    lost = [c for c in gazetteer.communes.values() if gazetteer.find(c.name, c.department) != c]
    assert lost == []
    assert len(gazetteer.communes) == 34_963


@pytest.mark.parametrize(
    ("typed", "department", "expected"),
    [
        ("LE PUY EN VELAY", "43", "Le Puy-en-Velay"),
        ("Bourbon-l\u2019Archambault", "03", "Bourbon-l'Archambault"),
        ("  bourbon  l archambault ", "03", "Bourbon-l'Archambault"),
        ("St-Étienne", "42", "Saint-Étienne"),
        ("Ste Maxime", "83", "Sainte-Maxime"),
        ("ST JEAN DE MAURIENNE", "73", "Saint-Jean-de-Maurienne"),
        ("Schoelcher", "972", "Schœlcher"),
        ("L'Haÿ-les-Roses", "94", "L'Haÿ-les-Roses"),
        ("L\u2019Hay\u00a0les\u2011Roses", "94", "L'Haÿ-les-Roses"),
        (unicodedata.normalize("NFD", "Orléans"), "45", "Orléans"),
    ],
)
def test_the_way_of_typing_does_not_count(
    gazetteer: Gazetteer, typed: str, department: str, expected: str
) -> None:
    found = gazetteer.find(typed, department)
    assert isinstance(found, Commune)
    assert found.name == expected


def test_a_unique_name_needs_no_department(gazetteer: Gazetteer) -> None:
    found = gazetteer.find("Clermont-Ferrand")
    assert isinstance(found, Commune)
    assert found.code == "63113"
    assert found.intercommunalite == "246300701"
    assert found.postcodes == ("63000", "63100")


def test_a_shared_name_without_department_is_ambiguous(gazetteer: Gazetteer) -> None:
    found = gazetteer.find("Saint-Denis")
    assert isinstance(found, Ambiguous)
    assert names(found.candidates) == [
        "Saint-Denis (11)",
        "Saint-Denis (30)",
        "Saint-Denis (93)",
        "Saint-Denis (974)",
    ]


@pytest.mark.parametrize("department", [None, "63", "99"])
def test_a_slip_brings_the_right_name_first(gazetteer: Gazetteer, department: str | None) -> None:
    found = gazetteer.find("Clermont-Ferand", department)
    assert isinstance(found, Unknown)
    assert names(found.nearest)[0] == "Clermont-Ferrand (63)"
    assert len(found.nearest) <= 3
    assert found.elsewhere == ()


@pytest.mark.parametrize("department", ["43", "99"])
def test_the_same_name_in_another_department_comes_first(
    gazetteer: Gazetteer, department: str
) -> None:
    found = gazetteer.find("aydat", department)
    assert isinstance(found, Unknown)
    assert names(found.elsewhere) == ["Aydat (63)"]
    assert names(found.nearest)[0] == "Aydat (63)"
    assert len(set(found.nearest)) == len(found.nearest) <= 3


def test_namesakes_come_before_names_that_look_alike(gazetteer: Gazetteer) -> None:
    found = gazetteer.find("Saint-Denis", "28")  # which holds several Saint-Denis-…
    assert isinstance(found, Unknown)
    assert names(found.elsewhere) == ["Saint-Denis (11)", "Saint-Denis (30)", "Saint-Denis (93)"]
    assert found.nearest == found.elsewhere


def test_a_slip_within_a_department_proposes_that_department_only(gazetteer: Gazetteer) -> None:
    found = gazetteer.find("Puy en Velais", "43")
    assert isinstance(found, Unknown)
    assert "Le Puy-en-Velay (43)" in names(found.nearest)
    assert {commune.department for commune in found.nearest} == {"43"}


@pytest.mark.parametrize("name", ["", " ", "zzz", "?!", "\n", "Saint-Xyzzy-le-Vieux", "La Cité"])
@pytest.mark.parametrize("department", [None, "63"])
def test_any_other_name_is_unknown(gazetteer: Gazetteer, name: str, department: str | None) -> None:
    assert isinstance(gazetteer.find(name, department), Unknown)


def test_a_former_commune_tells_which_one_it_is_part_of(gazetteer: Gazetteer) -> None:
    found = gazetteer.find("bellegarde sur valserine")
    assert isinstance(found, Former)
    assert (found.name, found.current.name) == ("Bellegarde-sur-Valserine", "Valserhône")
    assert found == gazetteer.find("Bellegarde-sur-Valserine", "01")


def test_a_former_commune_is_not_found_in_another_department(gazetteer: Gazetteer) -> None:
    assert isinstance(gazetteer.find("Bellegarde-sur-Valserine", "63"), Unknown)


def test_a_commune_of_today_comes_before_a_former_one(gazetteer: Gazetteer) -> None:
    today, former = gazetteer.communes.by_name, gazetteer.communes.by_former_name
    shared = today.keys() & former.keys()
    assert shared, "the law below would say nothing"
    for name in shared:
        assert not isinstance(gazetteer.find(name), Former)


def test_former_communes_of_one_name_are_ambiguous(gazetteer: Gazetteer) -> None:
    former, today = gazetteer.communes.by_former_name, gazetteer.communes.by_name
    shared = [
        name
        for name, ones in former.items()
        if name not in today and len({one.current for one in ones}) > 1
    ]
    assert shared, "the law below would say nothing"
    for name in shared:
        assert isinstance(gazetteer.find(name), Ambiguous)


# --- Territories ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "kind", "name", "locative"),
    [
        ("63", "departement", "Puy-de-Dôme", "dans le Puy-de-Dôme"),
        ("2A", "departement", "Corse-du-Sud", "en Corse-du-Sud"),
        ("974", "departement", "La Réunion", "à La Réunion"),
        ("80", "departement", "Somme", "dans la Somme"),
        ("24", "departement", "Dordogne", "en Dordogne"),
        ("03", "departement", "Allier", "dans l'Allier"),
        ("40", "departement", "Landes", "dans les Landes"),
        ("77", "departement", "Seine-et-Marne", "en Seine-et-Marne"),
        ("75", "departement", "Paris", "à Paris"),
        ("976", "departement", "Mayotte", "à Mayotte"),
        ("971", "departement", "Guadeloupe", "en Guadeloupe"),
        ("975", "collectivite", "Saint-Pierre-et-Miquelon", "à Saint-Pierre-et-Miquelon"),
        ("977", "collectivite", "Saint-Barthélemy", "à Saint-Barthélemy"),
        ("978", "collectivite", "Saint-Martin", "à Saint-Martin"),
        ("986", "collectivite", "Wallis-et-Futuna", "à Wallis-et-Futuna"),
        ("987", "collectivite", "Polynésie française", "en Polynésie française"),
        ("988", "collectivite", "Nouvelle-Calédonie", "en Nouvelle-Calédonie"),
        ("auvergne-rhone-alpes", "region", "Auvergne-Rhône-Alpes", "en Auvergne-Rhône-Alpes"),
        ("hauts-de-france", "region", "Hauts-de-France", "dans les Hauts-de-France"),
        ("grand-est", "region", "Grand Est", "dans le Grand Est"),
        ("la-reunion", "region", "La Réunion", "à La Réunion"),
        (
            "provence-alpes-cote-d-azur",
            "region",
            "Provence-Alpes-Côte d'Azur",
            "en Provence-Alpes-Côte d'Azur",
        ),
        ("246300701", "intercommunalite", "Clermont Auvergne Métropole", ""),
        ("national", "national", "France", "en France"),
    ],
)
def test_a_territory_has_a_kind_a_name_and_a_place_in_a_sentence(
    gazetteer: Gazetteer, code: str, kind: str, name: str, locative: str
) -> None:
    found = gazetteer.find_territory(code)
    assert isinstance(found, Territory)
    assert (found.kind, found.name, found.locative) == (kind, name, locative)


@pytest.mark.parametrize(
    ("code", "departments"),
    [
        ("63", ("63",)),
        ("bretagne", ("22", "29", "35", "56")),
        ("200057941", ("94",)),
        ("246300966", ("15", "63")),
    ],
)
def test_a_territory_covers_departments(
    gazetteer: Gazetteer, code: str, departments: tuple[str, ...]
) -> None:
    found = gazetteer.find_territory(code)
    assert isinstance(found, Territory)
    assert found.departments == departments


def test_the_nation_covers_every_department(gazetteer: Gazetteer) -> None:
    found = gazetteer.find_territory("national")
    assert isinstance(found, Territory)
    assert set(found.departments) == set(gazetteer.departments)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("1", "01"),
        ("2a", "2A"),
        ("Puy-de-Dôme", "63"),
        ("la Réunion", "la-reunion"),
        ("auvergne-rhone-alpe", "auvergne-rhone-alpes"),
        ("Auvergne", "auvergne-rhone-alpes"),
        ("Paris Est Marne & Bois", "200057941"),
        ("France", "national"),
        ("nationale", "national"),
    ],
)
def test_an_unknown_territory_brings_the_likeliest_first(
    gazetteer: Gazetteer, typed: str, first: str
) -> None:
    found = gazetteer.find_territory(typed)
    assert isinstance(found, UnknownTerritory)
    assert found.nearest[0].code == first
    assert len(set(found.nearest)) == len(found.nearest) <= 3


@pytest.mark.parametrize("typed", ["", "0", "zzzzzz", "20"])
def test_a_territory_like_none_is_still_unknown(gazetteer: Gazetteer, typed: str) -> None:
    found = gazetteer.find_territory(typed)
    assert isinstance(found, UnknownTerritory)
    # Two digits stand in many SIREN numbers: none of these is a likely one.
    assert all(territory.kind == "departement" for territory in found.nearest)


def test_an_ept_has_its_own_members(gazetteer: Gazetteer) -> None:
    body = gazetteer.intercommunalites["200057941"]
    assert (body.name, body.kind, len(body.members)) == ("Paris Est Marne et Bois", "EPT", 13)
    vincennes = gazetteer.communes["94080"]
    assert vincennes.code in body.members
    assert vincennes.code in gazetteer.intercommunalites[vincennes.intercommunalite].members


def test_communes_and_intercommunalites_name_each_other(gazetteer: Gazetteer) -> None:
    of_communes = {(c.intercommunalite, c.code) for c in gazetteer.communes.values()}
    epci = [body for body in gazetteer.intercommunalites.values() if body.kind != "EPT"]
    of_bodies = {(body.siren, code) for body in epci for code in body.members}
    alone = {("", code) for code in ("22016", "29083", "29155", "85113")}  # islands
    overseas = {("", c.code) for c in gazetteer.communes.values() if c.code[:3] in COLLECTIVITIES}
    assert of_communes == of_bodies | alone | overseas
    assert len(overseas) == 88


def test_the_departments_of_an_intercommunalite_are_those_of_its_members(
    gazetteer: Gazetteer,
) -> None:
    for body in gazetteer.intercommunalites.values():
        found = {gazetteer.communes[code].department for code in body.members}
        assert found == set(body.departments), body.name


def test_departments_and_regions_name_each_other(gazetteer: Gazetteer) -> None:
    of_regions = {(r.slug, code) for r in gazetteer.regions.values() for code in r.departments}
    of_departments = {(d.region, d.code) for d in gazetteer.departments.values() if d.region}
    assert of_regions == of_departments
    assert (len(gazetteer.regions), len(of_departments)) == (18, 101)
    assert gazetteer.departments.keys() >= OVERSEAS


def test_the_collectivities_are_without_a_region(gazetteer: Gazetteer) -> None:
    found = gazetteer.list_collectivities()
    assert {one.code for one in found} == COLLECTIVITIES
    assert all(one.is_collectivity and not one.region for one in found)
    assert not gazetteer.departments["976"].is_collectivity
    places = Counter(c.department for c in gazetteer.communes.values())
    assert {code: places[code] for code in sorted(COLLECTIVITIES)} == {
        "975": 2, "977": 1, "978": 1, "986": 3, "987": 48, "988": 33,
    }  # fmt: skip


def test_the_departments_have_the_people_of_france(gazetteer: Gazetteer) -> None:
    people = {one.code: one.population for one in gazetteer.departments.values()}
    assert 68_000_000 < sum(people.values()) < 69_000_000
    assert max(people, key=lambda code: people[code]) == "59"
    assert min(people.keys() - COLLECTIVITIES, key=lambda code: people[code]) == "48"


def test_the_people_of_a_department_are_those_of_its_communes(gazetteer: Gazetteer) -> None:
    found: Counter[str] = Counter()
    for commune in gazetteer.communes.values():
        found[commune.department] += commune.population
    assert found == {one.code: one.population for one in gazetteer.departments.values()}
    largest = sorted(gazetteer.communes.values(), key=lambda one: -one.population)[:3]
    assert names(tuple(largest)) == ["Paris (75)", "Marseille (13)", "Lyon (69)"]
    assert gazetteer.communes["80021"].population > gazetteer.communes["80001"].population > 0


def test_a_postcode_gives_all_its_communes_and_no_other(gazetteer: Gazetteer) -> None:
    """A postcode is never taken for the INSEE code of another commune, though most could be."""
    expected: dict[str, set[str]] = {}
    for commune in gazetteer.communes.values():
        for postcode in commune.postcodes:
            expected.setdefault(postcode, set()).add(commune.code)
    found = {
        code: {one.code for one in gazetteer.find_communes_of_postcode(code)} for code in expected
    }
    assert found == expected
    also_codes = expected.keys() & gazetteer.communes.keys()
    wrong = [code for code in also_codes if code not in expected[code]]
    assert (len(expected), len(wrong)) == (6_309, 3_003)


@pytest.mark.parametrize(
    ("postcode", "code"),
    [("44100", "44109"), ("69003", "69123"), ("75018", "75056"), ("13016", "13055"),
     ("97133", "97701"), ("97150", "97801"), ("97500", "97501"), ("98800", "98818")],
)  # fmt: skip
def test_postcodes_of_arrondissements_and_overseas_lead_to_the_commune(
    gazetteer: Gazetteer, postcode: str, code: str
) -> None:
    assert code in {one.code for one in gazetteer.find_communes_of_postcode(postcode)}


def test_the_code_of_an_arrondissement_is_that_of_a_part_of_its_commune(
    gazetteer: Gazetteer,
) -> None:
    parts = {
        "75056": range(75101, 75121),
        "69123": range(69381, 69390),
        "13055": range(13201, 13217),
    }
    for whole, codes in parts.items():
        found = {gazetteer.find_by_former_code(str(code)) for code in codes}
        assert found == {gazetteer.communes[whole]}
    assert gazetteer.find_by_former_code("75121") is None


def test_a_region_slug_is_an_address(gazetteer: Gazetteer) -> None:
    for slug, region in gazetteer.regions.items():
        assert slug == fold(region.name).replace(" ", "-")


# --- Points and outlines -------------------------------------------------------------------------


def test_every_point_overseas_lies_in_its_collectivite(gazetteer: Gazetteer) -> None:
    """Those of départements are nearer: tests/test_outlines.py."""
    outside = [
        commune.name
        for code, commune in gazetteer.communes.items()
        if code.startswith("98") or code[:3] in COLLECTIVITIES
        if commune.latitude is not None
        and commune.longitude is not None
        and not gazetteer.has_point_in_department(
            commune.department, commune.latitude, commune.longitude
        )
    ]
    assert outside == []


def test_few_communes_have_no_point(gazetteer: Gazetteer) -> None:
    without = [c for c in gazetteer.communes.values() if c.latitude is None]
    # Parted again from Neussargues, in Cantal: neither source gives their place yet.
    mainland = [c.name for c in without if c.department not in COLLECTIVITIES]
    assert mainland == ["Celles", "Chalinargues", "Chavagnac", "Sainte-Anastasie"]
    assert Counter(c.department for c in without) == {"15": 4, "987": 23, "988": 2}


@pytest.mark.parametrize(
    ("code", "latitude", "longitude", "inside"),
    [
        ("63", 45.7795, 3.0861, True),  # Clermont-Ferrand
        ("63", 3.0861, 45.7795, False),  # latitude and longitude swapped
        ("63", 0.0, 0.0, False),
        ("43", 45.7795, 3.0861, False),
        ("75", 48.8566, 2.3429, True),
        ("93", 48.8566, 2.3429, False),
        ("974", -21.115, 55.536, True),
        ("974", -21.115, 55.90, False),  # at sea, east of La Réunion
        ("84", 44.36, 4.95, True),  # near Valréas, enclave of Vaucluse…
        ("26", 44.36, 4.95, False),  # …in Drôme
        ("29", 48.46, -5.10, True),  # Ouessant, an island
        ("29", 48.20, -5.60, False),  # at sea
    ],
)
def test_a_point_is_in_a_department_or_not(
    gazetteer: Gazetteer, code: str, latitude: float, longitude: float, inside: bool
) -> None:
    assert gazetteer.has_point_in_department(code, latitude, longitude) is inside


def test_the_tolerance_is_the_one_that_is_told(gazetteer: Gazetteer) -> None:
    for code, tolerance in (("29", 0.04), ("974", 0.04), ("988", 0.04), ("987", 0.3)):
        points = [point for ring in gazetteer.outlines[code] for point in ring]
        west, latitude = min(points)
        assert gazetteer.has_point_in_department(code, latitude, west - tolerance * 0.99)
        assert not gazetteer.has_point_in_department(code, latitude, west - tolerance * 1.01)


def test_a_point_of_an_unknown_department_is_an_error(gazetteer: Gazetteer) -> None:
    with pytest.raises(KeyError):
        gazetteer.has_point_in_department("20", 42.0, 9.0)


# --- Weight and speed ----------------------------------------------------------------------------


def test_the_data_stay_light() -> None:
    assert len(COMMUNES) < 580_000
    assert len(gzip.compress(TERRITORIES, 9)) < 30_000


def test_damaged_data_are_an_error() -> None:
    with pytest.raises(Exception, match=r"Compressed data ended|Corrupt|format"):
        Gazetteer.read(COMMUNES[:1000], TERRITORIES, *OUTLINES)


def test_typed_with_one_slip_a_commune_is_among_the_nearest(gazetteer: Gazetteer) -> None:
    chance = random.Random(7)  # the same slips each time
    asked = chance.sample(list(gazetteer.communes), 80)
    missed = []
    for commune in map(gazetteer.communes.__getitem__, asked):
        at = chance.randrange(1, max(2, len(commune.name) - 1))
        slip = commune.name[:at] + commune.name[at + 1 :]
        found = gazetteer.find(slip, commune.department)
        if isinstance(found, Unknown) and commune not in found.nearest:
            missed.append(slip)
    assert len(missed) <= 3, missed  # names of three or four letters, or with many neighbours


def test_communes_are_found_by_postcode(gazetteer: Gazetteer) -> None:
    assert [one.name for one in gazetteer.find_communes_of_postcode("80000")] == ["Amiens"]
    assert gazetteer.find_communes_of_postcode("80027") == ()  # a CEDEX
    assert {"20000", "20100"} <= gazetteer.list_postcodes("2A")
    assert "20200" not in gazetteer.list_postcodes("2A")
