"""Adapt the HTML of a body to where it is shown: a page of the site, or a mail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from markupsafe import Markup

from maille.text.html_addresses import rewrite_addresses
from maille.text.typography import typeset_html
from maille.text.urls import make_absolute

# The maximum width in pixels of an image in a mail: 600, less the margins (courriel.html).
MAIL_COLUMN = 560
# Widths in pixels: the column of a mail on a phone that is 360 wide; then, in a table of data, a
# character (at 14 px) and the margins of a cell (courriel.html).
PHONE_COLUMN, CELL_CHARACTER, CELL_MARGINS = 320, 9, 14
_TABLE = re.compile(r"<table.*?</table>", re.DOTALL)


def add_base_path(address: str, base: str) -> str:
    """Return an address of the site with the base path, or any other address unchanged."""
    return base + address[1:] if address.startswith("/") else address


def format_for_page(html: str, base: str) -> Markup:
    """Return the HTML of a body, with French typography and the base path in its addresses.

    A table too wide for a phone is put in a box that scrolls, by keyboard too.
    """
    linked = rewrite_addresses(html, lambda address: add_base_path(address, base))
    linked = _TABLE.sub(_box_if_wide, linked)
    return Markup(typeset_html(linked))  # noqa: S704 - made by our converter, which lets no tag pass


def list_headings(html: str) -> list[tuple[str, Markup]]:
    """Return the `id` and the text of each `<h2>` with an `id`, for a table of contents.

    `html` is a part of a page as its template wrote it. The text keeps its entities, not its tags.
    """
    found = re.findall(r'<h2\b[^>]*\bid="([^"]+)"[^>]*>(.*?)</h2>', html, flags=re.DOTALL)
    return [(anchor, Markup(re.sub(r"<[^>]+>", "", text).strip())) for anchor, text in found]  # noqa: S704 - escaped by the template


def format_for_mail(html: str, published_at: str) -> Markup:
    """Return the HTML of a body for a mail: French typography, absolute URLs, no `<picture>`.

    Heading cells get the attribute `scope="col"`.
    """
    html = re.sub(r"<picture>.*?(<img [^>]*>)</picture>", r"\1", html, flags=re.DOTALL)
    html = re.sub(r"<[^>]+ [^>]+>", lambda tag: _format_tag(tag[0]), html)
    html = rewrite_addresses(
        html,
        lambda address: make_absolute(address, published_at) if address[:1] == "/" else address,
    )
    # Outlook takes the layout of tables from attributes, not from CSS.
    html = html.replace("<table>", '<table width="100%" border="0" cellpadding="6">')
    html = re.sub(r"<th\b[^>]*", _format_heading_cell, html)
    # A block of code that does not wrap would widen the mail.
    html = re.sub(r"<pre><code>(.*?)</code></pre>", _format_code, html, flags=re.DOTALL)
    return Markup(typeset_html(html))  # noqa: S704 - made by our converter, which lets no tag pass


def _format_tag(tag: str) -> str:
    """Return a tag for a mail: `align` rather than a class, no lazy loading, images that fit."""
    tag = re.sub(r' class="aligne-(\w+)"', r' align="\1"', tag)
    tag = re.sub(r' (?:loading|decoding|class)="[^"]*"', "", tag)
    return re.sub(r' width="(\d+)" height="\d+"', _limit_width, tag)


def stack_wide_tables(html: str) -> Markup:
    """Return the HTML of `format_for_mail`, where tables too wide for a phone become paragraphs.

    Each row becomes a paragraph, with the title of the column before each value; empty cells are
    left out. A table with nothing but a row of titles becomes a paragraph of these titles.
    """
    return Markup(_TABLE.sub(_stack_if_wide, html))  # noqa: S704 - our own HTML


def _box_if_wide(table: re.Match[str]) -> str:
    if not _is_wide(_list_rows(table[0])):
        return table[0]
    return f'<div class="box" role="group" aria-label="Tableau" tabindex="0">{table[0]}</div>'


def _list_rows(table: str) -> list[list[str]]:
    return [
        [cell.strip() for cell in re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    ]


def _is_wide(rows: list[list[str]]) -> bool:
    """Return whether the longest words of the columns do not fit side by side on a phone."""
    widths = [max(map(_measure_longest_word, column)) for column in zip(*rows, strict=True)]
    return sum(widths) * CELL_CHARACTER + len(widths) * CELL_MARGINS > PHONE_COLUMN


def _stack_if_wide(table: re.Match[str]) -> str:
    rows = _list_rows(table[0])
    if not _is_wide(rows):
        return table[0]
    titles, *others = rows
    if not any(map(any, others)):
        return f"<p>{'<br>'.join(filter(None, titles))}</p>"
    lines = ([*_label_values(titles, row)] for row in others)
    return "\n".join(f"<p>{'<br>'.join(row)}</p>" for row in lines if row)


def _label_values(titles: Iterable[str], row: Iterable[str]) -> Iterator[str]:
    """Yield « title : value » for each value that is not empty, or the value if it has no title."""
    for title, value in zip(titles, row, strict=True):
        if value:
            yield f"<strong>{title}</strong>\N{NBSP}: {value}" if title else value


def _measure_longest_word(cell: str) -> int:
    """Return the number of characters of the longest word of a cell.

    « 12 000 € » is one word, since its spaces are non-breaking.
    """
    text = unescape(re.sub(r"<[^>]*>", "", cell.replace("<br>", " ")))
    return max(map(len, re.split(r"[ \n]", text)))


def _format_heading_cell(tag: re.Match[str]) -> str:
    """Return the start of a heading cell for a mail, with its scope, aligned left by default."""
    side = "" if " align=" in tag[0] else ' align="left"'
    return f'{tag[0]} scope="col"{side}'


def _limit_width(size: re.Match[str]) -> str:
    """Return the attributes that limit the width of an image in a mail: `width` is for Outlook."""
    width = min(int(size[1]), MAIL_COLUMN)
    return f' width="{width}" style="width:100%;max-width:{width}px;height:auto"'


def _format_code(found: re.Match[str]) -> str:
    """Return a block of code for a mail: it keeps its lines and indents, and may wrap."""
    lines = (
        re.sub("^ +", lambda blanks: "\xa0" * len(blanks[0]), line)
        for line in found[1].rstrip().split("\n")
    )
    return f"<p><code>{'<br>'.join(lines)}</code></p>"
