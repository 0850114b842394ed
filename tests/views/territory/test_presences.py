"""Who stands where and who acts there, on the real map of France."""

from __future__ import annotations

import pytest

from maille.pipeline import load_gazetteer
from maille.site.model import Site
from maille.views.territory.presences import (
    find_presences,
    list_pages,
    make_address,
    require_territory,
)
from tests.french import make_record, make_site

PEMB, NANTES = "200057941", "244400404"


def standing(site: Site, code: str) -> list[str]:
    return [entry.slug for entry in find_presences(site).list_catalysers(code)]


def acting(site: Site, code: str) -> list[tuple[str, list[str]]]:
    found = find_presences(site).list_acting(code)
    return [(one.entry.slug, [area.code for area in one.areas]) for one in found]


@pytest.mark.parametrize(
    ("code", "address"),
    [
        ("63", "/territoires/63-puy-de-dome/"),
        ("2A", "/territoires/2a-corse-du-sud/"),
        ("974", "/territoires/974-la-reunion/"),
        ("la-reunion", "/territoires/la-reunion/"),
        (PEMB, "/territoires/200057941-paris-est-marne-et-bois/"),
        ("national", "/territoires/"),
    ],
)
def test_addresses_never_change(code: str, address: str) -> None:
    assert make_address(require_territory(make_site(), code)) == address


def test_every_region_and_departement_has_its_own_address() -> None:
    known = list_pages(make_site())
    assert len(known) == len(set(known.values())) == 18 + 101 + 6 + 1


def test_a_record_stands_in_its_departement_and_its_region() -> None:
    site = make_site(
        make_record("une", "Aydat", "63"),
        make_record("deux", department="63"),
        make_record("trois"),
    )
    assert standing(site, "63") == ["une", "deux"]
    assert standing(site, "auvergne-rhone-alpes") == ["une", "deux"]
    assert standing(site, "03") == []


def test_a_commune_is_of_the_intercommunalites_that_it_is_a_member_of() -> None:
    site = make_site(
        make_record("nommee", department="94", territoires=(PEMB,)),
        make_record("membre", "Vincennes", "94"),
        make_record("autre", "Créteil", "94"),
        make_record("par-code", code_insee="94069"),
        make_record("ailleurs", "Créteil", "94", territoires=(PEMB,)),
    )
    assert standing(site, PEMB) == ["nommee", "membre", "par-code"]
    assert acting(site, PEMB) == [("ailleurs", [PEMB])]


def test_an_intercommunalite_has_a_page_when_a_real_record_names_it() -> None:
    real, sample = (
        make_record("un", territoires=(PEMB,)),
        make_record("deux", territoires=(NANTES,), exemple="oui"),
    )
    assert [body.code for body in find_presences(make_site(real, sample)).bodies] == [PEMB]
    assert PEMB in list_pages(make_site(real, sample))
    assert NANTES not in list_pages(make_site(real, sample))


def test_an_area_is_covered_in_whole_or_in_part() -> None:
    site = make_site(make_record("une", "Aydat", "63", territoires=("42", "bretagne", NANTES)))
    assert acting(site, "42") == [("une", ["42"])]
    assert acting(site, "29") == [("une", ["bretagne"])]
    assert acting(site, "bretagne") == [("une", ["bretagne"])]
    assert acting(site, "44") == [("une", [NANTES])]
    assert acting(site, "pays-de-la-loire") == [("une", [NANTES])]
    assert acting(site, NANTES) == [("une", [NANTES])]


def test_an_intercommunalite_without_a_page_reaches_its_departements() -> None:
    """Only a real record gives it a page; that of an example is no less where it says."""
    site = make_site(make_record("exemple", "Aydat", "63", territoires=(NANTES,), exemple="oui"))
    assert NANTES not in list_pages(site)
    assert acting(site, "44") == acting(site, "pays-de-la-loire") == [("exemple", [NANTES])]


def test_who_stands_there_does_not_come_from_elsewhere() -> None:
    site = make_site(
        make_record("une", "Aydat", "63", territoires=("63", "auvergne-rhone-alpes", "42"))
    )
    assert acting(site, "63") == acting(site, "auvergne-rhone-alpes") == []
    assert acting(site, "01") == [("une", ["auvergne-rhone-alpes"])]
    assert acting(site, "42") == [("une", ["auvergne-rhone-alpes", "42"])]


def test_an_intercommunalite_does_not_reach_another_of_its_departement() -> None:
    other = next(
        body.siren
        for body in load_gazetteer().intercommunalites.values()
        if body.departments == ("94",) and body.siren != PEMB
    )
    site = make_site(
        make_record("une", "Aydat", "63", territoires=(PEMB,)),
        make_record("deux", territoires=(other,)),
    )
    assert acting(site, other) == [("deux", [other])]


def test_acting_everywhere_says_nothing_of_a_place() -> None:
    site = make_site(make_record("une", territoires=("national",)))
    assert [entry.slug for entry in find_presences(site).national] == ["une"]
    assert acting(site, "63") == []


def test_examples_come_after_and_are_counted_apart() -> None:
    site = make_site(
        make_record("exemple", "Aydat", "63", exemple="oui"), make_record("vraie", "Aydat", "63")
    )
    assert standing(site, "63") == ["vraie", "exemple"]
    assert [entry.slug for entry in find_presences(site).list_real("63")] == ["vraie"]


def test_who_acts_in_a_collectivite_acts_in_no_region() -> None:
    site = make_site(
        make_record("noumea", "Nouméa", "988"),
        make_record("lyon", "Lyon", "69", territoires=("988",)),
    )
    who = find_presences(site)
    assert [one.slug for one in who.list_real("988")] == ["noumea"]
    assert [one.entry.slug for one in who.list_acting("988")] == ["lyon"]
    assert "" not in who.standing and not who.list_acting("")
