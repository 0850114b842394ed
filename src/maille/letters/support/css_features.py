"""List the CSS features that a style uses: properties, units, functions, selectors, at-rules.

Each feature has its name at caniemail.com (`css-border-radius`). A feature that caniemail.com
lacks gets a name of the same form, and CSS that cannot be parsed is `UNREADABLE`.
tinycss2 parses the CSS (CSS Syntax Level 3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from tinycss2 import ast, parse_blocks_contents, parse_stylesheet

UNREADABLE = "css-unreadable"  # a name that caniemail.com does not have


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a feature: its name at caniemail.com, its name in French, and where it is.

    `value` is the value of the property or attribute that uses the feature, or any other text that
    uses it; "" if there is none. `line` and `column` count from 1, and give the place of the tag
    or, in a `<style>`, of the CSS. `tag` and `attributes` describe the element; in a `<style>`,
    they are empty.
    """

    feature: str
    name: str
    value: str = ""
    line: int = 1
    column: int = 1
    tag: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict, compare=False)


# Properties that caniemail.com tests together. The feature of any other property is `css-` and its
# name, except for `display` (see `_DISPLAYS`).
_TOGETHER = tuple(
    (re.compile(pattern), feature)
    for pattern, feature in (
        (r"--.+", "css-variables"),
        (r"border-(top|bottom)-(left|right)-radius", "css-border-radius"),
        (r"border-(start|end)-(start|end)-radius", "css-border-radius-logical"),
        (r"border-(inline|block)", "css-border-inline-block"),
        (r"border-(inline|block)-(start|end)", "css-border-inline-block-individual"),
        (r"border-(inline|block)-(color|style|width)", "css-border-inline-block-longhand"),
        (r"border(-(top|right|bottom|left))?(-(width|style|color))?", "css-border"),
        (r"(margin|padding)-(top|right|bottom|left)", r"css-\1"),
        (r"(margin|padding)-(inline|block)", r"css-\1-inline-block"),
        (r"(margin|padding)-(inline|block)-(start|end)", r"css-\1-\2-start-end"),
        (r"overflow-([xy]|inline|block)", "css-overflow"),
        (r"(row-|column-)?gap", "css-gap"),
        (r"columns|column-(fill|rule.*|span|width)", "css-column-layout-properties"),
        (r"grid-template(-.+)?", "css-grid-template"),
        (r"left|right|top|bottom", "css-left-right-top-bottom"),
        (r"inset-.+", "css-inset"),
        (r"block-size", "css-block-inline-size"),
        (r"(animation|transition|transform|border-image)-.+", r"css-\1"),
    )
)
_FUNCTIONS = {
    "calc": "css-unit-calc",
    "var": "css-variables",
    "rgb": "css-rgb",
    "rgba": "css-rgba",
    **dict.fromkeys(("lab", "lch", "oklab", "oklch"), "css-modern-color"),
    **{f"{shape}-gradient": f"css-{shape}-gradient" for shape in ("linear", "radial", "conic")},
}
_WORDS = {
    "initial": "css-unit-initial",
    **dict.fromkeys(("fit-content", "max-content", "min-content"), "css-intrinsic-size"),
    **dict.fromkeys(
        ("system-ui", "ui-serif", "ui-sans-serif", "ui-monospace", "ui-rounded"),
        "css-sytem-ui",  # as caniemail.com spells it
    ),
}
# caniemail.com tests each of these values alone, and the other values together
_DISPLAYS = {"none", "flex", "grid"}
_COMBINATORS = {
    " ": ("descendant", "« a b »"),
    ">": ("child", "« a > b »"),
    "+": ("adjacent-sibling", "« a + b »"),
    "~": ("general-sibling", "« a ~ b »"),
    ",": ("grouping", "« a, b »"),
}
# Pseudo-elements that may be written with one colon.
_ELEMENTS = {"after", "before", "first-letter", "first-line"}
# Words of a `@media` condition that need no test of their own: the test of `@media` covers them,
# or they are values (`dark`).
_PLAIN_MEDIA = {
    *("screen", "all", "only", "and", "max-width", "min-width", "max-height", "min-height"),
    *("light", "dark", "portrait", "landscape", "reduce", "none"),
}
_IMAGES = {"jpeg": "jpg", "heic": "heif", "tif": "tiff", "svg+xml": "svg", "x-icon": "ico"}
_ADDRESS = re.compile(r"data:image/([\w.+-]+)|[^?#]*\.([A-Za-z0-9]{2,5})(?:[?#].*)?$")


