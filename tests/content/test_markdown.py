from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from html.entities import html5
from typing import Any

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maille.content.documents import Body
from maille.content.markdown import Converter, split_sections
from maille.problems import ContentError, Level
from tests.content.test_markdown_limits import paragraphs
from tests.doses import MIXTURES
from tests.steps import count_steps

CONVERTER = Converter()


def convert(text: str, first_line: int = 1) -> Body:
    return CONVERTER.convert(text, first_line)


# --- HTML ----------------------------------------------------------------------------------------


def test_what_content_needs() -> None:
    text = "Un **gras**, un *italique* et `code`.\n\n- a\n- b\n\n3. c\n\n> cité\n\na  \nb\n"
    assert convert(text).html == (
        "<p>Un <strong>gras</strong>, un <em>italique</em> et <code>code</code>.</p>\n"
        "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"
        '<ol start="3">\n<li>c</li>\n</ol>\n'
        "<blockquote>\n<p>cité</p>\n</blockquote>\n"
        "<p>a<br>\nb</p>"
    )


def test_tables_are_aligned_by_class() -> None:
    html = convert("| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |").html
    assert "style" not in html
    for tag in ("th", "td"):
        classes = re.findall(rf'<{tag}(?: class="([^"]*)")?>', html)
        assert classes == ["aligne-left", "aligne-center", "aligne-right", ""]


@pytest.mark.parametrize("text", ["", "\n", "  \n\n "])
def test_an_empty_body_holds_nothing_of_the_body_before(text: str) -> None:
    convert("## Titre\n\n[a](/x/) ![i](y) <b>")
    assert convert(text) == Body(text, "")


def test_references_do_not_pass_from_one_body_to_the_next() -> None:
    convert("[a]: /x/")
    assert convert("[a]").links == ()


def test_entities_are_read_as_characters() -> None:
    body = convert("## Caf&eacute; & R&amp;D\n\nA&nbsp;B &lt;b&gt;")
    assert body.headings[0].text == "Café & R&D"
    assert body.headings[0].anchor == "cafe-r-d"
    assert body.html == (
        '<h2 id="cafe-r-d">Caf&eacute; &amp; R&amp;D</h2>\n<p>A&nbsp;B &lt;b&gt;</p>'
    )


# --- Headings ------------------------------------------------------------------------------------


def headings(text: str, first_line: int = 1) -> list[tuple[int, str, int]]:
    return [(h.level, h.text, h.line) for h in convert(text, first_line).headings]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("## a", [(2, "a", 1)]),
        ("\n\n## a ##\n### b", [(2, "a", 3), (3, "b", 4)]),
        ("a\n---\n\nb\n===", [(2, "a", 1), (1, "b", 4)]),
        ("##\u00a0a\n\n##\u202f b", [(2, "a", 1), (2, "b", 3)]),
        ("##a\n\n###### b", [(2, "a", 1), (6, "b", 3)]),
        ("texte\n## a\nsuite", [(2, "a", 2)]),
        ("    ## code\n\n## a", [(2, "a", 3)]),
        ("    code\n    ---\n\n## a", [(2, "a", 4)]),
        ("- x\n\n        ## code\n\n## a", [(2, "a", 5)]),
        ("`## a`\n\n## b", [(2, "b", 3)]),
        ("a\nb\n---\n\n## c", [(2, "c", 5)]),
        ("\\## a\n\n## b", [(2, "b", 3)]),
        ("---\n\n***\n\n## a", [(2, "a", 5)]),
        ("| a |\n|---|\n| b |\n\n## c", [(2, "c", 5)]),
        ("- a\n\n    ## b\n\n## c", [(2, "b", 3), (2, "c", 5)]),
        ("> ## a\n\n## b", [(2, "a", 1), (2, "b", 3)]),
        ("## [a](/x/) `b` **c**", [(2, "a b c", 1)]),
        ("## L'été\u00a0: « 1 < 2 »", [(2, "L'été\u00a0: « 1 < 2 »", 1)]),
        ("## a  \n## a\t", [(2, "a", 1), (2, "a", 2)]),
    ],
)
def test_headings_have_their_text_and_their_line(
    text: str, found: list[tuple[int, str, int]]
) -> None:
    assert headings(text) == found
    assert headings(text, 40) == [(level, words, line + 39) for level, words, line in found]


