"""A page of prose: what the network is, legal notice, accessibility."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from maille.schema.fields import Reference, Sentences, Source, Text
from maille.schema.kind import Kind, Titled


class Page(Titled):
    """A page of prose at the root of the site; its address is its file name."""

    kind_name: ClassVar[str] = "page"

    summary: Sentences = Field(alias="resume", title="Résumé", description="Une phrase.")
    shows: Annotated[Text, Reference("vocabulaire")] | None = Field(
        None,
        alias="affiche",
        title="Vocabulaire à montrer sous le texte",
        description="Par exemple « pratiques » : ses termes sont listés sous le texte.",
    )
    sources: tuple[Source, ...] = Field((), alias="sources", title="Sources")


KIND = Kind(
    name="page",
    model=Page,
    folder="content/pages",
    singular="page",
    plural="pages",
    prefix="/",
    index="",
    feminine=True,
)
