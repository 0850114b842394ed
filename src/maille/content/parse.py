"""Step 2: what a file says, its header as text and its body as HTML, with every position."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from frontmatter.default_handlers import YAMLHandler

from maille.content.decode import decode, line_at
from maille.content.documents import Body, Document, Heading, Link, Shown, SourceFile
from maille.content.front_matter import Header, read_header
from maille.content.images import ADDRESS, FOLDER, name_of, typed
from maille.content.markdown import Converter, is_admitted
from maille.content.markdown_limits import IntricateError
from maille.problems import Level, Problem
from maille.text.urls import is_file_target
from maille.workers import map_in_processes

# Keys that follow a header closed too soon, down to a second closing rule.
_MORE_KEYS = re.compile(
    r"\n*[a-z_]+:(?=\s)(?:.*\n(?=[a-z_]+:\s|[ \t]|- |#|\n|-{3}))+-{3,}[ \t]*(\n|$)"
)
# How lines begin that Markdown may take for something else than their writer meant.
_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,2}\.) +\S")
_FENCE = re.compile(r" {0,3}(?:```[^`]*$|~~~)")
_MOVED_HEADING = re.compile(r" {1,3}#{1,6}[ \t]")
_NO_PARAGRAPH = re.compile(r"[ \t>#|]|[-*+] |\d+\.")
_FILE_NAME = re.compile(r"[^/:]+\.(?i:jpe?g|png|webp|gif|svg|heic|avif|tiff?|bmp)")
# What an editor notes for later, alone on its lines: it is in the file, and on no page.
_NOTE = re.compile(r"^<!--(?:(?!-->).)*-->[ \t]*$", re.MULTILINE | re.DOTALL)
_EMPTY = Body("", "")
_WHERE = "mettez une ligne --- avant la première clé, et une autre après la dernière"


def parse(
    sources: Iterable[SourceFile],
    processes: int = 1,
    before: Callable[[], object] | None = None,
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """Return what the files say, and what keeps some of them from being read.

    The files are dealt out to as many processes, without a trace in what is returned; `before` is
    what this one does first, while the others have begun (`workers.map_in_processes`).
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
    """Return the document of one file; None when its header could not be read to its end."""
    text, problems = decode(source)
    if text is None:
        return None, problems
    header, body, in_body = _split(source.path, text, converter)
    found = (*problems, *header.problems, *in_body)
    if not header.whole:
        return None, found
    document = Document(source.path, header.data, header.key_marks, header.value_marks, body)
    return document, found


def _split(path: str, text: str, converter: Converter) -> tuple[Header, Body, tuple[Problem, ...]]:
    """Return the header and the body; a file of data (`.yaml`) is all header."""
    if not path.endswith(".md"):
        return read_header(text, path), _EMPTY, ()
    start = next((m.start() for m in re.finditer(r"(?m)^.*\S", text)), 0)
    if not re.match(r"-{3,}[ \t]*\n", text[start : start + 200]):
        return _no_header(path, line_at(text, start), *_why_no_header(text[start:]))
    rules = [*itertools.islice(YAMLHandler.FM_BOUNDARY.finditer(text, start), 2)]
    if len(rules) < 2:
        message = "l'en-tête commence ici et n'est pas fermé : il n'y a pas de second ---"
        hint = "ajoutez une ligne --- après la dernière clé, au-dessus du texte"
        return _no_header(path, line_at(text, start), message, hint)
    opening, closing = rules
    if _MORE_KEYS.match(text, closing.end()):
        message = "l'en-tête est fermé ici, mais d'autres clés le suivent"
        hint = "effacez cette ligne --- : toutes les clés sont entre deux lignes ---"
        return _no_header(path, line_at(text, closing.start()), message, hint)
    header = read_header(text[opening.end() : closing.start()], path, line_at(text, opening.end()))
    body = text[closing.end() :].lstrip("\n")
    return header, *_body(path, body.rstrip(), line_at(text, len(text) - len(body)), converter)


def _why_no_header(text: str) -> tuple[str, str]:
    """Return what is wrong with the first line of a file that does not start with `---`."""
    first = text.split("\n", 1)[0].rstrip()
    if not first:
        return "ce fichier est vide", "copiez-y le fichier _modele.md de ce dossier"
    if first.startswith("```"):
        return "ce fichier commence par ```", "effacez cette ligne et celle qui la referme"
    if re.fullmatch(r"[ \t]*[-–—−]+", first):
        message = f"la première ligne est « {first} » au lieu de ---"
        return message, "tapez trois fois le tiret du clavier, au bord gauche : ---"
    return "l'en-tête manque : la première ligne n'est pas ---", _WHERE