def test_anchors_are_unique_and_readable() -> None:
    text = "\n\n".join(f"## {words}" for words in ("L'été", "a", "a", "a 2", "a", "日本", "🎈"))
    anchors = [heading.anchor for heading in convert(text).headings]
    assert anchors == ["l-ete", "a", "a-2", "a-2-2", "a-3", "partie", "partie-2"]


@given(st.lists(st.sampled_from(["a", "a 2", "a 2 2", "b", "!", "a-3"]), max_size=12))
def test_anchors_are_unique(words: list[str]) -> None:
    found = [heading.anchor for heading in convert("\n\n".join(f"## {w}" for w in words)).headings]
    assert len(set(found)) == len(found) == len(words)


@given(st.lists(st.sampled_from(["## T", "t", "", "- a", "    c", "> q", "T\n---", "| a |"])))
def test_a_heading_line_is_the_line_that_it_is_typed_on(lines: list[str]) -> None:
    text = "\n".join(lines)
    for level, words, line in headings(text):
        assert level == 2
        assert words in text.split("\n")[line - 1]


def test_sections_are_what_stands_between_headings() -> None:
    html = convert('avant\n\n## A `<h2 id="x">y</h2>`\n\na\n\n### B\n\nb\n\n## C').html
    assert split_sections(html) == ("<p>avant</p>", '<p>a</p>\n<h3 id="b">B</h3>\n<p>b</p>', "")
    assert split_sections("") == ("",)


@given(st.text("#ab -\n`<>[]()\"'&;=h2/id", max_size=60))
def test_there_is_one_section_more_than_headings(text: str) -> None:
    body = convert(text)
    assert len(split_sections(body.html)) == 1 + sum(h.level == 2 for h in body.headings)


# --- Links ---------------------------------------------------------------------------------------


def links(text: str) -> list[tuple[str, int]]:
    return [(link.target, link.line) for link in convert(text).links]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a](/x/)", [("/x/", 1)]),
        ("a [b](/x/)\n[c](/x/) et\n\n[d](/x/)", [("/x/", 1), ("/x/", 2), ("/x/", 4)]),
        ("`[a](/x/)`\n\n[b](/x/)", [("/x/", 3)]),
        ("    [a](/x/)\n\n[b](/x/)", [("/x/", 3)]),
        ("/x/\n\n[b](/x/ 'titre')", [("/x/", 3)]),
        ("[a](</x/>)", [("/x/", 1)]),
        ("[a](\n/x/)", [("/x/", 2)]),
        ("[a][r]\n\n[r]: /x/", [("/x/", 3)]),
        ("[r]\n\n[r]: </x/>  'titre'", [("/x/", 3)]),
        ("[a](https://a.fr/?b=1&amp;c=2)", [("https://a.fr/?b=1&c=2", 1)]),
        ("<https://a.fr/?b&c>", [("https://a.fr/?b&c", 1)]),
        ("a\n<nom@exemple.fr>", [("mailto:nom@exemple.fr", 2)]),
        ("<mailto:nom@exemple.fr>", [("mailto:nom@exemple.fr", 1)]),
        ("[a](https://a.fr/ete_(b))", [("https://a.fr/ete_(b)", 1)]),
        ("[a](/x\\_y/)", [("/x_y/", 1)]),
        ("[![i](y)](/x/)", [("/x/", 1)]),
        ("[a](\n## Titre", []),
    ],
)
def test_links_have_their_target_and_their_line(text: str, found: list[tuple[str, int]]) -> None:
    assert links(text) == found
    assert "\ufdd0" not in convert(text).html


# Names of entities that browsers read without a semicolon, in text.
BARE = sorted(name for name in html5 if not name.endswith(";"))
QUERIES = st.lists(st.sampled_from([*BARE, "region", "timestamp", "para=4", "#60", "a*b*c", "_d_"]))


