"""Repair a faulty line of YAML by guessing what was meant, and advise what to type instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from maille.content.yaml_errors import (
    HARD_SPACES,
    SIGNS,
    count_spaces,
    format_value,
    quote_value,
    split_comment,
    start_line,
    strip_quotes,
)
from maille.content.yaml_openings import skip_deeper
from maille.text.names import fold_accents
from maille.text.patterns import compile_late
from maille.text.suggestions import join_late_space

# A line of a block as editors mistype it: « nom = X », « nom :X », « nom:: X », « nom X ».
_MISTYPED = compile_late(r"(?P<key>[^\W\d]\w*)\s*(?P<sign>[:=：])?[:=：\s]*(?P<value>.*)")
# The same mistakes in braces, where the first key may lack its colon.
_MISTYPED_PAIR = compile_late(
    r"((?<=[{,])\s*[^\W\d]\w*(?=\s*[:=：])|(?<=\{)[^\W\d]\w*(?=\s))\s*[:=：]*\s*(?=[^\s,:}\]])"
)
# A key and its value in braces, up to the next key or the end.
_PAIR = compile_late(r"((?<=[{,])\s*\w+: +)(?=[^\s\[{])(.+?)(?=\s*(?:,\s*\w+:\s|[}\]]))")
# The same, with a space one letter too late: « {nature: a, date:2 024} ».
_LATE_PAIR = compile_late(r"(?<=[{,])(\s*[^\W\d]\w*):(\w [^,\]}]*)")
# A bracket or a brace one letter too late: « l[es, des] », « - n{om: A} ».
_LATE_BRACKET = compile_late(r"((?:\w+: +)?)(\w)([\[{])(.*[\]}])")
# A longer line is emptied, not repaired: the time could grow with the square of its length.
_LONG = 2000
_CLOSING = {"[": "]", "{": "}"}
# The keys of an item, one after the other: « - nom: A, fonction: B ».
_PAIRS_OF_ITEM = compile_late(
    r"[a-z_]+: [^\s\[{\"'][^,\[\]{}]*(?:, [a-z_]+: [^\s\[{\"'][^,\[\]{}]*)+"
)


def list_repairs(lines: list[str], number: int) -> Iterator[dict[int, str]]:
    """Yield repairs of the line `number` and of the lines that depend on it, the likeliest first.

    A repair maps the number of each line that it changes to the new text; lines count from 0. The
    last repair empties the top-level key that the line is in: all lines from that key, at the left
    edge, to before the next line at the left edge, and at least to the line `number`.
    """
    line = lines[number]
    found = re.match(rf"\s*(?:[-{SIGNS}]\s*)?(?=\w)", line)
    depth = found.end() if found else len(line) - len(line.lstrip())
    end = skip_deeper(lines, number, depth)
    below = dict.fromkeys(range(number + 1, end), "")
    for reading in dict.fromkeys(_list_readings(lines, number)):
        yield {number: reading}
        if below:
            yield {number: reading} | below
    first = next((n for n in range(number, 0, -1) if re.match(r"\w", lines[n])), 0)
    yield dict.fromkeys(range(first, max(skip_deeper(lines, first, 0), number + 1)), "")


def _list_readings(lines: list[str], number: int) -> Iterator[str]:
    """Yield corrections of a mistyped line; the last one is a blank line."""
    plain = re.sub(rf"(?<=\w){HARD_SPACES}(?=:\s)", "", lines[number])  # before a colon
    plain = re.sub(HARD_SPACES, lambda found: " " * len(found[0]), plain)
    plain = plain.replace("\t", "  ")
    if len(plain) > _LONG or not re.search(r"\w", plain):
        yield ""
        return
    yield plain
    yield from [f"  {plain}"] * continues_value(lines, number)
    found = re.match(rf"(\s*)((?:[-{SIGNS}](?![-\s]*$)\s*)?)(.*)", plain)
    assert found
    lead = f"{found[1]}- " if found[2] else found[1]
    value, comment = split_comment(found[3])
    moved = (*_list_moved(lines, number, lead, value), *_list_plain(lines, number, lead, value))
    yield from (f"{meant}{comment}" for meant in moved)
    if pair := _MISTYPED.fullmatch(value):
        # The space was typed after the quote, not after the colon: « titre:" A" ».
        if late := re.fullmatch(r"([\"'])\s+(.+\1)", pair["value"]):
            yield f"{lead}{pair['key']}: {late[1]}{late[2]}{comment}"
        if re.match(r"\w+[:=：]\S", value) and (joined := join_late_space(pair["value"])):
            yield f"{lead}{pair['key']}: {joined}{comment}"
        for meant in _list_values(pair["value"]):
            yield f"{lead}{pair['key']}: {meant}{comment}"
        if not pair["value"]:
            colon = "" if found[2] and not pair["sign"] else ":"
            yield f"{lead}{pair['key']}{colon}{comment}"
    elif found[2]:
        for meant in _list_values(value):
            yield f"{lead}{meant}{comment}"
    for depth in _list_depths([*lines[:number], plain, *lines[number + 1 :]], number):
        yield f"{' ' * depth}{lead[len(found[1]) :]}{found[3]}"
    yield f"{found[1]}{found[3]}"
    yield ""


def _list_moved(lines: list[str], number: int, lead: str, value: str) -> Iterator[str]:
    """Yield corrections of a line with a missing dash or brace, or a misplaced space or bracket.

    `lead` is the start of the line, before its `value`: spaces, then « - » if it begins an item.
    """
    edge = len(lead) - len(lead.lstrip())
    if late := re.fullmatch(r"(\w) (\w+:.*)", value):  # « d ate: A »
        yield f"{lead[:edge]} {lead[edge:]}{late[1]}{late[2]}"
    if late := _LATE_BRACKET.fullmatch(value):
        for meant in _list_groups(f"{late[3]}{late[2]}{late[4]}"):
            yield f"{lead}{late[1]}{meant}"
    if value.endswith("}") and "{" not in value:
        yield f"{lead}{{{value}"
    if not lead.strip() and (dash := _find_lost_dash(lines, number, edge, value)):
        yield f"{dash}{value}"
    if value.startswith("{") and not lead.strip():
        yield from (f"{' ' * depth}- {value}" for depth in _list_dashes(lines, number))


def _list_plain(lines: list[str], number: int, lead: str, value: str) -> Iterator[str]:
    """Yield corrections of a dash typed as a value, and of an item's keys typed on one line.

    `lead` is the start of the line, before its `value`, as in `_list_moved`.
    """
    if empty := re.fullmatch(r"(\w+:)\s+-+", value):
        yield f"{lead}{empty[1]}"
    if lead.strip() and _PAIRS_OF_ITEM.fullmatch(value):
        depth = len(lead) - len(lead.lstrip())
        if skip_deeper(lines, number, depth + 1) == number + 1:
            yield f"{lead}{{{_write_pairs(value)}}}"


def _find_lost_dash(lines: list[str], number: int, edge: int, value: str) -> str:
    """Return the spaces and the dash to put back before `value`, or "" if no dash seems lost.

    A dash seems lost under three conditions: `edge`, the number of spaces before `value`, is odd;
    `value` begins with a key; the line above is a key without a value, or the item above begins
    with the same key.
    """
    key = re.match(r"\w+:(?= |$)", value)
    if edge % 2 == 0 or not key:
        return ""
    if re.match(r"\w+: *$", lines[number - 1]):
        return "  - "
    above = (re.match(r"( *- +)(\w+:|)", line) for line in reversed(lines[:number]))
    item = next((found for found in above if found), None)
    return item[1] if item and item[2] == key[0] else ""


def continues_value(lines: list[str], number: int) -> bool:
    """Return whether the line `number` probably ends a sentence that was broken above it.

    For example « resume: L'été revient », then « en force, et pour longtemps. » at the left edge.
    """
    line = lines[number]
    start = next((n for n in range(number - 1, -1, -1) if lines[n][:1] != " "), -1)
    above = lines[number - 1].rstrip() if start >= 0 else ""
    if not above or not re.match(r"\w+: +[^\W\d_]\S*\s+\S", lines[start]):
        return False
    if not re.match(r"\w\S*\s+(?![A-ZÀ-ÖØ-Þ])\S+\s+\S", line) or re.match(r"\w+\s*[:=：]", line):
        return False
    return line[0].isupper() == above.endswith((".", "!", "?", "…", "»"))


def _list_values(value: str) -> Iterator[str]:
    """Yield corrections of a value: unchanged, with its brackets repaired, between quotes."""
    if not value:
        return
    yield value
    if value[0] in "\"'" and value[-1] == "]" and "[" not in value:  # it lost its bracket
        yield from _list_groups(f"[{value}")
    if value[0] in _CLOSING:
        yield from _list_groups(value)
    yield quote_value(strip_quotes(value))


def _list_groups(value: str) -> Iterator[str]:
    """Yield corrections of a list between brackets, or of a group between braces."""
    if link := re.fullmatch(r"\[([^\[\]]+)\]\((\S+)\)", value):
        # The text of a link is the value, unless it looks like an address.
        yield link[2] if re.fullmatch(r"\S+\.\S+", link[1]) else quote_value(link[1])
    mended = re.sub(r"([\"'])\s+(?=[\"'])", r"\1, ", re.sub(r",(\s*,)+", ",", value))
    mended = _LATE_PAIR.sub(lambda found: f"{found[1]}: {join_late_space(found[2])}", mended)
    mended = _MISTYPED_PAIR.sub(r"\1: ", mended)
    if any(mended.count(opening) != mended.count(sign) for opening, sign in _CLOSING.items()):
        yield re.sub(r"([\[\]{}])\1+", r"\1", mended)
    if early := re.fullmatch(r"(.*)([\]}])(\w)", mended):  # « [un, deu]x »
        yield f"{early[1]}{early[3]}{early[2]}"
    for text in (mended, re.sub(r"([\"'])([^\"']*?)(\s*[\]}]+)$", r"\1\2\1\3", mended)):
        yield _balance(text)
    yield re.sub(r"([\[\]])\1+", r"\1", mended)
    yield _balance(_PAIR.sub(_quote_pair, mended))


def _write_pairs(text: str) -> str:
    """Return the keys of an item as they are typed between braces: « nom: A, fonction: B »."""
    pairs = (pair.split(": ", maxsplit=1) for pair in text.split(", "))
    return ", ".join(f"{key}: {format_value(value)}" for key, value in pairs)


def _list_dashes(lines: list[str], number: int) -> list[int]:
    """Return the columns of the dashes that begin the lines just above and below."""
    near = (*lines[:number][-1:], *lines[number + 1 :][:1])
    found = (re.match(r"( *)- ", line) for line in near)
    return [*dict.fromkeys(len(dash[1]) for dash in found if dash)]


def _quote_pair(found: re.Match[str]) -> str:
    """Return a match of `_PAIR`, a key and its value, with the value in quotes if need be."""
    key, value = found.groups()
    whole = re.fullmatch(r"\"[^\"]*\"|'(?:[^']|'')*'", value)
    return f"{key}{value if whole else format_value(strip_quotes(value))}"


def _balance(value: str) -> str:
    """Return a value with missing closing brackets and braces added, and extra ones removed."""
    kept, opened, quote = "", "", ""
    for sign in value:
        if quote or sign in "\"'":
            begins = not quote and re.search(r"(^|[\[{,:])\s*$", kept)
            quote = sign if begins else "" if sign == quote else quote
        elif sign in _CLOSING:
            opened += sign
        elif sign in _CLOSING.values():
            if not opened:
                continue
            while opened and _CLOSING[opened[-1]] != sign and sign in _closings(opened):
                kept, opened = kept + _CLOSING[opened[-1]], opened[:-1]
            if _CLOSING[opened[-1]] != sign:
                continue
            opened = opened[:-1]
        kept += sign
    return kept + _closings(opened)


def _closings(opened: str) -> str:
    """Return the characters that close the `opened` brackets, the innermost first."""
    return "".join(_CLOSING[sign] for sign in reversed(opened))


def _list_depths(lines: list[str], number: int) -> list[int]:
    """Return the columns where a line was perhaps meant to start, the nearest to its own first.

    These are the columns one or two spaces to its left and right, the columns of the keys above and
    below it, and the left edge.
    """
    own = len(lines[number]) - len(lines[number].lstrip())
    columns = []
    for near in (reversed(lines[:number]), lines[number + 1 :]):
        line = next((line for line in near if line.strip()), "")
        if found := re.match(r"(\s*(?:- +)*)\w", line):
            columns.append(len(found[1]))
    depths = [*columns, own - 2, own - 1, own + 1, own + 2, 0]
    return sorted((n for n in depths if n >= 0), key=lambda depth: abs(depth - own))


def advise(lines: list[str], number: int, repair: Mapping[int, str]) -> str:
    """Return a French hint with what to type instead of the line `number`; "" if not certain."""
    line, meant = lines[number], repair.get(number, "")
    depth = len(meant) - len(meant.lstrip())
    group = re.match(r"\s*(?:- +)?(?:\w+: +)?[\[{]", line)
    if not meant or (group and re.match(r"\s*(?:- +)?(?:\w+: +)?[\"']", meant)):
        return ""
    if meant[depth:] == line.lstrip() and meant != line:
        if depth == 2 and continues_value(lines, number):
            return "si c'est la suite de la ligne d'au-dessus, commencez celle-ci par 2 espaces"
        if depth:
            return f"commencez sa ligne par {count_spaces(depth)}"
        above = next((text for text in reversed(lines[:number]) if text.strip()), "")
        item = re.match(r"\s*(?:- +)?(?=\w)", above)
        other = f" ; si elle est de la liste au-dessus, par {item.end()} espaces" if item else ""
        return f"commencez-la au bord gauche{other if item and item.end() else ''}"
    # All keys are in lower case, without accents.
    text = re.sub(r"^(?:- )?[^\W\d]\w*(?=:)", lambda key: fold_accents(key[0]), meant.strip())
    own = re.match(r"( *)(?=-[ \w]|[\w{])", line)
    moved = own and depth and depth != len(own[1])
    pair = None if moved else re.match(r"- (?=\w+:)", text)
    if pair and re.match(r"\s*- \S", line):  # the dash is right
        text = text[pair.end() :]
    if text.endswith(":") and re.search(r":\s+-+\s*$", line):
        return f"laissez vide : écrivez « {text} », sans rien derrière"
    if text.startswith("- {") and re.match(r"\s*- +\w", line) and "{" not in line:
        value = re.sub(r"^\s*- +", "", line).partition(": ")
        whole = f"{value[0]}: {quote_value(value[2])}"
        return f"écrivez « {text} » ; si c'est un seul texte, « {whole} »"
    if text.endswith(":") and skip_deeper(lines, number, depth) == number + 1:
        text += " …"
    if moved and "»" not in text:
        return f"écrivez {start_line(depth, text)}"
    return f"écrivez {text}" if "»" in text or "«" in text else f"écrivez « {text} »"
