"""The links that `site.toml` gives: menu, footer, presentation of the network."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, Field

from maille.problems import ContentError
from maille.schema.fields import Part, Text


def _check_site_address(value: str) -> str:
    if not re.fullmatch(r"/([A-Za-z0-9._~-]+/)*(#[a-z0-9_-]+)?|/[A-Za-z0-9._~-]+\.[a-z]+", value):
        raise ContentError(
            f"« {value} » n'est pas une adresse de ce site",
            "commencez et finissez par une barre, par exemple /catalyseurs/",
        )
    return value


SiteAddress = Annotated[Text, AfterValidator(_check_site_address)]


class MenuItem(Part):
    """A link in the footer, or in the presentation of the network."""

    title: Text = Field(alias="titre")
    address: SiteAddress = Field(alias="adresse")


class MenuLink(MenuItem):
    """A link in the menu: the group that it is in, if any, and what its page is about."""

    group: Text | None = Field(None, alias="groupe")
    summary: Text | None = Field(None, alias="resume")


class Introduction(Part):
    """The presentation of the network on the home page, with links to more."""

    title: Text = Field(alias="titre")
    text: Text = Field(alias="texte")
    links: tuple[MenuItem, ...] = Field((), alias="liens")
    # The page of a record that shows what the network does.
    case: SiteAddress | None = Field(None, alias="cas")


def group_links(links: Iterable[MenuLink]) -> tuple[tuple[str, tuple[MenuLink, ...]], ...]:
    """Return the groups of the menu with their links, in the order of each group's first link.

    A link without a group is alone in a group without a name.
    """
    groups: dict[str | int, list[MenuLink]] = {}
    for number, link in enumerate(links):
        groups.setdefault(link.group or number, []).append(link)
    return tuple((own[0].group or "", tuple(own)) for own in groups.values())
