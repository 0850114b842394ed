"""Step 3: from text to typed entries, or to problems at the line of the key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from maille.kind import Entry, Kind, owner
from maille.messages import dotted, problem_of
from maille.model import Document, KeyPath
from maille.problems import Problem, nearest
from maille.text import SLUG, SLUG_LENGTH, slug


def validate(
    documents: Iterable[Document], kinds: Iterable[Kind]
) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Return the entries that the documents hold, and every mistake of their headers."""
    owners = tuple(kinds)
    entries: list[Entry] = []
    problems: list[Problem] = []
    for document in documents:
        kind = owner(document.path, owners)
        assert kind is not None  # discover leaves other files aside
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
        for details in _first_causes(error.errors(include_url=False)):
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
    """Return the errors but those that follow from another.

    A list is too short of an item at fault; a key is missing where its name is misspelt.
    """
    paths = [details["loc"] for details in found]
    unknown = [details["loc"] for details in found if details["type"] == "extra_forbidden"]

    def follows(details: ErrorDetails) -> bool:
        *parent, key = location = details["loc"]
        if details["type"] == "too_short":
            return any(path[: len(location)] == location != path for path in paths)
        beside = [str(path[-1]) for path in unknown if [*path[:-1]] == parent]
        return details["type"] == "missing" and any(nearest(one, [str(key)]) for one in beside)

    return [details for details in found if not follows(details)]


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
    suffix = document.path.rpartition(".")[2]
    hint = f"renommez-le {slug(name) or 'par-exemple-son-nom'}.{suffix}"
    if not SLUG.fullmatch(name):
        message = f"le nom du fichier, « {name} », ne peut pas servir d'adresse"
        hint += " (lettres minuscules sans accent, chiffres et tirets)"
        yield Problem(document.path, 0, 0, "", message, hint)
    elif len(name) > SLUG_LENGTH:
        message = f"le nom du fichier a {len(name)} caractères, plus que {SLUG_LENGTH}"
        yield Problem(document.path, 0, 0, "", message, hint)
    elif re.fullmatch(r"con|prn|aux|nul|(?:com|lpt)[0-9]", name):
        message = f"Windows n'admet aucun fichier nommé « {name} »"
        yield Problem(document.path, 0, 0, "", message, f"renommez-le la-{name}.{suffix}")
