"""Addresses as people type them: what is right stays, what is not gives the right one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.text.typed_addresses import (
    is_email,
    is_web_address,
    repair_email,
    repair_web_address,
)


@pytest.mark.parametrize(
    "typed",
    [
        "https://www.exemple.fr/",
        "https://été.fr/é?a=b&c#d",
        "HTTP://A.fr:8080/",
        "https://a_b.exemple.fr/",
        "https://fr.wikipedia.org/wiki/S.A.R.L.",
        "https://fr.wikipedia.org/wiki/Exemple_Inc.",
        "https://fr.wikipedia.org/wiki/Dijon_(Côte-d'Or)",
        "https://exemple.fr/?q=(a)&b=[1]",
        "https://xn--t-9fab.fr/",
        "https://93.184.216.34/",
    ],
)
def test_a_right_address_is_left_alone(typed: str) -> None:
    assert is_web_address(typed)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("https://www.exemple.fr/,", "https://www.exemple.fr/"),
        ("https/:/exemple.fr/a", "https://exemple.fr/a"),
        ("http//:exemple.fr/", "http://exemple.fr/"),
        ("https ://exemple.fr/", "https://exemple.fr/"),
        ("https.//exemple.fr/", "https://exemple.fr/"),
        ("https:/e/xemple.fr/a", "https://exemple.fr/a"),
        ("http:/w/ww.exemple.fr", "http://www.exemple.fr"),
        ("httsp://exemple.fr/", "https://exemple.fr/"),
        ("hhttp://exemple.fr/", "http://exemple.fr/"),
        ("mail://exemple.fr/", ""),
        ("docs/exemple.fr", ""),
        ("https://www.exemple.fr/;", "https://www.exemple.fr/"),
        ("https://www.exemple.fr/)", "https://www.exemple.fr/"),
        ("https://exemple.fr/page).", "https://exemple.fr/page"),
        ("https://exemple.fr/Arles_(ville).", "https://exemple.fr/Arles_(ville)"),
        ("https://exemple.fr/a.pdf.", "https://exemple.fr/a.pdf"),
        ("https://exemple.fr.", "https://exemple.fr"),
        ("https://exemple.fr./page", "https://exemple.fr/page"),
        ("https://www,exemple.fr/", "https://www.exemple.fr/"),
        ("https://exemple..fr/", "https://exemple.fr/"),
        ("https://.exemple.fr/", "https://exemple.fr/"),
        ("www.exemple.fr", "https://www.exemple.fr"),
        ("exemple.fr/x", "https://exemple.fr/x"),
        ("http:/exemple.fr", "http://exemple.fr"),
        ("http//exemple.fr", "http://exemple.fr"),
        ("htps://exemple.fr", "https://exemple.fr"),
        ("ttps://exemple.fr", "https://exemple.fr"),
        ("https;//exemple.fr", "https://exemple.fr"),
        ("https:\\\\exemple.fr", "https://exemple.fr"),
        ("https://https://exemple.fr", "https://exemple.fr"),
        ("<https://exemple.fr>", "https://exemple.fr"),
        ("https:&#x2F;&#x2F;exemple.fr&#x2F;a", "https://exemple.fr/a"),
        ("https://exemple.fr/?a=1&amp;b=2 ", "https://exemple.fr/?a=1&b=2"),
        ("&lt;https://exemple.fr&gt;", "https://exemple.fr"),
        ("« https://exemple.fr »", "https://exemple.fr"),
        ("[Exemple](https://exemple.fr/a)", "https://exemple.fr/a"),
        ("https://exemple.f", ""),
        ("https://exemple.fr/a…", ""),  # cut by what showed it
        ("https://banque.fr@a.fr", ""),
        ("javascript:alert(1)", ""),
        ("voir leur site", ""),
    ],
)
def test_a_wrong_address_gives_the_right_one_if_there_is_one(typed: str, right: str) -> None:
    assert not is_web_address(typed)
    assert repair_web_address(typed) == right


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("contact@exemple..fr", "contact@exemple.fr"),
        ("contact@exemple.fr.", "contact@exemple.fr"),
        ("contact@exemple.fr,", "contact@exemple.fr"),
        ("contact.@exemple.fr", "contact@exemple.fr"),
        ("contact@exemple,fr", "contact@exemple.fr"),
        ("mailto:contact@exemple.fr", "contact@exemple.fr"),
        ("Contact <contact@exemple.fr>", "contact@exemple.fr"),
        ("[écrire](mailto:contact@exemple.fr)", "contact@exemple.fr"),
        ("contact (at) exemple.fr", "contact@exemple.fr"),
        ("contact[arobase]exemple[point]fr", "contact@exemple.fr"),
        ("contact @exemple.fr", "contact@exemple.fr"),
        ("contact@exemple", ""),
        ("contact@@exemple.fr", ""),
        ("a@exemple.fr, b@exemple.fr", "a@exemple.fr"),
    ],
)
def test_a_wrong_mailbox_gives_the_right_one_if_there_is_one(typed: str, right: str) -> None:
    assert not is_email(typed)
    assert repair_email(typed) == right


@given(st.text("htps:/.,;)( @a-b1é<>[]", max_size=30))
def test_a_repaired_address_is_right(typed: str) -> None:
    web, mail = repair_web_address(typed), repair_email(typed)
    assert web == "" or is_web_address(web)
    assert mail == "" or is_email(mail)
    assert repair_web_address(typed) == typed or not is_web_address(typed)
