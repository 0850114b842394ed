"""Serve the published folder on this machine, as a static host would."""

from __future__ import annotations

import contextlib
import functools
import socket
import sys
import threading
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from maille.text.urls import extract_base_path

# The connection is closed if the visitor sends or reads nothing for this long, or if the request is
# not complete after this long.
PATIENCE_SECONDS = 10.0
NAMES = ("127.0.0.1", "localhost", "[::1]")
# The only hidden folder that is served (RFC 8615).
_WELL_KNOWN = ".well-known"


def serve(running: ThreadingHTTPServer, base_url: str) -> None:
    """Print the address of a server, and run it until Ctrl+C, which raises KeyboardInterrupt."""
    with running:
        address = f"http://127.0.0.1:{running.server_port}{extract_base_path(base_url)}"
        print(f"Le site est à l'adresse {address} (Ctrl+C pour arrêter).", flush=True)
        running.serve_forever()


def make_server(output: Path, base_url: str = "/", port: int = 0) -> ThreadingHTTPServer:
    """Return a server of `output`, bound to 127.0.0.1; port 0 means any free port.

    Raises OSError if the port cannot be opened.
    """
    handler = functools.partial(_Handler, directory=str(output), base=extract_base_path(base_url))
    # `SimpleHTTPRequestHandler` resolves paths below `directory` only.
    return _Server(("127.0.0.1", port), handler)


def find_free_port(after: int) -> int:
    """Return the first port above `after` that is free now, or 8000 if there is none."""
    for port in range(after + 1, 65536):
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    return 8000


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore a browser that closed the connection, or is too slow to read the answer."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE_SECONDS  # for each read and each write
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

    def handle_one_request(self) -> None:
        """Answer one request; close the connection if it is not complete soon enough."""
        self.patience = threading.Timer(PATIENCE_SECONDS, self._stop_reading)
        self.patience.daemon = True
        self.patience.start()
        try:
            super().handle_one_request()
        finally:
            self.patience.cancel()

    def _stop_reading(self) -> None:
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RD)

    def send_head(self) -> Any:
        """Send the headers and return the open file; or send an error and return None."""
        self.patience.cancel()
        if not self._is_host_ours():
            explanation = "Ce serveur ne répond qu'à son adresse : http://127.0.0.1, et son port."
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST, explain=explanation)
        elif "\0" in unquote(self.path):
            self.send_error(HTTPStatus.BAD_REQUEST)
        elif not self._is_published():
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            return super().send_head()
        return None

    def _is_host_ours(self) -> bool:
        """Return whether the Host header of the request names this machine.

        Another name may belong to a hostile site, which makes a browser on this machine read this
        server (DNS rebinding). A request of HTTP/1.0 may name no host.
        """
        hosts = self.headers.get_all("Host", [])
        if not hosts:
            return self.request_version < "HTTP/1.1"
        port = f":{self.connection.getsockname()[1]}"
        return len(hosts) == 1 and hosts[0].strip().casefold().removesuffix(port) in NAMES

    def _is_published(self) -> bool:
        """Return whether the request is for a file of the site, or for a folder with a page.

        Hidden files, symbolic links, pipes and devices do not count.
        """
        path = Path(self.translate_path(self.path))
        parts = path.relative_to(self.directory).parts
        if any(part.startswith(".") and part != _WELL_KNOWN for part in parts):
            return False
        parents = [*reversed(path.parents)][len(Path(self.directory).parts) :]
        try:
            if any(one.is_symlink() for one in (*parents, path)):
                return False
            page = path / "index.html" if path.is_dir() else path
            return page.is_file() and not page.is_symlink()
        except (OSError, ValueError):  # too long, or with characters that no file name has
            return False

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
        if code != HTTPStatus.NOT_FOUND or lost.is_symlink() or not lost.is_file():
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
