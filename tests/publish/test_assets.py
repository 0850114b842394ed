"""The addresses of assets, and scripts as visitors get them."""

from __future__ import annotations

import pytest

from maille.publish.assets import assign_addresses, prepare_assets, remove_comments
from tests.building import ROOT

SCRIPTS = sorted((ROOT / "templates/assets/js").glob("*.js"))


def test_a_folder_of_scripts_has_one_fingerprint_that_follows_its_files() -> None:
    first = assign_addresses({"js/a.js": b"1", "js/b.js": b"2", "fonts/c.woff2": b"3"})
    other = assign_addresses({"js/a.js": b"1", "js/b.js": b"4", "fonts/c.woff2": b"3"})
    folders = {address.rpartition("/")[0] for path, address in first.items() if path[:2] == "js"}
    assert len(folders) == 1
    assert first["js/a.js"] != other["js/a.js"]
    assert first["fonts/c.woff2"] == other["fonts/c.woff2"] == "/assets/fonts/c.woff2"


def test_a_file_that_changed_is_prepared_anew() -> None:
    """What was prepared is kept for the next build of a process."""
    first, again, other = (
        prepare_assets({"css/a.css": style}) for style in (b"a {}\n", b"a {}\n", b"b {}\n")
    )
    assert first == again
    assert first[0] != other[0]
    assert [*other[1].values()] == [b"b {}\n"]


@pytest.mark.parametrize(
    ("script", "published"),
    [
        ("// one\nlet a = 1;\n", "let a = 1;\n"),
        ("/* one\n   * two\n */\nlet a = 1;\n", "let a = 1;\n"),
        ("  /** one */\n\n  let a = 1;\n", "let a = 1;\n"),
        ("let a = 1; // here\n", "let a = 1; // here\n"),
        ("/* one */ let a = 1;\n/* two */\n", "/* one */ let a = 1;\n"),
        ('let a = "https://exemple.example";\n', 'let a = "https://exemple.example";\n'),
        ("let a = 1\n  / 2;\n", "let a = 1\n/ 2;\n"),
    ],
)
def test_comments_on_lines_of_their_own_are_not_published(script: str, published: str) -> None:
    files = {"js/a.js": script.encode(), "fonts/a.txt": script.encode()}
    assert remove_comments(files) == {
        "js/a.js": published.encode(),
        "fonts/a.txt": script.encode(),
    }
    style = "/* One\n   two. */\n@media print {\n  a { color: red; } /* here */\n}\n"
    found = remove_comments({"css/a.css": style.encode()})
    assert found == {"css/a.css": b"@media print {\na { color: red; } /* here */\n}\n"}


def test_no_template_literal_goes_over_lines() -> None:
    """Else a line of its text could be taken for a comment."""
    assert SCRIPTS
    odd = [
        f"{script.name}:{number}"
        for script in SCRIPTS
        for number, line in enumerate(script.read_text(encoding="utf-8").splitlines(), 1)
        if line.count("`") % 2
    ]
    assert odd == []
