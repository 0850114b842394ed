"""Rows become files: names, what exists already, drafts, and the problems of the site."""

from __future__ import annotations

import pytest

from maille.imports.columns import Column, Reason, Table
from maille.imports.mapping import Settings
from maille.imports.plan import (
    ImportPlan,
    add_terms,
    apply_problems,
    drop_columns,
    list_files,
    name_columns,
    name_files,
    remember,
    write_record,
)
from maille.imports.records import Merge, Note, Row
from maille.imports.sheets import Sheet
from maille.kinds.catalyser import KIND
from maille.problems import Level, Problem
from tests.imports.merging_kit import make_merger, make_record

KEYS = ["nom", "commune", "resume", "site"]
COLUMNS = [Column(n, key.title(), key, Reason.HEADING, 1) for n, key in enumerate(KEYS)]
TABLE = Table(
    Sheet("a", []),
    1,
    (*COLUMNS, Column(len(KEYS), "Notes", "", Reason.NO_KEY, 1)),
)


def make_row(place: int = 1, **values: str) -> Row:
    return Row(TABLE, place, [values.get(key, "") for key in KEYS], {"nom": "Le Relais", **values})


def make_plan(*rows: Row, words: dict[str, dict[str, str]] | None = None) -> ImportPlan:
    settings = Settings("content/imports/a.toml", words=words or {})
    return ImportPlan(settings, KIND, (TABLE,), [*rows], {"relation": "membre"}, make_merger({}))


def test_a_record_has_its_keys_in_the_order_of_its_kind_and_its_text_below() -> None:
    row = make_row(commune="Dijon", resume="Oui : un #1.")
    row.body = "Un *lieu*."
    assert write_record(row, {"relation": "membre"}, KIND, draft=False).decode() == (
        '---\nnom: Le Relais\nrelation: membre\nresume: "Oui : un #1."\ncommune: Dijon\n---\n'
        "\nUn \\*lieu\\*.\n"
    )


def test_a_draft_says_why() -> None:
    row = make_row()
    row.doubts = [Note(None, "", "résumé à écrire")] * 2
    text = write_record(row, {}, KIND, draft=True).decode()
    assert text == "---\nbrouillon: oui  # résumé à écrire\nnom: Le Relais\n---\n"


def test_files_are_named_by_name_then_commune_then_number() -> None:
    rows = [make_row(), make_row(commune="Dijon"), make_row(commune="Dijon"), make_row(5, nom="?")]
    name_files(rows, KIND, ["catalysers/autre.md"])
    assert [row.path.removeprefix("catalysers/") for row in rows] == [
        *("le-relais.md", "le-relais-dijon.md", "le-relais-dijon-2.md", "ligne-6.md"),
    ]


def test_a_row_that_is_a_record_has_its_path_and_a_file_name_is_no_identifier() -> None:
    known, named = make_row(), make_row(2, nom="Le Pont", identifiant="le-pont")
    known.record = make_record(b"---\nnom: Autre\n---\n", "catalysers/autre.md")
    name_files([known, named], KIND, ["catalysers/autre.md"])
    assert known.path == "catalysers/autre.md"
    assert "identifiant" not in named.values


def test_problems_go_to_the_cells_that_their_keys_came_from() -> None:
    row = make_row(commune="Rien")
    row.path = "catalysers/le-relais.md"
    plan = make_plan(row)
    apply_problems(
        plan,
        [
            Problem(row.path, "inconnue", "écrivez commune: Dijon", key="commune"),
            Problem(row.path, "manque", key="resume"),
            Problem(row.path, "douteux", key="site", level=Level.WARNING),
            Problem(row.path, "tel quel", key="nom", level=Level.WARNING),
            Problem(row.path, "inconnu", "écrivez membre", key="relation"),
            Problem("catalysers/autre.md", "ailleurs"),
        ],
    )
    assert [(note.message, note.hint) for note in row.faults] == [
        ("inconnue", "écrivez, dans la colonne B (Commune), Dijon"),
    ]
    assert [note.message for note in row.doubts] == ["résumé à écrire", "douteux"]
    assert [note.message for note in row.remarks] == ["tel quel"]
    assert plan.problems == [("[pour_toutes] relation : inconnu", "écrivez membre")]
    assert (plan.refused, plan.good, plan.drafts) == ([row], [], [])


def test_a_record_that_changes_is_no_draft_and_an_error_elsewhere_stops_all() -> None:
    row = make_row(commune="Dijon")
    row.path, row.merge = "catalysers/le-relais.md", Merge({"commune": "Dijon"})
    plan = make_plan(row)
    apply_problems(
        plan,
        [
            Problem(row.path, "douteux", key="commune", level=Level.WARNING),
            Problem(row.path, "ancien doute", key="site", level=Level.WARNING),
            Problem("catalysers/autre.md", "a déjà une fiche", "précisez", key="nom"),
            Problem("catalysers/autre.md", "un lien ne mène nulle part"),
        ],
    )
    assert [note.message for note in row.remarks] == ["douteux"]
    assert row.doubts == []
    assert plan.problems == [("catalysers/autre.md : a déjà une fiche", "précisez")]


