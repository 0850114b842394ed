"""The corpus of the import holds what its manifests say, read back by the usual libraries."""

from __future__ import annotations

import csv
import functools
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.cell import Cell as OpenCell
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from tools.import_corpus import personal
from tools.import_corpus.__main__ import (
    MANIFESTS,
    list_manifests,
    list_truth,
    name_extension,
    write_layout,
)
from tools.import_corpus.__main__ import list_files as make_files
from tools.import_corpus.corpus import ROWS, TWINS, build_table, correct_table, list_fates
from tools.import_corpus.layouts import PEOPLE, arrange
from tools.import_corpus.manifest import Line
from tools.import_corpus.model import (
    DRAFT,
    ERROR,
    LAYOUTS,
    NO_FIELD,
    PERSONAL,
    READ,
    REPAIRED,
    SKIPPED,
    TOLD,
    Table,
)
from tools.import_corpus.vocabulary import ANSWERS
from tools.import_corpus.whole_files import CASES, make_sheet_bomb
from tools.import_corpus.write_csv import DIALECTS, write_csv
from tools.import_corpus.write_xlsx import HIDDEN

OUTCOMES = {READ, REPAIRED, TOLD, ERROR, DRAFT, PERSONAL, NO_FIELD, SKIPPED}


@functools.cache
def list_files() -> Mapping[str, bytes]:
    return dict(make_files())


@functools.cache
def read_manifest(name: str) -> list[Line]:
    text = (MANIFESTS / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def list_cells(layout: str) -> Iterator[Line]:
    return (line for line in read_manifest(layout) if "typed" in line)


def read_path(element: Any, path: str) -> Any:
    """Return what stands at `path` ("geometry.coordinates.1"), or nothing."""
    head, _, rest = path.partition(".")
    if isinstance(element, list):
        value = element[int(head)]
    elif isinstance(element, dict):
        value = element.get(head)
    else:
        return None
    return read_path(value, rest) if rest else value


def test_the_committed_manifests_are_those_of_the_generator() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in MANIFESTS.iterdir()}
    assert written == dict(list_manifests())


@pytest.mark.parametrize("layout", ["xlsx", "ods"])
def test_the_same_archive_comes_out_each_time(layout: str) -> None:
    assert write_layout(build_table(layout)) == list_files()[f"brut/annuaire.{layout}"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_file_has_350_rows_with_many_kinds_of_fault(layout: str) -> None:
    assert sum(len(sheet.places) for sheet in arrange(build_table(layout))) == ROWS
    lines = read_manifest(layout)
    kinds = {line["kind"] for line in lines if "key" in line}
    assert len(kinds) > 120
    assert {line["outcome"] for line in lines} <= OUTCOMES
    # Each line says what is right, but for people, and where two values would do as well.
    assert all("right" in line for line in lines if "key" in line and line["outcome"] != PERSONAL)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_sixty_cells_of_twelve_kinds_are_about_people(layout: str) -> None:
    people = [line for line in list_cells(layout) if line.get("needle")]
    assert Counter(line["kind"] for line in people) == {kind.name: 5 for kind in personal.KINDS}
    assert len(people) == 60
    rows = build_table(layout).rows
    texts = [cell.text for row in rows for cell in row.cells.values()]
    for line in people:
        assert line["needle"] in line["typed"]
        assert sum(line["needle"] in text for text in texts) == 1
    # The columns of people hold nobody else.
    named = sum(bool(row.cells[name].text) for row in rows for name in PEOPLE if name in row.cells)
    assert named == sum(line["field"] in PEOPLE for line in people)


@pytest.mark.parametrize("name", DIALECTS)
def test_a_csv_holds_what_its_manifest_says(name: str) -> None:
    dialect = DIALECTS[name]
    content = list_files()[f"brut/{name}.csv"]
    assert content.startswith(dialect.mark)
    text = content[len(dialect.mark) :].decode(dialect.encoding)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter))
    assert len([row for row in rows if any(cell.strip() for cell in row)]) == ROWS + 1
    assert len({len(row) for row in rows}) == 1
    for line in list_cells("csv"):
        at = rows[0].index(line["header"])
        if dialect.encoding not in line.get("not_in", ()):
            assert rows[line["row"] - 1][at] == line["typed"], line
    for line in read_manifest("csv"):
        if line["kind"] == "ligne-vide":
            assert not "".join(rows[line["row"] - 1]).strip()


def test_dialects_differ_in_their_bytes() -> None:
    files = list_files()
    assert b"\xe9" in files["brut/point-virgule-cp1252.csv"]
    assert b"\x9c" in files["brut/point-virgule-cp1252.csv"]  # œ, which latin-1 lacks
    assert b"\x8e" in files["brut/point-virgule-mac.csv"]
    lines = [line for line in list_cells("csv") if "\n" in line["typed"]]
    assert len(lines) > 10  # line breaks inside cells
    assert files["brut/virgule-utf8.csv"].count(b"\r") == 0
    assert files["brut/virgule-utf8-guillemets.csv"].startswith(b'"')


