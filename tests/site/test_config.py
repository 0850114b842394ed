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
    _, problems = read_config(SourceFile("site.toml", TEXT.replace(old, new, 1).encode()))
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
        ('etat = "dem', 'distance_proche = 0\netat = "dem', "etat = ", "distance_proche = 1"),
        ("zoom_max = 18", "zoom_max = 90", "zoom_max", "zoom_max = 22"),
        ('titre = "Mayotte"', "titre = 3", 'titre = "Mayotte"', 'titre = "…"'),
        # What is no TOML either: quotes around it would be a second mistake.
        ("zoom_max = 18", "zoom_max = dix", "zoom_max", "zoom_max = 18"),
        ('etat = "dem', 'exemples = beaucoup\netat = "dem', "etat = ", "exemples = 18"),
        ('etat = "demonstration"', "etat = demo", "etat = ", "demonstration"),
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


# --- The rest is read all the same ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('nom = "Réseau', "nom = Réseau"),
        ('fuseau = "Europe/Paris"', 'fuseau: "Europe/Paris"'),
        ('etat = "demonstration"', 'etat = "demonstration'),
        ('adresse = "https://catalyseurs.example/"', "adresse = “https://catalyseurs.example/”"),
        ("[presentation]", "[presentation"),
        ("rubriques_des_lettres = [", "rubriques_des_lettres = "),
    ],
)
def test_a_mistake_of_syntax_is_alone_and_the_settings_are_as_meant(old: str, new: str) -> None:
    right, _ = read_config(SourceFile("site.toml", TEXT.encode()))
    config, (problem,) = read_config(SourceFile("site.toml", TEXT.replace(old, new, 1).encode()))
    assert problem.line == line_of(old)
    assert {*config.usual_headings} >= {*right.usual_headings}
    left = {"usual_headings"}
    assert config.model_dump(exclude=left) == right.model_dump(exclude=left)


def test_two_mistakes_and_a_bad_setting_are_told_in_one_run() -> None:
    text = TEXT.replace('nom = "Réseau', "nom = Réseau", 1)
    text = text.replace('etat = "demonstration"', 'etat = "demo"').replace("[[menu]]", "[menu]]", 1)
    _, problems = read_config(SourceFile("site.toml", text.encode()))
    lines = [line_of(words) for words in ('nom = "Réseau', 'etat = "dem', "[[menu]]")]
    assert sorted(problem.line for problem in problems) == lines


@pytest.mark.parametrize("data", [b"", b"[[menu]]\n", b"etat = 3\nfuseau = []\n", b"\xff\xfe\n"])
def test_settings_that_are_missing_have_stand_ins(data: bytes) -> None:
    config, problems = read_config(SourceFile("site.toml", data))
    assert problems
    assert (config.time_zone, config.state) == ("Europe/Paris", "demonstration")


def test_a_file_in_another_encoding_is_told_and_read() -> None:
    config, problems = read_config(SourceFile("site.toml", TEXT.encode("cp1252", "replace")))
    first = next(n for n, line in enumerate(TEXT.split("\n"), 1) if not line.isascii())
    assert [problem.line for problem in problems] == [first]
    assert config.name == "Réseau d'essai"
