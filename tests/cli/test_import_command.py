"""The command `importer`: all or nothing, and what holds cells stays out of git."""

from __future__ import annotations

from pathlib import Path

from tests.command import read_tree, run, start
from tests.imports.tables import HEADINGS, ROW, write_csv, write_xlsx
from tests.sealing import make_copies
from tests.small_site import write_small_site

BAD = ["Un autre", "Rien-du-Tout", "21", "?", "Un résumé inventé."]
PERSON = ["Le dernier", "Lyon", "69", "06 39 98 00 01", ""]


before, root = make_copies(write_small_site)


def bring(
    root: Path, rows: list[list[str]], *options: str, name: str = "annuaire.csv"
) -> tuple[int, str]:
    """Run the command on a table; return its exit code and what it said."""
    path = root.parent / name
    path.write_bytes(write_csv(rows, encoding="cp1252"))
    done = run(root, "importer", path, *options)
    return done.code, done.said


def list_new(root: Path, files: dict[str, bytes | None]) -> set[str]:
    return {path for path, data in read_tree(root).items() if files.get(path) != data}


def list_public(root: Path, files: dict[str, bytes | None]) -> set[str]:
    """Return the new or changed files that git takes."""
    return {path for path in list_new(root, files) if not path.startswith(".imports/")}


