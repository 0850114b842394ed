"""Kinds (content types) and their entries: the models that the modules of `kinds` extend."""

from __future__ import annotations

import datetime
import functools
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic import Field, PrivateAttr
from pydantic.fields import FieldInfo

from maille.content.documents import Body, Document, KeyPath
from maille.problems import Problem
from maille.schema.fields import (
    Day,
    DownloadName,
    Part,
    Reference,
    Sentences,
    Source,
    TerritoryCode,
    Text,
    YesNo,
)
from maille.schema.vocabulary import Term, select_terms
from maille.text.dates import PartialDate
from maille.text.names import make_slug

if TYPE_CHECKING:
    from maille.schema.examples import Draw
    from maille.schema.facets import Facet

# The unique key of an entry: the name of its kind and its slug.
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in the value of a key, or in the key itself: cause and remedy in French."""

    path: KeyPath
    message: str
    hint: str
    on_key: bool = False

    def make_problem(self, document: Document) -> Problem:
        """Return this fault as a problem located in `document`."""
        return document.make_problem(self.path, self.message, self.hint, on_key=self.on_key)


def refuse_two_communes(above: KeyPath = ()) -> Fault:
    """Return the fault of a commune given both by code and by name, in the group at `above`."""
    return Fault(
        (*above, "code_insee"),
        "la commune est donnée deux fois, par son code et par son nom",
        "effacez « code_insee », ou bien « commune » et « departement »",
    )


def list_source_days(sources: Iterable[Source]) -> Iterator[tuple[KeyPath, datetime.date]]:
    """Yield (key path, day) for the date of each source and for the day when it was read.

    A month or a year gives its first day; dates that are not given are left out.
    """
    for number, source in enumerate(sources):
        if source.date:
            yield ("sources", number, "date"), source.date.first_day
        if source.read_on:
            yield ("sources", number, "consulte_le"), source.read_on


def list_named(key: str, names: Iterable[str]) -> Iterator[tuple[KeyPath, str]]:
    """Yield (key path, name) for each name in the list of a key."""
    yield from (((key, number), name) for number, name in enumerate(names or ()))


class Entry(Part):
    """One file of content. Each kind adds its own keys.

    In a partial entry, invalid values are blank.
    """

    kind_name: ClassVar[str]
    # Required keys that a draft may leave out; each missing one is then only a warning.
    awaited_keys: ClassVar[tuple[str, ...]] = ("resume",)
    # The field that gives the heading.
    heading_field: ClassVar[str] = "title"
    # Whether its text is to be read as of its own day, which its page shows: a letter, an article.
    is_of_its_day: ClassVar[bool] = False

    draft: YesNo = Field(
        default=False,
        alias="brouillon",
        title="Brouillon",
        description="« oui » tant que la page ne doit pas être publiée.",
    )
    updated: Day | None = Field(
        None,
        alias="mise_a_jour",
        title="Dernière mise à jour",
        description="Le jour de la dernière correction de fond.",
    )

    _document: Document = PrivateAttr()

    def model_post_init(self, context: Any) -> None:
        """Store the document that the entry was read from: `context["document"]`."""
        if context:
            self._document = context["document"]

    @classmethod
    def make_partial(cls, values: Mapping[str, Any], document: Document) -> Self:
        """Return a partial entry; `values` maps keys, as typed, to valid or blank values."""
        entry = cls.model_construct(**values)
        entry.model_post_init({"document": document})
        return entry

    def with_document(self, document: Document) -> Self:
        """Return this entry, read from another document with the same front matter."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        entry = type(self).model_construct(self.model_fields_set)
        entry.__dict__.update(values)
        entry.model_post_init({"document": document})
        return entry

    @functools.cached_property  # pydantic is slow to find a private attribute
    def document(self) -> Document:
        """Return the document that the entry was read from."""
        return self._document

    @property
    def path(self) -> str:
        """Return the path of the file of the entry."""
        return self.document.path

    @functools.cached_property
    def slug(self) -> str:
        """Return the last part of the entry's address."""
        return self.document.slug

    @property
    def address_slug(self) -> str:
        """Return the part of the entry's address that follows the prefix of its kind."""
        return self.slug

    @functools.cached_property
    def key(self) -> Key:
        """Return the unique key of the entry: the name of its kind, and its slug."""
        return (self.kind_name, self.slug)

    @property
    def shared_page(self) -> str:
        """Return the last part of the address of the page that shows the entry among others.

        It is "" for an entry with a page of its own.
        """
        return ""

    @property
    def body(self) -> Body:
        """Return the body: the Markdown below the front matter."""
        return self.document.body

    @property
    def is_incomplete(self) -> bool:
        """Return whether the entry is a draft that waits for one of its `awaited_keys`."""
        fields = type(self).model_fields.items()
        awaited = (one for one in fields if one[1].alias in self.awaited_keys)
        return self.draft and any(one.is_required() and not getattr(self, n) for n, one in awaited)

    @property
    def heading(self) -> str:
        """Return the title of the entry, in lists and at the top of its page."""
        heading: str = getattr(self, self.heading_field)
        return heading

    @property
    def abstract(self) -> str:
        """Return the sentence that describes the entry in lists and search engines, or "".

        It is the field `summary`, if the kind has one.
        """
        abstract: str = getattr(self, "summary", "")
        return abstract

    @property
    def own_date(self) -> PartialDate | None:
        """Return the date that distinguishes the entry from others with the same name, or None.

        With different dates, such entries are different things, like the meetings of two years.
        """
        return None

    @property
    def is_example(self) -> bool:
        """Return whether the entry is an invented example."""
        return False

    @property
    def held_until(self) -> datetime.date | None:
        """Return the first day on which the entry may be published; None means any day."""
        return None

    def check_keys(self) -> Iterator[Fault]:
        """Yield the faults between keys: those that the type of a single key cannot detect."""
        yield from ()

    def check_hours(self, zone: str) -> Iterator[Fault]:  # noqa: ARG002 - used by events
        """Yield the faults of hours; `zone` is the time zone of an entry without `fuseau`."""
        yield from ()

    def list_days_done(self) -> Iterator[tuple[Any, datetime.date]]:
        """Yield (key or key path, day) for each day that must not be in the future."""
        if self.updated:
            yield "mise_a_jour", self.updated

    def list_terms(self) -> tuple[Term, ...]:
        """Return the terms that the entry lists; only vocabularies list any."""
        return ()

    def list_labels(self, part: str = "") -> Mapping[str, str]:
        """Return the labels of the terms, or of the sub-terms if `part` is not "", by key."""
        return {term.key: term.name for term in select_terms(self.list_terms(), part)}

    def list_unknowns(self) -> Iterator[str]:
        """Yield the facts that are still unknown, for the list that `verifier` prints."""
        yield from ()

    def list_figures(self) -> Iterator[tuple[KeyPath, PartialDate]]:
        """Yield (key path, date) for each dated figure."""
        yield from ()

    def list_organisations(self) -> Iterator[tuple[KeyPath, str]]:
        """Yield (key path, name) for each organisation that a key names in words.

        Names of a partial entry may be empty or None.
        """
        yield from ()


