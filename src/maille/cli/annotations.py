"""Format problems so that GitHub and GitLab show them beside the lines of a change.

GitHub reads workflow commands in the output of a job; GitLab reads a JSON file written by the job.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from maille.problems import Level, Problem


def format_github_commands(problems: Iterable[Problem], root: PurePath) -> Iterator[str]:
    """Yield one `::error` or `::warning` command per problem of the site in the folder `root`.

    GitHub requires `%` and line ends to be escaped; in properties, `:` and `,` too.
    """
    for problem in problems:
        error = problem.level is Level.ERROR
        properties = {
            "file": (root / problem.path).as_posix(),
            "line": str(problem.line or 1),
            **({"col": str(problem.column)} if problem.column else {}),
            "title": "À corriger" if error else "Attention",
        }
        named = ",".join(f"{name}={_escape_property(text)}" for name, text in properties.items())
        sentence = _escape_message(_format_sentence(problem))
        yield f"::{'error' if error else 'warning'} {named}::{sentence}"


def format_code_quality(problems: Iterable[Problem], root: PurePath) -> str:
    """Return the problems as JSON that GitLab reads as a code-quality report.

    The fingerprint of an issue is a digest of the whole problem, since GitLab shows issues with the
    same fingerprint only once.
    """
    issues = [
        {
            "description": _format_sentence(problem),
            "check_name": "maille",
            "fingerprint": hashlib.sha256(repr(problem).encode()).hexdigest(),
            "severity": "major" if problem.level is Level.ERROR else "minor",
            "location": {
                "path": (root / problem.path).as_posix(),
                "lines": {"begin": problem.line or 1},
            },
        }
        for problem in problems
    ]
    return json.dumps(issues, indent=1)


def _format_sentence(problem: Problem) -> str:
    return f"{problem.message}\n→ {problem.hint}" if problem.hint else problem.message


def _escape_message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_message(text).replace(":", "%3A").replace(",", "%2C")
