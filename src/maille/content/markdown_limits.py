"""Limits on what Python-Markdown converts: beyond them, it may take minutes, or fail."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from maille.content.foreign_lines import BULLETS
from maille.problems import ContentError
from maille.text.patterns import compile_late

# The most characters and lines of a text, characters of a paragraph and of a list or table, and
# characters read to find closing brackets. Pages that people write are far below these limits.
TEXT_LIMIT = 300_000
LINE_LIMIT = 20_000
BLOCK_LIMIT = 10_000
LIST_LIMIT = 200_000
BRACKET_LIMIT = 2_000_000


NESTED = (
    "des listes ou des citations sont imbriquées trop profondément",
    "ramenez-les à deux ou trois niveaux",
)


# At least eight list or quote markers on one line, or twenty levels of indentation.
_DEEP = compile_late(
    r"^(?:[ \t]*(?:[-*+][ \t]|\d+\.[ \t]|>)){8,}[ \t]*[^-*+>\s]|^(?:[ ]{4}|\t){20,}", re.MULTILINE
)
_ITEM = compile_late(rf"\s{{0,3}}(?:[-*+][ \t]|\d+[.)][ \t]|[{BULLETS}]|\|)")


def check_limits(text: str, first_line: int) -> None:
    """Raise ContentError if the text goes beyond one of the limits of this module.

    `first_line` is the line of the file on which the text starts.
    """
    if _is_plain(text):
        return
    lines = text.count("\n")
    for count, unit, most in (
        (len(text), "caractères", TEXT_LIMIT),
        (lines, "lignes", LINE_LIMIT),
    ):
        if count > most:
            message = f"ce texte a {count} {unit}, plus que {most}"
            hint = "répartissez-le en plusieurs fichiers"
            raise ContentError(message, hint, line=first_line, column=1)
    brackets = 0
    for number, block in _list_blocks(text):
        line = first_line + number
        most = LIST_LIMIT if _ITEM.match(block) else BLOCK_LIMIT
        if len(block) > most:
            message = f"ce paragraphe a {len(block)} caractères, plus que {most}"
            raise ContentError(message, "coupez-le par des lignes vides", line=line, column=1)
        if found := _DEEP.search(block):
            raise ContentError(*NESTED, line=line + block.count("\n", 0, found.start()), column=1)
        brackets += _estimate_brackets(block)
        if brackets > BRACKET_LIMIT:
            message = "trop de crochets sont ouverts ici et jamais refermés"
            hint = "refermez-les, ou écrivez \\[ pour un crochet qui n'est pas celui d'un lien"
            raise ContentError(message, hint, line=line, column=1)


def _is_plain(text: str) -> bool:
    """Return whether a text is within every limit, even if it is counted as one block."""
    brackets = text.count("[") + text.count("](")
    short = len(text) <= BLOCK_LIMIT and len(text) * brackets <= BRACKET_LIMIT
    return short and not _DEEP.search(text)


def _list_blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield (first line, text) for each block between blank lines; lines count from 0."""
    lines = enumerate(text.split("\n"))
    for blank, group in itertools.groupby(lines, lambda numbered: not numbered[1].strip()):
        if not blank:
            numbered = list(group)
            yield numbered[0][0], "\n".join(line for _, line in numbered)


def _estimate_brackets(block: str) -> int:
    """Return how many characters Python-Markdown would read to look for closing brackets."""
    cost, opened = 0, []
    for found in re.finditer(r"\[|\]\(|\]", block):
        here = found.start()
        if found[0] == "[":
            opened.append(here)
            continue
        cost += here - opened.pop() if opened else 0
        if found[0] == "](":
            end = block.find(")", here)
            inside = block[here:end] if end >= 0 else '"'
            quoted = inside.count('"') % 2 or inside.count("'") % 2  # an unclosed title
            cost += len(block) - here if quoted else len(inside)
    return cost + sum(len(block) - here for here in opened)
