"""The HTML of a body as it is shown on a page, and in a mail."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from maille.content.markdown import Converter
from maille.publish.body_html import (
    MAIL_COLUMN,
    add_base_path,
    format_for_mail,
    format_for_page,
    list_headings,
    stack_wide_tables,
)

SITE = "https://essai.example/reseau"
PICTURE = (
    '<picture><source srcset="/a-480.webp 480w" type="image/webp"><img src="/a.jpg" alt="Un pont" '
    'width="{}" height="300" loading="lazy" decoding="async"></picture>'
)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/x/", "/reseau/x/"),
        ("#bas", "#bas"),
        ("https://essai.example/x/", "https://essai.example/x/"),
        ("mailto:a@essai.example", "mailto:a@essai.example"),
    ],
)
def test_the_base_path_comes_before_addresses_of_the_site_alone(address: str, found: str) -> None:
    assert add_base_path(address, "/reseau/") == found


def test_a_page_has_the_base_path_and_french_typography() -> None:
    made = format_for_page('<p><a href="/x/">L\'été</a> : `/y/`</p>', "/reseau/")
    assert made == '<p><a href="/reseau/x/">L’été</a>\u00a0: `/y/`</p>'


def test_a_mail_has_whole_addresses_and_keeps_those_of_its_own() -> None:
    made = format_for_mail('<a href="/x/">a</a> <a href="mailto:a@b.example">b</a>', SITE)
    assert made == f'<a href="{SITE}/x/">a</a> <a href="mailto:a@b.example">b</a>'


@pytest.mark.parametrize(("width", "shown"), [(300, 300), (1280, MAIL_COLUMN)])
def test_an_image_of_a_mail_is_one_that_fits(width: int, shown: int) -> None:
    made = format_for_mail(PICTURE.format(width), SITE)
    assert made == (
        f'<img src="{SITE}/a.jpg" alt="Un pont" width="{shown}" '
        f'style="width:100%;max-width:{shown}px;height:auto">'
    )


def test_cells_of_a_table_are_aligned_by_attributes_in_a_mail() -> None:
    table = Converter().convert("| Quoi | Combien |\n| --- | ---: |\n| Un | 12 |\n").html
    made = format_for_mail(table, SITE)
    assert '<table width="100%"' in made
    assert made.count('align="right"') == 2
    assert "class=" not in made


def convert(*rows: str) -> str:
    return Converter().convert("\n".join(f"| {row} |" for row in rows)).html


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        (("Quoi | Combien", "--- | ---:", "Un | 12"), [("Quoi", "left"), ("Combien", "right")]),
        (
            ("A | B | C", ":-: | --- | ---", "1 | 2 | 3"),
            [("A", "center"), ("B", "left"), ("C", "left")],
        ),
        ((" | B", "--- | ---", "1 | 2"), [("", "left"), ("B", "left")]),
    ],
)
def test_titles_of_columns_say_so_in_a_mail(
    rows: Sequence[str], cells: Sequence[tuple[str, str]]
) -> None:
    made = format_for_mail(convert(*rows), SITE)
    found = [*re.findall(r"<th( [^>]*)>(.*?)</th>", made)]
    assert all(' scope="col"' in attributes for attributes, _ in found)
    told = [(words, re.findall(r' align="(\w+)"', attributes)) for attributes, words in found]
    assert told == [(words, [side]) for words, side in cells]
    assert made.count("<thead") == 1


@pytest.mark.parametrize(
    "rows",
    [
        ("Quoi | Combien", "--- | ---:", "Un | 12"),
        ("Étape | Quand", "--- | ---", "Une phrase qui est longue, de mots courts. | mai 2026"),
        ("Accompagnement", "---", "Expérimentation"),
    ],
)
def test_a_table_that_fits_a_phone_is_left_as_it_is(rows: Sequence[str]) -> None:
    made = format_for_mail(convert(*rows), SITE)
    assert stack_wide_tables(made) == made


LONG = "b" * 40
NAME = "<strong>{}</strong>\u00a0: {}"


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (
            ("Étape | Qui | Coût", "--- | --- | ---", "Expérimentation | Intercommunalité | "),
            [NAME.format("Étape", "Expérimentation"), NAME.format("Qui", "Intercommunalité")],
        ),
        (
            (f"A | {LONG}", "--- | ---", "[*1*](/x/) | 2", " | "),
            [NAME.format("A", f'<a href="{SITE}/x/"><em>1</em></a>'), NAME.format(LONG, "2")],
        ),
        ((f" | {LONG}", "--- | ---", "1 | 2"), ["1", NAME.format(LONG, "2")]),
        ((f"A | {LONG}", "--- | ---"), ["A", LONG]),
    ],
)
def test_a_table_that_a_phone_would_cut_is_told_row_by_row(
    rows: Sequence[str], lines: Sequence[str]
) -> None:
    made = stack_wide_tables(format_for_mail(f"<p>a</p>{convert(*rows)}<p>b</p>", SITE))
    assert made == f"<p>a</p><p>{'<br>'.join(lines)}</p><p>b</p>"


def test_code_keeps_its_lines_and_indents_in_a_mail_and_may_wrap() -> None:
    code = Converter().convert("    if a:\n        b = 1\n").html
    assert "<code>if a:<br>\u00a0\u00a0\u00a0\u00a0b = 1</code>" in format_for_mail(code, SITE)


def test_words_that_look_like_a_tag_stay_as_they_are_in_a_mail() -> None:
    typed = '`<img width="900" height="600" class="x">`'
    assert '&lt;img width="900" height="600" class="x"&gt;' in format_for_mail(
        Converter().convert(typed).html, SITE
    )


def test_a_table_wider_than_a_phone_scrolls_in_a_box_that_the_keyboard_reaches() -> None:
    wide = convert("Territoire | Accompagnements | Expérimentations", "- | - | -", "a | b | c")
    narrow = convert("Quoi | Combien", "- | -", "Un | 12")
    made = format_for_page(f"<p>a</p>{wide}{narrow}", "/")
    assert (
        made.count('<div class="box" role="group" aria-label="Tableau" tabindex="0"><table>') == 1
    )
    assert made.count("</table></div>") == 1
    assert made.index("</div>") < made.index("Combien")


def test_the_contents_of_a_page_are_its_headings_that_have_an_address() -> None:
    html = (
        '<h2 id="_a">Le <em>QG</em> &amp; co</h2><h2>Sans adresse</h2><h3 id="b">Plus bas</h3>'
        '<section><h2 class="x" id="c">\n  Sources\n</h2></section>'
    )
    assert list_headings(html) == [("_a", "Le QG &amp; co"), ("c", "Sources")]
