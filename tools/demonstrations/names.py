"""The proper names of the first network, read from its own content, so that the list stays true."""

from __future__ import annotations

import functools
import importlib.resources
import json
import lzma
import re
from collections.abc import Iterator

from build import KINDS
from maille import kinds
from maille.content.discover import discover, read_config_file
from maille.content.parse import parse
from maille.kinds.catalyser import Catalyser
from maille.kinds.newsletter import Newsletter
from maille.kinds.projet import Projet
from maille.kinds.vocabulaire import Vocabulaire
from maille.kinds.webinaire import Webinaire
from maille.schema.event import Occasion
from maille.schema.kind import Entry
from maille.schema.validate import validate
from maille.site.config import read_config
from maille.text.names import strip_accents
from tests.building import ROOT

# Names in the content that the engine may hold too: an ordinary French phrase, the bodies whose
# data it credits, and kinds of bodies that any network has.
ALLOWED = frozenset({"insee", "ign", "mode d emploi", "cci", "petr", "ptce"})
WORD = re.compile(r"[^\W_]+")
# A word of a sentence, not a piece of an address.
PROSE = re.compile(r"(?<![\w./@-])[^\W\d_]+(?![\w/@-]|\.\w)")
# A word that is surely a name: with capitals inside or digits, as RAMEAU or Aide80, not « Maison ».
SHAPED = re.compile(r"\w+[A-ZÀ-Þ0-9]\w*")


@functools.cache
def read_names() -> frozenset[str]:
    """Return the names as folded phrases, and also the single words that only names have."""
    config, _ = read_config(read_config_file(ROOT))
    assert config
    site_kinds = kinds.load(KINDS)
    documents, _ = parse(discover(ROOT, site_kinds).sources)
    entries = validate(documents, site_kinds).entries
    whole = {config.name, config.short_name, *(n for entry in entries for n in _list_names(entry))}
    apart = {w for name in whole for w in WORD.findall(name) if len(w) > 3 and SHAPED.fullmatch(w)}
    prose = " ".join(entry.body.text for entry in entries)
    ordinary = {word for word in PROSE.findall(prose) if word.islower()}
    phrases = {" ".join(map(fold, WORD.findall(name))) for name in (*whole, *apart)}
    return frozenset(phrases - {fold(word) for word in ordinary} - _read_places() - ALLOWED)


def find_names(text: str) -> list[str]:
    """Return the names of the first network that a text contains, in any case."""
    words = f" {' '.join(map(fold, WORD.findall(text)))} "
    return sorted(name for name in read_names() if f" {name} " in words)


def fold(word: str) -> str:
    return strip_accents(word).casefold()


def _list_names(entry: Entry) -> Iterator[str]:
    match entry:
        case Catalyser() if not entry.example:
            yield from (entry.name, *entry.other_names, *(role.name for role in entry.people))
            yield from (part.name for part in entry.ecosystem if part.name)
        case Projet():
            yield from (*entry.names, *entry.holders, *entry.partners, *entry.supported_by)
        case Newsletter():
            yield from [entry.origin.publisher] if entry.origin else []
        case Vocabulaire() if entry.slug == "acteurs":
            yield from (term.name for term in entry.terms)
    if isinstance(entry, Occasion):
        yield from entry.organisers
    if isinstance(entry, Webinaire):
        yield from (one.name for one in entry.speakers)
        yield from (one.structure for one in entry.speakers if one.structure)


@functools.cache
def _read_places() -> frozenset[str]:
    """Return the place names of the gazetteer, as folded phrases and word by word."""
    data = importlib.resources.files("maille") / "data"
    rows = lzma.decompress((data / "communes.tsv.xz").read_bytes()).decode().splitlines()
    tables = json.loads((data / "territoires.json").read_bytes())
    named = [one["name"] for table in tables.values() for one in table]
    named += [f"Région {one['name']}" for one in tables["regions"]]
    phrases = [
        list(map(fold, WORD.findall(n))) for n in (*named, *(r.split("\t")[1] for r in rows))
    ]
    return frozenset((*map(" ".join, phrases), *(word for words in phrases for word in words)))
