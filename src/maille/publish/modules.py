"""Join the scripts of each page into one file, as bundlers do.

A page that imports twenty-five modules loads twenty-five files; one file is a fifth lighter, and
takes one request. See `docs/decisions/0037-scripts-joined-at-build.md`. Two kinds of files are
published: entrances (modules that no other module imports) and late modules (loaded by
`import("./x.js")`). Each file begins with the modules that it needs, in the order of their imports.
Each module becomes a function whose result the page keeps, so that a module needed by two files
runs once. A late module leaves out the modules that are in all the entrances that lead to it.
"""

from __future__ import annotations

import graphlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from maille.problems import Problem

FOLDER = "js/"
# Where the page keeps the exports of modules, by name of file.
KEPT = "globalThis.mailleModules"
_IMPORT = re.compile(r'^import (?:(\{[^}]*\}) from )?"\./([\w-]+\.js)";\n', re.MULTILINE)
_LATE = re.compile(r'\bimport\("\./([\w-]+\.js)"\)')
_DECLARED = re.compile(
    r"^export (?=(?:(?:async )?function|class|const) (?:(\w+)|\[([^\]]*)\]))", re.MULTILINE
)
_LISTED = re.compile(r"^export \{([^}]*)\};\n", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
# an `await` outside functions
_AWAITED = re.compile(r"^(?!.*\basync\b|//)(?=\S).*\bawait\b", re.MULTILINE)
_NAME = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Module:
    """A script without its `import` and `export`.

    `needs` maps each module that it imports to the names imported; `late` are the modules that it
    loads by `import("./x.js")`.
    """

    name: str
    body: str
    needs: Mapping[str, str]
    late: tuple[str, ...]
    exports: tuple[str, ...]

    def write(self) -> str:
        """Return the script as a function that runs once, and keeps what it exports."""
        taken = "".join(
            f'const {names.replace(" as ", ": ")} = $kept["{path}"];\n'
            for path, names in self.needs.items()
            if names
        )
        given = f"return {{ {', '.join(self.exports)} }};\n" if self.exports else "return {};\n"
        return f'$kept["{self.name}"] ??= (() => {{\n{taken}{self.body}{given}}})();\n'


def join_modules(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return the assets with the scripts joined, or unchanged if one script cannot be joined.

    A script may have imports of names, `import { a, b as c } from "./x.js";`, late imports, and
    exports of what it declares. It may not have a default export, a circular import, or an `await`
    outside functions.
    """
    scripts = {path: data for path, data in files.items() if re.fullmatch(r"js/[\w-]+\.js", path)}
    joined = _join_all(tuple(scripts.items()))
    if joined is None:
        return files
    return {**{path: data for path, data in files.items() if path not in scripts}, **joined}


def _join_all(scripts: tuple[tuple[str, bytes], ...]) -> Mapping[str, bytes] | None:
    """Return the joined scripts, given the path and bytes of each; None if one cannot be joined."""
    modules = {}
    for path, data in scripts:
        module = _read(path.removeprefix(FOLDER), data.decode())
        if module is None:
            return None
        modules[module.name] = module
    try:
        graphlib.TopologicalSorter({m.name: m.needs for m in modules.values()}).prepare()
        return {f"{FOLDER}{name}": text.encode() for name, text in _join(modules)}
    except (graphlib.CycleError, KeyError):  # a circular import, or a missing file
        return None


def find_missing_modules(files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield a problem for each import of a file that the assets do not have."""
    for path, data in files.items():
        text = data.decode() if path.startswith(FOLDER) and path.endswith(".js") else ""
        for found in (*_IMPORT.finditer(text), *_LATE.finditer(text)):
            name = f"{FOLDER}{found.groups()[-1]}"
            if name not in files:
                line = text.count("\n", 0, found.start()) + 1
                message = f"templates/assets/{name} manque : ce script l'importe"
                hint = "Reprenez templates/assets/js/ en entier (docs/reprendre.md, § 10)"
                yield Problem(f"templates/assets/{path}", message, hint, line=line)


def _read(name: str, text: str) -> _Module | None:
    """Return a module, or None if it cannot be joined (see `join_modules`)."""
    needs = {path: names for names, path in _IMPORT.findall(text)}
    body = _IMPORT.sub("", text)
    exports = [
        found
        for one, several in _DECLARED.findall(body)
        for found in ([one] if one else _NAME.findall(several))
    ]
    exports += [found for names in _LISTED.findall(body) for found in _NAME.findall(names)]
    body = _LISTED.sub("", _DECLARED.sub("", body))
    if _OTHER.search(body) or _AWAITED.search(body):
        return None
    return _Module(name, body, needs, tuple(_LATE.findall(body)), tuple(exports))


def _join(modules: Mapping[str, _Module]) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each script to publish."""
    needed = {path for module in modules.values() for path in module.needs}
    late = {path for module in modules.values() for path in module.late}
    entrances = [name for name in modules if name not in needed | late]
    present = {name: set(_list_needed(modules, name)) for name in entrances}
    for name in (*entrances, *sorted(late)):
        leading = [
            present[one] for one in entrances if name in late and name in _reach(modules, one)
        ]
        already = set.intersection(*leading) if leading else set[str]()
        inside = [one for one in _list_needed(modules, name) if one not in already]
        text = "".join(modules[one].write() for one in inside)
        exports = modules[name].exports
        ending = f'export const {{ {", ".join(exports)} }} = $kept["{name}"];\n' if exports else ""
        yield name, f"const $kept = ({KEPT} ??= {{}});\n{text}{ending}"


def _list_needed(modules: Mapping[str, _Module], name: str) -> tuple[str, ...]:
    """Return the module `name` and all that it imports, directly or not, in running order."""
    found: dict[str, None] = {}

    def visit(one: str) -> None:
        for path in modules[one].needs:
            if path not in found:
                visit(path)
        found[one] = None

    visit(name)
    return tuple(found)


def _reach(modules: Mapping[str, _Module], name: str) -> set[str]:
    """Return the module `name` and those that it may load, directly or not, at once or late."""
    found: set[str] = set()
    left = [name]
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            left += (*modules[one].needs, *modules[one].late)
    return found
