from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from build import KINDS
from maille import kinds
from maille.content.documents import Body, Document, Positions, SourceFile
from maille.content.parse import parse
from maille.kinds.vocabulaire import Vocabulaire
from maille.schema.fields import Reference
from maille.schema.kind import list_reference_keys


def vocabulary(*terms: dict[str, Any], **keys: str) -> Vocabulaire:
    document = Document("content/vocabulaires/x.yaml", {}, Positions(), Positions(), Body("", ""))
    header = {"nom": "N", "termes": terms, **keys}
    return Vocabulaire.model_validate(header, context={"document": document})


def test_terms_have_a_key_and_a_label() -> None:
    found = vocabulary({"cle": "a", "nom": "A"}, {"cle": "b-2", "nom": "B"})
    assert [term.key for term in found.list_terms()] == ["a", "b-2"]
    assert (found.list_labels(), found.heading) == ({"a": "A", "b-2": "B"}, "N")
    assert list(found.check_keys()) == []


def test_two_terms_of_one_key_are_told_at_the_second() -> None:
    found = vocabulary(*({"cle": key, "nom": "N"} for key in ("a", "b", "a", "a")))
    assert [fault.path for fault in found.check_keys()] == [
        ("termes", 2, "cle"),
        ("termes", 3, "cle"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "hint"),
    [
        ("Printemps", "Été", "écrivez ete"),
        ("Forêt", "Ville d'eau", "écrivez ville-d-eau"),
        ("Forêt", "Printemps", "écrivez …, une clé qu'aucun"),
        ("Forêt", "Automne", "écrivez …, une clé qu'aucun"),
        ("Forêt", "?!", "écrivez …, une clé qu'aucun"),
    ],
)
def test_the_key_of_a_term_is_made_from_its_name(first: str, second: str, hint: str) -> None:
    terms = [{"cle": "printemps", "nom": name} for name in (first, second)]
    own = {"cle": "a", "nom": "A", "activites": terms}
    autumn = {"cle": "automne", "nom": "Automne"}
    [fault] = vocabulary(*terms, autumn).check_keys()
    assert fault.hint.startswith(hint)
    if second != "Automne":
        [fault] = vocabulary(own, autumn).check_keys()
        assert (fault.path[-3:], fault.hint[:11]) == (("activites", 1, "cle"), hint[:11])


def test_two_terms_get_two_keys() -> None:
    found = vocabulary(*({"cle": "a", "nom": name} for name in ("A", "Été", "Ete")))
    hints = [fault.hint.split(",")[0] for fault in found.check_keys()]
    assert hints == ["écrivez ete", "écrivez …"]


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        ("termes:\n  - {cle: a, nom: A}\n  - {cle: b, nom: A}\n  - {cle: a, nom: A}\n",
         (5, "effacez cette ligne ; ")),
        ("termes:\n  - cle: a\n    nom: A\n  - cle: a\n    nom: A\n",
         (5, "effacez les lignes 5 à 6 ; ")),
        ("termes: [{cle: a, nom: A}, {cle: a, nom: A}]\n", (2, "effacez l'un des deux")),
        ("termes:\n  - {cle: a, nom: A}\n  - {cle: a, nom: B}\n", (4, "écrivez b")),
    ],
)  # fmt: skip
def test_a_term_that_is_the_same_as_another_is_erased(terms: str, told: tuple[int, str]) -> None:
    [document], _ = parse([SourceFile("content/vocabulaires/x.yaml", f"nom: N\n{terms}".encode())])
    entry = Vocabulaire.model_validate(document.front_matter, context={"document": document})
    [problem] = [fault.make_problem(document) for fault in entry.check_keys()]
    assert problem.line == told[0]
    assert problem.hint.startswith(told[1])


@pytest.mark.parametrize("key", ["A", "é", "a b", "-a", "a--b", "a_b"])
def test_a_key_is_a_part_of_an_address(key: str) -> None:
    with pytest.raises(ValidationError, match="cle"):
        vocabulary({"cle": key, "nom": "N"})


@pytest.mark.parametrize("prefix", ["x", "/x", "x/", "//", "/X/", "/../", "/"])
def test_a_prefix_is_an_address(prefix: str) -> None:
    with pytest.raises(ValidationError, match="adresse"):
        vocabulary({"cle": "a", "nom": "A"}, adresse=prefix)
    assert vocabulary({"cle": "a", "nom": "A"}, adresse="/a/b-c/").prefix == "/a/b-c/"


def test_a_list_has_terms() -> None:
    with pytest.raises(ValidationError, match="termes"):
        vocabulary()


def test_no_key_of_a_vocabulary_is_a_term() -> None:
    # `validate` relies on it: it reads each valid vocabulary once, before it knows the terms.
    for kind in kinds.load(KINDS):
        if kind.is_vocabulary:
            roles = [role for _, _, role in list_reference_keys(kind.model)]
            assert not any(isinstance(role, Reference) for role in roles), kind.name
