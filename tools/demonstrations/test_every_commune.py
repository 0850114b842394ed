"""Every commune of France is answered by somebody who is near, or by where to go on.

The answers are those of the modules that the page of the directory uses, with its data.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from maille.pipeline import load_gazetteer
from tests.browser.chromium import executable
from tests.browser.serving import serving

# For the communes of a département: how near their answers are, what is wrong with them.
ANSWERS = """async (code) => {
  const { src } = document.querySelector('script[src$="/directory.js"]');
  const load = (name) => import(src.replace('directory', name));
  const [{ openCommunes }, { openData }, search, groups, view, parts] = await Promise.all(
    ['communes', 'directory-data', 'directory-search', 'result-groups', 'view', 'record-parts']
      .map(load));
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
        opened = browser.new_page()
        opened.goto(f"{url}/catalyseurs/")
        yield opened
        browser.close()


def test_each_commune_has_somebody_near_or_where_to_go_on(page: Page) -> None:
    known = load_gazetteer()
    told: dict[str, Any] = {code: page.evaluate(ANSWERS, code) for code in known.departments}
    near, nobody = (sum(one[key] for one in told.values()) for key in ("near", "nobody"))
    print(f"\n{near} communes with somebody near, {nobody} without, of {len(known.communes)}")
    assert near + nobody == len(known.communes)
    assert [code for one in told.values() for code in one["wrong"]] == []
