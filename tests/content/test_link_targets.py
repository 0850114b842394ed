"""The addresses that links take, and what to type instead of the others."""

from __future__ import annotations

import pytest

from maille.content.link_targets import is_admitted, suggest_target


@pytest.mark.parametrize(
    "target",
    ["https://a.fr", "HTTP://a.fr/é?b=1&c#d", "mailto:a@b.fr?subject=c", "tel:+33123456789", "/",
     "/x/#y", "#y", "/x?y"],
)  # fmt: skip
def test_where_a_link_may_lead(target: str) -> None:
    assert is_admitted(target)


@pytest.mark.parametrize(
    "target",
    ["", "x", "../x", "?x", "//a.fr", "/\\a.fr", "\\\\a.fr", "/ /a.fr", "#", "https://", "https:/a",
     "http:///x", "https://banque.fr@a.fr", "ftp://a.fr", "data:text/html,x", "javascript:x",
     "vbscript:x", "java\tscript:x", " javascript:x", "\x01javascript:x", "file:///x", "blob:x",
     "mailto:", "tel:", "tel:x", "https://a.fr/ b", 'https://a.fr"x', "https://a.fr\u202e/x",
     "/x\u200b/", "https://a.fr\n"],
)  # fmt: skip
def test_where_a_link_may_not_lead(target: str) -> None:
    assert not is_admitted(target)


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("//exemple.fr/a", "écrivez https://exemple.fr/a"),
        ("https:/exemple.fr/a", "écrivez https://exemple.fr/a"),
        ("htps://exemple.fr/a", "écrivez https://exemple.fr/a"),
        ("www.exemple.fr", "écrivez https://www.exemple.fr"),
        ("exemple.fr/plan.pdf", "écrivez https://exemple.fr/plan.pdf"),
        ("ftp://exemple.fr/a", "écrivez https://exemple.fr/a, si cette adresse s'ouvre"),
        ("contact@exemple.fr", "écrivez mailto:contact@exemple.fr"),
        ("mailto : contact@exemple.fr", "écrivez mailto:contact@exemple.fr"),
        ("mailto:contact(at)exemple.fr", "écrivez mailto:contact@exemple.fr"),
        ("+33 3 22 00 00 00", "écrivez tel:+33322000000"),
        ("tel: 03 22 00 00 00", "écrivez tel:0322000000"),
        ("le-reseau", "écrivez /le-reseau/"),
        ("./projets/racines/#suite", "écrivez /projets/racines/#suite"),
        ("./Projets/Été.html", "écrivez /projets/ete/"),
        ("projets\\racines", "écrivez /projets/racines/"),
        ("p/rojets/racines/", "écrivez /projets/racines/"),
        ("c/arte", "écrivez /carte/"),
        ("l/ettres/2024-05/#suite", "écrivez /lettres/2024-05/#suite"),
        ("/projets/ puis la suite", "remplacez /projets/ puis la suite par /projets/) puis la"),
        ("/carte/#liste, oui", "remplacez /carte/#liste, oui par /carte/#liste), oui"),
        (
            "https://exemple.fr/a. Fin",
            "remplacez https://exemple.fr/a. Fin par https://exemple.fr/a). Fin",
        ),
        (
            "https://exemple.fr/ un.pdf",
            "une adresse n'a pas d'espace : écrivez https://exemple.fr/%20un.pdf",
        ),
        ("/projets/ma page/", "une adresse n'a pas d'espace : écrivez /projets/ma%20page/"),
        *(
            (name, "publiez ce fichier ailleurs, et écrivez [le mot](…), avec son adresse")
            for name in (
                "trajet.gpx",
                "Plan.SVG",
                "son.mp3",
                "agenda.ics",
                "../a/b.odt",
            )
        ),
        *(
            (
                name,
                f"mettez ce PDF dans content/documents/ sous le nom {right}",
            )
            for name, right in (
                ("plan.pdf", "plan.pdf"),
                ("../Le Plan.PDF#page=2", "le-plan.pdf"),
                (r"dossier\plan d'été.pdf", "plan-d-ete.pdf"),
            )
        ),
        ("index.php?id=3&lang=fr", "écrivez [le mot](…), avec l'adresse de la page"),
        ("index.php/projets/racines", "écrivez [le mot](…), avec l'adresse de la page"),
        ("plan.html#suite", "écrivez /plan/#suite"),
        ("exemple.fr/index.php?id=3", "écrivez https://exemple.fr/index.php?id=3"),
        ("{{ site.baseurl }}/projets/racines/", "écrivez /projets/racines/"),
        ("{% link a.md %}", "écrivez [le mot](…), avec l'adresse de la page"),
        ("(https://exemple.fr/a)", "écrivez https://exemple.fr/a"),
        ("à compléter", "écrivez [le mot](…), avec l'adresse de la page"),
        ("", "écrivez [le mot](…), avec l'adresse de la page"),
        ("javascript:void(0)", "remplacez [le mot](javascript:void(0)) par le mot"),
        ("file:///C:/a.pdf", "remplacez [le mot](file:///C:/a.pdf) par le mot"),
        ("../page/", "écrivez [le mot](…), avec l'adresse de la page"),
        ("lettres/2025-05/", "écrivez /lettres/2025-05/"),
        ("https//exemple.fr/x", "écrivez https://exemple.fr/x"),
        (
            "https:// exemple.fr/b c",
            "une adresse n'a pas d'espace : écrivez https://exemple.fr/b%20c",
        ),
        ("mailto: nom@exemple.fr", "écrivez mailto:nom@exemple.fr"),
        (
            "mailto: nom@exemple.fr?subject=Le mot",
            "une adresse n'a pas d'espace : écrivez mailto:nom@exemple.fr?subject=Le%20mot",
        ),
        ("Tel: +32 4 73 00 00 00", "écrivez tel:+32473000000"),
        ('https://exemple.fr/page"', "écrivez https://exemple.fr/page"),
        ("https://exemple.fr/page »", "écrivez https://exemple.fr/page"),
        ("« https://exemple.fr/page »", "écrivez https://exemple.fr/page"),
        ("“/projets/”", "écrivez /projets/"),
    ],
)
def test_the_address_that_is_meant_is_to_be_typed(target: str, hint: str) -> None:
    found = suggest_target(target, "le mot")
    assert found.startswith(hint)
    assert found.removeprefix(hint)[:1] in {"", " ", ",", ";"}
