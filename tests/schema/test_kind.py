"""What a content type is made of, tried on kinds that no network has."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, ClassVar

import pytest
from pydantic import Field, ValidationError

from maille.content.documents import Document, SourceFile
from maille.content.parse import parse
from maille.schema.fields import Part, Reference, Source, TerritoryCode, Text
from maille.schema.kind import (
    Entry,
    Fault,
    Kind,
    list_reference_keys,
    list_references,
    list_source_days,
    refuse_two_communes,
)
from maille.schema.located import Located
from maille.schema.vocabulary import Term


class Ingredient(Part):
    """A group of keys within a recipe."""

    name: Text = Field(alias="nom")
    producer: Annotated[Text, Reference("producteur")] | None = Field(None, alias="producteur")


class Recette(Located):
    """A kind with each shape of reference: alone, in a list, in a group of keys."""

    kind_name: ClassVar[str] = "recette"

    name: Text = Field(alias="nom")
    season: Annotated[Text, Reference("vocabulaire:saisons")] | None = Field(None, alias="saison")
    areas: tuple[Annotated[Text, TerritoryCode()], ...] = Field((), alias="territoires")
    ingredients: tuple[Ingredient, ...] = Field((), alias="ingredients")

    @property
    def heading(self) -> str:
        """Return its name."""
        return self.name


class Saisons(Entry):
    """A vocabulary."""

    kind_name: ClassVar[str] = "vocabulaire"

    terms: tuple[Term, ...] = Field(alias="termes")

    def list_terms(self) -> tuple[Term, ...]:
        """Return its terms."""
        return self.terms


def document(text: str = "nom: Soupe", path: str = "content/recettes/soupe.md") -> Document:
    """Return the document of a front matter."""
    (found,), problems = parse([SourceFile(path, f"---\n{text}\n---\n".encode())])
    assert problems == ()
    return found


def recipe(text: str = "") -> Recette:
    read = document(f"nom: Soupe\n{text}")
    return Recette.model_validate(read.front_matter, context={"document": read})


# --- Entries -------------------------------------------------------------------------------------


def test_an_entry_is_known_by_its_kind_and_its_file() -> None:
    found = recipe()
    assert (found.path, found.slug) == ("content/recettes/soupe.md", "soupe")
    assert found.key == ("recette", "soupe")
    assert found.address_slug == "soupe"


def test_an_entry_says_little_of_itself() -> None:
    """The answers of a kind that adds nothing, which views may rely on."""
    found = recipe()
    assert (found.draft, found.is_example, found.held_until, found.abstract) == (
        *(False, False, None),
        "",
    )
    assert list(found.check_hours("Europe/Paris")) == []
    assert list(found.list_days_done()) == []
    assert list(found.list_unknowns()) == []
    assert list(found.list_located_parts()) == []
    assert found.list_labels() == {}


def test_the_day_of_an_update_is_done() -> None:
    assert list(recipe("mise_a_jour: 2024-05-02").list_days_done()) == [
        ("mise_a_jour", datetime.date(2024, 5, 2))
    ]


def test_a_partial_entry_has_its_file_and_what_is_right_of_it() -> None:
    read = document()
    found = Recette.make_partial({"season": "hiver"}, read)
    assert (found.season, found.document, found.slug) == ("hiver", read, "soupe")
    assert not hasattr(found, "name")


def test_an_entry_does_not_change_and_knows_all_its_keys() -> None:
    with pytest.raises(ValidationError):
        recipe().name = "Ragoût"
    with pytest.raises(ValidationError) as refused:
        recipe("cuisson: 1 h")
    assert [one["loc"] for one in refused.value.errors()] == [("cuisson",)]


def test_the_labels_of_terms_and_those_of_their_sub_terms() -> None:
    terms: Any = (
        {"cle": "hiver", "nom": "L'hiver", "activites": ({"cle": "gel", "nom": "Le gel"},)},
        {"cle": "ete", "nom": "L'été"},
    )
    found = Saisons.model_validate({"termes": terms}, context={"document": document()})
    assert found.list_labels() == {"hiver": "L'hiver", "ete": "L'été"}
    assert found.list_labels("activites") == {"gel": "Le gel"}


def test_a_fault_is_told_at_its_value_or_at_its_key() -> None:
    read = document("nom: Soupe\nsources:\n  - titre: Un livre")
    at_value = Fault(("sources", 0, "titre"), "m", "h").make_problem(read)
    at_key = Fault(("sources", 0, "titre"), "m", "h", on_key=True).make_problem(read)
    assert (at_value.path, at_value.line, at_value.column) == (read.path, 4, 12)
    assert (at_key.line, at_key.column) == (4, 5)
    assert (at_key.message, at_key.hint, at_key.key) == ("m", "h", "sources[1].titre")


def test_sources_were_written_and_read_on_their_days() -> None:
    sources: list[Any] = [
        {"titre": "a"},
        {"titre": "b", "date": "2023"},
        {"titre": "c", "date": "2024-02-29", "consulte_le": "2024-03-01"},
    ]
    found = list_source_days(map(Source.model_validate, sources))
    assert list(found) == [
        (("sources", 1, "date"), datetime.date(2023, 1, 1)),
        (("sources", 2, "date"), datetime.date(2024, 2, 29)),
        (("sources", 2, "consulte_le"), datetime.date(2024, 3, 1)),
    ]


# --- Places --------------------------------------------------------------------------------------


def test_a_place_given_twice_in_a_group_of_keys_is_told_there() -> None:
    assert refuse_two_communes(("lieux", 1)).path == ("lieux", 1, "code_insee")


# --- References ----------------------------------------------------------------------------------


def test_what_an_entry_names_is_found_at_its_key() -> None:
    ingredients: Any = (
        {"nom": "Sel"},
        {"nom": "Poireau", "producteur": "ferme"},
    )
    found = Recette.model_validate(
        {
            "nom": "Soupe",
            "saison": "hiver",
            "territoires": ("80", "02"),
            "ingredients": ingredients,
        },
        context={"document": document()},
    )
    assert sorted(list_references(found), key=lambda one: str(one[0])) == [
        (("ingredients", 1, "producteur"), Reference("producteur"), "ferme"),
        (("saison",), Reference("vocabulaire:saisons"), "hiver"),
        (("territoires", 0), TerritoryCode(), "80"),
        (("territoires", 1), TerritoryCode(), "02"),
    ]


def test_a_partial_entry_names_what_could_be_read() -> None:
    values = {"name": "Soupe", "season": None, "areas": (None, "80"), "ingredients": ()}
    found = Recette.make_partial(values, document())
    assert list(list_references(found)) == [(("territoires", 1), TerritoryCode(), "80")]


def test_only_keys_that_name_something_are_searched() -> None:
    assert list_reference_keys(Recette) == (
        ("season", "saison", Reference("vocabulaire:saisons")),
        ("areas", "territoires", TerritoryCode()),
        ("ingredients", "ingredients", None),
    )


# --- Kinds ---------------------------------------------------------------------------------------


def test_the_words_of_a_kind_follow_from_its_plural() -> None:
    kind = Kind("recette", Recette, "content/recettes", "recette", "recettes d'été", "/recettes/")
    assert (kind.title, kind.file_name) == ("Recettes d'été", "recettes-d-ete")
    assert kind.make_address("soupe") == "/recettes/soupe/"


def test_a_kind_may_call_its_list_otherwise() -> None:
    kind = Kind("recette", Recette, "r", "recette", "recettes", index_title="À table")
    assert (kind.title, kind.file_name) == ("À table", "recettes")
