"""What Markdown does not understand is told at its place, and what it does is not."""

from __future__ import annotations

import pytest

from maille.content.markdown import Converter
from maille.content.unrendered import MAX_UNRENDERED, find_unrendered

CONVERTER = Converter()


def told(text: str) -> list[tuple[int, int, str, str]]:
    found = CONVERTER.convert(text).problems
    return [(one.line, one.column, one.message, one.hint) for one in found]


@pytest.mark.parametrize(
    ("text", "line", "column", "cause", "hint"),
    [
        ("a\n\nUn [lien] (https://x.fr/) ici", 3, 4, "une espace sépare", "[lien](https://x.fr/)"),
        ("Un [lien] (/projets/)", 1, 4, "une espace sépare", "[lien](/projets/), sans espace"),
        ("Un [lien]](/projets/)", 1, 4, "un crochet est de trop", "écrivez [lien](/projets/)"),
        ("[A b]]](https://x.fr/).", 1, 1, "un crochet est", "écrivez [A b](https://x.fr/)"),
        ("Un [lien]](www.x.fr)", 1, 4, "un crochet est de trop", "[lien](https://www.x.fr)"),
        ("Un [lien][nul] ici", 1, 4, "« nul »", "écrivez [lien](…), avec l'adresse"),
        ("Voir [[La page]].", 1, 6, "« [[La page]] » n'est pas", "[La page](…), avec"),
        ("![[photo.jpg]]", 1, 1, "aucune image", "écrivez ![…](/images/photo.jpg)"),
        ("Un mot[^1].", 1, 7, "« [^1] » ne fait pas de note", "effacez « [^1] »"),
        ("Un [lien][] ici", 1, 4, "aucune adresse", "écrivez [lien](…), avec l'adresse"),
        ("Voir [[page|nos mots]].", 1, 6, "n'est pas un lien", "écrivez [nos mots](…), avec"),
        ("Un **gras ouvert", 1, 4, "« ** » est ouvert", "effacez ce signe"),
        ("**Un** puis **deux", 1, 13, "« ** » est ouvert", "effacez ce signe"),
        ("Un __gras ouvert", 1, 4, "« __ » est ouvert", "effacez ce signe"),
        ("Voir https://x.fr/a, puis", 1, 6, "https://x.fr/a n'est pas", "<https://x.fr/a>"),
        ("(www.x.fr)", 1, 2, "www.x.fr n'est pas", "[nom de la page](https://www.x.fr)"),
        ("Écrire à nom@x.fr.", 1, 10, "nom@x.fr n'est pas un lien", "écrivez <nom@x.fr>"),
        ("- a\n- [ ] tâche", 2, 3, "« [ ] » ne fait pas de case", "effacez"),
        ("- [x] tâche\n\n- b", 1, 3, "« [x] » ne fait pas de case", "effacez"),
        ("a\n\n| A | B |\n| 1 | 2 |", 3, 1, "ces barres", "ajoutez | --- | --- |"),
        ("Texte :\n| A |\n|---|\n| 1 |", 2, 1, "ces barres", "une ligne vide au-dessus"),
        ("[x](https://x.fr)\n\nhttps://x.fr", 3, 1, "https://x.fr n'est pas", ""),
        ("## Un **titre", 1, 7, "« ** » est ouvert", ""),
        ("**A**\n** Ça va !** Oui", 2, 1, "une espace les sépare", "écrivez « **Ça va !** »"),
        ("Dit (** là**)", 1, 6, "une espace les sépare", "écrivez « **là** »"),
        ("> Un [[mot]]", 1, 6, "[[mot]]", ""),
        ("\\*a\\* et [[mot]]", 1, 10, "[[mot]]", ""),
    ],
)
def test_what_does_nothing_is_told(
    text: str, line: int, column: int, cause: str, hint: str
) -> None:
    [(found_line, found_column, message, remedy)] = told(text)
    assert (found_line, found_column) == (line, column)
    assert cause in message
    assert hint in remedy


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[a](https://x.fr/a)\n\nTexte.\n\n[a](https://x.fr", 5),
        ("[a](https://x.fr/?b=1) ici\n\nVoir [a](https://x.fr/ ici", 3),
        ("Voir <https://x.fr/a>.\n\nVoir [le plan](https://x.fr/a.", 3),
        ("- [a](mailto:a@x.fr)\n- [a](mailto:a@x", 2),
    ],
)
def test_a_link_never_closed_is_told_at_its_line(text: str, line: int) -> None:
    [(found, _, message, hint)] = told(text)
    assert found == line
    assert "il lui manque une parenthèse" in message
    assert hint.endswith(")")


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("## **Titre**\n\nUn **mot**.\n\n**\n#### Fin", 5, 1),
        ("Un **mot** et\n\n- **\n- b", 3, 3),
        ("a\n\nTél. : 03<br/>\nVoir un@exemple.fr<br/>", 4, 6),
        ("a\n\nVoir un@exemple.fr`code`", 3, 6),
        ("**Un**\n\nVoir ** et **.\n\nVoir ** et **.", 5, 12),
    ],
)
def test_a_sign_of_its_own_and_an_address_before_a_tag_are_told_where_they_are(
    text: str, line: int, column: int
) -> None:
    assert (line, column) in [found[:2] for found in told(text)]


def test_the_same_thing_twice_is_told_twice() -> None:
    assert [line for line, *_ in told("[[a]]\n\nb\n\n[[a]]")] == [1, 5]


@pytest.mark.parametrize("text", ["[[a]] " * 100_000, "a" * 300_000 + " @ **", "a.b@" * 100_000])
def test_of_a_bomb_a_few_things_are_told_at_once(text: str) -> None:
    assert len([*find_unrendered([(text, True)], text)]) <= MAX_UNRENDERED


@pytest.mark.parametrize(
    "text",
    [
        "[lien](https://x.fr) et <https://x.fr> et <nom@x.fr> et [nom@x.fr](mailto:nom@x.fr)",
        "[lien][nom] et [nom]\n\n[nom]: https://x.fr/",
        "**gras**, __gras__, *italique*, 2 * 3, un_deux_trois, ____",
        "`[[a]]`, `**`, `https://x.fr`\n\n    [[a]] **\n    https://x.fr\n    | a |",
        "\\*\\*a et \\[\\[b\\]\\] et \\[c\\]\\[d\\]",
        "| A | B |\n| --- | --- |\n| 1 | [a](/b/) |",
        "Il dit « […] on agit » [sic] (en 2023) et [1] puis [2].",
        "Un point | un autre ; @reseau ; 3 % | 4 %",
        "[x]\n\nLe choix [ ] reste ouvert.",
        "![Une rue](/images/a.jpg) (p. 3)",
        "Un [lien](/a/) (/b/) et [**gras**](https://www.x.fr)",
        "a\n\n---\n\n***\n",
        "Tarif : 10 €*, réduit 5 €** (sur place), 2**",
    ],
)
def test_what_is_understood_or_meant_is_not_told(text: str) -> None:
    assert told(text) == []
