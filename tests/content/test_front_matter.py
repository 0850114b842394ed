from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.content.documents import Position
from maille.content.front_matter import FrontMatter, read_front_matter
from maille.content.markdown_limits import TEXT_LIMIT
from maille.content.yaml_errors import MAX_REPAIRS, REPAIR_LIMIT
from maille.content.yaml_reader import DEPTH_LIMIT
from maille.problems import Level


def read(text: str, first_line: int = 2) -> FrontMatter:
    return read_front_matter(text, "f.md", first_line)


def told(text: str) -> list[tuple[int, int, str]]:
    """Read `text` as if it followed a first line `---`; return where problems are, and which."""
    return [(one.line, one.column, one.message) for one in read(text).problems]


def hint(text: str) -> str:
    (problem,) = read(text).problems
    return problem.hint


def test_a_last_line_without_an_end_is_read_to_its_end() -> None:
    assert [message for _, _, message in told("k: [?]")] == [
        "un crochet [ est ouvert ici et jamais refermé"
    ]


# --- Text first ----------------------------------------------------------------------------------

GUESSED_ELSEWHERE = [
    "01", "01000", "0612345670", "NO", "no", "on", "oui", "yes",
    "true", "False", "18:30", "9:30", "1_000", "2A", "nul", "nullement",
    "None", "nil", ".inf", "0x1F", "1e3", "0o17", "2026-02-30", "2026-05-01", "2026-05-01T10:00",
    "20925", "12.", "+33", "-5", "=1+1", "1:2:3", "<",
]  # fmt: skip


@pytest.mark.parametrize("typed", GUESSED_ELSEWHERE)
def test_a_value_arrives_as_typed(typed: str) -> None:
    header = read(f"a: {typed}\nb: [{typed}]\nc:\n  - {typed}\n{typed}: d\n")
    assert header.problems == ()
    assert header.data == {"a": typed, "b": [typed], "c": [typed], typed: "d"}


PRINTABLE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]))


@given(PRINTABLE)
def test_any_printable_text_between_quotes_comes_back_identical(text: str) -> None:
    single = "'" + text.replace("'", "''") + "'"
    double = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    header = read(f"a: {single}\nb: {double}\nc: [{single}, {double}]\n")
    assert header.problems == ()
    assert header.data == {"a": text, "b": text, "c": [text, text]}


@pytest.mark.parametrize("typed", ["null", "Null", "NULL", "~"])
def test_a_null_alone_is_an_empty_text_and_leaves_lists(typed: str) -> None:
    found = read(f"a: {typed}\nb: [{typed}]\nc:\n  - {typed}\n  - x\nd: {{e: {typed}}}\n")
    assert found.data == {"a": "", "b": [], "c": ["x"], "d": {"e": ""}}
    assert found.value_positions["c", 0].line == 6
    assert not found.problems


@pytest.mark.parametrize("typed", ["null", "Null", "NULL", "~"])
def test_a_null_between_quotes_or_in_a_text_is_text(typed: str) -> None:
    data = {"a": typed, "b": [typed], "c": f"{typed} part", typed: "d"}
    assert read(f"a: '{typed}'\nb: [\"{typed}\"]\nc: {typed} part\n{typed}: d\n").data == data


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("titre: L'été # suite\n", '"L\'été # suite"'),
        ("nom: Espace # Dijon\n", '"Espace # Dijon"'),
        ("a:\n  - Le lot # 3\n", '"Le lot # 3"'),
        ('nom: Le "Hub" # suite\n', "'Le \"Hub\" # suite'"),
        ("p: {t: Été # suite\n  }\n", '"Été # suite"'),
    ],
)
def test_a_note_that_may_be_text_is_told(text: str, value: str) -> None:
    (problem,) = read(text).problems
    assert problem.level is Level.WARNING
    assert problem.hint.partition(" : ")[2].startswith(value)


