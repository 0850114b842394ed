"""Find the rows of a spreadsheet or a CSV file that were pasted in a body as plain lines."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from maille.content.documents import Body
from maille.problems import Level, Problem
from maille.text.patterns import compile_late

_BAR = compile_late(r"[ \u00a0]\|[ \u00a0]")
# `_PARTS` has pairs of patterns: a separator of cells, and a line of cells with this separator.
_EDGE = r"(?![ \t>#|])"
# A short text: not a sentence, nor an address or an entity that ends with a semicolon.
_CELL = r"(?![^;]*[&<>\[\](])[^;\s](?:[^;]{0,38}[^;\s])?"
_ITEM = r"(?![-*+•·o§–—] ?\t|\w{1,3}[.)°]\t)"
_PARTS = (
    (compile_late(r"\t+"), compile_late(rf"{_EDGE}{_ITEM}[^\t]+(?:\t+[^\t]+)+")),
    (compile_late(";"), compile_late(rf"{_EDGE}{_CELL}(?:;{_CELL})+")),
    (_BAR, compile_late(rf"{_EDGE}.*\S[ \u00a0]\|[ \u00a0]\S.*")),
)
_LABEL = compile_late(r":[*_]*$")  # « **Membres :** » before a tab is a label, not a cell
_DASHES = compile_late(r"[\s|:-]*-[\s|:-]*")


def check_cells(path: str, body: Body) -> Iterator[Problem]:
    """Yield a warning for each block of lines, between blank lines, that has pasted rows.

    The warning is at the first of these rows.
    """
    if not re.search(r"\t|;|\|", body.text) or "<pre" in body.html:
        return
    lines = enumerate(body.text.split("\n"))
    for blank, group in itertools.groupby(lines, lambda numbered: not numbered[1].strip()):
        block = [(number, line.rstrip()) for number, line in group]
        if blank or len(block) < 2:
            continue
        if found := _find_rows(block):
            number, cells, headed = found
            message = "ces lignes, collées d'un tableur, s'afficheraient à la suite"
            hint = f"écrivez | {' | '.join(cells)} |"
            if not headed:
                hint += f" et, à la ligne dessous, {'| --- ' * len(cells)}|"
            hint += " ; mettez de même les lignes suivantes entre barres"
            line = body.first_line + number
            yield Problem(path, message, hint, Level.WARNING, line=line, column=1)


def _find_rows(block: list[tuple[int, str]]) -> tuple[int, list[str], bool] | None:
    """Return the line number and the cells of the first pasted row of a block, or None.

    Two consecutive lines with the same number of cells are rows, unless each is a label and its
    value. The last item of the result says whether the rows are below the line of dashes of a
    table.
    """
    dashes = [place for place, (_, line) in enumerate(block) if _DASHES.fullmatch(line)]
    for part, row in _PARTS:
        if dashes and part is _BAR:
            continue
        places = [place for place, (_, line) in enumerate(block) if row.fullmatch(line)]
        for above, here in itertools.pairwise(places):
            cells = [[cell.strip() for cell in part.split(block[n][1])] for n in (above, here)]
            is_list = all(len(row) == 2 and _LABEL.search(row[0]) for row in cells)
            if here == above + 1 and len(cells[0]) == len(cells[1]) and not is_list:
                return block[above][0], cells[0], bool(dashes and dashes[0] < above)
    return None
