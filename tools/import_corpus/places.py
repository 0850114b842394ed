"""Faults of places: postcodes, communes, departments, INSEE codes, areas of action."""

from __future__ import annotations

from collections.abc import Callable

from tools.import_corpus.model import (
    DRAFT,
    READ,
    REPAIRED,
    TOLD,
    Cell,
    Kind,
    Row,
    Spoiled,
)
from tools.import_corpus.office import strip_accents

Typed = Callable[[Row, int], Cell | str]


def spoil_cell(name: str, outcome: str, typed: Typed, *also: str) -> Callable[[Row, int], Spoiled]:
    """Return the fault that types something else in the cell `name`, whose facts do not change."""

    def spoil(row: Row, turn: int) -> Spoiled:
        cell = typed(row, turn)
        return Spoiled({name: cell if isinstance(cell, Cell) else Cell(cell)}, outcome, None, also)

    return spoil


def write_number(text: str) -> Cell:
    """Return a cell with `text` as a spreadsheet reads it: a number, without its leading zero."""
    return Cell(text.lstrip("0"), number=int(text))


def write_department_twenty(*_: object) -> Cell:
    """Return Corsica's department as it was before 1976."""
    return Cell("20", number=20)


def shorten_saint(name: str, turn: int) -> str:
    """Return the commune `name` with « Saint » cut short, in one of the usual ways."""
    short = name.replace("Saint", ("St", "ST")[turn % 2], 1)
    return short if turn % 3 == 0 else short.replace("-", " ", 1)


def lose_homonym(row: Row, _: int) -> Spoiled:
    """Leave only the name of a commune that several share, with nothing to distinguish them."""
    row.facts["latitude"] = row.facts["longitude"] = ""
    lost = ("departement", "code_postal", "latitude", "longitude", "territoires")
    cells = {name: Cell("") for name in lost} | {"commune": Cell(row.place.name)}
    return Spoiled(cells, TOLD, also=(DRAFT,))


def join_commune(row: Row, _: int) -> Spoiled:
    """Put the postcode and the commune in one cell."""
    both = f"{row.facts['code_postal']} {row.place.name}"
    return Spoiled({"commune": Cell(both), "code_postal": Cell("")}, TOLD, also=(REPAIRED,))


def merge_cells(row: Row, _: int) -> Spoiled:
    """Merge the cells of commune and department: the second one is empty."""
    cells = {"commune": Cell(row.place.name), "departement": Cell("")}
    return Spoiled(cells, READ, also=(TOLD, REPAIRED))


def name_arrondissement(row: Row, turn: int) -> Spoiled:
    """Write the arrondissement of a city, in one of the usual ways, and its postcode."""
    number = 2 + turn
    forms = (
        f"{number}e",
        f"{number}ème",
        f"{number:02d}",
        f"{number}e Arrondissement",
        f"({number}e)",
    )
    base = {"Paris": "750", "Lyon": "690", "Marseille": "130"}[row.place.name]
    row.facts["code_postal"] = f"{base}{number:02d}"
    typed = f"{row.place.name} {forms[turn % len(forms)]}"
    cells = {"commune": Cell(typed), "code_postal": Cell(row.facts["code_postal"])}
    return Spoiled(cells, REPAIRED)


def write_insee(
    outcome: str, typed: Callable[[Row], Cell], *also: str
) -> Callable[[Row, int], Spoiled]:
    """Return the fault that gives the INSEE code as `typed`."""

    def spoil(row: Row, _: int) -> Spoiled:
        row.facts["code_insee"] = row.place.insee
        return Spoiled({"code_insee": typed(row)}, outcome, row.place.insee, also)

    return spoil


POSTCODES = (
    Kind(
        "code-postal-sans-zero",
        "code_postal",
        5,
        spoil_cell("code_postal", REPAIRED, lambda row, _: write_number(row.facts["code_postal"])),
        "zero",
    ),
    Kind(
        "code-postal-format-00000",
        "code_postal",
        3,
        spoil_cell(
            "code_postal",
            REPAIRED,
            lambda row, _: Cell(
                row.facts["code_postal"],
                number=int(row.facts["code_postal"]),
                number_format="00000",
            ),
            READ,
        ),
        "zero",
        ("xlsx",),
    ),
    Kind(
        "code-postal-espace",
        "code_postal",
        3,
        spoil_cell(
            "code_postal",
            REPAIRED,
            lambda row, _: f"{row.facts['code_postal'][:2]} {row.facts['code_postal'][2:]}",
        ),
    ),
    Kind(
        "code-postal-decimal",
        "code_postal",
        2,
        spoil_cell("code_postal", TOLD, lambda row, _: f"{row.facts['code_postal']}.0", REPAIRED),
    ),
    Kind(
        "code-postal-prefixe",
        "code_postal",
        2,
        spoil_cell("code_postal", TOLD, lambda row, _: f"F-{row.facts['code_postal']}", REPAIRED),
    ),
    Kind(
        "code-postal-d-ailleurs",
        "code_postal",
        4,
        spoil_cell(
            "code_postal",
            TOLD,
            lambda row, _: "59000" if row.place.department != "59" else "13001",
            DRAFT,
        ),
    ),
    Kind(
        "code-postal-court",
        "code_postal",
        2,
        spoil_cell("code_postal", TOLD, lambda row, _: row.facts["code_postal"][:3]),
        "long",
    ),
)

