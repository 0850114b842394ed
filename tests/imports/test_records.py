"""A row becomes the keys of a record; what is left out, repaired or told is noted at its cell."""

from __future__ import annotations

from typing import Any

import pytest

from maille.imports.columns import find_table
from maille.imports.headings import BODY
from maille.imports.mapping import Settings
from maille.imports.records import Reader, Row
from maille.imports.sheets import Sheet
from maille.pipeline import load_gazetteer

TITLES = {
    key: key
    for key in (
        *("nom", "commune", "departement", "code_postal", "code_insee", "courriel", "telephone"),
        *("resume", "profil", "themes", "site", "territoires", "adresse", "autres_noms"),
        *("latitude", "mise_a_jour", BODY),
    )
}
WORDS = {
    "profil": {"association": "association", "ca": "collectivite"},
    "themes": {"emplois": "emplois", "art-culture": "art", "numerique": "numerique"},
}


def read(keys: dict[str, str], **settings: Any) -> Row:
    """Return the row of a sheet with a name and these cells, by heading."""
    cells = {"nom": "Le Relais", **keys}
    made = Settings("content/imports/a.toml", **settings)
    table = find_table(Sheet("a", [[*cells], [*cells.values()]]), TITLES, made, {})
    assert table
    lists = frozenset({"themes", "territoires", "autres_noms"})
    reader = Reader(made, load_gazetteer(), lists, WORDS, frozenset({"territoires"}))
    return reader.read(table, *next(table.list_rows()))


def told(row: Row) -> list[tuple[str, str]]:
    return [(note.column.key if note.column else "", note.message) for note in row.faults]


def test_values_are_repaired_and_each_repair_is_noted() -> None:
    row = read({"commune": "DIJON", "telephone": "353010017", "site": "https://a.fr"})
    assert row.values == {
        "nom": "Le Relais",
        "commune": "Dijon",
        "departement": "21",
        "telephone": "03 53 01 00 17",
        "site": "https://a.fr",
    }
    assert [(note.value, after) for note, after in row.repairs] == [
        ("353010017", "03 53 01 00 17"),
        ("DIJON", "Dijon"),
    ]
    assert (row.faults, row.left, row.name, row.number) == ([], [], "Le Relais", 2)


def test_all_faults_of_a_row_are_told_at_their_cells() -> None:
    row = read({"nom": "", "telephone": "NC", "adresse": "#REF!", "courriel": "a@b.fr, c@d.fr"})
    assert [key for key, _ in told(row)] == ["telephone", "adresse", "courriel", "nom"]


def test_words_are_split_and_found_or_noted_as_unknown() -> None:
    row = read({"themes": "Emplois, Art, culture ; numerique|emplois", "profil": "ÇA"})
    assert row.values["themes"] == ["emplois", "numerique"]
    assert row.unknown == [("themes", "Art"), ("themes", "culture")]
    assert row.values["profil"] == "collectivite"
    assert read({"themes": "Art, culture"}).values["themes"] == ["art"]


def test_the_mapping_says_what_unknown_words_mean() -> None:
    words = {"themes": {"Mobilité": "+", "Bois": "+ bois-local", "Divers": "", "Toit": "art"}}
    row = read({"themes": "MOBILITE; bois; divers; toit"}, words=words)
    assert row.values["themes"] == ["mobilite", "bois-local", "art"]
    assert row.unknown == []


def test_what_reaches_a_person_is_left_out_and_noted_without_its_value() -> None:
    cells = {
        "telephone": "06 39 98 00 01",
        "courriel": "camille.exemple@essai.example",
        "adresse": "chez Camille Exemple, 42 avenue",
        "site": "https://www.linkedin.com/in/camille",
    }
    row = read(cells)
    assert row.values == {"nom": "Le Relais"}
    assert {note.column.key for note in row.left if note.column} == {*cells}
    assert [note.value for note in row.left] == [""] * 4
    assert (row.faults, row.repairs) == ([], [])


