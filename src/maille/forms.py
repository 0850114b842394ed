"""What editors read of a kind: the table of its keys, and the blank form to copy.

Both come from the kind itself, so that nothing is listed a second time.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterator
from typing import Any

from pydantic.fields import FieldInfo

from maille.dates import PartialDate
from maille.fields import Part, Reference, TerritoryCode
from maille.kind import Kind, inside

BODY = "Le texte, en Markdown."  # of the form; `validate` refuses to publish it


def table(kind: Kind) -> str:
    """Return the keys of a kind as a Markdown table: key, obligatory or not, what to type."""
    rows = ["| Clé | Obligatoire | Ce qu'on y écrit |", "| --- | --- | --- |"]
    rows += [f"| `{key}` | {needed} | {words} |" for key, needed, words in _rows(kind.model)]
    return "\n".join(rows)


def blank_form(kind: Kind) -> str:
    """Return a file to copy: each key with what goes in it; only the obligatory ones are live."""
    lines = ["# Copiez ce fichier sous un autre nom, puis remplissez-le. Une clé vide est ignorée."]
    for info in kind.model.model_fields.values():
        mark = "" if info.is_required() else "# "
        lines.append(f"{mark}{info.alias}:{_blank(info)}")
        lines += _part_lines(info) if info.is_required() else []
    if kind.suffix != ".md":
        return "\n".join((*lines, ""))
    return "\n".join(("---", *lines, "---", "", BODY, ""))


def _rows(model: type[Part], above: str = "") -> Iterator[tuple[str, str, str]]:
    for info in model.model_fields.values():
        parts = [one for one in inside(info.annotation) if _is_part(one)]
        many = "[]" if _is_list(info) else ""
        key = f"{above}{info.alias}{many}"
        yield key, "oui" if info.is_required() else "", _words(info)
        for part in parts:
            yield from _rows(part, f"{key}.")


def _words(info: FieldInfo) -> str:
    """Return the title, the description, and what the type says, as one cell."""
    sentences = [f"{info.title}.", info.description or "", _what(info)]
    return " ".join(sentence for sentence in sentences if sentence).replace("|", "\\|")


def _what(info: FieldInfo) -> str:
    """Return what the type of a field asks for, when it is not plain text."""
    if info.alias == "mois":
        return "Un mois : `2024-05`."
    found = [*info.metadata, *inside(info.annotation)]
    for one in found:
        if isinstance(one, Reference):
            kind, _, vocabulary = one.target.partition(":")
            where = f"content/vocabulaires/{vocabulary}.yaml" if vocabulary else f"les {kind}s"
            return f"Un mot de `{where}`." if vocabulary else "Le nom d'un fichier, sans `.md`."
        if isinstance(one, TerritoryCode):
            return "Un code de territoire."
        if isinstance(one, type) and issubclass(one, enum.Enum):
            return f"Au choix : {', '.join(f'`{member.value}`' for member in one)}."
    return next((words for kind, words in _TYPES.items() if kind in found), "")


_TYPES: dict[Any, str] = {
    bool: "`oui` ou `non`.",
    datetime.date: "Un jour : `2024-07-08`.",
    datetime.time: "Une heure : `13:00`.",
    PartialDate: "`2024-07-08`, `2024-07` ou `2024`.",
    float: "Un nombre.",
}


def _blank(info: FieldInfo) -> str:
    return " []" if _is_list(info) and not info.is_required() else ""


def _part_lines(info: FieldInfo) -> list[str]:
    """Return the keys of the first item of an obligatory list of groups."""
    part = next((one for one in inside(info.annotation) if _is_part(one)), None)
    if part is None:
        return []
    keys = [field.alias for field in part.model_fields.values()]
    return [f"  {'-' if not number else ' '} {key}:" for number, key in enumerate(keys)]


def _is_list(info: FieldInfo) -> bool:
    return str(info.annotation).startswith("tuple[")


def _is_part(one: Any) -> bool:
    return isinstance(one, type) and issubclass(one, Part)
