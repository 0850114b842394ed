"""The pages of territories, as plans: who is told where, in which words, with which files."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from maille.kinds import territoire
from maille.kinds.territoire import Territoire
from maille.site.model import Site
from maille.views import territories
from maille.views.plans import LatePlan, PagePlan, Plan
from maille.views.territory.presences import require_territory
from tests.french import make_record, make_site
from tests.views.drawings.test_country_map import document

PEMB = "200057941"


def plans(site: Site) -> dict[str, Plan]:
    return {plan.address: plan for plan in territories.plan(site)}


def page(site: Site, address: str) -> PagePlan:
    found = plans(site)[f"/territoires/{address}"]
    assert isinstance(found, PagePlan)
    return found


def slugs(entries: Any) -> list[str]:
    return [entry.slug for entry in entries]


def test_every_territory_has_a_page_whatever_is_recorded() -> None:
    pages = [plan for plan in plans(make_site()).values() if isinstance(plan, PagePlan)]
    assert len(pages) == 1 + 18 + 101 + 6
    assert [plan.address for plan in pages if plan.listed] == ["/territoires/"]


@pytest.mark.parametrize(
    ("address", "title", "trail"),
    [
        ("63-puy-de-dome/", "Puy-de-Dôme (63)", ["Territoires", "Auvergne-Rhône-Alpes"]),
        ("bretagne/", "Bretagne", ["Territoires"]),
        ("la-reunion/", "La Réunion (région)", ["Territoires"]),
        ("974-la-reunion/", "La Réunion (974)", ["Territoires", "La Réunion (région)"]),
        (
            "200057941-paris-est-marne-et-bois/",
            "Paris Est Marne et Bois",
            ["Territoires", "Île-de-France", "Val-de-Marne (94)"],
        ),
    ],
)
def test_a_page_says_where_it_is(address: str, title: str, trail: list[str]) -> None:
    found = page(make_site(make_record("une", territoires=(PEMB,))), address)
    assert found.title == title
    assert [link.title for link in found.trail] == trail


def test_only_facts_are_listed() -> None:
    site = make_site(
        make_record("vraie", "Aydat", "63", territoires=("03",)),
        make_record("exemple", "Thiers", "63", exemple="oui", territoires=("42",)),
        make_record("exemple-seul", "Brest", "29", exemple="oui"),
        make_record("partout", territoires=("national",)),
    )
    listed = {plan.address for plan in plans(site).values() if getattr(plan, "listed", False)}
    assert listed >= {
        f"/territoires/{one}/" for one in ("63-puy-de-dome", "03-allier", "auvergne-rhone-alpes")
    }
    assert not listed & {
        f"/territoires/{one}/" for one in ("29-finistere", "42-loire", "bretagne", "75-paris")
    }
    found = page(site, "63-puy-de-dome/").make_context()
    assert (found["count"], slugs(found["examples"])) == (1, ["exemple"])
    assert (
        page(site, "29-finistere/").description
        == "Personne n'est encore recensé dans le Finistère."
    )
    assert "ce qui s'y passe" in page(site, "63-puy-de-dome/").description
    assert page(site, "03-allier/").description.startswith("Qui intervient dans l'Allier")


def test_files_hold_the_real_records_of_the_place_alone() -> None:
    site = make_site(
        make_record("vraie", "Aydat", "63"),
        make_record("exemple", "Thiers", "63", exemple="oui"),
        make_record("sans-point", department="29"),
    )
    files = plans(site)
    data = files["/territoires/63-puy-de-dome/catalyseurs.json"]
    assert isinstance(data, LatePlan)
    assert [one["identifiant"] for one in json.loads(data.make())["catalyseurs"]] == ["vraie"]
    assert "/territoires/63-puy-de-dome/catalyseurs.geojson" in files
    assert "/territoires/29-finistere/catalyseurs.csv" in files
    assert "/territoires/29-finistere/catalyseurs.geojson" not in files  # nothing to draw
    assert "/territoires/75-paris/catalyseurs.csv" not in files
    assert "/territoires/75-paris/flux.xml" not in files


def test_a_text_is_shown_on_the_page_of_its_territory_and_makes_it_known() -> None:
    note = Territoire.model_validate(
        {"titre": "T", "territoire": "29", "sources": ({"titre": "S"},)},
        context={"document": document("content/territoires/29.md")},
    )
    bare = make_site()
    site = dataclasses.replace(
        bare,
        kinds=(*bare.kinds, territoire.KIND),
        entries={**bare.entries, "territoire": (note,)},
        areas={note.key: (require_territory(bare, "29"),)},
    )
    found = page(site, "29-finistere/")
    assert found.make_context()["notes"] == [note]
    assert found.listed
    assert not page(site, "22-cotes-d-armor/").listed
