"""A monthly letter: one file per month."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from maille.schema.choices import Choice
from maille.schema.fields import Day, Part, Reference, Sentences, Text, WebAddress
from maille.schema.kind import Fault, Kind
from maille.schema.letter import Letter
from maille.text.dates import PartialDate, format_date


def make_letter_heading(month: PartialDate) -> str:
    """Return the heading of a month's letter: « Lettre de mai 2024 », « Lettre d'août 2024 »."""
    words = format_date(month)
    return f"Lettre d'{words}" if words[0] in "ao" else f"Lettre de {words}"


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
    depends_on: ClassVar[Mapping[str, tuple[str, ...]]] = {"mois": ("publie_le",)}

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
        """Return the heading made from the month, such as « Lettre de mai 2024 »."""
        return make_letter_heading(self.month)

    @property
    def held_until(self) -> datetime.date | None:
        """Return the day of publication (`publie_le`), or None if it is not known."""
        return self.published_on

    def list_own_headings(self) -> tuple[str, ...]:
        """Return the headings that the letter declares under `rubriques`."""
        return self.other_headings

    def list_days_done(self) -> Iterator[tuple[Any, datetime.date]]:
        """Also yield the days of errata, and the first day of the month if `publie_le` is missing.

        The first day of the month is left out for a draft, which may be written earlier.
        """
        yield from super().list_days_done()
        for number, one in enumerate(self.errata or ()):
            if one.day:  # an erratum of an invalid entry may have no date
                yield ("errata", number, "date"), one.day
        if self.month and not self.published_on and not self.draft:
            yield "mois", self.month.first_day

    def check_keys(self) -> Iterator[Fault]:
        """Yield a fault if the month differs from the file name."""
        if self.month and str(self.month) != self.slug:
            message = f"« mois » dit {self.month} et le fichier s'appelle {self.slug}.md"
            hint = f"renommez le fichier en {self.month}.md, ou corrigez « mois »"
            # A file named after another month was probably copied from the letter of `month`: «
            # mois » is then the value to correct.
            if re.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])", self.slug):
                hint = f"écrivez {self.slug}, ou renommez le fichier en {self.month}.md"
            yield Fault(("mois",), message, hint)

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
