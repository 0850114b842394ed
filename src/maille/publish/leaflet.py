"""Leaflet and its two plug-ins: the files that the map page loads, and their licences.

The scripts and style sheets come from wheels, which contain no licence text: `data/licences/`
has the licence of each library, as its authors publish it.
"""

from __future__ import annotations

import functools
import importlib
import importlib.resources
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Library:
    """A JavaScript library: its name and version, the package it comes from, the files to serve."""

    name: str
    version: str
    package: str
    files: tuple[str, ...]

    @property
    def folder(self) -> str:
        """Return the name of the folder of the library under assets."""
        return f"{self.name}-{self.version}"


LIBRARIES = (
    Library("leaflet", "1.9.3", "xstatic.pkg.leaflet", ("leaflet.js", "leaflet.css")),
    Library(
        "leaflet-markercluster",
        "1.4.1",
        "xstatic.pkg.leaflet_markercluster",
        ("leaflet.markercluster.js",),
    ),
    Library(
        "leaflet-gesture-handling",
        "1.2.1",
        "xstatic.pkg.leaflet_gesturehandling",
        ("leaflet-gesture-handling.min.js", "leaflet-gesture-handling.min.css"),
    ),
)


@functools.cache  # a process that builds again reads the files once
def read_libraries() -> Mapping[str, bytes]:
    """Return the bytes of files and licences, by path in assets: `leaflet-1.9.3/leaflet.js`."""
    return {
        f"{library.folder}/{name}": data
        for library in LIBRARIES
        for name, data in _read_files(library).items()
    }


def _read_files(library: Library) -> dict[str, bytes]:
    folder = Path(importlib.import_module(library.package).BASE_DIR)
    licences = importlib.resources.files("maille") / "data" / "licences"
    files = {name: (folder / name).read_bytes() for name in library.files}
    return files | {"LICENSE.txt": (licences / f"{library.name}.txt").read_bytes()}
