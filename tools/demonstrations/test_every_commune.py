"""For every commune of France, the directory shows somebody near, or where to search next.

The answers are those of the modules that the page of the directory uses, with its data.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from maille.pipeline import load_gazetteer
from tests.browser.chromium import executable
from tests.browser.serving import serving

ADDRESS = "/catalyseurs/"
# For a département: how many communes have a near answer, how many have none, which are wrong.
ANSWERS = """async (code) => {
  const { src } = document.querySelector('script[src$="/list.js"]');
  await import(src.replace('list.js', 'record-list.js'));
  const take = (name) => mailleModules[`${name}.js`];
  const [{ openCommunes }, { openData }, search, groups, view, parts] =
    ['communes', 'directory-data', 'directory-search', 'result-groups', 'view', 'record-parts']
      .map(take);
  const communes = openCommunes('/lieux/');
  const all = await openData('/catalyseurs/').fetchIndex();
  const { codes } = await (await fetch(`/lieux/${code.toLowerCase()}.json`)).json();
  const near = ['chez-vous', 'departement', 'proche'];
  const told = { near: 0, nobody: 0, wrong: [] };
  for (const one of codes) {
    const place = await communes.findByCode(one);
    const asked = { ...view.makeEmptyView(), pres: one, exemples: false };
    const answer = search.select(all, asked, place);
    const number = groups.countNear(answer);
    told[number ? 'near' : 'nobody'] += 1;
    const pages = search.listPages({ all, place, view: asked }).map(({ page }) => page);
    const national = answer.groups.find(({ key }) => key === 'partout')?.records.length ?? 0;
    const isDoor = number || (pages.some((page) => page.startsWith(`${code.toLowerCase()}-`))
      && national);
    const far = answer.found.some((record) => {
      const said = parts.describeDistance(answer.near.get(record.number));
      return Number(/\\d+(?=.km)/.exec(said.replace(/\\s/g, ''))?.[0] ?? 0) > all.proche;
    });
    const misplaced = answer.groups.some(({ key, records }) => near.includes(key) &&
      records.some((record) => {
        const { acts, close } = answer.near.get(record.number);
        return !acts && !close && record.code !== place.departement;
      }));
    if (!isDoor || far || misplaced) told.wrong.push(one);
  }
  return told;
}"""


@pytest.fixture(scope="module")
def page(output: Path) -> Iterator[Page]:
    """Open the page of the directory."""
    with serving(output) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(), args=["--no-sandbox", "--disable-gpu"]
        )
        opened = browser.new_context(base_url=url, reduced_motion="reduce").new_page()
        opened.goto(ADDRESS)
        yield opened
        browser.close()


def test_each_commune_has_somebody_near_or_where_to_go_on(page: Page) -> None:
    known = load_gazetteer()
    told: dict[str, Any] = {code: page.evaluate(ANSWERS, code) for code in known.departments}
    near, nobody = (sum(one[key] for one in told.values()) for key in ("near", "nobody"))
    print(f"\n{near} communes with somebody near, {nobody} without, of {len(known.communes)}")
    assert near + nobody == len(known.communes)
    assert [code for one in told.values() for code in one["wrong"]] == []


# Drawn with this seed, typed in the field of a phone, sent with the button.
SEED, DRAWN = 15, 200
WIDTH, HEIGHT = 360, 740
# What the first screen must show: a record that can be opened, or a page beside « Personne ». A
# link within the page does not count, nor a message to nobody; a page of this site must exist.
DOORS = """async () => {
  const links = [...document.querySelectorAll(
    '#_resultats :is(h3, .reach, .way-on, .happenings) a, #_resultats a.happenings, #_vide a')];
  const isDoor = ({ href, protocol, pathname }) => href && (protocol === 'mailto:'
    ? pathname.includes('@') : protocol === 'tel:' || pathname !== location.pathname);
  const inSight = links.filter((one) => {
    const { top, bottom, height } = one.getBoundingClientRect();
    return one.checkVisibility() && height && top >= 0 && bottom <= innerHeight && isDoor(one);
  });
  const own = inSight.filter(({ origin }) => origin === location.origin);
  const found = await Promise.all(own.map(async ({ href }) => (await fetch(href)).ok));
  return { doors: inSight.map(({ href }) => href), lost: found.filter((ok) => !ok).length,
    named: inSight.some((one) => one.closest('h3')) };
}"""


def test_the_first_screen_of_a_phone_holds_a_door(page: Page) -> None:
    known = load_gazetteer()
    drawn = random.Random(SEED).sample(sorted(known.communes), DRAWN)
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    named, without = 0, []
    for code in drawn:
        commune = known.communes[code]
        page.goto("about:blank")
        page.goto(ADDRESS)
        page.fill("#_q", f"{commune.name} ({commune.department})")
        page.click("#_filtres .search button")
        expect(page).to_have_url(re.compile(rf"[?&]pres={code}\b"))
        expect(page.locator("#_reponse")).to_be_focused()
        # The module that draws the rows may come late.
        expect(page.locator("#_resultats :is(ol, ul)").first).to_be_visible()
        # Rows are drawn again once their summaries have come.
        page.wait_for_load_state("networkidle")
        found = page.evaluate(DOORS)
        assert found["lost"] == 0, (code, found)
        named += found["named"]
        if not found["doors"]:
            without.append((code, commune.name))
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH
    print(f"\n{DRAWN - len(without)} of {DRAWN} communes have a door in the first screen,")
    print(f"{named} of them the name of somebody")
    assert without == []
