"""Step 3: from text to typed entries, or to problems at the line of the key."""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from maille.forms import BODY
from maille.kind import Entry, Kind, Validated, owner
from maille.messages import dotted, first_causes, problem_of
from maille.model import Document, KeyPath
from maille.problems import TOLD, TOO_MANY, Problem
from maille.text import SLUG, SLUG_LENGTH, slug


def validate(documents: Iterable[Document], kinds: Iterable[Kind]) -> Validated:
    """Return the entries that the documents hold, and every mistake of their headers."""
    owners = tuple(kinds)
    entries: list[Entry] = []
    partial: list[Entry] = []
    problems: list[Problem] = []
    for document in documents:
        kind = owner(document.path, owners)
        assert kind is not None  # discover leaves other files aside
        entry, found = validate_one(document, kind)
        problems += found
        if found:
            partial.append(entry)
        else:
            entries.append(entry)
    return Validated(tuple(entries), tuple(partial), tuple(problems))


def validate_one(document: Document, kind: Kind) -> tuple[Entry, tuple[Problem, ...]]:
    """Return the entry of one document, or as much of it as is right, with its mistakes."""
    blank: set[KeyPath] = set()
    filled = _without_blanks(document.header, blank)
    problems = [*_name_problems(document), *_form_left(document)]
    try:
        entry = kind.model.model_validate(filled, context={"document": document})
    except ValidationError as error:
        mistakes = error.errors(include_url=False)
        for details in first_causes(mistakes[:TOLD]):
            at = document.mark(details["loc"], key=details["type"] == "extra_forbidden")
            if details["type"] == "missing" and details["loc"] in blank:
                details["type"] = "too_short"
            problems.append(problem_of(details, kind.model, document.path, at))
        if len(mistakes) > TOLD:
            problems.append(Problem(document.path, 1, 1, "", *TOO_MANY))
        return _partial(document, kind, filled), tuple(problems)
    for fault in entry.faults():
        at, key = document.mark(fault.path), dotted(fault.path)
        problems.append(Problem(document.path, at.line, at.column, key, fault.message, fault.hint))
    return entry, tuple(problems)


def _partial(document: Document, kind: Kind, filled: Mapping[str, Any]) -> Entry:
    """Return the entry with the keys that are right one by one; the others as if not typed."""
    values: dict[str, Any] = {}
    for name, info in kind.model.model_fields.items():
        key = info.alias or name
        values[key] = None if info.is_required() else info.get_default()
        if key in filled:
            with contextlib.suppress(ValidationError):
                values[key] = _adapter(kind.model, name).validate_python(filled[key])
    return kind.model.partial(values, document)


@functools.cache
def _adapter(model: type[Entry], name: str) -> TypeAdapter[Any]:
    info = model.model_fields[name]
    annotation: Any = info.annotation
    for metadata in info.metadata:
        annotation = Annotated[annotation, metadata]
    return TypeAdapter(annotation)


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


def _form_left(document: Document) -> Iterable[Problem]:
    """Yield the words of the blank form where the text of the page should be."""
    for line, text in enumerate(document.body.text.split("\n"), document.body.first_line):
        if text.strip() == BODY:
            message = f"« {BODY} » est une ligne du modèle, pas de votre texte"
            yield Problem(document.path, line, 1, "", message, "effacez cette ligne")


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
