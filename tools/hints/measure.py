"""Measure the advice of the engine: `python -m tools.hints.measure [--origin X] [--wrong]`.

Each case of the corpus is laid over the miniature site, the site is checked, and the first hint of
the problem nearest to the mistake is followed to the letter. A hint is right when this leads to a
right state; a mistake that no problem reports, or a hint that cannot be followed, is wrong. A line
is right when the problem is reported where the mistake is.
"""

from __future__ import annotations

import argparse
import gc
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from maille.problems import Problem
from tools.hints.apply import follow_hint
from tools.hints.corpus import ORIGINS, Bench, Case, Files, open_bench, read_corpus, read_files
from tools.hints.states import simplify


@dataclass(frozen=True)
class Verdict:
    """The problem reported for a case, what following its hint gave, and whether it is right."""

    case: Case
    problem: Problem | None
    hint_is_right: bool
    line_is_right: bool
    changed: Files | None = None
    why: str = ""


def find_nearest(case: Case, problems: Iterable[Problem]) -> Problem | None:
    """Return the problem nearest to the mistake, or the first of several at the same distance."""

    def measure_distance(problem: Problem) -> tuple[bool, int]:
        lines = [abs(problem.line - line) for path, line in case.places if path == problem.path]
        return (not lines, min(lines, default=0))

    return min(problems, key=measure_distance, default=None)


def judge(case: Case, bench: Bench, site: Files) -> Verdict:
    """Apply a case, follow the first hint, and compare the result with the right states."""
    problems = bench.check(case.files)
    problem = find_nearest(case, problems)
    if problem is None:
        silent = is_silence_right(case, bench)
        return Verdict(case, None, silent, silent, why="" if silent else "nothing is told")
    line = (problem.path, problem.line) in case.places
    right = case.right.get("or", case.right) if isinstance(case.right, dict) else case.right
    if right == "accepted":
        return Verdict(case, problem, hint_is_right=False, line_is_right=False, why="it is right")
    if isinstance(right, dict):
        why = find_missing_words(problem, right.get("told", ()))
        return Verdict(case, problem, not why, line, why=why)
    now = {**site, **case.files}
    changed = follow_hint(problem, now, case.known)
    if changed is None:
        told = right == "accepted or told"
        return Verdict(case, problem, told, line, why="" if told else "cannot be followed")
    if isinstance(right, list):
        states = [read_files(state) for state in right]
        reached = any(are_same(now, {**now, **changed}, state, changed) for state in states)
        return Verdict(case, problem, reached, line, changed, "" if reached else "another state")
    why = compare_problems(problem, problems, bench.check({**case.files, **changed}))
    return Verdict(case, problem, not why, line, changed, why)


def is_silence_right(case: Case, bench: Bench) -> bool:
    """Return whether it is right that nothing is reported for a case.

    It is if the case accepts this, or if the engine understands the mistake as it was meant: the
    site is then the same as in a right state.
    """
    if isinstance(case.right, dict) and "shows" in case.right:
        return shows(case, bench, case.right["shows"])
    if isinstance(case.right, str):
        return case.right in {"accepted", "accepted or told"}
    read = read_entries(bench, case.files)
    return any(read == read_entries(bench, {**case.files, **state}) for state in case.list_states())


def read_entries(bench: Bench, files: Files) -> Mapping[str, tuple[str, str]]:
    """Return the keys and the HTML that the engine reads from each file of a site, by path."""
    with bench.lay(files):
        site = bench.report().site
    if site is None:
        return {}
    read = {
        entry.path: (repr(entry.model_dump()), entry.document.body.html)
        for entries in site.entries.values()
        for entry in entries
    }
    return {**read, "site.toml": (repr(site.config), "")}


def find_missing_words(problem: Problem, words: Iterable[str]) -> str:
    """Return a sentence with the words missing from a problem and its hint; "" if none."""
    said = f"{problem.message} {problem.hint}".casefold()
    missing = [word for word in words if word.casefold() not in said]
    return f"does not say {', '.join(missing)}" if missing else ""


