"""From an image that an editor adds to what visitors, feeds and the report get of it."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import feedparser
import html5lib
import pytest
from PIL import Image as Pillow

from maille.cli.report import convert_to_data
from maille.content.documents import Document, Positions, SourceFile
from maille.content.illustrate import illustrate
from maille.content.images import Album, Image
from maille.content.markdown import Converter
from maille.problems import Problem
from maille.publish.report import Report
from tests.building import SMALL, build
from tests.pictures import draw_halves, encode, make_source
from tests.small_site import write_small_site

CONVERTER = Converter()
PHOTO = encode(draw_halves(1600, 1200), "JPEG")


def text(body: str, path: str = "content/pages/a.md") -> Document:
    return Document(path, {}, Positions(), Positions(), CONVERTER.convert(body))


def html(body: str, *files: SourceFile) -> str:
    (document,), _, problems = illustrate([text(body)], files)
    assert not problems
    return document.body.html


# --- The HTML -------------------------------------------------------------------------------------


def test_an_image_becomes_a_picture() -> None:
    made = html("A ![L'eau : a > b](/images/a.jpg)", make_source("a.jpg", PHOTO))
    name = re.findall(r"/images/(a-[0-9a-f]{8})-", made)[0]
    assert made == (
        f'<p>A <picture><source srcset="/images/{name}-480.webp 480w, '
        f'/images/{name}-720.webp 720w, /images/{name}-1280.webp 1280w" '
        'sizes="(min-width: 43rem) 39rem, 92vw" type="image/webp">'
        f'<img src="/images/{name}-720.jpg" alt="L’eau\u00a0: a &gt; b" '
        'width="1280" height="960" decoding="async"></picture></p>'
    )


def test_the_title_of_an_image_is_its_credit_in_sight_below_it() -> None:
    source = make_source("a.jpg", PHOTO)
    made = html('![Le port](/images/a.jpg "Photo : A & B, CC BY")', source)
    assert made.endswith('</picture><br><span class="credit">Photo : A &amp; B, CC BY</span></p>')
    assert "title=" not in made
    assert "credit" not in html("![Le port](/images/a.jpg)", source)


def test_all_but_the_first_of_a_text_wait_until_they_are_near() -> None:
    made = html(
        "![a](/images/a.jpg) ![b](/images/a.jpg)\n\n![c](/images/a.jpg)",
        make_source("a.jpg", PHOTO),
    )
    images = re.findall(r"<img [^>]*>", made)
    assert ['loading="lazy"' in image for image in images] == [False, True, True]


def test_code_that_speaks_of_images_stays_code() -> None:
    body = '`<img src="/images/a.jpg">` ![i](/images/a.jpg)'
    assert html(body, make_source("a.jpg", PHOTO)).count("<picture>") == 1


def test_an_image_is_found_however_its_name_is_typed() -> None:
    file = make_source("été 1/Photo (2).jpg", PHOTO)
    typed = "/images/%C3%A9te%CC%81%201/Photo%20(2).jpg"
    assert "/images/photo-2-" in html(f"![i]({typed})", file)
    assert "/images/a-b-" in html("![i](/images/a&b.jpg)", make_source("a&b.jpg", PHOTO))


# --- The album ------------------------------------------------------------------------------------


def problem_of(*files: SourceFile, body: str = "") -> Problem:
    (problem,) = illustrate([text(body)], files)[2]
    return problem


def test_only_images_that_a_text_shows_are_decoded() -> None:
    broken = make_source("a.jpg", PHOTO[:2000])
    assert not illustrate([text("")], [broken])[2]
    problem = problem_of(broken, body="![i](/images/a.jpg)")
    assert (problem.path, problem.line) == ("content/images/a.jpg", 0)
    assert "abîmée" in problem.message


def test_a_file_that_is_no_image_is_told_even_if_nothing_shows_it() -> None:
    assert "n'est pas une image" in problem_of(make_source("a.svg", b"<svg/>")).message


def test_the_album_knows_which_texts_show_a_file() -> None:
    texts = [text("![i](/images/a.jpg)", "a.md"), text("![i](/images/a.jpg)", "b.md"), text("c")]
    album = illustrate(texts, [make_source("a.jpg", PHOTO), make_source("b.jpg", PHOTO)])[1]
    assert album.shown_by == {"/images/a.jpg": {"a.md", "b.md"}, "/images/b.jpg": frozenset()}
    assert list(album.images) == ["/images/a.jpg"]
    assert illustrate(texts, [])[1] == Album()


@pytest.mark.parametrize(
    ("name", "words"), [("A.JPG", "aux majuscules près"), ("a.jpg", "même nom")]
)
def test_two_files_may_not_bear_the_same_name(name: str, words: str) -> None:
    problem = problem_of(make_source("a.jpg", PHOTO), make_source(name, PHOTO))
    assert problem.path == f"content/images/{name}"
    assert words in problem.message


# --- The whole way through ------------------------------------------------------------------------

DRAFT = (
    "---\ntitre: Essai\nresume: Un essai.\nbrouillon: oui\n---\n![Un essai](/images/attente.png)\n"
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = write_small_site(tmp_path / "site")
    (root / "catalysers/brouillon.md").unlink()
    (root / "content/images/2024").mkdir(parents=True)
    return root


def add(site: Path, path: str, words: str) -> int:
    """Add a paragraph to a text; return its line."""
    file = site / path
    whole = file.read_text(encoding="utf-8").rstrip("\n") + f"\n\n{words}\n"
    file.write_text(whole, encoding="utf-8")
    return whole.count("\n")


def opened(path: Path) -> Pillow.Image:
    return Pillow.open(io.BytesIO(path.read_bytes()))


def files(report: Report) -> dict[str, int]:
    told = convert_to_data(report, 0)
    assert (
        sum(count for name, count in told["files"].items() if name != "lus") == told["files"]["lus"]
    )
    found: dict[str, int] = told["files"]
    return found


def test_an_image_is_published_on_pages_and_in_feeds(site: Path, tmp_path: Path) -> None:
    exif = Pillow.Exif()
    exif[0x8825] = {1: "N", 2: (48.0, 51.0, 0.0)}
    photo = site / "content/images/2024/Fête.jpg"
    photo.write_bytes(encode(draw_halves(1600, 1200), "JPEG", exif=exif))
    (site / "content/images/fête.jpg").write_bytes(photo.read_bytes())
    (site / "content/images/seule.png").write_bytes(encode(draw_halves(), "PNG"))
    (site / "content/images/attente.png").write_bytes(encode(draw_halves(), "PNG"))
    (site / "content/images/Thumbs.db").write_bytes(b"x")
    (site / "content/pages/essai.md").write_text(DRAFT, encoding="utf-8")
    shown = "![La fête](/images/2024/F%C3%AAte.jpg)"
    add(site, "content/pages/le-reseau.md", shown)
    add(site, "content/pages/le-reseau.md", "![Encore elle](/images/fête.jpg)")
    add(site, "newsletters/2024-05.md", shown)

    output, base = tmp_path / "output", "https://essai.example.org/reseau/"
    report = build(site, output, views=SMALL, base_url=base)
    assert not report.failed, report.problems

    page = html5lib.parse(
        (output / "le-reseau/index.html").read_bytes(), namespaceHTMLElements=False
    )
    picture = page.find(".//picture")
    assert picture is not None
    webp, fallback = picture
    candidates = {
        width: address
        for address, width in (one.split(" ") for one in webp.get("srcset", "").split(", "))
    }
    assert list(candidates) == ["480w", "720w", "1280w"]
    assert (fallback.get("alt"), fallback.get("width"), fallback.get("height")) == (
        "La fête", "1280", "960",
    )  # fmt: skip
    for width, address in candidates.items():
        assert address.startswith("/reseau/images/fete-")
        made = opened(output / address.removeprefix("/reseau/"))
        assert (made.format, f"{made.width}w") == ("WEBP", width)
    jpeg = output / fallback.get("src", "").removeprefix("/reseau/")
    assert opened(jpeg).size == (720, 540)
    published = sorted(path.name for path in (output / "images").iterdir())
    assert len(published) == 4
    for name in published:
        assert not dict(opened(output / "images" / name).getexif())

    entries = feedparser.parse((output / "flux.xml").read_bytes())
    assert not entries.bozo
    (told,) = [e.content[0].value for e in entries.entries if "La fête" in e.content[0].value]
    items = json.loads((output / "flux.json").read_bytes())["items"]
    (item,) = [one["content_html"] for one in items if "La fête" in one["content_html"]]
    assert f'src="{base}images/{jpeg.name}"' in told  # feedparser keeps of a picture its image
    assert f'src="{base}images/{jpeg.name}"' in item
    (addresses,) = re.findall(r'srcset="([^"]*)"', item)
    assert addresses == webp.get("srcset", "").replace("/reseau/", base)

    assert report.counts["image"] == 2
    assert ("content/images/seule.png", "aucun texte ne montre cette image") in report.ignored
    assert "content/images/Thumbs.db" in dict(report.ignored)
    assert {held.path for held in report.held} == {
        "content/images/attente.png", "content/pages/essai.md",
    }  # fmt: skip
    assert files(report)["a_corriger"] == 0


def test_what_is_wrong_with_images_is_told_where_it_is(site: Path) -> None:
    (site / "content/images/a.jpg").write_bytes(PHOTO)
    (site / "content/images/b.jpg").write_bytes(PHOTO[:2000])
    (site / "content/images/c.svg").write_text("<svg/>", encoding="utf-8")
    page = "content/pages/le-reseau.md"
    published = Image("/images/a.jpg", PHOTO, 1600, 1200).list_variants()[0].address
    lines = [
        add(site, page, words)
        for words in (
            "Une ![image](/images/A.jpeg) absente",
            f"Un [lien]({published}) vers une image",
            "![A](/images/a.jpg) ![B](/images/b.jpg) ![C](/images/c.svg)",
        )
    ]
    (site / "content/pages/essai.md").write_text(DRAFT, encoding="utf-8")
    report = build(site, site / "output", views=SMALL, publish=False)
    told = {(one.path, one.line, one.column, str(one.level)): one for one in report.problems}
    assert set(told) == {
        (page, lines[0], 14, "erreur"),
        (page, lines[1], 11, "erreur"),
        ("content/images/b.jpg", 0, 0, "erreur"),
        ("content/images/c.svg", 0, 0, "erreur"),
        ("content/pages/essai.md", 6, 13, "avertissement"),
    }
    missing = told[page, lines[0], 14, "erreur"]
    assert missing.message == "l'image /images/A.jpeg n'est pas dans content/images/"
    assert "« /images/a.jpg »" in missing.hint
    assert "/images/attente.png" in told["content/pages/essai.md", 6, 13, "avertissement"].message
    assert not (site / "output").exists()
    assert {"content/images/b.jpg", "content/images/c.svg"} <= {*report.faulty}
    assert files(report)["a_corriger"] == 3
