"""The endings of file names, by type of content: the only list of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

# The formats of the images that the site can show, and the endings of their files.
SHOWN = {"JPEG": ("jpg", "jpeg"), "PNG": ("png",), "WebP": ("webp",)}
_PICTURES = (
    *(ending for endings in SHOWN.values() for ending in endings),
    *("gif", "svg", "heic", "heif", "avif", "bmp", "tif", "tiff"),
)
_WRITTEN = ("doc", "docx", "odt", "rtf", "pages", "gdoc", "html", "htm")
_SHEETS = ("xls", "xlsx", "ods", "csv", "tsv", "gsheet")
_OTHERS = (
    *("pdf", "ppt", "pptx", "odp", "epub", "zip", "7z", "rar", "eml", "msg", "ics", "vcf"),
    *("mp3", "m4a", "ogg", "wav", "mp4", "m4v", "mov", "avi", "webm", "mkv"),
    *("gpx", "kml", "kmz", "geojson", "json", "xml"),
)


def _match(endings: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\.(?:{'|'.join(endings)})$", re.IGNORECASE)


# These patterns match the end of a file name: PICTURE that of an image, WRITTEN that of a text made
# by an office suite or a browser, DOCUMENT that of any document, including these texts.
PICTURE = _match(_PICTURES)
WRITTEN = _match(_WRITTEN)
DOCUMENT = _match((*_WRITTEN, *_SHEETS, *_OTHERS))
_TEXT = _match(("txt",))
# The end of the address of a page.
PAGE = _match(("html?", "php", "aspx?"))


def is_file_name(text: str) -> bool:
    """Return whether a text, such as the target of a link, has the ending of a file's name.

    « trajet.gpx » is the name of a file, not of a host. Whole URLs do not count; nor do Markdown
    files, for which see `urls.is_file_target`.
    """
    if re.search(r"[:?#]|//", text):
        return False
    return any(one.search(text) for one in (PICTURE, DOCUMENT, PAGE, _TEXT))


def find_shown_name(name: str) -> tuple[str, str]:
    """Return the name under which the site can show an image, and the format to save it in.

    For « plan.svg », these are "plan.png" and "PNG". The format is "" if the image can be shown as
    it is.
    """
    stem, _, ending = name.rpartition(".")
    if any(ending.lower() in endings for endings in SHOWN.values()):
        return name, ""
    kind = "PNG" if ending.lower() in {"gif", "svg", "bmp"} else "JPEG"
    return f"{stem}.{SHOWN[kind][0]}", kind
