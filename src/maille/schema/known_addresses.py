"""Find, among the addresses that the site links to, the one meant by a mistyped address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from maille.content.documents import Document, list_texts
from maille.problems import Problem
from maille.text.patterns import compile_late
from maille.text.typed_addresses import is_web_address

_TOLD = compile_late(r"« (\S+) » n'est pas une adresse de site")
_HINT = compile_late(r"écrivez \w+: … avec l'adresse entière")
# The minimum number of letters and digits for a host to be compared.
_LEAST = 7


def suggest_known_addresses(
    problems: Iterable[Problem], documents: Iterable[Document]
) -> Iterator[Problem]:
    """Yield the problems; the hint for a wrong web address gives the right one, if it is known.

    The right one, or its host, is in the documents: see `KnownAddresses.find_meant`.
    """
    known: KnownAddresses | None = None
    for problem in problems:
        told = _TOLD.match(problem.message)
        if told and _HINT.match(problem.hint):
            if known is None:
                known = KnownAddresses(_list_addresses(documents))
            if right := known.find_meant(told[1]):
                yield replace(problem, hint=f"écrivez {right}")
                continue
        yield problem


def _list_addresses(documents: Iterable[Document]) -> Iterator[str]:
    for document in documents:
        for _, text in list_texts(document.front_matter):
            if text.startswith("http") and is_web_address(text):
                yield text
        yield from (one.target for one in document.body.links if is_web_address(one.target))


class KnownAddresses:
    """Valid web addresses, indexed by their letters and digits."""

    def __init__(self, addresses: Iterable[str]) -> None:
        every = [*addresses]
        self.by_letters = {_keep_letters(one): one for one in every}
        hosts = {urlsplit(one).netloc for one in every}
        self.hosts = {_keep_letters(one): one for one in sorted(hosts)}
        self.longest_first = sorted(self.hosts, key=len, reverse=True)

    def find_meant(self, typed: str) -> str:
        """Return the address that `typed` probably means, or "".

        It is the known address with the same letters and digits, if there is one. Otherwise, if
        the letters after « :// » begin with those of a known host, it is `typed` with this host
        spelt correctly. Hosts of fewer than `_LEAST` letters are too short to compare.
        """
        if same := self.by_letters.get(_keep_letters(typed)):
            return same
        scheme, sign, rest = typed.partition("://")
        letters = _keep_letters(rest)
        own = next((one for one in self.longest_first if letters.startswith(one)), "")
        start = re.match(r"[\W_]*".join(map(re.escape, own)), rest, re.IGNORECASE)
        if not sign or not start or len(own) < _LEAST:
            return ""
        return f"{scheme}://{self.hosts[own]}/{rest[start.end() :].lstrip('/.')}"


def _keep_letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()
