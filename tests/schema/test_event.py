"""What happens at a date: its order, what is known of it, hours that no clock shows."""

from __future__ import annotations

import datetime
import html
import re
from pathlib import Path
from typing import Any

import icalendar
import pytest
from pydantic import ValidationError

from maille.content.documents import Body, Document, Positions
from maille.kinds.evenement import Evenement
from maille.kinds.webinaire import Webinaire
from maille.schema.error_messages import explain_error
from tests.building import SMALL, build
from tests.small_site import write_small_site

PARIS = "Europe/Paris"
TODAY = datetime.date(2026, 11, 21)


def occasion(slug: str = "x", **keys: Any) -> Evenement:
    document = Document(f"content/evenements/{slug}.md", {}, Positions(), Positions(), Body("", ""))
    known: dict[str, Any] = {"titre": "X", "resume": "r", "date": "2026-06-05", "type": "session"}
    sources = ({"titre": "S", "date": "2026-01-01"},)
    return Evenement.model_validate(
        {**known, "sources": sources, **keys}, context={"document": document}
    )


def webinar(**keys: Any) -> Webinaire:
    document = Document("content/webinaires/x.md", {}, Positions(), Positions(), Body("", ""))
    known: dict[str, Any] = {"titre": "X", "resume": "r", "date": "2023-06-08", "cycle": "c"}
    sources = ({"titre": "S", "date": "2023-04-13"},)
    return Webinaire.model_validate(
        {**known, "sources": sources, **keys}, context={"document": document}
    )


def told(entry: Evenement) -> list[tuple[tuple[str | int, ...], str]]:
    return [(fault.path, fault.message) for fault in entry.check_hours(PARIS)]


@pytest.mark.parametrize(
    ("keys", "at"),
    [
        ({"date": "2026-03-29", "heure": "02:30"}, "heure"),
        ({"date": "2026-03-29", "heure": "02:00"}, "heure"),
        ({"date": "2026-03-29", "heure": "01:00", "heure_fin": "02:30"}, "heure_fin"),
        (
            {
                "date": "2026-03-28",
                "jusqu_au": "2026-03-29",
                "heure": "20:00",
                "heure_fin": "02:30",
            },
            "heure_fin",
        ),
        ({"date": "2026-03-08", "heure": "02:30", "fuseau": "America/Miquelon"}, "heure"),
    ],
)
def test_an_hour_that_the_clocks_skip_is_told_at_its_key(keys: dict[str, str], at: str) -> None:
    ((path, message),) = told(occasion(**keys))
    assert path == (at,)
    assert "il n'est jamais 02:" in message


def test_what_to_type_instead_of_a_skipped_hour() -> None:
    (fault,) = occasion(date="2026-03-29", heure="02:30").check_hours(PARIS)
    assert fault.message.startswith("le 29 mars 2026, il n'est jamais 02:30 (heure de Paris)")
    assert fault.hint.startswith("écrivez heure: 03:30 ;")
    (fault,) = occasion(date="2026-03-29", heure="01:00", heure_fin="02:10").check_hours(PARIS)
    assert fault.hint.startswith("écrivez heure_fin: 03:10 ;")


@pytest.mark.parametrize(
    ("keys", "hint"),
    [
        ({"heure": "22:00", "heure_fin": "02:00"}, "si elle est le lendemain, ajoutez jusqu_au: 2"),
        ({"heure": "19:00", "heure_fin": "00:00"}, "si elle est le lendemain, ajoutez jusqu_au: 2"),
        ({"heure": "18:30", "heure_fin": "17:00"}, "écrivez heure_fin: … ; si elle est le lende"),
        ({"heure": "09:00", "heure_fin": "09:00"}, "écrivez heure_fin: … ; si elle est le lende"),
        (
            {"jusqu_au": "2026-06-05", "heure": "23:00", "heure_fin": "01:00"},
            "si elle est le lendemain, écrivez jusqu_au: 2026-06-06",
        ),
    ],
)
def test_an_end_that_is_not_after_the_start(keys: dict[str, str], hint: str) -> None:
    (fault,) = occasion(**keys).check_keys()
    assert fault.path == ("heure_fin",)
    assert fault.hint.startswith(hint)
    assert "jusqu_au: 2026-06-06" in fault.hint


