"""From the bytes of an image to those that are published, by Pillow.

Pillow is imported only where there is an image: its import alone takes longer than many a step.
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
from maille.content.images import WIDTHS, Image, Variant, name_at

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

WEIGHT_LIMIT = 20_000_000  # bytes
PIXEL_LIMIT = 40_000_000
SCAN_LIMIT = 100  # of a progressive JPEG; cameras and software make about ten
QUALITY = 80

_SIGNATURES = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n", "WebP": b"RIFF"}
_ENDINGS = {"JPEG": ("jpg", "jpeg"), "PNG": ("png",), "WebP": ("webp",)}
# What Pillow raises on bytes that are not what they say.
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


class ImageError(Exception):
    """A file is no image that can be published; `message` says why and `hint` what to do."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep what to tell."""
        super().__init__(message)
        self.message, self.hint = message, hint


def refuse_truncated() -> None:
    """Have Pillow refuse images that are cut short, which it may have been told to take."""
    from PIL import ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = False


def examine(source: SourceFile) -> None:
    """Raise ImageError for a file that is no image or is too large, from its first bytes."""
    name, data = source.path.rpartition("/")[2], source.data
    stem, _, ending = name.rpartition(".")
    kind = next((kind for kind, first in _SIGNATURES.items() if data.startswith(first)), "")
    if not data:
        raise ImageError("ce fichier est vide", "copiez l'image de nouveau, ou effacez ce fichier")
    if not kind or (kind == "WebP" and data[8:12] != b"WEBP"):
        message = "ce fichier n'est pas une image JPEG, PNG ou WebP"
        hint = "enregistrez-la en JPEG (photo) ou en PNG (dessin), ou ôtez ce fichier du dossier"
        raise ImageError(message, hint)
    if ending.lower() not in _ENDINGS[kind]:
        message = f"c'est une image {kind}, et son nom ne finit pas par .{_ENDINGS[kind][0]}"
        hint = f"renommez-la {stem or ending}.{_ENDINGS[kind][0]}, ici et dans les textes"
        raise ImageError(message, hint)
    if len(data) > WEIGHT_LIMIT:
        _too_large(f"cette image pèse plus de {WEIGHT_LIMIT // 1_000_000} Mo")
    with _opened(data) as pixels:
        width, height = pixels.size
        if width * height > PIXEL_LIMIT:
            _too_large(f"cette image a {width} × {height} pixels")
        if pixels.format in {"PNG", "WEBP"} and getattr(pixels, "is_animated", False):
            raise ImageError("cette image est animée", "enregistrez-en une seule vue")
    if kind == "JPEG" and data.count(b"\xff\xda") > SCAN_LIMIT:
        raise ImageError(*_BROKEN)


def read(source: SourceFile) -> Image:
    """Return the image that a file holds. Raises ImageError when it cannot be published."""
    examine(source)
    with _opened(source.data) as pixels:
        width, height = pixels.size
        _resized(pixels, (8, 8))  # everything that publication will do, on as little as can be
        if pixels.getexif().get(_ORIENTATION) in _LYING:
            width, height = height, width
    return Image(name_at(source.path), source.data, width, height)


def encoded(image: Image, variant: Variant) -> bytes:
    """Return an image as it is published: upright, in sRGB, with nothing but its pixels."""
    from PIL.Image import Resampling

    size = (variant.width, image.height_at(variant.width))
    small = _largest(image).resize(size, Resampling.LANCZOS)
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
_LYING = {5, 6, 7, 8}  # its values for an image that is turned by a quarter


def _too_large(message: str) -> None:
    millions = PIXEL_LIMIT // 1_000_000
    most = f"au plus {WEIGHT_LIMIT // 1_000_000} Mo et {millions} millions de pixels"
    hint = f"réduisez-la ({most} ; {WIDTHS[-1]} pixels de large suffisent)"
    raise ImageError(message, hint)


@contextlib.contextmanager
def _opened(data: bytes) -> Iterator[Pixels]:
    """Open an image: only its header is read until its pixels are used."""
    import PIL.Image
    import PIL.WebPImagePlugin  # or Pillow would import all its formats to find this one

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what is odd in a file, in English, on the terminal
        try:
            with PIL.Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP"]) as pixels:
                yield pixels
        except PIL.Image.DecompressionBombError:
            _too_large(f"cette image a plus de {PIXEL_LIMIT // 1_000_000} millions de pixels")
        except _FAULTS as fault:
            raise ImageError(*_BROKEN) from fault


@functools.lru_cache(maxsize=1)  # the variants of an image are made one after the other
def _largest(image: Image) -> Pixels:
    width = min(image.width, WIDTHS[-1])
    with _opened(image.data) as pixels:
        return _resized(pixels, (width, image.height_at(width)))


def _resized(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """Return an image upright, of that size, in sRGB, on white, without anything beside."""
    from PIL import ImageOps
    from PIL.Image import Resampling

    profile = pixels.info.get("icc_profile")
    short = min(size) * 3 // 2
    pixels.draft(None, (short, short))  # a JPEG can be read at a half, a quarter or an eighth
    upright = _opaque(ImageOps.exif_transpose(pixels))
    small = _in_srgb(upright.resize(size, Resampling.LANCZOS, reducing_gap=3), profile)
    small.info.clear()
    return small


def _opaque(pixels: Pixels) -> Pixels:
    """Return an image of 8 bits a channel, on white where it is transparent.

    A drawing made for white paper can then be read on the dark page too.
    """
    import PIL.Image

    if pixels.mode.startswith("I"):
        return pixels.convert("I").point(lambda value: value / 256).convert("L")
    if pixels.has_transparency_data:
        layer = pixels.convert("RGBA")
        paper = PIL.Image.new("RGBA", layer.size, "white")
        return PIL.Image.alpha_composite(paper, layer).convert("RGB")
    return pixels if pixels.mode in {"L", "RGB", "CMYK"} else pixels.convert("RGB")


def _in_srgb(pixels: Pixels, profile: bytes | None) -> Pixels:
    """Return an image with the colours of the web; a profile that cannot be read is passed over."""
    from PIL import ImageCms

    if profile:
        with contextlib.suppress(ImageCms.PyCMSError, OSError):
            meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            web = ImageCms.createProfile("sRGB")
            if changed := ImageCms.profileToProfile(pixels, meant, web, outputMode="RGB"):
                return changed
    return pixels.convert("RGB")
