"""Make the pictures of docs/images/ from the site as it is built now.

Run after `make test` (it installs Playwright and finds Chromium):

    .venv/bin/python -m tools.screenshots
"""

from __future__ import annotations

import datetime
import re
import shutil
import tempfile
import threading
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from maille.kinds.newsletter import Newsletter
from maille.letters.outbox import compose
from tests.browser.chromium import executable
from tests.browser.serving import make_folder_server
from tests.building import ROOT, build, copy_site

IMAGES = ROOT / "docs" / "images"
# The content says what was looked for on the day it was written.
TODAY = datetime.datetime.now(datetime.UTC).date()
# name → address, width, height (0: the whole page), colour scheme
PICTURES: dict[str, tuple[str, int, int, str]] = {
    "accueil-1280": ("/", 1280, 860, "light"),
    "accueil-360-sombre": ("/", 360, 740, "dark"),
    "annuaire-360": ("/catalyseurs/?pres=63003", 360, 740, "light"),
    "carte-1280": ("/carte/", 1280, 860, "light"),
    "fil-1280": ("/projets/recycl-aide80/", 1280, 1100, "light"),
}

# How mail clients show a mail: name → the HTML that they drop, whether they load images, colours.
MAIL, MAIL_WIDTHS = "2024-05", (360, 600)
STYLE = re.compile(r"<style.*?</style>", re.DOTALL)
STATES: dict[str, tuple[str, bool, str]] = {
    "": ("", True, "light"),
    "-sans-style": ("style", True, "light"),
    "-sans-images": ("", False, "light"),
    "-sombre": ("", True, "dark"),
}


def main() -> None:
    """Build the site, serve it on this machine, and take each picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        report = build(ROOT, output, today=TODAY)
        if report.failed:
            raise SystemExit("Le contenu a des erreurs : lancez « python build.py ».")
        with make_folder_server(output) as running, sync_playwright() as playwright:
            threading.Thread(target=running.serve_forever, daemon=True).start()
            browser = playwright.chromium.launch(
                executable_path=executable(), args=["--no-sandbox"]
            )
            for name in PICTURES:
                take(browser, f"http://127.0.0.1:{running.server_port}", name)
            take_mails(browser, Path(folder) / "lettre")
            browser.close()
            running.shutdown()


def take(browser: Browser, site: str, name: str) -> None:
    """Take one picture, once the fonts and the map are loaded."""
    address, width, height, scheme = PICTURES[name]
    page = browser.new_page(
        viewport={"width": width, "height": height or 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        locale="fr-FR",
    )
    page.goto(site + address, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    keep(page, name, full_page=not height)


def take_mails(browser: Browser, folder: Path) -> None:
    """Take the mail of a letter as mail clients show it: as it is, bare, without images, dark.

    The letters of this site have no image: the map of the site is put in a copy.
    """
    root = copy_site(folder)
    (root / "content/images").mkdir(exist_ok=True)
    shutil.copy(IMAGES / "carte-1280.png", root / "content/images/carte.png")
    path = root / f"newsletters/{MAIL}.md"
    head, fence, body = path.read_text("utf-8").partition("\n---\n")
    shown = "![La carte de ce site : les acteurs placés, par pratique](/images/carte.png)\n\n"
    path.write_text(head + fence + shown + body, "utf-8")
    report = build(root, root / "output", today=TODAY)
    assert report.site, report.problems
    letter = report.site.find("newsletter", MAIL)
    assert isinstance(letter, Newsletter)
    html = compose(root, report.site, letter).files[f"lettre-{MAIL}.html"].decode()
    for state in STATES:
        for width in MAIL_WIDTHS:
            take_mail(browser, html, root / "output", state, width)


def take_mail(browser: Browser, html: str, output: Path, state: str, width: int) -> None:
    """Take the top of a mail; its images are files of the site in `output`."""
    dropped, with_images, scheme = STATES[state]
    page = browser.new_page(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    site = "https://catalyseurs.example"
    page.route(
        f"{site}/**",
        lambda route: (
            route.fulfill(path=output / route.request.url.removeprefix(f"{site}/"))
            if with_images
            else route.abort()
        ),
    )
    page.set_content(STYLE.sub("", html) if dropped else html, wait_until="load")
    name = f"courriel{state}-{width}"
    keep(page, name)


def keep(page: Page, name: str, *, full_page: bool = False) -> None:
    """Write the picture of a page in 256 colours, which weigh half; close the page."""
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path, full_page=full_page)
    page.close()
    with Image.open(path) as taken:
        few = taken.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE)
        few.save(path, optimize=True)
    print(f"docs/images/{name}.png")


if __name__ == "__main__":
    main()
