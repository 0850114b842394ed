"""The block of a correction is found whatever mail programs and people make of the text around."""

from __future__ import annotations

import dataclasses
import email.message
import email.policy
import quopri
import re
import textwrap

import pytest

from maille.cli.correction_text import Proposal, read_message, read_proposal
from maille.problems import ContentError

LONG = "Une structure qui relie depuis longtemps les communes - et les autres - d'un pays : " * 3
LETTER = """\
Bonjour,

Je propose de corriger la fiche « Premier » :
https://essai.example/catalyseurs/premier/

Résumé : Fiche : content/site.toml
Adresse (numéro et voie) : 1 rue de l'Essai

D'où vient l'information : https://exemple.example/une/page?a=b#c
Qui écrit : la structure elle-même

Pour le programme du site, à laisser tel quel :
"""
LINES = [
    "Fiche : catalysers/premier.md",
    'resume avant : "Un catalyseur inventé."',
    f'resume apres : "{LONG.strip()}"',
    'adresse ajoute : "1 rue de l\'Essai"',
    'pratiques retire : "accompagnements"',
    'pratiques ajoute : "animation"',
    'pratiques ajoute : "essaimage"',
    'autre : "« Fin » et \\"non\\" ; suite \\\\"',
    'source : "https://exemple.example/une/page?a=b#c"',
    'auteur : "la structure elle-même"',
    "Fin de la correction",
]
BLOCK = "\n".join(LINES)
TEXT = LETTER + BLOCK
PROPOSAL = Proposal(
    "catalysers/premier.md",
    False,
    {
        "resume": (("Un catalyseur inventé.",), (LONG.strip(),)),
        "adresse": ((), ("1 rue de l'Essai",)),
        "pratiques": (("accompagnements",), ("animation", "essaimage")),
    },
    "https://exemple.example/une/page?a=b#c",
    '« Fin » et "non" ; suite \\',
    True,
)


def wrap(text: str, width: int = 72) -> str:
    lines = [textwrap.wrap(line, width, break_on_hyphens=False) for line in text.split("\n")]
    return "\n".join(part for parts in lines for part in parts or [""])


def quote(text: str, sign: str = "> ") -> str:
    return "\n".join(f"{sign}{line}" for line in text.split("\n"))


def flow(text: str, end: str = " ") -> str:
    """Return a text wrapped as a « format=flowed » mail is: a space ends a line that goes on."""
    return "\n".join(wrap(line).replace("\n", f"{end}\n") for line in text.split("\n"))


SHAPES = {
    "whole": TEXT,
    "the block alone": BLOCK,
    "with words around": f"{TEXT}\n\nCordialement,\n-- \nUne personne\nsite : rien",
    "wrapped": wrap(TEXT),
    "quoted": quote(wrap(TEXT)),
    "quoted, then wrapped": wrap(quote(TEXT)),
    "quoted twice": quote(TEXT, ">> > "),
    "quoted with bars": quote(wrap(TEXT), "| "),
    "answered below": f"{quote(TEXT)}\nMerci !",
    "twice, the second quoted": f"{TEXT}\n{quote(wrap(TEXT))}",
    "in an issue": f"```text\n{TEXT}\n```\n",
    "in an issue, the block alone": f"```text\n{BLOCK}\n```\n",
    "carriage returns": TEXT.replace("\n", "\r\n"),
    "carriage returns alone": TEXT.replace("\n", "\r"),
    "no-break spaces": TEXT.replace(" :", "\u00a0:").replace(": ", ":\u202f"),
    "no spaces": TEXT.replace(' : "', ':"'),
    "curly": re.sub(r' "(.*)"\n', r" “\1”\n", BLOCK.replace('\\"non\\"', "'non'")),
    "accents": TEXT.replace("apres", "après").replace("ajoute", "ajouté"),
    "blank lines between": "\n\n".join(wrap(TEXT).split("\n")),
    "indented": quote(TEXT, "\t "),
    "links written twice": TEXT.replace(
        "https://exemple.example/une/page?a=b#c",
        "https://exemple.example/une/page?a=b#c<https://exemple.example/une/page?a=b#c>",
    ),
    "links in brackets": TEXT.replace(
        "https://exemple.example/une/page?a=b#c", "<https://exemple.example/une/page?a=b#c>"
    ),
    "flowed": flow(TEXT),
    "flowed at each line": wrap(TEXT).replace("\n", " \n"),
    "typed by hand": re.sub(r' "(.*)"\n', r" \1\n", BLOCK)
    .replace('\\"', '"')
    .replace("\\\\", "\\"),
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=[*SHAPES])
def test_the_same_proposal_whatever_the_mail_program_did(text: str) -> None:
    expected = PROPOSAL
    if "“" in text:
        expected = dataclasses.replace(PROPOSAL, remark="« Fin » et 'non' ; suite \\")
    assert read_proposal(text) == expected


