"""The report of a build: French sentences for a person, data for a program."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from maille.content.discover import CONFIG_FILE
from maille.problems import Level, Problem, select_errors
from maille.publish.report import Report
from maille.text.names import join_names
from maille.views.opening import Need

# Characters that could control the terminal, reverse a line or break a line, and the surrogates
# that stand for invalid UTF-8 in file names.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def convert_to_data(report: Report, seconds: float) -> dict[str, Any]:
    """Return the report as data that can be written as JSON."""
    published = report.published
    return {
        "ok": not report.failed,
        "problems": [dataclasses.asdict(problem) for problem in report.problems],
        "seen": [dataclasses.asdict(problem) for problem in report.seen],
        "counts": dict(report.counts),
        "files": _count_files(report),
        "examples": report.examples,
        "held": [dataclasses.asdict(held) for held in report.held],
        "ignored": dict(report.ignored),
        "unknowns": [list(unknown) for unknown in report.unknowns],
        "published": dataclasses.asdict(published) if published else None,
        "seconds": round(seconds, 3),
    }


def format_report(report: Report, seconds: float, output: Path) -> str:
    """Return the report as lines to read in a terminal."""
    lines = (
        *_format_all_problems(report),
        *_format_files(report),
        *_format_warnings(report),
        *_format_ending(report, seconds, output),
    )
    return "\n".join(map(escape_unseen, lines))


def escape_unseen(line: str) -> str:
    """Return a line with the characters that could control a terminal escaped."""
    return _UNSEEN.sub(_escape, line)


def _escape(sign: re.Match[str]) -> str:
    return sign[0].encode("unicode_escape").decode("ascii")


def format_problems(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield the lines of each problem: its place and message, then its hint if it has one."""
    for problem in problems:
        yield _format_problem(problem)
        if problem.hint:
            yield f"    → {problem.hint}"


def _format_all_problems(report: Report) -> Iterator[str]:
    yield from format_problems(report.problems)
    if report.problems:
        yield ""


def _format_problem(problem: Problem) -> str:
    mark = "Attention : " if problem.level is Level.WARNING else ""
    return f"{problem.place}  {mark}{problem.message}"


def _count_files(report: Report) -> dict[str, int]:
    """Return the number of files read, then the number of files for each outcome."""
    return {
        "lus": report.read,
        "publies": sum(report.counts.values()),
        "retenus": len(report.held),
        "laisses_de_cote": len(report.ignored),
        "a_corriger": len(report.faulty),
    }


def _format_files(report: Report) -> Iterator[str]:
    total = _count_files(report)
    yield (
        f"{total['lus']} fichiers lus : {total['publies']} retenus pour le site, "
        f"{total['retenus']} en attente, {total['laisses_de_cote']} laissés de côté, "
        f"{total['a_corriger']} à corriger."
    )
    for held in report.held:
        yield f"  en attente : {held.path} ({held.reason})"
    for path, reason in report.ignored:
        yield f"  laissé de côté : {path} ({reason})"


def _format_warnings(report: Report) -> Iterator[str]:
    """Yield the number of warnings, and of those that editors have marked « vu »."""
    count, seen = len(report.problems) - len(select_errors(report.problems)), len(report.seen)
    if count:
        yield "1 avertissement." if count == 1 else f"{count} avertissements."
    if seen:
        yield (
            "1 autre est marqué « vu », et pas redit."
            if seen == 1
            else f"{seen} autres sont marqués « vu », et pas redits."
        )


def _format_unknowns(report: Report) -> Iterator[str]:
    if report.unknowns:
        yield ""
        yield "À compléter quand on le saura :"
    for path, group in itertools.groupby(report.unknowns, key=lambda unknown: unknown[0]):
        yield f"  {path} : {', '.join(words for _, words in group)}"
    if report.unknowns:
        yield ""


def _describe_other_files(report: Report) -> str:
    """Return, in parentheses, the files with errors that are not in `report.faulty`; else ""."""
    wrong = {problem.path for problem in select_errors(report.problems)}
    others = sorted(wrong.difference(report.faulty))
    if not others:
        return ""
    return f" ({'dans' if len(others) == len(wrong) else 'dont'} {join_names(others)})"


def _format_ending(report: Report, seconds: float, output: Path) -> Iterator[str]:
    if report.failed:
        count = sum(problem.level is Level.ERROR for problem in report.problems)
        things = "1 chose est à corriger" if count == 1 else f"{count} choses sont à corriger"
        others = _describe_other_files(report)
        yield f"{things}{others} ; rien n'a été écrit, le site publié n'a pas changé."
        return
    if report.counts:
        counts = sorted(report.counts.items())
        yield ", ".join(f"{name} : {count}" for name, count in counts) + "."
    if report.examples:
        made = (
            "1 fiche d'exemple" if report.examples == 1 else f"{report.examples} fiches d'exemple"
        )
        yield f"Et {made}, sans fichier (exemples, dans {CONFIG_FILE})."
    if published := report.published:
        yield (
            f"{published.written} fichiers écrits, {published.unchanged} inchangés, "
            f"{published.removed} retirés, en {seconds:.1f} s, dans {output}/."
        )
        yield "Pour voir le site : make serve, ou python build.py servir."
    else:
        yield from _format_unknowns(report)
        yield f"Tout est en ordre ({seconds:.1f} s) ; rien n'a été écrit."


def format_needs(needs: Iterable[Need]) -> Iterator[str]:
    """Yield the lines about what is still missing before the site can open to the public."""
    every = tuple(needs)
    yield ""
    if not every:
        yield 'Tout est donné : écrivez etat = "public" dans site.toml.'
        return
    for required, title in ((True, "Pour ouvrir, il faut"), (False, "Et il vaut mieux")):
        some = [need for need in every if need.required == required]
        if some:
            yield f"{title} :"
        for need in some:
            yield f"  {need.path} ({need.key}) : {need.message}"
            yield f"    → {need.hint}"
