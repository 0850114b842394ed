"""Leaflet and its two plug-ins: the files that the map page serves, and their licences.

The wheels hold no licence text, so the three are written out here, as their authors publish them.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Library:
    """A JavaScript library of a wheel: where it goes under assets, and what is taken of it."""

    folder: str
    package: str
    files: tuple[str, ...]
    licence: str


_MIT = """\
Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""

_BSD_2 = """\
Redistribution and use in source and binary forms, with or without
modification, are permitted provided that the following conditions are met:

1. Redistributions of source code must retain the above copyright notice, this
   list of conditions and the following disclaimer.

2. Redistributions in binary form must reproduce the above copyright notice,
   this list of conditions and the following disclaimer in the documentation
   and/or other materials provided with the distribution.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"
AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
"""

LIBRARIES = (
    Library(
        "leaflet-1.9.3",
        "xstatic.pkg.leaflet",
        ("leaflet.js", "leaflet.css"),
        "BSD 2-Clause License\n\nCopyright (c) 2010-2022, Vladimir Agafonkin\n"
        f"Copyright (c) 2010-2011, CloudMade\nAll rights reserved.\n\n{_BSD_2}",
    ),
    Library(
        "leaflet-markercluster-1.4.1",
        "xstatic.pkg.leaflet_markercluster",
        ("leaflet.markercluster.js",),
        f"Copyright 2012 David Leaver\n\n{_MIT}",
    ),
    Library(
        "leaflet-gesture-handling-1.2.1",
        "xstatic.pkg.leaflet_gesturehandling",
        ("leaflet-gesture-handling.min.js", "leaflet-gesture-handling.min.css"),
        f"MIT License\n\nCopyright (c) 2018 elmarquis\n\n{_MIT}",
    ),
)


def read() -> dict[str, bytes]:
    """Return the files by their path under assets: « leaflet-1.9.3/leaflet.js » and so on."""
    return {
        f"{library.folder}/{name}": data
        for library in LIBRARIES
        for name, data in _files(library).items()
    }


def _files(library: Library) -> dict[str, bytes]:
    folder = Path(importlib.import_module(library.package).BASE_DIR)
    files = {name: (folder / name).read_bytes() for name in library.files}
    return files | {"LICENSE.txt": library.licence.encode()}
