"""Images that tests make."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from maille.content.documents import SourceFile


def encode(pixels: Image.Image, form: str, **options: Any) -> bytes:
    file = io.BytesIO()
    pixels.save(file, form, **options)
    return file.getvalue()


def draw_halves(width: int = 90, height: int = 60, mode: str = "RGB") -> Image.Image:
    """An image whose left half is red and whose right half is blue."""
    pixels = Image.new("RGB", (width, height), (220, 30, 30))
    pixels.paste((30, 30, 220), (width // 2, 0, width, height))
    return pixels.convert(mode)


def make_source(name: str, data: bytes) -> SourceFile:
    return SourceFile(f"content/images/{name}", data)
