"""The encoding of a file is the one whose words are French; a doubt shows both words."""

from __future__ import annotations

import pytest

from maille.imports.encodings import decode_text, find_difference
from maille.problems import ContentError

TEXT = "Nom;Ville\nL’Été à Nîmes;Besançon\nCœur d'élan;Orléans – Fleury\nÉtoile;Évry\n"


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "utf-8", "utf-8-sig", "utf-16"])
def test_french_words_choose_the_encoding(encoding: str) -> None:
    assert decode_text(TEXT.encode(encoding))[0] == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_needs_no_mark(encoding: str) -> None:
    assert decode_text(TEXT.encode(encoding)) == (TEXT, encoding)


def test_cp850_has_no_typographic_signs() -> None:
    text = "Nom;Ville\nÉtoile à Nîmes;Besançon\nélan;Orléans\n"
    assert decode_text(text.encode("cp850")) == (text, "cp850")


def test_latin_1_is_read_as_cp1252() -> None:
    text = "Fédération;Besançon"
    assert decode_text(text.encode("latin-1")) == (text, "cp1252")


def test_a_doubt_shows_both_words_and_the_line_to_write() -> None:
    data = b"Nom\nA\x8b\n"  # « ‹ », « ã » or « ï »: none is sure
    with pytest.raises(ContentError) as told:
        decode_text(data)
    assert "« A" in told.value.message
    assert " ou « A" in told.value.message
    assert 'encodage = "' in told.value.hint
    assert decode_text(data, "cp850")[0] == "Nom\nAï\n"


@pytest.mark.parametrize("wanted", ["ascii", "klingon"])
def test_a_wanted_encoding_is_tried_alone(wanted: str) -> None:
    with pytest.raises(ContentError, match=wanted):
        decode_text("é".encode(), wanted)


def test_bytes_that_are_no_text_are_told() -> None:
    with pytest.raises(ContentError, match="pas un tableau de texte"):
        decode_text(b"\x01\x02\0\x03" + b"abcdefgh" * 50)


def test_the_first_word_that_differs_is_shown() -> None:
    assert find_difference("été;lié", "été;lie\u0301") == ("lié", "lie\u0301")
    assert find_difference("été", "été") is None
