"""What lies beside the page of a territory: its real records as data, and its feed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from maille.formats.feeds import Feed
from maille.kinds.catalyser import Catalyser
from maille.site.model import Site
from maille.views.records.export_rows import make_rows
from maille.views.territory.files import make_territory_feed, name_territory_feed, plan_exports
from maille.views.territory.happenings import find_happenings
from maille.views.territory.presences import require_territory
from tests.french import make_record, make_site
from tests.reading import read_geojson, read_rows
from tests.small_site import link_site, write_small_site

RECORDS = make_site(make_record("aydat", "Aydat", "63"), make_record("sans-point", department="63"))


def exports(site: Site, *slugs: str) -> dict[str, tuple[str, bytes]]:
    """Return the address and the bytes of each file, by format."""
    entries = tuple(one for one in site.list_entries(Catalyser) if one.slug in slugs)
    found = plan_exports(make_rows(site), require_territory(site, "63"), entries)
    return {form: (plan.address, plan.make()) for form, plan in found}


def test_records_are_exported_in_three_formats_beside_the_page(tmp_path: Path) -> None:
    found = exports(RECORDS, "aydat", "sans-point")
    base = "/territoires/63-puy-de-dome/catalyseurs"
    assert {form: address for form, (address, _) in found.items()} == {
        "CSV": f"{base}.csv",
        "JSON": f"{base}.json",
        "GeoJSON": f"{base}.geojson",
    }
    for form, (_, data) in found.items():
        (tmp_path / form).write_bytes(data)
    named = ["aydat", "sans-point"]
    assert [one["identifiant"] for one in read_rows(tmp_path / "CSV")] == named
    told = json.loads(found["JSON"][1])["catalyseurs"]
    assert [one["identifiant"] for one in told] == named
    assert [one["id"] for one in read_geojson(tmp_path / "GeoJSON")] == ["aydat"]


def test_nothing_is_drawn_where_no_point_is_known() -> None:
    assert [*exports(RECORDS, "sans-point")] == ["CSV", "JSON"]
    assert exports(RECORDS) == {}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A small site whose project and event stand in Côte-d'Or, as a record does.

    One article names the project, another the record, a third nothing of the place.
    """
    root = write_small_site(tmp_path_factory.mktemp("flux") / "site", templates=False)
    for path in ("content/projets/essai.md", "content/evenements/rencontre.md"):
        text = (root / path).read_text("utf-8")
        (root / path).write_text(text.replace("sources:", 'departement: "21"\nsources:'), "utf-8")
    news = (root / "content/actualites/nouvelle.md").read_text("utf-8")
    for slug, key in (("sur-la-fiche", "catalyseurs: [premier]\n"), ("ailleurs", "")):
        text = news.replace("projets: [essai]\n", key).replace("Nouvelle d'essai", slug)
        (root / f"content/actualites/{slug}.md").write_text(text, "utf-8")
    return link_site(root)


def followed(site: Site, code: str) -> Feed | None:
    records = [one for one in site.list_entries(Catalyser) if site.place(one).department == code]
    here = find_happenings(site).get(code, ())
    return make_territory_feed(site, require_territory(site, code), records, here)


def test_the_feed_tells_what_happens_there_and_what_names_who_is_there(site: Site) -> None:
    feed = followed(site, "21")
    assert feed
    assert (feed.page, feed.title) == (
        "/territoires/21-cote-d-or/",
        name_territory_feed(require_territory(site, "21")),
    )
    assert {item.title for item in feed.items} == {
        "Projet d'essai : mai 2024",
        "Nouvelle d'essai",
        "Rencontre d'essai",
        "sur-la-fiche",
    }


def test_there_is_no_feed_where_there_is_nothing_to_follow(site: Site) -> None:
    assert followed(site, "974") is None  # a record alone is no news
    assert followed(site, "63") is None
