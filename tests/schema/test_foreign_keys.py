"""Keys of other tools: which of ours they stand for, and what is to be typed."""

from __future__ import annotations

import pytest

from maille.schema.foreign_keys import find_meant_keys, join_broken_value, suggest_key

EVENT = ("titre", "resume", "date", "jusqu_au", "heure", "heure_fin", "brouillon", "publie_le",
         "mise_a_jour", "latitude", "longitude", "code_postal")  # fmt: skip
PUBLISHED = "effacez cette ligne, ou écrivez brouillon: oui si la page doit attendre"
PAGE = ("nom", "resume", "brouillon")


@pytest.mark.parametrize(
    ("key", "value", "hint"),
    [
        # A page kept back in another tool is never published on our advice.
        ("draft", "true", "écrivez brouillon: oui"),
        ("Draft", "oui", "écrivez brouillon: oui"),
        ("status", "draft", "écrivez brouillon: oui"),
        ("état", "En attente", "écrivez brouillon: oui"),
        ("published", "false", "écrivez brouillon: oui"),
        ("public", "non", "écrivez brouillon: oui"),
        ("visibility", "private", "écrivez brouillon: oui"),
        ("draft", "false", PUBLISHED),
        ("published", "", PUBLISHED),
        ("publishDate", "2027-01-01", "écrivez publie_le: 2027-01-01"),
        ("pub_date", "1er mars 2027", "écrivez publie_le: 2027-03-01"),
        ("date de publication", "bientôt", "écrivez publie_le: …"),
        # The value says which of two keys is meant.
        ("debut", "18:00", "vouliez-vous dire « heure » ?"),
        ("début", "2026-05-01", "vouliez-vous dire « date » ?"),
        ("fin", "20 h", "vouliez-vous dire « heure_fin » ?"),
        ("end", "3 mai 2026", "vouliez-vous dire « jusqu_au » ?"),
        # Each of the others has one counterpart.
        ("heure_debut", "18:00", "vouliez-vous dire « heure » ?"),
        ("start_time", "18:00", "vouliez-vous dire « heure » ?"),
        ("endTime", "20:00", "vouliez-vous dire « heure_fin » ?"),
        ("date_fin", "2026-05-01", "vouliez-vous dire « jusqu_au » ?"),
        ("lat", "45", "vouliez-vous dire « latitude » ?"),
        ("lng", "3", "vouliez-vous dire « longitude » ?"),
        ("excerpt", "x", "vouliez-vous dire « resume » ?"),
        ("subtitle", "x", "vouliez-vous dire « resume » ?"),
        ("lastmod", "2026-05-01", "vouliez-vous dire « mise_a_jour » ?"),
        ("« titre »", "x", "vouliez-vous dire « titre » ?"),
        ("Code postal", "21000", "vouliez-vous dire « code_postal » ?"),
        ("name", "x", "vouliez-vous dire « titre » ?"),
        ("couleur", "vert", ""),
        ("draft", None, PUBLISHED),
    ],
)  # fmt: skip
def test_what_to_type_for_a_key_of_another_tool(key: str, value: object, hint: str) -> None:
    assert suggest_key(key, value, EVENT) == hint


@pytest.mark.parametrize(
    ("key", "value", "hint"),
    [
        ("publishDate", "2027-01-01", "écrivez brouillon: oui"),
        ("title", "x", "vouliez-vous dire « nom » ?"),
        ("topics", "x", ""),
        ("debut", "18:00", ""),
        ("lat", "45", ""),
    ],
)
def test_a_key_that_the_group_lacks_is_not_proposed(key: str, value: str, hint: str) -> None:
    assert suggest_key(key, value, PAGE) == hint


def test_a_group_without_drafts_has_nothing_to_keep_back() -> None:
    assert suggest_key("draft", "true", ("titre", "url")) == ""
    assert find_meant_keys("published", ("publics",)) == []


@pytest.mark.parametrize(
    ("group", "key", "typed"),
    [
        ({"resume": "L'été revient.", "La fête aussi": "venez"}, "La fête aussi",
         'resume: "L\'été revient. La fête aussi : venez"'),
        ({"a": "x", "titre": "Un mot", "on en dit plus": "tout"}, "on en dit plus",
         'titre: "Un mot on en dit plus : tout"'),
        ({"resume": 'Le "Hub" ouvre.', "Et puis après": "rien"}, "Et puis après",
         "resume: 'Le \"Hub\" ouvre. Et puis après : rien'"),
    ],
)  # fmt: skip
def test_a_broken_sentence_is_put_together(group: dict[str, str], key: str, typed: str) -> None:
    assert join_broken_value(group, key).endswith(f"écrivez les deux en une seule, {typed}")


@pytest.mark.parametrize(
    ("group", "key"),
    [
        ({"La fête aussi": "venez"}, "La fête aussi"),
        ({"titre": "Fête", "La fête aussi": "venez"}, "La fête aussi"),
        ({"resume": "Un mot.", "Mot clé": "x"}, "Mot clé"),
        ({"sources": ["a"], "La fête aussi": "venez"}, "La fête aussi"),
    ],
)
def test_another_key_is_no_broken_sentence(group: dict[str, object], key: str) -> None:
    assert join_broken_value(group, key) == ""


@pytest.mark.parametrize(
    ("key", "known", "meant"),
    [
        ("topics", ("titre", "themes"), ["themes"]),
        ("Tags", ("titre", "themes"), ["themes"]),
        ("kind", ("nature", "nom"), ["nature"]),
        ("category", ("titre", "type", "themes"), ["type"]),
        ("comment", ("nom", "note"), ["note"]),
        ("role", ("nom", "fonction"), ["fonction"]),
    ],
)
def test_english_words_for_our_keys(key: str, known: tuple[str, ...], meant: list[str]) -> None:
    assert find_meant_keys(key, known) == meant
