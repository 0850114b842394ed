"""The records of a site that rows may be."""

from __future__ import annotations

from pathlib import Path

from maille.imports.known_records import list_records
from tests.small_site import link_site, write_small_site


def test_records_have_their_place_and_what_an_office_calls_them(tmp_path: Path) -> None:
    root = write_small_site(tmp_path / "site")
    path = root / "catalysers/premier.md"
    text = path.read_text("utf-8").replace('commune: Dijon\ndepartement: "21"', "code_insee: 21231")
    path.write_text(text.replace("nom:", "identifiant: A-1\nnom:", 1), "utf-8")
    site = link_site(root)
    found = {one.slug: one for one in list_records(site, site.kind("catalyser"))}
    assert found["premier"].identity.place == "dijon 21"
    assert found["premier"].reference == "A-1"
    assert found["brouillon"].reference == "brouillon"
    assert {*found} == {
        entry.slug
        for entry in site.list_examined()
        if entry.kind_name == "catalyser" and not entry.is_example
    }
