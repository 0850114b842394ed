"""The applier of hints does what they say and no more; mutants come from their seed alone."""

from __future__ import annotations

from itertools import islice

import pytest

from maille.problems import Problem
from tools.hints.apply import follow_hint
from tools.hints.mutate import SEED, make_mutants
from tools.hints.states import simplify

PATH = "catalysers/a.md"


def follow(
    text: str, place: tuple[int, int], message: str, hint: str, known: dict[str, str] | None = None
) -> str | None:
    line, column = place
    problem = Problem(PATH, message, hint, line=line, column=column)
    changed = follow_hint(problem, {PATH: text.encode()}, known or {})
    if changed is None:
        return None
    data = changed[PATH]
    assert data is not None
    return data.decode()


@pytest.mark.parametrize(
    ("text", "place", "message", "hint", "after"),
    [
        ("profil: asso\n", (1, 9), "« asso » n'est pas dans la liste", "écrivez « association »",
         "profil: association\n"),
        ("comune: X\n", (1, 1), "la clé « comune » n'existe pas ici",
         "vouliez-vous dire « commune » ?", "commune: X\n"),
        ("nom: a : b\n", (1, 8), "un deux-points de trop",
         'mettez toute la valeur entre guillemets : nom: "a : b"', 'nom: "a : b"\n'),
        ("- {a: x, t: I, là, d: e}\n", (1, 14), "la virgule coupe cette valeur",
         'mettez toute la valeur entre guillemets : t: "I, là"', '- {a: x, t: "I, là", d: e}\n'),
        ("s:\n  -titre: x\n", (2, 3), "le tiret n'est pas suivi d'une espace",
         "écrivez « - titre: x »", "s:\n  - titre: x\n"),
        ("---\na: b\n---\n# T\n", (4, 1), "« T » est un titre de premier niveau",
         "écrivez ## T", "---\na: b\n---\n## T\n"),
        ("---\na: b\n---\nun [lien] (/x/) ici\n", (4, 4), "une espace sépare le lien",
         "écrivez [lien](/x/), sans espace", "---\na: b\n---\nun [lien](/x/) ici\n"),
        ("---\na: b\n---\n[x](/y)\n", (4, 5), "le lien /y ne mène à aucune page",
         "vouliez-vous dire « /y/ », « /z/ » ou « /u/ » ?", "---\na: b\n---\n[x](/y/)\n"),
        ("p: [a\n", (1, 4), "un crochet [ est ouvert ici", "fermez-le, et séparez les valeurs",
         "p: [a]\n"),
        ("a: b\nx: y\n", (2, 1), "la ligne du modèle", "effacez cette ligne", "a: b\n"),
        ("p: [a, b, a]\n", (1, 11), "« a » est déjà dans cette liste", "effacez l'un des deux",
         "p: [a, b]\n"),
        ("s:\n  - a: b\n   c: d\n", (3, 4), "une ligne ne commence pas par un tiret",
         "alignez-la sur le texte qui suit le tiret, ou commencez-la par un tiret",
         "s:\n  - a: b\n    c: d\n"),
        ("---\na: b\n---\nx <a\nhref='/y/'>y\nz</a> b\n", (4, 3), "c'est du HTML",
         "remplacez tout, de « <a » jusqu'à « z</a> », 2 lignes plus bas, par [y z](/y/)",
         "---\na: b\n---\nx [y z](/y/) b\n"),
        ("---\na: b\n---\nx <s>\ny\n</s>\n", (4, 3), "c'est du HTML",
         "effacez tout, de « <s> » jusqu'à « </s> », 2 lignes plus bas", "---\na: b\n---\nx \n"),
        ("- a\n  - b\n  - c\n- d\n  - e\n", (2, 1), "ce point reste au niveau",
         "pour l'y ranger, commencez sa ligne par 4 espaces, comme les lignes 3 et 5",
         "- a\n    - b\n    - c\n- d\n    - e\n"),
        ("---\na: b\n---\nx :\n- y\n", (5, 1), "cette liste touche le texte d'avant",
         "laissez une ligne vide avant la liste", "---\na: b\n---\nx :\n\n- y\n"),
    ],
)  # fmt: skip
def test_a_hint_is_followed_to_the_letter(
    text: str, place: tuple[int, int], message: str, hint: str, after: str
) -> None:
    assert follow(text, place, message, hint) == after


def test_a_whole_line_is_typed_after_so_many_spaces() -> None:
    where = ("s:\n -  a: b\n", (2, 2), "cette ligne n'est pas alignée sur ses voisines")
    assert follow(*where, "écrivez 2 espaces, puis « - a: b »") == "s:\n  - a: b\n"
    assert follow(*where, "écrivez « - a: b », au bord gauche ; si…") == "s:\n- a: b\n"


