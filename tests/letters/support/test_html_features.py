"""What a mail is made of: every construction comes out, known or not, at its place."""

from __future__ import annotations

import pytest

from maille.letters.support.html_features import find_uses


@pytest.mark.parametrize(
    ("html", "features"),
    [
        ("<h2>x</h2>", ["html-h1-h6"]),
        ("<td>x</td>", ["html-table"]),
        ("<dd>x</dd>", ["html-lists"]),
        ("<article>x</article>", ["html-semantics"]),
        ("<truc>x</truc>", ["html-truc"]),
        ("<align>x</align>", ["html-element-align"]),  # not the attribute of that name
        ('<p align="left" truc>x</p>', ["html-p", "html-align", "html-attribute-truc"]),
        ("<input>", ["html-input-text"]),
        ('<input type="RADIO">', ["html-input-radio", "html-attribute-type"]),
        ("<button>x</button>", ["html-button-submit"]),
        ('<img src="a.webp">', ["html-img", "image-webp", "html-attribute-src"]),
        ('<p background="a.gif">', ["html-p", "html-background", "image-gif"]),
        ('<p style="gap:1px">', ["html-p", "css-gap", "css-unit-px"]),
        ("<style>b{gap:0}</style>", ["html-style", "css-selector-type", "css-gap"]),
        ("<!-- x -->", ["html-comments"]),
        ("<!--[if mso]>x<![endif]-->", ["html-conditional", "html-comments"]),
        ("<!doctype html>", ["html-doctype"]),
        ("<!doctype html public>", ["html-declaration"]),
        ("<?truc ?>", ["html-declaration"]),
        ("<b>a &lt;u&gt; b</b>", ["html-b"]),
    ],
)
def test_each_construction_comes_out_under_its_name(html: str, features: list[str]) -> None:
    assert [use.feature for use in find_uses(html)] == features


@pytest.mark.parametrize(
    ("address", "feature"),
    [
        ("https://exemple.example/", None),
        ("HTTP://exemple.example/", None),
        ("{{ unsubscribe }}", None),
        ("[UNSUBSCRIBE]", None),
        ("#bas", "html-anchor-links"),
        ("mailto:a@exemple.example", "html-mailto-links"),
        ("tel:+33100000000", "html-tel-links"),
        ("javascript:x", "html-link-other"),
        ("/carte/", "html-link-other"),
    ],
)
def test_addresses_of_the_web_alone_work_everywhere(address: str, feature: str | None) -> None:
    known = {"html-a", "html-attribute-href"}
    found = [one for one in find_uses(f'<a href="{address}">x</a>') if one.feature not in known]
    assert [(one.feature, one.value) for one in found] == ([(feature, address)] if feature else [])


def test_of_two_attributes_the_first_counts_and_both_come_out() -> None:
    first, *others = find_uses('<p style="color:red" style="gap:0">')
    assert first.attributes["style"] == "color:red"
    assert [one.feature for one in others] == ["css-color", "css-gap"]


def test_a_use_bears_its_element_and_the_place_of_its_tag() -> None:
    (use,) = [one for one in find_uses('<p>x</p>\n  <td\n style="gap:0">') if one.value == "0"]
    assert (use.tag, use.line, use.column) == ("td", 2, 3)
    assert use.attributes == {"style": "gap:0"}


def test_places_in_style_are_those_of_the_whole_mail() -> None:
    found = {one.feature: one for one in find_uses("<p>\n <style>b{gap:0}\n u{top:0}</style>")}
    places = [
        (one.line, one.column) for one in (found["css-gap"], found["css-left-right-top-bottom"])
    ]
    assert places == [(2, 11), (3, 4)]
    assert found["css-gap"].tag == ""
