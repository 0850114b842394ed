"""Words of vocabularies: keys, labels, other letters, several in a cell, and words of no list.

The lists are those of `tests/sites/essai`. ANSWERS is what the office answers, once for the file,
about the words that no list has: the term that a word stands for, or NEW, the key of a term that
the answer adds to the list.
"""

from __future__ import annotations

from collections.abc import Callable

from tools.import_corpus.model import READ, REPAIRED, TOLD, Cell, Kind, Row, Spoiled
from tools.import_corpus.office import PRACTICES, PROFILES, THEMES, strip_accents
from tools.import_corpus.places import spoil_cell

NEW = "new"
KNOWN = "known"
# By field and word: whether its term is known or new, and the key of the term.
ANSWERS = {
    ("profil", "Tiers-lieu nourricier"): (NEW, "tiers-lieu-nourricier"),
    ("profil", "SCIC"): (KNOWN, "entreprise"),
    ("pratiques", "Médiation de voisinage"): (KNOWN, "dialogue-territorial"),
    ("themes", "Mobilité"): (NEW, "mobilite"),
    ("themes", "Alimentation"): (NEW, "alimentation"),
    ("activites", "Ateliers de réparation"): (KNOWN, "fab-lab"),
}


def bear_word(name: str, word: str) -> Callable[[Row, int], Spoiled]:
    """Return the fault of a `word` that the list of `name` lacks; its answer is the right value."""

    def spoil(row: Row, _: int) -> Spoiled:
        row.facts[name] = ANSWERS[name, word][1]
        if name == "activites":
            row.facts["pratiques"] = "gestion-d-un-lieu"
            both = {name: Cell(word), "pratiques": Cell(PRACTICES["gestion-d-un-lieu"])}
            return Spoiled(both, TOLD, row.facts[name])
        if name == "pratiques":
            row.facts["activites"] = ""
            return Spoiled({name: Cell(word), "activites": Cell("")}, TOLD, row.facts[name])
        return Spoiled({name: Cell(word)}, TOLD, row.facts[name])

    return spoil


def join_words(typed: str, right: str) -> Callable[[Row, int], Spoiled]:
    """Return the trap of several themes in one cell; `right` joins their keys by commas."""

    def spoil(row: Row, _: int) -> Spoiled:
        row.facts["themes"] = right
        return Spoiled({"themes": Cell(typed)}, READ, right, (REPAIRED,))

    return spoil


def bear_activity(key: str, practice: str, label: str) -> Callable[[Row, int], Spoiled]:
    """Return the trap of an activity whose label holds what usually separates words."""

    def spoil(row: Row, _: int) -> Spoiled:
        row.facts |= {"activites": key, "pratiques": practice}
        cells = {"activites": Cell(label), "pratiques": Cell(PRACTICES[practice])}
        return Spoiled(cells, READ, key)

    return spoil


def change_profile(
    outcome: str, form: Callable[[str, str], str], *also: str
) -> Callable[[Row, int], Spoiled]:
    """Return the fault that writes the profile in another form, from its key and its label."""
    return spoil_cell(
        "profil",
        outcome,
        lambda row, _: form(row.facts["profil"], PROFILES[row.facts["profil"]]),
        *also,
    )


FORMS = (
    Kind("mot-par-sa-cle", "profil", 4, change_profile(READ, lambda key, _: key)),
    Kind(
        "mot-en-capitales",
        "profil",
        4,
        change_profile(READ, lambda _, label: label.upper(), REPAIRED),
    ),
    Kind(
        "mot-sans-accents",
        "themes",
        3,
        spoil_cell(
            "themes",
            READ,
            lambda row, _: strip_accents(THEMES[row.facts["themes"]]).lower(),
            REPAIRED,
        ),
    ),
    Kind(
        "mot-espaces-autour",
        "profil",
        2,
        change_profile(READ, lambda _, label: f" {label}\u00a0", REPAIRED),
    ),
    Kind(
        "mot-au-pluriel",
        "profil",
        3,
        change_profile(TOLD, lambda _, label: f"{label}s", READ, REPAIRED),
    ),
    Kind(
        "mot-avec-faute", "profil", 3, change_profile(TOLD, lambda _, label: label[:2] + label[3:])
    ),
    Kind("mots-avec-virgules", "themes", 3, join_words("Éducation, Emplois", "education,emplois")),
    Kind(
        "mots-avec-points-virgules",
        "themes",
        3,
        join_words("Numérique ; Recherche", "numerique,recherche"),
    ),
    Kind("mots-avec-barres", "themes", 2, join_words("Emplois | Numérique", "emplois,numerique")),
    Kind("mots-sur-des-lignes", "themes", 2, join_words("Emplois\nRecherche", "emplois,recherche")),
    Kind("mots-avec-un-vide", "themes", 2, join_words("Emplois,, Recherche,", "emplois,recherche")),
    Kind("mots-deux-fois", "themes", 2, join_words("Emplois, emplois", "emplois")),
    Kind(
        "mot-qui-contient-une-virgule",
        "activites",
        3,
        bear_activity("showroom", "gestion-d-un-lieu", "Showroom, démonstrateur"),
    ),
    Kind(
        "mot-qui-contient-une-barre",
        "activites",
        3,
        bear_activity(
            "temps-de-rencontres", "dialogue-territorial", "Temps de rencontres / interconnaissance"
        ),
    ),
)

UNKNOWN = (
    Kind("mot-inconnu", "profil", 9, bear_word("profil", "Tiers-lieu nourricier")),
    Kind("mot-inconnu", "profil", 5, bear_word("profil", "SCIC")),
    Kind("mot-inconnu", "pratiques", 4, bear_word("pratiques", "Médiation de voisinage")),
    Kind("mot-inconnu", "themes", 6, bear_word("themes", "Mobilité")),
    Kind("mot-inconnu", "themes", 3, bear_word("themes", "Alimentation")),
    Kind("mot-inconnu", "activites", 2, bear_word("activites", "Ateliers de réparation")),
)

KINDS = (*FORMS, *UNKNOWN)
