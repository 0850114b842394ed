"""Read a hint: its first advice, and the text to type (see `tools.hints.apply`)."""

from __future__ import annotations

import re

QUOTED = re.compile(r"« (.*?) »(?! »)")
IMPERATIVES = (
    "écrivez|tapez|mettez|remplacez|ajoutez|effacez|enlevez|retirez|gardez|fermez|alignez|commencez|"
    "laissez|échangez|renommez|déplacez|enregistrez|choisissez|entourez|employez|séparez|copiez|"
    "prenez|remplissez"
)
CUT = "\0"


def cut_first_advice(hint: str) -> str:
    """Return the first advice of a hint, without the words before its verb."""
    advice = _split_outside(hint, " ; ")[0].strip().removesuffix(" ?")
    advice = re.sub(r"^(?:si|pour) [^:]*?, (?=\S)", "", advice)
    if not re.match(
        rf"(?:{IMPERATIVES})|vouliez-vous|à la ligne|au-dessus de|sous la ligne|n'en", advice
    ):
        found = re.search(rf"(?: : |, )((?:{IMPERATIVES})\b.*)$", advice)
        if found:
            advice = found[1]
    return advice


def _split_outside(text: str, mark: str) -> list[str]:
    """Split a text at each mark that is outside « … »."""
    kept = re.sub(r"«.*?»|\"[^\"]*\"|'[^' ][^']*'", lambda m: m[0].replace(mark, CUT), text)
    return [part.replace(CUT, mark) for part in kept.split(mark)]


SHAPES = (
    re.compile(r"-->|--- *$|---(?=,| )"),
    re.compile(r"<!--.*?-->|<[^<>]+>"),
    re.compile(r"!?\[[^\]]*\]\(\S*?\)\)*(?=[,. ]|$)"),
    re.compile(r"- \{.*?\}(?=, ou|$)|\{.*?\}(?=, ou|$)|\[.*?\](?=, ou|$)"),
    re.compile(r"\\?#+ ?\S.*?(?=, sans espace| \(ou |$)"),
    re.compile(r"\|.*\|"),
    re.compile(r"[\w-]+: …|[\w.]+ = \[?\"?…\"?\]?"),
    re.compile(
        r"(?:- )?[a-z_A-Z-]+: (?:\"[^\"]*\"|'(?:[^']|'')*'|\S+(?= pour )|"
        r".+?(?=, ou |(?:,| ou| et) \w+: | \(|$))"
    ),
    re.compile(r"…(?=,| \(|$)"),
    re.compile(r"[\w.]+ = .+"),
    re.compile(r"\"[^\"]*\"|'(?:[^']|'')*'"),
    re.compile(r"\*\*\S.*?\*\*|__\S.*?__"),
    re.compile(r"(?:https?://|mailto:|tel:|/)[^\s,]*(?:[^\s,.)]|\))|/"),
    re.compile(r"[^\s@]+@[^\s@,]+"),
    re.compile(r"[-+]?\d[\d.:-]*(?: ?\d\d)*(?=$|,| \(| ou )"),
    re.compile(r"[A-Z]\w+/[A-Z]\w+"),
    re.compile(r"oui\b|non\b"),
    re.compile(r"- .+"),
)


DESCRIPTION = re.compile(
    r"(?:l['’]|(?:le|la|les|un|une|des|du|deux|trois|quatre|cinq|dix|entre|par|comme|celle|celui|"
    r"seulement|toute?|chaque)\b)"
)


def read_literal(words: str) -> str | None:
    """Return the text to type that these words begin with, or None if they only describe it."""
    words = words.strip()
    if words.startswith("« "):
        found = QUOTED.match(words)
        return found[1] if found else None
    for shape in SHAPES:
        if found := shape.match(words):
            return found[0]
    return None if DESCRIPTION.match(words) else re.split(r", (?:ou|et) | \(", words)[0]


GLOSSED = re.compile(r"([^\s()]+) \([^()]*(?:\([^()]*\)[^()]*)*\)")


def list_choices(words: str) -> list[str]:
    """Return the choices that these words offer, if there are several.

    All of them are between « and », or are `key: value`, or have a gloss in parentheses.
    """
    if re.match(r"\w+: [^:]+?(?:, \w+: [^:]+?)*(?<!,) ou \w+: ", words):
        return re.split(r"(?:,| ou) (?=\w+: )", words)
    if re.fullmatch(rf"{GLOSSED.pattern}(?:(?:, | ou ){GLOSSED.pattern})*", words):
        return [found[1] for found in GLOSSED.finditer(words)]
    found = re.match(r"(« .*? »(?: \([^»]*?\)+)?)((?:, | ou )« .*? »(?: \([^»]*?\)+)?)*", words)
    return QUOTED.findall(found[0]) if found else []
