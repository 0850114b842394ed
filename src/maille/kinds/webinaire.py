"""A webinar, one of a cycle."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from maille.schema.event import Format, Occasion
from maille.schema.fields import Part, Reference, Text, WebAddress
from maille.schema.kind import Kind


class Speaker(Part):
    """A speaker, with the public role that the source gives."""

    name: Text = Field(alias="nom", title="Nom")
    position: Text = Field(alias="fonction", title="Fonction publique, à la date du webinaire")
    structure: Text | None = Field(None, alias="structure", title="Structure")


class Webinaire(Occasion):
    """One webinar."""

    kind_name: ClassVar[str] = "webinaire"

    cycle: Annotated[Text, Reference("vocabulaire:cycles")] = Field(alias="cycle", title="Cycle")
    rank: Text | None = Field(None, alias="rang", title="Rang dans le cycle")
    speakers: tuple[Speaker, ...] = Field((), alias="intervenants", title="Intervenants")
    slides: WebAddress | None = Field(None, alias="support", title="Support de présentation")

    @property
    def traces(self) -> tuple[str, ...]:
        """Return the URLs that prove that the webinar took place, including its slides."""
        return (*super().traces, *([self.slides] if self.slides else []))

    @property
    def way(self) -> Format | None:
        """Return how people take part: as typed, else online if there is no place, else None."""
        placed = self.venue or self.address or self.commune or self.insee_code
        return self.format or (None if placed else Format.ONLINE)

    @property
    def address_slug(self) -> str:
        """Return `year/slug`, so that addresses group webinars by year."""
        return f"{self.date.year}/{self.slug}"


KIND = Kind(
    name="webinaire",
    model=Webinaire,
    folder="content/webinaires",
    singular="webinaire",
    plural="webinaires",
    prefix="/webinaires/",
    index="webinaires.html",
)
