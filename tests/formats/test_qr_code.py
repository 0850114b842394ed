"""The QR code of an address, read back by a reader from its path."""

from __future__ import annotations

import random
import re

import PIL.Image
import PIL.ImageDraw
import pytest
import zxingcpp

from maille.formats.qr_code import QrCode, draw_qr_code
from tests.doses import CODES

_STEP = re.compile(r"([Mm])(\d+) (\d+)h(\d+)")


def read_back(code: QrCode) -> str:
    """Return the text that a reader finds in a code, drawn as the path says."""
    side = (code.size + 8) * 4
    image = PIL.Image.new("L", (side, side), 255)
    draw = PIL.ImageDraw.Draw(image)
    x = y = 0
    for sign, across, down, length in _STEP.findall(code.path):
        x = int(across) + (x if sign == "m" else 0)
        y = int(down) + (y if sign == "m" else 0)
        corner = ((x + 4) * 4, (y + 4) * 4)
        x += int(length)
        draw.rectangle((*corner, (x + 4) * 4 - 1, corner[1] + 3), fill=0)
    (found,) = zxingcpp.read_barcodes(image)
    return found.text


def test_an_address_is_read_back() -> None:
    address = "https://catalyseurs.example/catalyseurs/un-nom-de-fiche-assez-long/"
    code = draw_qr_code(address)
    assert code.size == 33
    assert read_back(code) == address
    assert _STEP.sub("", code.path) == ""


def test_any_address_is_read_back() -> None:
    chance = random.Random(20261130)
    letters = "abcdefghijklmnopqrstuvwxyz0123456789-/%.:"
    for _ in range(CODES):
        text = "https://" + "".join(chance.choices(letters, k=chance.randrange(4, 400)))
        assert read_back(draw_qr_code(text)) == text


def test_the_same_text_gives_the_same_path() -> None:
    assert draw_qr_code("https://a.example/") == draw_qr_code("https://a.example/")


@pytest.mark.parametrize("text", ["", "a" * 3000])
def test_a_text_without_a_code_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"barcode|too long"):
        draw_qr_code(text)
