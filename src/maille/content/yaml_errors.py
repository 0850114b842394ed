"""Explain the errors of libyaml in French: the position, the cause, and what to type."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from maille.content.yaml_openings import Opened, find_unclosed
from maille.problems import ContentError

# Characters that some editors type instead of a hyphen before the items of a list.
SIGNS = "–—−•·●▪◦*"
# No-break and thin spaces, which YAML reads as letters.
HARD_SPACES = "[\u00a0\u2007\u2009\u202f]+"
MAX_REPAIRS = 20
# The most characters to read again for repairs: the length of a text × its number of mistakes.
REPAIR_LIMIT = 100_000
# Cause and remedy for a line that begins or ends a YAML document inside a header.
SECOND = (
    "une ligne --- ou ... coupe ces clés en deux",
    "effacez-la : toutes les clés se suivent",
)


def limit_repairs(text: str) -> int:
    """Return how many mistakes may be repaired in a text: the longer the text, the fewer."""
    return min(MAX_REPAIRS, REPAIR_LIMIT // max(1, len(text)))


def explain_yaml_error(error: Any, text: str) -> ContentError:
    """Return a yaml.MarkedYAMLError as an error in French, with its position in `text`."""
    line, column, message, hint = _find_cause(error, text)
    return ContentError(message, hint, line=line + 1, column=column + 1)


def _find_cause(error: Any, text: str) -> tuple[int, int, str, str]:
    """Return line and column (both from 0), cause and remedy for a yaml.MarkedYAMLError."""
    context, said = error.context or "", f"{error.context or ''} {error.problem or ''}"
    lines = text.split("\n")
    opened = find_unclosed(lines, brackets=True)
    if opened and opened.line <= error.problem_mark.line:
        return opened.line, opened.column, *_OPENED[opened.sign]
    # libyaml detects an unclosed quote or bracket further down; where it opens is more useful.
    opens = "escape" not in said and context.startswith(("while scanning", "while parsing a flow"))
    at = (opens and error.context_mark) or error.problem_mark
    line = lines[at.line] if at.line < len(lines) else ""
    for number in range(at.line, min(error.problem_mark.line + 2, len(lines))):
        if found := re.match(r" *\t\s*\S", lines[number]):
            return number, found[0].index("\t"), *_TAB
    first = max(0, error.problem_mark.line - 2)
    for number, before in enumerate(lines[first : error.problem_mark.line + 1], first):
        if found := re.match(rf"(\s*(?:- +)?\w+):{HARD_SPACES}(.*)", before):
            return number, found.end(1), _HARD, f"écrivez « {found[1].strip(' -')}: {found[2]} »"
    if cause := explain_dash(lines, at.line) or _explain_stop(lines, error):
        return cause
    if "mapping values are not allowed" in said:
        return _explain_stray_colon(lines, at)
    if "..." in lines[: at.line]:
        return lines.index("..."), 0, *SECOND
    if "expected ':'" in said and re.match(r" *\w+:\S", line):
        return at.line, at.column, *explain_missing_colon(line)
    sentences = next((texts for words, texts in _SYNTAX.items() if words in said), None)
    return _explain_shifted(lines, at, sentences or _explain_misplaced(line, at.column))


def _explain_shifted(
    lines: list[str], at: Any, cause: tuple[str, str]
) -> tuple[int, int, str, str]:
    """Return line, column, cause and remedy of the error that libyaml found at `at`.

    `cause` is the cause and remedy of this error. If a misaligned line above explains it, that line
    is returned instead, with the cause and remedy of misaligned lines.
    """
    causes = {_UNALIGNED, _NO_DASH, _DEEPER}
    shifted = _find_shifted(lines, at.line) if cause in causes else None
    if shifted is None:
        return at.line, at.column, *cause
    return shifted, len(lines[shifted]) - len(lines[shifted].lstrip()), *_UNALIGNED


def explain_opened(opened: Opened) -> ContentError:
    """Return an error for a bracket or quote that is not closed."""
    message, hint = _OPENED[opened.sign]
    return ContentError(message, hint, line=opened.line + 1, column=opened.column + 1)


def explain_dash(lines: list[str], number: int) -> tuple[int, int, str, str] | None:
    """Return line and column (from 0), cause and remedy for an item without « - » at its start.

    The item is on the line `number` (from 0) or on the line above: libyaml reports « -titre: A »
    at the key below it. Return None if neither line is such an item.
    """
    for here in (number, number - 1):
        line = lines[here] if 0 <= here < len(lines) else ""
        if found := re.match(rf"(\s*)(-(?=[^\s-])|[{SIGNS[:-1]}]\s*|\*\s+)(\S.*)", line):
            message = f"« {found[2].strip()} » ne commence pas une ligne d'une liste"
            if found[2] == "-":
                message = "le tiret de cette ligne n'est pas suivi d'une espace"
            return here, len(found[1]), message, f"écrivez « - {found[3]} »"
    return None


def _explain_stop(lines: list[str], error: Any) -> tuple[int, int, str, str] | None:
    """Explain a missing comma, a quote closed early or a stray colon, in brackets or braces.

    Return line and column (from 0), cause and remedy, or None for any other error.
    """
    at = error.problem_mark
    if not (error.context or "").startswith("while parsing a flow") or at.line >= len(lines):
        return None
    line = lines[at.line]
    before = line[: at.column]
    quotes = ("'", '"')
    if before.rstrip().endswith(quotes) and line.startswith(quotes, at.column):
        message = "il manque une virgule entre ces deux valeurs"
        return at.line, at.column, message, f"écrivez-la devant {line[at.column :].strip(' ]}')}"
    if before.rstrip().endswith(quotes) and line[at.column :].strip():
        return at.line, at.column, *_explain_misplaced(line, at.column)
    start = max(map(before.rfind, "{[,")) + 1
    found = re.match(r"\s*(\w+): +(?=\S)", line[start:])
    if not found or line[at.column : at.column + 1] != ":" or start + found.end() > at.column:
        return None
    value = quote_value(cut_at_end(line[start + found.end() :]))
    hint = f"mettez toute la valeur entre guillemets : {found[1]}: {value}"
    return at.line, at.column, _EXTRA_COLON, hint


def cut_at_end(text: str) -> str:
    """Return `text` up to its next key, closing bracket or closing brace, or else all of it."""
    found = re.match(r"(.*?)\s*(?:,\s*\w+:\s|[}\]]|$)", text)
    return found[1] if found else text


def _explain_stray_colon(lines: list[str], at: Any) -> tuple[int, int, str, str]:
    """Explain « nom: a : b », a line without a colon above a key, or a key indented too far.

    Return line and column (from 0), cause and remedy.
    """
    line = lines[at.line]
    key, colon, value = line.partition(": ")
    if colon and at.column > len(key):
        hint = f"mettez toute la valeur entre guillemets : {key.strip(' -')}: {quote_value(value)}"
        return at.line, at.column, _EXTRA_COLON, hint
    before = next((n for n in range(at.line - 1, -1, -1) if lines[n].strip()), at.line)
    if not re.match(r"\s*(?:- +)?[^:]*:(\s|$)", lines[before]):
        return (
            before,
            len(lines[before]) - len(lines[before].lstrip()),
            *explain_missing_colon(lines[before]),
        )
    here, _, message, hint = _explain_shifted(lines, at, _DEEPER)
    return here, len(lines[here]) - len(lines[here].lstrip()), message, hint


def explain_missing_colon(line: str, what: str = "cette ligne") -> tuple[str, str]:
    """Return cause and remedy for a line or a key that has no colon followed by a space."""
    word, _, rest = re.sub(r"\s*[:=]\s*", ":", line.strip(), count=1).partition(":")
    hint = f"écrivez « {word}: {rest} »" if rest else "écrivez « clé: valeur »"
    return f"{what} n'a pas de deux-points suivi d'une espace", hint


def _explain_misplaced(line: str, column: int) -> tuple[str, str]:
    """Return cause and remedy for a character that libyaml rejects, or a misaligned line."""
    before, sign = line[:column].strip(), line[column : column + 1]
    if before.endswith(("'", '"')):
        return (
            "un guillemet est fermé trop tôt dans cette valeur",
            "entourez toute la valeur d'un signe qu'elle n'a pas : \"l'été\" ou 'le \"Hub\"'",
        )
    if before.endswith(("]", "}")) or sign in {"]", "}"}:
        return (
            "il y a un crochet ou une accolade de trop, ou du texte après",
            "mettez toute la valeur entre guillemets si c'est du texte",
        )
    if before.endswith((":", "-")) and sign:
        hint = f"mettez-la entre guillemets : {before.strip(' -')} {quote_value(line[column:])}"
        return f"cette valeur commence par « {sign} », qui a un sens particulier", hint
    return _UNALIGNED


def _find_shifted(lines: list[str], number: int) -> int | None:
    """Return the misaligned line above the line `number` that explains its error, or None.

    Levels are two spaces apart. The misaligned line may be: a line with an odd number of spaces; an
    item whose first key is not after four spaces, while the keys below it are; the first line, if
    it is the only indented one; a group in braces that lost its dash, above an item; an item in
    another column than most items of its list.
    """

    def count_spaces(line: str) -> int:
        return len(line) - len(line.lstrip(" "))

    above = [n for n in range(number) if lines[n].strip()]
    if above and lines[above[-1]].lstrip()[:1] == "{" and lines[number].lstrip()[:2] == "- ":
        return above[-1]
    item = re.match(r" *- +(?=\w)", lines[above[-1]]) if above else None
    if item and len(item[0]) != 4 == count_spaces(lines[number]):
        return above[-1]
    if (other := _find_other_item(lines, number)) is not None:
        return other
    if count_spaces(lines[number]) % 2 == 0 and above and count_spaces(lines[above[-1]]) % 2:
        return next((n for n in above[::-1] if count_spaces(lines[n]) % 2 == 0), -1) + 1
    edge = [n for n in range(number, len(lines)) if re.match(r"\w+:", lines[n])]
    return above[0] if len(above) == 1 and len(edge) > 1 and lines[above[0]][0] == " " else None


def _find_other_item(lines: list[str], number: int) -> int | None:
    """Return the line of the item above the item at `number`, if the upper one is misaligned.

    The two must be one or two columns apart. The upper one is misaligned if fewer items of the list
    are in its column; if both columns have as many, if only its column is odd. Otherwise, return
    None.
    """
    first = next((n for n in range(number, -1, -1) if re.match(r"\w", lines[n])), 0)
    stop = next((n for n in range(number, len(lines)) if re.match(r"\w", lines[n])), len(lines))
    depths = {
        n: len(found[1])
        for n in range(first, stop)
        if (found := re.match(r"( *)- ", lines[n])) is not None
    }
    above = max((n for n in depths if n < number), default=None)
    if above is None or number not in depths:
        return None
    here, there = depths[number], depths[above]
    counts = Counter(depths.values())
    rather = (counts[here], there % 2 > here % 2) > (counts[there], False)
    return above if 0 < abs(here - there) <= 2 and rather else None


def quote_value(value: str) -> str:
    """Return a value between quotes, escaped for YAML."""
    value = value.strip()
    return "'" + value.replace("'", "''") + "'" if '"' in value or "\\" in value else f'"{value}"'


def split_comment(value: str) -> tuple[str, str]:
    """Return a typed value without its comment, and the comment, with two spaces before its « # ».

    The comment is "" if there is none. A « # » directly followed by a word is part of the value.
    """
    found = re.search(r"\s+(#(?:[\s#].*)?)$", value)
    return (value[: found.start()].strip(), f"  {found[1]}") if found else (value.strip(), "")


def strip_quotes(value: str) -> str:
    """Return a value without the quotes that were meant to be around it.

    A quote that is closed inside the value is part of it: « "Essai" de fiche » stays as it is.
    """
    value = value.strip()
    sign = value[:1]
    if sign in {"“", "‘"}:
        return re.sub(r"[”’\"]$", "", value[1:])
    inside = value.strip(sign) if sign else ""
    if sign == '"' and (inside.count(sign) > 1 or (sign in inside and not value.endswith(sign))):
        return value
    if sign == "'" and re.search(r"'(\s|$)", inside) and not value.endswith(sign):
        return value
    if sign in {'"', "'"}:
        return re.sub(r"[\"“”]+$|(?<=\w)'+$", "", value.lstrip(sign))
    return re.sub(r"[\"”]+$", "", value) if value.count('"') % 2 else value


def start_line(depth: int, text: str) -> str:
    """Return, in French, how to type `text` on a line of its own, after `depth` spaces."""
    if not depth:
        return f"« {text} », au bord gauche"
    return f"{count_spaces(depth)}, puis « {text} »"


def count_spaces(number: int) -> str:
    """Return a number of spaces in French: « 4 espaces »."""
    return f"{number} espaces" if number > 1 else "1 espace"


def format_value(text: str) -> str:
    """Return a text as it is typed between braces or brackets: in quotes if it needs them."""
    text = text.strip()
    return text if re.fullmatch(r"\w(?:[\w .;!?()'’/-]|:(?=\S))*", text) else quote_value(text)


_HARD = "ce deux-points est suivi d'une espace insécable, que l'en-tête ne comprend pas"
_EXTRA_COLON = "il y a un deux-points de trop dans cette valeur"
_TAB = ("une tabulation décale cette ligne", "remplacez-la par des espaces (deux par niveau)")

_UNALIGNED = (
    "cette ligne n'est pas alignée sur ses voisines",
    "commencez toutes les clés d'un même groupe à la même colonne",
)
_DEEPER = (
    "cette ligne est plus à droite que les autres clés",
    "alignez-la sur les autres",
)
_NO_DASH = (
    "une ligne de cette liste ne commence pas par un tiret",
    "alignez-la sur le texte qui suit le tiret, ou commencez-la par un tiret",
)

# Words of libyaml's messages → cause and remedy. The first that matches is used.
_SYNTAX: dict[str, tuple[str, str]] = dict.fromkeys(
    ("escape", "hexdecimal"),
    (
        "une barre oblique inverse (\\) est mal comprise entre ces guillemets doubles",
        "employez des guillemets simples : 'texte'",
    ),
) | {
    "while scanning a quoted scalar": (
        "un guillemet est ouvert ici et jamais refermé",
        'fermez-le à la fin de la valeur, comme dans nom: "Valeur"',
    ),
    "node content": (
        "il manque une valeur entre deux virgules, ou une virgule est en trop",
        "écrivez par exemple [accompagnements, dialogue-territorial]",
    ),
    "while parsing a flow sequence": (
        "un crochet [ est ouvert ici et jamais refermé",
        "fermez-le, et séparez les valeurs par des virgules : [ABC, Ancien nom]",
    ),
    "while parsing a flow mapping": (
        "une accolade { est ouverte ici et jamais refermée",
        "fermez-la, et séparez les clés par des virgules : {titre: Rapport annuel, date: 2024}",
    ),
    "could not find expected ':'": (
        "cette ligne n'a pas de deux-points suivi d'une espace",
        "écrivez « clé: valeur » ; si c'est déjà le texte de la page, fermez l'en-tête par ---",
    ),
    "did not find expected '-' indicator": _NO_DASH,
    "block sequence entries are not allowed": (
        "un tiret commence cette valeur",
        "mettez la valeur entre guillemets, ou la liste à la ligne : deux espaces puis un tiret",
    ),
}

# The opening bracket or quote that is not closed → cause and remedy.
_OPENED = {
    '"': _SYNTAX["while scanning a quoted scalar"],
    "'": _SYNTAX["while scanning a quoted scalar"],
    "[": _SYNTAX["while parsing a flow sequence"],
    "{": _SYNTAX["while parsing a flow mapping"],
}
