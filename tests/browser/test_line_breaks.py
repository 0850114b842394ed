"""No line of a phone begins with a sign that belongs to the line before."""

from __future__ import annotations

from playwright.sync_api import Page

WIDTHS = (320, 360, 390)
# Each sign, and each number before its month, whose neighbour is on another line, with its words.
FIND_PARTED = """() => {
    const found = [];
    const range = document.createRange();
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    const findTop = (node, at) => {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return [...range.getClientRects()].pop()?.top;
    };
    const signs = new RegExp(
        "(?<=\\\\S\\\\s?)[;:?!»·×%€]|"
        + "(?<=(«|n°)\\\\s?)[^\\\\s«]|"
        + "(?<=\\\\d )(janv|févr|mars|avr|mai|jui|sept|oct)",
        "g",
    );
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!node.parentElement.checkVisibility()) continue;
        for (const { index } of node.textContent.matchAll(signs)) {
            let before = index - 1;
            while (/\\s/.test(node.textContent[before])) before -= 1;
            if (findTop(node, index) > findTop(node, before) + 6)
                found.push(node.textContent.slice(Math.max(0, index - 20), index + 10));
        }
    }
    return found;
}"""


def test_a_sign_is_never_parted_from_its_word(page: Page, site_url: str) -> None:
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    parted = {}
    for address in (
        "/",
        "/agenda/",
        "/actualites/",
        "/catalyseurs/cocolavande/",
        "/lettres/",
        "/lettres/2024-05/",
        "/projets/",
        "/territoires/63-puy-de-dome/",
        "/webinaires/",
    ):
        page.goto(site_url + address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if found := page.evaluate(FIND_PARTED):
                parted[address, width] = found
    assert parted == {}
