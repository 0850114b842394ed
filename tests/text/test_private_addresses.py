"""Addresses that only one machine, one network or one account can open."""

from __future__ import annotations

import pytest

from maille.text.private_addresses import (
    BACK_OFFICE,
    CLOSED_NETWORK,
    ONE_MACHINE,
    PREVIEW,
    explain_private,
    find_private,
)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://127.0.0.1:8000/agenda/", ONE_MACHINE),
        ("http://localhost:8000/", ONE_MACHINE),
        ("HTTP://LOCALHOST./", ONE_MACHINE),
        ("http://site.localhost/", ONE_MACHINE),
        ("http://0.0.0.0/", ONE_MACHINE),
        ("http://[::1]:4000/", ONE_MACHINE),
        ("http://127.1/", ONE_MACHINE),
        ("http://2130706433/", ONE_MACHINE),
        ("http://192.168.1.12/", CLOSED_NETWORK),
        ("https://10.2.3.4/x", CLOSED_NETWORK),
        ("http://172.16.0.1/", CLOSED_NETWORK),
        ("http://172.31.255.1/", CLOSED_NETWORK),
        ("http://169.254.10.1/", CLOSED_NETWORK),
        ("http://[fe80::1%25en0]/", CLOSED_NETWORK),
        ("http://[::ffff:10.0.0.1]/", CLOSED_NETWORK),
        ("http://mac-de-marie.local/", CLOSED_NETWORK),
        ("https://wiki.asso.internal/", CLOSED_NETWORK),
        ("http://nas.lan:5000/", CLOSED_NETWORK),
        ("http://livebox.home/", CLOSED_NETWORK),
        ("http://box.home.arpa/", CLOSED_NETWORK),
        ("http://intranet/", CLOSED_NETWORK),
        ("http://serveur:8080/", CLOSED_NETWORK),
        ("https://site.test/", CLOSED_NETWORK),
        ("https://site.invalid/", CLOSED_NETWORK),
        ("marie@mac.local", CLOSED_NETWORK),
        ("mailto:marie@serveur.lan?subject=x", CLOSED_NETWORK),
        ("https://deploy-preview-12--site.netlify.app/", PREVIEW),
        ("https://site-git-refonte-equipe.vercel.app/", PREVIEW),
        ("https://3a5b7c9d.site.pages.dev/", PREVIEW),
        ("https://1234.ngrok-free.app/", PREVIEW),
        ("https://exemple.fr/?p=12&preview=true", PREVIEW),
        ("https://exemple.fr/wp-admin/post.php?post=12", BACK_OFFICE),
    ],
)
def test_what_readers_cannot_open_is_told(address: str, why: str) -> None:
    assert explain_private(address) == why


@pytest.mark.parametrize(
    "address",
    [
        "https://exemple.fr/",
        "https://catalyseurs.example/",
        "http://172.32.0.1/",
        "http://[2a01:cb00::1]/",
        "http://8.8.8.8/",
        "https://locale.exemple.fr/local/",
        "https://dead.beef/",
        "https://site.netlify.app/",
        "https://site.vercel.app/",
        "https://site.pages.dev/",
        "https://exemple.fr/?preview=false",
        "mailto:contact@exemple.fr",
        "/local/",
        "#local",
        "tel:+33102030405",
        "http://[",
        "http://",
        "https://…",
        "",
    ],
)
def test_what_everybody_can_open_is_not(address: str) -> None:
    assert explain_private(address) == ""


def test_they_are_found_in_a_text() -> None:
    text = (
        "Voir http://localhost:8000/agenda/, (http://nas.lan), a@b.local. Et https://exemple.fr/."
    )
    assert list(find_private(text)) == [
        (5, "http://localhost:8000/agenda/", ONE_MACHINE),
        (37, "http://nas.lan", CLOSED_NETWORK),
        (54, "a@b.local", CLOSED_NETWORK),
    ]
