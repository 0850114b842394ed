"""The directory out to a spreadsheet and back: only the cells that were edited change anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from maille.imports.office_table import OfficeTable, make_table
from maille.imports.table_writers import write_csv, write_xlsx
from maille.kinds.catalyser import KIND
from maille.site.model import Site
from tests import doses, office
from tests.building import copy_site
from tests.imports.exported import FULL, read_site
from tests.imports.returning import bring_back, check_edits, draw_edits, edit_book, edit_table

ROUNDS = doses.TABLE_EDITS // 100


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_site(tmp_path_factory.mktemp("tour") / "site")
    (root / "catalysers/relais.md").write_text(FULL, "utf-8")
    (root / "catalysers/relais-crlf.md").write_bytes(
        b"\xef\xbb\xbf"
        + FULL.replace("=Le Relais", "L'autre").replace("0042", "43").replace("\n", "\r\n").encode()
    )
    return root


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return read_site(root)


@pytest.fixture(scope="module")
def table(site: Site) -> OfficeTable:
    table = make_table(site, KIND, drafts=True)
    assert len(table.rows) > 25
    return table


def test_what_nobody_edited_changes_nothing(root: Path, site: Site, table: OfficeTable) -> None:
    for name, data in (("export.xlsx", write_xlsx(table)), ("export.csv", write_csv(table))):
        check_edits(bring_back(site, root, name, data), root, table, [])


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_edits_come_back_alone(root: Path, site: Site, table: OfficeTable, seed: int) -> None:
    edits = draw_edits(table, 100, seed)
    edited = edit_table(table, edits)
    book = edit_book(write_xlsx(table), edits)
    for name, data in (("export.csv", write_csv(edited)), ("export.xlsx", book)):
        check_edits(bring_back(site, root, name, data), root, table, edits)


@pytest.mark.skipif(not doses.LONG, reason="four conversions a second: at night")
@pytest.mark.skipif(not office.find_office(), reason=office.MISSING)
@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv"])
def test_edits_come_back_through_libreoffice(
    root: Path, site: Site, table: OfficeTable, tmp_path: Path, ending: str
) -> None:
    count = 250
    for seed in range(doses.TABLE_EDITS // count):
        edits = draw_edits(table, count, seed)
        path = tmp_path / f"export-{seed}.xlsx"
        path.write_bytes(edit_book(write_xlsx(table), edits))
        saved = office.save_as(path, ending, tmp_path / f"{seed}")
        check_edits(bring_back(site, root, saved.name, saved.read_bytes()), root, table, edits)
