"""Find, in the events of libyaml, valid YAML that the editor did not mean; explain it in French."""

from __future__ import annotations

import re
from typing import Any

from maille.content.yaml_errors import (
    HARD_SPACES,
    SIGNS,
    cut_at_end,
    explain_dash,
    explain_missing_colon,
    format_value,
    quote_value,
    start_line,
    strip_quotes,
)
from maille.problems import ContentError
from maille.text.placeholders import explain_placeholder, is_sheet_error


def explain_lost_comment(lines: list[str], event: Any) -> tuple[str, str] | None:
    """Return cause and remedy if YAML reads the end of a value as a comment: « Le lot #3 ».

    `event` is the event of an unquoted value. Return None if there is no comment, or if it looks
    intended: its « # » is followed by a space, by another « # » or by nothing.
    """
    start, end = event.start_mark, event.end_mark
    rest = lines[end.line][end.column :] if end.line < len(lines) else ""
    if not (rest and re.match(r"[ \t]+#[^\s#]", rest)):
        return None
    if is_sheet_error(rest):
        return explain_placeholder(rest)
    message = f"« {rest.strip()} » est après un dièse : ces mots ne seraient pas lus"
    alone = start.line == end.line and not re.search(r"[\[{]", lines[end.line][: start.column])
    value = lines[end.line][start.column :] if alone else "…"
    hint = f"mettez la valeur entre guillemets : {quote_value(value)}"
    return message, f"{hint} ; si c'est une note pour vous, laissez une espace après le dièse"


def explain_doubtful_comment(lines: list[str], event: Any) -> tuple[str, str] | None:
    """Return cause and remedy if the comment after a value may be a part of it: « L'été # suite ».

    `event` is the event of an unquoted value. Return None if two spaces or more precede the
    comment, or if the value looks like a number, a slug or an address: no « # » belongs to it.
    """
    start, end = event.start_mark, event.end_mark
    rest = lines[end.line][end.column :] if end.line < len(lines) else ""
    value = lines[end.line][start.column : end.column] if rest and start.line == end.line else ""
    if not re.match(r" # *[^\s#]", rest) or re.fullmatch(r"[a-z0-9.:/-]*", value):
        return None
    message = f"« {rest.strip()} » est lu comme une note pour vous, et ne paraîtra pas"
    hint = f"mettez la valeur entre guillemets si c'est du texte : {quote_value(value + rest)}"
    return message, f"{hint} ; si c'est une note, laissez deux espaces avant le dièse"


def explain_hard_space(lines: list[str], event: Any) -> ContentError | None:
    """Return an error if a no-break space touches the unquoted key of `event`, else None.

    YAML reads such a space as a letter of the key. Return None too if the key is more than one
    word, since it may be a sentence.
    """
    if event.style or not (hard := re.search(HARD_SPACES, event.value)):
        return None
    found = re.fullmatch(r"(\s*(?:-\s+)?)(\w+)\s*", event.value)
    if not found:
        return None
    at = event.start_mark
    message = f"une espace insécable est {'devant' if found[1] else 'derrière'} « {found[2]} »"
    value = lines[at.line][event.end_mark.column :].partition(":")[2]
    hint = f"écrivez « {event.value.strip()}:{value.rstrip()} », avec des espaces ordinaires"
    return ContentError(message, hint, line=at.line + 1, column=at.column + hard.start() + 1)


def explain_stuck_key(lines: list[str], event: Any) -> ContentError | None:
    """Return an error if the unquoted key of `event` has its value in it: « nom:A », « nom = A ».

    Return None for any other key.
    """
    if event.style or not re.match(r"[^\W\d_]\w*\s*[:=]", event.value):
        return None
    at = event.start_mark
    whole = lines[at.line][at.column :] if not lines[at.line][: at.column].strip(" -") else ""
    what = "cette ligne" if whole else "cette clé"
    cause = explain_missing_colon(whole or event.value, what)
    return ContentError(*cause, line=at.line + 1, column=at.column + 1)


