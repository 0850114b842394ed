"""How texts name images, and what is published of each."""

from __future__ import annotations

import pytest

from maille.content.images import Image, decode_name, make_name, make_path, quote_name


def published(width: int, height: int = 100, name: str = "/images/a.jpg") -> list[tuple[int, str]]:
    return [(one.width, one.form) for one in Image(name, b"", width, height).list_variants()]


@pytest.mark.parametrize(
    ("width", "files"),
    [
        (1, [(1, "webp"), (1, "jpg")]),
        (480, [(480, "webp"), (480, "jpg")]),
        (600, [(480, "webp"), (600, "webp"), (600, "jpg")]),
        (1000, [(480, "webp"), (720, "webp"), (1000, "webp"), (720, "jpg")]),
        (6000, [(480, "webp"), (720, "webp"), (1280, "webp"), (720, "jpg")]),
    ],
)
def test_an_image_is_never_enlarged(width: int, files: list[tuple[int, str]]) -> None:
    assert published(width) == files


def test_the_proportions_are_kept() -> None:
    image = Image("/images/a.jpg", b"", 4000, 3000)
    assert image.compute_height(1280) == 960
    assert Image("/images/a.jpg", b"", 40_000, 1).compute_height(480) == 1


def test_the_address_follows_the_name_and_the_content() -> None:
    first = Image("/images/2024/Été à Amiens.JPG", b"a", 9, 9).list_variants()[0].address
    assert first.startswith("/images/ete-a-amiens-")
    assert first.endswith("-9.webp")
    assert first == Image("/images/2024/Été à Amiens.JPG", b"a", 9, 9).list_variants()[0].address
    assert first != Image("/images/2024/Été à Amiens.JPG", b"b", 9, 9).list_variants()[0].address
    assert (
        Image("/images/日本.png", b"", 9, 9).list_variants()[0].address.startswith("/images/image-")
    )


@pytest.mark.parametrize(
    "target",
    ["/images/été 1.jpg", "/images/%C3%A9t%C3%A9%201.jpg", "/images/e\u0301te\u0301%201.jpg"],
)
def test_an_image_has_one_name_however_it_is_typed(target: str) -> None:
    assert decode_name(target) == "/images/été 1.jpg"


def test_what_to_type_leads_back_to_the_name() -> None:
    name = '/images/a b/été (1) % # ? "\\.jpg'
    assert quote_name("/images/été 1.jpg") == "/images/été%201.jpg"
    assert decode_name(quote_name(name)) == name
    assert not set(quote_name(name)) & set(' #?"\\')


def test_a_name_and_a_path_lead_to_each_other() -> None:
    assert make_path("/images/a/b.jpg") == "content/images/a/b.jpg"
    assert make_name("content/images/a/b.jpg") == "/images/a/b.jpg"
