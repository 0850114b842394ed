"""What is written in a body or in front matter, and should not be published as it is."""

from __future__ import annotations

import pytest

from maille.content.documents import SourceFile
from maille.content.markdown import Converter
from maille.content.parse import parse_one
from maille.content.text_checks import MAX_REMARKS
from maille.problems import Level, Problem
from maille.text.private_addresses import ONE_MACHINE

UNSEEN = "un signe que personne ne voit (un trait d'union conditionnel) s'est glissé"
TRACKED = "https://exemple.fr/?email=a@b.fr"


def told(text: str, path: str = "f.md") -> tuple[Problem, ...]:
    _, problems = parse_one(SourceFile(path, text.encode()), Converter())
    return problems


def in_body(text: str) -> list[tuple[int, int, str]]:
    problems = told(f"---\nnom: x\n---\n{text}")
    return [(one.line - 3, one.column, one.message) for one in problems]


# --- Bodies --------------------------------------------------------------------------------------


def test_an_address_that_is_only_shown_is_checked() -> None:
    (problem,) = in_body("Texte.\n\nVoyez http://localhost:8000/a/.")
    assert problem == (3, 7, f"l'adresse http://localhost:8000/a/ {ONE_MACHINE}")
    assert len(in_body("Écrire à un@serveur.local ou voir www.nas.lan et http://10.0.0.1/.")) == 3


def test_links_and_images_are_left_to_those_who_know_the_pages() -> None:
    text = "[a](http://localhost/b) <http://localhost/c> <a@b.local> [d][d]\n\n[d]: http://nas.lan/"
    assert in_body(text) == []


def test_a_tracked_link_is_told_at_its_address() -> None:
    ((line, column, message),) = in_body(f"Texte.\n\n- voyez [la page]({TRACKED})")
    assert (line, column) == (3, 19)
    assert message == "cette adresse porte l'adresse électronique a@b.fr"


def test_letters_and_signs_are_told_where_they_are() -> None:
    assert in_body("L'été.\n\nAh, l'Ã©tÃ© et le cata\u00adlyseur.") == [
        (3, 5, "« l'Ã©tÃ© » a été lu dans le mauvais encodage"),
        (3, 23, f"{UNSEEN} dans « cata\u00adlyseur. »"),
    ]


def test_dates_are_told_at_their_first_word() -> None:
    assert in_body("Rendez-vous le vendredi\n14 novembre 2026, ou le **31 novembre**.") == [
        (1, 16, "« vendredi 14 novembre 2026 » : ce jour est un samedi"),
        (2, 27, "« 31 novembre » : novembre a 30 jours"),
    ]


def test_tags_of_mailings_are_told() -> None:
    (first, second, _, _) = in_body(
        "Bonjour {{ contact.PRENOM }}, %%prenom%%, *|FNAME|* et [PRENOM]."
    )
    assert first[:2] == (1, 9)
    assert second[:2] == (1, 31)


@pytest.mark.parametrize(
    "text",
    [
        '<img src="{{ site.baseurl }}/a.png"/>',
        "[la page]({{ site.baseurl }}/a/)",
        "![Une fête]({{ image }})",
        "[la page]({% post_url 2021-05-17-a %})",
    ],
)
def test_a_tag_within_what_is_refused_is_not_told_again(text: str) -> None:
    assert len(in_body(text)) == 1
    assert len(in_body(f"{text} {{{{ prenom }}}}")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Tapez `{{ prenom }}`.",
        f"Tapez `{TRACKED}` ou `` http://localhost/ ` ``.",
        f"Ainsi :\n\n    {TRACKED}\n    http://localhost/\n",
    ],
)
def test_code_is_code(text: str) -> None:
    assert in_body(text) == []


def test_unclosed_code_hides_nothing() -> None:
    assert len(in_body(f"Un `code` et ``a ` puis {TRACKED}")) == 2


@pytest.mark.parametrize("fault", [f"<{TRACKED}>", "{{ nom }}", "31 novembre", "http://localhost/"])
def test_a_file_that_is_all_wrong_is_told_on_a_few_lines(fault: str) -> None:
    problems = [message for _, _, message in in_body(f"{fault}\n\n" * 100)]
    assert len([one for one in problems if "n'est pas un lien" not in one]) == MAX_REMARKS


# --- Front matter --------------------------------------------------------------------------------


def test_values_are_checked_where_they_are() -> None:
    text = (
        f"---\nnom: Été\nsources:\n  - titre: Vu\n    url: {TRACKED}\n"
        "resume: Voir http://localhost/ et a@b.lan.\n---\n"
    )
    local, closed, tracked = sorted(told(text), key=lambda one: (one.key, one.message))
    assert (tracked.line, tracked.column, tracked.key) == (5, 10, "sources[1].url")
    assert (tracked.level, tracked.hint) == (Level.WARNING, "écrivez https://exemple.fr/")
    assert (local.line, closed.line) == (6, 6)
    assert local.level is Level.ERROR


def test_letters_are_checked_in_values_and_unseen_signs_are_left_to_fields() -> None:
    (problem,) = told("---\nnom: cata\u00adlyseur\nresume: Un Ã©tÃ©\n---\n")
    assert (problem.line, problem.hint) == (3, "écrivez « été »")


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ("2026-02-30", 0),
        ("31 novembre 2026", 0),
        ("vendredi 14/11/2026", 0),
        ("Le 31 novembre", 1),
        ("Vendredi 14 novembre 2026, la fête", 1),
    ],
)
def test_a_date_alone_is_left_to_its_field(value: str, count: int) -> None:
    assert len(told(f"---\ndate: {value}\n---\n")) == count


def test_files_of_data_are_checked_too() -> None:
    assert [one.line for one in told(f"a: x\nb: [y, {TRACKED}]\n", "f.yaml")] == [2]


@pytest.mark.parametrize("value", ["http://localhost:8000/", "a@b.local"])
def test_a_value_that_is_one_address_is_left_to_its_field(value: str) -> None:
    assert told(f"---\nsite: {value}\n---\n") == ()


@pytest.mark.parametrize(
    ("header", "text", "first"),
    [
        ("date: 2021-02-03", "Le mercredi 03 février 2020.", "mercredi 3 février 2021"),
        ("date: 2021-02", "Le mercredi 3 février 2020.", "mercredi 3 février 2021"),
        ("sources:\n  - {date: 2021-03-31}", "Le mercredi 31/03/2020.", "mercredi 31 mars 2021"),
        ("date: 2020-02-03", "Le mercredi 3 février 2020.", "lundi 3 février 2020"),
        ("date: 2019-01-01", "Le mercredi 3 février 2020.", "lundi 3 février 2020"),
        ("date: 2021-01-01", "Le lundi 29 février 2020.", "samedi 29 février 2020"),
    ],
)
def test_the_year_of_a_wrong_weekday_may_be_that_of_the_header(
    header: str, text: str, first: str
) -> None:
    (problem,) = told(f"---\n{header}\n---\n{text}")
    assert problem.hint.startswith(f"écrivez « {first} » ; ou « ")
