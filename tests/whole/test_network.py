"""Forty projects over sixty months: renamed, silent for long, the site moved to another domain.

In the pages as they are written, each update leads to the one before and to the one after of the
same project, whatever it was called, and no link is dead.
"""

from __future__ import annotations

import random
import re
import tempfile
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from build import KINDS
from maille.pipeline import Definition, Options, build_site
from tests.building import TODAY
from tests.doses import NETWORKS
from tests.small_site import write_small_site

PROJECTS, MONTHS = 40, 60
VIEWS = ("home", "terms", "entries", "letters", "feeds")
ATOM = "{http://www.w3.org/2005/Atom}"
MOVED = "https://ailleurs.example/reseau/"


@dataclass
class Project:
    """What was generated of a project: what it was called from each month on, when it was told."""

    slug: str
    names: list[tuple[int, str]]
    told: list[int] = field(default_factory=list)

    def name_in(self, month: int) -> str:
        return [name for since, name in self.names if since <= month][-1]


def month_of(number: int) -> str:
    return f"{2020 + number // 12}-{number % 12 + 1:02}"


def network(seed: int) -> list[Project]:
    dice = random.Random(seed)
    letters = sorted(dice.sample(range(MONTHS), dice.randint(MONTHS - 12, MONTHS)))
    projects = []
    for number in range(PROJECTS):
        changes = sorted(dice.sample(range(1, MONTHS), dice.choice((0, 0, 1, 3))))
        words = dice.choice(("Projet", "L'atelier d'à côté,", "Été n°", "« Le lieu »"))
        names = [(since, f"{words} {number} {rank}") for rank, since in enumerate((0, *changes))]
        often = dice.choice((0.0, 0.1, 0.5, 0.9))
        told = [month for month in letters if dice.random() < often]
        projects.append(Project(f"projet-{number}", names, told))
    return projects


def write(folder: Path, projects: list[Project], seed: int) -> Path:
    dice = random.Random(seed)
    root = write_small_site(folder)
    for project in projects:
        *former, (_, name) = project.names
        old = ", ".join(f'{{nom: "{one}"}}' for _, one in former)
        text = f'nom: "{name}"\nresume: Inventé.\nanciens_noms: [{old}]\nsources: [{{titre: S}}]'
        path = root / f"content/projets/{project.slug}.md"
        path.write_text(f"---\n{text}\n---\nTexte.\n", "utf-8")
    (root / "newsletters/2024-05.md").unlink()
    for month in {month for project in projects for month in project.told}:
        told = [project for project in projects if month in project.told]
        dice.shuffle(told)
        parts = (f"## {project.name_in(month)}\n\nDu neuf.\n" for project in told)
        head = f"---\nmois: {month_of(month)}\ntitre: Lettre\n---\n"
        path = root / f"newsletters/{month_of(month)}.md"
        path.write_text(head + "\n".join(parts), "utf-8")
    return root


class Strands(HTMLParser):
    """What a letter's page says of each part: its title by anchor, then where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.titles: dict[str, str] = {}
        self.links: dict[str, list[tuple[str, str]]] = {}
        self.ids: set[str] = set()
        # Where the list of those that no other letter tells of leads.
        self.once: list[str] = []
        self._anchor = self._href = self._words = ""
        self._in_title = self._in_strand = self._in_once = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = {name: value or "" for name, value in attrs}
        self.ids.add(got.get("id", ""))
        if tag == "h2":
            self._anchor, self._in_title = got.get("id", ""), True
            self.titles[self._anchor] = ""
        elif tag == "ul" and got.get("class") == "strand":
            self._in_strand = True
            self.links[self._anchor] = []
        elif tag == "p":
            self._in_once = got.get("class") == "strand"
        elif tag == "a" and self._in_once:
            self.once.append(got["href"])
        elif tag == "li":
            self._words = ""
        elif tag == "a" and self._in_strand:
            self.links[self._anchor].append((self._words.split()[0], got["href"]))

    def handle_endtag(self, tag: str) -> None:
        self._in_title = self._in_title and tag != "h2"
        self._in_strand = self._in_strand and tag != "ul"

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.titles[self._anchor] += data
        self._words += data


def plain(name: str) -> str:
    """Return a name without what typography changes in it."""
    return re.sub(r"[\s\u00a0\u202f]", "", name).replace("’", "'")


def check(output: Path, base: str, projects: list[Project]) -> None:
    letters = output / "lettres"
    pages = {
        path.parent.name: Strands(path.read_text("utf-8")) for path in letters.glob("*/index.html")
    }
    anchors = {
        (month, plain(title)): anchor
        for month, one in pages.items()
        for anchor, title in one.titles.items()
    }

    def place(project: Project, month: int) -> str:
        anchor = anchors[month_of(month), plain(project.name_in(month))]
        return f"{base}lettres/{month_of(month)}/#{anchor}"

    for project in projects:
        for rank, month in enumerate(project.told):
            around = {
                "Précédemment": project.told[rank - 1 : rank] if rank else [],
                "Depuis,": project.told[rank + 1 : rank + 2],
            }
            expected = [(w, place(project, there)) for w, near in around.items() for there in near]
            page = pages[month_of(month)]
            name, whole = project.name_in(month), f"{base}projets/{project.slug}/"
            assert (whole in page.once) == (len(project.told) == 1), (project, month)
            links = page.links.get(anchors[month_of(month), plain(name)], [])
            if len(project.told) > 1 or name != project.names[-1][1]:
                assert links.pop()[1] == whole
            assert links == expected, (project, month)
    for one in pages.values():
        for _, link in (link for links in one.links.values() for link in links):
            parts = urlsplit(link.removeprefix(base))
            assert (output / parts.path / "index.html").is_file(), link
            assert not parts.fragment or parts.fragment in pages[parts.path.split("/")[1]].ids


def ids(output: Path) -> dict[str, list[str]]:
    return {
        path.relative_to(output).as_posix(): [
            str(one.text) for one in ElementTree.parse(path).iterfind(f"{ATOM}entry/{ATOM}id")
        ]
        for path in sorted(output.glob("projets/*/flux.xml"))
    }


@settings(max_examples=NETWORKS, phases=[Phase.generate])
@given(st.integers(0, 2**32))
def test_every_update_leads_to_its_neighbours_before_and_after_a_move(seed: int) -> None:
    projects = network(seed)
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder) / "site", projects, seed)
        found: list[dict[str, list[str]]] = []
        for base in ("/", MOVED):
            output = Path(folder) / f"output{len(found)}"
            options = Options(root, output, base_url=base, today=TODAY)
            report = build_site(Definition(KINDS, VIEWS), options)
            assert not report.failed, report.problems
            check(output, urlsplit(base).path, projects)
            found.append(ids(output))
        assert found[0] == found[1]
        for project in projects:
            assert len(found[0][f"projets/{project.slug}/flux.xml"]) == len(project.told)
