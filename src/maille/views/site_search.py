"""The search over the whole site: its page, and the index that the script of the page reads.

The words of the pages are grouped by their French stem (Snowball), so that « projet » finds
« projets ». The index lists the words of each group: the script needs no stemmer.
"""

from __future__ import annotations

import functools
import hashlib
import html
import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from maille.content.documents import list_texts
from maille.formats.compact_json import encode_compact, encode_members
from maille.kinds.page import Page
from maille.kinds.vocabulaire import Vocabulaire
from maille.schema.fields import Reference
from maille.schema.kind import Entry, Kind, list_references
from maille.schema.letter import Letter, find_rhythm
from maille.schema.vocabulary import Rhythm, Term
from maille.site.model import Site
from maille.text.dates import format_date
from maille.text.names import fold
from maille.text.typography import typeset
from maille.text.urls import Link
from maille.views.plans import FilePlan, LatePlan, PagePlan, Plan
from maille.views.terms import find_shown, list_paged

ADDRESS = "/recherche/"
SOURCE = "la recherche dans le site"
PAGES = "Pages"

# A word in more than this share of the pages, such as « pour », is not searched. With `_FEW` pages
# or fewer, every word is searched.
_COMMON = 0.3
_FEW = 30
# With more characters than this to search, the index is in parts: a file for all words with the
# same first two letters, and volumes of pages. One file would be larger than 150 kB once
# compressed.
WHOLE = 900_000
VOLUME = 400  # pages per volume

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_TAG = re.compile(r"<[^>]*>")

# A group of words with one stem: the words, with spaces between them; how many pages have one of
# these words in their title or summary; the numbers of these pages, then of the other pages that
# have one in their text.
Group = tuple[str, int, list[int]]


