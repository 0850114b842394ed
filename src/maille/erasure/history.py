"""Find a name in the history of git: in former versions of files, in paths and in messages."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from maille.erasure.files import count_in_file
from maille.erasure.words import Eraser
from maille.git import run_git

_AT_ONCE = 500  # versions read by one run of git
_COMPRESSED = (".xz", ".woff2")
_NONE: Mapping[str, str] = MappingProxyType({})


def find_blobs(root: Path, eraser: Eraser) -> Iterator[str]:
    """Yield the identifier of each version of a file, in any commit, that contains the name.

    Compressed files (`_COMPRESSED`) are left out. A PDF is not searched: it is yielded if, in any
    commit, a file with the same path up to the extension contains the name. Raises OSError or
    CalledProcessError when git cannot be run, or `root` is not a repository.
    """
    listed = run_git(root, "rev-list", "--objects", "--all").decode("utf-8", "replace")
    pairs = (line.partition(" ") for line in listed.splitlines())
    paths = {blob: path for blob, _, path in pairs if path and not path.endswith(_COMPRESSED)}
    documents = {blob: path for blob, path in paths.items() if path.endswith(".pdf")}
    stems: set[str] = set()
    for blob, data in _read_blobs(root, [blob for blob in paths if blob not in documents]):
        if count_in_file(paths[blob], data, eraser):
            stems.add(paths[blob].rpartition(".")[0])
            yield blob
    yield from (blob for blob, path in documents.items() if path.rpartition(".")[0] in stems)


def find_paths(root: Path, eraser: Eraser, today: Mapping[str, str] = _NONE) -> dict[str, str]:
    """Map each path that contains the name, in any commit, to its new path.

    `today` maps present paths to new paths already chosen; the result includes them. All new paths
    differ.
    Raises the same errors as `find_blobs`.
    """
    listed = run_git(root, "log", "--all", "-m", "--no-renames", "--name-only", "--format=", "-z")
    paths = sorted({one.strip("\n") for one in listed.decode("utf-8", "replace").split("\0")})
    found = dict(today)
    taken = {*paths, *today.values()} - set(today)
    for path in paths:
        new = eraser.erase_name(path)
        if new == path or path in found:
            continue
        start, dot, end = new.rpartition(".")
        names = (f"{start}-{number}{dot}{end}" for number in itertools.count(2))
        found[path] = new if new not in taken else next(one for one in names if one not in taken)
        taken.add(found[path])
    return found


def find_messages(root: Path, eraser: Eraser) -> dict[str, set[str]]:
    """Return, by commit, the spellings of the name in the message of the commit.

    Commits without the name are left out. Raises the same errors as `find_blobs`.
    """
    listed = run_git(root, "log", "--all", "--format=%h%n%B", "-z").decode("utf-8", "replace")
    messages = (one.strip("\n").partition("\n") for one in listed.split("\0"))
    return {
        commit: {text[start:end] for start, end in spans}
        for commit, _, text in messages
        if (spans := eraser.find(text))
    }


def _read_blobs(root: Path, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield (identifier, bytes) for each git object of `names` that is a blob, not a folder."""
    for start in range(0, len(names), _AT_ONCE):
        asked = "\n".join(names[start : start + _AT_ONCE]).encode()
        answer, at = run_git(root, "cat-file", "--batch", typed=asked), 0
        while at < len(answer):
            end = answer.index(b"\n", at)
            blob, kind, size = answer[at:end].decode("ascii").split()
            at = end + 1 + int(size) + 1
            if kind == "blob":
                yield blob, answer[end + 1 : at - 1]
