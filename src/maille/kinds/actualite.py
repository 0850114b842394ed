"""A news article, by the network or retold from another publisher."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from maille.schema.areas import Areas
from maille.schema.audiences import Audiences
from maille.schema.fields import AnyDate, Day, Reference, Source, Text
from maille.schema.kind import Kind, Titled, list_source_days
from maille.text.dates import PartialDate


class Actualite(Titled):
    """One news article."""

    kind_name: ClassVar[str] = "actualite"
    is_of_its_day: ClassVar[bool] = True
    depends_on: ClassVar[Mapping[str, tuple[str, ...]]] = {"date": ("publie_le",)}

    date: AnyDate | None = Field(
        None,
        alias="date",
        title="Date de la nouvelle",
        description="Celle de la source pour une nouvelle retrouvée ; vide si elle n'en a pas.",
    )
    published_on: Day | None = Field(
        None,
        alias="publie_le",
        title="À publier le",
        description="Un jour à venir garde l'article en attente jusque-là.",
    )
    actor: Annotated[Text, Reference("vocabulaire:acteurs")] = Field(
        alias="acteur", title="Qui a publié la nouvelle"
    )
    catalysers: tuple[Annotated[Text, Reference("catalyser")], ...] = Field(
        (), alias="catalyseurs", title="Catalyseurs nommés"
    )
    projects: tuple[Annotated[Text, Reference("projet")], ...] = Field(
        (), alias="projets", title="Projets dont il est question"
    )
    areas: Areas = ()
    audiences: Audiences = ()
    sources: tuple[Source, ...] = Field(alias="sources", title="Sources", min_length=1)

    @property
    def own_date(self) -> PartialDate | None:
        """Return the date of the news, or None if it is not known."""
        return self.date

    @property
    def held_until(self) -> datetime.date | None:
        """Return the first day on which the article may be published (`publie_le`), or None."""
        return self.published_on

    def list_days_done(self) -> Iterator[tuple[Any, datetime.date]]:
        """Also yield the days of the sources, and the first day of `date`.

        The first day of `date` is left out if `publie_le` is the same day or later.
        """
        yield from super().list_days_done()
        yield from list_source_days(self.sources or ())
        if self.date and not (self.published_on and self.date.first_day <= self.published_on):
            yield "date", self.date.first_day

    def list_unknowns(self) -> Iterator[str]:
        """Yield a French phrase if the article has no date at all: an Atom feed needs one."""
        days = (self.date, self.published_on, self.updated, *list_source_days(self.sources))
        if not any(days):
            yield "le jour de la nouvelle (date), sans quoi elle manque au flux Atom"


KIND = Kind(
    name="actualite",
    model=Actualite,
    folder="content/actualites",
    singular="actualité",
    plural="actualités",
    prefix="/actualites/",
    index="actualites.html",
)
