from __future__ import annotations

import pytest

from maille.content.yaml_errors import MAX_REPAIRS, REPAIR_LIMIT
from maille.site.config_recovery import STAND_INS, read_toml, replace_invalid

TYPED = "ce fichier n'est pas du TOML lisible"


@pytest.mark.parametrize(
    ("text", "line", "hint", "data"),
    [
        ("nom = Réseau\na = 1\n", 1, 'écrivez nom = "Réseau"', {"nom": "Réseau", "a": 1}),
        ('a = 1\nnom: "x"\n', 2, 'écrivez nom = "x"', {"nom": "x", "a": 1}),
        ('nom "x"\n', 1, 'écrivez nom = "x"', {"nom": "x"}),
        ('nom = "abc\na = 1\n', 1, 'écrivez nom = "abc"', {"nom": "abc", "a": 1}),
        ("nom = “abc”  # note\n", 1, 'écrivez nom = "abc"  # note', {"nom": "abc"}),
        ('nom = l"été"\n', 1, "écrivez nom = 'l\"été'", {"nom": 'l"été'}),
        ('a = "C:\\q"\n', 1, "écrivez a = 'C:\\q'", {"a": "C:\\q"}),
        ("a = 2024-02-30\n", 1, 'écrivez a = "2024-02-30"', {"a": "2024-02-30"}),
        ("[[menu]\na = 1\n", 1, "écrivez [[menu]]", {"menu": [{"a": 1}]}),
        ("menu]\na = 1\n", 1, "écrivez [menu]", {"menu": {"a": 1}}),
        ('\u00a0nom = "a"\n', 1, 'écrivez nom = "a"', {"nom": "a"}),
        # What is opened here is missed further down: at the next setting, or at the end.
        ('r = ["a", "b"\nx = 1\n', 1, 'écrivez r = ["a", "b"]', {"r": ["a", "b"], "x": 1}),
        ('r = ["a"\n# une note]\n[x]\n', 1, 'écrivez r = ["a"]', {"r": ["a"], "x": {}}),
        ('r = ["a" "b"]\n', 1, 'écrivez r = ["a", "b"]', {"r": ["a", "b"]}),
        ('r = [\n "a",\n "b"\nx = 1\n', 1, "ajoutez ] à la fin de la ligne 3",
         {"r": ["a", "b"], "x": 1}),
        ("t = {a = 1\nb = 2\n", 1, "écrivez t = {a = 1}", {"t": {"a": 1}, "b": 2}),
        ('t = """abc\nd = 1\n', 1, 'écrivez t = "abc"', {"t": "abc", "d": 1}),
        # What has no remedy that is sure.
        ('r = [\n "a",\n b,\n]\n', 3, "vérifiez", {"r": ["a"]}),
        ("a = \nb = 1\n", 1, "vérifiez", {"b": 1}),
        ("nom = 'a'\nnom = 'b'\n", 2, "effacez cette ligne", {"nom": "a"}),
    ],
)  # fmt: skip
def test_a_mistake_is_told_and_the_rest_is_read(
    text: str, line: int, hint: str, data: dict[str, object]
) -> None:
    read = read_toml(text)
    (mistake,) = read.mistakes
    assert mistake.line == line
    assert mistake.hint.startswith(hint)
    assert read.data == data
    assert line in read.doubtful


def test_several_mistakes_are_told_each_at_its_line() -> None:
    read = read_toml('a = x\nb = "1"\n[c\nd = "2\ne: 3\n')
    assert [mistake.line for mistake in read.mistakes] == [1, 3, 4, 5]
    assert read.data == {"a": "x", "b": "1", "c": {"d": "2", "e": 3}}
    assert read.doubtful == {1: "a = x", 3: "[c", 4: 'd = "2', 5: "e: 3"}


@pytest.mark.parametrize(
    "text", ["a = 1\n", "", "# rien\n", 'r = [\n "a",\n]\n[[m]]\nt = """\n[\n"""\n']
)
def test_what_is_right_has_no_mistake(text: str) -> None:
    read = read_toml(text)
    assert (read.mistakes, read.doubtful) == ((), {})


@pytest.mark.parametrize("text", ["\x00\n", '"""', "[[[[", "= = =\n" * 50, "a.b.c..d\n"])
def test_a_hopeless_text_is_given_up(text: str) -> None:
    assert read_toml(text).mistakes


def test_fewer_mistakes_are_told_in_a_long_text() -> None:
    mistakes = 'x = valeur "a\n' * 30
    assert len(read_toml(mistakes).mistakes) == MAX_REPAIRS
    assert len(read_toml(f"# note {'a' * (REPAIR_LIMIT // 4)}\n{mistakes}").mistakes) == 3
    assert len(read_toml(f"# note {'a' * REPAIR_LIMIT}\n{mistakes}").mistakes) == 1


@pytest.mark.parametrize(
    ("path", "left"),
    [
        (("nom",), {"nom": STAND_INS["nom"]}),
        (("menu", 0, "titre"), {"menu": [{}, {"titre": "B"}]}),
        (("menu", 0, "adresse"), {"menu": [{"titre": "B"}]}),
        (("menu", 1), {"menu": [{"titre": "A"}]}),
        (("lettre", "f", "b"), {"lettre": {}}),
        (("inconnu",), {}),
    ],
)
def test_what_is_invalid_goes_and_what_is_missing_has_a_stand_in(
    path: tuple[str | int, ...], left: dict[str, object]
) -> None:
    data = {"nom": "N", "menu": [{"titre": "A"}, {"titre": "B"}], "lettre": {"f": {"a": 1}}}
    assert replace_invalid(data, [path]) == data | left
