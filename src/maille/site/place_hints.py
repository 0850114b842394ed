"""What to type instead of a commune, a département or a territory that does not exist."""

from __future__ import annotations

import re
from collections.abc import Mapping

from maille.gazetteer import Ambiguous, Commune, Former, Gazetteer, Territory, UnknownTerritory
from maille.schema.kind import Fault
from maille.schema.located import Located
from maille.text.names import fold, join_names
from maille.text.suggestions import differ_by_a_slip, find_nearest
from maille.text.typed_places import (
    FORMER_REGIONS,
    find_uninhabited,
    list_readings,
)

# Names that mean all overseas territories, or all overseas départements.
_OVERSEAS, _DEPARTMENTS_OVERSEAS = {"dom tom", "outre mer", "france d outre mer"}, {"drom", "dom"}
_REGIONS_OF_BEFORE = {fold(name): slug for name, slug in FORMER_REGIONS.items()}
_ANY_TERRITORY = (
    "écrivez un département par son code (« 63 »), une région par son nom d'adresse "
    "(« auvergne-rhone-alpes »), une intercommunalité par son SIREN, ou « national »"
)


def explain_uninhabited(entry: Located) -> Fault | None:
    """Return the fault of an entry with the code of an uninhabited territory, or None."""
    for key, code in (("departement", entry.department), ("code_insee", entry.insee_code)):
        if name := find_uninhabited(code or ""):
            where = f"{entry.commune} ({name})" if entry.commune else name
            named = " et ".join([key, *(["commune"] if entry.commune else [])])
            message = f"« {code} » est le code de « {name} », qui n'a pas de commune"
            return Fault((key,), message, f"effacez {named}, et ajoutez adresse: {where}")
    return None


def suggest_commune(
    typed: str, department: str | None, gazetteer: Gazetteer
) -> tuple[Commune, ...]:
    """Return the communes that an unknown name probably means, the likeliest first.

    They are up to three communes with the name that `typed` contains (« 21000 Dijon »), or else the
    only commune whose name starts with that name, or is the start of it. `department` is ignored
    unless it is the code of a département.
    """
    known = department if department in gazetteer.departments else None
    for name in list_readings(typed):
        match gazetteer.find(name, known):
            case Commune() as found:
                return (found,)
            case Former(_, current):
                return (current,)
            case Ambiguous(candidates):
                return candidates[:3]
    readings = (*list_readings(typed), typed)
    each = (gazetteer.find_by_first_words(name, known) for name in readings)
    return next((found for found in each if found), ())


def format_lines(commune: Commune, entry: Located, gazetteer: Gazetteer) -> str:
    """Return the lines to type for a commune: only the lines missing or wrong in the entry.

    A missing département is left out if the name of the commune is enough. If no line is left,
    return the line of the INSEE code.
    """
    lines = []
    if fold(commune.name) != fold(entry.commune or ""):
        lines.append(f"commune: {commune.name}")
    given = entry.department if entry.department in gazetteer.departments else None
    if given != commune.department and (
        given or not isinstance(gazetteer.find(commune.name), Commune)
    ):
        lines.append(f'departement: "{commune.department}"')
    if len(lines) == 2 and not given:
        return f"deux lignes : {' et '.join(lines)}"
    return " et ".join(lines) or f"code_insee: {commune.code}"


def suggest_code(code: str, gazetteer: Gazetteer) -> str:
    """Return the hint for an INSEE code that no commune has.

    `code` may be a postcode, or the code of an arrondissement or of a former commune.
    """
    posted = gazetteer.find_communes_of_postcode(code)[:3]
    lines = [f"code_insee: {one.code} ({one.name}, de code postal {code})" for one in posted]
    if today := gazetteer.find_by_former_code(code):
        lines.append(f"code_insee: {today.code} ({today.name})")
    if lines:
        return f"écrivez {join_names(lines, 'ou')}"
    return "écrivez code_insee: … avec ses cinq caractères, ou remplacez-le par commune: …"


