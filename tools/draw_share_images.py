"""Draw the pictures that other sites show beside a shared link.

Run it after a change of colours: `python -m tools.draw_share_images`. It draws one picture for each
kind of page, in `templates/assets/images/`, without a word, so that any network can keep them. Each
has the motif of the lists of that kind: threads, columns, a calendar. Colours are those of the
style sheet. `partage.png`, the picture of the site, is drawn by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "templates/assets/images"
STYLES = ROOT / "templates/assets/css/site.css"
SIZE = (1200, 630)
FINER = 4  # drawn so many times larger, then reduced: edges are smooth
# Few colours and their mixtures on edges: a palette makes a file ten times smaller.
COLOURS = 48

Point = tuple[float, float]


class Canvas:
    """A picture in the colours of the site; all measures are in pixels of the result."""

    def __init__(self) -> None:
        """Begin with plain paper."""
        found = re.findall(r"--(\w+(?:-\w+)?): (#[0-9a-f]{6})", STYLES.read_text("utf-8"))
        self.colours = dict(reversed(found))  # the first of each name is that of the light page
        self.image = Image.new("RGB", (SIZE[0] * FINER, SIZE[1] * FINER), self.colours["paper"])
        self.pen = ImageDraw.Draw(self.image)

    def line(self, *points: Point, colour: str = "teal", width: float = 8) -> None:
        """Draw a line through points."""
        scaled = [(x * FINER, y * FINER) for x, y in points]
        self.pen.line(scaled, self.colours[colour], round(width * FINER), joint="curve")

    def knot(self, x: float, y: float, radius: float = 26, *, full: str = "") -> None:
        """Draw a knot: a ring, or a disc of the colour `full`."""
        box = [(value * FINER) for value in (x - radius, y - radius, x + radius, y + radius)]
        fill = self.colours[full or "paper"]
        self.pen.ellipse(box, fill, self.colours[full or "teal"], 8 * FINER)

    def polygon(self, *points: Point, colour: str) -> None:
        """Draw a filled shape."""
        self.pen.polygon([(x * FINER, y * FINER) for x, y in points], self.colours[colour])

    def save(self, path: Path) -> None:
        """Write the picture as a PNG with a palette."""
        reduced = self.image.resize(SIZE, Image.Resampling.LANCZOS)
        reduced.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def draw_record(on: Canvas) -> None:
    """Draw the four shapes of practices, tied by a knot."""
    middle = (600, 315)
    corners = [(250, 170), (950, 170), (250, 460), (950, 460)]
    for corner in corners:
        on.line(middle, corner)
    (x, y), (x2, y2), (x3, y3), (x4, y4) = corners
    on.knot(x, y, 62, full="teal")
    on.polygon(
        (x2 - 56, y2 - 56),
        (x2 + 56, y2 - 56),
        (x2 + 56, y2 + 56),
        (x2 - 56, y2 + 56),
        colour="brick",
    )
    on.polygon((x3, y3 - 72), (x3 + 72, y3 + 58), (x3 - 72, y3 + 58), colour="ochre")
    on.polygon((x4, y4 - 78), (x4 + 78, y4), (x4, y4 + 78), (x4 - 78, y4), colour="violet")
    on.knot(*middle, 44, full="brick")


def draw_project(on: Canvas) -> None:
    """Draw threads of several lengths on one axis, a knot at each news."""
    for y, knots in ((150, (120, 560, 1080)), (315, (340, 780)), (480, (120, 340, 560, 920))):
        on.line((60, y), (1140, y), colour="rule", width=5)
        on.line((knots[0], y), (knots[-1], y))
        for x in knots[:-1]:
            on.knot(x, y)
        on.knot(knots[-1], y, 32, full="brick")


def draw_news(on: Canvas) -> None:
    """Draw columns of text under their titles."""
    on.line((90, 90), (1110, 90), colour="ink")
    for column, lengths in enumerate(
        ((270, 230, 260, 150), (240, 270, 200, 255), (265, 250, 270, 110))
    ):
        left = 90 + column * 360
        if column:
            on.line((left - 36, 130), (left - 36, 540), colour="rule", width=4)
        on.line((left, 160), (left + 250 - column * 40, 160), colour="ink", width=30)
        for number, length in enumerate(lengths):
            y = 250 + number * 70
            on.line((left, y), (left + length, y), colour="land", width=22)


def draw_letter(on: Canvas) -> None:
    """Draw a sheet with its parts, on one thread."""
    on.line((330, 60), (330, 630), colour="teal")
    for number, (title, text) in enumerate(((380, 520), (300, 560), (420, 480))):
        y = 150 + number * 170
        on.line((410, y), (410 + title, y), colour="ink", width=30)
        on.line((410, y + 62), (410 + text, y + 62), colour="land", width=22)
        on.knot(330, y, full="brick" if number == 0 else "")


def draw_event(on: Canvas) -> None:
    """Draw the months of some years, a knot at each event."""
    marks = {(1, 3), (2, 7), (0, 9), (3, 1), (3, 5)}
    for row in range(4):
        y = 120 + row * 130
        on.line((75, y), (1125, y), colour="rule", width=5)
        for month in range(12):
            x = 105 + month * 90
            if (row, month) in marks:
                on.knot(x, y, 30, full="brick" if row == 0 else "teal")
            else:
                on.line((x, y - 12), (x, y + 12), colour="rule", width=5)


PICTURES: Mapping[str, Callable[[Canvas], None]] = {
    "partage-fiche": draw_record,
    "partage-projet": draw_project,
    "partage-actualite": draw_news,
    "partage-lettre": draw_letter,
    "partage-rendez-vous": draw_event,
}


def main() -> None:
    """Draw all pictures."""
    for name, draw in PICTURES.items():
        canvas = Canvas()
        draw(canvas)
        canvas.save(IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
