"""Derive `tools/browser_floor.json`: the features that the oldest supported browsers lack.

Run at development time only, when the floor moves:

    npm pack @mdn/browser-compat-data@8.1.9
    python tools/derive_browser_floor.py mdn-browser-compat-data-8.1.9.tgz

The archive (CC0-1.0) is read, never installed and never committed. `SHA256` identifies it.
Two runs give the same bytes. `tools/browser_floor.py` reads the result in `make check`.

The table maps what is written in a script, a style sheet or a template to the browsers of `FLOOR`
that lack it. A feature with a note (« partial ») counts as present; one behind a flag or a prefix
does not. A member that several objects have (`at`, `with`) is in the table only if all of them lack
it: the type of an object is not known from the script.
"""

import argparse
import hashlib
import json
import sys
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SHA256 = "c99eff2b2ebf5ead405de12ed3bd7f40534bcb9966ca4a7679b01335146b472c"
OUTPUT = Path(__file__).resolve().parent / "browser_floor.json"

# The browsers of spring 2022.
FLOOR = {"chrome": 99.0, "firefox": 98.0, "safari": 15.4, "safari_ios": 15.4}
NEVER = 1e9

# The web interfaces whose members are checked; all objects of JavaScript itself are.
INTERFACES = """
AbortController AbortSignal Blob CSSStyleDeclaration Crypto CustomEvent DOMRect DOMTokenList
Document DocumentFragment Element Event EventTarget FormData Geolocation HTMLAnchorElement
HTMLButtonElement HTMLDetailsElement HTMLDialogElement HTMLElement HTMLFormElement
HTMLInputElement HTMLSelectElement HTMLTextAreaElement Headers History IntersectionObserver
KeyboardEvent Location MediaQueryList MouseEvent MutationObserver Navigator Node NodeList
Performance PerformanceNavigationTiming Range Request ResizeObserver Response SVGElement Selection
ShadowRoot Storage TextDecoder TextEncoder URL URLSearchParams Window
""".split()  # noqa: SIM905 - a list of sixty lines is harder to read

# Syntax of JavaScript, by its place in the source of this data.
SYNTAX = {
    "(?<= or (?<!": "regular_expressions.lookbehind_assertion",
    "static {": "classes.static.initialization_blocks",
    "import … with": "statements.import.import_attributes",
    "using": "statements.using",
}

Node = dict[str, Any]


def main() -> None:
    """Read the archive, write the table, print the number of its rows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archive", type=Path, help="mdn-browser-compat-data-8.1.9.tgz")
    archive = parser.parse_args().archive
    if hashlib.sha256(archive.read_bytes()).hexdigest() != SHA256:
        sys.exit(f"{archive} is not the archive that this script was made for")
    with tarfile.open(archive) as opened:
        file = opened.extractfile("package/data.json")
        data = json.load(file) if file else {}
    table = make_table(data)
    OUTPUT.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n", "utf-8")
    print({name: len(part) for name, part in table.items()})


def make_table(data: Node) -> dict[str, dict[str, str]]:
    """Return, by kind, the features that a browser lacks, with the browsers that lack each."""
    css, html = data["css"], data["html"]
    return {
        "members": list_members(data),
        "syntax": {
            text: lacks for text, path in SYNTAX.items() if (lacks := find_syntax(data, path))
        },
        "properties": list_lacking(css["properties"]),
        "selectors": list_lacking(css["selectors"]),
        "at_rules": list_lacking(css["at-rules"]),
        "media": list_lacking(css["at-rules"]["media"]),
        "values": list_lacking(css["types"]) | list_lacking(css["types"]["color"]),
        "elements": list_lacking(html["elements"]),
        "attributes": list_attributes(html),
    }


def list_members(data: Node) -> dict[str, str]:
    """Return the names of methods and properties that every object lacks in some browser."""
    objects = data["javascript"]["builtins"] | {name: data["api"][name] for name in INTERFACES}
    found = defaultdict(list)
    for node in objects.values():
        for name, member in list_features(node):
            found[name.removesuffix("_static")].append(find_lacking(member))
    return {
        name: lacking[0] for name, lacking in found.items() if name.isidentifier() and all(lacking)
    }


def list_attributes(html: Node) -> dict[str, str]:
    """Return the names of attributes that every element lacks in some browser."""
    found = defaultdict(list)
    for node in (html["global_attributes"], *html["elements"].values()):
        for name, attribute in list_features(node):
            found[name].append(find_lacking(attribute))
    return {name: lacking[0] for name, lacking in found.items() if all(lacking)}


def list_lacking(node: Node) -> dict[str, str]:
    """Return the features of a node that a browser lacks."""
    return {name: lacks for name, child in list_features(node) if (lacks := find_lacking(child))}


def list_features(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield the children of a node that are features, with their names."""
    for name, child in node.items():
        if name != "__compat" and isinstance(child, dict) and "__compat" in child:
            yield name, child


def find_syntax(data: Node, path: str) -> str:
    """Return the browsers that lack the syntax at a path of the compatibility data."""
    node = data["javascript"]
    for name in path.split("."):
        node = node[name]
    return find_lacking(node)


def find_lacking(node: Node) -> str:
    """Return the browsers of the floor that lack a feature, separated by commas."""
    support = node["__compat"]["support"]
    return ", ".join(name for name in FLOOR if not is_there(support.get(name, []), FLOOR[name]))


def is_there(support: Any, version: float) -> bool:
    """Return whether a browser of this version has a feature, without a flag or a prefix."""
    if support == []:  # the source says nothing
        return True
    return any(
        read_version(one.get("version_added")) <= version < read_version(one.get("version_removed"))
        for one in (support if isinstance(support, list) else [support])
        if not {"flags", "prefix", "alternative_name"} & one.keys()
    )


def read_version(text: Any) -> float:
    """Return a version as a number; `NEVER` if it is false, missing or a preview."""
    if text is True:
        return 0
    if not text or text == "preview":
        return NEVER
    return float(".".join(text.lstrip("≤").split(".")[:2]))


if __name__ == "__main__":
    main()
