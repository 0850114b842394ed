"""What a style is made of: every part of it comes out, known or not, readable or not."""

from __future__ import annotations

import pytest

from maille.letters.support.css_features import (
    UNREADABLE,
    find_image_uses,
    find_sheet_uses,
    find_style_uses,
)


@pytest.mark.parametrize(
    ("style", "features"),
    [
        ("color:red", ["css-color"]),
        ("COLOR:red", ["css-color"]),
        ("coin-rond:3truc", ["css-coin-rond", "css-unit-truc"]),
        ("--x:1", ["css-variables"]),
        ("border-top-left-radius:0", ["css-border-radius"]),
        ("border-left-width:0", ["css-border"]),
        ("border-truc:0", ["css-border-truc"]),
        ("margin-left:0", ["css-margin"]),
        ("padding-inline-start:0", ["css-padding-inline-start-end"]),
        ("transition-delay:0", ["css-transition"]),
        ("display:none", ["css-display-none"]),
        ("display:table", ["css-display"]),
        ("color:red !important", ["css-color", "css-important"]),
        ("width:calc(1em + 2%)", ["css-width", "css-unit-calc", "css-unit-em", "css-unit-percent"]),
        ("color:truc(1)", ["css-color", "css-function-truc"]),
        ("color:#11223344", ["css-color", "css-hex-alpha"]),
        ("color:#1234", ["css-color", "css-hex-alpha"]),
        ("color:#112233", ["css-color"]),
        ("background:url(a.webp)", ["css-background", "image-webp"]),
        ('background:url("a.webp")', ["css-background", "image-webp"]),
        ("width:max-content", ["css-width", "css-intrinsic-size"]),
        ("color:red/* a */", ["css-color", "css-comments"]),
        ("color red", [UNREADABLE]),
        ("", []),
    ],
)
def test_what_an_inline_style_uses(style: str, features: list[str]) -> None:
    assert [use.feature for use in find_style_uses(style)] == features


@pytest.mark.parametrize(
    ("selector", "features"),
    [
        ("p", ["css-selector-type"]),
        (".a .b", ["css-selector-class", "css-selector-descendant", "css-selector-class"]),
        ("p>.b", ["css-selector-type", "css-selector-child", "css-selector-class"]),
        ("#a,*", ["css-selector-id", "css-selector-grouping", "css-selector-universal"]),
        (".a.b", ["css-selector-chaining", "css-selector-class", "css-selector-class"]),
        ("a:hover", ["css-selector-type", "css-pseudo-class-hover"]),
        ("a::before", ["css-selector-type", "css-pseudo-element-before"]),
        ("a:before", ["css-selector-type", "css-pseudo-element-before"]),
        ("a[href]", ["css-selector-type", "css-selector-attribute"]),
        ("a/* b */", ["css-comments", "css-selector-type"]),
        ("%", [UNREADABLE]),
    ],
)
def test_what_a_selector_uses(selector: str, features: list[str]) -> None:
    *found, last = [use.feature for use in find_sheet_uses(f"{selector} {{ color: red }}")]
    assert (found, last) == (features, "css-color")


@pytest.mark.parametrize(
    ("sheet", "features"),
    [
        ("@media (max-width: 9px) { p { gap: 0 } }", "at-media unit-px selector-type gap"),
        ("@media (truc: 1) {}", "at-media at-media-truc"),
        ("@media (-webkit-min-device-pixel-ratio: 2) {}", "at-media at-media-device-pixel-ratio"),
        ("@supports (gap: 0) { p { gap: 0 } }", "at-supports selector-type gap"),
        ("@truc { p { gap: 0 } }", "at-truc"),
        (".a { .b { gap: 0 } }", "selector-class nesting selector-class gap"),
        ("/* a */", "comments"),
        ("<!-- p { gap: 0 }", "unreadable selector-type gap"),
        ("p gap: 0;", "unreadable"),
    ],
)
def test_what_a_sheet_uses(sheet: str, features: str) -> None:
    found = [use.feature.removeprefix("css-") for use in find_sheet_uses(sheet)]
    assert found == features.split()


def test_a_place_is_that_of_the_declaration_within_its_rule() -> None:
    found = {use.feature: use for use in find_sheet_uses("p {}\n@media all {\n  b { gap: 1px }\n}")}
    assert (found["css-gap"].line, found["css-gap"].column) == (3, 7)
    assert (found["css-at-media"].line, found["css-at-media"].column) == (2, 1)


@pytest.mark.parametrize(
    ("address", "formats"),
    [
        ("https://exemple.example/a.jpeg", ["image-jpg"]),
        ("a.PNG?v=1.2#x", ["image-png"]),
        ("data:image/svg+xml;base64,AAAA", ["image-base64", "image-svg"]),
        ("https://exemple.example/photo", ["image-"]),
        ("a.truc", ["image-truc"]),
    ],
)
def test_the_format_of_an_image_is_what_its_address_says(address: str, formats: list[str]) -> None:
    assert [use.feature for use in find_image_uses(address)] == formats
