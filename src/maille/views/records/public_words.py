"""What the reference of the exports says to the public, where a kind says it to its editors."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from maille.schema.fields import Part

# By column, or by column and part.
_WORDS = {
    "profil": "Vide si aucune source ne le dit.",
    "themes": "Vide si aucune source ne le dit.",
    "resume": "Une phrase.",
    "verifie_le": "Le jour où la fiche a été confirmée ; vide, elle ne l'a pas été.",
    "liens.catalyseur": "Identifiant de l'autre fiche",
    "ecosysteme.catalyseur": "Identifiant d'une autre fiche",
    "ecosysteme.projet": "Ou identifiant d'un projet",
}


def meaning_of(column: str, for_editors: str | None) -> str:
    """Return what a column means."""
    return _WORDS.get(column, for_editors or "")


def parts_of(column: str, types: Collection[Any]) -> tuple[tuple[str, str], ...]:
    """Return the parts of the groups of a column, key and title, from what its type is made of."""
    return tuple(
        (info.alias or name, _WORDS.get(f"{column}.{info.alias}", info.title or ""))
        for one in types
        if isinstance(one, type) and issubclass(one, Part)
        for name, info in one.model_fields.items()
    )
