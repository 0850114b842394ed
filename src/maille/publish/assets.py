"""The site's style sheets, scripts, fonts and pictures, and their published addresses."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Mapping

from maille.problems import Problem
from maille.publish.modules import find_missing_modules, join_modules

FOLDER = "/assets/"
# The folders whose address changes with their content. The addresses of other folders are fixed.
_FINGERPRINTED = ("css", "js")
# A comment alone on its lines, and an indent. Both would also match inside a template literal of
# several lines: a test checks that no literal contains such text.
_COMMENT = re.compile(rb"^[ \t]*(?://[^\n]*|/\*[^*]*(?:\*(?!/)[^*]*)*\*/[ \t]*)\n", re.MULTILINE)
_INDENT = re.compile(rb"^[ \t\n]+", re.MULTILINE)


def prepare_assets(
    files: Mapping[str, bytes],
) -> tuple[Mapping[str, str], Mapping[str, bytes], tuple[Problem, ...]]:
    """Return the address of each asset by path, the bytes of each by address, and the problems.

    `files` are the files of templates/assets. Scripts are joined if they all can be (see
    `join_modules`): then one that is only a part of others has no address. Scripts and styles lose
    their indents, empty lines, and the comments that are alone on a line. There is a problem for
    each import of a missing script.
    """
    return _prepare(tuple(files.items()))


@functools.lru_cache(maxsize=4)  # later builds of a process usually have the same assets
def _prepare(
    pairs: tuple[tuple[str, bytes], ...],
) -> tuple[Mapping[str, str], Mapping[str, bytes], tuple[Problem, ...]]:
    """Do what `prepare_assets` says, given the path and the bytes of each file."""
    files = dict(pairs)
    assets = remove_comments(join_modules(files))
    addresses = assign_addresses(assets)
    by_address = {addresses[path]: data for path, data in assets.items()}
    return addresses, by_address, tuple(find_missing_modules(files))


def remove_comments(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return the assets without the comments, indents and empty lines of scripts and styles.

    A comment on a line with code stays.
    """
    return {
        path: _INDENT.sub(b"", _COMMENT.sub(b"", data))
        if path.startswith(("js/", "css/"))
        else data
        for path, data in files.items()
    }


def assign_addresses(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the address of each asset: `css/site.css` → `/assets/css-1a2b3c4d/site.css`.

    `css` and `js` each have one fingerprint for all their files, so that files of one folder can
    refer to one another, and to `../fonts/`, by the relative addresses that the sources use.
    """
    prints = {folder: _compute_fingerprint(files, folder) for folder in _FINGERPRINTED}
    found = {}
    for path in files:
        folder, _, rest = path.partition("/")
        if folder in prints:
            folder = f"{folder}-{prints[folder]}"
        found[path] = f"{FOLDER}{folder}/{rest}" if rest else f"{FOLDER}{folder}"
    return found


def _compute_fingerprint(files: Mapping[str, bytes], folder: str) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        if path.startswith(f"{folder}/"):
            digest.update(path.encode() + b"\0" + files[path] + b"\0")
    return digest.hexdigest()[:8]
