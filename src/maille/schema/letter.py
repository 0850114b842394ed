"""The base models of letters, and of the topics that letters follow from month to month."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from maille.content.documents import KeyPath
from maille.schema.fields import Month
from maille.schema.kind import Entry


class Letter(Entry):
    """An entry for one month, cut into sections at its `##` headings."""

    month: Month = Field(alias="mois", title="Mois", description="Le même que le nom du fichier.")

    def list_own_headings(self) -> tuple[str, ...]:
        """Return the headings that this letter declares as not naming a topic."""
        return ()


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
