"""The settings of the letter in `site.toml`: sender, subscription, editions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from maille.problems import ContentError
from maille.schema.fields import AddressText, Email, Part, Text, WebAddress, YesNo
from maille.text.letter_names import looks_like_letter


def check_post_address(value: str) -> str:
    """Return an e-mail address if mail servers can relay to it, or raise ContentError."""
    name, _, host = value.partition("@")
    if not name.isascii():  # each mail server on the way would have to support RFC 6531
        raise ContentError(
            f"« {value} » a un accent avant @", "les courriels s'y perdent : prenez-en une autre"
        )
    encode_host(host, value, "contact@exemple.fr")
    return value


def encode_host(host: str, typed: str = "", example: str = "https://exemple.fr/") -> str:
    """Return the ASCII form (RFC 3490) of a host name, for mail headers and the CSP.

    Raises ContentError if the name has no ASCII form; the message quotes `typed`, the whole
    address, and the hint gives `example`, a valid one.
    """
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        raise ContentError(
            f"« {typed or host} » n'a pas un nom de site admis",
            f"écrivez l'adresse entière, comme {example}",
        ) from None


UNSUBSCRIBE_LENGTH = 800  # bytes: the header is not folded, and a line of mail has at most 998


def _check_unsubscribe(value: str) -> str:
    if len(value) > UNSUBSCRIBE_LENGTH or not re.fullmatch(
        r"(?:https://|mailto:)[!-;=?-~]+|\{\{?[^{}<>\"]+\}?\}|\[[^\[\]<>\"]+\]", value
    ):
        raise ContentError(
            f"« {value} » n'est pas une façon de se désabonner",
            "écrivez une adresse en https:// ou en mailto:, ou la balise du service d'envoi, "
            "comme {{ unsubscribe }}",
        )
    return value


def _check_one_click(value: str) -> str:
    if len(value) > UNSUBSCRIBE_LENGTH or not re.fullmatch(r"https://[!-;=?-~]+", value):
        raise ContentError(
            f"« {value} » ne désabonne pas en un clic",
            "écrivez l'adresse en https:// que donne le service, ou effacez cette ligne",
        )
    return value


# An e-mail address of the network: the sender of letters, or where replies go.
PostAddress = Annotated[Email, AfterValidator(check_post_address)]


def _check_secure(value: str) -> str:
    host = encode_host(urlsplit(value).hostname or "", value)
    if not value.startswith("https://") or not re.fullmatch(r"[a-z0-9.-]+\.[a-z0-9-]+", host):
        raise ContentError(
            f"« {value} » n'est pas en https", "écrivez l'adresse en https:// du service"
        )
    if re.search(r"[\s…\"'<>;]", value):
        raise ContentError(
            f"« {value} » n'est pas une adresse entière", "recopiez celle que donne le service"
        )
    return value


class SubscriptionForm(Part):
    """The form of the service that manages subscriptions and asks for confirmation."""

    service: Text = Field(alias="service")
    action: Annotated[WebAddress, AfterValidator(_check_secure)] = Field(alias="adresse")
    # `email` and `editions` are names of fields in the service's form; `value` is the value of the
    # field `editions` for the whole letter; `hidden` are the values of hidden fields by name.
    email: Text = Field(alias="champ_courriel")
    editions: Text | None = Field(None, alias="champ_editions")
    value: Text | None = Field(None, alias="valeur")
    hidden: Mapping[str, str] = Field(default_factory=dict, alias="caches")

    @property
    def origin(self) -> str:
        """Return the origin (scheme, host, port) that receives the form, for the CSP."""
        parts = urlsplit(self.action)
        port = f":{parts.port}" if parts.port else ""
        return f"https://{encode_host(parts.hostname or '')}{port}"


class LetterSettings(Part):
    """How letters are sent as mails, and how people subscribe to them."""

    sender: Text | None = Field(None, alias="expediteur")
    address: PostAddress | None = Field(None, alias="adresse")
    unsubscribe: Annotated[AddressText, AfterValidator(_check_unsubscribe)] | None = Field(
        None, alias="desabonnement"
    )
    # A single POST to this address unsubscribes (RFC 8058), without a page that asks to confirm.
    one_click: Annotated[Text, AfterValidator(_check_one_click)] | None = Field(
        None, alias="desabonnement_en_un_clic"
    )
    # What the subject of mails begins with, in place of « Lettre de mai 2024 »; may be "".
    subject_prefix: str | None = Field(None, alias="prefixe_objet")
    # Our mails contain no tracker, but only the owner of the site knows if the service adds one.
    no_tracking: YesNo = Field(default=False, alias="sans_suivi")
    form: SubscriptionForm | None = Field(None, alias="formulaire")


def _check_audience(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) or looks_like_letter(value):
        raise ContentError(
            f"« {value} » n'est pas un public",
            "écrivez un mot de content/vocabulaires/publics.yaml, comme entreprises",
        )
    return value


class Edition(Part):
    """An edition of the letter: the sections for one audience, and the sections for everybody."""

    audience: Annotated[Text, AfterValidator(_check_audience)] = Field(alias="public")
    title: Text = Field(alias="titre")
    # The value of the form's field `editions` for this edition (see `SubscriptionForm`).
    value: Text | None = Field(None, alias="valeur")