@functools.cache
def read_workbook(*, values: bool) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(list_files()["brut/annuaire.xlsx"]), data_only=values)


def find_cell(line: Line, *, values: bool) -> OpenCell:
    cell = read_workbook(values=values)[line["sheet"]][f"{line['column']}{line['row']}"]
    assert isinstance(cell, OpenCell)
    return cell


def test_a_workbook_holds_what_its_manifest_says() -> None:
    for line in list_cells("xlsx"):
        if line["kind"] == "cellules-fusionnees":
            continue
        value = find_cell(line, values=True).value
        if "number" in line:
            # Workbooks are written with 16 digits.
            assert value == pytest.approx(line["number"], rel=1e-15), line
        else:
            assert unescape(str("" if value is None else value)) == line["typed"], line


def test_a_workbook_keeps_formats_formulas_errors_and_sheets() -> None:
    lines = {line["kind"]: line for line in list_cells("xlsx")}
    assert find_cell(lines["code-postal-format-00000"], values=True).number_format == "00000"
    assert find_cell(lines["code-postal-sans-zero"], values=True).number_format == "General"
    formula = lines["nom-formule-calculee"]
    assert str(find_cell(formula, values=False).value) == formula["formula"]
    assert find_cell(lines["erreur-na"], values=True).data_type == "e"
    assert find_cell(lines["date-en-nombre"], values=True).number_format == "General"
    book = read_workbook(values=True)
    assert book[HIDDEN].sheet_state == "hidden"
    merged = lines["cellules-fusionnees"]
    ranges = {str(cells).split(":")[0] for cells in book[merged["sheet"]].merged_cells.ranges}
    assert f"{merged['column']}{merged['row']}" in ranges


def test_an_ods_holds_what_its_manifest_says() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(list_files()["brut/annuaire.ods"]))
    assert book.sheet_names == ["Feuille1"]
    rows = book.get_sheet_by_index(0).to_python()
    for line in list_cells("ods"):
        value = rows[line["row"] - 1][rows[0].index(line["header"])]
        if "number" in line:
            assert value == pytest.approx(line["number"], abs=0), line
        else:
            # The library loses tabs, which stand in the file: read with it alone, words are joined.
            assert value == line["typed"].replace("\t", ""), line


def test_spaces_of_an_ods_are_elements_as_its_readers_join_them() -> None:
    with zipfile.ZipFile(io.BytesIO(list_files()["brut/annuaire.ods"])) as archive:
        content = archive.read("content.xml").decode()
    assert re.search(r'<text:p><text:s text:c="2"/>\w', content)
    assert "  " not in content
    assert "<text:tab/>" in content


def list_elements(layout: str) -> Mapping[str, list[Any]]:
    """Return the rows of a map's export by sheet."""
    data = json.loads(list_files()[f"brut/annuaire.{name_extension(layout)}"])
    if layout == "gogocarto":
        assert data["ontology"] == "gogofull"
        return {"": data["data"]}
    if layout == "geojson":
        return {"": data["features"]}
    return {layer["_umap_options"]["name"]: layer["features"] for layer in data["layers"]}


@pytest.mark.parametrize("layout", ["geojson", "gogocarto", "umap"])
def test_a_map_holds_what_its_manifest_says(layout: str) -> None:
    sheets = list_elements(layout)
    assert sum(map(len, sheets.values())) == ROWS
    for line in list_cells(layout):
        if line["kind"] == "colonne":
            continue
        value = read_path(sheets[line["sheet"]][line["row"] - 1], line["column"])
        # GoGoCarto keeps all but points as texts.
        numbers = layout != "gogocarto" or line["field"] in {"latitude", "longitude"}
        wanted = line["number"] if numbers and "number" in line else line["typed"]
        assert ("" if value is None else value) == wanted, line


@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_correction_is_enough_for_98_rows_of_100(layout: str) -> None:
    table = build_table(layout)
    corrected = correct_table(table)
    assert len(corrected.rows) == ROWS - TWINS
    fates = list_fates(corrected, answered=True)
    entered = sum(fate == {"in"} for fate in fates.values())
    assert entered >= 0.98 * len(corrected.rows)
    assert entered < len(corrected.rows)  # the office does not know everything
    assert sum(fate == {"in"} for fate in list_fates(table).values()) < 0.6 * ROWS


def test_a_correction_types_nothing_but_what_was_told() -> None:
    table = build_table("csv")
    before = read_texts(table)
    told = {
        (fault.row, name)
        for fault in table.faults
        for name in fault.spoiled.cells
        if {TOLD, ERROR, DRAFT} & {fault.spoiled.outcome, *fault.spoiled.also}
    }
    after = read_texts(correct_table(table))
    assert {place for place, text in after.items() if before[place] != text} <= told


