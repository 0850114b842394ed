"""The content types and views of this site, and the call that builds it.

The steps of a build (see `maille.pipeline.build_site`):

    discover   find and read the files of catalysers/, newsletters/ and content/
    parse      read each file: front matter with lines and columns, body as HTML
    illustrate replace images by `<picture>` elements
    validate   check each front matter against its kind (maille/kinds/, one module per content type)
    assemble   link the whole site: places, threads across letters, backlinks
    plan       decide every page and file, as data (maille/views/)
    verify     find broken links and duplicate addresses
    render     apply templates/
    write      replace output/, all or nothing

For a new content type, add a module to maille/kinds/, its name below, and a template of that name.
"""

import os
import signal
import sys

KINDS = (
    "vocabulaire",
    "catalyser",
    "projet",
    "newsletter",
    "actualite",
    "webinaire",
    "evenement",
    "page",
    "territoire",
    "ressource",
)
VIEWS = (
    "home",
    "directory",
    "map",
    "communes",
    "terms",
    "entries",
    "letters",
    "contact",
    "corrections",
    "agenda",
    "feeds",
    "exports",
    "territories",
)

if __name__ == "__main__":
    # Ctrl+C while modules load: nothing is there to undo. `run` then has its own way.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    try:
        from maille.cli import run
    except ModuleNotFoundError as missing:
        sys.exit(
            f"Il manque {missing.name} : lancez « make site », puis .venv/bin/python build.py "
            "(Windows : voyez le README)."
        )
    sys.exit(run(KINDS, VIEWS))
