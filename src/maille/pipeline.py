"""Turn a folder of Markdown into a published site, step by step.

discover → parse → illustrate → validate → assemble → plan → verify →
(the gate: stop if there is an error) → render → write
"""

from __future__ import annotations

import contextlib
import datetime
import functools
import importlib.resources
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from maille import kinds, views
from maille.cache.store import Store, Stores, open_stores
from maille.content.discover import (
    FoundFiles,
    discover,
    find_special_files,
    read_addresses_file,
    read_config_file,
    read_folder,
    read_published_list,
)
from maille.content.documents import Document, drop_doubtful
from maille.content.downloads import Downloads, check_downloads
from maille.content.folders import list_folders
from maille.content.illustrate import illustrate
from maille.content.images import Album
from maille.content.parse import KnownFiles, parse
from maille.content.seen_marks import split_seen
from maille.gazetteer import Gazetteer
from maille.outlines import OUTLINE_FILES
from maille.problems import Level, Problem, select_errors, soften, sort_problems
from maille.publish import leaflet
from maille.publish.artefact import Artefact
from maille.publish.assets import prepare_assets
from maille.publish.render import RenderOptions, compile_templates, render
from maille.publish.report import Report, make_report
from maille.publish.write import Published, publish, recover, refuse_inside
from maille.schema.kind import Kind, Validated
from maille.schema.validate import explain_lost_signs, validate
from maille.site.addresses import Addresses, read_addresses, update_documents
from maille.site.assemble import BuildInputs, assemble
from maille.site.config import Config, read_config
from maille.site.examples import Wanted, find_wanted
from maille.site.lost_entries import gather_lost
from maille.site.model import Site
from maille.site.published_addresses import read_list
from maille.site.sealed_letters import Seal, check_letters, read_seals, redirect_hints
from maille.site.waiting import check_ahead
from maille.text.time_zones import load_zone
from maille.views.plan import plan
from maille.views.plans import LatePlan, Plan
from maille.views.verify import verify
from maille.workers import start_in_process


@dataclass(frozen=True, slots=True)
class Definition:
    """The names of the site's kinds and views, in order."""

    kinds: tuple[str, ...]
    views: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """The folders to read and write, the address of the site, the day, the number of processes.

    Without `today`, the day is the date of `now` in the site's time zone, not the machine's.
    `published` is the file that lists the addresses of the last publication; if it is None or does
    not exist, no addresses are compared. Without `with_examples`, no examples are made. `cache` is
    the folder that keeps what builds made; if it is None, nothing is kept or reused.
    """

    root: Path
    output: Path
    base_url: str = "/"
    today: datetime.date | None = None
    now: datetime.datetime | None = None
    with_drafts: bool = False
    publish: bool = True
    processes: int = 1
    published: Path | None = None
    with_examples: bool = True
    cache: Path | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A site read, linked, planned and checked: all that a build does before it renders.

    `report` has the problems; with an error among them, `plans` must not be rendered.
    `asset_addresses` maps the paths of assets to their addresses. `finish_compiling` returns the
    bytecode of the templates (see `_start_compiling`). `stores` keep what builds made.
    """

    report: Report
    site: Site
    plans: tuple[Plan, ...]
    asset_addresses: Mapping[str, str]
    finish_compiling: Callable[[], dict[str, bytes]]
    stores: Stores


def build_site(
    definition: Definition, options: Options, watch: Callable[[str], None] = lambda _: None
) -> Report:
    """Build the site of `options.root`; publish it if `options.publish` and there is no error.

    `watch` is called with the name of each step as it begins, except `illustrate`. Raises OSError
    or `write.WriteError` when a file cannot be read or written.
    """
    if options.publish:
        _prepare_output(options, kinds.load(definition.kinds))
    prepared = prepare_site(definition, options, watch)
    report, site = prepared.report, prepared.site
    # The gate: with an error, nothing is rendered or written.
    if report.failed or not options.publish:
        return report

    watch("render")
    templates = options.root / "templates"
    render_options = RenderOptions(options.processes, prepared.finish_compiling(), prepared.stores)
    results = render(prepared.plans, site, templates, prepared.asset_addresses, render_options)
    with contextlib.closing(results):
        try:
            published = _publish(_keep_artefacts(results, watch), options, site.config)
        except _TemplatesError as error:
            return replace(report, problems=sort_problems((*report.problems, *error.problems)))
    _forget_unused(prepared, templates)
    return replace(report, published=published)


class _TemplatesError(Exception):
    """Some templates failed: `problems` say why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__()
        self.problems = tuple(problems)


