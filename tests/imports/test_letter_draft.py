"""A draft from the letter of another tool: headings become those of projects, the rest is told."""

from __future__ import annotations

import pytest

from maille.imports.letter_draft import LetterImport, import_letter
from maille.problems import ContentError

NAMES = {"Four d'essai": "Four d'essai", "Le fournil": "Four d'essai", "Jardin": "Jardin"}
PAGE = """\
<h1>La lettre de mai</h1><p>Bonjour.</p>
<h2>FOUR D’ESSAI</h2><p>Il chauffe, dit
<a href="mailto:camille.exemple@essai.example">camille.exemple@essai.example</a>.</p>
<h2>Jardin : la serre est montée</h2><p>Elle tient.
<a href="https://x.list-manage.com/track/click?u=1">Voir</a></p>
<h2>Jardins</h2><h3>Ailleurs</h3><p>Rien.</p>
<h2>Agenda</h2><p>Lundi.</p>
<h2>Nos partenaires</h2><img src="logo.png" alt="Logo -- un">
<h2>À bientôt</h2>
"""


def read(name: str, text: str) -> LetterImport:
    header = ["brouillon: oui", "mois: 2024-05"]
    return import_letter(name, text.encode(), header, NAMES, ("Agenda",))


def test_headings_are_matched_with_projects() -> None:
    made = read("mai.html", PAGE)
    assert made.text == (
        "---\nbrouillon: oui\nmois: 2024-05\n"
        'titre: "La lettre de mai"\nrubriques: ["Jardins", "Nos partenaires"]\n---\n'
        "Bonjour.\n\n## Four d'essai\n\nIl chauffe, dit\n"
        "[camille.exemple@essai.example](mailto:camille.exemple@essai.example).\n\n"
        "## Jardin\n\n**la serre est montée**\n\nElle tient.\n"
        "[Voir](https://x.list-manage.com/track/click?u=1)\n\n"
        "## Jardins\n\n### Ailleurs\n\nRien.\n\n## Agenda\n\nLundi.\n\n"
        "## Nos partenaires\n\n<!-- Image : Logo – un (logo.png) -->\n"
    )
    assert made.projects == ["Four d'essai", "Jardin"]
    assert made.renamed == {
        "FOUR D’ESSAI": "Four d'essai",
        "Jardin : la serre est montée": "Jardin",
    }
    assert made.others == {"Jardins": "Jardin", "Nos partenaires": ""}
    assert made.empty == ["À bientôt"]


def test_what_the_editor_must_look_at_has_its_line() -> None:
    made = read("mai.html", PAGE)
    lines = made.text.split("\n")
    told = [(lines[number - 1][:12], what.partition(" :")[0]) for number, what in made.to_check]
    assert told == [
        ("[camille.exe", "adresse d'une personne"),
        ("[Voir](https", "ce lien compte les clics"),
        ("<!-- Image :", "image"),
    ]


def test_markdown_of_another_tool_is_read_too() -> None:
    text = (
        "---\ntitle: 'Lettre de mai'\n---\n\n:rocket: Bonjour\n\n"
        "## Four d'essai {: .grand }\n\n![Photo](a.png){: .petit }\n\nChaud. "
        "[La suite](https://e.example/?utm_medium=x)\n\n## Divers\n\n- a\n- b\n"
    )
    made = read("mai.md", text)
    assert made.text.partition("titre")[2] == (
        ': "Lettre de mai"\nrubriques: ["Divers"]\n---\nBonjour\n\n## Four d\'essai\n\n'
        "<!-- Image : Photo (a.png) -->\n\nChaud. [La suite](https://e.example/)\n\n"
        "## Divers\n\n- a\n- b\n"
    )
    assert made.removed == [":rocket:"]
    assert made.cleaned == 1


def test_a_smaller_heading_that_none_is_above_is_as_high() -> None:
    text = read("mai.md", "### Avant\n\na\n\n## Un\n\nb\n\n### Dessous\n\nc\n\n## Deux\n\nd\n").text
    assert [line for line in text.split("\n") if line.startswith("#")] == [
        "## Avant",
        "## Un",
        "### Dessous",
        "## Deux",
    ]


def test_a_title_is_written_as_its_page_shows_it() -> None:
    page = "<h1>5 * 3 &lt; 20</h1><h2>Pain *bis*</h2><p>a</p><h2>Agenda</h2><p>b</p>"
    lines = read("mai.html", page).text.split("\n")
    assert lines[3:5] == ['titre: "5 * 3 < 20"', 'rubriques: ["Pain *bis*"]']
    assert "## Pain \\*bis\\*" in lines


def test_an_image_of_a_quotation_is_a_note_at_the_margin() -> None:
    text = read(
        "mai.html", '<blockquote><p>Beau.</p><img src="a.png" alt="Four"></blockquote>'
    ).text
    assert text.endswith("---\n> Beau.\n\n<!-- Image : Four (a.png) -->\n")


def test_a_former_name_is_the_heading_that_it_was() -> None:
    assert "## Le fournil\n" in read("mai.md", "## Le Fournil\n\nTexte.\n\n## X\n\nY.\n").text


@pytest.mark.parametrize(
    ("name", "data", "hint"),
    [
        ("lettre.docx", b"PK", "enregistrez la page en .html"),
        ("lettre.html", b"x" * (5 * 2**20 + 1), "retirez-en les images"),
        ("lettre.html", b"<b>" * 5_000, "recopiez-en le texte à la main"),
        ("lettre.html", b"%PDF-1.7\n", "enregistrez la page en .html"),
        ("lettre.html", b"\0\1\2", "enregistrez la page en .html"),
        ("lettre.md", b"Subject: a\r\n b\r\nMIME-Version: 1.0\r\n\r\nx", "ouvrez-le dans une"),
        ("lettre.html", b"<p> --- </p>", "donnez le fichier de la lettre"),
    ],
)
def test_what_cannot_be_read_is_refused(name: str, data: bytes, hint: str) -> None:
    with pytest.raises(ContentError) as refused:
        import_letter(name, data, [], NAMES, ())
    assert hint in refused.value.hint


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("cp1252", ""), ("cp1252", "iso-8859-1"), ("iso-8859-15", "iso-8859-15"), ("utf-16", "utf-8")],
)
def test_old_pages_are_not_in_utf_8(encoding: str, named: str) -> None:
    page = f'<meta charset="{named}"><h2>Été</h2><p>10 €</p>'
    text = import_letter("mai.htm", page.encode(encoding), [], NAMES, ()).text
    assert text.endswith("## Été\n\n10 €\n")
