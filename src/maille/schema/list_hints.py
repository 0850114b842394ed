"""Explain a text typed instead of a list, items without dashes, and blank items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from maille.content.yaml_errors import SIGNS, format_value
from maille.text.patterns import compile_late
from maille.text.suggestions import find_nearest, find_terms

# A bullet that YAML reads as plain text, before an item: « -mot », « • mot ».
_BULLET = compile_late(rf"(?:^|\s)[-{SIGNS}](?=\S)|(?:^|\s)[{SIGNS}]\s")


def split_items(typed: str, labels: Mapping[str, str]) -> tuple[str, ...]:
    """Return the items of a list that was typed as one text.

    `labels` maps key to label for the terms that the list accepts; `labels` may be empty. An item
    that looks like the key or the label of a term is replaced by the key of that term. If the
    whole text looks like one label, it is one item, even with commas. A bracket without its pair is
    dropped, and « p[un, deux] » is read as « [pun, deux] ».
    """
    typed = re.sub(r"^(\w)\[([^\[\]]*)\]$", r"\1\2", typed)
    typed = re.sub(r"^([^\[]*)\]$|^\[([^\]]*)$", r"\1\2", typed)
    by_label = {label: key for key, label in labels.items()}
    if whole := find_nearest(typed, by_label, likeness=0.9):  # « Showroom, démonstrateur »
        return (by_label[whole[0]],)
    items = _BULLET.split(typed) if _BULLET.match(typed) else typed.split(",")
    found = (item.strip() for item in items if item.strip())
    return tuple((find_terms(item, labels) or [item])[0] for item in found)


def explain_one_line(
    key: str, typed: str, labels: Mapping[str, str], *, beside: bool = False
) -> tuple[str, str]:
    """Return cause and remedy for a text typed instead of the list `key`.

    `labels` is the same as for `split_items`. `beside` says that the text is on the same line as
    its key, where a dash cannot begin a list.
    """
    items = split_items(typed, labels)
    if items and not beside and (found := explain_missing_dashes(key, typed, items[0])):
        return found
    message = f"« {key} » attend une liste, et « {typed} » n'en est pas une"
    if items and labels and all(item in labels for item in items):
        hint = f"écrivez entre crochets, comme dans le vocabulaire : {key}: [{', '.join(items)}]"
        return message, hint
    return message, f"écrivez des crochets : {key}: [{', '.join(map(format_value, items))}]"


def suggest_without_blank(key: str, items: Iterable[object], *, beside: bool) -> str:
    """Return the hint for a blank item of the list `key`, whose items are `items`.

    `beside` says that the list is on the line of its key. The hint is then the list to type, if its
    other items are texts.
    """
    kept = [item for item in items if item != ""]
    if not beside:
        return "effacez cette ligne, ou remplissez-la"
    if not kept or not all(isinstance(item, str) for item in kept):
        return "effacez-le, avec sa virgule"
    return f"écrivez {key}: [{', '.join(format_value(str(item)) for item in kept)}]"


def explain_missing_dashes(key: str, typed: str, item: str = "") -> tuple[str, str] | None:
    """Return cause and remedy if `typed` starts with a bullet that YAML reads as text, else None.

    `typed` was typed for the list `key`. The remedy shows `item` after the dash; by default, it
    shows `typed` without its bullet, as a key.
    """
    if not (found := _BULLET.match(typed)):
        return None
    hint = f"écrivez un tiret, puis une espace : « - {item or typed[found.end() :] + ': …'} »"
    if found[0].strip() == "-":
        return f"les tirets de la liste « {key} » ne sont pas suivis d'une espace", hint
    return f"les lignes de la liste « {key} » commencent par « {found[0].strip()} »", hint
