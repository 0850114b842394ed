"""The front matter of a file, with the position of every key and value, and all its mistakes.

`yaml_reader` reads it; after a syntax error, the text is repaired here and read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

import yaml

from maille.content.documents import Body, Document, KeyPath, Position, Positions
from maille.content.markdown_limits import TEXT_LIMIT
from maille.content.yaml_errors import explain_opened, explain_yaml_error, limit_repairs
from maille.content.yaml_openings import find_unclosed, may_be_unclosed
from maille.content.yaml_reader import YamlReader
from maille.content.yaml_recovery import advise, list_repairs
from maille.problems import ContentError, Problem

_NOT_CHECKED = (
    "la suite de cet en-tête n'est pas encore vérifiée",
    "corrigez d'abord ce qui est dit ci-dessus, puis recommencez",
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys and values of a file, their positions, and the problems found.

    `doubtful` maps the number of each line that could not be read as typed to its text; the values
    of these lines in `data` are a guess.
    """

    data: Mapping[str, Any]
    key_positions: Mapping[KeyPath, Position] = field(default_factory=dict)
    value_positions: Mapping[KeyPath, Position] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    doubtful: Mapping[int, str] = field(default_factory=dict)

    def make_document(self, path: str, body: Body) -> Document:
        """Return the document made of this front matter and `body`."""
        keys, values = map(Positions.pack, (self.key_positions, self.value_positions))
        return Document(path, self.data, keys, values, body, self.doubtful)


def read_front_matter(text: str, path: str, first_line: int = 1) -> FrontMatter:
    """Return the front matter in `text`, which starts at `first_line` of the file `path`.

    A syntax error does not hide the others: the lines that it spoils are replaced by what was
    probably meant, or emptied, and the text is read again. This ends at one error more than
    `limit_repairs` allows, or at an error in a line repaired before: a problem then says that the
    rest is not checked. A text longer than `TEXT_LIMIT` is refused unread.
    """
    if len(text) > TEXT_LIMIT:
        message = f"cet en-tête a {len(text)} caractères, plus que {TEXT_LIMIT}"
        hint = "répartissez-le en plusieurs fichiers"
        problem = Problem(path, message, hint, line=first_line, column=1)
        doubtful = dict(enumerate(text.split("\n"), first_line))
        return FrontMatter({}, problems=(problem,), doubtful=doubtful)
    lines, repaired = text.split("\n"), set[int]()
    mistakes: list[ContentError] = []
    while mistake := (reader := _read_once(lines, path, first_line)).mistake:
        number = min(mistake.line, len(lines)) - 1
        if number not in repaired:
            mistakes.append(mistake)
        if reader.full or number in repaired or len(mistakes) > limit_repairs(text):
            if not reader.full:
                mistakes.append(ContentError(*_NOT_CHECKED, line=number + 1, column=1))
            reader.lost.update(range(len(lines)))
            break
        repair = _choose_repair(lines, number, path)
        mistake.hint = advise(lines, number, repair) or mistake.hint
        lines = [repair.get(number, line) for number, line in enumerate(lines)]
        repaired.update(repair)
    return _finish(reader, text.split("\n"), repaired, mistakes)


def _finish(
    reader: YamlReader,
    typed: list[str],
    repaired: AbstractSet[int],
    mistakes: Iterable[ContentError],
) -> FrontMatter:
    """Return the front matter that `reader` read, with the `mistakes` of syntax as problems too.

    `typed` are the lines as typed, and `repaired` the numbers, from 0, of the lines that were then
    changed: the reader's own problems on these lines are dropped.
    """
    first = reader.first_line
    reader.problems = [one for one in reader.problems if one.line - first not in repaired]
    for mistake in mistakes:
        reader.add_problem(mistake)
    doubtful = {first + number: typed[number] for number in sorted(repaired | reader.lost)}
    return FrontMatter(
        reader.data,
        reader.key_positions,
        reader.value_positions,
        tuple(reader.problems),
        doubtful,
    )


def _read_once(lines: list[str], path: str, first_line: int) -> YamlReader:
    """Return a reader that has read these lines, up to the first syntax error if there is one."""
    text = "\n".join(lines)
    reader = YamlReader(text, path, first_line)
    try:
        reader.data = reader.read_all()
    except yaml.MarkedYAMLError as error:
        reader.mistake = explain_yaml_error(error, text)
    except ContentError as error:
        reader.mistake = error
    except yaml.reader.ReaderError as error:
        before = text[: error.position] if isinstance(error.position, int) else ""
        message = "un caractère interdit s'est glissé dans l'en-tête"
        hint = "effacez cette ligne et tapez-la de nouveau, sans copier-coller"
        reader.mistake = ContentError(message, hint, line=before.count("\n") + 1, column=1)
    # YAML may have read an open quote without an error.
    opened = find_unclosed(lines, brackets=False) if may_be_unclosed(text) else None
    if opened and (reader.mistake is None or reader.mistake.line > opened.line):
        reader.mistake = explain_opened(opened)
    return reader


def _choose_repair(lines: list[str], number: int, path: str) -> Mapping[int, str]:
    """Return the best repair of the line `number`: line numbers → new texts.

    It is the first repair of this line alone that leaves no error anywhere; else the first one
    after which the next error, if any, is below the lines that it changes; else the last one.
    """
    good: list[Mapping[int, str]] = []
    for repair in list_repairs(lines, number):
        tried = [repair.get(at, line) for at, line in enumerate(lines)]
        mistake = _read_once(tried, path, 1).mistake
        if mistake is None and len(repair) == 1:
            return repair
        if mistake is None or mistake.line - 1 > max(repair):
            good.append(repair)
    return good[0] if good else repair
