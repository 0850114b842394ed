"""One page for each entry, and the list of each kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from maille.views.entries import plan
from maille.views.plans import PagePlan
from tests.building import SMALL, build
from tests.small_site import link_site, write_small_site

PARTS = "ecosysteme:\n  - {nature: a accompagné, nom: Une ferme}\n"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PagePlan]:
    root = write_small_site(tmp_path_factory.mktemp("pages") / "site")
    first = (root / "catalysers/premier.md").read_text("utf-8")
    for slug, name, more in (
        ("exemple", "Un exemple", "exemple: oui\n"),
        ("tiers", "Tiers", PARTS),
    ):
        text = first.replace("Premier d'essai", name).replace("relation:", f"{more}relation:")
        (root / f"catalysers/{slug}.md").write_text(text, encoding="utf-8")
    return {page.address: page for page in plan(link_site(root))}


def test_each_entry_of_a_kind_with_pages_has_its_own(pages: dict[str, PagePlan]) -> None:
    assert {*pages} == {
        *(f"/catalyseurs/{one}/" for one in ("premier", "second", "exemple", "tiers")),
        "/lettres/2024-05/",  # the list of letters is a view of its own
        *("/projets/", "/projets/essai/"),
        *("/actualites/", "/actualites/nouvelle/"),
        "/webinaires/",
        *("/rencontres/", "/rencontres/rencontre/"),
        "/ressources/",
        "/le-reseau/",
    }


def test_a_page_is_made_from_its_entry(pages: dict[str, PagePlan]) -> None:
    page = pages["/projets/essai/"]
    assert (page.template, page.title, page.source) == (
        "projet.html",
        "Projet d'essai",
        "content/projets/essai.md",
    )
    assert page.description == "Un projet inventé."
    assert page.make_context()["entry"].slug == "essai"
    assert page.feed == "Le fil du projet Projet d'essai"
    assert pages["/actualites/nouvelle/"].feed == ""


def test_breadcrumbs_lead_to_the_list_of_the_kind_but_for_pages_of_the_root(
    pages: dict[str, PagePlan],
) -> None:
    assert [link.address for link in pages["/projets/essai/"].trail] == ["/projets/"]
    assert pages["/le-reseau/"].trail == ()


def test_entries_lead_to_the_one_before_and_the_one_after(pages: dict[str, PagePlan]) -> None:
    found = [page for page in pages.values() if page.template == "catalyser.html"]
    contexts = [page.make_context() for page in found]
    entries = [one["entry"] for one in contexts]
    assert [one["previous"] for one in contexts] == [None, *entries[:-1]]
    assert [one["next"] for one in contexts] == [*entries[1:], None]


def test_examples_are_kept_from_search_engines(pages: dict[str, PagePlan]) -> None:
    unlisted = {address for address, page in pages.items() if not page.listed}
    assert unlisted == {"/catalyseurs/exemple/"}
    assert pages["/catalyseurs/exemple/"].structured is None
    told = pages["/catalyseurs/premier/"].structured
    assert told
    assert told["name"] == "Premier d'essai"


def test_a_list_holds_the_entries_of_its_kind(pages: dict[str, PagePlan]) -> None:
    page = pages["/rencontres/"]
    assert (page.template, page.title) == ("evenements.html", "Rencontres")
    assert [one.slug for one in page.make_context()["entries"]] == ["rencontre"]
    assert page.source == "la liste des événements"


def test_a_letter_bears_its_parts_and_other_pages_do_not(pages: dict[str, PagePlan]) -> None:
    assert "issue" in pages["/lettres/2024-05/"].make_context()
    assert "issue" not in pages["/projets/essai/"].make_context()


def test_a_record_with_an_ecosystem_shows_it_with_its_styles(pages: dict[str, PagePlan]) -> None:
    page = pages["/catalyseurs/tiers/"]
    assert page.make_context()["ecosystem"]
    assert page.styles == ("css/ecosysteme.css",)
    assert pages["/catalyseurs/premier/"].make_context()["ecosystem"] is None
    assert pages["/catalyseurs/premier/"].styles == ()


def test_a_record_counts_the_real_records_around_it_but_not_itself(
    pages: dict[str, PagePlan],
) -> None:
    counts = {
        slug: pages[f"/catalyseurs/{slug}/"].make_context()["neighbours"]
        for slug in ("premier", "tiers", "second", "exemple")
    }
    assert counts == {"premier": 1, "tiers": 1, "second": 0, "exemple": 2}


def test_a_record_says_when_its_sources_were_last_read_or_when_it_changed(tmp_path: Path) -> None:
    root = write_small_site(tmp_path / "site")
    file = root / "catalysers/premier.md"
    text = file.read_text("utf-8")
    read = [f"  - {{titre: Un autre {day}, consulte_le: 2026-11-{day}}}\n" for day in ("20", "04")]
    file.write_text(text.replace("sources:\n", "sources:\n" + "".join(read)), "utf-8")
    report = build(root, root / "output", views=SMALL)
    assert not report.failed, report.problems
    said = (root / "output/catalyseurs/premier/index.html").read_text("utf-8")
    assert 'source consultée le <time datetime="2026-11-20">20 novembre 2026</time>' in said
    # Its sources may have been read on no known day: no date is invented.
    other = (root / "output/catalyseurs/second/index.html").read_text("utf-8")
    assert "consultée le" not in other
    changed = text.replace("sources:\n", "mise_a_jour: 2026-11-21\nsources:\n")
    file.write_text(changed, "utf-8")
    assert not build(root, root / "output", views=SMALL).failed
    said = (root / "output/catalyseurs/premier/index.html").read_text("utf-8")
    assert 'Mise à jour le <time datetime="2026-11-21">21 novembre 2026</time>' in said
