"""Letters read in the wrong encoding, and signs that nobody sees."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.text.misread_text import find_lost_apostrophes, find_misread, find_unseen, remove_unseen

FRENCH = "À Évry, l’été où l’on vit « l’œuvre » de Noël : garçon, maïs, 10 €… – ÇA, ÊTRE"


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "mac_roman", "cp850", "cp437"])
def test_french_read_in_another_encoding_is_written_back(encoding: str) -> None:
    read = "".join(
        bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in FRENCH.encode()
    )
    ((offset, message, hint),) = find_misread(f"Titre\n{read}\nFin")
    assert (offset, hint) == (6, f"écrivez « {FRENCH} »")
    assert message.endswith("a été lu dans le mauvais encodage")


def test_french_read_twice_is_written_back() -> None:
    twice = "déjà".encode().decode("cp1252").encode().decode("cp1252", "ignore")
    assert [hint for _, _, hint in find_misread(twice)] == ["écrivez « déjà »"]


def test_only_the_words_concerned_are_written_again() -> None:
    text = "Ici, tout va ; lÃ  non, lÃ  non plus, et la suite va bien."
    ((offset, _, hint),) = find_misread(text)
    assert (offset, hint) == (text.index("lÃ"), "écrivez « là non, là non »")


def test_of_a_long_line_the_first_word_is_written_again() -> None:
    ((_, _, hint),) = find_misread(f"dÃ©but {'mot ' * 60} finÃ©")
    assert hint == "écrivez « début »"


def test_a_lost_letter_is_told() -> None:
    ((offset, message, hint),) = find_misread("Le caf\ufffd noir")
    assert (offset, message) == (6, "une lettre s'est perdue dans « caf\ufffd »")
    assert hint.startswith("remplacez")


@pytest.mark.parametrize(
    "text",
    [FRENCH, "São Paulo, PÃO", "BÂTIR ET GRÂCE", "Ångström", "√2 ≈ 1,41", "©2024 ±5 °C", "Â"],
)  # fmt: skip
def test_right_letters_are_fine(text: str) -> None:
    assert not list(find_misread(text))


@pytest.mark.parametrize(
    ("text", "offset", "hint"),
    [
        ("Le cata\u00adly\u00adseur est là", 7, "catalyseur"),
        ("\u200b## Une partie", 0, "## Une"),
        ("a\nmot\u200b.", 5, "mot."),
        ("relier\u2060ensemble", 6, "relierensemble"),
        ("\u200e04 73", 0, "04"),
        ("mi\u200dlieu", 2, "milieu"),
        ("a\n\u200b", 2, "effacez cette ligne"),
    ],
)
def test_a_sign_that_nobody_sees_is_told(text: str, offset: int, hint: str) -> None:
    ((found, _, remedy),) = find_unseen(text)
    assert (found, remedy) == (offset, hint if "ligne" in hint else f"écrivez « {hint} »")


@pytest.mark.parametrize("text", ["\U0001f9d1\u200d\U0001f33e", "10\u202f000\u00a0€", "a\ufe0f"])
def test_emoji_and_french_spaces_are_fine(text: str) -> None:
    assert not list(find_unseen(text))
    assert remove_unseen(text) == text


@given(st.text())
def test_what_is_removed_has_no_width(text: str) -> None:
    bare = remove_unseen(text)
    assert all(unicodedata.category(sign) == "Cf" for sign in {*text} - {*bare})
    assert not list(find_unseen(bare))


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Mode dÉclosion", "d'Éclosion"),
        ("Près de lÉcluse.", "l'Écluse"),
        ("La ville dAmiens", "d'Amiens"),
        ("(lUnion)", "l'Union"),
    ],
)
def test_an_apostrophe_that_is_missing_is_told(text: str, right: str) -> None:
    [(offset, _, hint)] = find_lost_apostrophes(text)
    assert text[offset:].startswith(right.replace("'", ""))
    assert hint == f"écrivez « {right} »"


@pytest.mark.parametrize(
    "text",
    [
        "d'Éclosion, l’Union, Le LAB, dB, dAI",
        "#lEurope, https://exemple.fr/lAmicale, lAmicale.fr, nom@lAmicale.fr",
        "iPhone, eBay, mAh, modElle",
        "DÉcembre",
    ],
)
def test_what_may_be_written_so_is_not_told(text: str) -> None:
    assert [*find_lost_apostrophes(text)] == []
