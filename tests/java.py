"""Find the Java that runs the Nu HTML checker; run as a program, install it if root has none."""

from __future__ import annotations

import shutil
import subprocess

from tests import apt

PACKAGE = "default-jre-headless"
MISSING = f"Java manque : le HTML n'est pas vérifié. Pour l'installer : sudo apt install {PACKAGE}"


def find_java() -> str | None:
    """Return the path of a Java that runs, else None (macOS has one that only says to get one)."""
    found = shutil.which("java")
    if not found:
        return None
    done = subprocess.run([found, "-version"], capture_output=True, check=False)
    return found if done.returncode == 0 else None


if __name__ == "__main__":
    if find_java() is None:
        apt.install(PACKAGE)
    found = find_java()
    print(f"Java : {found}" if found else MISSING)
