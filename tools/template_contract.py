"""List what the templates of a site rely on, so that a new version can say what changed.

    .venv/bin/python -m tools.template_contract

A site keeps its own copy of `templates/` and `build.py`, and takes new versions of the engine
(docs/reprendre.md, § 10). The contract between the two is: the templates that the engine renders,
the variables and filters that it gives them, the attributes that they read, the scripts and style
sheets that it refers to by name, the kinds and views that `build.py` names. It is read here from
the files of this repository, which every site started from.

`docs/template-contract.json` holds the contract of the last released version. While the next one is
made, `tests/docs/test_changelog.py` asks CHANGELOG.md to name what is not as it was. Run this
when a version is released, before `__version__` is raised.

The contract does not cover the meaning of values, nor the data files that scripts read.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, meta, nodes

from maille import __version__

ROOT = Path(__file__).resolve().parent.parent
LISTING = ROOT / "docs" / "template-contract.json"

# Set by Jinja itself inside loops and macros.
_SET_BY_JINJA = {"loop", "caller", "self", "super"}

Contract = Mapping[str, Any]


def read_contract(root: Path) -> Contract:
    """Return the contract between the engine and the site in the folder `root`.

    `templates` has the variables that each template reads; `filters`, `attributes` and `assets` are
    those of all templates; `parts` are the kinds and views that `build.py` names.
    """
    templates = root / "templates"
    environment = Environment(autoescape=True)
    of_jinja = {*environment.filters}
    trees = {
        path.name: environment.parse(path.read_text(encoding="utf-8"))
        for path in sorted(templates.iterdir())
        if path.is_file()
    }
    filters = {found.name for tree in trees.values() for found in tree.find_all(nodes.Filter)}
    macros = {found.target for tree in trees.values() for found in tree.find_all(nodes.Import)}
    environment.filters.update(dict.fromkeys(filters, str))  # else Jinja refuses those of ours
    own = macros | _SET_BY_JINJA  # names that no engine gives
    attributes = (found for tree in trees.values() for found in tree.find_all(nodes.Getattr))
    return {
        "templates": {
            name: sorted(meta.find_undeclared_variables(tree) - own) for name, tree in trees.items()
        },
        "filters": sorted(filters - of_jinja),
        "attributes": sorted(
            {found.attr for found in attributes if _find_variable(found) not in own}
        ),
        "assets": sorted({*_find_assets(templates / "assets", root / "src")}),
        "parts": sorted({*_find_parts(root / "build.py")}),
    }


def _find_variable(found: nodes.Getattr) -> str:
    """Return the variable whose attribute is read, or "" if it is not a variable."""
    return found.node.name if isinstance(found.node, nodes.Name) else ""


def _find_assets(assets: Path, source: Path) -> Iterator[str]:
    """Yield the files of `assets` that the engine's code names."""
    names = {path.name for path in assets.rglob("*")}
    for path in sorted(source.rglob("*.py")):
        code = path.read_text(encoding="utf-8")
        if names.isdisjoint(re.findall(r"[\w.-]+", code)):  # for speed: most name none
            continue
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
                if "/" in text and "\n" not in text and (assets / text.lstrip("/")).is_file():
                    yield text


def _find_parts(script: Path) -> Iterator[str]:
    """Yield the names in the tuples of `build.py`, which is the site's own file too."""
    for node in ast.parse(script.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
            yield from ast.literal_eval(node.value)


def find_changes(before: Contract, now: Contract) -> set[str]:
    """Return the names (of templates, variables, filters…) that two contracts do not share."""
    return _list_names(before) ^ _list_names(now)


def _list_names(contract: Contract) -> set[str]:
    """Return all names of a contract, without their templates: moving a macro is no change."""
    variables = {name for read in contract["templates"].values() for name in read}
    others = (
        name for part in ("filters", "attributes", "assets", "parts") for name in contract[part]
    )
    return {*contract["templates"], *variables, *others}


if __name__ == "__main__":
    listing = {"version": __version__, **read_contract(ROOT)}
    text = json.dumps(listing, ensure_ascii=False, indent=1)
    LISTING.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    print(LISTING.relative_to(ROOT))
