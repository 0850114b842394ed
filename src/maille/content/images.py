"""Images of the content: their names in texts, and the published variants of each image."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote, unquote

from maille.text.file_endings import PICTURE, find_shown_name
from maille.text.names import make_slug
from maille.text.patterns import compile_late

# The folder where editors put images, and the start of image addresses in texts.
FOLDER = "content/images"
ADDRESS = "/images/"

# The name of an image file, in any format.
FILE_NAME = compile_late(rf"[^/:]+{PICTURE.pattern}", re.IGNORECASE)

# Widths of variants, in pixels. The text column is 39rem wide: 720 fits a screen of density 1 or a
# phone of density 2; 1280 fits a screen of density 2 or a phone of density 3.
WIDTHS = (480, 720, 1280)
FALLBACK_WIDTH = 720
# Increase this number whenever encoding changes: the addresses of the variants then change too.
_RECIPE = b"1"

Form = Literal["webp", "jpg"]


@dataclass(frozen=True, slots=True)
class Variant:
    """A file published for an image: its address, its width in pixels, its format."""

    address: str
    width: int
    form: Form


@dataclass(frozen=True, slots=True)
class Image:
    """An image that can be published.

    `name` is its address in texts, without escapes such as « %20 »: `/images/photo.jpg`. `width`
    and `height` are measured on the upright image, in pixels.
    """

    name: str
    data: bytes
    width: int
    height: int

    def list_variants(self) -> tuple[Variant, ...]:
        """Return the files to publish for the image: WebP, the smallest first, then one JPEG.

        No variant is larger than the image. Addresses depend on the name and bytes of the image.
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

    def compute_height(self, width: int) -> int:
        """Return the height in pixels (1 at least) at a given width, in proportion."""
        return max(1, round(self.height * width / self.width))


@dataclass(frozen=True, slots=True)
class Album:
    """The images, and the texts that show them; both mappings are by the name of the image.

    `images` has only valid images that a text shows. `shown_by` has, for each image file, the
    paths of the texts that show it, which may be none.
    """

    images: Mapping[str, Image] = field(default_factory=dict)
    shown_by: Mapping[str, frozenset[str]] = field(default_factory=dict)


def decode_name(target: str) -> str:
    """Return the name of the image at an address typed in a text: « %20 » becomes a space."""
    return unicodedata.normalize("NFC", unquote(target))


def quote_name(name: str) -> str:
    """Return the address to type for the image `name`; letters with accents stay as they are."""
    return "".join(c if c.isalnum() else quote(c, safe="/-._~()") for c in name)


def make_path(name: str) -> str:
    """Return the path of the file of the image `name`."""
    return f"{FOLDER}/{name.removeprefix(ADDRESS)}"


def make_name(path: str) -> str:
    """Return the name of the image whose file is `path`."""
    return ADDRESS + path.removeprefix(f"{FOLDER}/")


def suggest_image(target: str, alt: str | None = None) -> str:
    """Return what to do about an image whose address is invalid or is outside /images/.

    The hint gives the address to type or, if `alt` is given, the whole Markdown of the image with
    this alt text. If the site cannot show the format, the hint says to save the image in another
    format.
    """
    path = target.partition("?")[0]
    folder, _, typed = path.rpartition("/")
    if not FILE_NAME.fullmatch(typed):
        inline = re.match(r"data:image/(png|webp|gif|avif|svg)\b", target)
        typed = f"nom-du-fichier.{inline[1] if inline else 'jpg'}"
    name, kind = find_shown_name(typed)
    base = f"{folder}/" if target.startswith(ADDRESS) else ADDRESS
    address = quote_name(f"{decode_name(base)}{decode_name(name)}")
    written = address if alt is None else f"![{alt or '…'}]({address})"
    if target.startswith(ADDRESS) and not kind:
        return f"écrivez {written}"
    if re.match(r"(?i)(?:https?:)?//", target):
        copied = f"enregistrez-la en {kind}" if kind else "copiez-la"
        return f"si vous en avez le droit, {copied} dans {FOLDER}/ et écrivez {written}"
    placed = f"enregistrez l'image en {kind}, mettez-la" if kind else "mettez le fichier"
    return f"{placed} dans {FOLDER}/ et écrivez {written}"