def _keep_artefacts(
    results: Iterator[Artefact | Problem], watch: Callable[[str], None]
) -> Iterator[Artefact]:
    """Return an iterator over the files in `results`.

    Raises _TemplatesError if there are problems: at once if the first result is one, else at the
    end of the iterator. No file follows a problem. The first result is made at once: the other
    processes then start before the output is locked (they would inherit the lock), and nothing is
    written if a template does not compile. `watch` is called with "write" after the last file, if
    there is no problem.
    """
    first = [*itertools.islice(results, 1)]

    def iterate() -> Iterator[Artefact]:
        problems = []
        for result in itertools.chain(first, results):
            if isinstance(result, Problem):
                problems.append(result)
            elif not problems:
                yield result
        if problems:
            raise _TemplatesError(problems)
        watch("write")

    if any(isinstance(one, Problem) for one in first):
        raise _TemplatesError(one for one in (*first, *results) if isinstance(one, Problem))
    return iterate()


def prepare_site(
    definition: Definition,
    options: Options,
    watch: Callable[[str], None] = lambda _: None,
    known: KnownFiles | None = None,
) -> Prepared:
    """Return the site of `options.root` up to the gate: read, linked, planned and checked.

    `watch` is called with the name of each step as it begins, except `illustrate`. `known` has what
    `parse` gave for files, and is updated. Raises OSError when a file cannot be read.
    """
    site_kinds = kinds.load(definition.kinds)
    stores = open_stores(options.cache, options.root / "templates")
    linked, finish_compiling = _start_compiling(options.root, options.processes, stores.bytecode)
    config, addresses, config_problems = _read_settings(options, site_kinds)

    watch("discover")
    files = discover(options.root, site_kinds)
    watch("parse")
    parsed, parse_problems = parse(
        files.sources, options.processes, load_gazetteer, known, stores.documents
    )
    documents, attached, attached_problems = _attach(parsed, files)
    documents = update_documents(documents, addresses, config.address)
    watch("validate")
    validated = validate(documents, site_kinds)
    seals, seal_problems = _read_seals(files)
    text_problems = (*explain_lost_signs(parse_problems, documents, site_kinds),)
    text_problems = (*attached_problems, *text_problems, *validated.problems)
    other_problems = (*config_problems, *files.problems, *files.notes, *seal_problems, *linked)

    watch("assemble")
    frame = _make_frame(config, site_kinds, options, (*attached, seals, addresses))
    unread = {*files.missing, *(one.path for one in files.sources)} - {one.path for one in parsed}
    site, site_problems = assemble(validated, unread, frame)
    text_problems = soften(text_problems, _list_drafts(site))
    watch("plan")
    asset_files = {} if linked else read_folder(options.root / "templates/assets")
    asset_addresses, assets, missing = prepare_assets(asset_files)
    plans = plan(site, views.load(definition.views), assets, options.processes)
    watch("verify")
    check_on = functools.partial(_check_on, definition, validated, unread, (frame, assets))
    found = check_ahead(site, (*missing, *site_problems, *verify(plans, site)), check_on)
    problems = (*text_problems, *other_problems)
    problems = _merge(problems, _explain_found(site, documents, found, files))
    split = split_seen(problems, documents)
    report = make_report(files, validated.entries, attached[0], split.told, site=site)
    report = replace(report, seen=split.seen)
    return Prepared(report, site, plans, asset_addresses, finish_compiling, stores)


def _attach(
    parsed: Iterable[Document], files: FoundFiles
) -> tuple[tuple[Document, ...], tuple[Album, Downloads], tuple[Problem, ...]]:
    """Return the documents with their images in place, the images and PDFs, and the problems."""
    documents, album, image_problems = illustrate(parsed, files.images)
    downloads, download_problems = check_downloads(files.downloads)
    return documents, (album, downloads), (*image_problems, *download_problems)


def _start_compiling(
    root: Path, processes: int, store: Store | None
) -> tuple[tuple[Problem, ...], Callable[[], dict[str, bytes]]]:
    """Start compiling the templates in another process; return problems, and a function.

    The problems report links and special files among the templates: if there are any, nothing is
    started. The function waits for the other process, if one was started, and returns the bytecode
    of this build and of earlier builds in this process. `render` compiles what is missing.
    """
    linked = find_special_files(root, "templates")
    templates = root / "templates"
    bytecode = _keep_bytecode()
    compile_all = functools.partial(compile_templates, templates, bytecode, store)
    wait = start_in_process(compile_all, 1 if linked else processes)

    def finish() -> dict[str, bytes]:
        bytecode.update(wait() or {})
        return bytecode

    return linked, finish


def _read_settings(
    options: Options, site_kinds: Iterable[Kind]
) -> tuple[Config, Addresses, tuple[Problem, ...]]:
    """Return the settings of `site.toml`, the addresses, and the problems of the files read.

    The addresses are those of the entries that left or moved, and those of the last publication.
    """
    config, config_problems = read_config(read_config_file(options.root))
    renamed = [config.rename_kind(kind) for kind in site_kinds]
    addresses, address_problems = read_addresses(read_addresses_file(options.root), renamed)
    published, list_problems = read_list(read_published_list(options.published))
    addresses = replace(addresses, published=published)
    return config, addresses, (*config_problems, *address_problems, *list_problems)


