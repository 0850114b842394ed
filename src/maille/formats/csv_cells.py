"""Write CSV for French spreadsheets: semicolons, all cells quoted, no formulas."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
# The first characters that make a spreadsheet read a cell as a formula (OWASP, « CSV injection »).
_FORMULA = re.compile("[=+\\-@\t\r\n\0＝＋－＠]")


def escape_formula(text: str, *, is_number: bool = False) -> str:
    """Return the text of a cell, with « ' » first if a spreadsheet would read it as a formula.

    If `is_number`, a number with a sign is left unchanged.
    """
    if is_number and _NUMBER.fullmatch(text):
        return text
    return f"'{text}" if _FORMULA.match(text) else text


class _Written:
    """A file for the standard CSV writer: its `write` returns each line and stores nothing."""

    def write(self, line: str) -> str:
        return line


# Returns a line as in RFC 4180, but with semicolons. All cells are quoted, so that software that
# expects another separator does not split them.
format_line: Callable[[Iterable[str]], str] = csv.writer(
    _Written(), delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL
).writerow


def encode_lines(lines: Iterable[str]) -> bytes:
    """Return lines as a file, in UTF-8 with a BOM."""
    return "".join(lines).encode("utf-8-sig", "replace")
