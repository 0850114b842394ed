"""Request web addresses, slowly enough for their hosts, to find those that no longer work."""

from __future__ import annotations

import enum
import http.client
import itertools
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

# Seconds that a request may last, and seconds between two requests to one host.
TIMEOUT = 20.0
PAUSE = 1.0
# At most this many addresses are requested in a chain of redirects.
HOPS = 6
_REFUSALS = frozenset({401, 402, 403, 407, 423, 429, 451, 999})


class Verdict(enum.StrEnum):
    """Whether an address still works."""

    GOOD = "bonne"
    MOVED = "déménagée"
    GONE = "partie"
    REFUSED = "refusée"
    UNREACHABLE = "muette"


@dataclass(frozen=True, slots=True)
class Answer:
    """The result for an address: the verdict, the new address if it moved, the cause in French."""

    verdict: Verdict
    moved_to: str = ""
    cause: str = ""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leaves redirects to the caller, which must know whether they are permanent."""

    def redirect_request(self, *_: Any) -> None:
        """Follow no redirect."""


def ask_all(
    addresses: Iterable[str],
    agent: str,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[tuple[str, Answer]]:
    """Request the addresses one at a time; yield each with its result.

    Hosts take turns, and a host gets at most one request in `PAUSE` seconds. `agent` is the
    User-Agent to send. `sleep` and `clock` are arguments so that tests need not wait.
    """
    last: dict[str, float] = {}

    def wait(address: str) -> None:
        host = urlsplit(address).netloc
        if (left := last.get(host, -PAUSE) + PAUSE - clock()) > 0:
            sleep(left)
        last[host] = clock()

    for address in _take_turns(addresses):
        yield address, ask(address, agent, wait)


def _take_turns(addresses: Iterable[str]) -> Iterator[str]:
    """Yield one address of each host, then a second one of each, and so on."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        hosts[urlsplit(address).netloc].append(address)
    for turn in itertools.zip_longest(*hosts.values()):
        yield from filter(None, turn)


def ask(address: str, agent: str, wait: Callable[[str], None] = lambda _: None) -> Answer:
    """Return the result for an address; `wait` is called before each request.

    Some servers answer HEAD wrongly: after an error, the request is made again with GET.
    """
    here, for_good = address, True
    try:
        for _ in range(HOPS):
            status, target = _request("HEAD", here, agent, wait)
            if status >= 400:
                status, target = _request("GET", here, agent, wait)
            if not target:
                return _judge(status, address, here, for_good=for_good)
            if urlsplit(target).scheme not in {"http", "https"}:
                return Answer(Verdict.UNREACHABLE, cause="renvoie hors du web")
            for_good = for_good and status in {301, 308}
            here = target
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(Verdict.UNREACHABLE, cause=_explain(error))
    return Answer(Verdict.UNREACHABLE, cause="renvoie sans fin d'une adresse à l'autre")


def _request(method: str, address: str, agent: str, wait: Callable[[str], None]) -> tuple[int, str]:
    """Call `wait`, send one request, and return its status with the target of a redirect or "".

    A status of error is returned too. Raises OSError or HTTPException if there is no answer.
    """
    wait(address)
    opener = urllib.request.build_opener(_NoRedirect)
    asked = urllib.request.Request(address, method=method, headers={"User-Agent": agent})  # noqa: S310 - http only
    try:
        with opener.open(asked, timeout=TIMEOUT) as answer:
            return answer.status, ""
    except urllib.error.HTTPError as error:
        target = error.headers.get("Location", "") if 300 <= error.code < 400 else ""
        error.close()
        return error.code, urljoin(address, target) if target else ""


def _judge(status: int, address: str, here: str, *, for_good: bool) -> Answer:
    if status in {404, 410}:
        return Answer(Verdict.GONE, cause=f"réponse {status}")
    if status in _REFUSALS:
        return Answer(Verdict.REFUSED, cause=f"réponse {status}")
    if status >= 300:
        return Answer(Verdict.UNREACHABLE, cause=f"réponse {status}")
    if here == address or not for_good:
        return Answer(Verdict.GOOD)
    if urlsplit(here).path in {"", "/"} and urlsplit(address).path not in {"", "/"}:
        return Answer(Verdict.GONE, here, "renvoie à l'accueil du site")
    return Answer(Verdict.MOVED, here)


def _explain(error: Exception) -> str:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, TimeoutError):
        return f"pas de réponse en {TIMEOUT:.0f} s"
    if isinstance(cause, socket.gaierror):
        return "aucun site de ce nom n'est connu d'ici"
    if isinstance(cause, ssl.SSLError):
        return "son certificat n'est pas bon"
    if isinstance(cause, ConnectionError):
        return "la connexion est refusée"
    return f"la connexion échoue ({cause})"
