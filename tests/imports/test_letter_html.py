"""What mailing services put around the text of a letter, and what is left of it."""

from __future__ import annotations

import pytest

from maille.imports.letter_html import convert_letter, keep_title

LAYOUT = """\
<html><head><title>La lettre d'essai</title><style>p {color: red}</style></head><body>
<div style="display:none;max-height:0">Un aperçu caché</div>
<table role="presentation" border="0"><tr>
<td><p><a href="https://essai.us1.list-manage.com/track?u=1">Voir dans le navigateur</a></p></td>
</tr><tr><td><h1>Mai</h1><p style="font-size:20px"><strong>Four d'essai :</strong></p>
<div>Il chauffe.<br><br>Il cuit <b>tout </b>le pain.</div></td>
<td><img src="https://essai.example/photo.jpg" alt="Le four" width="300"></td></tr></table>
<table border="1"><tr><th>Jour</th><th>Pain</th></tr><tr><td>lundi</td><td>seigle</td></tr></table>
<p>Pour <a href="*|UNSUB|*">se désinscrire</a>.</p>
<img src="https://essai.example/track/open.php?u=1" width="1" height="1"></body></html>
"""


def test_the_text_is_unfolded_and_what_serves_the_service_is_told() -> None:
    found = convert_letter(LAYOUT)
    assert found.title == "La lettre d'essai"
    assert found.markdown == (
        "# Mai\n\n###### Four d'essai\n\nIl chauffe.  \n\nIl cuit **tout** le pain.\n\n"
        "\x020\x03\n\n| Jour | Pain |\n| --- | --- |\n| lundi | seigle |\n"
    )
    assert found.images == [("Le four", "https://essai.example/photo.jpg")]
    assert found.removed == ["Un aperçu caché", "Voir dans le navigateur", "Pour se désinscrire ."]
    assert found.pixels == 1


@pytest.mark.parametrize(
    ("html", "text"),
    [
        # Links keep their words; their address loses what counts readers.
        (
            '<a href="https://e.example/?utm_source=x&amp;a=1">ici</a>',
            "[ici](https://e.example/?a=1)",
        ),
        ('<a href="https://e.example/a (1)">ici</a>', "[ici](https://e.example/a%20%281%29)"),
        ('<a href="mailto:a@e.example">écrire</a>', "[écrire](mailto:a@e.example)"),
        ('<a href="#haut">haut</a>', "haut"),
        (
            "<p>https://e.example/a?b, a@e.fr ; @b@e.fr.</p>",
            "[https://e.example/a?b](https://e.example/a?b), [a@e.fr](mailto:a@e.fr) ; @b@e.fr.",
        ),
        ("<pre>https://e.example/</pre>", "    https://e.example/"),
        # A short line that is all bold or large is a heading; a sentence or an item is not.
        ("<p><b>Titre</b></p>", "###### Titre"),
        ('<div style="font-weight:700">Titre</div>', "###### Titre"),
        ("<p><b>Une phrase.</b></p>", "**Une phrase.**"),
        ("<p><b>Gras</b> et maigre</p>", "**Gras** et maigre"),
        ("<ul><li><p><b>un</b></p></li></ul>", "- **un**"),
        # The link of a heading follows it: a heading names a project.
        ('<h2><a href="https://e.example/">Four</a></h2>', "## Four\n\n[Four](https://e.example/)"),
        ("<h2></h2><p>x</p>", "x"),
        # A linked image gives its words to the link.
        (
            '<p><a href="https://e.example/"><img src="a.png" alt="Logo"></a></p>',
            "[Logo](https://e.example/)\n\n\x020\x03",
        ),
        ('<h2><img src="a.png" alt="Four"></h2>', "## Four\n\n\x020\x03"),
        # A button is a link, not a heading.
        ('<p><b><a href="https://e.example/">Agir</a></b></p>', "**[Agir](https://e.example/)**"),
        # What is inside an item is indented by four spaces, and a list stands apart from its text.
        (
            "<div>Avant<ul><li>un<ul><li>sous</li></ul></li><li>deux<br>lignes</li></ul>Après</div>",
            "Avant\n\n- un\n    - sous\n- deux  \n    lignes\n\nAprès",
        ),
        ("<pre>a\n  b &lt; c</pre><p><code>&lt;b&gt;</code></p>", "    a\n      b < c\n\n`<b>`"),
        # Inside a list or a quotation, a heading is bold text: our bodies have none there.
        ("<ul><li><h3>Four</h3>Il cuit.</li></ul>", "- **Four**\n\n    Il cuit."),
        (
            "<blockquote><h2><b>Four</b></h2><p>Il cuit.</p></blockquote>",
            "> **Four**\n\n> Il cuit.",
        ),
        ("<blockquote><p><b>Four</b></p></blockquote>", "> **Four**"),
        # A text that Markdown would take for a heading or for an item.
        ("<p>#Pain est une étiquette.</p>", "\\#Pain est une étiquette."),
        ("<p>1986. Le premier pain.</p>", "1986\\. Le premier pain."),
        # A link on several lines becomes one; a video becomes a link.
        (
            '<a href="https://e.example/"><div>Un</div><div>bouton<br><img src="a.png"></div></a>',
            "[Un bouton](https://e.example/)\n\n\x020\x03",
        ),
        (
            '<a href="https://e.example/"><h3>Four</h3><p>Il cuit.</p></a>',
            "### Four\n\nIl cuit.\n\n[Four](https://e.example/)",
        ),
        (
            '<iframe src="//e.example/v" title="Le film"></iframe><embed src="https://e.example/w">',
            "[Le film](https://e.example/v)\n\n[https://e.example/w](https://e.example/w)",
        ),
        # What Word and Outlook put around the text.
        ("<p><![if !x]><span style='mso-list:Ignore'>·</span><![endif]>un</p>", "• un"),
        ("<!--[if mso]><p>x</p><![endif]--><p>un</p>", "un"),
        ('<p>x</p><iframe src="https://e.example/" width="0"></iframe>', "x"),
        ("<p>a &lt;b&gt; snake_case</p>", "a &lt;b> snake_case"),
    ],
)
def test_each_part_becomes_plain_markdown(html: str, text: str) -> None:
    assert convert_letter(html).markdown == f"{text}\n"


def test_a_link_without_a_whole_address_is_told() -> None:
    found = convert_letter('<a href="../page/">la page</a>, <a href="#x">plus bas</a>')
    assert found.unlinked == ["la page (../page/)", "plus bas (#x)"]


def test_a_title_is_not_a_tag_of_the_service() -> None:
    assert keep_title("*|MC:SUBJECT|*") == keep_title("{{ objet }}") == keep_title(" – ") == ""
    assert keep_title("Mai") == "Mai"
