"""What this small fictional network is made of: a site to test that nothing is of the first one."""

import sys

from maille.cli import run

KINDS = (
    "vocabulaire",
    "page",
    "catalyser",
    "projet",
    "evenement",
    "webinaire",
    "actualite",
    "newsletter",
)
VIEWS = (
    "home",
    "directory",
    "map",
    "agenda",
    "terms",
    "entries",
    "letters",
    "contact",
    "corrections",
    "exports",
    "feeds",
    "territories",
)

if __name__ == "__main__":
    sys.exit(run(KINDS, VIEWS))
