"""What a program for mailings would replace: told, and hidden from it."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.text.merge_tags import escape_html, escape_text, find_merge_tags

TAGS = (
    "{{ contact.PRENOM }}",
    "{{var:firstname}}",
    "{{{ nom }}}",
    "{% if prenom %}",
    "%%prenom%%",
    "%recipient.name%",
    "%PRENOM%",
    "*|FNAME|*",
    "*|IF:FNAME|*",
    "[PRENOM]",
    "[Prénom Nom]",
    "[UNSUBSCRIBE]",
    "[FIRST_NAME]",
    "[subscriber:firstname | default:reader]",
    "<<Prénom>>",
    "<<Nom de famille>>",
    "${prenom}",
    "#{prenom}",
    "{$name}",
    "{PRENOM}",
    "{contactfield=firstname}",
    "{unsubscribe_url}",
    "##PRENOM##",
    "@@PRENOM@@",
)


@pytest.mark.parametrize("tag", TAGS)
def test_a_tag_is_told(tag: str) -> None:
    ((offset, message, hint),) = find_merge_tags(f"Bonjour {tag},\nbienvenue.")
    assert offset == 8
    assert tag in message
    assert hint == f"effacez « {tag} »"


@pytest.mark.parametrize(
    "text",
    [
        "[nom](/x/) [Nom][r] [mail]: x",
        "[COMPLET] Atelier, [sic], [TOC], [1], [x]",
        "{#id} {: .classe} {{< figure >}} {{% note %}} {a, b}",
        "50 % de 20 %, 100%, 2**3, ## Titre ##, %% note %%",
        "##Titre##",
        "« Nom », «Nom», <<a>>, a << b, b >> c",
        "https://exemple.fr/?a=%C3%A9%C3%A8",
        "contact@exemple.fr",
    ],
)
def test_what_is_no_tag_is_text(text: str) -> None:
    assert list(find_merge_tags(text)) == []


def test_they_are_told_one_by_one() -> None:
    assert [start for start, _, _ in find_merge_tags("{{ a }} et *|B|*")] == [0, 11]


@pytest.mark.parametrize("tag", [*TAGS, "{{ jamais fermée", "{% si", "*|", "[[data:nom]]", "%%"])
def test_a_program_finds_no_tag_and_readers_see_it(tag: str) -> None:
    for escape, read in ((escape_html, unescape), (escape_text, lambda text: text)):
        hidden = escape(f"a {tag} b")
        assert not list(find_merge_tags(hidden))
        for opening in ("{{", "{%", "%%", "*|", "[[", "<<", "${", "#{"):
            assert opening not in hidden
        assert read(hidden).replace("\u2060", "") == f"a {tag} b"


@given(st.text("{}%*|[]<>$#@AB_ .:", max_size=40))
def test_no_text_keeps_a_tag(text: str) -> None:
    assert not list(find_merge_tags(escape_text(text)))
    assert escape_text(text).replace("\u2060", "") == text
    assert unescape(escape_html(text)) == unescape(text)


def test_styles_stay() -> None:
    style = "<style>@media{#{a:b}}*|x{{c:d}}</style>"
    assert escape_html(f"{{{{{style}") == f"&#123;&#123;{style}"
