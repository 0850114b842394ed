"""Find LibreOffice, which saves workbooks; run as a program at night, install it for root."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests import apt, doses

PACKAGE = "libreoffice-calc"
MISSING = f"LibreOffice manque : aucun classeur n'y passe. Pour l'installer : apt install {PACKAGE}"
# Texts as they are shown, semicolons, quotes around texts, UTF-8, the first sheet.
_CSV = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,1"


def find_office() -> str | None:
    """Return the path of LibreOffice, or None."""
    return shutil.which("soffice")


def save_as(path: Path, ending: str, folder: Path) -> Path:
    """Return the workbook opened in LibreOffice and saved in another format, in `folder`."""
    subprocess.run(
        [
            find_office() or "soffice",
            "--headless",
            f"-env:UserInstallation={(path.parent / 'profil').as_uri()}",
            "--convert-to",
            _CSV if ending == "csv" else ending,
            "--outdir",
            folder,
            path,
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    [saved] = folder.iterdir()
    return saved


if __name__ == "__main__":
    if doses.LONG and not find_office():
        apt.install(PACKAGE)
        print(f"LibreOffice : {find_office() or MISSING}")
