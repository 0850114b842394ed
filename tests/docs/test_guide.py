"""What the guide quotes is what editors meet: its examples are right, its messages exist."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator

import pytest

from build import KINDS
from maille import kinds
from maille.content.documents import SourceFile
from maille.content.markdown import Converter
from maille.content.parse import parse_one
from maille.schema.kind import Kind
from maille.schema.validate import validate_one
from tests.building import ROOT

GUIDE = ROOT / "docs/guide-redaction.md"
PAGES = (GUIDE, ROOT / "catalysers/README.md", ROOT / "newsletters/README.md")
# What a message is filled with: between quotes, an address, a number or a day, « … », a name.
FILLED = re.compile(
    r"«[^»]*»|\S*/\S*|\b[\d:-]*\d\S*(?: \w+ \d{4})?|…|\.\w+\b|(?:dans )?(?:le )?\b[A-Z][\w-]+"
)
EVERY = [kind for kind in kinds.load(KINDS) if f"<!-- {kind.name} -->" in GUIDE.read_text("utf-8")]


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.name)
def test_the_example_of_each_kind_is_right_and_plainly_invented(kind: Kind) -> None:
    after = GUIDE.read_text(encoding="utf-8").partition(f"<!-- fin {kind.name} -->")[2]
    text = after.partition("```yaml\n")[2].partition("```")[0]
    name = "2024-05" if kind.name == "newsletter" else "exemple"
    source = SourceFile(f"{kind.folder}/{name}{kind.suffix}", text.encode())
    document, problems = parse_one(source, Converter())
    assert document
    assert problems == ()
    assert validate_one(document, kind)[1] == ()
    assert "exemple" in text
    assert set(re.findall(r"https?://([^/]+)", text)) <= {"example.org"}


def quoted(text: str) -> Iterator[str]:
    """Yield the messages that open the items of a list, « … », with the quotes inside them."""
    for item in re.findall(r"(?m)^- (.*(?:\n  .*)*)", text):
        depth, start = 0, 0
        for place, letter in enumerate(item):
            if letter == "«":
                start = start if depth else place + 1
                depth += 1
            elif letter == "»":
                depth -= 1
                if not depth and re.search(r"(?:^|ou )\**$", item[: start - 1]):
                    yield item[start:place].strip()


@functools.cache
def sentences() -> str:
    """Return every text of the engine, with « … » for what it fills in."""
    found = []
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = (p.value if isinstance(p, ast.Constant) else "…" for p in node.values)
                found.append("".join(map(str, parts)))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(node.value.replace("{}", "…"))
    return "\n".join(found)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_messages_that_it_quotes_exist(page) -> None:  # type: ignore[no-untyped-def]
    messages = [*quoted(page.read_text(encoding="utf-8"))]
    assert len(messages) >= 3
    for message in messages:
        for words in (part.strip(" ,") for part in FILLED.split(message)):
            assert words in sentences(), (page.name, message, words)
