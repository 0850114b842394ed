"""The places of entries, from their front matter and the gazetteer."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping

from maille.gazetteer import Ambiguous, Commune, Former, Gazetteer, Unknown
from maille.problems import Level, Problem
from maille.schema.kind import Entry, Key
from maille.schema.located import Located
from maille.site.place import Place, Precision
from maille.site.place_hints import (
    explain_uninhabited,
    format_lines,
    suggest_code,
    suggest_commune,
    suggest_department,
)
from maille.text.suggestions import quote_choices


def locate(entry: Located, gazetteer: Gazetteer) -> tuple[Place, tuple[Problem, ...]]:
    """Return the place of an entry, and the problems of the keys that locate it."""
    if found := explain_uninhabited(entry):
        return Place(Precision.UNKNOWN), (found.make_problem(entry.document),)
    if entry.department and entry.department not in gazetteer.departments:
        return Place(Precision.UNKNOWN), (_report_unknown_department(entry, gazetteer),)
    commune = _find_commune(entry, gazetteer)
    if isinstance(commune, Problem):
        return Place(Precision.UNKNOWN), (commune,)
    department = commune.department if commune else entry.department or ""
    if entry.department and entry.department != department and commune:
        return Place(Precision.UNKNOWN), (_report_other_department(entry, commune, gazetteer),)
    place = _make_place(entry, commune, department, gazetteer)
    postcode = _check_postcode(entry, commune, department, gazetteer)
    return place, (*_check_point(entry, department, gazetteer), *postcode)


def locate_parts(
    entries: Iterable[Entry], gazetteer: Gazetteer
) -> tuple[Mapping[tuple[Key, int], Place], tuple[Problem, ...]]:
    """Return the places of the located parts of entries (actors without a page), and the problems.

    Each place is stored under the key of the entry and the rank of the part in it, from 0.
    """
    places: dict[tuple[Key, int], Place] = {}
    problems: list[Problem] = []
    for entry in entries:
        if isinstance(entry, Located):
            for rank, part in entry.list_located_parts():
                places[entry.key, rank], found = locate(part, gazetteer)
                problems += found
    return places, tuple(problems)


def _report_unknown_department(entry: Located, gazetteer: Gazetteer) -> Problem:
    message = f"« {entry.department} » n'est le code d'aucun département"
    hint = suggest_department(entry.department or "", gazetteer, entry.commune or "")
    return entry.document.make_problem(("departement",), message, hint)


def _find_commune(entry: Located, gazetteer: Gazetteer) -> Commune | Problem | None:
    """Return the commune of an entry, or None if it names none.

    Return a problem if no commune, or several communes, have the name or code of the entry.
    """
    if entry.insee_code:
        if found := gazetteer.communes.get(entry.insee_code):
            return found
        message = f"« {entry.insee_code} » n'est le code INSEE d'aucune commune"
        hint = suggest_code(entry.insee_code, gazetteer)
        return entry.document.make_problem(("code_insee",), message, hint)
    if not entry.commune:
        return None
    match gazetteer.find(entry.commune, entry.department):
        case Commune() as found:
            return found
        case Former(name, current):
            today = _label_commune(current, gazetteer)
            message = f"« {name} » n'est plus une commune : c'est aujourd'hui « {today} »"
            hint = f"écrivez {format_lines(current, entry, gazetteer)}"
            return entry.document.make_problem(("commune",), message, hint)
        case Ambiguous(candidates):
            message = f"plusieurs communes s'appellent « {entry.commune} »"
            posted = gazetteer.find_communes_of_postcode(entry.postcode or "")
            near = tuple(one for one in candidates if one in posted) or candidates
            return entry.document.make_problem(
                ("commune",), message, _propose_choice(near, gazetteer)
            )
        case Unknown(nearest, elsewhere):
            only = elsewhere if len(elsewhere) == 1 else nearest
            return _report_unknown_commune(entry, only, gazetteer)
    raise AssertionError(entry.commune)


def _propose_choice(candidates: tuple[Commune, ...], gazetteer: Gazetteer) -> str:
    """Return the hint for a name that several communes share: the line to add, or to replace.

    The `candidates` may be only the communes that also have the postcode of the entry.
    """
    by_department = {c.department: gazetteer.departments[c.department].name for c in candidates}
    if len(by_department) < len(candidates):  # two candidates are in one département
        codes = ", ".join(f"{c.code} ({_label_commune(c, gazetteer)})" for c in candidates)
        return f"remplacez la ligne commune par code_insee: … parmi {codes}"
    if len(by_department) == 1:
        return f'ajoutez departement: "{candidates[0].department}"'
    codes = ", ".join(f"{code} ({name})" for code, name in by_department.items())
    return f"ajoutez departement: … parmi {codes}"


def _report_other_department(entry: Located, commune: Commune, gazetteer: Gazetteer) -> Problem:
    name = gazetteer.departments[entry.department or ""]
    message = (
        f"« {entry.insee_code} » désigne {_label_commune(commune, gazetteer)}, "
        f"qui n'est pas {name.locative}"
    )
    return entry.document.make_problem(
        ("code_insee",),
        message,
        f'écrivez departement: "{commune.department}", ou corrigez code_insee',
    )


_NO_COMMUNE = "écrivez commune: … avec son nom officiel, ou laissez cette clé vide"


def _report_unknown_commune(
    entry: Located, nearest: tuple[Commune, ...], gazetteer: Gazetteer
) -> Problem:
    where = gazetteer.departments.get(entry.department or "")
    message = f"aucune commune ne s'appelle « {entry.commune} »"
    if where:
        message += f" {where.locative}"
    meant = suggest_commune(entry.commune or "", entry.department, gazetteer) or nearest
    lines = [format_lines(commune, entry, gazetteer) for commune in meant]
    hint = f"écrivez {lines[0] if len(lines) == 1 else quote_choices(lines)}" if lines else ""
    key = "departement" if [line.split(":")[0] for line in lines] == ["departement"] else "commune"
    return entry.document.make_problem((key,), message, hint or _NO_COMMUNE)


def _label_commune(commune: Commune, gazetteer: Gazetteer) -> str:
    department = gazetteer.departments[commune.department]
    return f"{commune.name} ({department.code}, {department.name})"


def _make_place(
    entry: Located, commune: Commune | None, department: str, gazetteer: Gazetteer
) -> Place:
    found = gazetteer.departments.get(department)
    region = gazetteer.regions.get(found.region) if found else None
    latitude, longitude = entry.latitude, entry.longitude
    precision = Precision.DEPARTMENT if found else Precision.UNKNOWN
    if latitude is not None:
        precision = Precision.ADDRESS
    elif commune:
        latitude, longitude = commune.latitude, commune.longitude
        precision = Precision.COMMUNE
    return Place(
        precision,
        commune.name if commune else "",
        department,
        found.name if found else "",
        region.slug if region else "",
        region.name if region else "",
        latitude,
        longitude,
        commune.code if commune else "",
        bool(commune and gazetteer.has_homonym(commune)),
    )


def _check_postcode(
    entry: Located, commune: Commune | None, department: str, gazetteer: Gazetteer
) -> tuple[Problem, ...]:
    """Return a warning if the postcode of an entry is not one of its commune.

    If no commune is known, the postcode must be one of the département. A postcode that no commune
    has is accepted as a CEDEX if it begins like one of that commune or département.
    """
    code = entry.postcode
    if not code or not department or (commune and code in commune.postcodes):
        return ()
    owners = gazetteer.find_communes_of_postcode(code)
    if not commune and any(owner.department == department for owner in owners):
        return ()
    near = commune.postcodes if commune else gazetteer.list_postcodes(department)
    digits = 3 if len(department) == 3 else 2
    if not owners and code[:digits] in {one[:digits] for one in near}:
        return ()
    name = commune.name if commune else gazetteer.departments[department].name
    message = f"{code} n'est pas un code postal de « {name} »"
    if len(owners) == 1:
        message += f", mais de « {_label_commune(owners[0], gazetteer)} »"
    hint = "effacez code_postal, ou corrigez la commune"
    if commune and len(commune.postcodes) == 1:
        hint = f"écrivez {commune.postcodes[0]}, ou corrigez la commune"
    elif commune and commune.postcodes:
        first, *_, last = sorted(commune.postcodes)
        hint = f"écrivez code_postal: … parmi ceux de {name} ({first} à {last}), ou effacez-le"
    return (entry.document.make_problem(("code_postal",), message, hint, Level.WARNING),)


def _check_point(entry: Located, department: str, gazetteer: Gazetteer) -> tuple[Problem, ...]:
    if entry.latitude is None or entry.longitude is None:
        return ()
    if not department:
        message = "un point est donné sans commune ni département"
        return (entry.document.make_problem(("latitude",), message, "ajoutez departement: …"),)
    if gazetteer.has_point_in_department(department, entry.latitude, entry.longitude):
        return ()
    name = gazetteer.departments[department]
    message = f"le point {entry.latitude}, {entry.longitude} n'est pas {name.locative}"
    key, hint = _suggest_point(entry.latitude, entry.longitude, department, gazetteer)
    return (entry.document.make_problem((key,), message, hint),)


def _suggest_point(
    latitude: float, longitude: float, department: str, gazetteer: Gazetteer
) -> tuple[str, str]:
    """Return the key to correct and the hint, for a point that is not in its département.

    A minus sign may be lost, or the two numbers exchanged: the hint then gives the right values.
    """
    for y, x in itertools.permutations((latitude, longitude)):
        for north, east in itertools.product((1, -1), repeat=2):
            if gazetteer.has_point_in_department(department, north * y, east * x):
                right = {"latitude": north * y, "longitude": east * x}
                typed = {"latitude": latitude, "longitude": longitude}
                if right == {"latitude": longitude, "longitude": latitude}:
                    return "latitude", "la latitude et la longitude sont inversées : échangez-les"
                wrong = [key for key in right if right[key] != typed[key]]
                lines = " et ".join(f"{key}: {right[key]}" for key in wrong)
                return wrong[0], f"écrivez {lines}"
    return "latitude", "écrivez latitude: … et longitude: … du lieu, ou effacez les deux"
