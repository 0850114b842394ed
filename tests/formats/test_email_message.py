from __future__ import annotations

import datetime
import email
import email.policy
import random
import re
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

import fast_mail_parser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.formats.email_message import Mail, Mailbox, mark_as_draft, read_subject, write_message
from tests.doses import MAILS

DATE = datetime.datetime(2026, 12, 1, 8, tzinfo=datetime.UTC)
ADDRESS = "lettre@reseau.example"
TOKEN = "0123456789abcdef" * 4

LONG = "Communauté-d'agglomération-de-l'Étampois-Sud-Essonne-et-d'ailleurs-encore"
# What French subjects and names are made of, and what a reader of headers may stumble on.
WORDS = (
    "Lettre",
    "d’août",
    "décembre",
    "l'Épicerie",
    "des",
    "idées",
    "«",
    "»",
    ":",
    ";",
    "!",
    "?",
    "—",
    "où",
    "œuvre",
    "Æ",
    "2026",
    "12",
    "%",
    "€",
    "nº",
    "n°",
    "(suite)",
    "naïve…",
    "ÊTRE",
    "COP'O",
    "état/100",
    "Recycl'Aide80",
    '"cité"',
    "a\\b",
    "a,b",
    "<x@y>",
    "=?utf-8?q?faux?=",
    "=?",
    "_a_",
    "a=b",
    "😀",
    "From",
    LONG,
)


def drawn(seed: int) -> tuple[str, str]:
    """Return a subject and a name, the same for the same number."""
    luck = random.Random(seed)
    gap = luck.choice((" ", " ", "\u00a0", "\u202f", "  "))
    subject = gap.join(luck.choices(WORDS, k=luck.randint(1, 18)))
    return subject, " ".join(luck.choices(WORDS, k=luck.randint(1, 12)))


def mail(subject: str = "Lettre", name: str = "Réseau", **other: object) -> Mail:
    """Return a mail, with what is given in place of the rest."""
    given = {"text": "Bonjour\n", "html": "<p>Bonjour</p>\n", **other}
    sender = Mailbox(name, ADDRESS)
    return Mail(subject, sender, DATE, "2026-12@reseau.example", **given)  # type: ignore[arg-type]


def opened(data: bytes) -> EmailMessage:
    """Return the mail as the standard library reads it."""
    found = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


def unfolded(value: str) -> str:
    """Return what a header says, as the standard library's older reader has it."""
    return str(make_header(decode_header(value.replace("\r\n", ""))))


def header_of(data: bytes) -> bytes:
    return data.partition(b"\r\n\r\n")[0]


def assert_short(head: bytes) -> None:
    assert head.isascii()
    assert max(map(len, head.split(b"\r\n"))) <= 998
    words = re.findall(rb"=\?utf-8\?[bq]\?[^?]*\?=", head)
    assert all(len(word) <= 75 for word in words)


def test_subjects_and_names_are_read_back_by_two_readers() -> None:
    for seed in range(MAILS):
        subject, name = drawn(seed)
        data = write_message(mail(subject, name))
        theirs = fast_mail_parser.parse_email(data)
        ours = email.message_from_bytes(header_of(data))
        assert theirs.subject == unfolded(ours["Subject"]) == subject
        assert unfolded(parseaddr(ours["From"].replace("\r\n", ""))[0]) == name
        shown = theirs.headers["From"][0].removesuffix(f" <{ADDRESS}>")
        assert name in (shown, re.sub(r"\\(.)", r"\1", shown[1:-1])), shown
        assert_short(header_of(data))


