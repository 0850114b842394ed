"""A text about a territory, written from documents and shown on the page of the territory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from maille.schema.fields import Source, Territory, Text
from maille.schema.kind import Entry, Fault, Kind


class Territoire(Entry):
    """A text about one territory, with its sources."""

    kind_name: ClassVar[str] = "territoire"

    title: Text = Field(
        alias="titre", title="Titre", description="Celui du texte, pas le nom du territoire."
    )
    territory: Territory = Field(
        alias="territoire",
        title="Territoire",
        description="Un département par son code, une région par son nom d'adresse, une "
        "intercommunalité par son SIREN.",
    )
    sources: tuple[Source, ...] = Field(alias="sources", title="Sources", min_length=1)

    def check_keys(self) -> Iterator[Fault]:
        """Yield a fault if the territory is the whole country, which has no page."""
        if self.territory == "national":
            message = "un texte sur un territoire ne peut pas être sur le pays entier"
            yield Fault(
                ("territoire",), message, "écrivez le code d'un département ou d'une région"
            )


KIND = Kind(
    name="territoire",
    model=Territoire,
    folder="content/territoires",
    singular="texte sur un territoire",
    plural="textes sur des territoires",
    index="",
)
