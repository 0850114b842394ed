"""What the ending of a name says of a file."""

from __future__ import annotations

import pytest

from maille.text.file_endings import find_shown_name, is_file_name


@pytest.mark.parametrize("name", ["trajet.gpx", "Son.MP3", "a/b c.pdf", "index.php", "a.jpeg"])
def test_names_of_files_are_no_hosts(name: str) -> None:
    assert is_file_name(name)


@pytest.mark.parametrize(
    "text", ["exemple.fr", "https://exemple.fr/a.pdf", "//a.fr/a.pdf", "index.php?id=3", "gpx"]
)
def test_addresses_are_no_names_of_files(text: str) -> None:
    assert not is_file_name(text)


@pytest.mark.parametrize(
    ("name", "shown", "kind"),
    [
        ("plan.svg", "plan.png", "PNG"),
        ("A.GIF", "A.png", "PNG"),
        ("photo.heic", "photo.jpg", "JPEG"),
        ("photo.JPG", "photo.JPG", ""),
        ("photo.webp", "photo.webp", ""),
    ],
)
def test_an_image_is_saved_in_a_format_that_the_site_shows(
    name: str, shown: str, kind: str
) -> None:
    assert find_shown_name(name) == (shown, kind)
