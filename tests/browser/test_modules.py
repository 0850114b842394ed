"""Joined scripts (publish/modules.py) in a real browser."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, Route

from tests.publish.test_modules import FILES, join


def test_a_module_that_several_files_need_runs_once(fresh_page: Page) -> None:
    published = join(FILES)

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix("http://exemple.example/")
        kind = "text/javascript" if path else "text/html"
        route.fulfill(body=published.get(path, "<!DOCTYPE html><title>Vide</title>"),
                      content_type=kind)  # fmt: skip

    fresh_page.route("http://exemple.example/**", answer)
    fresh_page.goto("http://exemple.example/")
    found: Any = fresh_page.evaluate(
        """async () => {
          const { show } = await import("/js/first.js");
          await import("/js/second.js");
          return [globalThis.second, ...(await show()), ...(await show())];
        }"""
    )
    assert found == [1, "shared", 2, "<5>", 1, "shared", 4, "<7>", 1]
