"""Cells are repaired only when one value is certain; the rest stays for the checks to tell."""

from __future__ import annotations

import pytest

from maille.imports.repairs import (
    READERS,
    check_line,
    clean_cell,
    is_nothing,
    is_waiting,
)
from maille.problems import ContentError


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("  L'Établi ", "L'Établi"),
        ("Fabrique\u00a0à\u202fprojets", "Fabrique à projets"),
        ("\ufeffLe \u200bRelais\u00ad", "Le Relais"),
        ("L’Atelier", "L'Atelier"),
        ("A  B", "A B"),
        ("Un.\r\nDeux. \rTrois.", "Un.\nDeux.\nTrois."),
        ("E\u0301tabli", "Établi"),
    ],
)
def test_what_nobody_sees_is_cleaned(typed: str, right: str) -> None:
    assert clean_cell(typed).value == right


def test_what_is_clean_is_no_repair() -> None:
    assert clean_cell("L'Établi : « ici »\nou là").why == ""
    assert clean_cell("  a").why == "espaces en trop"
    assert clean_cell("l’a\u00a0b").why == "espaces insécables, apostrophes droites"


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "#N/A",
            "#VALEUR!",
            "Ã‰toile",
            "D\ufffdle",
            "<b>gras</b>",
            "a<br>b",
            "<script>",
            "&eacute;t",
        ),
        *("&#233;", "a\x0bb", "=1+1", "@SUM(1+1)", "+SOMME(A1)", "-sum(1)"),
    ],
)
def test_what_cannot_be_used_is_told(typed: str) -> None:
    with pytest.raises(ContentError):
        clean_cell(typed)


@pytest.mark.parametrize(
    "typed", ["x < 3 > 2", "A & B; C", "+33 4", "DREAL(Bretagne)", "Accueil <a@b.fr>", "R&D;"]
)
def test_what_resembles_it_is_not(typed: str) -> None:
    assert clean_cell(typed).value == typed


@pytest.mark.parametrize(
    ("key", "typed", "right"),
    [
        ("telephone", "353010017", "03 53 01 00 17"),
        ("telephone", "+33 (0)4.73-00/00 00", "04 73 00 00 00"),
        ("telephone", "Tél. : 04 73 00 00 00", "04 73 00 00 00"),
        ("telephone", "3.53010017E+8", "03 53 01 00 17"),
        ("courriel", "mailto:a@b.fr", "a@b.fr"),
        ("courriel", "Accueil <a@b.fr>", "a@b.fr"),
        ("courriel", "a@b.fr;", "a@b.fr"),
        ("site", "www.b.fr/c", "https://www.b.fr/c"),
        ("site", "b.fr", "https://b.fr"),
        ("code_postal", "1200", "01200"),
        ("code_postal", "63 000", "63000"),
        ("code_insee", "2a004", "2A004"),
        ("code_insee", "1033", "01033"),
        ("latitude", "48,8922", "48.8922"),
        ("latitude", "48.89690000000001", "48.8969"),
        ("longitude", "\u22122,5", "-2.5"),
        ("latitude", "46°34'48\"", "46.58"),
        ("mise_a_jour", "45927", "2025-09-27"),
        ("mise_a_jour", "45927.5", "2025-09-27"),
        ("mise_a_jour", "3/4/2025", "2025-04-03"),
        ("mise_a_jour", "20 mai 2025", "2025-05-20"),
        ("mise_a_jour", "2025-09-27T10:00:00Z", "2025-09-27"),
    ],
)
def test_a_certain_value_is_written(key: str, typed: str, right: str) -> None:
    found = READERS[key](typed)
    assert (found.value, bool(found.why)) == (right, True)


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("telephone", "03 53 01 00"),
        ("telephone", "01 99 00 02 20 (le matin)"),
        ("courriel", "contact (at) b.fr"),
        ("courriel", "a@b..fr"),
        ("site", "htpp://b.fr"),
        ("site", "https://b .fr"),
        ("site", "en cours"),
        ("site", "1.2.3.4"),
        ("code_postal", "921"),
        ("latitude", "6519468.25"),
        ("mise_a_jour", "17/08/25"),
        ("mise_a_jour", "31/02/2025"),
        ("mise_a_jour", "08/2025"),
        ("telephone", "03 53 01 00 17"),
        ("site", "https://b.fr"),
        ("code_postal", "63000"),
        ("latitude", "48.8922"),
        ("mise_a_jour", "2025-09-27"),
    ],
)
def test_what_is_right_or_doubtful_stays(key: str, typed: str) -> None:
    assert READERS[key](typed).value == typed


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("telephone", "03 53 01 02 12 / 04 73 00 00 00"),
        ("telephone", "03 53 01 02 12 ou 04 73 00 00 00"),
        ("courriel", "a@b.fr ; c@d.fr"),
        ("courriel", "écrire@b.fr"),
        ("site", "https://a.fr et https://b.fr"),
        ("mise_a_jour", "03/27/2025"),
    ],
)
def test_two_values_or_none_are_told(key: str, typed: str) -> None:
    with pytest.raises(ContentError):
        READERS[key](typed)


def test_cells_that_wait_or_say_nothing_are_known() -> None:
    for typed in ("en cours", "?", "NC", "à compléter", "en cours de rédaction", "Néant", "n/a"):
        assert is_waiting(typed), typed
    for typed in ("Cours du soir", "NCA Conseil", "en cours : un grand projet de lieu partagé ici"):
        assert not is_waiting(typed), typed
    assert [is_nothing(typed) for typed in ("-", " / ", "–", "a-b")] == [True] * 3 + [False]


def test_a_tab_is_told() -> None:
    check_line("a b")
    with pytest.raises(ContentError, match="tabulation"):
        check_line("a\tb")
