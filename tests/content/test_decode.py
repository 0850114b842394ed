"""From bytes to text: encodings, invisible characters, ends of line, conflicts of a merge."""

from __future__ import annotations

import pytest

from maille.content.decode import MAX_INVISIBLE, SIZE_LIMIT, decode
from maille.content.documents import SourceFile
from maille.problems import Level, Problem


def read(data: str | bytes) -> tuple[str | None, tuple[Problem, ...]]:
    return decode(SourceFile("f.md", data.encode() if isinstance(data, str) else data))


def told(data: str | bytes) -> list[tuple[int, int, str]]:
    return [(one.line, one.column, one.message) for one in read(data)[1]]


def refused(data: str | bytes) -> Problem:
    """Return the only problem of a file that has no text because of it."""
    text, (problem,) = read(data)
    assert text is None
    return check(problem)


def mended(data: str, text: str) -> Problem:
    """Return the only problem of a file whose text is read without what makes the problem."""
    found, (problem,) = read(data)
    assert found == text
    return check(problem)


def check(problem: Problem) -> Problem:
    """Return a problem that is an error with a hint."""
    assert problem.level is Level.ERROR
    assert problem.hint
    return problem


# --- Encodings -----------------------------------------------------------------------------------


def test_a_byte_order_mark_is_accepted_and_noted() -> None:
    for data in (b"\xef\xbb\xbf", b"\xef\xbb\xbf" * 2):
        text, (problem,) = read(data + "nom: Été\n".encode())
        assert text == "nom: Été\n"
        assert problem.level is Level.WARNING
        assert "BOM" in problem.message


@pytest.mark.parametrize(
    ("data", "line", "column", "guess"),
    [
        ("---\nnom: été\n---\n".encode("cp1252"), 2, 6, "Windows-1252"),
        ("---\nnom: é".encode() + b"\xe9\n---\n", 2, 7, "Windows-1252"),
        (b"---\r\n\r\nnom: \xe9", 3, 6, "Windows-1252"),
        (b"---\rnom: \xe9", 2, 6, "Windows-1252"),
        (b"\xef\xbb\xbf---\nnom: \xe9", 2, 6, "Windows-1252"),
        ("---\nnom: é\n---\n".encode("utf-16"), 1, 1, "UTF-16"),
        ("---\nnom: e\n---\n".encode("utf-16-le"), 1, 1, "UTF-16"),
        ("---\nnom: é\n---\n".encode("utf-16-be"), 1, 1, "UTF-16"),
    ],
)
def test_another_encoding_is_told_at_its_first_byte(
    data: bytes, line: int, column: int, guess: str
) -> None:
    problem = refused(data)
    assert (problem.line, problem.column) == (line, column)
    assert guess in problem.message


def test_the_size_limit() -> None:
    assert read(b"a" * SIZE_LIMIT) == ("a" * SIZE_LIMIT, ())
    assert "plus que 1 Mo" in refused(b"a" * (SIZE_LIMIT + 1)).message


# --- Characters ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sign",
    ["\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x80", "\x85",
     "\u2028", "\u202e", "\u2066", "\ufeff", "\ufdd0"],
)  # fmt: skip
def test_an_invisible_character_is_told_where_it_is(sign: str) -> None:
    for text, line in ((f"---\nnom: ab{sign}c\n---\n", 2), (f"a\n\n\n\nété ab{sign}c\n", 5)):
        problem = mended(text, text.replace(sign, ""))
        assert (problem.line, problem.column) == (line, text.split("\n")[line - 1].index(sign) + 1)
        assert f"U+{ord(sign):04X}" in problem.message


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("nom: C\ufeffas", "écrivez « Cas »"),
        ("nom: un \ufeffmot", "écrivez « mot »"),
        ("nom: fin\ufeff", "écrivez « fin »"),
    ],
)
def test_a_mark_inside_a_word_is_told_with_the_word(line: str, hint: str) -> None:
    text = f"---\n{line}\n---\n"
    assert mended(text, text.replace("\ufeff", "")).hint == hint


def test_invisible_characters_are_told_once_a_line_and_not_for_ever() -> None:
    assert [line for line, _, _ in told("\n" + "\x01\x01\n" * 3)] == [2, 3, 4]
    assert [line for line, _, _ in told("\x01\n" * 1000)] == [*range(1, MAX_INVISIBLE + 1)]


