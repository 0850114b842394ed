"""Each module of the engine has its test file at the same path, and each such file its module."""

from __future__ import annotations

from pathlib import Path

from tests.building import ROOT

MODULES, TESTS = ROOT / "src/maille", ROOT / "tests"

# Modules without a test file, and why.
UNTESTED = {
    "publish/artefact.py": "a type without a method",
}
# Folders of tests about more than one module, or about no module of the engine.
WHOLE = {"browser", "docs", "tools", "whole"}


def list_files(folder: Path, pattern: str) -> set[str]:
    """Return the paths of the files below a folder, relative to it."""
    found = {path.relative_to(folder).as_posix() for path in folder.rglob(pattern)}
    assert found
    return found


def make_test_path(module: str) -> str:
    """Return the path of the test file of a module: `letters/test_outbox.py`."""
    folder, slash, name = module.rpartition("/")
    return f"{folder}{slash}test_{name}"


def list_modules() -> set[str]:
    return {path for path in list_files(MODULES, "*.py") if not path.endswith("__init__.py")}


def test_each_module_has_its_test_file() -> None:
    found = list_files(TESTS, "test_*.py")
    missing = {module for module in list_modules() if make_test_path(module) not in found}
    assert sorted(missing) == sorted(UNTESTED)


def test_each_test_file_has_its_module() -> None:
    mirrors = {make_test_path(module) for module in list_modules()}
    orphans = {
        path
        for path in list_files(TESTS, "test_*.py") - mirrors
        if path.partition("/")[0] not in WHOLE
    }
    assert sorted(orphans) == []
