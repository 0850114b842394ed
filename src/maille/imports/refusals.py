"""Refuse files that cannot be imported, with a remedy, and archives that would fill memory."""

from __future__ import annotations

import io
import re
import zipfile

from maille.problems import ContentError

INSTALL = 'installez de quoi lire et écrire les tableurs : pip install "maille[tableur]"'
SIZE_LIMIT = 50 * 2**20
COLUMN_LIMIT, ROW_LIMIT = 1000, 100_000
_UNPACKED_LIMIT, _PART_COUNT = 500 * 2**20, 10_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_XLSX = "enregistrez-le en XLSX (Fichier > Enregistrer sous > Classeur Excel), et donnez-le"


def refuse_strange(name: str, data: bytes) -> None:
    """Raise ContentError for a file that cannot be imported; `name` is its file name."""
    ending = name.rpartition(".")[2].lower()
    if len(data) > SIZE_LIMIT:
        raise ContentError(
            f"ce fichier pèse {len(data) // 2**20} Mo, et la limite est de 50 Mo",
            "retirez-en les images et les feuilles qui ne servent pas",
        )
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise ContentError("ce fichier est vide", "donnez le fichier qui a les lignes")
    if ending == "numbers":
        raise ContentError(
            "un fichier Numbers ne se lit que dans Numbers",
            "dans Numbers : Fichier > Exporter vers > Excel ; donnez le .xlsx obtenu",
        )
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ContentError(
                "ce classeur est protégé par un mot de passe",
                "ouvrez-le, retirez le mot de passe (Fichier > Informations), enregistrez-le",
            )
        raise ContentError("un fichier .xls (Excel d'avant 2007) n'est pas lu", _XLSX)
    if ending in ("pdf", "doc", "docx", "odt", "rtf", "zip") or data.startswith(b"%PDF"):
        raise ContentError(f"un fichier .{ending} n'est pas un tableau", _XLSX)


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Return a workbook as a ZIP archive.

    Raises ContentError if it is damaged, or if it is made to fill memory.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
        if len(parts) > _PART_COUNT or sum(part.file_size for part in parts) > _UNPACKED_LIMIT:
            raise ContentError("ce classeur, une fois déplié, est démesuré", "ne l'ouvrez pas")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                _refuse_entities(archive.read(part))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise ContentError("ce classeur est abîmé", f"ouvrez-le, puis {_XLSX}") from None
    return archive


def _refuse_entities(xml: bytes) -> None:
    wide = xml[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in xml[:8]
    if _ENTITY.search(xml.replace(b"\0", b"") if wide else xml):
        raise ContentError(
            "ce classeur définit des entités XML, ce que ne fait aucun tableur", "ne l'ouvrez pas"
        )


def refuse_wide(rows: int, columns: int) -> None:
    """Raise ContentError for a sheet with too many rows or columns."""
    if columns > COLUMN_LIMIT:
        raise ContentError(
            f"cette feuille a {columns} colonnes, et la limite est de {COLUMN_LIMIT}",
            "gardez les colonnes qui servent, et supprimez les autres",
        )
    if rows > ROW_LIMIT:
        raise ContentError(
            f"cette feuille a {rows} lignes, et la limite est de {ROW_LIMIT}",
            "supprimez les lignes vides sous le tableau, ou coupez le fichier en plusieurs",
        )
