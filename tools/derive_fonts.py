"""Derive the fonts of `templates/assets/fonts/` from three public packages.

Run at development time only, when a typeface or the set of characters changes:

    pip install 'fonttools[woff]==4.68.0'
    pip download --no-deps fontpkg-bricolage-grotesque==1.1 fontpkg-atkinson-hyperlegible==1.6 \
        fontpkg-work-sans==2.12
    python tools/derive_fonts.py fontpkg_bricolage_grotesque-1.1-py3-none-any.whl \
        fontpkg_atkinson_hyperlegible-1.6-py3-none-any.whl fontpkg_work_sans-2.12-py3-none-any.whl

Atkinson's zero is slashed, which tells it from O in a code and looks odd in a date, and the face
has no other: the ten figures of running text come from Work Sans, brought to the height of
Atkinson's capitals and, by its axis, to the weight of its figures (as much ink, within 2 %).

The wheels are read, never installed nor committed; `SHA256` says which ones are meant. Two runs
give the same bytes, with the same fonttools and brotli. The faces keep their licence (SIL OFL 1.1)
in the same folder: none declares a reserved name, so the subsets may keep theirs.

It also prints the descriptors that `site.css` needs for the fallback fonts, so that nothing moves
when the real fonts arrive: the three `*-override` are exact for the `size-adjust` beside them,
which is a good estimate (it ignores kerning; measured in a browser on our pages, it is 0.2 to 0.6 %
less).
"""

import argparse
import hashlib
import io
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.varLib.instancer import instantiateVariableFont

OUTPUT = Path(__file__).resolve().parent.parent / "templates" / "assets" / "fonts"

# French and its neighbours (Latin-1), then what French typography and our pages add to them.
CHARACTERS = frozenset(
    [chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100))]
    + list("ŒœŸ€–—‘’‚“”„†•…‰‹›−\u2009\u2011\u202f")
)
# Characters that French needs and a face may lack: drawn from a character that it has.
NARROW_SPACES = "\u2009\u202f"
NARROW = 0.62  # of a space
ALIASES = {"\u2011": "-", "\u00ad": "-"}
FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk"]

# Advance widths of Helvetica, which Arial and Liberation Sans share (thousandths of an em), for
# the letters that make up most of a French text, and how often each comes in a thousand signs.
FREQUENCIES = {
    " ": 170, "e": 121, "a": 63, "i": 61, "s": 65, "n": 59, "r": 55, "t": 59, "o": 45, "l": 45,
    "u": 50, "d": 31, "c": 27, "m": 25, "p": 25, "é": 16, "v": 13, "q": 10, "f": 9, "b": 8,
    "g": 7, "h": 6, ",": 9, ".": 8, "’": 6, "à": 4, "x": 3, "j": 3,
}  # fmt: skip
HELVETICA = {
    " ": 278, "e": 556, "a": 556, "i": 222, "s": 500, "n": 556, "r": 333, "t": 278, "o": 556,
    "l": 222, "u": 556, "d": 556, "c": 500, "m": 833, "p": 556, "é": 556, "v": 500, "q": 556,
    "f": 278, "b": 556, "g": 556, "h": 556, ",": 278, ".": 278, "’": 222, "à": 556, "x": 500,
    "j": 222,
}  # fmt: skip
HELVETICA_BOLD = HELVETICA | {
    "i": 278, "s": 556, "n": 611, "r": 389, "t": 333, "o": 611, "l": 278, "u": 611, "d": 611,
    "c": 556, "m": 889, "p": 611, "v": 556, "q": 611, "f": 333, "b": 611, "g": 611, "h": 611,
    "’": 278, "x": 556, "j": 278,
}  # fmt: skip


@dataclass(frozen=True)
class Face:
    """A file to make: its name, the file of the wheel that it comes from, the axes to fix."""

    name: str
    wheel: str
    member: str
    fallback: dict[str, int] | None
    axes: tuple[tuple[str, float], ...] = ()
    characters: frozenset[str] = CHARACTERS
    scale: float = 1.0


