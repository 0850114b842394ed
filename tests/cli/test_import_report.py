"""What the command prints says columns, cells left out, repairs, and what is to correct."""

from __future__ import annotations

from maille.cli.import_report import describe, explain_blocked, explain_written
from maille.imports.records import Note
from tests.imports.test_plan import TABLE, make_plan, make_row


def test_everything_is_said_with_its_place() -> None:
    row = make_row(1, commune="Rien")
    row.tell(TABLE.columns[1], "aucune commune", "écrivez Dijon")
    row.unknown = [("profil", "SCIC")]
    row.leave(TABLE.columns[3], "semble être d'une personne")
    row.repairs = [(Note(TABLE.columns[0], "le  Relais", "espaces en trop"), "Le Relais")]
    draft = make_row(2)
    draft.doubts = [Note(TABLE.columns[2], "", "résumé à écrire")]
    draft.remarks = [Note(TABLE.columns[0], "", "tel quel")]
    plan = make_plan(row, draft)
    plan.problems = [("[pour_toutes] relation : inconnu", "écrivez membre")]
    said = "\n".join(describe(plan, "a.csv"))
    for words in (
        "a.csv : 2 lignes : 0 fiches, 1 brouillons, 1 à corriger.",
        "  B Commune → commune (par son en-tête)",
        "  relation : membre",
        "  colonne D (Site) : 1 lignes, semble être d'une personne",
        "  a, ligne 2, colonne A (Nom) : « le  Relais » → « Le Relais » (espaces en trop)",
        "  a, ligne 3, colonne C (Resume) : résumé à écrire",
        "  a, ligne 3, colonne A (Nom) : tel quel",
        "À corriger dans content/imports/a.toml : [pour_toutes] relation : inconnu",
        "  profil : « SCIC » (1 ligne)",
        "  a, ligne 2, colonne B (Commune) « Rien » : aucune commune\n    → écrivez Dijon",
    ):
        assert words in said


def test_the_end_says_what_to_do() -> None:
    plan = make_plan(make_row(1))
    assert "--seulement-les-bonnes" in "\n".join(explain_blocked(plan, ".imports/a"))
    said = "\n".join(explain_written(plan, ".imports/a"))
    assert "1 fiches dans catalysers/" in said
    assert ".imports/a/fiches.txt" in said
    plan.terms = {"content/vocabulaires/profils.yaml": b""}
    assert "git restore content/vocabulaires/profils.yaml" in "\n".join(explain_written(plan, "a"))
