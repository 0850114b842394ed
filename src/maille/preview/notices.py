"""The preview's own pages: the list of problems, and the page shown in place of one that fails."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from maille.preview.live_site import State
from maille.preview.problem_data import make_editor_link
from maille.problems import Level, Problem

OWN = "_apercu/"


def draw_missing(state: State, root: Path, base: str) -> bytes:
    """Return the page that lists the problems, the unknown facts, and the files not published."""
    return draw_page("Ce qui manque", _list_missing(state, root), base)


def draw_failure(state: State, root: Path, base: str, others: Iterable[Problem] = ()) -> bytes:
    """Return the page shown in place of one that cannot be rendered.

    It lists the problems of `state`, then `others`.
    """
    problems = (*state.problems, *others)
    lines = ("<p>Cette page s’affichera dès que ce qui suit sera corrigé.</p>",)
    shown = (*lines, *list_problems(problems, root)) if problems else ("<p>Un instant…</p>",)
    return draw_page("Cette page ne peut pas encore être montrée", shown, base)


def draw_page(title: str, lines: Iterable[str], base: str) -> bytes:
    """Return a whole page of the preview; `lines` are the HTML of its content."""
    return "\n".join(
        (
            '<!doctype html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)} · Aperçu</title>",
            f'<link rel="stylesheet" href="{escape(base)}{OWN}apercu.css">',
            f'</head>\n<body class="apercu">\n<main>\n<h1>{escape(title)}</h1>',
            *lines,
            "</main>\n</body>\n</html>\n",
        )
    ).encode(errors="backslashreplace")


def _list_missing(state: State, root: Path) -> Iterator[str]:
    errors = [one for one in state.problems if one.level is Level.ERROR]
    warnings = [one for one in state.problems if one.level is not Level.ERROR]
    if not state.problems:
        yield "<p>Rien n’est à corriger.</p>"
    for title, problems in (("À corriger", errors), ("À regarder", warnings)):
        if problems:
            yield f"<h2>{title} ({len(problems)})</h2>"
            yield from list_problems(problems, root)
    if state.report and state.report.unknowns:
        yield "<h2>À compléter quand on le saura</h2>\n<ul>"
        for path, group in itertools.groupby(state.report.unknowns, key=lambda one: one[0]):
            words = ", ".join(escape(words) for _, words in group)
            yield f"<li>{_link_file(Problem(path, ''), root)} : {words}</li>"
        yield "</ul>"
    waiting = [(one.path, one.reason) for one in state.report.held] if state.report else []
    ignored = state.report.ignored if state.report else ()
    for title, files in (("En attente", waiting), ("Laissé de côté", ignored)):
        if files:
            yield f"<h2>{title}</h2>\n<ul>"
            for path, reason in files:
                yield f"<li>{_link_file(Problem(path, ''), root)} : {escape(reason)}</li>"
            yield "</ul>"


def list_problems(problems: Iterable[Problem], root: Path) -> Iterator[str]:
    """Yield the HTML lines of a list of problems, each with a link to its file."""
    yield '<ul class="problemes">'
    for problem in problems:
        hint = f"<br>→ {escape(problem.hint)}" if problem.hint else ""
        yield f"<li>{_link_file(problem, root)}<br>{escape(problem.message)}{hint}</li>"
    yield "</ul>"


def _link_file(problem: Problem, root: Path) -> str:
    """Return the HTML of a problem's place, which is a link to its file if there is one."""
    link, place = make_editor_link(problem, root), escape(problem.place)
    return f'<a href="{escape(link)}">{place}</a>' if link else place
