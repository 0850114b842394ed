"""From the bytes of a file to the plan of its import, in a small site."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

import pytest

from maille.cli.rename_command import make_reader
from maille.imports.headings import list_titles
from maille.imports.importing import Before, ImportFile, make_common, prepare
from maille.imports.mapping import Settings
from maille.imports.plan import ImportPlan
from maille.kinds.catalyser import KIND, Catalyser
from maille.problems import ContentError
from maille.site.addresses import AddressLine
from maille.site.model import Site
from maille.views.records.export_rows import make_rows
from tests.imports.tables import HEADINGS, ROW, write_csv
from tests.small_site import link_site, write_small_site


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_site(tmp_path_factory.mktemp("import") / "site")


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return link_site(root)


def plan(site: Site, root: Path, rows: list[list[str]], settings: Settings) -> ImportPlan:
    file = ImportFile("Annuaire 2025.csv", write_csv(rows))
    kind = site.kind("catalyser")
    return prepare(file, kind, site, settings, Before(make_reader(root)))


def test_a_file_becomes_a_plan(site: Site, root: Path) -> None:
    made = plan(site, root, [HEADINGS, ROW], Settings("content/imports/annuaire-2025.toml"))
    [row] = made.rows
    assert row.path == "catalysers/le-relais.md"
    assert row.values["telephone"] == "03 80 00 00 00"
    assert made.common == {
        "relation": "a-confirmer",
        "sources": [{"titre": "Le fichier Annuaire 2025.csv", "consulte_le": "2026-11-21"}],
    }
    assert made.refused == []


def test_known_records_are_merged_and_words_of_the_mapping_become_terms(
    site: Site, root: Path
) -> None:
    words = {"profil": {"Tiers-lieu": "+"}}
    rows = [["Nom", "Ville", "Type"], ["Premier d’essai", "Dijon", "Tiers-lieu"]]
    made = plan(site, root, rows, Settings("a.toml", words=words, is_new=False))
    assert made.rows[0].path == "catalysers/premier.md"
    assert made.rows[0].merge
    [(path, data)] = made.terms.items()
    assert path == "content/vocabulaires/profils.yaml"
    assert b"cle: tiers-lieu" in data


def test_what_the_mapping_says_for_all_is_taken(site: Site) -> None:
    settings = Settings("a.toml", common={"relation": "membre"}, is_new=False)
    file = ImportFile("a.csv", b"")
    common = make_common(file, site.kind("catalyser"), site, settings)
    source = {"titre": "Le fichier a.csv", "consulte_le": "2026-11-21"}
    assert common == {"relation": "membre", "sources": [source]}


def test_a_file_without_names_is_told(site: Site, root: Path) -> None:
    with pytest.raises(ContentError, match="le nom des fiches"):
        plan(site, root, [["Ville", "Mail"], ["Dijon", "a@b.fr"]], Settings("a.toml"))


def test_the_file_of_the_site_is_refused_and_the_one_that_comes_back_is_named(
    site: Site, root: Path
) -> None:
    entries = site.list_real(Catalyser)
    for name, data in (
        ("a.csv", make_rows(site).encode_csv(entries)),
        ("a.geojson", make_rows(site).encode_geojson(entries)),
    ):
        with pytest.raises(ContentError) as caught:
            prepare(ImportFile(name, data), KIND, site, Settings(""), Before(lambda _: b""))
        assert "/donnees/" in caught.value.message
        assert "python build.py exporter" in caught.value.hint


def test_the_mapping_is_named_after_the_file_unless_it_names_a_person() -> None:
    assert ImportFile("dossier Été.xlsx", b"").settings_path == "content/imports/dossier-ete.toml"
    assert ImportFile("Liste de Marie Essai.xlsx", b"").stem == "import"
    assert ImportFile("Liste", b"").stem == "liste"


def test_groups_of_keys_and_what_is_ours_are_no_columns(site: Site) -> None:
    titles = list_titles(site.kind("catalyser"))
    assert {"nom", "commune", "texte"} <= {*titles}
    assert {"sources", "personnes", "brouillon", "exemple"}.isdisjoint(titles)


def test_the_file_of_another_year_has_the_same_mapping() -> None:
    known = ("annuaire-2026", "autre")
    assert ImportFile("Annuaire 2027 v2.xlsx", b"", known).stem == "annuaire-2026"
    assert ImportFile("Annuaire 2027.xlsx", b"", (*known, "annuaire-2025")).stem == "annuaire-2027"
    assert ImportFile("Annuaire 2025.xlsx", b"", (*known, "annuaire-2025")).stem == "annuaire-2025"
    assert ImportFile("2027.xlsx", b"", known).stem == "2027"


def test_records_that_left_the_site_or_were_deleted_are_told(site: Site, root: Path) -> None:
    line = AddressLine.model_construct(left_on=datetime.date(2026, 5, 1), target=None)
    gone = dataclasses.replace(site.addresses, lines={"/catalyseurs/le-relais/": line})
    made = plan(
        dataclasses.replace(site, addresses=gone), root, [HEADINGS, ROW], Settings("a.toml")
    )
    assert "a quitté le site le 2026-05-01" in made.rows[0].faults[0].message
