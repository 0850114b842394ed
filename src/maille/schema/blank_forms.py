"""For editors: the table of the keys of a kind, and the blank form to copy.

Both are made from the pydantic model of the kind.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterator
from typing import Any

from pydantic.fields import FieldInfo

from maille.content.downloads import FOLDER as DOWNLOADS
from maille.schema.fields import DownloadName, Part, Reference, TerritoryCode
from maille.schema.kind import Kind, is_list, list_parts, list_types
from maille.text.dates import PartialDate

BODY = "Le texte, en Markdown."  # a line of the form; `validate` refuses it in entries


_HOW_TO = (
    "# Copiez ce fichier sous un autre nom, puis remplissez-le. Une clé vide est ignorée.",
    "# Ce qui suit un dièse est une explication. Une ligne qui commence par un dièse est une clé",
    "# facultative : pour vous en servir, enlevez ce dièse et l'espace qui le suit.",
)
_COLUMN = 20  # keys are padded to this width, then comes the explanation


def make_key_table(kind: Kind) -> str:
    """Return the keys of a kind as a Markdown table: key, required or not, what to type."""
    rows = ["| Clé | Obligatoire | Ce qu'on y écrit |", "| --- | --- | --- |"]
    rows += [f"| `{key}` | {needed} | {words} |" for key, needed, words in _list_rows(kind.model)]
    return "\n".join(rows)


def make_blank_form(kind: Kind) -> str:
    """Return the text of a file to copy: each key with its explanation.

    A key is commented out if it is optional and in no group, or if it is in an optional group.
    """
    lines = [*_HOW_TO, *_list_form_lines(kind.model)]
    if kind.suffix != ".md":
        return "\n".join((*lines, ""))
    return "\n".join(("---", *lines, "---", "", BODY, ""))


def _list_rows(model: type[Part], above: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield the cells of one row for each key of a model and of its groups of keys."""
    for info in model.model_fields.values():
        many = "[]" if is_list(info) else ""
        key = f"{above}{info.alias}{many}"
        yield key, "oui" if info.is_required() else "", _describe_field(info)
        for part in list_parts(info.annotation):
            yield from _list_rows(part, f"{key}.")


def _describe_field(info: FieldInfo) -> str:
    """Return the title, the description and the type of a field, as one cell."""
    sentences = [f"{info.title}.", info.description or "", _describe_type(info)]
    return " ".join(sentence for sentence in sentences if sentence).replace("|", "\\|")


def _describe_type(info: FieldInfo) -> str:
    """Return a French sentence on what to type in a field, or "" if its type has none."""
    if info.alias == "mois":
        return "Un mois : `2024-05`."
    found = [*info.metadata, *list_types(info.annotation)]
    for annotation in found:
        if isinstance(annotation, Reference):
            kind, _, vocabulary = annotation.target.partition(":")
            where = f"content/vocabulaires/{vocabulary}.yaml" if vocabulary else f"les {kind}s"
            return f"Un mot de `{where}`." if vocabulary else "Le nom d'un fichier, sans `.md`."
        if isinstance(annotation, TerritoryCode):
            return "Un code de territoire."
        if isinstance(annotation, DownloadName):
            return f"Le nom d'un PDF de `{DOWNLOADS}/`."
        if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
            return f"Au choix : {', '.join(f'`{member.value}`' for member in annotation)}."
    return next((words for kind, words in _TYPES.items() if kind in found), "")


_TYPES: dict[Any, str] = {
    bool: "`oui` ou `non`.",
    datetime.date: "Un jour : `2024-07-08`.",
    datetime.time: "Une heure : `13:00`.",
    PartialDate: "`2024-07-08`, `2024-07` ou `2024`.",
    float: "Un nombre.",
}


def _list_form_lines(model: type[Part], before: str = "", *, note: bool = False) -> Iterator[str]:
    """Yield a line for each key of a model, followed by the lines of its group of keys, if any.

    `before` is the text before the first key; spaces of the same width come before the other keys.
    Optional keys outside groups are commented out; with `note`, all keys are.
    """
    for info in model.model_fields.values():
        idle = note or not (info.is_required() or before)
        part = next(iter(list_parts(info.annotation)), None)
        blank = " []" if is_list(info) and not part else ""
        needed = "Obligatoire. " if info.is_required() else ""
        words = f"{needed}{info.description or f'{info.title}.'} {_describe_type(info)}".replace(
            "`", ""
        )
        yield f"{'# ' * idle}{before}{info.alias}:{blank}".ljust(_COLUMN) + f"  # {words.strip()}"
        before = " " * len(before)
        if part:
            below = f"{before}  {'- ' if is_list(info) else ''}"
            yield from _list_form_lines(part, below, note=idle or not info.is_required())
