"""The site's own style sheets, scripts, fonts and pictures, and the addresses that they get."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

FOLDER = "/assets/"
# The folders whose address changes with their content. Fonts and pictures keep theirs, so that a
# new style sheet does not make every visitor fetch the fonts again.
_FINGERPRINTED = ("css", "js")


def addresses(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the address of each asset: `css/site.css` → `/assets/css-1a2b3c4d/site.css`.

    A whole folder shares its fingerprint: its files may then refer to one another, and to
    `../fonts/`, by the same relative addresses as in the sources.
    """
    prints = {folder: _fingerprint(files, folder) for folder in _FINGERPRINTED}
    found = {}
    for path in files:
        folder, _, rest = path.partition("/")
        if folder in prints:
            folder = f"{folder}-{prints[folder]}"
        found[path] = f"{FOLDER}{folder}/{rest}" if rest else f"{FOLDER}{folder}"
    return found


def _fingerprint(files: Mapping[str, bytes], folder: str) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        if path.startswith(f"{folder}/"):
            digest.update(path.encode() + b"\0" + files[path] + b"\0")
    return digest.hexdigest()[:8]
