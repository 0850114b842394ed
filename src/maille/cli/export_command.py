"""The command `exporter`: the directory as a file of the office, by the ending of its name."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from maille.cli.arguments import CONTENT, GOOD, USAGE, Arguments
from maille.problems import ContentError

if TYPE_CHECKING:
    from maille.site.model import Site

KIND = "catalyser"


def export(arguments: Arguments, site: Site) -> int:
    """Write the file; return the exit code. An existing file is never written over."""
    path = Path(arguments.export)
    make = _MAKERS.get(path.suffix.lower())
    if make is None:
        endings = ", ".join(_MAKERS)
        return _refuse(f"« {path.name} » : donnez un nom qui finit par {endings}.")
    if path.exists():
        return _refuse(f"« {path} » existe déjà : donnez un autre nom, ou effacez-le d'abord.")
    try:
        data, count = make(arguments, site)
    except ContentError as error:
        print(f"{error.message}\n    → {error.hint}", file=sys.stderr)
        return CONTENT
    path.write_bytes(data)
    print(f"{count} fiches dans {path}." if count != 1 else f"1 fiche dans {path}.")
    return GOOD


def _refuse(words: str) -> int:
    print(words, file=sys.stderr)
    return USAGE


def _make_table(arguments: Arguments, site: Site) -> tuple[bytes, int]:
    from maille.imports import table_writers
    from maille.imports.office_table import make_table
    from maille.imports.refusals import INSTALL

    table = make_table(site, site.kind(KIND), drafts=arguments.drafts)
    if arguments.export.lower().endswith(".csv"):
        return table_writers.write_csv(table), len(table.rows)
    try:
        return table_writers.write_xlsx(table), len(table.rows)
    except ImportError:
        raise ContentError("un classeur ne peut pas encore être écrit ici", INSTALL) from None


def _make_map(_: Arguments, site: Site) -> tuple[bytes, int]:
    from maille.views.exports import encode_geojson

    return encode_geojson(site)


# What makes the bytes of a file, and counts its records, by the ending of its name.
_MAKERS: Mapping[str, Callable[[Arguments, Site], tuple[bytes, int]]] = {
    ".xlsx": _make_table,
    ".csv": _make_table,
    ".geojson": _make_map,
}
