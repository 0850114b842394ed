"""Step 2: what a file says, its header as text and its body as HTML, with every position."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from frontmatter.default_handlers import YAMLHandler

from maille.header import Header, read_header
from maille.markdown import Converter
from maille.model import Body, Document, SourceFile
from maille.problems import Level, Problem

SIZE_LIMIT = 1_000_000
_CONFLICT = re.compile(r"^(<{7}|>{7})( |$)", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def parse(sources: Iterable[SourceFile]) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """Return what the files say, and what keeps some of them from being read."""
    converter = Converter()
    documents: list[Document] = []
    problems: list[Problem] = []
    for source in sources:
        document, found = parse_one(source, converter)
        problems += found
        if document:
            documents.append(document)
    return tuple(documents), tuple(problems)


def parse_one(
    source: SourceFile, converter: Converter
) -> tuple[Document | None, tuple[Problem, ...]]:
    """Return the document of one file; None when its header cannot be trusted."""
    text, problems = _decode(source)
    if text is None:
        return None, problems
    header, body = _split(source.path, text, converter)
    found = (*problems, *header.problems, *_body_problems(source.path, body))
    if header.problems:
        return None, found
    document = Document(source.path, header.data, header.key_marks, header.value_marks, body)
    return document, found


def _decode(source: SourceFile) -> tuple[str | None, tuple[Problem, ...]]:
    """Return the text of a file, its ends of line made alike, or why it is not text."""
    path, data = source.path, source.data
    if len(data) > SIZE_LIMIT:
        message = f"ce fichier pèse {len(data) / 1_000_000:.1f} Mo, plus que 1 Mo"
        return None, (Problem(path, 1, 1, "", message, "gardez-y le texte seul"),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, (_encoding_problem(path, data, error),)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    notes = [_note_of_mark(path)] if data.startswith(b"\xef\xbb\xbf") else []
    faults = [*_conflicts(path, text), *_controls(path, text)]
    return (None if faults else text), (*notes, *faults)


def _note_of_mark(path: str) -> Problem:
    message = "ce fichier commence par une marque d'ordre des octets (BOM), sans effet ici"
    return Problem(path, 1, 1, "", message, "enregistrez-le en « UTF-8 » simple", Level.WARNING)


def _encoding_problem(path: str, data: bytes, error: UnicodeDecodeError) -> Problem:
    """Return the problem of a file that is not UTF-8, with the encoding that it seems to have."""
    guess = "UTF-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "Windows-1252 (ou Latin-1)"
    before = data[: error.start]
    column = len(before) - (before.rfind(b"\n") + 1) + 1
    return Problem(
        path,
        before.count(b"\n") + 1,
        column,
        "",
        f"ce fichier n'est pas enregistré en UTF-8 ; il semble l'être en {guess}",
        "dans votre éditeur, choisissez « Enregistrer sous… » puis l'encodage UTF-8",
    )


def _conflicts(path: str, text: str) -> Iterable[Problem]:
    for found in _CONFLICT.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        message = "ce fichier contient les marques d'un conflit entre deux versions"
        hint = "choisissez une des deux versions et effacez les lignes <<<<<<<, ======= et >>>>>>>"
        yield Problem(path, line, 1, "", message, hint)


def _controls(path: str, text: str) -> Iterable[Problem]:
    for found in _CONTROL.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        message = f"un caractère de commande (U+{ord(found[0]):04X}) s'est glissé sur cette ligne"
        hint = "effacez la ligne et tapez-la de nouveau, sans copier-coller"
        yield Problem(path, line, column, "", message, hint)


def _split(path: str, text: str, converter: Converter) -> tuple[Header, Body]:
    """Return the header and the body; a file of data (`.yaml`) is all header."""
    if not path.endswith(".md"):
        return read_header(text, path), Body("", "")
    start = len(text) - len(text.lstrip())
    line = _line(text, start)
    if not re.match(r"-{3,}[ \t]*\n", text[start:]):
        return _no_header(path, line, "l'en-tête manque : la première ligne n'est pas ---")
    rules = [*itertools.islice(YAMLHandler.FM_BOUNDARY.finditer(text, start), 2)]
    if len(rules) < 2:
        return _no_header(path, line, "l'en-tête n'est pas fermé : il n'y a pas de second ---")
    opening, closing = rules
    header = read_header(text[opening.end() : closing.start()], path, _line(text, opening.end()))
    body = text[closing.end() :].lstrip("\n")
    return header, converter.convert(body.rstrip(), _line(text, len(text) - len(body)))


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _no_header(path: str, line: int, message: str) -> tuple[Header, Body]:
    hint = "mettez une ligne --- avant la première clé, et une autre après la dernière"
    return Header({}, problems=(Problem(path, line, 1, "", message, hint),)), Body("", "")


def _body_problems(path: str, body: Body) -> Iterable[Problem]:
    """Yield what is refused in a body whatever its kind."""
    for raw in body.raw_html:
        message = f"« {raw.tag} » est du HTML, qui n'est pas admis dans le texte"
        hint = "employez le Markdown : **gras**, *italique*, [lien](https://…)"
        yield Problem(path, raw.mark.line, raw.mark.column, "", message, hint)
    for heading in body.headings:
        if heading.level == 1:
            message = f"« {heading.text} » est un titre de premier niveau, réservé à la page"
            yield Problem(path, heading.line, 1, "", message, f"écrivez ## {heading.text}")
    for link in body.links:
        if not re.match(r"(?i)(https?://|mailto:|tel:|/(?!/)|#)[^\x02\x03]*$", link.target):
            message = f"« {link.target} » n'est pas une adresse admise dans un lien"
            hint = "écrivez https://…, mailto:…, tel:… ou une adresse du site comme /projets/"
            yield Problem(path, link.line, 1, "", message, hint)
    for image in body.images:
        message = f"l'image « {image.target} » ne peut pas encore être publiée"
        yield Problem(path, image.line, 1, "", message, "retirez-la du texte")
