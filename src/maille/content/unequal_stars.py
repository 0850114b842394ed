"""Find emphasis that opens with more stars than it closes with, or with fewer: `**un mot*`."""

from __future__ import annotations

import re
from collections.abc import Iterator

# The stars that open, the words, the stars that close; a space may separate a star from the others:
# `**un mot* *`, `* *un mot**`. A note call, `10 €*`, opens nothing.
_PAIR = re.compile(
    r"(?<![\w*€$£%°)»\]\\])(?P<slip>\* (?=\*))?(?P<opens>\*{1,3})(?=[^\s*])"
    r"(?P<words>[^*\n]{0,400}[^\s*])(?P<closes>\*{1,3})(?P<late> \*(?=\w))?(?!\*)"
)


def list_stars(line: str) -> Iterator[tuple[int, str, str]]:
    """Yield column, cause and remedy for each emphasis of a line with unequal stars.

    Cause and remedy quote only the first or the last word, next to the stars at fault. Nested
    emphasis is not checked, nor is a line with code or an escaped star.
    """
    if "*" not in line or "`" in line or "\\*" in line:
        return
    for found in _PAIR.finditer(line):
        opens = (found["slip"] or "").strip() + found["opens"]
        closes = found["closes"] + (found["late"] or "").strip()
        moved = found["slip"] or found["late"]
        if found["opens"] == found["closes"] or (moved and opens != closes):
            continue
        around = line[: found.start()] + line[found.end() :]
        if len(opens) + len(closes) > (4 if moved else 3) or (not moved and "*" in around):
            continue
        yield _explain(found, line)


def _explain(found: re.Match[str], line: str) -> tuple[int, str, str]:
    if len(found["opens"]) > len(found["closes"]):
        start = max(found["words"].rfind(" ") + 1, 0) + found.start("words")
        stop = line.find(" ", found.end())
        whole = line[start : stop if stop >= 0 else len(line)]
        word = line[start : found.start("closes")]
        behind = f" {line[found.end() : start + len(whole)]}" if found["late"] else ""
        shown = whole if found["late"] else f"{word}{found['closes']}"
        right = f"{word}**{behind}"
    else:
        start = found.start()
        word = found["words"].partition(" ")[0]
        shown = line[start : found.start("words")] + word
        right = f"**{word}"
    message = f"les étoiles de « {shown} » n'ont pas leur pareil : elles s'afficheraient"
    return start + 1, message, f"écrivez « {right} »"
