"""Resources that say the same of one territory each are one series."""

from __future__ import annotations

import pytest

from maille.kinds.ressource import Ressource
from maille.site.model import Site
from maille.views.series import find_series
from tests.small_site import link_site, write_small_site

KIT = """\
---
titre: "{title}"
resume: {summary}
type: kit
territoires: [{area}]
sources: [{{titre: Un document d'essai}}]
---
"""
KITS = {
    "un": ("Kit : Bretagne", "Un kit.", "bretagne"),
    "deux": ("Kit : Corse", "Un kit.", "corse"),
    "trois": ("Kit : Occitanie", "Un kit.", "occitanie"),
    "autre": ("Kit : Normandie", "Un autre kit.", "normandie"),
    "large": ("Kit : ailleurs", "Un kit.", "normandie, grand-est"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = write_small_site(tmp_path_factory.mktemp("kits") / "site")
    folder = root / "content/ressources"
    folder.mkdir(exist_ok=True)
    for slug, (title, summary, area) in KITS.items():
        text = KIT.format(title=title, summary=summary, area=area)
        (folder / f"{slug}.md").write_text(text, encoding="utf-8")
    return link_site(root)


def test_a_series_has_what_differs_by_the_territory_alone(site: Site) -> None:
    found = find_series(site, site.list_entries(Ressource))
    assert found.keys() == {"un", "deux", "trois"}
    series = found["un"]
    assert series is found["deux"] is found["trois"]
    assert series.title == "Kit"
    rows = {(area.name, one.slug) for area, one in series.rows}
    assert rows == {("Bretagne", "un"), ("Corse", "deux"), ("Occitanie", "trois")}


def test_two_resources_or_titles_without_the_territory_are_no_series(site: Site) -> None:
    every = {one.slug: one for one in site.list_entries(Ressource)}
    assert find_series(site, (every["un"], every["deux"])) == {}
    odd = every["deux"].model_copy(update={"title": "Kit : la Corse"})
    odd._document = every["deux"].document
    assert find_series(site, (every["un"], odd, every["trois"])) == {}
