"""A site of every kind that takes little to build, and edits of its files drawn at random.

Its templates are a line each: they show all that an entry has, and cost next to nothing.
"""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from maille.letters.seal import seal
from tests.building import ROOT, TODAY
from tests.pictures import draw_halves, encode
from tests.sealing import check_site, find_letter, write_site
from tests.small_site import FILES as SMALL_FILES
from tests.small_site import replace_in

FILES: Mapping[str, str] = {
    "content/webinaires/webinaire.md": """\
---
titre: Webinaire d'essai
resume: Un webinaire inventé.
date: 2025-03-04
cycle: cycle-2023
projets: [essai]
sources:
  - {titre: Un document d'essai, date: 2023-04-13}
---
On y parle.
""",
    "content/territoires/21.md": """\
---
titre: Ce que l'on sait de la Côte-d'Or
territoire: "21"
sources:
  - {titre: Un document d'essai, date: 2023-04-13}
---
Peu de chose.
""",
    "content/ressources/guide.md": """\
---
titre: Guide d'essai
resume: Une ressource inventée.
type: guide
date: 2021-03
url: https://guide.example/
sources:
  - {titre: Un document d'essai, date: 2023-04-13}
---
Il guide.
""",
}
_BASE = """\
<title>{{ page.title }}</title><link href="{{ asset('css/site.css') }}">{% include '_menu.html' %}
{% block main %}{{ page.description|typo }}{% endblock %}
"""
_PAGE = """\
{% extends 'base.html' %}
{% block main %}{{ page.title|typo }}{% if entry is defined %}
{{ entry }}{{ entry.body|prose }}{% endif %}
{% endblock %}
"""


def write_every_kind(folder: Path) -> Path:
    """Write the site in `folder`; its letter is not sealed yet."""
    root = write_site(folder)
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    (root / "content/images/moities.png").write_bytes(encode(draw_halves(30, 20), "PNG"))
    names = [path.name for path in (ROOT / "templates").iterdir() if path.is_file()]
    shutil.rmtree(root / "templates")
    (root / "templates/assets/css").mkdir(parents=True)
    (root / "templates/assets/css/site.css").write_text("body { color: black; }\n")
    for name in names:
        (root / "templates" / name).write_text(_PAGE if name[0] != "_" else name)
    (root / "templates/base.html").write_text(_BASE)
    (root / "templates/courriel.html").write_text("<body>{{ page }}</body>")
    return root


@dataclass
class Script:
    """A site under edit: its folder, what draws at random, the day, and its files at first."""

    root: Path
    random: Random
    today: datetime.date = TODAY
    first: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for path in self.root.rglob("*"):
            if path.is_file():
                self.first[path.relative_to(self.root).as_posix()] = path.read_bytes()

    def edit(self) -> str:
        """Make an edit drawn at random; return its name."""
        names = list(EDITS)
        self.random.shuffle(names)
        return next(name for name in names if EDITS[name](self))

    def choose(self, pattern: str) -> Path | None:
        """Return a file drawn at random among those whose paths match a pattern, if any."""
        found = sorted(self.root.glob(pattern))
        return self.random.choice(found) if found else None


def _create(script: Script) -> bool:
    number = script.random.randrange(3)
    text = SMALL_FILES["catalysers/premier.md"].replace("Premier d'essai", f"Nouveau n° {number}")
    (script.root / f"catalysers/nouveau-{number}.md").write_text(text, encoding="utf-8")
    return True


def _append(pattern: str, *texts: str) -> Callable[[Script], bool]:
    """Return the edit that adds one of the texts at the end of a file."""

    def edit(script: Script) -> bool:
        if path := script.choose(pattern):
            with path.open("a", encoding="utf-8") as file:
                file.write(script.random.choice(texts))
        return path is not None

    return edit


def _replace(pattern: str, *pairs: tuple[str, str]) -> Callable[[Script], bool]:
    """Return the edit that replaces the first of two texts by the second, or back."""

    def edit(script: Script) -> bool:
        old, new = script.random.choice(pairs)
        path = script.choose(pattern)
        text = path.read_text("utf-8") if path else ""
        for one, other in ((old, new), (new, old)):
            if path and one in text:
                replace_in(path, one, other)
                return True
        return False

    return edit


def _rename(script: Script) -> bool:
    path = script.choose("c*/**/*.md")
    if path:
        path.rename(path.with_stem(f"{path.stem[:20]}-{script.random.randrange(9)}"))
    return path is not None


def _delete(script: Script) -> bool:
    path = script.choose("c*/**/*.md")
    if path:
        path.unlink()
    return path is not None


def _mend(script: Script) -> bool:
    """Put all content back as it was, but what is new."""
    for name, data in script.first.items():
        if not name.startswith("templates/"):
            (script.root / name).parent.mkdir(parents=True, exist_ok=True)
            (script.root / name).write_bytes(data)
    return True


def _draw_image(script: Script) -> bool:
    width, height = script.random.choice(((30, 20), (20, 30), (40, 40)))
    data = encode(draw_halves(width, height), "PNG")
    (script.root / "content/images/moities.png").write_bytes(data)
    return True


def _seal(script: Script) -> bool:
    """Seal the letter, unless a file that an earlier edit added or renamed is wrong."""
    _mend(script)
    report = check_site(script.root)
    if report.failed or report.site is None:
        return False
    return not seal(script.root, report.site, find_letter(report.site)).failed


def _change_day(script: Script) -> bool:
    script.today = TODAY + datetime.timedelta(days=script.random.randrange(-40, 90))
    return True


# Each returns whether it could be done.
EDITS: Mapping[str, Callable[[Script], bool]] = {
    "create": _create,
    "text": _append("[cn]*/**/*.md", "\nEncore.\n", "\n## Une *autre* partie\n\n- Un\n- Deux\n"),
    "key": _replace("catalysers/*.md", ("relation: cite", "relation: temoin"), ("Un ", "Un tel ")),
    "rename": _rename,
    "delete": _delete,
    "vocabulary": _replace("content/vocabulaires/acteurs.yaml", ("Acteur d", "Auteur d")),
    "image": _draw_image,
    "template": _append("templates/*.html", "\nUn mot.", "\n{{ page.address }}"),
    "style": _append("templates/assets/css/site.css", "p { margin: 0; }\n"),
    "settings": _replace("site.toml", ('court = "Essai"', 'court = "Autre"')),
    "seal": _seal,
    "day": _change_day,
    "slip": _append("[cn]*/**/*.md", "\n<b>gras</b>\n", "\n[lien](/nulle-part/)\n", "\n![](x.png)"),
    "broken header": _replace("c*/**/*.md", ("\n---\n", "\n--\n"), ("resume: ", "resum: ")),
    "mend": _mend,
}