def test_good_rows_become_records_and_the_end_says_how_to_undo(root: Path) -> None:
    files = read_tree(root)
    code, said = bring(root, [HEADINGS, ROW, PERSON])
    assert code == 0, said
    assert "2 lignes : 1 fiche, 1 brouillon, 0 à corriger." in said
    assert ".imports/annuaire/fiches.txt" in said
    new = list_new(root, files)
    assert {path for path in new if not path.startswith(".imports/")} == {
        "catalysers/le-relais.md",
        "catalysers/le-dernier.md",
        "content/imports/annuaire.toml",
        "content/imports/annuaire.json",
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


def test_a_second_import_of_the_same_file_changes_no_byte(root: Path) -> None:
    bring(root, [HEADINGS, ROW, PERSON])
    files = read_tree(root)
    code, said = bring(root, [HEADINGS, ROW, PERSON])
    assert code == 0, said
    assert "0 fiche, 0 changée, 2 inchangées" in said
    assert "aucune fiche n'a changé" in said
    assert list_public(root, files) == set()


def test_a_year_later_only_what_was_touched_changes(root: Path) -> None:
    bring(root, [HEADINGS, ROW, PERSON])
    path = root / "catalysers/le-relais.md"
    edited = path.read_text("utf-8").replace("Un lieu inventé", "Un lieu vraiment inventé")
    path.write_text(f"{edited}\nUn mot de plus.\n", "utf-8", newline="\r\n")
    before, files = path.read_bytes(), read_tree(root)
    new = ["Un neuf", "Beaune", "21", "", "Un lieu de plus."]
    moved = [*ROW[:3], "03 80 00 00 05", ROW[4]]
    code, said = bring(root, [HEADINGS, moved, new], name="annuaire 2027.csv")
    assert code == 0, said
    assert path.read_bytes() == before.replace(b"03 80 00 00 00", b"03 80 00 00 05")
    assert "catalysers/le-dernier.md\n  Pour les retirer" in said
    assert list_public(root, files) == {
        *("catalysers/le-relais.md", "catalysers/un-neuf.md", "content/imports/annuaire.json"),
    }
    assert (root / ".imports/annuaire/changees.txt").read_text("utf-8").split() == [
        *("catalysers/le-relais.md", "content/imports/annuaire.json"),
    ]
    memory = (root / "content/imports/annuaire.json").read_text("utf-8")
    assert "03 80" not in memory
    assert "catalysers/le-dernier.md" in memory
    assert run(root, "verifier").code == 0


def test_a_conflict_stops_all_until_it_is_settled(root: Path) -> None:
    bring(root, [HEADINGS, ROW])
    path = root / "catalysers/le-relais.md"
    path.write_bytes(path.read_bytes().replace(b"03 80 00 00 00", b"03 80 00 00 09"))
    files, rows = read_tree(root), [HEADINGS, [*ROW[:3], "03 80 00 00 05", ROW[4]]]
    code, said = bring(root, rows)
    assert code == 1
    assert "le tableau dit « 03 80 00 00 05 », la fiche dit « 03 80 00 00 09 »" in said
    assert list_public(root, files) == set()
    code, said = bring(root, rows, "--en-conflit", "tableau")
    assert code == 0, said
    assert b"03 80 00 00 05" in path.read_bytes()


def test_without_salt_nor_git_the_lost_memory_is_told_before_the_conflicts(root: Path) -> None:
    bring(root, [HEADINGS, ROW])
    (root / ".imports/sel").unlink()
    code, said = bring(root, [HEADINGS, [*ROW[:3], "03 80 00 00 05", ROW[4]]])
    assert code == 1
    assert said.index("ATTENTION : content/imports/annuaire.json ne se lit") < said.index("Désac")
    assert "--en-conflit" not in said


def test_who_left_the_file_leaves_the_site_only_if_it_is_asked(root: Path) -> None:
    bring(root, [HEADINGS, ROW, [*PERSON[:4], "Un résumé."]])
    code, said = bring(root, [HEADINGS, ROW], "--retirer")
    assert code == 0, said
    assert not (root / "catalysers/le-dernier.md").exists()
    assert "/catalyseurs/le-dernier/" in (root / "content/adresses.toml").read_text("utf-8")
    assert "le-dernier" not in (root / "content/imports/annuaire.json").read_text("utf-8")
    assert run(root, "verifier").code == 0
    code, said = bring(root, [HEADINGS, ROW, PERSON])
    assert code == 1
    assert "cette fiche a quitté le site le 2026-11-21" in said


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
    assert '"Tiers-lieu" = "…"  (1 ligne)' in said
    mapping = root / "content/imports/annuaire.toml"
    mapping.write_text(
        mapping.read_text("utf-8") + '\n[mots.profil]\n"Tiers-lieu" = "+"\n', "utf-8"
    )
    code, said = bring(root, rows)
    assert code == 0, said
    assert "cle: tiers-lieu" in (root / "content/vocabulaires/profils.yaml").read_text("utf-8")
    assert "profil: tiers-lieu" in (root / "catalysers/le-relais.md").read_text("utf-8")


def test_two_imports_at_once_take_turns_and_the_second_one_sees_the_first(root: Path) -> None:
    path = root.parent / "annuaire.csv"
    path.write_bytes(write_csv([HEADINGS, ROW]))
    commands = [start(root, "importer", path), start(root, "importer", path)]
    said = [command.wait().said for command in commands]
    assert sorted(command.wait().code for command in commands) == [0, 0], said
    assert sum("1 nouvelle fiche" in one for one in said) == 1
    assert sum("aucune fiche n'a changé" in one for one in said) == 1


def test_what_is_no_table_is_told_with_what_to_do(root: Path) -> None:
    missing = run(root, "importer", root / "rien.csv")
    assert missing.code == 2
    assert "n'est pas un fichier" in missing.said
    path = root.parent / "annuaire.numbers"
    path.write_bytes(b"PK")
    done = run(root, "importer", path)
    assert done.code == 1
    assert "Exporter vers > Excel" in done.said


def test_mistakes_of_the_mapping_are_lines_of_their_own(root: Path) -> None:
    folder = root / "content/imports"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "annuaire.toml").write_text('[colonne]\n[colonnes]\n"Nom" = "nmo"\n', "utf-8")
    code, said = bring(root, [HEADINGS, ROW])
    assert code == 1
    assert "\n    → écrivez colonnes\ncontent/imports/annuaire.toml, ligne 3 : « nmo »" in said


def test_a_workbook_is_read_too(root: Path) -> None:
    path = root.parent / "annuaire.xlsx"
    path.write_bytes(write_xlsx([HEADINGS, ROW]))
    done = run(root, "importer", path)
    assert done.code == 0, done.said
    assert (root / "catalysers/le-relais.md").is_file()
