"""The functions of the scripts, asked in a page of the site that has no script of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

LOAD = """async (folder) => {
  const load = (name) => import(`${folder}/${name}.js`);
  const [communes, interpret, geometry, page, text] = await Promise.all(
    ["communes", "interpret", "geometry", "page", "text"].map(load));
  const base = new URL("../..", folder + "/").pathname;
  const places = communes.openCommunes(`${base}lieux/`);
  const fetchIndex = page.memoize(() => page.fetchJson(`${base}catalyseurs/index.json`));
  const { openPlaceNames } = await load("place-names");
  const names = openPlaceNames(places.read);
  const { partText: parted } = await load("what-and-where");
  Object.assign(window, geometry, text, { places: { ...places, ...names }, names, parted },
    interpret.openInterpreter(places.read, fetchIndex), { readPostcode: interpret.readPostcode });
}"""


def load_modules(page: Page, url: str, output: Path) -> Page:
    """Open a page in which `places` (communes.js, place-names.js) and interpret.js are global."""
    (folder,) = output.glob("assets/js-*")
    page.goto(f"{url}/404.html")
    page.evaluate(LOAD, f"{url}/assets/{folder.name}")
    return page


def ask_each(page: Page, function: str, given: list[Any]) -> list[Any]:
    """Ask a function of the page for each, one after the other, in one trip."""
    each = f"for (const one of all) found.push(await ({function})(one));"
    found: list[Any] = page.evaluate(
        f"async (all) => {{ const found = []; {each} return found; }}", given
    )
    return found
