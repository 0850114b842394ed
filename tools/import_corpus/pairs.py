"""200 pairs of records of one organisation (`near_misses.py` has pairs of two organisations).

Ten sorts of difference, twenty pairs of each. A pair shares enough for a reader to be sure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tools.import_corpus.model import Place
from tools.import_corpus.office import (
    FICTIONAL_PHONES,
    PREDICATES,
    list_stems,
    make_row,
    read_places,
    strip_accents,
)

EACH = 20
FIELDS = (
    "nom",
    "autres_noms",
    "adresse",
    "code_postal",
    "commune",
    "departement",
    "telephone",
    "courriel",
    "site",
)
CONTACTS = ("telephone", "courriel", "site")
Record = dict[str, str]
Pair = tuple[Record, Record]
Change = Callable[[Record, int], Record]
ENDINGS = ("et compagnie", "le collectif", "le lieu", "officiel")
LEGAL_FORMS = ("SCIC {}", "{} (association loi 1901)", "{} SARL", "Association {}", "{} - SCOP")
ABBREVIATED = (
    ("Association Saint-{}", "Asso. St {}"),
    ("Communauté de communes du {}", "CC du {}"),
    ("Pôle territorial de coopération économique {}", "PTCE {}"),
    ("Maison des jeunes et de la culture {}", "MJC {}"),
    ("Centre communal d'action sociale {}", "CCAS {}"),
)


def make_record(stem: str, place: Place, key: int) -> Record:
    """Return a good record named after `stem`, in `place`, without the fields that are empty."""
    facts = make_row(key, stem, place).facts
    return {name: facts[name] for name in FIELDS if facts[name]}


def keep_some_contacts(pair: Pair, turn: int) -> Pair:
    """Return `pair` as sheets have it: one side has no contact or street, some of them, or all."""
    left, right = (dict(record) for record in pair)
    dropped = ((), ("adresse", *CONTACTS), ("telephone", "courriel"), ("site",))[turn % 4]
    for name in dropped:
        right.pop(name, None)
    return left, right


def rename(form: Callable[[str, int], str]) -> Change:
    """Return the change that writes the name in another form, and nothing else."""
    return lambda record, turn: record | {"nom": form(record["nom"], turn)}


def change_order(name: str, turn: int) -> str:
    """Return `name` with its words in another order, as lists in alphabetical order have it."""
    first, _, last = name.rpartition(" ")
    return (f"{last} ({first})", f"{last}, {first}", f"{last} {first}")[turn % 3]


def mistype(name: str, turn: int) -> str:
    """Return `name` with two letters exchanged, one doubled, one lost, or one hit beside."""
    at = len(name) - 4
    return (
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        name[:at] + name[at] + name[at:],
        name[:at] + name[at + 1 :],
        name[:at] + "w" + name[at + 1 :],
    )[turn % 4]


def write_site(record: Record, turn: int) -> Record:
    """Return the record with its site in another form, and a word more in its name."""
    host = record["site"][8:-1]
    forms = (
        f"https://www.{host}/",
        f"http://{host}",
        f"https://{host}/accueil",
        f"http://www.{host}/",
    )
    return without(record, "telephone", "courriel") | {
        "site": forms[turn % 4],
        "nom": f"{record['nom']} {ENDINGS[turn % 4]}",
    }


def change_phone(record: Record, turn: int) -> Record:
    """Return the record with another phone and another mailbox."""
    phone = f"{FICTIONAL_PHONES[turn % 5]} 88 {turn:02d}"
    return without(record, "site") | {
        "telephone": phone,
        "courriel": f"bonjour{turn}@messagerie.example",
    }


def without(record: Mapping[str, str], *names: str) -> Record:
    """Return `record` without the fields `names`."""
    return {name: value for name, value in record.items() if name not in names}


def list_duplicates() -> Iterator[dict[str, object]]:
    """Yield the 200 pairs of one organisation, by sort."""
    bases = iter(list_bases(10 * EACH))
    for sort in (
        "accents",
        "capitales",
        "forme juridique",
        "abréviation",
        "ordre des mots",
        "faute de frappe",
        "ancien nom",
        "adresse déplacée",
        "téléphone changé",
        "site écrit autrement",
    ):
        for turn in range(EACH):
            left, other, stem = next(bases)
            pair = make_duplicate(sort, left, other, stem, turn)
            yield {"sort": sort, "same": True, "left": pair[0], "right": pair[1]}


def make_duplicate(sort: str, left: Record, other: Record, stem: str, turn: int) -> Pair:
    """Return a pair of one organisation; `other` is a record of another place, to borrow from."""
    changes: dict[str, Change] = {
        "accents": rename(lambda name, _: strip_accents(name)),
        "capitales": rename(lambda name, _: name.upper()),
        "forme juridique": rename(lambda name, turn: LEGAL_FORMS[turn % 5].format(name)),
        "ordre des mots": rename(change_order),
        "faute de frappe": rename(mistype),
    }
    if sort == "accents":
        left = left | {"nom": f"{left['nom']} Étoilé"}
    if sort in changes:
        return keep_some_contacts((left, changes[sort](left, turn)), turn)
    if sort == "abréviation":
        full, short = ABBREVIATED[turn % 5]
        pair = left | {"nom": full.format(stem)}, left | {"nom": short.format(stem)}
        return keep_some_contacts(pair, turn)
    if sort == "ancien nom":
        old = {"autres_noms": left["nom"]} if turn % 2 else {}
        return left, without(left, "courriel") | {"nom": other["nom"]} | old
    if sort == "adresse déplacée":
        moved = ("adresse",) if turn % 2 else ("adresse", "code_postal", "commune", "departement")
        return left, without(left, "telephone") | {name: other[name] for name in moved}
    if sort == "téléphone changé":
        return left, change_phone(left, turn)
    return left, write_site(left, turn)


def list_bases(count: int) -> Iterator[tuple[Record, Record, str]]:
    """Yield `count` records, each with one of elsewhere, and the invented word of its name."""
    stems = list_stems()
    places = [place for place in read_places() if PREDICATES["any"](place)]
    for index in range(count):
        here, there = places[index * 7 % len(places)], places[(index * 7 + 61) % len(places)]
        yield (
            make_record(stems[index], here, index + 1),
            make_record(stems[-index - 1], there, 900 - index),
            stems[index],
        )
