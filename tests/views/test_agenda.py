"""The agenda and its calendars: what is to come first, ids that stay, no clock."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import replace
from typing import Any

import icalendar
import pytest

from maille.content.documents import Body, Document, Positions
from maille.gazetteer import Communes, Gazetteer
from maille.kinds import evenement, vocabulaire, webinaire
from maille.kinds.evenement import Evenement
from maille.kinds.vocabulaire import Vocabulaire
from maille.kinds.webinaire import Webinaire
from maille.schema.kind import Entry
from maille.site.config import Config
from maille.site.model import Site
from maille.site.place import Place, Precision
from maille.views import agenda
from maille.views.plans import FilePlan, PagePlan, Plan
from tests.outlining import make_outlines

TODAY = datetime.date(2026, 11, 21)
KINDS = (vocabulaire.KIND, webinaire.KIND, evenement.KIND)
SOURCES = ({"titre": "S", "date": "2026-01-01"},)
PARIS = Place(Precision.COMMUNE, "Paris", "75", "Paris")
SAINT_DENIS = Place(Precision.COMMUNE, "Saint-Denis", "974", "La Réunion", has_homonym=True)
SOMME = Place(Precision.DEPARTMENT, "", "80", "Somme")


def document(path: str) -> Document:
    return Document(path, {}, Positions(), Positions(), Body("", ""))


def event(slug: str, **keys: Any) -> Evenement:
    known = {"titre": slug, "resume": "Un essai.", "date": "2026-12-05", "type": "session"}
    return Evenement.model_validate(
        {**known, "sources": SOURCES, **keys},
        context={"document": document(f"content/evenements/{slug}.md")},
    )


def webinar(slug: str, **keys: Any) -> Webinaire:
    known = {"titre": slug, "resume": "Un essai.", "date": "2026-12-08", "cycle": "c"}
    return Webinaire.model_validate(
        {**known, "sources": SOURCES, **keys},
        context={"document": document(f"content/webinaires/{slug}.md")},
    )


def site_of(*entries: Entry, places: dict[str, Place] | None = None, **keys: Any) -> Site:
    types = Vocabulaire.model_validate(
        {"nom": "Types", "termes": ({"cle": "session", "nom": "Session de travail"},)},
        context={"document": document("content/vocabulaires/types-d-evenement.yaml")},
    )
    config = {
        "nom": "Essai",
        "nom_court": "Essai",
        "accroche": "Essai",
        "description": "Essai",
        "adresse": "https://essai.example/",
        "fuseau": "Europe/Paris",
        "etat": "public",
        "identifiant": "0f3f1bb1-6a4e-4c1b-9f0e-5d7a3a1f8c42",
        **keys,
    }
    every = (types, *entries)
    return Site(
        config=Config.model_validate(config),
        today=TODAY,
        kinds=KINDS,
        entries={kind.name: tuple(e for e in every if e.kind_name == kind.name) for kind in KINDS},
        gazetteer=Gazetteer({}, {}, {}, Communes({}), make_outlines({})),
        places={e.key: (places or {}).get(e.slug, Place(Precision.UNKNOWN)) for e in entries},
    )


def plans(site: Site) -> dict[str, Plan]:
    return {plan.address: plan for plan in agenda.plan(site)}


def data(site: Site, address: str = agenda.CALENDAR) -> bytes:
    found = plans(site)[address]
    assert isinstance(found, FilePlan)
    return found.data


def events(site: Site, address: str = agenda.CALENDAR) -> list[Any]:
    return list(icalendar.Calendar.from_ical(data(site, address)).walk("VEVENT"))


def page(site: Site) -> PagePlan:
    found = plans(site)["/agenda/"]
    assert isinstance(found, PagePlan)
    return found


def test_what_is_to_come_is_in_the_order_of_time_and_what_is_past_the_other_way_round() -> None:
    site = site_of(
        event("hier", date="2026-11-20"),
        event("jadis", date="2019-06-26"),
        event("aujourd-hui", date="2026-11-21"),
        event("plus-tard", date="2027-01"),
        webinar("en-decembre"),
        webinar("annee", date="2020"),
    )
    context = page(site).make_context()
    assert [e.slug for e in context["coming"]] == ["aujourd-hui", "en-decembre", "plus-tard"]
    assert [e.slug for e in context["past"]] == ["hier", "annee", "jadis"]
    assert agenda.list_upcoming(site) == context["coming"]
    assert [kind.name for kind in context["kinds"]] == ["webinaire", "evenement"]


def test_only_the_last_past_ones_are_shown() -> None:
    site = site_of(*(event(f"e{n}", date=f"2020-01-{n:02}") for n in range(1, 20)))
    past = page(site).make_context()["past"]
    assert [e.slug for e in past] == [f"e{n}" for n in range(19, 19 - agenda.SHOWN_PAST, -1)]


def test_a_site_without_events_has_an_agenda_all_the_same() -> None:
    site = replace(site_of(), kinds=(vocabulaire.KIND,), entries={"vocabulaire": ()})
    assert set(plans(site)) == {"/agenda/", "/agenda.ics"}
    assert page(site).make_context()["coming"] == page(site).make_context()["past"] == []
    assert events(site) == []


def test_each_event_whose_day_is_known_has_its_calendar() -> None:
    site = site_of(
        event("a"), webinar("b"), event("mois", date="2027-01"), event("an", date="2027")
    )
    addresses = {"/rencontres/a/evenement.ics", "/webinaires/2026/b/evenement.ics"}
    assert set(plans(site)) == {"/agenda/", "/agenda.ics", *addresses}
    assert [str(e["SUMMARY"]) for e in events(site)] == ["a", "b"]
    for address in addresses:
        (one,) = events(site, address)
        assert one.to_ical() in [every.to_ical() for every in events(site)]


def test_what_an_agenda_is_told() -> None:
    entry = event(
        "a",
        titre="L'accueil : ouvert à tous !",
        heure="9:00",
        heure_fin="17:30",
        lieu="Salle, au fond",
        adresse="5 rue Masseran",
        code_postal="75007",
        inscription="https://exemple.fr/a",
        mise_a_jour="2026-11-12",
    )
    (found,) = events(site_of(entry, places={"a": PARIS}))
    assert str(found["SUMMARY"]) == "L’accueil\u00a0: ouvert à tous\u202f!"
    assert found.decoded("DTSTART").isoformat() == "2026-12-05T09:00:00+01:00"
    assert found.decoded("DTEND").isoformat() == "2026-12-05T17:30:00+01:00"
    assert str(found["LOCATION"]) == "Salle, au fond, 5 rue Masseran, 75007 Paris"
    assert str(found["URL"]) == "https://essai.example/rencontres/a/"
    assert [str(one) for one in found["CATEGORIES"].cats] == ["Session de travail"]
    assert str(found["DESCRIPTION"]).splitlines() == [
        "Un essai.",
        "S’inscrire\u00a0: https://exemple.fr/a",
        "Sa page\u00a0: https://essai.example/rencontres/a/",
    ]
    assert found.decoded("DTSTAMP").date() == datetime.date(2026, 11, 12)
    assert "STATUS" not in found


@pytest.mark.parametrize(("status", "title"), [("annule", "Annulé"), ("reporte", "Reporté")])
def test_what_is_called_off_is_cancelled_in_calendars(status: str, title: str) -> None:
    site = site_of(event("a", mise_a_jour="2026-11-12"))
    off = site_of(event("a", mise_a_jour="2026-11-13", statut=status))
    [before], [after] = events(site), events(off)
    assert str(after["STATUS"]) == "CANCELLED"
    assert str(after["SUMMARY"]) == f"{title}\u00a0: a"
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        ({"sources": ({"titre": "S", "date": "2026-10-03"},)}, "2026-10-03"),
        ({"sources": ({"titre": "S", "date": "2026-10"},)}, "2026-10-01"),
        ({"sources": ({"titre": "S", "consulte_le": "2026-11-02"},)}, "2026-11-02"),
        ({"sources": ({"titre": "S"},), "publie_le": "2026-11-03"}, "2026-11-03"),
        ({"sources": ({"titre": "S"},), "mise_a_jour": "2026-11-04"}, "2026-11-04"),
        # Nothing dates these: the first day of what is past, today for what is to come.
        ({"sources": ({"titre": "S"},), "date": "2019-06-26"}, "2019-06-26"),
        ({"sources": ({"titre": "S"},)}, str(TODAY)),
    ],
)
def test_a_version_has_a_true_day_that_is_not_to_come(keys: dict[str, Any], day: str) -> None:
    (found,) = events(site_of(event("a", **keys)))
    assert str(found.decoded("DTSTAMP").date()) == day


@pytest.mark.parametrize(
    ("keys", "place", "said"),
    [
        ({}, SAINT_DENIS, "Saint-Denis, La Réunion"),
        (
            {"lieu": "La salle", "code_postal": "97400", "format": "hybride"},
            SAINT_DENIS,
            "La salle, 97400 Saint-Denis, La Réunion, en ligne",
        ),
        ({}, None, "Lieu à venir"),
        ({"code_postal": "80000"}, SOMME, "Somme"),
        ({"format": "en-ligne"}, None, "En ligne"),
        ({"format": "hybride"}, PARIS, "Paris, en ligne"),
        ({"format": "presentiel"}, SOMME, "Somme"),
        ({}, PARIS, "Paris"),
    ],
)
def test_where_it_takes_place(keys: dict[str, str], place: Place | None, said: str) -> None:
    (found,) = events(site_of(event("a", **keys), places={"a": place} if place else None))
    assert str(found["LOCATION"]) == said


@pytest.mark.parametrize(
    ("keys", "known"),
    [
        ({}, {"LOCATION"}),  # « Lieu à venir »
        ({"date": "2026-11-20"}, set()),
        ({"statut": "annule", "mise_a_jour": "2026-11-12"}, {"STATUS"}),
    ],
)
def test_nothing_is_said_of_what_is_not_known(keys: dict[str, str], known: set[str]) -> None:
    (found,) = events(site_of(event("a", **keys)))
    assert set(found) == known | {
        "UID", "DTSTAMP", "SEQUENCE", "DTSTART", "SUMMARY", "DESCRIPTION", "URL", "CATEGORIES"
    }  # fmt: skip
    assert str(found.decoded("DTSTART")) == keys.get("date", "2026-12-05")


def test_a_webinar_without_a_place_is_online() -> None:
    assert str(events(site_of(webinar("a")))[0]["LOCATION"]) == "En ligne"
    assert str(events(site_of(webinar("a", lieu="La salle")))[0]["LOCATION"]) == "La salle"


@pytest.mark.parametrize(
    ("keys", "start", "end"),
    [
        ({}, "2026-12-05", None),
        ({"jusqu_au": "2026-12-06"}, "2026-12-05", "2026-12-07"),
        ({"jusqu_au": "2026-12-05"}, "2026-12-05", "2026-12-06"),
        ({"jusqu_au": "2027-01"}, "2026-12-05", None),
        ({"heure": "9:00"}, "2026-12-05T09:00:00+01:00", None),
        (
            {"heure": "9:00", "jusqu_au": "2026-12-06", "heure_fin": "12:00"},
            "2026-12-05T09:00:00+01:00",
            "2026-12-06T12:00:00+01:00",
        ),
        ({"heure": "9:00", "jusqu_au": "2026-12-05"}, "2026-12-05T09:00:00+01:00", None),
        # Over two days, with a first hour alone: the days are given, and the text says the hour.
        ({"heure": "9:00", "jusqu_au": "2026-12-06"}, "2026-12-05", "2026-12-07"),
    ],
)
def test_from_when_to_when(keys: dict[str, str], start: str, end: str | None) -> None:
    (found,) = events(site_of(event("a", **keys)))
    assert found.decoded("DTSTART").isoformat() == start
    assert (found.decoded("DTEND").isoformat() if "DTEND" in found else None) == end
    whole_days = keys.get("heure") and "T" not in start
    assert ("Le premier jour, à 9\u00a0h (heure de Paris)" in str(found["DESCRIPTION"])) == bool(
        whole_days
    )


def test_ten_in_the_morning_in_cayenne_is_ten_there() -> None:
    (found,) = events(site_of(event("a", heure="10:00", fuseau="America/Cayenne")))
    assert found.decoded("DTSTART").isoformat() == "2026-12-05T10:00:00-03:00"


def test_a_doubt_on_the_date_makes_it_tentative() -> None:
    (found,) = events(site_of(event("a", date_a_verifier="Deux sources se contredisent.")))
    assert found["STATUS"] == "TENTATIVE"
    assert "Date à vérifier\u00a0: Deux sources se contredisent." in str(found["DESCRIPTION"])


def test_a_demonstration_says_so_in_every_agenda() -> None:
    site = site_of(event("a"), etat="demonstration")
    assert b"X-WR-CALDESC:Site de d" in data(site)
    (found,) = events(site)
    assert str(found["DESCRIPTION"]).endswith("Site de démonstration, non officiel.")
    assert b"monstration" not in data(site_of(event("a")))


def test_ids_stay_whatever_else_changes() -> None:
    site = site_of(event("a"), webinar("b"))
    ids = [str(found["UID"]) for found in events(site)]
    assert len(set(ids)) == 2
    assert all(uuid.UUID(one).version == 5 for one in ids)
    moved = site_of(
        event("a", titre="Autre", date="2026-12-06", mise_a_jour="2026-11-20"),
        webinar("b"),
        adresse="https://ailleurs.example/reseau/",
    )
    assert [str(found["UID"]) for found in events(moved)] == ids


def test_the_sequence_grows_with_the_day_of_the_update() -> None:
    days = (None, "2026-11-12", "2026-11-13", "2027-01-01")
    made = [event("a", **({"mise_a_jour": day} if day else {})) for day in days]
    numbers = [events(site_of(entry))[0]["SEQUENCE"] for entry in made]
    assert numbers == sorted(set(numbers))
    assert numbers[0] == 0


def test_the_same_bytes_another_day_and_at_another_address_but_for_the_links() -> None:
    site = site_of(
        event("a", heure="9:00", mise_a_jour="2026-11-12", lieu="La salle"),
        *(webinar("b"), event("c", date="2019")),
    )
    later = replace(site, today=datetime.date(2031, 1, 1))
    addresses = [address for address in plans(site) if address.endswith(".ics")]
    assert [data(site, a) for a in addresses] == [data(later, a) for a in addresses]
    config = site.config.model_copy(update={"address": "https://ailleurs.example/reseau/"})
    elsewhere = replace(site, config=config)
    for address in addresses:
        before = unfolded(data(site, address))
        after = unfolded(data(elsewhere, address))
        changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
        assert changed
        for old, new in changed:
            assert old.startswith(("URL:https://essai.example/", "DESCRIPTION:"))
            assert new == old.replace("essai.example", "ailleurs.example/reseau")


def unfolded(calendar: bytes) -> list[str]:
    return calendar.decode().replace("\r\n ", "").split("\r\n")


def test_one_may_register_by_mail() -> None:
    (found,) = events(site_of(event("a", inscription="contact@exemple.fr")))
    assert "S'inscrire : contact@exemple.fr" in str(found["DESCRIPTION"]).replace(
        "\u00a0", " "
    ).replace("’", "'")
