"""The corpus: one mistake per line, each applied alone to the miniature site of the tests.

A line of a `*.jsonl` file of this folder is an object with these keys:

    id, origin   the name of the case, and which of the three corpora it belongs to
    what         the mistake, in a few words
    input        for a case that was met before the corpus: the name of the file that it comes from
    files        the overlay: what each path holds while the mistake is there; null removes a file
    at           where the mistake really is: `path`, and `line` (0 for the file as a whole); a list
                 of these when it is as much in one place as in another (a name given twice)
    right        what a remedy may lead to (see `Case.right`)
    known        what the editor would fill in for « … », by key: the file alone cannot tell it

A file is a text, or an object `{"text", "encoding"}` or `{"base64"}` for bytes that are not UTF-8.
"""

from __future__ import annotations

import base64
import datetime
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from build import KINDS, VIEWS
from maille.pipeline import Definition, Options, build_site
from maille.problems import Problem
from maille.publish.report import Report

HERE = Path(__file__).resolve().parent
SITE = HERE.parent.parent / "tests/sites/essai"
ORIGINS = ("cases", "tests", "mutants")
TODAY = datetime.date(2026, 11, 21)

# What a path holds, or None when there is no such file.
Files = Mapping[str, bytes | None]


@dataclass(frozen=True)
class Case:
    """A mistake, and what is right in its place.

    `right` is a list of states (each the content of the files that it names), or one of these words
    and groups, where the state matters less than what is said:

    - "gone": once the advice is followed, the problem is no longer reported, and no new one is;
    - "accepted": nothing is reported, since nothing is wrong;
    - "accepted or told": nothing is reported, or each report has an advice;
    - {"told": ["word", …]}: the report at the line has these words;
    - {"shows": ["html", …], "or": right}: nothing is told and the text shows these pieces of HTML,
      or else what is told leads to what "or" says.
    """

    id: str
    origin: str
    what: str
    files: Files
    places: tuple[tuple[str, int], ...]
    right: Any
    known: Mapping[str, str] = field(default_factory=dict)

    def list_states(self) -> tuple[Files, ...]:
        """Return the states that the case accepts; () if any state without a report will do."""
        states = self.right.get("or", []) if isinstance(self.right, dict) else self.right
        return tuple(read_files(state) for state in states) if isinstance(states, list) else ()


def read_files(written: Mapping[str, Any]) -> Files:
    """Turn the files of a line of the corpus into bytes."""
    return {path: _read_content(content) for path, content in written.items()}


def _read_content(content: str | Mapping[str, str] | None) -> bytes | None:
    if content is None:
        return None
    if isinstance(content, str):
        return content.encode()
    if "base64" in content:
        return base64.b64decode(content["base64"])
    return content["text"].encode(content["encoding"])


def read_case(line: str) -> Case:
    """Read one line of the corpus."""
    one = json.loads(line)
    places = one["at"] if isinstance(one["at"], list) else [one["at"]]
    return Case(
        id=one["id"],
        origin=one["origin"],
        what=one.get("what", ""),
        files=read_files(one["files"]),
        places=tuple((place["path"], place["line"]) for place in places),
        right=one["right"],
        known=one.get("known", {}),
    )


def read_corpus(origin: str | None = None) -> list[Case]:
    """Read every case, or those of one origin, in the order of the files."""
    return [
        read_case(line)
        for name in ORIGINS
        if origin in {None, name}
        for line in (HERE / f"{name}.jsonl").read_text("utf-8").strip().split("\n")
    ]


class Bench:
    """A copy of the miniature on which files are laid and taken away again."""

    def __init__(self, root: Path) -> None:
        """Copy the miniature into `root`, which must not exist, without its example records."""
        shutil.copytree(SITE, root, ignore=shutil.ignore_patterns("exemples"))
        self.root = root

    @contextmanager
    def lay(self, files: Files) -> Iterator[None]:
        """Write these files into the site for the time of a `with`, then restore it."""
        before = {path: read_bytes(self.root / path) for path in files}
        folders = {folder for folder in self.root.rglob("*") if folder.is_dir()}
        write_files(self.root, files)
        try:
            yield
        finally:
            write_files(self.root, before)
            made = {folder for folder in self.root.rglob("*") if folder.is_dir()} - folders
            for folder in made:
                shutil.rmtree(folder, ignore_errors=True)

    def check(self, files: Files) -> tuple[Problem, ...]:
        """Return the problems that a check of the site reports with these files."""
        with self.lay(files):
            return self.report().problems

    def report(self) -> Report:
        """Check the site as it stands; nothing is written."""
        # The index of the communes of France takes time, and no content depends on it.
        views = tuple(view for view in VIEWS if view != "communes")
        made = Options(
            self.root,
            self.root / "output",
            today=TODAY,
            publish=False,
            # All but the files of the case are as they were in the check before.
            cache=self.root.with_name("kept"),
        )
        return build_site(Definition(KINDS, views), made)

    def read_all(self) -> Files:
        """Return every file of the site as it stands."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
        }


@contextmanager
def open_bench() -> Iterator[Bench]:
    """Make a bench in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        yield Bench(Path(folder) / "site")


def read_bytes(path: Path) -> bytes | None:
    """Return the bytes of a file, or None."""
    return path.read_bytes() if path.is_file() else None


def write_files(root: Path, files: Files) -> None:
    """Write or remove the files of a state."""
    for path, data in files.items():
        if data is None:
            (root / path).unlink(missing_ok=True)
        else:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
