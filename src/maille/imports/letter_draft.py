"""Compose the draft of a letter from one that another tool made, in HTML or in Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import markdown

from maille.imports.letter_html import Cleaned, convert_letter, keep_title
from maille.problems import ContentError
from maille.text.names import fold_name
from maille.text.people import is_mobile, is_personal_mailbox
from maille.text.suggestions import find_nearest
from maille.text.tracked_addresses import find_tracking
from maille.text.urls import list_web_addresses

SIZE_LIMIT = 5 * 2**20
_HEADER = re.compile(r"\A\ufeff?---[ \t]*\n(.*?\n)---[ \t]*\n", re.DOTALL)
# Extensions that read the Markdown of other tools. Of an admonition (a box), only the text stays.
_EXTENSIONS = ("tables", "sane_lists", "attr_list", "admonition", "fenced_code")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)
_MAIL = re.compile(rb"(?:[\w-]+:.*\n(?:[ \t].*\n)*)*?(?:MIME-Version|Content-Type):", re.IGNORECASE)
_EMOJI = re.compile(r"(?<![\w/:])(?::[a-z][a-z0-9_+-]+:)+(?![\w/])")
_HEADING = re.compile(r"(#{1,6}) (.*)")
_MAILBOX = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<!\d)(?:\+33 ?|0)[67](?:[ .-]?\d\d){4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the text below it. `level` is 0 for the text above the first heading."""

    level: int
    title: str
    text: str = ""


@dataclass
class LetterImport:
    """The draft of a letter, and what its editor should know.

    - `projects` are the headings that name a project.
    - `renamed` maps a heading to the name of a project that was written in its place.
    - `others` maps each other heading to a project with a similar name, or "".
    - `empty` are headings without text, which are left out.
    - `removed`, `unlinked`, `pixels` and `cleaned` are the same as in `Cleaned`.
    - `to_check` has pairs (line of the draft, what to do).
    """

    text: str = ""
    projects: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unlinked: list[str] = field(default_factory=list)
    pixels: int = 0
    cleaned: int = 0
    to_check: list[tuple[int, str]] = field(default_factory=list)


def import_letter(
    name: str, data: bytes, header: Iterable[str], names: Mapping[str, str], usual: Iterable[str]
) -> LetterImport:
    """Return the draft made from `data`, the bytes of the file `name`: HTML, Markdown or text.

    `header` are the first lines of the front matter, without the title. `names` maps each name of a
    project to its current name; `usual` are the headings that any letter may have. Raises
    ContentError for a file that cannot be read.
    """
    try:
        letter = _read_letter(name, data)
    except RecursionError:
        raise ContentError(
            "les balises de cette page sont trop imbriquées", "recopiez-en le texte à la main"
        ) from None
    if not re.search(r"[^\W_]|\x02", letter.markdown):
        raise ContentError(f"« {name} » n'a pas de texte", "donnez le fichier de la lettre")
    title, sections = _choose_title(letter, _split_sections(letter.markdown))
    done = LetterImport(
        removed=letter.removed,
        unlinked=letter.unlinked,
        pixels=letter.pixels,
        cleaned=letter.cleaned,
    )
    known = {fold_name(word): word for word in usual}
    kept = [*_name_sections(_choose_levels(sections), names, known, done)]
    body = _place_images("".join(_format_section(one) for one in kept), letter.images)
    lines = ["---", *header, f"titre: {_quote(title)}"]
    if done.others:
        lines.append(f"rubriques: {_quote([*done.others])}")
    done.text = "\n".join([*lines, "---", body.strip(), ""])
    done.to_check = [*dict.fromkeys(_list_remarks(done.text))]
    return done


def _quote(value: object) -> str:
    """Return a value as JSON, which is also valid YAML."""
    return json.dumps(value, ensure_ascii=False)


