"""An alarm on functions over 50 lines and modules over 400.

The alarm asks whether the code still reads well: cut it only where both halves have a name. An
exemption is a comment with its reason, `# size: reason`, on the line of the `def`, or alone on the
first line of the module.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.building import ROOT

FUNCTION, MODULE = 50, 400
# Two words at least: "long" is no reason.
EXEMPTION = re.compile(r"# size: \w+.* \w+")


def measured(text: str) -> Iterator[tuple[str, int, int, str]]:
    """Yield the name, the lines (without docstring), the limit and the first line of each part."""
    lines = text.splitlines() or [""]
    yield "the module", len(lines), MODULE, lines[0] if lines[0].startswith("#") else ""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first, last = node.lineno, node.end_lineno or node.lineno
            if ast.get_docstring(node, clean=False) is not None:
                last -= (node.body[0].end_lineno or 0) - node.body[0].lineno + 1
            yield node.name, last - first + 1, FUNCTION, lines[first - 1]


def alarms(text: str) -> list[str]:
    """Return what is too long without a reason, and what has a reason without being too long."""
    found = []
    for name, size, limit, line in measured(text):
        exempt = bool(EXEMPTION.search(line))
        if size > limit and not exempt:
            found.append(f"{name} has {size} lines, over {limit}")
        if size <= limit and exempt:
            found.append(f"{name} has {size} lines: its exemption is no longer needed")
    return found


def test_functions_and_modules_keep_a_size_that_reads_well() -> None:
    paths = [*(ROOT / "src").rglob("*.py"), ROOT / "build.py"]
    found = {
        path.relative_to(ROOT).as_posix(): alarms(path.read_text(encoding="utf-8"))
        for path in sorted(paths)
    }
    assert {path: told for path, told in found.items() if told} == {}


def test_the_alarm_rings() -> None:
    long = "    pass\n" * FUNCTION
    assert alarms(f"def f():\n{long}") == ["f has 51 lines, over 50"]
    assert alarms(f"def f():  # size: a table of cases\n{long}") == []
    assert alarms(f"def f():  # size: long\n{long}") == ["f has 51 lines, over 50"]
    assert alarms(f'def f():\n    """What\n    it does."""\n{long}') == ["f has 51 lines, over 50"]
    assert alarms("def f(): ...  # size: a table of cases\n") == [
        "f has 1 lines: its exemption is no longer needed"
    ]
    assert alarms("a = 1\n" * 401) == ["the module has 401 lines, over 400"]
    assert alarms("# size: one table\n" + "a = 1\n" * 400) == []
    assert alarms("def f():\n" + long.replace("    pass\n", "", 1)) == []
