"""A published folder, served on this machine while tests look at it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from pathlib import Path

import axe_playwright_python

from maille.preview.application import find_type
from maille.preview.server import OUTSIDE, Answer, Request, make_server

# Styles, scripts and fonts stay in the browser, as hosts let them: fetched and compiled again, they
# would be a quarter of the work of each page.
KEPT = (("Cache-Control", "max-age=86400"),)
# axe-core is among the scripts of each site, for the same reason: pages load only their own.
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
AXE_ADDRESS = "assets/axe.min.js"


@dataclass(frozen=True)
class FolderApplication:
    """The files of a folder; a folder inside answers with its `index.html`."""

    folder: Path
    base: str = "/"

    def answer(self, request: Request) -> Answer:
        """Return a file, a redirection to a folder, or the folder's own `404.html`."""
        if request.path == AXE_ADDRESS:
            return Answer(AXE.read_bytes(), find_type(AXE.name), headers=KEPT)
        path = self.folder / request.path
        if request.path != OUTSIDE and self.folder in (path, *path.resolve().parents):
            if path.is_dir() and request.path and not request.path.endswith("/"):
                where = (("Location", f"{self.base}{request.path}/"),)
                return Answer(b"", status=HTTPStatus.MOVED_PERMANENTLY, headers=where)
            file = path / "index.html" if path.is_dir() else path
            if file.is_file():
                kept = KEPT if request.path.startswith("assets/") else ()
                return Answer(file.read_bytes(), find_type(file.name), headers=kept)
        lost = self.folder / "404.html"
        text = lost.read_bytes() if lost.is_file() else b"<!doctype html><title>404</title>"
        return Answer(text, status=HTTPStatus.NOT_FOUND)


def make_folder_server(folder: Path, base: str = "/", port: int = 0) -> ThreadingHTTPServer:
    """Return a server of `folder`, bound to 127.0.0.1, below the path `base`."""
    return make_server(FolderApplication(folder.resolve(), base), base, port)


@contextmanager
def serving(folder: Path, base: str = "/") -> Iterator[str]:
    """Serve `folder` under the path `base`; give the address of the host, without a final slash."""
    with make_folder_server(folder, base) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
