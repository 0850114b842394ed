"""The way from a folder of Markdown to a published site, one step after the other.

discover → parse → illustrate → validate → assemble → plan → verify → (the gate) → render → write
"""

from __future__ import annotations

import datetime
import functools
import importlib.resources
import zoneinfo
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from maille import kinds, views
from maille.content.discover import (
    CONFIG_FILE,
    Found,
    discover,
    folders_of,
    read_config_file,
    read_folder,
)
from maille.content.documents import SourceFile
from maille.content.illustrate import illustrate
from maille.content.images import Album, name_at
from maille.content.parse import parse
from maille.gazetteer import Gazetteer
from maille.problems import Problem, errors, ordered
from maille.publish import leaflet
from maille.publish.assets import assign_addresses, remove_comments
from maille.publish.render import RenderOptions, compile_templates, render
from maille.publish.write import Published, publish, recover, refuse_inside
from maille.schema.kind import Entry, Kind
from maille.schema.validate import validate
from maille.site.assemble import Frame, assemble
from maille.site.config import Config, read_config
from maille.site.model import Held, Site
from maille.site.sealed_letters import Seal, check_letters, mended_elsewhere, read_seals
from maille.views.plan import plan
from maille.views.verify import verify
from maille.workers import start_in_process


@dataclass(frozen=True, slots=True)
class Definition:
    """What a site is made of: the names of its kinds and of its views, in order."""

    kinds: tuple[str, ...]
    views: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: from where, to where, under which address, as of which day.

    Without `today`, it is the day of `now` where the site is, never where the machine thinks it is.
    `processes` share the longest steps.
    """

    root: Path
    output: Path
    base_url: str = "/"
    today: datetime.date | None = None
    now: datetime.datetime | None = None
    with_drafts: bool = False
    publish: bool = True
    processes: int = 1


@dataclass(frozen=True, slots=True)
class Report:
    """What a build found and did. Every file read is in exactly one of the four groups.

    `counts` tell examples apart, under the name of their kind followed by « d'exemple ».
    """

    problems: tuple[Problem, ...]
    faulty: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()
    ignored: tuple[tuple[str, str], ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    read: int = 0
    unknowns: tuple[tuple[str, str], ...] = ()
    published: Published | None = None
    site: Site | None = None

    @property
    def failed(self) -> bool:
        """Return whether a problem kept the site from being published."""
        return bool(errors(self.problems))


def build_site(
    definition: Definition, options: Options, watch: Callable[[str], None] = lambda _: None
) -> Report:
    """Build the site of `options.root`, and publish it unless something is wrong.

    On an error nothing is written. `watch` is told the name of each step as it begins. Raises
    OSError or `write.WriteError` when a file cannot be read or written; any other exception is a
    bug of ours.
    """
    site_kinds = kinds.load(definition.kinds)
    if options.publish:
        _make_sure_of_the_output(options, site_kinds)
    templates = options.root / "templates"
    bytecode = start_in_process(
        functools.partial(compile_templates, templates, _bytecode()), options.processes
    )
    config, config_problems = read_config(read_config_file(options.root))

    watch("discover")
    found = discover(options.root, site_kinds)
    watch("parse")
    texts, parse_problems = parse(found.sources, options.processes, gazetteer)
    documents, album, image_problems = illustrate(texts, found.images)
    watch("validate")
    validated = validate(documents, site_kinds)
    read = (*config_problems, *found.problems, *found.notes, *parse_problems, *image_problems)
    seals, early = _sealed(found, (*read, *validated.problems))
    if config is None:
        return _report(found, early, validated.entries, album)

    watch("assemble")
    frame = _frame(config, site_kinds, options, album, seals)
    unread = {source.path for source in found.sources} - {text.path for text in texts}
    site, assemble_problems = assemble(validated, unread, frame)
    watch("plan")
    asset_addresses, assets = _assets(templates)
    plans = plan(site, views.load(definition.views), assets)
    watch("verify")
    problems = ordered((*early, *mended_elsewhere(seals, assemble_problems, verify(plans, site))))
    if errors(problems) or not options.publish:
        return _report(found, problems, validated.entries, album, site=site)

    watch("render")
    _bytecode().update(bytecode() or compile_templates(templates, _bytecode()))
    drawing = RenderOptions(options.processes, _bytecode())
    artefacts, faults = render(plans, site, templates, asset_addresses, drawing)
    watch("write")
    done = None if faults else publish(artefacts, options.output, protected=options.root)
    return _report(found, (*problems, *faults), validated.entries, album, site=site, published=done)


def _sealed(
    found: Found, known: tuple[Problem, ...]
) -> tuple[Mapping[str, Seal], tuple[Problem, ...]]:
    """Return the sealed letters by month; the problems, with what is not as it was in those."""
    seals, problems = read_seals(found.seals, {one.path: one.data for one in found.images})
    texts = {source.path: source.data for source in found.sources}
    return seals, (*known, *problems, *check_letters(seals.values(), texts))


def _assets(templates: Path) -> tuple[Mapping[str, str], Mapping[str, bytes]]:
    """Return the address of each asset by its path, and its bytes by its address."""
    assets = remove_comments(read_folder(templates / "assets"))
    asset_addresses = assign_addresses(assets)
    return asset_addresses, {asset_addresses[path]: data for path, data in assets.items()}


def _make_sure_of_the_output(options: Options, site_kinds: tuple[Kind, ...]) -> None:
    folders = ("templates", *folders_of(site_kinds))
    refuse_inside(options.output, [options.root / folder for folder in folders])
    recover(options.output)


def _frame(
    config: Config,
    site_kinds: tuple[Kind, ...],
    options: Options,
    album: Album,
    seals: Mapping[str, Seal],
) -> Frame:
    return Frame(
        config,
        tuple(config.naming(kind) for kind in site_kinds),
        gazetteer(),
        _today(options, config),
        options.with_drafts,
        leaflet.read_libraries(),
        options.base_url,
        album,
        seals,
    )


@functools.cache  # a process that builds again compiles only the templates that changed
def _bytecode() -> dict[str, bytes]:
    return {}


@functools.cache  # a process that builds again reads it once
def gazetteer() -> Gazetteer:
    """Return the places of France, from the files of this package, ready to be looked for."""
    data = importlib.resources.files("maille") / "data"
    names = ("communes.tsv.xz", "territoires.json", "departements.geojson")
    found = Gazetteer.read(*((data / name).read_bytes() for name in names))
    assert found.communes.by_name  # made when first asked for
    return found


def _today(options: Options, config: Config) -> datetime.date:
    if options.today:
        return options.today
    assert options.now, "a build needs a day"
    return options.now.astimezone(zoneinfo.ZoneInfo(config.time_zone)).date()


def _unknowns(site: Site | None) -> tuple[tuple[str, str], ...]:
    return tuple((CONFIG_FILE, words) for words in site.config.unknowns()) if site else ()


def _report(
    found: Found,
    problems: tuple[Problem, ...],
    entries: tuple[Entry, ...],
    album: Album,
    *,
    site: Site | None = None,
    published: Published | None = None,
) -> Report:
    held = site.held if site else ()
    wrong = {problem.path for problem in errors(problems)}
    good = {entry.path for entry in entries} - wrong
    waiting = {one.path for one in held} & good
    published_paths = good - waiting
    texts = [entry for entry in entries if entry.path in published_paths]
    images = [image.path for image in found.images if image.path not in wrong]
    seals = [file.path for file in found.seals if file.path not in wrong]
    kept = {*good, *images, *seals}
    shown, idle, unseen = _fates(images, album, published_paths)
    return Report(
        ordered(problems),
        (
            *(one.path for one in _read_files(found) if one.path not in kept),
            *(problem.path for problem in found.problems),
        ),
        (*(one for one in held if one.path in waiting), *idle),
        (*found.ignored, *unseen),
        Counter((*map(_counted, texts), *("image" for _ in shown), *("scelle" for _ in seals))),
        sum(map(len, (_read_files(found), found.ignored, found.problems))),
        (*_unknowns(site), *((e.path, words) for e in entries for words in e.unknowns())),
        published,
        site,
    )


def _read_files(found: Found) -> tuple[SourceFile, ...]:
    return (*found.sources, *found.images, *found.seals)


def _counted(entry: Entry) -> str:
    return f"{entry.kind_name} d'exemple" if entry.is_example else entry.kind_name


def _fates(
    images: Iterable[str], album: Album, published: Container[str]
) -> tuple[list[str], list[Held], list[tuple[str, str]]]:
    """Return the images (by path) that are published, that wait with their texts, that none shows.

    `published` are the paths of the texts that are.
    """
    shown: list[str] = []
    idle: list[Held] = []
    unseen: list[tuple[str, str]] = []
    for path in images:
        texts = album.shown_by[name_at(path)]
        if any(text in published for text in texts):
            shown.append(path)
        elif texts:
            idle.append(Held(path, "le texte qui la montre n'est pas publié"))
        else:
            unseen.append((path, "aucun texte ne montre cette image"))
    return shown, idle, unseen
