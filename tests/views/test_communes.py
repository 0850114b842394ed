"""The files of places: nothing missing, nothing twice, small, the same each time."""

from __future__ import annotations

import bisect
import dataclasses
import gzip
import json
import re
from functools import cache
from typing import Any

from maille import pipeline
from maille.text.names import fold
from maille.text.typography import typeset
from maille.views import communes
from maille.views.plans import LatePlan
from tests.views.drawings.test_country_map import network

GAZETTEER = pipeline.load_gazetteer()
SITE = dataclasses.replace(network(), gazetteer=GAZETTEER)
DEPARTMENT = re.compile(r"/lieux/(\d[\dab]\d?)\.json")


@cache
def plans() -> dict[str, LatePlan]:
    found = tuple(communes.plan(SITE))
    assert len({plan.address for plan in found}) == len(found)
    return {plan.address: plan for plan in found}


def read(name: str) -> Any:
    return json.loads(plans()[f"/lieux/{name}.json"].make())


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
            start = postcode[: 3 if postcode.startswith("97") else 2]
            assert commune.department in (start, *crossings.get(start, ())), commune.name
    assert crossings["20"] == ["2A", "2B"]


def test_towns_come_first_and_are_few() -> None:
    towns = read("index")["villes"]
    assert {"Paris", "Marseille", "Toulouse", "Amiens", "Mamoudzou"} <= set(towns["noms"])
    assert [typeset(GAZETTEER.communes[code].name) for code in towns["codes"]] == towns["noms"]
    assert len(towns["noms"]) < 400


def test_the_files_are_small() -> None:
    sizes = {address: len(gzip.compress(plan.make(), 9)) for address, plan in plans().items()}
    print(f"\n{len(sizes)} files, {sum(sizes.values())} bytes, largest {max(sizes.values())}")
    assert sum(sizes.values()) <= 1_200_000
    assert max(size for address, size in sizes.items() if "noms-" in address) <= 8000
    assert sizes["/lieux/index.json"] <= 5000
    assert max(sizes.values()) <= 18_000


def test_the_files_are_the_same_each_time() -> None:
    again = dataclasses.replace(SITE, gazetteer=pipeline.load_gazetteer.__wrapped__())
    made = {plan.address: plan.make() for plan in communes.plan(again)}
    assert made == {address: plan.make() for address, plan in plans().items()}
