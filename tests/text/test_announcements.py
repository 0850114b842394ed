"""Days that a text announces and that have passed; days that it only tells."""

from __future__ import annotations

import datetime

import pytest

from maille.text.announcements import find_late_announcements

JUNE = datetime.date(2024, 6, 1)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Inscription jusqu'au 3 mars 2024.", "3 mars 2024"),
        ("Les inscriptions sont ouvertes jusqu’au 30 avril 2024", "30 avril 2024"),
        ("Rendez-vous le 17 mai 2024.", "17 mai 2024"),
        ("Réponse avant le 3 mai.", "3 mai"),
        ("La visite aura lieu le 17 mai 2024.", "17 mai 2024"),
        ("La fête se tiendra du 3 au 5 mai 2024.", "5 mai 2024"),
        ("Le 17 mai 2024, la Maison ouvrira ses portes.", "17 mai 2024"),
        ("D'ici avril 2024, tout sera prêt.", "avril 2024"),
        ("La prochaine réunion, le 17 mai 2024.", "17 mai 2024"),
        ("La question sera posée le 17 mai 2024 au comité", "17 mai 2024"),
        ("Elle était promise ; elle se fera en Avril 2023.", "Avril 2023"),
        ("Nous vous attendrons nombreux samedi 11 mai 2024", "samedi 11 mai 2024"),
        ("À vos agendas : 17 mai 2024", "17 mai 2024"),
        ("Date limite de dépôt : 17 mai 2024", "17 mai 2024"),
        ("Dossiers au plus tard le 17/05/2024", "17/05/2024"),
        ("Il sera là le **17 mai\n2024**.", "17 mai 2024"),
    ],
)
def test_what_is_announced_too_late_is_told(text: str, shown: str) -> None:
    ((offset, message, _),) = find_late_announcements(text, JUNE)
    assert message == f"« {shown} » est annoncé, et déjà passé quand la lettre paraît"
    assert text[offset:].startswith(shown[:5])


@pytest.mark.parametrize(
    "text",
    [
        "Le 17 mai 2024, la visite.",
        "La « Session » du 30 mai 2024 doit donner de l'élan.",
        "Le projet né en mars 2024 ouvrira en septembre 2024.",
        "Nous lirons le bilan de mars 2024.",
        "Le vote était ouvert jusqu'au 3 mars 2024.",
        "Depuis mars 2024, elle accueille ; elle ouvrira plus grand.",
        "La réunion du 3 mars 2024 a eu lieu ; la prochaine sera en septembre 2024.",
        "Créée en mars 2019, l'association aura cinq ans.",
        "Le rapport paru en avril 2024 sera discuté en juillet 2024.",
        "Il a été déposé avant le 3 mai 2024.",
        "Un comité s'est réuni le 3 mai 2024 pour préparer ce qui viendra.",
        "Le 12 novembre 2020, le comité fixe deux priorités. La suite viendra.",
        "Rendez-vous le 17 juin 2024. Inscription jusqu'au 3 septembre.",
        "La fête sera belle le 31 avril 2024.",
        "- Le 3 mai 2024\n- La fête aura lieu",
        "Aux environs, le 3 mai 2024",
    ],
)
def test_what_is_to_come_or_told_as_past_is_fine(text: str) -> None:
    assert list(find_late_announcements(text, JUNE)) == []


def test_a_day_without_a_year_is_the_nearest() -> None:
    text = "Inscription jusqu'au 3 janvier."
    assert list(find_late_announcements(text, datetime.date(2024, 12, 1))) == []
    assert len(list(find_late_announcements(text, datetime.date(2024, 2, 1)))) == 1
