"""Real images, made by Pillow, and files that only look like images."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import subprocess
import sys
import zlib

import pytest
from PIL import ExifTags, ImageCms, ImageFile, PngImagePlugin
from PIL import Image as Pillow

from maille.content import image_encoding
from maille.content.documents import SourceFile
from maille.content.image_encoding import check_image, encode_image, read_image
from maille.content.images import Image
from maille.problems import ContentError
from tests.pictures import draw_halves, encode, make_source

RED, BLUE, WHITE = (220, 30, 30), (30, 30, 220), (255, 255, 255)
GREY = (87, 87, 87)  # the lightness of that red


def published(image: Image) -> list[Pillow.Image]:
    return [Pillow.open(io.BytesIO(encode_image(image, one))) for one in image.list_variants()]


def near(found: object, wanted: tuple[int, int, int], most: int = 12) -> bool:
    assert isinstance(found, tuple)
    return all(abs(a - b) <= most for a, b in zip(found, wanted, strict=True))


def located() -> Pillow.Exif:
    """Return the Exif data of a telephone held upright, somewhere."""
    exif = Pillow.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Essai"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (48.0, 51.0, 0.0)})
    return exif


def profile(name: str = "sRGB") -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()  # type: ignore[arg-type]


# --- What is published ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.jpg", "JPEG"), ("a.JPEG", "JPEG"), ("a.png", "PNG"), ("a.webp", "WEBP"), ("a.Png", "PNG")],
)
def test_the_three_formats_give_webp_and_jpeg(name: str, form: str) -> None:
    image = read_image(make_source(name, encode(draw_halves(600, 300), form)))
    assert (image.name, image.width, image.height) == (f"/images/{name}", 600, 300)
    assert [(made.format, made.size) for made in published(image)] == [
        ("WEBP", (480, 240)),
        ("WEBP", (600, 300)),
        ("JPEG", (600, 300)),
    ]
    for made in published(image):
        assert near(made.convert("RGB").getpixel((40, 40)), RED)
        assert near(made.convert("RGB").getpixel((440, 40)), BLUE)


@pytest.mark.parametrize(
    ("name", "form"), [("a.jpg", "JPEG"), ("a.png", "PNG"), ("a.webp", "WEBP")]
)
def test_an_image_is_upright_and_says_nothing_of_where_it_was_taken(name: str, form: str) -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_itxt("XML:com.adobe.xmp", "<x:secret/>")
    beside: dict[str, dict[str, object]] = {
        "JPEG": {"comment": b"secret", "xmp": b"<x:secret/>"},
        "PNG": {"pnginfo": notes},
        "WEBP": {"xmp": b"<x:secret/>"},
    }
    data = encode(draw_halves(), form, exif=located(), icc_profile=profile(), **beside[form])
    for trace in (b"Essai", b"secret"):
        assert trace in data  # or this test would prove nothing
    image = read_image(make_source(name, data))
    assert (image.width, image.height) == (60, 90)
    for variant in image.list_variants():
        bare = encode_image(image, variant)
        made = Pillow.open(io.BytesIO(bare))
        assert made.size == (60, 90)
        assert not dict(made.getexif())
        assert not made.info.keys() & {"exif", "xmp", "icc_profile", "comment", "photoshop"}
        assert not [
            trace for trace in (b"Essai", b"secret", b"Exif", b"ICC", b"http") if trace in bare
        ]
        # A quarter turn to the right: what was on the left is now at the top.
        assert near(made.convert("RGB").getpixel((30, 10)), RED)
        assert near(made.convert("RGB").getpixel((30, 80)), BLUE)


def test_a_profile_is_applied_before_it_is_left_out() -> None:
    # A profile that says that its red and its blue are each other's.
    swapped = bytearray(profile())
    red, blue = swapped.index(b"rXYZ"), swapped.index(b"bXYZ")
    swapped[red : red + 4], swapped[blue : blue + 4] = b"bXYZ", b"rXYZ"
    data = encode(draw_halves(), "PNG", icc_profile=bytes(swapped))
    made = published(read_image(make_source("a.png", data)))[-1]
    assert near(made.getpixel((10, 10)), BLUE)
    assert near(made.getpixel((80, 10)), RED)


def test_a_profile_that_cannot_be_read_is_passed_over() -> None:
    data = encode(draw_halves(), "JPEG", icc_profile=b"not a profile")
    assert near(published(read_image(make_source("a.jpg", data)))[-1].getpixel((10, 10)), RED)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_png_is_seen_as_it_was(mode: str) -> None:
    wanted = {"1": (0, 0, 0), "L": GREY, "LA": GREY, "I;16": (128, 128, 128)}.get(mode, RED)
    if mode == "I;16":
        pixels = Pillow.frombytes("I;16", (90, 60), struct.pack("<H", 128 * 256) * 90 * 60)
    else:
        pixels = draw_halves().quantize(2) if mode == "P" else draw_halves(mode=mode)
    image = read_image(make_source("a.png", encode(pixels, "PNG")))
    for made in published(image):
        assert near(made.getpixel((4, 4)), wanted)
    assert all(made.mode == "RGB" for made in published(image))


def test_a_jpeg_for_printers_gets_the_colours_of_screens() -> None:
    image = read_image(make_source("a.jpg", encode(draw_halves(mode="CMYK"), "JPEG", quality=95)))
    assert near(published(image)[-1].getpixel((10, 10)), RED, 40)
    assert near(published(image)[-1].getpixel((80, 10)), BLUE, 40)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_is_on_white(mode: str) -> None:
    layer = draw_halves(mode="RGBA")
    layer.putalpha(Pillow.new("L", layer.size, 0))
    options = {"transparency": 0} if mode == "P" else {}
    pixels = Pillow.new("P", (90, 60), 0) if mode == "P" else layer.convert(mode)
    image = read_image(make_source("a.png", encode(pixels, "PNG", **options)))
    for made in published(image):
        assert near(made.convert("RGB").getpixel((10, 10)), WHITE)


def test_the_same_file_gives_the_same_bytes() -> None:
    code = (
        "import hashlib; from maille.content.image_encoding import encode_image, read_image\n"
        "from tests.pictures import *\n"
        "image = read_image(make_source('a.png', encode(draw_halves(900, 600), 'PNG')))\n"
        "made = [encode_image(image, one) for one in image.list_variants()]\n"
        "print([hashlib.sha256(data).hexdigest() for data in made])"
    )
    made = {subprocess.check_output([sys.executable, "-c", code]) for _ in range(2)}
    assert len(made) == 1


def test_pillow_is_not_imported_without_an_image() -> None:
    code = (
        "import sys, maille.pipeline, maille.content.illustrate\n"
        "maille.content.illustrate.illustrate([], [])\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'PIL'])"
    )
    assert subprocess.check_output([sys.executable, "-c", code]).strip() == b"[]"


# --- What is refused ------------------------------------------------------------------------------


def refused(file: SourceFile) -> str:
    with pytest.raises(ContentError) as first:
        check_image(file)
    with pytest.raises(ContentError) as second:
        read_image(file)
    assert (first.value.message, first.value.hint) == (second.value.message, second.value.hint)
    assert first.value.hint
    return first.value.message


HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.jpg", b"", "vide"),
        ("a.jpg", HTML, "n'est pas une image"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "n'est pas une image"),
        ("a.jpg", b"%PDF-1.7", "n'est pas une image"),
        ("a.gif", encode(draw_halves(), "GIF"), "n'est pas une image"),
        ("a.tif", encode(draw_halves(), "TIFF"), "n'est pas une image"),
        ("a.webp", b"RIFF\x10\0\0\0WAVEfmt ", "n'est pas une image"),
        (
            "a.jpg",
            encode(draw_halves(), "PNG"),
            "c'est une image PNG, et son nom ne finit pas par .png",
        ),
        ("a.png", encode(draw_halves(), "JPEG"), "c'est une image JPEG"),
        ("a.html", encode(draw_halves(), "JPEG"), "c'est une image JPEG"),
        ("jpg", encode(draw_halves(), "JPEG"), None),
        ("a.jpg", b"\xff\xd8\xff\xe0" + HTML, "abîmée"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + HTML, "abîmée"),
        ("a.webp", b"RIFF\x10\0\0\0WEBP" + HTML, "abîmée"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_image_is_refused(name: str, data: bytes, words: str | None) -> None:
    if words is None:  # a file without an ending may well be called « jpg »
        assert read_image(make_source(name, data)).width == 90
    else:
        assert words in refused(make_source(name, data))


def test_what_follows_an_image_in_its_file_is_not_published() -> None:
    image = read_image(make_source("a.jpg", encode(draw_halves(), "JPEG") + HTML))
    assert not any(b"script" in encode_image(image, variant) for variant in image.list_variants())


def test_what_is_noted_in_an_image_is_not_published() -> None:
    image = read_image(make_source("a.jpg", encode(draw_halves(), "JPEG", comment=b"secret")))
    assert b"secret" in image.data
    assert not any(b"secret" in encode_image(image, variant) for variant in image.list_variants())


def png_of(width: int, height: int) -> bytes:
    """Return the start of a PNG that claims a size and holds one line of pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 99)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def webp_of(width: int, height: int) -> bytes:
    """Return a WebP whose canvas claims a size."""
    small = encode(draw_halves(), "WEBP")[12:]
    sizes = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    canvas = b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + sizes
    data = b"WEBP" + canvas + small
    return b"RIFF" + struct.pack("<I", len(data)) + data


