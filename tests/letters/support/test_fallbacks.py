"""What the mail does without, and for which uses of it."""

from __future__ import annotations

from importlib.resources import files

import pytest

from maille.letters.support.fallbacks import (
    PARTIAL,
    WHOLE,
    can_do_with_part,
    can_do_without,
    is_basic,
)
from maille.letters.support.html_features import find_uses
from maille.letters.support.lint import read_table


def test_fallbacks_speak_of_constructions_of_the_table_and_have_their_reasons() -> None:
    table = read_table((files("maille") / "data" / "courriel.json").read_bytes())
    names = [name for one in (*WHOLE, *PARTIAL) for name in one.features.split()]
    assert len(names) == len(set(names))
    assert set(names) - set(table.features) == {"css-pseudo-class-root", "html-tel-links"}
    assert all(one.reason.endswith(".") for one in (*WHOLE, *PARTIAL))


@pytest.mark.parametrize(
    ("html", "feature", "whole", "part"),
    [
        ('<td style="border-radius:3px">', "css-border-radius", True, True),
        ('<td style="float:left">', "css-float", False, False),
        # In part, only where the part that is missing is not used.
        ('<td style="padding:3px">', "css-padding", False, True),
        ('<p style="padding:0 0">', "css-padding", False, True),
        ('<p style="padding:3px">', "css-padding", False, False),
        ('<td style="margin:0 auto" align="center">', "css-margin", False, True),
        ('<td style="margin:0 auto">', "css-margin", False, False),
        ('<span style="margin:3px">', "css-margin", False, False),
        ('<td style="border:8px solid">', "css-border", False, True),
        ('<td style="border:9px solid">', "css-border", False, False),
        ('<p style="border:1px solid">', "css-border", False, False),
        ('<div style="width:9px" width="9">', "css-width", False, True),
        ('<div style="width:9px">', "css-width", False, False),
        ('<td style="background-color:teal">', "css-background-color", False, True),
        ('<td style="background-color:tomato">', "css-background-color", False, False),
        # Without it, only where the reason holds.
        ('<p style="display:none;max-height:0">', "css-max-height", True, True),
        ('<p style="max-height:0">', "css-max-height", False, False),
        ('<a href="mailto:a@b.example?cc=c@b.example">', "html-mailto-links", False, False),
        ('<a href="mailto:a@b.example?subject=S">', "html-mailto-links", True, True),
        ("<style>a { color: red !important }</style>", "css-important", True, True),
        ('<p style="color:red !important">', "css-important", False, False),
    ],
)
def test_a_reason_holds_for_some_uses_only(
    html: str, feature: str, whole: bool, part: bool
) -> None:
    (use,) = {one.feature: one for one in find_uses(html) if one.feature == feature}.values()
    assert (can_do_without(use), can_do_with_part(use)) == (whole, part)


@pytest.mark.parametrize(
    ("feature", "basic"),
    [
        ("html-br", True),
        ("css-color", True),
        ("css-mso-hide", True),
        ("html-attribute-href", True),
        ("href", False),  # the name of an attribute alone is no construction
        ("html-attribute-onclick", False),
        ("html-video", False),
    ],
)
def test_what_is_older_than_the_tests_works_everywhere(feature: str, basic: bool) -> None:
    assert is_basic(feature) is basic
