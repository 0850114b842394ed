"""Addresses that carry the person whose mail they were copied from."""

from __future__ import annotations

import pytest

from maille.text.tracked_addresses import (
    describe_remedy,
    find_tracked,
    find_tracking,
    strip_tracking,
)

FILTER = "est celle d'un filtre de courriels"
DETOUR = "passe par un site qui note les clics"
CLICKS = "compte les clics d'une personne"
OUTLOOK = "https://eur01.safelinks.protection.outlook.com"
V2 = "https://urldefense.proofpoint.com/v2/url"


@pytest.mark.parametrize(
    ("address", "cause", "real"),
    [
        (f"{OUTLOOK}/?url=https%3A%2F%2Fexemple.fr&data=05%7Ca%40b.fr", FILTER, "exemple.fr"),
        (f"{OUTLOOK}/ap/w-59/?url=https%3A%2F%2Fexemple.fr%2Fa%20b", FILTER, "exemple.fr/a%20b"),
        ("https://urldefense.com/v3/__https://exemple.fr/a?b=1__;!!x$", FILTER, "exemple.fr/a?b=1"),
        ("https://urldefense.com/v3/__https:/exemple.fr/a__;!!x$", FILTER, "exemple.fr/a"),
        (f"{V2}?u=https-3A__exemple.fr_a-2Db&d=Dw", FILTER, "exemple.fr/a-b"),
        ("https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fexemple.fr", FILTER, "exemple.fr"),
        ("https://secure-web.cisco.com/1A/https%3A%2F%2Fexemple.fr%2Fa", FILTER, "exemple.fr/a"),
        ("https://www.google.com/url?q=https://exemple.fr/a&sa=D", DETOUR, "exemple.fr/a"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fexemple.fr%2F&h=1", DETOUR, "exemple.fr/"),
        ("https://www.linkedin.com/safety/go?url=https%3A%2F%2Fexemple.fr", DETOUR, "exemple.fr"),
        ("https://exemple.fr/p?email=a@b.fr&x=1#y", "porte l'adresse électronique a@b.fr",
         "exemple.fr/p?x=1#y"),
        ("https://exemple.fr/?u=a%2540b.fr", "porte l'adresse électronique a@b.fr", "exemple.fr/"),
        ("https://exemple.fr/?mc_eid=12&mc_cid=3", "porte la marque d'un lecteur (mc_eid)",
         "exemple.fr/?mc_cid=3"),
        ("https://mailchi.mp/asso/avril?e=202a69079a", "porte la marque d'un lecteur (e)",
         "mailchi.mp/asso/avril"),
        ("https://us1.campaign-archive.com/?e=3&u=1&id=2", "porte la marque d'un lecteur (e)",
         "us1.campaign-archive.com/?u=1&id=2"),
        ("https://asso.substack.com/p/un?r=1ab", "porte la marque d'un lecteur (r)",
         "asso.substack.com/p/un"),
        ("https://exemple.fr/?_kx=a&x=1", "porte la marque d'un lecteur (_kx)", "exemple.fr/?x=1"),
        ("https://exemple.fr/?ml_subscriber=1", "porte la marque d'un lecteur (ml_subscriber)",
         "exemple.fr/"),
        # One within another: what carries a person goes on both levels.
        (f"{OUTLOOK}/?url=https%3A%2F%2Fexemple.fr%2F%3Fe%3Da%2540b.fr", FILTER, "exemple.fr/"),
    ],
)  # fmt: skip
def test_who_is_carried_is_told_with_the_real_address(address: str, cause: str, real: str) -> None:
    tracking = find_tracking(address)
    assert tracking
    assert cause in tracking.cause
    assert describe_remedy(tracking) == f"écrivez https://{real}"


@pytest.mark.parametrize(
    "address",
    [
        "https://protect-eu.mimecast.com/s/ABC?domain=exemple.fr",
        "https://asso.us1.list-manage.com/track/click?u=1&id=2",
        "https://x.mjt.lu/lnk/AAA/1",
        f"{OUTLOOK}/?data=05",
    ],
)
def test_what_cannot_be_read_back_is_told_too(address: str) -> None:
    tracking = find_tracking(address)
    assert tracking
    assert describe_remedy(tracking).startswith("ouvrez ce lien")


@pytest.mark.parametrize(
    "address",
    [
        "https://exemple.fr/?utm_source=lettre&utm_medium=courriel",
        "https://calendar.google.com/calendar/embed?src=a%40group.calendar.google.com",
        "https://www.google.com/maps/place/Amiens",
        "https://exemple.fr/agenda?uid=123&e=3&r=4",
        "https://mailchi.mp/asso/avril?utm_source=lettre",
        "https://asso.us1.list-manage.com/subscribe?u=1&id=2",
        "https://www.linkedin.com/in/exemple",
        "https://mastodon.example/@reseau@exemple.fr",
        "https://exemple.fr/?url=https://exemple.org/",
        "mailto:a@b.fr?cc=c@d.fr",
        "http://[",
        "/x/?email=a@b.fr",
    ],
)
def test_what_carries_nobody_is_fine(address: str) -> None:
    assert find_tracking(address) is None


def test_they_are_found_in_a_text() -> None:
    text = f"Voir [a]({OUTLOOK}/?url=https%3A%2F%2Fexemple.fr) et <https://exemple.fr/?fbclid=x>."
    assert [(start, hint) for start, _, hint in find_tracked(text)] == [
        (9, "écrivez https://exemple.fr"),
        (text.index("https://exemple.fr/?"), "écrivez https://exemple.fr/"),
    ]


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        ("https://exemple.fr/?utm_source=a&utm_medium=b", "https://exemple.fr/"),
        ("https://exemple.fr/?page=2&mc_cid=1&mc_eid=2#fin", "https://exemple.fr/?page=2#fin"),
        (f"{OUTLOOK}/?url=https%3A%2F%2Fexemple.fr%2F%3Futm_id%3D1", "https://exemple.fr/"),
        ("https://x.list-manage.com/track/click?u=1", "https://x.list-manage.com/track/click?u=1"),
        ("https://exemple.fr/?atelier=1", "https://exemple.fr/?atelier=1"),
        ("mailto:a@exemple.fr?subject=utm_a", "mailto:a@exemple.fr?subject=utm_a"),
    ],
)
def test_an_address_without_its_tracking(address: str, clean: str) -> None:
    assert strip_tracking(address) == clean
