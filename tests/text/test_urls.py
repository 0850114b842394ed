"""Addresses of pages, of their files, and whole ones."""

from __future__ import annotations

import pytest

from maille.text.urls import (
    choose_verb,
    encode_mailbox,
    encode_url,
    extract_base_path,
    find_doubled_bars,
    find_own_path,
    is_file_target,
    make_absolute,
    make_file_path,
    make_site_url,
)


@pytest.mark.parametrize(
    ("target", "is_file"),
    [
        ("../projets/un-projet.md", True),
        ("un-projet.MD#suite", True),
        ("/content/pages/x.md", True),
        ("/projets/un-projet/", False),
        ("https://exemple.example/lisezmoi.md", False),
        ("//exemple.example/lisezmoi.md", False),
        ("www.exemple.example/lisezmoi.md", False),
        ("mailto:quelqu-un@exemple.md", False),
        ("/carte/?q=a.md", False),
        ("#a.md", False),
        ("un projet.md", False),
    ],
)
def test_a_link_to_a_file_of_text_is_known_from_one_to_a_page(target: str, is_file: bool) -> None:
    assert is_file_target(target) is is_file


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/", "index.html"),
        ("/carte/", "carte/index.html"),
        ("/carte/integrer/", "carte/integrer/index.html"),
        ("/agenda.ics", "agenda.ics"),
    ],
)
def test_an_address_has_its_file(address: str, path: str) -> None:
    assert make_file_path(address) == path


@pytest.mark.parametrize(
    ("base_url", "path"),
    [
        ("/", "/"),
        ("https://exemple.example", "/"),
        ("https://exemple.example/reseau", "/reseau/"),
        ("/un/reseau/", "/un/reseau/"),
    ],
)
def test_a_base_path_begins_and_ends_with_a_slash(base_url: str, path: str) -> None:
    assert extract_base_path(base_url) == path


@pytest.mark.parametrize(
    ("base_url", "whole"),
    [
        ("/", "https://catalyseurs.example/"),
        ("/reseau/", "https://catalyseurs.example/reseau/"),
        ("https://org.forge.example/reseau/", "https://org.forge.example/reseau/"),
    ],
)
def test_the_whole_address_takes_what_is_known(base_url: str, whole: str) -> None:
    assert make_site_url(base_url, "https://catalyseurs.example/") == whole


@pytest.mark.parametrize("base_url", ["/", ""])
def test_without_a_base_the_path_of_the_site_itself_is_kept(base_url: str) -> None:
    whole = "https://exemple.example/reseau/"
    assert make_site_url(base_url, whole) == whole


def test_a_page_has_its_whole_address_with_one_slash() -> None:
    for site in ("https://exemple.example/reseau", "https://exemple.example/reseau/"):
        assert make_absolute("/carte/", site) == "https://exemple.example/reseau/carte/"


@pytest.mark.parametrize(
    ("url", "ascii_url"),
    [
        ("https://essai.example/lettres/", "https://essai.example/lettres/"),
        ("https://réseau.example/lettres/", "https://xn--rseau-bsa.example/lettres/"),
        ("http://localhost:8000/été/", "http://localhost:8000/%C3%A9t%C3%A9/"),
        ("https://essai.example/a%20b/?c=d&e=f", "https://essai.example/a%20b/?c=d&e=f"),
    ],
)
def test_a_url_is_ascii_in_headers(url: str, ascii_url: str) -> None:
    assert encode_url(url) == ascii_url


def test_a_mailbox_keeps_its_name_and_its_host_is_ascii() -> None:
    assert encode_mailbox("écrire@réseau.example") == "écrire@xn--rseau-bsa.example"
    assert encode_mailbox("ecrire@exemple.example") == "ecrire@exemple.example"


@pytest.mark.parametrize(
    ("url", "site", "path"),
    [
        ("https://site.example/a/#b", "https://site.example/", "/a/#b"),
        ("http://www.site.example", "https://site.example/", "/"),
        ("https://SITE.example/a?b=c", "https://site.example", "/a?b=c"),
        ("https://site.example/reseau/a/", "https://www.site.example/reseau/", "/a/"),
        ("https://site.example/reseau", "https://site.example/reseau/", "/"),
        ("https://site.example/reseaux/a/", "https://site.example/reseau/", None),
        ("https://autre.example/a/", "https://site.example/", None),
        ("https://a.site.example/", "https://site.example/", None),
        ("https://site.example:8080/", "https://site.example/", None),
        ("https://site.example:x/", "https://site.example/", None),
        ("mailto:a@site.example", "https://site.example/", None),
        ("/a/", "https://site.example/", None),
    ],
)
def test_the_path_of_a_page_of_the_site(url: str, site: str, path: str | None) -> None:
    assert find_own_path(url, site) == path


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("https://exemple.fr//a", "https://exemple.fr/a"),
        ("voir https://exemple.fr/a//b/?c=//d.", "https://exemple.fr/a/b/?c=//d"),
        ("[a](http://exemple.fr/a///)", "http://exemple.fr/a/"),
    ],
)
def test_a_bar_typed_twice_is_told(text: str, right: str) -> None:
    [(offset, _, hint)] = find_doubled_bars(text)
    assert text[offset:].startswith("http")
    assert hint == f"écrivez {right}"


@pytest.mark.parametrize(
    "text",
    [
        "https://exemple.fr/a/",
        "https://archive.example/web/2020/https://exemple.fr/a//b",
        "https://archive.example//www.exemple.fr/",
        "https://exemple.fr/?suite=//a",
        "// un mot",
    ],
)
def test_two_bars_that_may_be_meant_are_not_told(text: str) -> None:
    assert [*find_doubled_bars(text)] == []


@pytest.mark.parametrize(
    ("url", "verb"),
    [
        ("https://fr.coursera.org/lecture/un-cours/un-episode-P8P98", "voir"),
        ("https://fr.coursera.org/learn/un-cours", "lire"),
        ("https://www.youtube.com/watch?v=abc", "voir"),
        ("https://youtu.be/abc", "voir"),
        ("https://player.vimeo.com/123", "voir"),
        ("https://peertube.exemple.example/w/abc", "voir"),
        ("https://exemple.example/medias/videos/abc", "voir"),
        ("https://exemple.example/Film.MP4", "voir"),
        ("https://exemple.example/videos/", "lire"),  # a list of videos
        ("https://exemple.example/la-video-en-question/", "lire"),
        ("https://notyoutube.example/abc", "lire"),
        ("https://podcast.ausha.co/une-emission/un-episode", "écouter"),
        ("https://open.spotify.com/episode/abc", "écouter"),
        ("https://www.exemple.example/podcasts/un-episode", "écouter"),
        ("https://exemple.example/son.mp3", "écouter"),
        ("https://exemple.example/rapport.pdf", "lire"),
        ("https://exemple.example", "lire"),
    ],
)
def test_what_one_does_with_a_page_is_known_by_its_address(url: str, verb: str) -> None:
    assert choose_verb(url) == verb
