"""Write counts and lists of numbers in French: « 2 fiches changées », « 3 à 5 et 9 »."""

from __future__ import annotations

from collections.abc import Iterable


def say_count(count: int, thing: str) -> str:
    """Return a number and what it counts: « 1 fiche changée », « 2 fiches changées ».

    `thing` is in the singular. From two on, each of its words gets an « s », unless it ends with
    « s », « x » or « z »; zero is singular.
    """
    if count < 2:
        return f"{count} {thing}"
    words = (word if word.endswith(("s", "x", "z")) else f"{word}s" for word in thing.split(" "))
    return f"{count} {' '.join(words)}"


def list_ranges(numbers: Iterable[int]) -> str:
    """Return numbers as French text, with runs joined: « 3 à 5, 9 et 12 »; "" without numbers.

    The numbers must be sorted, and different.
    """
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1] = [ranges[-1][0], number]
        else:
            ranges.append([number])
    said = [" à ".join(map(str, one)) for one in ranges]
    return " et ".join([", ".join(said[:-1]), said[-1]] if said[1:] else said)
