"""Who receives what visitors write, and the URL that begins a message."""

from __future__ import annotations

import functools
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from maille.content.documents import SourceFile
from maille.site.config import Config, read_config
from maille.site.writing import Way, find_recipient, make_new_file_url
from tests.building import SITE

TEXT = (SITE / "site.toml").read_text("utf-8")
MAIL = 'contact = "ecrire@essai.example"\n'
FORM = 'contact = "https://formulaire.example/f/1?a=b"\n'
LETTER = 'lettre = {adresse = "lettre@essai.example"}\n'
FORGE = 'depot = "https://forge.example/a/b/"\n'
GITLAB = 'depot = "https://gitlab.example/a/b"\n'


def configure(lines: str) -> Config:
    """Return the settings of the miniature, with these lines more."""
    kept = re.sub(r"(?m)^(contact|depot) = .*\n", "", TEXT)
    kept = re.sub(r"(?ms)^\[lettre\].*?(?=^\[)", "", kept)
    config, problems = read_config(SourceFile("site.toml", (lines + kept).encode()))
    assert not problems
    return config


@pytest.mark.parametrize(
    ("lines", "way", "address"),
    [
        (MAIL + LETTER + FORGE, Way.MAIL, "ecrire@essai.example"),
        (FORM + LETTER + FORGE, Way.FORM, "https://formulaire.example/f/1?a=b"),
        (LETTER + FORGE, Way.MAIL, "lettre@essai.example"),
        (FORGE, Way.ISSUE, "https://forge.example/a/b/"),
    ],
)
def test_the_first_that_is_known_receives(lines: str, way: Way, address: str) -> None:
    found = find_recipient(configure(lines))
    assert found is not None
    assert (found.way, found.address) == (way, address)


def test_nobody_receives_while_nothing_is_known() -> None:
    assert find_recipient(configure("")) is None


SUBJECT, BODY = "Été & « hiver »", "Une ligne\r\n\r\n100 % #1+1"


@pytest.mark.parametrize(
    ("lines", "start", "subject", "body"),
    [
        (MAIL, "mailto:ecrire@essai.example", "subject", "body"),
        (FORGE, "https://forge.example/a/b/issues/new", "title", "body"),
        (
            GITLAB,
            "https://gitlab.example/a/b/-/issues/new",
            "issue[title]",
            "issue[description]",
        ),
    ],
)
def test_a_message_is_prefilled(lines: str, start: str, subject: str, body: str) -> None:
    found = find_recipient(configure(lines))
    assert found is not None
    url = found.make_url(SUBJECT, BODY)
    asked = parse_qs(urlsplit(url).query, strict_parsing=True)
    assert url.partition("?")[0] == start
    assert asked[subject] == [SUBJECT]
    assert asked[body][0].splitlines() == BODY.splitlines()


def test_a_form_has_its_own_address() -> None:
    found = find_recipient(configure(FORM))
    assert found is not None
    assert found.make_url(SUBJECT, BODY) == "https://formulaire.example/f/1?a=b"
    assert found.label == "formulaire.example"


def test_a_new_file_is_prefilled_where_the_forge_can() -> None:
    make = functools.partial(make_new_file_url, folder="catalysers", name="a.md", text="nom: é\n")
    assert make("https://github.com/a/b/") == (
        "https://github.com/a/b/new/main?filename=catalysers%2Fa.md&value=nom%3A%20%C3%A9%0A"
    )
    assert make("https://codeberg.org/a/b") == (
        "https://codeberg.org/a/b/_new/main/catalysers?filename=a.md&value=nom%3A%20%C3%A9%0A"
    )
    assert make("https://gitlab.com/a/b") == ""