def _read_letter(name: str, data: bytes) -> Cleaned:
    ending = name.rpartition(".")[2].lower()
    if ending not in ("html", "htm", "md", "markdown", "txt"):
        raise ContentError(
            f"« {name} » n'est ni une page HTML, ni un texte en Markdown",
            "ouvrez la lettre dans un navigateur, et enregistrez la page en .html",
        )
    if len(data) > SIZE_LIMIT:
        raise ContentError("ce fichier pèse plus de 5 Mo", "retirez-en les images")
    _check_is_text(name, data)
    text = _decode(data)
    if ending in ("html", "htm"):
        return convert_letter(text)
    found = _HEADER.match(text.replace("\r\n", "\n"))
    body = text.replace("\r\n", "\n")[found.end() if found else 0 :]
    emojis = _EMOJI.findall(body)
    page = markdown.markdown(_EMOJI.sub("", body), extensions=_EXTENSIONS)
    letter = convert_letter(page)
    letter.removed += dict.fromkeys(emojis)
    title = found and re.search(r"(?m)^(?:title|titre|subject|objet):[ \t]*(.+)$", found[1])
    return replace(letter, title=keep_title(title[1].strip("\"' "))) if title else letter


def _check_is_text(name: str, data: bytes) -> None:
    """Raise ContentError for a PDF, a mail, or any other file that is not text."""
    if _MAIL.match(data):
        raise ContentError(
            f"« {name} » est un message entier, avec ses en-têtes",
            "ouvrez-le dans une messagerie, et enregistrez en .html la page qu'elle montre",
        )
    if data.startswith((b"%PDF", b"PK\x03\x04")) or (b"\0" in data and data[:2] not in _UTF_16):
        raise ContentError(
            f"« {name} » n'est pas un texte, malgré son nom",
            "ouvrez la lettre dans un navigateur, et enregistrez la page en .html",
        )


def _decode(data: bytes) -> str:
    """Return the text of a file: in UTF-8, else in the encoding that it names, else in cp1252.

    A file that starts with the byte-order mark of UTF-16 is read as UTF-16.
    """
    if data[:2] in _UTF_16:
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        named = _CHARSET.search(data[:4096])
    try:
        encoding = named[1].decode("ascii").lower() if named else ""
        return data.decode("cp1252" if encoding in {"", "iso-8859-1", "utf-8"} else encoding)
    except (LookupError, UnicodeDecodeError):
        return data.decode("cp1252", "replace")


def _split_sections(text: str) -> list[Section]:
    """Return the text above the first heading, then each heading with its text."""
    found = [Section(0, "")]
    for line in text.split("\n"):
        if heading := _HEADING.fullmatch(line):
            found.append(Section(len(heading[1]), heading[2].strip()))
        else:
            found[-1] = replace(found[-1], text=f"{found[-1].text}{line}\n")
    return found


def _choose_title(letter: Cleaned, sections: list[Section]) -> tuple[str, list[Section]]:
    """Return the title of the letter, and its sections.

    The title is the only heading of level 1, which the sections then lack (its text stays). If
    there is none, or several, the title is that of the page, or else the first heading, or else
    words to replace.
    """
    first = [one for one in sections if one.level == 1]
    if len(first) == 1:
        title = _read_words(first[0].title)
        sections = [replace(one, level=0, title="") if one is first[0] else one for one in sections]
        return title, sections
    headings = [_read_words(one.title) for one in sections if one.level]
    return letter.title or (headings[0] if headings else "Titre à écrire"), sections


def _read_words(heading: str) -> str:
    """Return the words of a heading as its page shows them, without the escapes of Markdown."""
    return re.sub(r"\\([*_\\`])", r"\1", heading.replace("&lt;", "<"))


def _choose_levels(sections: list[Section]) -> list[Section]:
    """Return the sections with new levels: 2 for a main heading, 3 for a smaller one.

    The highest level that has several headings, and the levels above it, are main; if no level has
    several headings, all are. Text above the first heading keeps level 0.
    """
    levels = [one.level for one in sections if one.level]
    several = [level for level in sorted(set(levels)) if levels.count(level) > 1]
    cut = several[0] if several else max(levels, default=0)
    found: list[Section] = []
    opened = False  # smaller headings above the first main heading are main too
    for one in sections:
        opened = opened or 0 < one.level <= cut
        high = one.level <= cut or not opened
        found.append(replace(one, level=0 if not one.level else 2 if high else 3))
    return found


