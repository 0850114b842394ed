"""Counted things in French."""

from __future__ import annotations


def say_count(count: int, thing: str) -> str:
    """Return a number and what it counts: « 1 fiche changée », « 2 fiches changées ».

    Each word of `thing`, given in the singular, gets its « s » from two on; zero is singular.
    """
    if count < 2:
        return f"{count} {thing}"
    words = (word if word.endswith(("s", "x", "z")) else f"{word}s" for word in thing.split(" "))
    return f"{count} {' '.join(words)}"