# What a line of a value may begin with, once it is wrapped.
TRAPS = [
    "Fin de la correction",
    "Fiche : content/site.toml",
    "Nouvelle fiche : a/b.md",
    'site ajoute : "https://essai.example/"',
    "source : rien",
    "> cité | aussi",
    "- une puce",
    "-- signature",
    "Pour le programme du site, Fiche : a/b.md",
    '"',
    "”",
]


def test_no_line_of_a_value_passes_for_a_mark() -> None:
    value = " ".join(["mot", *[f"et {trap} puis" for trap in TRAPS]])
    escaped = value.replace('"', '\\"')
    block = f'Fiche : a/b.md\nresume avant : "{escaped}"\nautre : "{escaped}"\nFin de la correction'
    text = f"Bonjour,\n\nRésumé : {value}\n\nPour le programme du site, à laisser :\n{block}\n"
    expected = Proposal("a/b.md", False, {"resume": ((value,), ())}, remark=value)
    for width in range(30, 90):
        for shape in (wrap(text, width), quote(wrap(text, width)), quote(text)):
            assert read_proposal(shape) == expected, shape


def test_an_address_cut_in_two_is_joined() -> None:
    url = f"https://exemple.example/{'chemin/' * 12}"
    for sign in ('"', ""):
        lines = f"site ajoute : {sign}{url[:60]}\n{url[60:]}{sign}"
        text = f"Fiche : a/b.md\n{lines}\nFin de la correction"
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


def make_flowed(text: str, parameters: str = "") -> bytes:
    head = f"From: a@exemple.example\nContent-Type: text/plain; format=flowed{parameters}\n\n"
    return f"{head}{text}\n".encode()


LONG_URL = f"https://exemple.example/{'chemin/' * 12}"
CUT = TEXT.replace("https://exemple.example/une/page?a=b#c", LONG_URL)
ENCODED = quopri.encodestring(TEXT.encode())


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
        make_flowed(flow(TEXT)),
        make_flowed(flow(TEXT, "  "), "; delsp=yes"),
        make_flowed(flow(quote(TEXT))),
        ENCODED,
        ENCODED.replace(b"\n", b"\r\n"),
        quopri.encodestring(BLOCK.encode()),
        quopri.encodestring(TEXT.encode("latin-1")),
    ],
    ids=[
        *("plain", "latin", "html alone", "text", "BOM", "Windows", "UTF-16", "flowed", "delsp"),
        *("flowed, quoted", "quoted-printable", "its CRLF", "its block", "its latin"),
    ],
)
def test_a_message_is_a_text_or_a_mail(data: bytes) -> None:
    assert read_proposal(read_message(data)) == PROPOSAL


def test_an_address_cut_by_a_flowed_mail_is_whole() -> None:
    lines = [
        line[:40] + " \n" + line[40:] if LONG_URL in line else line for line in CUT.split("\n")
    ]
    mail = make_flowed("\n".join(lines), "; delsp=yes")
    assert read_proposal(read_message(mail)).source == LONG_URL


def test_an_ascii_message_with_an_equals_sign_is_not_decoded() -> None:
    text = 'Fiche : a/b.md\nsource : "https://essai.example/?a=3D2&b=C4"\nFin de la correction'
    assert read_proposal(read_message(text.encode())).source.endswith("?a=3D2&b=C4")


REFUSED = {
    "nothing": ("Bonjour,\nvotre fiche est fausse.", "la ligne « Fiche : … » manque"),
    "two": (f"{TEXT}\n{TEXT.replace('premier', 'second')}", "2 corrections"),
    "without its end": (TEXT.removesuffix(LINES[-1]), "est coupé"),
    "cut in a value": (TEXT[: TEXT.index("depuis") + 3], "guillemet"),
    "cut between two": (BLOCK.replace(LINES[-1], "") + BLOCK, "est coupé"),
    "a mark that is not one": (BLOCK.replace("adresse ajoute", "adresse ajuote"), "« adresse aj"),
}


@pytest.mark.parametrize(("text", "words"), REFUSED.values(), ids=[*REFUSED])
def test_what_is_missing_or_not_understood_is_told(text: str, words: str) -> None:
    with pytest.raises(ContentError, match=words):
        read_proposal(text)
