"""Map the keys of other tools, and synonyms, to the keys of our files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from maille.content.yaml_errors import quote_value
from maille.text.names import make_slug
from maille.text.suggestions import find_nearest, quote_choices
from maille.text.typed_dates import guess_date
from maille.text.typed_numbers import guess_hours

# Foreign keys, as `make_slug` returns them → our keys. Of several keys, the first that the content
# type has is used.
_KEYS = {
    "address": "adresse",
    "aliases": ("autres_noms", "anciens_noms"),
    "audience": "publics",
    "audiences": "publics",
    "categories": "themes",
    "category": ("type", "themes"),
    "chapeau": "resume",
    "chapo": "resume",
    "city": "commune",
    "code": "cle",
    "comment": "note",
    "commentaire": "note",
    "contact": "courriel",
    "cp": "code_postal",
    "date-de-debut": "date",
    "date-de-fin": "jusqu_au",
    "date-debut": "date",
    "date-fin": "jusqu_au",
    "day": "date",
    "department": "departement",
    "description": "resume",
    "email": "courriel",
    "end-date": "jusqu_au",
    "end-time": "heure_fin",
    "enddate": "jusqu_au",
    "endtime": "heure_fin",
    "events": "evenements",
    "excerpt": "resume",
    "extrait": "resume",
    "fin-heure": "heure_fin",
    "former-names": "anciens_noms",
    "headings": "rubriques",
    "heure-de-debut": "heure",
    "heure-de-fin": "heure_fin",
    "heure-debut": "heure",
    "hour": "heure",
    "id": "cle",
    "job": "fonction",
    "key": "cle",
    "kind": ("type", "nature"),
    "label": "nom",
    "last-modified": "mise_a_jour",
    "lastmod": "mise_a_jour",
    "lat": "latitude",
    "lien": "url",
    "link": "url",
    "links": "liens",
    "lng": "longitude",
    "location": "lieu",
    "lon": "longitude",
    "long": "longitude",
    "mail": "courriel",
    "modified": "mise_a_jour",
    "month": "mois",
    "mots-cles": "themes",
    "name": ("nom", "titre"),
    "organisers": "organisateurs",
    "organizers": "organisateurs",
    "partners": "partenaires",
    "people": "personnes",
    "phone": "telephone",
    "place": "lieu",
    "postal-code": "code_postal",
    "postcode": "code_postal",
    "practices": "pratiques",
    "profile": "profil",
    "project": "projet",
    "projects": "projets",
    "publisher": "editeur",
    "registration": "inscription",
    "remark": "note",
    "role": "fonction",
    "site-web": "site",
    "slides": "support",
    "sous-titre": "resume",
    "speakers": "intervenants",
    "start-date": "date",
    "start-time": "heure",
    "startdate": "date",
    "starttime": "heure",
    "subtitle": "resume",
    "summary": "resume",
    "tags": "themes",
    "tel": "telephone",
    "territories": "territoires",
    "territory": "territoire",
    "text": "texte",
    "time": "heure",
    "timezone": "fuseau",
    "title": ("titre", "nom"),
    "topic": "themes",
    "topics": "themes",
    "updated": "mise_a_jour",
    "value": "valeur",
    "venue": "lieu",
    "ville": "commune",
    "webinars": "webinaires",
    "website": "site",
    "zip": "code_postal",
    "zipcode": "code_postal",
}
# Keys that mean a date or an hour, depending on their value: our key for a date, and for an hour.
_BY_VALUE = {
    **dict.fromkeys(("begin", "debut", "dtstart", "start"), ("date", "heure")),
    **dict.fromkeys(("dtend", "end", "fin"), ("jusqu_au", "heure_fin")),
}

# The keys by which other tools keep a page from being published, and the values with that effect.
_YES, _NO = ("oui", "true", "yes", "vrai", "1"), ("non", "false", "no", "faux", "0")
_WAITING = {
    **dict.fromkeys(("draft", "private", "prive", "hidden", "cache", "unpublished"), _YES),
    **dict.fromkeys(("published", "publish", "publie", "public", "visible"), _NO),
    **dict.fromkeys(
        ("status", "state", "etat", "statut", "post-status", "visibility", "visibilite"),
        ("draft", "brouillon", "pending", "private", "prive", "unpublished", "en-attente"),
    ),
}
_PUBLISHED_ON = frozenset(
    (
        *("publishdate", "publish-date", "publish-on", "published-at", "published-on"),
        *("pubdate", "pub-date", "date-de-publication", "date-publication", "publier-le"),
        *("scheduled", "scheduled-at", "future-date", "post-date"),
    )
)


def find_meant_keys(key: str, known: Iterable[str]) -> list[str]:
    """Return up to three known keys that `key` may mean, the nearest first.

    `key` may be a misspelling of the known key, or an English or another French word for it. A key
    that keeps a page from being published in another tool means none: see `suggest_key`.
    """
    keys, word = [*known], make_slug(key)
    if (bare := word.replace("-", "_")) in keys:  # « titre » in quotes, « Code postal »
        return [bare]
    if by_value := [meant for meant in _BY_VALUE.get(word, ()) if meant in keys]:
        return by_value
    meant = _KEYS.get(word, ())
    for one in (meant,) if isinstance(meant, str) else meant:
        if one in keys:
            return [one]
    if word in _WAITING or word in _PUBLISHED_ON:
        return []
    return find_nearest(key, keys, likeness=0.72)


def suggest_key(key: str, value: object, known: Iterable[str]) -> str:
    """Return what to do with an unknown key: the line to type, or the keys that it may be.

    If the key keeps a page from being published in another tool, the hint gives the key that does
    so here: without it, the page would be published. Return "" if no known key is meant.
    """
    keys, typed = [*known], value.strip() if isinstance(value, str) else ""
    word = make_slug(key)
    if word in _PUBLISHED_ON and "publie_le" in keys:
        day = guess_date(typed)
        return f"écrivez publie_le: {day if day and day.day else '…'}"
    if "brouillon" in keys and (word in _WAITING or word in _PUBLISHED_ON):
        if word in _PUBLISHED_ON or make_slug(typed) in _WAITING[word]:
            return "écrivez brouillon: oui"
        return "effacez cette ligne, ou écrivez brouillon: oui si la page doit attendre"
    close = find_meant_keys(key, keys)
    if word in _BY_VALUE and len(close) == 2:
        close = close[1:] if guess_hours(typed) and not guess_date(typed) else close[:1]
    return f"vouliez-vous dire {quote_choices(close)} ?" if close else ""


def join_broken_value(group: Mapping[str, object], key: str) -> str:
    """Return the hint for a sentence broken over two lines, whose second line is read as `key`.

    For example « resume: L'été revient. », then « La fête aussi : venez ». The value above must
    have several words, and the key at least three. Return "" for any other key.
    """
    above = [*group][: [*group].index(key)]
    value, rest = group[above[-1]] if above else "", group[key]
    if not (isinstance(value, str) and isinstance(rest, str) and re.search(r"\S\s+\S", value)):
        return ""
    if len(re.findall(r"\w+", key)) < 3:
        return ""
    whole = quote_value(f"{value} {key} : {rest}")
    typed = f"{above[-1]}: {whole}"
    return f"c'est la suite de la ligne d'au-dessus : écrivez les deux en une seule, {typed}"
