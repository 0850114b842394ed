"""Serve an application on this machine alone, and survive visitors who never finish."""

from __future__ import annotations

import contextlib
import functools
import socket
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from maille.text.urls import extract_base_path

# The connection is closed if the visitor sends or reads nothing for this long, or if the request is
# not complete after this long.
PATIENCE_SECONDS = 10.0
# The path given to each request that is not below the base path. No file of a site has this name.
OUTSIDE = "?"
NAMES = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Request:
    """A request: a path below the base path, decoded, without its first `/`.

    `query` is the part after `?`. `page` is the path of the page that makes the request, or "" if
    it is unknown.
    """

    path: str
    query: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer; its body is bytes, or an iterator of pieces that are sent one by one."""

    body: bytes | Iterator[bytes]
    content_type: str = "text/html; charset=utf-8"
    status: HTTPStatus = HTTPStatus.OK
    headers: tuple[tuple[str, str], ...] = ()


class Application(Protocol):
    """An application that a server can serve."""

    def answer(self, request: Request) -> Answer:
        """Return the answer to a request."""


def make_server(
    application: Application, base_url: str = "/", port: int = 0
) -> ThreadingHTTPServer:
    """Return a server of `application`, bound to 127.0.0.1; port 0 means any free port.

    Raises OSError if the port cannot be opened.
    """
    handler = functools.partial(_Handler, application=application, base=extract_base_path(base_url))
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


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE_SECONDS  # for each read and each write

    # Otherwise each HTTP/1.1 answer waits 40 ms (Nagle's algorithm and delayed acknowledgements).
    disable_nagle_algorithm = True

    def __init__(self, *arguments: Any, application: Application, base: str) -> None:
        self.application, self.base = application, base
        super().__init__(*arguments)

    def handle_one_request(self) -> None:
        """Answer one request; close the connection if the request is not complete soon enough."""
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

    def do_GET(self) -> None:
        """Answer a request; refuse it if it is not for this machine, or has an invalid address."""
        self.patience.cancel()
        path = unquote(urlsplit(self.path).path, errors="surrogateescape")
        if not self._is_host_ours():
            explanation = "Ce serveur ne répond qu'à son adresse : http://127.0.0.1, et son port."
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST, explain=explanation)
        elif "\0" in unquote(self.path):
            self.send_error(HTTPStatus.BAD_REQUEST)
        else:
            inside = path.removeprefix(self.base) if path.startswith(self.base) else OUTSIDE
            asked = Request(inside, urlsplit(self.path).query, self._find_page())
            self._send(self.application.answer(asked))

    do_HEAD = do_GET

    def _find_page(self) -> str:
        """Return the path, below the base path, of the page in the `Referer` header; "" if none."""
        path = unquote(urlsplit(self.headers.get("Referer", "")).path, errors="surrogateescape")
        return path.removeprefix(self.base) if path.startswith(self.base) else ""

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        for name, value in answer.headers:
            self.send_header(name, value)
        if isinstance(answer.body, bytes):
            self.send_header("Content-Length", str(len(answer.body)))
        else:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        for piece in [answer.body] if isinstance(answer.body, bytes) else answer.body:
            self.wfile.write(piece)
            self.wfile.flush()

    def _is_host_ours(self) -> bool:
        """Return whether the request names this machine.

        Another name may belong to a hostile site, which makes a browser on this machine read this
        server (DNS rebinding). A request of HTTP/1.0 may name no host.
        """
        hosts = self.headers.get_all("Host", [])
        if not hosts:
            return self.request_version < "HTTP/1.1"
        port = f":{self.connection.getsockname()[1]}"
        return len(hosts) == 1 and hosts[0].strip().casefold().removesuffix(port) in NAMES

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing: the terminal is for the address and for errors."""
