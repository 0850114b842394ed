"""What `site.toml` names and the site does not have: kinds, départements, audiences."""

from __future__ import annotations

import pytest

from maille import kinds
from maille.content.documents import SourceFile
from maille.content.parse import parse
from maille.pipeline import load_gazetteer
from maille.problems import Problem
from maille.schema.kind import Entry
from maille.schema.validate import validate
from maille.site.config import read_config
from maille.site.config_checks import check_config

KINDS = kinds.load(("vocabulaire", "catalyser", "page"))
TOML = """\
nom = "Essai"
nom_court = "Essai"
accroche = "Essai"
description = "Essai"
adresse = "https://essai.example/"
fuseau = "Europe/Paris"
etat = "demonstration"
"""
FIRST = TOML.count("\n") + 1
TERMS = "{cle: elus, nom: Élus}, {cle: entreprises, nom: Sociétés}"
FORM = """\
[lettre.formulaire]
service = "S"
adresse = "https://service.example/"
champ_courriel = "EMAIL"
champ_editions = "liste"
"""


def edition(audience: str = "elus", title: str = "Élus", value: str = "") -> str:
    line = f'valeur = "{value}"\n' if value else ""
    return f'[[editions]]\npublic = "{audience}"\ntitre = "{title}"\n{line}'


def audiences(terms: str = TERMS) -> tuple[Entry, ...]:
    """Return the vocabulary of audiences, with these terms, and another one."""
    lists = {"publics": terms, "saisons": "{cle: societes, nom: Sociétés}"}
    documents, _ = parse(
        SourceFile(f"content/vocabulaires/{name}.yaml", f"nom: N\ntermes: [{those}]\n".encode())
        for name, those in lists.items()
    )
    found = validate(documents, KINDS)
    assert found.problems == ()
    return found.entries


def check(more: str, entries: tuple[Entry, ...] | None = None) -> list[Problem]:
    config, problems = read_config(SourceFile("site.toml", f"{TOML}{more}".encode()))
    assert config, problems
    known = audiences() if entries is None else entries
    renamed = [config.rename_kind(kind) for kind in KINDS]
    found = list(check_config(config, renamed, load_gazetteer(), known))
    assert {one.path for one in found} <= {"site.toml"}
    return found


def test_what_exists_is_fine() -> None:
    views = '[[vues_de_la_carte]]\ntitre = "A"\ndepartements = ["973", "2A"]\n'
    words = '[mots.catalyser]\nadresse = "/acteurs/"\n[mots.page]\ntitre = "Textes"\n'
    form = f'{FORM}valeur = "tout"\n[lettre.formulaire.caches]\nlangue = "fr"\n'
    editions = edition(value="e") + edition("entreprises", "Sociétés", "s")
    assert check(views + editions + words + form) == []


def test_a_departement_that_does_not_exist() -> None:
    here = '[[vues_de_la_carte]]\ntitre = "{}"\ndepartements = {}\n'
    text = here.format("A", '["01"]') + here.format("Guyane", '["973", "999"]')
    (problem,) = check(text)
    assert "« 999 », dans la partie de carte « Guyane », n'existe pas" in problem.message
    assert problem.line == FIRST + 5


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("elu", "écrivez « elus »"), ("societes", "écrivez « entreprises »")],
)
def test_an_edition_for_an_audience_that_does_not_exist(typed: str, hint: str) -> None:
    (problem,) = check(edition() + edition(typed, "Autre"))
    assert f"l'édition « Autre » : aucun public ne s'appelle « {typed} »" in problem.message
    assert hint in problem.hint
    assert problem.line == FIRST + 4


def test_an_edition_of_a_network_without_audiences() -> None:
    (problem,) = check(edition(), entries=())
    assert problem.hint == "ajoutez « elus » à content/vocabulaires/publics.yaml"


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (edition("elus", "Autre"), "deux [[editions]] disent « elus »"),
        (edition("entreprises", "Élus"), "deux [[editions]] disent « Élus »"),
    ],
)
def test_two_editions_have_neither_audience_nor_title_in_common(second: str, said: str) -> None:
    (problem,) = check(edition() + second)
    assert problem.message == said
    assert problem.line == FIRST + 3


