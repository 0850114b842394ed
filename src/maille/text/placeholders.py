"""Find values that are only placeholders: the « … » of a hint, a spreadsheet error."""

from __future__ import annotations

import re

from maille.text.patterns import compile_late

# The errors that Excel, LibreOffice and Google Sheets show in a cell, in French and in English.
_ERROR = compile_late(
    r"(?:#(?:N/A|N/D|(?:DIV/0|REF|NUM|NOMBRE|NULL?|VALUE|VALEUR|SPILL|PROPAGATION|CALC|ERROR) ?!"
    r"|(?:NAME|NOM) ?\?|##+)|Err ?: ?5\d\d)\.?",
    re.IGNORECASE,
)
_BEGINS = compile_late(r"[\s#.…]|err", re.IGNORECASE)
_DOTS = compile_late(r"[\s.…]*(?:…|\.\.\.)[\s.…]*")


def is_sheet_error(text: str) -> bool:
    """Return whether a text is a spreadsheet error: « #N/A », « #NOM? », « #DIV/0! »."""
    return bool(_ERROR.fullmatch(text.replace("\u00a0", " ").replace("\u202f", " ").strip()))


# Words and marks that people type when there is no value.
_NOTHING = compile_late(
    r"[-–—_/.*]+|n[./]? ?[acdr]\.?|néant|neant|aucune?|sans(?: objet)?|rien|vide|none|nil|null"
    r"|(?:non|pas)[ -](?:renseignée?|communiquée?|connue?|disponible|indiquée?)|inconnue?|tbd|tba"
    r"|(?:pas|sans)(?: d['’]| de )(?:e-?mail|mail|site|adresse|téléphone|tel)"
    r"|à (?:compléter|préciser|venir|définir)",
    re.IGNORECASE,
)


def means_nothing(text: str) -> bool:
    """Return whether a text only means "no value": « - », « n/a », « néant », « aucun »."""
    return bool(_NOTHING.fullmatch(text.strip()))


def explain_placeholder(text: str) -> tuple[str, str] | None:
    """Return cause and remedy if a value is only dots or a spreadsheet error, else None."""
    if not _BEGINS.match(text):
        return None
    if is_sheet_error(text):
        message = f"« {text.strip()} » est une erreur de tableur, et non une valeur"
        return message, "remplacez-la par la vraie valeur, ou effacez cette ligne"
    if _DOTS.fullmatch(text):
        message = f"« {text.strip()} » tient la place d'une valeur, et paraîtrait tel quel"
        return message, "remplacez ces points par la vraie valeur, ou effacez cette ligne"
    return None
