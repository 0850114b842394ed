"""Images of content: how texts name them, and the smaller images that are published of each."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote, unquote

from maille.text.names import make_slug

# Where editors put images, and how the texts name them.
FOLDER = "content/images"
ADDRESS = "/images/"

# In pixels. The measure of the text is 39rem: 720 is for a screen of simple density, or a telephone
# of double density; 1280 for the double of the measure, or a telephone of triple density.
WIDTHS = (480, 720, 1280)
FALLBACK_WIDTH = 720
# To raise whenever the same file comes to give other pixels: the addresses change with it.
_RECIPE = b"1"

Form = Literal["webp", "jpg"]


@dataclass(frozen=True, slots=True)
class Variant:
    """A file that is published of an image: its address, its width in pixels, its format."""

    address: str
    width: int
    form: Form


@dataclass(frozen=True, slots=True)
class Image:
    """An image that can be published; its size in pixels is that of the upright image.

    `name` is what texts call it: `/images/photo.jpg`.
    """

    name: str
    data: bytes
    width: int
    height: int

    def variants(self) -> tuple[Variant, ...]:
        """Return what is published of it: WebP, the smallest first, then one JPEG.

        None is larger than the image. Another content gives other addresses.
        """
        stem = self.name.rpartition("/")[2].rpartition(".")[0]
        digest = hashlib.sha256(_RECIPE + self.data).hexdigest()[:8]
        base = f"{ADDRESS}{make_slug(stem) or 'image'}-{digest}"
        most = min(self.width, WIDTHS[-1])
        fallback = min(self.width, FALLBACK_WIDTH)
        return (
            *(Variant(f"{base}-{w}.webp", w, "webp") for w in WIDTHS if w < most),
            Variant(f"{base}-{most}.webp", most, "webp"),
            Variant(f"{base}-{fallback}.jpg", fallback, "jpg"),
        )

    def height_at(self, width: int) -> int:
        """Return the height that goes with a width."""
        return max(1, round(self.height * width / self.width))


@dataclass(frozen=True, slots=True)
class Album:
    """The images that texts show, and for every file of the folder the paths of those texts.

    Both by name; a file at fault, or that no text shows, is among the second only.
    """

    images: Mapping[str, Image] = field(default_factory=dict)
    shown_by: Mapping[str, frozenset[str]] = field(default_factory=dict)


def name_of(target: str) -> str:
    """Return the name of the image that an address in a text means: « %20 » is a space."""
    return unicodedata.normalize("NFC", unquote(target))


def typed(name: str) -> str:
    """Return how the name of an image is typed in a text; letters with accents may stay."""
    return "".join(c if c.isalnum() else quote(c, safe="/-._~()") for c in name)


def path_at(name: str) -> str:
    """Return the path of the file of an image."""
    return f"{FOLDER}/{name.removeprefix(ADDRESS)}"


def name_at(path: str) -> str:
    """Return the name of the image whose file has that path."""
    return ADDRESS + path.removeprefix(f"{FOLDER}/")
