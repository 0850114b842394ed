"""Draw docstrings and comments of the engine at random, for a reader to judge.

    python -m tools.draw_prose [--seed N] [--count N]

Prints the seed, then `count` docstrings and comments of `src/maille`, each with its file and line.
A reader who did not write them marks those that have to be read twice. The same seed gives the same
draw as long as the code has not changed.
"""

from __future__ import annotations

import argparse
import ast
import io
import random
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def find_docstrings(source: str) -> Iterator[tuple[int, str]]:
    """Yield the docstrings of a module, its classes and functions: line, and text."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, kinds) and (text := ast.get_docstring(node)):
            yield node.body[0].lineno, text


def find_comments(source: str) -> Iterator[tuple[int, str]]:
    """Yield the comments of a module, lines that follow one another together: line, and text."""
    first, last, words = 0, -1, ""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT or "noqa" in token.string:
            continue
        line, text = token.start[0], token.string.lstrip("# ")
        if line == last + 1:
            words = f"{words} {text}"
        else:
            if words:
                yield first, words
            first, words = line, text
        last = line
    if words:
        yield first, words


def main() -> None:
    """Draw docstrings and comments, and print them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    parser.add_argument("--count", type=int, default=100)
    asked = parser.parse_args()
    found = []
    for path in sorted((ROOT / "src/maille").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        name = path.relative_to(ROOT).as_posix()
        texts = (*find_docstrings(source), *find_comments(source))
        found += [(name, line, text) for line, text in sorted(texts)]
    print(f"seed {asked.seed}: {asked.count} of {len(found)}")
    for name, line, text in random.Random(asked.seed).sample(found, asked.count):
        print(f"\n{name}:{line}\n    " + text.replace("\n", "\n    "))


if __name__ == "__main__":
    main()
