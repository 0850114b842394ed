"""An event: an annual meeting, a session, a committee."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from maille.schema.event import Occasion
from maille.schema.fields import Reference, Text
from maille.schema.kind import Kind


class Evenement(Occasion):
    """One past or future event."""

    kind_name: ClassVar[str] = "evenement"

    sort: Annotated[Text, Reference("vocabulaire:types-d-evenement")] = Field(
        alias="type", title="Type d'événement"
    )
    rank: Text | None = Field(
        None, alias="edition", title="Numéro ou nom de l'édition", description="« 5 », « 24.1 »."
    )


KIND = Kind(
    name="evenement",
    model=Evenement,
    folder="content/evenements",
    singular="événement",
    plural="événements",
    prefix="/rencontres/",
    index="evenements.html",
    index_title="Rencontres",
)