@dataclass(frozen=True, slots=True)
class Searched:
    """Something to find: a page, or a section of a letter. `text` is searched but not shown."""

    type: str
    title: str
    address: str
    summary: str
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the things to find, with the numbers of those that have them.

    `shown` are the words of titles and summaries, `found` those of texts. `stems` has the stem of
    each word.
    """

    shown: Mapping[str, Sequence[int]]
    found: Mapping[str, Sequence[int]]
    stems: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Content:
    """What is searched besides pages made by views; in a large site, the words of its texts."""

    every: tuple[Searched, ...]
    words: Words | None = None


def prepare(site: Site) -> Content:
    """Return what is searched of the entries and the terms of a site.

    In a large site, the texts are left out, and their words are there: this takes long, and is
    done in another process while pages are planned.
    """
    every = (*_list_entries(site), *_list_terms(site))
    if _measure(every) <= WHOLE:
        return Content(every)
    texts = (replace(one, title="", summary="") for one in every)
    return Content(tuple(replace(one, text="") for one in every), _index_words(texts))


def plan(site: Site, pages: Iterable[PagePlan], content: Content | None = None) -> Iterator[Plan]:
    """Yield the search page and the files of its index.

    `pages` are the pages that search engines list; `content` is what `prepare` returned, if it has
    been called.
    """
    content = content or prepare(site)
    every = tuple(list_searched(site, pages, content))
    by_type: dict[str, list[Link]] = {}
    for one in every:
        by_type.setdefault(one.type, []).append(Link(one.title, one.address))
    yield PagePlan(
        ADDRESS,
        "recherche.html",
        "Chercher dans le site",
        description="Un mot, dans les fiches, les projets, les lettres et toutes les pages.",
        context={"groups": tuple(by_type.items())},
        source=SOURCE,
        scripts=("js/site-search.js",),
    )
    if not content.words and _measure(every) <= WHOLE:
        make = functools.partial(_encode_whole, every)
        key = hashlib.blake2b(repr(every).encode("utf-8", "surrogatepass")).digest()
        yield LatePlan(f"{ADDRESS}index.json", make, SOURCE, key)
    else:
        yield from _plan_parts(every, content.words)


def _measure(every: Iterable[Searched]) -> int:
    """Return the number of characters to search."""
    return sum(len(one.title) + len(one.summary) + len(one.text) for one in every)


def list_searched(
    site: Site, pages: Iterable[PagePlan], content: Content | None = None
) -> Iterator[Searched]:
    """Yield the entries, the sections of letters, the terms, then the other pages.

    Examples, lists of entries and pages of territories are left out.
    """
    known = set[str]()
    for one in (content or prepare(site)).every:
        known.add(one.address.partition("#")[0])
        yield one
    lists = {kind.prefix for kind in site.kinds} - {"/"}
    left_out = (*lists, "/territoires/", "/404.html")
    for page in pages:
        inside = page.address.startswith("/territoires/") or page.address in left_out
        if page.address not in known and not inside:
            yield Searched(PAGES, page.title, page.address, page.description, "")


def _list_entries(site: Site) -> Iterator[Searched]:
    for kind in site.kinds:
        if not kind.prefix:
            continue
        type_name = PAGES if kind.prefix == "/" else kind.title
        for entry in site.entries[kind.name]:
            if entry.is_example:
                continue
            if isinstance(entry, Letter):
                yield from _list_sections(site, kind, entry)
            else:
                text = " ".join(_list_entry_texts(site, entry))
                address = site.address(entry)
                yield Searched(type_name, entry.heading, address, entry.abstract, text)


def _list_sections(site: Site, kind: Kind, letter: Letter) -> Iterator[Searched]:
    """Yield the sections of a letter; text above the first heading has the title of the letter."""
    when = f"{kind.singular.capitalize()} de {format_date(letter.period)}"
    if find_rhythm(letter.period) is not Rhythm.MONTH or not letter.mailing_list.is_only:
        when = letter.heading
    for section in site.sections_of(letter):
        address = site.section_address(section)
        title = section.title or letter.heading
        yield Searched(kind.title, title, address, when, _strip_tags(section.html))


def _list_entry_texts(site: Site, entry: Entry) -> Iterator[str]:
    """Yield the texts of an entry: its values, the labels of its terms, its place and its body.

    Sources and web addresses are left out. So are references, except those to terms.
    """
    named = {path: (role, value) for path, role, value in list_references(entry)}
    for path, value in list_texts(entry.document.front_matter):
        if path not in named and path[0] != "sources" and "://" not in value:
            yield value
    for role, value in named.values():
        vocabulary = role.target.partition(":")[2] if isinstance(role, Reference) else ""
        if vocabulary and (found := site.find("vocabulaire", vocabulary)):
            yield found.list_labels(role.part if isinstance(role, Reference) else "").get(value, "")
    yield site.place(entry).label
    yield _strip_tags(entry.body.html)


def _list_terms(site: Site) -> Iterator[Searched]:
    """Yield the terms that have a page, then the terms that a page shows, as in a glossary."""
    for vocabulary in site.list_entries(Vocabulaire):
        paged = list_paged(site, vocabulary.slug)
        for term in vocabulary.terms:
            if term.key in paged:
                address = f"{vocabulary.prefix}{term.key}/"
                yield _describe_term(vocabulary.name, term, address)
    for page in site.list_entries(Page):
        if shown := find_shown(site, page):
            for term in shown.terms:
                yield _describe_term(shown.name, term, f"{site.address(page)}#{term.key}")


def _describe_term(type_name: str, term: Term, address: str) -> Searched:
    others = (*term.other_words, *(activity.name for activity in term.activities))
    return Searched(type_name, term.name, address, term.summary or "", " ".join(others))


def _strip_tags(text: str) -> str:
    return html.unescape(_TAG.sub(" ", text))


def _index_words(every: Iterable[Searched]) -> Words:
    """Return the words of things to find, which are numbered in their order."""
    shown: dict[str, array[int]] = defaultdict(functools.partial(array, "I"))
    found: dict[str, array[int]] = defaultdict(functools.partial(array, "I"))
    for number, one in enumerate(every):
        for word in _list_words(f"{one.title} {one.summary}"):
            shown[word].append(number)
        for word in _list_words(one.text):
            found[word].append(number)
    return Words(shown, found, {word: _find_stem(word) for word in {*shown, *found}})


def make_groups(
    every: Sequence[Searched], words: Words | None = None
) -> tuple[dict[str, Group], list[str]]:
    """Return the groups of words by stem, and the words that too many pages contain (`_COMMON`).

    Words and stems are folded (`names.fold`). Single letters are left out. « co-working » gives
    three words: its parts, and « coworking ». `words` are those of texts that `every` lacks.
    """
    parts = (_index_words(every), *([words] if words else []))
    forms: dict[str, set[str]] = defaultdict(set)
    for part in parts:
        for word, stem in part.stems.items():
            forms[stem].add(word)
    most = len(every) * _COMMON if len(every) > _FEW else len(every)
    groups, common = {}, list[str]()
    for stem, forms_of in sorted(forms.items()):
        first, rest = set[int](), set[int]()
        for part in parts:
            for word in forms_of:
                first.update(part.shown.get(word, ()))
                rest.update(part.found.get(word, ()))
        rest -= first
        folded = sorted({fold(word) for word in forms_of})
        if len(first) + len(rest) > most:
            common += folded
        else:
            groups[stem] = (" ".join(folded), len(first), [*sorted(first), *sorted(rest)])
    return groups, sorted(common)


def _list_words(text: str) -> set[str]:
    typed = {*_WORD.findall(text.lower())}
    for word in [word for word in typed if "-" in word]:
        typed.update(word.split("-"), (word.replace("-", ""),))
        typed.remove(word)
    return {word for word in typed if len(word) > 1}


@functools.cache
def _make_stemmer() -> Callable[[str], str]:
    from snowballstemmer.french_stemmer import FrenchStemmer

    stem: Callable[[str], str] = FrenchStemmer().stemWord
    return stem


@functools.lru_cache(maxsize=100_000)  # the preview stems the same words again and again
def _find_stem(word: str) -> str:
    """Return the folded stem of `word`, in lower case with accents: « écoles » gives "ecol"."""
    if "0" <= word[-1] <= "9":  # French has no ending with a digit
        return fold(word)
    return fold(_make_stemmer()(word)) or fold(word)


def _encode_whole(every: Sequence[Searched]) -> bytes:
    types, rows = _make_rows(every)
    groups, common = make_groups(every)
    words = list(groups.values())
    return encode_members({"types": types, "pages": rows, "mots": words, "communs": common})


def _make_rows(every: Sequence[Searched]) -> tuple[list[str], list[list[object]]]:
    """Return the types, and [index of the type, title, address, summary] for each page."""
    types = [*dict.fromkeys(one.type for one in every)]
    rows: list[list[object]] = [
        [types.index(one.type), typeset(one.title), one.address, typeset(one.summary)]
        for one in every
    ]
    return types, rows


def _plan_parts(every: Sequence[Searched], words: Words | None) -> Iterator[Plan]:
    """Yield the index in parts: `index.json`, words by first two letters, volumes of pages."""
    types, rows = _make_rows(every)
    parts: dict[str, list[Group]] = defaultdict(list)
    groups, common = make_groups(every, words)
    for group in groups.values():
        for start in {word[:2] for word in group[0].split()}:
            parts[start].append(group)
    data = {"types": types, "volume": VOLUME, "debuts": sorted(parts), "communs": common}
    yield FilePlan(f"{ADDRESS}index.json", encode_members(data), SOURCE)
    for start, inside in sorted(parts.items()):
        yield FilePlan(f"{ADDRESS}mots-{start}.json", encode_compact(inside).encode(), SOURCE)
    for number, first in enumerate(range(0, len(rows), VOLUME)):
        volume = encode_compact(rows[first : first + VOLUME]).encode()
        yield FilePlan(f"{ADDRESS}pages-{number}.json", volume, SOURCE)