def _no_header(
    path: str, line: int, message: str, hint: str
) -> tuple[Header, Body, tuple[Problem, ...]]:
    problem = Problem(path, line, 1, "", message, hint)
    return Header({}, problems=(problem,), whole=False), _EMPTY, ()


def _body(
    path: str, text: str, first_line: int, converter: Converter
) -> tuple[Body, tuple[Problem, ...]]:
    """Return the body, and what is refused in it whatever its kind."""
    notes = tuple(first_line + line_at(text, note.start()) - 1 for note in _NOTE.finditer(text))
    shown = _NOTE.sub(lambda note: "\n" * note[0].count("\n"), text) if notes else text
    try:
        body = replace(converter.convert(shown, first_line), notes=notes)
    except IntricateError as error:
        return _EMPTY, (Problem(path, error.line, 1, "", error.message, error.hint),)
    source = _Source(path, first_line, shown.split("\n"))
    return body, (
        *source.raw_html(body),
        *source.layout(),
        *source.nesting(),
        *(source.problem(*one.mark, one.message, one.hint, Level.WARNING) for one in body.inert),
        *(found for heading in body.headings for found in source.heading(heading)),
        *source.outline(body.headings),
        *(found for link in body.links for found in source.link(link)),
        *(found for image in body.images for found in source.image(image)),
    )