COMMUNES = (
    Kind(
        "commune-capitales",
        "commune",
        5,
        spoil_cell("commune", REPAIRED, lambda row, _: row.place.name.upper()),
        "long",
    ),
    Kind(
        "commune-capitales-sans-accents",
        "commune",
        4,
        spoil_cell(
            "commune",
            REPAIRED,
            lambda row, _: strip_accents(row.place.name).upper().replace("-", " "),
        ),
        "accent",
    ),
    Kind(
        "commune-sans-accents",
        "commune",
        3,
        spoil_cell("commune", REPAIRED, lambda row, _: strip_accents(row.place.name), TOLD),
        "accent",
    ),
    Kind(
        "commune-minuscules",
        "commune",
        2,
        spoil_cell("commune", REPAIRED, lambda row, _: row.place.name.lower(), TOLD),
        "long",
    ),
    Kind(
        "commune-cedex",
        "commune",
        4,
        spoil_cell(
            "commune",
            REPAIRED,
            lambda row, turn: f"{row.place.name} {('CEDEX', 'Cedex 2', 'CEDEX 09')[turn % 3]}",
        ),
    ),
    Kind(
        "commune-st",
        "commune",
        5,
        spoil_cell(
            "commune",
            REPAIRED,
            lambda row, turn: shorten_saint(row.place.name, turn),
        ),
        "saint",
    ),
    Kind("commune-arrondissement", "commune", 5, name_arrondissement, "city"),
    Kind(
        "commune-ancien-nom",
        "commune",
        5,
        spoil_cell("commune", REPAIRED, lambda row, _: row.place.former),
        "former",
    ),
    Kind(
        "commune-apostrophe",
        "commune",
        4,
        spoil_cell("commune", REPAIRED, lambda row, _: row.place.name.replace("'", "’")),
        "apostrophe",
    ),
    Kind(
        "commune-espace-sans-largeur",
        "commune",
        2,
        spoil_cell("commune", REPAIRED, lambda row, _: f"{row.place.name}\u200b"),
    ),
    Kind(
        "commune-faute",
        "commune",
        3,
        spoil_cell(
            "commune",
            TOLD,
            lambda row, _: (
                row.place.name[:3] + row.place.name[4] + row.place.name[3] + row.place.name[5:]
            ),
        ),
        "long",
    ),
    Kind(
        "commune-inconnue",
        "commune",
        2,
        spoil_cell("commune", TOLD, lambda row, _: f"{row.stem}-sur-Rien"),
    ),
    Kind("commune-homonyme-sans-departement", "commune", 4, lose_homonym, "homonym"),
    Kind("commune-et-code-postal", "commune", 2, join_commune),
    Kind("cellules-fusionnees", "commune", 2, merge_cells, "any", ("xlsx",)),
)

DEPARTMENTS = (
    Kind(
        "departement-sans-zero",
        "departement",
        5,
        spoil_cell("departement", REPAIRED, lambda row, _: write_number(row.place.department)),
        "zero",
    ),
    Kind(
        "departement-par-son-nom",
        "departement",
        3,
        spoil_cell("departement", REPAIRED, lambda row, _: row.place.department_name, TOLD, READ),
    ),
    Kind(
        "departement-code-et-nom",
        "departement",
        2,
        spoil_cell(
            "departement",
            TOLD,
            lambda row, _: f"{row.place.department} - {row.place.department_name}",
            REPAIRED,
        ),
    ),
    Kind(
        "departement-20",
        "departement",
        2,
        spoil_cell("departement", TOLD, write_department_twenty, REPAIRED),
        "corsica",
    ),
    Kind(
        "departement-contredit-la-commune",
        "departement",
        3,
        spoil_cell(
            "departement",
            TOLD,
            lambda row, _: "59" if row.place.department != "59" else "13",
            DRAFT,
        ),
    ),
    Kind(
        "code-insee-sans-zero",
        "code_insee",
        4,
        write_insee(REPAIRED, lambda row: write_number(row.place.insee)),
        "zero",
    ),
    Kind(
        "code-insee-d-ailleurs",
        "code_insee",
        2,
        write_insee(
            TOLD, lambda row: Cell("59350" if row.place.department != "59" else "13055"), DRAFT
        ),
    ),
    Kind(
        "territoire-par-son-nom",
        "territoires",
        3,
        spoil_cell("territoires", READ, lambda row, _: row.place.department_name, REPAIRED, TOLD),
    ),
    Kind(
        "territoire-sans-zero",
        "territoires",
        2,
        spoil_cell(
            "territoires", REPAIRED, lambda row, _: write_number(row.place.department), TOLD
        ),
        "zero",
    ),
    Kind(
        "territoire-inconnu",
        "territoires",
        2,
        spoil_cell("territoires", TOLD, lambda *_: "Grand Ouest et alentours"),
    ),
)

KINDS = (*POSTCODES, *COMMUNES, *DEPARTMENTS)
