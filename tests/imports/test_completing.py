"""An editor's own workbook completed: what differs is written, all else is as it was."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font

from maille.imports.completing import Completion, complete
from maille.imports.importing import Before, ImportFile, prepare
from maille.imports.mapping import Settings
from maille.kinds.catalyser import KIND
from maille.problems import ContentError
from maille.site.model import Site
from tests.imports.exported import read_site, write_exported_site
from tests.imports.tables import save

HEADINGS = ["Structure", "Cotisation", "Ville", "CP", "Tél", "Site web", "Contact", "Identifiant"]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_exported_site(tmp_path_factory.mktemp("export") / "site")


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return read_site(root)


def make_book(*rows: list[Any], headings: list[str] = HEADINGS) -> Any:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Membres"
    sheet.append(["Les membres du réseau"])
    sheet.append(headings)
    for row in rows:
        sheet.append(row)
    return book


def fill(site: Site, root: Path, book: Any) -> tuple[Completion, Any]:
    data = save(book)
    before = Before(lambda path: (root / path).read_bytes() if (root / path).is_file() else b"")
    plan = prepare(ImportFile("membres.xlsx", data), KIND, site, Settings(""), before)
    done = complete(plan, site, data)
    return done, openpyxl.load_workbook(io.BytesIO(done.data))["Membres"]


RELAIS = ["Le Relais", 25, "Bourg-en-Bresse", 1000, None, None, "Camille Exemple", "0042"]


def test_only_what_differs_is_written(site: Site, root: Path) -> None:
    book = make_book(RELAIS)
    sheet = book["Membres"]
    sheet["D3"].number_format = "00000"
    sheet["D3"].font = Font(bold=True)
    sheet["J9"] = "=SUM(B3:B4)"
    done, after = fill(site, root, book)
    written = {(one.letter, one.before, one.after) for one in done.written}
    assert written == {
        ("A", "Le Relais", "=Le Relais"),
        ("E", "", "04.74.00.00.00"),
        ("F", "", "https://exemple.fr/"),
    }
    assert after["A3"].data_type == "s"
    assert (after["D3"].value, after["D3"].number_format, after["D3"].font.b) == (
        *(1000, "00000"),
        True,
    )
    assert [after[spot].value for spot in ("A1", "B3", "C3", "G3", "H3", "J9")] == [
        *("Les membres du réseau", 25, "Bourg-en-Bresse", "Camille Exemple", "0042"),
        "=SUM(B3:B4)",
    ]


def test_a_row_that_is_surely_a_record_gets_its_identifier(site: Site, root: Path) -> None:
    row = ["Premier d'essai", None, "Dijon", None, None, None, None, None]
    done, after = fill(site, root, make_book(row, ["Personne", 1, "Dijon"]))
    assert [(one.letter, one.after) for one in done.written] == [("H", "premier")]
    assert after["H3"].value == "premier"
    assert [row.name for row in done.unknown] == ["Personne"]
    assert "catalysers/second.md" in done.absent
    assert not any("exemple" in path for path in done.absent)


def test_the_column_of_identifiers_is_added_if_there_is_none(site: Site, root: Path) -> None:
    book = make_book(["Premier d'essai", "Dijon", "x"], headings=["Nom", "Ville", "Notes"])
    book["Membres"]["C2"].font = Font(bold=True)
    _, after = fill(site, root, book)
    assert [cell.value for cell in after[2]] == ["Nom", "Ville", "Notes", "Identifiant"]
    assert after["D2"].font.b
    assert [cell.value for cell in after[3]] == ["Premier d'essai", "Dijon", "x", "premier"]


def test_formulas_days_and_numbers_stay_what_they_are(site: Site, root: Path) -> None:
    headings = ["Nom", "Site", "Vérifiée le", "Latitude", "Longitude", "Identifiant"]
    row = ["Le Relais", "=A9", datetime.date(2020, 1, 1), 1.5, 5.22, "0042"]
    book = make_book(row, headings=headings)
    done, after = fill(site, root, book)
    assert after["C3"].value.date() == datetime.date(2026, 11, 12)
    assert (after["D3"].value, after["E3"].value) == (46.2, 5.22)
    assert after["B3"].value == "=A9"
    assert done.formulas == ["B3"]


def test_what_the_copy_cannot_have_is_told(site: Site, root: Path) -> None:
    book = make_book(RELAIS)
    assert fill(site, root, book)[0].lost == []
    chart = BarChart()
    chart.add_data(Reference(book["Membres"], min_col=2, min_row=3, max_row=4))
    book["Membres"].add_chart(chart, "L2")
    data = save(book)
    before = Before(lambda path: (root / path).read_bytes() if (root / path).is_file() else b"")
    plan = prepare(ImportFile("membres.xlsx", data), KIND, site, Settings(""), before)
    assert complete(plan, site, data).lost == []  # openpyxl keeps its own charts
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w") as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b"</worksheet>", b"<extLst></extLst></worksheet>")
            new.writestr(name, part)
        new.writestr("xl/slicers/slicer1.xml", b"<slicers/>")
        new.writestr("xl/vbaProject.bin", b"x")
    assert complete(plan, site, out.getvalue()).lost == [
        *("segments", "macros", "listes ou mises en forme récentes d'Excel")
    ]


def test_only_a_workbook_of_excel_is_completed(site: Site, root: Path) -> None:
    data = b"Nom;Ville\nPremier d'essai;Dijon\n"
    plan = prepare(ImportFile("a.csv", data), KIND, site, Settings(""), Before(lambda _: b""))
    with pytest.raises(ContentError, match="seul un classeur"):
        complete(plan, site, data)
