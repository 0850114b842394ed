from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.content.markdown import Converter
from maille.formats.plain_text import WIDTH, Links, convert_to_text, underline, wrap_text

CONVERTER = Converter()
WORD = st.text(st.sampled_from("abcdeéèàœç'"), min_size=1, max_size=14)
WORDS = st.lists(WORD, min_size=1, max_size=30).map(" ".join)
PATHS = st.from_regex(r"[a-z0-9]{1,60}(/[a-z0-9]{1,40})?", fullmatch=True)
ADDRESSES = st.one_of(
    PATHS.map("https://exemple.example/{}".format),
    PATHS.map("/{}/".format),
    st.just("mailto:contact@exemple.example"),
)
LINK = st.tuples(WORDS, ADDRESSES).map(lambda pair: f"[{pair[0]}]({pair[1]})")
SENTENCE = st.lists(st.one_of(WORDS, LINK, WORDS.map("**{}**".format)), min_size=1, max_size=5).map(
    " ".join
)
ITEMS = st.lists(SENTENCE, min_size=1, max_size=4)
BLOCK = st.one_of(
    SENTENCE,
    SENTENCE.map("### {}".format),
    ITEMS.map(lambda items: "\n".join(f"- {item}" for item in items)),
    ITEMS.map(lambda items: "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1))),
    ITEMS.map(lambda items: "- a\n" + "\n".join(f"    - {item}" for item in items)),
    SENTENCE.map("> {}".format),
    st.tuples(SENTENCE, SENTENCE, SENTENCE, SENTENCE).map(
        lambda c: f"| {c[0]} | {c[1]} |\n| --- | --- |\n| {c[2]} | {c[3]} |"
    ),
    WORDS.map("    {}".format),
)
BODIES = st.lists(BLOCK, max_size=8).map("\n\n".join)


def whole(address: str) -> str:
    return f"https://reseau.example{address}" if address.startswith("/") else address


def text_of(markdown: str) -> tuple[str, Links]:
    links = Links(whole)
    return convert_to_text(CONVERTER.convert(markdown).html, links), links


def letters(text: str) -> str:
    """Return what is left of a text without spaces, rules, signs of lists and of quotations."""
    return re.sub(r"[\s>*|-]|\b[1-9]\.", "", text.replace("’", "'"))


@given(BODIES)
def test_nothing_is_lost(markdown: str) -> None:
    body = CONVERTER.convert(markdown)
    links = Links(whole)
    text = convert_to_text(body.html, links)
    for link in body.links:
        assert whole(link.target).removeprefix("mailto:") in links.addresses
    for heading in body.headings:
        assert letters(heading.text) in letters(re.sub(r"\s\[\d+\]", "", text))
    left = letters(re.sub(r"\[\d+\]", "", text))
    for word in re.sub(r"\]\([^)]*\)|[\[\]*|#>-]|\d+\.", " ", markdown).split():
        assert letters(word) in left
    assert len(set(links.addresses)) == len(links.addresses)


@given(BODIES)
def test_lines_are_short_but_for_words_that_cannot_be_cut(markdown: str) -> None:
    text, _ = text_of(markdown)
    for line in text.split("\n"):
        assert len(line) <= WIDTH or line.startswith("    ")
        assert line == line.rstrip()


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Le [site](/carte/) du *projet*.", "Le site [1] du projet."),
        ("[un](/a/), [deux](/b/), [encore un](/a/)", "un [1], deux [2], encore un [1]"),
        ("<https://x.example/a>", "https://x.example/a"),
        ("<contact@x.example>", "contact@x.example"),
        ("![Une halle vide](/images/halle.jpg)", "[Image : Une halle vide]"),
        ("une  \nlettre", "une\nlettre"),
        ("- un\n- deux\n    - trois", "- un\n- deux\n  - trois"),
        ("3. un\n4. deux", "3. un\n4. deux"),
        ("b) un\nc) deux", "b) un\nc) deux"),
        ("- un\n\n- deux", "- un\n- deux"),
        ("- un\n\n    suite\n\n- deux", "- un\n\n  suite\n- deux"),
        ("> a\n>\n> - b", "> a\n>\n> - b"),
        ("    a\n      b", "    a\n      b"),
        ("### Un *titre*\n\nfin", "Un titre\n~~~~~~~~\n\nfin"),
        ("#### Un\n\n##### Deux\n\n###### Six", "Un\n..\n\nDeux\n''''\n\nSix\n```"),
        ("| A | B |\n| - | - |\n| 1 | 2 |\n| 3 | |", "A : 1\nB : 2\n\nA : 3"),
        ("| A | B |\n| - | - |\n| | |\n| | *2* |", "B : 2"),
        ("| | B |\n| - | - |\n| 1 | 2 |\n| 3 | |", "1\nB : 2\n\n3"),
        ("| A | B |\n| - | - |", "A\nB"),
        ("a\n\n***\n\nb", f"a\n\n{'-' * 20}\n\nb"),
        ("a < b & c \\*", "a < b & c *"),
        ("", ""),
    ],
)
def test_each_form_reads_well(markdown: str, expected: str) -> None:
    assert text_of(markdown)[0].replace("\u00a0", " ") == expected


def test_french_typography_is_that_of_mailers() -> None:
    assert wrap_text("« Où ? » dit-il !") == ["«\u00a0Où\u00a0?\u00a0» dit-il\u00a0!"]
    assert underline("Titre", "=") == ["Titre", "====="]
    assert underline("") == []


def test_addresses_are_listed_in_the_order_of_their_numbers() -> None:
    _, links = text_of("[a](https://x.example/) [b](mailto:c@x.example) [d](/d/)")
    expected = ["[1] https://x.example/", "[2] c@x.example", "[3] https://reseau.example/d/"]
    assert list(links.list_addresses()) == expected
