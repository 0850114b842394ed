"""Step 3: from text to typed entries, or to problems at the line of the key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from maille.kind import Entry, Kind
from maille.messages import dotted, problem_of
from maille.model import Document, KeyPath
from maille.problems import Problem
from maille.text import SLUG, SLUG_LENGTH, slug


def validate(
    documents: Iterable[Document], kinds: Iterable[Kind]
) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Return the entries that the documents hold, and every mistake of their headers."""
    owners = tuple(kinds)
    entries: list[Entry] = []
    problems: list[Problem] = []
    for document in documents:
        kind = next(kind for kind in owners if document.path.startswith(f"{kind.folder}/"))
        entry, found = validate_one(document, kind)
        problems += found
        if entry:
            entries.append(entry)
    return tuple(entries), tuple(problems)


def validate_one(document: Document, kind: Kind) -> tuple[Entry | None, tuple[Problem, ...]]:
    """Return the entry of one document; None when its header has a mistake."""
    blank: set[KeyPath] = set()
    filled = _without_blanks(document.header, blank)
    problems = [*_name_problems(document)]
    try:
        entry = kind.model.model_validate(filled, context={"document": document})
    except ValidationError as error:
        for details in _first_causes(error.errors()):
            at = document.mark(details["loc"], key=details["type"] == "extra_forbidden")
            if details["type"] == "missing" and details["loc"] in blank:
                details["type"] = "too_short"
            problems.append(problem_of(details, kind.model, document.path, at))
        return None, tuple(problems)
    for fault in entry.faults():
        at = document.mark(fault.path)
        problems.append(
            Problem(
                document.path, at.line, at.column, dotted(fault.path), fault.message, fault.hint
            )
        )
    return (None if problems else entry), tuple(problems)


def _first_causes(found: list[ErrorDetails]) -> list[ErrorDetails]:
    """Return the errors but those that follow from another: a list is too short of a bad item."""
    paths = [details["loc"] for details in found]
    return [
        details
        for details in found
        if details["type"] != "too_short"
        or not any(path[: len(details["loc"])] == details["loc"] != path for path in paths)
    ]


def _without_blanks(value: Any, blank: set[KeyPath], path: KeyPath = ()) -> Any:
    """Return a header without its blank keys (« verifie_le: »), noting where they stood."""
    if isinstance(value, Mapping):
        kept = {}
        for key, item in value.items():
            if item == "":
                blank.add((*path, key))
            else:
                kept[key] = _without_blanks(item, blank, (*path, key))
        return kept
    if isinstance(value, list):
        return tuple(_without_blanks(item, blank, (*path, n)) for n, item in enumerate(value))
    return value


def _name_problems(document: Document) -> Iterable[Problem]:
    """Yield what keeps the name of a file from being an address."""
    name = document.slug
    if not SLUG.fullmatch(name) or len(name) > SLUG_LENGTH:
        message = f"le nom du fichier, « {name} », ne peut pas servir d'adresse"
        suffix = document.path.rpartition(".")[2]
        hint = f"renommez-le {slug(name) or 'par-exemple-son-nom'}.{suffix}"
        yield Problem(document.path, 0, 0, "", message, hint)
