"""The mapping of a file: what is written is read back; what is not understood is told."""

from __future__ import annotations

import pytest

from maille.imports.mapping import read_settings, write_settings
from maille.problems import ContentError

PATH = "content/imports/a.toml"
KEYS = ["nom", "profil", "telephone"]


def read(text: str) -> object:
    return read_settings(PATH, text, KEYS)


def test_what_is_written_is_read_back() -> None:
    common = {"relation": "membre", "sources": [{"titre": 'Le fichier "a"', "date": "2026"}]}
    columns = {"Nom": "nom", 'Type "officiel"\n(liste)': "profil", "Cotisation": ""}
    text = write_settings(columns, common, "a.xlsx", ["Feuille 1"])
    settings = read_settings(PATH, text, KEYS)
    assert (settings.columns, settings.common) == (columns, common)
    assert settings.sheets == ("Feuille 1",)
    assert (settings.people, settings.words, settings.known) == ({}, {}, ())
    assert not settings.is_new


def test_the_commented_lines_are_right_once_they_are_uncommented() -> None:
    text = write_settings({}, {}, "a.csv", [])
    lines = [
        line.removeprefix("# ")
        if "= " in line or line.startswith(("# [mots", "# [fiches"))
        else line
        for line in text.splitlines()
    ]
    settings = read_settings(PATH, "\n".join(lines), KEYS)
    assert settings.people == {"Présidence": {"fonction": "Présidence", "date": "2026"}}
    assert settings.words == {"profil": {"Tiers-lieu": "…"}}
    assert settings.records == {"Le Relais": "le-relais-dijon"}


def test_without_a_file_the_mapping_is_new_and_empty() -> None:
    assert read_settings(PATH, None, KEYS).is_new


def test_dates_and_numbers_of_toml_are_text() -> None:
    settings = read_settings(PATH, "[pour_toutes]\nmise_a_jour = 2026-01-02\nn = [1, true]", KEYS)
    assert settings.common == {"mise_a_jour": "2026-01-02", "n": ["1", "oui"]}


@pytest.mark.parametrize(
    ("text", "words", "hint"),
    [
        ("[colonne]", "« colonne »", "écrivez colonnes"),
        ('[colonnes]\nA = "nmo"', "« nmo »", "écrivez nom"),
        ('[mots.profile]\nA = "b"', "« profile »", "écrivez profil"),
        ('[personnes]\nA = {fonction = "x"}', "le rôle et sa date", 'date = "2026"'),
        ("[colonnes", "ligne 1 : ce fichier n'est pas du TOML lisible", r"écrivez [colonnes]"),
        ("colonnes = 3", "ligne 1 : « colonnes »", "[colonnes] seul sur sa ligne"),
        ('[mots]\nprofil = "b"', "ligne 2 : « profil »", "[mots.profil] seul sur sa ligne"),
        ('[fichier]\nfeuille = ["A"]', "ligne 2 : « feuille »", "écrivez feuilles"),
    ],
)
def test_what_is_not_understood_is_told(text: str, words: str, hint: str) -> None:
    with pytest.raises(ContentError, match=words) as told:
        read(text)
    assert hint in told.value.hint


def test_all_that_is_wrong_is_told_at_once_with_its_line() -> None:
    with pytest.raises(ContentError) as told:
        read('[colonnes]\nA = "nmo"\nB = "nom\n[mots.profile]\nA = "b"')
    said = f"{told.value.message}\n    → {told.value.hint}"
    for words in (
        "ligne 2 : « nmo » n'est pas connu\n    → écrivez nom",
        'ligne 3 : ce fichier n\'est pas du TOML lisible\n    → écrivez B = "nom"',
        "ligne 4 : « profile » n'est pas connu\n    → écrivez profil",
    ):
        assert words in said
