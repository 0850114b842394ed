"""The records of a territory in groups: who acts in the whole of it, is there, acts in a part."""

from __future__ import annotations

import pytest

from maille.kinds.catalyser import Catalyser
from maille.site.model import Site
from maille.views.territory.groups import WIDE, TerritoryRecords, group_records, say_where
from maille.views.territory.presences import find_presences, require_territory
from tests.french import make_record, make_site

PEMB = "200057941"


def group(site: Site, code: str) -> TerritoryRecords:
    rank = {entry.key: number for number, entry in enumerate(site.list_entries(Catalyser))}
    return group_records(site, find_presences(site), require_territory(site, code), rank)


def told(site: Site, code: str) -> dict[str, list[str]]:
    groups = group(site, code).groups
    return {one.key: [record.entry.slug for record in one.records] for one in groups}


def test_who_acts_in_the_whole_comes_first_then_who_is_there() -> None:
    site = make_site(
        make_record("a-la-ronde", "Thiers", "63"),
        make_record("entier", "Nantes", "44", territoires=("63",)),
        make_record("ici-et-partout", "Aydat", "63", territoires=("63",)),
        make_record("par-la-region", "Nantes", "44", territoires=("auvergne-rhone-alpes",)),
        make_record("partout", territoires=("national",)),
        make_record("exemple", "Thiers", "63", exemple="oui"),
    )
    assert told(site, "63") == {
        "tout": ["entier", "ici-et-partout", "par-la-region"],
        "sur-place": ["a-la-ronde"],
        "partout": ["partout"],
    }
    assert told(site, "auvergne-rhone-alpes") == {
        "tout": ["par-la-region"],
        "sur-place": ["a-la-ronde", "ici-et-partout"],
        "partie": ["entier"],
        "partout": ["partout"],
    }
    assert told(site, "29") == {"partout": ["partout"]}
    # One number each, in the order of the page.
    numbers = [one.number for group in group(site, "63").groups for one in group.records]
    assert numbers == [1, 2, 3, 4, 5]


def test_an_intercommunalite_is_no_whole_departement() -> None:
    site = make_site(make_record("une", "Nantes", "44", territoires=(PEMB,)))
    assert told(site, PEMB) == {"tout": ["une"]}
    assert told(site, "94") == told(site, "ile-de-france") == {"partie": ["une"]}


def test_all_departements_of_a_region_are_the_region() -> None:
    codes = require_territory(make_site(), "bretagne").departments
    site = make_site(make_record("tous", "Nantes", "44", territoires=tuple(codes)))
    assert told(site, "bretagne") == {"tout": ["tous"]}


@pytest.mark.parametrize(
    ("areas", "code", "why"),
    [
        (("63",), "63", "intervient dans le Puy-de-Dôme"),
        (("auvergne-rhone-alpes", "63"), "63", "intervient dans toute la région"),
        (("auvergne-rhone-alpes",), "auvergne-rhone-alpes", "intervient dans toute la région"),
        (
            ("63", "03"),
            "auvergne-rhone-alpes",
            "intervient dans le Puy-de-Dôme et dans l'Allier",
        ),
        ((PEMB,), "94", "intervient dans l'intercommunalité Paris Est Marne et Bois"),
        ((PEMB,), PEMB, "intervient dans toute l'intercommunalité"),
        (("94",), PEMB, "intervient dans le Val-de-Marne"),
    ],
)
def test_a_page_says_where_somebody_from_elsewhere_acts(
    areas: tuple[str, ...], code: str, why: str
) -> None:
    site = make_site(
        make_record("nantais", "Nantes", "44", territoires=areas),
        make_record("x", territoires=(PEMB,)),  # gives it a page
    )
    records = (record for one in group(site, code).groups for record in one.records)
    assert next(r.why for r in records if r.entry.slug == "nantais").startswith(why)


def test_a_crowd_that_acts_in_the_whole_region_is_told_on_its_page() -> None:
    region = [
        make_record(f"n{n}", "Nantes", "44", territoires=("bretagne",)) for n in range(WIDE + 1)
    ]
    site = make_site(
        *region, make_record("brestois", "Nantes", "44", territoires=("29", "bretagne"))
    )
    few = group(make_site(*region[:WIDE]), "29")
    assert (len(few.groups[0].records), few.wide) == (WIDE, 0)
    assert told(site, "29") == {"tout": ["brestois"]}
    assert group(site, "29").wide == WIDE + 1
    assert len(told(site, "bretagne")["tout"]) == WIDE + 2


def test_a_crowd_that_acts_everywhere_is_told_on_one_page() -> None:
    site = make_site(*(make_record(f"n{n}", territoires=("national",)) for n in range(WIDE + 1)))
    found = group(site, "29")
    assert (found.groups, found.national) == ((), WIDE + 1)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("63", "dans le Puy-de-Dôme"),
        ("974", "à La Réunion"),
        (PEMB, "dans l'intercommunalité Paris Est Marne et Bois"),
        ("247400112", "dans la communauté de communes du Pays de Cruseilles"),
    ],
)
def test_a_territory_stands_in_a_sentence(code: str, words: str) -> None:
    assert say_where(require_territory(make_site(), code)) == words