def _name_sections(
    sections: Iterable[Section],
    names: Mapping[str, str],
    usual: Mapping[str, str],
    done: LetterImport,
) -> Iterator[Section]:
    """Yield the sections; a heading that means a project becomes the name of that project.

    A heading that has no text and names no project is left out. `names` are the names of projects,
    as for `import_letter`; `usual` has the folded headings that any letter may have. What was found
    is noted in `done`.
    """
    known = {fold_name(name): name for name in names}
    every = list(sections)
    for number, one in enumerate(every):
        after = every[number + 1 : number + 2]
        if not one.level:
            yield one
            continue
        name, rest = _find_project(one.title, known)
        if name:
            done.projects.append(name)
            if name != one.title:
                done.renamed[one.title] = name
            text = f"\n**{rest}**\n\n{one.text.lstrip()}" if rest else one.text
            yield Section(2, name, text)
            continue
        # A smaller heading below this one counts as its text, unless it names a project.
        more = after[0] if after and after[0].level == 3 else None
        has_more = one.level == 2 and more and not _find_project(more.title, known)[0]
        if not one.text.strip() and not has_more:
            done.empty.append(one.title)
            continue
        if one.level == 2 and fold_name(one.title) not in usual:
            near = find_nearest(one.title, names, most=1, likeness=0.7)
            done.others[_read_words(one.title)] = names[near[0]] if near else ""
        yield one


def _find_project(title: str, known: Mapping[str, str]) -> tuple[str, str]:
    """Return the name of the project that a heading means, and the other words of the heading.

    Both are "" when the heading means none. `known` are the names by their folded form.
    """
    folded = fold_name(title)
    if folded in known:
        return known[folded], ""
    for sign in (" : ", ": ", " – ", " — ", " - ", " | "):
        before, found, after = title.partition(sign)
        if found and fold_name(before) in known:
            return known[fold_name(before)], after.strip()
        if found and fold_name(after) in known:
            return known[fold_name(after)], before.strip()
    return "", ""


def _format_section(section: Section) -> str:
    text = section.text.lstrip("\n").rstrip()
    heading = f"\n{'#' * section.level} {section.title}\n\n" if section.level else ""
    return f"{heading}{text}\n"


def _place_images(body: str, images: list[tuple[str, str]]) -> str:
    """Return the body with a note, an HTML comment, in the place of each mark of an image."""

    def describe(found: re.Match[str]) -> str:
        words, address = images[int(found[1])]
        said = f"Image{f' : {words}' if words else ''} ({address[:200]})".replace("--", "–")
        return f"\n\n<!-- {' '.join(said.split())} -->\n\n"

    body = re.sub(r"(?m)^[> ]+(?=\x02)", "", body)  # an image in a quotation
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"\s*\x02(\d+)\x03\s*", describe, body))


def _list_remarks(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line, what to do) for what the editor should check in a draft.

    These are images, links that count clicks, personal mail addresses and mobile numbers.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("<!-- Image"):
            yield number, "image : rangez-la dans content/images/ et montrez-la, ou effacez la note"
        for _, address in list_web_addresses(line):
            tracking = find_tracking(address)
            if tracking and not tracking.address:
                yield number, "ce lien compte les clics : écrivez l'adresse de la page où il mène"
        for found in _MAILBOX.finditer(line):
            if is_personal_mailbox(found[0]):
                yield number, f"adresse d'une personne : {found[0]} ; gardez-la avec son accord"
        for found in _PHONE.finditer(line):
            if is_mobile(found[0]):
                yield number, f"téléphone d'une personne : {found[0]} ; gardez-le avec son accord"
