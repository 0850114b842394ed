"""No proper name of the first network stands in what other networks take over.

The names are read from our content (`names.py`): a new record adds its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.building import ROOT
from tests.command import run_script
from tests.whole.test_sites import READABLE, copied
from tools.demonstrations.names import find_names, read_names

# Style sheets are left out: `.point.carre` is a class, and « Point carré » a record.
SOFTWARE = [*(ROOT / "src").rglob("*.py"), ROOT / "build.py"] + [
    path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".js", ".xml"}
]


def find_names_by_file(paths: Iterable[Path]) -> dict[Path, list[str]]:
    """Return the names found in files, by file, without the files that have none."""
    texts = {path: unquote(path.read_text(encoding="utf-8")) for path in paths}
    return {path: found for path, text in texts.items() if (found := find_names(text))}


def test_no_name_stands_in_the_engine_nor_in_its_templates() -> None:
    assert len(SOFTWARE) > 100
    assert find_names_by_file(SOFTWARE) == {}


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of a second network, with examples: a demonstration, as these ask."""
    site = copied(tmp_path_factory.mktemp("second") / "site")
    settings = site / "site.toml"
    text = settings.read_text("utf-8")
    assert 'etat = "public"' in text
    lines = 'etat = "demonstration"\nexemples = 60'
    settings.write_text(text.replace('etat = "public"', lines), "utf-8")
    done = run_script(site)
    assert done.code == 0, done.said
    return site


def test_no_name_stands_in_what_a_second_network_publishes(second: Path) -> None:
    published = [p for p in (second / "output").rglob("*") if p.suffix in READABLE]
    assert sum(path.parent.name.startswith("exemple-") for path in published) == 57
    assert find_names_by_file(published) == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('"""Letters are modelled on those of KatalyZe."""', "katalyze"),
        ("# as Le RAMEAU says", "le rameau"),
        ("écrivez par exemple nom: CoCoShaker", "cocoshaker"),
        ("« Recycl’aide80 »", "recycl aide80"),
        ("Réseau des catalyseurs\n    territoriaux", "reseau des catalyseurs territoriaux"),
    ],
)
def test_a_proper_name_would_be_found(text: str, name: str) -> None:
    assert name in find_names(text)


def test_places_and_ordinary_words_are_no_proper_names() -> None:
    assert not {"amiens", "catalyseur", "catalyseurs", "association"} & read_names()
    assert len(read_names()) > 60
