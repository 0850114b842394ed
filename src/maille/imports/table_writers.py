"""The table of `office_table` as a file: CSV, and XLSX with lists of choices and explanations."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from maille.formats import csv_cells
from maille.imports.headings import VERSION
from maille.imports.office_table import BETWEEN, OfficeColumn, OfficeTable
from maille.imports.sheets import name_column

LISTS, HELP = "Listes", "Mode d'emploi"
_SPARE_ROWS = 500  # empty rows below the records, with the same format and lists, for new records
_NARROW, _WIDE = 10, 50
_NUMBERS = ("latitude", "longitude", "telephone")
_TITLE_LENGTH, _PROMPT_LENGTH = 32, 255  # the maximum lengths that the format accepts


def write_csv(table: OfficeTable) -> bytes:
    """Return the CSV of a table."""
    keys = [column.key for column in table.columns]
    lines = [csv_cells.format_line(table.headings)]
    for row in table.rows:
        cells = (
            csv_cells.escape_formula(cell, is_number=key in _NUMBERS)
            for key, cell in zip(keys, row, strict=True)
        )
        lines.append(csv_cells.format_line([*cells]))
    return csv_cells.encode_lines(lines)


def write_xlsx(table: OfficeTable) -> bytes:
    """Return the workbook of a table. Raises ImportError if xlsxwriter is missing.

    All cells are text, written as such: codes keep their zeros, and no text is read as a formula.
    """
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    formats = {
        "text": book.add_format({"num_format": "@", "valign": "top"}),
        "head": book.add_format({"bold": True, "num_format": "@", "bottom": 1, "valign": "top"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
    }
    sheet = book.add_worksheet(table.title[:31])
    _fill_records(sheet, table, formats)
    lists = _fill_lists(book.add_worksheet(LISTS), table, formats)
    for place, column in enumerate(table.columns):
        for rule in _list_rules(column, lists):
            sheet.data_validation(1, place, len(table.rows) + _SPARE_ROWS, place, rule)
    _fill_help(book.add_worksheet(HELP), table, formats)
    book.close()
    return out.getvalue()


def _fill_records(sheet: Any, table: OfficeTable, formats: Mapping[str, Any]) -> None:
    for place, column in enumerate(table.columns):
        cells = [row[place] for row in table.rows]
        width = max(_NARROW, min(_WIDE, max(map(len, (column.heading, *cells)), default=0) + 2))
        hidden = {"hidden": True} if column.key == VERSION else {}
        sheet.set_column(place, place, width, formats["text"], hidden)
        sheet.write_string(0, place, column.heading, formats["head"])
    for number, row in enumerate(table.rows, start=1):
        for place, cell in enumerate(row):
            if cell:
                sheet.write_string(number, place, cell, formats["text"])
    last = (len(table.rows), len(table.columns) - 1)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, *last)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{name_column(last[1])}{last[0] + 1}"})


def _fill_lists(sheet: Any, table: OfficeTable, formats: Mapping[str, Any]) -> dict[str, str]:
    """Write the labels of each vocabulary in a column; return their ranges by key."""
    ranges = {}
    columns = [column for column in table.columns if column.labels]
    for place, column in enumerate(columns):
        labels = [*(column.labels or {}).values()]
        sheet.write_string(0, place, column.heading, formats["head"])
        for number, label in enumerate(labels, start=1):
            sheet.write_string(number, place, label)
        sheet.set_column(place, place, min(_WIDE, max(map(len, (column.heading, *labels))) + 2))
        letter = name_column(place)
        ranges[column.key] = f"='{LISTS}'!${letter}$2:${letter}${len(labels) + 1}"
    sheet.freeze_panes(1, 0)
    return ranges


def _list_rules(column: OfficeColumn, ranges: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the data validation of a column, if any, for XlsxWriter: choices, or a prompt."""
    if column.key in ranges and not column.is_list:
        yield {
            "validate": "list",
            "source": ranges[column.key],
            "error_type": "warning",
            "error_title": "Mot inconnu",
            "error_message": f"Ce mot n'est pas dans la feuille « {LISTS} ».",
        }
    elif column.is_list:
        known = f" Les mots sont dans la feuille « {LISTS} »." if column.key in ranges else ""
        words = f"Plusieurs valeurs : séparez-les par {BETWEEN.strip()}.{known}"
        yield {
            "validate": "any",
            "input_title": column.heading[:_TITLE_LENGTH],
            "input_message": words[:_PROMPT_LENGTH],
        }


def _fill_help(sheet: Any, table: OfficeTable, formats: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, 40, formats["wrap"])
    sheet.set_column(1, 2, 60, formats["wrap"])
    sheet.write_string(0, 0, f"{table.title} : {HELP.lower()}", formats["title"])
    number = 2
    for line in _HELP:
        sheet.merge_range(number, 0, number, 2, line, formats["wrap"])
        number += 1
    for place, column in enumerate(table.columns):
        number += 1
        # With the heading alone, an import would take this sheet for a table of records.
        name = f"Colonne {name_column(place)} : {column.heading}"
        for where, text in enumerate((name, column.meaning, _describe_values(column))):
            sheet.write_string(number, where, text, formats["wrap"])


_HELP = (
    "Une ligne par fiche. Corrigez les cellules et enregistrez ; puis, avec le nom de ce fichier :",
    "python build.py importer FICHIER --essai",
    "L'identifiant dit quelle fiche est la ligne : ne le changez pas. Une ligne neuve n'en a pas.",
    f"Plusieurs valeurs dans une cellule sont séparées par {BETWEEN.strip()} : 63{BETWEEN}03.",
    "Les cellules sont du texte : un code garde son zéro (01000), une date s'écrit 2026-11-30.",
    "Une cellule vidée efface la clé dans la fiche. Une ligne supprimée ne retire pas la fiche.",
    "N'y sont pas : le texte des fiches, leurs sources, liens et chiffres, et les personnes.",
    "L'import ne change dans une fiche que ce qui a changé ici.",
)


def _describe_values(column: OfficeColumn) -> str:
    many = f"Plusieurs, séparées par {BETWEEN.strip()}." if column.is_list else ""
    return f"{many} {f'Voir la feuille « {LISTS} ».' if column.labels else ''}".strip()
