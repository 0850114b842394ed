"""What a site must give before it opens, and what it may not open without."""

from __future__ import annotations

from pathlib import Path

import pytest

from maille.views.opening import list_needs
from tests.building import OPEN
from tests.leaving import list_told
from tests.small_site import link_site, write_small_site

KEYS = ("editeur", "hebergeur", "contact", "accord_du_reseau")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_small_site(tmp_path)


def set_state(root: Path, lines: str) -> None:
    text = (root / "site.toml").read_text("utf-8")
    (root / "site.toml").write_text(text.replace('etat = "demonstration"\n', lines), "utf-8")


def add_example(root: Path) -> None:
    text = (root / "catalysers/second.md").read_text("utf-8")
    (root / "catalysers/exemples").mkdir()
    path = root / "catalysers/exemples/un.md"
    path.write_text(text.replace("nom: Second", "exemple: oui\nnom: Un"), "utf-8")


def test_each_thing_is_listed_with_its_file_key_and_line(root: Path) -> None:
    add_example(root)
    found = {need.key: need for need in list_needs(link_site(root))}
    assert [key for key, need in found.items() if need.required] == [*KEYS, "exemple"]
    assert {"adresse", "licence_des_donnees", "verifie_le"} <= set(found)
    assert {found[key].path for key in (*KEYS, "adresse")} == {"site.toml"}
    assert found["exemple"].hint == "effacez les fiches d'exemple de catalysers/exemples/"
    assert "2 fiches" in found["verifie_le"].message
    assert found["accord_du_reseau"].hint.endswith("la ligne accord_du_reseau = 2026-11-21")


def test_a_demonstration_needs_nothing(root: Path) -> None:
    add_example(root)
    assert list_told(root) == []


def test_a_public_site_without_them_is_an_error_for_each(root: Path) -> None:
    set_state(root, 'etat = "public"\n')
    told = list_told(root)
    line = (root / "site.toml").read_text("utf-8").split("\n").index('etat = "public"') + 1
    assert {place for place, _, _ in told} == {f"site.toml:{line}:1"}
    assert all(any(f"la ligne {key} = " in hint for _, _, hint in told) for key in KEYS)
    assert len(told) == len(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_each_of_them_is_needed(root: Path, key: str) -> None:
    set_state(root, "".join(f"{line}\n" for line in OPEN.splitlines() if key not in line))
    ((_, message, hint),) = list_told(root)
    assert message.startswith("ce site est public, et il manque : ")
    assert f"la ligne {key} = " in hint


def test_what_is_said_is_enough(root: Path) -> None:
    set_state(root, 'etat = "public"\n')
    lines = [hint.partition("la ligne ")[2] for _, _, hint in list_told(root)]
    set_state(root, "")
    text = (root / "site.toml").read_text("utf-8")
    (root / "site.toml").write_text("\n".join([*lines, text]), "utf-8")
    assert list_told(root) == []


def test_a_public_site_has_no_example(root: Path) -> None:
    set_state(root, OPEN)
    assert list_told(root) == []
    add_example(root)
    ((_, message, hint),) = list_told(root)
    assert "1 sont des exemples" in message
    assert hint == "effacez les fiches d'exemple de catalysers/exemples/"


@pytest.mark.parametrize(
    "words",
    [
        "L'adresse sera complétée par le propriétaire du site.",
        "Le nom de l'hébergeur et son adresse seront complétés au même moment.",
        "Ce site est une démonstration.",
        "Les données : licence à confirmer.",
    ],
)
def test_a_page_that_is_to_be_completed_is_listed_with_its_line(root: Path, words: str) -> None:
    page = root / "content/pages/le-reseau.md"
    page.write_text(f"{page.read_text('utf-8')}\n{words}\n", "utf-8")
    (need,) = (one for one in list_needs(link_site(root)) if one.path.endswith("le-reseau.md"))
    assert need.key == "ligne 9"
    assert words.rstrip(".") in need.message
