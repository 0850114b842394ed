"""Who is erased from the sheet, or from its mapping, is erased from the record that it made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from maille.content.bodies import read_keys
from maille.content.header_edits import Value, edit_header
from maille.imports.mapping import Settings
from maille.imports.memory import Memory
from maille.imports.merging import Side
from maille.imports.records import Merge, Row
from tests.imports.merging_kit import PATH, make_merger, read_rows

ROLE = {"fonction": "Référente", "date": "2026"}
CAMILLE, ANNA = ({"nom": name, **ROLE} for name in ("Camille Exemple", "Anna Essai"))
GUEST = {"nom": "Xavier Modèle", "fonction": "Présidence", "date": "2025"}
CELLS = {"nom": "Le Relais", "Référent": "Camille Exemple", "telephone": "06 39 98 00 01"}
MAPPING = Settings("a.toml", people={"Référent": ROLE, "telephone": ROLE})
HEADER = b"---\nnom: Le Relais\ntelephone: 06 39 98 00 01\n---\n"


def write(*people: Mapping[str, str], **changes: Any) -> bytes:
    listed: list[Value] = [{**one} for one in people]
    return edit_header(HEADER, {"personnes": listed or None, **changes})


def bring(
    data: bytes,
    cells: Mapping[str, str],
    memory: Memory | None = None,
    settings: Settings = MAPPING,
    side: Side = Side.ASK,
) -> tuple[Row, Memory]:
    """Merge a sheet into the record of `data`; return its row, and what is remembered of it."""
    [row] = read_rows([cells], settings)
    merger = make_merger({PATH: data}, memory, side, settings=settings)
    row.path, row.record = PATH, merger.directory.records[0]
    row.merge = merger.merge(row, row.record)
    return row, Memory(b"salt", {PATH: merger.make_line(row, {})})


def list_people(row: Row) -> list[Mapping[str, str]]:
    return [*(read_keys(row.data).get("personnes") or [])]


def get_merge(row: Row) -> Merge:
    assert row.merge
    return row.merge


@pytest.fixture(scope="module")
def memory() -> Memory:
    """What is remembered of a sheet that gave Camille, and her telephone."""
    return bring(write(CAMILLE), CELLS)[1]


def test_the_memory_names_nobody(memory: Memory) -> None:
    assert "Camille" not in str(memory.lines)
    row, again = bring(write(CAMILLE), CELLS, memory)
    assert (row.data, again.lines) == (b"", memory.lines)


def test_an_emptied_cell_removes_the_person_that_it_gave(memory: Memory) -> None:
    row, after = bring(write(CAMILLE, GUEST), CELLS | {"Référent": ""}, memory)
    assert list_people(row) == [GUEST]
    [(key, old, new)] = get_merge(row).shown
    assert key == "personnes"
    assert "Camille" in old
    assert "Camille" not in new
    row, _ = bring(row.data, CELLS | {"Référent": ""}, after)
    assert row.data == b""


def test_a_dropped_column_removes_its_people_too(memory: Memory) -> None:
    cells = {key: CELLS[key] for key in ("nom", "telephone")}
    assert list_people(bring(write(CAMILLE, GUEST), cells, memory)[0]) == [GUEST]
    export = cells | {"version": "abc"}  # an export has no people, and says nothing of them
    assert bring(write(CAMILLE), export, memory)[0].data == b""


def test_a_line_taken_out_of_the_mapping_removes_all_that_it_let_in(memory: Memory) -> None:
    row, after = bring(write(CAMILLE), CELLS, memory, Settings("a.toml"))
    assert row.data == b"---\nnom: Le Relais\n---\n"
    assert [key for key, *_ in get_merge(row).shown] == ["personnes", "telephone"]
    assert bring(row.data, CELLS, after, Settings("a.toml"))[0].data == b""
    row, _ = bring(row.data, CELLS, after)  # the line is back
    assert read_keys(row.data) == read_keys(write(CAMILLE))


def test_another_person_takes_the_place_and_those_of_the_editor_stay(memory: Memory) -> None:
    row, _ = bring(write(CAMILLE, GUEST), CELLS | {"Référent": "Anna Essai"}, memory)
    assert list_people(row) == [GUEST, ANNA]


def test_a_person_that_the_editor_removed_does_not_come_back(memory: Memory) -> None:
    assert bring(write(), CELLS, memory)[0].data == b""


@pytest.mark.parametrize(
    ("edited", "cell", "by_sheet"),
    [
        ({**CAMILLE, "fonction": "Directrice"}, "", []),
        ({**CAMILLE, "date": "2027"}, "Anna Essai", [ANNA]),
        ({**CAMILLE, "nom": "Xyz Abc"}, "Anna Essai", [ANNA]),
    ],
)
def test_who_changed_on_both_sides_is_a_conflict(
    edited: dict[str, str], cell: str, by_sheet: list[Any], memory: Memory
) -> None:
    data, cells = write(edited), CELLS | {"Référent": cell}
    row, _ = bring(data, cells, memory)
    assert len(get_merge(row).conflicts) == 1
    assert row.data == b""
    assert list_people(bring(data, cells, memory, side=Side.SHEET)[0]) == by_sheet
    row, after = bring(data, cells, memory, side=Side.FILE)
    assert row.data == b""
    assert get_merge(bring(data, cells, after)[0]).conflicts == []  # it is not asked again


def test_a_person_that_only_the_editor_changed_stays(memory: Memory) -> None:
    row, _ = bring(write({**CAMILLE, "date": "2027"}), CELLS, memory)
    assert (row.data, get_merge(row).conflicts) == (b"", [])


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("telephone", "03 80 00 00 00", "06 39 98 00 01"),
        ("courriel", "contact@essai.example", "camille.exemple@essai.example"),
        ("adresse", "12 place des Essais", "chez Camille Exemple"),
    ],
)
def test_a_value_that_becomes_a_persons_is_told_as_long_as_the_old_one_is_shown(
    key: str, old: str, new: str
) -> None:
    none = Settings("a.toml")
    data = write(**{"telephone": None, key: old})
    _, before = bring(data, {"nom": "Le Relais", key: old}, settings=none)
    for _ in range(2):
        row, before = bring(data, {"nom": "Le Relais", key: new}, before, none)
        [note] = row.remarks
        assert f"{PATH} montre encore « {old} »" in note.message
        assert new not in note.message
        assert row.data == b""
    row, _ = bring(data, {"nom": "Le Relais", key: ""}, before, none)
    assert row.data == b"---\nnom: Le Relais\n---\n"
