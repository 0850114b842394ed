"""What this site is made of, and one call to the engine.

The way through, one module a step (see `maille.pipeline.build_site`):

    discover   the files of catalysers/, newsletters/ and content/
    parse      each file: its header as text with line and column, its body as HTML
    validate   each header against its kind (maille/kinds/, one module a content type)
    assemble   the whole site: places, threads across letters, links both ways
    plan       every page and file to come, as data (maille/views/)
    verify     broken links, two pages for one address
    render     through templates/
    write      output/, all or nothing

A new content type is a module in maille/kinds/, its name below, and a template of that name.
"""

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
)
VIEWS = (
    "home",
    "directory",
    "map",
    "communes",
    "terms",
    "entries",
    "letters",
    "agenda",
    "feeds",
    "exports",
    "territories",
)

if __name__ == "__main__":
    try:
        from maille.cli import run
    except ModuleNotFoundError as missing:
        sys.exit(
            f"Il manque {missing.name} : lancez « make site », puis .venv/bin/python build.py "
            "(Windows : voyez le README)."
        )
    sys.exit(run(KINDS, VIEWS))
