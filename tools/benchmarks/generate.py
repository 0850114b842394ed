"""Write the benchmark's records as the content of a site, outside the repository.

    .venv/bin/python -m tools.benchmarks.generate 5000 /tmp/essai-5000

The folder is then a site of this engine: `python build.py --root /tmp/essai-5000`.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterable
from pathlib import Path

from tools.benchmarks.records import ROOT, Record, markdown, records

# What the site of the repository is made of: the records are added to it.
PARTS = ("catalysers", "newsletters", "content", "templates")


def write_site(found: Iterable[Record], folder: Path) -> None:
    """Write a copy of this repository's site into the new `folder`, with the records added."""
    for name in PARTS:
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "site.toml", folder)
    for record in found:
        path = folder / "catalysers" / f"{record.slug}.md"
        path.write_text(markdown(record), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    write_site(records(arguments.number), arguments.folder)
