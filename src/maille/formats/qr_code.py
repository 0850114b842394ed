"""Draw the QR code of an address, as one path for an SVG image."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

# A run of light squares, which may be empty, and the run of dark ones after it.
_RUN = re.compile(rb"(\xff*)(\x00+)")


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code: the number of squares across, and the path that covers the dark ones.

    The path is drawn with a stroke one unit wide. The stroke of the first row is at y = 0, so the
    upper edge of the code is at y = -0.5.
    """

    size: int
    path: str


@functools.lru_cache(maxsize=64)  # later builds of a process, and the preview, draw the same codes
def draw_qr_code(text: str) -> QrCode:
    """Return the QR code of a text, with the lowest level of correction, L, for fewer squares.

    Raises ValueError if the text is empty, or too long for a code (2,953 bytes).
    """
    import zxingcpp  # imported here: it takes 11 ms, and few pages have a code

    kind = zxingcpp.BarcodeFormat.QRCode
    code = zxingcpp.create_barcode(text, kind, ec_level="L")
    image = code.to_image(scale=1, add_quiet_zones=False)
    size, data = image.shape[0], bytes(memoryview(image))  # type: ignore[arg-type] # not in its stub
    lines = (data[start : start + size] for start in range(0, size * size, size))
    return QrCode(size, "".join(_draw_row(line, y) for y, line in enumerate(lines)))


def _draw_row(line: bytes, y: int) -> str:
    """Return the part of the path for one row: where it begins, then its dark runs."""
    if not (runs := _RUN.findall(line)):
        return ""
    light, dark = runs[0]
    return "".join((f"M{len(light)} {y}h{len(dark)}", *map(_draw_run, runs[1:])))


@functools.cache  # for speed: all codes are made of the same few runs
def _draw_run(run: tuple[bytes, bytes]) -> str:
    light, dark = run
    return f"m{len(light)} 0h{len(dark)}"
