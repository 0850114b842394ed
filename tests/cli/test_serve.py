"""The preview answers as a static host would, and says nothing of what is not a mistake."""

from __future__ import annotations

import contextlib
import os
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

from maille.cli import serve
from maille.cli.serve import find_free_port, make_server

HEAVY = 20_000_000


@pytest.fixture
def running(tmp_path: Path) -> Iterator[ThreadingHTTPServer]:
    (tmp_path / "lourd.bin").write_bytes(bytes(HEAVY))
    (tmp_path / "404.html").write_text("<p>Perdu</p>", encoding="utf-8")
    with _serving(tmp_path, "/base/") as started:
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


@pytest.mark.parametrize(
    "path",
    [
        *("/base/%00", "/base/404.html%00", "/base/%00/../404.html", "/base/?%00#%00"),
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


@pytest.fixture
def planted(running: ThreadingHTTPServer, tmp_path: Path) -> ThreadingHTTPServer:
    """Return the server of a folder in which somebody put what is no part of a site."""
    secret = tmp_path.parent / f"{tmp_path.name}-secret"
    secret.mkdir()
    for name in ("index.html", "cle"):
        (secret / name).write_text("secret", "utf-8")
    (tmp_path / "lien.html").symlink_to(secret / "cle")
    (tmp_path / "dossier").symlink_to(secret)
    (tmp_path / "page").mkdir()
    (tmp_path / "page/index.html").symlink_to(secret / "index.html")
    os.mkfifo(tmp_path / "tuyau")
    (tmp_path / "conduit").mkdir()
    os.mkfifo(tmp_path / "conduit/index.html")
    for folder in (".git", ".cache/a", "a/.b", ".well-known"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "x.txt").write_text("x", "utf-8")
    (tmp_path / ".maille").write_text("x", "utf-8")
    return running


@pytest.mark.parametrize(
    "path",
    [
        *("lien.html", "dossier/", "dossier/cle", "page/", "tuyau", "conduit/", "tuyau/"),
        *(".git/x.txt", ".cache/a/x.txt", "a/.b/x.txt", ".maille", "%2egit/x.txt", "a/"),
    ],
)
def test_links_pipes_and_hidden_files_are_no_part_of_the_site(
    planted: ThreadingHTTPServer, path: str
) -> None:
    assert _answer(planted, f"/base/{path}") == (404, b"<p>Perdu</p>")


def test_what_sites_give_at_a_well_known_address_is_served(planted: ThreadingHTTPServer) -> None:
    assert _answer(planted, "/base/.well-known/x.txt") == (200, b"x")


def test_the_page_that_is_not_found_is_no_link_either(
    planted: ThreadingHTTPServer, tmp_path: Path
) -> None:
    (tmp_path / "404.html").unlink()
    (tmp_path / "404.html").symlink_to(tmp_path / "lien.html")
    code, body = _answer(planted, "/base/rien")
    assert (code, b"secret" in body) == (404, False)


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
    said = _send(running, f"GET /base/404.html HTTP/1.1\r\n{lines}Connection: close\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 421 ")
    assert b"Perdu" not in said


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost:{}", "LOCALHOST", "[::1]:{}", "127.0.0.1:{}"]
)
def test_this_machine_is_answered(running: ThreadingHTTPServer, host: str) -> None:
    line = f"Host: {host.format(running.server_port)}\r\n"
    said = _send(running, f"GET /base/404.html HTTP/1.1\r\n{line}Connection: close\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 200 ")


def test_only_an_old_browser_may_name_no_host(running: ThreadingHTTPServer) -> None:
    assert _send(running, "GET /base/404.html HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 200 ")
    asked = "GET /base/404.html HTTP/1.1\r\nConnection: close\r\n\r\n"
    assert _send(running, asked).startswith(b"HTTP/1.1 421 ")


@pytest.mark.parametrize("sent", ["", "GET /base/", "GET /base/ HTTP/1.1\r\nHost: a\r\nX: "])
@pytest.mark.parametrize("pause", [0.05, 60], ids=["letter by letter", "silent"])
def test_a_visitor_who_never_ends_is_left(
    tmp_path: Path,
    sent: str,
    pause: float,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(serve, "PATIENCE_SECONDS", 0.4)
    monkeypatch.setattr(serve._Handler, "timeout", 0.4)
    with _serving(tmp_path) as started:
        with socket.create_connection(("127.0.0.1", started.server_port)) as visitor:
            visitor.sendall(sent.encode())
            visitor.settimeout(pause)
            end = time.monotonic() + 20
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
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "lourd.bin").write_bytes(bytes(HEAVY))
    monkeypatch.setattr(serve._Handler, "timeout", 0.3)
    ended = threading.Event()
    with _serving(tmp_path) as started:
        shut = started.shutdown_request

        def note(request: Any) -> None:
            shut(request)
            ended.set()

        started.shutdown_request = note  # type: ignore[method-assign]
        with socket.create_connection(("127.0.0.1", started.server_port)) as visitor:
            visitor.sendall(b"GET /lourd.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert ended.wait(20)
    assert capfd.readouterr().err == ""


def test_a_free_port_is_one_that_opens(running: ThreadingHTTPServer) -> None:
    free = find_free_port(running.server_port - 1)
    assert free != running.server_port
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", free))
    assert find_free_port(65535) == 8000


@contextlib.contextmanager
def _serving(folder: Path, base: str = "/") -> Iterator[ThreadingHTTPServer]:
    with make_server(folder, base) as started:
        # It looks this often, in seconds, whether to stop: half a second otherwise, in every test.
        threading.Thread(target=started.serve_forever, args=(0.01,), daemon=True).start()
        yield started
        started.shutdown()


def _send(running: ThreadingHTTPServer, text: str) -> bytes:
    """Send the bytes of a request; return those of the answer, until the connection is closed."""
    with socket.create_connection(("127.0.0.1", running.server_port)) as visitor:
        visitor.sendall(text.encode())
        visitor.settimeout(20)
        return b"".join(iter(lambda: visitor.recv(65536), b""))


def _answer(running: ThreadingHTTPServer, path: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", running.server_port, timeout=20)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()
