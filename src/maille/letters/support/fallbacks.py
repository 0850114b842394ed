"""For each HTML or CSS feature, why the mail stays readable in a client that lacks it.

The lint (`lint.py`) accepts an unsupported feature only when it is declared here. Before declaring
one, look at the mail without that feature; never declare one just to silence a message.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from maille.letters.support.css_features import Use

_NO_WIDTH = {"body", "span", "div", "p", "img"}  # on these, Outlook for Windows ignores CSS sizes
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
    """Why the mail can do without `features` (names at caniemail.com, separated by spaces).

    `unless(use)` is true if the reason does not apply to that use.
    """

    features: str
    reason: str
    unless: Callable[[Use], bool] = _match_none


# Features that the mail can do without entirely.
WHOLE = (
    Fallback(
        "html-style css-at-media css-at-media-prefers-color-scheme css-color-scheme "
        "html-meta-color-scheme css-selector-class css-selector-id css-selector-type "
        "css-selector-descendant css-selector-grouping css-pseudo-class-root",
        "Inline styles are enough; <style> only adds dark colours and phone layout.",
    ),
    Fallback(
        "css-important",
        "It only matters in <style>: without it, the inline colours stay.",
        _is_inline,
    ),
    Fallback("html-doctype", "Tables with explicit widths look the same in quirks mode."),
    Fallback("html-body", "The outer table has the colours and the margins."),
    Fallback(
        "html-lang html-role", "Screen readers pronounce the text less well, but read all of it."
    ),
    Fallback("html-dir", "Left to right is the default.", _match_other_than("ltr")),
    Fallback("css-border-radius", "Corners are square."),
    Fallback(
        "html-small html-code html-abbr", "The words stay, in the font of the surrounding text."
    ),
    Fallback("css-sytem-ui", "The next font family of the list is used."),
    Fallback(
        "css-text-decoration",
        "The client underlines links in its own way.",
        lambda use: "line-through" in use.value,
    ),
    Fallback(
        "css-overflow-wrap css-word-wrap css-word-break css-hyphens",
        "Only very long words break less well, or not at all.",
    ),
    Fallback(
        "css-white-space", "Only the places of line breaks change.", lambda use: "pre" in use.value
    ),
    Fallback("html-tel-links", "The number can still be read."),
    Fallback(
        "css-display-none",
        "Only the preheader is hidden; if it shows, it is an ordinary sentence.",
        lambda use: use.tag in {"table", "tr", "td", "img"},
    ),
    Fallback(
        "css-overflow css-max-height css-opacity",
        "They hide the preheader a second time, in addition to display:none.",
        _is_visible,
    ),
    Fallback(
        "css-height",
        "A cell grows with its content.",
        lambda use: use.tag in {"body", "span", "div", "p"},
    ),
    Fallback(
        "html-mailto-links",
        "At worst, Orange's application opens the contact, where one can write a mail.",
        lambda use: re.search(r"[?&]b?cc=", use.value, re.IGNORECASE) is not None,
    ),
)
# Features that some clients support only in part: the mail can do without the missing part.
PARTIAL = (
    Fallback(
        "html-align",
        "Only a table aligned left or right is misplaced.",
        lambda use: use.tag == "table" and use.value != "center",
    ),
    Fallback(
        "html-width html-height",
        "Only percentages on images are wrong; high-density screens show images smaller.",
        lambda use: use.tag == "img" and "%" in use.value,
    ),
    Fallback(
        "html-lists",
        "Only reversed or explicit numbers are lost.",
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
    Fallback(
        "css-border", "Only thick borders, and those of paragraphs, are lost.", _is_hard_border
    ),
    Fallback(
        "css-display",
        "An image or a link is in a cell of its own.",
        _match_other_than("block", "inline", "inline-block"),
    ),
    Fallback("css-font-size", "Only rem is wrong.", lambda use: use.value.lower().endswith("rem")),
    Fallback(
        "css-font-weight",
        "Only weights between normal and bold are lost.",
        _match_other_than("normal", "bold", "400", "600", "700"),
    ),
    Fallback(
        "css-letter-spacing",
        "Only negative values, and em, are wrong.",
        lambda use: "-" in use.value or use.value.endswith("em"),
    ),
    Fallback(
        "css-line-height",
        "Lines are a little closer or farther apart.",
        lambda use: use.value == "normal",
    ),
    Fallback(
        "css-list-style",
        "Only images and positions are lost.",
        lambda use: "url" in use.value or "side" in use.value,
    ),
    Fallback("css-margin", "Only negative and automatic margins are lost.", _is_hard_margin),
    Fallback(
        "css-max-width",
        "The element also has a `width` attribute.",
        lambda use: _is_inline(use) and "width" not in use.attributes,
    ),
    Fallback(
        "css-padding",
        "It is lost only outside table cells; lists have their own padding.",
        _is_outside_cell,
    ),
    Fallback(
        "css-text-align",
        "Only values of later standards are lost.",
        _match_other_than("left", "right", "center"),
    ),
    Fallback(
        "css-text-transform", "Only lower case is lost.", _match_other_than("uppercase", "none")
    ),
    Fallback(
        "css-width",
        "The element also has a `width` attribute.",
        lambda use: use.tag in {*_NO_WIDTH, "table"} and "width" not in use.attributes,
    ),
)

# Features that caniemail.com does not test: features that work everywhere, and properties that only
# one engine reads.
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
    """Return whether the mail stays readable in clients that do not support this use at all."""
    return use.feature in _WHOLE and not _WHOLE[use.feature].unless(use)


def can_do_with_part(use: Use) -> bool:
    """Return whether the mail stays readable in clients that support this use only in part."""
    covered = use.feature in _PARTIAL and not _PARTIAL[use.feature].unless(use)
    return covered or can_do_without(use)


def is_basic(feature: str) -> bool:
    """Return whether a feature that caniemail.com does not test is accepted without a fallback."""
    attribute = feature.removeprefix("html-attribute-")
    return (
        feature in _BASIC.split()
        or (attribute != feature and attribute in _BASIC_ATTRIBUTES.split())
        or feature.startswith("css-mso-")
    )
