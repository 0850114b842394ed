"""The columns that the list and the map read: complete, in one order, and made for machines."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from maille.gazetteer import Region
from maille.kinds.catalyser import FACETS, Catalyser
from maille.pipeline import load_gazetteer
from maille.site.place import Place, Precision
from maille.views.plans import FilePlan
from maille.views.records import index_data
from tests import reading
from tests.building import SITE
from tests.french import make_record, make_site
from tests.views.drawings.test_country_map import ADDRESS, REUNION, network
from tests.views.drawings.test_country_map import record as catalyser

EVERYWHERE = Place(Precision.NATIONAL)


@pytest.fixture(scope="module")
def index(output: Path) -> Any:
    return json.loads((output / "catalyseurs" / "index.json").read_bytes())


def test_every_column_has_every_record(index: Any) -> None:
    lengths = {column: len(values) for column, values in index["fiches"].items()}
    assert set(lengths.values()) == {len(index["fiches"]["slug"])}
    assert 0 < index["reelles"] <= lengths["slug"]


def test_numbers_point_into_their_tables(index: Any) -> None:
    for facet in FACETS:
        listed = SITE / f"content/vocabulaires/{facet.vocabulary}.yaml"
        assert (facet.key in index) == listed.is_file(), facet.key
        if facet.key not in index:  # no record of the miniature has a term of it
            continue
        numbers = {one for found in index["fiches"][facet.key] for one in found}
        assert numbers <= set(range(len(index[facet.key])))
    bodies = {one for numbers in index["fiches"]["intercommunalite"] for one in numbers}
    assert bodies <= set(range(len(index["intercommunalites"])))
    assert set(index["fiches"]["departement"]) <= set(range(-1, len(index["departements"])))


def test_a_record_is_told_as_its_file_tells_it(index: Any) -> None:
    fiches = index["fiches"]
    here = fiches["slug"].index("cocolavande")
    told = {column: values[here] for column, values in fiches.items()}
    assert told["nom"] == "CoCoLavande"
    assert told["commune"] == "Clermont-Ferrand"
    assert index["departements"][told["departement"]][:2] == ["63", "Puy-de-Dôme"]
    region = index["regions"][index["departements"][told["departement"]][2]]
    assert region[0] == "auvergne-rhone-alpes"
    assert [index["pratique"][number][0] for number in told["pratique"]] == ["accompagnements"]
    assert told["territoires"] == ["63", "03", "43"]
    assert told["point"] == pytest.approx([45.78, 3.08], abs=0.02)
    assert [index["intercommunalites"][one][1] for one in told["intercommunalite"]] == [
        "Clermont Auvergne Métropole"
    ]


def test_a_commune_of_grand_paris_is_in_two_intercommunalites(index: Any) -> None:
    here = index["fiches"]["slug"].index("aubepine-a-charenton")
    numbers = index["fiches"]["intercommunalite"][here]
    assert [index["intercommunalites"][one][0] for one in numbers] == ["200057941", "200054781"]


def test_who_is_known_to_its_departement_stands_in_the_intercommunalite_that_it_names() -> None:
    """As on the page of that intercommunalité (territories.standing_bodies)."""
    site = make_site(
        make_record("nommee", department="94", territoires=("200057941",)),
        make_record("ailleurs", "Créteil", "94", territoires=("200057941",)),
        make_record("autre-departement", department="63", territoires=("200057941",)),
    )
    told = index_data.make_columns(site, index_data.sort_records(site))
    bodies = [one[0] for one in told["intercommunalites"]]
    slugs, columns = told["fiches"]["slug"], told["fiches"]["intercommunalite"]
    standing = {
        slug: [bodies[one] for one in found] for slug, found in zip(slugs, columns, strict=True)
    }
    assert standing.pop("nommee") == ["200057941"]
    assert standing.pop("autre-departement") == []
    assert "200057941" not in standing.pop("ailleurs")
    assert not standing


def test_an_intercommunalite_has_the_box_of_its_communes(index: Any) -> None:
    (box,) = (one[3] for one in index["intercommunalites"] if one[0] == "200057941")
    members = [load_gazetteer().communes[code] for code in _members("200057941")]
    latitudes = [commune.latitude or 0 for commune in members]
    longitudes = [commune.longitude or 0 for commune in members]
    extremes = [min(latitudes), min(longitudes), max(latitudes), max(longitudes)]
    assert box == pytest.approx(extremes, abs=0.006)
    assert len(members) == 13


def _members(siren: str) -> tuple[str, ...]:
    return load_gazetteer().intercommunalites[siren].members


def test_an_intercommunalite_that_only_a_project_names_is_known_to_scripts() -> None:
    """It has a page, which leads to the directory: a département there reaches it."""
    project = make_record("projet", territoires=("244400404",))
    site = make_site(make_record("une", department="44"), project)
    first = site.list_entries(Catalyser)[:1]
    entries = {"catalyser": first, "projet": (project,)}
    told = index_data.make_columns(dataclasses.replace(site, entries=entries), first)
    assert [one[0] for one in told["intercommunalites"]] == ["244400404"]


def test_the_columns_follow_the_page(index: Any, output: Path) -> None:
    page = reading.parse_page(output / "catalyseurs/index.html")
    shown = [
        link.get("href", "").rstrip("/").rpartition("/")[2]
        for item in page.iter("li")
        for link in item.findall("h3/a")
    ]
    assert shown == index["fiches"]["slug"][: index["reelles"]]


def test_examples_come_last_and_the_nowhere_before_them() -> None:
    site = network(
        (catalyser("exemple", exemple="oui"), ADDRESS),
        (catalyser("partout"), EVERYWHERE),
        (catalyser("reunion"), REUNION),
        (catalyser("aydat"), ADDRESS),
    )
    regions = {
        slug: Region("0", name, slug, "", "", (code,))
        for slug, name, code in (("la-reunion", "La Réunion", "974"), ("aura", "Auvergne", "63"))
    }
    known = dataclasses.replace(site.gazetteer, regions=regions)
    site = dataclasses.replace(site, gazetteer=known)
    slugs = [entry.slug for entry in index_data.sort_records(site)]
    assert slugs == ["aydat", "reunion", "partout", "exemple"]


def test_words_of_the_summaries_that_name_places_are_told() -> None:
    resume = "Une cantine bio, l'école du Lot et l'Agenda 21 : donner du sens, à Bourg, en somme."
    site = network((catalyser("un", resume=resume), ADDRESS))
    site = dataclasses.replace(site, gazetteer=load_gazetteer())
    words = index_data.make_columns(site, site.list_entries(Catalyser))["mots"]
    # Not what is in capitals there: that is a place already, or the beginning of a sentence.
    assert words == ["21", "bio", "ecole", "sens", "somme"]


def test_texts_are_cut_in_files_of_as_many_records() -> None:
    number = index_data.TEXTS + 1
    site = network(*((catalyser(f"a{n}", resume=f"Numéro {n}."), ADDRESS) for n in range(number)))
    files = {plan.address: json.loads(plan.data) for plan in index_data.plan(site)}
    folder = index_data.find_folder(site)
    slugs = files[f"{folder}index.json"]["fiches"]["slug"]
    assert files[f"{folder}index.json"]["textes"] == index_data.TEXTS
    told = [text for part in (0, 1) for text in files[f"{folder}textes-{part}.json"]["resume"]]
    assert told == [f"Numéro {slug[1:]}." for slug in slugs]


def test_a_record_without_contact_has_a_door_that_leads_from_the_folder_of_the_directory() -> None:
    known = catalyser("deux", site="https://deux.example/", adresse="3 rue Haute")
    site = network((catalyser("un"), ADDRESS), (known, ADDRESS))
    texts = json.loads(list(index_data.plan(site))[1].data)
    assert [bool(one) for one in texts["portes"]] == [True, False]
    before, title, url, after = texts["portes"][0]
    assert (before, title, url, after) == ("Vous pouvez", "demander au réseau", "../contact/", "")
    assert texts["contacts"] == [[], [["https://deux.example/", "deux.example"]]]
    assert texts["adresses"][0] == ""
    assert texts["adresses"][1].startswith("3 rue Haute")


def test_a_hostile_name_is_only_text() -> None:
    name = "</script><b>\u2028\ud83e\uddf6"
    site = network(
        (catalyser("un", name.encode("utf-16", "surrogatepass").decode("utf-16")), ADDRESS)
    )
    (index, _) = index_data.plan(site)
    assert isinstance(index, FilePlan)
    assert json.loads(index.data)["fiches"]["nom"] == ["</script><b>\u2028\U0001f9f6"]


def test_a_collectivite_is_in_the_last_group_which_has_no_code() -> None:
    site = make_site(
        make_record("partout", territoires=("national",)),
        make_record("noumea", "Nouméa", "988", territoires=("988",)),
        make_record("mayotte", department="976"),
    )
    entries = index_data.sort_records(site)
    assert [entry.slug for entry in entries] == ["mayotte", "noumea", "partout"]
    data = index_data.make_columns(site, entries)
    regions, departments, records = data["regions"], data["departements"], data["fiches"]
    code, name, group, locative, page = departments[records["departement"][1]]
    assert (code, name, locative) == ("988", "Nouvelle-Calédonie", "en Nouvelle-Calédonie")
    assert regions[group] == regions[-1] == ["", "Collectivités d’outre-mer", ""]
    assert page == "988-nouvelle-caledonie"
    assert sum(row[2] == group for row in departments) == 6


def test_a_departement_that_is_all_that_is_known_of_a_record_tells_those_that_touch_it() -> None:
    site = make_site(make_record("nantes", department="44"), make_record("lyon", "Lyon", "69"))
    rows = index_data.make_columns(site, index_data.sort_records(site))["departements"]
    told = {row[0]: [rows[number][0] for number in row[5]] for row in rows if len(row) > 5}
    assert told == {"44": ["35", "49", "56", "85"]}
    (ring,) = (row[6] for row in rows if len(row) > 5)
    assert ring[0] == ring[-1]
    assert 4 < len(ring) < 30
    longitudes, latitudes = zip(*ring, strict=True)
    assert (min(longitudes), max(longitudes)) == pytest.approx((-2.6, -0.9), abs=0.11)
    assert (min(latitudes), max(latitudes)) == pytest.approx((46.9, 47.8), abs=0.11)
