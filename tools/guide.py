"""Rewrite the derived files: tables of the guide; blank forms and JSON Schemas of the kinds.

    .venv/bin/python -m tools.guide

A test fails if the committed files differ from what this script writes.
"""

from __future__ import annotations

from pathlib import Path

from build import KINDS
from maille import kinds
from maille.content.foreign_forms import FORMS, RENDERED
from maille.schema.blank_forms import make_blank_form, make_key_table
from maille.schema.json_schema import make_schema_file

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "guide-redaction.md"
FORMS_START, FORMS_END = "<!-- formes -->", "<!-- fin formes -->"


def make_files() -> dict[Path, str]:
    """Return the text of every file that is derived from the kinds."""
    guide = GUIDE.read_text(encoding="utf-8")
    found = {}
    for kind in kinds.load(KINDS):
        start, end = f"<!-- {kind.name} -->", f"<!-- fin {kind.name} -->"
        before, _, rest = guide.partition(start)
        _, _, after = rest.partition(end)
        if rest:  # a kind that the guide does not mention yet still has its blank form
            guide = f"{before}{start}\n\n{make_key_table(kind)}\n\n{end}{after}"
        found[ROOT / kind.folder / f"_modele{kind.suffix}"] = make_blank_form(kind)
        name, schema = make_schema_file(kind)
        found[ROOT / name] = schema
    before, _, rest = guide.partition(FORMS_START)
    _, _, after = rest.partition(FORMS_END)
    guide = f"{before}{FORMS_START}\n\n{make_forms_table()}\n\n{FORMS_END}{after}"
    return {**found, GUIDE: guide}


def make_forms_table() -> str:
    """Return the Markdown table of the forms that this site does not understand, by name."""
    examples: dict[str, list[str]] = {}
    for form in (*FORMS, *RENDERED):
        examples.setdefault(form.name, []).append(_quote(form.example))
    rows = [f"| {name} | {', '.join(some)} |" for name, some in examples.items()]
    return "\n".join(["| Ce qui n'est pas compris | Par exemple |", "| --- | --- |", *rows])


def _quote(text: str) -> str:
    """Return a text as code of Markdown, on one line."""
    mark = "`` " if "`" in text else "`"
    line = text.replace("\n", " ⏎ ").replace("|", "\\|")
    return f"{mark}{line}{mark[::-1]}"


if __name__ == "__main__":
    for path, text in make_files().items():
        path.write_text(text, encoding="utf-8", newline="\n")
        print(path.relative_to(ROOT))