def find_style_uses(text: str) -> Iterator[Use]:
    """Yield each use of a feature in a `style` attribute."""
    yield from _find_uses(parse_blocks_contents(text, skip_whitespace=True), nested=True)


def find_sheet_uses(text: str) -> Iterator[Use]:
    """Yield each use of a feature in the text of a `<style>`, at its position in that text."""
    if "<!--" in text or "-->" in text:  # the CSS grammar allows these and drops them
        yield Use(UNREADABLE, "un commentaire HTML dans <style>")
    yield from _find_uses(parse_stylesheet(text, skip_whitespace=True), nested=False)


def find_image_uses(address: str) -> Iterator[Use]:
    """Yield the use of `data:`, if any, and that of the image format of an address."""
    found = _ADDRESS.match(address.strip())
    ending = (found[1] or found[2]).lower() if found else ""
    kind = _IMAGES.get(ending, ending)
    if address.startswith("data:"):
        yield Use("image-base64", "une image écrite dans le courriel même (data:)", address)
    yield Use(f"image-{kind}", f"le format d'image « {kind or 'inconnu'} »", address)


def _find_uses(nodes: Iterable[ast.Node], *, nested: bool) -> Iterator[Use]:
    for node in nodes:
        for use in _find_rule_uses(node, nested=nested):
            yield _set_position(use, node)


def _set_position(use: Use, node: ast.Node) -> Use:
    """Return `use` at the position of `node`, unless a node inside it has already set one."""
    if (use.line, use.column) != (1, 1):
        return use
    return Use(use.feature, use.name, use.value, node.source_line, node.source_column)


def _find_rule_uses(node: ast.Node, *, nested: bool) -> Iterator[Use]:
    if isinstance(node, ast.Declaration):
        yield from _find_declaration_uses(node)
    elif isinstance(node, ast.AtRule):
        yield from _find_at_rule_uses(node)
    elif isinstance(node, ast.QualifiedRule):
        if nested:
            yield Use("css-nesting", "une règle CSS dans une autre")
        yield from _find_selector_uses(node.prelude)
        yield from _find_uses(
            parse_blocks_contents(node.content, skip_whitespace=True), nested=True
        )
    elif isinstance(node, ast.Comment):
        yield Use("css-comments", "les commentaires CSS")
    elif isinstance(node, ast.ParseError):
        yield Use(UNREADABLE, f"ce qui est illisible dans ce style ({node.message})")


def _find_at_rule_uses(node: ast.AtRule) -> Iterator[Use]:
    """Yield the use of an at-rule and, for `@media` and `@supports`, the uses inside it.

    The contents of other at-rules are not read.
    """
    word = node.lower_at_keyword
    yield Use(f"css-at-{word}", f"la règle « @{word} »")
    if word == "media":
        yield from _find_media_uses(node.prelude)
    if word in {"media", "supports"}:
        yield from _find_uses(
            parse_stylesheet(node.content or [], skip_whitespace=True), nested=False
        )


def _find_media_uses(prelude: Iterable[ast.Node]) -> Iterator[Use]:
    for node in _walk(prelude):
        if not isinstance(node, ast.IdentToken):
            yield from _find_value_uses(node)
        elif (word := node.lower_value) not in _PLAIN_MEDIA:
            known = "device-pixel-ratio" if word.endswith("device-pixel-ratio") else word
            yield Use(f"css-at-media-{known}", f"la condition « @media {word} »")


def _find_declaration_uses(node: ast.Declaration) -> Iterator[Use]:
    prop, value = node.lower_name, "".join(part.serialize() for part in node.value).strip()
    feature = f"css-{prop}"
    for pattern, together in _TOGETHER:
        if found := pattern.fullmatch(prop):
            feature = found.expand(together)
            break
    if prop == "display" and value.lower() in _DISPLAYS:
        yield Use(f"css-display-{value.lower()}", f"« display: {value} »", value)
    else:
        yield Use(feature, f"la propriété « {prop} »", value)
    if node.important:
        yield Use("css-important", "« !important »", value)
    for part in _walk(node.value):
        yield from _find_value_uses(part)


