"""Serve the published folder on this machine, as a static host would."""

from __future__ import annotations

import functools
import sys
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from maille.text.urls import extract_base_path


def serve(output: Path, base_url: str, port: int) -> None:
    """Serve `output` on this machine until Ctrl+C. Raises OSError if the port cannot be opened."""
    with make_server(output, base_url, port) as running:
        address = f"http://127.0.0.1:{running.server_port}{extract_base_path(base_url)}"
        print(f"Le site est à l'adresse {address} (Ctrl+C pour arrêter).", flush=True)
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            print()


def make_server(output: Path, base_url: str = "/", port: int = 0) -> ThreadingHTTPServer:
    """Return a server of `output`, bound to 127.0.0.1; port 0 means any free port."""
    handler = functools.partial(_Handler, directory=str(output), base=extract_base_path(base_url))
    # `SimpleHTTPRequestHandler` resolves paths below `directory` only.
    return _Server(("127.0.0.1", port), handler)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore a browser that closed the connection before the end of the answer."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Otherwise each HTTP/1.1 answer waits 40 ms (Nagle's algorithm and delayed acknowledgements).
    disable_nagle_algorithm = True
    extensions_map = {  # noqa: RUF012 - the standard library's own attribute
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript; charset=utf-8",
        ".geojson": "application/geo+json",
        ".webp": "image/webp",
        ".woff2": "font/woff2",
        ".html": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
    }

    def __init__(self, *arguments: Any, base: str, **named: Any) -> None:
        self.base = base
        super().__init__(*arguments, **named)

    def translate_path(self, path: str) -> str:
        """Return the file path of a URL path; outside `base`, the path of a missing file."""
        inside = path.removeprefix(self.base.rstrip("/")) if path.startswith(self.base) else "/404"
        return super().translate_path(inside)

    def list_directory(self, path: Any) -> None:  # noqa: ARG002 - inherited
        """Answer 404 rather than list a folder."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a 404 with the site's own page, if it has one."""
        lost = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not lost.is_file():
            super().send_error(code, message, explain)
            return
        body = lost.read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing: the terminal is for the address and for errors."""
