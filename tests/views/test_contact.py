"""/contact/: who to call in a territory, how to write to the network, or that one cannot yet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.building import SMALL, build
from tests.reading import parse_page
from tests.small_site import write_small_site


def read_contact_page(folder: Path, top: str = "") -> Any:
    root = write_small_site(folder / "site")
    config = (root / "site.toml").read_text("utf-8")
    (root / "site.toml").write_text(top + config, "utf-8")
    report = build(root, root / "output", views=SMALL)
    assert not report.failed, report.problems
    return parse_page(root / "output/contact/index.html")


def list_links(tree: Any) -> list[str]:
    (main,) = tree.iter("main")
    return [one.get("href", "") for one in main.iter("a")]


def test_nothing_opens_an_empty_message(tmp_path: Path) -> None:
    tree = read_contact_page(tmp_path, 'site_du_reseau = "https://reseau.example/"\n')
    links = list_links(tree)
    assert "https://reseau.example/" in links
    assert "/territoires/" in links
    assert not [one for one in links if one.startswith("mailto:") or "issues" in one]


def test_the_press_finds_figures_where_they_can_be_verified(tmp_path: Path) -> None:
    tree = read_contact_page(tmp_path, 'site_du_reseau = "https://reseau.example/"\n')
    said = " ".join("".join(tree.itertext()).split())
    assert "Aucun contact pour la presse n’est connu" in said
    told = {one.get("href"): one.text for one in tree.iter("a")}
    assert told["/projets/"] == "1 projet"
    assert told["/lettres/"] == "1 lettre depuis mai 2024"
    assert "2 acteurs et démarches" in said
    names = json.loads((tmp_path / "site/output/noms.json").read_bytes())
    assert ["Presse", "/contact/#_presse"] in names


@pytest.mark.parametrize(
    ("line", "start", "said"),
    [
        ('contact = "ecrire@essai.example"', "mailto:ecrire@essai.example?subject=", "ecrire@"),
        ('contact = "https://f.example/1"', "https://f.example/1", "f.example"),
        ('depot = "https://forge.example/a/b"', "https://forge.example/a/b/issues/new?", "compte"),
    ],
)
def test_each_reason_begins_a_message(tmp_path: Path, line: str, start: str, said: str) -> None:
    tree = read_contact_page(tmp_path, f"{line}\n")
    assert len([one for one in list_links(tree) if one.startswith(start)]) == 5
    assert said in "".join(tree.itertext())


def test_a_territory_and_a_need_lead_to_the_directory(tmp_path: Path) -> None:
    (form,) = read_contact_page(tmp_path).iter("form")
    assert urlsplit(form.get("action")).path == "/catalyseurs/"
    lists = {
        one.get("name"): {option.get("value") for option in one.iter("option")}
        for one in form.iter("select")
    }
    assert {"", "21", "974", "bourgogne-franche-comte"} <= lists["territoire"]
    assert {"", "accompagnements"} <= lists["pratique"]
