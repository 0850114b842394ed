"""The block of a correction is found whatever mail programs and people make of the text around."""

from __future__ import annotations

import email.message
import email.policy
import textwrap

import pytest

from maille.cli.correction_text import Proposal, read_message, read_proposal
from maille.problems import ContentError

LONG = "Une structure qui relie depuis longtemps les communes - et les autres - d'un pays : " * 3
LINES = [
    "Fiche : catalysers/premier.md",
    "resume [Résumé] avant : Un catalyseur inventé.",
    f"resume [Résumé] après : {LONG.strip()}",
    "adresse [Adresse (numéro et voie)] ajouté : 1 rue de l'Essai",
    "pratiques [Pratiques] retiré : accompagnements",
    "pratiques [Pratiques] ajouté : animation",
    "pratiques [Pratiques] ajouté : essaimage",
    "Autre chose : « Fin » et ; suite",
    "D'où vient l'information : https://exemple.example/une/page?a=b#c",
    "Qui écrit : la structure elle-même",
    "Fin de la correction",
]
TEXT = "\n".join(LINES)
PROPOSAL = Proposal(
    "catalysers/premier.md",
    False,
    {
        "resume": (("Un catalyseur inventé.",), (LONG.strip(),)),
        "adresse": ((), ("1 rue de l'Essai",)),
        "pratiques": (("accompagnements",), ("animation", "essaimage")),
    },
    "https://exemple.example/une/page?a=b#c",
    "« Fin » et ; suite",
    True,
)


def wrap(text: str, width: int = 72) -> str:
    lines = [textwrap.wrap(line, width, break_on_hyphens=False) for line in text.split("\n")]
    return "\n".join(part for parts in lines for part in parts or [""])


SHAPES = {
    "whole": TEXT,
    "with words around": f"Bonjour,\n\n{TEXT}\n\nCordialement,\n-- \nUne personne\nnom : rien",
    "wrapped": wrap(TEXT),
    "quoted": "\n".join(f"> {line}" for line in wrap(TEXT).split("\n")),
    "quoted twice": "\n".join(f">> > {line}" for line in TEXT.split("\n")),
    "answered below": "\n".join(f"> {line}" for line in TEXT.split("\n")) + "\nMerci !",
    "twice, the second quoted": TEXT
    + "\n"
    + "\n".join(f"> {line}" for line in wrap(TEXT).split("\n")),
    "in an issue": f"```text\n{TEXT}\n```\n",
    "carriage returns": TEXT.replace("\n", "\r\n"),
    "curly": TEXT.replace("D'où vient l'info", "D’où vient l’info").replace(" :", "\u00a0:"),
    "blank lines between": "\n\n".join(wrap(TEXT).split("\n")),
    "links written twice": TEXT.replace(
        "https://exemple.example/une/page?a=b#c",
        "https://exemple.example/une/page?a=b#c<https://exemple.example/une/page?a=b#c>",
    ),
    "without its end": TEXT.removesuffix("\nFin de la correction")
    + "\n\nCordialement\nUne personne",
    "flowed": wrap(TEXT).replace("\n", " \n"),
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=[*SHAPES])
def test_the_same_proposal_whatever_the_mail_program_did(text: str) -> None:
    assert read_proposal(text) == PROPOSAL


def test_a_line_of_the_value_that_looks_like_a_bullet_is_of_the_value() -> None:
    widths = range(58, 80)
    assert any(line.startswith("- ") for n in widths for line in wrap(TEXT, n).split("\n"))
    assert all(read_proposal(wrap(TEXT, n)) == PROPOSAL for n in widths)


def test_an_address_cut_in_two_is_joined() -> None:
    url = f"https://exemple.example/{'chemin/' * 12}"
    text = f"Fiche : a/b.md\nsite [Site] ajouté : {url[:60]}\n{url[60:]}\nFin de la correction"
    assert read_proposal(text).changes == {"site": ((), (url,))}


def make_mail(*, html: bool, charset: str = "utf-8") -> bytes:
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    mail["From"], mail["Subject"] = "Une personne <a@exemple.example>", "Correction"
    if html:
        lines = TEXT.replace("&", "&amp;").replace("<", "&lt;").split("\n")
        body = "".join(f"<div>{line}</div>" for line in lines)
        mail.set_content(f"<html><style>x</style><p>Bonjour</p>{body}</html>", subtype="html")
    else:
        mail.set_content(TEXT.replace("…", "..."), charset=charset)
        mail.add_alternative("<p>Bonjour</p>", subtype="html")
        mail.add_attachment(b"x", maintype="image", subtype="png", filename="logo.png")
    return mail.as_bytes()


@pytest.mark.parametrize(
    "data",
    [
        make_mail(html=False),
        make_mail(html=False, charset="iso-8859-15"),
        make_mail(html=True),
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode(),
        TEXT.encode("cp1252"),
        TEXT.encode("utf-16"),
    ],
    ids=["plain", "latin", "html alone", "text", "BOM", "Windows", "UTF-16"],
)
def test_a_message_is_a_text_or_a_mail(data: bytes) -> None:
    assert read_proposal(read_message(data)) == PROPOSAL


def test_without_a_block_or_with_two_it_says_what_to_do() -> None:
    with pytest.raises(ContentError, match="la ligne « Fiche : … » manque"):
        read_proposal("Bonjour,\nvotre fiche est fausse.")
    with pytest.raises(ContentError, match="2 corrections"):
        read_proposal(f"{TEXT}\n{TEXT.replace('premier', 'second')}")
