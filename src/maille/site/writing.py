"""How a visitor writes to the network, according to `site.toml`."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from urllib.parse import urlsplit

from maille.site.config import Config
from maille.text.urls import make_mailto, make_query

# Hosts of GitLab without « gitlab » in their names.
_GITLAB_HOSTS = frozenset({"framagit.org"})


class Way(enum.StrEnum):
    """How a message is sent: from the visitor's mailbox, in a form, or as an issue of a forge."""

    MAIL = "mail"
    FORM = "form"
    ISSUE = "issue"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who receives what visitors write: an e-mail address, or the URL of a form or of a forge."""

    way: Way
    address: str

    @property
    def label(self) -> str:
        """Return the text to show for the address: an e-mail address, or the host of a URL."""
        return self.address if self.way is Way.MAIL else urlsplit(self.address).netloc

    def make_url(self, subject: str, body: str = "") -> str:
        """Return the URL that opens a new message (RFC 6068 for a mail).

        A mail or an issue is prefilled, a form is not. Lines of `body` end with CRLF.
        """
        if self.way is Way.MAIL:
            return make_mailto(self.address, subject, body)
        if self.way is Way.FORM:
            return self.address
        text = body.replace("\r\n", "\n")
        if is_gitlab(self.address):
            asked = make_query(**{"issue[title]": subject, "issue[description]": text})
            return f"{self.address.rstrip('/')}/-/issues/new?{asked}"
        return f"{self.address.rstrip('/')}/issues/new?{make_query(title=subject, body=text)}"


def is_gitlab(repository: str) -> bool:
    """Return whether a forge runs GitLab, whose addresses differ from those of other forges."""
    host = urlsplit(repository).hostname or ""
    return host in _GITLAB_HOSTS or "gitlab" in host


def make_new_file_url(repository: str, folder: str, name: str, text: str) -> str:
    """Return the URL of a forge's page that creates a file, prefilled; "" if the forge has none.

    GitHub, Gitea and its forks have one, here for the branch `main`; GitLab has none.
    """
    root = repository.rstrip("/")
    if is_gitlab(repository):
        return ""
    if urlsplit(repository).hostname == "github.com":
        return f"{root}/new/main?{make_query(filename=f'{folder}/{name}', value=text)}"
    return f"{root}/_new/main/{folder}?{make_query(filename=name, value=text)}"


def find_recipient(config: Config) -> Recipient | None:
    """Return who receives messages: the contact, else the letter's own address, else the forge.

    Return None while `site.toml` names none of them.
    """
    if config.contact:
        is_mail = config.mailbox is not None
        return Recipient(Way.MAIL if is_mail else Way.FORM, config.contact)
    if config.letter.address:
        return Recipient(Way.MAIL, config.letter.address)
    if config.repository:
        return Recipient(Way.ISSUE, config.repository)
    return None
