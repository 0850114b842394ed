"""Find typing slips in a body: Markdown renders them, but not as the editor meant."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from maille.content.documents import Body, Heading
from maille.content.unequal_stars import list_stars
from maille.problems import Level, Problem
from maille.text.patterns import compile_late
from maille.text.suggestions import join_first_letter

_ITEM = compile_late(r" {0,3}[-*+•–] +\S")
# « -- Un point », « 1.. Un point »: the marker of an item, typed twice.
_TWICE = compile_late(r" {0,3}(?:(?P<sign>[-+])(?P=sign)|\d+(?P<dot>[.)])(?P=dot)) +\S")
_STUCK = compile_late(r" *(?:[-•–]|\*(?!\*))(\S.*)")
# A line that lost the dash of its item: it begins one space from the edge, with a capital.
_LOST_DASH = compile_late(r" (?=(?:\*\*|\[|«\s?|\")?[A-ZÀ-ÖØ-ÞŒ])")
_ENDED = compile_late(r"[.;:!?…»)][*\"]*\s*$")
# Lines that Markdown takes for a quotation or an item, because they begin with a comparison, the
# « + » of a telephone number, a temperature below zero or a year.
_UNIT = r"(?:ans?|€|euros?|%|°|km|m²|kg|h|heures?|jours?|mois|personnes|places|habitants|salariés?)"
_MORE = compile_late(rf" {{0,3}}> ?((?:(?:de|à) )?\d[\d ,.\u00a0\u202f]*{_UNIT}(?!\w).*)")
_PLUS = compile_late(r" {0,3}\+ +((?:\d|de |d['’]|infos?\b).*)")
_MINUS = compile_late(r" {0,3}- +(\d+(?:[.,]\d+)?[ \u00a0\u202f]?(?:°|degrés?\b).*)")
_YEAR = compile_late(r" {0,3}((?:19|20)\d\d)\. +(\S.*)")
# Links with a bracket that is one letter off, or typed twice: a stray character would show.
_TAIL = r"(?P<target>\((?:https?://|mailto:|/|#)[^\s()]*\))"
_LINKS = (
    ("le crochet de ce lien est une lettre trop loin",
     compile_late(rf"(?<![\w\\])(?P<first>[A-ZÀ-ÖØ-ÞŒ])\[(?P<words>[a-zà-öø-ÿœ][^\[\]]*)\]{_TAIL}")),
    ("la parenthèse de ce lien est une lettre trop tôt",
     compile_late(r"(?<!!)\[(?P<words>[^\[\]]+)\](?P<target>\(/[\w/-]*[\w-]\))/"
                r"(?=[\s.,;:!?)]|$)(?! ?\[)")),
    ("un crochet de ce lien est de trop",
     compile_late(rf"\[\[(?P<words>[^\[\]]+)\]{_TAIL}(?![^\[\]]*\])")),
)  # fmt: skip
# A line that may match one of the four above.
_COMPARED = compile_late(r" {0,3}(?:> ?(?:[dà]|\d)|\+ |- +\d|(?:19|20)\d\d\.)")
_SIGN = compile_late(r" {0,3}(?:[-*+•–]|\d+[.)]) ")


def check_typing(path: str, body: Body) -> Iterator[Problem]:
    """Yield a warning for each slip in an item, at the start of a line, in a link or in a heading.

    A slip in an item is reported only next to other items. At the start of a line, a sign or number
    that Markdown takes for a marker (« > 10 % », « 2024. ») is reported unless another line near it
    begins with a marker. A heading is reported if it directly follows an identical one, or if the
    dashes below it are a slip.
    """
    lines = body.text.split("\n")
    found = _list_in_headings(body.headings, lines, body.first_line)
    if "<pre" not in body.html:
        found = itertools.chain(_list_in_lines(lines, body.first_line), found)
    for line, column, message, hint in found:
        yield Problem(path, message, hint, Level.WARNING, line=line, column=column)


def _list_in_lines(lines: list[str], first_line: int) -> Iterator[tuple[int, int, str, str]]:
    """Yield line, column, cause and remedy for each slip in an item, a line start or a link."""
    for number, typed in enumerate(lines):
        if not typed:
            continue
        if not typed[:1].isalpha():  # else the line starts with a word, not with a marker
            cause = _explain_item(lines, number) or _explain_sign(lines, number)
            if cause := cause or _explain_split(typed):
                yield first_line + number, 1, *cause
        if "](" in typed or "*" in typed:
            for column, message, hint in (*_list_links(typed), *list_stars(typed)):
                yield first_line + number, column, message, hint


def _list_in_headings(
    headings: Iterable[Heading], lines: list[str], first_line: int
) -> Iterator[tuple[int, int, str, str]]:
    """Yield line, column, cause and remedy for each heading typed twice or made by a slip."""
    above: Heading | None = None
    for heading in headings:
        number = heading.line - first_line
        under = lines[number + 1] if number + 1 < len(lines) else ""
        if above and (above.level, above.text) == (heading.level, heading.text) and above.text:
            between = lines[above.line - first_line + 1 : number]
            if not "".join(between).strip(" =-\t"):
                message = f"le titre « {heading.text} » est déjà à la ligne {above.line}"
                yield heading.line, heading.column, message, "effacez cette ligne"
        if cause := _explain_dashes(lines[number], under.strip(), heading.text):
            yield heading.line + 1, 1, *cause
        above = heading


def _explain_item(lines: list[str], number: int) -> tuple[str, str] | None:
    """Return cause and remedy for a line meant as an item of the list above or below, or None."""
    line = lines[number]
    above, below = (lines[n] if 0 <= n < len(lines) else "" for n in (number - 1, number + 1))
    if (found := _TWICE.match(line)) and (_SIGN.match(above) or _SIGN.match(below)):
        sign = found["sign"] or found["dot"]
        return f"un signe {sign} est de trop", f"remplacez {sign * 2} par {sign}"
    if found := _STUCK.match(line):
        joined = join_first_letter(found[1])
        if joined == found[1] or not (_ITEM.match(above) or _ITEM.match(below)):
            return None
        return "une espace coupe ce mot : elle se met derrière le tiret", f"écrivez - {joined}"
    if not (_LOST_DASH.match(line) and _ITEM.match(above) and _ENDED.search(above)):
        return None
    if below.strip() and not _ITEM.match(below):
        return None
    message = "il manque le tiret de ce point : il serait la suite de celui d'au-dessus"
    return message, f"écrivez-le devant « {' '.join(line.split()[:3])} », au bord gauche"


def _explain_sign(lines: list[str], number: int) -> tuple[str, str] | None:
    """Return cause and remedy if Markdown wrongly takes the start of a line for a marker."""
    line = lines[number]
    if not _COMPARED.match(line):
        return None
    near = [lines[n] for n in range(max(0, number - 2), number + 3) if 0 <= n < len(lines)]
    if found := _MORE.fullmatch(line):
        if sum(one.lstrip().startswith(">") for one in near) > 1:
            return None
        return "le signe > fait une citation de cette ligne", f"écrivez « \\> {found[1]} »"
    if sum(bool(_SIGN.match(one)) for one in near) > 1:
        return None
    if found := _PLUS.fullmatch(line):
        sign = "+" if found[1][0].isdigit() else "\\+ "
        return "le signe + fait un point de liste de cette ligne", f"écrivez « {sign}{found[1]} »"
    if found := _MINUS.fullmatch(line):
        return "le signe - fait un point de liste de cette ligne", f"écrivez « -{found[1]} »"
    if (found := _YEAR.fullmatch(line)) and not (number and lines[number - 1].strip()):
        message = f"{found[1]}. fait un point de liste de cette ligne"
        return message, f"écrivez « {found[1]}\\. {found[2]} »"
    return None


def _explain_split(line: str) -> tuple[str, str] | None:
    """Return cause and remedy for a heading with its space one letter late: « ##L es lieux »."""
    found = re.match(r"(#{2,6})(\w.*)", line)
    if not found or (joined := join_first_letter(found[2])) == found[2]:
        return None
    return "une espace coupe le premier mot de ce titre", f"écrivez {found[1]} {joined}"


