"""The list of folders, the import contract and `docs/architecture.md` say the same."""

from __future__ import annotations

import re
import tomllib

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


def test_the_door_of_a_package_holds_none_of_its_private_modules() -> None:
    doors = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", PAGE, re.MULTILINE))
    for contract in CONTRACTS:
        if contract["type"] == "protected":
            for module in contract["protected_modules"]:
                _, package, name = module.split(".")
                assert f"`{name}`" not in doors[package], module


def test_the_page_names_files_that_exist() -> None:
    named = re.findall(r"`([a-z_]+/[a-z_]+\.py)`", PAGE)
    assert len(named) > 30
    places = [ROOT, PACKAGE]
    assert [name for name in named if not any((place / name).exists() for place in places)] == [
        "kinds/recette.py"
    ] * named.count("kinds/recette.py")
