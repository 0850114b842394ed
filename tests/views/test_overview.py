"""What is made from the list of all the other pages."""

from __future__ import annotations

import json

from maille.text.urls import Link
from maille.views.overview import plan
from maille.views.plans import FilePlan, PagePlan, Plan
from tests.views.drawings.test_country_map import network

PAGES = (
    PagePlan("/", "home.html", "Qui relie les acteurs ?"),
    PagePlan("/carte/", "map.html", "Carte", csp={"img-src": ("https://tuiles.example",)}),
    PagePlan("/projets/", "projets.html", "Projets"),
    PagePlan("/projets/a/", "projet.html", "A", csp={"connect-src": ("https://a.example",)}),
    PagePlan("/projets/b/", "projet.html", "B", listed=False),
    PagePlan("/lettres/2024-05/", "newsletter.html", "Mai 2024"),
    PagePlan(
        "/x/", "x.html", "X", csp={"img-src": ("https://tuiles.example", "https://b.example")}
    ),
)
OTHERS: tuple[Plan, ...] = (*PAGES, FilePlan("/flux.xml", b""))


def planned() -> dict[str, Plan]:
    return {item.address: item for item in plan(network(), OTHERS)}


def page(address: str) -> PagePlan:
    found = planned()[address]
    assert isinstance(found, PagePlan)
    return found


def test_the_site_map_lists_the_pages_of_a_folder_under_its_title() -> None:
    assert page("/plan-du-site/").make_context()["groups"] == [
        (
            "Pages principales",
            [
                Link("Accueil", "/"),
                Link("Carte", "/carte/"),
                Link("Projets", "/projets/"),
                Link("X", "/x/"),
                Link("Chercher dans le site", "/recherche/"),
            ],
        ),
        ("/lettres/", [Link("Mai 2024", "/lettres/2024-05/")]),  # no page bears its title
        ("Projets", [Link("A", "/projets/a/")]),
    ]


def test_search_engines_are_told_of_listed_pages_and_of_the_site_map() -> None:
    listed = [one.address for one in page("/sitemap.xml").make_context()["pages"]]
    own = [one.address for one in PAGES if one.listed]
    assert listed == [*own, "/recherche/", "/plan-du-site/"]
    assert not page("/404.html").listed


def test_scripts_have_the_names_of_what_is_no_record() -> None:
    names = planned()["/noms.json"]
    assert isinstance(names, FilePlan)
    rows = json.loads(names.data)
    assert ["A", "/projets/a/"] in rows
    assert ["Presse", "/contact/#_presse"] not in rows  # this site has no contact page
    assert ["Plan du site", "/plan-du-site/"] in rows
    assert "B" not in {name for name, _ in rows}  # it is not listed
