"""The page of each term: who has it, real entries and examples, and what it leads to."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest

from maille.content.discover import read_folder
from maille.kinds import vocabulaire
from maille.kinds.catalyser import Catalyser
from maille.kinds.page import Page
from maille.kinds.projet import Projet
from maille.kinds.vocabulaire import Vocabulaire
from maille.publish.artefact import Artefact
from maille.publish.assets import prepare_assets
from maille.publish.render import make_painter
from maille.site.model import Site
from maille.views import terms, territories
from maille.views.plans import PagePlan
from tests.small_site import link_site, write_small_site
from tests.views.drawings.test_country_map import ADDRESS, document, network, record

TERMS: Any = (
    {"cle": "lieu", "nom": "Gestion d'un lieu", "resume": "Un lieu."},
    {"cle": "autre", "nom": "Autre"},
    {"cle": "rien", "nom": "Rien"},
)


def vocabulary(slug: str, address: str | None) -> Vocabulaire:
    keys = {"nom": slug.title(), "termes": TERMS, **({"adresse": address} if address else {})}
    path = f"content/vocabulaires/{slug}.yaml"
    return Vocabulaire.model_validate(keys, context={"document": document(path)})


def make_site(slug: str = "pratiques", address: str | None = "/pratiques/") -> Site:
    """Return a site with two records and an example that have terms of one vocabulary."""
    site = network(
        (record("un", pratiques=("autre", "lieu"), profil="lieu"), ADDRESS),
        (record("deux", pratiques=("lieu",), activites=("rien",)), ADDRESS),
        (record("essai", pratiques=("lieu", "autre"), exemple="oui"), ADDRESS),
        (record("essai-2", pratiques=("autre",), exemple="oui"), ADDRESS),
    )
    entries = {**site.entries, vocabulaire.KIND.name: (vocabulary(slug, address),)}
    return dataclasses.replace(site, entries=entries)


def plan(site: Site) -> dict[str, PagePlan]:
    return {one.address: one for one in terms.plan(site)}


def test_a_vocabulary_with_an_address_has_a_page_and_one_for_each_term() -> None:
    pages = plan(make_site())
    assert [*pages] == [
        *("/pratiques/", "/pratiques/lieu/", "/pratiques/autre/"),
    ]  # without an entry and without a text, « rien » has none
    listed = pages["/pratiques/"].make_context()["terms"]
    assert [(term.key, number) for term, number in listed] == [
        *(("lieu", 2), ("autre", 1)),
        ("rien", 0),
    ]


def test_a_vocabulary_without_an_address_has_none() -> None:
    assert plan(make_site(address=None)) == {}


def test_the_page_of_a_term_has_who_has_it_and_its_examples_apart() -> None:
    page = plan(make_site())["/pratiques/lieu/"]
    context = page.make_context()
    assert [one.slug for one in context["entries"]] == ["un", "deux"]
    assert [one.slug for one in context["examples"]] == ["essai"]
    assert (page.title, page.description) == ("Gestion d'un lieu", "Un lieu.")


def test_a_page_of_examples_alone_is_not_listed() -> None:
    assert plan(make_site())["/pratiques/lieu/"].listed
    site = make_site()
    only = [one for one in site.entries["catalyser"] if one.is_example]
    site = dataclasses.replace(site, entries={**site.entries, "catalyser": tuple(only)})
    assert not plan(site)["/pratiques/lieu/"].listed
    assert "/pratiques/autre/" not in plan(site)


def test_a_term_without_entries_has_a_page_if_it_says_something() -> None:
    site = make_site()
    assert terms.list_paged(site, "pratiques") == {"lieu", "autre"}
    nobody = dataclasses.replace(site, entries={**site.entries, "catalyser": ()})
    assert terms.list_paged(nobody, "pratiques") == {"lieu"}  # its sentence
    assert "/pratiques/lieu/" in plan(nobody)
    # An actor has one in any case; the terms of a list without an address have none.
    assert terms.list_paged(make_site("acteurs", "/acteurs/"), "acteurs") >= {"rien"}
    assert terms.list_paged(make_site(address=None), "pratiques") == set()
    assert terms.list_paged(site, "absente") == set()


@pytest.mark.parametrize(
    ("slug", "asked"),
    [("pratiques", "?pratique=lieu"), ("profils", "?profil=lieu"), ("saisons", "")],
)
def test_examples_are_shown_by_the_directory_if_it_has_that_facet(slug: str, asked: str) -> None:
    page = plan(make_site(slug, f"/{slug}/"))[f"/{slug}/lieu/"]
    assert page.make_context()["directory"] == f"/catalyseurs/{asked}"


def test_a_sub_term_is_not_the_term_of_that_name() -> None:
    assert "/pratiques/rien/" not in plan(make_site())


def test_a_term_of_another_vocabulary_is_another_term() -> None:
    pages = plan(make_site("profils", "/profils/"))
    assert [one.slug for one in pages["/profils/lieu/"].make_context()["entries"]] == ["un"]
    assert "/profils/autre/" not in pages


def test_the_page_of_an_actor_has_the_projects_that_name_it() -> None:
    site = make_site("acteurs", "/acteurs/")
    keys = {"nom": "Un projet", "resume": "Un projet inventé.", "accompagnement": ["Autre"]}
    project = Projet.model_validate(
        {**keys, "sources": [{"titre": "Un document"}]},
        context={"document": document("content/projets/un.md")},
    )
    entries = {**site.entries, Projet.kind_name: (project,)}
    pages = plan(dataclasses.replace(site, entries=entries))
    supported = {name: one.make_context().get("supported") for name, one in pages.items()}
    assert supported["/acteurs/autre/"] == (project,)
    assert supported["/acteurs/lieu/"] == ()


def test_a_page_shows_a_vocabulary_if_its_terms_have_no_pages() -> None:
    site = make_site(address=None)
    keys = {"titre": "Glossaire", "resume": "r", "affiche": "pratiques"}
    page = Page.model_validate(keys, context={"document": document("content/pages/glossaire.md")})
    assert terms.find_shown(site, page) is site.find("vocabulaire", "pratiques") is not None
    assert terms.find_shown(make_site(), page) is None
    assert terms.find_shown(site, page.model_copy(update={"shows": None})) is None


def test_a_long_list_has_thirty_records_in_full_and_the_others_by_name(tmp_path: Path) -> None:
    root = write_small_site(tmp_path)
    first = (root / "catalysers/premier.md").read_text("utf-8")
    for number in range(40):
        text = re.sub("(?m)^nom: .*$", f"nom: Structure {number:02}", first)
        (root / f"catalysers/structure-{number:02}.md").write_text(text, "utf-8")
    site = link_site(root)
    addresses, _, _ = prepare_assets(read_folder(root / "templates/assets"))
    painter = make_painter(site, root / "templates", addresses, {})
    for address, every in (
        ("/pratiques/accompagnements/", terms),
        ("/territoires/21-cote-d-or/", territories),
    ):
        drawn = painter.draw(next(one for one in every.plan(site) if one.address == address))
        assert isinstance(drawn, Artefact)
        page = drawn.data.decode()
        records = re.findall(r'<a href="/catalyseurs/([^/"]+)/">', page)
        assert len(records) == len({*records}) == 41
        assert page.count(site.list_real(Catalyser)[0].summary) == 30
