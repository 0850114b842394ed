"""Write example records, which show what the directory will look like once it is full.

An example depends only on its number, the gazetteer, and the vocabularies and names of kinds of
the site. Random numbers are digests, the same on every machine and with every version of Python.
"""

from __future__ import annotations

import hashlib
import heapq
import itertools
import json
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from maille.content.documents import SourceFile
from maille.gazetteer import Commune, Gazetteer
from maille.kinds.catalyser import FACETS, ONLY_REAL, Catalyser
from maille.schema.facets import Facet
from maille.schema.kind import Kind
from maille.schema.vocabulary import Term
from maille.site.model import Site
from maille.text.names import fold

FOLDER = "exemples"
# The weight of a commune is TOWN if the name of its intercommunalité contains the commune's name,
# else SUBURB if the intercommunalité is urban, else 1. The random number of each commune is
# divided by the weight, and the communes with the lowest results are chosen first.
TOWN, SUBURB = 200, 5

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
class Counts:
    """How many real records and how many examples the site has."""

    real: int
    examples: int

    @classmethod
    def count(cls, site: Site) -> Counts:
        """Count the records that the site publishes."""
        return cls(len(site.list_real(Catalyser)), len(site.list_examples(Catalyser)))

    def count_missing(self, total: int) -> int:
        """Return how many more examples make `total` records; negative if there are too many."""
        return total - self.real - self.examples


def complete(root: Path, site: Site, total: int) -> str:
    """Write the examples needed to publish `total` records; return a French message to print.

    Existing files are never changed or removed. Raises OSError when a file cannot be written.
    """
    kind, before = site.kind(Catalyser.kind_name), Counts.count(site)
    count = max(0, before.count_missing(total))
    place = name_folder(kind)
    taken = {path.relative_to(root).as_posix() for path in (root / place).rglob("*")}
    for file in make_examples(site, count, taken):
        _write_new(root / file.path, file.data)
    return _describe_result(kind, before, total, count)


def _write_new(path: Path, data: bytes) -> None:
    """Write a new file. On OSError (the file exists, or cannot be written), leave no new file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    opened = path.open("xb")
    try:
        with opened:
            opened.write(data)
    except OSError:
        path.unlink()
        raise


def name_folder(kind: Kind) -> str:
    """Return the path of the folder of examples."""
    return f"{kind.folder}/{FOLDER}"


def make_examples(site: Site, count: int, taken: Container[str]) -> tuple[SourceFile, ...]:
    """Return `count` new examples, with the first numbers that are free.

    A number is free if its path is not in `taken` and the site has no record with its slug.
    """
    kind = site.kind(Catalyser.kind_name)
    free = (
        SourceFile(path, _write_text(site, kind, number, commune).encode())
        for number, commune in enumerate(choose_communes(site.gazetteer), 1)
        if (path := f"{name_folder(kind)}/exemple-{number:03}{kind.suffix}") not in taken
        and not site.find(kind.name, f"exemple-{number:03}")
    )
    return tuple(itertools.islice(free, count))


def _describe_result(kind: Kind, before: Counts, total: int, written: int) -> str:
    away = f"Pour retirer tous les exemples : effacez le dossier {name_folder(kind)}/."
    real = f"{before.real} {kind.plural if before.real > 1 else kind.singular}"
    there = f"{real} et {_format_count(before.examples + written)}"
    if written:
        more = " de plus" if before.examples else ""
        return (
            f"{_format_count(written)}{more}, dans {name_folder(kind)}/. En tout : {there}.\n{away}"
        )
    if before.count_missing(total) == 0:
        return f"Rien à écrire : il y a déjà {there}.\n{away}"
    return (
        f"Rien n'a été écrit ni retiré : il y a déjà {there}, plus que les {total} demandées.\n"
        f"Pour en avoir moins, effacez des fichiers de {name_folder(kind)}/. {away}"
    )


def _format_count(count: int) -> str:
    return f"{count} fiche{'s' if count > 1 else ''} d'exemple"


# --- The commune of an example -------------------------------------------------------------------


def choose_communes(gazetteer: Gazetteer) -> Iterator[Commune]:
    """Yield the commune of each example, endlessly: one per département, then by population.

    No example is in an overseas collectivité.

    After the first round, the Sainte-Laguë method chooses the département of each example, so
    a longer list begins with the same communes.
    """
    drawn = {code: itertools.cycle(found) for code, found in _sort_communes(gazetteer).items()}
    people = {one.code: one.population for one in gazetteer.departments.values() if one.region}
    given = dict.fromkeys(people, 0)
    waiting = [(False, Fraction(1, people[code]), code) for code in people]
    heapq.heapify(waiting)
    while waiting:
        _, _, code = heapq.heappop(waiting)
        given[code] += 1
        yield next(drawn[code])
        heapq.heappush(waiting, (True, Fraction(2 * given[code] + 1, people[code]), code))


def _sort_communes(gazetteer: Gazetteer) -> dict[str, list[Commune]]:
    """Return the communes with coordinates, by département, in the order of choice."""
    found: dict[str, list[Commune]] = {code: [] for code in gazetteer.departments}
    for commune in gazetteer.communes.values():
        if commune.latitude is not None:
            found[commune.department].append(commune)
    bodies = {
        siren: (f" {fold(body.name)} ", 1 if body.kind == "CC" else SUBURB)
        for siren, body in gazetteer.intercommunalites.items()
    }

    def rank(commune: Commune) -> int:
        name, weight = bodies.get(commune.intercommunalite, ("", 1))
        weight = TOWN if f" {fold(commune.name)} " in name else weight
        return _draw_number("commune", commune.code) // weight

    return {code: sorted(communes, key=rank) for code, communes in found.items()}


def _draw_number(what: str, of: object) -> int:
    """Return a number that looks random, always the same for the same arguments."""
    return int.from_bytes(hashlib.sha256(f"{what} {of}".encode()).digest()[:8], "big")


# --- The text of an example ----------------------------------------------------------------------


def _write_text(site: Site, kind: Kind, number: int, commune: Commune) -> str:
    """Return the text of an example's file: front matter and a few sentences."""
    practices = _choose_practices(site, number)
    where = site.gazetteer.departments[commune.department]
    does = " et ".join(term.name[:1].lower() + term.name[1:] for term in practices)
    fields = Catalyser.model_fields
    terms = _choose_terms(site, practices, number)
    header = {
        "name": _quote(f"Exemple {number:03} : {_name_example(number)}"),
        **{field: terms[field] for field in fields if field in terms},
        "commune": _quote(commune.name) if _has_point(site, number) else "",
        "department": f'"{commune.department}"',
        "territories": _format_list([_choose_territory(site.gazetteer, commune, number)]),
        "summary": _quote(f"Exemple inventé{f' : {does}' if does else ''}, {where.locative}."),
        "example": "oui",
    }
    lines = [f"{fields[name].alias}: {value}" for name, value in header.items() if value]
    none = "Aucune" if kind.feminine else "Aucun"
    sentence = SENTENCES[_draw_number("phrase", number) % len(SENTENCES)]
    body = f"{none} {kind.singular} ne porte ce nom : cette fiche est un exemple. {sentence}"
    return "\n".join(("---", *lines, "---", body, ""))