@pytest.mark.parametrize(
    ("keys", "at"),
    [
        ({"date": "2026-06", "heure": "18:30"}, "heure"),
        ({"date": "2026", "heure": "18:30", "heure_fin": "19:00"}, "heure"),
    ],
)
def test_an_hour_without_its_day(keys: dict[str, str], at: str) -> None:
    (fault,) = occasion(**keys).check_keys()
    assert fault.path == (at,)
    assert fault.hint == f"écrivez date: …, avec le jour, ou effacez la ligne {at}"


@pytest.mark.parametrize(
    "keys",
    [
        {"date": "2026-03-29", "heure": "01:59", "heure_fin": "03:00"},
        {"date": "2026-10-25", "heure": "02:30"},  # twice, and the first one is meant
        {"date": "2026-03-29", "heure": "02:30", "fuseau": "Indian/Reunion"},
        {"date": "2026-03-29", "heure": "02:30", "fuseau": "America/Cayenne"},
        {"date": "2026-03"},
        {"date": "2026-03-29"},
    ],
)
def test_hours_that_exist_are_left_alone(keys: dict[str, str]) -> None:
    assert told(occasion(**keys)) == []


def test_a_skipped_hour_stops_the_build_at_its_line(tmp_path: Path) -> None:
    site = write_small_site(tmp_path / "site")
    path = site / "content/evenements/nuit.md"
    path.write_text(
        "---\ntitre: Nuit\nresume: Une nuit.\ndate: 2026-03-29\nheure: 02:30\n"
        "type: session\nsources:\n  - {titre: S}\n---\n",
        encoding="utf-8",
    )
    report = build(site, tmp_path / "output", views=(), publish=False)
    found = [(p.path, p.line, p.key) for p in report.problems]
    assert ("content/evenements/nuit.md", 5, "heure") in found
    assert report.failed


def test_the_order_is_that_of_time_and_what_is_vague_comes_last() -> None:
    typed = {
        "jour": {"date": "2026-06-05"},
        "matin": {"date": "2026-06-05", "heure": "9:00"},
        "soir": {"date": "2026-06-05", "heure": "18:30"},
        "mois": {"date": "2026-06"},
        "mois-d-apres": {"date": "2026-07-01"},
        "annee": {"date": "2026"},
    }
    entries = [occasion(slug, **keys) for slug, keys in reversed(typed.items())]
    assert [entry.slug for entry in sorted(entries, key=lambda entry: entry.order)] == list(typed)


@pytest.mark.parametrize(
    ("date", "last", "past"),
    [
        ("2026-11-20", None, True),
        ("2026-11-21", None, False),
        ("2026-11-20", "2026-11-21", False),
        ("2026-10", None, True),
        ("2026-11", None, False),
        ("2026", None, False),
        ("2025", None, True),
    ],
)
def test_what_is_over(date: str, last: str | None, past: bool) -> None:
    entry = occasion(date=date, **({"jusqu_au": last} if last else {}))
    assert entry.is_past(TODAY) is past


def test_what_was_only_announced() -> None:
    assert webinar().is_only_announced(TODAY)
    assert not webinar().is_only_announced(datetime.date(2023, 6, 8))  # its day has not passed


@pytest.mark.parametrize(
    "keys",
    [
        {"replay": "https://exemple.fr/a"},
        {"compte_rendu": "https://exemple.fr/a"},
        {"support": "https://exemple.fr/a"},
        {"sources": ({"titre": "S", "date": "2023-06-08"},)},
        {"sources": ({"titre": "S", "date": "2023-04-13"}, {"titre": "T", "date": "2024"})},
        {"sources": ({"titre": "S", "date": "2023-04-13"}, {"titre": "T"})},  # nobody knows
    ],
)
def test_a_trace_or_a_younger_source_says_more_than_the_announcement(keys: dict[str, Any]) -> None:
    assert not webinar(**keys).is_only_announced(TODAY)


