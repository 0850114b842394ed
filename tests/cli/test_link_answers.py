"""What a real server answers, and how politely it is asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from maille.cli import link_answers
from maille.cli.link_answers import Answer, Verdict, ask, ask_all

AGENT = "Maille/0 (liens de https://essai.example/)"
# Path → status of HEAD, status of GET, address to which it redirects.
PAGES: dict[str, tuple[int, int, str]] = {
    "/": (200, 200, ""),
    "/bonne": (200, 200, ""),
    "/tete-refusee": (405, 200, ""),
    "/tete-perdue": (404, 200, ""),
    "/partie": (404, 404, ""),
    "/partie-pour-de-bon": (410, 410, ""),
    "/fermee": (403, 403, ""),
    "/trop": (429, 429, ""),
    "/en-panne": (503, 503, ""),
    "/demenagee": (301, 301, "/bonne"),
    "/deux-fois": (308, 308, "/demenagee"),
    "/pour-un-temps": (302, 302, "/bonne"),
    "/pour-un-temps-puis-pour-de-bon": (302, 302, "/demenagee"),
    "/vers-rien": (301, 301, "/partie"),
    "/vers-l-accueil": (301, 301, "/"),
    "/sans-fin": (301, 301, "/sans-fin"),
    "/hors-du-web": (301, 301, "file:///etc/passwd"),
}


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadingHTTPServer]:
    """A server that keeps what it was asked: method, path, user agent."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.answer(0)

        def do_GET(self) -> None:
            self.answer(1)

        def answer(self, number: int) -> None:
            asked.append((self.command, self.path, self.headers["User-Agent"]))
            *statuses, target = PAGES[self.path]
            self.send_response(statuses[number])
            if target:
                self.send_header("Location", target)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    asked: list[tuple[str, str, str]] = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as made:
        made.asked = asked  # type: ignore[attr-defined]
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


def locate(server: ThreadingHTTPServer, path: str) -> str:
    return f"http://127.0.0.1:{server.server_port}{path}"


@pytest.mark.parametrize(
    ("path", "verdict", "target"),
    [
        ("/bonne", Verdict.GOOD, ""),
        ("/tete-refusee", Verdict.GOOD, ""),
        ("/tete-perdue", Verdict.GOOD, ""),
        ("/partie", Verdict.GONE, ""),
        ("/partie-pour-de-bon", Verdict.GONE, ""),
        ("/fermee", Verdict.REFUSED, ""),
        ("/trop", Verdict.REFUSED, ""),
        ("/en-panne", Verdict.UNREACHABLE, ""),
        ("/demenagee", Verdict.MOVED, "/bonne"),
        ("/deux-fois", Verdict.MOVED, "/bonne"),
        ("/pour-un-temps", Verdict.GOOD, ""),
        ("/pour-un-temps-puis-pour-de-bon", Verdict.GOOD, ""),
        ("/vers-rien", Verdict.GONE, ""),
        ("/vers-l-accueil", Verdict.GONE, "/"),
        ("/sans-fin", Verdict.UNREACHABLE, ""),
        ("/hors-du-web", Verdict.UNREACHABLE, ""),
    ],
)
def test_each_answer_has_its_verdict(
    server: ThreadingHTTPServer, path: str, verdict: Verdict, target: str
) -> None:
    found = ask(locate(server, path), AGENT)
    assert (found.verdict, found.moved_to) == (verdict, target and locate(server, target))
    assert bool(found.cause) == (verdict not in {Verdict.GOOD, Verdict.MOVED})


def test_it_says_who_asks_and_asks_for_the_page_only_if_needed(server: ThreadingHTTPServer) -> None:
    asked: list[tuple[str, str, str]] = server.asked  # type: ignore[attr-defined]
    asked.clear()
    ask(locate(server, "/bonne"), AGENT)
    ask(locate(server, "/partie"), AGENT)
    assert asked == [
        ("HEAD", "/bonne", AGENT),
        ("HEAD", "/partie", AGENT),
        ("GET", "/partie", AGENT),
    ]


@pytest.mark.parametrize(
    ("address", "cause"),
    [
        ("http://127.0.0.1:9/", "la connexion est refusée"),
        ("http://nulle-part.invalid/", "aucun site de ce nom"),
        ("http://[::1", "la connexion échoue"),
        ("https://127.0.0.1:{port}/bonne", "son certificat n'est pas bon"),
    ],
)
def test_what_does_not_answer_says_why(
    server: ThreadingHTTPServer, address: str, cause: str
) -> None:
    found = ask(address.format(port=server.server_port), AGENT)
    assert (found.verdict, found.cause.startswith(cause)) == (Verdict.UNREACHABLE, True), found


def test_a_silent_server_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    monkeypatch.setattr(link_answers, "TIMEOUT", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        found = ask(f"http://127.0.0.1:{silent.getsockname()[1]}/", AGENT)
    assert (found.verdict, found.cause[:18]) == (Verdict.UNREACHABLE, "pas de réponse en ")


def test_hosts_take_turns_and_none_is_hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    now, log = [0.0], []

    def request(method: str, address: str, agent: str, wait: Any) -> tuple[int, str]:
        wait(address)
        log.append((address, now[0]))
        now[0] += 0.1
        return 200, ""

    def sleep(seconds: float) -> None:
        now[0] += seconds

    monkeypatch.setattr(link_answers, "_request", request)
    addresses = ["http://a/1", "http://a/2", "http://a/3", "http://b/1", "http://b/2"]
    found = dict(ask_all(addresses, AGENT, sleep, lambda: now[0]))
    assert found == dict.fromkeys(addresses, Answer(Verdict.GOOD))
    order = [address for address, _ in log]
    assert order == ["http://a/1", "http://b/1", "http://a/2", "http://b/2", "http://a/3"]
    times = dict(log)
    assert times["http://a/2"] - times["http://a/1"] >= link_answers.PAUSE
    assert times["http://b/1"] < link_answers.PAUSE
