"""What libyaml could not read, told in French: where, why, and what to type instead."""

from __future__ import annotations

import re
from typing import Any

# What some type at the head of the items of a list, beside the hyphen.
SIGNS = "–—−•·●▪◦*"
SECOND = (
    "une ligne --- ou ... coupe ces clés en deux",
    "effacez-la : toutes les clés se suivent",
)


def explain(error: Any, text: str) -> tuple[int, int, str, str]:
    """Return line and column (both from 0), cause and remedy of what libyaml could not read.

    `error` is the yaml.MarkedYAMLError that it raised, `text` the header.
    """
    context, said = error.context or "", f"{error.context or ''} {error.problem or ''}"
    lines = text.split("\n")
    # What is left open is met further down; the reader needs to see where it opens.
    opens = "escape" not in said and context.startswith(("while scanning", "while parsing a flow"))
    at = (opens and error.context_mark) or error.problem_mark
    line = lines[at.line] if at.line < len(lines) else ""
    for number in range(at.line, min(error.problem_mark.line + 2, len(lines))):
        if found := re.match(r" *\t\s*\S", lines[number]):
            return number, found[0].index("\t"), *_TAB
    first = max(0, error.problem_mark.line - 2)
    for number, before in enumerate(lines[first : error.problem_mark.line + 1], first):
        if found := re.match(rf"(\s*(?:- +)?\w+):{_HARD_SPACE}(.*)", before):
            return number, found.end(1), _HARD, f"écrivez « {found[1].strip(' -')}: {found[2]} »"
    if told := _dash(lines, at.line) or _stop_between(lines, error):
        return told
    if "mapping values are not allowed" in said:
        return _stray_colon(lines, at)
    if "expected ':'" in said and re.match(r" *\w+:\S", line):
        return at.line, at.column, *_no_colon(line)
    if "..." in lines[: at.line]:
        return lines.index("..."), 0, *SECOND
    sentences = next((told for words, told in _SYNTAX.items() if words in said), None)
    return at.line, at.column, *(sentences or _out_of_place(line, at.column))


def cut_short(lines: list[str], event: Any) -> tuple[str, str] | None:
    """Return cause and remedy of what YAML drops after a value, from « # » to the end of the line.

    `event` is that of a value without quotes. A note, « # » then a space, drops nothing.
    """
    start, end = event.start_mark, event.end_mark
    rest = lines[end.line][end.column :] if end.line < len(lines) else ""
    if not re.match(r"[ \t]+#[^\s#]", rest):
        return None
    message = f"« {rest.strip()} » est après un dièse : ces mots ne seraient pas lus"
    alone = start.line == end.line and not re.search(r"[\[{]", lines[end.line][: start.column])
    value = lines[end.line][start.column :] if alone else "…"
    hint = f"mettez la valeur entre guillemets : {quoted(value)}"
    return message, f"{hint} ; si c'est une note pour vous, laissez une espace après le dièse"


def cut_by_comma(text: str, start: Any, cut: str) -> tuple[str, str]:
    """Return cause and remedy of a value between braces that a comma cuts: « {note: Ici, là} ».

    `start` is the mark of its key, `cut` what the comma keeps from it.
    """
    if re.match(r"\w+:\S", cut):
        return _no_colon(cut, "cette clé")
    line = text.split("\n")[start.line][start.column :]
    key, _, value = line.partition(":")
    message = f"la virgule coupe cette valeur : « {cut} » n'en ferait pas partie"
    return message, f"mettez toute la valeur entre guillemets : {key}: {quoted(_upto_end(value))}"


def _dash(lines: list[str], number: int) -> tuple[int, int, str, str] | None:
    """Tell of the line, or of the one before, that some other sign than a dash and a space begins.

    What is wrong with « -titre: A » shows at the key below it only.
    """
    for here in (number, number - 1):
        line = lines[here] if 0 <= here < len(lines) else ""
        if found := re.match(rf"(\s*)(-(?=[^\s-])|[{SIGNS[:-1]}]\s*|\*\s+)(\S.*)", line):
            told = f"« {found[2].strip()} » ne commence pas une ligne d'une liste"
            if found[2] == "-":
                told = "le tiret de cette ligne n'est pas suivi d'une espace"
            return here, len(found[1]), told, f"écrivez « - {found[3]} »"
    return None


