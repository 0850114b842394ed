"""A name is found however it is spelt, and what stands around it stays."""

from __future__ import annotations

import datetime
from urllib.parse import quote

import pytest

from maille.erasure.words import Eraser, split_words

ERASER = Eraser("Amélie Cœur-Exemple", datetime.date(2026, 11, 30), "https://reseau.example/")
MARKER = "[retiré le 30 novembre 2026 à la demande de la personne]"
SLUG = "retire-le-30-novembre-2026-a-la-demande-de-la-personne"
SPELLINGS = (
    "Amélie Cœur-Exemple",
    "AMÉLIE CŒUR-EXEMPLE",
    "amelie coeur exemple",
    "Ame\u0301lie Cœur\u2011Exemple",
    "Amélie\u00a0Cœur\u202fExemple",
    "Amélie\nCœur-Exemple",
    "Amélie  \n    Cœur-\nExemple",
    "Amélie\n> Cœur-Exemple",
    "**Amélie** Cœur-Exemple",
    "*Amélie* *Cœur-Exemple*",
    "Am&eacute;lie&nbsp;C&oelig;ur-Exemple",
    "Am&#233;lie C&#x153;ur-Exemple",
    "<b>Amélie</b> <i>Cœur-Exemple</i>",
    "Am\u00adélie Cœur\u200b-Exemple",
    quote("Amélie Cœur-Exemple"),
    "amelie%20coeur-exemple",
    "Am\\u00e9lie C\\u0153ur-Exemple",
    "amelie-coeur-exemple",
    "amelie_coeur_exemple",
    "ameliecoeurexemple",
    "amelie.coeur-exemple",
)


@pytest.mark.parametrize("typed", SPELLINGS)
def test_each_spelling_is_found_and_blacked_out(typed: str) -> None:
    text = f"Avant {typed}, après."
    assert ERASER.count(text) == 1
    for erase in (ERASER.erase_plain, ERASER.erase_markdown, ERASER.erase_html):
        done = erase(text)
        assert ERASER.count(done) == 0
        assert done.startswith("Avant ")
        assert done.endswith(", après.")
        assert MARKER in done or SLUG in done


@pytest.mark.parametrize(
    "text",
    ["Amélie", "Amélie Cœur", "Exemple", "Amélienne Cœur-Exemple", "Amélie Cœur-Exemplaire", ""],
)
def test_other_words_stay(text: str) -> None:
    assert ERASER.count(text) == 0
    assert ERASER.erase_plain(text) == text


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("**Amélie** Cœur-Exemple parle", f"**{MARKER}** parle"),
        ("*Amélie* *Cœur-Exemple* parle", f"*{MARKER}* parle"),
        ("**Amélie Cœur-Exemple** parle", f"**{MARKER}** parle"),
    ],
)
def test_the_signs_around_stay_paired(text: str, done: str) -> None:
    assert ERASER.erase_markdown(text) == done


def test_tags_stay_paired() -> None:
    text = "<p><strong>Amélie</strong> Cœur-Exemple</p>"
    assert ERASER.erase_html(text) == f"<p><strong>{MARKER}</strong></p>"


@pytest.mark.parametrize(
    "text",
    [
        "[Amélie](mailto:amelie.coeur-exemple@exemple.fr)",
        "[Amélie](https://pros.exemple.fr/in/ameliecoeurexemple?x=1)",
        '[Amélie](<https://exemple.fr/amelie_coeur_exemple> "Sa page")',
    ],
)
def test_a_link_whose_address_has_the_name_becomes_its_text(text: str) -> None:
    assert ERASER.erase_markdown(f"Voir {text}.") == "Voir Amélie."


@pytest.mark.parametrize(
    "text",
    [
        "amelie.coeur-exemple@exemple.fr",
        "<amelie.coeur-exemple@exemple.fr>",
        "https://exemple.fr/amelie-coeur-exemple.html",
        "dr.amelie.coeur-exemple75@exemple.fr",
    ],
)
def test_an_address_that_has_the_name_goes_whole(text: str) -> None:
    assert ERASER.erase_markdown(f"Écrire à {text} demain") == f"Écrire à {MARKER} demain"


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("[Elle](/catalyseurs/amelie-coeur-exemple/)", f"[Elle](/catalyseurs/{SLUG}/)"),
        ("https://reseau.example/x/amelie-coeur-exemple/", f"https://reseau.example/x/{SLUG}/"),
        ("![](/images/Amelie-Coeur-Exemple.jpg)", f"![](/images/{SLUG}.jpg)"),
        ("[ici](#amelie-coeur-exemple)", f"[ici](#{SLUG})"),
        ("/images/photo-amelie_coeur_exemple-2.png", f"/images/photo-{SLUG}-2.png"),
    ],
)
def test_an_address_of_the_site_keeps_its_form(text: str, done: str) -> None:
    assert ERASER.erase_markdown(text) == done


def test_the_word_in_addresses_is_the_anchor_of_the_marker() -> None:
    assert ERASER.marker == MARKER
    assert ERASER.slug == SLUG


@pytest.mark.parametrize(
    ("value", "done"),
    [
        ("amelie-coeur-exemple", SLUG),
        ("amelie.coeur-exemple@exemple.fr", ""),
        ("https://exemple.fr/amelie-coeur-exemple", ""),
        ("Amélie Cœur-Exemple, présidente", f"{MARKER}, présidente"),
        ("Autre chose", "Autre chose"),
    ],
)
def test_a_value_of_a_header(value: str, done: str) -> None:
    assert ERASER.erase_value(value) == done


def test_a_name_of_one_word_and_of_words_that_are_short() -> None:
    day = datetime.date(2026, 11, 30)
    assert Eraser("Catalo", day).count("Catalo, catalogue, CATALO.") == 2
    assert Eraser("Li An", day).count("Li An, liant, Li-An, lian") == 2
    assert split_words("Jean-Paul d'Été") == ["jean", "paul", "d", "ete"]


def test_it_is_linear_in_hostile_text() -> None:
    text = "Amélie" + " *" * 200_000 + "Amélie " * 50_000
    assert ERASER.count(text) == 0
