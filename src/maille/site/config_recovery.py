"""Read the rest of `site.toml` after a mistake, so that the content is checked in the same run.

The text that replaces a mistake is a guess: it is used to check the rest, never published.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from maille.content.documents import KeyPath
from maille.content.yaml_errors import HARD_SPACES, limit_repairs, split_comment, strip_quotes
from maille.problems import ContentError
from maille.text.patterns import compile_late

_STATEMENT = compile_late(
    r"(?P<lead>\s*)(?P<key>[\w.-]+)\s*(?P<sign>[=:]|(?=[\"'])|$)\s*(?P<value>.*)"
)
_TABLE = compile_late(r"\s*(?=.*[\[\]])(\[*)\s*([\w.-]+)\s*(\]*)\s*(#.*)?$")
# Values for required settings that are missing or invalid, so that the content can be checked.
STAND_INS: Mapping[str, str] = {
    "nom": "(à compléter)",
    "nom_court": "(à compléter)",
    "accroche": "(à compléter)",
    "description": "(à compléter)",
    "adresse": "https://site.example/",
    "fuseau": "Europe/Paris",
    "etat": "demonstration",
}


@dataclass(frozen=True, slots=True)
class TomlText:
    """The values of a TOML text, its mistakes, and the lines that could not be read as typed."""

    data: dict[str, Any]
    mistakes: tuple[ContentError, ...]
    doubtful: Mapping[int, str]


def read_toml(text: str) -> TomlText:
    """Return the values and the mistakes of a TOML text.

    A line that cannot be read is replaced by the line probably meant, or emptied, and the text is
    read again. Reading stops if this does not help, or after as many mistakes as `limit_repairs`
    gives (at least one): no value is then returned.
    """
    typed = text.split("\n")
    lines = list(typed)
    mistakes: list[ContentError] = []
    doubtful: dict[int, str] = {}
    while len(mistakes) < max(1, limit_repairs(text)):
        data, error = _load(lines)
        if error is None:
            return TomlText(data, tuple(mistakes), doubtful)
        number = _find_fault(lines, error)
        if number + 1 in doubtful:
            break
        repair = _choose_repair(lines, number, error.line - 1)
        mistakes.append(_explain(error, number, lines[number], repair))
        lines = [repair.get(at, line) for at, line in enumerate(lines)]
        doubtful |= {at + 1: typed[at] for at in repair}
    return TomlText({}, tuple(mistakes), dict(enumerate(typed, 1)))


def _load(lines: list[str]) -> tuple[dict[str, Any], ContentError | None]:
    """Return the values of the lines, or the error of tomllib, with its position."""
    try:
        return tomllib.loads("\n".join(lines)), None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(n) for n in found.groups()) if found else (len(lines) + 1, 1)
        return {}, ContentError(str(error), line=line, column=column)


def _find_fault(lines: list[str], error: ContentError) -> int:
    """Return the number, from 0, of the line at fault.

    tomllib reports an unclosed array or text only at the next setting, or at the end of the file;
    the line that opens it is then returned.
    """
    number = error.line - 1
    if number < len(lines) and not _begins(lines[number]):
        return number
    above = (n for n in range(min(number, len(lines)) - 1, -1, -1) if _begins(lines[n]))
    opened = next((n for n in above if _leaves_open(lines[n:number])), None)
    return min(number, len(lines) - 1) if opened is None else opened


def _leaves_open(lines: list[str]) -> bool:
    """Return whether the first line opens an array or a text that none of these lines closes."""
    found = _STATEMENT.match(lines[0])
    opened = re.match(r"\[|\{|\"\"\"|'''", found["value"]) if found else None
    if not opened or not found:
        return False
    closing = {"[": "]", "{": "}"}.get(opened[0], opened[0])
    texts = [found["value"][opened.end() :], *(one for one in lines[1:] if one[:1] != "#")]
    return not any(re.search(rf"{re.escape(closing)}\s*(#.*)?$", text) for text in texts)


def _begins(line: str) -> bool:
    return bool(_STATEMENT.match(line) or _TABLE.match(line))


def _choose_repair(lines: list[str], number: int, end: int) -> Mapping[int, str]:
    """Return the first repair that leaves no mistake in the lines that it changes.

    A repair maps line numbers, from 0, to new texts. `number` and `end` are the same as for
    `_list_repairs`. If no repair is good, return the last one, which blanks the lines.
    """
    repair: Mapping[int, str] = {}
    for repair in _list_repairs(lines, number, min(end, len(lines))):
        tried = [repair.get(at, line) for at, line in enumerate(lines)]
        _, error = _load(tried)
        if error is None or _find_fault(tried, error) > max(repair):
            break
    return repair


def _list_repairs(lines: list[str], number: int, end: int) -> Iterator[Mapping[int, str]]:
    """Yield repairs of the lines from `number` up to `end`, excluded; the last one blanks them."""
    if end > number + 1:
        filled = next((n for n in range(end - 1, number, -1) if lines[n].strip()), number)
        yield {number: lines[number], filled: f"{lines[filled]}]"}
    for reading in _list_readings(lines[number]):
        yield {number: reading}
    yield dict.fromkeys(range(number, max(end, number + 1)), "")


def _list_readings(line: str) -> Iterator[str]:
    """Yield corrected forms of a line, the likeliest first."""
    plain = re.sub("[“”„]", '"', re.sub(HARD_SPACES, " ", line))
    yield plain
    if table := _TABLE.fullmatch(plain):
        double = "[[" in plain or "]]" in plain
        yield f"[[{table[2]}]]" if double else f"[{table[2]}]"
    found = _STATEMENT.fullmatch(plain)
    if not found or not found["value"]:
        return
    value, comment = split_comment(found["value"])
    head = f"{found['lead']}{found['key']} = "
    if found["sign"] != "=":
        yield f"{head}{value}{comment}"
    if value.startswith(("[", "{")):
        yield f"{head}{value}{']' if value[0] == '[' else '}'}{comment}"
        yield re.sub(r'"\s+"', '", "', f"{head}{value}{comment}")
    else:
        bare = strip_quotes(value).strip('"')
        yield f"{head}{_quote(bare)}{comment}"


def _quote(value: str) -> str:
    if ('"' in value or "\\" in value) and "'" not in value:
        return f"'{value}'"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _explain(
    error: ContentError, number: int, typed: str, repair: Mapping[int, str]
) -> ContentError:
    """Return an error of tomllib in French, about the line `number` (from 0), typed as `typed`.

    `repair` maps the number of each line to change to its new text: it gives the hint.
    """
    meant = repair[number].strip()
    column = error.column if number == error.line - 1 else 1
    message = "ce fichier n'est pas du TOML lisible"
    hint = "vérifiez les guillemets, les crochets et les signes = de cette ligne"
    if error.message.startswith("Cannot"):
        message, hint = "ce qui est écrit ici l'est déjà plus haut", "effacez cette ligne"
    elif repair[number] == typed:
        hint = f"ajoutez ] à la fin de la ligne {max(repair) + 1}"
    elif meant:
        hint = f"écrivez {meant}"
    return ContentError(message, hint, line=number + 1, column=column)


def replace_invalid(data: dict[str, Any], paths: Iterable[KeyPath]) -> dict[str, Any]:
    """Return the settings without the values at `paths`, which are invalid or missing.

    A required setting at the top level gets a stand-in instead. A group in which a setting is
    missing is left out as a whole.
    """
    gone = set(paths)

    def keep(value: Any, path: KeyPath) -> Any:
        if isinstance(value, dict):
            return {
                key: keep(item, (*path, key))
                for key, item in value.items()
                if not drops(item, (*path, key))
            }
        if isinstance(value, list):
            items = enumerate(value)
            return [keep(item, (*path, n)) for n, item in items if not drops(item, (*path, n))]
        return value

    def drops(item: Any, path: KeyPath) -> bool:
        lacks = isinstance(item, dict) and any(
            one[:-1] == path and one[-1] not in item for one in gone
        )
        return path in gone or lacks

    kept: dict[str, Any] = keep(data, ())
    missing = {str(one[0]) for one in gone if len(one) == 1}
    return kept | {key: STAND_INS[key] for key in missing if key in STAND_INS}
