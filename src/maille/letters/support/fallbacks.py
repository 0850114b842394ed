"""Why the letter's mail does without what some mail clients lack: each construction, its reason.

The lint (`lint.py`) accepts a construction because of what is declared here, and of nothing else.
A new one is declared here after looking at the mail without it, never to make a message go away.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from maille.letters.support.css_features import Use

_NO_WIDTH = {"body", "span", "div", "p", "img"}  # where Outlook for Windows ignores CSS sizes
_CSS1_COLOURS = (
    "aqua black blue fuchsia gray green lime maroon navy olive purple red silver teal white yellow "
    "transparent inherit"
)


def _match_none(_: Use) -> bool:
    return False


def _is_inline(use: Use) -> bool:
    return bool(use.tag)


def _is_zero(value: str) -> bool:
    return re.fullmatch(r"(0(px)?\s*)+|none", value) is not None


def _is_visible(use: Use) -> bool:
    return "display:none" not in use.attributes.get("style", "").replace(" ", "")


def _is_outside_cell(use: Use) -> bool:
    return _is_inline(use) and use.tag not in {"td", "th", "ul", "ol"} and not _is_zero(use.value)


def _is_hard_border(use: Use) -> bool:
    thick = any(float(width) > 8 for width in re.findall(r"([\d.]+)px", use.value))
    return thick or (use.tag in {"p", "div"} and not _is_zero(use.value))


def _is_hard_margin(use: Use) -> bool:
    centring = "auto" in use.value and _is_inline(use) and "align" not in use.attributes
    return "-" in use.value or centring or (use.tag == "span" and not _is_zero(use.value))


def _match_other_than(*values: str) -> Callable[[Use], bool]:
    return lambda use: use.value.lower() not in values


@dataclass(frozen=True, slots=True)
class Fallback:
    """Why the mail does without `features` (names at caniemail.com, with spaces between them).

    `unless` says of a use that the reason does not hold for it.
    """

    features: str
    reason: str
    unless: Callable[[Use], bool] = _match_none


# Where it is not supported at all, the mail is whole without it.
WHOLE = (
    Fallback(
        "html-style css-at-media css-at-media-prefers-color-scheme css-color-scheme "
        "html-meta-color-scheme css-selector-class css-selector-id css-selector-type "
        "css-selector-descendant css-selector-grouping css-pseudo-class-root",
        "The mail is whole with its inline styles; <style> only adds dark colours and phones.",
    ),
    Fallback("css-important", "In <style>, inline colours stay, good by themselves.", _is_inline),
    Fallback("html-doctype", "Tables with their widths are laid out alike in quirks mode."),
    Fallback("html-body", "The outer table bears the colours and the margins."),
    Fallback("html-lang html-role", "Read aloud less well, but whole."),
    Fallback(
        "html-dir", "French is written from left to right by default.", _match_other_than("ltr")
    ),
    Fallback("css-border-radius", "Corners are square."),
    Fallback("html-small html-code html-abbr", "The words stay, in the letters around them."),
    Fallback("css-sytem-ui", "The next family of the list is taken."),
    Fallback(
        "css-text-decoration",
        "Links are underlined as the client underlines its own.",
        lambda use: "line-through" in use.value,
    ),
    Fallback(
        "css-overflow-wrap css-word-wrap css-word-break css-hyphens",
        "Only very long words are cut less well, or not.",
    ),
    Fallback(
        "css-white-space", "Only where a line breaks changes.", lambda use: "pre" in use.value
    ),
    Fallback("html-tel-links", "Where it does nothing, the number is there to be read."),
    Fallback(
        "css-display-none",
        "What is hidden is the preheader, an ordinary sentence where it shows.",
        lambda use: use.tag in {"table", "tr", "td", "img"},
    ),
    Fallback(
        "css-overflow css-max-height css-opacity",
        "They hide the preheader once more, beside display:none.",
        _is_visible,
    ),
    Fallback(
        "css-height",
        "A cell grows with what it holds.",
        lambda use: use.tag in {"body", "span", "div", "p"},
    ),
    Fallback(
        "html-mailto-links",
        "At worst, Orange's application opens the contact, from which one writes.",
        lambda use: re.search(r"[?&]b?cc=", use.value, re.IGNORECASE) is not None,
    ),
)
# Where it is supported in part, what the testers' notes tell is missing is not used.
PARTIAL = (
    Fallback(
        "html-align",
        "Only a table on the left or right is misplaced.",
        lambda use: use.tag == "table" and use.value != "center",
    ),
    Fallback(
        "html-width html-height",
        "Only percentages on images are misread; high-density screens show them smaller.",
        lambda use: use.tag == "img" and "%" in use.value,
    ),
    Fallback(
        "html-lists",
        "Only numbers counted backwards, or by hand, are lost.",
        lambda use: not {"reversed", "value"}.isdisjoint(use.attributes),
    ),
    Fallback(
        "css-background-color",
        "Only named colours later than CSS 1 are lost.",
        lambda use: use.value.isalpha() and use.value.lower() not in _CSS1_COLOURS.split(),
    ),
    Fallback(
        "css-background",
        "Only images, gradients and sizes are lost.",
        lambda use: re.search(r"url\(|gradient|/", use.value) is not None,
    ),
    Fallback("css-border", "Only thick ones, and those of paragraphs, are lost.", _is_hard_border),
    Fallback(
        "css-display",
        "An image or a link is in a cell of its own.",
        _match_other_than("block", "inline", "inline-block"),
    ),
    Fallback(
        "css-font-size", "Only rem is misread.", lambda use: use.value.lower().endswith("rem")
    ),
    Fallback(
        "css-font-weight",
        "Only weights between normal and bold are lost.",
        _match_other_than("normal", "bold", "400", "600", "700"),
    ),
    Fallback(
        "css-letter-spacing",
        "Only negative spaces, and em, are misread.",
        lambda use: "-" in use.value or use.value.endswith("em"),
    ),
    Fallback(
        "css-line-height",
        "Lines stand a little nearer or farther.",
        lambda use: use.value == "normal",
    ),
    Fallback(
        "css-list-style",
        "Only images and positions are lost.",
        lambda use: "url" in use.value or "side" in use.value,
    ),
    Fallback("css-margin", "Only those below zero, or automatic, are lost.", _is_hard_margin),
    Fallback(
        "css-max-width",
        "The `width` attribute beside it holds.",
        lambda use: _is_inline(use) and "width" not in use.attributes,
    ),
    Fallback(
        "css-padding",
        "Only outside table cells is it lost, and lists have their own.",
        _is_outside_cell,
    ),
    Fallback(
        "css-text-align",
        "Only the values of later standards are lost.",
        _match_other_than("left", "right", "center"),
    ),
    Fallback(
        "css-text-transform", "Only lower case is lost.", _match_other_than("uppercase", "none")
    ),
    Fallback(
        "css-width",
        "The `width` attribute beside it holds.",
        lambda use: use.tag in {*_NO_WIDTH, "table"} and "width" not in use.attributes,
    ),
)

# What caniemail.com does not test, since mails were made of it before there was anything to test:
# HTML 3.2, CSS 1, and hints that a single engine reads.
_BASIC = (
    "html-html html-head html-title html-meta html-a html-br html-em html-b html-i html-u html-sup "
    "html-sub css-color css-font-family css-font-style css--webkit-text-size-adjust "
    "css--ms-text-size-adjust"
)
_BASIC_ATTRIBUTES = (
    "alt bgcolor border charset class colspan content href http-equiv id name rowspan scope src "
    "start title type"
)

_WHOLE, _PARTIAL = (
    {feature: declared for declared in group for feature in declared.features.split()}
    for group in (WHOLE, PARTIAL)
)


def can_do_without(use: Use) -> bool:
    """Say whether the mail is whole where this is not supported at all."""
    return use.feature in _WHOLE and not _WHOLE[use.feature].unless(use)


def can_do_with_part(use: Use) -> bool:
    """Say whether the mail is whole where this is supported in part, as the testers noted it."""
    held = use.feature in _PARTIAL and not _PARTIAL[use.feature].unless(use)
    return held or can_do_without(use)


def is_basic(feature: str) -> bool:
    """Say whether this is known to work everywhere though caniemail.com says nothing of it."""
    attribute = feature.removeprefix("html-attribute-")
    return (
        feature in _BASIC.split()
        or (attribute != feature and attribute in _BASIC_ATTRIBUTES.split())
        or feature.startswith("css-mso-")
    )
