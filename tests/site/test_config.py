"""`site.toml`: mistakes are told at their line, in the words of TOML."""

from __future__ import annotations

import pytest

from maille import kinds
from maille.content.documents import SourceFile
from maille.problems import Problem
from maille.site.config import read_config
from tests.building import SITE

TEXT = (SITE / "site.toml").read_text(encoding="utf-8")


def told(old: str, new: str) -> tuple[Problem, ...]:
    assert old in TEXT
    config, problems = read_config(SourceFile("site.toml", TEXT.replace(old, new, 1).encode()))
    assert config is None
    return problems


def line_of(words: str) -> int:
    return TEXT.count("\n", 0, TEXT.index(words)) + 1


def test_ours_is_right() -> None:
    config, problems = read_config(SourceFile("site.toml", TEXT.encode()))
    assert problems == ()
    assert config
    assert config.is_demonstration
    assert len(config.map_views) == 6


@pytest.mark.parametrize(
    ("old", "new", "where", "hint"),
    [
        ('langue = "fr"', "langue = 3", 'langue = "fr"', 'langue = "…"'),
        ("zoom_max = 18", 'zoom_max = "dix"', "zoom_max", "zoom_max = 18"),
        ('fuseau = "Europe/Paris"', 'fuseau = "Pari"', "fuseau", "Europe/Paris"),
        ('etat = "demonstration"', 'etat = "demo"', "etat = ", "demonstration"),
        ('"/lettres/"', '"lettres"', 'adresse = "/lettres/"', "/"),
        ("rubriques_des_lettres = [", 'rubriques_des_lettres = "A" # [', "rubriques_des", '["…"]'),
        ('titre = "Mayotte"', "titre = 3", 'titre = "Mayotte"', 'titre = "…"'),
    ],
)
def test_a_mistake_is_told_at_its_line(old: str, new: str, where: str, hint: str) -> None:
    [problem] = told(old, new)
    assert problem.line == line_of(where)
    assert hint in problem.hint


@pytest.mark.parametrize("language", ["en", "fr-CA", "français", "FR"])
def test_another_language_than_french_is_refused_at_its_line(language: str) -> None:
    [problem] = told('langue = "fr"', f'langue = "{language}"')
    assert problem.line == line_of('langue = "fr"')
    assert f"« {language} »" in problem.message
    assert "qu'en français" in problem.message
    assert 'écrivez langue = "fr"' in problem.hint


def test_a_missing_key_is_told_as_toml_writes_it() -> None:
    [problem] = told('nom_court = "Essai"\n', "")
    assert "« nom_court »" in problem.message
    assert 'nom_court = "…"' in problem.hint


def test_a_misspelt_key_is_told_once() -> None:
    [problem] = told("accroche =", "acroche =")
    assert "« accroche »" in problem.hint


def test_what_is_not_toml_is_told_where_it_breaks() -> None:
    [problem] = told('nom = "Réseau', "nom = Réseau")
    assert problem.line == line_of('nom = "Réseau')


def test_a_type_keeps_the_words_that_site_toml_does_not_give() -> None:
    words = '\n[mots.catalyser]\npluriel = "acteurs de l\'ESS"\nadresse = "/acteurs-ess/"\n'
    config, problems = read_config(SourceFile("site.toml", (TEXT + words).encode()))
    assert config, problems
    before, project = kinds.load(("catalyser", "projet"))
    named = config.rename_kind(before)
    assert (named.plural, named.prefix) == ("acteurs de l'ESS", "/acteurs-ess/")
    assert (named.singular, named.title, named.folder) == ("catalyseur", "Annuaire", "catalysers")
    assert named.file_name == "acteurs-de-l-ess"
    assert config.rename_kind(project) is project


def test_pages_at_the_root_stay_there() -> None:
    words = '\n[mots.page]\nadresse = "/pages/"\ntitre = "Textes"\n'
    config, _ = read_config(SourceFile("site.toml", (TEXT + words).encode()))
    [page] = kinds.load(("page",))
    assert config
    assert (config.rename_kind(page).prefix, config.rename_kind(page).title) == ("/", "Textes")


@pytest.mark.parametrize(
    ("typed", "key", "words"),
    [
        ('adresse = "été@essai.example"', "lettre.adresse", "a un accent avant @"),
        ('frequence = "mensuelle"', "lettre.frequence", "la clé « frequence » n'existe pas ici"),
    ],
)
def test_a_mistake_about_the_letter_is_told_at_its_line(typed: str, key: str, words: str) -> None:
    (problem,) = told("[presentation]", f"[lettre]\n{typed}\n\n[presentation]")
    assert words in problem.message
    assert (problem.line, problem.key) == (line_of("[presentation]") + 1, key)


def test_a_mistake_about_the_form_of_the_letter_has_its_whole_key() -> None:
    form = '[lettre.formulaire]\nservice = "S"\nadresse = "http://a.fr/"\nchamp_courriel = "e"\n'
    (problem,) = told("[presentation]", f"{form}\n[presentation]")
    assert (problem.line, problem.key) == (
        line_of("[presentation]") + 2,
        "lettre.formulaire.adresse",
    )
