"""The whole of this repository's site, read back by machines; then moved, and read back again."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from tests import reading
from tests.building import TODAY, WITHOUT_COMMUNES, build, copy_site

LATER = TODAY + datetime.timedelta(days=500)
MOVED = "https://ailleurs.example/reseau/"


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site on another day, with another address, and under a path of its own."""
    site = copy_site(tmp_path_factory.mktemp("ailleurs") / "site")
    config = (site / "site.toml").read_text(encoding="utf-8")
    address = 'adresse = "https://catalyseurs.example/"'
    assert address in config
    elsewhere = config.replace(address, 'adresse = "https://ailleurs.example/"')
    (site / "site.toml").write_text(elsewhere, encoding="utf-8")
    report = build(site, site / "output", views=WITHOUT_COMMUNES, base_url="/reseau/", today=LATER)
    assert not report.failed, report.problems
    return site / "output"


def test_every_feed_is_read_without_a_mend(output: Path) -> None:
    feeds = reading.find_files(output, "flux.xml")
    assert {path.replace(".xml", ".json") for path in feeds} == {
        *reading.find_files(output, "flux.json")
    }
    for path in feeds.values():
        one, other = reading.read_atom(path), reading.read_json_feed(path.with_suffix(".json"))
        dated = [e for e in other["items"] if {"date_published", "date_modified"} & set(e)]
        assert [entry.id for entry in one.entries] == [entry["id"] for entry in dated]
    assert reading.read_atom(feeds["flux.xml"]).entries


def test_every_calendar_is_read(output: Path) -> None:
    calendars = reading.find_files(output, "*.ics")
    every = {str(event["UID"]) for event in reading.read_events(calendars.pop("agenda.ics"))}
    alone = [
        str(event["UID"]) for path in calendars.values() for event in reading.read_events(path)
    ]
    assert sorted(alone) == sorted(every)


def test_the_three_exports_hold_the_same_records(output: Path) -> None:
    rows = reading.read_rows(output / "donnees/catalyseurs.csv")
    records = json.loads((output / "donnees/catalyseurs.json").read_bytes())["catalyseurs"]
    points = reading.read_geojson(output / "donnees/catalyseurs.geojson")
    ids = [row["identifiant"] for row in rows]
    assert ids == [record["identifiant"] for record in records]
    placed = [row for row in rows if row["latitude"]]
    assert [point["id"] for point in points] == [row["identifiant"] for row in placed]
    for point, row in zip(points, placed, strict=True):
        place = [float(row["longitude"]), float(row["latitude"])]
        assert point["geometry"] == {"type": "Point", "coordinates": place}
    assert all((output / "catalyseurs" / slug / "index.html").is_file() for slug in ids)


def test_every_geojson_keeps_to_the_standard(output: Path) -> None:
    for path in reading.find_files(output, "*.geojson").values():
        assert reading.read_geojson(path)


def test_every_page_says_well_formed_things_to_machines(output: Path) -> None:
    said = [
        thing
        for path in reading.find_files(output, "*.html").values()
        for thing in reading.read_json_ld(reading.parse_page(path))
    ]
    assert {thing["@type"] for thing in said} >= {"WebSite", "Organization", "Event", "NewsArticle"}
    assert all(thing["@context"] == "https://schema.org" for thing in said)
    ids = [thing["@id"] for thing in said if "@id" in thing]
    assert len(set(ids)) == len(ids)


def test_the_sitemap_gives_the_pages_under_their_own_address(output: Path, moved: Path) -> None:
    for folder, home in ((output, "https://catalyseurs.example/"), (moved, MOVED)):
        listed = [*reading.read_sitemap(folder)]
        assert home in listed
        for address in listed:
            tree = reading.parse_page(folder / address.removeprefix(home) / "index.html")
            [canonical] = [e.get("href") for e in tree.iter("link") if e.get("rel") == "canonical"]
            assert canonical == address


# --- Ids and dates that stay ---------------------------------------------------------------------


def test_feeds_keep_their_ids_and_their_dates(output: Path, moved: Path) -> None:
    def known(path: Path) -> Any:
        feed = reading.read_atom(path)
        entries = {e.id: (e.updated, e.get("published"), e.title) for e in feed.entries}
        return feed.feed.id, entries

    for name, path in reading.find_files(output, "flux.xml").items():
        (one, before), (other, after) = known(path), known(moved / name)
        assert one == other
        assert before.items() <= after.items()
        links = [entry.link for entry in reading.read_atom(moved / name).entries]
        assert all(link.startswith(MOVED) for link in links)


def test_json_feeds_keep_their_ids_and_their_dates(output: Path, moved: Path) -> None:
    def known(path: Path) -> dict[str, Any]:
        dates = ("date_published", "date_modified")
        items = reading.read_json_feed(path)["items"]
        return {item["id"]: [item.get(date) for date in dates] for item in items}

    for name, path in reading.find_files(output, "flux.json").items():
        assert known(path).items() <= known(moved / name).items()


def test_calendars_keep_their_ids_and_their_dates(output: Path, moved: Path) -> None:
    def known(path: Path) -> dict[str, Any]:
        changing = {"URL", "DESCRIPTION"}  # both give the address of the page
        return {
            str(event["UID"]): {key: event[key].to_ical() for key in event if key not in changing}
            for event in reading.read_events(path)
        }

    for name, path in reading.find_files(output, "*.ics").items():
        assert known(path).items() <= known(moved / name).items()
    urls = [str(event["URL"]) for event in reading.read_events(moved / "agenda.ics")]
    assert all(url.startswith(MOVED) for url in urls)


def test_exports_keep_all_but_the_address_of_the_pages(output: Path, moved: Path) -> None:
    before = reading.read_rows(output / "donnees/catalyseurs.csv")
    after = reading.read_rows(moved / "donnees/catalyseurs.csv")
    assert [row | {"page": ""} for row in before] == [row | {"page": ""} for row in after]
    assert all(row["page"].startswith(MOVED) for row in after)
