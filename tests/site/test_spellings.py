"""Two spellings of one organisation, address or domain; what only looks like it is left alone."""

from __future__ import annotations

import pytest

from maille.problems import Level, Problem
from maille.site.spellings import fold_address, fold_whole
from tests.site.test_assemble import catalyser, project
from tests.site.test_same_names import AMIENS, LILLE, event, news, page, told


def named(*names: str) -> dict[str, str]:
    """Return one project for each name, which is its partner."""
    return {
        f"content/projets/{number}.md": project(f"P{number}", f"partenaires: ['{name}']")
        for number, name in enumerate(names)
    }


def linked(*addresses: str) -> dict[str, str]:
    """Return one page for each address, to which it links."""
    return {
        f"content/pages/{number}.md": page(f"P{number}").removesuffix("a")
        + f"Un [lien]({address})."
        for number, address in enumerate(addresses)
    }


def warnings(files: dict[str, str]) -> list[Problem]:
    problems = told(files)
    assert all(one.level is Level.WARNING for one in problems)
    return problems


@pytest.mark.parametrize(
    ("usual", "other"),
    [
        ("IdealCo", "Idéal Co"),
        ("CCI", "C.C.I."),
        ("Malakoff-Humanis", "Malakoff Humanis"),
        ("KatalyZe", "Katalyze"),
    ],
)
def test_one_name_up_to_its_signs(usual: str, other: str) -> None:
    (problem,) = warnings(named(usual, other, usual))
    assert (
        problem.message == f"« {other} » s'écrit aussi « {usual} » (content/projets/0.md, ligne 5)"
    )
    assert (problem.path, problem.line) == ("content/projets/1.md", 5)
    assert problem.hint.startswith(f"écrivez {usual} partout")


def test_the_name_of_a_record_is_the_usual_one() -> None:
    files = {**named("Le Semoir", "Le Semoir"), "catalysers/a.md": catalyser("Le semoir")}
    assert {one.path for one in warnings(files)} == {
        "content/projets/0.md",
        "content/projets/1.md",
    }


def test_two_records_may_have_one_name() -> None:
    one, other = catalyser("Les amis du lieu", AMIENS), catalyser("Les Amis du lieu", LILLE)
    assert warnings({"catalysers/a.md": one, "catalysers/b.md": other}) == []
    known = catalyser("Idéal", "autres_noms: [Ideal]")
    assert warnings({"catalysers/a.md": known}) == []


@pytest.mark.parametrize(
    ("one", "other", "is_told"),
    [
        ("Fondation des Territoires", "Fondation des Teritoires", True),
        ("Ministère de la Mer", "Mininstère de la Mer", True),
        ("Ville de Nantes", "Ville de Mantes", False),  # two communes
        ("Association Lens 2024", "Association Lens 2025", False),
        ("Bureau Gérard", "Bureau Bérard", False),
        ("Chez Alexandre", "Chez Alexandra", False),
        ("Le Tri", "Le Tra", False),
    ],
)
def test_one_slip_in_a_long_word(one: str, other: str, is_told: bool) -> None:
    found = warnings(named(one, other))
    assert len(found) == is_told
    if found:
        assert found[0].message.startswith(f"« {other} » est à une lettre de « {one} »")


@pytest.mark.parametrize(
    ("usual", "other"),
    [
        ("https://essai.fr/a", "http://www.essai.fr/a/"),
        ("https://www.essai.fr/", "https://essai.fr/"),
        ("https://essai.fr/a/", "https://essai.fr/a"),
    ],
)
def test_one_address_in_two_ways(usual: str, other: str) -> None:
    (problem,) = warnings(linked(usual, other))
    assert (problem.path, problem.line, problem.column) == ("content/pages/1.md", 5, 11)
    assert problem.message == f"« {other} » s'écrit aussi « {usual} » (content/pages/0.md, ligne 5)"
    assert "<!-- vu -->" in problem.hint


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://essai.fr", "https://essai.fr/"),
        ("https://essai.fr/a", "https://essai.fr/b"),
        ("https://le-lieu75.fr/", "https://le-lieu76.fr/"),
        ("https://essai.fr/", "https://essaie.fr/"),
    ],
)
def test_other_addresses_are_two(one: str, other: str) -> None:
    assert warnings(linked(one, other)) == []


def test_the_addresses_of_articles_stay() -> None:
    old = news("A", "date: 2024-05-02").removesuffix("a") + "Un [lien](http://www.essai.fr/a)."
    assert warnings({**linked("https://essai.fr/a"), "content/actualites/a.md": old}) == []


def test_one_domain_in_two_ways() -> None:
    keys = ("date: 2024", "replay: https://x.plateformedespartages.org/a")
    files = {
        **linked("https://plateforme-despartages.org/", "https://platformedespartages.org/"),
        "content/evenements/a.md": event("E", *keys),
    }
    said = " ".join(one.message for one in warnings(files))
    for domain in ("plateforme-despartages.org", "platformedespartages.org"):
        assert f"« {domain} »" in said


def test_the_forms() -> None:
    assert fold_whole("Idéal & Co.") == "idealetco"
    assert fold_address("http://www.a.fr/b/") == fold_address("https://a.fr/b") == "a.fr/b"