def _find_value_uses(node: ast.Node) -> Iterator[Use]:
    if isinstance(node, ast.DimensionToken):
        yield Use(f"css-unit-{node.lower_unit}", f"l'unité « {node.unit} »", node.serialize())
    elif isinstance(node, ast.PercentageToken):
        yield Use("css-unit-percent", "l'unité « % »", node.serialize())
    elif isinstance(node, ast.URLToken):
        yield from find_image_uses(node.value)
    elif isinstance(node, ast.FunctionBlock):
        yield from _find_function_uses(node)
    elif isinstance(node, ast.IdentToken) and node.lower_value in _WORDS:
        yield Use(_WORDS[node.lower_value], f"le mot « {node.value} »", node.value)
    elif isinstance(node, ast.HashToken) and len(node.value) in {4, 8}:
        yield Use("css-hex-alpha", f"la couleur transparente « #{node.value} »", node.value)
    elif isinstance(node, ast.Comment | ast.ParseError):
        yield from _find_rule_uses(node, nested=True)


def _find_function_uses(node: ast.FunctionBlock) -> Iterator[Use]:
    word = node.lower_name
    if word != "url":
        feature = _FUNCTIONS.get(word, f"css-function-{word}")
        yield Use(feature, f"la fonction « {word}() »", node.serialize())
        return
    for part in node.arguments:
        if isinstance(part, ast.StringToken):
            yield from find_image_uses(part.value)


def _walk(nodes: Iterable[ast.Node]) -> Iterator[ast.Node]:
    for node in nodes:
        yield node
        if isinstance(node, ast.FunctionBlock):
            yield from _walk(node.arguments)
        elif isinstance(
            node, ast.ParenthesesBlock | ast.SquareBracketsBlock | ast.CurlyBracketsBlock
        ):
            yield from _walk(node.content)


def _find_selector_uses(prelude: list[ast.Node]) -> Iterator[Use]:
    for comment in prelude:
        if isinstance(comment, ast.Comment):
            yield from _find_value_uses(comment)
    parts = [*_list_selectors(node for node in prelude if not isinstance(node, ast.Comment))]
    for (before, _), (after, _) in pairwise([("", ""), *parts]):
        if {before, after} <= {"css-selector-class", "css-selector-id"}:
            yield Use("css-selector-chaining", "deux sélecteurs accolés (« .a.b »)")
    for feature, shown in parts:
        yield Use(feature, f"le sélecteur {shown}")


def _list_selectors(prelude: Iterable[ast.Node]) -> Iterator[tuple[str, str]]:
    """Yield (feature, text to show) for each simple selector and each combinator."""
    # tinycss2 makes two tokens of a dot and its class, or a colon and its pseudo-class. So the
    # text is split instead.
    pieces = re.split(r"\s*([>+~,])\s*|(\s+)", _serialise(prelude).strip())
    for piece in filter(None, pieces):
        if piece.strip() in _COMBINATORS or not piece.strip():
            feature, shown = _COMBINATORS[piece.strip() or " "]
            yield f"css-selector-{feature}", shown
        else:
            yield from _split_compound(piece)


def _serialise(nodes: Iterable[ast.Node]) -> str:
    return "".join(node.serialize() for node in nodes)


_SIMPLE = re.compile(
    r"""(?P<class>\.[\w-]+) | (?P<id>\#[\w-]+) | (?P<attribute>\[[^\]]*\]) | (?P<universal>\*)
      | (?P<pseudo>::?-?[\w-]+)(?:\([^()]*\))? | (?P<type>[\w-]+) | (?P<other>.)""",
    re.VERBOSE,
)


def _split_compound(text: str) -> Iterator[tuple[str, str]]:
    for found in _SIMPLE.finditer(text):
        kind, shown = found.lastgroup or "", f"« {found[0]} »"
        if kind == "pseudo":
            word = found[kind].lstrip(":").lower()
            element = found[kind].startswith("::") or word in _ELEMENTS
            yield f"css-pseudo-{'element' if element else 'class'}-{word}", shown
        elif kind == "other":
            yield ("css-nesting" if found[0] == "&" else UNREADABLE), shown
        else:
            yield f"css-selector-{kind}", shown
