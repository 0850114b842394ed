"""The reports of an import add up, and hold no value of what was left out."""

from __future__ import annotations

import csv
import io

from maille.imports.plan import ImportPlan
from maille.imports.records import Merge, Note
from maille.imports.reports import (
    list_lines,
    sum_up,
    write_csv_report,
    write_identifiers,
    write_mapping,
    write_page,
    write_rows_to_correct,
)
from tests.imports.merging_kit import make_record
from tests.imports.test_plan import TABLE, make_plan, make_row


def make() -> ImportPlan:
    good, told, left = make_row(1), make_row(2, nom="<Faux>", site="=1"), make_row(3, nom="C")
    good.path, left.path = "catalysers/a.md", "catalysers/c.md"
    told.add_fault(TABLE.columns[3], "n'est pas une adresse", "écrivez-la")
    told.unknown = [("profil", "SCIC")]
    left.leave(TABLE.columns[1], "semble être d'une personne")
    TABLE.sheet.rows[:] = [["Nom", "Commune", "Resume", "Site"]]
    return make_plan(good, told, left)


def test_each_row_is_in_the_report() -> None:
    lines = [*list_lines(make())]
    assert [(line[0], line[2]) for line in lines] == [
        *(("fiche créée", "2"), ("à corriger", "3"), ("à corriger", "3")),
        *(("laissé de côté", "4"), ("fiche créée", "4")),
    ]


def test_what_is_known_already_is_in_the_report_too() -> None:
    changed, clash, same = make_row(1), make_row(2, site="x"), make_row(3)
    plan = make_plan(changed, clash, same)
    for row in plan.rows:
        row.path, row.record, row.merge = f"catalysers/{row.number}.md", make_record(b""), Merge()
    changed.data = b"a"
    changed.merge = Merge(shown=[("site", "https://a.fr", "https://b.fr")])
    clash.merge = Merge(conflicts=[Note(TABLE.columns[3], "x", "deux valeurs", "choisissez")])
    plan.absent = ["catalysers/parti.md"]
    assert [(line[0], line[4], line[5]) for line in list_lines(plan)] == [
        ("fiche changée", "https://b.fr", "avant : https://a.fr"),
        ("désaccord", "x", "deux valeurs"),
        ("fiche inchangée", "Le Relais", ""),
        ("plus dans le fichier", "", ""),
    ]
    assert "deux valeurs" in write_rows_to_correct(plan).decode()
    page = write_page(plan, "a.csv").decode()
    assert "<h2>Désaccord (1)</h2>" in page
    assert "<h2>Fiche changée (1)</h2>" in page


def test_each_row_has_the_identifier_to_copy_into_the_sheet() -> None:
    text = write_identifiers(make()).decode("utf-8-sig")
    assert text.splitlines()[1:] == ["a;2;Le Relais;a", "a;3;<Faux>;", "a;4;C;c"]


def test_the_table_opens_in_a_spreadsheet_without_a_formula() -> None:
    data = write_csv_report(make())
    assert data.startswith(b"\xef\xbb\xbf")
    rows = [*csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")]
    assert rows[2][4] == "'=1"


def test_rows_to_correct_are_as_they_were_read() -> None:
    text = write_rows_to_correct(make()).decode("utf-8-sig")
    assert text.splitlines() == [
        "À corriger;Nom;Commune;Resume;Site",
        "Site : n'est pas une adresse / mot inconnu : SCIC;<Faux>;;;'=1",
    ]


def test_the_page_escapes_what_cells_hold() -> None:
    page = write_page(make(), "a<b.csv").decode()
    assert "&lt;Faux&gt;" not in page or "<Faux>" not in page
    assert "a&lt;b.csv" in page
    assert "3 lignes : 2 fiches, 0 brouillon, 1 à corriger." in page


def test_the_sum_counts_each_row_once() -> None:
    assert sum_up(make()) == "3 lignes : 2 fiches, 0 brouillon, 1 à corriger."


def test_the_mapping_names_no_person() -> None:
    text = write_mapping(make(), "Marie Essai.csv")
    assert '"Commune" = "commune"' in text
    assert "Marie" not in text
