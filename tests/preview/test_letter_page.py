from __future__ import annotations

import re
from pathlib import Path

import pytest

from maille.letters.proofread import proofread_letter
from maille.preview.letter_page import (
    FRAMES,
    Mail,
    draw_letter,
    draw_version,
    make_policy,
    prepare_mail,
)
from maille.problems import Problem
from maille.site.model import Site
from tests.small_site import link_site, write_small_site

FILES = {
    "2024-05.html": (
        b'<meta name="color-scheme" content="light dark"><style>a{b:c}</style>'
        b"<style>@media (prefers-color-scheme: dark) {p{color:red}}</style>"
        b'<p style="d:e"><img src="https://essai.example/images/a.jpg">'
        b'<a href="https://essai.example/x/">x</a>'
    ),
    "2024-05.txt": b"texte",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_site(tmp_path_factory.mktemp("lettre") / "site")


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return link_site(root)


@pytest.fixture(scope="module")
def mail(root: Path, site: Site) -> Mail:
    found = prepare_mail(root, site, "2024-05", [])
    assert found
    return found


def draw(version: str) -> str:
    found = draw_version(FILES, f"2024-05.{version}", "https://essai.example/", "/base/")
    assert found is not None
    return found.decode()


def test_light_and_dark_do_not_depend_on_the_browser() -> None:
    assert "@media all {p" in draw("sombre")
    assert 'content="dark"' in draw("sombre")
    assert "@media not all {p" in draw("clair")
    assert 'content="light"' in draw("clair")


def test_images_are_those_of_the_preview_and_links_those_of_the_site() -> None:
    assert 'src="/base/images/a.jpg"' in draw("clair")
    assert 'href="https://essai.example/x/"' in draw("clair")


def test_styles_go_and_those_of_elements_stay() -> None:
    assert "<style" not in draw("sans-style")
    assert 'style="d:e"' in draw("sans-style")


def test_images_are_blocked_by_the_policy_of_their_version() -> None:
    assert "img-src 'none'" in make_policy("2024-05.sans-images")
    for version, _, _ in FRAMES:
        assert ("img-src 'self'" in make_policy(f"a.{version}")) == (version != "sans-images")


def test_the_text_is_the_text_and_the_rest_is_not_there() -> None:
    assert draw("texte") == "texte"
    for name in ("2024-05.autre", "2024-06.clair", "clair", ""):
        assert draw_version(FILES, name, "https://essai.example/", "/") is None


def test_remarks_are_those_of_the_command(root: Path, site: Site, mail: Mail) -> None:
    for remark in (*proofread_letter(site, mail.letter), *mail.parcel.for_writers):
        assert remark in mail.remarks
    own, other = Problem(mail.letter.path, "faux"), Problem("site.toml", "faux")
    again = prepare_mail(root, site, "2024-05", [own, other])
    assert again
    assert own in again.remarks
    assert other not in again.remarks
    assert prepare_mail(root, site, "2024-07", []) is None


def test_the_page_has_each_frame_the_subject_the_remarks_and_the_sizes(
    root: Path, mail: Mail
) -> None:
    page = draw_letter(mail, root, "/base/").decode()
    sources = re.findall(r'src="([^"?]+)\?', page)
    assert sources == [
        f"/base/_apercu/courriel/2024-05/lettre-2024-05.{version}" for version, _, _ in FRAMES
    ]
    assert re.findall(r'width="(\d+)"', page) == [str(width) for _, _, width in FRAMES]
    assert page.count("Lettre d&#x27;essai") >= 3
    assert mail.remarks[0].message in page.replace("&#x27;", "'")
    assert re.search(r"<li>lettre-2024-05\.html : \d+,\d ko</li>", page)
