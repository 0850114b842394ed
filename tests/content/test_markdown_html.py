"""Raw HTML is told once, with the Markdown that says the same."""

from __future__ import annotations

import pytest

from maille.content.markdown import Converter

CONVERTER = Converter()


def told(text: str) -> list[tuple[int, int, str]]:
    return [(one.line, one.column, one.hint) for one in CONVERTER.convert(text).problems]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ('<a href="https://exemple.fr/">la page</a>', "[la page](https://exemple.fr/)"),
        ("<A target=_blank HREF='/projets/'>les projets</A>", "[les projets](/projets/)"),
        (
            """<a href="mailto:a@x.fr?subject=J'aime" class=b>écrire</a>""",
            "[écrire](mailto:a@x.fr?subject=J'aime)",
        ),
        ("<b>gras</b>", "« **gras** »"),
        ("<strong class='x'> gras </strong>", "« **gras** »"),
        ("<em>italique</em>", "« *italique* »"),
        ("<h1>Titre</h1>", "## Titre"),
        ("<h3>Titre</h3>", "### Titre"),
        ("<u>souligné</u>", "« souligné »"),
        ("<span style='color: red'>rouge</span>", "« rouge »"),
        ("<p>Un paragraphe</p>", "« Un paragraphe »"),
        ('<a href="https://exemple.fr/">Le <b>site</b></a>', "[Le **site**](https://exemple.fr/)"),
        ('<h2 class="x">Lire <a href="/a/">la page</a></h2>', "## Lire [la page](/a/)"),
        ("<b>a <i>b</i></b>", "« **a *b*** »"),
        ("<p>Un <em>mot </em>et <u>un autre</u></p>", "« Un *mot* et un autre »"),
        ("<sup>6</sup>", "« ⁶ »"),
        ("<sub>2</sub>", "« ₂ »"),
        ("<sup>er</sup>", "« er »"),
        ("<tr><th>A</th><td>B <b>c</b></td></tr>", "| A | B **c** |"),
    ],
)
def test_an_element_of_one_line_has_its_markdown(text: str, right: str) -> None:
    assert told(f"a\n\nb {text} c") == [(3, 3, f"écrivez {right}")]


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("<ul>\n<li>Un</li>\n</ul>", ["effacez « <ul> »", "écrivez - Un"]),
        ("<ul><li>Un <b>a</b></li>", ["effacez « <ul> »", "écrivez - Un **a**"]),
        (
            "<li>Un</li><li>Deux</li>",
            ["écrivez - Un", "écrivez - Deux, sur une nouvelle ligne"],
        ),
        ("<td>A</td><td>B</td>", ["écrivez « | A | »", "écrivez « B | »"]),
        (
            "<del>10 €</del> 5 €",
            ["effacez « <del>10 €</del> », ou écrivez 10 €, en disant ce qui a changé"],
        ),
        (
            "<strike>12 <b>mai</b></strike>",
            ["effacez « <strike>12 <b>mai</b></strike> », ou"],
        ),
        ("<b></b>", ["effacez « <b></b> »"]),
        ("<div><p>a</p></div>", ["effacez « <div> »", "écrivez « a »"]),
        ("<b>a <img src=x></b>", ["effacez « <b> »", "effacez « <img src=x> »"]),
        ("<b>" * 50, ["effacez « <b> »"] * 50),
    ],
)
def test_lists_tables_and_struck_words_keep_their_sense(text: str, hints: list[str]) -> None:
    found = [hint for _, _, hint in told(text)]
    assert [hint[: len(right)] for hint, right in zip(found, hints, strict=True)] == hints


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a<br>b", "remplacez « <br> » par « \\ », à la fin de la ligne"),
        ("- a<br />b", "remplacez « <br /> » par « \\ », à la fin de la ligne"),
        ("a<br>\nb", "remplacez « <br> » par « \\ »"),
        ("un mot\n<br>\nb", "effacez « <br> »"),
        ("## a<br>b", "remplacez « a<br>b » par « a b »"),
        ("## Un mot <br/> de plus", "remplacez « mot <br/> de » par « mot de »"),
        ("| A | B |\n|---|---|\n| 1 | un<BR>deux |", "remplacez « un<BR>deux » par « un deux »"),
        ("<iframe src=https://exemple.fr/>", "effacez « <iframe src=https://exemple.fr/> »"),
        ("<div>\n\nun texte\n\n</div>", "effacez « <div> »"),
        ("<b>a\n\nb</b>", "effacez « <b> »"),
        ("</i> seul", "effacez « </i> »"),
    ],
)
def test_a_tag_of_its_own_is_to_be_deleted(text: str, hint: str) -> None:
    ((_, _, found),) = told(text)
    assert found.startswith(hint)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (
            '<img style="width: 9%" src="/assets/fete.jpg" alt="La fête">',
            "mettez le fichier dans content/images/ et écrivez ![La fête](/images/fete.jpg) ; ",
        ),
        (
            "<IMG alt='' SRC='{{ site.baseurl }}/a/fete.png'/>",
            "mettez le fichier dans content/images/ et écrivez ![…](/images/fete.png), avec ce",
        ),
        (
            "<img src=https://exemple.fr/a.webp?w=3 alt=a>",
            "si vous en avez le droit, copiez-la dans content/images/ et écrivez ![a](/images/a.",
        ),
        ("<img src='/pixel?id=3' width=1>", "effacez « <img"),
        (
            '<a href="/a/"> <img src="a.png" alt="b"> </a>',
            'effacez « <a href="/a/"> », ou gardez le lien : […](/a/)',
        ),
        ("<a name=x>\n", "effacez « <a name=x> »"),
    ],
)
def test_an_image_and_a_link_are_not_lost_with_their_tag(text: str, hint: str) -> None:
    assert told(f"a\n\n{text}")[0][2].startswith(hint)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (
            '<a class="b"\nhref="https://exemple.fr/j" target="_blank"> Se connecter\nici</a>.',
            (
                'remplacez tout, de « <a class="b" » jusqu\'à « ici</a> », 2 lignes plus bas, '
                "par [Se connecter ici](https://exemple.fr/j)"
            ),
        ),
        (
            "<b>a\nb</b>",
            "remplacez tout, de « <b>a » jusqu'à « b</b> », 1 ligne plus bas, par **a b**",
        ),
        (
            '<div class="a"\n id="b">',
            'effacez tout, de « <div class="a" » jusqu\'à « id="b"> », 1 ligne plus bas',
        ),
        (
            '<a\nhref="/a/">Un <b>mot',
            (
                'effacez tout, de « <a » jusqu\'à « href="/a/"> », 1 ligne plus bas, '
                "ou gardez le lien : [Un mot](/a/)"
            ),
        ),
    ],
)
def test_a_tag_of_several_lines_is_told_whole(text: str, hint: str) -> None:
    assert told(f"a\n\n{text}")[0] == (3, 1, hint)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('<a href="https://exemple.fr/">\n\nLe *compte* rendu</a>', "[Le compte rendu](https://ex"),
        ('<a href="https://exemple.fr/"></a>', "effacez «"),
        ('<a href="https://exemple.fr/">', "ou gardez le lien : <https://exemple.fr/>"),
        ('<a href="invitation.pdf">ici</a>', "et écrivez /documents/invitation.pdf"),
        ('<a href="/Projets/Été.html">été</a>', "écrivez [été](/Projets/"),
        ('<a href="javascript:x()">ouvrir</a>', "écrivez « ouvrir »"),
    ],
)
def test_a_link_keeps_its_own_words_and_an_address_that_is_accepted(text: str, hint: str) -> None:
    assert hint in told(text)[0][2]


