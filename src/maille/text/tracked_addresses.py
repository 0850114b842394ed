"""Find addresses that track or name the reader of the mail that they were copied from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

from maille.text.patterns import compile_late
from maille.text.urls import list_web_addresses

# Parameters that identify one reader, or one click.
_READER_KEYS = frozenset(
    (
        *("__hsfp", "__hssc", "__hstc", "_hsenc", "_hsmi", "hsctatracking"),  # HubSpot
        *("__s", "vgo_ee", "_kx", "_ke"),  # Drip, ActiveCampaign, Klaviyo
        *(
            "bsft_uid",
            "ck_subscriber_id",
            "mc_eid",
            "mkt_tok",
        ),  # Blueshift, Kit, Mailchimp, Marketo
        *("ml_subscriber", "ml_subscriber_hash", "ss_email_id"),  # MailerLite, SharpSpring
        *("oly_anon_id", "oly_enc_id", "vero_conv", "vero_id"),  # Omeda, Vero
        *("at_recipient_id", "et_rid", "sc_uid", "trk_contact", "elqtrackid"),
        # The identifiers that advertisements add to each click.
        *("dclid", "fbclid", "gbraid", "gclid", "igsh", "igshid", "li_fat_id", "msclkid"),
        *("rb_clickid", "ttclid", "twclid", "wbraid", "wickedid", "yclid"),
        *("subscriber_id", "recipient_id"),
    )
)
# Hosts of mailing services → their own parameters that identify one reader. On other hosts, such
# short names mean other things.
_READER_KEYS_OF = (
    (r"mailchi\.mp|(?:.+\.)?(?:campaign-archive\d*|list-manage\d*)\.com", {"e"}),
    (r"(?:.+\.)?substack\.com", {"token", "r"}),
)
# Hosts of calendars: the e-mail address in a URL is the name of a calendar, not that of a reader.
_NAMED_BY_MAILBOX = frozenset(("calendar.google.com", "www.google.com", "outlook.office365.com"))
_MAILBOX = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")

# The characters that stay unescaped in an address extracted from another one.
_SAFE = "%:/?#@!$&'*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Tracking:
    """How an address tracks its reader, in French, and the address to use instead, or ""."""

    cause: str
    address: str = ""


def find_tracking(address: str) -> Tracking | None:
    """Return how a web address tracks or names a reader, or None if it does not.

    The address to use is the target of the mail filter or redirection, "" if it cannot be read. For
    any other address, it is `address` without the parameters that identify a reader.
    """
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    for wrapper in _WRAPPERS if _WRAPPING_HOST.fullmatch(host) else ():
        if re.fullmatch(wrapper.host, host) and re.match(wrapper.path, parts.path):
            within = quote(wrapper.unwrap(parts), safe=_SAFE)
            further = find_tracking(within) if _is_web(within) else None
            real = further.address if further and further.address else within
            return Tracking(wrapper.cause, real if _is_web(real) else "")
    return None if host in _NAMED_BY_MAILBOX else _find_reader(parts)


def _is_web(address: str) -> bool:
    return bool(re.fullmatch(r"https?://[^\s/?#]+\.[^\s/?#]+(?:[/?#]\S*)?", address))


def _find_reader(parts: SplitResult) -> Tracking | None:
    """Return how parameters of an address identify a reader, or None if none of them does."""
    if not parts.query:
        return None
    items = parts.query.split("&")
    named = [item for item in items if _MAILBOX.search(_decode_fully(item))]
    host = (parts.hostname or "").lower()
    own = {key for name, keys in _READER_KEYS_OF if re.fullmatch(name, host) for key in keys}
    keys = _READER_KEYS | own
    counted = [item for item in items if item.partition("=")[0].lower() in keys]
    if not (named or counted):
        return None
    kept = "&".join(item for item in items if item not in {*named, *counted})
    clean = parts._replace(query=kept).geturl()
    if named:
        mailbox = _MAILBOX.search(_decode_fully(named[0]))
        assert mailbox
        return Tracking(f"porte l'adresse électronique {mailbox[0]}", clean)
    return Tracking(f"porte la marque d'un lecteur ({counted[0].partition('=')[0]})", clean)


def _decode_fully(text: str) -> str:
    """Return a part of a query without percent-encoding, single or double; « + » is a space."""
    return unquote(unquote(text.replace("+", " ")))


# --- Mail filters and redirections ---------------------------------------------------------------


def _read_parameter(*names: str) -> Callable[[SplitResult], str]:
    """Return a function that takes a URL and returns a parameter's value, or "" if there is none.

    The parameter is the first of `names` that the URL has.
    """

    def read(parts: SplitResult) -> str:
        given = parse_qs(parts.query)
        return next((given[name][0] for name in names if name in given), "")

    return read


def _read_proofpoint(parts: SplitResult) -> str:
    """Return the address that a Proofpoint URL has in its path (v3) or in a parameter.

    If it is incomplete or absent, return "".
    """
    if found := re.search(r"/v3/__(https?:/)/?([^/].*?)__;", parts.geturl()):
        whole = f"{found[1]}/{found[2]}"
        return "" if "*" in whole else whole  # characters after « ; » replace the stars
    typed = _read_parameter("u")(parts)
    if parts.path.startswith("/v2/"):
        typed = unquote(typed.replace("-", "%").replace("_", "/"))
    return typed


def _read_end(parts: SplitResult) -> str:
    """Return the address at the end of another one, percent-encoded or not; "" if there is none."""
    found = re.search(r"[^:]/(https?(?::|%3A).+)$", parts.geturl(), re.IGNORECASE)
    return unquote(found[1]) if found else ""


_read_nothing = _read_parameter()  # only the service knows the target


@dataclass(frozen=True, slots=True)
class _Wrapper:
    """A service that wraps addresses in its own: patterns of its host and path, and the cause.

    `unwrap` returns the address that was wrapped, or "" if it cannot be read.
    """

    host: str
    path: str
    cause: str
    unwrap: Callable[[SplitResult], str] = _read_nothing


_FILTER = "est celle d'un filtre de courriels, faite pour la personne qui a reçu le message"
_CLICKS = "compte les clics d'une personne, celle qui a reçu la lettre d'où elle vient"
_DETOUR = "passe par un site qui note les clics"

_WRAPPERS = (
    _Wrapper(r".*\bsafelinks\.protection\.outlook\.(?:com|us|cn)", "", _FILTER,
             _read_parameter("url")),
    _Wrapper(r"statics\.teams\.cdn\.office\.net", r".*safelinks", _FILTER, _read_parameter("url")),
    _Wrapper(r"urldefense(?:\.proofpoint)?\.(?:com|us)", r"/v\d/", _FILTER, _read_proofpoint),
    _Wrapper(r"protect(?:-\w+)?\.mimecast\.com|(?:\w+\.)*mimecastprotect\.com", "", _FILTER),
    _Wrapper(r"linkprotect\.cudasvc\.com", "", _FILTER, _read_parameter("a")),
    _Wrapper(r"secure-web\.cisco\.com", "", _FILTER, _read_end),
    _Wrapper(r"clicktime\.symantec\.com", "", _FILTER, _read_parameter("u")),
    _Wrapper(r"url\d*\.emailprotection\.link|(?:\w+\.)*inky\.com", "", _FILTER),
    _Wrapper(r".+\.list-manage\d*\.com", r"/track/", _CLICKS),
    _Wrapper(r".+\.(?:mjt\.lu|sendibm\d\.com|sendibt\d\.com)", "", _CLICKS),
    _Wrapper(r"(?:u\d+\.)?ct\.sendgrid\.net", "", _CLICKS),
    _Wrapper(r"(?:www\.)?google\.[a-z.]+", r"/url$", _DETOUR, _read_parameter("q", "url")),
    _Wrapper(r"(?:lm?|m)\.facebook\.com|l\.instagram\.com", r"/(?:l\.php)?$", _DETOUR,
             _read_parameter("u")),
    _Wrapper(r"(?:www\.)?linkedin\.com", r"/(?:safety/go|redir/redirect)", _DETOUR,
             _read_parameter("url")),
    _Wrapper(r"(?:www\.)?youtube\.com", r"/redirect$", _DETOUR, _read_parameter("q")),
)  # fmt: skip

_WRAPPING_HOST = compile_late("|".join(wrapper.host for wrapper in _WRAPPERS))

# Parameters that say from which campaign a reader comes.
_CAMPAIGN = re.compile(
    r"(?:utm|mc|pk|mtm|piwik|matomo|at|hsa)_\w+|_ga|_gl|xtor|ref_?src", re.IGNORECASE
)


def strip_tracking(address: str) -> str:
    """Return a web address without the parameters that identify a reader or a campaign.

    A redirection becomes its target, unless the target cannot be read.
    """
    tracking = find_tracking(address)
    if tracking:
        address = tracking.address or address
    if not _is_web(address):
        return address
    parts = urlsplit(address)
    items = parts.query.split("&") if parts.query else []
    kept = [item for item in items if not _CAMPAIGN.fullmatch(item.partition("=")[0])]
    return address if kept == items else parts._replace(query="&".join(kept)).geturl()


def describe_remedy(tracking: Tracking) -> str:
    """Return what to type instead of a tracked address, in French."""
    if not tracking.address:
        return "ouvrez ce lien, et remplacez-le par l'adresse de la page où il mène"
    return f"écrivez {tracking.address}"


def find_tracked(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the offset, the cause and the remedy of each tracked address in a text."""
    for offset, address in list_web_addresses(text):
        if tracking := find_tracking(address):
            yield offset, f"cette adresse {tracking.cause}", describe_remedy(tracking)
