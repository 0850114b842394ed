"""The list of folders, the import contract and `docs/architecture.md` say the same."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from tests.building import ROOT

PACKAGE = ROOT / "src/maille"
PAGE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]
LISTING, LAYERS = re.findall(r"```\n(.*?)```", PAGE, re.DOTALL)[:2]


def list_parts() -> set[str]:
    """Return the packages (`content/`) and modules (`pipeline.py`) of the engine."""
    found = [path for path in PACKAGE.iterdir() if path.name not in {"__init__.py", "__pycache__"}]
    return {f"{path.name}/" if path.is_dir() else path.name for path in found}


def test_the_page_lists_what_the_folder_holds() -> None:
    assert {line.split()[0] for line in LISTING.splitlines()} == list_parts()


def test_the_page_and_the_contract_give_the_same_layers() -> None:
    [contract] = [contract for contract in CONTRACTS if contract["type"] == "layers"]
    assert contract["exhaustive"] is True
    assert contract["layers"] == LAYERS.splitlines()
    layers = {part for line in contract["layers"] for part in line.split(" | ")}
    assert layers == {part.rstrip("/").removesuffix(".py") for part in list_parts()} - {"data"}


def test_each_package_says_what_it_does_as_the_page_does() -> None:
    for line in LISTING.splitlines():
        name, _, sentence = line.partition(" ")
        if name.endswith("/") and name != "data/":
            text = (PACKAGE / name / "__init__.py").read_text(encoding="utf-8")
            sentence = sentence.strip()
            assert text.startswith(f'"""{sentence[0].upper()}{sentence[1:]}.'), name


def test_each_module_is_in_the_door_of_its_package_or_private() -> None:
    doors = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", PAGE, re.MULTILINE))
    protected = [contract for contract in CONTRACTS if contract["type"] == "protected"]
    assert len(protected) > 5
    for contract in protected:
        [importer] = contract["allowed_importers"]
        package = importer.rpartition(".")[2]
        private = {module.rpartition(".")[2] for module in contract["protected_modules"]}
        modules = {path.stem for path in (PACKAGE / package).iterdir()}
        door = set(re.findall(r"`(\w+)`", doors[package])) - {"load"}
        assert door.isdisjoint(private)
        assert door | private == modules - {"__init__", "__pycache__"}, package


# What is named in docs, comments and messages without being there: the example of a new kind.
EXAMPLES = {"kinds/recette.py", "src/maille/kinds/recette.py", "tests/kinds/test_recette.py"}
NAMED = re.compile(r"[`\s(]((?:[a-z_]+/)+[a-z_]+\.(?:py|js|css))\b")


def list_places() -> list[Path]:
    return [ROOT, PACKAGE, PACKAGE / "views", ROOT / "templates/assets", ROOT / "templates"]


def find_missing(text: str) -> list[str]:
    """Return the paths of code that a text names and that lead nowhere."""
    names = {name for name in NAMED.findall(text) if name not in EXAMPLES}
    return sorted(
        name for name in names if not any((place / name).exists() for place in list_places())
    )


def test_a_path_that_leads_nowhere_is_found() -> None:
    assert find_missing("read `site/threads.py`, then js/nothing.js") == [
        "js/nothing.js",
        "site/threads.py",
    ]
    assert find_missing("read `site/assemble.py`, then js/directory.js") == []


def test_docs_code_and_style_sheets_name_files_that_exist() -> None:
    texts = [
        *(path for folder in ("docs", "src", "tools") for path in (ROOT / folder).rglob("*.*")),
        *(ROOT / "templates").rglob("*.*"),
        *ROOT.glob("*.md"),
    ]
    read = [path for path in texts if path.suffix in {".md", ".py", ".css", ".js", ".html"}]
    assert len(read) > 200
    missing = {
        path.relative_to(ROOT).as_posix(): found
        for path in read
        # A changelog tells what was there; peers of the benchmark have files of their own.
        if path.name != "CHANGELOG.md" and "peers" not in path.parts
        if (found := find_missing(path.read_text(encoding="utf-8")))
    }
    assert missing == {}