@given(QUERIES.map(lambda words: f"https://exemple.fr/a?b=1&{'&'.join(f'{w}=2' for w in words)}"))
def test_the_address_of_a_link_arrives_as_typed(address: str) -> None:
    text = f"[a]({address}) <{address}> [b][r] ![c]({address})\n\n[r]: {address}"
    body = convert(text)
    tree: Any = html5lib.parse(body.html, namespaceHTMLElements=False)
    found = [one.get("href") or one.get("src") for one in tree.iter() if one.tag in {"a", "img"}]
    assert found == [address] * 4
    targets = [link.target for link in body.links] + [image.target for image in body.images]
    assert targets == [address] * 4
    assert next(tree.iter("p")).findall("a")[1].text == address


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("?a&amp;b", "?a&b"),
        ("?a&amp;copy;=1", "?a&copy;=1"),
        ("?a&copy;b", "?a©b"),
        ("?a&#38;lt;b", "?a&lt;b"),
        ("?a&region;b&nomd;", "?a&region;b&nomd;"),
        ("?a&copy", "?a&copy"),
    ],
)
def test_an_entity_of_an_address_ends_with_a_semicolon(typed: str, read: str) -> None:
    body = convert(f"[a](/x/{typed})")
    tree: Any = html5lib.parse(body.html, namespaceHTMLElements=False)
    assert [one.get("href") for one in tree.iter("a")] == [f"/x/{read}"]
    assert links(f"[a](/x/{typed})") == [(f"/x/{read}", 1)]


def test_words_that_are_no_entity_stay_in_headings_and_alternatives() -> None:
    body = convert("## Un &copy et &reg=2\n\n![&times=1 &amp;](/images/a.png)")
    assert body.headings[0].text == "Un &copy et &reg=2"
    assert body.images[0].alt == "&times=1 &"


def test_a_heading_after_a_link_left_open_is_a_heading() -> None:
    assert headings("[a](\n## Titre") == [(2, "Titre", 2)]


def test_mail_addresses_are_written_plainly() -> None:
    assert convert("<a@b.fr>").html == '<p><a href="mailto:a@b.fr">a@b.fr</a></p>'


def test_images_are_found_with_their_line() -> None:
    images = convert("a\n![i](x.png) `![j](y)`\n\n![k][r]\n\n[r]: z.png").images
    assert [(image.target, image.line) for image in images] == [("x.png", 2), ("z.png", 6)]


def test_links_images_and_headings_have_their_column() -> None:
    text = "é [a](/x/)  [b]( </y/>)\n\n  ![i &amp; *j*](/images/z.png)\n\n> - ## T\n\nU\n---\n"
    body = convert(text, 10)
    assert [(link.line, link.column) for link in body.links] == [(10, 7), (10, 19)]
    assert [(h.line, h.column) for h in body.headings] == [(14, 5), (16, 1)]
    (image,) = body.images
    assert (image.alt, image.line, image.column) == ("i & *j*", 12, 18)
    for line, column, target in ((10, 7, "/x/"), (10, 19, "/y/"), (12, 18, "/images/z.png")):
        assert text.split("\n")[line - 10][column - 1 :].startswith(target)


# --- Raw HTML ------------------------------------------------------------------------------------


def raw(text: str) -> list[tuple[str, int, int]]:
    errors = [one for one in convert(text).problems if one.level is Level.ERROR]
    return [(tag_of(one.message), one.line, one.column) for one in errors]