@pytest.mark.parametrize(
    "text",
    ["<style>ol { color: red }</style>", "<script>x()</script>", "<noscript>Activez</noscript>",
     "<template>Un</template>", "<svg><title>Un</title></svg>", "<title>T</title>",
     "<p>&nbsp;</p>", "<b> &#160; </b>", "<video controls>non</video>"],
)  # fmt: skip
def test_what_shows_no_text_is_to_be_erased(text: str) -> None:
    assert told(f"a\n\n{text}\n\n{text} b") == [
        (3, 1, f"effacez « {text} »"),
        (5, 1, f"effacez « {text} »"),
    ]


def test_a_long_drawing_is_not_repeated() -> None:
    ((_, _, hint),) = told(f"<svg>{'<path/>' * 100}</svg>")
    assert hint.startswith("effacez tout, de « <svg><path/>")
    assert hint.endswith("<path/></svg> »")
    assert len(hint) < 120


def test_a_style_of_several_lines_is_to_be_erased_whole() -> None:
    text = "<style>\nol {}\n\n<b>\n</style>\n\n<style>"
    assert told(text) == [
        (1, 1, "effacez tout, de « <style> » jusqu'à « </style> », 4 lignes plus bas"),
        (7, 1, "effacez « <style> »"),
    ]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('<iframe src="https://exemple.fr/v" title="Le [film]"></iframe>', "[Le film](https://exe"),
        ('<iframe src="//exemple.fr/v">\n</iframe>', "<https://exemple.fr/v>"),
        ('<object data="https://exemple.fr/a.pdf"></object>', "<https://exemple.fr/a.pdf>"),
        ("<embed src=https://exemple.fr/a>", "<https://exemple.fr/a>"),
        ('<video src="https://exemple.fr/a.mp4"></video>', "<https://exemple.fr/a.mp4>"),
    ],
)
def test_the_address_of_what_was_shown_is_kept(text: str, kept: str) -> None:
    assert f", ou gardez son adresse : {kept}" in told(text)[0][2]


def test_each_element_is_told_once() -> None:
    text = "<b>a <i>b</i></b> <b>c</b></b>\n\n{{<video>}} <a href=https://exemple.fr>d</a>"
    assert [(line, column) for line, column, _ in told(text)] == [
        (1, 1),
        (1, 19),
        (1, 27),
        (3, 13),
    ]


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        (
            "[la page]: https://exemple.fr/\n\nVoir la page.",
            1,
            "effacez cette ligne, ou écrivez [la page]",
        ),
        ("Voir [a].\n\n[a]: /x/\n[b]: /y/", 4, "effacez cette ligne"),
        ("Un texte\n\n[^1]: https://exemple.fr/", 3, "effacez cette ligne"),
    ],
)
def test_a_definition_that_no_link_uses_is_told(text: str, line: int, hint: str) -> None:
    ((found, _, remedy),) = told(text)
    assert (found, remedy[: len(hint)]) == (line, hint)


@pytest.mark.parametrize(
    "text", ["[a] et [b][c] et ![d][e]\n\n[a]: /a/\n[c]: /c/\n[e]: /images/e.png", "[//]: # (note)"]
)
def test_a_definition_that_is_used_is_not_told(text: str) -> None:
    assert told(text) == []
