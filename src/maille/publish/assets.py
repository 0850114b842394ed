"""The site's own style sheets, scripts, fonts and pictures, and the addresses that they get."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

FOLDER = "/assets/"
# The folders whose address changes with their content. Fonts and pictures keep theirs, so that a
# new style sheet does not make every visitor fetch the fonts again.
_FINGERPRINTED = ("css", "js")
# Comments that have their lines to themselves. A template literal that goes over lines could hold
# what looks like one: ours do not, and a test says so.
_COMMENT = re.compile(rb"^[ \t]*(?://[^\n]*|/\*[^*]*(?:\*(?!/)[^*]*)*\*/[ \t]*)\n", re.MULTILINE)


def remove_comments(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return the assets with their scripts (`js/`) as visitors get them: without comments.

    Developers read comments in the sources; they are a fifth of what visitors would fetch. Comments
    behind code stay.
    """
    return {
        path: _COMMENT.sub(b"", data) if path.startswith("js/") else data
        for path, data in files.items()
    }


def assign_addresses(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the address of each asset: `css/site.css` → `/assets/css-1a2b3c4d/site.css`.

    A whole folder shares its fingerprint: its files may then refer to one another, and to
    `../fonts/`, by the same relative addresses as in the sources.
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
