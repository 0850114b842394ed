from __future__ import annotations

import pytest

from maille.cli.base_url import is_base_url, propose_base_url

ANY = "/reseau/ ou https://exemple.fr/reseau/"


@pytest.mark.parametrize(
    "text",
    [
        *("/", "/reseau/", "/reseau", "/a/b.c/d_e~f-g/", "/caf%C3%A9/"),
        *(
            "https://exemple.fr",
            "https://exemple.fr/",
            "http://exemple.fr/a/b/",
            "https://x.fr:8443/",
        ),
        *("https://réseau.fr/", "http://localhost:8000/", "http://127.0.0.1/a/", "https://a_b.fr/"),
    ],
)
def test_a_path_or_an_address_of_the_web_is_accepted(text: str) -> None:
    assert is_base_url(text)


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        # Another scheme, or none.
        ("ftp://exemple.fr/a", "https://exemple.fr/a/"),
        ("file:///srv/site/", "https://srv/site/"),
        ("https:/exemple.fr", "https://exemple.fr/"),
        ("exemple.fr", "https://exemple.fr/"),
        ("www.exemple.fr/a b/", "https://www.exemple.fr/a-b/"),
        ("localhost:8000", "https://localhost:8000/"),
        ("//exemple.fr/a/", "/exemple-fr/a/"),
        ("//x", "/x/"),
        # A path that is none.
        ("exemple", "/exemple/"),
        ("a/b", "/a/b/"),
        ("/a b/", "/a-b/"),
        ("/un réseau/", "/un-reseau/"),
        ("/a//b/", "/a/b/"),
        ("/a/../b/", "/a/b/"),
        ("/./", "/"),
        ("..", "/"),
        ("", "/"),
        ("\\reseau\\", "/reseau/"),
        ("/a?b", "/a/"),
        # What « % » hides: another step of the path, or a sign that no path has.
        ("/%2e%2e/", "/"),
        ("/a/%2E./b/", "/a/b/"),
        ("/a%2fb/", "/a-b/"),
        ("/a/b%5Cc/", "/a/b-c/"),
        ("/a/%00/", "/a/"),
        ("/a%0Ab/", "/a-b/"),
        ("https://exemple.fr/%2e%2e/", "https://exemple.fr/"),
        ("/a#b", "/a/"),
        # A host that is none.
        ("https://", ANY),
        ("https:///", ANY),
        ("https://..", ANY),
        ("https://-x.fr/", ANY),
        ("https://exemple.fr:port/", ANY),
        ("https://exemple.fr:99999/", ANY),
        ("http://[::1/", ANY),
        ("https://exemple.fr//a/", "https://exemple.fr/a/"),
        ("https://moi:secret@exemple.fr/", "https://exemple.fr/"),
        ("https://exemple.fr/a?b#c", "https://exemple.fr/a/"),
        ("https://exemple.fr/a\nb/", "https://exemple.fr/a-b/"),
        # What Git Bash makes of /reseau/.
        ("C:/Program Files/Git/reseau/", "l'adresse entière, comme https://exemple.fr/reseau/"),
    ],
)
def test_anything_else_is_refused_with_what_to_type(text: str, proposed: str) -> None:
    assert not is_base_url(text)
    assert propose_base_url(text) == proposed
    assert is_base_url(proposed) or proposed in {ANY, propose_base_url("C:/x")}
