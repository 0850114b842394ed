"""Find the encoding of a text file, by the French words that each candidate encoding gives."""

from __future__ import annotations

import codecs
import re

from maille.problems import ContentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The encodings of Windows, of old Macs and of the Windows command line. Latin-1 is not among them:
# its letters are the same as in cp1252.
CANDIDATES = ("cp1252", "mac_roman", "cp850")
_LOWER, _UPPER = "àâäæçéèêëîïôöœùûüÿñ", "ÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸÑ"
_SIGNS = "’‘“”«»–—…€°•·²³¹½\u00a0\u00ad®©™§ªº"
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"[^\s;,\t|\"]*[^\x00-\x7f][^\s;,\t|\"]*")


def decode_text(data: bytes, wanted: str = "") -> tuple[str, str]:
    """Return the text of a file and the name of its encoding, `wanted` if it is given.

    Raises ContentError if the bytes are not text, or not in `wanted`, or if two encodings are
    likely and give different words.
    """
    if wanted:
        return _decode_as(data, wanted), wanted
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode_as(data, name), name
    if name := _find_wide(data):
        return _decode_as(data, name), name
    if b"\0" in data[:4096]:
        raise ContentError("ce fichier n'est pas un tableau de texte", "donnez un CSV ou un XLSX")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _choose(data)


def _decode_as(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        raise ContentError(
            f"ce fichier n'est pas écrit en {name}",
            "enregistrez-le en « CSV UTF-8 », ou donnez le classeur lui-même (XLSX)",
        ) from None


def _find_wide(data: bytes) -> str:
    """Return the UTF-16 variant of bytes without a byte-order mark; "" if they are not UTF-16."""
    start = data[:2000]
    zeros = [start[n::2].count(0) for n in (0, 1)]
    if len(start) < 4 or max(zeros) < len(start) * 0.3:
        return ""
    return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"


def _choose(data: bytes) -> tuple[str, str]:
    """Return the text in the candidate encoding that looks most like French, and its name.

    Raises ContentError if the second best candidate is almost as likely and gives other words.
    """
    read = {name: data.decode(name, "replace") for name in CANDIDATES}
    odd = {name: _count_odd(text) for name, text in read.items()}
    best, second, *_ = sorted(odd, key=lambda name: odd[name])
    words = find_difference(read[best], read[second])
    if words and odd[second] <= odd[best] * 4 + 1:
        shown = " ou ".join(
            f"« {word} » ({name})" for name, word in zip((best, second), words, strict=True)
        )
        raise ContentError(
            f"on ne sait pas dans quel encodage lire ce fichier : {shown}",
            f'écrivez dans la correspondance, sous [fichier] : encodage = "{best}"',
        )
    return read[best], best


def _count_odd(text: str) -> int:
    """Return how many characters are unlikely in French: « Ž », or « É » after a small letter."""
    odd = 0
    for found in _FOREIGN.finditer(text):
        sign, at = found[0], found.start()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        inside = before.isalpha() and after.isalpha()
        if sign in _LOWER:
            odd += before.isupper() and after.isupper()
        elif sign in _UPPER:
            odd += before.islower() or (inside and after.islower() and before.islower())
        elif sign in _SIGNS:
            odd += inside and sign not in "’‘·\u00ad"
        else:
            odd += 1
    return odd


def find_difference(first: str, second: str) -> tuple[str, str] | None:
    """Return the first word that differs between two readings of the same bytes, or None.

    It is returned as each reading spells it.
    """
    for one, other in zip(_WORD.findall(first), _WORD.findall(second), strict=False):
        if one != other:
            return one, other
    return None
