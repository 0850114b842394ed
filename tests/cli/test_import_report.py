"""What the command prints says columns, cells left out, repairs, and what is to correct."""

from __future__ import annotations

from maille.cli.import_report import (
    CHANGED_FILES,
    NEW_FILES,
    describe,
    explain_blocked,
    explain_written,
)
from maille.imports.plan import ImportPlan
from maille.imports.records import Merge, Note
from tests.imports.merging_kit import make_record
from tests.imports.test_plan import TABLE, make_plan, make_row


def test_everything_is_said_with_its_place() -> None:
    row = make_row(1, commune="Rien")
    row.add_fault(TABLE.columns[1], "aucune commune", "écrivez Dijon")
    row.unknown = [("profil", "SCIC")]
    row.leave(TABLE.columns[3], "semble être d'une personne")
    row.repairs = [(Note(TABLE.columns[0], "le  Relais", "espaces en trop"), "Le Relais")]
    draft = make_row(2)
    draft.doubts = [Note(TABLE.columns[2], "", "résumé à écrire", "écrivez-le")]
    draft.remarks = [Note(TABLE.columns[0], "", "tel quel")]
    plan = make_plan(row, draft)
    plan.problems = [("[pour_toutes] relation : inconnu", "écrivez membre")]
    said = "\n".join(describe(plan, "a.csv"))
    for words in (
        "a.csv : 2 lignes : 0 fiche, 1 brouillon, 1 à corriger.",
        "  B Commune → commune (par son en-tête)",
        "  relation : membre",
        "  colonne D (Site) : 1 ligne, semble être d'une personne",
        "  a, ligne 2, colonne A (Nom) : « le  Relais » → « Le Relais » (espaces en trop)",
        "  a, ligne 3, colonne C (Resume) : résumé à écrire\n    → écrivez-le",
        "  a, ligne 3, colonne A (Nom) : tel quel",
        "À corriger dans content/imports/a.toml : [pour_toutes] relation : inconnu",
        '    → "SCIC" = "…"  (1 ligne)',
        "rien pour le laisser de côté, ou la clé d'un terme :",
        "  a, ligne 2, colonne B (Commune) « Rien » : aucune commune\n    → écrivez Dijon",
    ):
        assert words in said


def test_rows_that_say_the_same_are_told_together() -> None:
    rows = [make_row(place) for place in (1, 2, 3, 6)]
    for row in rows:
        row.add_fault(TABLE.columns[1], "commune inconnue", "écrivez Dijon")
    rows[2].add_fault(TABLE.columns[2], "trop long", "")
    said = "\n".join(describe(make_plan(*rows), "a.csv"))
    assert "  a, lignes 2 à 4 et 7, colonne B (Commune) : commune inconnue\n    →" in said
    assert "  a, ligne 4, colonne C (Resume) : trop long" in said


def test_a_word_of_the_mapping_that_is_no_term_is_named() -> None:
    row = make_row(1)
    row.unknown = [("profil", "SCIC")]
    plan = make_plan(row, words={"profil": {"SCIC": "organisme"}})
    assert '"+" pour ajouter' not in "\n".join(describe(plan, "a.csv"))
    plan.growing = frozenset({"profil"})
    said = "\n".join(describe(plan, "a.csv"))
    assert '"+" pour ajouter ce mot au vocabulaire' in said
    assert '"SCIC" = "…"  (1 ligne : « organisme » n\'est la clé d\'aucun terme)' in said


def test_the_end_says_what_to_do() -> None:
    plan = make_plan(make_row(1))
    assert "--seulement-les-bonnes" in "\n".join(explain_blocked(plan, ".imports/a"))
    said = explain(plan, 0, NEW_FILES)
    assert "C'est écrit dans catalysers/ : 1 nouvelle fiche." in said
    assert "effacez les fichiers que nomme .imports/a/fiches.txt" in said
    assert "copiez dans votre" in said
    assert "git restore --pathspec-from-file=.imports/a/changees.txt" in explain(
        plan, 2, CHANGED_FILES
    )
    assert "exemples = 0" in explain(plan, 0, has_examples=True)
    assert "ne dit rien de nouveau" in explain(make_plan(), 0)


def explain(plan: ImportPlan, gone: int, *lists: str, has_examples: bool = False) -> str:
    return "\n".join(explain_written(plan, ".imports/a", gone, lists, has_examples=has_examples))


def test_what_changes_and_what_disagrees_is_said_with_both_values() -> None:
    row, clash = make_row(1), make_row(2)
    row.path, row.data, row.record = "catalysers/a.md", b"a", make_record(b"")
    row.merge = Merge(shown=[("telephone", "", "03"), ("texte", "Un.", "Deux.")])
    clash.path, clash.record = "catalysers/b.md", make_record(b"")
    clash.merge = Merge(conflicts=[Note(TABLE.columns[3], "x", "site : deux valeurs")])
    plan = make_plan(row, clash)
    plan.absent = ["catalysers/c.md"]
    said = "\n".join(describe(plan, "a.csv"))
    for words in (
        "0 fiche, 1 changée, 0 inchangée, 0 brouillon, 1 à corriger dont 1 en désaccord.",
        "Plus dans le fichier : 1 fiche.",
        "  catalysers/a.md\n    telephone : rien → « 03 »\n    le texte : « Un. » → « Deux. »",
        "  a, ligne 3, colonne D (Site), catalysers/b.md\n    site : deux valeurs",
        "  catalysers/c.md\n  Pour les retirer",
    ):
        assert words in said
