"""Adapt the HTML of a body to where it is shown: a page of the site, or a mail."""

from __future__ import annotations

import re

from markupsafe import Markup

from maille.text.html_addresses import rewrite_addresses
from maille.text.typography import typeset_html
from maille.text.urls import make_absolute

# The maximum width in pixels of an image in a mail: 600, less the margins (courriel.html).
MAIL_COLUMN = 560


def add_base_path(address: str, base: str) -> str:
    """Return an address of the site with the base path, or any other address unchanged."""
    return base + address[1:] if address.startswith("/") else address


def format_for_page(html: str, base: str) -> Markup:
    """Return the HTML of a body, with French typography and the base path in its addresses."""
    linked = rewrite_addresses(html, lambda address: add_base_path(address, base))
    return Markup(typeset_html(linked))  # noqa: S704 - made by our converter, which lets no tag pass


def format_for_mail(html: str, published_at: str) -> Markup:
    """Return the HTML of a body for a mail: French typography, absolute URLs, no `<picture>`."""
    html = re.sub(r"<picture>.*?(<img [^>]*>)</picture>", r"\1", html, flags=re.DOTALL)
    html = re.sub(r"<[^>]+ [^>]+>", lambda tag: _format_tag(tag[0]), html)
    html = rewrite_addresses(
        html,
        lambda address: make_absolute(address, published_at) if address[:1] == "/" else address,
    )
    # Outlook takes the layout of tables from attributes, not from CSS.
    html = html.replace("<table>", '<table width="100%" border="0" cellpadding="6">')
    # A block of code that does not wrap would widen the mail.
    html = re.sub(r"<pre><code>(.*?)</code></pre>", _format_code, html, flags=re.DOTALL)
    return Markup(typeset_html(html))  # noqa: S704 - made by our converter, which lets no tag pass


def _format_tag(tag: str) -> str:
    """Return a tag for a mail: alignment as an attribute, no class, and images that fit."""
    tag = re.sub(r' class="aligne-(\w+)"', r' align="\1"', tag)
    tag = re.sub(r' (?:loading|decoding|class)="[^"]*"', "", tag)
    return re.sub(r' width="(\d+)" height="\d+"', _limit_width, tag)


def _limit_width(size: re.Match[str]) -> str:
    """Return the size attributes of an image of a mail: `width` is for Outlook."""
    width = min(int(size[1]), MAIL_COLUMN)
    return f' width="{width}" style="width:100%;max-width:{width}px;height:auto"'


def _format_code(found: re.Match[str]) -> str:
    """Return a block of code for a mail: it keeps its lines and indents, and may wrap."""
    lines = (
        re.sub("^ +", lambda blanks: "\xa0" * len(blanks[0]), line)
        for line in found[1].rstrip().split("\n")
    )
    return f"<p><code>{'<br>'.join(lines)}</code></p>"
