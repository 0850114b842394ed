from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from maille.problems import ContentError
from maille.schema import fields
from maille.schema.fields import (
    PATTERN_FAULT,
    AnyDate,
    Day,
    Email,
    Latitude,
    Longitude,
    Month,
    Phone,
    Postcode,
    Text,
    TimeOfDay,
    TimeZone,
    WebAddress,
    YesNo,
)


def read(kind: Any, typed: Any) -> Any:
    return TypeAdapter(kind).validate_python(typed)


def told(kind: Any, typed: Any) -> tuple[str, str]:
    """Return the cause and what to type; both come from us, never from pydantic."""
    with pytest.raises(ValidationError) as refused:
        read(kind, typed)
    (details,) = refused.value.errors()
    error = details["ctx"]["error"]
    assert isinstance(error, ContentError)
    return error.message, error.hint


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Text, "e\u0301te\u0301", "été"),
        (Text, "a\u200bb\ufeff", "ab"),
        (Text, "{message} {x}", "{message} {x}"),
        (YesNo, "oui", True),
        (YesNo, "Oui ", True),
        (YesNo, "NON", False),
        (YesNo, "true", True),
        (YesNo, "Yes", True),
        (YesNo, "vrai", True),
        (YesNo, "no", False),
        (YesNo, "FAUX", False),
        (Phone, "0612345670", "0612345670"),
        (Phone, "04 73 00.00-00", "0473000000"),
        (Phone, "04/73/00/00/00", "0473000000"),
        (Phone, "+33 (0)4 73 00 00 00", "+33473000000"),
        (Phone, "+33 4 73 00 00 00", "+33473000000"),
        (Phone, "3631", "3631"),
        (Postcode, "01000", "01000"),
        (Email, "contact@exemple.fr", "contact@exemple.fr"),
        (Email, "prénom.nom+a@été.exemple.fr\u200b", "prénom.nom+a@été.exemple.fr"),
        (WebAddress, "https://été.fr/é?a=b&c#d", "https://été.fr/é?a=b&c#d"),
        (WebAddress, "HTTP://A.fr:8080/", "HTTP://A.fr:8080/"),
        (WebAddress, "https://a.fr/\u00ad", "https://a.fr/"),
        (Latitude, "45.7797", 45.7797),
        (Latitude, "45,7797", 45.7797),
        (Latitude, "-21", -21.0),
        (Longitude, "-3.3702449000000183", -3.3702449000000183),
        (Latitude, "48,858370000000000000", 48.85837),
        (Latitude, "0.1000000000000000055511151231257827", 0.1),
        (TimeOfDay, "19h 30", datetime.time(19, 30)),
        (TimeOfDay, "19\u00a0h\u00a030", datetime.time(19, 30)),
        (TimeOfDay, "19\u202fh\u202f30", datetime.time(19, 30)),
        (TimeOfDay, "9 : 30", datetime.time(9, 30)),
        (TimeZone, "heure de Cayenne", "America/Cayenne"),
        (Longitude, "-179.5", -179.5),
    ],
)
def test_what_is_typed_gives_a_value(kind: Any, typed: str, value: object) -> None:
    assert read(kind, typed) == value


