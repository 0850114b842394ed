"""The table of a sheet: where its headings are, and which key each column has."""

from __future__ import annotations

from maille.imports.columns import Reason, Table, find_table
from maille.imports.headings import BODY
from maille.imports.mapping import Settings
from maille.imports.sheets import Sheet

TITLES = {
    key: key
    for key in ("nom", "commune", "courriel", "telephone", "resume", "profil", "themes", "site")
} | {BODY: "Texte"}
WORDS = {
    "profil": {"association", "collectivite"}.__contains__,
    "themes": {"emplois", "numerique"}.__contains__,
}


def find(rows: list[list[str]], settings: Settings | None = None) -> Table | None:
    return find_table(Sheet("a", rows), TITLES, settings or Settings("a.toml"), WORDS)


def match(headings: list[str], *rows: list[str]) -> list[tuple[str, Reason]]:
    table = find([headings, *(rows or (["x"] * len(headings),))])
    assert table
    return [(column.key, column.reason) for column in table.columns]


def test_headings_may_stand_below_a_title() -> None:
    table = find([["Annuaire 2025"], [], ["Nom", "Ville"], ["A", "Dijon"], [], ["B", ""]])
    assert table
    assert [(table.number(place), row) for place, row in table.list_rows()] == [
        (4, ["A", "Dijon"]),
        (6, ["B", ""]),
    ]


def test_without_the_column_of_names_there_is_no_table() -> None:
    assert find([["Ville", "Mail"], ["Dijon", "a@b.fr"]]) is None
    assert find([]) is None


def test_the_mapping_comes_first_and_a_key_is_given_once() -> None:
    settings = Settings("a.toml", columns={"Autre": "nom", "Ville": ""})
    table = find([["Nom", "Autre", "Ville"], ["A", "B", "C"]], settings)
    assert table
    assert [(one.key, one.reason) for one in table.columns] == [
        ("", Reason.TWICE),
        ("nom", Reason.SETTING),
        ("", Reason.SETTING),
    ]


def test_a_description_is_the_summary_where_there_is_no_other() -> None:
    assert match(["Nom", "Description"])[1][0] == "resume"
    assert [key for key, _ in match(["Nom", "Description", "Résumé"])] == ["nom", BODY, "resume"]


def test_a_name_beside_a_first_name_is_a_person() -> None:
    assert match(["Structure", "Nom", "Prénom"])[1] == ("", Reason.PEOPLE)
    assert match(["Nom", "Prénom"])[0] == ("nom", Reason.HEADING)


def test_cells_say_what_vague_headings_do_not() -> None:
    rows = [["A", "emplois", "a@b.fr"], ["B", "numerique", "c@d.fr"], ["C", "emplois", ""]]
    assert match(["Nom", "Type", "Pour écrire"], *rows) == [
        ("nom", Reason.HEADING),
        ("themes", Reason.CELLS),
        ("courriel", Reason.CELLS),
    ]


def test_nine_digits_alone_are_no_telephone() -> None:
    rows = [["A", "392178570", "03 80 00 00 00"], ["B", "287500052", "+33 3 80 00 00 01"]]
    assert [key for key, _ in match(["Nom", "Numéro", "Joindre"], *rows)] == [
        "nom",
        "",
        "telephone",
    ]


def test_columns_of_people_are_left_out_by_heading_or_by_cells() -> None:
    rows = [["A", "x", "Marie Exemple"], ["B", "y", "M. Essai"]]
    assert match(["Nom", "Contact", "Qui"], *rows)[1:] == [("", Reason.PEOPLE)] * 2
    assert match(["Nom", "Cotisation", "Vide"], ["A", "10", ""])[1:] == [
        ("", Reason.NO_KEY),
        ("", Reason.EMPTY),
    ]
