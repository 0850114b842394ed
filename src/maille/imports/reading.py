"""Read the sheets of a file. Its bytes show its format; its name decides when they do not."""

from __future__ import annotations

from maille.imports.csv_reader import read_csv
from maille.imports.map_readers import read_map
from maille.imports.ods_reader import read_ods
from maille.imports.refusals import INSTALL, open_archive, refuse_strange
from maille.imports.sheets import Sheet
from maille.imports.xlsx_reader import read_xlsx
from maille.problems import ContentError


def read_sheets(name: str, data: bytes, encoding: str = "") -> list[Sheet]:
    """Return the sheets of a file; `encoding` is the encoding of a text file, "" if unknown.

    Raises ContentError, with a remedy, for a file that cannot be read.
    """
    refuse_strange(name, data)
    if data.startswith(b"PK"):
        return _read_workbook(data)
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    ending = name.rpartition(".")[2].lower()
    stem = name.rpartition("/")[2].rpartition(".")[0] or name
    if start in (b"{", b"[") or ending in ("json", "geojson", "umap"):
        return read_map(stem, data, encoding)
    if start == b"<":
        raise ContentError(
            "ce fichier est une page ou du XML, pas un tableau",
            "ouvrez-le dans un tableur, et enregistrez-le en XLSX",
        )
    return [read_csv(stem, data, encoding)]


def _read_workbook(data: bytes) -> list[Sheet]:
    archive = open_archive(data)
    names = {*archive.namelist()}
    try:
        if "xl/workbook.xml" in names:
            return read_xlsx(data, archive)
        if "content.xml" in names:
            return read_ods(data, archive)
    except ImportError:
        raise ContentError("ce classeur ne peut pas encore être lu ici", INSTALL) from None
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise ContentError(
            f"ce classeur est abîmé ({error})", "ouvrez-le, et enregistrez-le en XLSX"
        ) from None
    if any(name.endswith(".iwa") for name in names):
        refuse_strange("a.numbers", data)
    raise ContentError("ce fichier n'est pas un classeur", "donnez un .xlsx, un .ods ou un .csv")
