"""What happens where: by the place of each entry, and by the territories that it names."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from maille.kinds.projet import Projet
from maille.site.model import Site
from maille.text.dates import PartialDate
from maille.views.territory.happenings import (
    Happenings,
    find_happenings,
    find_last_news,
    plan,
)
from maille.views.territory.presences import list_pages
from tests.small_site import link_site, write_small_site

PEMB = "200057941"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A small site with a project in Vincennes, an event of an EPT, news of two départements."""
    root = write_small_site(tmp_path_factory.mktemp("ici") / "site", templates=False)
    for path, keys in (
        ("projets/essai.md", 'commune: Vincennes\ndepartement: "94"'),
        ("evenements/rencontre.md", f'territoires: ["{PEMB}"]'),
        ("actualites/nouvelle.md", 'territoires: ["21", bretagne]'),
    ):
        file = root / "content" / path
        file.write_text(file.read_text("utf-8").replace("sources:", f"{keys}\nsources:"), "utf-8")
    return link_site(root)


def slugs(site: Site, code: str) -> list[str]:
    return [one.slug for one in find_happenings(site).get(code, Happenings())]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("94080", ["essai"]),
        (PEMB, ["rencontre", "essai"]),
        ("94", ["rencontre", "essai"]),
        ("ile-de-france", ["rencontre", "essai"]),
        ("21", ["nouvelle"]),
        ("bourgogne-franche-comte", ["nouvelle"]),
        ("bretagne", ["nouvelle"]),
        ("35", []),
        ("93", []),
    ],
)
def test_an_entry_counts_in_its_place_and_in_what_it_names(
    site: Site, code: str, found: list[str]
) -> None:
    assert slugs(site, code) == found


def test_scripts_read_what_where_and_whose(site: Site) -> None:
    rows: list[Any] = json.loads(plan(site).data)["lignes"]
    assert plan(site).address == "/territoires/ici.json"
    event, project, news = rows
    assert project[:4] == [
        "Projet, dernière nouvelle\u00a0: mai 2024",
        "Projet d’essai",
        "../projets/essai/",
        "Vincennes, Val-de-Marne",
    ]
    assert project[4][0] == "94080"
    assert project[4][-2:] == ["94", "ile-de-france"]
    assert news[0] == "Actualité, 2\u00a0mai 2024"
    assert event[4] == [PEMB, "94", "ile-de-france"]


def test_projects_come_with_the_latest_news_first_and_those_without_a_date_last(site: Site) -> None:
    (known,) = site.list_real(Projet)
    (source,) = known.sources
    site = dataclasses.replace(site, threads={})
    made = [
        known.model_copy(update={"path": f"{name}.md", "sources": sources})
        for name, sources in (
            ("sans", (source.model_copy(update={"date": None}),)),
            ("vieux", (source.model_copy(update={"date": PartialDate(2020)}),)),
            (
                "neuf",
                tuple(
                    source.model_copy(update={"date": date})
                    for date in (PartialDate(2023, 4, 13), None, PartialDate(2025, 7))
                ),
            ),
        )
    ]
    entries = {**site.entries, "projet": tuple(made)}
    found = find_happenings(dataclasses.replace(site, entries=entries))
    dates = [find_last_news(site, one) for one in found["94"].projects]
    assert dates == [PartialDate(2025, 7), PartialDate(2020), None]
    site = dataclasses.replace(site, entries=entries)
    kinds = [line[0] for line in json.loads(plan(site).data)["lignes"]]
    assert "Projet, dernière source\u00a0: juillet 2025" in kinds


def test_an_intercommunalite_that_only_an_event_names_has_its_page(site: Site) -> None:
    assert PEMB in list_pages(site)


def test_what_names_no_place_is_nowhere(tmp_path: Path) -> None:
    site = link_site(write_small_site(tmp_path / "site", templates=False))
    assert find_happenings(site) == {}
    assert json.loads(plan(site).data)["lignes"] == []
