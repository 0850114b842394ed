"""What a text announces: days that have passed, and promises; days that it only tells."""

from __future__ import annotations

import datetime

import pytest

from maille.text.announcements import find_late_announcements, list_promises

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


@pytest.mark.parametrize(
    ("before", "promise", "after", "date"),
    [
        ("Il avance. ", "Prochaine étape : un essai.", " Fin.", ""),
        ("La piste existe. ", "À suivre…", "", ""),
        ("", "On explore et on vous tient informés.", "\n\nAutre chose.", ""),
        ("## Titre\n\n", "La visite est promise pour septembre 2024.", "", "2024-09"),
        ("Oui ! ", "Elle se tiendra le 3 juillet.", "", "2024-07-03"),
        ("", "Les habitants pourront voter du 1er au 3 juin 2024.", "", "2024-06-03"),
    ],
)
def test_sentences_that_promise_are_told_with_their_day(
    before: str, promise: str, after: str, date: str
) -> None:
    (found,) = list_promises(before + promise + after, JUNE)
    assert (found.start, found.words, str(found.date or "")) == (len(before), promise, date)


def test_the_words_of_a_promise_have_no_markup() -> None:
    (found,) = list_promises("On [explore](/a/) et on vous tient **informés**.", JUNE)
    assert found.words == "On explore et on vous tient informés."


def test_headings_and_what_is_past_promise_nothing() -> None:
    text = "## La prochaine étape\n\nElle a eu lieu le 3 mai 2024. Un compromis a été trouvé."
    assert list(list_promises(text, JUNE)) == []