def _stop_between(lines: list[str], error: Any) -> tuple[int, int, str, str] | None:
    """Tell of what stops the reading between brackets or braces that are closed, if they are."""
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
        return at.line, at.column, *_out_of_place(line, at.column)
    start = max(map(before.rfind, "{[,")) + 1
    found = re.match(r"\s*(\w+): +(?=\S)", line[start:])
    if not found or line[at.column : at.column + 1] != ":" or start + found.end() > at.column:
        return None
    value = quoted(_upto_end(line[start + found.end() :]))
    hint = f"mettez toute la valeur entre guillemets : {found[1]}: {value}"
    return at.line, at.column, _EXTRA_COLON, hint


def _upto_end(text: str) -> str:
    """Return a value between braces as it was meant: to the next key, or to the brace."""
    found = re.match(r"(.*?)\s*(?:,\s*\w+:\s|[}\]]|$)", text)
    return found[1] if found else text


def _stray_colon(lines: list[str], at: Any) -> tuple[int, int, str, str]:
    """Tell of « nom: a : b », or of the line without a colon that swallowed the next key."""
    line = lines[at.line]
    key, colon, value = line.partition(": ")
    if colon and at.column > len(key):
        hint = f"mettez toute la valeur entre guillemets : {key.strip(' -')}: {quoted(value)}"
        return at.line, at.column, _EXTRA_COLON, hint
    before = next((n for n in range(at.line - 1, -1, -1) if lines[n].strip()), at.line)
    if not re.search(r":(\s|$)", lines[before]):
        return before, len(lines[before]) - len(lines[before].lstrip()), *_no_colon(lines[before])
    message = "cette ligne est plus à droite que les autres clés"
    hint = (
        "alignez-la sur les autres ; si elle continue le texte de la ligne d'avant, "
        "mettez tout ce texte entre guillemets"
    )
    return at.line, len(line) - len(line.lstrip()), message, hint


def _no_colon(line: str, what: str = "cette ligne") -> tuple[str, str]:
    word, _, rest = line.strip().partition(":")
    hint = f"écrivez « {word}: {rest} »" if rest else "écrivez « clé: valeur »"
    return f"{what} n'a pas de deux-points suivi d'une espace", hint


def _out_of_place(line: str, column: int) -> tuple[str, str]:
    """Tell of what stands where something else was expected."""
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
        hint = f"mettez-la entre guillemets : {before.strip(' -')} {quoted(line[column:])}"
        return f"cette valeur commence par « {sign} », qui a un sens particulier", hint
    return (
        "cette ligne n'est pas alignée sur ses voisines",
        "commencez toutes les clés d'un même groupe à la même colonne",
    )


def quoted(value: str) -> str:
    """Return a value as one can type it between quotes."""
    value = value.strip()
    return "'" + value.replace("'", "''") + "'" if '"' in value or "\\" in value else f'"{value}"'


def as_value(text: str) -> str:
    """Return a text as one can type it between braces or brackets: in quotes if it needs them."""
    text = text.strip()
    return text if re.fullmatch(r"\w(?:[\w .;!?()'’/-]|:(?=\S))*", text) else quoted(text)


_HARD_SPACE = "[\u00a0\u2007\u2009\u202f]+"
_HARD = "ce deux-points est suivi d'une espace insécable, que l'en-tête ne comprend pas"
_EXTRA_COLON = "il y a un deux-points de trop dans cette valeur"
_TAB = ("une tabulation décale cette ligne", "remplacez-la par des espaces (deux par niveau)")

# libyaml's words → the cause and what to type. The first that fits is told.
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
    "did not find expected '-' indicator": (
        "une ligne de cette liste ne commence pas par un tiret",
        "alignez-la sur le texte qui suit le tiret, ou commencez-la par un tiret",
    ),
    "block sequence entries are not allowed": (
        "un tiret commence cette valeur",
        "mettez la valeur entre guillemets, ou la liste à la ligne : deux espaces puis un tiret",
    ),
}