def are_same(before: Files, after: Files, state: Files, changed: Files) -> bool:
    """Return whether the files named by a state, and those that changed, are as in this state."""
    wanted = {**before, **state}
    return all(
        simplify(path, after.get(path)) == simplify(path, wanted.get(path))
        for path in {*state, *changed}
    )


def compare_problems(problem: Problem, before: Iterable[Problem], after: Iterable[Problem]) -> str:
    """Return what is wrong with the remaining problems: "" if `problem` is gone and none is new."""
    had, has = Counter(map(_name, before)), Counter(map(_name, after))
    if has[_name(problem)] >= had[_name(problem)]:
        return "still there"
    new = has - had
    return f"then: {next(iter(new))[1]}" if new else ""


def _name(problem: Problem) -> tuple[str, str]:
    """Return what identifies a problem, whatever its line: its path and its message."""
    return problem.path, re.sub(r"\d+", "N", problem.message)


def shows(case: Case, bench: Bench, pieces: Iterable[str]) -> bool:
    """Return whether the text of a case without a reported problem has these pieces of HTML."""
    _, html = read_entries(bench, case.files).get(case.places[0][0], ("", ""))
    return all(piece in html for piece in pieces)


def print_wrong(verdict: Verdict, site: Files) -> None:
    """Print the problem reported for a case, and the result of following its hint."""
    case, problem = verdict.case, verdict.problem
    places = " or ".join(f"{path}:{line}" for path, line in case.places)
    print(f"\n{case.id}  {case.what}\n    at    {places}")
    if problem is not None:
        place = "" if verdict.line_is_right else "  (another line)"
        print(f"    told  {problem.place}{place}  {problem.message}\n    hint  {problem.hint}")
    print(f"    {verdict.why or 'the line'}")
    for path, data in (verdict.changed or {}).items():
        print(f"    {path}: {describe_change({**site, **case.files}.get(path), data)}")


def describe_change(before: bytes | None, after: bytes | None) -> str:
    """Return the lines that a change has made."""
    if after is None:
        return "removed"
    old = (before or b"").decode("utf-8", "replace").split("\n")
    new = after.decode("utf-8", "replace").split("\n")
    lines = Counter(new) - Counter(old)
    gone = Counter(old) - Counter(new)
    return f"- {' / '.join(gone) or '(nothing)'}\n          + {' / '.join(lines) or '(nothing)'}"


def print_totals(origin: str, verdicts: list[Verdict]) -> None:
    """Print how many hints and lines are right."""
    count = len(verdicts)
    hints = sum(one.hint_is_right for one in verdicts)
    lines = sum(one.line_is_right for one in verdicts)
    silent = sum(one.problem is None and not one.hint_is_right for one in verdicts)
    told = [one for one in verdicts if one.problem is not None]
    placed = sum(one.line_is_right for one in told) / (len(told) or 1)
    print(
        f"{origin:8} {count:4} cases   right hints {hints:4} ({hints / count:6.1%})   "
        f"right lines {lines:4} ({lines / count:6.1%}; of those told {placed:6.1%})   "
        f"silent {silent}"
    )


def run() -> None:
    """Measure the corpus, or one origin of it."""
    parser = argparse.ArgumentParser(description="Measure the advice of the engine.")
    parser.add_argument("--origin", choices=ORIGINS)
    parser.add_argument("--case", help="the id of one case")
    parser.add_argument("--wrong", action="store_true", help="list what is wrong")
    asked = parser.parse_args()
    verdicts: Mapping[str, list[Verdict]] = {name: [] for name in ORIGINS}
    gc.disable()  # as the command does
    with open_bench() as bench:
        site = bench.read_all()
        for case in read_corpus(asked.origin):
            if asked.case in {None, case.id}:
                verdicts[case.origin].append(judge(case, bench, site))
    for found in verdicts.values():
        for verdict in found if asked.wrong else []:
            if not (verdict.hint_is_right and verdict.line_is_right):
                print_wrong(verdict, site)
    print()
    for origin, found in verdicts.items():
        if found:
            print_totals(origin, found)
    every: list[Any] = [one for found in verdicts.values() for one in found]
    if asked.origin is None and every:
        print_totals("all", every)


if __name__ == "__main__":
    run()
