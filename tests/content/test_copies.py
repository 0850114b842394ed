from __future__ import annotations

import pytest

from maille import kinds
from maille.content.copies import find_copies
from maille.content.documents import SourceFile


def record(name: str = "La Fabrique", more: str = "", body: str = "Un texte.") -> bytes:
    return f"---\nnom: {name}\n{more}resume: Une phrase.\n---\n{body}\n".encode()


def copies(files: dict[str, bytes]) -> dict[str, str]:
    """Return the hint for each copy among these files."""
    sources = [SourceFile(path, data) for path, data in files.items()]
    return {problem.path: problem.hint for problem in find_copies(sources)}


@pytest.mark.parametrize(
    "name",
    [
        *("fabrique-portable.md", "fabrique-pc-de-marie.md", "fabrique-2.md", "fabrique-copie.md"),
        *("fabrique (1).md", "fabrique 2.md", "fabrique-PC.md", "fabrique-DESKTOP-7G2K1.md"),
        *("fabrique - Copie.md", "Copie de fabrique.md", "Fabrique.md", "fabriqué.md"),
        *("fabrique (copie en conflit de Marie 2026-11-01).md", "fabrique~HEAD.md"),
        "fabrique.sync-conflict-20261101-101010-ABCDEFG.md",
    ],
)
def test_a_copy_of_a_record_is_told_whoever_made_it(name: str) -> None:
    files = {"a/fabrique.md": record(), f"a/{name}": record(body="Un autre texte.")}
    assert copies(files) == {
        f"a/{name}": f"gardez le bon texte dans fabrique.md, puis effacez {name}"
    }


def test_the_same_text_twice_is_simply_erased() -> None:
    files = {"a/fabrique.md": record(), "a/fabrique-2.md": record()}
    assert copies(files) == {
        "a/fabrique-2.md": "effacez fabrique-2.md : fabrique.md dit la même chose"
    }


def test_a_copy_of_a_copy_is_compared_with_what_is_there() -> None:
    files = {"a/fabrique-2.md": record(), "a/fabrique-2-3.md": record(body="Autre.")}
    assert [*copies(files)] == ["a/fabrique-2-3.md"]


def test_a_name_that_says_copy_is_enough_even_if_the_title_has_changed() -> None:
    files = {"a/fabrique.md": record(), "a/fabrique - Copie.md": record("La Fabrique, bis")}
    assert [*copies(files)] == ["a/fabrique - Copie.md"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Another title, another day, another place.
        (record(), record("La Fabrique du lac")),
        (record(more="date: 2025-03-01\n"), record(more="date: 2026-03-01\n")),
        (record(more="commune: Dijon\n"), record(more="commune: Amiens\n")),
        (record(more="date: 2025-03-01\n"), record()),
        (b"", b""),
    ],
)
def test_two_things_with_like_names_are_no_copies(one: bytes, other: bytes) -> None:
    assert copies({"a/fabrique.md": one, "a/fabrique-du-lac.md": other}) == {}


def test_a_title_is_the_same_with_other_quotes_capitals_and_line_ends() -> None:
    windows = record('"la fabrique"').replace(b"\n", b"\r\n")
    files = {"a/fabrique.md": record(), "a/fabrique-pc.md": b"\xef\xbb\xbf" + windows}
    assert [*copies(files)] == ["a/fabrique-pc.md"]


def test_a_list_of_terms_may_have_a_copy_too() -> None:
    text = b"nom: Th\xc3\xa8mes\ntermes: []\n"
    assert [*copies({"v/themes.yaml": text, "v/themes-pc.yaml": text})] == ["v/themes-pc.yaml"]


KINDS = kinds.load(("catalyser", "newsletter", "evenement"))
EVENT = "---\ntitre: Rencontre\ndate: {}\n---\n"
MONTH = "---\nmois: 2024-05\ntitre: {}\n---\n"


@pytest.mark.parametrize(
    ("path", "one", "copy", "other"),
    [
        ("catalysers/a.md", record(), "catalysers/nd/a.md", record()),
        ("catalysers/a.md", record(), "catalysers/2025/nd/a.md", record(body="Autre.")),
        ("catalysers/b/a.md", record(), "catalysers/c/a.md", record(body="Autre.")),
        (
            "newsletters/2024-05.md",
            MONTH.format("Mai").encode(),
            "newsletters/Nouveau dossier/2024-05.md",
            MONTH.format("Le mois de mai").encode(),
        ),
        (
            "content/evenements/r.md",
            EVENT.format("2026-01-02").encode(),
            "content/evenements/copies/r.md",
            EVENT.format("2026-01-02").encode(),
        ),
    ],
)
def test_a_copy_in_another_folder_of_the_kind_is_told(
    path: str, one: bytes, copy: str, other: bytes
) -> None:
    sources = [SourceFile(copy, other), SourceFile(path, one)]
    [problem] = find_copies(sources, KINDS)
    assert problem.path == copy
    assert problem.message == f"deux fois la même fiche : {path} et {copy}"
    assert f"effacez {copy}" in problem.hint
    assert path in problem.hint


def test_events_of_two_years_may_have_one_file_name_in_two_folders() -> None:
    sources = [
        SourceFile(f"content/evenements/{year}/r.md", EVENT.format(f"{year}-01-02").encode())
        for year in (2025, 2026)
    ]
    assert [*find_copies(sources, KINDS)] == []


def test_the_folders_of_two_kinds_are_never_compared() -> None:
    sources = [SourceFile(f"{folder}/a.md", record()) for folder in ("catalysers", "newsletters")]
    assert [*find_copies(sources, KINDS)] == []


def test_two_spellings_of_one_path_are_told_elsewhere() -> None:
    twice = [SourceFile("catalysers/été.md", record()) for _ in range(2)]
    assert [*find_copies(twice, KINDS)] == []


def test_other_folders_are_other_records() -> None:
    assert copies({"a/fabrique.md": record(), "b/fabrique-2.md": record()}) == {}


def test_a_letter_whose_month_has_its_file_is_a_copy() -> None:
    letter = b"---\nmois: 2026-11\ntitre: Une f\xc3\xaate\n---\n"
    changed = letter.replace(b"Une", b"La")
    files = {"n/2026-11.md": letter, "n/lettre-novembre.md": changed}
    hint = "gardez le bon texte dans 2026-11.md, puis effacez lettre-novembre.md"
    assert copies(files) == {"n/lettre-novembre.md": hint}
    # The letter of another month, made from this one: its `mois` is what is wrong.
    assert copies({"n/2026-11.md": letter, "n/2026-12.md": letter}) == {}


def test_letters_of_several_rhythms_with_one_title_are_no_copies() -> None:
    text = b"---\ntitre: Les nouvelles\n---\nUn texte.\n"
    names = ("2026-01", "2026-01-15", "2026-S03", "elus-2026-01", "elus-2026-S03")
    assert copies({f"a/{name}.md": text for name in names}) == {}


def test_the_words_are_those_of_the_message() -> None:
    sources = [SourceFile("a/x.md", record()), SourceFile("a/x-2.md", record())]
    [problem] = find_copies(sources)
    assert problem.message == "deux fois la même fiche : x.md et x-2.md"
