"""Decide whether the site may be put online: `python3 -m tools.may_publish [WANTED]`.

Exit code 0: its address in `site.toml` is a real one, or WANTED is « oui » (the variable
`PUBLIER_SANS_ADRESSE` of the forge). Exit code 77 otherwise, with the reason: an address in
`.example` says that nobody has decided yet to open. Needs only Python.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

REFUSED = 77
VARIABLE = "PUBLIER_SANS_ADRESSE"


def may_publish(settings: str, wanted: str) -> bool:
    """Return whether a site with this content of `site.toml` may be put online."""
    host = urlsplit(str(tomllib.loads(settings).get("adresse", ""))).hostname or ""
    named = bool(host) and host != "example" and not host.rstrip(".").endswith(".example")
    return named or wanted.strip().casefold() == "oui"


def main(arguments: list[str]) -> int:
    """Print why the site is not put online, if it is not; return the exit code."""
    if may_publish(Path("site.toml").read_text(encoding="utf-8-sig"), "".join(arguments[:1])):
        return 0
    print(
        "Rien n'est mis en ligne : l'adresse du site, dans site.toml, est encore en .example. "
        f"Écrivez la vraie ; ou, pour montrer la démonstration, donnez la valeur oui à la variable "
        f"{VARIABLE} du dépôt."
    )
    return REFUSED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
