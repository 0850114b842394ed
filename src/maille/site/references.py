"""References between entries: their checks and the backlinks."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from maille.content.documents import KeyPath
from maille.problems import Problem
from maille.schema.fields import Part, Reference
from maille.schema.kind import Entry, Key, Kind, list_reference_keys, list_references, map_keys
from maille.site.addresses import Addresses
from maille.site.term_keys import report_misspelt_key
from maille.text.dates import format_date
from maille.text.names import SLUG
from maille.text.suggestions import find_nearest, find_terms, quote_choices


@dataclass(frozen=True, slots=True)
class Targets:
    """The published entries, and the keys of invalid (`faulty`) and waiting (`drafts`) entries.

    `drafts` maps each waiting entry to its day of publication, or to None for a draft. A reference
    to an invalid entry is accepted, so that one mistake gives one message. An entry that moved is
    in `published` under its former key too. `departed` are the addresses of the departed entries;
    `prefixes` are the starts of addresses of the kinds with pages. `used` are the values of all
    references, which `check_references` fills in.
    """

    published: Mapping[Key, Entry]
    faulty: frozenset[Key]
    drafts: Mapping[Key, datetime.date | None]
    addresses: Addresses = field(default_factory=Addresses)
    departed: Mapping[Key, str] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    used: frozenset[str] = frozenset()


def check_references(entries: Iterable[Entry], targets: Targets) -> Iterator[Problem]:
    """Yield a problem for each reference that is repeated in a list, or is wrong.

    A reference is wrong if it has no target, or names a sub-term whose parent the entry lacks.
    """
    named = [(entry, [*list_references(entry)]) for entry in entries]
    used = frozenset(value for _, found in named for _, _, value in found)
    targets = replace(targets, used=used)
    for entry, found in named:
        first: dict[tuple[KeyPath, str], KeyPath] = {}
        for path, role, value in found:
            before = first.setdefault((path[:-1], value), path)
            if before != path and isinstance(path[-1], int):
                yield _report_repeated(entry, path, value, before)
            elif isinstance(role, Reference):
                yield from _check_reference(entry, path, role, value, targets)


def find_backlinks(
    entries: Iterable[Entry], kinds: Iterable[Kind], targets: Targets
) -> Mapping[Key, tuple[Entry, ...]]:
    """Return, by key of entry, the other entries that name it, or link to it in their text.

    Entries without a page are not listed. References from examples to real entries do not count,
    since examples are invented.
    """
    pages = {kind.name: kind for kind in kinds if kind.prefix}
    by_address = {
        kind.make_address(entry.address_slug): entry.key
        for kind in pages.values()
        for entry in targets.published.values()
        if entry.kind_name == kind.name and not entry.shared_page
    }
    found: dict[Key, dict[Key, Entry]] = {}
    for entry in entries:
        if entry.kind_name not in pages:  # no page to link back to
            continue
        named = [
            (role.target, v) for _, role, v in list_references(entry) if isinstance(role, Reference)
        ]
        linked = (by_address.get(link.target.partition("#")[0]) for link in entry.body.links)
        for key in (*named, *(key for key in linked if key)):
            told = targets.published.get(key)
            if told and told.key != entry.key and told.is_example >= entry.is_example:
                found.setdefault(told.key, {})[entry.key] = entry
    return {key: tuple(others.values()) for key, others in found.items()}


def _check_reference(
    entry: Entry, path: KeyPath, role: Reference, value: str, targets: Targets
) -> Iterator[Problem]:
    """Yield a problem if `value`, the reference at `path`, has no target, or lacks its parent term.

    If the vocabulary itself misspells the key of the term, that is the problem. All references to
    the term then yield the same problem, which is shown once.
    """
    kind, _, vocabulary = role.target.partition(":")
    if not vocabulary:
        yield from _check_named_entry(entry, path, (kind, value), targets)
        return
    known = _find_labels((kind, vocabulary), role.part, targets)
    if known is None:
        return
    if value in known:
        yield from _check_sub_term(entry, path, role, value, targets)
    elif slip := known and report_misspelt_key(
        targets.published[kind, vocabulary], value, targets.used
    ):
        yield slip
    elif known:
        message = f"« {value} » n'est pas dans la liste « {vocabulary} »"
        hint = _propose_terms(entry, path, value, known, vocabulary)
        yield entry.document.make_problem(path, message, hint)
    else:
        yield _report_missing_vocabulary(vocabulary)


def _propose_terms(
    entry: Entry, path: KeyPath, value: str, known: Mapping[str, str], vocabulary: str
) -> str:
    """Return the hint for `value`, which is not in a vocabulary; `known` has its terms.

    The hint gives the terms that resemble `value`, and how to add a term. If none resembles it, the
    hint gives all terms, and also proposes to erase the item of a list, or to leave blank a key
    that may be blank.
    """
    add = f"ou ajoutez le mot à content/vocabulaires/{vocabulary}.yaml"
    if close := find_terms(value, known):
        return f"écrivez {quote_choices(close)} ; {add}"
    every = quote_choices(sorted(known))
    if isinstance(path[-1], int):
        return f"écrivez un mot de cette liste : {every} ; ou effacez « {value} » ; {add}"
    info = map_keys(type(entry)).get(str(path[-1]))
    blank = "" if info is None or info.is_required() else " ; ou laissez vide"
    return f"écrivez {path[-1]}: … parmi {every}{blank} ; {add}"


def _check_named_entry(
    entry: Entry, path: KeyPath, named: Key, targets: Targets
) -> Iterator[Problem]:
    """Yield a problem if `named`, the key of the entry that `path` refers to, is not published.

    An invalid entry may be named. A departed one may be, if `content/adresses.toml` has its name.
    An entry in preparation may be named by another one in preparation.
    """
    if named in targets.published or named in targets.faulty:
        return
    if address := targets.departed.get(named):
        if not targets.addresses.lines[address].name:
            message = f"des fichiers nomment encore {address}, et cette ligne ne dit pas son nom"
            hint = 'ajoutez entre les accolades : nom = "…"'
            yield targets.addresses.make_problem(address, message, hint)
        return
    if named in targets.drafts and entry.key in targets.drafts:
        return  # two pages in preparation may name each other
    kind, value = named
    if other := _find_other_key(entry, path, value, targets):
        message = f"« {value} » se nomme par « {other} », et non par « {path[-1]} »"
        hint = f"remplacez « {path[-1]}: » par « {other}: »"
        yield entry.document.make_problem(path, message, hint, on_key=True)
        return
    in_list = isinstance(path[-1], int)
    cause = _explain_missing(kind, value, targets, in_list=in_list)
    problem = entry.document.make_problem(path, *cause)
    may_be_page = named not in targets.drafts and SLUG.fullmatch(value)
    prefix = targets.prefixes.get(kind, "") if may_be_page else ""
    yield replace(problem, target=f"{prefix}{value}/" if prefix else "")


def _find_other_key(entry: Entry, path: KeyPath, value: str, targets: Targets) -> str:
    """Return the key of the same group under which `value` should have been typed, or "".

    That key has no value yet, and refers to a kind that has a published entry named `value`. There
    is none for an item of a list, or for the value of a required key.
    """
    group: Any = entry
    for step in path[:-1]:
        if isinstance(step, int):
            group = group[step]
        else:
            above: type[Part] = type(group)
            names = {alias: name for name, alias, _ in list_reference_keys(above)}
            group = getattr(group, names[step])
    if isinstance(path[-1], int):
        return ""
    model: type[Part] = type(group)
    roles = {alias: (name, role) for name, alias, role in list_reference_keys(model)}
    if model.model_fields[roles[path[-1]][0]].is_required():
        return ""
    return next(
        (
            alias
            for alias, (name, role) in roles.items()
            if isinstance(role, Reference)
            and getattr(group, name) is None
            and (role.target, value) in targets.published
        ),
        "",
    )


def _find_labels(vocabulary: Key, part: str, targets: Targets) -> Mapping[str, str] | None:
    """Return the labels of a vocabulary's terms, or sub-terms, by their keys.

    The mapping is empty if the vocabulary is missing. Return None if it is invalid.
    """
    if found := targets.published.get(vocabulary):
        return found.list_labels(part)
    return None if vocabulary in targets.faulty else {}


def _check_sub_term(
    entry: Entry, path: KeyPath, role: Reference, value: str, targets: Targets
) -> Iterator[Problem]:
    """Yield a problem if `value` is a sub-term and the entry does not have its parent term.

    Nothing is yielded if the entry has an unknown term, or if its terms may be unreadable.
    """
    kind, _, vocabulary = role.target.partition(":")
    found = targets.published.get((kind, vocabulary))
    if not role.part or not found:
        return
    above = next(t for t in found.list_terms() if value in {sub.key for sub in t.activities})
    whole = Reference(role.target)
    borne = {typed for _, other, typed in list_references(entry) if other == whole}
    if above.key in borne or not borne <= found.list_labels().keys():
        return
    # The terms of an invalid entry may be in a key whose value is invalid.
    if not borne and entry.key in targets.faulty:
        return
    message = f"« {value} » fait partie de « {above.key} », que cette fiche n'a pas"
    key = next((key for _, key, one in list_reference_keys(type(entry)) if one == whole), "")
    hint = f"ajoutez « {above.key} » à « {key} », ou effacez « {value} »"
    yield entry.document.make_problem(path, message, hint)


def _report_repeated(entry: Entry, path: KeyPath, value: str, before: KeyPath) -> Problem:
    line = entry.document.find_position(before).line
    where = "" if line == entry.document.find_position(path).line else f", à la ligne {line}"
    message = f"« {value} » est déjà dans cette liste{where}"
    return entry.document.make_problem(path, message, "effacez l'un des deux")


def _report_missing_vocabulary(vocabulary: str) -> Problem:
    """Return the problem of a missing or empty vocabulary: always the same, so shown once."""
    path = f"content/vocabulaires/{vocabulary}.yaml"
    message = f"la liste « {vocabulary} », dont des fiches se servent, n'existe pas ou est vide"
    return Problem(path, message, "créez ce fichier et donnez-lui des termes")


def _explain_missing(kind: str, value: str, targets: Targets, *, in_list: bool) -> tuple[str, str]:
    """Return cause and remedy for `value`, which is not the name of a published entry.

    `in_list` says whether `value` is an item of a list: only the words of the remedy depend on it.
    """
    if day := targets.drafts.get((kind, value)):
        return (
            f"« {value} » ne paraît que le {format_date(day)}",
            f"écrivez ici publie_le: {day}, ou effacez ce renvoi",
        )
    if (kind, value) in targets.drafts:
        return (
            f"« {value} » est un brouillon : sa page n'est pas publiée",
            f"effacez « {value} », ou la ligne brouillon: oui du fichier {value}.md"
            if in_list
            else f"effacez la ligne brouillon: oui du fichier {value}.md, ou ce renvoi",
        )
    every = (*(one.key for one in targets.published.values()), *targets.faulty)
    known = [slug for name, slug in every if name == kind]
    close = find_nearest(value, known)
    hint = (
        f"vouliez-vous dire {quote_choices(close)} ?"
        if close
        else ("écrivez le nom d'un fichier de ce dossier, sans son extension")
    )
    return f"aucune fiche ne s'appelle « {value} »", hint
