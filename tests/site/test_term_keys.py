"""A key of a term that is a misspelling of its label is told, at the term."""

from __future__ import annotations

import pytest

from maille.problems import Level
from maille.site.term_keys import check_term_keys
from tests.site.test_references import catalyser, read, told


def list_hints(*terms: str) -> list[tuple[int, str]]:
    """Return line and remedy of what is told of the terms of a list: the first is on line 3."""
    text = "\n".join(["nom: N", "termes:", *(f"  - {{{term}}}" for term in terms), ""])
    found = [*check_term_keys(read({"content/vocabulaires/essais.yaml": text}))]
    assert {one.level for one in found} <= {Level.WARNING}
    return [(one.line, one.hint) for one in found]


@pytest.mark.parametrize(
    ("term", "key"),
    [
        ("cle: asociation, nom: Association d'habitants", "association"),
        ("cle: tiers-lieux-nouricier, nom: Tiers-lieux nourricier", "tiers-lieux-nourricier"),
        ("cle: partiques, nom: Pratiques", "pratiques"),
        ("cle: monnaielocale, nom: Monnaie locale / SEL", "monnaie-locale"),
        (
            "cle: aide, nom: Aide, activites: [{cle: accueli, nom: Accueil du public}]",
            "accueil",
        ),
    ],
)
def test_a_slip_in_a_key_is_told(term: str, key: str) -> None:
    assert list_hints("cle: premier, nom: Premier", term) == [(4, f"écrivez cle: {key}")]


@pytest.mark.parametrize(
    "term",
    [
        "cle: membre, nom: Membres du réseau",
        "cle: pionniere, nom: Pionnier",
        "cle: communaux, nom: Communal",
        "cle: cycle-2021, nom: Cycle 2022",
        "cle: energie, nom: Énergies et climat",
        "cle: ess, nom: Économie sociale et solidaire",
        "cle: habitat, nom: Se loger",
        "cle: emploi-formation, nom: Emploi et formation",
    ],
)
def test_a_key_that_is_another_form_of_its_label_is_right(term: str) -> None:
    assert list_hints(term) == []


@pytest.mark.parametrize(
    ("key", "name", "value"),
    [("citee", "Cité comme exemple", "cite"), ("piloe", "Pilote d'un essai", "pilote")],
)
def test_what_entries_name_rightly_is_to_be_mended_in_the_list(
    key: str, name: str, value: str
) -> None:
    path = "content/vocabulaires/relations.yaml"
    files = {path: f"nom: N\ntermes:\n  - {{cle: {key}, nom: {name}}}\n"}
    files |= {
        f"catalysers/{slug}.md": catalyser().replace("relation: cite", f"relation: {value}")
        for slug in ("un", "deux")
    }
    [problem] = {*told(files)}
    assert (problem.path, problem.line) == (path, 3)
    assert problem.hint == f"écrivez cle: {value}"


def test_a_key_that_entries_name_too_is_no_misspelling() -> None:
    text = "nom: N\ntermes: [{cle: citee, nom: Cité comme exemple}]\n"
    files = {"content/vocabulaires/relations.yaml": text}
    files["catalysers/un.md"] = catalyser()
    files["catalysers/deux.md"] = catalyser().replace("relation: cite", "relation: citee")
    assert [(one.path, one.hint) for one in told(files)] == [
        (
            "catalysers/un.md",
            "écrivez « citee » ; ou ajoutez le mot à content/vocabulaires/relations.yaml",
        )
    ]
