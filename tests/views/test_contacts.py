"""How to reach a catalyser, and the best door when nothing is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from maille.kinds.catalyser import Catalyser
from maille.site.model import Site
from maille.views.contacts import describe_where, find_door, find_reach, list_contacts
from tests.small_site import link_site, write_small_site

REACHED = "site: https://www.second.example/\ncourriel: a@second.example\ntelephone: 0400000000\n"


def make_site(folder: Path, first: str = "", second: str = "", **lines: str) -> Site:
    """Return the small site, with these keys more in its two records and lines replaced."""
    root = write_small_site(folder / "site", templates=False)
    for name, more in (("premier", first), ("second", second)):
        path = root / f"catalysers/{name}.md"
        text = path.read_text("utf-8").replace("resume:", f"{more}resume:", 1)
        for old, new in lines.items() if name == "premier" else ():
            text = text.replace(f"{old}: ", f"{new}: ", 1)
        path.write_text(text, "utf-8")
    return link_site(root)


def get_record(site: Site, slug: str = "premier") -> Catalyser:
    found = site.find("catalyser", slug)
    assert isinstance(found, Catalyser)
    return found


def test_contacts_are_site_mail_and_telephone_in_that_order(tmp_path: Path) -> None:
    site = make_site(tmp_path, second=REACHED)
    assert [
        (one.label, one.url, one.shown) for one in list_contacts(get_record(site, "second"))
    ] == [
        ("Site", "https://www.second.example/", "second.example"),
        ("Écrire", "mailto:a@second.example", "a@second.example"),
        ("Appeler", "tel:0400000000", "04\u00a000\u00a000\u00a000\u00a000"),
    ]
    assert list_contacts(get_record(site)) == ()


@pytest.mark.parametrize(
    ("lines", "address"),
    [
        ("adresse: 3 rue Haute\ncode_postal: 21000\n", "3 rue Haute, 21000 Dijon"),
        ("adresse: 3 rue Haute\n", "3 rue Haute, Dijon"),
        ("code_postal: 21000\n", "21000 Dijon"),
        ("", ""),
    ],
)
def test_a_list_says_the_postal_address_and_a_door_without_contact(
    tmp_path: Path, lines: str, address: str
) -> None:
    site = make_site(tmp_path, lines, REACHED)
    found = find_reach(site, get_record(site))
    assert (found.address, found.contacts) == (address, ())
    assert found.door
    assert found.door.link.address == "/contact/"
    other = find_reach(site, get_record(site, "second"))
    assert len(other.contacts) == 3
    assert other.door is None


def test_an_example_has_no_door(tmp_path: Path) -> None:
    site = make_site(tmp_path, "exemple: oui\n")
    assert find_reach(site, get_record(site)).door is None


def test_a_tie_that_can_be_reached_is_the_first_door(tmp_path: Path) -> None:
    tie = "liens:\n  - {nature: portée par, catalyseur: second}\n"
    door = find_door(make_site(tmp_path, tie, REACHED), get_record(make_site(tmp_path / "b", tie)))
    assert (door.before, door.link.address) == ("Portée par", "/catalyseurs/second/")


@pytest.mark.parametrize(
    ("url", "before"),
    [
        ("https://page.example/", "À lire sur"),
        ("https://video.example/video/1", "À voir sur"),
        ("https://podcast.example/1", "À écouter sur"),
    ],
)
def test_then_a_source_that_has_a_page(tmp_path: Path, url: str, before: str) -> None:
    site = make_site(tmp_path, "liens:\n  - {nature: portée par, catalyseur: second}\n")
    record = get_record(site)
    (source,) = record.sources or ()
    paged = record.model_copy(update={"sources": (source, source.model_copy(update={"url": url}))})
    door = find_door(site, paged)
    assert (door.before, door.link.address) == (before, url)


def test_then_a_project_that_names_it_then_the_network(tmp_path: Path) -> None:
    root = write_small_site(tmp_path / "site", templates=False)
    project = root / "content/projets/essai.md"
    text = project.read_text("utf-8").replace("Son texte.", "[Premier](/catalyseurs/premier/).")
    project.write_text(text, "utf-8")
    site = link_site(root)
    assert find_door(site, get_record(site)).link.address == "/projets/essai/"
    assert find_door(site, get_record(site, "second")).link.address == "/contact/"


@pytest.mark.parametrize(
    ("territories", "where"),
    [
        (("national",), "Partout en France"),
        (("21",), "Côte-d'Or"),
        (("21", "71", "58", "89"), "Côte-d'Or, Saône-et-Loire, Nièvre et ailleurs"),
        ((), "Lieu non connu"),
    ],
)
def test_without_a_place_the_territories_say_where(
    tmp_path: Path, territories: tuple[str, ...], where: str
) -> None:
    root = write_small_site(tmp_path / "site", templates=False)
    path = root / "catalysers/second.md"
    text = path.read_text("utf-8").replace('departement: "974"\n', "")
    written = f"territoires: [{', '.join(territories)}]\n" if territories else ""
    path.write_text(text.replace('territoires: ["974"]\n', written), "utf-8")
    site = link_site(root)
    assert describe_where(site, get_record(site, "second")) == where