def _drop_one_sign(typed: str, codes: Mapping[str, str]) -> list[str]:
    """Return the codes that `typed` becomes when one of its characters is dropped.

    `codes` has the known codes, by folded code. A doubled character is the first to be dropped:
    « 244 » gives « 24 », then « 44 ».
    """
    spots = sorted(range(len(typed)), key=lambda spot: typed[spot : spot + 1] * 2 not in typed)
    shorter = dict.fromkeys(typed[:spot] + typed[spot + 1 :] for spot in spots)
    return [codes[one] for one in shorter if one in codes]


def suggest_department(typed: str, gazetteer: Gazetteer, commune: str = "") -> str:
    """Return the hint for a value of `departement` that does not exist.

    It proposes the département that `typed` names; else the département of `commune`, the value of
    that key; else the département whose code or name `typed` resembles.
    """
    key = fold(typed)
    by_name = {fold(one.name): one.code for one in gazetteer.departments.values()}
    by_code = {code.casefold(): code for code in gazetteer.departments}
    bare = re.sub(r"[^0-9ab]", "", key)
    right = by_name.get(key) or _find_department_of(commune, bare, gazetteer)
    right = right or by_code.get(bare) or by_code.get(bare.zfill(2) if bare else "", "")
    if not right and (close := find_nearest(key, by_name, 1, likeness=0.8)):
        right = by_name[close[0]]
    if not right and (codes := _drop_one_sign(bare, by_code)):
        if len(codes) > 1:
            return "écrivez " + " ou ".join(f'departement: "{code}"' for code in codes)
        right = codes[0]
    if right:
        return f'écrivez departement: "{right}" ({gazetteer.departments[right].name})'
    return "écrivez departement: … avec le code d'un département (63, 2A, 974)"


def _find_department_of(commune: str, typed: str, gazetteer: Gazetteer) -> str:
    """Return the code of the département of a commune, or "".

    If several communes have this name, return the only code that differs from `typed` by one slip.
    """
    match gazetteer.find(commune, None):
        case Commune() as found:
            return found.department
        case Former(_, current):
            return current.department
        case Ambiguous(candidates):
            codes = {one.department.casefold(): one.department for one in candidates}
            near = [codes[code] for code in codes if differ_by_a_slip(code, typed)]
            return near[0] if len(near) == 1 else ""
    return ""


def find_territory_or_hint(code: str, gazetteer: Gazetteer) -> Territory | str:
    """Return the territory with this code, or a hint (in French) if there is none."""
    found = gazetteer.find_territory(code)
    if isinstance(found, Territory):
        return found
    if name := find_uninhabited(code):
        return f"effacez « {code} » : les territoires du site n'ont pas « {name} »"
    meant = _list_meant_territories(code, found, gazetteer)
    if not meant:
        return _ANY_TERRITORY
    return "écrivez " + " ou ".join(f"« {one.code} » ({one.name})" for one in meant)


def _list_meant_territories(
    code: str, unknown: UnknownTerritory, gazetteer: Gazetteer
) -> tuple[Territory, ...]:
    """Return the territories that a code, or a name typed instead of a code, probably means."""
    key = fold(code)
    every = gazetteer.departments.values()
    if key in _REGIONS_OF_BEFORE:
        codes: tuple[str, ...] = (_REGIONS_OF_BEFORE[key],)
    elif key == "20":
        codes = ("2A", "2B")
    elif key in _OVERSEAS:
        codes = tuple(one.code for one in every if len(one.code) == 3)
    elif key in _DEPARTMENTS_OVERSEAS:
        codes = tuple(one.code for one in every if len(one.code) == 3 and one.region)
    elif (insee := re.sub(r"\D", "", code)) in gazetteer.communes:
        codes = (gazetteer.communes[insee].department,)
    else:
        same = tuple(one for one in unknown.nearest if key in {fold(one.name), fold(one.code)})
        return same or unknown.nearest
    found = (gazetteer.find_territory(one) for one in codes)
    return tuple(one for one in found if isinstance(one, Territory))