ATKINSON = "fontpkg_atkinson_hyperlegible"
BRICOLAGE = "fontpkg_bricolage_grotesque"
WORK_SANS = "fontpkg_work_sans"
# Its figures stand 660 units high, Atkinson's 668.
FIGURES: dict[str, Any] = {"characters": frozenset("0123456789"), "scale": 668 / 660}
SHA256 = {
    ATKINSON: "a179813cdb326822cfdef2c84a64629287c7cf72557bbca0e6150a0cbb52cffc",
    BRICOLAGE: "b629e8411a532a96775b32571693488d26837b93b7c25f053537ae8147ded7f2",
    WORK_SANS: "33ffc04b7fa9c846b99a9d5eb1dd3b548331ffcd1d942258e787f61eb2cf32c1",
}
FACES = (
    Face(
        "bricolage-grotesque-700",
        BRICOLAGE,
        "BricolageGrotesque[opsz,wdth,wght].ttf",
        HELVETICA_BOLD,
        (("opsz", 28), ("wdth", 100), ("wght", 700)),
    ),
    Face("atkinson-hyperlegible-400", ATKINSON, "AtkinsonHyperlegible-Regular.ttf", HELVETICA),
    Face("atkinson-hyperlegible-700", ATKINSON, "AtkinsonHyperlegible-Bold.ttf", HELVETICA_BOLD),
    Face("atkinson-hyperlegible-400i", ATKINSON, "AtkinsonHyperlegible-Italic.ttf", HELVETICA),
    Face("chiffres-400", WORK_SANS, "WorkSans[wght].ttf", None, (("wght", 400),), **FIGURES),
    Face("chiffres-700", WORK_SANS, "WorkSans[wght].ttf", None, (("wght", 640),), **FIGURES),
    Face(
        "chiffres-400i", WORK_SANS, "WorkSans-Italic[wght].ttf", None, (("wght", 415),), **FIGURES
    ),
)
LICENCES = {
    BRICOLAGE: "OFL-bricolage-grotesque.txt",
    ATKINSON: "OFL-atkinson-hyperlegible.txt",
    WORK_SANS: "OFL-chiffres.txt",
}


def main(arguments: list[str] | None = None) -> int:
    """Write the faces and their licences; print their sizes and the fallback figures."""
    parser = argparse.ArgumentParser(description="Derive the fonts from three wheels.")
    parser.add_argument("wheels", nargs=3, type=Path, metavar="WHEEL")
    wheels = dict(open_wheel(path) for path in parser.parse_args(arguments).wheels)
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for package, name in LICENCES.items():
        (OUTPUT / name).write_bytes(wheels[package].read(f"{package}/LICENSE"))
    for face in FACES:
        font = derive(face, wheels[face.wheel].read(f"{face.wheel}/files/{face.member}"))
        data = pack(font)
        (OUTPUT / f"{face.name}.woff2").write_bytes(data)
        absent = sorted(face.characters - {chr(code) for code in font.getBestCmap()})
        print(f"{face.name}.woff2: {len(data) / 1000:.1f} kB; not in the face: {absent}")
        if face.fallback:
            print(f"  {describe_fallback(font, face.fallback)}")
    return 0


def open_wheel(path: Path) -> tuple[str, zipfile.ZipFile]:
    """Return the package name of a wheel, and its archive; exit if its SHA-256 is not known."""
    package = path.name.partition("-")[0]
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != SHA256.get(package):
        sys.exit(f"{path.name} is not the wheel that is meant (SHA-256 {found})")
    return package, zipfile.ZipFile(path)


def derive(face: Face, data: bytes) -> TTFont:
    """Return the face with its axes fixed, its scale applied and only our characters."""
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    if face.axes:
        font = instantiateVariableFont(font, dict(face.axes))
    if face.scale != 1:
        em = font["head"].unitsPerEm
        scale_upem(font, round(em * face.scale))
        font["head"].unitsPerEm = em
    if face.characters is CHARACTERS:
        complete(font)
    options = Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.notdef_outline = True
    options.drop_tables += ["STAT", "DSIG", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(character) for character in face.characters])
    subsetter.subset(font)
    return font


def complete(font: TTFont) -> None:
    """Add the narrow spaces and the no-break hyphen to a face that lacks them."""
    cmap = font.getBestCmap()
    added = {code: cmap[ord(model)] for code, model in ALIASES.items() if ord(code) not in cmap}
    if not {ord(code) for code in NARROW_SPACES} <= set(cmap):
        width = round(font["hmtx"][cmap[ord(" ")]][0] * NARROW)
        font.setGlyphOrder([*font.getGlyphOrder(), "uni202F"])
        font["glyf"]["uni202F"] = Glyph()
        font["hmtx"]["uni202F"] = (width, 0)
        added |= dict.fromkeys(NARROW_SPACES, "uni202F")
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update({ord(code): name for code, name in added.items()})


def pack(font: TTFont) -> bytes:
    """Return the face as WOFF2."""
    font.flavor = "woff2"
    buffer = io.BytesIO()
    font.save(buffer, reorderTables=False)
    return buffer.getvalue()


def describe_fallback(font: TTFont, fallback: dict[str, int]) -> str:
    """Return the CSS descriptors that give a fallback font the measures of this font."""
    em = font["head"].unitsPerEm
    cmap, widths = font.getBestCmap(), font["hmtx"]
    total = sum(FREQUENCIES.values())
    ours = sum(n * widths[cmap[ord(c)]][0] for c, n in FREQUENCIES.items()) / total / em
    theirs = sum(n * fallback[c] for c, n in FREQUENCIES.items()) / total / 1000
    adjust = ours / theirs
    line = font["hhea"]
    parts = {
        "size-adjust": adjust,
        "ascent-override": line.ascent / em / adjust,
        "descent-override": -line.descent / em / adjust,
        "line-gap-override": line.lineGap / em / adjust,
    }
    return "; ".join(f"{name}: {value:.1%}" for name, value in parts.items())


if __name__ == "__main__":
    sys.exit(main())
