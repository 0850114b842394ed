"""Sentences made from facts."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from maille.site.model import Section
from maille.text.dates import PartialDate
from maille.views.sentences import (
    capitalise,
    describe_gap,
    describe_records,
    describe_state,
    list_retold,
    say_until,
    say_when,
)
from tests.small_site import link_site, write_small_site


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("2024-05", "2024-06", "le mois suivant"),
        ("2024-05", "2024-09", "4 mois plus tard"),
        ("2024-05", "2025-05", "un an plus tard"),
        ("2024-12", "2026-12", "2 ans plus tard"),
        ("2024-05", "2025-08", "environ un an plus tard"),
        ("2026-11", "b-2026-11", "le même mois"),
        ("2026-11", "2026-S48", "le même mois"),
        ("2026-11", "2026-11-26", "le même mois"),
        ("2026-11-26", "2026-12", "le mois suivant"),
        ("2026-S48", "2026-11-26", "la même semaine"),
        ("2026-11-25", "2026-11-26", "le lendemain"),
    ],
)
def test_silences_are_told_in_words(first: str, second: str, said: str) -> None:
    assert describe_gap(section(first), section(second)) == said


def section(name: str) -> Section:
    from maille.content.documents import Body, Document, Positions
    from maille.kinds.newsletter import Newsletter

    document = Document(f"newsletters/{name}.md", {}, Positions(), Positions(), Body("", ""))
    header = {"titre": "Titre"}
    letter = Newsletter.model_validate(header, context={"document": document})
    return Section(letter, "Projet", "projet", "")


def test_dates_in_a_sentence() -> None:
    assert say_when(PartialDate(2023)) == "en 2023"
    assert say_when(PartialDate(2023, 4)) == "en avril 2023"
    assert say_when(PartialDate(2023, 4, 13)) == "le 13 avril 2023"
    assert say_when(datetime.date(2024, 7, 1)) == "le 1er juillet 2024"
    assert say_until(PartialDate(2025, 5)) == "jusqu’en mai 2025"
    assert say_until(PartialDate(2025, 5, 2)) == "jusqu’au 2 mai 2025"


def test_opening_a_sentence_lowers_nothing() -> None:
    assert capitalise("membre de l'ESS") == "Membre de l'ESS"
    assert capitalise("") == ""


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("", "", "2 acteurs et démarches cités par les sources"),
        ("verifie_le: 2024-07-08\n", "", "2 catalyseurs, dont 1 confirmé par le réseau"),
        (
            "verifie_le: 2024-07-08\n",
            "verifie_le: 2024-07-08\n",
            "2 catalyseurs confirmés par le réseau",
        ),
    ],
)
def test_records_are_counted_for_what_is_known_of_them(
    tmp_path: Path, first: str, second: str, said: str
) -> None:
    root = write_small_site(tmp_path / "site")
    for slug, more in (("premier", first), ("second", second)):
        path = root / f"catalysers/{slug}.md"
        path.write_text(path.read_text("utf-8").replace("resume:", f"{more}resume:", 1), "utf-8")
    assert describe_records(link_site(root)) == said


def test_the_state_of_records_says_that_none_is_confirmed_and_when_sources_were_read(
    tmp_path: Path,
) -> None:
    root = write_small_site(tmp_path / "site")
    assert describe_state(link_site(root)) == "Aucun n'est encore confirmé par le réseau."
    path = root / "catalysers/premier.md"
    read = path.read_text("utf-8").replace("2023-04-13}", "2023-04-13, consulte_le: 2024-07-03}")
    path.write_text(read, "utf-8")
    assert describe_state(link_site(root)) == (
        "Aucun n'est encore confirmé par le réseau ; sources lues jusqu’au 3 juillet 2024."
    )
    path.write_text(read.replace("resume:", "verifie_le: 2024-07-08\nresume:", 1), "utf-8")
    assert describe_state(link_site(root)) == "Sources lues jusqu’au 3 juillet 2024."


def test_who_published_first_what_letters_retell_is_named_once(tmp_path: Path) -> None:
    root = write_small_site(tmp_path / "site")
    assert list_retold(link_site(root)) == []
    letter = root / "newsletters/2024-05.md"
    text = letter.read_text("utf-8")
    origin = "origine: {editeur: Un autre, url: https://autre.example/, integralite: partielle}"
    for month in ("2024-05", "2024-06"):
        told = text.replace("mois: 2024-05", f"mois: {month}\n{origin}")
        (root / f"newsletters/{month}.md").write_text(told, "utf-8")
    assert list_retold(link_site(root)) == ["Un autre"]
