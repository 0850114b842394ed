"""What to type instead of a commune, a département or a territory that does not exist."""

from __future__ import annotations

import re
from collections.abc import Mapping

from maille.gazetteer import Ambiguous, Commune, Former, Gazetteer, Territory, UnknownTerritory
from maille.schema.kind import Fault, Located
from maille.text.names import fold
from maille.text.suggestions import differ_by_a_slip, find_nearest
from maille.text.typed_places import (
    FORMER_REGIONS,
    find_collectivity,
    find_whole_commune,
    list_readings,
)

_OVERSEAS = {"drom", "dom", "dom tom", "outre mer", "france d outre mer"}
_ANY_TERRITORY = (
    "écrivez un département par son code (« 63 »), une région par son nom d'adresse "
    "(« auvergne-rhone-alpes »), une intercommunalité par son SIREN, ou « national »"
)


def explain_collectivity(entry: Located) -> Fault | None:
    """Return the fault of naming a collectivité that is not a département, by code, else None."""
    typed = {"departement": entry.department, "code_insee": entry.insee_code}
    for key, code in typed.items():
        if name := find_collectivity(code or ""):
            named = [key, *(["commune"] if entry.commune else [])]
            where = f"{entry.commune} ({_name(name)})" if entry.commune else _name(name)
            message = (
                f"« {code} » est le code de « {_name(name)} », qui n'est pas un département : "
                "la carte ne la connaît pas"
            )
            return Fault(
                (key,), message, f"effacez {' et '.join(named)}, et ajoutez adresse: {where}"
            )
    return None


def _name(collectivity: str) -> str:
    return re.sub("^(?:la|les) ", "", collectivity)


def suggest_commune(
    typed: str, department: str | None, gazetteer: Gazetteer
) -> tuple[Commune, ...]:
    """Return the communes that an unknown name probably means, the likeliest first.

    A commune of the département, whose name the typed one begins or holds, comes before one of the
    same name elsewhere.
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
    """Return the lines to type for a commune: the keys that are not right yet.

    The département is given if it is missing and the name is not enough, or if it is another.
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
    """Return the hint for an INSEE code that no commune has."""
    if whole := find_whole_commune(code):
        return f"écrivez code_insee: {whole} ({gazetteer.communes[whole].name})"
    if today := gazetteer.find_by_former_code(code):
        return f"écrivez code_insee: {today.code} ({today.name})"
    return "écrivez code_insee: … avec ses cinq caractères, ou remplacez-le par commune: …"


def _drop_one_sign(typed: str, codes: Mapping[str, str]) -> list[str]:
    """Return the codes that `typed` is with a sign too many; a sign typed twice comes first."""
    spots = sorted(range(len(typed)), key=lambda spot: typed[spot : spot + 1] * 2 not in typed)
    shorter = dict.fromkeys(typed[:spot] + typed[spot + 1 :] for spot in spots)
    return [codes[one] for one in shorter if one in codes]


def suggest_department(typed: str, gazetteer: Gazetteer, commune: str = "") -> str:
    """Return the hint for a département that does not exist, beside the name of a commune.

    It proposes the département that `typed` names; else that of the commune; else the one whose
    code or name `typed` resembles.
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
    """Return the code of the département of a commune, the nearest to `typed` of several, or ""."""
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
    if name := find_collectivity(code):
        return f"effacez « {code} » : les territoires du site n'ont pas « {_name(name)} »"
    meant = _list_meant_territories(code, found, gazetteer)
    if not meant:
        return _ANY_TERRITORY
    return "écrivez " + " ou ".join(f"« {one.code} » ({one.name})" for one in meant)


def _list_meant_territories(
    code: str, unknown: UnknownTerritory, gazetteer: Gazetteer
) -> tuple[Territory, ...]:
    """Return the territories that a code, or a name typed for a code, probably means."""
    key = fold(code)
    if key in FORMER_REGIONS:
        codes: tuple[str, ...] = (FORMER_REGIONS[key],)
    elif key == "20":
        codes = ("2A", "2B")
    elif key in _OVERSEAS:
        codes = tuple(one for one in gazetteer.departments if one.startswith("97"))
    elif (insee := re.sub(r"\D", "", code)) in gazetteer.communes:
        codes = (gazetteer.communes[insee].department,)
    else:
        same = tuple(one for one in unknown.nearest if key in {fold(one.name), fold(one.code)})
        return same or unknown.nearest
    every = (gazetteer.find_territory(one) for one in codes)
    return tuple(one for one in every if isinstance(one, Territory))
