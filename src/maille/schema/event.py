"""Entries with a date: the keys that events and webinars share, for the agenda and calendars."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from maille.content.documents import KeyPath
from maille.problems import ContentError
from maille.schema.areas import Areas
from maille.schema.audiences import Audiences
from maille.schema.choices import Choice
from maille.schema.fields import (
    AnyDate,
    Day,
    Reference,
    Sentences,
    Source,
    Text,
    TimeOfDay,
    TimeZone,
    WebAddress,
    WebAddressOrEmail,
)
from maille.schema.kind import Fault, Titled, list_named, list_source_days
from maille.schema.located import Located
from maille.text.dates import PartialDate, format_date
from maille.text.time_zones import describe_zone, load_zone
from maille.text.typed_dates import guess_period

# An event that ends before this hour probably ends in the night after its first day.
_MORNING = datetime.time(7)


def _refuse_period(value: Any) -> Any:
    """Return the value. Raise ContentError if it is two dates: the last day has its own key."""
    if isinstance(value, str) and (days := guess_period(value)):
        hint = f"écrivez deux lignes : date: {days[0]} et jusqu_au: {days[1]}"
        raise ContentError(f"« {value} » n'est pas une date, mais deux", hint)
    return value


class Format(Choice):
    """How people take part: on site, online or both."""

    ON_SITE = "presentiel"
    ONLINE = "en-ligne"
    BOTH = "hybride"


class Status(Choice):
    """Why an event does not take place on its announced day."""

    CANCELLED = "annule"
    POSTPONED = "reporte"

    @property
    def french(self) -> str:
        """Return « Annulé » or « Reporté »."""
        return "Annulé" if self is Status.CANCELLED else "Reporté"


class Occasion(Titled, Located):
    """An event that people can attend, or could have attended."""

    depends_on: ClassVar[Mapping[str, tuple[str, ...]]] = {
        **Located.depends_on,
        "statut": ("mise_a_jour",),
        "jusqu_au": ("date",),
        "heure": ("date", "fuseau"),
        "heure_fin": ("date", "fuseau", "heure", "jusqu_au"),
    }

    published_on: Day | None = Field(
        None,
        alias="publie_le",
        title="À publier le",
        description="Le jour où les flux l'annoncent ; un jour à venir le garde en attente.",
    )
    date: Annotated[AnyDate, BeforeValidator(_refuse_period)] = Field(
        alias="date", title="Date", description="2023-04-13, 2023-04 ou 2023 selon ce qui est su."
    )
    last_day: AnyDate | None = Field(None, alias="jusqu_au", title="Dernier jour")
    date_doubt: Sentences | None = Field(
        None,
        alias="date_a_verifier",
        title="Pourquoi la date est à vérifier",
        description="La date est montrée telle que la source l'imprime, avec ce doute.",
    )
    status: Status | None = Field(
        None,
        alias="statut",
        title="Statut",
        description="Vide si le rendez-vous tient ; sinon, avec mise_a_jour.",
    )
    starts_at: TimeOfDay | None = Field(
        None, alias="heure", title="Heure de début, le premier jour"
    )
    ends_at: TimeOfDay | None = Field(
        None, alias="heure_fin", title="Heure de fin, le dernier jour"
    )
    time_zone: TimeZone | None = Field(
        None,
        alias="fuseau",
        title="Fuseau horaire",
        description="Seulement s'il n'est pas celui du lieu, ou si le lieu n'est pas donné : "
        "Indian/Reunion, La Réunion, heure de Cayenne…",
    )
    venue: Text | None = Field(None, alias="lieu", title="Nom du lieu")
    format: Format | None = Field(None, alias="format", title="Format")
    organisers: tuple[Text, ...] = Field((), alias="organisateurs", title="Organisé par")
    registration: WebAddressOrEmail | None = Field(
        None,
        alias="inscription",
        title="S'inscrire",
        description="L'adresse d'une page, ou une adresse électronique.",
    )
    replay: WebAddress | None = Field(None, alias="replay", title="Revoir")
    minutes: WebAddress | None = Field(None, alias="compte_rendu", title="Compte rendu")
    catalysers: tuple[Annotated[Text, Reference("catalyser")], ...] = Field(
        (), alias="catalyseurs", title="Catalyseurs qui y prennent part"
    )
    projects: tuple[Annotated[Text, Reference("projet")], ...] = Field(
        (), alias="projets", title="Projets dont il y est question"
    )
    areas: Areas = ()
    audiences: Audiences = ()
    sources: tuple[Source, ...] = Field(alias="sources", title="Sources", min_length=1)

    @property
    def own_date(self) -> PartialDate | None:
        """Return the date of the first day: a day, a month or a year."""
        return self.date

    @property
    def held_until(self) -> datetime.date | None:
        """Return the day of publication, or None if it is not given."""
        return self.published_on

    def list_days_done(self) -> Iterator[tuple[Any, datetime.date]]:
        """Yield (key or key path, day) for the days of `Entry`, then the days of its sources."""
        yield from super().list_days_done()
        yield from list_source_days(self.sources or ())

    def list_unknowns(self) -> Iterator[str]:
        """Yield, in French, that the day of a source is missing, if feeds lack a date.

        They take the day of publication, of update or of a source. They need a date that is not in
        the future, so the event's own date does not count.
        """
        if not (self.published_on or self.updated or any(list_source_days(self.sources))):
            yield "le jour d'une de ses sources (date), sans quoi il manque au flux Atom"

    def list_organisations(self) -> Iterator[tuple[KeyPath, str]]:
        """Yield the organisers, each with its key path."""
        yield from list_named("organisateurs", self.organisers)

    @property
    def known_since(self) -> datetime.date | None:
        """Return the day since which the event counts as known, or None if its file does not say.

        This is the day of publication, if given. Otherwise it is the earliest of the first day of
        the event and the days when its sources were made or read. If no source has such a day, it
        is the first day of the event, provided that a source is dated in a month or year that
        begins on that day or later; otherwise, it is None.
        """
        first = self.date.first_day
        dates = [source.date for source in self.sources if source.date]
        days = [date.first_day for date in dates if date.day]
        days += [source.read_on for source in self.sources if source.read_on]
        if self.published_on or not (days or any(date.first_day >= first for date in dates)):
            return self.published_on
        return min([first, *days])

    @property
    def way(self) -> Format | None:
        """Return how people take part, or None if this is not known."""
        return self.format

    @property
    def ends_on(self) -> datetime.date:
        """Return the last day on which the event can take place, as far as its date is known."""
        return (self.last_day or self.date).last_day

    @property
    def lasts_days(self) -> bool:
        """Return whether the event has a last day other than its first day."""
        return self.last_day not in (None, self.date)

    def is_past(self, today: datetime.date) -> bool:
        """Return whether the event ended before `today`."""
        return self.ends_on < today

    @property
    def order(self) -> tuple[datetime.date, datetime.time, str]:
        """Return the key for sorting by time, then by slug.

        A month or a year counts as the start of its last day.
        """
        return (self.date.last_day, self.starts_at or datetime.time.min, self.slug)

    @property
    def traces(self) -> tuple[str, ...]:
        """Return the addresses that show that the event took place: replay, minutes."""
        return tuple(address for address in (self.replay, self.minutes) if address)

    def is_only_announced(self, today: datetime.date) -> bool:
        """Return whether the event is past, and nothing says whether it took place.

        Such an event has no traces and no status, and all its sources are dated before its last
        day. A source without a date may have been written later, so it makes this False.
        """
        before = all(source.date and source.date.last_day < self.ends_on for source in self.sources)
        return self.is_past(today) and before and not (self.traces or self.status)

    def check_keys(self) -> Iterator[Fault]:
        """Yield the faults of a located entry, then the faults of status, hours and last day."""
        yield from super().check_keys()
        if self.status and not self.updated:
            yield Fault(
                ("statut",),
                "rien ne dit depuis quand le rendez-vous est annulé ou reporté",
                "ajoutez mise_a_jour: …, d'où les agendas voient que quelque chose a changé",
            )
        if (self.starts_at or self.ends_at) and self.date.day is None:
            key = "heure" if self.starts_at else "heure_fin"
            yield Fault(
                (key,),
                "une heure est donnée sans le jour",
                f"écrivez date: …, avec le jour, ou effacez la ligne {key}",
            )
        if self.ends_at and not self.starts_at:
            yield Fault(
                ("heure_fin",),
                "l'heure de fin est donnée sans l'heure de début",
                "ajoutez heure: …",
            )
        if self.last_day and self.last_day.last_day < self.date.first_day:
            yield Fault(
                ("jusqu_au",), "le dernier jour vient avant le premier", "échangez les deux dates"
            )
        if self.ends_at and self.last_day and self.last_day.day is None:
            yield Fault(
                ("jusqu_au",),
                "l'heure de fin est donnée sans le dernier jour",
                "écrivez le jour entier dans jusqu_au, ou retirez heure_fin",
            )
        same_day = not self.last_day or self.last_day == self.date
        if self.starts_at and self.ends_at and same_day and self.ends_at <= self.starts_at:
            yield Fault(("heure_fin",), "la fin n'est pas après le début", self._suggest_end())

    def _suggest_end(self) -> str:
        """Return the hint for an event that does not end after its start, on its only day.

        The hint proposes another hour or, if the day is known, the next day. The next day comes
        first if the event ends before `_MORNING`: it probably lasts into the night.
        """
        end = "écrivez heure_fin: …"
        if self.date.day is None or self.date.last_day == datetime.date.max:
            return end
        verb = "écrivez" if self.last_day else "ajoutez"
        night = f"{verb} jusqu_au: {self.date.last_day + datetime.timedelta(days=1)}"
        if self.ends_at and self.ends_at < _MORNING:
            return f"si elle est le lendemain, {night} ; sinon, {end}"
        return f"{end} ; si elle est le lendemain, {night}"

    def check_hours(self, zone: str) -> Iterator[Fault]:
        """Yield a fault if the start or the end is at an hour that clocks skip in spring."""
        hours = (("heure", self.starts(zone)), ("heure_fin", self.ends(zone)))
        for key, moment in hours:
            if moment is None or _is_on_clock(moment):
                continue
            following = moment.astimezone(datetime.UTC).astimezone(moment.tzinfo)
            yield Fault(
                (key,),
                f"le {format_date(moment.date())}, il n'est jamais {moment:%H:%M} "
                f"({describe_zone(self.time_zone or zone)}) : cette nuit-là, les horloges avancent",
                f"écrivez {key}: {following:%H:%M} ; c'est {moment:%H:%M} d'avant le changement",
            )

    def starts(self, zone: str) -> datetime.datetime | None:
        """Return when the event starts, in its own time zone (`fuseau`) or else in `zone`.

        Return None if the day or the hour is not given.
        """
        return self._make_moment(self.date, self.starts_at, zone)

    def ends(self, zone: str) -> datetime.datetime | None:
        """Return when the event ends, or None: see `starts`."""
        return self._make_moment(self.last_day or self.date, self.ends_at, zone)

    def _make_moment(
        self, day: PartialDate | None, hour: datetime.time | None, zone: str
    ) -> datetime.datetime | None:
        if hour is None or day is None or day.day is None:  # a partial entry may have no date
            return None
        return datetime.datetime.combine(day.last_day, hour, load_zone(self.time_zone or zone))


def _is_on_clock(moment: datetime.datetime) -> bool:
    """Return whether clocks ever show the hour of `moment`, on that day and in its time zone."""
    there_and_back = moment.astimezone(datetime.UTC).astimezone(moment.tzinfo)
    return there_and_back.replace(tzinfo=None) == moment.replace(tzinfo=None)
