"""Read CSV files, with the separator that gives most lines the same number of cells."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from maille.imports.encodings import decode_text
from maille.imports.refusals import refuse_wide
from maille.imports.sheets import Sheet
from maille.problems import ContentError

_SEPARATORS = ";,\t|"
_SAMPLE = 200


def read_csv(name: str, data: bytes, encoding: str = "") -> Sheet:
    """Return the sheet of a CSV file, named `name`.

    `encoding` is its encoding, found by `decode_text` if it is "". Raises ContentError if the file
    cannot be read as a table.
    """
    text, used = decode_text(data, encoding)
    text = text.lstrip("\ufeff")
    separator, skipped = "", 0
    if found := re.match(r"sep=(.)\r?\n", text):  # a line that Excel understands
        separator, skipped, text = found[1], 1, text[found.end() :]
    try:
        rows = _read_rows(text, separator or _find_separator(text))
    except csv.Error as error:
        raise ContentError(
            f"ce CSV ne se lit pas en entier ({error})",
            "cherchez un guillemet qui n'est pas fermé, ou donnez le classeur (XLSX)",
        ) from None
    refuse_wide(len(rows), max(map(len, rows), default=0))
    sheet = Sheet(name, [[]] * skipped + rows)
    if used not in ("utf-8", "utf-8-sig"):
        sheet.notes.append(f"lu en {used}")
    return sheet


def _read_rows(text: str, separator: str) -> list[list[str]]:
    source = io.StringIO(text.replace("\0", ""), newline="")
    return [*csv.reader(source, delimiter=separator, strict=False)]


def _find_separator(text: str) -> str:
    """Return the separator that cuts the most lines into the same number of cells, two or more."""
    return max(_SEPARATORS, key=lambda sign: _count_alike(text, sign))


def _count_alike(text: str, separator: str) -> float:
    """Return a score: how many of the first lines have the usual number of cells.

    Lines of one cell do not count. Between equal separators, more cells per line give a slightly
    higher score.
    """
    lines = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=separator)
    widths: Counter[int] = Counter()
    try:
        for row in lines:
            widths[len(row)] += len(row) > 1
            if lines.line_num > _SAMPLE * 5 or widths.total() > _SAMPLE:
                break
    except csv.Error:
        return 0
    if not widths.total():
        return 0
    width, count = widths.most_common(1)[0]
    return count * (1 + width / 1000)