@pytest.mark.parametrize(
    ("kind", "typed", "cause", "to_type"),
    [
        (Text, "a\x07b", "U+0007", "tapez-la de nouveau"),
        (Text, "a\u202eb", "renverse le sens", "tapez-la de nouveau"),
        (YesNo, "on", "« on » n'est ni « oui » ni « non »", "oui ou non"),
        (YesNo, "1", "« 1 » n'est ni", "oui ou non"),
        (YesNo, ("oui",), "une liste n'est ni", "oui ou non"),
        (Phone, "06 12", "« 06 12 » n'est pas un numéro", "avec dix chiffres"),
        (Phone, "0٦12345670", "n'est pas un numéro", "avec dix chiffres"),
        (Postcode, "1000", "« 1000 » n'est pas un code postal", "écrivez 01000"),
        (Postcode, "٠١٢٣٤", "n'est pas un code postal", "01000"),
        (Postcode, "63000 Clermont", "n'est pas un code postal", "écrivez 63000"),
        (Email, "a@b", "n'est pas une adresse électronique", "contact@exemple.fr"),
        (Email, "a@b.fr, c@d.fr", "n'est pas une adresse", "écrivez a@b.fr"),
        (
            WebAddress,
            "exemple.fr/x",
            "n'est pas une adresse de site",
            "écrivez https://exemple.fr/x",
        ),
        (WebAddress, "javascript:alert(1)", "n'est pas une adresse de site", "https://www."),
        (WebAddress, "https://", "n'est pas une adresse de site", "https://www."),
        (WebAddress, "https://localhost", "n'est pas une adresse de site", "https://www."),
        (WebAddress, "https://a b.fr", "n'est pas une adresse de site", "https://www."),
        (WebAddress, "http://127.0.0.1:8000/", "que sur l'ordinateur de qui", ": … avec l'adresse"),
        (WebAddress, "http://192.168.1.12/", "que dans un réseau fermé", ": … avec"),
        (WebAddress, "https://nas.local/x", "que dans un réseau fermé", ": … avec"),
        (WebAddress, "https://a--b.netlify.app", "est une adresse d'essai", ": … avec"),
        (Email, "marie@mac.local", "que dans un réseau fermé", ": … avec"),
        (WebAddress, "https://[::1", "n'est pas une adresse de site", "https://www."),
        (WebAddress, "https://a.fr:99999", "n'est pas une adresse de site", "https://www."),
        (WebAddress, "https://banque.fr@a.fr", "n'est pas une adresse de site", "https://www."),
        (WebAddress, 'https://a.fr/"onload=', "n'est pas une adresse de site", "https://www."),
        (TimeZone, "Europe/Pari", "« Europe/Pari » n'est pas un fuseau", "écrivez Europe/Paris"),
        (TimeZone, "GMT+4", "n'est pas un fuseau horaire", "écrivez Europe/Paris, Indian/Reunion"),
        (Latitude, "95", "« 95 » n'est pas une coordonnée", "45.7797"),
        (Latitude, "nan", "« nan » n'est pas une coordonnée", "45.7797"),
        (Latitude, "1_0", "« 1_0 » n'est pas une coordonnée", "45.7797"),
        (Latitude, "1e1", "« 1e1 » n'est pas une coordonnée", "45.7797"),
        (Latitude, "45°46'", "n'est pas une coordonnée", "écrivez 45.766667"),
        (Latitude, {"a": "1"}, "un groupe de clés n'est pas une coordonnée", "45.7797"),
        (Longitude, "180.1", "entre -180 et 180", "3.0863"),
        (AnyDate, "2026-02-30", "février 2026 a 28 jours", "année-mois-jour (2024-07-08)"),
        (AnyDate, "1er mai 2026", "n'est pas une date", "écrivez 2026-05-01"),
        (AnyDate, {"year": "2024"}, "un groupe de clés n'est pas une date", "2024-07-08"),
        (AnyDate, ("2024",), "une liste n'est pas une date", "2024-07-08"),
        (AnyDate, "le 3 mai", "« le 3 mai » n'a pas d'année", "puis -05-03 (2024-05-03 pour"),
        (AnyDate, "mai", "« mai » n'a pas d'année", "puis -05 (2024-05 pour"),
        (Day, "3/5", "« 3/5 » n'a pas d'année", "puis -05-03 (2024-05-03 pour"),
        (Day, "mai", "« mai » n'est pas une date", "le mois et le jour"),
        (Month, "mai", "« mai » n'a pas d'année", "puis -05 (2024-05 pour"),
        (Month, "3 mai", "« 3 mai » n'a pas d'année", "puis -05 (2024-05 pour"),
        (Day, "20925", "l'année 20925 n'est pas vraisemblable", "le mois et le jour"),
        (Day, "2024-05", "« 2024-05 » n'est pas une date complète", "le mois et le jour"),
        (Day, "2024", "« 2024 » n'est pas une date complète", "le mois et le jour"),
        (Day, ["2024-01-01"], "une liste n'est pas une date", "le mois et le jour"),
        (Month, "2024", "« 2024 » n'est pas un mois", "l'année et le mois"),
        (Month, "2024-05-01", "« 2024-05-01 » n'est pas un mois", "écrivez 2024-05"),
        (Month, "8 mai 2024", "n'est pas une date", "écrivez 2024-05"),
        (Month, "2024-13", "pas de mois 13", "l'année et le mois"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_type(
    kind: Any, typed: object, cause: str, to_type: str
) -> None:
    message, hint = told(kind, typed)
    assert cause in message
    assert to_type in hint


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf"]), min_size=1, max_size=99))
def test_a_text_changes_but_by_its_unicode_form(text: str) -> None:
    assert read(Text, text) == unicodedata.normalize("NFC", text)


def kinds_of_error(kind: Any, typed: str) -> set[str]:
    try:
        read(kind, typed)
    except ValidationError as error:
        return {details["type"] for details in error.errors()}
    return set()


@given(st.text())
def test_no_text_makes_a_field_fail(text: str) -> None:
    every = (Text, YesNo, Phone, Postcode, Email, WebAddress, Latitude, AnyDate, Day, Month)
    for kind in every:
        assert kinds_of_error(kind, text) <= {"value_error", "string_too_short"}


def test_values_are_named_as_a_sentence_names_them() -> None:
    assert [fields.describe_value(value) for value in ("a", "", ("a",), ["a"], {"a": "b"})] == [
        "« a »", "rien", "une liste", "une liste", "un groupe de clés",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "longest"),
    [
        (Text, fields.WORDS_LENGTH),
        (fields.Sentences, fields.SENTENCES_LENGTH),
        (WebAddress, fields.ADDRESS_LENGTH),
        (Email, fields.WORDS_LENGTH),
    ],
)
def test_a_text_has_a_length(kind: Any, longest: int) -> None:
    assert kinds_of_error(kind, "a" * longest) <= {"value_error"}
    assert kinds_of_error(kind, "a" * (longest + 1)) == {"string_too_long"}


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        *(
            (kind, typed)
            for kind in (AnyDate, Day)
            for typed in ("20260901", "1er mai 2026", "46266")
        ),
        *((Month, typed) for typed in ("20260901", "1er mai 2026", "5/2024", "2026-05-01")),
        (Phone, "251000000"),
        (Phone, "(0)4 73 00 00 00"),
        (Phone, "0032 2 000 00 00"),
        (Postcode, "1000"),
        (Postcode, "63000 Clermont-Ferrand"),
        (Postcode, "63 000"),
        (Latitude, "45° 46' 48\" N"),
        (Longitude, "0° 33' O"),
        (TimeOfDay, "18.30"),
        (TimeOfDay, "6 pm"),
        (TimeZone, "Indian/Renion"),
        (Email, "contact@exemple..fr"),
        (WebAddress, "www.exemple.fr"),
    ],
)
def test_the_advice_typed_to_the_letter_is_accepted(kind: Any, typed: str) -> None:
    _, hint = told(kind, typed)
    assert hint.startswith("écrivez ")
    read(kind, hint.removeprefix("écrivez "))


