"""Addresses that readers cannot open: of a machine, a closed network, a preview, a back office."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from maille.text.patterns import compile_late

# The ends of host names that the public DNS does not have (RFC 2606, 6761, 6762, 8375, ICANN's
# `internal`, and the usual names in offices and homes).
_CLOSED_ENDINGS = frozenset(
    [
        "corp",
        "domain",
        "home",
        "internal",
        "intranet",
        "invalid",
        "lan",
        "local",
        "localdomain",
        "localhost",
        "private",
        "test",
        "workgroup",
    ]
) | {"home.arpa"}
# Hosts of previews and of tunnels, which are taken down after a while.
_PREVIEWS = compile_late(
    r".+--[\w-]+\.netlify\.app|.+-git-[\w-]+\.vercel\.app|[0-9a-f]{8}\.[\w-]+\.pages\.dev"
    r"|.+\.(?:ngrok(?:-free)?\.(?:io|app|dev)|trycloudflare\.com|loca\.lt|serveo\.net|gitpod\.io"
    r"|app\.github\.dev|githubpreview\.dev|csb\.app|webcontainer\.io|(?:nip|sslip|xip)\.io)"
)
_WEB = r"https?://[^\s<>«»\"'`|()\[\]{}]+"
_WEB_ADDRESS = compile_late(_WEB, re.ASCII)
_ADDRESS = compile_late(rf"{_WEB}|(?<![\w.+-])[\w.+-]{{1,64}}@[\w-]+(?:\.[\w-]+)+", re.ASCII)

ONE_MACHINE = "n'existe que sur l'ordinateur de qui l'a tapée"
CLOSED_NETWORK = "n'existe que dans un réseau fermé"
PREVIEW = "est une adresse d'essai, qui ne reste pas en ligne"
BACK_OFFICE = "ne s'ouvre qu'avec le compte de qui gère ce site"
REMEDY = "écrivez …, l'adresse que tout le monde peut ouvrir"


def explain_private(address: str) -> str:
    """Return, in French, why readers cannot use a web or e-mail address, or "" if they can.

    The result is one of the four constants above. A text that is not such an address gives "".
    """
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"}:
        mailbox = re.fullmatch(r"(?:mailto:)?[^\s@:/?]+@([^\s@:/?]+)(?:\?.*)?", address.strip())
        host = mailbox[1].lower() if mailbox else ""
        return _explain_host(host)
    if reason := _explain_host(host):
        return reason
    if "/wp-admin/" in parts.path:
        return BACK_OFFICE
    return PREVIEW if parse_qs(parts.query).get("preview") == ["true"] else ""


def find_private(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield (offset, address, reason in French) for each address that readers cannot open."""
    if "://" not in text and "@" not in text:
        return
    # Without « @ », mailboxes are not looked for: their pattern would be tried at every word.
    for found in (_ADDRESS if "@" in text else _WEB_ADDRESS).finditer(text):
        address = found[0].rstrip(".,;:!?*_")
        if reason := explain_private(address):
            yield found.start(), address, reason


def _explain_host(host: str) -> str:
    if not host:
        return ""
    if number := _read_number(host):
        if number.is_loopback or number.is_unspecified:
            return ONE_MACHINE
        return "" if number.is_global and not number.is_multicast else CLOSED_NETWORK
    labels = host.split(".")
    if labels[-1] == "localhost":
        return ONE_MACHINE
    if not labels[-1].strip("…"):  # « https://… » stands for any address
        return ""
    if len(labels) == 1 or {labels[-1], ".".join(labels[-2:])} & _CLOSED_ENDINGS:
        return CLOSED_NETWORK
    return PREVIEW if _PREVIEWS.fullmatch(host) else ""


def _read_number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the IP address that browsers read in `host`, or None; « 127.1 » is 127.0.0.1."""
    if not re.search(r"[0-9a-f.:]", host[-1]):
        return None
    try:
        number = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        try:
            return ipaddress.ip_address(socket.inet_aton(host))
        except OSError:
            return None
    mapped = number.ipv4_mapped if isinstance(number, ipaddress.IPv6Address) else None
    return mapped or number
