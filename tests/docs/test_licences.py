"""Each file has one licence, and it is the right one for what the file holds."""

from __future__ import annotations

import pytest

from tests.building import ROOT
from tests.licences import find_licences, list_committed_files

TEXTS = "LICENSES/"


def test_every_file_has_exactly_one_licence() -> None:
    files = [path for path in list_committed_files() if not path.startswith(TEXTS)]
    assert len(files) > 500
    assert [path for path in files if len(find_licences(path)) != 1] == []


def test_every_licence_has_its_text_and_is_named_in_the_file_that_explains_them() -> None:
    used = {licence for path in list_committed_files() for licence in find_licences(path)}
    texts = {text for licence in used for text in licence.split(" AND ")}
    assert {path.stem for path in (ROOT / TEXTS).iterdir()} == texts
    explained = (ROOT / "LICENSE").read_text("utf-8")
    for name in ("MIT License", "CC BY 4.0", "Licence Ouverte 2.0", "SIL OFL 1.1"):
        assert name in explained


@pytest.mark.parametrize(
    ("path", "licence"),
    [
        # A new file gets the licence of what it is.
        ("src/maille/kinds/essai.py", "MIT"),
        ("templates/essai.html", "MIT"),
        ("templates/assets/js/essai.js", "MIT"),
        ("tests/sites/essai/content/projets/essai.md", "MIT"),
        ("catalysers/essai.md", "CC-BY-4.0"),
        ("catalysers/README.md", "MIT"),
        ("catalysers/_modele.md", "MIT"),
        ("newsletters/2030-01.md", "CC-BY-4.0"),
        ("newsletters/README.md", "MIT"),
        ("src/maille/data/licences/leaflet.txt", "BSD-2-Clause"),
        ("src/maille/data/licences/leaflet-markercluster.txt", "MIT"),
        ("content/projets/essai.md", "CC-BY-4.0"),
        ("content/projets/_modele.md", "MIT"),
        ("content/pages/essai.md", "CC-BY-4.0"),
        ("content/pages/mentions-legales.md", "MIT"),
        ("content/vocabulaires/essai.yaml", "MIT"),
        ("src/maille/data/communes.tsv.xz", "etalab-2.0 AND CC-BY-4.0"),
        ("src/maille/data/contours-50m.json", "etalab-2.0"),
        ("src/maille/data/courriel.json", "MIT"),
        ("templates/assets/fonts/bricolage-grotesque-700.woff2", "OFL-1.1"),
    ],
)
def test_a_file_has_the_licence_of_what_it_holds(path: str, licence: str) -> None:
    assert find_licences(path) == [licence]


@pytest.mark.parametrize(
    "path", ["essai.txt", "src/maille/data/essai.json", "templates/assets/fonts/essai.woff2"]
)
def test_what_may_come_from_others_has_none_until_somebody_says_which(path: str) -> None:
    assert find_licences(path) == []
