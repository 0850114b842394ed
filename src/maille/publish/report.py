"""The report of a build: what became of each file that was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass, field

from maille.content.discover import CONFIG_FILE, FoundFiles
from maille.content.documents import SourceFile
from maille.content.downloads import make_address
from maille.content.images import Album, make_name
from maille.problems import Problem, select_errors, sort_problems
from maille.publish.write import Published
from maille.schema.kind import Entry
from maille.site.downloads import index_downloads
from maille.site.examples import list_made
from maille.site.model import Held, Site


@dataclass(frozen=True, slots=True)
class Report:
    """What a build found and did. A file of content is faulty, held, ignored or in `counts`.

    `counts` has the number of files per kind, and of images, documents to download and seals;
    examples are counted apart, as « catalyser d'exemple ». `examples` is the number of examples
    without a file. `read` is the number of files found. `unknowns` has (file, fact in French) for
    each missing fact. `seen` are the warnings that editors have marked « vu ».
    """

    problems: tuple[Problem, ...]
    faulty: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()
    ignored: tuple[tuple[str, str], ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    read: int = 0
    examples: int = 0
    unknowns: tuple[tuple[str, str], ...] = ()
    published: Published | None = None
    site: Site | None = None
    seen: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        """Return whether there is an error, which keeps the site from being published."""
        return bool(select_errors(self.problems))


@dataclass(frozen=True, slots=True)
class _Use:
    """Files by use: used by a published text, by unpublished texts only, or by no text."""

    used: tuple[str, ...]
    held: tuple[Held, ...]
    unused: tuple[tuple[str, str], ...]


def make_report(
    files: FoundFiles,
    entries: tuple[Entry, ...],
    album: Album,
    problems: tuple[Problem, ...],
    *,
    site: Site | None = None,
    published: Published | None = None,
) -> Report:
    """Return the report of a build, in which each file is faulty, held, ignored or counted."""
    held = site.held if site else ()
    wrong = {problem.path for problem in select_errors(problems)}
    waiting = {entry.path for entry in held} - wrong
    shown = {entry.path for entry in entries} - wrong - waiting
    images = _sort_images(files, album, wrong, shown)
    downloads = _sort_downloads(files, entries, wrong, shown)
    seals = [file.path for file in files.seals if file.path not in wrong]
    others = (*files.images, *files.downloads, *files.seals)
    without_error = {*shown, *waiting, *(file.path for file in others if file.path not in wrong)}
    unknowns = _list_unknowns(site, problems)
    return Report(
        sort_problems(problems),
        (
            *(file.path for file in _list_files(files) if file.path not in without_error),
            *(problem.path for problem in files.problems),
        ),
        (*(entry for entry in held if entry.path in waiting), *images.held, *downloads.held),
        (*files.ignored, *images.unused, *downloads.unused),
        Counter(
            (
                *(_name_count(entry) for entry in entries if entry.path in shown),
                *("image" for _ in images.used),
                *("document" for _ in downloads.used),
                *("scelle" for _ in seals),
            )
        ),
        sum(map(len, (_list_files(files), files.ignored, files.problems))),
        len(list_made(site)) if site else 0,
        (*unknowns, *((e.path, words) for e in entries for words in e.list_unknowns())),
        published,
        site,
    )


def _list_unknowns(site: Site | None, problems: Iterable[Problem]) -> tuple[tuple[str, str], ...]:
    """Return (file, fact in French) for each fact missing from `site.toml`; () if it has errors."""
    if site is None or any(one.path == CONFIG_FILE for one in select_errors(problems)):
        return ()
    return tuple((CONFIG_FILE, words) for words in site.config.list_unknowns())


def _list_files(files: FoundFiles) -> tuple[SourceFile, ...]:
    return (*files.sources, *files.images, *files.downloads, *files.seals)


def _name_count(entry: Entry) -> str:
    return f"{entry.kind_name} d'exemple" if entry.is_example else entry.kind_name


def _sort_images(
    files: FoundFiles, album: Album, wrong: Container[str], published: Collection[str]
) -> _Use:
    """Sort the images without error by use; `published` are the paths of the published texts."""
    users = {one.path: album.shown_by[make_name(one.path)] for one in files.images}
    right = {path: texts for path, texts in users.items() if path not in wrong}
    reasons = ("le texte qui la montre n'est pas publié", "aucun texte ne montre cette image")
    return _sort_by_use(right, published, reasons)


def _sort_downloads(
    files: FoundFiles,
    entries: Iterable[Entry],
    wrong: Container[str],
    published: Collection[str],
) -> _Use:
    """Sort the documents without error by use; `published` are the paths of published texts."""
    named = index_downloads(entries)
    paths = [one.path for one in files.downloads if one.path not in wrong]
    users = {path: named.get(make_address(path), frozenset()) for path in paths}
    reasons = ("la fiche qui le nomme n'est pas publiée", "aucune fiche ne nomme ce document")
    return _sort_by_use(users, published, reasons)


def _sort_by_use(
    users: Mapping[str, Collection[str]], published: Collection[str], reasons: tuple[str, str]
) -> _Use:
    """Sort files by use. `users` has, for the path of each file, the paths of texts that use it.

    `reasons` say why a file used only by unpublished texts is held, and why an unused file is
    ignored.
    """
    used = {path for path, texts in users.items() if not set(texts).isdisjoint(published)}
    held, unused = reasons
    return _Use(
        tuple(path for path in users if path in used),
        tuple(Held(path, held) for path, texts in users.items() if texts and path not in used),
        tuple((path, unused) for path, texts in users.items() if not texts),
    )