@pytest.mark.parametrize(
    "text",
    [
        "nom: Dijon  # à vérifier\n",
        "profil: accompagnateur # ou autre\n",
        "date: 2026-05-01 # vu\n",
        "nom: # à demander\n",
        "nom: Dijon #\n",
        'nom: "L\'été # suite"\n',
        *("#a: b\nc: d\n", "a: 'b #c'\n", "a: b#c\n", "a: |\n  b #c\n"),
    ],
)
def test_a_note_that_is_one_is_not_told(text: str) -> None:
    assert not read(text).problems


def test_a_blank_key_is_an_empty_text() -> None:
    assert read("a:\nb: ''\nc: # later\n").data == {"a": "", "b": "", "c": ""}


def test_keys_and_values_have_their_marks() -> None:
    header = read("nom: X\nsources:\n  - titre: A\n    date: 2024\n  - {titre: B}\n")
    assert header.key_positions["nom",] == Position(2, 1)
    assert header.value_positions["nom",] == Position(2, 6)
    assert header.value_positions["sources", 0] == Position(4, 5)
    assert header.key_positions["sources", 0, "date"] == Position(5, 5)
    assert header.value_positions["sources", 1, "titre"] == Position(6, 13)


# --- Mistakes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("nom: A\nville: B\nnom: C\n", 4, 1, "« nom » est déjà écrite à la ligne 2"),
        (
            "Titre: A\ntitre: B\n",
            2,
            1,
            "« Titre » est aussi écrite à la ligne 3, sous la forme « t",
        ),
        ("résumé: A\nresume: B\n", 2, 1, "« résumé » est aussi écrite à la ligne 3"),
        ("resume: A\nrésumé: B\n", 3, 1, "« résumé » est déjà écrite à la ligne 2, sous la forme"),
        ("s:\n  - {Titre: A, titre: B}\n", 3, 6, "« Titre » est aussi écrite à la ligne 3"),
        ("s:\n  - {titre: A, titre: B}\n", 3, 16, "« titre » est déjà écrite à la ligne 3"),
        ("nom:\nnom: A\n", 2, 1, "« nom » est vide ici, et de nouveau écrite à la ligne 3"),
        ("s:\ns:\n  - titre: A\n", 2, 1, "« s » est vide ici, et de nouveau écrite à la ligne 3"),
        ("s:\n  - a:\n    a: B\n", 3, 5, "« a » est vide ici, et de nouveau écrite à la ligne 4"),
        ("nom: A\nnom:\n", 3, 1, "« nom » est déjà écrite à la ligne 2"),
        ("nom: a : b\n", 2, 8, "deux-points de trop"),
        ('a: b\nnom: "abc\nc: d\n', 3, 6, "guillemet est ouvert ici"),
        ("p: {n: a, t: Ici, là, d: e}\n", 2, 19, "la virgule coupe cette valeur : « là »"),
        ("p: {t: Ici, là, et là}\n", 2, 13, "la virgule coupe cette valeur : « là »"),
        ("p: {n: a, t:Ici}\n", 2, 11, "cette clé n'a pas de deux-points suivi d'une espace"),
        ("p: {n, t: a}\n", 2, 5, "« n » n'a pas de deux-points"),
        ("nom: *x\n", 2, 6, "« *x » est un renvoi YAML"),
        ("nom: &x y\n", 2, 6, "« &x » est une ancre YAML"),
        ("nom: !!str y\n", 2, 6, "« !!str » est une étiquette YAML"),
        ("nom: !x y\n", 2, 6, "« !x » est une étiquette YAML"),
        ("<<: {a: b}\n", 2, 1, "« << » (fusion YAML)"),
        ("\tnom: x\n", 2, 1, "tabulation"),
        ("- a\n", 2, 1, "pas une suite de lignes"),
        ("du texte\n", 2, 1, "pas une suite de lignes"),
        ("? [a]\n: b\n", 2, 3, "une clé est un simple mot"),
        ("a: b\n---\nc: d\n", 4, 1, "coupe ces clés en deux"),
        ("nom: a\ufffeb\n", 2, 1, "caractère interdit"),
        ("titre: Le lot #3 et #4\n", 2, 14, "« #3 et #4 » est après un dièse"),
        ("titre: #3\n", 2, 7, "« #3 » est après un dièse"),
        ("a:\n  - b #c\n  - d\n", 3, 6, "« #c » est après un dièse"),
    ],
)
def test_a_mistake_is_told_where_it_is(text: str, line: int, column: int, words: str) -> None:
    ((found_line, found_column, message),) = told(text)
    assert (found_line, found_column) == (line, column)
    assert words in message


