"""Repair cells whose meaning is certain: return the value, and why it differs from the text.

Any other cell stays as it is: the checks of records report what is wrong.
"""

from __future__ import annotations

import datetime
import decimal
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from maille.problems import ContentError
from maille.text.misread_text import find_misread, remove_unseen
from maille.text.placeholders import is_sheet_error
from maille.text.typed_addresses import is_email, is_web_address
from maille.text.typed_dates import guess_date
from maille.text.typed_numbers import guess_degrees, repair_phone

_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_TAG = re.compile(r"</?[A-Za-z][^<>@]*>|<!--")
_LABEL = re.compile(r"(?i)(?:t[ée]l(?:[ée]phone)?|fixe|standard)\b\.?\s*:?\s*")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#x[\dA-Fa-f]{2,5});")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_FORMULA = re.compile(r"=\S|[+@-]\w+\(")


@dataclass(frozen=True, slots=True)
class Repair:
    """The value of a cell, and why it differs from the typed text, "" if it does not."""

    value: str
    why: str = ""


def clean_cell(text: str) -> Repair:
    """Return the text of a cell without invisible characters or superfluous spaces, and why.

    Apostrophes become straight.

    Raises ContentError for text that cannot be used, such as lost letters, HTML or a formula.
    """
    check_cell(text)
    plain = unicodedata.normalize("NFC", text)
    clean = re.sub(r"\r\n?|\u2028|\u2029", "\n", plain)
    clean = _SPACES.sub(" ", remove_unseen(clean)).replace("’", "'").replace("‘", "'")
    clean = re.sub(r"(?<=\S) {2,}(?=\S)", " ", clean)
    clean = "\n".join(line.strip(" ") for line in clean.split("\n")).strip()
    if clean == text or (clean == plain == unicodedata.normalize("NFC", text)):
        return Repair(clean)
    reasons = [
        words
        for words, changed in (
            ("signes invisibles retirés", remove_unseen(plain) != plain),
            ("espaces insécables", bool(_SPACES.search(plain))),
            ("apostrophes droites", "’" in plain or "‘" in plain),
        )
        if changed
    ]
    return Repair(clean, ", ".join(reasons) or "espaces en trop")


def check_cell(text: str) -> None:
    """Raise ContentError for a cell with text that no record may contain."""
    if is_sheet_error(text):
        raise ContentError("c'est l'erreur d'une formule", "écrivez la valeur, ou videz la cellule")
    for _, message, hint in find_misread(text):
        raise ContentError(message, hint)
    if found := _TAG.search(text):
        raise ContentError(f"« {found[0]} » est du HTML", "écrivez le texte seul, sans balise")
    if found := _ENTITY.search(text):
        raise ContentError(f"« {found[0]} » est du HTML", "écrivez la lettre elle-même")
    if found := _CONTROL.search(text):
        raise ContentError(
            f"un caractère invisible (U+{ord(found[0]):04X}) s'est glissé dans cette cellule",
            "effacez la cellule et tapez-la de nouveau",
        )
    if _FORMULA.match(text.strip()):
        raise ContentError("c'est une formule, et non une valeur", "écrivez la valeur elle-même")


_WAITING = re.compile(
    r"(?i)(?:en cours|à (?:compléter|venir|rédiger|préciser|définir|voir|vérifier)|todo|tbd|x{2,}"
    r"|n/?[acd]|non (?:connue?|communiquée?|renseignée?)|inconnue?|aucune?|néant|sans objet)\b"
    r".{0,20}|[?x\s]*\?[?\s]*"
)
_NOTHING = re.compile(r"[-–—/.\s]+")


def is_waiting(text: str) -> bool:
    """Return whether a cell has words in place of a value: « en cours », « aucun », « ? »."""
    return bool(_WAITING.fullmatch(text)) and len(text) < 40


def is_nothing(text: str) -> bool:
    """Return whether a cell says that there is no value: « - », « / »."""
    return bool(_NOTHING.fullmatch(text))


def check_line(text: str) -> None:
    """Raise ContentError if a value that must be on one line contains a tab."""
    if "\t" in text:
        raise ContentError("une tabulation coupe cette valeur", "remplacez-la par une espace")


def read_phone(text: str) -> Repair:
    """Return a telephone number with its digits in pairs, or `text` if it is not certainly one.

    Raises ContentError for several numbers.
    """
    parts = [part for part in re.split(r"\s*(?:[;,|/\n]|\bou\b|\bet\b)\s*", text) if part]
    whole = [part for part in parts if len(re.findall(r"\d", part)) >= 8]
    if len(whole) > 1:
        raise ContentError("cette cellule a deux numéros", f"gardez-en un : {' ou '.join(whole)}")
    number = _LABEL.sub("", text, count=1)
    right = repair_phone(number)
    if not right or not re.fullmatch(r"[\d\s.\-()+/,eE]+", number):
        return Repair(text)
    return _make(text, right, "numéro de téléphone écrit par paires")