def tag_of(message: str) -> str:
    found = re.match(r"« (<[^>]*>?).* » est du HTML", message)
    return found[1] if found else "<!--"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a <b>c</b>", [("<b>", 1, 3)]),
        (
            "a <b>c <i>d</i></b> e</b>\n\n<b>",
            [("<b>", 1, 3), ("</b>", 1, 22), ("<b>", 3, 1)],
        ),
        ("<u>a\n\nb</u>", [("<u>", 1, 1)]),
        ("- a\n- b <i>c", [("<i>", 2, 5)]),
        ("- a\n\n    suite <i>c", [("<i>", 3, 11)]),
        ("a\n    <i>suite", [("<i>", 2, 5)]),
        ("> <i>c", [("<i>", 1, 3)]),
        ("## <i>c", [("<i>", 1, 4)]),
        ("| a |\n|---|\n| <i>c |", [("<i>", 3, 3)]),
        ("**<i>c**", [("<i>", 1, 3)]),
        ("[<i>](/x/)", [("<i>", 1, 2)]),
        ("<!-- c -->", [("<!--", 1, 1)]),
        ("a <!-- c\nd -->", [("<!--", 1, 3)]),
        ("<!DOCTYPE html>", [("<!DOCTYPE", 1, 1)]),
        ("<?php", [("<?", 1, 1)]),
        ("<script\nsrc=x>", [("<script src=x>", 1, 1)]),
        ("<br/><hr />", [("<br/>", 1, 1), ("<hr />", 1, 6)]),
        ("\\\\<b>", [("<b>", 1, 3)]),
        ("\\<b\\>", []),
        ("<x-y:z a='1'>", [("<x-y:z a='1'>", 1, 1)]),
        ("`a` <b> `c`\n\n`<b>`\n<b>", [("<b>", 1, 5), ("<b>", 4, 1)]),
        ("`<b>\n\n`<b>", [("<b>", 1, 2), ("<b>", 3, 2)]),
        ("    <b>", []),
        ("\t<b>", []),
        ("- a\n\n        <b>", []),
        ("`<b>` ``<i>`</i>``", []),
        ("`a\n<b>` c", []),
        ("a < b, c<d, 1<2>3, <-, <3", []),
        ("&lt;b&gt;", []),
        ("<https://a.fr> <a@b.fr>", []),
    ],
)
def test_tags_are_found_where_they_are_but_in_code(
    text: str, found: list[tuple[str, int, int]]
) -> None:
    assert raw(text) == found


# --- Nothing active ------------------------------------------------------------------------------

