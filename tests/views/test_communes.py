"""The files of places: nothing missing, nothing twice, small, the same each time."""

from __future__ import annotations

import bisect
import dataclasses
import gzip
import json
import re
from collections import defaultdict
from functools import cache
from typing import Any

import pytest

from maille import pipeline
from maille.gazetteer import Territory
from maille.text.names import fold
from maille.text.typed_places import FORMER_REGIONS
from maille.text.typography import typeset
from maille.views import communes
from maille.views.plans import LatePlan
from maille.views.territory.presences import list_pages, require_territory
from tests.views.drawings.test_country_map import ADDRESS, network, record

GAZETTEER = pipeline.load_gazetteer()
SITE = dataclasses.replace(network(), gazetteer=GAZETTEER)
DEPARTMENT = re.compile(r"/lieux/(\d[\dab]\d?)\.json")


@cache
def plans() -> dict[str, LatePlan]:
    found = tuple(communes.plan(SITE))
    assert len({plan.address for plan in found}) == len(found)
    return {plan.address: plan for plan in found}


@cache
def made() -> dict[str, bytes]:
    return {address: plan.make() for address, plan in plans().items()}


@cache
def read(name: str) -> Any:
    return json.loads(made()[f"/lieux/{name}.json"])


def departments() -> dict[str, Any]:
    names = [found[1] for address in plans() if (found := DEPARTMENT.fullmatch(address))]
    return {name.upper(): read(name) for name in names}


def volumes() -> list[tuple[str, Any]]:
    return [(start, read(f"noms-{start.replace(' ', '-')}")) for start in read("index")["volumes"]]


def key(name: str) -> str:
    return re.sub(r"^(l|le|la|les|los) (?=.)", "", fold(name))


def test_every_commune_is_in_the_file_of_its_departement_and_in_no_other() -> None:
    found = [
        (code, department) for department, file in departments().items() for code in file["codes"]
    ]
    assert sorted(found) == sorted((c.code, c.department) for c in GAZETTEER.communes.values())
    assert (
        departments().keys() == GAZETTEER.departments.keys() == read("index")["departements"].keys()
    )


def test_a_commune_is_told_as_the_gazetteer_has_it() -> None:
    for file in departments().values():
        columns = ("codes", "noms", "latitudes", "longitudes", "intercommunalites", "postes")
        assert len({len(file[column]) for column in columns}) == 1
        for code, name, latitude, longitude, body, postcodes in zip(
            *(file[column] for column in columns), strict=True
        ):
            commune = GAZETTEER.communes[code]
            assert (name, latitude, longitude) == (
                typeset(commune.name),
                commune.latitude,
                commune.longitude,
            )
            assert (body, tuple(postcodes.split())) == (commune.intercommunalite, commune.postcodes)
            assert not body or file["siren"][body] == typeset(
                GAZETTEER.intercommunalites[body].name
            )


def test_the_communes_of_grand_paris_are_also_in_a_territorial_body() -> None:
    found = {
        (code, siren)
        for file in departments().values()
        for code, siren in zip(file["codes"], file.get("ept", ()), strict=False)
        if siren
    }
    bodies = [body for body in GAZETTEER.intercommunalites.values() if body.kind == "EPT"]
    assert found == {(code, body.siren) for body in bodies for code in body.members}
    assert "ept" not in read("63")
    assert read("94")["siren"]["200057941"] == "Paris Est Marne et Bois"


def test_every_name_is_in_the_volume_that_its_letters_tell() -> None:
    starts = read("index")["volumes"]
    assert starts == sorted(set(starts))
    found = []
    for at, (_, volume) in enumerate(volumes()):
        keys = [key(name) for name in volume["noms"]]
        assert keys == sorted(keys)
        assert {max(0, bisect.bisect_right(starts, one) - 1) for one in keys} == {at}
        today = volume["anciens"]
        rows = zip(volume["noms"], volume["codes"], strict=True)
        found += [(name, code, today.get(str(row))) for row, (name, code) in enumerate(rows)]
    communes_today = [(typeset(c.name), c.code, None) for c in GAZETTEER.communes.values()]
    former = [
        (typeset(one.name), one.current.code, typeset(one.current.name))
        for several in GAZETTEER.communes.by_former_name.values()
        for one in several
    ]
    assert sorted(map(str, found)) == sorted(map(str, (*communes_today, *former)))


