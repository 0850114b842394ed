"""`envois/`: where the mail of a letter is put, for whatever sends it. Nothing is sent here."""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from maille.clients import check_mail, read_table
from maille.issue import issue_of
from maille.kinds.newsletter import Newsletter
from maille.mailing import HEAVY, files
from maille.message import quoted
from maille.model import Artefact
from maille.problems import Level, Problem, errors
from maille.render import render
from maille.site import PagePlan, Site
from maille.write import publish

FOLDER = "envois"
TABLE = "courriel.json"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A mail: its folder from the root, its files by name, what there is to tell of it.

    With an error among the problems, nothing was written.
    """

    folder: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def for_writers(self) -> tuple[Problem, ...]:
        """Return what a writer can act on: what nobody has tried is for whoever sends."""
        return tuple(one for one in self.problems if one.level is Level.ERROR or one.key == "poids")

    @property
    def failed(self) -> bool:
        """Return whether a problem kept the mail from being written."""
        return bool(errors(self.problems))


class _TemplateError(Exception):
    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__()
        self.problems = problems


def pack(root: Path, site: Site, letter: Newsletter) -> Parcel:
    """Write the mail of a letter in its folder of `envois/`, all its files or none.

    Raise `write.WriteError` when the disk or a folder that is not ours stands in the way.
    """
    mail = composed(root, site, letter)
    if not mail.failed:
        (root / FOLDER).mkdir(exist_ok=True)
        written = (Artefact(name, data) for name, data in mail.files.items())
        publish(written, root / mail.folder, protected=root)
    return mail


def composed(root: Path, site: Site, letter: Newsletter) -> Parcel:
    """Return the mail of a letter, with what there is to tell of it; nothing is written."""
    folder = f"{FOLDER}/{letter.slug}"

    def draw(plan: PagePlan) -> str:
        made, problems = render([plan], site, root / "templates", {})
        if problems:
            raise _TemplateError(problems)
        return made[0].data.decode()

    try:
        made = files(site, issue_of(site, letter), draw)
    except _TemplateError as error:
        return Parcel(folder, problems=error.problems)
    return Parcel(folder, made, (*_heavy(folder, made), *_supported(folder, made)))


def _heavy(folder: str, made: Mapping[str, bytes]) -> Iterator[Problem]:
    for name, data in made.items():
        weight = len(quoted(data.decode())) if name.endswith(".html") else 0
        if weight > HEAVY:
            message = f"ce courriel pèse {weight // 1000} ko : Gmail le couperait"
            hint = f"restez sous {HEAVY // 1000} ko : coupez la lettre en deux, ou résumez"
            yield Problem(f"{folder}/{name}", 0, 0, "poids", message, hint, Level.WARNING)


def _supported(folder: str, made: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield what some mailboxes would not show as it is meant."""
    table = read_table((importlib.resources.files("maille") / "data" / TABLE).read_bytes())
    for name, data in made.items():
        if name.endswith(".html"):
            found = check_mail(data.decode(), table)
            yield from (one.problem(f"{folder}/{name}") for one in found)
