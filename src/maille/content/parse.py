"""Step 2: turn files into documents, with front matter as text, body as HTML, and positions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from maille.content.body_checks import check_body
from maille.content.decode import decode, find_line
from maille.content.documents import Body, Document, SourceFile, drop_doubtful
from maille.content.front_matter import FrontMatter, read_front_matter
from maille.content.header_rules import find_header
from maille.content.markdown import Converter
from maille.content.text_checks import check_values
from maille.problems import ContentError, Problem, select_errors
from maille.workers import map_in_processes

# A note of the editor, alone on its lines: it stays in the file and is not published.
_NOTE = re.compile(r"^<!--(?:(?!-->).)*-->[ \t]*$", re.MULTILINE | re.DOTALL)
_EMPTY = Body("", "")


def parse(
    sources: Iterable[SourceFile],
    processes: int = 1,
    before: Callable[[], object] | None = None,
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """Return the documents read from the files, and the problems of the files.

    At most `processes` processes share the work, which does not change the result. If other
    processes are started, this one then calls `before` while they work (see
    `workers.map_in_processes`).
    """

    def share(some: Iterable[SourceFile]) -> Iterator[tuple[Document | None, tuple[Problem, ...]]]:
        converter = Converter()
        return (parse_one(source, converter) for source in some)

    read = map_in_processes(share, tuple(sources), processes, before)
    documents = tuple(document for document, _ in read if document)
    return documents, tuple(problem for _, found in read for problem in found)


def parse_one(
    source: SourceFile, converter: Converter
) -> tuple[Document | None, tuple[Problem, ...]]:
    """Return the document of a file and its problems.

    The document is None if the text is refused, or if no key of the front matter is readable.
    """
    text, problems = decode(source)
    if text is None:
        return None, problems
    front_matter, body, others = _split(source.path, text, converter)
    found = (*problems, *front_matter.problems, *others)
    if not front_matter.data and select_errors(found):
        return None, found
    document = front_matter.make_document(source.path, body)
    return document, (*found, *drop_doubtful(check_values(document), [document]))


def _split(
    path: str, text: str, converter: Converter
) -> tuple[FrontMatter, Body, tuple[Problem, ...]]:
    """Return the front matter, the body, and the problems of the body and of the rules `---`.

    The body of a `.yaml` file is empty.
    """
    if not path.endswith(".md"):
        return read_front_matter(text, path), _EMPTY, ()
    header = find_header(text)
    front_matter = read_front_matter(header.text, path, header.first_line)
    body, problems = _read_body(path, header.body, header.body_line, converter)
    return front_matter, body, (*(one.make_problem(path) for one in header.problems), *problems)


def _read_body(
    path: str, text: str, first_line: int, converter: Converter
) -> tuple[Body, tuple[Problem, ...]]:
    """Return the body without the editor's notes, and its problems.

    The body is empty if it cannot be converted.
    """
    notes = tuple(first_line + find_line(text, note.start()) - 1 for note in _NOTE.finditer(text))
    published = _NOTE.sub(lambda note: "\n" * note[0].count("\n"), text) if notes else text
    try:
        body = replace(converter.convert(published, first_line, path), notes=notes)
    except ContentError as error:
        return _EMPTY, (error.make_problem(path),)
    return body, tuple(check_body(path, body))