@pytest.mark.parametrize("text", ["p: {a: , b: c}\n", "p:\n  a:\n  b: c\n", "p: {a: b,}\n"])
def test_a_key_left_blank_is_not_cut(text: str) -> None:
    assert not told(text)


def test_a_list_without_spaces_after_its_dashes_has_no_key_twice() -> None:
    assert not told("s:\n  -titre: x\n  -titre: y\n")


@pytest.mark.parametrize("text", ["nom: a : b\n", "nom: @x\n", 'nom: a "b": c\n', "n: *a* : b\n"])
def test_what_the_hint_says_to_type_is_right(text: str) -> None:
    advice = hint(text).removeprefix("écrivez « ").removesuffix(" »")
    assert read(advice).problems == ()
    assert read(advice).data == {text[: text.index(":")]: text.partition(": ")[2].strip()}


@pytest.mark.parametrize("text", ["a: &x y\nb: 1\n", "a: !!str y\nb: 1\n", "b: 1\nb: 2\na: y\n"])
def test_a_header_read_as_typed_has_no_doubtful_line_whatever_its_problems(text: str) -> None:
    header = read(text)
    assert (header.doubtful, dict(header.data)) == ({}, {"a": "y", "b": "1"})
    assert header.problems


@pytest.mark.parametrize("text", ["a: *x\n", "<<: {a: b}\n", "? [a]\n: b\n", "a: b: c\n", "- a\n"])
def test_a_line_that_is_not_read_as_typed_is_doubtful(text: str) -> None:
    assert read(text).doubtful[2] == text.split("\n", maxsplit=1)[0]


def test_several_mistakes_are_told_in_one_go() -> None:
    lines = [line for line, _, _ in told("a: &x 1\na: 2\nb: !y 3\nA: 4\n")]
    assert lines == [2, 3, 4, 5]


# Each line is right or has one mistake, whatever the others.
SLIPS = {
    "nom: A : b": "deux-points de trop",
    'ville: "Amiens': "guillemet est ouvert ici",
    "resume: 'L'été": "guillemet est fermé trop tôt",
    "relation:cite": "n'a pas de deux-points",
    'titre:"Un : deux"': "n'a pas de deux-points",
    "profil = banque": "n'a pas de deux-points",
    "site: [exemple.fr](https://exemple.fr/)": "crochet ou une accolade de trop",
    "pratiques: [a, b": "crochet [ est ouvert ici",
    "lieu: {nom: A": "accolade { est ouverte ici",
    "note: @b": "commence par « @ »",
    "code\u00a0: 21": "insécable",
    "\tphrase: a": "tabulation",
}


@pytest.mark.parametrize("start", range(len(SLIPS)))
def test_each_mistake_of_syntax_is_told_at_its_line(start: int) -> None:
    lines = [*SLIPS][start:] + [*SLIPS][:start]
    text = "".join(f"{line}\nlibre{n}: 'x'\n" for n, line in enumerate(lines))
    header = read(text)
    told = sorted(header.problems, key=lambda problem: problem.line)
    assert [problem.line for problem in told] == [2 * n + 2 for n in range(len(lines))]
    for line, problem in zip(lines, told, strict=True):
        assert SLIPS[line] in problem.message
    assert header.doubtful == {2 * n + 2: line for n, line in enumerate(lines)}
    assert all(header.data[f"libre{n}"] == "x" for n in range(len(lines)))
    assert {key for key in header.data if not key.startswith("libre")} == {
        *("nom", "ville", "resume", "relation", "titre", "profil", "site", "pratiques"),
        *("lieu", "note", "code", "phrase"),
    }


