"""Examples: invented entries that show what a list will look like once it is full.

An example depends only on its number, the gazetteer, and the vocabularies and words of the site.
Random numbers are digests, the same on every machine and with every version of Python.
"""

from __future__ import annotations

import hashlib
import heapq
import html
import itertools
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from maille.content.documents import Body, Document, Positions
from maille.gazetteer import Commune, Departement, Gazetteer
from maille.schema.facets import Facet
from maille.schema.vocabulary import SubTerm, Term

# How many communes are drawn at random for an example, which gets the most populated one: this
# gives more towns than a single draw would, and still some villages.
DRAWN = 8

# « Exemple 042 : kiosque des quatre vents »: no reader mistakes it for a real organisation.
THINGS = (
    *("atelier", "comptoir", "jardin", "relais", "carrefour", "verger"),
    *("préau", "fournil", "passage", "kiosque", "hangar", "lavoir"),
)
OF = (
    *("des deux rives", "de la place", "du lundi", "des voisins", "de midi", "du grand tilleul"),
    *("des quatre vents", "de la gare", "du marché", "des saisons", "du premier étage"),
)

SENTENCES = (
    "Une vraie fiche dit ici, en quelques phrases, ce qui se fait, avec qui et depuis quand.",
    "À sa place, une vraie fiche dit ce que l'on sait, ce que l'on ignore, et d'où on le sait.",
    "Une vraie fiche raconte ici ce qui se passe, puis cite les documents qui le disent.",
)


@dataclass(frozen=True, slots=True)
class Draw:
    """The draw of one example: its number, its place, and the vocabularies of the site by slug.

    `has_point` says whether the example gives its commune: after the first round of départements,
    one in 25 does not, like some real records.
    """

    number: int
    commune: Commune
    department: Departement
    has_point: bool
    vocabularies: Mapping[str, tuple[Term, ...]]

    @property
    def slug(self) -> str:
        """Return the end of the address of the example."""
        return f"exemple-{self.number:03}"

    @property
    def name(self) -> str:
        """Return a name that says that this is an example."""
        thing, of = THINGS[self.number % len(THINGS)], OF[self.number % len(OF)]
        return f"Exemple {self.number:03} : {thing} {of}"

    @property
    def territory(self) -> str:
        """Return the code of a territory: often the département, rarely the country."""
        chance = self.draw_number("territoire") % 40
        if chance == 0:
            return "national"
        if chance < 8 and self.department.region:
            return self.department.region
        if chance < 16 and self.commune.intercommunalite:
            return self.commune.intercommunalite
        return self.department.code

    def draw_number(self, what: str) -> int:
        """Return a number that looks random, always the same for this example and `what`."""
        return _draw_number(what, self.number)

    def choose_terms(self, vocabulary: str) -> tuple[Term, ...]:
        """Return one term, in rotation; for about one example in three, also one at random.

        If both are the same term, return it once. If the vocabulary has no terms, return ().
        """
        known = self.vocabularies.get(vocabulary, ())
        if not known:
            return ()
        more = self.draw_number(vocabulary)
        chosen = {self.number % len(known)}
        if more % 3 == 0:
            chosen.add(more // 3 % len(known))
        return tuple(known[place] for place in sorted(chosen))

    def choose_sub_terms(self, term: Term) -> tuple[SubTerm, ...]:
        """Return one or two sub-terms of a term, if it has that many."""
        size = len(term.activities)
        first, more = divmod(self.draw_number(term.key), 2)
        chosen = {(first + step) % size for step in range(more + 1)} if size else ()
        return tuple(term.activities[place] for place in sorted(chosen))

    def choose_facet(self, facet: Facet) -> str | tuple[str, ...] | None:
        """Return the value of a facet for the example: the key of a term chosen at random.

        If the facet is a list, return a tuple of this key, or () for about one example in two. If
        the vocabulary has no terms, return None, or () for a list.
        """
        known = self.vocabularies.get(facet.vocabulary, ())
        if not known:
            return () if facet.is_list else None
        chance = self.draw_number(facet.key)
        if not facet.is_list:
            return known[chance % len(known)].key
        place, more = divmod(chance, 2)
        return (known[place % len(known)].key,) if more else ()

    def make_document(self, above: str, opening: str) -> Document:
        """Return the document of the example, whose text begins with the sentence `opening`.

        The example has no file: its path is made of `above`, the path of the file that asks for
        examples, and its slug.
        """
        text = f"{opening} {SENTENCES[self.draw_number('phrase') % len(SENTENCES)]}"
        body = Body(text, f"<p>{html.escape(text, quote=False)}</p>")
        return Document(f"{above}/{self.slug}.md", {}, Positions(), Positions(), body)


def _draw_number(what: str, of: object) -> int:
    return int.from_bytes(hashlib.sha256(f"{what} {of}".encode()).digest()[:8], "big")


def draw(
    gazetteer: Gazetteer,
    perimeter: Collection[str],
    vocabularies: Mapping[str, tuple[Term, ...]],
) -> Iterator[Draw]:
    """Yield the draw of each example, endlessly, from number 1.

    `perimeter` has the codes of the départements of the examples; if it has none, they are in all
    départements, but not in the overseas collectivités. The same arguments give the same draws.
    """
    codes = sorted(perimeter & gazetteer.departments.keys()) or [
        one.code for one in gazetteer.departments.values() if one.region
    ]
    for number, commune in enumerate(draw_communes(gazetteer, codes), 1):
        department = gazetteer.departments[commune.department]
        has_point = number <= len(codes) or number % 25 > 0
        yield Draw(number, commune, department, has_point, vocabularies)


def draw_communes(gazetteer: Gazetteer, departments: Sequence[str]) -> Iterator[Commune]:
    """Yield the commune of each example, endlessly: one per département, then by population.

    After the first round, the Sainte-Laguë method chooses the département. Nothing is yielded if no
    commune of these départements has a point.
    """
    codes = list(gazetteer.communes)
    drawn = {code: _draw_in_department(gazetteer, codes, code) for code in departments}
    people = {code: max(1, gazetteer.departments[code].population) for code in departments}
    given = dict.fromkeys(departments, 0)
    waiting = [(False, Fraction(1, people[code]), code) for code in departments]
    heapq.heapify(waiting)
    while waiting:
        _, _, code = heapq.heappop(waiting)
        if commune := next(drawn[code], None):
            given[code] += 1
            yield commune
            rank = Fraction(2 * given[code] + 1, people[code])
            heapq.heappush(waiting, (True, rank, code))


def _draw_in_department(
    gazetteer: Gazetteer, codes: Sequence[str], department: str
) -> Iterator[Commune]:
    """Yield communes of a département that have a point, endlessly, each once in every round.

    `codes` are the codes of all communes, sorted; each begins with the code of its département.
    """
    own = codes[bisect_left(codes, department) : bisect_left(codes, f"{department}Z")]
    left, some = list(own), False
    for turn in itertools.count():
        if not left:
            if not some:
                return
            left, some = list(own), False
        chances = (_draw_number(f"{department} {turn}", step) for step in range(DRAWN))
        found = {left[chance % len(left)] for chance in chances}
        commune = max(map(gazetteer.communes.__getitem__, found), key=_rank)
        left.remove(commune.code)
        if commune.latitude is not None:
            some = True
            yield commune


def _rank(commune: Commune) -> tuple[int, str]:
    return commune.population, commune.code