def test_a_name_is_filed_without_its_article() -> None:
    filed = {name: start for start, volume in volumes() for name in volume["noms"]}
    assert "g" < filed["Le Havre"] <= "havre"
    assert "g" < filed["L’Haÿ-les-Roses"] <= "hay les roses"
    assert "r" < filed["Les Sables-d’Olonne"] <= "sables d olonne"
    assert "k" < filed["Lescar"] <= "lescar"  # « les » is no article here


def test_volumes_have_addresses_of_the_site() -> None:
    assert all(re.fullmatch(r"/lieux/[a-z0-9-]+\.json", address) for address in plans())


def test_postcodes_that_cross_a_border_are_known() -> None:
    crossings = read("index")["postes"]
    for commune in GAZETTEER.communes.values():
        for postcode in commune.postcodes:
            start = communes.get_start(postcode)
            assert commune.department in (start, *crossings.get(start, ())), commune.name
    assert crossings["20"] == ["2A", "2B"]
    assert crossings["971"] == ["977", "978"]


def test_every_postcode_leads_to_all_its_communes_through_the_files() -> None:
    """As scripts read them: the first digits name the files, and the files have the postcodes."""
    index, filed = read("index"), {}
    for name, file in departments().items():
        filed[name] = defaultdict[str, set[str]](set)
        for code, some in zip(file["codes"], file["postes"], strict=True):
            for postcode in some.split():
                filed[name][postcode].add(code)
    postcodes = {code for one in GAZETTEER.communes.values() for code in one.postcodes}
    for postcode in postcodes:
        start = communes.get_start(postcode)
        named = [name for name in (start, *index["postes"].get(start, ())) if name in filed]
        found = set().union(*(filed[name][postcode] for name in named))
        assert found == {one.code for one in GAZETTEER.find_communes_of_postcode(postcode)}, (
            postcode
        )
    assert len(postcodes) == 6_309


def test_the_first_digits_of_a_code_are_its_departement() -> None:
    for commune in GAZETTEER.communes.values():
        assert communes.get_start(commune.code) == commune.department


def test_towns_are_the_largest_communes_the_largest_first() -> None:
    towns = read("index")["villes"]
    assert towns["noms"][:4] == ["Paris", "Marseille", "Lyon", "Toulouse"]
    found = [GAZETTEER.communes[code] for code in towns["codes"]]
    assert [typeset(commune.name) for commune in found] == towns["noms"]
    sizes = [commune.population for commune in found]
    assert sizes == sorted(sizes, reverse=True)
    assert sum(one.population > sizes[-1] for one in GAZETTEER.communes.values()) < len(found)


def test_names_that_begin_alike_can_be_sorted_by_population() -> None:
    for _, volume in volumes():
        for code, people in zip(volume["codes"], volume["habitants"], strict=True):
            exact = GAZETTEER.communes[code].population
            assert abs(people - exact) <= exact * 0.34
            assert people == exact or people % 10 == 0


def filed_territories() -> dict[str, list[list[str]]]:
    """Return the rows of territories by key, each in the volume that its key tells."""
    starts = read("index")["volumes"]
    found: dict[str, list[list[str]]] = {}
    for at, (_, volume) in enumerate(volumes()):
        for row in volume["territoires"]:
            assert max(0, bisect.bisect_right(starts, row[0]) - 1) == at, row
            found.setdefault(row[0], []).append(row[1:])
    return found


