"""Fetch the addresses that the site has published: `python3 -m tools.published_list FILE [URL]`.

URL is that of the site; without it, `adresse` of `site.toml`. FILE is for `--publie`; it is empty
if the site has no list yet, or if its address is still in `.example`. Exit code 1, with the reason:
the site does not answer, so the addresses that would be lost are not known. Needs only Python.
"""

from __future__ import annotations

import sys
import time
import tomllib
import urllib.error
import urllib.request
from pathlib import Path

from tools.may_publish import may_publish

NAME = "adresses.txt"
TRIES, PAUSE, PATIENCE = 3, 5, 30
_NOTHING_THERE = {404, 410}


def fetch_list(url: str, pause: float = PAUSE) -> bytes:
    """Return the list of the site at `url`, empty if it has none; try again while it fails.

    Raises OSError if the site does not answer.
    """
    for left in reversed(range(TRIES)):
        try:
            with urllib.request.urlopen(f"{url.rstrip('/')}/{NAME}", timeout=PATIENCE) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            if error.code in _NOTHING_THERE:
                return b""
            if not left:
                raise
        except OSError:
            if not left:
                raise
        time.sleep(pause)
    raise AssertionError("unreachable")


def _refuse_others(data: bytes) -> None:
    """Raise OSError if this is no list, such as the page that asks visitors to sign in."""
    if any(line and not line.startswith(b"/") for line in data.splitlines()):
        raise OSError(f"ce n'est pas {NAME}")


def main(arguments: list[str]) -> int:
    """Write the list into the file; return the exit code."""
    file, *given = arguments
    settings = Path("site.toml").read_text(encoding="utf-8-sig")
    url = "".join(given[:1]) or str(tomllib.loads(settings).get("adresse", ""))
    data = b""
    if "".join(given[:1]) or may_publish(settings, ""):
        try:
            data = fetch_list(url)
            _refuse_others(data)
        except OSError as error:
            print(
                f"{url} ne répond pas ({error}) : ses adresses ne peuvent pas être comparées. "
                "Recommencez ; si le site n'est pas en ligne, publiez une fois sans comparer."
            )
            return 1
    Path(file).write_bytes(data)
    print(f"{len(data.splitlines())} adresses publiées.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
