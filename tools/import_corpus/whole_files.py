"""Small files that are at fault, or hard to read, as a whole: encodings, shapes, bombs, formats.

Each has one outcome: `read`, `told` (rows are told, the others go in), `asked` (two readings differ
in a letter: both words are shown and asked; without a terminal it is an error), or `error` (clear,
quick, and nothing is written).
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import xlsxwriter

from tools.import_corpus.write_xlsx import BORN

HEADER = "Nom;Ville;CP;Présentation\n"
GOOD = HEADER + (
    "Atelier Glanvardol;Amiens;80000;Répare des vélos.\n"
    "La Fabrique Orvetramèle;Dijon;21000;Prête une salle.\n"
)
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "boum">'
    + "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10))
    + "]>"
)
MILLION = 1_000_000
BOMB = 200_000_000  # the bytes that a small archive becomes
TOO_BIG = 51_000_000  # more than the 50 MB that are allowed


@dataclass(frozen=True)
class Case:
    """A file to test as a whole: how it is made, and its right outcome."""

    name: str
    make: Callable[[], bytes]
    outcome: str
    why: str


def zip_files(parts: Mapping[str, str | bytes]) -> bytes:
    """Return an archive of `parts`."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(
                zipfile.ZipInfo(name, (2026, 1, 5, 0, 0, 0)), content, zipfile.ZIP_DEFLATED
            )
    return file.getvalue()


def replace_part(content: bytes, name: str, part: bytes) -> bytes:
    """Return the archive `content` with another `part` under `name`."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {other: archive.read(other) for other in archive.namelist()}
    return zip_files(parts | {name: part})


def make_workbook(*, link: bool = False) -> bytes:
    """Return a small workbook; with `link`, a cell takes its value from another workbook."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"created": BORN})
    sheet = book.add_worksheet("Feuil1")
    for at, line in enumerate(GOOD.splitlines()):
        sheet.write_row(at, 0, line.split(";"))
    if link:
        sheet.write_formula(1, 3, "='[autre.xlsx]Feuil1'!$A$1", None, "Valeur d'un autre classeur.")
    book.close()
    return file.getvalue()


def make_sheet_bomb(size: int = BOMB) -> bytes:
    """Return a small workbook whose sheet is `size` bytes of spaces."""
    sheet = b"<worksheet><sheetData>" + b" " * size + b"</sheetData></worksheet>"
    return replace_part(make_workbook(), "xl/worksheets/sheet1.xml", sheet)


def make_entity_bomb() -> bytes:
    """Return a workbook whose texts are entities of entities: a thousand million words."""
    shared = f"{ENTITIES}<sst><si><t>&a9;</t></si></sst>"
    return replace_part(make_workbook(), "xl/sharedStrings.xml", shared.encode())


def make_ods_bomb() -> bytes:
    """Return an ODS whose content is entities of entities."""
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    return zip_files({"mimetype": mime, "content.xml": f"{ENTITIES}<a>&a9;</a>"})


def shout() -> bytes:
    """Return a file of capitals whose only accent reads in two ways: byte E9, « é » or « È »."""
    row = "LA CRÈCHE ORVETRAMELE;DIJON;21000;Garde.\n"
    return HEADER.replace("é", "e").encode() + row.encode("mac_roman")


