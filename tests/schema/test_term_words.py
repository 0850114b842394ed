"""The words that mean a term: they are replaced by its key before anything reads the entry."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from maille.kinds.catalyser import Catalyser
from maille.schema.fields import Reference
from maille.schema.term_words import index_words, understand_terms
from maille.schema.vocabulary import Term
from tests.building import build
from tests.small_site import link_site, write_small_site

TERMS = tuple(
    Term.model_validate(keys)
    for keys in (
        {"cle": "membre", "nom": "Membre du réseau", "autres_mots": ("member", "Adhérent")},
        {"cle": "temoin", "nom": "Témoin", "autres_mots": ("member",)},
        {"cle": "a-confirmer", "nom": "Relation à confirmer"},
        {"cle": "ete", "nom": "Hiver"},
        {"cle": "hiver", "nom": "Saison froide", "activites": ({"cle": "gel", "nom": "Le gel"},)},
    )
)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("membre", "membre"),
        ("Membre", "membre"),
        ("Membre du réseau", "membre"),
        ("membre-du-reseau", "membre"),
        ("adhérent", "membre"),
        ("Témoin", "temoin"),
        ("a confirmer", "a-confirmer"),
        ("À CONFIRMER", "a-confirmer"),
        ("hiver", "hiver"),  # the label of another term too
        ("member", "member"),  # means two terms
        ("inconnu", "inconnu"),
    ],
)
def test_what_is_typed_for_a_term(typed: str, key: str) -> None:
    role = Reference("vocabulaire:relations")
    found = understand_terms(Catalyser, {"relation": typed}, {role: index_words(TERMS)})
    assert found == {"relation": key}


def test_words_of_sub_terms_and_of_lists() -> None:
    words = {
        Reference("vocabulaire:pratiques", "activites"): index_words(TERMS, "activites"),
        Reference("vocabulaire:pratiques"): index_words(TERMS),
    }
    keys: dict[str, Any] = {"activites": ("Le gel", "autre"), "pratiques": "Membre", "nom": "Gel"}
    found = understand_terms(Catalyser, keys, words)
    assert found == {**keys, "activites": ("gel", "autre")}  # a text is no list: told elsewhere


def test_an_entry_holds_the_key_whatever_was_typed(tmp_path: Path) -> None:
    root = write_small_site(tmp_path, templates=False)
    path = root / "catalysers/premier.md"
    text = path.read_text(encoding="utf-8")
    for relation, practice in (
        ("Cité comme exemple", "Accompagnements"),
        ("CITE", "accompagnements"),
    ):
        typed = text.replace("relation: cite", f"relation: {relation}")
        path.write_text(typed.replace("[accompagnements]", f"[{practice}]"), encoding="utf-8")
        entry = link_site(root).find("catalyser", "premier")
        assert isinstance(entry, Catalyser)
        assert (entry.relation, entry.practices) == ("cite", ("accompagnements",))
    path.write_text(text.replace("relation: cite", "relation: ami"), encoding="utf-8")
    problems = build(root, root / "output", views=(), publish=False).problems
    assert "« ami »" in {p.line: p.message for p in problems if "premier" in p.path}[5]
