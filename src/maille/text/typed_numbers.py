"""Telephone numbers, hours and coordinates as people and spreadsheets type them.

Each function returns what was probably meant, in the form that fields accept.
"""

from __future__ import annotations

import decimal
import re

from maille.text.names import fold_accents
from maille.text.patterns import compile_late

_NEXT_NUMBER = compile_late(r"\s*(?:[;,|/]|\bou\b|\bet\b)\s*(?=\+?\(?\d)")
_PAIRS = compile_late(r"\d\d(?=(?:\d\d)+$)")


def repair_phone(typed: str) -> str:
    """Return the first telephone number that `typed` means, or "" if that is not certain.

    For example: « 612345678 », « +33 (0)4 73 00 00 00 », « 04 73 00 00 00 (standard) »,
    « 6.12345678E+8 » (from a spreadsheet).
    """
    text = _write_in_full(typed.strip())
    first = _NEXT_NUMBER.split(text)[0] if len(re.findall(r"\d", text)) > 12 else text
    digits = re.sub(r"\D", "", re.sub(r"\(0\)|\(\D*\)|\.0$", "", first))
    plus = first.lstrip(" (").startswith("+")
    if digits.startswith("00"):
        digits, plus = digits[2:], True
    if national := re.fullmatch(r"(?:330?|0)?([1-9]\d{8})", digits):
        return _PAIRS.sub(r"\g<0> ", f"0{national[1]}")
    return f"+{digits}" if plus and 8 <= len(digits) <= 15 else ""


def _write_in_full(text: str) -> str:
    """Return a number such as « 6.12345678E+8 » in plain digits, or "" if some of them are lost.

    Any other text is unchanged.
    """
    if not re.fullmatch(r"\d[.,]\d+[eE]\+?\d{1,2}", text):
        return text
    number = decimal.Decimal(text.replace(",", "."))
    sign, digits, exponent = number.as_tuple()
    return f"{number:f}" if exponent == 0 and len(digits) >= 9 and not sign else ""


_HOUR = (
    r"(\d\d?)(?:\s*(?:[:h.,;]{1,2}|heures?)\s*(\d\d)?(?::\d\d)?)?"
    r"(?:\s*(?:min|mn|m))?(?:\s*(am|pm))?"
)
_RANGE = compile_late(rf"(?:de |entre )?{_HOUR}\s*(?:-|/|a|et|->|>)\s*{_HOUR}")
# Four digits are an hour, even if the separator is missing or misplaced: « 1400 », « 1:400 ». Three
# digits are an hour only if the first is 6 to 9: « 130 » may be 1:30 or 13:0.
_GLUED = compile_late(
    r"(?<![\d:.,])(?:(\d)[:h.](\d)(\d\d)|(\d\d\d)[:h.](\d)|(\d\d|[6-9])(\d\d))(?![\d:.,])"
)
_NAMED = {"midi": "12:00", "minuit": "0:00", "noon": "12:00"}


def guess_hours(typed: str) -> tuple[str, ...]:
    """Return the hours that `typed` probably means, in the form « 18:30 »: none, one or two.

    Two are the start and the end: « 18h00-20h00 », « de 9 h à 12 h 30 ». A spreadsheet stores an
    hour as a fraction of the day: « 0,75 » is 18:00.
    """
    text = " ".join(re.sub("[\u2010-\u2015\u2192]", "-", fold_accents(typed)).split())
    if re.fullmatch(r"0,\d{1,17}|0\.\d{3,17}", text):  # a fraction of a day, from a spreadsheet
        minutes = round(float(text.replace(",", ".")) * 24 * 60)
        return (f"{minutes // 60}:{minutes % 60:02}",) if minutes < 24 * 60 else ()
    if text in _NAMED:
        return (_NAMED[text],)
    text = re.sub(r"(?<=\d)o|o(?=\d)", "0", text)  # a letter typed instead of a digit: « 1Oh »
    text = re.sub(r"(?<![a-z])[il](?=\d)", "1", text)
    text = _GLUED.sub(_part_hour, text)
    if found := _RANGE.fullmatch(text):
        first, last = _format_hour(*found.groups()[:3]), _format_hour(*found.groups()[3:])
        return (first, last) if first and last else ()
    found = re.fullmatch(rf"(?:a |des |vers )?{_HOUR}", text)
    hour = _format_hour(*found.groups()) if found else ""
    return (hour,) if hour else ()


def _part_hour(found: re.Match[str]) -> str:
    """Return « 14:00 » for « 1400 »."""
    digits = "".join(part for part in found.groups() if part)
    return f"{digits[:-2]}:{digits[-2:]}"


def _format_hour(hour: str, minute: str | None, half: str | None) -> str:
    """Return « 18:30 », or "" if no clock shows this hour; `half` is "am", "pm" or None."""
    number = int(hour) % 12 + 12 * (half == "pm") if half else int(hour)
    right = number < 24 and int(minute or 0) < 60 and not (half and int(hour) > 12)
    return f"{number}:{int(minute or 0):02}" if right else ""


_DEGREES = compile_late(
    r"([NSEOW]?)\s*([+-]?[0-9]{1,3}(?:[.,][0-9]+)?)\s*°?\s*"
    r"(?:([0-5]?[0-9](?:[.,][0-9]+)?)\s*['′’]\s*)?"
    r"(?:([0-5]?[0-9](?:[.,][0-9]+)?)\s*(?:''|[\"″”])\s*)?([NSEOW]?)"
)


def guess_degrees(typed: str) -> float | None:
    """Return the decimal degrees that « 45° 46' 47" N » or « 3.0863° E » mean, or None.

    South and west (« S », « O », « W ») are negative.
    """
    found = _DEGREES.fullmatch(typed.strip().upper())
    if not found:
        return None
    parts = (float((part or "0").replace(",", ".")) for part in found.groups()[1:4])
    whole, minutes, seconds = parts
    size = abs(whole) + minutes / 60 + seconds / 3600
    return round(-size if whole < 0 or {found[1], found[5]} & {*"SOW"} else size, 6)
