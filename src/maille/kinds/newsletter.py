"""A letter: one file per month, week or day of its list."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import Field

from maille.schema.choices import Choice
from maille.schema.fields import Day, Part, Reference, Sentences, Text, WebAddress
from maille.schema.kind import Kind
from maille.schema.letter import Letter, MailingList
from maille.text.dates import Period, format_date, say_of


def make_letter_heading(period: Period, mailing_list: MailingList) -> str:
    """Return the heading of a letter: « Lettre d'août 2024 », « Brèves, 15 janvier 2026 ».

    It begins with the name of the list, unless the site has no other list.
    """
    if mailing_list.is_only:
        return f"Lettre {say_of(period)}"
    return f"{mailing_list.name}, {format_date(period)}"


class Completeness(Choice):
    """Whether the letter retells all of the original."""

    WHOLE = "complete"
    PARTIAL = "partielle"


class Origin(Part):
    """The publication, by somebody else, whose news the letter retells."""

    publisher: Text = Field(alias="editeur", title="Qui les a publiées")
    url: WebAddress = Field(alias="url", title="Adresse du texte d'origine")
    completeness: Completeness = Field(alias="integralite", title="Intégralité")


class Erratum(Part):
    """A correction to a letter, added after it was sent."""

    day: Day = Field(alias="date", title="Jour de l'erratum")
    text: Sentences = Field(alias="texte", title="Ce qu'il fallait lire")


class Newsletter(Letter):
    """One letter. A `##` heading is a project's name, or listed in `rubriques` or `site.toml`."""

    kind_name: ClassVar[str] = "newsletter"

    title: Text = Field(alias="titre", title="Titre")
    published_on: Day | None = Field(
        None, alias="publie_le", title="Publiée le", description="Vide si le jour n'est pas connu."
    )
    origin: Origin | None = Field(None, alias="origine", title="Origine des nouvelles")
    other_headings: tuple[Text, ...] = Field(
        (), alias="rubriques", title="Titres de cette lettre qui ne sont pas des projets"
    )
    summary: Sentences | None = Field(
        None,
        alias="resume",
        title="Résumé",
        description="Une phrase ; les boîtes aux lettres la montrent sous l'objet.",
    )
    news: tuple[Annotated[Text, Reference("actualite")], ...] = Field(
        (), alias="actualites", title="Actualités que la lettre reprend"
    )
    events: tuple[Annotated[Text, Reference("evenement")], ...] = Field(
        (), alias="evenements", title="Événements que la lettre annonce"
    )
    webinars: tuple[Annotated[Text, Reference("webinaire")], ...] = Field(
        (), alias="webinaires", title="Webinaires que la lettre annonce"
    )

    errata: tuple[Erratum, ...] = Field(
        (), alias="errata", title="Errata", description="Une fois la lettre partie."
    )

    @property
    def heading(self) -> str:
        """Return the heading made from the period and the list, such as « Lettre de mai 2024 »."""
        return make_letter_heading(self.period, self.mailing_list)

    @property
    def held_until(self) -> datetime.date | None:
        """Return the day of publication (`publie_le`), or None if it is not known."""
        return self.published_on

    def list_own_headings(self) -> tuple[str, ...]:
        """Return the headings that the letter declares under `rubriques`."""
        return self.other_headings

    def list_days_done(self) -> Iterator[tuple[Any, datetime.date]]:
        """Also yield the days of errata, and the first day of the period if `publie_le` is missing.

        The first day of the period is left out for a draft, which may be written earlier.
        """
        yield from super().list_days_done()
        for number, one in enumerate(self.errata or ()):
            if one.day:  # an erratum of an invalid entry may have no date
                yield ("errata", number, "date"), one.day
        given = self.document.front_matter.get("publie_le")  # it may be invalid
        if self.file_name and not given and not self.draft:
            yield "mois", self.period.first_day

    def list_unknowns(self) -> Iterator[str]:
        """Yield, in French, what is missing: the day of publication, the rest of the original."""
        if self.published_on is None:
            yield "le jour de publication (publie_le)"
        if self.origin and self.origin.completeness is Completeness.PARTIAL:
            yield "la fin du texte d'origine"

    @property
    def abstract(self) -> str:
        """Return the summary, or the title when there is no summary."""
        return self.summary or self.title


KIND = Kind(
    name="newsletter",
    model=Newsletter,
    folder="newsletters",
    singular="lettre",
    plural="lettres",
    prefix="/lettres/",
    index="",
    feminine=True,
    sealed="scelles",
)
