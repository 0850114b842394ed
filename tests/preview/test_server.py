"""The server answers this machine alone, and says nothing of what is not a mistake."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Iterator
from http import HTTPStatus
from http.client import HTTPConnection, RemoteDisconnected
from http.server import ThreadingHTTPServer
from typing import Any

import pytest

from maille.preview import server
from maille.preview.server import Answer, Request, find_free_port, make_server

HEAVY = 20_000_000


class Files:
    """An application of two files."""

    def answer(self, request: Request) -> Answer:
        if request.path == "lourd.bin":
            return Answer(bytes(HEAVY))
        if request.path == "page.html":
            return Answer(f"<p>{request.query} {request.page}</p>".encode())
        if request.path == "flot":
            return Answer(iter([b"un\n", b"deux\n"]), "text/plain")
        return Answer(b"<p>Perdu</p>", status=HTTPStatus.NOT_FOUND)


@pytest.fixture
def running() -> Iterator[ThreadingHTTPServer]:
    with _serving("/base/") as started:
        yield started


def test_a_visitor_who_leaves_is_no_error(
    running: ThreadingHTTPServer, capfd: pytest.CaptureFixture[str]
) -> None:
    ended = threading.Event()
    shut = running.shutdown_request

    def note(request: Any) -> None:
        shut(request)
        ended.set()

    running.shutdown_request = note  # type: ignore[method-assign]
    with socket.create_connection(("127.0.0.1", running.server_port)) as visitor:
        visitor.sendall(b"GET /base/lourd.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert visitor.recv(100).startswith(b"HTTP/1.1 200")
        # Leave without a goodbye, as a closed tab does.
        visitor.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert ended.wait(60)
    assert capfd.readouterr().err == ""


def test_a_mistake_of_ours_is_still_told(
    running: ThreadingHTTPServer, capfd: pytest.CaptureFixture[str]
) -> None:
    """A server that cannot answer says why."""
    running.RequestHandlerClass = lambda *_: 1 / 0  # type: ignore[assignment]
    with pytest.raises(RemoteDisconnected):
        _answer(running, "/base/")
    end = time.monotonic() + 60
    said = ""
    while "ZeroDivisionError" not in said and time.monotonic() < end:
        said += capfd.readouterr().err
    assert "ZeroDivisionError" in said


@pytest.mark.parametrize(
    "path", ["/lourd.bin", "/base/", "/base/../../../../etc/passwd", "/base/rien"]
)
def test_what_is_not_there_is_lost(running: ThreadingHTTPServer, path: str) -> None:
    assert _answer(running, path) == (404, b"<p>Perdu</p>")


def test_an_answer_waits_for_no_acknowledgement(running: ThreadingHTTPServer) -> None:
    """Headers and body go in two packets: the second would wait 40 ms for each file."""
    seen: list[int] = []
    shut = running.shutdown_request

    def note(request: Any) -> None:
        seen.append(request.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        shut(request)

    running.shutdown_request = note  # type: ignore[method-assign]
    assert _answer(running, "/base/page.html")[0] == 200
    end = time.monotonic() + 60
    while not seen and time.monotonic() < end:
        time.sleep(0.01)
    assert all(seen)
    assert seen


def test_pieces_are_sent_until_there_are_no_more(running: ThreadingHTTPServer) -> None:
    assert _answer(running, "/base/flot") == (200, b"un\ndeux\n")


@pytest.mark.parametrize(
    ("referer", "page"),
    [("http://localhost/base/a/?b#c", "a/"), ("http://localhost/ailleurs/", ""), ("rien", "")],
)
def test_the_page_that_asks_is_known(running: ThreadingHTTPServer, referer: str, page: str) -> None:
    said = _send(
        running,
        "GET /base/page.html?a=1 HTTP/1.1\r\nHost: localhost\r\n"
        f"Referer: {referer}\r\nConnection: close\r\n\r\n",
    )
    assert said.endswith(f"<p>a=1 {page}</p>".encode())


def test_only_the_headers_are_sent_to_who_asks_for_them(running: ThreadingHTTPServer) -> None:
    said = _send(
        running, "HEAD /base/page.html HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    )
    assert said.startswith(b"HTTP/1.1 200 ")
    assert said.endswith(b"\r\n\r\n")


def test_what_is_there_is_given(running: ThreadingHTTPServer) -> None:
    assert _answer(running, "/base/lourd.bin") == (200, bytes(HEAVY))


@pytest.mark.parametrize(
    "path",
    [
        *("/base/%00", "/base/page.html%00", "/base/%00/../404.html", "/base/?%00#%00"),
        "/base/a%00b/index.html",
    ],
)
def test_a_path_with_a_nul_is_a_bad_request(
    running: ThreadingHTTPServer, path: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert _answer(running, path)[0] == 400
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("path", ["a" * 300, "%ff%fe", "%ed%a0%80", "a/" * 3000, "%2e%2e/%2e%2e/x"])
def test_a_path_that_no_disk_has_is_lost(
    running: ThreadingHTTPServer, path: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert _answer(running, f"/base/{path}") == (404, b"<p>Perdu</p>")
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    "hosts",
    [
        ["autre.example"],
        ["127.0.0.1.autre.example"],
        ["localhost:1"],
        ["localhost", "a.example"],
        [""],
    ],
)
def test_another_host_is_answered_nothing(running: ThreadingHTTPServer, hosts: list[str]) -> None:
    lines = "".join(f"Host: {host}\r\n" for host in hosts)
    said = _send(running, f"GET /base/page.html HTTP/1.1\r\n{lines}Connection: close\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 421 ")
    assert b"<p> <" not in said


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost:{}", "LOCALHOST", "[::1]:{}", "127.0.0.1:{}"]
)
def test_this_machine_is_answered(running: ThreadingHTTPServer, host: str) -> None:
    line = f"Host: {host.format(running.server_port)}\r\n"
    said = _send(running, f"GET /base/page.html HTTP/1.1\r\n{line}Connection: close\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 200 ")


def test_only_an_old_browser_may_name_no_host(running: ThreadingHTTPServer) -> None:
    assert _send(running, "GET /base/page.html HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 200 ")
    asked = "GET /base/page.html HTTP/1.1\r\nConnection: close\r\n\r\n"
    assert _send(running, asked).startswith(b"HTTP/1.1 421 ")


@pytest.mark.parametrize("sent", ["", "GET /base/", "GET /base/ HTTP/1.1\r\nHost: a\r\nX: "])
@pytest.mark.parametrize("pause", [0.05, 60], ids=["letter by letter", "silent"])
def test_a_visitor_who_never_ends_is_left(
    sent: str,
    pause: float,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(server, "PATIENCE_SECONDS", 0.4)
    monkeypatch.setattr(server._Handler, "timeout", 0.4)
    with _serving() as started:
        with socket.create_connection(("127.0.0.1", started.server_port)) as visitor:
            visitor.sendall(sent.encode())
            visitor.settimeout(pause)
            end = time.monotonic() + 60
            closed = False
            while not closed and time.monotonic() < end:
                try:
                    closed = visitor.recv(1) == b""
                except TimeoutError:
                    visitor.sendall(b"x")
                except ConnectionError:
                    closed = True
        assert closed
    assert capfd.readouterr().err == ""


def test_a_visitor_who_takes_nothing_is_left_in_silence(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(server._Handler, "timeout", 0.3)
    ended = threading.Event()
    with _serving() as started:
        shut = started.shutdown_request

        def note(request: Any) -> None:
            shut(request)
            ended.set()

        started.shutdown_request = note  # type: ignore[method-assign]
        with socket.create_connection(("127.0.0.1", started.server_port)) as visitor:
            visitor.sendall(b"GET /lourd.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert ended.wait(60)
    assert capfd.readouterr().err == ""


def test_a_free_port_is_one_that_opens(running: ThreadingHTTPServer) -> None:
    free = find_free_port(running.server_port - 1)
    assert free != running.server_port
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", free))
    assert find_free_port(65535) == 8000


@contextlib.contextmanager
def _serving(base: str = "/") -> Iterator[ThreadingHTTPServer]:
    with make_server(Files(), base) as started:
        # It looks this often, in seconds, whether to stop: half a second otherwise, in every test.
        threading.Thread(target=started.serve_forever, args=(0.01,), daemon=True).start()
        yield started
        started.shutdown()


def _send(running: ThreadingHTTPServer, text: str) -> bytes:
    """Send the bytes of a request; return those of the answer, until the connection is closed."""
    with socket.create_connection(("127.0.0.1", running.server_port)) as visitor:
        visitor.sendall(text.encode())
        visitor.settimeout(60)
        return b"".join(iter(lambda: visitor.recv(65536), b""))


def _answer(running: ThreadingHTTPServer, path: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", running.server_port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()