def _name_example(number: int) -> str:
    return f"{THINGS[number % len(THINGS)]} {OF[number % len(OF)]}"


def _choose_practices(site: Site, number: int) -> tuple[Term, ...]:
    """Return one practice, in rotation, and for about one example in three a random practice.

    If both are the same practice, return it once. Without practices in the vocabulary, return ().
    """
    known = site.vocabulary("pratiques")
    if not known:
        return ()
    more = _draw_number("pratique", number)
    keys = {known[number % len(known)].key}
    if more % 3 == 0:
        keys.add(known[more // 3 % len(known)].key)
    return site.terms("pratiques", tuple(keys))


def _choose_activities(practices: Iterable[Term], number: int) -> Iterator[str]:
    """Yield the keys of one or two activities of each practice, if it has that many."""
    for term in practices:
        size = len(term.activities)
        first, more = divmod(_draw_number(term.key, number), 2)
        chosen = {(first + step) % size for step in range(more + 1)} if size else ()
        yield from (term.activities[place].key for place in sorted(chosen))


def _choose_terms(site: Site, practices: Iterable[Term], number: int) -> dict[str, str]:
    """Return, by field, the value to write for each facet that an example may have."""
    found = {
        "practices": _format_list(term.key for term in practices),
        "activities": _format_list(_choose_activities(practices, number)),
    }
    for facet in FACETS:
        if facet.alias not in ONLY_REAL and facet.field not in found:
            found[facet.field] = _choose_term(site, facet, number)
    return found


def _choose_term(site: Site, facet: Facet, number: int) -> str:
    """Return the value of a facet in YAML: the key of a term, or a list of one key.

    Returns "" if the vocabulary is empty, and for about one example in two if the facet is a list.
    """
    chance, known = _draw_number(facet.key, number), site.vocabulary(facet.vocabulary)
    if not known:
        return ""
    if not facet.is_list:
        return known[chance % len(known)].key
    place, more = divmod(chance, 2)
    return _format_list([known[place % len(known)].key] if more else [])


def _choose_territory(gazetteer: Gazetteer, commune: Commune, number: int) -> str:
    """Return the code of the territory of an example: often a département, rarely the country."""
    chance = _draw_number("territoire", number) % 40
    if chance == 0:
        return "national"
    if chance < 8:
        return gazetteer.departments[commune.department].region
    if chance < 16 and commune.intercommunalite:
        return commune.intercommunalite
    return commune.department


def _has_point(site: Site, number: int) -> bool:
    """Return whether an example gives its commune: after the first round, one in 25 does not."""
    first = sum(bool(one.region) for one in site.gazetteer.departments.values())
    return number <= first or number % 25 > 0


def _format_list(keys: Iterable[str]) -> str:
    """Return a YAML list, "" if empty; as in the guide, keys beginning with a digit are quoted."""
    items = ", ".join(f'"{key}"' if key[0].isdigit() else key for key in keys)
    return f"[{items}]" if items else ""


def _quote(text: str) -> str:
    """Return a text for YAML, quoted if its characters could have a special meaning."""
    plain = re.fullmatch(r"\w[\w' .,()/-]*", text)
    return text if plain else json.dumps(text, ensure_ascii=False)
