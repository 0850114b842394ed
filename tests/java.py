"""Find the Java that runs the Nu HTML checker; run as a program, install one if there is none."""

from __future__ import annotations

import shutil
import subprocess

from tests import apt

MISSING = "Java manque (Debian : apt install default-jre-headless) : le HTML n'est pas vérifié."


def executable() -> str | None:
    """Return the path of a Java that runs, else None (macOS has one that only says to get one)."""
    found = shutil.which("java")
    if not found:
        return None
    done = subprocess.run([found, "-version"], capture_output=True, check=False)
    return found if done.returncode == 0 else None


if __name__ == "__main__":
    if executable() is None:
        apt.install("default-jre-headless")
    found = executable()
    print(f"Java : {found}" if found else MISSING)
