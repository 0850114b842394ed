"""The command `exporter`: the ending of the name says the format, and nothing is written over."""

from __future__ import annotations

import dataclasses
import json
import shutil
import sys
from pathlib import Path

import pytest

from maille.cli.arguments import Arguments
from maille.cli.export_command import export
from maille.site.model import Site
from tests.command import read_tree, run
from tests.imports.exported import read_site, write_exported_site
from tests.imports.tables import write_xlsx


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


def test_the_table_comes_back_and_changes_only_what_was_edited(root: Path, tmp_path: Path) -> None:
    copy, path = tmp_path / "site", tmp_path / "annuaire.csv"
    shutil.copytree(root, copy)
    assert run(copy, "exporter", path, "--brouillons").code == 0
    before = read_tree(copy)
    path.write_bytes(path.read_bytes().replace(b"04.74.00.00.00", b"04 74 00 00 99"))
    done = run(copy, "importer", path, "--oui")
    assert done.code == 0, done.said
    after = read_tree(copy)
    changed = {name for name, data in after.items() if before.get(name) != data}
    ours = {name for name in changed if not name.startswith((".imports/", "content/imports/"))}
    assert ours == {"catalysers/relais.md"}
    old, new = before["catalysers/relais.md"], after["catalysers/relais.md"]
    assert old
    assert new == old.replace(b"04.74.00.00.00", b"04 74 00 00 99")


def test_a_workbook_of_the_office_is_completed_in_a_copy(
    root: Path, site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "membres.xlsx"
    given.write_bytes(write_xlsx([["Nom", "Ville", "Profil"], ["Premier d'essai", "Dijon", ""]]))
    data = given.read_bytes()
    arguments = Arguments("exporter", root=root, export=str(tmp_path / "b.xlsx"), within=str(given))
    assert export(arguments, site) == 0
    said = capsys.readouterr().out
    assert "Annuaire, C2 (Profil) : rien → « Accompagnateur »" in said
    assert "Annuaire, D2 (Identifiant) : rien → « premier »" in said
    assert "2 cellules écrites dans" in said
    assert "Fiches qui ne sont dans aucune ligne : " in said
    assert given.read_bytes() == data
    assert (tmp_path / "b.xlsx").is_file()


def test_what_cannot_be_completed_is_told(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text("Nom;Ville\nPremier d'essai;Dijon\n", "utf-8")
    for to, within, code, words in (
        ("b.xlsx", "rien.xlsx", 2, "n'est pas un fichier"),
        ("b.csv", "a.csv", 2, "finit par .xlsx"),
        ("b.xlsx", "a.csv", 1, "seul un classeur .xlsx peut être complété"),
    ):
        asked = Arguments("exporter", root=tmp_path, export=str(tmp_path / to))
        asked = dataclasses.replace(asked, within=str(tmp_path / within))
        assert export(asked, site) == code
        assert words in capsys.readouterr().err
        assert not (tmp_path / to).exists()