def read_email(text: str) -> Repair:
    """Return an e-mail address without the characters around it, such as « < » and « > ».

    Any other text is returned as it is. Raises ContentError for two addresses, or for an accent.
    """
    if re.search(r"@.*[;,\s].*@", text, re.DOTALL):
        raise ContentError("cette cellule a deux adresses", "gardez-en une seule")
    if "@" in text and not text.isascii():
        raise ContentError("cette adresse a un accent", "vérifiez-la, et écrivez-la sans accent")
    bare = re.sub(r"(?i)^mailto:", "", text).strip().strip("<>;,. ")
    named = re.fullmatch(r"[^<>@]*<([^<>\s]+)>", text.strip())
    for right in (bare, named[1] if named else ""):
        if is_email(right):
            return _make(text, right, "adresse sans ce qui l'entoure")
    return Repair(text)


def read_web_address(text: str) -> Repair:
    """Return a web address, with https:// added if it has no scheme; any other text as it is.

    Raises ContentError for two addresses.
    """
    if len(re.findall(r"https?://|\bwww\.", text)) > len(re.findall(r"https?://www\.", text)) + 1:
        raise ContentError("cette cellule a deux adresses", "gardez-en une seule")
    if re.fullmatch(r"(?i)(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?", text) and not is_email(text):
        right = f"https://{text}"
        if is_web_address(right) and not re.fullmatch(r"[\d.]+", text):
            return _make(text, right, "adresse complétée par https://")
    return Repair(text)


def read_code(length: int) -> Callable[[str], Repair]:
    """Return a reader of codes of `length` characters that may have lost their leading zero."""

    def read(text: str) -> Repair:
        bare = re.sub(r"\s", "", text).upper()
        bare = re.sub(r"\.0$", "", bare)
        if re.fullmatch(rf"\d{{{length - 1}}}", bare):
            return _make(text, f"0{bare}", "zéro du début rétabli")
        if re.fullmatch(rf"\d{{{length}}}|2[AB]\d{{{length - 2}}}", bare):
            return _make(text, bare, "espaces en trop")
        return Repair(text)

    return read


def read_degrees(text: str) -> Repair:
    """Return a coordinate with a decimal point and six decimals at most; any other text as it is.

    Degrees, minutes and seconds are converted.
    """
    bare = re.sub(r"\s", "", text).replace("\u2212", "-")
    if re.fullmatch(r"[+-]?\d{1,3},\d+", bare):
        bare = bare.replace(",", ".")
    why = "virgule décimale" if "," in text else "espaces en trop"
    if re.fullmatch(r"[+-]?\d{1,3}\.\d{7,}", bare):
        number = decimal.Decimal(bare).quantize(decimal.Decimal("0.000001"))
        return _make(text, f"{number.normalize():f}", "arrondi à six décimales")
    if re.fullmatch(r"[+-]?\d{1,3}(?:\.\d+)?", bare):
        return _make(text, bare, why)
    meant = guess_degrees(text) if re.search(r"[°'′]", text) else None
    return _make(text, f"{meant}", "degrés décimaux") if meant is not None else Repair(text)


def read_day(text: str) -> Repair:
    """Return a day as year-month-day, or `text` itself if day, month or year is uncertain.

    Raises ContentError if the month is over 12.
    """
    bare = re.sub(r"[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$", "", text)
    american = re.fullmatch(r"\d\d?[/.-](\d\d?)[/.-]\d{2,4}", bare)
    if american and int(american[1]) > 12:
        raise ContentError(
            f"« {text} » n'est pas une date : le mois {american[1]}",
            "écrivez le jour, le mois, l'année : 27/03/2025",
        )
    if re.fullmatch(r"\d{5}\.\d+", bare):  # a date and hour as a spreadsheet stores them
        bare = bare.partition(".")[0]
    found = guess_date(bare)
    if not found or not found.day or re.fullmatch(r"\d\d?[/.-]\d\d?[/.-]\d\d", bare):
        return Repair(text)
    right = datetime.date(found.year, found.month or 1, found.day).isoformat()
    serial = bare.isdecimal() and len(bare) == 5
    return _make(text, right, "date d'un tableur" if serial else "date en année-mois-jour")


def _make(text: str, right: str, why: str) -> Repair:
    return Repair(right, why if right != text else "")


READERS: Mapping[str, Callable[[str], Repair]] = {
    "telephone": read_phone,
    "courriel": read_email,
    "site": read_web_address,
    "code_postal": read_code(5),
    "code_insee": read_code(5),
    "latitude": read_degrees,
    "longitude": read_degrees,
    "mise_a_jour": read_day,
    "verifie_le": read_day,
}
