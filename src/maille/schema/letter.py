"""What makes an entry a letter, or a topic that letters follow from month to month."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from maille.content.documents import KeyPath
from maille.schema.fields import Month
from maille.schema.kind import Entry


class Letter(Entry):
    """An entry of one month, cut into sections at its `##` headings."""

    month: Month = Field(alias="mois", title="Mois", description="Le même que le nom du fichier.")

    def list_own_headings(self) -> tuple[str, ...]:
        """Return the headings of this letter that are names of no topic, as it declares them."""
        return ()


class Topic(Entry):
    """An entry that letters follow: a `##` heading that is one of its names opens its update."""

    def list_names(self) -> Iterator[tuple[KeyPath, str]]:
        """Yield its names, each with its key path, the present name first.

        Names of an invalid entry may be empty or None.
        """
        raise NotImplementedError

    @property
    def names(self) -> tuple[str, ...]:
        """Return its names, the present one first."""
        return tuple(name for _, name in self.list_names())

    def list_audiences(self) -> tuple[str, ...]:
        """Return the audiences that its updates are for; none means everybody."""
        return ()
