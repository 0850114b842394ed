"""Find the front matter of a Markdown file: the lines between its two rules `---`.

A rule that is missing, mistyped or superfluous is a problem. The text that is probably front matter
is still returned, so that its keys and the body are checked in the same run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from frontmatter.default_handlers import YAMLHandler

from maille.content.yaml_openings import find_unclosed
from maille.problems import MAX_PROBLEMS, ContentError
from maille.text.patterns import compile_late

_RULE = YAMLHandler.FM_BOUNDARY
# Lines that editors get or type instead of `---`: other dashes, only two of them, a rule that is
# not at the left edge, the « +++ » of other software.
_WRONG_OPENING = compile_late(r"[ \t]*[-–—−_=+]+[ \t]*")
_WRONG_CLOSING = compile_late(
    r"[ \t]?(?:[-–—−]*[–—−][-–—−]*|-{2,}|_{3,}|={3,}|\+{3,})[ \t]*|[ \t]+-{3,}[ \t]*"
)
_KEY = compile_late(r"\w[\w-]*[ \t]*:(?:\s|$)")
# A line that cannot be the first of a body: a key, a part of a value, an item of a list, a comment,
# a blank line.
_HEADER_LINE = compile_late(rf"{_KEY.pattern}|[ \t]+\S|-[ \t]|[\]}}#]|$")
# A line with nothing but a tag of another tool, or an HTML comment.
_TAG = compile_late(r"(?:\{%.*%\}|\{\{.*\}\}|\{#.*#\}|<%.*%>|<\?.*\?>|<!--.*-->)[ \t]*")
# A line of prose: at the left edge, four words or more. It begins neither with a lower-case letter,
# « # » or « - », nor with up to three words and a colon.
_PROSE = compile_late(
    r"(?![\w-]+[ \t]*[:=]|\w+(?:[ \t]\w+){1,2}:[ \t])[^\sa-zà-ÿ#-]\S*(?:[ \t]+\S+){3,}"
)
_LATE_KEY = compile_late(r"[a-z_]+:(?:\s|$)")
# Most lines of headers: none of these can be the first of a body.
_USUAL = compile_late(rf"{_LATE_KEY.pattern}|[ \t]+\S|-[ \t]")


@dataclass(frozen=True, slots=True)
class Header:
    """The text of a front matter and of the body, the line on which each starts, and the problems.

    Lines that are out of place in the front matter, such as a tag of another tool, are emptied: the
    others keep their numbers.
    """

    text: str
    first_line: int
    body: str
    body_line: int
    problems: tuple[ContentError, ...] = ()


def find_header(text: str) -> Header:
    """Return the front matter and the body of `text`, with the problems of its rules and tags."""
    lines = text.split("\n")
    problems: list[ContentError] = []
    start = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if lines[start].startswith("```"):
        message, hint = "ce fichier commence par ```", "effacez cette ligne et celle qui la referme"
        problems.append(_make_error(start, message, hint))
        last = next((n for n in range(len(lines) - 1, start, -1) if lines[n].startswith("```")), 0)
        lines = [line if n not in {start, last} else "" for n, line in enumerate(lines)]
        start = next((n for n, line in enumerate(lines) if line.strip()), start)
    if _RULE.match(lines[start]):
        first = start + 1
    else:
        if not problems:
            problems.append(_make_error(start, *_explain_missing_rule(lines[start])))
        first = start + 1 if _WRONG_OPENING.fullmatch(lines[start]) else start
        if first == start and not _KEY.match(lines[start]):
            return _make_header(lines, start, start, start, problems)
    return _find_end(lines, start, first, problems)


def _find_end(lines: list[str], start: int, first: int, problems: list[ContentError]) -> Header:
    """Find the end of the header whose text begins at `lines[first]`, and return the header.

    `lines[start]` is the opening rule; without one, `start` is equal to `first`.
    """
    closing = next((n for n in range(first, len(lines)) if _is_closing(lines[n])), None)
    if closing is None:
        message = "l'en-tête commence ici et n'est pas fermé : il n'y a pas de second ---"
        hint = "ajoutez une ligne --- après la dernière clé, au-dessus du texte"
        if first > start:  # else the problem of the first rule is enough
            problems.append(_make_error(start, message, hint))
        end = _guess_end(lines, first)
        return _make_header(lines, first, end, end, problems)
    if not _RULE.match(lines[closing]):
        problems.append(_make_error(closing, *_explain_wrong_rule(lines[closing], "cette")))
    if again := _find_more_keys(lines, closing):
        message = "l'en-tête est fermé ici, mais d'autres clés le suivent"
        hint = "effacez cette ligne --- : toutes les clés sont entre deux lignes ---"
        problems.append(_make_error(closing, message, hint))
        lines = [*lines[:closing], "", *lines[closing + 1 :]]
        closing = again
    early = None if again else _find_early_text(lines, first, closing)
    lines = _remove_tags(lines, first, early or closing, problems)
    if early:
        problems.append(_make_error(early, *_explain_late_rule(lines, closing)))
        lines = [*lines[:closing], "", *lines[closing + 1 :]]
        return _make_header(lines, first, early, early, problems)
    return _make_header(lines, first, closing, closing + 1, problems)


def _remove_tags(
    lines: list[str], first: int, closing: int, problems: list[ContentError]
) -> list[str]:
    """Return the lines, with a blank line for each header line that is only a tag.

    A problem for each of these tags is added to `problems`, up to `MAX_PROBLEMS` in all.
    """
    kept = [*lines]
    for number in range(first, closing):
        if not _is_tag(lines[number]):
            continue
        shown = lines[number].strip()
        message = f"« {shown} » est une balise d'un autre outil, qu'un en-tête n'a pas"
        hint = "effacez cette ligne"
        if shown.startswith("<!--"):
            message = "une note de l'en-tête commence par un dièse"
            hint = f"écrivez « # {shown[4:-3].strip()} »"
        if len(problems) < MAX_PROBLEMS:
            problems.append(_make_error(number, message, hint))
        kept[number] = ""
    return kept


def _find_early_text(lines: list[str], first: int, closing: int) -> int | None:
    """Return the number of the first line of the body if it is above the closing rule, else None.

    That line is prose, or a heading with text below it. No key is between it and the rule.
    """
    if all(map(_USUAL.match, lines[first:closing])):
        return None
    lines = ["" if _is_tag(line) else line for line in lines[:closing]]
    start = _guess_end(lines, first)
    rest = [line for line in lines[start:closing] if line.strip()]
    if start == first or not rest or any(_LATE_KEY.match(line) for line in rest):
        return None
    # A quote or bracket opened above is not closed: what looks like prose may continue a value.
    if find_unclosed(lines[first:start], brackets=True):
        return None
    headed = start
    while headed > first and re.match(r"#{2,6} +\S|[ \t]*$", lines[headed - 1]):
        headed -= 1
    while not lines[headed].strip():
        headed += 1
    return headed if lines[headed].startswith("##") or _PROSE.match(rest[0]) else None


def _explain_late_rule(lines: list[str], closing: int) -> tuple[str, str]:
    """Return cause and remedy for a closing rule that is below the start of the body."""
    message = f"le texte commence ici, et l'en-tête n'est fermé qu'à la ligne {closing + 1}"
    if not lines[closing - 1].strip():  # the text may use --- as a separator
        return message, "mettez une ligne --- avant celle-ci"
    return message, f"laissez vide la ligne {closing + 1}, et mettez une ligne --- avant celle-ci"


def _is_closing(line: str) -> bool:
    if line[:1].isalpha():  # most lines begin with a key
        return False
    return bool(_RULE.match(line) or _WRONG_CLOSING.fullmatch(line))


def _is_tag(line: str) -> bool:
    return line.startswith(("{", "<")) and bool(_TAG.fullmatch(line))


def _find_more_keys(lines: list[str], closing: int) -> int | None:
    """Return the index in `lines` of a second closing rule, or None if there is none.

    There must be at least one key, and only keys and their values, between the two rules.
    """
    below = next((n for n in range(closing + 1, len(lines)) if lines[n].strip()), len(lines))
    for number in range(below, len(lines)):
        line = lines[number]
        if number > below and _RULE.match(line):
            return number
        if not _LATE_KEY.match(line) and (number == below or not re.match(r"[ \t#]|- |$", line)):
            return None
    return None


def _guess_end(lines: list[str], first: int) -> int:
    """Return the number of the likely first line of the body, for a header that is not closed."""
    end = first
    for number in range(first, len(lines)):
        line = lines[number]
        if not _HEADER_LINE.match(line):
            break
        late = number > first and not lines[number - 1].strip()
        if late and _KEY.match(line) and not _LATE_KEY.match(line):
            break
        if line.strip() and (number == end or not line.startswith("#")):
            end = number + 1  # a « # » below a blank line may be a heading of the body
    return end


def _make_header(
    lines: list[str], first: int, end: int, body: int, problems: list[ContentError]
) -> Header:
    """Return the header made of the lines from `first` to before `end`; the body starts at `body`.

    Empty lines above the body, and spaces and blank lines at its end, are left out.
    """
    while body < len(lines) - 1 and not lines[body]:
        body += 1
    return Header(
        "".join(f"{line}\n" for line in lines[first:end]),
        first + 1,
        "\n".join(lines[body:]).rstrip(),
        min(body, len(lines) - 1) + 1,
        tuple(problems),
    )


def _make_error(number: int, message: str, hint: str) -> ContentError:
    return ContentError(message, hint, line=number + 1, column=1)


def _explain_missing_rule(first: str) -> tuple[str, str]:
    first = first.rstrip()
    if not first:
        return "ce fichier est vide", "copiez-y le fichier _modele.md de ce dossier"
    if _WRONG_OPENING.fullmatch(first):
        return _explain_wrong_rule(first, "la première")
    return (
        "l'en-tête manque : la première ligne n'est pas ---",
        "mettez une ligne --- avant la première clé, et une autre après la dernière",
    )


def _explain_wrong_rule(line: str, which: str) -> tuple[str, str]:
    message = f"{which} ligne est « {line.rstrip()} » au lieu de ---"
    return message, "tapez trois fois le tiret du clavier, au bord gauche : ---"
