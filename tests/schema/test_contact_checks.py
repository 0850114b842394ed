"""Fields by which readers reach somebody: advice, typed as it is given, is accepted."""

from __future__ import annotations

import pytest

from maille.problems import ContentError
from maille.schema.contact_checks import (
    check_email,
    check_web_address,
    read_web_address_or_email,
)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("https://exemple.fr/s-inscrire", "https://exemple.fr/s-inscrire"),
        ("contact@exemple.fr", "mailto:contact@exemple.fr"),
        ("mailto:contact@exemple.fr", "mailto:contact@exemple.fr"),
        ("https://exemple.fr/@nom", "https://exemple.fr/@nom"),
    ],
)
def test_one_registers_on_a_page_or_by_mail(typed: str, value: str) -> None:
    assert read_web_address_or_email(typed) == value


@pytest.mark.parametrize("typed", ["contact@exemple", "par courriel", "a@exemple.fr b@exemple.fr"])
def test_what_is_neither_a_page_nor_a_mailbox_is_refused(typed: str) -> None:
    with pytest.raises(ContentError):
        read_web_address_or_email(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "https://exemple..fr/",
        "https://exemple.fr/,",
        "www.exemple.fr",
        "http:/a.fr",
        "<https://a.fr>",
    ],
)
def test_the_advice_for_a_web_address_is_accepted(typed: str) -> None:
    with pytest.raises(ContentError) as refused:
        check_web_address(typed)
    right = refused.value.hint.removeprefix("écrivez ")
    assert check_web_address(right) == right


@pytest.mark.parametrize(
    "typed", ["contact@exemple..fr", "contact.@exemple.fr", "mailto:a@exemple.fr"]
)
def test_the_advice_for_a_mailbox_is_accepted(typed: str) -> None:
    with pytest.raises(ContentError) as refused:
        check_email(typed)
    right = refused.value.hint.removeprefix("écrivez ")
    assert check_email(right) == right


@pytest.mark.parametrize("typed", ["https://exemple.fr/une-page-…", "https://….exemple.fr/"])
def test_an_address_that_was_cut_is_not_guessed(typed: str) -> None:
    with pytest.raises(ContentError, match="n'est pas une adresse entière") as refused:
        check_web_address(typed)
    assert "écrivez" not in refused.value.hint