@pytest.mark.parametrize(
    "sign",
    ["\xa0", "\u202f", "’", "«", "œ", "\xad", "\u200d",
     "🧑\u200d🌾", "é", "\t"],
)  # fmt: skip
def test_the_characters_of_french_and_of_emoji_are_fine(sign: str) -> None:
    assert read(f"a{sign}b\n") == (f"a{sign}b\n", ())


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_ends_of_line_change_nothing(end: str) -> None:
    text = "---\nnom: X\nresume: >\n  a\n---\n\n## Titre\n\na  \nb\n\n\x01\n"
    assert read(text.replace("\n", end)) == read(text)
    fine = text.replace("\x01", "\tc")
    assert read(fine.replace("\n", end)) == (fine, ())


# --- Conflicts -----------------------------------------------------------------------------------

CONFLICT = "deux versions de ce fichier se contredisent à partir d'ici"


def test_a_conflict_is_told_once_with_both_ends() -> None:
    text = (
        "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> autre\n\nc\n\n<<<<<<< HEAD\nd\n=======\n>>>>>>> e\n"
    )
    assert told(text) == [
        (1, 1, f"{CONFLICT}, jusqu'à la ligne 5"),
        (9, 1, f"{CONFLICT}, jusqu'à la ligne 12"),
    ]
    assert read(text)[0] == "\na\n\n\n\n\nc\n\n\nd\n\n\n"


@pytest.mark.parametrize(
    ("text", "line", "rest", "hint"),
    [
        ("<<<<<<< HEAD\na\n=======\nb\n", 1, "\n\n\nb\n", "effacez les lignes 1 à 3 ;"),
        ("a\n=======\nb\n>>>>>>> b\n", 4, "a\n\n\n\n", "effacez les lignes 2 à 4 ;"),
        ("T\n=======\na\n=======\n>>>>>>> b", 5, "T\n\na\n\n", "effacez les lignes 4 à 5 ;"),
        ("a\n<<<<<<< HEAD", 2, "a\n", "effacez cette ligne ;"),
        ("a\n>>>>>>> b\nc", 2, "a\n\nc", "effacez cette ligne ;"),
        ("T\n=======\n<<<<<<< a\nb\n", 3, "T\n\n\nb\n", "effacez cette ligne ;"),
    ],
)
def test_half_a_conflict_is_told(text: str, line: int, rest: str, hint: str) -> None:
    assert told(text) == [(line, 1, CONFLICT)]
    found, (problem,) = read(text)
    assert found == rest
    assert problem.hint.startswith(hint)


def test_an_opening_mark_after_half_a_conflict_opens_another_one() -> None:
    text = "<<<<<<< a\nb\n=======\nc\n<<<<<<< d\ne\n=======\nf\n>>>>>>> g\n"
    assert told(text) == [(1, 1, CONFLICT), (5, 1, f"{CONFLICT}, jusqu'à la ligne 9")]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("<<<<<<< a\nx\n||||||| b\ny\n=======\nz\n>>>>>>> c\nfin\n", "\nx\n\n\n\n\n\nfin\n"),
        ("<<<<<<< a\n=======\nz\n>>>>>>> c", "\n\n\n"),
        ("<<<<<<< a\nT\n----------\n=======\n>>>>>>> c\n", "\nT\n----------\n\n\n"),
    ],
)
def test_the_first_version_is_read_on(text: str, rest: str) -> None:
    assert read(text)[0] == rest
    assert rest.count("\n") == text.count("\n")


def test_letters_read_as_latin_1_are_told_with_what_was_written() -> None:
    problem = mended("\u00c3\u0089t\u00c3\u00a9 l\u00e2\u0080\u0099an\n",
                     "\u00c3t\u00c3\u00a9 l\u00e2an\n")  # fmt: skip
    assert problem.hint == "écrivez « Été l’an »"


@pytest.mark.parametrize("text", ["Titre\n-------\n", "Titre\n=======\n", "a <<<<<<< b\n"])
def test_what_only_looks_like_a_conflict_is_text(text: str) -> None:
    assert read(text) == (text, ())


def test_every_fault_of_a_file_is_told_in_one_go() -> None:
    assert [line for line, _, _ in told("\ufeffa\n<<<<<<< HEAD\n\x01\n")] == [1, 2, 3]
