from __future__ import annotations

import pytest

from maille.schema.list_hints import explain_one_line, split_items, suggest_without_blank

LABELS = {
    "education": "Éducation",
    "emplois": "Emplois",
    "showroom": "Showroom, démonstrateur",
    "mise-en-relations": "Mettre les gens en relation",
}


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ("Éducation", ["education"]),
        ("education", ["education"]),
        ("Éducation populaire", ["education"]),
        ("Éducation, emploi", ["education", "emplois"]),
        ("education, emplois]", ["education", "emplois"]),
        ("e[ducation, Zorg]", ["education", "Zorg"]),
        ("Zorg [lub]", ["Zorg [lub]"]),
        ("Showroom, démonstrateur", ["showroom"]),
        ("mettre les gens en relation", ["mise-en-relations"]),
        ("Zorglub, Éducation", ["Zorglub", "education"]),
        ("• Éducation • Emplois", ["education", "emplois"]),
        ("-Éducation -emplois", ["education", "emplois"]),
        ("– mise-en-relations", ["mise-en-relations"]),
        (",", []),
    ],
)
def test_the_terms_that_a_text_names(typed: str, items: list[str]) -> None:
    assert [*split_items(typed, LABELS)] == items


def test_without_terms_items_are_as_typed() -> None:
    assert split_items("L'Oise-Aisne, Amiens", {}) == ("L'Oise-Aisne", "Amiens")
    assert split_items("Les Ifs'], Le Lac", {}) == ("Les Ifs']", "Le Lac")
    assert split_items("Les Ifs', Le Lac]", {}) == ("Les Ifs'", "Le Lac")


@pytest.mark.parametrize(
    ("typed", "message", "hint"),
    [
        ("Éducation", "« themes » attend une liste, et « Éducation » n'en est pas une",
         "écrivez entre crochets, comme dans le vocabulaire : themes: [education]"),
        ("Zorg: lub", "« themes » attend une liste, et « Zorg: lub » n'en est pas une",
         'écrivez des crochets : themes: ["Zorg: lub"]'),
        ("• Emplois", "les lignes de la liste « themes » commencent par « • »",
         "écrivez un tiret, puis une espace : « - emplois »"),
        ("-Emplois", "les tirets de la liste « themes » ne sont pas suivis d'une espace",
         "écrivez un tiret, puis une espace : « - emplois »"),
    ],
)  # fmt: skip
def test_what_is_told_of_a_text_where_a_list_is_wanted(typed: str, message: str, hint: str) -> None:
    assert explain_one_line("themes", typed, LABELS) == (message, hint)


@pytest.mark.parametrize(
    "typed", ["• Éducation • emplois", "-Éducation -emplois", "– education, emplois"]
)
def test_dashes_on_the_line_of_the_key_are_told_with_brackets(typed: str) -> None:
    message, hint = explain_one_line("themes", typed, LABELS, beside=True)
    assert message == f"« themes » attend une liste, et « {typed} » n'en est pas une"
    assert "themes: [" in hint


@pytest.mark.parametrize(
    ("items", "beside", "hint"),
    [
        (["a", ""], True, "écrivez mots: [a]"),
        (["", "A : b", ""], True, 'écrivez mots: ["A : b"]'),
        ([""], True, "effacez-le, avec sa virgule"),
        ([{"titre": "a"}, ""], True, "effacez-le, avec sa virgule"),
        (["a", ""], False, "effacez cette ligne, ou remplissez-la"),
    ],
)
def test_what_is_told_of_a_blank_item(items: list[object], beside: bool, hint: str) -> None:
    assert suggest_without_blank("mots", items, beside=beside) == hint
