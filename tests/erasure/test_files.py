"""A name goes out of the bytes of each format, and the file stays what it was."""

from __future__ import annotations

import base64
import datetime
import email
import email.policy
import io
import json
import zipfile

import icalendar
import pytest
import yaml

from maille.erasure.files import count_in_file, erase_file
from maille.erasure.words import Eraser
from maille.formats.email_message import Mail, Mailbox, write_message

ERASER = Eraser("Amélie Exemple", datetime.date(2026, 11, 30), "https://reseau.example/")
MARKER = ERASER.marker
DOCUMENT = """\
---
# Amélie Exemple l'a dit
titre: "Le mot d'Amélie Exemple: suite"
auteurs: [Amélie Exemple, {nom: amelie exemple, role: présidente}]
fiche: amelie-exemple
courriel: amelie.exemple@exemple.fr
resume: >-
  Ce qu'en dit Amélie
  Exemple.
plus: Un mot
  d'Amélie
  Exemple
---
## Amélie Exemple

**Amélie** Exemple (<amelie.exemple@exemple.fr>).
"""


def test_a_document_stays_one_with_its_values() -> None:
    done = erase_file("a.md", DOCUMENT.encode(), ERASER).decode()
    _, header, body = done.split("---\n", 2)
    assert yaml.safe_load(header) == {
        "titre": f"Le mot d'{MARKER}: suite",
        "auteurs": [MARKER, {"nom": MARKER, "role": "présidente"}],
        "fiche": ERASER.slug,
        "courriel": "",
        "resume": f"Ce qu'en dit {MARKER}.",
        "plus": f"Un mot d'{MARKER}",
    }
    assert header.startswith(f"# {MARKER} l'a dit\n")
    assert body == f"## {MARKER}\n\n**{MARKER}** ({MARKER}).\n"
    assert count_in_file("a.md", done.encode(), ERASER) == 0


def test_lines_and_marks_that_do_not_hold_the_name_stay_to_the_byte() -> None:
    data = (
        b"\xef\xbb\xbf---\r\nnom: Am\xc3\xa9lie Exemple\r\nautre:   'x'  # y\r\n---\r\nTexte.\r\n"
    )
    done = erase_file("a.md", data, ERASER)
    assert done == data.replace("Amélie Exemple".encode(), f'"{MARKER}"'.encode())
    assert erase_file("a.md", b"---\nnom: [\n---\n", ERASER) == b"---\nnom: [\n---\n"


def test_a_vocabulary_and_a_setting() -> None:
    text = "termes:\n  - {cle: amelie-exemple, nom: Amélie Exemple}\n"
    done = yaml.safe_load(erase_file("v.yaml", text.encode(), ERASER))
    assert done == {"termes": [{"cle": ERASER.slug, "nom": MARKER}]}
    text = '"/catalyseurs/amelie-exemple/" = {parti_le = 2026-11-30, nom = "Amélie Exemple"}\n'
    done = erase_file("content/adresses.toml", text.encode(), ERASER).decode()
    assert done == f'"/catalyseurs/{ERASER.slug}/" = {{parti_le = 2026-11-30, nom = "{MARKER}"}}\n'


def make_mail(encoding: str) -> bytes:
    if encoding == "ours":
        return write_message(
            Mail(
                "Une rencontre avec Amélie Exemple, puis une autre assez longue pour être pliée",
                Mailbox("Amélie Exemple", "amelie.exemple@exemple.fr"),
                datetime.datetime(2026, 11, 30, 8, tzinfo=datetime.UTC),
                "lettre@exemple.fr",
                "Bonjour,\n\nAmélie\nExemple parle.\n",
                '<p><b>Amélie</b> Exemple <a href="mailto:amelie.exemple@exemple.fr">écrit</a></p>',
            )
        )
    body = base64.encodebytes("Amélie Exemple".encode(encoding)).decode()
    return (
        f"From: =?{encoding}?B?{base64.b64encode('Amélie Exemple'.encode(encoding)).decode()}?= "
        "<a@exemple.fr>\r\nSubject: Un mot\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/plain; charset={encoding}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        f"{body}"
    ).encode("ascii")


@pytest.mark.parametrize("encoding", ["ours", "utf-8", "iso-8859-1"])
def test_a_mail_is_decoded_erased_and_encoded_again(encoding: str) -> None:
    data = make_mail(encoding)
    assert count_in_file("a.eml", data, ERASER) >= 2
    done = erase_file("a.eml", data, ERASER)
    assert count_in_file("a.eml", done, ERASER) == 0
    message = email.message_from_bytes(done, policy=email.policy.default)
    assert not message.defects
    text = message.get_body(("plain",))
    assert text
    assert MARKER in text.get_content()
    assert "Exemple" not in str(message["from"])
    assert "exemple@" not in str(message["from"])
    assert done.count(b"\n") == done.count(b"\r\n")


def test_a_mail_without_the_name_is_untouched() -> None:
    data = make_mail("ours")
    assert erase_file("a.eml", data, Eraser("Camille Autre", ERASER.day)) == data


def test_a_calendar_is_unfolded_and_folded() -> None:
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:1",
        "DTSTAMP:20261130T000000Z", "DTSTART:20261201T000000Z",
        "SUMMARY:Une rencontre dont le titre est assez long pour qu'Am",
        " élie Exemple y soit pliée",
        "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    data = "\r\n".join(lines).encode()
    assert count_in_file("a.ics", data, ERASER) == 1
    done = erase_file("a.ics", data, ERASER)
    assert count_in_file("a.ics", done, ERASER) == 0
    assert all(len(line) <= 75 for line in done.split(b"\r\n"))
    (event,) = icalendar.Calendar.from_ical(done).walk("VEVENT")
    assert str(event["SUMMARY"]).endswith(f"pour qu'{MARKER} y soit pliée")


def test_the_record_of_a_seal_stays_a_record() -> None:
    record = {
        "parties": [{"title": "Amélie Exemple", "anchor": "amelie-exemple", "html": "<p><a "
                     'href="https://x.fr/amelie-exemple">Amélie</a> <b>Amélie</b> Exemple</p>'}],
        "images": {"content/images/amelie-exemple.png": "ab12"},
    }  # fmt: skip
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    done = json.loads(erase_file("x/sceau.json", text.encode(), ERASER))
    (part,) = done["parties"]
    assert (part["title"], part["anchor"]) == (MARKER, ERASER.slug)
    assert part["html"] == f"<p>Amélie <b>{MARKER}</b></p>"
    assert done["images"] == {f"content/images/{ERASER.slug}.png": "ab12"}


def test_what_is_not_text_is_counted_and_left() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("feuille.xml", "<t>Amélie Exemple</t>")
    for data in (made.getvalue(), b"\x89PNG\0Am\xc3\xa9lie Exemple", b"\0\0Am\xe9lie Exemple"):
        assert count_in_file("a.bin", data, ERASER) >= 1
        assert erase_file("a.bin", data, ERASER) == data


def test_an_old_encoding_is_kept() -> None:
    done = erase_file("a.txt", "été : Amélie Exemple".encode("cp1252"), ERASER)
    assert done == f"été : {MARKER}".encode("cp1252")
