"""The way from a folder of Markdown to a published site, one step after the other.

discover → parse → validate → assemble → plan → verify → (the gate) → render → write
"""

from __future__ import annotations

import datetime
import importlib.resources
import zoneinfo
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from maille import kinds, vendor, views
from maille.assemble import Frame, assemble
from maille.assets import addresses
from maille.config import Config, read_config
from maille.discover import CONFIG_FILE, Found, discover, read_config_file, read_folder
from maille.geo import Gazetteer
from maille.kind import Entry, Kind
from maille.parse import parse
from maille.plan import plan
from maille.problems import Problem, errors, ordered
from maille.render import render
from maille.site import Held, Site
from maille.validate import validate
from maille.verify import verify
from maille.write import Published, publish, recover


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
    """What a build found and did. Every file read is in exactly one of the four groups."""

    problems: tuple[Problem, ...]
    faulty: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()
    ignored: tuple[tuple[str, str], ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    read: int = 0
    unknowns: tuple[tuple[str, str], ...] = ()
    published: Published | None = None

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
    if options.publish:
        recover(options.output)
    site_kinds = kinds.load(definition.kinds)
    config, config_problems = read_config(read_config_file(options.root))

    watch("discover")
    found = discover(options.root, site_kinds)
    watch("parse")
    documents, parse_problems = parse(found.sources, options.processes)
    watch("validate")
    validated = validate(documents, site_kinds)
    early = (*config_problems, *found.problems, *parse_problems, *validated.problems)
    if config is None:
        return _report(found, early, validated.entries)

    watch("assemble")
    frame = _frame(config, site_kinds, options)
    unread = {source.path for source in found.sources} - {read.path for read in documents}
    site, assemble_problems = assemble(validated, unread, frame)
    watch("plan")
    assets = read_folder(options.root / "templates" / "assets")
    asset_addresses = addresses(assets)
    by_address = {asset_addresses[path]: data for path, data in assets.items()}
    plans = plan(site, views.load(definition.views), by_address)
    watch("verify")
    problems = ordered((*early, *assemble_problems, *verify(plans, site)))
    if errors(problems) or not options.publish:
        return _report(found, problems, validated.entries, site=site)

    watch("render")
    templates = options.root / "templates"
    artefacts = render(plans, site, templates, asset_addresses, options.processes)
    watch("write")
    published = publish(artefacts, options.output, protected=options.root)
    return _report(found, problems, validated.entries, site=site, published=published)


def _frame(config: Config, site_kinds: tuple[Kind, ...], options: Options) -> Frame:
    return Frame(
        config,
        tuple(config.naming(kind) for kind in site_kinds),
        _gazetteer(),
        _today(options, config),
        options.with_drafts,
        vendor.read(),
        options.base_url,
    )


def _gazetteer() -> Gazetteer:
    data = importlib.resources.files("maille") / "data"
    names = ("communes.tsv.xz", "territoires.json", "departements.geojson")
    return Gazetteer.read(*((data / name).read_bytes() for name in names))


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
    *,
    site: Site | None = None,
    published: Published | None = None,
) -> Report:
    held = site.held if site else ()
    wrong = {problem.path for problem in errors(problems)}
    good = {entry.path for entry in entries} - wrong
    waiting = {one.path for one in held} & good
    return Report(
        ordered(problems),
        tuple(source.path for source in found.sources if source.path not in good),
        tuple(one for one in held if one.path in waiting),
        found.ignored,
        Counter(entry.kind_name for entry in entries if entry.path in good - waiting),
        len(found.sources) + len(found.ignored),
        (*_unknowns(site), *((e.path, words) for e in entries for words in e.unknowns())),
        published,
    )
