from __future__ import annotations

import pytest

from maille.content.front_matter import read_front_matter
from maille.content.yaml_recovery import advise, list_repairs


@pytest.mark.parametrize(
    ("text", "number", "meant"),
    [
        ("nom: A : b  # note", 0, 'nom: "A : b"  # note'),
        ("nom: A : b#c", 0, 'nom: "A : b#c"'),
        ('nom: "abc', 0, 'nom: "abc"'),
        ("nom: “A : b”", 0, 'nom: "A : b"'),
        ("nom = A", 0, "nom: A"),
        ("a: b\ncourriel: -", 1, "courriel:"),
        ("s:\n  - nom: A B, fonction: C, date: 2024", 1, "  - {nom: A B, fonction: C, date: 2024}"),
        ("s:\n  - titre: A, url: https://a.fr/", 1, "  - {titre: A, url: https://a.fr/}"),
        ("s:\n  - titre: A, acte 2: B", 1, '  - titre: "A, acte 2: B"'),
        ("s:\n  - nom: A, role: B\n    date: 2024", 1, '  - nom: "A, role: B"'),
        ('a: b\nnom:" A, c"', 1, 'nom: "A, c"'),
        ("a: b\nnom:' A'", 1, "nom: 'A'"),
        ("s:\n   titre: A\n    date: 2019", 1, "  - titre: A"),
        ("s:\n  - titre: A\n    url: b\n   titre: C\n    url: d", 3, "  - titre: C"),
        ("s:\n  - {t: A, o:: B}", 1, "  - {t: A, o: B}"),
        ("s:\n  - {t:: A, o: B}", 1, "  - {t: A, o: B}"),
        ("nom\u00a0: A", 0, "nom: A"),
        ("nom :A", 0, "nom: A"),
        ("a: b\nnom:A\nc: d", 1, "nom: A"),
        ("s:\n\t- titre: A", 1, "  - titre: A"),
        ("s:\n\u00a0\u00a0- titre: A", 1, "  - titre: A"),
        ("s:\n  -titre: A", 1, "  - titre: A"),
        ("s:\n  • titre: A", 1, "  - titre: A"),
        ("s:\n  - @a", 1, '  - "@a"'),
        ("a: b\n\u00a0resume: A", 1, "resume: A"),
        ("a: b\n  resume: A", 1, "resume: A"),
        ("s:\n  - a: b\n   c: d", 2, "    c: d"),
        ("s:\n  - a: b\n   u rl: d", 2, "    url: d"),
        ("a: b\nr esume: d", 1, " resume: d"),
        ("a: b\nnom:F ondation", 1, "nom: Fondation"),
        ("s:\n  - titre:R apport", 1, "  - titre: Rapport"),
        ("a: b\ntheme:f oret-d-ifs", 1, "theme: foret-d-ifs"),
        ("s:\n  - titre: A\n    date:1 998-12-01", 2, "    date: 1998-12-01"),
        ("s:\n  - {titre: A, date:2 019, url: B}", 1, "  - {titre: A, date: 2019, url: B}"),
        ("s:\n  - {t: A, o: B}\n    {t: C}", 2, "  - {t: C}"),
        ("s:\n  {t: C, o: B}\n  - {t: A}", 1, "  - {t: C, o: B}"),
        ("s:\n  - nom: A, de: B}\n", 1, "  - {nom: A, de: B}"),
    ],
)
def test_what_a_line_probably_meant_is_proposed(text: str, number: int, meant: str) -> None:
    repairs = [*list_repairs(text.split("\n"), number)]
    assert {number: meant} in repairs
    assert {number: ""} in repairs


def test_the_lines_that_depend_on_a_line_can_go_with_it() -> None:
    lines = ["a: b", 'resume: "Une phrase', "  qui continue", "c: d"]
    assert {1: 'resume: "Une phrase"', 2: ""} in list_repairs(lines, 1)


def test_the_last_repair_empties_the_whole_group() -> None:
    lines = ["a: b", "s:", "  - c", "  d: e", "f: g"]
    *_, last = list_repairs(lines, 3)
    assert last == {1: "", 2: "", 3: ""}


