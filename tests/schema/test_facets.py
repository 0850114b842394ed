from __future__ import annotations

import pytest

from maille.kinds.catalyser import FACETS, Catalyser
from maille.schema.facets import Facet, make_facet
from tests.kinds.test_catalyser import catalyser


def test_a_facet_takes_the_rest_from_the_annotation_of_its_field() -> None:
    assert make_facet(Catalyser, "profil", "profile", is_searched=False) == Facet(
        "profil", "profile", "profil", "profils", part="", is_list=False, is_searched=False
    )
    found = make_facet(Catalyser, "activite", "activities")
    assert (found.alias, found.vocabulary, found.part) == ("activites", "pratiques", "activites")
    assert found.is_list
    assert found.is_searched


@pytest.mark.parametrize("field", ["summary", "territories", "ties"])
def test_a_field_that_refers_to_no_vocabulary_is_no_facet(field: str) -> None:
    with pytest.raises(ValueError, match=f"Catalyser.{field} refers to no vocabulary"):
        make_facet(Catalyser, "x", field)


def test_the_terms_of_an_entry_are_a_tuple_whatever_the_field_holds() -> None:
    entry = catalyser(profil="p", pratiques=("a", "b"))
    found = {facet.key: facet.list_keys(entry) for facet in FACETS}
    assert found["profil"] == ("p",)
    assert found["pratique"] == ("a", "b")
    assert found["theme"] == ()
    assert dict.fromkeys(found) == dict.fromkeys(facet.key for facet in FACETS)
    assert make_facet(Catalyser, "profil", "profile").list_keys(catalyser()) == ()
