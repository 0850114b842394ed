"""A feed written by hand, read back: well-formed, whole, and the same whatever the address."""

from __future__ import annotations

import datetime
import json
import uuid
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest

from maille.formats.feeds import (
    MOST_BYTES,
    Feed,
    Item,
    Publisher,
    make_links_absolute,
    sort_newest_first,
    write_atom,
    write_json_feed,
)
from tests.reading import check_json_feed, parse_atom
from tests.views.test_exports import HOSTILE

SPACE = uuid.UUID("0f3f1bb1-6a4e-4c1b-9f0e-5d7a3a1f8c42")


DAY = datetime.date(2024, 5, 31)
PUBLISHER = Publisher(
    "Réseau", "https://essai.example/reseau/", "fr", SPACE, "Europe/Paris", latest=DAY
)


TAGS = {
    *("feed", "id", "title", "subtitle", "updated", "link", "author", "name", "uri"),
    *("entry", "published", "category", "summary", "content"),
}


def feed(*items: Item, **keys: Any) -> Feed:
    return Feed(
        **{"name": "flux/site", "title": "T", "subtitle": "S", "page": "/", **keys}, items=items
    )


def item(**keys: Any) -> Item:
    known = {
        "name": "lettre/1",
        "title": "Une lettre",
        "address": "/lettres/1/",
        "html": "<p>a</p>",
    }
    return Item(**{**known, **keys})


def test_an_entry_of_atom() -> None:
    made = write_atom(
        feed(item(published=DAY, category="lettre", via=("https://a.fr/?a=1&b=2",))), PUBLISHER
    )
    found = parse_atom(made)
    assert found.version == "atom10"
    assert found.feed.language == "fr"
    assert found.feed.links[0].href == "https://essai.example/reseau/flux.xml"
    (entry,) = found.entries
    assert entry.id == f"urn:uuid:{uuid.uuid5(SPACE, 'lettre/1')}"
    assert entry.link == "https://essai.example/reseau/lettres/1/"
    assert [link.href for link in entry.links if link.rel == "via"] == ["https://a.fr/?a=1&b=2"]
    assert (entry.published, entry.updated) == ("2024-05-31T00:00:00+02:00",) * 2
    assert entry.content[0].value == "<p>a</p>"


def test_an_entry_of_json_feed() -> None:
    found = json.loads(
        write_json_feed(feed(item(published=DAY, via=("https://a.fr/",))), PUBLISHER)
    )
    check_json_feed(found)
    (entry,) = found["items"]
    assert entry["external_url"] == "https://a.fr/"
    assert entry["date_published"] == "2024-05-31T00:00:00+02:00"


def test_hours_are_those_of_the_site() -> None:
    reunion = replace(PUBLISHER, time_zone="Indian/Reunion")
    assert reunion.format_day(DAY) == "2024-05-31T00:00:00+04:00"
    assert PUBLISHER.format_day(datetime.date(2024, 1, 1)) == "2024-01-01T00:00:00+01:00"


def test_what_has_no_day_is_last_in_json_and_not_in_atom() -> None:
    items = sort_newest_first(
        [
            item(name="b"),
            item(name="c", published=DAY),
            item(name="a", updated=DAY),
            item(name="d", published=DAY),
        ]
    )
    assert [one.name for one in items] == ["c", "d", "a", "b"]
    entries = parse_atom(write_atom(feed(*items), PUBLISHER)).entries
    assert [one.id for one in entries] == [PUBLISHER.make_urn(name) for name in "cda"]
    assert "published" not in entries[2]
    assert entries[2].updated.startswith("2024-05-31")
    last = json.loads(write_json_feed(feed(*items), PUBLISHER))["items"][3]
    assert not {"date_published", "date_modified"} & set(last)


def test_an_update_never_comes_before_the_publication() -> None:
    early = item(published=DAY, updated=datetime.date(2024, 1, 1))
    assert (
        parse_atom(write_atom(feed(early), PUBLISHER)).entries[0].updated.startswith("2024-05-31")
    )


@pytest.mark.parametrize("items", [(), (item(),), (item(name="a"), item(name="b"))])
def test_a_feed_without_dated_items_has_the_day_of_its_publisher(items: tuple[Item, ...]) -> None:
    found = parse_atom(write_atom(feed(*items), PUBLISHER))
    assert found.entries == []
    assert found.feed.updated.startswith("2024-05-31")
    told = json.loads(write_json_feed(feed(*items), PUBLISHER))
    check_json_feed(told)
    assert len(told["items"]) == len(items)


# Items of 5 to 60 kB, one that is too long by itself, and summaries that are too long together.
@pytest.mark.parametrize(
    ("lengths", "summary", "whole", "kept"),
    [
        ([5_000] * 100, "Une phrase.", 23, 100),
        ([60_000, 60_000, 60_000, 10], "Une phrase.", 2, 4),
        ([200_000, 10, 10], "", 0, 3),
        ([10] * 40, "é" * 5_000, 0, 14),
    ],
)
def test_a_feed_stays_light_and_its_newest_items_whole(
    lengths: list[int], summary: str, whole: int, kept: int
) -> None:
    items = [
        item(name=f"{n:03}", published=DAY, html=f"<p>{'a' * length}</p>", summary=summary)
        for n, length in enumerate(lengths)
    ]
    data = write_atom(feed(*items), PUBLISHER)
    entries = parse_atom(data).entries
    assert len(data) <= MOST_BYTES == 150_000
    assert [one.id for one in entries] == [PUBLISHER.make_urn(i.name) for i in items[:kept]]
    assert ["content" in one for one in entries] == [n < whole for n in range(kept)]
    told = write_json_feed(feed(*items), PUBLISHER)
    check_json_feed(json.loads(told))
    assert len(told) <= MOST_BYTES


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    hurt = item(title=text, summary=text, category=text, published=DAY)
    made = write_atom(feed(hurt, title=text, subtitle=text), PUBLISHER)
    root = ElementTree.fromstring(made)
    assert {element.tag.rpartition("}")[2] for element in root.iter()} == TAGS
    found = json.loads(write_json_feed(feed(hurt, title=text), PUBLISHER))
    assert len(found["items"]) == 1


def test_links_become_whole() -> None:
    html = (
        '<p><a href="/projets/x/">x</a> <a href="#bas">b</a> <a href="https://a.fr/">a</a> '
        '<a href="mailto:a@b.fr">m</a> href="/y" <code>href="/z"</code></p>'
        '<img src="/i.jpg" srcset="/i.jpg 1x, /j.jpg 2x" alt="l\'été">'
    )
    made = make_links_absolute(html, "/lettres/1/#haut", "https://e.example/r/")
    assert 'href="https://e.example/r/projets/x/"' in made
    assert 'href="https://e.example/r/lettres/1/#bas"' in made
    assert 'href="https://a.fr/"' in made
    assert 'href="mailto:a@b.fr"' in made
    assert '> href="/y" <code>href="/z"</code>' in made
    assert 'src="https://e.example/r/i.jpg"' in made
    assert 'srcset="https://e.example/r/i.jpg 1x, https://e.example/r/j.jpg 2x"' in made
