"""The base models of letters, and of the topics that letters follow from one to the next."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from pydantic import Field, PrivateAttr

from maille.content.documents import KeyPath
from maille.schema.fields import Month
from maille.schema.kind import Entry, Fault
from maille.schema.vocabulary import Rhythm
from maille.text.dates import PartialDate, Period, Week
from maille.text.letter_names import (
    LetterName,
    name_examples,
    name_last_week,
    read_letter_name,
    suggest_letter_name,
)


@dataclass(frozen=True, slots=True)
class MailingList:
    """A list of letters: its key, its name, who it is for, and how often a letter comes.

    `is_only` says that the site has no other list: the headings of letters then leave its name out.
    `value` is what the subscription form sends for this list.
    """

    key: str = ""
    name: str = ""
    rhythm: Rhythm = Rhythm.MONTH
    audience: str = ""
    summary: str = ""
    value: str = ""
    is_only: bool = True


_ONLY_LIST = MailingList()


def find_rhythm(period: Period) -> Rhythm:
    """Return the rhythm of letters that are named after such a period."""
    if isinstance(period, Week):
        return Rhythm.WEEK
    return Rhythm.DAY if period.day else Rhythm.MONTH


class Letter(Entry):
    """An entry for one month, week or day, cut into sections at its `##` headings.

    The name of its file gives its list and its period.
    """

    is_of_its_day: ClassVar[bool] = True

    month: Month | None = Field(
        None,
        alias="mois",
        title="Mois",
        description="D'une lettre mensuelle ; le même que le nom du fichier.",
    )
    _list: MailingList = PrivateAttr()

    def model_post_init(self, context: Any) -> None:
        """Also store the list of the letter: `context["list"]`, or else the only list."""
        super().model_post_init(context)
        self._list = (context or {}).get("list", _ONLY_LIST)

    @functools.cached_property
    def file_name(self) -> LetterName | None:
        """Return the list and the period of the letter, or None if its file is not named so."""
        try:
            return read_letter_name(self.slug)
        except ValueError:
            return None

    @property
    def period(self) -> Period:
        """Return the month, week or day of the letter.

        A letter whose file name gives no period has the month in `mois`; without `mois`, January of
        year 1. Such a letter is invalid: it is checked, never published.
        """
        if self.file_name:
            return self.file_name.period
        return self.month or PartialDate(1, 1)

    @property
    def mailing_list(self) -> MailingList:
        """Return the list of the letter, once the site is assembled."""
        return self._list

    def with_list(self, mailing_list: MailingList) -> Self:
        """Return a copy of this letter that belongs to `mailing_list`."""
        copy = self.with_document(self.document)
        copy.model_post_init({"document": self.document, "list": mailing_list})
        return copy

    @property
    def address_slug(self) -> str:
        """Return the end of the address: « 2024-05 », « 2026-s03 », « elus/2026-s03 »."""
        if not self.file_name:
            return self.slug
        period = str(self.file_name.period).lower()
        return f"{self.file_name.list_key}/{period}" if self.file_name.list_key else period

    def list_own_headings(self) -> tuple[str, ...]:
        """Return the headings that this letter declares as not naming a topic."""
        return ()

    def check_keys(self) -> Iterator[Fault]:
        """Yield a fault if the file's name gives no period, or not the same one as `mois`."""
        named = self.file_name
        # A wrong name with digits was meant to give a period: explain what the name lacks. The
        # other hint would propose to rename the file after « mois », which in a copied letter may
        # still be the month of the original.
        if named is None and (not self.month or any(map(str.isdigit, self.slug))):
            yield _explain_name(self.slug)
        elif named is None or (self.month and str(self.month) != str(named.period)):
            yield self._explain_month(named)

    def _explain_month(self, named: LetterName | None) -> Fault:
        """Return the fault of a key `mois` that differs from the file's name.

        `named` is what the name says, or None if it gives no period.
        """
        message = f"« mois » dit {self.month} et le fichier s'appelle {self.slug}.md"
        hint = f"renommez le fichier en {self.month}.md, ou corrigez « mois »"
        if named and find_rhythm(named.period) is Rhythm.MONTH:
            # The file may be a renamed copy of an older letter, with « mois » unchanged: the hint
            # first proposes to correct « mois ».
            right = f"{self.month}" if not named.list_key else f"{named.list_key}-{self.month}"
            hint = f"écrivez {named.period}, ou renommez le fichier en {right}.md"
        elif named:
            hint = "effacez cette ligne : le nom du fichier suffit"
        return Fault(("mois",), message, hint)


def _explain_name(slug: str) -> Fault:
    """Return the fault of a file whose name gives no period that exists."""
    try:
        read_letter_name(slug)
        message = ""
    except ValueError as error:
        message = str(error)
    month, week, day = name_examples(slug)
    hint = (
        f"renommez le fichier d'après son mois ({month}), sa semaine ({week}) ou son jour ({day})"
    )
    if meant := suggest_letter_name(slug) or name_last_week(slug):
        hint = f"renommez le fichier en {meant}.md"
    return Fault((), message, hint)


class Topic(Entry):
    """An entry that letters follow.

    In a letter, a `##` heading that is one of the topic's names starts an update on the topic.
    """

    def list_names(self) -> Iterator[tuple[KeyPath, str]]:
        """Yield (key path, name) for each name of the topic, the present one first.

        Names of a partial entry may be empty or None.
        """
        raise NotImplementedError

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the topic, the present one first."""
        return tuple(name for _, name in self.list_names())

    def list_audiences(self) -> tuple[str, ...]:
        """Return the audiences of the updates on the topic; an empty tuple means everybody."""
        return ()
