"""Compare the output of two checkouts of the engine for the same content.

    python -m tools.compare_output A B [--content SITE] [--corpus FOLDER] [--memory FOLDER]

A and B are checkouts (folders with `build.py`, `src/` and `templates/`). Each builds the site,
composes the mail of each letter, and checks a corpus of mistakes. Differences are printed, one
line per file, and the exit code is 1; nothing is printed when there are none.

Fingerprints of assets are replaced by a word first, since they change whenever a script does.
The content is SITE's (the miniature of the tests by default), with the templates of each checkout.
The corpus of mistakes is made from that content: each file is broken in each way of `MUTATIONS`,
and the messages of `verifier` are compared. FOLDER adds cases of your own: each folder in it is
laid, alone, over a copy of SITE. With --memory, A builds with a copy of this folder of what builds
keep (`.maille`), and B without any: A and B may then be the same checkout.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATE = "2026-11-21"
FINGERPRINT = re.compile(rb"(?<=/assets/)(css|js)-[0-9a-f]{8}(?=/)")
DURATION = re.compile(rb"\d+[.,]\d s\b")
CONTENT = ("catalysers", "newsletters", "content", "site.toml")


def main(arguments: list[str] | None = None) -> int:
    """Print the differences between the outputs of two checkouts; return 1 if there are any."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("a", type=Path, metavar="A")
    parser.add_argument("b", type=Path, metavar="B")
    parser.add_argument("--content", type=Path, default=ROOT / "tests/sites/essai")
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--date", default=DATE)
    parser.add_argument("--memory", type=Path)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="compare-") as folder:
        made = []
        options: list[tuple[str | Path, ...]] = [("--date", asked.date)] * 2
        if asked.memory:
            memory = shutil.copytree(asked.memory, Path(folder) / "memory")
            options = [(*options[0], "--memoire", memory), (*options[1], "--sans-memoire")]
        for name, checkout, words in zip("ab", (asked.a, asked.b), options, strict=True):
            site = Path(folder) / name / "site"
            copy_site(asked.content, checkout, site)
            made.append(dict(run_all(Build(checkout.resolve(), words), site, asked.corpus)))
    differences = list(compare(*made))
    print(*differences, sep="\n", end="\n" * bool(differences))
    return 1 if differences else 0


@dataclass(frozen=True)
class Build:
    """A checkout of the engine, and options for each of its commands."""

    checkout: Path
    options: Sequence[str | Path]


def copy_site(content: Path, checkout: Path, site: Path) -> None:
    """Copy the content into `site`, with the templates of the checkout."""
    for name in CONTENT:
        source = content / name
        if source.is_dir():
            shutil.copytree(source, site / name)
        elif source.exists():
            shutil.copy(source, site / name)
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(checkout / "templates", site / "templates", ignore=ignore)


def run_all(build: Build, site: Path, corpus: Path | None) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of everything that a checkout produces from a site."""
    yield "construire", run(build, site)
    yield from read_files(site / "output", "output")
    for letter in sorted((site / "newsletters").glob("[0-9]*.md")):
        yield f"lettre {letter.stem}", run(build, site, "lettre", letter.stem)
        yield from read_files(site / "envois", "envois")
    for name, mutate in MUTATIONS.items():
        yield f"verifier: {name}", check_mutated(build, site, mutate)
    for case in sorted(corpus.iterdir()) if corpus else ():
        if case.is_dir():
            yield f"verifier: {case.name}", check_case(build, site, case)


def run(build: Build, site: Path, *words: str) -> bytes:
    """Run the command of a checkout on a site; return its exit code and its output."""
    done = subprocess.run(
        [sys.executable, build.checkout / "build.py", *words, "--root", site, *build.options],
        env={**os.environ, "PYTHONPATH": str(build.checkout / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return normalise(b"%d\n%s" % (done.returncode, done.stdout), site)


def read_files(folder: Path, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files below a folder: their path and their bytes, without fingerprints."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            address = normalise(f"/{path.relative_to(folder).as_posix()}".encode(), folder)
            yield name + address.decode(), normalise(path.read_bytes(), folder)


def normalise(data: bytes, folder: Path) -> bytes:
    """Return the bytes without fingerprints, durations and the folder's path, which may differ."""
    data = FINGERPRINT.sub(rb"\1-EMPREINTE", data)
    return DURATION.sub(b"X s", data).replace(str(folder.parent).encode(), b"")


# --- The corpus of mistakes ----------------------------------------------------------------------


def check_mutated(build: Build, site: Path, mutate: Callable[[str, int], str]) -> bytes:
    """Break every file of a copy of the site in one way; return the output of `verifier`."""
    with tempfile.TemporaryDirectory(prefix="broken-", dir=site.parent) as folder:
        copy = Path(folder) / "site"
        shutil.copytree(site, copy, ignore=shutil.ignore_patterns("output", "envois"))
        files = sorted(path for name in CONTENT for path in find_texts(copy / name))
        for number, path in enumerate(files):
            path.write_text(mutate(path.read_text("utf-8"), number), "utf-8")
        return run(build, copy, "verifier")