def suggest_plain_key(lines: list[str], event: Any) -> str:
    """Return the hint for a key in brackets or braces, of which `event` is the start.

    « [commune]: Amiens » was meant as « commune: Amiens », and so was « ? [commune] » with its
    value on the line below. For any other such key, the hint is only « clé: valeur ».
    """
    at = event.start_mark.line
    line, below = lines[at], lines[at + 1] if at + 1 < len(lines) else ""
    name = r"[\[{]+\s*(?P<key>[^\W\d]\w*)\s*[\]}]+\s*"
    if found := re.fullmatch(rf"\s*{name}:\s+(?P<value>.*)", line):
        return f"écrivez « {found['key']}: {found['value']} »"
    found = re.fullmatch(rf"\s*\?\s+{name}", line)
    value = re.fullmatch(r"\s*:\s+(.*)", below)
    if found and value:
        return f"écrivez « {found['key']}: {value[1]} », et effacez la ligne du dessous"
    return "écrivez « clé: valeur »"


def explain_bullet(lines: list[str], event: Any) -> ContentError | None:
    """Return an error if the key of `event`, at the left edge, begins with a bullet: « • titre ».

    YAML reads the bullet as a letter of the key, and the item as a key of the file.
    """
    number = event.start_mark.line
    begins = re.match(rf"-(?=[^\W\d_])|[{SIGNS}]", event.value)
    if event.style or event.start_mark.column or not begins:
        return None
    found = explain_dash(lines, number)
    return ContentError(*found[2:], line=number + 1, column=1) if found else None


def explain_equals(lines: list[str], number: int) -> ContentError | None:
    """Return an error if the line `number` (from 0) is « titre = "x" » or « titre:x », or None."""
    if not re.match(r"\s*[^\W\d_]\w*\s*(?:=|:(?=[^\s/]))", lines[number]):
        return None
    return ContentError(*explain_missing_colon(lines[number]), line=number + 1, column=1)


def explain_stray_quote(value: str) -> tuple[str, str] | None:
    """Return cause and remedy if an unquoted value has quotes that were meant for YAML, else None.

    These are curly quotes around the whole value, or a straight quote at its end with no opening
    one at its beginning: « Le lot" », « L"e lot" ».
    """
    if not value.endswith(("”", "’", '"')):
        return None
    curly = re.fullmatch(r"[“‘][^“”‘’]*[”’\"]", value)
    alone = value.endswith('"') and (value.count('"') % 2 or re.search(r'\w"\w|\w""$', value))
    if not curly and not alone:
        return None
    message = "les guillemets de cette valeur paraîtraient tels quels"
    bare = strip_quotes(value) if curly or value.count('"') > 2 else value.replace('"', "")
    return message, f"écrivez {quote_value(bare)}"


def explain_cut_value(text: str, start: Any, cut: str) -> tuple[str, str]:
    """Return cause and remedy for a value in braces that is cut by a comma: « {note: Ici, là} ».

    `start` is the mark of the value's key, `cut` the text after the comma. If `cut` looks like
    « clé:valeur », the cause is the missing space.
    """
    if re.match(r"\w+:\S", cut):
        return explain_missing_colon(cut, "cette clé")
    line = text.split("\n")[start.line][start.column :]
    key, _, value = line.partition(":")
    message = f"la virgule coupe cette valeur : « {cut} » n'en ferait pas partie"
    return (
        message,
        f"mettez toute la valeur entre guillemets : {key}: {quote_value(cut_at_end(value))}",
    )


def suggest_item(head: str, column: int, key: str, before: Any, again: Any) -> str:
    """Return a hint for a `key` repeated in a list item, if a new item was meant, else "".

    `head` is the first key of the item, and `column` is where it begins, from 1. `before` and
    `again` are the two values of `key`: if they are equal, a line was typed twice, and no new item
    was meant.
    """
    if before == again or not isinstance(again, str) or column < 3:
        return ""
    if key != head:
        return (
            f"au-dessus de cette ligne, écrivez « - {head}: … » ; si elle est de trop, effacez-la"
        )
    text = f"- {key}: {format_value(again)}"
    return f"écrivez {start_line(column - 3, text)} ; si cette ligne est de trop, effacez-la"
