"""Find the commune and the territories that cells name, if the gazetteer leaves no doubt."""

from __future__ import annotations

import re
from collections.abc import Mapping

from maille.gazetteer import Ambiguous, Commune, Former, Gazetteer
from maille.imports.repairs import Repair
from maille.problems import ContentError
from maille.text.names import fold, make_slug
from maille.text.typed_places import list_readings

_SHORT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_LINKS = frozenset(["d", "l", "la", "le", "les", "de", "du", "des", "en", "et", "sur", "sous"])


def read_department(text: str, gazetteer: Gazetteer) -> Repair:
    """Return the code of the département that a cell names, and why it differs from `text`.

    A cell may have a code (« 6 », « 2a »), a name, or both (« 14 - Calvados »). If no département
    is found, return `text`.
    """
    code = text.strip().upper()
    if code in gazetteer.departments:
        return Repair(code, "code en capitales" if code != text else "")
    if code.zfill(2) in gazetteer.departments:
        return Repair(code.zfill(2), "zéro du début rétabli")
    names = {fold(one.name): key for key, one in gazetteer.departments.items()}
    if found := names.get(fold(text)):
        return Repair(found, "code du département")
    both = re.fullmatch(r"(\w{1,3})\s*[-–:(]\s*(.+?)\)?|(.+?)\s*\((\w{1,3})\)", text.strip())
    if both:
        code, name = (both[1] or both[4]).upper().zfill(2), both[2] or both[3]
        if names.get(fold(name)) == code:
            return Repair(code, "code du département")
    return Repair(text)


def find_department(postcode: str, gazetteer: Gazetteer) -> str:
    """Return the code of the département of a postcode, or "" if it is not certain.

    Communes of several départements may share a postcode. If no commune has it, its first digits
    decide.
    """
    found = {one.department for one in gazetteer.find_communes_of_postcode(postcode)}
    if len(found) == 1:
        return found.pop()
    start = postcode[: 3 if postcode.startswith("97") else 2]
    return start if not found and start in gazetteer.departments else ""


def read_commune(text: str, department: str, postcode: str, gazetteer: Gazetteer) -> Commune | None:
    """Return the only commune that a cell can mean, or None.

    The département and the postcode, "" if unknown, choose between communes of the same name.
    """
    for name in (text, *list_readings(text)):
        found = gazetteer.find(name, department or None)
        if isinstance(found, Former):
            found = found.current
        if isinstance(found, Ambiguous) and postcode:
            some = [one for one in found.candidates if postcode in one.postcodes]
            found = some[0] if len(some) == 1 else found
        if isinstance(found, Commune):
            return found
    return None


def explain_commune(text: str, commune: Commune) -> str:
    """Return, in French, why the name of the commune differs from the cell."""
    if fold(text) == fold(commune.name):
        return "nom officiel de la commune"
    if re.search(r"cedex", text, re.IGNORECASE):
        return "CEDEX retiré"
    if re.search(r"\d\s*(?:er|e|[eè]me)?\b", text):
        return "arrondissement ou code retiré"
    return "commune d'aujourd'hui"


def locate_row(values: dict[str, str], gazetteer: Gazetteer) -> Mapping[str, Repair]:
    """Return the corrections of the place in a row's `values`: by key, the new value and why.

    A new value of "" means that the key is removed. There are no corrections if the place is in
    doubt.

    Raises ContentError if the INSEE code and the name are of two different communes.
    """
    changes: dict[str, Repair] = {}
    department, postcode = values.get("departement", ""), values.get("code_postal", "")
    code, typed = values.get("code_insee", ""), values.get("commune", "")
    coded = gazetteer.communes.get(code) or (gazetteer.find_by_former_code(code) if code else None)
    if code and not coded:
        return changes
    where = department or (coded.department if coded else find_department(postcode, gazetteer))
    named = read_commune(typed, where, postcode, gazetteer) if typed else None
    if coded and typed and not named and _is_nearly(typed, coded):
        named = coded
    if coded and typed and named != coded:
        raise ContentError(
            f"ce code est celui de {coded.name} ({coded.department}), et non de « {typed} »",
            "corrigez le code INSEE ou la commune, ou videz le code",
        )
    commune = named or coded
    if commune is None:
        return changes
    if department and department != commune.department:
        return changes
    if typed != commune.name:
        changes["commune"] = Repair(
            commune.name, explain_commune(typed, commune) if typed else "d'après le code INSEE"
        )
    if not department:
        changes["departement"] = Repair(commune.department, "d'après la commune")
    if code:
        changes["code_insee"] = Repair("", "")
    return changes


def _is_nearly(typed: str, commune: Commune) -> bool:
    """Return whether the words of a cell are all in the name of a commune, or the reverse.

    With the INSEE code, this recognises « ST ERME » as Saint-Erme-Outre-et-Ramecourt, and « ILE D
    OUESSANT » as Ouessant.
    """
    words = {
        *(_SHORT.get(word, word) for word in make_slug(typed).split("-") if word not in _LINKS)
    }
    name = {*make_slug(commune.name).split("-")} - _LINKS
    return bool(words) and (words <= name or name <= words)


def read_territory(text: str, gazetteer: Gazetteer) -> Repair:
    """Return the code of the territory that a cell names, and why it differs from `text`.

    If no territory is found, or several, return `text`.
    """
    if fold(text) in ("national", "france", "france entiere", "toute la france"):
        return Repair("national", "" if text == "national" else "code du territoire")
    department = read_department(text, gazetteer)
    if department.value in gazetteer.departments:
        return department
    for slug, region in gazetteer.regions.items():
        if fold(text) in (fold(region.name), fold(slug)):
            return Repair(slug, "" if text == slug else "code du territoire")
    if text in gazetteer.intercommunalites:
        return Repair(text)
    found = [
        one.siren for one in gazetteer.intercommunalites.values() if fold(one.name) == fold(text)
    ]
    return Repair(found[0], "code du territoire") if len(found) == 1 else Repair(text)
