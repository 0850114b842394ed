"""Names and codes of places as people type them: which official ones they may mean.

Nothing here knows which communes exist: the gazetteer says which of the readings is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# What stands for INSEE, by code, where the site cannot place entries.
COLLECTIVITIES = {
    "975": "Saint-Pierre-et-Miquelon",
    "977": "Saint-Barthélemy",
    "978": "Saint-Martin",
    "984": "les Terres australes et antarctiques françaises",
    "986": "Wallis-et-Futuna",
    "987": "la Polynésie française",
    "988": "la Nouvelle-Calédonie",
}
# The régions of before 2016, as `fold` returns their names, and the slug of that of today.
FORMER_REGIONS = {
    "alsace": "grand-est",
    "aquitaine": "nouvelle-aquitaine",
    "auvergne": "auvergne-rhone-alpes",
    "basse normandie": "normandie",
    "bourgogne": "bourgogne-franche-comte",
    "centre": "centre-val-de-loire",
    "champagne ardenne": "grand-est",
    "franche comte": "bourgogne-franche-comte",
    "haute normandie": "normandie",
    "languedoc roussillon": "occitanie",
    "limousin": "nouvelle-aquitaine",
    "lorraine": "grand-est",
    "midi pyrenees": "occitanie",
    "nord pas de calais": "hauts-de-france",
    "picardie": "hauts-de-france",
    "poitou charentes": "nouvelle-aquitaine",
    "reunion": "la-reunion",
    "rhone alpes": "auvergne-rhone-alpes",
}
# The first and the last code of the arrondissements of a commune, and its code.
_ARRONDISSEMENTS = (
    ("75101", "75120", "75056"),
    ("69381", "69389", "69123"),
    ("13201", "13216", "13055"),
)
_CEDEX = re.compile(r"[\s,-]+cedex\b.*$", re.IGNORECASE)
_POSTCODE = re.compile(r"^\d{5}[\s,-]+|[\s,]+\(?\d{5}\)?$|\s*\(\s*(?:\d{2,3}|2[ABab])\s*\)$")
_ARRONDISSEMENT = re.compile(
    r"[\s,-]+\d{1,2}\s*(?:er|ère|[eè]me|nd|e)?(?:\s*arr(?:ondissement|\.)?)?$", re.IGNORECASE
)
_COUNTRY = re.compile(r"[\s,]+\(?france\)?$", re.IGNORECASE)
_ARTICLE = re.compile(r"(.+?)[\s,]*\(?\b(le|la|les|l['’])\)?$", re.IGNORECASE)


def list_readings(typed: str) -> Iterator[str]:
    """Yield the names of a commune that `typed` may hold, the likeliest first.

    For example: « Lyon Cedex 03 », « 21000 Dijon », « Dijon (21000) », « Paris 11e »,
    « Havre (Le) ».
    """
    name, before = typed.strip(), ""
    while name != before:  # « 69003 Lyon Cedex 03, France »
        before = name
        for part in (_COUNTRY, _CEDEX, _POSTCODE, _ARRONDISSEMENT):
            name = part.sub("", name).strip(" ,")
    if name and name != typed:
        yield name
    if found := _ARTICLE.fullmatch(name):
        article, name = found[2].capitalize(), found[1].strip(" ,(")
        yield f"{article}{name}" if article.endswith(("'", "’")) else f"{article} {name}"


def find_whole_commune(insee_code: str) -> str:
    """Return the INSEE code of the commune of an arrondissement, or "" if it is not one."""
    found = (whole for first, last, whole in _ARRONDISSEMENTS if first <= insee_code <= last)
    return next(found, "")


def find_collectivity(code: str) -> str:
    """Return the name of the collectivité of a code, or of that of one of its communes, else ""."""
    known = re.fullmatch(r"9\d\d(?:\d\d)?", code.strip())
    return COLLECTIVITIES.get(code.strip()[:3], "") if known else ""
