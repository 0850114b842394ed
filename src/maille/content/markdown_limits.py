"""Texts that would take Python-Markdown minutes to convert, or break it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

# Beyond these, Python-Markdown takes minutes or breaks; no page made for people comes near.
LINE_LIMIT = 20_000
BLOCK_LIMIT = 10_000
LIST_LIMIT = 200_000
BRACKET_LIMIT = 2_000_000


class IntricateError(ValueError):
    """A body would take too long to convert; `line` is the first line of what is in question."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        """Keep what to tell."""
        super().__init__(message)
        self.line, self.message, self.hint = line, message, hint


NESTED = (
    "des listes ou des citations sont imbriquées trop profondément",
    "ramenez-les à deux ou trois niveaux",
)


# Eight marks of list or quote on one line, or twenty levels of indentation.
_DEEP = re.compile(
    r"^(?:[ \t]*(?:[-*+][ \t]|\d+\.[ \t]|>)){8,}[ \t]*[^-*+>\s]|^(?:[ ]{4}|\t){20,}", re.MULTILINE
)
_ITEM = re.compile(r"[ ]{0,3}(?:[-*+][ \t]|\d+\.[ \t]|\|)")


def refuse_intricate(text: str, first_line: int) -> None:
    """Raise IntricateError for what would take Python-Markdown minutes, or break it.

    `first_line` is the line of its file at which the text starts.
    """
    if _is_plain(text):
        return
    if (count := text.count("\n")) > LINE_LIMIT:
        message = f"ce texte a {count} lignes, plus que {LINE_LIMIT}"
        raise IntricateError(first_line, message, "répartissez-le en plusieurs fichiers")
    brackets = 0
    for number, block in _blocks(text):
        line = first_line + number
        most = LIST_LIMIT if _ITEM.match(block) else BLOCK_LIMIT
        if len(block) > most:
            message = f"ce paragraphe a {len(block)} caractères, plus que {most}"
            raise IntricateError(line, message, "coupez-le par des lignes vides")
        if found := _DEEP.search(block):
            raise IntricateError(line + block.count("\n", 0, found.start()), *NESTED)
        brackets += _bracket_cost(block)
        if brackets > BRACKET_LIMIT:
            message = "trop de crochets sont ouverts ici et jamais refermés"
            hint = "refermez-les, ou écrivez \\[ pour un crochet qui n'est pas celui d'un lien"
            raise IntricateError(line, message, hint)


def _is_plain(text: str) -> bool:
    """Return whether a text stays under each limit as a whole, as nearly all do."""
    brackets = text.count("[") + text.count("](")
    short = len(text) <= BLOCK_LIMIT and len(text) * brackets <= BRACKET_LIMIT
    return short and not _DEEP.search(text)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield what stands between blank lines, with the number of its first line from 0."""
    lines = enumerate(text.split("\n"))
    for blank, group in itertools.groupby(lines, lambda numbered: not numbered[1].strip()):
        if not blank:
            numbered = list(group)
            yield numbered[0][0], "\n".join(line for _, line in numbered)


def _bracket_cost(block: str) -> int:
    """Return how many characters Python-Markdown will read in search of closing brackets."""
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
            quoted = inside.count('"') % 2 or inside.count("'") % 2  # a title without its end
            cost += len(block) - here if quoted else len(inside)
    return cost + sum(len(block) - here for here in opened)