def read_texts(table: Table) -> dict[tuple[int, str], str]:
    return {(row.key, name): cell.text for row in table.rows for name, cell in row.cells.items()}


def test_what_is_told_says_what_is_right() -> None:
    lines = [json.loads(line) for line in list_truth("csv").splitlines()]
    facts = {line["key"]: line["facts"] for line in lines}
    assert len(facts) == ROWS
    for line in list_cells("csv"):
        if "key" in line and line["outcome"] != PERSONAL and not line["kind"].startswith("ligne-"):
            assert facts[line["key"]].get(line["field"], "") == line["right"], line


def test_words_of_no_list_are_counted_and_answered() -> None:
    borne = Counter(
        (line["field"], line["typed"])
        for line in list_cells("csv")
        if line["kind"] == "mot-inconnu"
    )
    assert set(borne) == set(ANSWERS)
    assert borne["profil", "Tiers-lieu nourricier"] == 9
    table = build_table("csv")
    for (name, word), times in borne.items():
        assert sum(row.cells[name].text == word for row in table.rows) == times


def test_nothing_leads_to_somebody_real() -> None:
    for row in build_table("csv").rows:
        assert re.fullmatch(r"https://[\w.-]+\.example/", row.facts["site"])
        assert row.facts["courriel"].endswith(".example") or not row.facts["courriel"]
        phone = row.cells["telephone"].text + row.cells.get("portable", row.cells["nom"]).text
        for number in re.findall(r"0\d(?: \d\d){4}", phone):
            assert number[:8] in {
                "01 99 00", "02 61 91", "03 53 01", "04 65 71", "05 36 49", "06 39 98", "07 00 00",
            }  # fmt: skip


@pytest.mark.parametrize(("name", "same"), [("doublons", True), ("voisins", False)])
def test_there_are_200_pairs_of_ten_sorts(name: str, same: bool) -> None:
    pairs = read_manifest(name)
    assert {pair["same"] for pair in pairs} == {same}
    assert sorted(Counter(pair["sort"] for pair in pairs).values()) == [20] * 10
    assert len({json.dumps([pair["left"], pair["right"]]) for pair in pairs}) == 200
    for pair in pairs:
        left, right = pair["left"], pair["right"]
        assert left != right
        assert left["nom"] and right["nom"]
        shared = {key for key in left if left[key] == right.get(key)}
        assert shared or pair["sort"] in {"commune dans le nom", "même site, deux pages"}, pair


def test_a_csv_of_other_encoding_differs_only_where_letters_lack() -> None:
    table = build_table("csv", "latin-1")
    text = write_csv(arrange(table)[0], DIALECTS["point-virgule-latin1"]).decode("latin-1")
    assert "\ufffd" not in text
    missing = {line["key"] for line in list_cells("csv") if "latin-1" in line.get("not_in", ())}
    other = read_texts(build_table("csv"))
    differ = {key for (key, name), text in read_texts(table).items() if other[key, name] != text}
    assert differ <= missing


def test_whole_files_are_what_they_are_called() -> None:
    heavy = {"trop-gros.csv", "bombe.xlsx"}
    made = {case.name: case.make() for case in CASES if case.name not in heavy}
    assert {"read", "told", "asked", "error"} == {case.outcome for case in CASES}
    shout = made["deux-lectures.csv"]
    assert [shout.decode(name).split()[2] for name in ("cp1252", "mac_roman")] == [
        "CRéCHE",
        "CRÈCHE",
    ]
    with pytest.raises(UnicodeDecodeError):
        made["octet-casse.csv"].decode()
    bomb = make_sheet_bomb(2_000_000)
    assert len(bomb) < 20_000
    with zipfile.ZipFile(io.BytesIO(bomb)) as archive:
        assert sum(part.file_size for part in archive.infolist()) > 2_000_000
    rows = {
        name: list(csv.reader(io.StringIO(made[name].decode(), newline=""), delimiter=";"))
        for name in (
            "bon.csv",
            "cellule-en-trop.csv",
            "cellule-en-moins.csv",
            "guillemet-ouvert.csv",
        )
    }
    assert [len(row) for row in rows["bon.csv"]] == [4, 4, 4]
    assert [len(row) for row in rows["cellule-en-trop.csv"]] == [4, 5, 4]
    assert [len(row) for row in rows["cellule-en-moins.csv"]] == [4, 3, 4]
    assert len(rows["guillemet-ouvert.csv"]) == 2
    book = openpyxl.load_workbook(io.BytesIO(made["bon.xlsx"]))
    assert book["Feuil1"]["B3"].value == "Dijon"
    for name in ("tronque.xlsx", "csv-nomme.xlsx"):
        with pytest.raises(zipfile.BadZipFile):
            openpyxl.load_workbook(io.BytesIO(made[name]))
