"""What lists of the miniature say of their entries, and the terms by which facets filter them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests import reading

KITS = ("kit-10", "kit-11", "kit-9")  # a series of the miniature


def read_rows(page: Path) -> dict[str, Any]:
    """Return, by title, the rows that facets filter."""
    rows = [li for li in reading.parse_page(page).iter("li") if li.get("data-termes") is not None]
    return {"".join(next(row.iter("h3")).itertext()): row for row in rows}


def read_words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_projects_have_their_state_of_its_day_and_who_carries_them(output: Path) -> None:
    rows = read_rows(output / "projets/index.html")
    sought = rows["Recyclerie du semis"]
    assert sought.get("data-termes").split() == ["etat:cherche-un-porteur"]
    assert "Cherche un porteur en mai 2025" in read_words(sought)
    # Without a date, the state has none; without a state, a row has no term.
    undated = read_words(rows["Un jardin à Ailly-sur-Noye"])
    assert "Ailly-sur-Noye, Somme En cours (source non datée)" in undated
    assert "Date non connue" not in undated
    assert rows["Événement osier"].get("data-termes").split() == []
    assert "Porté par CoCoLavande" in read_words(rows["L’Herbier des idées"])


def test_a_project_says_when_its_state_was_known(output: Path) -> None:
    def read_fact(slug: str) -> str:
        page = reading.parse_page(output / f"projets/{slug}/index.html")
        facts = [read_words(div) for div in page.iter("div")]
        return next((one for one in facts if one.startswith("Dernier état connu")), "")

    assert read_fact("halle-sorbier") == "Dernier état connu En cours en mai 2024"
    unknown = "Dernier état connu En cours (source non datée)"
    assert read_fact("jardin-d-ailly-sur-noye") == unknown
    assert read_fact("420-sud") == "Dernier état connu Suite non connue"
    assert read_fact("evenement-osier") == ""


def test_a_glossary_has_an_anchor_for_each_term_that_no_heading_takes(output: Path) -> None:
    page = reading.parse_page(output / "lexique/index.html")
    (listed,) = (one for one in page.iter("section") if one.get("class") == "vocabulary")
    assert [one.get("id") for one in listed.iter("li")] == ["bouture", None]
    ids = [one.get("id") for one in page.iter() if one.get("id")]
    assert ids.count("semis") == 1


def test_terms_of_a_glossary_are_found_by_the_search(output: Path) -> None:
    index = json.loads((output / "recherche/index.json").read_bytes())
    rows = {row[2]: row for row in index["pages"]}
    number, title, _, summary = rows["/lexique/#bouture"]
    assert (index["types"][number], title) == ("Lexique", "Bouture")
    assert summary == "Un morceau de plante qui reprend ailleurs."
    # By another word too.
    (pages,) = (pages for words, _, pages in index["mots"] if words == "plancon")
    assert [index["pages"][one][2] for one in pages] == ["/lexique/#bouture"]


def test_a_series_without_an_address_is_one_table(output: Path) -> None:
    page = reading.parse_page(output / "ressources/adresse-non-retrouvee/index.html")
    (table,) = page.iter("table")
    assert sorted(tr.get("id") or "" for tr in table.iter("tr")) == ["", *KITS]
    # What they share is said once.
    assert [read_words(td) for td in table.iter("td")] == [
        "Les exemples inspirants de la co-construction territoriale"
    ]
    assert "Kit d’essai en série" in [read_words(h3) for h3 in page.iter("h3")]


def test_the_page_of_a_territory_has_the_resources_on_it(output: Path) -> None:
    def list_resources(slug: str) -> list[str]:
        page = reading.parse_page(output / f"territoires/{slug}/index.html")
        sections = (
            one for one in page.iter("section") if one.get("aria-labelledby") == "_ressources"
        )
        return [read_words(a) for section in sections for a in section.iter("a")]

    assert list_resources("bretagne") == ["Kit d’essai de la Bretagne"]
    assert list_resources("occitanie") == ["Kit d’essai en série : Occitanie"]
    assert list_resources("35-ille-et-vilaine") == []
