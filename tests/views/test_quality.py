"""What is still to do on the records, and whom to ask for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from maille.site.model import Site
from maille.views.quality import Gaps, list_gaps, list_requests
from tests.small_site import FILES, link_site, write_small_site

# The day of the tests is 2026-11-21.
KNOWN = {
    "a-jour": "verifie_le: 2025-11-21\ncourriel: contact@example.org\n",
    "ancienne": "verifie_le: 2025-11-20\ncourriel: contact@example.org\n",
    "demandee": "relecture_demandee_le: 2026-02-03\n",
    "redemandable": "relecture_demandee_le: 2024-02-03\nverifie_le: 2023-01-01\n",
    "invention": "exemple: oui\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = write_small_site(tmp_path_factory.mktemp("site") / "site")
    for slug, lines in KNOWN.items():
        text = FILES["catalysers/second.md"].replace("nom: Second d'essai", f"nom: {slug} d'essai")
        path = root / f"catalysers/{slug}.md"
        path.write_text(text.replace("nom:", f"{lines}nom:", 1), encoding="utf-8")
    return link_site(root)


def find(site: Site, territory: str) -> Gaps:
    (found,) = (one for one in list_gaps(site) if one.territory == territory)
    return found


def test_what_is_missing_is_listed_in_all_then_by_territory(site: Site) -> None:
    gaps = list(list_gaps(site))
    assert [(one.territory, one.count) for one in gaps] == [
        ("En tout", 6), ("Côte-d'Or", 1), ("La Réunion", 5)
    ]  # fmt: skip
    assert [*find(site, "Côte-d'Or").faults] == [
        *("thèmes", "site", "courriel", "téléphone", "sans aucun contact", "jamais relue"),
    ]
    assert len(find(site, "En tout").faults["commune"]) == 5


def test_examples_lack_nothing(site: Site) -> None:
    slugs = {one.slug for gaps in list_gaps(site) for some in gaps.faults.values() for one in some}
    assert "a-jour" in slugs
    assert "invention" not in slugs


def test_never_verified_and_verified_long_ago_are_two_things(site: Site) -> None:
    faults = find(site, "La Réunion").faults
    assert {one.slug for one in faults["jamais relue"]} == {"second", "demandee"}
    assert {one.slug for one in faults["relue il y a plus d'un an"]} == {"ancienne", "redemandable"}


def test_nobody_is_asked_twice_in_a_year(site: Site) -> None:
    requests = list(list_requests(site))
    assert [one.entry.slug for one in requests] == ["ancienne", "premier", "redemandable", "second"]
    assert [one.recipient for one in requests] == ["contact@example.org", "", "", ""]


def test_the_sentence_says_which_page_from_what_and_what_it_lacks(site: Site) -> None:
    words = {one.entry.slug: one.words for one in list_requests(site)}
    assert words["second"] == (
        "Bonjour, la page https://essai.example/catalyseurs/second/ de « Réseau d'essai » vous "
        "présente (Second d'essai), d'après « Un document d'essai » : est-elle juste, et "
        "pouvez-vous y ajouter vos pratiques, vos thèmes, votre commune et une façon publique de "
        "vous joindre ?"
    )
    assert "que vous avez relue le 20 novembre 2025 : est-elle juste" in words["ancienne"]


def test_quotes_within_quotes_and_a_whole_record(tmp_path: Path) -> None:
    root = write_small_site(tmp_path)
    path = root / "catalysers/premier.md"
    text = path.read_text("utf-8").replace("Un document d'essai", "« Agir » ici")
    text = text.replace("nom:", "themes: [emplois]\ntelephone: 0322000000\nnom:", 1)
    path.write_text(text, encoding="utf-8")
    (request,) = (one for one in list_requests(link_site(root)) if one.entry.slug == "premier")
    assert request.words.endswith("(Premier d'essai), d'après « “Agir” ici » : est-elle juste ?")
    assert request.recipient == "0322000000"