def test_a_doubtful_value_is_what_was_probably_meant() -> None:
    header = read('nom: A : b  # note\nville: "Amiens\nrelation:cite\n\u00a0resume: Une phrase.\n')
    assert header.data == {
        "nom": "A : b",
        "ville": "Amiens",
        "relation": "cite",
        "resume": "Une phrase.",
    }


NOT_CHECKED = "la suite de cet en-tête n'est pas encore vérifiée"


def test_a_long_header_is_read_again_a_limited_number_of_times() -> None:
    many = "".join(f"cle{n}: a : b\n" for n in range(200))
    *mistakes, last = read(many).problems
    assert len(mistakes) == MAX_REPAIRS + 1
    assert (last.line, last.message) == (mistakes[-1].line, NOT_CHECKED)
    long = many + "# note\n" * (REPAIR_LIMIT // 28)  # a quarter of the limit
    assert [one.line for one in read(long).problems] == [2, 3, 4, 5, 5]
    longer = "a: b : c\n" + "# note\n" * (REPAIR_LIMIT // 7) + "d: e : f\n"
    assert [one.message for one in read(longer).problems][1:] == [NOT_CHECKED]


# --- Hostile headers -----------------------------------------------------------------------------


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_the_depth_limit(opening: str, closing: str) -> None:
    assert DEPTH_LIMIT == 16
    assert read(f"nom: {opening * 16}x{closing * 16}\n").problems == ()
    ((line, column, message),) = told(f"nom: {opening * 17}x{closing * 17}\n")
    assert (line, column) == (2, len("nom: ") + 16 * len(opening) + 1)
    assert "16 niveaux" in message


@pytest.mark.parametrize("unit", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_deep_nesting_does_not_kill_the_process(unit: str) -> None:
    code = (
        "from maille.content.front_matter import read_front_matter\n"
        f"found = read_front_matter('nom: ' * {unit in '[{a: '} + {unit!r} * 55_000, 'f.md')\n"
        "print(found.problems[0].message)\nassert len(found.problems) < 3"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "plus de 16 niveaux imbriqués dans l'en-tête"


def test_an_alias_bomb_is_refused_at_once() -> None:
    bomb = "a0: &a0 x\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
    )
    assert len(read(bomb).problems) == 10 + 90  # each anchor, each alias: nothing is expanded


def test_a_self_reference_is_refused() -> None:
    assert [message for _, _, message in told("a: &x [*x]\n")] == [
        "« &x » est une ancre YAML, qui n'est pas admise",
        "« *x » est un renvoi YAML, qui n'est pas admis",
    ]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    header = read(text)
    assert bool(header.problems) or not header.doubtful


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a: b\n[commune]: Amiens\n", "écrivez « commune: Amiens »"),
        ("a: b\n{{ titre }}: Un mot\n", "écrivez « titre: Un mot »"),
        ("a: b\n? [ville]\n: Ici\n", "écrivez « ville: Ici », et effacez la ligne du dessous"),
        ("a: b\n{a: b}: c\n", "écrivez « clé: valeur »"),
        ("a: b\n[c, d]: e\n", "écrivez « clé: valeur »"),
    ],
)
def test_a_key_between_signs_is_told_with_the_line_to_type(text: str, hint: str) -> None:
    assert {one.hint for one in read_front_matter(text, "a.md").problems} == {hint}


def test_of_a_key_that_is_blank_then_filled_in_the_value_is_read() -> None:
    header = read("s:\ns:\n  - titre: A\nb: c\n")
    assert header.data == {"s": [{"titre": "A"}], "b": "c"}
    assert header.key_positions["s",] == Position(3, 1)
    assert header.value_positions["s", 0, "titre"] == Position(4, 12)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        (
            "s:\n  - titre: A\n    url: b\n    url: c\n",
            "au-dessus de cette ligne, écrivez « - titre: … » ; si elle est de trop, effacez-la",
        ),
        (
            "s:\n  - nom: A\n    url: b\n    nom: B\n",
            "écrivez 2 espaces, puis « - nom: B » ; si cette ligne est de trop, effacez-la",
        ),
        (
            "s:\n- nom: A\n  nom: B\n",
            "écrivez « - nom: B », au bord gauche ; si cette ligne est de trop, effacez-la",
        ),
        ("s:\n  - titre: A\n    url: b\n    url: b\n", "gardez une seule des deux lignes"),
        ("url: b\nurl: c\n", "gardez une seule des deux lignes"),
        ("s:\n  - {titre: A, titre: B}\n", "effacez « titre: … », ici ou plus haut"),
    ],
)
def test_a_key_twice_in_an_item_may_be_the_next_item(text: str, advice: str) -> None:
    assert hint(text) == advice