def test_the_newer_reader_of_the_library_reads_them_too() -> None:
    for seed in range(MAILS // 20):
        subject, name = drawn(seed)
        found = opened(write_message(mail(subject, name)))
        assert str(found["Subject"]) == subject
        # It leaves a space between two encoded words of a name: not within a word that one of
        # these can hold.
        shown = found["From"].addresses[0].display_name
        assert LONG in name or re.sub(" +", " ", shown) == name


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=300))
def test_both_parts_are_read_back(words: str) -> None:
    written = words.replace("\u2028", "").replace("\u2029", "")
    text, html = f"{written}\nFrom là\n.\n", f"<p>{written}</p>\n"
    data = write_message(mail(text=text, html=html))
    # Lines of mail end by CRLF.
    parts = [part.get_content().replace("\r\n", "\n") for part in opened(data).iter_parts()]
    assert parts == [text, html]
    assert fast_mail_parser.parse_email(data).text_plain[0].replace("\r\n", "\n") == text


def test_the_body_is_quoted_printable_in_short_lines() -> None:
    data = write_message(mail(text="é" * 5_000, html="<p>" + "à" * 20_000 + "</p>"))
    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert [p["Content-Transfer-Encoding"] for p in opened(data).iter_parts()] == [
        "quoted-printable"
    ] * 2
    assert data.isascii()
    assert b"\nFrom " not in write_message(mail(text="a\nFrom moi"))


def test_the_ways_to_leave_are_written_as_they_are() -> None:
    ways = (f"https://lettre.example/sortir?jeton={TOKEN}", f"mailto:sortir@x.example?{TOKEN}")
    data = write_message(mail(unsubscribe=ways, one_click=True))
    line = f"List-Unsubscribe: <{ways[0]}>, <{ways[1]}>".encode()
    assert line in header_of(data).split(b"\r\n")
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in data
    assert b"List-Unsubscribe-Post" not in write_message(mail(unsubscribe=ways))
    assert b"List-Unsubscribe" not in write_message(mail())


def test_to_and_the_archive_of_the_list_are_told() -> None:
    archive = "https://essai.example/lettres/"
    found = opened(write_message(mail(to=Mailbox("Réseau d'été", ADDRESS), archive=archive)))
    (to,) = found["To"].addresses
    assert (to.display_name, to.addr_spec) == ("Réseau d'été", ADDRESS)
    assert found["List-Archive"] == f"<{archive}>"
    plain = opened(write_message(mail()))
    assert not {"To", "List-Archive", "X-Unsent"} & {*plain.keys()}


@pytest.mark.parametrize("subject", ["Lettre", "L'été : où ?", "é" * 200, " a  b "])
def test_a_draft_is_the_same_message_with_one_header_more(subject: str) -> None:
    data = write_message(mail(subject))
    draft = mark_as_draft(data)
    assert opened(draft)["X-Unsent"] == "1"
    assert draft.endswith(data)
    assert read_subject(draft) == read_subject(data) == subject


def test_headers_say_who_when_and_in_what_language() -> None:
    reply, list_id = Mailbox("", "contact@x.example"), Mailbox("La lettre", "lettre.x.example")
    found = opened(write_message(mail(reply_to=reply, list_id=list_id)))
    assert found["Date"].datetime == DATE
    assert found["From"].addresses[0].addr_spec == "lettre@reseau.example"
    assert found["Reply-To"].addresses[0].addr_spec == "contact@x.example"
    assert found["List-Id"] == "La lettre <lettre.x.example>"
    assert found["Message-ID"] == "<2026-12@reseau.example>"
    assert found["Content-Language"] == "fr"
    assert found.get_content_type() == "multipart/alternative"


def test_the_same_mail_gives_the_same_bytes() -> None:
    assert write_message(mail("Été", "Nº 1")) == write_message(mail("Été", "Nº 1"))
    assert write_message(mail(text="a")) != write_message(mail(text="b"))


@pytest.mark.parametrize(
    "wrong",
    [
        mail("Lettre\r\nBcc: x@y.example"),
        mail("Lettre\n suite"),
        mail(name="Nom\u2028"),
        mail(unsubscribe=("https://x.example/a b",)),
        mail(unsubscribe=("https://x.example/>,<mailto:y",)),
        mail(reply_to=Mailbox("", "é@x.example")),
    ],
)
def test_what_would_forge_a_header_is_refused(wrong: Mail) -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        write_message(wrong)
