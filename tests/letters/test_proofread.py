from __future__ import annotations

from pathlib import Path

import pytest

from maille.kinds.newsletter import Newsletter
from maille.letters.proofread import proofread_letter
from maille.problems import Level, Problem
from tests.building import build
from tests.small_site import write_small_site


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_small_site(tmp_path / "site")


def letter(root: Path, month: str, body: str, more: str = "") -> None:
    keys = f"mois: {month}\ntitre: Ce qui avance\nresume: En une phrase.\n{more}"
    (root / f"newsletters/{month}.md").write_text(f"---\n{keys}---\n{body}\n", "utf-8")


def found(root: Path, month: str) -> tuple[Problem, ...]:
    views = ("entries", "letters", "agenda")  # where its letters lead
    report = build(root, root / "output", views=views, publish=False, with_drafts=True)
    assert not report.failed, report.problems
    assert report.site
    one = report.site.find("newsletter", month)
    assert isinstance(one, Newsletter)
    return proofread_letter(report.site, one)


def told(root: Path, body: str, more: str = "") -> list[tuple[int, str]]:
    """Return the lines of the body and the messages of what is said of a letter of June 2024."""
    letter(root, "2024-06", f"## Projet d'essai\n\n{body}", more)
    first = 5 + more.count("\n")
    return [(one.line - first, one.message) for one in found(root, "2024-06")]


def test_a_good_letter_has_nothing_to_say(root: Path) -> None:
    body = "Il avance : voir [le programme](/agenda/), le 17 juillet 2024."
    assert told(root, body) == []


@pytest.mark.parametrize("words", ["ici", "Cliquez ici", "ce lien", "En savoir plus", "**ici**"])
def test_a_link_says_where_it_leads(root: Path, words: str) -> None:
    ((line, message),) = told(root, f"Il avance.\n\nVoyez [{words}](/agenda/).")
    assert line == 5
    assert message.endswith("ne dit pas où mène le lien")


def test_a_long_address_is_no_name(root: Path) -> None:
    address = "https://exemple.example/une/tres/longue/adresse/que/personne/ne/lit"
    assert told(root, f"Voir <{address}>.") == [
        (3, "cette adresse est longue à lire, et à entendre")
    ]
    assert told(root, "Voir <https://exemple.example/>.") == []


@pytest.mark.parametrize(
    ("date", "message"),
    [
        ("mai 20925", "l'année 20925 n'est pas vraisemblable"),
        ("le 3 mai 205", "l'année 205 n'est pas vraisemblable"),
        ("Rendez-vous le 17 mai", "« 17 mai » est annoncé, et déjà passé quand la lettre paraît"),
        ("le 16 juin 1791", ""),  # history
        ("lundi 17 juin", ""),
        ("mardi 17 juin", "« mardi 17 juin » : ce jour est un lundi"),
        ("le 17 mai 2024", ""),
        ("mardi 31 juin", ""),  # an error of its own
    ],
)
def test_dates_are_looked_at(root: Path, date: str, message: str) -> None:
    expected = [(4, message)] if message else []
    assert told(root, f"Il avance.\n{date}, la visite.") == expected


def test_what_is_announced_is_compared_with_the_day_of_the_letter(root: Path) -> None:
    body = "Inscription jusqu'au 5 juin 2024."
    assert told(root, body) == []
    ((line, message),) = told(root, body, "publie_le: 2024-06-10\n")
    assert line == 3
    assert message == "« 5 juin 2024 » est annoncé, et déjà passé quand la lettre paraît"


def test_notes_are_to_be_erased(root: Path) -> None:
    message = "il reste une note pour vous, que la page ne montre pas"
    assert told(root, "Il avance.\n\n<!-- à relire -->") == [(5, message)]


def test_a_title_and_a_summary_are_wanted(root: Path) -> None:
    text = "---\nmois: 2024-06\ntitre: Lettre de juin 2024\n---\n## Projet d'essai\n\nIl avance.\n"
    (root / "newsletters/2024-06.md").write_text(text, "utf-8")
    assert [one.key for one in found(root, "2024-06")] == ["titre", "resume"]


def test_a_promise_whose_day_has_passed_is_called_back(root: Path) -> None:
    project = root / "content/projets/essai.md"
    promise = (
        "annonces:\n  - {texte: Une visite, date: 2024-05}\n"
        "  - {texte: Un bilan, date: 2024-05, suite: Fait.}\n"
        "  - {texte: Une fête, date: 2024-07}\nsources:"
    )
    project.write_text(project.read_text("utf-8").replace("sources:", promise), "utf-8")
    letter(root, "2024-06", "## Projet d'essai\n\nIl avance.")
    (one,) = found(root, "2024-06")
    assert (one.path, one.line) == ("content/projets/essai.md", 5)
    assert one.message == "annoncé (mai 2024), et la suite n'est pas dite : Une visite"


def test_who_is_silent_is_named(root: Path) -> None:
    letter(root, "2024-08", "## Agenda\n\nRien.")
    (one,) = found(root, "2024-08")
    assert one.message == "rien sur Projet d'essai (il y a 3 mois)"
    letter(root, "2024-07", "## Agenda\n\nRien.")
    assert found(root, "2024-07") == ()


def test_a_daily_letter_names_the_silent_once_a_month(root: Path) -> None:
    lists = "nom: L\ntermes: [{cle: jour, nom: J, rythme: jour}]\n"
    (root / "content/vocabulaires/listes.yaml").write_text(lists, encoding="utf-8")
    (root / "newsletters/2024-05.md").unlink()
    told = {"2024-05-02": "## Projet d'essai\n\nIl avance."}
    told |= dict.fromkeys(("2024-08-05", "2024-08-06"), "## Agenda\n\nRien.")
    for day, body in told.items():
        text = f"---\ntitre: Ce qui avance\nresume: En une phrase.\n---\n{body}\n"
        (root / f"newsletters/{day}.md").write_text(text, "utf-8")
    assert [one.message for one in found(root, "2024-08-05")] == [
        "rien sur Projet d'essai (il y a 3 mois)"
    ]
    assert found(root, "2024-08-06") == ()


ORIGIN = """origine:
  editeur: Essai
  url: https://exemple.example/lettre
  integralite: complete
"""


def test_a_letter_that_is_retold_is_as_long_as_it_was(root: Path) -> None:
    for month in ("2024-01", "2024-02", "2024-03"):
        letter(root, month, f"## Agenda\n\n{'mot ' * 100}")
    letter(root, "2024-08", f"## Agenda\n\n{'mot ' * 300}", ORIGIN)
    assert found(root, "2024-08") == ()


def test_a_length_far_from_usual_is_told(root: Path) -> None:
    for month in ("2024-01", "2024-02", "2024-03"):
        letter(root, month, f"## Agenda\n\n{'mot ' * 100}")
    ((line, message),) = told(root, "mot " * 300)
    assert (line, message) == (1, "cette lettre a 303 mots ; les autres en ont d'habitude 102")
    assert told(root, "mot " * 120) == []


def test_all_are_warnings(root: Path) -> None:
    letter(root, "2024-06", "## Projet d'essai\n\n[ici](/agenda/) mai 20925")
    assert {one.level for one in found(root, "2024-06")} == {Level.WARNING}
