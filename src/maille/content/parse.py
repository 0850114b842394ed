"""Step 2: turn files into documents, with front matter as text, body as HTML, and positions."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from frontmatter.default_handlers import YAMLHandler

from maille.content.body_checks import check_body
from maille.content.decode import decode, find_line
from maille.content.documents import Body, Document, SourceFile
from maille.content.front_matter import FrontMatter, read_front_matter
from maille.content.markdown import Converter
from maille.content.text_checks import check_values
from maille.problems import ContentError, Problem
from maille.workers import map_in_processes

# Keys after front matter that was closed too early, down to a second closing `---`.
_MORE_KEYS = re.compile(
    r"\n*[a-z_]+:(?=\s)(?:.*\n(?=[a-z_]+:\s|[ \t]|- |#|\n|-{3}))+-{3,}[ \t]*(\n|$)"
)
# A note of the editor, alone on its lines: it stays in the file and is not published.
_NOTE = re.compile(r"^<!--(?:(?!-->).)*-->[ \t]*$", re.MULTILINE | re.DOTALL)
_EMPTY = Body("", "")
_WHERE = "mettez une ligne --- avant la première clé, et une autre après la dernière"


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

    The document is None if the text is refused, or if a part of the front matter is not readable.
    """
    text, problems = decode(source)
    if text is None:
        return None, problems
    front_matter, body, body_problems = _split(source.path, text, converter)
    found = (*problems, *front_matter.problems, *body_problems)
    if not front_matter.whole:
        return None, found
    document = front_matter.make_document(source.path, body)
    return document, (*found, *check_values(document))


def _split(
    path: str, text: str, converter: Converter
) -> tuple[FrontMatter, Body, tuple[Problem, ...]]:
    """Return the front matter, the body and the body's problems.

    The body is empty for a `.yaml` file, and if the `---` lines around the front matter are wrong.
    """
    if not path.endswith(".md"):
        return read_front_matter(text, path), _EMPTY, ()
    start = next((m.start() for m in re.finditer(r"(?m)^.*\S", text)), 0)
    if not re.match(r"-{3,}[ \t]*\n", text[start : start + 200]):
        return _refuse_front_matter(
            path, find_line(text, start), *_explain_missing_rule(text[start:])
        )
    rules = [*itertools.islice(YAMLHandler.FM_BOUNDARY.finditer(text, start), 2)]
    if len(rules) < 2:
        message = "l'en-tête commence ici et n'est pas fermé : il n'y a pas de second ---"
        hint = "ajoutez une ligne --- après la dernière clé, au-dessus du texte"
        return _refuse_front_matter(path, find_line(text, start), message, hint)
    opening, closing = rules
    if _MORE_KEYS.match(text, closing.end()):
        message = "l'en-tête est fermé ici, mais d'autres clés le suivent"
        hint = "effacez cette ligne --- : toutes les clés sont entre deux lignes ---"
        return _refuse_front_matter(path, find_line(text, closing.start()), message, hint)
    front_matter = read_front_matter(
        text[opening.end() : closing.start()], path, find_line(text, opening.end())
    )
    body = text[closing.end() :].lstrip("\n")
    return front_matter, *_read_body(
        path, body.rstrip(), find_line(text, len(text) - len(body)), converter
    )


def _explain_missing_rule(text: str) -> tuple[str, str]:
    """Return cause and remedy for a text whose first line is not `---`."""
    first = text.split("\n", 1)[0].rstrip()
    if not first:
        return "ce fichier est vide", "copiez-y le fichier _modele.md de ce dossier"
    if first.startswith("```"):
        return "ce fichier commence par ```", "effacez cette ligne et celle qui la referme"
    if re.fullmatch(r"[ \t]*[-–—−]+", first):
        message = f"la première ligne est « {first} » au lieu de ---"
        return message, "tapez trois fois le tiret du clavier, au bord gauche : ---"
    return "l'en-tête manque : la première ligne n'est pas ---", _WHERE


def _refuse_front_matter(
    path: str, line: int, message: str, hint: str
) -> tuple[FrontMatter, Body, tuple[Problem, ...]]:
    problem = Problem(path, message, hint, line=line, column=1)
    return FrontMatter({}, problems=(problem,), whole=False), _EMPTY, ()


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
