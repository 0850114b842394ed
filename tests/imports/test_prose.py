"""A text of a cell is shown as it is: no sign of it is Markdown, and its lines stay."""

from __future__ import annotations

import html
import re

import pytest

from maille.content.markdown import Converter
from maille.imports.prose import write_prose

CONVERTER = Converter()


def show(text: str) -> str:
    """Return the words and the lines that a reader sees of a text of a cell."""
    body = CONVERTER.convert(write_prose(text))
    assert body.problems == ()
    shown = re.sub(
        r"<br ?/?>\n?|</p>\n<p>|</li>\n<li>|</p>\n<ul>\n<li>|</li>\n</ul>\n<p>", "\n", body.html
    )
    return html.unescape(re.sub(r"<[^>]*>", "", shown)).strip()


@pytest.mark.parametrize(
    "text",
    [
        "Une phrase.",
        "Une *phrase* avec `_des_` [signes](bas), **nulle part** {ou} ~~ici~~ !",
        "# 1 des lieux",
        "1. mardi\n2) mercredi\n3.5 km",
        "- - -\n> cité\n+ ajouté\n=== égal\n---\n***",
        "a | b\n--- | ---",
        "x < 3 & y > 2, <3",
        "C:\\dossier\\fiche, \\* et \\",
        "[note]: https://exemple.fr et [^1]: suite",
        "!!! note\n: définition\n*[HTML]: sigle",
        "*étoile au début\n_souligné",
        "    quatre espaces".strip(),
    ],
)
def test_signs_are_shown_as_they_are(text: str) -> None:
    assert show(text) == text


def test_line_breaks_and_paragraphs_stay() -> None:
    written = write_prose("Un.\nDeux.\n\n\nTrois.")
    assert CONVERTER.convert(written).html.count("<br") == 1
    assert CONVERTER.convert(written).html.count("<p>") == 2


def test_bullets_are_a_list() -> None:
    written = write_prose("On y trouve :\n• un atelier\n• une salle\nVenez.")
    assert written == "On y trouve :\n\n- un atelier\n- une salle\n\nVenez."


def test_web_addresses_are_links() -> None:
    body = CONVERTER.convert(write_prose("Voir https://exemple.fr/a_b_?c=1&d=2. Fin"))
    assert 'href="https://exemple.fr/a_b_?c=1&amp;d=2"' in body.html
    assert body.problems == ()
