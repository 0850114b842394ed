"""Score how alike two records are, by the words of their names, their places and contacts.

The score is from 0 to 100, and comes with reasons. No score merges two records: a likely pair is
shown to an editor, who decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import OSA

from maille.text.names import fold
from maille.text.typed_numbers import repair_phone

NEAR = 75  # at this score or above, two records may be the same organisation

# Words that do not count when names are compared: articles, legal forms.
_EMPTY_WORDS = (
    "le la les l de du des d et a au aux en un une pour par sur chez "
    "association asso assoc loi 1901 scic scop sarl sas sasu eurl sa ei gie cae"
)
_EMPTY = frozenset(_EMPTY_WORDS.split())
# Names in full → their usual short forms, both folded and without the words of `_EMPTY`.
_SHORT = {
    "centre communal action sociale": "ccas",
    "centre intercommunal action sociale": "cias",
    "chambre commerce industrie": "cci",
    "chambre metiers artisanat": "cma",
    "communaute agglomeration": "ca",
    "communaute communes": "cc",
    "communaute urbaine": "cu",
    "centre permanent initiatives environnement": "cpie",
    "espace public numerique": "epn",
    "maison jeunes culture": "mjc",
    "maison services public": "msap",
    "parc naturel regional": "pnr",
    "pole equilibre territorial rural": "petr",
    "pole territorial cooperation economique": "ptce",
    "union departementale associations familiales": "udaf",
}
# Two similar names that differ by such a word are not the same: « Dijon nord » and « Dijon sud »,
# or an organisation and the association of its friends.
_APART_WORDS = (
    "nord sud est ouest centre haut bas haute basse rive gauche droite i ii iii iv "
    "ami amis amie amies antenne club comite confederation federation fondation fonds groupement "
    "section soutien syndicat union"
)
_APART = frozenset(_APART_WORDS.split())
_PAGES = re.compile(r"/(?:accueil|home|index)(?:\.\w+)?$")


@dataclass(frozen=True, slots=True)
class Identity:
    """The values that identify a record, each in a form that ignores spelling, or empty."""

    words: tuple[str, ...]
    aliases: tuple[tuple[str, ...], ...] = ()
    commune: str = ""
    department: str = ""
    address: str = ""
    site: str = ""
    email: str = ""
    phone: str = ""

    @property
    def name(self) -> str:
        """Return the words of the name in alphabetical order."""
        return " ".join(sorted(self.words))

    @property
    def place(self) -> str:
        """Return the commune and the département, those that are known, as one text."""
        return f"{self.commune} {self.department}".strip()

    @property
    def contacts(self) -> tuple[str, ...]:
        """Return the website, the e-mail address and the telephone number that are known."""
        return tuple(filter(None, (self.site, self.email, self.phone)))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two records are, from 0 to 100, and why, in French."""

    score: int
    reasons: tuple[str, ...]


def identify(values: Mapping[str, Any]) -> Identity:
    """Return the values that identify the record with these keys."""
    commune = fold(str(values.get("commune") or ""))
    others = values.get("autres_noms") or ()
    site = re.sub(r"^https?://(?:www\.)?", "", str(values.get("site") or "").lower())
    phone = str(values.get("telephone") or "")
    return Identity(
        list_words(str(values.get("nom") or "")),
        tuple(map(list_words, [others] if isinstance(others, str) else others)),
        commune,
        str(values.get("departement") or ""),
        fold(str(values.get("adresse") or "")),
        _PAGES.sub("", site.rstrip("/")),
        str(values.get("courriel") or "").lower(),
        re.sub(r"\D", "", repair_phone(phone) or phone),
    )


def list_words(name: str) -> tuple[str, ...]:
    """Return the words of a name: articles and legal forms removed, names of `_SHORT` shortened.

    If nothing else is left, return all the words.
    """
    every = fold(name).split()
    text = " ".join(word for word in every if word not in _EMPTY)
    for full, short in _SHORT.items():
        text = re.sub(rf"\b{full}\b", short, text)
    return tuple(text.split() or every)


def compare(one: Identity, other: Identity) -> Likeness:
    """Return how alike two records are."""
    found = [*_compare_names(one, other), *_compare_places(one, other)]
    for words, weight, against in (
        ("site", 30, 15),
        ("email", 30, 15),
        ("phone", 25, 10),
        ("address", 20, 10),
    ):
        left, right = getattr(one, words), getattr(other, words)
        if left and right:
            found.append((weight, _SAME[words]) if left == right else (-against, ""))
    total = sum(weight for weight, _ in found)
    if {*one.contacts} & {*other.contacts} and all(weight >= 0 for weight, _ in found):
        total += 20  # they share a contact, and no value differs
    return Likeness(max(0, min(100, total)), tuple(why for _, why in found if why))


_SAME = {
    "site": "même site",
    "email": "même courriel",
    "phone": "même téléphone",
    "address": "même adresse",
}


def _compare_places(one: Identity, other: Identity) -> Iterator[tuple[int, str]]:
    if one.commune and other.commune:
        same = one.commune == other.commune and one.department == other.department
        yield (25, "même commune") if same else (0, "")
    elif one.department and one.department == other.department:
        yield 15, "même département"


def _compare_names(one: Identity, other: Identity) -> Iterator[tuple[int, str]]:
    names = [(one.words, other.words, "nom")]
    names += [(alias, other.words, "autre nom") for alias in one.aliases]
    names += [(one.words, alias, "autre nom") for alias in other.aliases]
    place = {*one.commune.split()} if one.commune == other.commune else set()
    scores = (_compare_words(left, right, what, place) for left, right, what in names)
    yield max(scores, key=lambda pair: pair[0])


def _compare_words(
    one: Iterable[str], other: Iterable[str], what: str, place: set[str]
) -> tuple[int, str]:
    """Return the score of two names, each given as its words, and the reason in French.

    The reason calls the names `what`. `place` has the words of the commune that both records are
    in: they do not count as a difference.
    """
    left, right = [*one], [*other]
    if not left or not right:
        return 0, ""
    more, less = {*left} - {*right}, {*right} - {*left}
    if not (more | less) - place or "".join(left) == "".join(right):
        return 60, f"même {what}"
    if len(more) == len(less) == 1 and _is_mistyped(*more, *less):
        return 50, f"{what} à une lettre près"
    if {*left} & {*right} and any(map(_tells_apart, more | less)):
        return -20, ""
    if not more or not less:
        return 40, f"{what} plus long : {' '.join(sorted(more | less))}"
    return 0, ""


def _is_mistyped(one: str, other: str) -> bool:
    length = min(len(one), len(other))
    slips = 0 if length < 5 else 1 if length < 9 else 2
    return OSA.distance(one, other, score_cutoff=slips) <= slips


def _tells_apart(word: str) -> bool:
    return word in _APART or word.isdecimal()
