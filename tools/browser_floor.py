"""Find features that the oldest supported browsers lack: `python -m tools.browser_floor`.

The browsers are those of spring 2022 (Firefox 98, Safari 15.4, Chrome 99). Scripts, style sheets
and templates are compared with `browser_floor.json`, which `tools/derive_browser_floor.py` makes;
no Node is needed. Each find is printed with its file, line and the browsers that lack it; the
command then exits with 1.

Two things may be newer than the floor: a CSS property without which the page is only plainer
(`PLAINER`), and a rule inside `@supports`, which other browsers skip. In a script, the line after a
comment `// newer than the floor:` with a reason is not checked.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import tinycss2
from tinycss2.ast import AtRule, Node, QualifiedRule

ROOT = Path(__file__).resolve().parent.parent
TABLE = Path(__file__).resolve().with_suffix(".json")
EXCUSE = "// newer than the floor: "

# Properties and attributes that older browsers ignore without harm → what readers then see.
PLAINER = {
    "accent-color": "boxes keep the colour of the browser",
    "forced-color-adjust": "forced colours were not respected before it",
    "hyphens": "in large letters a long word is cut without one",
    "overscroll-behavior": "the page scrolls once a list is at its end",
    "paint-order": "labels of drawings have no light edge",
    "print-color-adjust": "colours may not be printed",
    "resize": "a field keeps its size",
    "scrollbar-width": "the bar is wider",
    "text-size-adjust": "each browser chooses the size of text when a phone turns",
    "scripting": "forms stay in sight without JavaScript, and say what to do instead",
    "text-wrap": "lines of a title are less even",
    "forced-colors": "Safari has no forced colours",
    "fetchpriority": "an image waits its turn",
    "autocorrect": "the keyboard of a phone may correct a name",
}

_SYNTAX = {
    "(?<= or (?<!": r"\(\?<[=!]",
    "static {": r"\bstatic\s*\{",
    "import … with": r"\bimport\b.*\bwith\s*\{",
    "using": r"^\s*(await\s+)?using\s+\w+\s*=",
}

Table = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Find:
    """A feature newer than the floor: its line, its text, and the browsers that lack it."""

    line: int
    what: str
    lacking: str


@cache
def read_table() -> Table:
    """Return the table of the features newer than the floor, by kind."""
    return dict(json.loads(TABLE.read_text("utf-8")))


def list_own_names(text: str) -> set[str]:
    """Return the names that a module gives to functions, methods and properties."""
    return set(re.findall(r"\b([a-z]\w*)(?=\s*(?::|=\s*\(|\([^()]*\)\s*\{))", text))


def check_script(text: str, own: Collection[str] = ()) -> Iterator[Find]:
    """Yield the members and the syntax of a JavaScript module that are newer than the floor.

    The names of `own`, which the scripts of the site define themselves, are not checked.
    """
    table = read_table()
    # Comments are blanked, with their line ends kept; a URL in a string (https://…) is not one.
    code = re.sub(r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), text, flags=re.DOTALL)
    excused = False
    for number, line in enumerate(code.split("\n"), 1):
        seen = re.sub(r"(?<!:)//.*", "", line)
        if not excused:
            for name in re.findall(r"(?<!\.)\.([A-Za-z]\w*)", seen):
                if name not in own and (lacking := table["members"].get(name)):
                    yield Find(number, f".{name}", lacking)
            for what, pattern in _SYNTAX.items():
                if re.search(pattern, seen) and (lacking := table["syntax"].get(what)):
                    yield Find(number, what, lacking)
        excused = EXCUSE in line


def check_style(text: str) -> Iterator[Find]:
    """Yield the features of a style sheet that are newer than the floor, outside `@supports`."""
    yield from _check_rules(tinycss2.parse_stylesheet(text, skip_comments=True))


def _check_rules(nodes: Iterable[Node]) -> Iterator[Find]:
    for node in nodes:
        if isinstance(node, AtRule):
            yield from _check_at_rule(node)
        elif isinstance(node, QualifiedRule):
            for name in re.findall(r"::?([\w-]+)", tinycss2.serialize(node.prelude)):
                if lacking := read_table()["selectors"].get(name):
                    yield Find(node.source_line, f":{name}", lacking)
            yield from _check_declarations(node)


def _check_at_rule(rule: AtRule) -> Iterator[Find]:
    table, name = read_table(), rule.lower_at_keyword
    if name == "media":
        for feature in re.findall(r"\(\s*([\w-]+)", tinycss2.serialize(rule.prelude)):
            if (lacking := table["media"].get(feature)) and feature not in PLAINER:
                yield Find(rule.source_line, f"({feature})", lacking)
        yield from _check_rules(tinycss2.parse_rule_list(rule.content or [], skip_comments=True))
    elif (lacking := table["at_rules"].get(name)) and name != "page":  # print has other margins
        yield Find(rule.source_line, f"@{name}", lacking)


def _check_declarations(rule: QualifiedRule) -> Iterator[Find]:
    table = read_table()
    for node in tinycss2.parse_blocks_contents(
        rule.content, skip_comments=True, skip_whitespace=True
    ):
        if node.type != "declaration":
            continue
        name = node.lower_name.removeprefix("-webkit-")
        if (lacking := table["properties"].get(name)) and name not in PLAINER:
            yield Find(node.source_line, name, lacking)
        for function in re.findall(r"([a-z][\w-]*)\(", tinycss2.serialize(node.value)):
            if lacking := table["values"].get(function):
                yield Find(node.source_line, f"{function}()", lacking)


def check_template(text: str) -> Iterator[Find]:
    """Yield the elements and attributes of a template that are newer than the floor."""
    table = read_table()
    for number, line in enumerate(text.split("\n"), 1):
        for tag in re.findall(r"<[a-z][^<>]*", line):
            name = re.match(r"<([a-z]+)", tag)
            if name and (lacking := table["elements"].get(name[1])):
                yield Find(number, name[0], lacking)
            bare = re.sub(r'"[^"]*"', '""', tag)
            for attribute in re.findall(r"\s([a-z-]+)(?==|\s|$)", bare):
                if (lacking := table["attributes"].get(attribute)) and attribute not in PLAINER:
                    yield Find(number, attribute, lacking)


def check_site(root: Path) -> Iterator[str]:
    """Yield a line for each find in the scripts, style sheets and templates of `root`."""
    scripts = [path.read_text("utf-8") for path in root.glob("assets/js/*.js")]
    own = {name for text in scripts for name in list_own_names(text)}
    checks = {
        "assets/js/*.js": lambda text: check_script(text, own),
        "assets/css/*.css": check_style,
        "*.html": check_template,
    }
    for pattern, check in checks.items():
        for path in sorted(root.glob(pattern)):
            for find in check(path.read_text("utf-8")):
                yield f"{path.relative_to(root)}:{find.line}: {find.what} not in {find.lacking}"


def main() -> int:
    """Check every file; print the findings, and return 1 if there are any."""
    finds = list(check_site(ROOT / "templates"))
    print("\n".join(finds) or "Nothing is newer than the browsers of spring 2022.")
    return 1 if finds else 0


if __name__ == "__main__":
    sys.exit(main())
