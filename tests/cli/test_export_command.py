"""The command `exporter`: the ending of the name says the format, and nothing is written over."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from maille.cli.arguments import Arguments
from maille.cli.export_command import export
from maille.site.model import Site
from tests.command import read_tree, run
from tests.imports.exported import read_site, write_exported_site


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_exported_site(tmp_path_factory.mktemp("export") / "site")


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return read_site(root)


def ask(path: Path, *, drafts: bool = False) -> Arguments:
    return Arguments("exporter", export=str(path), drafts=drafts)


def test_the_command_writes_the_table_and_nothing_else(root: Path, tmp_path: Path) -> None:
    before = read_tree(root)
    done = run(root, "exporter", tmp_path / "annuaire.csv")
    assert (done.code, done.said) == (0, f"3 fiches dans {tmp_path / 'annuaire.csv'}.\n")
    assert read_tree(root) == before
    assert (tmp_path / "annuaire.csv").read_bytes().count(b"\r\n") == 4


def test_each_ending_has_its_format(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(ask(tmp_path / "a.XLSX"), site) == 0
    assert (tmp_path / "a.XLSX").read_bytes().startswith(b"PK")
    assert export(ask(tmp_path / "a.geojson"), site) == 0
    places = json.loads((tmp_path / "a.geojson").read_bytes())["features"]
    assert "Invention" not in {one["properties"]["nom"] for one in places}
    assert f"{len(places)} fiches dans" in capsys.readouterr().out
    assert export(ask(tmp_path / "a.ods"), site) == 2
    assert "finit par .xlsx, .csv, .geojson" in capsys.readouterr().err


def test_drafts_are_added_if_asked(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(ask(tmp_path / "a.csv", drafts=True), site) == 0
    assert "Sans résumé" in (tmp_path / "a.csv").read_text("utf-8-sig")
    assert capsys.readouterr().out.startswith(("5 fiches", "6 fiches"))


def test_a_file_that_exists_is_not_written_over(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("à moi", "utf-8")
    assert export(ask(path), site) == 2
    assert "existe déjà" in capsys.readouterr().err
    assert path.read_text("utf-8") == "à moi"


def test_without_what_writes_workbooks_the_command_says_what_to_install(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    assert export(ask(tmp_path / "a.xlsx"), site) == 1
    assert 'pip install "maille[tableur]"' in capsys.readouterr().err
    assert not (tmp_path / "a.xlsx").exists()
