from __future__ import annotations

import enum
import re
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, ValidationError

from maille import kinds
from maille.content.documents import Body, Document, KeyPath, Positions, SourceFile, format_key_path
from maille.content.parse import parse
from maille.schema.error_messages import describe_path, explain_error
from maille.schema.fields import AnyDate, Part, Text
from maille.schema.validate import validate_one


class Choice(enum.StrEnum):
    WHOLE = "complete"
    PART = "partielle"


class Inner(Part):
    title: Text = Field(alias="titre")
    date: AnyDate | None = Field(None, alias="date")


class Outer(Part):
    name: Text = Field(alias="nom")
    words: tuple[Text, ...] = Field((), alias="mots")
    choice: Choice | None = Field(None, alias="choix")
    inner: Inner | None = Field(None, alias="groupe")
    inners: tuple[Inner, ...] = Field((), alias="groupes", min_length=0)
    key: Annotated[Text, Field(pattern="^[a-z]+$")] | None = Field(None, alias="cle")
    address: Annotated[Text, Field(pattern="^/[a-z]+/$")] | None = Field(None, alias="adresse")
    number: int = Field(0, alias="nombre")


def told(**typed: Any) -> list[tuple[str, str, str]]:
    """Return key, cause and what to type of each mistake of a header."""
    with pytest.raises(ValidationError) as refused:
        Outer.model_validate({"nom": "X", **typed})
    found = [explain_error(details, Outer) for details in refused.value.errors()]
    return [(format_key_path(fault.path), fault.message, fault.hint) for fault in found]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("nom",), "nom"),
        (("sources", 0, "titre"), "sources[1].titre"),
        (("a", 1, 2, "b", "c"), "a[2][3].b.c"),
        ((), ""),
    ],
)
def test_a_path_is_read_from_one(path: KeyPath, expected: str) -> None:
    assert format_key_path(path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("nom",), "« nom »"),
        (("sources", 0), "le 1er élément de « sources »"),
        (("sources", 1, "titre"), "« titre » du 2e élément de « sources »"),
        (("a", 1, 2), "le 3e élément du 2e élément de « a »"),
        (("origine", "url"), "« url » de « origine »"),
    ],
)
def test_a_path_is_told_in_words(path: KeyPath, expected: str) -> None:
    assert describe_path(path) == expected


@pytest.mark.parametrize(
    ("typed", "key", "message", "hint"),
    [
        ({"choix": "Complète"}, "choix", "« Complète » n'est pas admis pour « choix »",
         "écrivez « complete »"),
        ({"choix": "x"}, "choix", "« x » n'est pas admis pour « choix »",
         "écrivez choix: … parmi « complete » ou « partielle », ou laissez vide"),
        ({"choix": "n/a"}, "choix", "« n/a » n'est pas admis pour « choix »",
         "laissez vide : écrivez « choix: », sans rien derrière"),
        ({"choix": ("x",)}, "choix", "une liste n'est pas admis pour « choix »",
         "écrivez choix: … parmi « complete » ou « partielle », ou laissez vide"),
        ({"groupe": "x"}, "groupe", "« groupe » attend plusieurs clés, et non « x »",
         "écrivez {titre: x}"),
        ({"groupe": "titre:Un : deux"}, "groupe",
         "« groupe » attend plusieurs clés, et non « titre:Un : deux »",
         'écrivez {titre: "Un : deux"}'),
        ({"groupe": "https://exemple.fr"}, "groupe",
         "« groupe » attend plusieurs clés, et non « https://exemple.fr »",
         "écrivez {titre: https://exemple.fr}"),
        ({"groupe": ("x",)}, "groupe", "« groupe » attend plusieurs clés, et non une liste",
         "écrivez {titre: …}"),
        ({"groupe": {"titer": "x", "titre": "y"}}, "groupe.titer",
         "la clé « titer » n'existe pas ici", "vouliez-vous dire « titre » ?"),
        ({"groupe": {}}, "groupe.titre", "il manque la clé « titre » dans « groupe »",
         "ajoutez « titre: … »"),
        ({"groupes": ({"titre": "a"}, {"titre": ("b",)})}, "groupes[2].titre",
         "« titre » du 2e élément de « groupes » attend un texte simple, et non une liste",
         "mettez toute la valeur entre guillemets, sans crochets ni accolades"),
        ({"cle": "É"}, "cle", "« É » n'a pas la forme attendue pour « cle »",
         "écrivez e"),
        ({"adresse": "x"}, "adresse", "« x » n'a pas la forme attendue pour « adresse »",
         "écrivez /x/"),
        ({"name": "x"}, "name", "la clé « name » n'existe pas ici", "vouliez-vous dire « nom » ?"),
        ({"mots": ("a", "")}, "mots[2]", "le 2e élément de « mots » est vide",
         "remplissez cette ligne, ou effacez-la"),
        ({"nombre": "x"}, "nombre", "« x » ne convient pas pour « nombre »",
         "comparez avec une autre fiche"),
    ],
)  # fmt: skip
def test_what_is_told(typed: dict[str, Any], key: str, message: str, hint: str) -> None:
    assert told(**typed) == [(key, message, hint)]