def check_case(build: Build, site: Path, case: Path) -> bytes:
    """Copy the files of a case over a copy of the site; return the output of `verifier`."""
    with tempfile.TemporaryDirectory(prefix="broken-", dir=site.parent) as folder:
        copy = Path(folder) / "site"
        shutil.copytree(site, copy, ignore=shutil.ignore_patterns("output", "envois"))
        shutil.copytree(case, copy, dirs_exist_ok=True)
        return run(build, copy, "verifier")


def find_texts(path: Path) -> list[Path]:
    """Return the Markdown and YAML files below a folder; none for a file."""
    return [found for found in path.rglob("*") if found.suffix in {".md", ".yaml"}]


def pick_line(text: str, number: int) -> tuple[list[str], int]:
    """Return the lines of a text, and the index of a line with a key, chosen by `number`."""
    lines = text.split("\n")
    end = lines.index("---", 1) if lines[0] == "---" else len(lines)
    keys = [index for index in range(end) if re.match(r"\w+:", lines[index])]
    return lines, keys[number % len(keys)]


def replace_line(change: Callable[[str], list[str]]) -> Callable[[str, int], str]:
    """Return a mutation that replaces a line with a key by the lines that `change` returns."""

    def mutate(text: str, number: int) -> str:
        lines, index = pick_line(text, number)
        return "\n".join([*lines[:index], *change(lines[index]), *lines[index + 1 :]])

    return mutate


def append_line(words: str) -> Callable[[str, int], str]:
    """Return a mutation that adds a line at the end of a text."""
    return lambda text, _: f"{text}\n{words}\n"


MUTATIONS: Mapping[str, Callable[[str, int], str]] = {
    "nothing": lambda text, _: text,
    "a key left out": replace_line(lambda _: []),
    "a blank value": replace_line(lambda line: [line.partition(":")[0] + ":"]),
    "a wrong value": replace_line(lambda line: [line.partition(":")[0] + ": zzz"]),
    "a list for a text": replace_line(lambda line: [line.partition(":")[0] + ": [zzz, yyy]"]),
    "a group for a text": replace_line(lambda line: [line.partition(":")[0] + ": {zzz: yyy}"]),
    "a number": replace_line(lambda line: [line.partition(":")[0] + ": 99"]),
    "a day that does not exist": replace_line(
        lambda line: [line.partition(":")[0] + ": 2026-02-31"]
    ),
    "a misspelt key": replace_line(lambda line: ["x" + line]),
    "a capital": replace_line(lambda line: [line.capitalize()]),
    "a key twice": replace_line(lambda line: [line, line]),
    "an unknown key": replace_line(lambda line: ["inconnue: oui", line]),
    "an open quote": replace_line(lambda line: [line.partition(":")[0] + ': "zzz']),
    "an open bracket": replace_line(lambda line: [line.partition(":")[0] + ": [zzz"]),
    "a tab": replace_line(lambda line: ["\t" + line]),
    "no space after the colon": replace_line(lambda line: [line.replace(": ", ":", 1)]),
    "a colon in a value": replace_line(lambda line: [line.partition(":")[0] + ": zzz : yyy: x"]),
    "an anchor": replace_line(lambda line: [line.partition(":")[0] + ": &zzz yyy"]),
    "no closing mark": lambda text, _: text.replace("\n---\n", "\n", 1),
    "a link that leads nowhere": append_line(
        "Un [lien](/nulle/part/) et [un autre](nulle-part.md)."
    ),
    "an anchor that is not there": append_line("Un [lien](#nulle-part)."),
    "raw HTML": append_line("Un <b>mot</b> et <script>alert(1)</script>."),
    "an image that is not there": append_line("![Une image](/images/nulle-part.png) ![](x.png)"),
    "a heading that skips a level": append_line("# Un\n\n#### Deux"),
    "signs of other Markdown": append_line("~~un~~ ==deux== :::note\n[TOC] {{ trois }}"),
    "nothing but a header": lambda text, _: text.rpartition("\n---\n")[0] + "\n---\n",
    "an empty file": lambda _, number: "\n" * (number % 3),
}


def compare(a: Mapping[str, bytes], b: Mapping[str, bytes]) -> Iterator[str]:
    """Yield a line for each name whose bytes differ, or that only one side has."""
    for name in sorted(a.keys() | b.keys()):
        if name not in b:
            yield f"only in A: {name}"
        elif name not in a:
            yield f"only in B: {name}"
        elif a[name] != b[name]:
            yield f"differs: {name}{show_first(a[name], b[name])}"


def show_first(a: bytes, b: bytes) -> str:
    """Return the first line that differs, from both sides."""
    lines = zip(a.split(b"\n"), b.split(b"\n"), strict=False)
    for number, (one, other) in enumerate(lines, 1):
        if one != other:
            at = next((i for i, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), 0)
            near = slice(max(0, at - 60), at + 100)
            return f"\n  {number}: A {one[near]!r}\n  {number}: B {other[near]!r}"
    return " (one goes on)"


if __name__ == "__main__":
    sys.exit(main())
