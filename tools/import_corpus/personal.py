"""Sixty cells about people, of twelve kinds: none may enter git unless the mapping names it.

The people are made of syllables; each has a word of their own, the needle, that no other cell
has: `git grep` and `git log -p` look for it. Mobile numbers are those kept for fiction (06 39 98),
or of a range that no person has (07 00).
"""

from __future__ import annotations

from collections.abc import Callable

from tools.import_corpus.model import PERSONAL, Cell, Kind, Row, Spoiled
from tools.import_corpus.office import WORDS

EACH = 5


def name_person(kind: int, turn: int) -> tuple[str, str]:
    """Return a first and a last name that nobody has, used for this cell alone."""
    number = kind * EACH + turn
    first = WORDS["person_first"][number % 10] + WORDS["person_first_ends"][number // 10 % 6]
    last = WORDS["person_last"][number % 10] + WORDS["person_last_ends"][number // 10 % 6]
    return first, last


def plant(
    name: str, kind: int, form: Callable[[str, str, Row], tuple[str, str]]
) -> Callable[[Row, int], Spoiled]:
    """Return the fault that puts a person in the cell `name`.

    `form` gives what is typed, and the needle in it, from first name, last name and row.
    """

    def spoil(row: Row, turn: int) -> Spoiled:
        typed, needle = form(*name_person(kind, turn), row)
        if name in row.facts:
            row.facts[name] = ""
        return Spoiled({name: Cell(typed)}, PERSONAL, "", (), needle)

    return spoil


def write_mobile(row: Row) -> tuple[str, str]:
    """Return a mobile number kept for fiction, twice: it is its own needle."""
    number = f"06 39 98 {row.key // 100:02d} {row.key % 100:02d}"
    return number, number


def write_machine(row: Row) -> tuple[str, str]:
    """Return a number of the range that only machines have, twice."""
    number = f"07 00 00 {row.key // 100:02d} {row.key % 100:02d}"
    return number, number


def write_mail(local: str, row: Row) -> tuple[str, str]:
    """Return somebody's mailbox at the row's organisation, and its needle."""
    return f"{local}@{row.facts['site'][8:-1]}", local


def write_note(first: str, last: str, _: Row) -> tuple[str, str]:
    """Return a note that nobody outside the office should read."""
    return f"Voir avec {first} {last}, en arrêt jusqu'en mars ; ne pas relancer avant.", last


def write_host(first: str, last: str, row: Row) -> tuple[str, str]:
    """Return the address of somebody's home."""
    return f"chez {first} {last}, {row.facts['adresse']}", last


KINDS = (
    Kind(
        "personne-nom-complet",
        "contact",
        EACH,
        plant("contact", 0, lambda first, last, _: (f"{first} {last}", last)),
    ),
    Kind("personne-prenom", "prenom", EACH, plant("prenom", 1, lambda first, *_: (first, first))),
    Kind(
        "personne-nom",
        "nom_contact",
        EACH,
        plant("nom_contact", 2, lambda *people: (people[1].upper(),) * 2),
    ),
    Kind(
        "personne-civilite",
        "referent",
        EACH,
        plant("referent", 3, lambda *people: (f"Mme {people[1]}", people[1])),
    ),
    Kind(
        "personne-mobile-06",
        "portable",
        EACH,
        plant("portable", 4, lambda *people: write_mobile(people[2])),
    ),
    Kind(
        "personne-mobile-07",
        "portable",
        EACH,
        plant("portable", 5, lambda *people: write_machine(people[2])),
    ),
    Kind(
        "personne-mobile-dans-telephone",
        "telephone",
        EACH,
        plant("telephone", 6, lambda *people: write_mobile(people[2])),
    ),
    Kind(
        "personne-courriel-prenom-nom",
        "courriel",
        EACH,
        plant("courriel", 7, lambda first, last, row: write_mail(f"{first}.{last}".lower(), row)),
    ),
    Kind(
        "personne-courriel-initiale",
        "courriel",
        EACH,
        plant(
            "courriel", 8, lambda first, last, row: write_mail(f"{first[0]}.{last}".lower(), row)
        ),
    ),
    Kind(
        "personne-naissance",
        "naissance",
        EACH,
        plant(
            "naissance",
            9,
            lambda *people: (f"{people[2].key % 28 + 1:02d}/11/19{people[2].key % 50 + 45}",) * 2,
        ),
    ),
    Kind("personne-note-libre", "notes", EACH, plant("notes", 10, write_note)),
    Kind("personne-adresse", "adresse", EACH, plant("adresse", 11, write_host)),
)