def test_every_territory_is_answered_as_what_it_is() -> None:
    found, pages = filed_territories(), list_pages(SITE)
    for region in GAZETTEER.regions.values():
        assert [typeset(region.name), region.slug] in found[
            communes.make_territory_keys(region.name)
        ]
    for one in GAZETTEER.departments.values():
        assert [typeset(one.name), one.code] in found[communes.make_territory_keys(one.name)]
    for body in GAZETTEER.intercommunalites.values():
        whole = GAZETTEER.departments[body.departments[0]]
        row = [typeset(body.name), whole.code, typeset(whole.name)]
        assert row in found[communes.make_territory_keys(body.name)]
    for name, code in FORMER_REGIONS.items():
        today = typeset(GAZETTEER.regions[code].name)
        rows = found[communes.make_territory_keys(name)]
        assert [typeset(name), code, today] in rows or [today, code] in rows
    assert {row[1] for rows in found.values() for row in rows} <= pages.keys()
    assert found["corse"] == [["Corse", "corse"]]
    assert found["reunion"] == [["La Réunion", "974"], ["La Réunion", "la-reunion"]]
    assert found["nouvelle caledonie"] == [["Nouvelle-Calédonie", "988"]]


@pytest.mark.parametrize(
    ("name", "filed"),
    [
        ("Communauté de communes du Pays des Achards", "pays des achards"),
        ("Communauté d'agglomération de La Rochelle", "rochelle"),
        ("Communauté urbaine d'Arras", "arras"),
        ("Métropole du Grand Paris", "grand paris"),
        ("Clermont Auvergne Métropole", "clermont auvergne metropole"),
        ("Les Sables d'Olonne Agglomération", "sables d olonne agglomeration"),
        ("Provence-Alpes-Côte d'Azur", "provence alpes cote d azur"),
        ("Métropole de Lyon", "lyon"),
    ],
)
def test_an_intercommunalite_is_filed_without_what_it_is(name: str, filed: str) -> None:
    assert communes.make_territory_keys(name) == filed


def test_the_address_of_a_territory_is_made_of_its_code_and_name() -> None:
    """Scripts make it so, from the rows of volumes and of `index.json`."""
    for code, address in list_pages(SITE).items():
        name = "" if code in GAZETTEER.regions else require_territory(SITE, code).name
        expected = f"/territoires/{fold(f'{code} {name}').replace(' ', '-')}/"
        assert address == ("/territoires/" if code == "national" else expected)


def test_the_files_are_small() -> None:
    sizes = {address: len(gzip.compress(data, 9)) for address, data in made().items()}
    print(f"\n{len(sizes)} files, {sum(sizes.values())} bytes, largest {max(sizes.values())}")
    assert sum(sizes.values()) <= 1_200_000
    assert max(size for address, size in sizes.items() if "noms-" in address) <= 8000
    assert sizes["/lieux/index.json"] <= 5000
    assert max(sizes.values()) <= 18_000


def test_the_files_are_the_same_each_time() -> None:
    again = dataclasses.replace(SITE, gazetteer=pipeline.load_gazetteer.__wrapped__())
    assert {plan.address: plan.make() for plan in communes.plan(again)} == made()


def test_an_intercommunalite_that_has_a_page_answers_for_itself() -> None:
    siren = "246300701"
    known = GAZETTEER.find_territory(siren)
    assert isinstance(known, Territory)
    one = record("un", territoires=(siren,))
    site = network((one, ADDRESS))
    site = dataclasses.replace(site, gazetteer=GAZETTEER, areas={one.key: (known,)})
    files = {plan.address: plan for plan in communes.plan(site)}
    starts = json.loads(files["/lieux/index.json"].make())["volumes"]
    start = starts[bisect.bisect_right(starts, "clermont auvergne metropole") - 1]
    volume = json.loads(files[f"/lieux/noms-{start.replace(' ', '-')}.json"].make())
    assert ["clermont auvergne metropole", typeset(known.name), siren] in volume["territoires"]
    # What an earlier build kept for other pages is not taken for these files.
    keys = [plan.key for plan in (*files.values(), *plans().values())]
    assert len({*keys}) == len(keys)


def test_a_place_abroad_has_the_name_of_no_place() -> None:
    """So it is certain that it is not in France."""
    names = {key(name) for _, volume in volumes() for name in volume["noms"]}
    known = names | filed_territories().keys()
    assert [place for place in read("ailleurs")["noms"] if place in known] == []
