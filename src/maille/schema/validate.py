"""Step 3: turn documents into entries, valid or partial, and problems with their positions."""

from __future__ import annotations

import operator
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from maille.content.documents import Document, KeyPath, Position, drop_doubtful
from maille.content.folders import find_owner, strip_marks
from maille.problems import MAX_PROBLEMS, TOO_MANY, Level, Problem, select_errors
from maille.schema.blank_forms import BODY
from maille.schema.error_messages import explain_error, find_causes
from maille.schema.fields import Reference
from maille.schema.kind import Entry, Fault, Kind, Validated
from maille.schema.known_addresses import suggest_known_addresses
from maille.schema.letter import Letter
from maille.schema.lost_lines import (
    find_lost_lists,
    mark_lost_keys,
    suggest_colon,
    suggest_line_above,
)
from maille.schema.misnamed_keys import check_misnamed_keys
from maille.schema.partial_entry import Terms, find_labels, make_partial_entry
from maille.schema.term_words import Words, index_words, understand_terms
from maille.text.names import SLUG, SLUG_LENGTH, find_free_name, make_slug


def validate(documents: Iterable[Document], kinds: Iterable[Kind]) -> Validated:
    """Return the entries of the documents, valid or not, and the problems."""
    owners, every = tuple(kinds), tuple(documents)
    terms, words, checked = _collect_terms(every, owners)
    paths = frozenset(document.path for document in every)
    entries: list[Entry] = []
    partial: list[Entry] = []
    problems: list[Problem] = []
    for document in every:
        kind = find_owner(document.path, owners)
        assert kind is not None  # `discover` ignores other files
        entry, found = checked.get(document.path) or validate_one(
            document, kind, terms, words, paths
        )
        problems += found
        is_waiting = entry.is_incomplete and not select_errors(found)
        if document.doubtful or (found and not is_waiting):
            partial.append(entry)
        else:
            entries.append(entry)
    told = tuple(suggest_known_addresses(problems, every))
    return Validated(tuple(entries), tuple(partial), told)


def validate_one(
    document: Document,
    kind: Kind,
    terms: Terms | None = None,
    words: Words | None = None,
    paths: Container[str] = (),
) -> tuple[Entry, tuple[Problem, ...]]:
    """Return the entry of a document and the problems.

    The entry is partial if pydantic refuses its front matter. `terms` are the terms of the valid
    vocabularies; they help to split a list of terms that was typed as one text. `words` maps the
    words that mean a term to its key. `paths` are the files of the site, whose names cannot be
    suggested for this one. If a draft lacks one of its `awaited_keys`, that is only a warning.
    Nothing is reported on doubtful lines, and a key that may be on one of them is not reported as
    missing.
    """
    blank: set[KeyPath] = set()
    filled = _drop_blanks(document.front_matter, blank)
    filled = understand_terms(kind.model, filled, words or {})
    named = () if issubclass(kind.model, Letter) else _check_file_name(document, paths)
    problems = [*named, *_check_form_text(document)]
    mistakes: list[ErrorDetails] = []
    try:
        entry = kind.model.model_validate(filled, context={"document": document})
    except ValidationError as error:
        mistakes = error.errors(include_url=False)
        entry = make_partial_entry(kind.model, filled, document, terms or {})
    awaited = [(key,) for key in kind.model.awaited_keys]
    unsure = {word for line in document.doubtful.values() for word in re.findall(r"\w+", line)}
    for details in find_causes(
        mark_lost_keys(mistakes[:MAX_PROBLEMS], kind.model, filled), kind.model, blank
    ):
        lacks = str(details["loc"][-1]) if details["type"] == "missing" else ""
        if lacks and any(word.startswith(lacks) for word in unsure):
            continue
        labels = find_labels(kind.model, details["loc"], terms or {})
        fault = explain_error(details, kind.model, labels, document)
        if hint := suggest_line_above(details, kind.model, document):
            fault = replace(fault, hint=hint)
        problem = fault.make_problem(document)
        if details["type"] == "missing" and entry.draft and details["loc"] in awaited:
            problem = replace(problem, level=Level.WARNING)
        problems.append(problem)
    misnamed = check_misnamed_keys(kind.model, filled, mistakes[:MAX_PROBLEMS], document)
    problems += [fault.make_problem(document) for fault in misnamed]
    if len(mistakes) > MAX_PROBLEMS:
        problems.append(document.make_problem((), *TOO_MANY))
    problems += [
        fault.make_problem(document) for fault in _drop_consequences(entry.check_keys(), mistakes)
    ]
    return entry, drop_doubtful(problems, [document])