@pytest.mark.parametrize(
    ("text", "number", "meant"),
    [
        ("p: [a, b  # note", 0, "p: [a, b]  # note"),
        ("p: [a]]", 0, "p: [a]"),
        ("p: [a,,b]", 0, "p: [a,b]"),
        ("p: [[a, b]", 0, "p: [a, b]"),
        ("s:\n  - {{t: A, d: B}", 1, "  - {t: A, d: B}"),
        ("s:\n  - t{itre: A, d: B}", 1, "  - {titre: A, d: B}"),
        ("lieu: v{ille: A, d: B}", 0, "lieu: {ville: A, d: B}"),
        ("p: [ecole, mairi]e", 0, "p: [ecole, mairie]"),
        ("p: 'L''If', \"B\"]", 0, "p: ['L''If', \"B\"]"),
        ("p: ['a' 'b']", 0, "p: ['a', 'b']"),
        ("s: [{t: A]", 0, "s: [{t: A}]"),
        ('s: [{t: "A}]', 0, 's: [{t: "A"}]'),
        ("s:\n  - {t: A, d: 2", 1, "  - {t: A, d: 2}"),
        ("s:\n  - {t: Ici : là, ou là, d: 2}", 1, '  - {t: "Ici : là, ou là", d: 2}'),
        ('s:\n  - {t: "A" b, d: 2}', 1, "  - {t: '\"A\" b', d: 2}"),
        ("s:\n  - {t A b, d=2}", 1, "  - {t: A b, d: 2}"),
        ("site: [exemple.fr](https://exemple.fr/a)", 0, "site: https://exemple.fr/a"),
        ("titre: [Un rapport](https://exemple.fr/a)", 0, 'titre: "Un rapport"'),
    ],
)
def test_what_a_list_or_a_group_probably_meant_is_proposed(
    text: str, number: int, meant: str
) -> None:
    assert {number: meant} in list_repairs(text.split("\n"), number)


@pytest.mark.parametrize(
    ("text", "number", "meant", "advice"),
    [
        ("nom: A : b # note", 0, 'nom: "A : b"  # note', 'écrivez « nom: "A : b"  # note »'),
        ("s:\n  - titre: A : b", 1, '  - titre: "A : b"', 'écrivez « titre: "A : b" »'),
        ("s:\n  -titre: A", 1, "  - titre: A", "écrivez « - titre: A »"),
        ("nom: « A : b »", 0, 'nom: "« A : b »"', 'écrivez nom: "« A : b »"'),
        ("commune", 0, "commune:", "écrivez « commune: … »"),
        ("termes\n  - a: b", 0, "termes:", "écrivez « termes: »"),
        ("a: b\n c: d", 1, "c: d", "commencez-la au bord gauche"),
        ("s:\n  - a: b\n\tc: d", 2, "    c: d", "commencez sa ligne par 4 espaces"),
        ("s:\n -  a: b", 1, "  - a: b", "écrivez 2 espaces, puis « - a: b »"),
        ("s:\n  - a: b\n   u rl: d", 2, "    url: d", "écrivez 4 espaces, puis « url: d »"),
        ("s: {a: b", 0, 's: "{a: b"', ""),
        ("...", 0, "", ""),
    ],
)
def test_the_advice_is_what_to_type(text: str, number: int, meant: str, advice: str) -> None:
    assert advise(text.split("\n"), number, {number: meant}) == advice


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("p: [[a, b]\nc: d", "écrivez « p: [a, b] »"),
        ("p: [[a, b], [c, d]\nc: d", "écrivez « p: [[a, b], [c, d]] »"),
        ("s:\n  - t{itre: A, d: B}\n", "écrivez « - {titre: A, d: B} »"),
        ("s:\n  - {t: A}\n    {t: B}", "écrivez 2 espaces, puis « - {t: B} »"),
        ("s:\n   {t: B}\n  - {t: A}", "écrivez 2 espaces, puis « - {t: B} »"),
        ("s:\n  - {t: A}\n  {t: B}\nc: d", "écrivez « - {t: B} »"),
        ("s:\n  - {t: A, titre:B onjour}\nc: d", "écrivez « - {t: A, titre: Bonjour} »"),
        ("s:\n  - t: A\n    u: B\n- t: « C » ; d\n    u: E", "commencez sa ligne par 2 espaces"),
        ("a: b\ncout:5 000", "écrivez « cout: 5 000 »"),
        ("a: b\nresume:à deux", "écrivez « resume: à deux »"),
    ],
)
def test_the_repair_that_is_told_is_the_likeliest(text: str, hint: str) -> None:
    [problem] = read_front_matter(text, "x.md").problems
    assert problem.hint == hint


def test_a_key_at_the_left_edge_below_a_list_may_be_of_the_list() -> None:
    lines = ["s:", "  - a: b", " c: d"]
    assert advise(lines, 2, {2: "c: d"}).endswith("de la liste au-dessus, par 4 espaces")


def test_a_very_long_line_is_emptied_and_not_mended() -> None:
    assert {0: 'nom: "a : b"'} in list_repairs(["nom: a : b"], 0)
    assert [*list_repairs([f"nom: {'a : ' * 600}b"], 0)] == [{0: ""}, {0: ""}]
