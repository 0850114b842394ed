"""Step 2: turn files into documents, with front matter as text, body as HTML, and positions."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, MutableMapping
from dataclasses import replace

from maille.cache.store import Store
from maille.content.body_checks import check_body
from maille.content.decode import decode
from maille.content.documents import (
    Body,
    Document,
    Parsed,
    SourceFile,
    drop_doubtful,
    list_texts,
)
from maille.content.front_matter import FrontMatter, read_front_matter
from maille.content.header_rules import find_header
from maille.content.kept_documents import recall, remember
from maille.content.markdown import Converter
from maille.content.seen_marks import find_seen_lines
from maille.content.text_checks import check_values, list_years
from maille.problems import ContentError, Problem, select_errors
from maille.text.patterns import compile_late
from maille.workers import map_in_processes

# The start and the end of an editor's note, which is alone on its lines and never published.
_NOTE = compile_late(r"^<!--", re.MULTILINE)
_NOTE_END = compile_late(r"-->[ \t]*$", re.MULTILINE)
_EMPTY = Body("", "")

# The documents and problems of files, by the digest of each file (`digest_source`).
KnownFiles = MutableMapping[bytes, Parsed]


def parse(
    sources: Iterable[SourceFile],
    processes: int = 1,
    before: Callable[[], object] | None = None,
    known: KnownFiles | None = None,
    store: Store | None = None,
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """Return the documents read from the files, and the problems of the files.

    Files in `known` or in `store` are not read again; afterwards, both have all files of `sources`
    and no others. At most `processes` processes share the work, which does not change the result.
    If other processes are started, this one calls `before` while they work (see
    `workers.map_in_processes`).
    """

    def share(some: Iterable[SourceFile]) -> Iterator[Parsed]:
        converter = Converter()
        for source in some:
            parsed = parse_one(source, converter)
            if store:
                remember(store, digest_source(source), parsed)
            yield parsed

    known = {} if known is None else known
    every = tuple(sources)
    keys = [digest_source(source) for source in every]
    files = dict(zip(keys, every, strict=True))
    for key in files.keys() - known.keys():
        if store and (kept := recall(store, key)):
            known[key] = kept
    new = [key for key in files if key not in known]
    if new:
        found = map_in_processes(share, [files[key] for key in new], processes, before)
        known.update(zip(new, found, strict=True))
    for key in known.keys() - files.keys():
        del known[key]
    if store:
        store.keep_only(files)
    # Files with the same bytes have one key if their paths differ only by the composition of
    # accents.
    read = [known[key] for key in keys]
    documents = tuple(document for document, _ in read if document)
    return documents, tuple(problem for _, problems in read for problem in problems)


def digest_source(source: SourceFile) -> bytes:
    """Return a digest of the path and the bytes of a file: all that `parse_one` depends on."""
    name = source.path.encode(errors="surrogateescape")
    return hashlib.blake2b(b"%d:%b%b" % (len(name), name, source.data), digest_size=20).digest()


def parse_one(source: SourceFile, converter: Converter) -> Parsed:
    """Return the document of a file and its problems.

    The document is None if the text is refused, or if there is an error and no key of the front
    matter is readable.
    """
    text, problems = decode(source)
    if text is None:
        return None, problems
    front_matter, body, seen, others = _split(source.path, text, converter)
    found = (*problems, *front_matter.problems, *others)
    if not front_matter.data and select_errors(found):
        return None, found
    document = replace(front_matter.make_document(source.path, body), seen=seen)
    return document, (*found, *drop_doubtful(check_values(document), [document]))


def _split(
    path: str, text: str, converter: Converter
) -> tuple[FrontMatter, Body, frozenset[int], tuple[Problem, ...]]:
    """Return the front matter, the body, the lines that are marked « vu », and the problems.

    The problems are those of the body and of the `---` lines. The body of a `.yaml` file is empty.
    """
    if not path.endswith(".md"):
        return read_front_matter(text, path), _EMPTY, find_seen_lines(text, 1), ()
    header = find_header(text)
    seen = find_seen_lines(header.text, header.first_line, header.body, header.body_line)
    front_matter = read_front_matter(header.text, path, header.first_line)
    body, problems = _read_body(
        path, header.body, header.body_line, converter, list_years(list_texts(front_matter.data))
    )
    told = (*(one.make_problem(path) for one in header.problems), *problems)
    return front_matter, body, seen, told


def _read_body(
    path: str, text: str, first_line: int, converter: Converter, years: Collection[int] = ()
) -> tuple[Body, tuple[Problem, ...]]:
    """Return the body without the editor's notes, and its problems.

    The body is empty if it cannot be converted.
    """
    published, lines = _remove_notes(text)
    try:
        body = converter.convert(published, first_line, path)
        body = replace(body, notes=tuple(first_line + line for line in lines))
    except ContentError as error:
        return _EMPTY, (error.make_problem(path),)
    return body, tuple(check_body(path, body, years))


def _remove_notes(text: str) -> tuple[str, list[int]]:
    """Return a text with empty lines in place of the notes, and the lines where the notes start.

    Lines count from 0. However many notes are unclosed, the text is searched only once.
    """
    kept, lines = [], []
    done = line = end = 0
    for opening in _NOTE.finditer(text):
        if opening.start() < done:
            continue
        if end < opening.end():
            end = text.find("-->", opening.end())
        if end < 0:
            break
        if closing := _NOTE_END.match(text, end):
            kept.append(text[done : opening.start()])
            line += kept[-1].count("\n")
            lines.append(line)
            kept.append("\n" * text.count("\n", opening.start(), closing.end()))
            line += len(kept[-1])
            done = closing.end()
    return "".join((*kept, text[done:])), lines
