"""Find on the built site each fact of the source documents.

    python -m tools.demonstrations.facts [--output output] [--sources FOLDER] [--all]

The files of `ledger/`, one for each source document, account for every line of it: as facts to
show, or as lines without a fact, each with its reason. A fact is found on a page if one passage of
that page contains all of its words; a passage is at most `REACH` characters of the page's text.
Prints the number of facts found and lists the others; `--all` lists every fact with its page. With
`--sources`, also checks that the ledger accounts for each line of the documents of that folder that
is not blank. Exits with 1 if a fact is not found or a line is not accounted for.

A ledger file:

    source = "S000"
    document = "000_46a799dd386a1c84.txt"

    [[facts]]
    lines = "3-4"                       # of the document; "3", "3-4", "3, 7-8"
    fact = "What the document says."    # one sentence, in our own words
    words = ["5 juin 2024", "ALN"]      # what a passage that gives this fact must contain
    page = "/evenements/…/"             # optional: the page on which the fact must stand

    [[without]]
    lines = "1, 5-7"
    reason = "menu"                     # menu, repeated, not to be shown…, with words if need be
"""

from __future__ import annotations

import argparse
import sys
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

ROOT = Path(__file__).resolve().parents[2]
LEDGER = Path(__file__).parent / "ledger"
REACH = 900


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a source document, and the words that a passage which gives it must contain."""

    source: str
    lines: tuple[int, ...]
    text: str
    words: tuple[str, ...]
    page: str

    @property
    def position(self) -> str:
        """Return the source and its first line, as in `S003:120`."""
        return f"{self.source}:{self.lines[0]}"


@dataclass(frozen=True, slots=True)
class Ledger:
    """What one source document says, and the lines of it that state no fact."""

    document: str
    facts: tuple[Fact, ...]
    without: frozenset[int]

    @property
    def lines(self) -> frozenset[int]:
        """Return all the lines that the ledger accounts for."""
        return self.without | {line for fact in self.facts for line in fact.lines}


def read_lines(text: str) -> tuple[int, ...]:
    """Return the line numbers of a text such as `3, 7-9`, in order."""
    found: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return tuple(found)


def read_ledger(path: Path) -> Ledger:
    """Return the ledger of a file. Raises KeyError or ValueError if an entry is incomplete."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    facts = tuple(
        Fact(
            data["source"],
            read_lines(one["lines"]),
            one["fact"],
            tuple(one["words"]),
            one.get("page", ""),
        )
        for one in data.get("facts", ())
    )
    for one in facts:
        if not one.words:
            raise ValueError(f"{path.name}: {one.position} has no words to look for")
    without = [one for one in data.get("without", ()) if one["reason"]]
    return Ledger(
        data["document"], facts, frozenset(n for o in without for n in read_lines(o["lines"]))
    )


def simplify(text: str) -> str:
    """Return a text in lower case, with plain spaces, apostrophes and hyphens, for a comparison."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("‑", "-")
    return " ".join(plain.replace("\u00ad", "").split())


def read_pages(output: Path) -> dict[str, str]:
    """Return the simplified text of `<main>` of each page of a built site, by address."""
    pages = {}
    for path in sorted(output.rglob("index.html")):
        address = f"/{path.parent.relative_to(output).as_posix()}/".replace("/./", "/")
        main = LexborHTMLParser(path.read_text(encoding="utf-8")).css_first("main")
        if main:
            pages[address] = simplify(main.text(separator=" "))
    return pages


def find_passage(text: str, words: Iterable[str]) -> bool:
    """Return whether one passage of a simplified text contains all the words."""
    first, *others = sorted(map(simplify, words), key=len, reverse=True)
    start = text.find(first)
    while start >= 0:
        passage = text[max(0, start - REACH // 2) : start + len(first) + REACH // 2]
        if all(word in passage for word in others):
            return True
        start = text.find(first, start + 1)
    return False


def find_pages(fact: Fact, pages: Mapping[str, str]) -> list[str]:
    """Return the addresses of the pages that give a fact: of its own page only, if it names one."""
    looked_at = {fact.page: pages.get(fact.page, "")} if fact.page else pages
    return [address for address, text in looked_at.items() if find_passage(text, fact.words)]


def find_unread(ledger: Ledger, sources: Path) -> Iterator[int]:
    """Yield the lines of a document, blank ones aside, that its ledger does not account for."""
    text = (sources / ledger.document).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and number not in ledger.lines:
            yield number


def main() -> int:
    """Print where the facts stand and what is missing; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--output", type=Path, default=ROOT / "output")
    parser.add_argument("--sources", type=Path)
    parser.add_argument("--all", action="store_true")
    asked = parser.parse_args()
    ledgers = [read_ledger(path) for path in sorted(LEDGER.glob("*.toml"))]
    pages = read_pages(asked.output)
    facts = [fact for ledger in ledgers for fact in ledger.facts]
    places = [(fact, find_pages(fact, pages)) for fact in facts]
    missing = [fact for fact, found in places if not found]
    if asked.all:
        for fact, found in places:
            print(f"{fact.position}\t{fact.text}\t{' '.join(found[:3]) or '(not found)'}")
    else:
        for fact in missing:
            print(f"{fact.position}\t{fact.text}\t{', '.join(fact.words)}\t{fact.page}")
    unread = 0
    if asked.sources:
        for ledger in ledgers:
            lines = list(find_unread(ledger, asked.sources))
            unread += len(lines)
            if lines:
                print(f"{ledger.document}: lines not accounted for: {', '.join(map(str, lines))}")
    print(f"{len(facts) - len(missing)} of {len(facts)} facts found on {len(pages)} pages")
    return int(bool(missing or unread))


if __name__ == "__main__":
    sys.exit(main())