VALUES = st.recursive(
    st.sampled_from(["", "a", "2024", "oui", "é {x}"]),
    lambda inner: (
        st.lists(inner, max_size=2).map(tuple)
        | st.dictionaries(st.sampled_from(["titre", "nom", "year", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)
KINDS = kinds.load(
    (
        *("vocabulaire", "catalyser", "projet", "newsletter", "page"),
        *("actualite", "evenement", "webinaire", "territoire"),
    )
)
ALIASES = sorted({
    info.alias or name
    for kind in KINDS
    for name, info in kind.model.model_fields.items()
})  # fmt: skip


@given(st.dictionaries(st.sampled_from([*ALIASES, "autre"]), VALUES, max_size=4))
def test_no_header_is_told_in_english_or_in_python(header: dict[str, Any]) -> None:
    document = Document("f.md", header, Positions(), Positions(), Body("", ""))
    for kind in KINDS:
        for problem in validate_one(document, kind)[1]:
            said = f"{problem.message} {problem.hint}"
            assert not re.search(r"\b(?:should|valid|input|Input|argument|None|True)\b", said), said
            assert not re.search(r"\('|\{'|'\}|',\)|\[\]|«  »", said), said
            assert problem.hint


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ({"nom": "a" * 900_000}, "nom"),
        ({"mots": ("a", "b" * 301)}, "mots[2]"),
        ({"groupe": {"titre": "c " * 200}}, "groupe.titre"),
    ],
)
def test_a_text_that_is_too_long_is_counted_and_not_repeated(
    typed: dict[str, Any], key: str
) -> None:
    ((where, message, hint),) = told(**typed)
    assert where == key
    assert "caractères, plus que 300" in message
    assert "en 300 caractères au plus" in hint
    assert len(message) < 100


@pytest.mark.parametrize(
    "typed",
    [
        {"groupe": {"titre": "T", "date": "x" * 900_000}},
        {"choix": "x" * 900_000},
        {"x" * 900_000: "a"},
    ],
)
def test_no_message_repeats_a_very_long_text(typed: dict[str, Any]) -> None:
    ((_, message, hint),) = told(**{"nom": "X", **typed})
    assert len(message) + len(hint) < 600


def test_a_key_that_stands_for_none_is_to_be_erased() -> None:
    ((_, _, hint),) = told(bidule="x")
    assert hint.startswith("effacez cette ligne ; les clés connues sont : adresse, choix, cle")


@pytest.mark.parametrize(
    ("lines", "key", "hint"),
    [
        ("autres_noms: [A, '', B]", "autres_noms[2]", "écrivez autres_noms: [A, B]"),
        ("autres_noms:\n  - A\n  - ''", "autres_noms[2]", "effacez cette ligne, ou remplissez-la"),
        ("comune: Amiens\ncommune: Amiens", "comune",
         "effacez « comune » : « commune » est déjà donné"),
        ("commune: Amiens\nville: Amiens", "ville",
         "effacez « ville » : « commune » est déjà donné"),
        ("liens: [{nature: n, catalyseur: x, catalyser: x}]", "liens[1].catalyser",
         "effacez « catalyser » : « catalyseur » est déjà donné"),
        ("liens: [{nature: n, zzz: A, catalyseur: x}]", "liens[1].zzz",
         "effacez « zzz » ; les clés connues sont : catalyseur, nature"),
        ("liens:\n  - zzz: A\n    nature: n\n    catalyseur: x", "liens[1].zzz",
         "effacez « zzz » ; les clés connues sont : catalyseur, nature"),
        ("liens:\n  - nature: n\n    zzz: A\n    catalyseur: x", "liens[1].zzz",
         "effacez cette ligne ; les clés connues sont : catalyseur, nature"),
        ("brouillon: oui\ndraft: true", "draft",
         "effacez « draft » : « brouillon » est déjà donné"),
        ("adresse: Un lieu ouvert.\nLa fête aussi : venez\nexemple: non", "La fête aussi",
         ("c'est la suite de la ligne d'au-dessus : écrivez les deux en une seule, "
          'adresse: "Un lieu ouvert. La fête aussi : venez"')),
        ("comune: Amiens", "comune", "vouliez-vous dire « commune » ?"),
        ("autres_noms: • A", "autres_noms", "écrivez des crochets : autres_noms: [A]"),
        ("autres_noms:\n  • A", "autres_noms", "écrivez un tiret, puis une espace : « - A »"),
    ],
)  # fmt: skip
def test_a_hint_suits_the_layout_and_the_keys_beside(lines: str, key: str, hint: str) -> None:
    text = f"---\nnom: X\nrelation: cite\nresume: r\nsources: [{{titre: S}}]\n{lines}\n---\n"
    documents, _ = parse([SourceFile("catalysers/x.md", text.encode())])
    kind = next(kind for kind in KINDS if kind.name == "catalyser")
    _, (problem,) = validate_one(documents[0], kind)
    assert (problem.key, problem.hint) == (key, hint)
