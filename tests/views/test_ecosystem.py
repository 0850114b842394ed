"""What a page shows of an ecosystem: each tie once, under one number, examples last and apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from maille.kinds.catalyser import Catalyser
from maille.site.model import Site
from maille.views.drawings.star import DRAWN
from maille.views.ecosystem import Ecosystem, make_ecosystem
from tests import reading
from tests.building import SMALL
from tests.building import build as build_site
from tests.site.test_assemble import build, catalyser, project
from tests.small_site import FILES, write_small_site


def entry(site: Site, slug: str) -> Catalyser:
    found = site.find("catalyser", slug)
    assert isinstance(found, Catalyser)
    return found


def shown(*ties: str, **others: str) -> Ecosystem:
    lines = ("ecosysteme:", *(f"  - {{{tie}}}" for tie in ties))
    files = {
        "catalysers/un.md": catalyser("Un", *lines, "commune: Amiens"),
        "catalysers/autre.md": catalyser("Autre", "departement: 63"),
        "catalysers/exemple.md": catalyser("Un exemple", "exemple: oui"),
        "content/projets/chantier.md": project("Chantier", "commune: Dijon"),
    }
    site, problems = build(files)
    assert problems == ()
    found = make_ecosystem(site, entry(site, "un"))
    assert found
    return found


def test_a_record_that_tells_none_has_none() -> None:
    site, _ = build({"catalysers/un.md": catalyser("Un")})
    assert make_ecosystem(site, entry(site, "un")) is None


def test_ties_are_grouped_by_nature_and_numbered_as_they_are_shown() -> None:
    found = shown(
        "nature: accueille, nom: A",
        "nature: finance, projet: chantier, note: Une note.",
        "nature: Accueille, catalyseur: autre",
    )
    assert [[(m.number, m.name) for m in group] for group in found.groups] == [
        [(1, "A"), (2, "Autre")],
        [(3, "Chantier")],
    ]
    _, other, work = found.members
    assert (other.address, other.place.label) == ("/catalyseurs/autre/", "Puy-de-Dôme")
    assert (work.address, work.note) == ("/projets/chantier/", "Une note.")
    assert [(k.number, k.known) for k in found.wheel.knots] == [(1, False), (2, True), (3, True)]
    assert [m.number for m in found.unplaced] == [1, 2]
    assert found.numbers_unplaced == "1, 2"
    assert [name for chart in found.charts for name in chart.names] == ["Métropole"]


def test_example_records_come_last_and_say_so() -> None:
    found = shown("nature: accueille, catalyseur: exemple", "nature: accueille, nom: B")
    assert [[m.name for m in group] for group in found.groups] == [["B"], ["Un exemple"]]
    assert " ".join(found.wheel.knots[1].name) == "Un exemple (exemple)"


def test_what_is_too_much_to_be_drawn_is_counted() -> None:
    found = shown(*(f"nature: accueille, nom: N{n}" for n in range(DRAWN + 3)))
    assert found.left_out == 3
    assert len(found.members) == DRAWN + 3


# --- The page ------------------------------------------------------------------------------------

TIES = """\
ecosysteme:
  - {nature: finance, catalyseur: second}
  - {nature: finance, nom: "Le </script> & <b>quai</b>", commune: Beaune, note: "${n}"}
  - {nature: accueille, projet: essai}
resume:"""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = write_small_site(tmp_path_factory.mktemp("ecosysteme") / "site")
    path = "catalysers/premier.md"
    (site / path).write_text(FILES[path].replace("resume:", TIES), encoding="utf-8")
    example = FILES["catalysers/second.md"].replace("nom: Second", "exemple: oui\nnom: Exemple")
    (site / "catalysers/exemple.md").write_text(example, encoding="utf-8")
    report = build_site(site, site / "output", views=SMALL)
    assert not report.failed, report.problems
    return site / "output"


def page(output: Path, slug: str) -> Any:
    return reading.parse_page(output / "catalyseurs" / slug / "index.html")


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def test_the_list_the_star_and_the_map_tell_the_same(output: Path) -> None:
    tree = page(output, "premier")
    [section] = [e for e in tree.iter("section") if e.get("class") == "ecosystem"]
    listed = [words(item) for item in section.iter("li")]
    assert listed == [
        "Second d’essai La Réunion",
        "Le </script> & <b>quai</b> Beaune, Côte-d’Or${n}",
        "Projet d’essai",
    ]
    assert [int(e.get("start")) for e in section.iter("ol")] == [1, 3]
    star, chart = (e for e in section.iter() if str(e.tag).endswith("svg"))
    drawn = words(star)
    for number, name in enumerate(("Second d’essai", "</script>", "Projet d’essai"), 1):
        assert str(number) in drawn
        assert name in drawn
    assert sorted(words(chart).split()) == ["2", "•"]
    captions = {e.get("id"): words(e) for e in section.iter("figcaption")}
    for drawing in (star, chart):
        assert drawing.get("role") == "img"
        assert captions[drawing.get("aria-labelledby")]
    assert "Sans point sur la carte, faute de commune connue : 1 (Second d’essai), 3" in words(
        section
    ).replace("\u00a0", " ")


def test_only_pages_with_an_ecosystem_ask_for_its_styles(output: Path) -> None:
    styles = {
        slug: any("ecosysteme.css" in str(e.get("href")) for e in page(output, slug).iter("link"))
        for slug in ("premier", "second")
    }
    assert styles == {"premier": True, "second": False}


def test_a_profile_gives_the_lines_that_show_its_map_elsewhere(output: Path) -> None:
    [field] = page(output, "premier").iter("textarea")
    assert "readonly" in field.attrib
    [frame] = reading.parse_fragment(field.text).iter("iframe")
    assert frame.get("src") == ("https://essai.example/carte/integrer/?fiche=premier&territoire=21")
    assert frame.get("title") == "Premier d'essai, sur la carte : Réseau d'essai"
    assert (frame.get("loading"), frame.get("height")) == ("lazy", "480")
    assert list(page(output, "exemple").iter("textarea")) == []


def test_the_lines_to_copy_hold_no_more_than_a_frame(hostile: Path) -> None:
    """Whatever the record is called."""
    found = [
        field.text
        for path in reading.find_files(hostile / "catalyseurs", "essai-*/index.html").values()
        for field in reading.parse_page(path).iter("textarea")
    ]
    assert len(found) > 50
    for text in found:
        elements = list(reading.parse_fragment(text))
        assert [element.tag for element in elements] == ["iframe"]
        assert sorted(elements[0].attrib) == ["height", "loading", "src", "title", "width"]