@dataclass(frozen=True, slots=True)
class _Source:
    """The lines of a body, to tell what is wrong in them."""

    path: str
    first_line: int
    lines: list[str]

    def problem(
        self, line: int, column: int, message: str, hint: str, level: Level = Level.ERROR
    ) -> Problem:
        return Problem(self.path, line, column, "", message, hint, level)

    def at(self, line: int) -> str:
        """Return a line of the file, "" past its end."""
        number = line - self.first_line
        return self.lines[number] if number < len(self.lines) else ""

    def raw_html(self, body: Body) -> Iterator[Problem]:
        for raw in body.raw_html:
            message = f"« {raw.tag} » est du HTML, qui n'est pas admis dans le texte"
            hint = "enlevez-le ; le Markdown suffit : **gras**, *italique*, [texte](https://…)"
            if raw.tag.startswith("<!--"):
                message, hint = self.note(raw.mark.line)
            yield self.problem(*raw.mark, message, hint)

    def note(self, line: int) -> tuple[str, str]:
        """Return why what starts as an editor's note is not one (`_NOTE`), and what to type."""
        if any("-->" in text for text in self.lines[line - self.first_line :]):
            message = "cette note, entre <!-- et -->, n'est pas seule sur ses lignes"
            return message, "commencez-la au bord gauche, et que rien ne suive -->"
        return "cette note n'est pas refermée", "ajoutez --> là où elle finit"

    def layout(self) -> Iterator[Problem]:
        """Yield what Markdown would show as it is typed, against what its writer meant."""
        in_paragraph = False
        for line, text in enumerate(self.lines, self.first_line):
            item = _ITEM.match(text)
            if _FENCE.match(text):
                message = f"« {text.strip()[:20]} » n'est pas compris ici"
                hint = "pour montrer du code, commencez chacune de ses lignes par quatre espaces"
                yield self.problem(line, 1, message, hint)
            elif _MOVED_HEADING.match(text):
                message = "ce titre ne commence pas au bord gauche : il ne serait pas vu"
                yield self.problem(line, 1, message, f"écrivez {text.strip()}, sans espace devant")
            elif item and in_paragraph:
                message = "cette liste touche le texte d'avant : ses tirets s'y afficheraient"
                hint = "laissez une ligne vide avant la liste"
                yield self.problem(line, 1, message, hint, Level.WARNING)
                in_paragraph = False
            if not text.strip() or item:
                in_paragraph = False
            elif line == self.first_line or not self.at(line - 1).strip():
                in_paragraph = not _NO_PARAGRAPH.match(text)

    def nesting(self) -> Iterator[Problem]:
        """Yield the items that are meant to be within another, and are not far enough from it."""
        above: int | None = None
        for line, text in enumerate(self.lines, self.first_line):
            margin = len(text) - len(text.lstrip(" "))
            if _ITEM.match(text):
                if above is not None and above < margin and above // 4 == margin // 4:
                    message = "ce point d'une liste reste au niveau de celui d'au-dessus"
                    hint = f"pour l'y ranger, commencez sa ligne par {above // 4 * 4 + 4} espaces"
                    yield self.problem(line, 1, message, hint, Level.WARNING)
                above = margin
            elif text.strip() and not margin:
                above = None

    def heading(self, heading: Heading) -> Iterator[Problem]:
        words, line, column = heading.text, heading.line, heading.column
        typed, under = self.at(line), self.at(line + 1)
        if not words:
            hint = "écrivez-le, ou effacez cette ligne"
            yield self.problem(line, column, "ce titre est vide", hint)
        elif not typed.startswith("#") and not re.match(r"[=-]+\s*$", under):
            message = f"le titre « {words} » est à l'intérieur d'une liste ou d'une citation"
            yield self.problem(line, column, message, "commencez-le au bord gauche")
        elif re.match(r"[-*+>] |\d+\. ", words) and not typed.startswith("#"):
            message = f"la ligne {under.strip()} fait un titre de « {words} »"
            yield self.problem(line + 1, 1, message, "laissez une ligne vide au-dessus d'elle")
        elif heading.level == 1:
            message = f"« {words} » est un titre de premier niveau, réservé à la page"
            word = re.match(r"#\w", typed)
            hint = f"écrivez ## {words}" + (
                f" (ou \\#{words} si ce n'est pas un titre)" if word else ""
            )
            yield self.problem(line, column, message, hint)

    def outline(self, headings: Iterable[Heading]) -> Iterator[Problem]:
        """Yield the headings that skip a level: who listens to the page would look for it."""
        above = 1  # the title of the page
        for heading in headings:
            if heading.level > above + 1 and heading.text:
                message = (
                    f"« {heading.text} » est un titre de niveau {heading.level}, "
                    f"sans titre de niveau {above + 1} au-dessus de lui"
                )
                hint = f"écrivez {'#' * (above + 1)} {heading.text}"
                yield self.problem(heading.line, heading.column, message, hint)
            above = heading.level

    def link(self, link: Link) -> Iterator[Problem]:
        if is_admitted(link.target) or is_file_target(link.target):  # `verify` knows its page
            return
        shown = " ".join(link.target.split())
        message = f"« {shown} » n'est pas une adresse admise dans un lien"
        if not shown:
            message = "ce lien ne mène nulle part"
        yield self.problem(link.line, link.column, message, _better(shown))

    def image(self, image: Shown) -> Iterator[Problem]:
        """Yield what is wrong with an image, but whether its file exists, which `verify` tells."""
        words, shown = image.alternative, " ".join(image.target.split())
        if not words or _FILE_NAME.fullmatch(words):
            message = "cette image n'a pas d'alternative : qui ne la voit pas ne saura rien d'elle"
            if words:
                message = f"« {words} » est un nom de fichier, pas une alternative"
            hint = f"écrivez ![Ce que montre l'image]({shown}) ; si elle décore, retirez-la"
            start = self.at(image.line).rfind("![", 0, image.column - 1) + 1
            yield self.problem(image.line, start or image.column, message, hint)
        if not (image.target.startswith(ADDRESS) and is_admitted(image.target)):
            message = f"« {shown} » n'est pas l'adresse d'une image du site"
            if re.match(r"(?i)(?:https?:)?//", shown):
                message = f"« {shown} » est sur un autre site, qui saurait qui lit cette page"
            yield self.problem(image.line, image.column, message, _at_home(shown))


def _at_home(target: str) -> str:
    """Return where to put an image that is not one of the site's, and what to type for it."""
    if target.startswith(ADDRESS):
        return f"écrivez {typed(name_of(target))}"
    name = target.partition("?")[0].rpartition("/")[2]
    if not _FILE_NAME.fullmatch(name):
        name = "nom-du-fichier.jpg"
    address = typed(f"{ADDRESS}{name_of(name)}")
    if re.match(r"(?i)(?:https?:)?//", target):
        return f"si vous en avez le droit, copiez-la dans {FOLDER}/ et écrivez {address}"
    return f"mettez le fichier dans {FOLDER}/ et écrivez {address}"


def _better(target: str) -> str:
    """Return what to type instead of an address that is not admitted."""
    if re.fullmatch(r"[^\s@:/]+@[^\s@:/]+\.[a-z]+", target):
        return f"écrivez mailto:{target}"
    if re.fullmatch(r"(?i)(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/\S*)?", target):
        return f"écrivez https://{target}"
    if re.search(r"\s", target) and is_admitted(fixed := re.sub(r"\s", "%20", target)):
        return f"une adresse n'a pas d'espace : écrivez {fixed}"
    return "écrivez https://…, mailto:…, tel:… ou une adresse du site comme /projets/"
