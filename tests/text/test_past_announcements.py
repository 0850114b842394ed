"""What a lasting text still announces after its date, and what only looks like it."""

from __future__ import annotations

import datetime

import pytest

from maille.text.past_announcements import announces, find_past_next, find_past_relative

TODAY = datetime.date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("La prochaine réunion aura lieu le 17 juin 2024 à Amiens.", "prochaine réunion aura"),
        ("Une rencontre. La prochaine est prévue le 3 mars 2025.", "prochaine est prévue"),
        ("Prochaine étape : l'ouverture en septembre 2024", "Prochaine étape"),
        ("Un atelier à venir le 3 mars 2025.", "à venir le 3 mars 2025"),
        ("Le **prochain wébinaire** aura lieu\nle 23 mai 2025.", "prochain wébinaire aura lieu le"),
    ],
)
def test_what_is_called_next_after_its_date_is_told(text: str, words: str) -> None:
    ((offset, message, _),) = find_past_next(text, TODAY)
    assert words in message
    assert text[offset:].startswith(words.split(maxsplit=1)[0])


def test_the_words_told_are_those_typed() -> None:
    text = "Le prochain « camp » est le 3 mars 2026."
    ((_, message, _),) = find_past_next(text, TODAY)
    assert message == "« prochain « camp » est le 3 mars 2026 » : cette date est passée"


@pytest.mark.parametrize(
    "text",
    [
        "La prochaine réunion aura lieu le 30 novembre 2026.",
        "La prochaine réunion, le 17 juin 2024, a été reportée.",
        "En 2023, la prochaine Rencontre est annoncée pour juin 2024.",
        "L'article annonçait la prochaine rencontre pour le 12 novembre 2020.",
        "« La prochaine réunion aura lieu le 17 juin 2024 »",
        "Les réunions à venir, comme celle du 3 mars 2025",
        "La prochaine réunion est le 17 juin.",
        "Le 17 juin 2024, une prochaine réunion se prépare.",
    ],
)
def test_stories_quotations_and_dates_to_come_are_left_alone(text: str) -> None:
    assert not [*find_past_next(text, TODAY)]


@pytest.mark.parametrize(
    ("text", "written", "past"),
    [
        ("On se revoit le mois prochain.", (2026, 10, 2), False),
        ("On se revoit le mois prochain.", (2026, 9, 30), True),
        ("Ouverture l'an prochain", (2025, 12, 31), False),
        ("Ouverture l’année prochaine", (2024, 1, 1), True),
        ("la semaine prochaine", (2026, 11, 23), False),
        ("la semaine prochaine", (2026, 11, 15), True),
        ("en juin prochain", (2025, 7, 1), True),
        ("en décembre prochain", (2026, 1, 1), False),
        ("jamais « le mois prochain »", (2020, 1, 1), False),
    ],
)
def test_next_month_is_counted_from_the_day_of_the_text(
    text: str, written: tuple[int, int, int], past: bool
) -> None:
    assert bool([*find_past_relative(text, datetime.date(*written), TODAY)]) == past


def test_a_title_may_announce_its_own_event() -> None:
    assert announces("Prochaine rencontre du réseau")
    assert announces("L'atelier à venir")
    assert not announces("Les projets à venir")
    assert not announces("Une rencontre sur la prochaine loi")
