"""The address of a view: thousands go there and come back, in the code that the page uses."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from maille.kinds.catalyser import FACETS
from tests.browser.modules import open_modules
from tests.doses import VIEWS

LISTS = tuple(facet.key for facet in FACETS)
PIECES = (
    *("a", "é", "œ", "Ÿ", "ß", "ı", "7", "0", "63", "2A", "saint", "l'été", "l’été", "« »"),
    *("&", "=", "?", "#", "+", "%", "%20", "%C3%A9", ",", ";", "/", "\\", "<b>", '"', "'", "`"),
    *(
        "${7*7}",
        "{{ 7*7 }}",
        "\u202e",
        "\u200b",
        "\u0301",
        "\U0001f9f6",
        "true",
        "null",
        "non",
        "-",
    ),
)


@pytest.fixture(scope="module")
def page(browser: Browser, site_url: str, output: Path) -> Iterator[Page]:
    """A page of the site, in which `take` gives the module."""
    context = browser.new_context()
    yield open_modules(context.new_page(), site_url, output, " ".join(LISTS))
    context.close()


def words(chance: random.Random) -> str:
    """What a visitor may have typed, spaces set right as the page does."""
    pieces = chance.choices((*PIECES, " "), k=chance.randrange(6))
    return re.sub(r"\s+", " ", "".join(pieces)).strip()


def number(chance: random.Random, most: float, decimals: int) -> float:
    edge = chance.choice((-most, 0.0, most, 10.0**-decimals))
    return chance.choice((edge, round(chance.uniform(-most, most), decimals))) + 0.0


def view(chance: random.Random) -> dict[str, Any]:
    here = chance.choice((None, [number(chance, 90, 2), number(chance, 180, 2)]))
    place = [number(chance, 90, 4), number(chance, 180, 4)]
    return {
        **{key: words(chance) for key in ("q", "territoire", "fiche")},
        **{
            name: list(dict.fromkeys(filter(None, (words(chance) for _ in range(3)))))
            for name in LISTS
        },
        "verification": chance.choice(("", "oui", "non")),
        "pres": "" if here else words(chance),
        "ici": here,
        "tri": chance.choice(("", "nom")),
        "exemples": chance.choice((True, False)),
        "cadre": chance.choice((None, [*place, abs(number(chance, 20, 2))])),
    }


def test_views_survive_the_way_to_the_address_and_back(page: Page) -> None:
    chance = random.Random(4)
    views = [view(chance) for _ in range(VIEWS)]
    said = page.evaluate(
        """(views) => {
          const { readView: read, writeView: write } = take("view");
          return JSON.stringify(JSON.parse(views).map((view) => {
            const { search, hash } = write(view);
            const address = new URL(`/x/${search}${hash}`, location.href);
            return [read(address.search, address.hash), address.href];
          }));
        }""",
        json.dumps(views),
    )
    came_back = json.loads(said)
    wrong = [
        (asked, address, got)
        for asked, (got, address) in zip(views, came_back, strict=True)
        if got != asked
    ]
    assert not wrong, json.dumps(wrong[0], ensure_ascii=False, indent=1)
    assert len({address for _, address in came_back}) > VIEWS * 0.9


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("?departement=63", {"territoire": "63"}),
        ("?cadre=95,2,3", {"cadre": None}),
        ("?cadre=45,2", {"cadre": None}),
        ("?cadre=45,,3", {"cadre": None}),
        ("?cadre=NaN,2,3", {"cadre": None}),
        ("?tri=prix&verification=peut-etre", {"tri": "", "verification": ""}),
        ("?exemples=oui", {"exemples": True}),
        ("?q=%ED%A0%80", {"q": "\ufffd\ufffd\ufffd"}),
        ("?inconnu=1", {}),
    ],
)
def test_what_is_not_understood_is_not_asked(
    page: Page, address: str, asked: dict[str, Any]
) -> None:
    script = """(search) => {
      const { makeEmptyView: nothing, readView: read } = take("view");
      return [read(search), nothing()];
    }"""
    got, nothing = page.evaluate(script, address)
    assert got == {**nothing, **asked}


def test_the_device_s_position_is_never_in_what_the_host_is_sent(page: Page) -> None:
    script = """() => {
      const { makeEmptyView: nothing, writeView: write } = take("view");
      const view = { ...nothing(), ici: [48.8161, 2.4149], pratique: ["a"] };
      return [write(view), write({ ...view, cadre: [48.8162, 2.415, 11] })];
    }"""
    there, framed = page.evaluate(script)
    assert there == {"search": "?pratique=a", "hash": "#ici=48.82,2.41"}
    # A map that looks there would tell it too.
    assert framed == {"search": "?pratique=a", "hash": "#ici=48.82,2.41&cadre=48.8162,2.415,11"}