URLS = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
    " javascript:alert(1)", "\u00a0javascript:alert(1)", "&#106;avascript:alert(1)",
    "&#x6A;avascript:alert(1)", "&#0000106avascript:alert(1)", "javascript&colon;alert(1)",
    "java&Tab;script:alert(1)", "java&NewLine;script:alert(1)", "&#1;javascript:alert(1)",
    "javascript\\:alert(1)", "javascript://a.fr/%0aalert(1)", "feed:javascript:alert(1)",
    "view-source:javascript:alert(1)", "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=", "data:image/svg+xml,<svg onload=alert(1)>",
    "vbscript:msgbox(1)", "VBSCRIPT:msgbox(1)", "livescript:alert(1)", "mocha:alert(1)",
    "//evil.example", "/\\evil.example", "/&#47;evil.example", "/&#92;evil.example",
    "\\\\evil.example", "/\t/evil.example", "https:evil.example", "blob:https://a.fr/x",
    "file:///etc/passwd", "about:blank", 'https://a.fr" onmouseover="alert(1)',
    "https://a.fr' onmouseover='alert(1)", 'https://a.fr"><script>alert(1)</script>',
    "https://a.fr/<img src=x onerror=alert(1)>", '/x/" style="x:expression(alert(1))',
]  # fmt: skip
TAGS = [
    "<script>alert(1)</script>", "<SCRIPT SRC=//x></SCRIPT>", "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "<img/src/onerror=alert(1)>", "<svg onload=alert(1)>",
    "<svg/onload=alert(1)//", "<body onload=alert(1)>", "<iframe src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>a</a>", "<math><mtext><style><img src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>", "<input autofocus onfocus=alert(1)>", "<object data=x>",
    "<embed src=x>", "<link rel=stylesheet href=x>", "<meta http-equiv=refresh content=0>",
    "<base href=//x>", "<form action=//x><button>", "<style>*{x:expression(alert(1))}</style>",
    "<!--><script>alert(1)</script>-->", "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>", "</p><script>alert(1)</script>",
    "<script\n>alert(1)</script\n>", "<<script>alert(1)//<</script>",
    "<img src=x onerror\n=alert(1)",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">', '"onmouseover="alert(1)',
    "'onmouseover='alert(1)", "\u003cscript\u003ealert(1)", "<plaintext>", "<xmp><img onerror=x>",
    "`<script>`<script>alert(1)</script>", "<textarea></textarea><script>", "<a\u2028onclick=x>",
]  # fmt: skip
POSITIONS = [
    "a {} b", "- a {}", "> {}", "## {}", "| a |\n|---|\n| {} |", "[a]({})", '[{}](/x/ "{}")',
    "[a][r]\n\n[r]: {} '{}'", "<{}>", "![{}]({})", "`a` {}\n\n    {}", "- a\n\n    b {}\n\n1. {}",
]  # fmt: skip
HARMLESS = {
    "html", "head", "body", "p", "a", "em", "strong", "code", "pre", "ul",
    "ol", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "br", "img", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


def active(html: str) -> Iterator[str]:
    """Yield what a browser would run or fetch of itself, or follow out of the site unseen."""
    tree: Any = html5lib.parse(html, namespaceHTMLElements=False)
    for element in tree.iter():
        if element.tag not in HARMLESS:
            yield str(element.tag)
        for name, value in element.attrib.items():
            if name not in {"href", "src", "alt", "title", "id", "class", "start"}:
                yield f"{element.tag} {name}"
            if name in {"href", "src"}:
                bare = re.sub(r"[\x00-\x20\x7f-\xa0]", "", value).casefold()
                if not re.match(r"https?://[^/]|mailto:|tel:|/(?![/\\])|#", bare):
                    yield f"{name}={value}"


def test_the_search_for_active_nodes_finds_them() -> None:
    hostile = "<p onclick=x><a href=' java\tscript:x'>a</a><script></script><a href='//x'>b</a>"
    assert len(list(active(hostile))) == 4


@pytest.mark.parametrize("position", POSITIONS)
def test_nothing_hostile_is_active_anywhere(position: str) -> None:
    assert len(URLS) + len(TAGS) > 60
    for hostile in (*URLS, *TAGS):
        text = position.replace("{}", hostile)
        assert list(active(convert(text).html)) == [], text


@settings(max_examples=MIXTURES)
@given(
    st.lists(
        st.sampled_from(
            ["<", ">", "script", "[a](", "](", ")", "javascript:", '"', "'", "`", "onload=", "\n",
             "&#106;", "&lt;", "![", "]: ", "[r]", "\\", "*", "    ", "- ", "> ", "svg ", "//", "="]
        ),
        max_size=25,
    ).map("".join)
)  # fmt: skip
def test_no_mixture_is_active(text: str) -> None:
    assert list(active(convert(text).html)) == [], text


# --- Too much ------------------------------------------------------------------------------------


def test_the_line_of_what_is_refused() -> None:
    with pytest.raises(ContentError) as refused:
        convert("a\n\n- b\n" + " " * 100 + "c", 5)
    assert refused.value.line == 8


@pytest.mark.parametrize("sign", ["`", "<", "&", "\\", "[a](/x/) "])
def test_twice_as_many_paragraphs_are_twice_the_work(sign: str) -> None:
    """The longest paragraph takes a tenth of a second: a whole body, seconds."""
    with count_steps() as two:
        convert(paragraphs(sign, 2))
    with count_steps() as four:
        convert(paragraphs(sign, 4))
    assert four.number <= 2.1 * two.number


@pytest.mark.parametrize(
    ("text", "tag", "number"),
    [
        ("- a\n    - b\n        - c\n            - d", "ul", 4),
        ("- [lien](/x/)\n" * 3000, "a", 3000),
        ("| a |\n|---|\n" + "| [d](/x/) |\n" * 500, "a", 500),
        ("> > > a", "blockquote", 3),
    ],
)
def test_long_lists_and_tables_are_converted_whole(text: str, tag: str, number: int) -> None:
    assert len(re.findall(f"<{tag}[ >]", convert(text).html)) == number


def test_a_recursion_that_no_limit_foresaw_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_deep(text: str) -> str:
        raise RecursionError

    converter = Converter()
    monkeypatch.setattr(converter._markdown, "convert", too_deep)
    with pytest.raises(ContentError):
        converter.convert("a")


@pytest.mark.parametrize("sign", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
def test_any_sign_of_punctuation_may_be_escaped(sign: str) -> None:
    shown = escape(sign, quote=False)
    assert CONVERTER.convert(f"\\{sign} ici\\{sign}").html == f"<p>{shown} ici{shown}</p>"


@pytest.mark.parametrize("text", ["C:\\dossier", "\\n et \\été", "`\\=`"])
def test_a_backslash_before_a_letter_or_in_code_stays(text: str) -> None:
    assert text.strip("`") in CONVERTER.convert(text).html
