"""Check the contact fields: web address, e-mail address, telephone number."""

from __future__ import annotations

import re

from maille.problems import ContentError
from maille.text.names import strip_invisible
from maille.text.private_addresses import explain_private
from maille.text.typed_addresses import (
    is_email,
    is_web_address,
    repair_email,
    repair_web_address,
)
from maille.text.typed_numbers import repair_phone

# In hints, `KEY` stands for the key whose value is wrong, and « … » for what the editor must type.
KEY = "{clé}"


def check_web_address(value: str) -> str:
    """Return a web address without invisible characters.

    Raise ContentError if it is not a web address, or if readers cannot use it.
    """
    value = strip_invisible(value)
    if is_web_address(value):
        return _refuse_private(value)
    if "…" in value:
        raise ContentError(f"« {value} » n'est pas une adresse entière", _COPY)
    right = repair_web_address(value)
    hint = f"écrivez {right}" if right else _WHOLE
    raise ContentError(f"« {value} » n'est pas une adresse de site", hint)


def check_email(value: str) -> str:
    """Return an e-mail address without invisible characters.

    Raise ContentError if it is not an e-mail address, or if readers cannot use it.
    """
    value = strip_invisible(value)
    if is_email(value):
        return _refuse_private(value)
    right = repair_email(value)
    hint = f"écrivez {right}" if right else _ONE
    raise ContentError(f"« {value} » n'est pas une adresse électronique", hint)


def read_web_address_or_email(value: str) -> str:
    """Return a web address, or the `mailto:` URL of an e-mail address.

    Raise ContentError if the value is neither, or if readers cannot use it.
    """
    if "@" in value and "/" not in value:
        return f"mailto:{check_email(value.removeprefix('mailto:'))}"
    return check_web_address(value)


def _refuse_private(address: str) -> str:
    """Return an address; raise ContentError if readers cannot use it (`explain_private`)."""
    if reason := explain_private(address):
        raise ContentError(
            f"l'adresse {address} {reason}",
            f"écrivez {KEY}: … avec l'adresse que tout le monde peut ouvrir",
        )
    return address


def read_phone(value: str) -> str:
    """Return a telephone number as digits, after a « + » if it was typed.

    Raise ContentError if it is not a telephone number.
    """
    digits = re.sub(r"[ .\-/\u00a0\u202f]", "", strip_invisible(value))
    # The zero that is dialled only within the country: « +33 (0)4 73 00 00 00 ».
    digits = re.sub(r"^(\+[0-9]{1,3})\(0\)", r"\1", digits)
    if not re.fullmatch(r"0[0-9]{9}|\+[0-9]{8,15}|3[0-9]{3}", digits):
        right = repair_phone(value)
        hint = f"écrivez {right}" if right else f"écrivez {KEY}: … avec dix chiffres"
        raise ContentError(f"« {value} » n'est pas un numéro de téléphone", hint)
    return digits


_COPY = "ouvrez la page, et copiez l'adresse entière que montre le navigateur"
_WHOLE = f"écrivez {KEY}: … avec l'adresse entière (https://www.exemple.fr/)"
_ONE = f"écrivez {KEY}: … avec une seule adresse (contact@exemple.fr)"