def _list_links(line: str) -> Iterator[tuple[int, str, str]]:
    """Yield column, cause and remedy for each link of a line with a misplaced or extra bracket."""
    for message, pattern in _LINKS if "](" in line else ():
        for found in pattern.finditer(line):
            target = found["target"]
            if found[0].endswith("/"):
                target = f"{target[:-1]}/)"
            first = found.groupdict().get("first") or ""
            right = f"[{first}{found['words']}]{target}"
            yield found.start() + 1, message, f"remplacez {found[0]} par {right}"


def _explain_dashes(typed: str, under: str, words: str) -> tuple[str, str] | None:
    """Return cause and remedy for a line of dashes that makes a heading by accident, else None.

    It probably does if it has one or two dashes, or if the words above are long or end like a
    sentence. `typed` is the line above, `under` the line of dashes, `words` the heading's text.
    """
    begun = typed.lstrip().startswith(("#", ">")) or _SIGN.match(typed)
    if begun or not re.fullmatch(r"-+", under):
        return None
    message = f"la ligne {under} fait un titre de « {words} »"
    if len(under) < 3:
        return message, "effacez cette ligne"
    if re.search(r"[.…,;]$", words) or len(words) > 100:
        return message, "laissez une ligne vide au-dessus d'elle"
    return None