def write_line_string() -> bytes:
    """Return a map whose only feature is a line."""
    geometry = {"type": "LineString", "coordinates": [[2, 49], [3, 49]]}
    feature = {"type": "Feature", "properties": {"nom": "Sentier"}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def write_numbers() -> bytes:
    """Return an archive with the file names of a Numbers document."""
    return zip_files({"Index/Document.iwa": b"\0", "Metadata/Properties.plist": b"\0"})


CASES = (
    Case("bon.csv", GOOD.encode, "read", "rien à redire"),
    Case(
        "deux-lectures.csv",
        shout,
        "asked",
        "l'octet E9 est é en cp1252 (CRéCHE) et È en Mac Roman (CRÈCHE)",
    ),
    Case(
        "octet-casse.csv",
        lambda: GOOD.encode().replace("é".encode(), b"\xc3\x28", 1),
        "error",
        "de l'UTF-8 dont un octet est abîmé, à la ligne 1",
    ),
    Case(
        "octets-nuls.csv",
        lambda: GOOD.encode().replace(b"Dijon", b"Di\x00jon"),
        "error",
        "un octet nul à la ligne 3",
    ),
    Case("vide.csv", bytes, "error", "aucun octet"),
    Case(
        "marque-seule.csv", lambda: b"\xef\xbb\xbf", "error", "une marque d'ordre et rien d'autre"
    ),
    Case("en-tete-seul.csv", HEADER.encode, "error", "aucune ligne sous les titres"),
    Case(
        "sans-en-tete.csv",
        GOOD.partition("\n")[2].encode,
        "error",
        "aucun titre de colonne reconnu",
    ),
    Case(
        "colonne-en-double.csv",
        lambda: GOOD.replace("CP", "Ville").encode(),
        "error",
        "deux colonnes « Ville »",
    ),
    Case(
        "titre-vide.csv",
        lambda: GOOD.replace("CP", "").encode(),
        "told",
        "une colonne sans titre, et qui est remplie",
    ),
    Case(
        "cellule-en-trop.csv",
        lambda: GOOD.replace("Répare", "Répare ; vend").encode(),
        "told",
        "un point-virgule sans guillemets décale la ligne 2",
    ),
    Case(
        "cellule-en-moins.csv",
        lambda: GOOD.replace(";80000", "").encode(),
        "told",
        "la ligne 2 a une cellule de moins",
    ),
    Case(
        "guillemet-ouvert.csv",
        lambda: GOOD.replace("Répare", '"Répare').encode(),
        "error",
        "un guillemet de la ligne 2 n'est jamais refermé : il avale la ligne 3",
    ),
    Case(
        "lignes-a-retour-seul.csv",
        lambda: GOOD.replace("\n", "\r").encode("mac_roman"),
        "read",
        "les fins de ligne d'un vieux Mac",
    ),
    Case("sep-excel.csv", f"sep=;\n{GOOD}".encode, "read", "la ligne « sep=; » est à Excel"),
    Case(
        "million-de-colonnes.csv",
        lambda: (";" * MILLION + "\n").encode() * 2,
        "error",
        "un million de colonnes",
    ),
    Case("trop-gros.csv", lambda: GOOD.encode() + b"x" * TOO_BIG, "error", "plus de 50 Mo"),
    Case("bon.xlsx", make_workbook, "read", "rien à redire"),
    Case(
        "lien-externe.xlsx",
        lambda: make_workbook(link=True),
        "told",
        "D2 prend sa valeur dans un autre classeur, qui n'est jamais ouvert",
    ),
    Case("tronque.xlsx", lambda: make_workbook()[:-200], "error", "l'archive est coupée"),
    Case("csv-nomme.xlsx", GOOD.encode, "error", "un CSV dont le nom finit par .xlsx"),
    Case("bombe.xlsx", make_sheet_bomb, "error", "200 Mo d'espaces dans une petite archive"),
    Case("entites.xlsx", make_entity_bomb, "error", "des entités d'entités"),
    Case("entites.ods", make_ods_bomb, "error", "des entités d'entités"),
    Case(
        "ancien.xls",
        lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504),
        "error",
        "un classeur d'Excel 97 : à enregistrer en .xlsx",
    ),
    Case(
        "tableau.numbers",
        write_numbers,
        "error",
        "un document de Numbers : Fichier > Exporter > Excel",
    ),
    Case(
        "casse.geojson",
        lambda: b'{"type": "FeatureCollection", "features": [',
        "error",
        "du JSON coupé",
    ),
    Case("ligne.geojson", write_line_string, "told", "une ligne n'est pas un point"),
    Case(
        "autre.json",
        lambda: b'{"bonjour": [1, 2, 3]}',
        "error",
        "du JSON qui n'est l'export d'aucun outil connu",
    ),
    Case("profond.geojson", lambda: b"[" * 200_000, "error", "des crochets dans des crochets"),
)


def list_cases() -> Iterator[dict[str, object]]:
    """Yield the line of the manifest of each case."""
    for case in CASES:
        yield {"file": case.name, "outcome": case.outcome, "why": case.why}