def test_a_line_is_typed_above_those_that_are_under_it() -> None:
    where = ("s:\n    url: b\n", (2, 5), "« s » attend une liste")
    hint = "au-dessus de cette ligne, écrivez « - titre: … » ; si elle est de trop, effacez-la"
    assert follow(*where, hint, {"titre": "A"}) == "s:\n  - titre: A\n    url: b\n"
    assert follow(*where, hint) is None
    where = ("nom: A\n  - a: b\n", (1, 1), "il manque la clé « s »")
    assert follow(*where, "au-dessus de la ligne 2, écrivez « s: »") == "nom: A\ns:\n  - a: b\n"


def test_a_fence_goes_with_the_line_that_closes_it() -> None:
    where = ("a\n~~~python\nb\n~~~\nc\n", (2, 1), "« ~~~python » n'est pas compris ici")
    hint = "effacez cette ligne, et la ligne ~~~ qui la referme ; pour montrer du code, commencez"
    assert follow(*where, hint) == "a\nb\nc\n"


def test_what_begins_before_the_sign_that_is_pointed_at_is_replaced() -> None:
    where = ("un et [un](x:y) là\n", (1, 12), "« x:y » n'est pas une adresse admise")
    assert follow(*where, "remplacez [un](x:y) par un") == "un et un là\n"


def test_a_number_sign_that_is_text_is_typed_with_its_line() -> None:
    where = ("---\na: b\n---\n#ESS, a.\n", (4, 1), "« ESS, a. » est un titre de premier niveau")
    hint = "écrivez \\#ESS, a. (ou ## ESS, a. si c'est un titre)"
    assert follow(*where, hint) == "---\na: b\n---\n\\#ESS, a.\n"


def test_only_the_first_advice_is_followed() -> None:
    hint = 'mettez la valeur entre guillemets : "a #b" ; si c\'est une note, laissez une espace'
    assert follow("nom: a #b\n", (1, 8), "« #b » est après un dièse", hint) == 'nom: "a #b"\n'


def test_what_the_editor_knows_fills_in_what_the_hint_leaves_open() -> None:
    where = ("---\na: b\n---\n", (1, 1), "il manque la clé « nom »", "ajoutez « nom: … »")
    assert follow(*where, {"nom": "X"}) == "---\nnom: X\na: b\n---\n"
    assert follow(*where) is None


def test_a_sample_is_typed_only_when_it_is_not_announced() -> None:
    where = ("date: hier\n", (1, 7), "« hier » n'est pas une date")
    known = {"date": "2024-05-03"}
    assert follow(*where, "écrivez par exemple 2024-07-08", known) == "date: 2024-05-03\n"
    assert follow(*where, "écrivez par exemple 2024-07-08") is None
    assert follow(*where, "écrivez 2024-07-08 (année-mois-jour)", known) == "date: 2024-07-08\n"


def test_of_several_words_the_true_one_is_picked() -> None:
    where = (
        "profil: x\n",
        (1, 9),
        "« x » n'est pas dans la liste",
        "écrivez « a », « b » ou « c »",
    )
    assert follow(*where, {"profil": "b"}) == "profil: b\n"
    assert follow(*where) == "profil: a\n"


@pytest.mark.parametrize("hint", ["", "vérifiez l'orthographe", "les clés connues sont : a, b"])
def test_what_says_nothing_to_do_cannot_be_followed(hint: str) -> None:
    assert follow("nom: x\n", (1, 6), "« x » ne convient pas", hint) is None


def test_a_file_is_renamed_and_moved() -> None:
    problem = Problem("catalysers/É.md", "ne peut pas servir d'adresse", "renommez-le e.md (sans)")
    files = {"catalysers/É.md": b"x"}
    assert follow_hint(problem, files, {}) == {"catalysers/É.md": None, "catalysers/e.md": b"x"}


def test_a_seed_gives_the_same_mutants() -> None:
    first, second = ([*islice(make_mutants(SEED), 40)] for _ in range(2))
    assert first == second
    assert [*islice(make_mutants(SEED + 1), 40)] != first
    assert all(
        simplify(m.path, m.wrong.encode()) != simplify(m.path, m.right.encode()) for m in first
    )


def test_two_files_that_say_the_same_are_the_same() -> None:
    one, other = '---\na: "b"\nc:\n---\n\nx\n\n\ny\n', "---\na: b\n---\nx  \n\ny"
    assert simplify("a.md", one.encode()) == simplify("a.md", other.encode())
    assert simplify("a.md", one.encode()) != simplify("a.md", one.replace("b", "d").encode())
    twice = b"---\na: b\na: b\n---\n"
    assert simplify("a.md", twice) != simplify("a.md", b"---\na: b\n---\n")
