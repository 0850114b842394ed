"""What both sides changed since the last import ends in what both meant, or in a conflict."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maille.content.bodies import read_body, read_keys, replace_body
from maille.content.header_edits import Value, edit_header
from maille.imports.headings import BODY
from maille.imports.memory import Memory
from maille.imports.merging import Side, show
from maille.imports.records import Note
from tests.doses import MERGES
from tests.imports.merging_kit import PATH, make_merger, merge, read_rows, recall

BASE = {
    "nom": "Le Relais",
    "telephone": "03 80 00 00 00",
    "resume": "Un lieu inventé.",
    "commune": "Dijon",
    "departement": "21",
}
FILE = """\
---
# Relu en mai.
nom: "Le Relais"   # son nom d'usage
resume: Un lieu inventé.
commune: Dijon
departement: '21'
telephone: 0380000000
relation: membre
---

Un texte.
""".encode()


def edit(data: bytes, **changes: Value | None) -> bytes:
    return edit_header(data, changes)


def test_a_sheet_that_says_nothing_new_changes_nothing() -> None:
    row = merge(BASE, FILE, recall(BASE, FILE))
    assert row.data == b""
    assert row.merge
    assert (row.merge.changes, row.merge.conflicts, row.merge.differing) == ({}, [], [])


def test_only_what_the_sheet_changed_changes_and_every_other_byte_stays() -> None:
    data = b"\xef\xbb\xbf" + FILE.replace(b"\n", b"\r\n")
    row = merge(BASE | {"telephone": "03 80 00 00 01"}, data, recall(BASE, data))
    assert row.data == data.replace(b"0380000000", b"03 80 00 00 01")
    assert row.merge
    assert row.merge.shown == [("telephone", "03 80 00 00 00", "03 80 00 00 01")]


def test_what_only_the_file_changed_stays() -> None:
    after = edit(FILE, telephone="03 80 00 00 09", site="https://a.fr/")
    row = merge(BASE, after, recall(BASE, FILE))
    assert row.data == b""
    assert row.merge
    assert row.merge.differing == ["telephone"]


def test_what_both_changed_is_a_conflict_with_both_values_and_nothing_is_written() -> None:
    after = edit(FILE, telephone="03 80 00 00 09")
    row = merge(BASE | {"telephone": "03 80 00 00 05"}, after, recall(BASE, FILE))
    assert row.merge
    [note] = row.merge.conflicts
    assert "« 03 80 00 00 05 »" in note.message
    assert "« 03 80 00 00 09 »" in note.message
    assert "--en-conflit" in note.hint
    assert row.is_refused
    assert row.data == b""


@pytest.mark.parametrize(
    ("side", "kept"), [(Side.SHEET, b"telephone: 03 80 00 00 05"), (Side.FILE, b"")]
)
def test_one_option_settles_all_conflicts(side: Side, kept: bytes) -> None:
    after = edit(FILE, telephone="03 80 00 00 09")
    row = merge(BASE | {"telephone": "03 80 00 00 05"}, after, recall(BASE, FILE), side)
    assert row.merge
    assert row.merge.conflicts == []
    assert kept in row.data


def test_a_conflict_that_the_file_won_is_not_asked_again() -> None:
    after = edit(FILE, telephone="03 80 00 00 09")
    cells = BASE | {"telephone": "03 80 00 00 05"}
    row = merge(cells, after, recall(BASE, FILE), Side.FILE)
    memory = recall(BASE, FILE)
    line = make_merger({PATH: after}, memory).make_line(row, {})
    assert line.differing == ("telephone",)
    again = merge(cells, after, dataclasses.replace(memory, lines={PATH: line}))
    assert again.merge
    assert (again.merge.conflicts, again.data) == ([], b"")


def test_two_sides_that_say_the_same_agree() -> None:
    after = edit(FILE, telephone="+33 3 80 00 00 05")
    row = merge(BASE | {"telephone": "03.80.00.00.05"}, after, recall(BASE, FILE))
    assert row.merge
    assert (row.merge.conflicts, row.data) == ([], b"")


def test_a_record_never_imported_gains_what_it_lacks_and_disagrees_on_the_rest() -> None:
    row = merge(BASE | {"site": "https://a.fr", "resume": "Autre chose."}, FILE)
    assert row.merge
    assert [*row.merge.changes] == ["site"]
    assert [note.message for note in row.merge.conflicts] == [
        "resume : le tableau dit « Autre chose. », la fiche dit « Un lieu inventé. »"
    ]


def test_a_cell_that_was_emptied_empties_the_key_but_not_one_that_a_record_needs() -> None:
    row = merge(BASE | {"telephone": "", "resume": ""}, FILE, recall(BASE, FILE))
    assert b"telephone" not in row.data
    assert b"resume: Un lieu" in row.data
    assert "elle garde sa valeur" in row.remarks[0].message


def test_a_column_that_is_gone_and_a_cell_left_out_say_nothing() -> None:
    cells = {key: value for key, value in BASE.items() if key != "telephone"}
    assert merge(cells, FILE, recall(BASE, FILE)).data == b""
    row = merge(BASE | {"telephone": "06 39 98 00 01"}, FILE, recall(BASE, FILE))
    assert len(row.left) == 1
    assert row.data == b""


def test_the_text_below_the_header_is_merged_too() -> None:
    base = BASE | {BODY: "Un texte."}
    row = merge(base | {BODY: "Deux *textes*."}, FILE, recall(base, FILE))
    assert row.data == FILE.replace(b"Un texte.", b"Deux \\*textes\\*.")
    after = FILE.replace(b"Un texte.", b"Un texte relu.")
    assert merge(base, after, recall(base, FILE)).data == b""
    both = merge(base | {BODY: "Deux."}, after, recall(base, FILE))
    assert both.merge
    assert both.merge.conflicts[0].message.startswith("le texte : ")


def test_a_commune_given_by_its_code_is_the_one_of_its_name() -> None:
    coded = FILE.replace(b"commune: Dijon\ndepartement: '21'", b'code_insee: "21231"')
    assert merge(BASE, coded, recall(BASE, coded)).data == b""
    row = merge(BASE | {"commune": "Beaune"}, coded, recall(BASE, coded))
    keys = read_keys(row.data)
    assert (keys["commune"], keys["departement"]) == ("Beaune", "21")
    assert "code_insee" not in keys


def test_a_value_said_for_all_records_follows_its_mapping() -> None:
    memory = recall(BASE, FILE, relation="membre")
    assert b"relation: pilote" in merge(BASE, FILE, memory, relation="pilote").data
    assert merge(BASE, FILE, recall(BASE, FILE), relation="pilote").data == b""


def test_the_file_name_of_a_record_in_the_column_of_identifiers_is_no_change() -> None:
    assert merge({"identifiant": "le-relais", **BASE}, FILE, recall(BASE, FILE)).data == b""
    assert b"identifiant: A-12" in merge({"identifiant": "A-12", **BASE}, FILE).data


def test_a_draft_stays_one_in_memory_until_the_sheet_says_what_it_waited_for() -> None:
    [row] = read_rows([BASE])
    row.path, row.doubts = PATH, [Note(None, "", "à relire")]
    memory = recall(BASE, FILE)
    memory.lines[PATH] = make_merger({PATH: FILE}).make_line(row, {})
    draft = edit(FILE, brouillon="oui")
    merged = merge(BASE | {"telephone": ""}, draft, memory)
    assert merged.merge
    assert merged.merge.was_drafted
    published = merge(BASE | {"telephone": ""}, FILE, memory)
    assert published.merge
    assert not published.merge.was_drafted


def test_a_header_that_cannot_be_edited_is_told() -> None:
    broken = FILE.replace(b"telephone: 0380000000", b"telephone: {a: 1")
    row = merge(BASE | {"commune": "Beaune"}, broken, recall(BASE, FILE))
    assert PATH in row.faults[0].message


def test_values_are_shown_in_a_few_words() -> None:
    assert show(["a", {"titre": "b", "date": "2026"}]) == "a ; b, 2026"
    assert len(show("mot " * 100)) == 200


# Values that a cell can have and that are read as they are, or none.
_WORDS = st.sampled_from(["", "Un mot", "Deux : mots", "l'été #1", "Non", "« Ici »", "10"])
_VALUES: Mapping[str, Any] = {
    "resume": st.sampled_from(["Un lieu.", "Un autre : lieu.", "Trois #lieux."]),
    "adresse": _WORDS,
    "telephone": st.sampled_from(["", "03 80 00 00 00", "03 80 00 00 01", "03 80 00 00 02"]),
    "site": st.sampled_from(["", "https://a.fr", "https://b.fr/c", "https://www.d.fr"]),
    "autres_noms": st.lists(st.sampled_from(["AB", "C: d", "E"]), unique=True, max_size=3),
    BODY: st.sampled_from(["", "Un texte.", "Un *autre*.\n\nEncore.", "Fin."]),
}
_RECORDS = st.fixed_dictionaries(dict(_VALUES))
# New values, and the keys that keep those of before.
_EDITED = st.tuples(_RECORDS, st.sets(st.sampled_from([*_VALUES])))
_STYLES = st.sampled_from([b"\n", b"\r\n"])


def write(values: Mapping[str, Any], newline: bytes) -> bytes:
    """Return a file with a comment, quotes of its own, and these values."""
    keys = {key: value for key, value in values.items() if value and key != BODY}
    data = edit_header(b"---\n# note\nnom: 'Le Relais' # ici\n---\n", keys)
    return replace_body(data, values[BODY].replace("*", "\\*")).replace(b"\n", newline)


def type_cells(values: Mapping[str, Any]) -> dict[str, str]:
    joined = {key: "; ".join(one) if isinstance(one, list) else one for key, one in values.items()}
    return {"nom": "Le Relais", **joined}


def read_back(data: bytes) -> dict[str, Any]:
    keys = read_keys(data)
    found = {key: keys.get(key) or type(keys.get(key, ""))() for key in _VALUES if key != BODY}
    found["autres_noms"] = keys.get("autres_noms") or []
    return found | {BODY: read_body(data).replace("\\*", "*")}


@settings(max_examples=MERGES, deadline=None)
@given(_RECORDS, _EDITED, _EDITED, _STYLES)
def test_random_pairs_of_edits(
    base: dict[str, Any],
    in_sheet: tuple[dict[str, Any], set[str]],
    in_file: tuple[dict[str, Any], set[str]],
    newline: bytes,
) -> None:
    sheet, file = (
        edited | {key: base[key] for key in kept} for edited, kept in (in_sheet, in_file)
    )
    before, after = write(base, newline), write(file, newline)
    row = merge(type_cells(sheet), after, recall(type_cells(base), before))
    assert row.merge
    clash = {
        key
        for key in _VALUES
        if sheet[key] != base[key] and file[key] != base[key] and sheet[key] != file[key]
    }
    assert {note.message.split(" :")[0] for note in row.merge.conflicts} == {
        "le texte" if key == BODY else key for key in clash
    }
    if clash:
        return
    meant = {key: file[key] if sheet[key] == base[key] else sheet[key] for key in _VALUES}
    result = row.data or after
    assert read_back(result) == meant
    assert b"# note" + newline + b"nom: 'Le Relais' # ici" + newline in result
    assert row.data == b"" or meant != file


def test_without_the_memory_of_the_last_import_the_sheet_is_not_said_to_be_right() -> None:
    memory = recall(BASE, FILE)
    lost = dataclasses.replace(memory.lines[PATH], digests={})
    assert not memory.is_lost
    row = merge(BASE | {"telephone": "03 80 00 00 05"}, FILE, Memory(b"salt", {PATH: lost}))
    assert row.merge
    [note] = row.merge.conflicts
    assert note.hint.startswith("retrouvez d'abord ce que disait le dernier import")
    assert "--en-conflit" not in note.hint
