"""Make the pictures of docs/images/ from the site as it is built now.

Run after `make test` (it installs Playwright and finds Chromium):

    .venv/bin/python -m tools.screenshots
"""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from maille.serve import server
from tests.browser.chromium import executable
from tests.building import ROOT, build

IMAGES = ROOT / "docs" / "images"
# name → address, width, height (0: the whole page), colour scheme
PICTURES: dict[str, tuple[str, int, int, str]] = {
    "accueil-1280": ("/", 1280, 860, "light"),
    "accueil-360-sombre": ("/", 360, 740, "dark"),
    "annuaire-360": ("/catalyseurs/?pres=63003", 360, 740, "light"),
    "carte-1280": ("/carte/", 1280, 860, "light"),
    "fil-1280": ("/projets/recycl-aide80/", 1280, 1100, "light"),
}


def main() -> None:
    """Build the site, serve it on this machine, and take each picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        report = build(ROOT, output)
        if report.failed:
            raise SystemExit("Le contenu a des erreurs : lancez « python build.py ».")
        with server(output) as running, sync_playwright() as playwright:
            threading.Thread(target=running.serve_forever, daemon=True).start()
            browser = playwright.chromium.launch(
                executable_path=executable(), args=["--no-sandbox"]
            )
            for name in PICTURES:
                take(browser, f"http://127.0.0.1:{running.server_port}", name)
            browser.close()
            running.shutdown()


def take(browser: Browser, site: str, name: str) -> None:
    """Take one picture, once fonts and map are there."""
    address, width, height, scheme = PICTURES[name]
    page = browser.new_page(
        viewport={"width": width, "height": height or 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        locale="fr-FR",
    )
    page.goto(site + address, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=IMAGES / f"{name}.png", full_page=not height)
    print(f"docs/images/{name}.png")
    page.close()


if __name__ == "__main__":
    main()