@pytest.mark.parametrize(
    ("text", "line", "data"),
    [
        ("resume: L'été revient\nen force, et pour longtemps.\nnom: X\n", 3,
         {"resume": "L'été revient en force, et pour longtemps.", "nom": "X"}),
        ("a: Un lieu ouvert.\nUne fête y vient aussi.\n", 3,
         {"a": "Un lieu ouvert. Une fête y vient aussi."}),
        ("nom: X\na: Un lieu\nde travail, et de fête\nb: c\n", 4,
         {"nom": "X", "a": "Un lieu de travail, et de fête", "b": "c"}),
    ],
)  # fmt: skip
def test_a_sentence_broken_at_the_left_edge_is_put_together(
    text: str, line: int, data: dict[str, str]
) -> None:
    header = read(text)
    (problem,) = header.problems
    assert problem.line == line
    assert "commencez celle-ci par 2 espaces" in problem.hint
    assert header.data == data


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nom: Un lieu\nresume Un réseau ouvert\n", "« resume: Un réseau ouvert »"),
        ("nom: Un lieu.\nresume un réseau ouvert\n", "« resume: un réseau ouvert »"),
        ("nom: X\nresume un réseau ouvert\n", "« resume: un réseau ouvert »"),
        ("nom: 'Un lieu'\nresume un réseau ouvert\n", "« resume: un réseau ouvert »"),
    ],
)
def test_a_key_without_colon_is_no_end_of_a_sentence(text: str, words: str) -> None:
    assert words in hint(text)


@pytest.mark.parametrize("key", ["résumé", "Resume", "RÉSUMÉ", "Résumé"])
def test_a_hint_types_the_key_as_keys_are(key: str) -> None:
    for text in (f"{key}: A : b\n", f"{key} = A\n", f"{key}:A\n"):
        assert "« resume: " in hint(text)


def test_items_behind_bullets_are_told_one_by_one_and_read() -> None:
    assert hint("a:\n  - b\n  * c\n") == "écrivez « - c »"
    assert hint("• nom: X\nb: c\n") == "écrivez « nom: X »"
    header = read("sources:\n• titre: x\n  date: 2024\n• titre: y\nnom: z\n")
    assert [one.line for one in header.problems] == [3, 5]
    assert header.data == {"sources": [{"titre": "x", "date": "2024"}, {"titre": "y"}], "nom": "z"}


def test_a_header_of_toml_is_told_line_by_line() -> None:
    header = read('titre = "x"\nresume = "y"\ndate = 2024\n')
    assert [one.hint for one in header.problems] == [
        'écrivez « titre: "x" »',
        'écrivez « resume: "y" »',
        "écrivez « date: 2024 »",
    ]
    assert header.data == {"titre": "x", "resume": "y", "date": "2024"}


def test_a_header_that_is_too_long_is_refused_unread() -> None:
    text = "nom: x\n" * (TEXT_LIMIT // 7 + 1)
    front_matter = read_front_matter(text, "x.md", 2)
    assert front_matter.data == {}
    (problem,) = front_matter.problems
    assert (problem.line, problem.message) == (
        2,
        f"cet en-tête a {len(text)} caractères, plus que {TEXT_LIMIT}",
    )