@pytest.mark.parametrize("known", ["Rencontre.Europe@essai.example", "rencontre.europe@"])
def test_a_mailbox_that_the_mapping_knows_is_nobodys(known: str) -> None:
    cells = {"courriel": "rencontre.europe@essai.example"}
    row = read(cells)
    assert "pas_des_personnes" in row.left[0].hint
    assert read(cells, known=(known,)).values["courriel"] == cells["courriel"]


def test_a_mailbox_with_a_name_of_its_row_is_a_persons() -> None:
    people = {"Nom animateur": "SAID EXEMPLE", "Prénom animateur": "Xyz"}
    assert "courriel" not in read({"courriel": "xexemple@essai.example", **people}).values
    assert "courriel" in read({"courriel": "ecrire@essai.example", **people}).values
    people = {"Contact": "accueil du relais"}
    assert "courriel" in read({"courriel": "accueil@essai.example", **people}).values


def test_a_line_of_the_mapping_takes_people_with_their_role() -> None:
    role = {"fonction": "Présidence", "date": "2026"}
    cells = {"Présidente": "Camille Exemple", "telephone": "06 39 98 00 01"}
    row = read(cells, people={"Présidente": role, "telephone": role})
    assert row.values["personnes"] == [{"nom": "Camille Exemple", **role}]
    assert row.values["telephone"] == "06 39 98 00 01"


def test_a_person_in_a_text_is_told_unless_the_mapping_knows_better() -> None:
    cells = {"resume": "Un lieu créé par Camille Exemple.", "nom": "Chez Marie Essai"}
    row = read(cells)
    assert [key for key, _ in told(row)] == ["nom", "resume"]
    assert read(cells, known=("Camille Exemple", "Marie Essai")).faults == []


def test_a_long_description_gives_its_first_sentence_to_the_summary() -> None:
    first = "Un lieu inventé où l'on répare des vélos."
    row = read({"resume": f"{first}\n• un atelier\n• une salle"})
    assert (row.values["resume"], row.body) == (first, "• un atelier\n• une salle")
    row = read({"resume": "Au programme :\n• un atelier"})
    assert ("resume" in row.values, row.body) == (False, "Au programme :\n• un atelier")
    row = read({"resume": "Court.\nDeux.", BODY: "Le texte."})
    assert (row.values["resume"], row.body) == ("Court.\nDeux.", "Le texte.")


def test_a_summary_that_waits_makes_a_draft() -> None:
    row = read({"resume": "en cours de rédaction"})
    assert [note.message for note in row.doubts] == ["cette cellule attend encore sa valeur"]
    assert "resume" not in row.values
    assert row.faults == []


def test_more_cells_than_headings_are_told() -> None:
    table = find_table(Sheet("a", [["nom", "site"], ["A", "", "B"]]), TITLES, Settings("a"), {})
    assert table
    reader = Reader(Settings("a"), load_gazetteer(), frozenset(), {}, frozenset())
    row = reader.read(table, *next(table.list_rows()))
    assert "plus de cellules" in row.faults[0].message


def test_territories_are_codes() -> None:
    row = read({"territoires": "6, Loire-Atlantique; Grand Est"})
    assert row.values["territoires"] == ["06", "44", "grand-est"]
    assert len(row.repairs) == 3


def test_a_word_of_the_mapping_whose_term_does_not_exist_is_unknown() -> None:
    row = read(
        {"type": "Truc"}, columns={"type": "profil"}, words={"profil": {"Truc": "rien-de-tel"}}
    )
    assert row.unknown == [("profil", "Truc")]


@pytest.mark.parametrize(
    ("typed", "code", "name"),
    [
        ("ST ERME", "02676", "Saint-Erme-Outre-et-Ramecourt"),
        ("STES MARIES-DE-LA-MER", "13096", "Saintes-Maries-de-la-Mer"),
        ("ILE D OUESSANT", "29155", "Ouessant"),
    ],
)
def test_the_insee_code_settles_a_name_that_is_nearly_its_own(
    typed: str, code: str, name: str
) -> None:
    row = read({"commune": typed, "code_insee": code})
    assert (row.values["commune"], row.faults) == (name, [])
    assert any(after == name for _, after in row.repairs)


def test_the_insee_code_does_not_settle_another_name() -> None:
    assert read({"commune": "Dijon-les-Bains", "code_insee": "13096"}).faults
