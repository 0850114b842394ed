"""The ties of a record: each is right, or told in French at its line, with what to type."""

from __future__ import annotations

import pytest

from maille.problems import Problem
from maille.site.place import Precision
from tests.site.test_assemble import build, catalyser, project

FILES = {
    "catalysers/autre.md": catalyser("Autre"),
    "content/projets/chantier.md": project("Chantier"),
}
FIRST = 6  # the line of « ecosysteme: », after four keys


def told(*ties: str) -> list[Problem]:
    """Return what is wrong with a record of these ties: the first is on line 7."""
    lines = ["ecosysteme:", *(f"  - {{{tie}}}" for tie in ties)]
    _, problems = build({**FILES, "catalysers/un.md": catalyser("Un", *lines)})
    return list(problems)


def test_what_a_record_may_be_tied_to() -> None:
    ties = (
        "nature: accueille, catalyseur: autre",
        "nature: finance, catalyseur: autre",
        "nature: accueille, projet: chantier, note: Un essai.",
        "nature: accueille, nom: Un lieu, commune: Amiens, site: 'https://essai.example/'",
        "nature: accueille, nom: Un autre lieu, code_insee: 97411",
    )
    assert told(*ties) == []


# What is typed, with « ^ » before what the message must point to.
MISTAKES = {
    "^nature: a": ("ne dit pas à qui", "ajoutez « catalyseur: … »"),
    "^catalyseur: autre": ("il manque la clé « nature »", "ajoutez « nature: … »"),
    "nature: a, catalyseur: autre, nom: ^N": (
        "« catalyseur » et « nom » sont donnés pour un seul lien", "retirez « nom », ou",
    ),
    "nature: a, projet: chantier, nom: ^N": (
        "« projet » et « nom » sont donnés pour un seul lien", "retirez « nom », ou",
    ),
    "nature: a, catalyseur: ^un": ("liée à elle-même", "écrivez le nom d'un autre fichier"),
    "nature: a, catalyseur: ^autr": ("aucune fiche ne s'appelle « autr »", "« autre »"),
    "nature: a, projet: ^chantie": ("aucune fiche ne s'appelle « chantie »", "« chantier »"),
    "nature: a, ^projet: autre": (
        "« autre » se nomme par « catalyseur », et non par « projet »",
        "remplacez « projet: » par « catalyseur: »",
    ),
    "nature: a, ^catalyseur: chantier, note: N": (
        "« chantier » se nomme par « projet », et non par « catalyseur »",
        "remplacez « catalyseur: » par « projet: »",
    ),
    "nature: a, projet: ^ailleurs": ("aucune fiche ne s'appelle « ailleurs »", "écrivez le nom"),
    "nature: a, catalyseur: autre, commune: ^Amiens": (
        "« commune » n'accompagne que « nom » : « autre » a sa propre page", "retirez « commune",
    ),
    "nature: a, projet: chantier, site: ^'https://a.fr/'": (
        "« site » n'accompagne que « nom »", "retirez « site »",
    ),
    "nature: a, nom: N, commune: ^Amien": (
        "aucune commune ne s'appelle « Amien »", "écrivez commune: Amiens",
    ),
    "nature: a, nom: N, commune: ^Saint-Denis": (
        "plusieurs communes s'appellent « Saint-Denis »", "ajoutez departement: …",
    ),
    "nature: a, nom: N, departement: ^999": ("n'est le code d'aucun département", "écrivez"),
    "nature: a, nom: N, code_insee: ^99999": (
        "« 99999 » n'est le code INSEE d'aucune commune", "avec ses cinq caractères",
    ),
    "nature: a, nom: N, commune: Amiens, code_insee: ^80021": (
        "la commune est donnée deux fois", "effacez « code_insee »",
    ),
    "nature: a, nom: N, site: ^essai.fr": (
        "n'est pas une adresse de site", "écrivez https://essai.fr",
    ),
    "^porte: L'Épicerie, note: N": (
        "la clé « porte » n'existe pas ici", "- {nature: porte, nom: L'Épicerie, note: …}",
    ),
    "^a porté: 'A : b'": ("« a porté » n'existe pas", '{nature: a porté, nom: "A : b"}'),
    "nature: a, nom: N, ^notes: x": ("la clé « notes » n'existe pas ici", "« note »"),
}  # fmt: skip


@pytest.mark.parametrize("tie", MISTAKES)
def test_a_mistake_is_told_once_at_its_place(tie: str) -> None:
    cause, hint = MISTAKES[tie]
    [problem] = told("nature: accueille, catalyseur: autre", tie.replace("^", ""))
    assert (problem.path, problem.line) == ("catalysers/un.md", FIRST + 2)
    missing = "il manque" in cause or "ne dit pas" in cause
    before = "  - " if missing else "  - {"  # a group begins at its brace
    assert problem.column == len(before) + tie.index("^") + 1
    assert cause in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("nature: accueille, catalyseur: autre", "nature: Accueille, catalyseur: autre"),
        ("nature: a, projet: chantier", "nature: a, projet: chantier, note: autre note"),
        ("nature: d'ici, nom: La Halle", "nature: d’ici, nom: la halle"),
    ],
)
def test_one_tie_is_not_told_twice(first: str, second: str) -> None:
    [problem] = told(first, second)
    assert problem.line == FIRST + 2
    assert "est déjà nommé à la ligne 7, pour la même nature" in problem.message
    assert problem.hint


def test_what_is_only_named_has_its_place() -> None:
    lines = (
        "ecosysteme:",
        "  - {nature: a, catalyseur: autre}",
        "  - {nature: a, nom: N, commune: saint denis, departement: 974}",
        "  - {nature: a, nom: M, departement: 63}",
    )
    site, problems = build({**FILES, "catalysers/un.md": catalyser("Un", *lines)})
    assert problems == ()
    key = ("catalyser", "un")
    assert {rank: place.label for (_, rank), place in site.named_places.items()} == {
        1: "Saint-Denis, La Réunion",
        2: "Puy-de-Dôme",
    }
    assert site.named_places[key, 1].precision is Precision.COMMUNE
    assert not site.named_places[key, 2].is_placed


def test_what_is_tied_says_where_it_is_named() -> None:
    lines = (
        "ecosysteme:",
        "  - {nature: a, catalyseur: autre}",
        "  - {nature: a, projet: chantier}",
    )
    site, _ = build({**FILES, "catalysers/un.md": catalyser("Un", *lines)})
    for kind, slug in (("catalyser", "autre"), ("projet", "chantier")):
        found = site.find(kind, slug)
        assert found
        assert [other.slug for other in site.mentions_of(found)] == ["un"]


@pytest.mark.parametrize(
    ("ties", "hints"),
    [
        (("nature: a", "nature: a, nom: N"), ["effacez cette ligne"]),
        (("nature: a", "nature: a, catalyseur: autre"), ["effacez cette ligne"]),
        (("nature: a, nom: N", "nature: a"), ["ajoutez"]),
        (("nature: a", "nature: b, nom: N"), ["ajoutez"]),
        (("nature: a, note: Une phrase.", "nature: a, nom: N"), ["ajoutez"]),
    ],
)
def test_a_tie_that_is_only_the_start_of_the_next_goes(
    ties: tuple[str, ...], hints: list[str]
) -> None:
    assert [one.hint.split(" «")[0] for one in told(*ties)] == hints
