"""Check the HTML of a mail against what mail clients support, as tested by caniemail.com.

A feature that Gmail, Outlook, Apple Mail, Orange, SFR or La Poste does not fully support gives an
error. A feature that only other clients lack, or that is untested, gives a warning. `fallbacks.py`
lists the features that are accepted anyway.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from maille.letters.support.css_features import Use
from maille.letters.support.fallbacks import can_do_with_part, can_do_without, is_basic
from maille.letters.support.html_features import find_uses
from maille.problems import Level, Problem
from maille.text.names import join_names

FAMILIES = {
    "gmail": "Gmail",
    "outlook": "Outlook",
    "apple-mail": "Apple Mail",
    "orange": "Orange",
    "sfr": "SFR",
    "laposte": "La Poste",
    "free-fr": "Free",
    "yahoo": "Yahoo",
    "thunderbird": "Thunderbird",
}
NAMED = 5  # if more features than this are untested in a client, they are not named
REQUIRED = ("gmail", "outlook", "apple-mail", "orange", "sfr", "laposte")
SYSTEMS = {
    "web": "sur le web",
    "web-mobile": "sur le web d'un téléphone",
    "windows": "sous Windows",
    "macos": "sur Mac",
    "ios": "sur iPhone",
    "android": "sur Android",
    "desktop": "sur ordinateur",
}


@dataclass(frozen=True, slots=True)
class Support:
    """Support for one feature, a letter per platform: `y`, `n`, `a` (in part) or `u` (unknown).

    `notes` are the testers' notes, in English, each with the indexes of its platforms.
    """

    letters: str
    notes: Mapping[str, tuple[int, ...]]

    def find_platforms(self, letters: str) -> list[int]:
        """Return the indexes of the platforms that have one of these letters."""
        return [rank for rank, letter in enumerate(self.letters) if letter in letters]


@dataclass(frozen=True, slots=True)
class Table:
    """The contents of `data/courriel.json`; `platforms` look like "outlook/windows"."""

    source: str
    version: str
    date: str
    licence: str
    platforms: tuple[str, ...]
    features: Mapping[str, Support]

    def name_clients(self, ranks: Sequence[int]) -> tuple[str, ...]:
        """Return the names of the clients on the platforms with these indexes.

        For example: « Orange », « Outlook (sous Windows) ». Systems are named only if the client is
        on other platforms too.
        """
        return tuple(
            name if set(here) <= set(ranks) else f"{name} ({', '.join(systems)})"
            for family, name in FAMILIES.items()
            if (here := self.list_platforms(family))
            and (systems := [SYSTEMS[self.platforms[r].split("/")[1]] for r in here if r in ranks])
        )

    def list_platforms(self, family: str) -> list[int]:
        """Return the indexes of the platforms of a family, such as "outlook"."""
        return [r for r, name in enumerate(self.platforms) if name.startswith(f"{family}/")]


@dataclass(frozen=True, slots=True)
class Finding:
    """A feature that some clients lack, or untested features; `level` is an error or a warning.

    `feature` is the name of one feature at caniemail.com (`html-video`), and `line` and `column`
    give the place of one use. In a finding about all the untested features of a client, `feature`
    is empty and both numbers are 0. `clients` are the French names of the clients, if known.
    """

    feature: str
    message: str
    hint: str
    level: Level
    clients: tuple[str, ...] = ()
    line: int = 0
    column: int = 0

    def make_problem(self, path: str) -> Problem:
        """Return this finding as a problem located in the mail at `path`."""
        return Problem(
            path,
            self.message,
            self.hint,
            self.level,
            line=self.line,
            column=self.column,
            key=self.feature,
        )


def read_table(data: bytes) -> Table:
    """Return the table in `data`, which `tools/derive_mail_support.py` wrote."""
    read = json.loads(data)
    features = {
        feature: Support(letters, {note: tuple(ranks) for note, ranks in notes.items()})
        for feature, (letters, notes) in read.pop("features").items()
    }
    return Table(platforms=tuple(read.pop("platforms")), features=features, **read)


# --- Findings -------------------------------------------------------------------------------------

_TEMPLATE = (
    "votre texte n'y est pour rien : transmettez ce message à la personne qui tient le gabarit du "
    "courriel, pour qu'elle s'en passe ou déclare ce qui le remplace (letters/support/fallbacks.py)"
)
_TRY = "avant l'envoi, adressez-vous un essai et regardez-le dans cette messagerie"
_IMAGE_HINT = "enregistrez cette image en JPEG ou en PNG"
_HINTS = {
    "html-anchor-links": "mettez l'adresse entière de la page : https://…",
    "html-mailto-links": "ne gardez que l'adresse, sans « cc » ni « bcc »",
}


def check_mail(html: str, table: Table) -> tuple[Finding, ...]:
    """Return the findings about a mail: errors, warnings, then untested features by client family.

    A feature that clients lack is reported once, at its first use without a fallback.
    """
    uses = sorted(find_uses(html), key=lambda use: use.feature)
    risky = [use for use in uses if not (can_do_without(use) or is_basic(use.feature))]
    found: list[Finding] = []
    needed = {}
    for feature, group in groupby(risky, key=lambda use: use.feature):
        same = list(group)
        if support := table.features.get(feature):
            needed[same[0].name] = support
            found += _find_gaps(same, support, table)
        else:
            found.append(_report_unknown(same, table))
    found.sort(key=lambda one: (one.level is Level.WARNING, one.line, one.column, one.feature))
    return (*found, *_report_untested(needed, table))


def _find_gaps(uses: list[Use], support: Support, table: Table) -> Iterator[Finding]:
    """Yield a finding if clients lack the feature of `uses`, or a part of it that `uses` need."""
    partly = [use for use in uses if not can_do_with_part(use)]
    none, some = support.find_platforms("n"), support.find_platforms("a") if partly else []
    if not none + some:
        return
    shown = uses if none else partly
    notes = [note for note, ranks in support.notes.items() if not set(ranks).isdisjoint(some)]
    families = {table.platforms[rank].split("/")[0] for rank in none + some}
    yield Finding(
        feature=shown[0].feature,
        message=_describe_gaps(shown, table.name_clients(none), table.name_clients(some))
        + _quote_notes(notes),
        hint=_choose_hint(shown[0], _TEMPLATE),
        level=Level.WARNING if families.isdisjoint(REQUIRED) else Level.ERROR,
        clients=table.name_clients(sorted(none + some)),
        line=shown[0].line,
        column=shown[0].column,
    )


def _choose_hint(use: Use, usual: str) -> str:
    return _IMAGE_HINT if use.feature.startswith("image-") else _HINTS.get(use.feature, usual)


def _describe_gaps(uses: list[Use], none: tuple[str, ...], some: tuple[str, ...]) -> str:
    """Return « Orange et SFR ne prennent pas en charge … (dans <td>, 3 fois), et … en partie »."""
    verb = "ne prend" if len(none or some) == 1 else "ne prennent"
    way = "pas en charge" if none else "en charge qu'en partie"
    rest = f", et {join_names(some)} en partie seulement" if none and some else ""
    return f"{join_names(none or some)} {verb} {way} {uses[0].name} ({_describe_place(uses)}){rest}"


def _describe_place(uses: list[Use]) -> str:
    where = f"dans <{uses[0].tag or 'style'}>"
    return f"{where}, {len(uses)} fois" if len(uses) > 1 else where


def _quote_notes(notes: list[str]) -> str:
    return f" ; caniemail.com le précise ainsi : {' '.join(notes)}" if notes else ""


def _report_unknown(uses: list[Use], table: Table) -> Finding:
    message = (
        f"on ne sait pas quelles messageries prennent en charge {uses[0].name} "
        f"({_describe_place(uses)}) : le tableau de caniemail.com du {table.date} n'en dit rien"
    )
    first, hint = uses[0], _choose_hint(uses[0], _TRY)
    return Finding(first.feature, message, hint, Level.WARNING, (), first.line, first.column)


def _report_untested(needed: Mapping[str, Support], table: Table) -> Iterator[Finding]:
    """Yield a warning per family of clients in which features that the mail needs are untested."""
    for family in FAMILIES:
        unknown = {
            name: ranks
            for name, support in needed.items()
            if (
                ranks := [
                    rank for rank in table.list_platforms(family) if support.letters[rank] == "u"
                ]
            )
        }
        if unknown:
            clients = table.name_clients(
                sorted({rank for ranks in unknown.values() for rank in ranks})
            )
            names = f" : {join_names([*unknown])}" if len(unknown) <= NAMED else ""
            message = (
                f"{clients[0]} : personne n'y a essayé {len(unknown)} des {len(needed)} "
                f"constructions dont ce courriel a besoin{names}"
            )
            yield Finding("", message, _TRY, Level.WARNING, clients)
