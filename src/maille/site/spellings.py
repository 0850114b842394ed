"""Find two spellings of one organisation, web address or domain in different files.

Only near certainties are reported: spellings that differ only in case, accents, dots, hyphens and
spaces, or by one slip in a long word that is not the name of a commune.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from maille.content.documents import Position, list_texts
from maille.problems import Level, Problem
from maille.schema.kind import Entry
from maille.text.names import fold
from maille.text.suggestions import differ_by_a_slip

_LONG = 6  # letters: in a shorter word, one different letter is not taken for a slip
_LONG_DOMAIN = 12  # the same for a domain, without its hyphens and its ending
_ADDRESS = re.compile(r"https?://\S+")
_HOST = re.compile(r"https?://(?:[^/?#@]*@)?([^/?#:]+)", re.IGNORECASE)
_SEEN = "si c'est voulu, ajoutez # vu à la fin de cette ligne"
_SEEN_IN_BODY = "si c'est voulu, ajoutez <!-- vu --> au-dessus du paragraphe"


@dataclass(frozen=True, slots=True)
class _Use:
    """One place where a name or an address is written."""

    text: str
    entry: Entry
    at: Position
    in_body: bool = False

    @property
    def is_own(self) -> bool:
        """Return whether this is the heading of its entry: `same_names` compares headings."""
        return self.text == _straighten(self.entry.heading or "")

    @property
    def place(self) -> str:
        return f"{self.entry.path}, ligne {self.at.line}"


def check_spellings(entries: Iterable[Entry], communes: Container[str]) -> Iterator[Problem]:
    """Yield a warning in each file with an unusual spelling of an organisation or an address.

    The usual spelling of an organisation is the heading of a record, else the most frequent one;
    that of an address is the most frequent one with `https`, else the most frequent one. Addresses
    in letters and articles stay as they were sent: only their domains are compared. `communes` has
    the folded names of communes: a word that is one of them is never taken for a slip.
    """
    every = [entry for entry in entries if not entry.is_example]
    names = [*_list_names(every)]
    if not all(use.is_own for use in names):
        yield from _compare(names, fold_whole, "nom")
        yield from _compare_near(names, communes)
    addresses = [*_list_addresses(every)]
    lasting = [use for use in addresses if not use.entry.is_of_its_day]
    yield from _compare(lasting, fold_address, "adresse")
    yield from _compare_domains(addresses)


# --- What is written, and where ---


def _list_names(entries: Iterable[Entry]) -> Iterator[_Use]:
    for entry in entries:
        for path, name in entry.list_organisations():
            if name:
                yield _Use(_straighten(name), entry, entry.document.find_position(path))


def _straighten(name: str) -> str:
    """Return a name with plain spaces and apostrophes: the other kinds make no difference."""
    return " ".join(name.replace("’", "'").split())


def _list_addresses(entries: Iterable[Entry]) -> Iterator[_Use]:
    for entry in entries:
        document = entry.document
        for path, text in list_texts(document.front_matter):
            if text.startswith("http") and _ADDRESS.fullmatch(text):
                yield _Use(_end_host(text), entry, document.find_position(path))
        for link in entry.body.links:
            if link.target.startswith("http"):
                at = Position(link.line, link.column)
                yield _Use(_end_host(link.target), entry, at, in_body=True)


def _end_host(address: str) -> str:
    """Return an address, with a final slash if it has no path: it means the same (RFC 3986)."""
    return f"{address}/" if address.count("/") == 2 else address


# --- The same but for case, accents and punctuation ---


def fold_whole(name: str) -> str:
    """Return the letters and digits of a name alone: « Idéal Co » and « IdealCo » are equal."""
    return fold(name).replace(" ", "")


def fold_address(address: str) -> str:
    """Return a web address without its scheme, « www. » and final slash."""
    return re.sub(r"^https?://(?:www\.)?", "", address).removesuffix("/")


def _compare(uses: Iterable[_Use], form: Callable[[str], str], what: str) -> Iterator[Problem]:
    """Yield a warning for each unusual text among the texts with the same form.

    `form` returns the form of a text, as `fold_whole` does; `what` is what the texts are, in
    French.
    """
    forms: dict[str, str] = {}  # a text → its form; most texts come many times
    groups: dict[str, list[_Use]] = {}
    for use in uses:
        if use.text not in forms:
            forms[use.text] = form(use.text)
        groups.setdefault(forms[use.text], []).append(use)
    for folded, group in groups.items():
        if folded and len({use.text for use in group}) > 1:
            yield from _report(group, what)


def _report(group: Iterable[_Use], what: str) -> Iterator[Problem]:
    """Yield a warning for each unusual spelling, once per file.

    The headings of records, and the entry with the usual spelling, get no warning.
    """
    every = [*group]
    counts: dict[str, int] = {}
    for use in every:
        counts[use.text] = counts.get(use.text, 0) + 1
    usual = max(every, key=lambda use: (use.is_own, use.text.startswith("https"), counts[use.text]))
    told: set[tuple[str, str]] = set()
    for use in every:
        known = use.text == usual.text or use.entry is usual.entry or use.is_own
        if known or (use.text, use.entry.path) in told:
            continue
        told.add((use.text, use.entry.path))
        yield _make(
            use,
            f"« {use.text} » s'écrit aussi « {usual.text} » ({usual.place})",
            f"écrivez {usual.text} partout, ou l'autre {what}",
        )


def _make(use: _Use, message: str, hint: str) -> Problem:
    whole = f"{hint} ; {_SEEN_IN_BODY if use.in_body else _SEEN}"
    return Problem(
        use.entry.path, message, whole, Level.WARNING, line=use.at.line, column=use.at.column
    )


# --- Two names that differ by one slip ---


def _compare_near(uses: Iterable[_Use], communes: Container[str]) -> Iterator[Problem]:
    """Yield a warning for two names that differ by one slip in one word.

    A slip leaves the start or the end of the word unchanged: only names with the same other words,
    and with the same start or end of this word, are compared.
    """
    first: dict[str, _Use] = {}
    for use in uses:
        first.setdefault(fold(use.text), use)
    groups: dict[tuple[str, ...], list[tuple[str, _Use]]] = {}
    for folded, use in first.items():
        words = folded.split()
        for number, word in enumerate(words):
            if len(word) >= _LONG and not word.isdigit():
                rest = (*words[:number], "", *words[number + 1 :])
                for part in (word[: _LONG // 2], f"-{word[-_LONG // 2 :]}"):
                    groups.setdefault((*rest, part), []).append((word, use))
    yield from _report_near(groups, communes)


def _report_near(
    groups: Mapping[tuple[str, ...], list[tuple[str, _Use]]], communes: Container[str]
) -> Iterator[Problem]:
    told: set[tuple[str, str]] = set()
    for group in groups.values():
        for number, (word, use) in enumerate(group):
            for other, earlier in group[:number]:
                apart = word in communes or other in communes or (use.is_own and earlier.is_own)
                pair = (use.text, earlier.text)
                if pair not in told and not apart and _is_slip(word, other):
                    told.add(pair)
                    message = f"« {use.text} » est à une lettre de « {earlier.text} »"
                    hint = f"écrivez {earlier.text} partout si c'est le même nom"
                    yield _make(use, f"{message} ({earlier.place})", hint)


def _is_slip(word: str, other: str) -> bool:
    """Return whether two words without digits differ by one slip.

    A different first letter makes another name (« Gérard » and « Bérard »), and so does a different
    last letter, if the words are equally long (« Alexandre » and « Alexandra »).
    """
    if re.search(r"\d", word + other) or word[0] != other[0]:
        return False
    same_end = word[-1] == other[-1] or len(word) != len(other)
    return same_end and differ_by_a_slip(word, other)


# --- Two spellings of a domain ---


def _compare_domains(uses: Iterable[_Use]) -> Iterator[Problem]:
    """Yield a warning for each domain that is almost the same as one at least as frequent.

    The two differ only by hyphens, or by one slip. A slip leaves the start or the end of a long
    domain unchanged: only domains with the same start or end are compared.
    """
    every = [*uses]
    domains = {text: _find_domain(text) for text in {use.text: None for use in every}}
    groups: dict[str, list[_Use]] = {}
    for use in every:
        if domain := domains[use.text]:
            groups.setdefault(domain, []).append(use)
    near: dict[tuple[str, str], list[str]] = {}
    for domain in sorted(groups, key=lambda one: (-len(groups[one]), one)):
        bare, ending = _strip_hyphens(domain)
        half = _LONG_DOMAIN // 2
        keys = [(f"={bare}", ending)]
        if len(bare) >= _LONG_DOMAIN:
            keys += [(bare[:half], ending), (f"-{bare[-half:]}", ending)]
        others = [other for key in keys for other in near.get(key, ())]
        other = next((one for one in others if _is_one_domain(domain, one)), None)
        if other:
            use, first = groups[domain][0], groups[other][0]
            message = f"« {domain} » ressemble à « {other} » ({first.place})"
            yield _make(use, message, f"écrivez {other} si c'est le même site")
        for key in keys:
            near.setdefault(key, []).append(domain)


def _find_domain(address: str) -> str:
    """Return the last two parts of the host of an address; "" for an IP or a single word."""
    found = _HOST.match(address)
    parts = found[1].lower().rsplit(".", 2)[-2:] if found else []
    return ".".join(parts) if len(parts) == 2 and not parts[1].isdigit() else ""


def _strip_hyphens(domain: str) -> tuple[str, str]:
    """Return a domain's name, without hyphens, and its ending: « a-b.fr » gives "ab" and "fr"."""
    bare, _, ending = domain.replace("-", "").rpartition(".")
    return bare, ending


def _is_one_domain(one: str, other: str) -> bool:
    """Return whether two domains with the same ending differ only by hyphens, or by one slip.

    Their digits must be the same.
    """
    bare, known = _strip_hyphens(one)[0], _strip_hyphens(other)[0]
    if re.sub(r"\D", "", bare) != re.sub(r"\D", "", known):
        return False
    return bare == known or differ_by_a_slip(bare, known)