@pytest.mark.parametrize(
    ("form", "editions", "said"),
    [
        (
            'valeur = "tout"\n[lettre.formulaire.caches]\nliste = "x"\n',
            edition(value="e"),
            "« liste » est à la fois un champ caché et le champ des éditions",
        ),
        ("", edition(value="e"), "n'a pas de quoi choisir toute la lettre, ou une édition"),
        ('valeur = "tout"\n', edition(), "n'a pas de quoi choisir toute la lettre, ou une"),
        ('valeur = "e"\n', edition(value="e"), "deux choix du formulaire ont la même « valeur »"),
    ],
)
def test_a_form_sends_what_one_chooses(form: str, editions: str, said: str) -> None:
    (problem,) = check(editions + FORM + form)
    assert said in problem.message
    assert problem.hint
    assert problem.line == FIRST + editions.count("\n") + 4


def test_a_form_without_a_field_of_editions_chooses_nothing() -> None:
    assert check(edition() + FORM.replace('champ_editions = "liste"\n', "")) == []


@pytest.mark.parametrize(
    ("words", "said", "hint"),
    [
        (
            '[mots.catalyseur]\nsingulier = "vigie"\n',
            "[mots.catalyseur] : aucun type de contenu ne s'appelle « catalyseur »",
            "écrivez « catalyser »",
        ),
        (
            '[mots.page]\nadresse = "/pages/"\n',
            "[mots.page] : les pages de ce type n'ont pas d'adresse à changer",
            "retirez la ligne « adresse »",
        ),
    ],
)
def test_words_for_what_the_site_lacks(words: str, said: str, hint: str) -> None:
    (problem,) = check(words)
    assert (problem.message, problem.hint) == (said, hint)


@pytest.mark.parametrize(
    "name",
    [
        *("../x.html", "/x.html", "a/b.html", "carte", ".", "..", "a..html/", "", "x.", ".maille"),
        *("nul.txt", ".well-known/con.txt", ".well-known/../x.txt", "é.html", "a b.html", "a\\b.c"),
        "x" * 90 + ".html",
    ],
)
def test_a_file_to_publish_has_a_name_that_a_site_can_have(name: str) -> None:
    key = name.replace("\\", "\\\\")
    (problem,) = check(f'[fichiers]\n"{key}" = "x"\n')
    assert problem.message == f"« {name} » ne peut pas être le nom d'un fichier publié"
    assert ('"CNAME"' in problem.hint) != (name == "/x.html")


def test_a_name_with_a_bar_before_it_has_its_exact_line() -> None:
    (problem,) = check('[fichiers]\n"/google123.html" = "un \\"é\\""\n')
    assert problem.hint == 'écrivez "google123.html" = "un \\"é\\""'


def test_the_files_that_hosts_ask_for_are_accepted() -> None:
    names = ["CNAME", ".nojekyll", "google1.html", "BingSiteAuth.xml", ".well-known/security.txt"]
    assert check("[fichiers]\n" + "".join(f'"{name}" = "x"\n' for name in names)) == []


def test_a_faulty_file_is_told_at_its_line() -> None:
    (problem,) = check('[fichiers]\nCNAME = "x"\n"a/b.html" = "x"\n')
    assert problem.line == FIRST + 2
    (problem,) = check(f'[fichiers]\nCNAME = "x"\n"b.html" = "{"x" * 10_001}"\n')
    assert (problem.line, "10001 caractères" in problem.message) == (FIRST + 2, True)


LISTS = "{cle: a, nom: A, rythme: mois, valeur: m}, {cle: b, nom: B, rythme: jour, valeur: j}"


@pytest.mark.parametrize(
    ("terms", "form", "said"),
    [
        (LISTS, FORM, ""),
        (LISTS, FORM.replace('champ_editions = "liste"\n', ""), "à laquelle des 2 lettres"),
        (LISTS.replace(", valeur: j", ""), FORM, "pas de quoi choisir chaque lettre"),
        (LISTS.replace("valeur: j", "valeur: m"), FORM, "ont la même « valeur »"),
    ],
)
def test_a_form_lets_choose_among_several_letters(terms: str, form: str, said: str) -> None:
    text = f"nom: Lettres\ntermes: [{terms}]\n".encode()
    documents, _ = parse([SourceFile("content/vocabulaires/listes.yaml", text)])
    found = check(form, validate(documents, KINDS).entries)
    assert len(found) == bool(said)
    assert all(said in one.message and one.path == "site.toml" and one.line for one in found)
