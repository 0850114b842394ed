from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.text.typography import NARROW, NBSP, typeset, typeset_html


def shown(text: str) -> str:
    """Show no-break spaces: ~ for the narrow one, _ for the other."""
    return text.replace(NARROW, "~").replace(NBSP, "_")


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Oui !", "Oui~!"),
        ("Oui! Non? Si; enfin", "Oui~! Non~? Si~; enfin"),
        ("Quoi ?!", "Quoi~?!"),
        ("« oui »", "«~oui~»"),
        ("«oui» ; «non»?", "«~oui~»~; «~non~»~?"),
        ("Titre : suite", "Titre_: suite"),
        ("Titre: suite:", "Titre_: suite_:"),
        ("(oui) !", "(oui)~!"),
        ("50 % et 50% de 12 €", "50_% et 50_% de 12_€"),
        ("50 % ?", "50_%~?"),
        ("l'été d'une l'« île » l'(autre) l'[x]", "l’été d’une l’«~île~» l’(autre) l’[x]"),
        ("aujourd'hui", "aujourd’hui"),
        ("fin...", "fin…"),
        ("fin... ?", "fin…~?"),
        ("n° 5, n°5, N° 5", "n°_5, n°_5, N°_5"),
        ("le 17 juin 2024, le 1er mai", "le 17_juin 2024, le 1er_mai"),
        ("à 13 h, 8 km, 3 min", "à 13_h, 8_km, 3_min"),
        ("3 habitants, 2 mines, er mai", "3 habitants, 2 mines, er mai"),
        ("12 345 habitants, 1 234 567 €", "12~345 habitants, 1~234~567_€"),
        ("déjà\u00a0! «\u00a0oui\u00a0» 12\u00a0345", "déjà~! «~oui~» 12~345"),
    ],
)
def test_french_typography(typed: str, set_: str) -> None:
    assert shown(typeset(typed)) == set_
    assert shown(typeset_html(f"<p>{typed}</p>")) == f"<p>{set_}</p>"


@pytest.mark.parametrize(
    "text",
    [
        "à 18:30",
        "en 2024 150 personnes",
        "04 73 00 00 00",
        "06 12 345 678",
        "2026-02-28",
        "ratio 3:2",
        "https://a.fr/l'ete?b=1;c=2...d%20e",
        "www.a.fr/l'ete",
        "l.d'x@a.fr",
        "5'10 et 45°46'12",
        "'cité'",
        "!important",
        "a.b!c",
        ":-)",
        "\ufdd2",
        "....",
        "",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert typeset(text) == text
    assert typeset_html(text) == text


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("l'<em>été</em> !", "l’<em>été</em>~!"),
        ("<strong>Note</strong> : a", "<strong>Note</strong>_: a"),
        ("<p>! a</p>", "<p>! a</p>"),
        ("«<em>a</em>»", "«~<em>a</em>~»"),
        ("l'<code>x ?</code> ?", "l’<code>x ?</code>~?"),
        ("R&amp;D ? a&#39;b ; c", "R&amp;D~? a&#39;b~; c"),
        ("https://a.fr/?b&amp; ; a@b.fr&amp;", "https://a.fr/?b&amp;~; a@b.fr&amp;"),
        ("&lt;b&gt; !", "&lt;b&gt;~!"),
        ('<a href="/x?y=l\'z;" title="a !">l\'a</a>', '<a href="/x?y=l\'z;" title="a !">l’a</a>'),
        ("<pre><code>l'a !\n<b> ?</code></pre>", "<pre><code>l'a !\n<b> ?</code></pre>"),
        ("<code>a</code> l'a <code>b !</code>", "<code>a</code> l’a <code>b !</code>"),
        ("a !<br>\nb ?", "a~!<br>\nb~?"),
        (
            '<a href="https://a.fr">https://a.fr/l\'x ?</a>',
            '<a href="https://a.fr">https://a.fr/l\'x~?</a>',
        ),
    ],
)
def test_french_typography_in_html(typed: str, set_: str) -> None:
    assert shown(typeset_html(typed)) == set_


SIGNS = "ab é1 2'\"«»;:!?%€.°n,()[]/@-\u00a0\u202f\n"


@given(st.text(SIGNS) | st.text())
def test_setting_twice_changes_nothing_more(text: str) -> None:
    assert typeset(typeset(text)) == typeset(text)


HTML = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<em>", "</em>", "<code>l'a !</code>", "<br>", "&amp;", "&#39;",
         '<a href="/l\'x?">', "</a>", "&amp", ";",
         "https://a.fr/l'x?y", "l'", "a", " ", " !", "«", "»", "1 000",
         " :", "...", " %", "<pre><code>a ?</code></pre>"]
    )
).map("".join)  # fmt: skip


@given(HTML)
def test_setting_html_twice_changes_nothing_more(html: str) -> None:
    assert typeset_html(typeset_html(html)) == typeset_html(html)


@given(HTML)
def test_tags_code_entities_and_addresses_are_never_touched(html: str) -> None:
    kept = re.compile(r"<code>.*?</code>|<[^>]*>|&#?\w+;|https://a\.fr/l'x\?y")
    assert kept.findall(typeset_html(html)) == kept.findall(html)


@given(st.text(SIGNS) | st.text())
def test_only_spaces_apostrophes_and_dots_change(text: str) -> None:
    def bare(text: str) -> str:
        return re.sub("[ \u00a0\u202f]", "", text).replace("’", "'").replace("…", "...")

    assert bare(typeset(text)) == bare(text)


def test_a_very_long_word_is_set_at_once() -> None:
    """A rule that read the word again from each of its letters would never come to the end."""
    assert typeset("x" * 2_000_000) == "x" * 2_000_000
