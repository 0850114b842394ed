"""What a visit weighs, compressed as hosts do (gzip; fonts and pictures are compressed already)."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Browser, Response

KB = 1000
COMPRESSED = ("font/", "image/png", "image/jpeg", "image/webp")


def weights(browser: Browser, site_url: str, *addresses: str) -> list[int]:
    """Return what each page asks for that the ones before it did not, in bytes."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    answers: dict[str, Response] = {}

    def keep(response: Response) -> None:
        answers.setdefault(response.url, response)

    page.on("response", keep)
    found: list[int] = []
    known: set[str] = set()
    for address in addresses:
        page.goto(site_url + address, wait_until="networkidle")
        found.append(sum(weight(answers[url]) for url in answers if url not in known))
        known |= set(answers)
    context.close()
    return found


def weight(response: Response) -> int:
    kind = response.headers.get("content-type", "")
    body = response.body()
    return len(body) if kind.startswith(COMPRESSED) else len(gzip.compress(body, 9, mtime=0))


def test_first_visit_and_the_pages_after(browser: Browser, site_url: str) -> None:
    first, *following = weights(
        browser, site_url, "/", "/catalyseurs/cocolavande/", "/lettres/2024-05/", "/projets/"
    )
    print(f"\nfirst visit {first} bytes, then {following}")
    assert first <= 90 * KB
    assert max(following) <= 25 * KB


@pytest.mark.parametrize(("address", "limit"), [("/catalyseurs/", 60), ("/carte/", 147)])
def test_the_heavier_pages(browser: Browser, site_url: str, address: str, limit: int) -> None:
    _, more = weights(browser, site_url, "/le-reseau/", address)
    print(f"\n{address} {more} bytes more")
    assert more <= limit * KB
