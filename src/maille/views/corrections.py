"""The pages where a visitor proposes a correction of a record, or a new record.

Their questions are made from the keys of the kind. A script writes the answers as a message, which
`python build.py corriger` reads; without scripts, the pages show how to write to the network.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic.fields import FieldInfo

from maille.kinds.catalyser import Catalyser
from maille.schema.fields import (
    PATTERN_FAULT,
    SENTENCES_LENGTH,
    WORDS_LENGTH,
    Reference,
    TerritoryCode,
)
from maille.schema.json_schema import list_shapes
from maille.schema.kind import Entry, Kind, is_list, list_parts, list_types, map_keys
from maille.site.model import Site
from maille.site.writing import Way, find_recipient, make_new_file_url
from maille.views.plans import PagePlan

CORRECT, ADD = "/proposer-une-correction/", "/ajouter-une-structure/"
TEMPLATE = "proposition.html"
# Placeholders in the URLs made here, which the script replaces.
SUBJECT, TEXT, NAME = "_OBJET_", "_TEXTE_", "_NOM_"
# The most bytes that GitHub accepts in a URL, and the most bytes of a `mailto:` address: with a
# longer one, some browsers on Windows open nothing.
URL_LIMIT = 8191
MAIL_LIMIT = 2048

# Keys that only the network fills in, or that follow from other keys.
_NOT_ASKED = frozenset(
    (
        *("brouillon", "mise_a_jour", "relation", "verifie_le", "contact_cherche_le", "exemple"),
        *("identifiant", "relecture_demandee_le"),
        *("code_insee", "latitude", "longitude"),
    )
)
_SHOWN = 8  # a longer list of choices is folded until the visitor asks for it

# Key → the keyboard that a telephone shows for its question.
_KEYBOARDS = {"site": "url", "courriel": "email", "telephone": "tel", "code_postal": "numeric"}
# The keys that are corrected most often: their questions come first, and are always visible. The
# other questions are in groups that the visitor opens: names, all keys not listed here, then areas.
_FIRST = (
    *("telephone", "site", "courriel", "resume"),
    *("adresse", "code_postal", "commune", "departement"),
)
_NAMES, _AREAS = ("nom", "autres_noms"), ("territoires",)

Choices = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """The question about a key.

    - `form` is the form of the answer: "one" or "many" of the choices, a "text", a "long" text, or
      "lines".
    - `choices` has groups: a label or "", then (value, label) for each choice.
    - `fault` is the message for a text that does not match `pattern`; both may be "".
    """

    key: str
    title: str
    help: str
    form: str
    keyboard: str = "text"
    pattern: str = ""
    fault: str = ""
    required: bool = False
    most: int = WORDS_LENGTH
    choices: Choices = field(default=())

    @property
    def is_long(self) -> bool:
        """Return whether there are too many choices to show them all from the start."""
        return sum(len(group) for _, group in self.choices) > _SHOWN


@dataclass(frozen=True, slots=True)
class Group:
    """Questions under a title; a group without a title is always visible."""

    title: str
    questions: tuple[Question, ...]


def plan(site: Site) -> Iterator[PagePlan]:
    """Yield the two pages, if the site has a directory."""
    if not any(kind.name == Catalyser.kind_name for kind in site.kinds):
        return
    kind = site.kind(Catalyser.kind_name)
    questions = list_questions(site, kind)
    yield _plan_page(site, kind, CORRECT, "Proposer une correction", questions)
    yield _plan_page(site, kind, ADD, "Ajouter une structure", questions)


def _plan_page(
    site: Site, kind: Kind, address: str, title: str, questions: tuple[Question, ...]
) -> PagePlan:
    is_new = address == ADD
    recipient = find_recipient(site.config)
    repository = site.config.repository
    new_file = make_new_file_url(repository, kind.folder, NAME, TEXT) if repository else ""
    return PagePlan(
        address,
        TEMPLATE,
        title,
        description="Sans compte : le message s'écrit ici, et part de chez vous.",
        context={
            "kind": kind,
            "is_new": is_new,
            "groups": group_questions(questions, is_new=is_new),
            "recipient": recipient,
            "send": recipient.make_url(SUBJECT, TEXT) if recipient else "",
            "by_form": bool(recipient and recipient.way is Way.FORM),
            "new_file": new_file if is_new else "",
            "repository": repository if is_new else "",
            "limit": MAIL_LIMIT if recipient and recipient.way is Way.MAIL else URL_LIMIT,
            "file_limit": URL_LIMIT,
            "correct": CORRECT,
        },
        source=f"la page « {title} »",
        listed=is_new,
        scripts=("js/proposal.js",),
    )


def list_questions(site: Site, kind: Kind) -> tuple[Question, ...]:
    """Return the questions on the keys of a kind that a visitor may answer.

    Two sorts of keys have no question: groups of keys, about which a visitor can only write a free
    text, and keys whose vocabulary has no terms.
    """
    shapes = list_shapes(kind.model)
    asked = _map_asked(kind.model)
    return tuple(
        _make_question(site, key, info, shapes[key])
        for key, info in asked.items()
        if all(site.vocabulary(slug) for slug in _list_vocabularies(info))
    )


def _list_vocabularies(info: FieldInfo) -> Iterator[str]:
    for one in (*info.metadata, *list_types(info.annotation)):
        if isinstance(one, Reference) and one.target.startswith("vocabulaire:"):
            yield one.target.partition(":")[2]


def group_questions(questions: Iterable[Question], *, is_new: bool) -> tuple[Group, ...]:
    """Return the questions in the order of their page. A new record begins with its name."""
    left = {one.key: one for one in questions}

    def take(keys: Iterable[str]) -> tuple[Question, ...]:
        return tuple(left.pop(key) for key in keys if key in left)

    first = take(("nom", *_FIRST) if is_new else _FIRST)
    names, areas = take(_NAMES), take(_AREAS)
    others = (("Noms", names), ("Ce que fait la structure", take([*left])))
    groups = (("", first), *others, ("Où elle intervient", areas))
    return tuple(Group(title, inside) for title, inside in groups if inside)


def read_values(site: Site, entry: Catalyser) -> Mapping[str, Any]:
    """Return what the form for corrections needs to know about a record, as data for its script.

    `nom` is the title of the record. `valeurs` maps each key that visitors are asked about to its
    value, as typed. `noms` maps the codes of the record's territories to their names, since not all
    of them are among the choices.
    """
    return {
        "nom": entry.heading,
        "noms": {area.code: area.name for area in site.areas_of(entry)},
        "valeurs": {
            key: value
            for key in _map_asked(type(entry))
            if (value := entry.document.front_matter.get(key))
        },
    }


@functools.cache  # called for each record
def _map_asked(model: type[Entry]) -> Mapping[str, FieldInfo]:
    return {
        key: info
        for key, info in map_keys(model).items()
        if key not in _NOT_ASKED and not any(list_parts(info.annotation))
    }


def _make_question(site: Site, key: str, info: FieldInfo, shape: Mapping[str, Any]) -> Question:
    choices = _list_choices(site, key, info)
    form = ("many" if choices else "lines") if is_list(info) else ("one" if choices else "text")
    shapes = [shape, *shape.get("anyOf", ())]
    said = {name: one[name] for one in reversed(shapes) for name in one}
    most = said.get("maxLength", WORDS_LENGTH)
    return Question(
        key,
        info.title or key,
        "" if choices else info.description or "",
        "long" if form == "text" and most == SENTENCES_LENGTH else form,
        _KEYBOARDS.get(key, "text"),
        said.get("pattern", "").removeprefix("^").removesuffix("$"),
        said.get(PATTERN_FAULT, ""),
        info.is_required(),
        most,
        choices,
    )


def _list_choices(site: Site, key: str, info: FieldInfo) -> Choices:
    """Return the values that a key may have; none if it accepts any text."""
    for one in (*info.metadata, *list_types(info.annotation)):
        if isinstance(one, TerritoryCode):
            return (("", (("national", "Partout en France"),)), *_list_areas(site, regions=True))
        if isinstance(one, Reference):
            slug = one.target.partition(":")[2]
            found = (site.find(kind.name, slug) for kind in site.kinds if kind.is_vocabulary)
            labels = next((entry.list_labels(one.part) for entry in found if entry), {})
            return (("", tuple(labels.items())),) if labels else ()
    return tuple(_list_areas(site, regions=False)) if key == "departement" else ()


def _list_areas(site: Site, *, regions: bool) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Yield each région with its départements, for a list of choices.

    With `regions`, the choices of a région of several départements begin with the région itself.
    The overseas collectivités are one group, after the régions.
    """
    for region in site.gazetteer.regions.values():
        departments = [site.gazetteer.departments[code] for code in region.departments]
        inside = [(one.code, f"{one.code} {one.name}") for one in departments]
        whole = [(region.slug, "Toute la région")] if regions and len(inside) > 1 else []
        yield region.name, (*whole, *inside)
    overseas = site.gazetteer.list_collectivities()
    yield (
        "Collectivités d'outre-mer",
        tuple((one.code, f"{one.code} {one.name}") for one in overseas),
    )
