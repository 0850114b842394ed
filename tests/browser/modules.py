"""The functions of the scripts, asked in a page of the site that has no script of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

# The script of the home page has most modules; without the form of that page it fails at its end,
# when they have run. Pages keep what modules export in `mailleModules` (publish/modules.py).
LOAD_KEPT = """async (folder) => {
  await import(`${folder}/home.js`).catch(() => null);
  await import(`${folder}/interpret.js`);
  window.take = (name) => mailleModules[`${name}.js`];
}"""
LOAD = """(base) => {
  const [communes, interpret, geometry, page, text] =
    ["communes", "interpret", "geometry", "page", "text"].map(take);
  const places = communes.openCommunes(`${base}lieux/`);
  const fetchIndex = page.memoize(() => page.fetchJson(`${base}catalyseurs/index.json`));
  const names = take("place-names").openPlaceNames(places.read);
  const { partText: parted } = take("what-and-where");
  Object.assign(window, geometry, text, { places: { ...places, ...names }, names, parted },
    interpret.openInterpreter(places.read, fetchIndex), { readPostcode: interpret.readPostcode });
}"""


def open_modules(page: Page, url: str, output: Path, facets: str = "") -> Page:
    """Open a page in which `take` gives the exports of a module: `take("view").readView`.

    `facets` are those that the page names, as the page of the directory does.
    """
    (folder,) = output.glob("assets/js-*")
    page.goto(f"{url}/404.html")
    page.evaluate("(facets) => { document.body.dataset.facettes = facets; }", facets)
    page.evaluate(LOAD_KEPT, f"{url}/assets/{folder.name}")
    return page


def load_modules(page: Page, url: str, output: Path) -> Page:
    """Open a page in which `places` (communes.js, place-names.js) and interpret.js are global."""
    open_modules(page, url, output)
    page.evaluate(LOAD, "/")
    return page


def ask_each(page: Page, function: str, given: list[Any]) -> list[Any]:
    """Ask a function of the page for each, one after the other, in one trip."""
    each = f"for (const one of all) found.push(await ({function})(one));"
    found: list[Any] = page.evaluate(
        f"async (all) => {{ const found = []; {each} return found; }}", given
    )
    return found