def jpeg_of(width: int, height: int) -> bytes:
    """Return a JPEG whose header claims a size."""
    data = bytearray(encode(draw_halves(), "JPEG"))
    start = data.index(b"\xff\xc0")
    data[start + 5 : start + 9] = struct.pack(">HH", height, width)
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", png_of(8000, 5001)),
        ("a.png", png_of(12_000, 9_000)),  # Pillow would warn
        ("a.png", png_of(2**31 - 1, 2**31 - 1)),  # Pillow would raise
        ("a.jpg", jpeg_of(65_000, 65_000)),
        ("a.webp", webp_of(16_000, 16_000)),
    ],
)
def test_a_size_out_of_bounds_is_read_from_the_header(
    name: str, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decoded(*_: object) -> None:
        pytest.fail("decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", decoded)
    assert "pixels" in refused(make_source(name, data))


def test_forty_million_pixels_are_not_too_many() -> None:
    check_image(make_source("a.png", png_of(8000, 5000)))


def test_a_heavy_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encode(draw_halves(), "JPEG")
    monkeypatch.setattr(image_encoding, "WEIGHT_LIMIT", len(data))
    check_image(make_source("a.jpg", data))
    assert "pèse plus" in refused(make_source("a.jpg", data + b"\0"))


@pytest.mark.parametrize(("name", "form"), [("a.png", "PNG"), ("a.webp", "WEBP")])
def test_an_image_that_moves_is_refused(name: str, form: str) -> None:
    frames = [draw_halves(), draw_halves(mode="L").convert("RGB")]
    data = encode(frames[0], form, save_all=True, append_images=frames[1:])
    assert "animée" in refused(make_source(name, data))


def test_the_pair_of_pictures_of_a_telephone_is_not_a_film() -> None:
    data = encode(draw_halves(), "MPO", save_all=True, append_images=[draw_halves()])
    assert read_image(make_source("a.jpg", data)).width == 90


@pytest.mark.parametrize(
    ("name", "form"), [("a.jpg", "JPEG"), ("a.png", "PNG"), ("a.webp", "WEBP")]
)
def test_a_truncated_file_is_refused(name: str, form: str) -> None:
    noise = Pillow.effect_noise((200, 200), 80).convert("RGB")
    data = encode(noise, form)
    for kept in (len(data) // 2, len(data) * 9 // 10):
        with pytest.raises(ContentError, match="abîmée"):
            read_image(make_source(name, data[:kept]))


def test_a_jpeg_of_a_thousand_scans_is_refused() -> None:
    data = encode(draw_halves(), "JPEG", progressive=True)
    scan = data[data.rindex(b"\xff\xda") : -2]
    check_image(make_source("a.jpg", data[:-2] + scan * 20 + data[-2:]))
    assert "abîmée" in refused(make_source("a.jpg", data[:-2] + scan * 1000 + data[-2:]))


@pytest.mark.parametrize("seed", range(6))
def test_damaged_files_are_published_or_refused_and_nothing_else(seed: int) -> None:
    chance = random.Random(seed)
    name, form = (("a.jpg", "JPEG"), ("a.png", "PNG"), ("a.webp", "WEBP"))[seed % 3]
    whole = encode(draw_halves(), form, exif=located(), icc_profile=profile())
    for _ in range(40):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 3, 9))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        # Anything but a ContentError would be told as a bug of ours.
        with contextlib.suppress(ContentError):
            image = read_image(make_source(name, bytes(data)))
            assert all(made.width <= 1280 for made in published(image))
