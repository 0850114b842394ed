"""Addresses in the HTML of a body."""

from __future__ import annotations

from maille.content.markdown import Converter
from maille.text.html_addresses import rewrite_addresses


def mark(address: str) -> str:
    return f"[{address}]"


def test_each_address_is_rewritten_and_nothing_else() -> None:
    html = (
        '<p id="a"><a href="/x/" title="href=/y/">href="/z/"</a>'
        '<picture><source srcset="/a.webp 600w, /b.webp 1200w" sizes="100vw">'
        '<img src="/c.jpg" alt="src"></picture></p>'
    )
    assert rewrite_addresses(html, mark) == (
        '<p id="a"><a href="[/x/]" title="href=/y/">href="/z/"</a>'
        '<picture><source srcset="[/a.webp] 600w, [/b.webp] 1200w" sizes="100vw">'
        '<img src="[/c.jpg]" alt="src"></picture></p>'
    )


def test_every_sort_of_address_is_given_as_it_stands() -> None:
    body = "[a](/p/) [b](#c) [d](https://e.example/?f=1&g=2) <mailto:h@i.example>"
    seen: list[str] = []

    def collect(address: str) -> str:
        seen.append(address)
        return address

    html = Converter().convert(body).html
    assert rewrite_addresses(html, collect) == html
    assert seen[:3] == ["/p/", "#c", "https://e.example/?f=1&amp;g=2"]


def test_what_looks_like_an_attribute_in_a_text_stays() -> None:
    html = Converter().convert('`href="/x/"` et [un lien](/y/ "un src=\'/z/\'")').html
    assert rewrite_addresses(html, mark).count("[/") == 1
