"""The index of the search over the site: what is in it, and what finds what."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from maille.site.model import Site
from maille.text.names import fold
from maille.views import site_search
from maille.views.plans import LatePlan, PagePlan, Plan
from maille.views.site_search import Searched, list_searched, make_groups
from tests.building import SMALL, build
from tests.small_site import link_site, replace_in, write_small_site

PAGES = [
    PagePlan("/agenda/", "agenda.html", "Agenda", description="Toutes les dates."),
    PagePlan("/projets/", "projets.html", "Projets"),
    PagePlan("/projets/essai/", "projet.html", "Projet d'essai"),
    PagePlan("/territoires/21-cote-d-or/", "territoire.html", "Côte-d'Or"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = write_small_site(tmp_path_factory.mktemp("petit"))
    replace_in(root / "catalysers/premier.md", "relation:", "autres_noms: [PRE]\nrelation:")
    return link_site(root)


def make(*texts: str, title: str = "") -> list[Searched]:
    return [Searched("Pages", title, f"/{n}/", "", text) for n, text in enumerate(texts)]


def find(every: list[Searched], word: str) -> list[int]:
    """Return the pages of the groups that have a word."""
    groups, _ = make_groups(every)
    return sorted(
        {n for words, _, pages in groups.values() if word in words.split() for n in pages}
    )


def test_each_page_is_there_once_and_lists_are_not(site: Site) -> None:
    every = list(list_searched(site, PAGES))
    found = {one.address: one for one in every}
    assert len(found) == len(every)
    assert found["/projets/essai/"].type == "Projets"
    assert found["/agenda/"] == Searched("Pages", "Agenda", "/agenda/", "Toutes les dates.", "")
    assert found["/le-reseau/"].type == "Pages"
    assert found["/pratiques/accompagnements/"].type == "Pratiques"
    section = found["/lettres/2024-05/#projet-d-essai"]
    assert (section.title, section.summary) == ("Projet d'essai", "Lettre de mai 2024")
    assert "/projets/" not in found
    assert not [one for one in found if one.startswith("/territoires/")]
    assert "/catalyseurs/brouillon/" not in found


def test_a_record_is_found_by_what_its_page_shows(site: Site) -> None:
    every = list(list_searched(site, PAGES))
    record = next(one for one in every if one.address == "/catalyseurs/premier/")
    for word in ("PRE", "Dijon", "Accompagnements", "relie"):
        assert word in record.text
    # The names of files, addresses and sources are not words of the page.
    for word in ("/projets/essai/", "accompagnateur ", "document d'essai"):
        assert word not in record.text


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Les projets avancent", "projet"),
        ("L'école", "ecole"),
        ("Une école", "ecoles"),
        ("Le co-working", "coworking"),
        ("Le co-working", "working"),
        ("KatalyZe", "katalyze"),
        ("Un cœur d’essai", "coeur"),
        ("Le 17 juin", "17"),
    ],
)
def test_the_forms_of_a_word_find_one_another(text: str, word: str) -> None:
    # A group lists the words of the texts: those typed are in it, or another page has them.
    assert 0 in find(make(text, word), word)


def test_a_word_inside_another_is_not_found() -> None:
    assert find(make("Marseille", "RSE"), "rse") == [1]


def test_pages_with_the_word_in_their_title_come_first() -> None:
    every = [*make("Un jardin"), Searched("Pages", "Le jardin", "/b/", "", "")]
    groups, _ = make_groups(every)
    _, first, pages = next(group for group in groups.values() if "jardin" in group[0].split())
    assert (first, pages) == (1, [1, 0])


def test_a_word_of_most_pages_is_common_and_named_as_such() -> None:
    every = make(*(f"pour le mot{n}" for n in range(40)))
    groups, common = make_groups(every)
    assert {"pour", "le"} <= {*common}
    assert not [words for words, _, _ in groups.values() if "pour" in words.split()]
    _, none = make_groups(every[:20])
    assert none == []


def read_files(plans: list[Plan]) -> dict[str, object]:
    made = (one for one in plans if not isinstance(one, PagePlan))
    files = {one.address: one.make() if isinstance(one, LatePlan) else one.data for one in made}
    return {
        address.removeprefix("/recherche/"): json.loads(data) for address, data in files.items()
    }


def test_what_a_build_kept_is_the_index_of_the_same_texts(site: Site) -> None:
    content = site_search.prepare(site)
    first, *others = content.every
    changed = replace(content, every=(replace(first, text=f"{first.text} autre"), *others))
    keys = [
        one.key
        for some in (content, content, changed)
        for one in site_search.plan(site, PAGES, some)
        if isinstance(one, LatePlan)
    ]
    assert keys[0] == keys[1] != keys[2]


def test_a_large_site_has_its_index_in_parts(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read_files(list(site_search.plan(site, PAGES)))
    monkeypatch.setattr(site_search, "WHOLE", 10)
    monkeypatch.setattr(site_search, "VOLUME", 3)
    parts = read_files(list(site_search.plan(site, PAGES)))
    index, one = parts.pop("index.json"), whole["index.json"]
    assert isinstance(index, dict) and isinstance(one, dict)
    volumes = [parts[f"pages-{n}.json"] for n in range(-(-len(one["pages"]) // 3))]
    assert [row for volume in volumes for row in volume] == one["pages"]  # type: ignore[attr-defined]
    words = [parts[f"mots-{start}.json"] for start in index["debuts"]]
    groups = {json.dumps(group) for groups in words for group in groups}  # type: ignore[attr-defined]
    assert groups == {json.dumps(group) for group in one["mots"]}


def test_the_page_has_links_to_all_that_is_searched(tmp_path: Path) -> None:
    root = write_small_site(tmp_path)
    build(root, root / "output", views=SMALL)
    page = (root / "output/recherche/index.html").read_text("utf-8")
    rows = json.loads((root / "output/recherche/index.json").read_text("utf-8"))["pages"]
    assert len(rows) > 5
    for _, _, address, _ in rows:
        assert f'href="{address}"' in page


@pytest.mark.parametrize("word", ["essai00042", "r2d2", "été2", "nationale7", "dîners3", "20"])
def test_a_word_that_ends_with_a_digit_is_its_own_stem(word: str) -> None:
    stem = site_search._make_stemmer()
    assert site_search._find_stem(word) == fold(word) == fold(stem(word))
