"""The preview answers as a static host would, and says nothing of what is not a mistake."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection, RemoteDisconnected
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from maille.cli.serve import make_server

HEAVY = 20_000_000


@pytest.fixture
def running(tmp_path: Path) -> Iterator[ThreadingHTTPServer]:
    (tmp_path / "lourd.bin").write_bytes(bytes(HEAVY))
    (tmp_path / "404.html").write_text("<p>Perdu</p>", encoding="utf-8")
    with make_server(tmp_path, "/base/") as started:
        threading.Thread(target=started.serve_forever, daemon=True).start()
        yield started
        started.shutdown()


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
        visitor.sendall(b"GET /base/lourd.bin HTTP/1.1\r\nHost: essai\r\n\r\n")
        assert visitor.recv(100).startswith(b"HTTP/1.1 200")
        # Leave without a goodbye, as a closed tab does.
        visitor.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert ended.wait(20)
    assert capfd.readouterr().err == ""


def test_a_mistake_of_ours_is_still_told(
    running: ThreadingHTTPServer, capfd: pytest.CaptureFixture[str]
) -> None:
    """A server that cannot answer says why."""
    running.RequestHandlerClass = lambda *_: 1 / 0  # type: ignore[assignment]
    with pytest.raises(RemoteDisconnected):
        _answer(running, "/base/")
    end = time.monotonic() + 20
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
    assert _answer(running, "/base/404.html")[0] == 200
    end = time.monotonic() + 20
    while not seen and time.monotonic() < end:
        time.sleep(0.01)
    assert all(seen)
    assert seen


def test_what_is_there_is_given(running: ThreadingHTTPServer) -> None:
    assert _answer(running, "/base/lourd.bin") == (200, bytes(HEAVY))


def _answer(running: ThreadingHTTPServer, path: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", running.server_port)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()
