"""Rows pasted from a spreadsheet are told with their table, and sentences are not."""

from __future__ import annotations

import pytest

from maille.content.markdown import Converter
from maille.content.pasted_cells import check_cells

CONVERTER = Converter()


def told(text: str) -> list[tuple[int, str]]:
    found = check_cells("a.md", CONVERTER.convert(text))
    return [(one.line, one.hint.partition(" ; mettez")[0]) for one in found]


TABLE = "écrivez | Nom | Tarif | et, à la ligne dessous, | --- | --- |"


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("Nom\tTarif\nMarie\t10 €", 1, TABLE),
        ("Nom;Tarif\nMarie;10 €\nPaul;5 €", 1, TABLE),
        ("Nom | Tarif\nMarie | 10 €", 1, TABLE),
        ("Un texte.\n\nVoici :\nNom\tTarif\nMarie\t10 €", 4, TABLE),
        ("| Nom | Tarif |\n| --- | --- |\nMarie\t10 €\nPaul\t5 €", 3, "écrivez | Marie | 10 € |"),
        (
            "Jour;Heure;Lieu\nLundi;9 h;Amiens",
            1,
            "écrivez | Jour | Heure | Lieu | et, à la ligne dessous, | --- | --- | --- |",
        ),
    ],
)
def test_rows_are_told_once_with_their_table(text: str, line: int, hint: str) -> None:
    assert told(text) == [(line, hint)]


@pytest.mark.parametrize(
    "text",
    [
        "Lundi ; mardi.\nJeudi ; vendredi.",
        "- lundi ;\n- mardi ;",
        "lundi;\nmardi;",
        "1)\tUn\n2)\tDeux",
        "·\tUn\n·\tDeux",
        "-\tUn\n-\tDeux",
        "\tUn alinéa\n\tUn autre",
        "Accueil | Contact",
        "Nom | Tarif\n--- | ---\nMarie | 10 €",
        "| Nom | Tarif |\n| --- | --- |\n| Marie | 10 € |",
        "> Nom;Tarif\n> Marie;10 €",
        "Un;deux\net la suite du texte.",
        "À bientôt&nbsp;!\nAu revoir&nbsp;!",
        "[a](/x/?b=1&amp;c=2)\n[b](/x/?b=2&amp;c=3)",
        "Ils sont partis le matin et roulent toute la nuit;on les voit.\nIls sont;las.",
        "    a;b\n    c;d",
        "**Membres :**\tMarie, Paul\n**Suppléants\u00a0:** \tJeanne",
        "Lieu :\tDijon\nHeure :\t9 h",
    ],
)
def test_lists_sentences_and_tables_are_not_told(text: str) -> None:
    assert told(text) == []


def test_a_long_text_is_read_at_once() -> None:
    assert told("a;b " * 1_000 + "\n" + "\t;| " * 1_000) == []
