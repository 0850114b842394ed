"""Find the Chromium that the tests drive; run as a program, install one where there is none."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import apt

# The same engine, without the windows and pages of its own that a browser has: a third of the work.
HEADLESS = "chromium-headless-shell"
NAMES = (HEADLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def executable() -> str | None:
    """Return the path of a Chromium of the system, else of Playwright's own, else None."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).is_file() else None


def install() -> None:
    """Install Chromium: by apt where it is (Debian has the packages), else Playwright's own."""
    debian = Path("/etc/debian_version").is_file() and not Path("/etc/lsb-release").is_file()
    if debian and (shutil.which(HEADLESS) or apt.install(HEADLESS)):
        return
    if executable() or (debian and apt.install("chromium")):
        return
    subprocess.run(
        [sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"], check=True
    )


if __name__ == "__main__":
    install()
    found = executable()
    if found is None:
        sys.exit("Chromium manque : installez-le, puis relancez « make test ».")
    print(f"Chromium : {found}")
