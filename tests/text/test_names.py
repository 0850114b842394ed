from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.text.names import (
    SLUG,
    SLUG_LENGTH,
    fold,
    list_words,
    make_slug,
    normalise_name,
    sort_key,
    strip_accents,
    strip_invisible,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Recycl'Aide80", "recycl-aide80"),
        ("Recycl’Aide80", "recycl-aide80"),
        ("L'Épicerie des idées", "l-epicerie-des-idees"),
        ("Œuvre d'été", "oeuvre-d-ete"),
        ("Çà & là !", "ca-la"),
        ("630° Est", "630-est"),
        ("Strauß, Ærø, Łódź", "strauss-aero-lodz"),
        ("Ǣ", "ae"),
        ("ﬁn ²", "fin-2"),
        ("co\u00adop\u200b", "coop"),
        ("C++", "c"),
        ("--- 🎈 ---", ""),
        ("日本", ""),
        ("../../etc/passwd", "etc-passwd"),
        ("", ""),
    ],
)
def test_a_slug_is_what_is_expected(text: str, expected: str) -> None:
    assert make_slug(text) == expected


def test_words_have_neither_accents_nor_case() -> None:
    assert list_words("Lettre d'été, été 2024") == {"lettre", "d", "ete", "2024"}


@given(st.text())
def test_a_slug_is_a_part_of_an_address(text: str) -> None:
    found = make_slug(text)
    assert found == "" or SLUG.fullmatch(found)
    assert len(found) <= SLUG_LENGTH == 80
    assert make_slug(found) == found


@given(st.text("abé-' \u2019", min_size=70, max_size=200))
def test_a_long_slug_is_cut_cleanly(text: str) -> None:
    found = make_slug(text)
    assert len(found) <= 80
    assert not found.endswith("-")


@given(st.text())
def test_unicode_forms_and_apostrophes_give_one_slug(text: str) -> None:
    nfc, nfd = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert make_slug(nfc) == make_slug(nfd)
    assert normalise_name(nfc) == normalise_name(nfd)
    assert make_slug(text.replace("'", "’")) == make_slug(text.replace("’", "'"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Recycl'Aide80", "Recycl’Aide80"),
        ("Plus généralement…", "Plus généralement"),
        ("Plus généralement :", "Plus généralement"),
        ("La\u00a0Maison", " La  Maison "),
        ("Cop\u00ad'O\u200b", "Cop'O"),
        ("été", "e\u0301te\u0301"),
    ],
)
def test_two_typings_of_one_name_are_the_same(one: str, other: str) -> None:
    assert normalise_name(one) == normalise_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Recycl'aide 80", "Recycl'Aide80"), ("la maison", "La Maison"), ("Ete", "Été")],
)
def test_letters_case_and_accents_tell_names_apart(one: str, other: str) -> None:
    assert normalise_name(one) != normalise_name(other)


@given(st.text())
def test_the_form_of_a_name_is_its_own_form(text: str) -> None:
    assert normalise_name(normalise_name(text)) == normalise_name(text)


def test_names_sort_as_in_french() -> None:
    names = ["Zoé", "étude", "Etang", "Œuvre", "Oeil", "L'Île", "Lac", "l'île"]
    assert sorted(names, key=sort_key) == [
        "Etang", "étude", "L'Île", "l'île", "Lac", "Oeil", "Œuvre", "Zoé",
    ]  # fmt: skip


def test_accents_and_invisible_characters_can_be_left_out() -> None:
    assert strip_accents("Œuvre d'été, NAÏF") == "Oeuvre d'ete, NAIF"
    assert strip_invisible("a\u200bb\u00adc\ufeff") == "abc"


@given(st.text(st.characters(codec="ascii")))
def test_plain_text_has_no_accents(text: str) -> None:
    assert strip_accents(text) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [("Marne & Bois", "marne et bois"), ("Œuf-en-Ternois", "oeuf en ternois"), ("Æ", "ae")],
)
def test_signs_that_stand_for_letters_fold_as_letters(one: str, other: str) -> None:
    assert fold(one) == other


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_unicode_forms_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]))))
def test_a_list_folds_in_one_call_as_line_by_line(lines: list[str]) -> None:
    assert fold("\n".join(lines)) == "\n".join(fold(line) for line in lines)
