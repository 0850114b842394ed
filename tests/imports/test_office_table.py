"""The office's table: every record as typed, under headings that the import understands."""

from __future__ import annotations

import dataclasses

import pytest

from maille.imports import office_table
from maille.imports.headings import BODY, find_keys, list_titles
from maille.imports.office_table import OfficeTable, make_table
from maille.kinds.catalyser import KIND
from maille.site.model import Site
from tests.imports.exported import read_site, write_exported_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return read_site(write_exported_site(tmp_path_factory.mktemp("export") / "site"))


def read_rows(table: OfficeTable) -> dict[str, dict[str, str]]:
    keys = [column.key for column in table.columns]
    rows = (dict(zip(keys, row, strict=True)) for row in table.rows)
    return {row["nom"]: row for row in rows}


def test_a_record_is_as_typed_with_the_labels_of_its_words(site: Site) -> None:
    row = read_rows(make_table(site, KIND))["=Le Relais"]
    assert row["identifiant"] == "0042"
    assert row["autres_noms"] == '@relais | Le "Relais"'
    assert row["profil"] == "Accompagnateur"
    assert row["pratiques"] == "Accompagnements | Gestion d'un lieu"
    assert (row["code_postal"], row["departement"]) == ("01000", "01")
    assert (row["latitude"], row["longitude"]) == ("46.20", "5.220")
    assert row["telephone"] == "04.74.00.00.00"
    assert row["territoires"] == "01 | auvergne-rhone-alpes"
    assert row["verifie_le"] == "2026-11-12"
    assert "personnes" not in row
    assert "Camille" not in str(row)


def test_without_an_identifier_the_name_of_the_file_is_one(site: Site) -> None:
    assert read_rows(make_table(site, KIND))["Premier d'essai"]["identifiant"] == "premier"


def test_drafts_are_there_if_asked_and_examples_never(site: Site) -> None:
    names = {*read_rows(make_table(site, KIND))}
    assert names == {"=Le Relais", "Premier d'essai", "Second d'essai"}
    drafts = {*read_rows(make_table(site, KIND, drafts=True))} - names
    assert {"Brouillon d'essai", "Sans résumé"} <= drafts
    assert "Invention" not in drafts


def test_columns_are_the_keys_that_an_import_takes(site: Site) -> None:
    titles = list_titles(KIND)
    columns = office_table.list_columns(site, KIND)
    assert {one.key for one in columns} == {*titles} - {BODY}
    for column in columns:
        if column.key in titles and column.key != "identifiant":
            assert find_keys(column.heading, titles)[:1] == (column.key,), column.heading


def test_a_version_changes_with_any_cell_and_only_then(site: Site) -> None:
    columns = office_table.list_columns(site, KIND)
    cells = ["a", "b", ""]
    assert office_table.make_version(cells) == office_table.make_version(tuple(cells))
    changed = (["a", "", "b"], ["a", "b", " "], ["ab", "", ""])
    assert len({office_table.make_version(one) for one in (cells, *changed)}) == 4
    for entry in site.list_entries(KIND.model):
        *others, last = office_table.make_cells(entry, columns)
        assert last == office_table.make_version(others)


def test_a_label_that_would_not_be_read_back_is_given_by_its_key(site: Site) -> None:
    (entry,) = (one for one in site.entries["vocabulaire"] if one.slug == "profils")
    first, second, *_ = entry.list_terms()
    terms = (
        first.model_copy(update={"name": "Un ; deux"}),
        second.model_copy(update={"name": first.key}),
    )
    changed = entry.model_copy(update={"terms": terms})
    entries = {**site.entries, "vocabulaire": (changed,)}
    columns = office_table.list_columns(dataclasses.replace(site, entries=entries), KIND)
    (labels,) = (one.labels for one in columns if one.key == "profil")
    assert labels == {first.key: first.key, second.key: second.key}
