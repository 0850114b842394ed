"""Pairs of records: 200 of two organisations that share a name, a place, a site or a phone.

Ten sorts of resemblance, twenty pairs of each. Someone who knows them would tell them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tools.import_corpus.office import strip_accents
from tools.import_corpus.pairs import CONTACTS, EACH, Pair, Record, list_bases, without

Resemblance = Callable[[Record, Record, str, int], Pair]
SIDES = (("Nord", "Sud"), ("Est", "Ouest"), ("Centre", "Rive gauche"), ("Haut", "Bas"))
COMPANIONS = ("Les amis de {}", "Fonds de dotation {}", "Fédération {}", "Comité d'entreprise {}")


def move_beside(record: Record, beside: Record, *shared: str) -> Record:
    """Return `record` in the commune of `beside`, with the fields `shared` of `beside` too."""
    names = ("code_postal", "commune", "departement", *shared)
    return record | {name: beside[name] for name in names}


def share_name(left: Record, other: Record, _: str, turn: int) -> Pair:
    """Return two organisations of one name, in two places."""
    right = without(other, *CONTACTS) if turn % 2 else other
    return left, right | {"nom": left["nom"]}


def share_address(left: Record, other: Record, *_: object) -> Pair:
    """Return two organisations at one address."""
    return left, move_beside(other, left, "adresse")


def share_phone(left: Record, other: Record, *_: object) -> Pair:
    """Return two organisations of one commune that share a telephone number."""
    return left, move_beside(other, left, "telephone")


def share_site(left: Record, other: Record, stem: str, _: int) -> Pair:
    """Return two branches of a network that has one site."""
    right = without(other, "courriel") | {"site": left["site"]}
    return name_branches(f"Réseau {stem}", left, right)


def share_host(left: Record, other: Record, stem: str, _: int) -> Pair:
    """Return two organisations that have a page each on one site."""
    host = f"https://reseau-{strip_accents(stem).lower()}.example"
    return left | {"site": f"{host}/un/"}, other | {"site": f"{host}/deux/"}


def share_beginning(left: Record, other: Record, stem: str, _: int) -> Pair:
    """Return two organisations of one commune whose names begin alike."""
    near = left["nom"].replace(stem, stem[:4] + other["nom"].split()[-1][-6:])
    return left, move_beside(other, left) | {"nom": near}


def tell_sides(left: Record, other: Record, _: str, turn: int) -> Pair:
    """Return the two places of an organisation in its commune, with one website or two."""
    here, there = SIDES[turn % len(SIDES)]
    right = move_beside(other, left, *(("site",) if turn % 2 else ()))
    return left | {"nom": f"{left['nom']} {here}"}, right | {"nom": f"{left['nom']} {there}"}


def tell_numbers(left: Record, other: Record, _: str, turn: int) -> Pair:
    """Return two organisations of one commune whose names differ only by a number."""
    number = 1 + turn % 3
    right = move_beside(other, left) | {"nom": f"{left['nom']} {number + 1}"}
    return left | {"nom": f"{left['nom']} {number}"}, right


def tell_communes(left: Record, other: Record, *_: object) -> Pair:
    """Return two places of a kind whose names differ only by their communes."""
    return name_branches("Maison partagée", without(left, *CONTACTS), without(other, *CONTACTS))


def stand_by(left: Record, other: Record, _: str, turn: int) -> Pair:
    """Return an organisation and another one whose name holds the first one's."""
    name = COMPANIONS[turn % len(COMPANIONS)].format(left["nom"])
    return left, move_beside(other, left, ("adresse", "site")[turn % 2]) | {"nom": name}


def name_branches(network: str, left: Record, right: Record) -> Pair:
    """Return both records with the name of `network` and of their own commune."""
    return (
        left | {"nom": f"{network} - {left['commune']}"},
        right | {"nom": f"{network} - {right['commune']}"},
    )


SORTS: Mapping[str, Resemblance] = {
    "même nom ailleurs": share_name,
    "même adresse": share_address,
    "même téléphone": share_phone,
    "même site, deux antennes": share_site,
    "même site, deux pages": share_host,
    "noms qui commencent pareil": share_beginning,
    "nord et sud": tell_sides,
    "numéro": tell_numbers,
    "commune dans le nom": tell_communes,
    "les amis de": stand_by,
}


def list_near_misses() -> Iterator[dict[str, object]]:
    """Yield the 200 pairs of two organisations that share something, by sort."""
    bases = list_bases(len(SORTS) * EACH)
    for sort, resemble in SORTS.items():
        for turn in range(EACH):
            left, other, stem = next(bases)
            pair = resemble(left, other, stem, turn)
            yield {"sort": sort, "same": False, "left": pair[0], "right": pair[1]}
