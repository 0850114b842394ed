"""The settings of the letter: what is refused, why, and what a form and a policy get."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from maille.problems import ContentError
from maille.site.letter_config import (
    UNSUBSCRIBE_LENGTH,
    Edition,
    LetterSettings,
    SubscriptionForm,
    encode_host,
)

FORM = {
    "service": "Un service",
    "adresse": "https://service.example/inscription",
    "champ_courriel": "EMAIL",
}


def refused(model: Any, keys: dict[str, Any]) -> str:
    """Return the message of the only mistake among these keys."""
    with pytest.raises(ValidationError) as caught:
        model.model_validate(keys)
    (error,) = caught.value.errors()
    cause = error["ctx"]["error"]
    assert isinstance(cause, ContentError)
    assert cause.hint
    return cause.message


@pytest.mark.parametrize(
    ("key", "typed", "words"),
    [
        ("adresse", "été@essai.example", "« été@essai.example » a un accent avant @"),
        ("adresse", "essai", "« essai » n'est pas une adresse électronique"),
        ("adresse", "a@b..fr", "« a@b..fr » n'est pas une adresse électronique"),
        ("adresse", f"a@{'b' * 64}.fr", "n'a pas un nom de site admis"),
        ("desabonnement", "cliquez ici", "« cliquez ici » n'est pas une façon de se désabonner"),
        ("desabonnement", "http://essai.example/", "n'est pas une façon de se désabonner"),
        ("desabonnement", "https://essai.example/a b", "n'est pas une façon de se désabonner"),
        ("desabonnement", "https://essai.example/é", "n'est pas une façon de se désabonner"),
        ("desabonnement", 'mailto:a@b.fr">', "n'est pas une façon de se désabonner"),
        ("desabonnement", "{{ a }} {{ b }}", "n'est pas une façon de se désabonner"),
        ("desabonnement_en_un_clic", "mailto:a@b.fr", "ne désabonne pas en un clic"),
        ("desabonnement_en_un_clic", "http://essai.example/", "ne désabonne pas en un clic"),
        ("desabonnement_en_un_clic", "{{ unsubscribe }}", "ne désabonne pas en un clic"),
        ("desabonnement_en_un_clic", "https://essai.example/é", "ne désabonne pas en un clic"),
    ],
)
def test_the_mail_of_the_letter_is_checked(key: str, typed: str, words: str) -> None:
    assert words in refused(LetterSettings, {key: typed})


@pytest.mark.parametrize("address", ["lettre@essai.example", "lettre@été.example"])
def test_letters_leave_from_an_address_that_every_server_knows(address: str) -> None:
    assert LetterSettings.model_validate({"adresse": address}).address == address


@pytest.mark.parametrize(
    "typed",
    [
        "https://essai.example/sortir?jeton=1",
        "mailto:sortir@essai.example",
        "{{ unsubscribe }}",
        "{unsubscribe}",
        "[UNSUBSCRIBE]",
    ],
)
def test_ways_to_leave_are_addresses_or_tags_of_senders(typed: str) -> None:
    assert LetterSettings.model_validate({"desabonnement": typed}).unsubscribe == typed


def test_a_way_to_leave_holds_on_one_line_of_a_mail() -> None:
    longest = "https://essai.example/".ljust(UNSUBSCRIBE_LENGTH, "a")
    assert len("List-Unsubscribe: <>\r\n") + len(longest) < 998  # RFC 5322, 2.1.1
    assert LetterSettings.model_validate({"desabonnement": longest}).unsubscribe == longest
    message = refused(LetterSettings, {"desabonnement": longest + "a"})
    assert "n'est pas une façon de se désabonner" in message


def test_nothing_is_promised_that_the_owner_has_not_said() -> None:
    settings = LetterSettings.model_validate({})
    assert (settings.no_tracking, settings.form, settings.unsubscribe) == (False, None, None)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://service.example/", "n'est pas en https"),
        ("https://service.example;script-src/x", "n'est pas une adresse de site"),
        ("https://service.example'/x", "n'est pas une adresse de site"),
        ("https://….service.example/serve/x", "n'est pas une adresse entière"),
        ("https://service.example/serve/…", "n'est pas une adresse entière"),
        ("https://a..b/", "« https://a..b/ » n'est pas une adresse de site"),
        ("https://localhost/", "n'est pas une adresse de site"),
    ],
)
def test_a_form_goes_to_an_address_that_a_policy_can_hold(address: str, words: str) -> None:
    assert words in refused(SubscriptionForm, {**FORM, "adresse": address})


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://service.example/inscription?f=1", "https://service.example"),
        ("https://é.example:8443/x", "https://xn--9ca.example:8443"),
    ],
)
def test_the_origin_of_a_form_is_in_ascii_for_the_policy(address: str, origin: str) -> None:
    form = SubscriptionForm.model_validate({**FORM, "adresse": address})
    assert (form.action, form.origin) == (address, origin)


def test_a_host_without_an_ascii_form_is_refused() -> None:
    assert encode_host("été.example") == "xn--t-9fab.example"
    with pytest.raises(ContentError, match="n'a pas un nom de site admis"):
        encode_host("a..b")


@pytest.mark.parametrize(
    ("host", "typed", "example"),
    [
        ("a..b", "https://a..b/", "https://exemple.fr/"),
        ("b" * 64, f"https://{'b' * 64}/x", "https://exemple.fr/"),
        ("b" * 64, f"a@{'b' * 64}", "contact@exemple.fr"),
    ],
)
def test_the_whole_address_is_named(host: str, typed: str, example: str) -> None:
    with pytest.raises(ContentError) as caught:
        encode_host(host, typed, example)
    assert caught.value.message.startswith(f"« {typed} » ")
    assert caught.value.hint == f"écrivez l'adresse entière, comme {example}"


@pytest.mark.parametrize("audience", ["entreprises", "elus-locaux", "2024"])
def test_an_edition_is_for_a_term(audience: str) -> None:
    assert Edition.model_validate({"public": audience, "titre": "T"}).audience == audience


@pytest.mark.parametrize(
    "audience",
    ["Entreprises", "les élus", "a--b", "../x", pytest.param("2024-05", id="an issue's address")],
)
def test_what_cannot_be_an_address_beside_the_issues_is_no_audience(audience: str) -> None:
    message = refused(Edition, {"public": audience, "titre": "T"})
    assert message == f"« {audience} » n'est pas un public"
