"""The types of the values in front matter, and the French errors for invalid values.

Single values arrive as text, exactly as typed (`departement: 01` is "01"). Each type turns text
into a value. If the text is invalid, most types raise `ContentError(cause, remedy)`; the others
leave the error to pydantic, and `error_messages` explains the error.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
)

from maille.content.downloads import FOLDER as DOWNLOADS
from maille.content.downloads import suggest_name
from maille.problems import ContentError
from maille.schema.contact_checks import (
    KEY,
    check_email,
    check_web_address,
    read_phone,
    read_web_address_or_email,
)
from maille.text.dates import PartialDate, read_partial_date
from maille.text.misread_text import remove_unseen
from maille.text.names import make_slug
from maille.text.patterns import compile_late
from maille.text.placeholders import explain_placeholder
from maille.text.time_zones import find_zone, suggest_zone
from maille.text.typed_dates import explain_date, guess_date, guess_without_year
from maille.text.typed_numbers import guess_degrees, guess_hours


class Part(BaseModel):
    """A group of keys. Unknown keys are refused; instances are frozen."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
    # Maps a key, as typed, to the keys that it depends on. If one of these other keys is invalid,
    # or required but missing, the value of this key is blank in a partial entry.
    depends_on: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    # First, a required key that editors may forget (`nature`): they type « porte: X » instead of
    # « nature: porte, nom: X ». Then, the keys that can have X as their value (`nom`).
    implied_keys: ClassVar[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """Annotates a text field whose value names an entry (by its slug) or a term (by its key).

    `target` is the name of a kind ("projet"), or "vocabulaire:" and the name of a vocabulary
    ("vocabulaire:profils"). `part` is "activites" if the value names a sub-term, else "".
    """

    target: str
    part: str = ""

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        """Return the JSON Schema of the field, with the target, which `json_schema` reads."""
        return {**handler(core), "x-reference": self.target}


@dataclass(frozen=True, slots=True)
class TerritoryCode:
    """Annotates a text field whose value is the code of a territory (`gazetteer.Territory`)."""


@dataclass(frozen=True, slots=True)
class DownloadName:
    """Annotates a text field whose value is the name of a file of `content/documents/`."""


_CONTROL = compile_late(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TURNING = compile_late("[\u202a-\u202e\u2066-\u2069]")


def describe_value(value: object) -> str:
    """Return a value as words of a French sentence: "« 12 »", "une liste", "rien"."""
    if isinstance(value, Mapping):
        return "un groupe de clés"
    if isinstance(value, list | tuple):
        return "une liste"
    return f"« {value} »" if value else "rien"


def _clean_text(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    hidden = not value.isprintable()  # control characters and marks of direction are not printable
    if hidden and (found := _CONTROL.search(value)):
        raise ContentError(
            f"un caractère invisible (U+{ord(found[0]):04X}) s'est glissé dans ce texte",
            "effacez la valeur et tapez-la de nouveau, sans copier-coller",
        )
    if hidden and _TURNING.search(value):
        raise ContentError(
            "ce texte contient un caractère qui renverse le sens de lecture",
            "effacez la valeur et tapez-la de nouveau, sans copier-coller",
        )
    if cause := explain_placeholder(value):
        raise ContentError(*cause)
    return remove_unseen(unicodedata.normalize("NFC", value))


_YES, _NO = ("oui", "yes", "true", "vrai"), ("non", "no", "false", "faux")


def _read_yes_no(value: Any) -> Any:
    known = {**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False)}
    if isinstance(value, str) and value.strip().casefold() in known:
        return known[value.strip().casefold()]
    if isinstance(value, bool):
        return value
    raise ContentError(f"{describe_value(value)} n'est ni « oui » ni « non »", "écrivez oui ou non")


_ANY_DATE = f"écrivez {KEY}: …, en année-mois-jour (2024-07-08), ou 2024-07, ou 2024"
_DAY = f"écrivez {KEY}: … avec l'année, le mois et le jour (2024-07-08)"
_MONTH = f"écrivez {KEY}: … avec l'année et le mois (2024-05)"


def _read_date(value: Any, hint: str) -> PartialDate:
    """Return a date, or raise ContentError if the value is not one.

    The hint of the error is `hint`; if the value resembles a date that is as precise as `hint`
    requires, the hint proposes this date.
    """
    if isinstance(value, PartialDate):
        return value
    if not isinstance(value, str):
        raise ContentError(f"{describe_value(value)} n'est pas une date", hint)
    try:
        return read_partial_date(value)
    except ValueError as error:
        meant = guess_date(value)
        if meant and hint == _MONTH:
            meant = PartialDate(meant.year, meant.month) if meant.month else None
        if meant and hint == _DAY and not meant.day:
            meant = None
        cause = explain_date(value)
        message = f"« {value} » : {cause}" if cause else str(error)
        if meant:
            hint = f"écrivez {meant}"
        elif (in_2024 := guess_without_year(value)) and (in_2024.day or hint != _DAY):
            right = f"{in_2024}" if hint != _MONTH else f"{in_2024}"[:7]
            message = f"« {value} » n'a pas d'année"
            hint = f"écrivez l'année, puis {right[4:]} ({right} pour l'année 2024)"
        raise ContentError(message, hint) from None


def _read_any_date(value: Any) -> PartialDate:
    return _read_date(value, _ANY_DATE)


def _read_day(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value
    date = _read_date(value, _DAY)
    if date.day is None or date.month is None:
        raise ContentError(f"« {value} » n'est pas une date complète", _DAY)
    return datetime.date(date.year, date.month, date.day)


def _read_month(value: Any) -> PartialDate:
    date = _read_date(value, _MONTH)
    if date.month is None or date.day is not None:
        hint = f"écrivez {date.year}-{date.month:02}" if date.month else _MONTH
        raise ContentError(f"« {value} » n'est pas un mois", hint)
    return date


def _check_postcode(value: str) -> str:
    if re.fullmatch(r"[0-9]{5}", value):
        return value
    found = re.search(r"(?<![0-9])[0-9]{5}(?![0-9])", value.replace(" ", ""))
    right = found[0] if found else ""
    if re.fullmatch(r"[1-9][0-9]{3}", value):  # a spreadsheet dropped the zero
        right = f"0{value}"
    hint = f"écrivez {right}" if right else f"écrivez {KEY}: … avec ses cinq chiffres (01000)"
    raise ContentError(f"« {value} » n'est pas un code postal", hint)


def _make_degrees_reader(limit: float, example: str) -> Any:
    def read_degrees(value: Any) -> Any:
        if isinstance(value, float):
            return value
        # Only decimal degrees: `float` also accepts "1_0", "1e1" and digits of other scripts.
        typed = value.strip() if isinstance(value, str) else ""
        if re.fullmatch(_DEGREES, typed):
            number = float(typed.replace(",", "."))
            if -limit <= number <= limit:
                return number
        cause = f"n'est pas une coordonnée en degrés, entre -{limit} et {limit}"
        meant = guess_degrees(typed)
        right = meant is not None and -limit <= meant <= limit
        hint = f"écrivez {meant}" if right else f"écrivez {KEY}: … comme {example}"
        raise ContentError(f"{describe_value(value)} {cause}", hint)

    return read_degrees


# Values of `statut` that people type as the hour of an event that does not take place.
_STATUSES = ("annule", "reporte")


def _read_time(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    typed = re.sub("[\u00a0\u202f]", " ", value).strip()
    match = re.fullmatch(r"([01]?\d|2[0-3])\s*[:hH]\s*([0-5]\d)?", typed, re.ASCII)
    if not match:
        hours = guess_hours(value)
        hint = f"écrivez {hours[0]}" if hours else f"écrivez {KEY}: … comme 13:00 ou 9:30"
        if len(hours) == 2:
            hint = f"écrivez deux lignes : heure: {hours[0]} et heure_fin: {hours[1]}"
        if status := next((one for one in _STATUSES if make_slug(value).startswith(one[:5])), ""):
            hint = f"écrivez deux lignes : statut: {status} et mise_a_jour: …"
        raise ContentError(f"« {value} » n'est pas une heure", hint)
    return datetime.time(int(match[1]), int(match[2] or 0))


def _read_time_zone(value: str) -> str:
    if found := find_zone(value):
        return found
    raise ContentError(
        f"« {value} » n'est pas un fuseau horaire",
        f"écrivez {suggest_zone(value) or 'Europe/Paris, Indian/Reunion, America/Cayenne…'}",
    )


def _read_download_name(value: str) -> str:
    """Return the name of a PDF, without the folder typed before it.

    Raise ContentError if it does not end with « .pdf ».
    """
    name = re.sub(r"^(?:/|content/)?documents/", "", value.replace("\\", "/"))
    if name.lower().endswith(".pdf"):
        return name
    hint = f"écrivez {KEY}: …, avec le nom d'un PDF de {DOWNLOADS}/, comme {suggest_name(value)}"
    raise ContentError(f"« {value} » n'est pas le nom d'un PDF", hint)


def _make_json_schema(pattern: str, *types: str, **more: Any) -> WithJsonSchema:
    """Return the JSON Schema of a field.

    `types` are the JSON types that other YAML readers may give to values of the field. Without
    any, the field is a string.
    """
    return WithJsonSchema({"type": [*types] or "string", "pattern": f"^{pattern}$", **more})


def _ignore_case(*words: str) -> str:
    """Return a regular expression that matches any of the words, whatever the case of letters."""
    choices = ("".join(f"[{c.upper()}{c}]" for c in word) for word in words)
    return f"({'|'.join(choices)})"


YES_PATTERN = f"^{_ignore_case(*_YES)}$"
_YEAR = r"((?:19|20)[0-9]{2}|2100)"
_MONTH_OF = rf"{_YEAR}-(0[1-9]|1[0-2])"
_DAY_OF = rf"{_MONTH_OF}-(0[1-9]|[12][0-9]|3[01])"
_DEGREES = r"[+-]?[0-9]{1,3}([.,][0-9]{1,40})?"

# The maximum numbers of characters: in a few words, in a few sentences, in an address.
WORDS_LENGTH, SENTENCES_LENGTH, ADDRESS_LENGTH = 300, 1000, 2000

# pydantic runs a `BeforeValidator` first: a text is cleaned before its length is checked.
Text = Annotated[str, Field(min_length=1, max_length=WORDS_LENGTH), BeforeValidator(_clean_text)]
Sentences = Annotated[
    str, Field(min_length=1, max_length=SENTENCES_LENGTH), BeforeValidator(_clean_text)
]
AddressText = Annotated[
    str, Field(min_length=1, max_length=ADDRESS_LENGTH), BeforeValidator(_clean_text)
]
YesNo = Annotated[
    bool,
    BeforeValidator(_read_yes_no),
    _make_json_schema(
        _ignore_case(*_YES, *_NO),
        "string",
        "boolean",
        examples=["oui", "non"],
    ),
]
Day = Annotated[
    datetime.date, BeforeValidator(_read_day), _make_json_schema(_DAY_OF, examples=["2024-07-08"])
]
Month = Annotated[
    PartialDate, BeforeValidator(_read_month), _make_json_schema(_MONTH_OF, examples=["2024-05"])
]
AnyDate = Annotated[
    PartialDate,
    BeforeValidator(_read_any_date),
    _make_json_schema(
        rf"({_YEAR}|{_MONTH_OF}|{_DAY_OF})",
        "string",
        "integer",
        minimum=1900,
        maximum=2100,
        examples=["2024-07-08", "2024-07", "2024"],
    ),
]
# The rules of `contact_checks` as regular expressions that Python and browsers read alike. They
# are less strict: they accept an address that readers cannot open, or that ends with an
# abbreviation.
_HOST = (
    r"([^\s.,;:!?…@\/#<>\x22'«»\\^`\{\|\}\[\]\(\)]+\.)+"
    r"([^\s.,;:!?…@\/#<>\x22'«»\\^`\{\|\}\[\]\(\)0-9_\-]{2,}|xn--[a-z0-9\-]+)"
)
_WEB_PATTERN = (
    rf"(?!.*([,;:!»\x22']|\/[^\/._]*\.)$)https?:\/\/({_HOST}|([0-9]{{1,3}}\.){{3}}[0-9]{{1,3}})"
    r"(:[0-9]{1,5})?([\/?#][^\s<>\x22\\^`\{\|\}…]*)?"
)
_EMAIL_PATTERN = rf"(?!\.)((?!\.\.|\.@)[^\s@<>\x22\(\),;:\\\[\]])+@{_HOST}"
_BETWEEN = r"[ .\-\/\u00a0\u202f]*"
_PHONE_PATTERN = (
    rf"{_BETWEEN}(0({_BETWEEN}[0-9]){{9}}|\+({_BETWEEN}[0-9]){{8,15}}"
    rf"|\+({_BETWEEN}[0-9]){{1,3}}{_BETWEEN}\(0\)({_BETWEEN}[0-9]){{7,12}}|3({_BETWEEN}[0-9]){{3}})"
    rf"{_BETWEEN}"
)
# The JSON Schema keyword for the message that code editors show when a text does not match its
# pattern.
PATTERN_FAULT = "patternErrorMessage"
_WHOLE_ADDRESS = {
    PATTERN_FAULT: "L'adresse d'un site s'écrit en entier, comme https://www.exemple.fr/"
}
_ONE_EMAIL = {PATTERN_FAULT: "Une adresse électronique s'écrit comme contact@exemple.fr"}
_TEN_DIGITS = {
    PATTERN_FAULT: "Un numéro de téléphone a dix chiffres, ou commence par + et le code du pays"
}
_FIVE_DIGITS = {PATTERN_FAULT: "Un code postal a cinq chiffres, comme 01000"}
WebAddress = Annotated[
    AddressText,
    AfterValidator(check_web_address),
    _make_json_schema(_WEB_PATTERN, maxLength=ADDRESS_LENGTH, **_WHOLE_ADDRESS),
]
Email = Annotated[
    Text,
    AfterValidator(check_email),
    _make_json_schema(_EMAIL_PATTERN, maxLength=WORDS_LENGTH, **_ONE_EMAIL),
]
# The value is a URL: « mailto:contact@exemple.fr » if an e-mail address was typed.
WebAddressOrEmail = Annotated[
    AddressText,
    AfterValidator(read_web_address_or_email),
    _make_json_schema(rf"({_WEB_PATTERN}|(mailto:)?{_EMAIL_PATTERN})", maxLength=ADDRESS_LENGTH),
]
Phone = Annotated[
    Text,
    AfterValidator(read_phone),
    _make_json_schema(_PHONE_PATTERN, "string", "integer", **_TEN_DIGITS),
]
Postcode = Annotated[
    Text,
    AfterValidator(_check_postcode),
    _make_json_schema(r"[0-9]{5}", "string", "integer", **_FIVE_DIGITS),
]
Latitude = Annotated[
    float,
    BeforeValidator(_make_degrees_reader(90, "45.7797")),
    _make_json_schema(_DEGREES, "number", "string", minimum=-90, maximum=90),
]
Longitude = Annotated[
    float,
    BeforeValidator(_make_degrees_reader(180, "3.0863")),
    _make_json_schema(_DEGREES, "number", "string", minimum=-180, maximum=180),
]
Territory = Annotated[Text, TerritoryCode()]
Download = Annotated[Text, AfterValidator(_read_download_name), DownloadName()]
TimeOfDay = Annotated[
    datetime.time,
    BeforeValidator(_read_time),
    _make_json_schema(r"([01]?[0-9]|2[0-3])\s*[:hH]\s*([0-5][0-9])?", examples=["13:00"]),
]
TimeZone = Annotated[Text, AfterValidator(_read_time_zone)]


class Source(Part):
    """The source of a fact: a document or a page."""

    title: Text = Field(alias="titre", title="Titre du document ou de la page")
    date: AnyDate | None = Field(None, alias="date", title="Date du document")
    url: WebAddress | None = Field(None, alias="url", title="Adresse")
    read_on: Day | None = Field(None, alias="consulte_le", title="Date de consultation")
