"""What to type for emphasis whose signs show, for a formula, and for figures set low or high."""

from __future__ import annotations

import re

LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")


def write_lowered(_whole: str, inside: str) -> str:
    """Return what to type for figures between the signs of an index."""
    return f"écrivez « {inside.translate(LOWERED)} »"


def write_raised(_whole: str, inside: str) -> str:
    """Return what to type for figures between the signs of an exponent."""
    return f"écrivez « {inside.translate(RAISED)} »"


def write_formula(_whole: str, inside: str) -> str:
    """Return what to type for a formula: its letters and digits, if that is all it holds."""
    plain = inside.replace("\\times", "×").replace("\\cdot", "·")
    plain = re.sub(r"\^\{?([-+]?\d+|n)\}?", lambda found: found[1].translate(RAISED), plain)
    plain = re.sub(r"_\{?(\d+)\}?", lambda found: found[1].translate(LOWERED), plain)
    if re.search(r"[\\^_{}\n]", plain):
        return "écrivez-la avec des mots, sans les signes $"
    return f"écrivez « {plain} »"


def tighten(whole: str, inside: str) -> str:
    """Return emphasis without the spaces inside its signs, between spaces that part it from words.

    `inside` are the words between the signs; a word may touch the signs on each side.
    """
    before, _, after = whole.partition(inside)
    bare = before.rstrip()
    sign = "__" if bare.endswith("__") else "**" if bare.endswith("**") else bare[-1:]
    words = (bare.removesuffix(sign), f"{sign}{inside}{sign}", after.lstrip("\u00a0\u202f *_"))
    return f"écrivez « {' '.join(filter(None, words))} »"


def widen_italics(whole: str, _inside: str) -> str:
    """Return a word in italics up to its end, for `*mot*s`."""
    return f"écrivez « *{whole.replace('*', '')}* »"
