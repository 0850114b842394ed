"""Find the Chromium that the tests drive; run as a program, install it if root has none."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from tests import apt

# The same engine, without the windows and pages of its own that a browser has: a third of the work.
HEADLESS = "chromium-headless-shell"
PLAYWRIGHT = (sys.executable, "-m", "playwright", "install")
# Ubuntu's package only fetches a snap.
DEBIAN = Path("/etc/debian_version").is_file() and not Path("/etc/lsb-release").is_file()
NAMES = (HEADLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def executable() -> str | None:
    """Return the path of a Chromium of the system, else of Playwright's own, else None."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    from playwright.sync_api import sync_playwright  # a quarter of a second

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).is_file() else None


def install() -> None:
    """Install Chromium as root: Debian's by apt, elsewhere Playwright's own."""
    if not hasattr(os, "geteuid") or os.geteuid():
        return
    if DEBIAN:
        apt.install(HEADLESS) or apt.install("chromium")
    else:
        subprocess.run([*PLAYWRIGHT, "--with-deps", "chromium"], check=True)


def missing() -> str:
    """Return what to type to get Chromium."""
    command = f"sudo apt install {HEADLESS}" if DEBIAN else shlex.join([*PLAYWRIGHT, "chromium"])
    return f"Chromium manque. Pour l'installer : {command}"


if __name__ == "__main__":
    if executable() is None:
        install()
    found = executable()
    if found is None:
        sys.exit(
            f"{missing()}\nPuis relancez « make test » (ou « make test-unit », qui s'en passe)."
        )
    print(f"Chromium : {found}")
