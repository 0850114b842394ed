"""Closed lists of the engine: the values that editors may type, and other words for them."""

from __future__ import annotations

import enum

from maille.text.names import make_slug

# Words, without accents, that mean a value of a closed list: English, or another form in French.
_SYNONYMS = {
    "annulee": "annule",
    "canceled": "annule",
    "cancelled": "annule",
    "circle": "rond",
    "complet": "complete",
    "diamond": "losange",
    "en-presentiel": "presentiel",
    "full": "complete",
    "hybrid": "hybride",
    "in-person": "presentiel",
    "on-site": "presentiel",
    "online": "en-ligne",
    "onsite": "presentiel",
    "partial": "partielle",
    "partiel": "partielle",
    "postponed": "reporte",
    "reportee": "reporte",
    "square": "carre",
    "visioconference": "en-ligne",
}


class Choice(enum.StrEnum):
    """A closed list of values; editors may also type other spellings of them, or English words."""

    @classmethod
    def _missing_(cls, value: object) -> Choice | None:
        """Return the member that `value` means, as another spelling or an English word, or None."""
        typed = make_slug(value) if isinstance(value, str) else ""
        typed = _SYNONYMS.get(typed, typed)
        return next((one for one in cls if make_slug(one.value) == typed), None)
