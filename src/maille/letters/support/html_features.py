"""List the features that the HTML of a mail uses: elements, attributes, links, styles.

Each feature has its name at caniemail.com (`html-video`). A feature that caniemail.com lacks gets
a name of the same form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from html.parser import HTMLParser

from maille.letters.support.css_features import (
    Use,
    find_image_uses,
    find_sheet_uses,
    find_style_uses,
)

_SEMANTIC = (
    "article aside details figcaption figure footer header main mark nav section summary time"
)
_TESTED = (
    "align aria-describedby aria-hidden aria-label aria-labelledby aria-live background "
    "cellpadding cellspacing dir height hidden lang popover required role target valign width"
)

# Elements that caniemail.com tests together. The feature of any other element is usually `html-`
# and its name: `_name_feature` has the exceptions.
_TOGETHER = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "html-h1-h6"),
    **dict.fromkeys(("ul", "ol", "li", "dl", "dt", "dd"), "html-lists"),
    **dict.fromkeys(
        ("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"),
        "html-table",
    ),
    **dict.fromkeys(_SEMANTIC.split(), "html-semantics"),
    **dict.fromkeys(("map", "area"), "html-image-maps"),
    **dict.fromkeys(("picture", "source"), "html-picture"),
}
# Attributes that caniemail.com tests, on any element. The feature of any other attribute, except
# `style`, is `html-attribute-` and its name.
_ATTRIBUTES = {
    **{name: f"html-{name}" for name in _TESTED.split()},
    "inert": "css-inert-attribute",
    "loading": "html-loading-attribute",
    "sizes": "html-srcset",
    "srcset": "html-srcset",
}


def find_uses(html: str) -> tuple[Use, ...]:
    """Return every use of a feature in the HTML of a mail, from top to bottom."""
    reader = _UseCollector()
    reader.feed(html)
    reader.close()
    return tuple(reader.uses)


class _UseCollector(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.uses: list[Use] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pairs = [(name, value or "") for name, value in attrs]
        attributes = dict(reversed(pairs))  # the first of repeated attributes counts
        self._in_style = tag == "style"
        for use in (*_find_element_uses(tag, attributes), *_find_attribute_uses(pairs)):
            self._keep([replace(use, tag=tag, attributes=attributes)])

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 (the standard library's signature)
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if not self._in_style:
            return
        line, column = self.getpos()
        for use in find_sheet_uses(data):
            first = column if use.line == 1 else 0
            self.uses.append(replace(use, line=line + use.line - 1, column=first + use.column))

    def handle_comment(self, data: str) -> None:
        if "[if" in data.lower() or "[endif" in data.lower() or data.startswith("["):
            self._keep([Use("html-conditional", "les commentaires réservés à Outlook")])
        self._keep([Use("html-comments", "les commentaires HTML")])

    def handle_decl(self, decl: str) -> None:
        known = decl.lower() == "doctype html"
        feature = "html-doctype" if known else "html-declaration"
        self._keep([Use(feature, f"la déclaration « <!{decl}> »")])

    # The signature is the standard library's.
    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: ARG002, FBT001, FBT002
        """Read « <![if … » up to the next « > », as browsers do; `html.parser` may not."""
        return self.parse_bogus_comment(i)

    def handle_pi(self, data: str) -> None:
        self._keep([Use("html-declaration", f"la déclaration « <?{data}> »")])

    def _keep(self, uses: Iterable[Use]) -> None:
        line, column = self.getpos()
        self.uses += [replace(use, line=line, column=column + 1) for use in uses]


def _find_element_uses(tag: str, attributes: dict[str, str]) -> Iterator[Use]:
    yield Use(_name_feature(tag, attributes), f"l'élément <{tag}>", tag)
    if tag == "img":
        yield from find_image_uses(attributes.get("src", ""))
    if tag in {"a", "area"} and "href" in attributes:
        yield from _find_link_uses(attributes["href"])


def _find_attribute_uses(pairs: Iterable[tuple[str, str]]) -> Iterator[Use]:
    for name, value in pairs:
        if name == "style":
            yield from find_style_uses(value)
            continue
        yield Use(_ATTRIBUTES.get(name, f"html-attribute-{name}"), f"l'attribut « {name} »", value)
        if name == "background":
            yield from find_image_uses(value)
        elif name == "srcset":
            for choice in value.split(","):
                yield from find_image_uses(choice.split()[0] if choice.split() else "")


def _name_feature(tag: str, attributes: dict[str, str]) -> str:
    if tag in {"input", "button"}:
        return f"html-{tag}-{attributes.get('type', {'input': 'text'}.get(tag, 'submit')).lower()}"
    if tag == "meta" and attributes.get("name", "").endswith(("color-scheme", "color-schemes")):
        return "html-meta-color-scheme"
    feature = _TOGETHER.get(tag, f"html-{tag}")
    return f"html-element-{tag}" if feature in _ATTRIBUTES.values() else feature


def _find_link_uses(address: str) -> Iterator[Use]:
    """Yield the feature that a link uses; web addresses and placeholders use none."""
    scheme = address.strip().lower().partition(":")[0]
    if address.startswith(("{", "[")):  # a placeholder, replaced when the mail is sent
        return
    if address.startswith("#"):
        yield Use("html-anchor-links", "les liens vers un endroit du courriel (« #… »)", address)
    elif scheme in {"mailto", "tel"}:
        yield Use(f"html-{scheme}-links", f"les liens « {scheme}: »", address)
    elif scheme not in {"http", "https"}:
        yield Use("html-link-other", f"l'adresse de lien « {address} »", address)