@pytest.mark.parametrize(
    ("kind", "typed"),
    [(Day, "mai 2024"), (Day, "2024"), (Month, "2024"), (AnyDate, "2026-02-30"), (AnyDate, "hier")],
)
def test_what_only_the_editor_knows_is_not_guessed(kind: Any, typed: str) -> None:
    assert told(kind, typed)[1].startswith("écrivez {clé}: …")


def test_two_hours_in_one_value_give_two_lines() -> None:
    for typed, status in (("ANNULÉ", "annule"), ("reportée", "reporte"), ("Annulation", "annul")):
        assert f"deux lignes : statut: {status}" in told(TimeOfDay, typed)[1]
    assert told(TimeOfDay, "18h00-20h00")[1].endswith("heure: 18:00 et heure_fin: 20:00")


# What people type, and whether the field takes it; the patterns of the JSON Schema, which the page
# of corrections uses too, say the same.
TYPED: dict[str, tuple[Any, str, str]] = {
    "web": (
        WebAddress,
        (
            "https://exemple.fr https://www.exemple.fr/ http://a.b.exemple.fr:8080/x?y=z#t "
            "https://é.exemple.fr/ https://x.exemple.paris https://exemple.fr/(a) https://8.8.8.8/ "
            "https://exemple.fr?x https://exemple.fr#x https://xn--bcher-kva.example/ "
            "https://exemple.fr/a/? https://ex_a.exemple.fr/ https://exemple.fr/é?à=1 "
            "https://exemple.fr/a;b:c,d!e https://exemple.fr/wiki/S.A.R.L. https://exemple.fr/[a]"
        ),
        (
            "exemple.fr www.exemple.fr https://exemple https:/exemple.fr "
            "https://exemple..fr https://exemple.fr. https://exemple.fr/a, "
            "https://a@exemple.fr/ https://exemple.fr:abc/ https://exemple.fr/… "
            "https://exemple.fr/«a» ftp://exemple.fr //a.fr javascript:alert(1) "
            "https://exemple.f https://exemple.123 https://<b>.fr https://exemple.fr/' "
            "http:// https://exemple,fr https://localhost/ mailto:a@exemple.fr "
            "https://exemple.fr/a."
        ),
    ),
    "e-mail": (
        Email,
        "a@exemple.fr a.b+c@x.exemple.fr é@exemple.fr a@é.fr a'b@exemple.fr a@xn--x.example",
        (
            "a@exemple a@@exemple.fr .a@exemple.fr a.@exemple.fr a..b@exemple.fr a@exemple..fr "
            "a@.fr a@exemple.fr. <a@exemple.fr> a @exemple.fr a@exemple.f a@exemple.fr; "
            "a(b)@exemple.fr mailto:a@exemple.fr a@exemple.123"
        ),
    ),
    "telephone": (
        Phone,
        (
            "0199000000 01\u00a099\u202f00\u00a000\u00a000 01.99.00.00.00 01-99-00-00-00 3949 "
            "+33\u00a01\u00a099\u00a000\u00a000\u00a000 +33199000000 +12345678 01.99.00.00.00. "
            "01/99/00/00/00 +33(0)199000000"
        ),
        (
            "199000000 01.99.00.00 01.99.00.00.00.0 36 0(0)199000000 0199000000(standard) abc "
            "1234 +1234567 +1234567890123456 (01)99000000 O199000000 ٠١٩٩٠٠٠٠٠٠"
        ),
    ),
    "postcode": (Postcode, "01000 97400", "1000 0100 010000 2A000 F-01000 ０１０００"),
}


@pytest.mark.parametrize(("field", "right", "wrong"), TYPED.values(), ids=[*TYPED])
def test_a_pattern_says_what_the_field_takes(field: Any, right: str, wrong: str) -> None:
    schema = TypeAdapter(field).json_schema()
    assert schema[PATTERN_FAULT]
    for texts, is_right in ((right, True), (wrong, False)):
        for text in texts.split(" "):
            assert bool(re.search(schema["pattern"], text)) == is_right, text
            if is_right:
                read(field, text)
            else:
                told(field, text)
