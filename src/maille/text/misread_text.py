"""Find letters that were decoded with the wrong encoding, and invisible characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maille.text.patterns import compile_late

# The letters and punctuation of French outside ASCII.
_FRENCH = "àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸ’‘“”«»–—…€°•·\u00a0\u202f"


def _list_misread() -> Iterator[tuple[str, str]]:
    """Yield (misread text, right character) for UTF-8 decoded with the encodings of old programs.

    Text misread as Windows-1252 was often saved and misread a second time.
    """
    for encoding in ("cp1252", "latin-1", "mac_roman", "cp850", "cp437"):
        for sign in _FRENCH:
            read = _misread(sign, encoding)
            yield read, sign
            if encoding == "cp1252":
                yield _misread(read, encoding), sign


def _misread(text: str, encoding: str) -> str:
    """Return `text` encoded in UTF-8 and decoded with `encoding`.

    A byte that `encoding` does not map becomes the control character with the same number.
    """
    signs = (bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())
    return "".join(signs)


# Misread text → the character that was meant. If there are several, the first encoding decides.
_WRITTEN = dict(reversed([*_list_misread()])) | {
    "Ã  ": "à ",  # the no-break space of « Ã\u00a0 » became a space
    "Ã ": "à ",
}
# The longest first: « Ã‚Â » begins with « Ã‚ ».
_MISREAD = compile_late("|".join(map(re.escape, sorted(_WRITTEN, key=len, reverse=True))))
# Byte-order marks, soft hyphens, spaces and joiners without width, marks of direction. The joiner
# U+200D is a part of emoji, but of no word.
_UNSEEN = compile_late(
    "[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2060\ufeff]|\u200d(?<=\\w\u200d)(?=\\w)"
)
_EMPTY_LINK = compile_late(rf"\[(?:\s|{_UNSEEN.pattern})+\](?=\()")
_NAMES = {"\u00ad": "un trait d'union conditionnel", "\u200b": "une espace sans largeur"}


def find_misread(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield offset, cause and remedy for each line with wrongly decoded or lost letters.

    The offset is the start of the first misread word, or the place of the first lost letter.
    """
    if not (_MISREAD.search(text) or "\ufffd" in text):
        return
    for line, start in _split_lines(text):
        found = list(_MISREAD.finditer(line))
        if found:
            first, last = _expand(line, found[0].start(), found[-1].end())
            if last - first > 160:
                first, last = _expand(line, found[0].start(), found[0].end())
            shown = line[first:last]
            message = f"« {shown} » a été lu dans le mauvais encodage"
            mended = _MISREAD.sub(lambda one: _WRITTEN[one[0]], shown)
            yield start + first, message, f"écrivez « {mended.strip()} »"
        elif (lost := line.find("\ufffd")) >= 0:
            first, last = _expand(line, lost, lost + 1)
            message = f"une lettre s'est perdue dans « {line[first:last]} »"
            yield start + lost, message, "remplacez le signe \ufffd par cette lettre"


def find_unseen(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield offset, cause and remedy for the first invisible character of each line that has one.

    A link whose text is only such characters is left to the check of links without text.
    """
    if text.isascii() or not _UNSEEN.search(text):
        return
    for line, start in _split_lines(text):
        found = _UNSEEN.search(_EMPTY_LINK.sub(lambda link: " " * len(link[0]), line))
        if not found:
            continue
        word = re.compile(r"\w").search(line, found.end())
        first, last = _expand(line, found.start(), found.end())
        if word and not re.search(r"\w", line[first:last]):
            last = _expand(line, word.start(), word.end())[1]
        name = _NAMES.get(found[0], f"U+{ord(found[0]):04X}")
        clean = remove_unseen(line[first:last])
        hint = f"écrivez « {clean} »" if clean else "effacez cette ligne"
        message = f"un signe que personne ne voit ({name}) s'est glissé dans « {line[first:last]} »"
        yield start + found.start(), message, hint


# « dÉclosion », « lAmicale »; not in addresses and hashtags, whose words may be joined like this.
_STUCK = compile_late(
    r"([dl])(?<![\w'’/\#@.=&-].)([ÀÂÉÈÊÎÔŒ][a-zà-öø-ÿœ]{2,}|[AEIOUY][a-zà-öø-ÿœ]{3,})(?![\w@]|[./]\w)"
)


def find_lost_apostrophes(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield offset, cause and remedy for each capitalised word stuck to a « d » or « l »."""
    for found in _STUCK.finditer(text):
        message = f"l'apostrophe manque dans « {found[0]} »"
        yield found.start(), message, f"écrivez « {found[1]}'{found[2]} »"


def remove_unseen(text: str) -> str:
    """Return `text` without invisible characters, such as soft hyphens."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def _split_lines(text: str) -> Iterator[tuple[str, int]]:
    start = 0
    for line in text.split("\n"):
        yield line, start
        start += len(line) + 1


def _expand(line: str, first: int, last: int) -> tuple[int, int]:
    """Return the start and the end of the words that contain `line[first:last]`."""
    while first and not line[first - 1].isspace():
        first -= 1
    while last < len(line) and not line[last].isspace():
        last += 1
    return first, last