def test_what_is_called_off_says_so_everywhere(tmp_path: Path) -> None:
    site = write_small_site(tmp_path / "site")
    file = site / "content/evenements/essai-annule.md"
    lines = (
        *("titre: Essai annulé", "resume: Rien n'aura lieu.", "date: 2027-01-15", "type: session"),
        *(
            "statut: annule",
            "mise_a_jour: 2026-11-20",
            "inscription: https://inscription.example/oui",
        ),
        *("sources:", "  - {titre: Une annonce, date: 2026-11-02}"),
    )
    file.write_text("\n".join(("---", *lines, "---", "")), encoding="utf-8")
    report = build(site, site / "output", views=SMALL)
    assert not report.failed, report.problems
    texts = {
        name: (site / "output" / name).read_text(encoding="utf-8")
        for name in ("rencontres/essai-annule/index.html", "agenda/index.html", "flux.xml")
    }
    page, agenda, feed = texts.values()
    assert "<strong>Annulé.</strong> Ce rendez-vous n’a pas lieu." in page
    assert "inscription.example/oui" not in page
    assert "<strong>annulé</strong>" in agenda
    assert "<title>Annulé\u00a0: Essai annulé</title>" in feed
    file.write_text(file.read_text(encoding="utf-8").replace("mise_a_jour: 2026-11-20\n", ""))
    [problem] = build(site, site / "output", views=SMALL, publish=False).problems
    assert (problem.line, problem.key) == (6, "statut")


def test_hours_over_several_days_are_said_everywhere_beside_their_day(tmp_path: Path) -> None:
    site = write_small_site(tmp_path)
    lines = (
        *("titre: Trois jours", "resume: r", "date: 2027-06-16", "jusqu_au: 2027-06-18"),
        *("heure: 9h", "heure_fin: 17h", 'departement: "974"', "type: session"),
        *("sources:", "  - {titre: Un document d'essai, date: 2023-04-13}"),
    )
    path = site / "content/evenements/jours.md"
    path.write_text("\n".join(("---", *lines, "---", "")), encoding="utf-8")
    letter = site / "newsletters/2024-05.md"
    text = letter.read_text(encoding="utf-8")
    letter.write_text(text.replace("titre:", "evenements: [jours]\ntitre:"), encoding="utf-8")
    report = build(site, site / "output", views=SMALL)
    assert not report.problems
    said = "du 16 juin à 9 h au 18 juin 2027 à 17 h (heure de La Réunion)"
    for name in ("rencontres/jours", "rencontres", "agenda", "lettres/2024-05"):
        page = (site / f"output/{name}/index.html").read_text(encoding="utf-8")
        words = html.unescape(re.sub("<[^>]*>", "", page)).replace("\u00a0", " ")
        assert said in words.replace("Du 16", "du 16"), name
        assert "Indian/Reunion" not in words
    feed = (site / "output/flux.xml").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert said.removeprefix("d") in feed
    (event,) = icalendar.Calendar.from_ical(
        (site / "output/rencontres/jours/evenement.ics").read_bytes()
    ).walk("VEVENT")
    assert event.decoded("DTSTART").isoformat() == "2027-06-16T09:00:00+04:00"
    assert event.decoded("DTEND").isoformat() == "2027-06-18T17:00:00+04:00"
    assert said.removeprefix("d") in str(event["DESCRIPTION"]).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"date": "2027", "jusqu_au": "2027-03"}, ""),
        ({"date": "2027-03", "jusqu_au": "2027-02"}, "échangez"),
        (
            {"date": "2027-03-30", "heure": "9:00", "heure_fin": "10:00", "jusqu_au": "2027-04"},
            "jour",
        ),
        ({"date": "2027-03-30", "heure": "22:00", "heure_fin": "02:00"}, "jusqu_au: 2027-03-31"),
    ],
)
def test_what_is_wrong_between_days_and_hours(keys: dict[str, str], words: str) -> None:
    hints = [fault.hint for fault in occasion(**keys).check_keys()]
    assert len(hints) == bool(words)
    assert all(words in hint for hint in hints)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("du 21 au 23 juin 2026", "date: 2026-06-21 et jusqu_au: 2026-06-23"),
        ("2026-06-30/2026-07-02", "date: 2026-06-30 et jusqu_au: 2026-07-02"),
        ("samedi 5 et dimanche 6 juillet 2025", "date: 2025-07-05 et jusqu_au: 2025-07-06"),
    ],
)
def test_a_date_that_is_two_is_told_with_both_keys(typed: str, hint: str) -> None:
    with pytest.raises(ValidationError) as refused:
        occasion(date=typed)
    (details,) = refused.value.errors()
    fault = explain_error(details, Evenement)
    assert (fault.path, fault.hint) == (("date",), f"écrivez deux lignes : {hint}")