def explain_lost_signs(
    problems: Iterable[Problem], documents: Iterable[Document], kinds: Iterable[Kind]
) -> Iterator[Problem]:
    """Yield the problems of `parse`; problems caused by a missing key or colon get a new hint.

    The YAML parser only sees that items are not aligned with the lines above them, or that a comma
    cuts a value. A list without its key keeps one problem, at its first item.
    """
    owners = tuple(kinds)
    unsure = {one.path: one for one in documents if one.doubtful}
    models = {path: kind.model for path in unsure if (kind := find_owner(path, owners))}
    lost: dict[tuple[str, int], str] = {}
    for path, model in models.items():
        for lines, key in find_lost_lists(unsure[path], model):
            lost |= {(path, line): "" for line in lines}
            lost[path, lines.start] = key
    for problem in problems:
        key = lost.get((problem.path, problem.line), "?")
        model_of = models.get(problem.path)
        if key not in {"", "?"}:
            hint = f"au-dessus de cette ligne, écrivez « {key}: »"
            message = "ces lignes commencent une liste : il leur manque leur clé"
            yield replace(problem, message=message, hint=hint)
        elif model_of and (hint := suggest_colon(problem, unsure[problem.path], model_of)):
            yield replace(problem, message="cette clé n'a pas de deux-points", hint=hint)
        elif key:
            yield problem


def _drop_consequences(
    faults: Iterable[Fault], mistakes: Iterable[ErrorDetails]
) -> Iterator[Fault]:
    """Yield the faults, except the faults at, above or below the path of a mistake.

    The mistake may have caused them.
    """
    wrong = [details["loc"] for details in mistakes]
    for fault in faults:
        if not any(all(map(operator.eq, path, fault.path)) for path in wrong):
            yield fault


def _collect_terms(
    documents: Iterable[Document], kinds: Iterable[Kind]
) -> tuple[Terms, Words, Mapping[str, tuple[Entry, tuple[Problem, ...]]]]:
    """Return, for valid vocabularies, the labels of terms and sub-terms, and the words for them.

    Also return what `validate_one` gave for each of these vocabularies, by path. No key of a
    vocabulary has a term as its value, so it would give the same with all terms.
    """
    checked: dict[str, tuple[Entry, tuple[Problem, ...]]] = {}
    terms: dict[Reference, Mapping[str, str]] = {}
    words: dict[Reference, Mapping[str, str]] = {}
    own = [kind for kind in kinds if kind.is_vocabulary]
    for document in documents:
        if kind := find_owner(document.path, own):
            entry, problems = validate_one(document, kind)
            if not problems:
                checked[document.path] = entry, problems
                for part in ("", "activites"):
                    role = Reference(f"vocabulaire:{entry.slug}", part)
                    terms[role] = entry.list_labels(part)
                    words[role] = index_words(entry.list_terms(), part)
    return terms, words, checked


def _drop_blanks(value: Any, blank: set[KeyPath], path: KeyPath = ()) -> Any:
    """Return front matter without blank keys (« verifie_le: »), and with tuples for lists.

    The paths of the blank keys are added to `blank`.
    """
    if isinstance(value, str):  # most values: `Mapping` takes longer to check
        return value
    if isinstance(value, Mapping):
        kept = {}
        for key, item in value.items():
            if item == "":
                blank.add((*path, key))
            else:
                kept[key] = _drop_blanks(item, blank, (*path, key))
        return kept
    if isinstance(value, list):
        return tuple(_drop_blanks(item, blank, (*path, n)) for n, item in enumerate(value))
    return value


def _check_form_text(document: Document) -> Iterable[Problem]:
    """Yield a problem for each line of the body that is still the `BODY` of the blank form."""
    for line, text in enumerate(document.body.text.split("\n"), document.body.first_line):
        if text.strip() == BODY:
            message = f"« {BODY} » est une ligne du modèle, pas de votre texte"
            yield document.make_body_problem(Position(line, 1), message, "effacez cette ligne")


def _check_file_name(document: Document, paths: Container[str]) -> Iterable[Problem]:
    """Yield a problem if the file name is not a slug, is too long, or is reserved by Windows.

    The hint gives a name that is not taken: `paths` are the files of the site.
    """
    name = document.slug
    suffix = document.path.rpartition(".")[2]
    if not SLUG.fullmatch(name):
        message = f"le nom du fichier, « {name} », ne peut pas servir d'adresse"
        hint = _suggest_name(document, paths)
        hint += " (lettres minuscules sans accent, chiffres et tirets)"
        yield Problem(document.path, message, hint)
    elif len(name) > SLUG_LENGTH:
        message = f"le nom du fichier a {len(name)} caractères, plus que {SLUG_LENGTH}"
        yield Problem(document.path, message, _suggest_name(document, paths))
    elif re.fullmatch(r"con|prn|aux|nul|(?:com|lpt)[0-9]", name):
        message = f"Windows n'admet aucun fichier nommé « {name} »"
        yield Problem(document.path, message, f"renommez-le la-{name}.{suffix}")


def _suggest_name(document: Document, paths: Container[str]) -> str:
    better = make_slug(strip_marks(document.slug)) or "par-exemple-son-nom"
    return f"renommez-le {find_free_name(document.path, better, paths)}"
