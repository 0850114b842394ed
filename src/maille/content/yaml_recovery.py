"""Read on after a mistake of YAML: the same text, with what the line probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maille.content.yaml_errors import (
    HARD_SPACES,
    SIGNS,
    quote_value,
    split_comment,
    strip_quotes,
)
from maille.content.yaml_openings import skip_deeper

# A line of a block as editors mistype it: « nom = X », « nom :X », « -nom: X », « • nom: X ».
_MISTYPED = re.compile(
    rf"(?P<lead>\s*(?:[-{SIGNS}]\s*)?)(?P<key>[^\W\d]\w*)\s*(?P<sign>[:=：])?[:=：\s]*(?P<value>.*)"
)


def list_repairs(lines: list[str], number: int) -> Iterator[dict[int, str]]:
    """Yield what may replace the line `number` and those that depend on it, the likeliest first.

    Each repair has the new text of every line that it concerns, by number. The last one empties
    the whole group of lines from one key at the left edge to the next.
    """
    line = lines[number]
    found = _MISTYPED.match(line)
    depth = found.start("key") if found else len(line) - len(line.lstrip())
    end = skip_deeper(lines, number, depth)
    below = dict.fromkeys(range(number + 1, end), "")
    for candidate in dict.fromkeys(_list_readings(lines, number)):
        yield {number: candidate}
        if below:
            yield {number: candidate} | below
    first = next((n for n in range(number, 0, -1) if re.match(r"\w", lines[n])), 0)
    yield dict.fromkeys(range(first, max(skip_deeper(lines, first, 0), number + 1)), "")


def _list_readings(lines: list[str], number: int) -> Iterator[str]:
    """Yield what a mistyped line may have meant; the last is a blank line."""
    plain = re.sub(HARD_SPACES, lambda found: " " * len(found[0]), lines[number]).replace(
        "\t", "  "
    )
    yield plain
    found = re.match(rf"(\s*)((?:[-{SIGNS}](?![-\s]*$)\s*)?)(.*)", plain)
    assert found
    lead = f"{found[1]}- " if found[2] else found[1]
    value, comment = split_comment(found[3])
    if key := _MISTYPED.fullmatch(value):
        head = f"{lead}{key['key']}: "
        if key["sign"] and key["value"]:
            yield f"{head}{key['value']}{comment}"
        yield f"{head}{quote_value(strip_quotes(key['value']))}{comment}"
    elif found[2]:
        yield f"{lead}{value}{comment}"
        yield f"{lead}{quote_value(strip_quotes(value))}{comment}"
    for depth in _list_depths(lines, number):
        yield " " * depth + plain.lstrip()
    yield ""


def _list_depths(lines: list[str], number: int) -> list[int]:
    """Return the columns where the line may be meant to start, the nearest to its own first.

    These are one space to its left and to its right, the columns of the keys above and below it,
    and the left edge.
    """
    own = len(lines[number]) - len(lines[number].lstrip())
    depths = [own - 1, own + 1, 0]
    for near in (reversed(lines[:number]), lines[number + 1 :]):
        line = next((line for line in near if line.strip()), "")
        if found := re.match(r"(\s*(?:- +)*)\w", line):
            depths.append(len(found[1]))
    return sorted((n for n in depths if n >= 0), key=lambda depth: abs(depth - own))
