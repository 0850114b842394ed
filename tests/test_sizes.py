"""Functions and modules stay small enough to be read (design: 40 and 300 lines)."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.building import ROOT

FUNCTION, MODULE = 40, 300
# Where splitting would hurt reading: path (and function) → (limit, reason).
RAISED: dict[str, tuple[int, str]] = {}
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
    limit, _ = RAISED.get(name, (MODULE, ""))
    assert text.count("\n") <= limit
    for function, lines in functions(ast.parse(text)):
        limit, _ = RAISED.get(f"{name}:{function}", (FUNCTION, ""))
        assert lines <= limit, f"{function}: {lines} lines"


def test_no_raised_limit_outlives_its_reason() -> None:
    for place, (limit, reason) in RAISED.items():
        name, _, function = place.partition(":")
        text = (ROOT / name).read_text(encoding="utf-8")
        size = dict(functions(ast.parse(text)))[function] if function else text.count("\n")
        usual = FUNCTION if function else MODULE
        assert usual < size <= limit, f"{place} has {size} lines: {reason}"
