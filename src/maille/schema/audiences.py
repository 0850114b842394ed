"""The key `publics`, which several kinds share, and the rule by which editions select entries."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from maille.schema.fields import Reference, Text

VOCABULARY = "publics"

Audiences = Annotated[
    tuple[Annotated[Text, Reference(f"vocabulaire:{VOCABULARY}")], ...],
    Field(
        alias="publics",
        title="Publics que cela concerne",
        description="Vide : tout le monde. Les éditions de la lettre choisissent d'après elle.",
    ),
]


def is_for(audiences: tuple[str, ...], audience: str) -> bool:
    """Return whether a text for `audiences` concerns `audience`; no audiences mean everybody."""
    return not audiences or audience in audiences
