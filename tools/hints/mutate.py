"""Make mistakes at random in right files: `python -m tools.hints.mutate [--seed N] [--count N]`.

Each mutant is one slip of the hand in one file of the miniature: a sign dropped, doubled or swapped
with its neighbour; a word replaced by one that looks like it; a key renamed; a line moved, deleted
or doubled; a no-break space or a tab in the place of a space. The same seed gives the same mutants.

Not every slip is a mistake: `harmless.txt` names the mutants after which a reader still reads what
was meant (an optional line that is gone, an item doubled on purpose…), one a line, with the reason.
They are left out, and the next ones take their place, until there are `count` of them.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tools.hints.corpus import HERE, SITE
from tools.hints.states import simplify

SEED = 20261121
COUNT = 200
SIGNS = ':,-[]{}"' + "'#()*!/. "
# Keys whose values are prose: a character more or less in them is a matter of style.
PROSE = frozenset({
    "nom", "titre", "resume", "note", "texte", "libelle", "fonction", "structure", "valeur",
    "source", "phrase", "lieu", "suite", "date_a_verifier", "porteurs", "partenaires",
    "accompagnement", "organisateurs", "autres_noms", "rubriques", "editeur", "nature", "adresse",
})  # fmt: skip
ENGLISH = {
    "nom": "name", "titre": "title", "resume": "summary", "sources": "source", "commune": "city",
    "departement": "department", "territoires": "territories", "relation": "relationship",
    "pratiques": "practices", "profil": "profile", "site": "website", "url": "link",
    "themes": "topics", "personnes": "people", "liens": "links", "projets": "projects",
    "type": "kind", "heure": "time", "lieu": "place", "acteur": "author", "note": "comment",
    "nature": "kind", "cle": "key", "termes": "terms", "mois": "month", "date": "day",
    "catalyseurs": "catalysts", "annonces": "announcements", "fonction": "role",
}  # fmt: skip
MONTHS = re.compile(
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)
KEY = re.compile(r"(?<![\w/])([a-z_]+)(?=: |:$)")
LINK = re.compile(r"!?\[[^\]]*\]\([^)]*\)")


@dataclass(frozen=True)
class Mutant:
    """A file with one change, the lines where it may be reported, and the values that it lost."""

    what: str
    path: str
    right: str
    wrong: str
    lines: tuple[int, ...]
    lost: dict[str, str]


Change = tuple[str, str, tuple[int, ...], dict[str, str]]
Operator = Callable[[random.Random, str, str], Change | None]


def find_header_end(path: str, lines: Sequence[str]) -> int:
    """Return the number of lines of the front matter, with its two rules."""
    if not path.endswith(".md"):
        return len(lines)
    return lines.index("---", 1) + 1


def list_sign_spots(path: str, text: str) -> list[int]:
    """Return the indexes of the punctuation that has a meaning, outside prose."""
    spots: list[int] = []
    lines = text.split("\n")
    end, start = find_header_end(path, lines), 0
    for number, line in enumerate(lines):
        inside = _list_header_spots(line) if number < end else _list_body_spots(line)
        spots += (start + spot for spot in inside if line[spot] in SIGNS)
        start += len(line) + 1
    return spots


def _list_header_spots(line: str) -> Iterator[int]:
    """Yield the indexes of a line of front matter, except those inside a prose value."""
    within: set[int] = set()
    for found in re.finditer(r"([a-z_]+): ([^{}\[\]]+?)(?=[}]|, [a-z_]+: |$)", line):
        if found[1] in PROSE:
            within |= {*range(found.start(2) + 1, found.end(2) - 1)}
    yield from (spot for spot in range(len(line)) if spot not in within)


def _list_body_spots(line: str) -> Iterator[int]:
    """Yield the indexes of the Markdown markers: headings, lists, links, bold."""
    if found := re.match(r"#+ |- |\d+\. ", line):
        yield from range(found.end())
    for link in LINK.finditer(line):
        words = line.index("](", link.start())
        yield from (spot for spot in range(link.start(), link.end()) if spot >= words)
        yield link.start()
    for bold in re.finditer(r"\*\*", line):
        yield from range(bold.start(), bold.end())


def _find_line(text: str, spot: int) -> int:
    return text.count("\n", 0, spot) + 1


def drop_sign(chance: random.Random, path: str, text: str) -> Change | None:
    """Leave out a character."""
    spot = chance.choice(list_sign_spots(path, text))
    return (
        f"« {text[spot]} » dropped",
        text[:spot] + text[spot + 1 :],
        (_find_line(text, spot),),
        {},
    )


def double_sign(chance: random.Random, path: str, text: str) -> Change | None:
    """Type a character twice."""
    spot = chance.choice(list_sign_spots(path, text))
    wrong = text[:spot] + text[spot] + text[spot:]
    return f"« {text[spot]} » doubled", wrong, (_find_line(text, spot),), {}


def swap_sign(chance: random.Random, path: str, text: str) -> Change | None:
    """Swap a character with the next one."""
    spot = chance.choice(list_sign_spots(path, text))
    if text[spot + 1 : spot + 2] in {"", "\n", text[spot]}:
        return None
    wrong = text[:spot] + text[spot + 1] + text[spot] + text[spot + 2 :]
    return f"« {text[spot]} » swapped", wrong, (_find_line(text, spot),), {}


def make_likeness(chance: random.Random, word: str) -> str:
    """Return a word that looks like another: a letter dropped, doubled, swapped, or a capital."""
    plain = str.maketrans("éèêëàâîïôöùûüç", "eeeeaaiioouuuc")
    ways: tuple[Callable[[int], str], ...] = (
        lambda spot: word[:spot] + word[spot + 1 :],
        lambda spot: word[:spot] + word[spot] + word[spot:],
        lambda spot: word[:spot] + word[spot + 1 : spot + 2] + word[spot] + word[spot + 2 :],
        lambda _: word.capitalize() if word[0].islower() else word.lower(),
        lambda _: word.translate(plain),
        lambda _: word.replace("e", "é", 1),
        lambda _: word.removesuffix("s") if word.endswith("s") else f"{word}s",
        lambda _: word.replace("-", chance.choice(" _"), 1),
    )
    return chance.choice(ways)(chance.randrange(1, len(word)))


CLOSED = (
    "profil", "relation", "type", "acteur", "cycle", "catalyseur", "projet", "territoire",
    "affiche", "commune", "departement", "integralite", "format", "mois", "cle", "repere",
)  # fmt: skip
LISTS = (
    "pratiques", "activites", "themes", "territoires", "catalyseurs", "projets", "publics",
)  # fmt: skip


def replace_word(chance: random.Random, path: str, text: str) -> Change | None:
    """Replace a word of a closed list, a file name, a commune or a heading with a similar word."""
    lines = text.split("\n")
    end = find_header_end(path, lines)
    header = "\n".join(lines[:end])
    spans = [
        found.span(1)
        for key in CLOSED
        for found in re.finditer(rf"\b{key}: \"?([^,}}\n\"]+)", header)
    ]
    for key in LISTS:
        for found in re.finditer(rf"(?m)^{key}: \[([^\]\n]+)\]", header):
            spans += [
                (found.start(1) + one.start(), found.start(1) + one.end())
                for one in re.finditer(r"[\w-]+", found[1])
            ]
    after = len(header) + 1
    for found in re.finditer(r"(?m)^## (.+)$", text[after:]):
        if path.startswith("newsletters/"):
            spans.append((after + found.start(1), after + found.end(1)))
    spans += [
        (after + found.start(1), after + found.end(1))
        for found in re.finditer(r"\]\(/?([^)]+?)/?\)", text[after:])
    ]
    if not spans:
        return None
    start, stop = chance.choice(spans)
    if stop - start < 2:
        return None
    word = make_likeness(chance, text[start:stop])
    return (
        f"{text[start:stop]} → {word}",
        text[:start] + word + text[stop:],
        (_find_line(text, start),),
        {},
    )


def misspell_month(chance: random.Random, _: str, text: str) -> Change | None:
    """Misspell a month in a title."""
    found = [*MONTHS.finditer(text)]
    if not found:
        return None
    one = chance.choice(found)
    word = make_likeness(chance, one[0])
    return (
        f"{one[0]} → {word}",
        text[: one.start()] + word + text[one.end() :],
        (_find_line(text, one.start()),),
        {},
    )


def rename_key(chance: random.Random, path: str, text: str) -> Change | None:
    """Rename a key: a typing slip, capitals, no accent, or its English name."""
    lines = text.split("\n")
    header = "\n".join(lines[: find_header_end(path, lines)])
    found = [one for one in KEY.finditer(header) if one[1] not in {"https", "http"}]
    one = chance.choice(found)
    new = chance.choice([make_likeness(chance, one[1]), ENGLISH.get(one[1], one[1].upper())])
    wrong = text[: one.start(1)] + new + text[one.end(1) :]
    return f"{one[1]}: → {new}:", wrong, (_find_line(text, one.start()),), {}


def move_line(chance: random.Random, path: str, text: str) -> Change | None:
    """Move a line of keys or of a list to the right or to the left."""
    lines = text.split("\n")
    end = find_header_end(path, lines)
    number = chance.randrange(end if chance.random() < 0.8 else len(lines))
    line, by = lines[number], chance.choice([-2, -1, 1, 2])
    if not line.strip() or (number >= end and not re.match(r" *(- |\d+\. |#)", line)):
        return None
    if by < 0 and not line.startswith(" " * -by):
        return None
    lines[number] = " " * by + line if by > 0 else line[-by:]
    return f"moved by {by}", "\n".join(lines), (number + 1,), {}


def delete_line(chance: random.Random, path: str, text: str) -> Change | None:
    """Delete a line of the header, or a heading."""
    lines = text.split("\n")
    end = find_header_end(path, lines)
    number = chance.randrange(end)
    line = lines.pop(number)
    # In braces a comma ends a value; elsewhere it is a part of it.
    pairs = r"([a-z_]+): ([^,{}\[\]]+)" if re.search(r"[{\[]", line) else r"([a-z_]+): (.+)"
    lost = {key: value.strip().strip("\"'") for key, value in re.findall(pairs, line)}
    where = (number + 1, number, 1, 0)
    return f"line deleted: {line.strip()[:30]}", "\n".join(lines), where, lost


def double_line(chance: random.Random, path: str, text: str) -> Change | None:
    """Type a line of the header, or a heading, twice."""
    lines = text.split("\n")
    end = find_header_end(path, lines)
    spots = [*range(end), *(n for n in range(end, len(lines)) if lines[n].startswith("#"))]
    number = chance.choice(spots)
    lines.insert(number, lines[number])
    return (
        f"line doubled: {lines[number].strip()[:30]}",
        "\n".join(lines),
        (number + 1, number + 2),
        {},
    )


def _replace_space(chance: random.Random, path: str, text: str, by: str, name: str) -> Change:
    spots = [spot for spot in list_sign_spots(path, text) if text[spot] == " "]
    spot = chance.choice(spots)
    wrong = text[:spot] + by + text[spot + 1 :]
    return f"{name} for a space", wrong, (_find_line(text, spot),), {}


def put_no_break_space(chance: random.Random, path: str, text: str) -> Change | None:
    """Put a no-break space in the place of a space."""
    return _replace_space(chance, path, text, chance.choice("\u00a0\u202f"), "a no-break space")


def put_tab(chance: random.Random, path: str, text: str) -> Change | None:
    """Put a tab in the place of a space."""
    return _replace_space(chance, path, text, "\t", "a tab")


# The weight of each operator in the draw, in the order above.
OPERATORS: tuple[tuple[Operator, int], ...] = (
    (drop_sign, 24),
    (double_sign, 12),
    (swap_sign, 10),
    (replace_word, 22),
    (misspell_month, 1),
    (rename_key, 14),
    (move_line, 9),
    (delete_line, 9),
    (double_line, 6),
    (put_no_break_space, 6),
    (put_tab, 4),
)


def list_files() -> dict[str, str]:
    """Return the texts of the miniature, by path: every one but its example records."""
    return {
        path.relative_to(SITE).as_posix(): path.read_text("utf-8")
        for path in sorted(SITE.rglob("*"))
        if path.suffix in {".md", ".yaml"} and "exemples" not in path.parts
    }


def make_mutants(seed: int) -> Iterator[Mutant]:
    """Yield mutants without end; each has another meaning than its original."""
    chance = random.Random(seed)
    files = list_files()
    operators = [operator for operator, weight in OPERATORS for _ in range(weight)]
    seen: set[tuple[str, str]] = set()
    while True:
        path = chance.choice([*files])
        changed = chance.choice(operators)(chance, path, files[path])
        if changed is None:
            continue
        what, wrong, lines, lost = changed
        same = simplify(path, wrong.encode()) == simplify(path, files[path].encode())
        if same or (path, wrong) in seen:
            continue
        seen.add((path, wrong))
        yield Mutant(what, path, files[path], wrong, lines, lost)


def read_harmless() -> frozenset[int]:
    """Return the numbers of the mutants that a reader would not call mistakes."""
    lines = (HERE / "harmless.txt").read_text("utf-8").splitlines()
    return frozenset(int(line.split()[0]) for line in lines if line and line[0] != "#")


def choose_mutants(seed: int, count: int, harmless: frozenset[int]) -> Iterator[tuple[int, Mutant]]:
    """Yield the first mutants that are mistakes, each with its number in the whole suite."""
    kept = 0
    for number, mutant in enumerate(make_mutants(seed), 1):
        if number in harmless:
            continue
        yield number, mutant
        kept += 1
        if kept == count:
            return


def write_line(number: int, mutant: Mutant) -> str:
    """Return the line of the corpus for a mutant."""
    one = {
        "id": f"mutants-{number:03}",
        "origin": "mutants",
        "what": mutant.what,
        "files": {mutant.path: mutant.wrong},
        "at": [{"path": mutant.path, "line": line} for line in mutant.lines],
        "right": [{mutant.path: mutant.right}],
    }
    if mutant.lost:
        one["known"] = mutant.lost
    line = json.dumps(one, ensure_ascii=False)
    # Invisible characters are written as escapes.
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in line)


def run() -> None:
    """Write the mutants of a seed, and print the seed."""
    parser = argparse.ArgumentParser(description="Make mistakes at random in right files.")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--count", type=int, default=COUNT)
    asked = parser.parse_args()
    harmless = read_harmless() if asked.seed == SEED else frozenset()
    chosen = [*choose_mutants(asked.seed, asked.count, harmless)]
    text = "".join(f"{write_line(number, mutant)}\n" for number, mutant in chosen)
    (HERE / "mutants.jsonl").write_text(text, "utf-8")
    print(f"seed {asked.seed}: {len(chosen)} mutants of {chosen[-1][0]} made")


if __name__ == "__main__":
    run()