class Titled(Entry):
    """An entry with a title and a one-sentence summary."""

    title: Text = Field(alias="titre", title="Titre")
    summary: Sentences = Field(
        alias="resume", title="Résumé", description="Une phrase, pour les listes."
    )


@dataclass(frozen=True, slots=True)
class Validated:
    """The valid entries, the entries of documents with problems (`partial`), and the problems."""

    entries: tuple[Entry, ...]
    partial: tuple[Entry, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A content type. `name` is also the name of its module and of its template.

    `prefix` is the start of the addresses of its pages (« /projets/ »), or "" if it has no pages.
    `index` is the template of its list page, or "" if it has no list page or a view makes that
    page. `shared` has the end of the address and the title of each page that entries share.
    `facets` filter its list page. `sealed` is the subfolder of sealed letters, or "".
    `make_example` makes an example, or is None. `site.toml` can change `singular`, `plural`,
    `feminine`, `index_title` and `prefix`.
    """

    name: str
    model: type[Entry]
    folder: str
    singular: str
    plural: str
    prefix: str = ""
    index: str = "liste.html"
    suffix: str = ".md"
    index_title: str = ""
    feminine: bool = False
    shared: tuple[tuple[str, str], ...] = ()
    facets: tuple[Facet, ...] = ()
    sealed: str = ""
    is_vocabulary: bool = False
    make_example: Callable[[Draw, Document], Entry] | None = None

    @property
    def title(self) -> str:
        """Return the title of the list of its entries."""
        return self.index_title or self.plural[:1].upper() + self.plural[1:]

    @property
    def file_name(self) -> str:
        """Return the name, without suffix, of the exported files that list its entries."""
        return make_slug(self.plural)

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words that people may use for the content type."""
        return (self.name, self.singular, self.plural)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys that the front matter of its files may have."""
        return tuple(map_keys(self.model))

    @property
    def file_order(self) -> tuple[str, ...]:
        """Return the keys in the usual order of a file: the keys of this kind, then common ones."""
        own = self.model.__annotations__
        fields = sorted(self.model.model_fields.items(), key=lambda pair: pair[0] not in own)
        return tuple(info.alias or name for name, info in fields)

    def make_address(self, slug: str) -> str:
        """Return the address of the entry whose `address_slug` is `slug`."""
        return f"{self.prefix}{slug}/"


AnyReference = Reference | TerritoryCode | DownloadName


def list_references(part: Part, path: KeyPath = ()) -> Iterator[tuple[KeyPath, AnyReference, str]]:
    """Yield (key path, annotation, value) for each reference in a group of keys, at any depth.

    A reference names an entry, a term, a territory or a PDF.
    """
    for name, alias, role in list_reference_keys(type(part)):
        value = getattr(part, name)
        items = enumerate(value) if isinstance(value, tuple) else [(None, value)]
        for number, item in items:
            place: KeyPath = (*path, alias) if number is None else (*path, alias, number)
            if isinstance(item, Part):
                yield from list_references(item, place)
            elif role and item:  # a partial entry may have blanks
                yield place, role, item


@functools.cache
def list_reference_keys(model: type[Part]) -> tuple[tuple[str, str, AnyReference | None], ...]:
    """Return (name, key as typed, annotation) for each field that may contain references.

    The annotation is None if references can only be in the groups of keys of the field.
    """
    found = []
    for name, info in model.model_fields.items():
        found_in = (*info.metadata, *list_types(info.annotation))
        role = next((m for m in found_in if isinstance(m, AnyReference)), None)
        if role or any(list_parts(info.annotation)):
            found.append((name, info.alias or name, role))
    return tuple(found)


def map_keys(model: type[Part]) -> Mapping[str, FieldInfo]:
    """Return the fields of a model by key, as editors type it."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def list_parts(annotation: Any) -> tuple[type[Part], ...]:
    """Return the models of the groups of keys inside an annotation, at any depth."""
    types = list_types(annotation)
    return tuple(one for one in types if isinstance(one, type) and issubclass(one, Part))


def is_list(info: FieldInfo) -> bool:
    """Return whether the value of a field is a list, or may be one."""
    types = (info.annotation, *typing.get_args(info.annotation))
    return any(typing.get_origin(one) is tuple for one in types)


def list_types(annotation: Any) -> tuple[Any, ...]:
    """Return the types and the metadata inside an annotation, at any depth."""
    return _list_types_once(annotation)


@functools.cache
def _list_types_once(annotation: Any) -> tuple[Any, ...]:
    metadata = getattr(annotation, "__metadata__", ())
    arguments = typing.get_args(annotation)
    inner = (one for argument in arguments for one in _list_types_once(argument))
    return (*metadata, *inner) if arguments else (*metadata, annotation)
