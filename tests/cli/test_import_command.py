"""The command `importer`: all or nothing, and what holds cells stays out of git."""

from __future__ import annotations

from pathlib import Path

from tests.command import read_tree, run
from tests.imports.tables import HEADINGS, ROW, write_csv, write_xlsx
from tests.sealing import make_copies
from tests.small_site import write_small_site

BAD = ["Un autre", "Rien-du-Tout", "21", "?", "Un résumé inventé."]
PERSON = ["Le dernier", "Lyon", "69", "06 39 98 00 01", ""]


before, root = make_copies(write_small_site)


def bring(root: Path, rows: list[list[str]], *options: str) -> tuple[int, str]:
    """Run the command on a table; return its exit code and what it said."""
    path = root.parent / "annuaire.csv"
    path.write_bytes(write_csv(rows, encoding="cp1252"))
    done = run(root, "importer", path, *options)
    return done.code, done.said


def list_new(root: Path, files: dict[str, bytes | None]) -> set[str]:
    return {path for path, data in read_tree(root).items() if files.get(path) != data}


def test_good_rows_become_records_and_the_end_says_how_to_undo(root: Path) -> None:
    files = read_tree(root)
    code, said = bring(root, [HEADINGS, ROW, PERSON])
    assert code == 0, said
    assert "2 lignes : 1 fiches, 1 brouillons, 0 à corriger." in said
    assert ".imports/annuaire/fiches.txt" in said
    new = list_new(root, files)
    assert {path for path in new if not path.startswith(".imports/")} == {
        "catalysers/le-relais.md",
        "catalysers/le-dernier.md",
        "content/imports/annuaire.toml",
    }
    assert (root / ".imports/.gitignore").read_text() == "*\n"
    public = b"".join(
        (root / path).read_bytes() for path in new if not path.startswith(".imports/")
    )
    assert b"06 39" not in public
    assert "brouillon: oui  # résumé à écrire" in (root / "catalysers/le-dernier.md").read_text(
        "utf-8"
    )
    assert run(root, "verifier").code == 0


def test_a_second_import_of_the_same_file_writes_nothing(root: Path) -> None:
    bring(root, [HEADINGS, ROW])
    files = read_tree(root)
    code, said = bring(root, [HEADINGS, ROW])
    assert code == 1
    assert "cette fiche existe déjà : catalysers/le-relais.md" in said
    assert {path for path in list_new(root, files) if not path.startswith(".imports/")} == set()


def test_with_one_fault_nothing_is_written_but_the_mapping_and_the_report(root: Path) -> None:
    files = read_tree(root)
    code, said = bring(root, [HEADINGS, ROW, BAD])
    assert code == 1
    assert "annuaire, ligne 3, colonne B (Ville) « Rien-du-Tout »" in said
    assert "ligne 3, colonne D (Tél) « ? »" in said
    assert {path for path in list_new(root, files) if not path.startswith(".imports/")} == {
        "content/imports/annuaire.toml"
    }
    assert "Rien-du-Tout" in (root / ".imports/annuaire/a-corriger.csv").read_text("utf-8-sig")


def test_the_good_rows_alone_may_be_written(root: Path) -> None:
    code, said = bring(root, [HEADINGS, ROW, BAD], "--seulement-les-bonnes")
    assert code == 0, said
    assert (root / "catalysers/le-relais.md").is_file()
    assert not (root / "catalysers/un-autre.md").exists()
    assert "a-corriger.csv" in said


def test_a_trial_writes_nothing(root: Path) -> None:
    files = read_tree(root)
    assert bring(root, [HEADINGS, ROW], "--essai")[0] == 0
    assert bring(root, [HEADINGS, BAD], "--essai")[0] == 1
    assert read_tree(root) == files


def test_a_word_of_the_mapping_joins_its_vocabulary(root: Path) -> None:
    rows = [[*HEADINGS, "Type"], [*ROW, "Tiers-lieu"]]
    code, said = bring(root, rows)
    assert code == 1
    assert "« Tiers-lieu » (1 ligne)" in said
    mapping = root / "content/imports/annuaire.toml"
    mapping.write_text(
        mapping.read_text("utf-8") + '\n[mots.profil]\n"Tiers-lieu" = "+"\n', "utf-8"
    )
    code, said = bring(root, rows)
    assert code == 0, said
    assert "cle: tiers-lieu" in (root / "content/vocabulaires/profils.yaml").read_text("utf-8")
    assert "profil: tiers-lieu" in (root / "catalysers/le-relais.md").read_text("utf-8")


def test_what_is_no_table_is_told_with_what_to_do(root: Path) -> None:
    missing = run(root, "importer", root / "rien.csv")
    assert missing.code == 2
    assert "n'est pas un fichier" in missing.said
    path = root.parent / "annuaire.numbers"
    path.write_bytes(b"PK")
    done = run(root, "importer", path)
    assert done.code == 1
    assert "Exporter vers > Excel" in done.said


def test_a_workbook_is_read_too(root: Path) -> None:
    path = root.parent / "annuaire.xlsx"
    path.write_bytes(write_xlsx([HEADINGS, ROW]))
    done = run(root, "importer", path)
    assert done.code == 0, done.said
    assert (root / "catalysers/le-relais.md").is_file()
