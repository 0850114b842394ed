"""The examples that `site.toml` asks for, in a small site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from maille.kinds.catalyser import Catalyser
from maille.problems import Level
from maille.publish.report import Report
from maille.site.examples import is_made
from tests.building import WITHOUT_COMMUNES, build, open_site
from tests.command import read_tree, run
from tests.small_site import FILES, link_site, replace_in, write_small_site

TOTAL = 12
REAL = 2  # of FILES
NAME = re.compile(rb"(?i)exemple[- ]0\d\d")
SLUGS = [f"exemple-{number:03}" for number in range(1, TOTAL - REAL + 1)]


def write_site(root: Path, count: int = TOTAL) -> Path:
    """Write the small site, with the line that asks for examples."""
    replace_in(write_small_site(root) / "site.toml", "nom = ", f"exemples = {count}\nnom = ")
    return root


def list_slugs(root: Path) -> list[str]:
    return [one.slug for one in link_site(root).list_examples(Catalyser)]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    root = write_site(tmp_path_factory.mktemp("with") / "site")
    return build(root, root.parent / "output", views=WITHOUT_COMMUNES)


@pytest.fixture(scope="module")
def output(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert not report.problems
    return next(tmp_path_factory.getbasetemp().glob("with*/output"))


def test_they_bring_the_records_to_the_number_and_are_no_files(report: Report) -> None:
    assert report.site
    made = report.site.list_examples(Catalyser)
    assert sorted(one.slug for one in made) == SLUGS
    assert all(map(is_made, made))
    assert report.examples == len(SLUGS)
    assert report.counts["catalyser"] == REAL
    assert sum(report.counts.values()) + len(report.held) + len(report.ignored) == report.read
    order = [one.is_example for one in report.site.list_entries(Catalyser)]
    assert order == [False] * REAL + [True] * len(SLUGS)


def test_only_pages_for_people_know_of_them(output: Path) -> None:
    """Exports, feeds, calendars, site map, list of addresses: as if there were none."""
    files = {path: data for path, data in read_tree(output).items() if path != ".maille"}
    knowing = {path for path, data in files.items() if data and NAME.search(data)}
    assert {path for path in knowing if not path.endswith(".html")} == {"catalyseurs/index.json"}
    for name in ("sitemap.xml", "adresses.txt", "flux.xml", "donnees/catalyseurs.json"):
        assert name in files.keys() - knowing, name


def test_each_has_a_page_that_no_engine_keeps(output: Path) -> None:
    for slug in SLUGS:
        page = (output / f"catalyseurs/{slug}/index.html").read_text("utf-8")
        assert "Aucun catalyseur ne porte ce nom" in page
        assert '<meta name="robots" content="noindex' in page
        assert "ld+json" not in page


def test_without_the_line_the_site_is_the_same_but_for_them(
    report: Report, output: Path, tmp_path: Path
) -> None:
    root = write_small_site(tmp_path / "site")
    assert not build(root, tmp_path / "output", views=WITHOUT_COMMUNES).failed
    without, found = read_tree(tmp_path / "output"), read_tree(output)
    new = {path.split("/")[1] for path in found.keys() - without.keys() if "catalyseurs/" in path}
    assert new == {*SLUGS}
    for entry in report.site.list_real(Catalyser) if report.site else ():
        page = f"catalyseurs/{entry.slug}/index.html"
        assert found[page] == without[page], page
    for path in without:
        if path.startswith("donnees/") or path.endswith(("flux.xml", ".ics", ".txt")):
            assert found[path] == without[path], path


def test_a_public_site_has_none_and_says_that_the_line_is_idle(tmp_path: Path) -> None:
    open_site(write_site(tmp_path / "site"))
    report = build(tmp_path / "site", tmp_path / "output", views=(), publish=False)
    assert report.examples == 0
    (told,) = (one for one in report.problems if one.key == "exemples")
    assert (told.path, told.line, told.level) == ("site.toml", 1, Level.WARNING)
    assert told.hint == "effacez cette ligne"


@pytest.mark.parametrize("count", [0, 1, REAL])
def test_there_are_none_where_the_number_is_reached(tmp_path: Path, count: int) -> None:
    assert list_slugs(write_site(tmp_path / "site", count)) == []


@pytest.mark.parametrize("value", ["-1", "10001", '"beaucoup"', "3.5"])
def test_a_wrong_number_is_told_at_its_line(tmp_path: Path, value: str) -> None:
    write_site(tmp_path / "site")
    replace_in(tmp_path / "site/site.toml", f"exemples = {TOTAL}", f"exemples = {value}")
    report = build(tmp_path / "site", tmp_path / "output", views=(), publish=False)
    (told,) = (one for one in report.problems if one.key == "exemples")
    assert (told.path, told.line) == ("site.toml", 1)
    assert "exemples = " in told.hint


def test_an_address_that_a_file_has_stays_its_own(tmp_path: Path) -> None:
    """A record, a draft, a file at fault: the next number takes the place of the example."""
    root, text = write_site(tmp_path / "site", 6), FILES["catalysers/premier.md"]
    for number, (old, new) in enumerate((("", ""), ("nom:", "brouillon: oui\nnom:")), 1):
        named = text.replace("Premier", f"Numéro {number}").replace(old, new, 1)
        (root / f"catalysers/exemple-00{number}.md").write_text(named, encoding="utf-8")
    found = link_site(root)
    assert sorted(one.slug for one in found.list_examples(Catalyser)) == [
        "exemple-003", "exemple-004", "exemple-005"
    ]  # fmt: skip
    faulty = text.replace("Premier", "Trois").replace("Dijon", "Dijonn")
    (root / "catalysers/exemple-003.md").write_text(faulty, encoding="utf-8")
    assert "exemple-003" not in list_slugs(root)


def test_examples_with_a_file_count_in_the_number(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site", 6)
    own = FILES["catalysers/second.md"].replace("nom: Second", "exemple: oui\nnom: Un exemple")
    (root / "catalysers/le-mien.md").write_text(own, encoding="utf-8")
    found = list_slugs(root)
    assert "le-mien" in found
    assert len(found) == 6 - REAL


def test_they_are_in_the_perimeter_of_the_network(tmp_path: Path) -> None:
    """It is that of the map's views, if each names its départements."""
    root = write_site(tmp_path / "site", 40)
    view = '\n[[vues_de_la_carte]]\ntitre = "{}"\ndepartements = [{}]\n'
    with (root / "site.toml").open("a", encoding="utf-8") as config:
        config.write(view.format("Ici", '"974", "976"'))

    def list_departments() -> Iterator[str]:
        site = link_site(root)
        return (site.place(one).department for one in site.list_examples(Catalyser))

    assert {*list_departments()} == {"974", "976"}
    with (root / "site.toml").open("a", encoding="utf-8") as config:
        config.write(view.format("Ailleurs", ""))
    assert len({*list_departments()}) > 30


def test_commands_that_change_files_know_of_none(tmp_path: Path) -> None:
    """`renommer` reads the file of every entry: an example has none."""
    root = write_site(tmp_path / "site")
    done = run(root, "renommer", "second", "deuxieme", "--oui")
    assert done.code == 0, done.said
    done = run(root, "renommer", "exemple-001", "autre", "--oui")
    assert (done.code, "exemple-001" in done.said) == (2, True), done.said
