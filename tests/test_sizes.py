"""Functions and modules stay small enough to be read (design: 40 and 300 lines)."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.building import ROOT

FUNCTION, MODULE = 40, 300
MODULES = sorted([*(ROOT / "src").rglob("*.py"), ROOT / "build.py"])


def functions(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield the name of each function and its lines without docstring."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            first, last = node.lineno, node.end_lineno or node.lineno
            if ast.get_docstring(node):
                first += (node.body[0].end_lineno or 0) - node.body[0].lineno + 1
            yield node.name, last - first + 1


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_sizes(path) -> None:  # type: ignore[no-untyped-def]
    name = path.relative_to(ROOT).as_posix()
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= MODULE
    for function, lines in functions(ast.parse(text)):
        assert lines <= FUNCTION, f"{name}: {function} has {lines} lines"