def _list_drafts(site: Site) -> frozenset[str]:
    """Return the paths of the drafts that are not published: their faults are only warnings."""
    held = {one.path for one in site.held}
    return frozenset(one.path for one in site.aside if one.draft and one.path in held)


def _merge(problems: Iterable[Problem], found: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return all problems, sorted, without the warnings that are repeated as errors in `found`."""
    errors = tuple(found)
    raised = {replace(one, level=Level.WARNING) for one in select_errors(errors)}
    return sort_problems((*(one for one in problems if one not in raised), *errors))


def _lacks_folder(files: FoundFiles, site_kinds: Iterable[Kind]) -> bool:
    """Return whether the folder of a kind, or a folder above it, is not on this disk."""
    folders = [f"{kind.folder}/" for kind in site_kinds]
    return any(folder.startswith(f"{path}/") for path in files.elsewhere for folder in folders)


def _check_on(
    definition: Definition,
    validated: Validated,
    unread: Iterable[str],
    inputs: tuple[BuildInputs, Mapping[str, bytes]],
    day: datetime.date,
) -> tuple[Problem, ...]:
    """Return the problems that the site as a whole would have on another `day`.

    `inputs` are the inputs of `assemble`, and the assets.
    """
    frame, assets = inputs
    site, problems = assemble(validated, unread, replace(frame, today=day))
    return (*problems, *verify(plan(site, views.load(definition.views), assets), site))


def _explain_found(
    site: Site,
    documents: Iterable[Document],
    problems: Iterable[Problem],
    files: FoundFiles,
) -> Iterator[Problem]:
    """Yield the problems, except those on doubtful lines; in sealed letters, they get other hints.

    Several references to one lost file may become one problem (see `gather_lost`). If a whole
    folder is not on this disk, nothing is yielded: the files of that folder would be reported as
    lost.
    """
    if _lacks_folder(files, site.kinds):
        return iter(())
    every = tuple(documents)
    found = gather_lost(redirect_hints(site.seals, problems), site, every, files.notes)
    return iter(drop_doubtful(found, (*every, site.config)))


def _read_seals(files: FoundFiles) -> tuple[Mapping[str, Seal], tuple[Problem, ...]]:
    seals, problems = read_seals(files.seals, {image.path: image.data for image in files.images})
    texts = {source.path: source.data for source in files.sources}
    return seals, (*problems, *check_letters(seals.values(), texts))


def _publish(artefacts: Iterable[Artefact], options: Options, config: Config) -> Published:
    setting, admits = config.introduce_files(), config.may_publish
    output, root = options.output, options.root
    return publish(artefacts, output, protected=root, setting=setting, admits=admits)


def _forget_unused(prepared: Prepared, templates: Path) -> None:
    """Remove what the stores have of files and templates that this site no longer has."""
    files, bytecode = prepared.stores.files, prepared.stores.bytecode
    if files:
        files.keep_only(one.key for one in prepared.plans if isinstance(one, LatePlan))
    if bytecode:
        bytecode.keep_only(path.name.encode() for path in templates.iterdir())


def _prepare_output(options: Options, site_kinds: tuple[Kind, ...]) -> None:
    """Refuse an output inside content or `templates`; recover from an interrupted build."""
    folders = ("templates", *list_folders(site_kinds))
    refuse_inside(options.output, [options.root / folder for folder in folders])
    recover(options.output)


def _make_frame(
    config: Config,
    site_kinds: tuple[Kind, ...],
    options: Options,
    read: tuple[Album, Downloads, Mapping[str, Seal], Addresses],
) -> BuildInputs:
    album, downloads, seals, addresses = read
    return BuildInputs(
        config,
        tuple(config.rename_kind(kind) for kind in site_kinds),
        load_gazetteer(),
        _find_today(options, config),
        options.with_drafts,
        leaflet.read_libraries(),
        options.base_url,
        album,
        seals,
        addresses,
        examples=find_wanted(config) if options.with_examples else Wanted(),
        downloads=downloads,
        processes=options.processes,
    )


@functools.cache  # a process that builds again compiles only the templates that changed
def _keep_bytecode() -> dict[str, bytes]:
    """Return the dictionary that holds the bytecode of templates for the whole process."""
    return {}


@functools.cache  # a process that builds again reads the files once
def load_gazetteer() -> Gazetteer:
    """Return the places of France, from the data files of this package."""
    data = importlib.resources.files("maille") / "data"
    names = ("communes.tsv.xz", "territoires.json", *OUTLINE_FILES)
    gazetteer = Gazetteer.read(*((data / name).read_bytes() for name in names))
    assert gazetteer.communes.by_name  # builds the index now: processes forked later have it
    return gazetteer


def _find_today(options: Options, config: Config) -> datetime.date:
    if options.today:
        return options.today
    assert options.now, "a build needs a day"
    return options.now.astimezone(load_zone(config.time_zone)).date()