def test_rows_are_counted_once_and_only_what_changes_is_written() -> None:
    new, changed, same, clash = (make_row(number) for number in range(1, 5))
    for row in (changed, same, clash):
        row.record = make_record(b"---\nnom: Le Relais\n---\n")
        row.path, row.merge = f"catalysers/{row.number}.md", Merge()
    changed.data = b"---\nnom: Autre\n---\n"
    assert clash.merge
    clash.merge.conflicts = [Note(None, "", "deux valeurs")]
    new.path = "catalysers/le-relais.md"
    plan = make_plan(new, changed, same, clash)
    assert (plan.new, plan.changed, plan.refused, plan.conflicts) == (
        *([new], [changed]),
        *([clash], [clash]),
    )
    assert [*list_files(plan, plan.good, checked=True)] == [new.path, changed.path]
    said = remember(plan, plan.good, [])
    assert said
    assert b"le-relais.md" in said
    assert clash.path.encode() not in said
    assert b"Le Relais" not in said


def test_a_draft_that_the_sheet_completes_is_published() -> None:
    row = make_row()
    row.path, row.record = "catalysers/a.md", make_record(b"")
    row.merge, row.data = Merge(was_drafted=True), b"---\nbrouillon: oui  # ?\nnom: A\n---\n"
    plan = make_plan(row)
    assert list_files(plan, [row], checked=True)[row.path] == b"---\nnom: A\n---\n"
    row.doubts = [Note(None, "", "encore un doute")]
    assert list_files(plan, [row], checked=False)[row.path] == b"---\nnom: A\n---\n"
    assert list_files(plan, [row], checked=True)[row.path] == row.data


def test_a_key_without_a_column_is_a_column_to_add_or_to_name() -> None:
    assert name_columns('ajoutez departement: "21"', make_row()) == (
        'ajoutez au tableau une colonne « departement » : "21" ; ou, si une colonne le dit déjà, '
        'donnez-lui cette clé sous [colonnes] : "son en-tête" = "departement"'
    )


def test_values_to_choose_among_are_quoted_without_their_key() -> None:
    hint = name_columns(
        "écrivez « commune: Is-sur-Tille » ou « commune: Is-en-Bassigny »", make_row()
    )
    column = "dans la colonne B (Commune)"
    assert hint == f"écrivez « Is-sur-Tille » {column} ou « Is-en-Bassigny » {column}"


def test_terms_are_added_to_their_vocabulary_once() -> None:
    words = {"profil": {"Tiers-lieu": "+", "Ici": "+ a", "Là": "a"}, "activites": {"X": "+"}}
    plan = make_plan(words=words)
    text = "nom: Profils\ntermes:\n  - {cle: a, nom: A}\n"
    data = {"nom": "Profils", "termes": [{"cle": "a", "nom": "A"}]}
    add_terms(
        plan, {"profil": ("content/vocabulaires/profils.yaml", data)}, lambda _: text.encode()
    )
    added = text + "  - {cle: tiers-lieu, nom: Tiers-lieu}\n"
    assert plan.terms == {"content/vocabulaires/profils.yaml": added.encode()}
    assert [message for message, _ in plan.problems] == [
        "[mots.activites] X : cette liste ne s'allonge pas ici",
    ]


def test_files_are_drafts_only_once_they_are_checked() -> None:
    row = make_row()
    row.path, row.doubts = "catalysers/a.md", [Note(None, "", "à relire")]
    plan = make_plan(row)
    plan.terms = {"content/vocabulaires/a.yaml": b"a"}
    assert b"brouillon" not in list_files(plan, [row], checked=False)[row.path]
    files = list_files(plan, [row], checked=True)
    assert b"brouillon" in files[row.path]
    assert [*files] == ["content/vocabulaires/a.yaml", "catalysers/a.md"]


def test_words_and_cells_left_out_are_counted() -> None:
    rows = [make_row(1), make_row(2)]
    for row in rows:
        row.unknown = [("profil", "SCIC")] * 2
        row.leave(TABLE.columns[3], "personne")
    plan = make_plan(*rows)
    assert plan.count_unknown() == {("profil", "SCIC"): 2}
    assert [*plan.list_left()] == [(TABLE.columns[3], "personne", 2)]


@pytest.mark.parametrize(("key", "kept"), [("nom", {}), ("relation", {"relation": "a"})])
def test_what_a_column_gives_is_not_said_for_all(key: str, kept: dict[str, str]) -> None:
    assert drop_columns({key: "a"}, [TABLE]) == kept
