"""The links of `site.toml`: what is grouped in the menu."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from maille.site.menu import MenuLink, group_links


def link(title: str, group: str | None = None) -> MenuLink:
    return MenuLink.model_validate({"titre": title, "adresse": "/", "groupe": group})


def test_links_are_grouped_at_the_first_of_each_group() -> None:
    links = (link("A", "Un"), link("B"), link("C", "Deux"), link("D", "Un"), link("E"))
    found = [(group, [one.title for one in own]) for group, own in group_links(links)]
    assert found == [("Un", ["A", "D"]), ("", ["B"]), ("Deux", ["C"]), ("", ["E"])]


@pytest.mark.parametrize("address", ["/", "/a/#_q", "/a/b-c/#la-reunion", "/flux.xml"])
def test_an_address_of_the_site_may_have_an_anchor(address: str) -> None:
    assert MenuLink.model_validate({"titre": "A", "adresse": address}).address == address


@pytest.mark.parametrize("address", ["a/", "/a", "/a/#A b", "https://exemple.fr/"])
def test_another_is_refused(address: str) -> None:
    with pytest.raises(ValidationError, match="adresse de ce site"):
        MenuLink.model_validate({"titre": "A", "adresse": address})
