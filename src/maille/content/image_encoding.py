"""Check the images of the content, and encode their published variants, with Pillow.

Pillow is imported inside functions, since a build without images does not need it.
"""

from __future__ import annotations

import contextlib
import functools
import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from maille.content.documents import SourceFile
from maille.content.images import WIDTHS, Image, Variant, make_name
from maille.problems import ContentError
from maille.text.file_endings import SHOWN

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

WEIGHT_LIMIT = 20_000_000  # bytes
PIXEL_LIMIT = 40_000_000
SCAN_LIMIT = 100  # scans of a progressive JPEG; cameras and software write about ten
QUALITY = 80

_SIGNATURES = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n", "WebP": b"RIFF"}
# The exceptions that Pillow raises on corrupt files.
_FAULTS = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    ArithmeticError,
    LookupError,
    EOFError,
    RuntimeError,
    struct.error,
    zlib.error,
)


def refuse_truncated() -> None:
    """Make Pillow refuse truncated images, in case another library made it accept them."""
    from PIL import ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = False


def check_image(source: SourceFile) -> None:
    """Raise ContentError for an image that is not accepted; its pixels are not decoded.

    The format, the suffix, the size in bytes and the number of pixels are checked. Animated images,
    and JPEGs with more than `SCAN_LIMIT` scans, are refused.
    """
    name, data = source.path.rpartition("/")[2], source.data
    stem, _, ending = name.rpartition(".")
    kind = next((kind for kind, first in _SIGNATURES.items() if data.startswith(first)), "")
    if not data:
        raise ContentError(
            "ce fichier est vide", "copiez l'image de nouveau, ou effacez ce fichier"
        )
    if not kind or (kind == "WebP" and data[8:12] != b"WEBP"):
        message = "ce fichier n'est pas une image JPEG, PNG ou WebP"
        hint = "enregistrez-la en JPEG (photo) ou en PNG (dessin), ou ôtez ce fichier du dossier"
        raise ContentError(message, hint)
    if ending.lower() not in SHOWN[kind]:
        message = f"c'est une image {kind}, et son nom ne finit pas par .{SHOWN[kind][0]}"
        hint = f"renommez-la {stem or ending}.{SHOWN[kind][0]}, ici et dans les textes"
        raise ContentError(message, hint)
    if len(data) > WEIGHT_LIMIT:
        _refuse_large(f"cette image pèse plus de {WEIGHT_LIMIT // 1_000_000} Mo")
    with _open(data) as pixels:
        width, height = pixels.size
        if width * height > PIXEL_LIMIT:
            _refuse_large(f"cette image a {width} × {height} pixels")
        if pixels.format in {"PNG", "WEBP"} and getattr(pixels, "is_animated", False):
            raise ContentError("cette image est animée", "enregistrez-en une seule vue")
    if kind == "JPEG" and data.count(b"\xff\xda") > SCAN_LIMIT:
        raise ContentError(*_BROKEN)


def read_image(source: SourceFile) -> Image:
    """Return the image in a file. Raises ContentError when it cannot be published."""
    check_image(source)
    with _open(source.data) as pixels:
        width, height = pixels.size
        _resize(pixels, (8, 8))  # fails now if publication would fail
        if pixels.getexif().get(_ORIENTATION) in _LYING:
            width, height = height, width
    return Image(make_name(source.path), source.data, width, height)


def encode_image(image: Image, variant: Variant) -> bytes:
    """Return the bytes of a published variant: upright, in sRGB, without metadata."""
    from PIL.Image import Resampling

    size = (variant.width, image.compute_height(variant.width))
    small = _make_largest(image).resize(size, Resampling.LANCZOS)
    file = io.BytesIO()
    if variant.form == "webp":
        small.save(file, "WEBP", quality=QUALITY, method=4)
    else:
        small.save(file, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return file.getvalue()


_BROKEN = (
    "cette image est abîmée ou incomplète",
    "copiez-la de nouveau depuis l'original, ou enregistrez-la avec un autre logiciel",
)
_ORIENTATION = 0x0112  # the Exif tag
_LYING = {5, 6, 7, 8}  # its values for a quarter turn


def _refuse_large(message: str) -> None:
    millions = PIXEL_LIMIT // 1_000_000
    most = f"au plus {WEIGHT_LIMIT // 1_000_000} Mo et {millions} millions de pixels"
    hint = f"réduisez-la ({most} ; {WIDTHS[-1]} pixels de large suffisent)"
    raise ContentError(message, hint)


@contextlib.contextmanager
def _open(data: bytes) -> Iterator[Pixels]:
    """Open an image. Only its header is read until its pixels are used.

    Raises ContentError if the image is corrupt or has far too many pixels, even if Pillow detects
    this only later, when the pixels are used.
    """
    import PIL.Image
    import PIL.WebPImagePlugin  # else Pillow imports all its formats to find this one

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # else Pillow prints warnings in English
        try:
            with PIL.Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP"]) as pixels:
                yield pixels
        except PIL.Image.DecompressionBombError:
            _refuse_large(f"cette image a plus de {PIXEL_LIMIT // 1_000_000} millions de pixels")
        except ContentError:  # raised by the code that uses the image
            raise
        except _FAULTS as fault:
            raise ContentError(*_BROKEN) from fault


@functools.lru_cache(maxsize=1)  # variants of an image are encoded one after another
def _make_largest(image: Image) -> Pixels:
    width = min(image.width, WIDTHS[-1])
    with _open(image.data) as pixels:
        return _resize(pixels, (width, image.compute_height(width)))


def _resize(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """Return an image upright, at the given size, in sRGB, on white, without metadata."""
    from PIL import ImageOps
    from PIL.Image import Resampling

    profile = pixels.info.get("icc_profile")
    short = min(size) * 3 // 2
    pixels.draft(None, (short, short))  # a JPEG can be read at 1/2, 1/4 or 1/8 of its size
    upright = _flatten(ImageOps.exif_transpose(pixels))
    small = _convert_to_srgb(upright.resize(size, Resampling.LANCZOS, reducing_gap=3), profile)
    small.info.clear()
    return small


def _flatten(pixels: Pixels) -> Pixels:
    """Return an image with 8 bits per channel, and white instead of transparency.

    On a dark page, a black drawing without a background would be illegible.
    """
    import PIL.Image

    if pixels.mode.startswith("I"):
        return pixels.convert("I").point(lambda value: value / 256).convert("L")
    if pixels.has_transparency_data:
        layer = pixels.convert("RGBA")
        paper = PIL.Image.new("RGBA", layer.size, "white")
        return PIL.Image.alpha_composite(paper, layer).convert("RGB")
    return pixels if pixels.mode in {"L", "RGB", "CMYK"} else pixels.convert("RGB")


def _convert_to_srgb(pixels: Pixels, profile: bytes | None) -> Pixels:
    """Return an image in sRGB; an unreadable colour profile is ignored."""
    from PIL import ImageCms

    if profile:
        with contextlib.suppress(ImageCms.PyCMSError, OSError):
            meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            web = ImageCms.createProfile("sRGB")
            if changed := ImageCms.profileToProfile(pixels, meant, web, outputMode="RGB"):
                return changed
    return pixels.convert("RGB")
