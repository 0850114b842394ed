"""Step `render`: turn plans into files. Content is data for the templates, never code."""

from __future__ import annotations

import contextlib
import functools
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
import jinja2.bccache
from markupsafe import Markup, escape

from maille.cache.store import Store, Stores
from maille.content.documents import Body
from maille.formats.csp import format_policy
from maille.formats.qr_code import draw_qr_code
from maille.problems import Problem, sort_problems
from maille.publish.artefact import Artefact
from maille.publish.body_html import (
    add_base_path,
    format_for_mail,
    format_for_page,
    list_headings,
    stack_wide_tables,
)
from maille.publish.fast_environment import FastEnvironment
from maille.site.config import Config
from maille.site.model import Site
from maille.text.dates import (
    format_date,
    format_first_date,
    format_hour,
    format_iso,
    say_of,
    say_since,
)
from maille.text.time_zones import describe_zone
from maille.text.typography import typeset
from maille.text.urls import extract_base_path, make_absolute, make_file_path
from maille.views.contacts import find_reach
from maille.views.overview import SITE_MAP
from maille.views.plans import FilePlan, LatePlan, PagePlan, Plan
from maille.views.sentences import (
    capitalise,
    count_minutes,
    describe_gap,
    describe_records,
    describe_relation,
    describe_state,
    describe_when,
    name_records,
    name_zone,
    say_until,
    say_when,
)
from maille.views.terms import list_paged
from maille.views.territory.happenings import find_last_news
from maille.views.territory.presences import list_pages
from maille.workers import iterate_in_processes

# The maximum number of typeset texts in the cache: names and summaries appear on many pages.
TEXTS_KEPT = 20_000

# The functions of `_make_globals` that tell which terms and which territories have pages.
_ADDRESSES = ("list_paged", "territory_address")

_COMPARE = (
    "comparez-le à celui du logiciel : git diff maille/main -- templates (docs/reprendre.md, § 10)"
)


def compile_templates(
    templates: Path, before: Mapping[str, bytes] | None = None, store: Store | None = None
) -> dict[str, bytes]:
    """Compile the templates of a folder; return their bytecode, by template name, for `render`.

    `before` is the result of an earlier call: unchanged templates are not compiled again, nor are
    those that `store` has from an earlier build. A template that does not compile raises no error
    here; `render` reports it if a page uses it.
    """
    known = _BytecodeCache({**(before or {})}, store)
    environment = _make_environment(templates, known)
    # A template that uses an unknown filter does not compile. Only the filters' names matter here.
    environment.filters.update(_make_filters("/", "/"))
    for name in environment.list_templates(filter_func=lambda path: "/" not in path):
        with contextlib.suppress(jinja2.TemplateError, UnicodeDecodeError):
            environment.get_template(name)
    return known.bytecode


class _BytecodeCache(jinja2.BytecodeCache):
    """Bytecode of templates, in memory and in a store of earlier builds.

    Jinja checks that the bytecode was compiled from the same source, by the same version of Python.
    """

    def __init__(self, bytecode: dict[str, bytes], store: Store | None = None) -> None:
        """Use this dictionary of bytecode, by template name; new bytecode is added to it."""
        self.bytecode = bytecode
        self._store = store

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 - inherited
        """Return the template's name alone, so that copies of a folder share their bytecode."""
        return name

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if known := self.bytecode.get(bucket.key):
            bucket.code = _read_code(known, bucket.checksum)
        if bucket.code is None and self._store and (kept := self._store.get(bucket.key.encode())):
            bucket.code = _read_code(kept, bucket.checksum)
            self.bytecode[bucket.key] = kept

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self.bytecode[bucket.key] = compiled = bucket.bytecode_to_string()
        if self._store:
            self._store.put(bucket.key.encode(), compiled)


@functools.lru_cache(maxsize=128)  # later builds of a process usually have the same templates
def _read_code(bytecode: bytes, checksum: str) -> CodeType | None:
    """Return the code of a template, or None if its source does not have this checksum."""
    bucket = jinja2.bccache.Bucket(jinja2.Environment(autoescape=True), "", checksum)
    bucket.bytecode_from_string(bytecode)
    return bucket.code


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """How to render: the number of processes, the bytecode of templates already compiled, stores.

    `render` adds to `compiled` the bytecode of the templates that it compiles in this process.
    """

    processes: int = 1
    compiled: dict[str, bytes] = field(default_factory=dict)
    stores: Stores = field(default_factory=Stores)


def render(
    plans: Iterable[Plan],
    site: Site,
    templates: Path,
    asset_addresses: Mapping[str, str],
    options: RenderOptions | None = None,
) -> Generator[Artefact | Problem, None, None]:
    """Yield the files of the site as they are rendered, and the problems of templates that fail.

    There are no files if the template of a page does not compile. Otherwise, only the pages that
    fail are left out. Other processes start when the first result is asked for. Templates are the
    site's own files and may be older than the engine, so a missing name or a syntax error in a
    template is a problem to report.
    """
    options = options or RenderOptions()
    painter = make_painter(site, templates, asset_addresses, options.compiled, options.stores)
    plans = tuple(plans)
    if problems := painter.load_templates(plans):  # once, before processes are forked
        yield from problems
        return

    def share(some: Iterable[Plan]) -> Iterator[Artefact | Problem]:
        return (painter.draw(plan) for plan in some)

    for _, result in iterate_in_processes(share, plans, options.processes):
        yield result


@dataclass(frozen=True, slots=True)
class Painter:
    """Renders the files of a site; see `make_painter`."""

    environment: jinja2.Environment
    site: Site
    files: Store | None = None

    def load_templates(self, plans: Iterable[Plan]) -> tuple[Problem, ...]:
        """Load the template of each page; return a problem for each one that does not compile."""
        names = {plan.template for plan in plans if isinstance(plan, PagePlan)}
        problems = (_check_template(name, self.environment) for name in names)
        return sort_problems(problem for problem in problems if problem)

    def draw(self, plan: Plan) -> Artefact | Problem:
        """Return the file of a plan, or a problem if its template fails."""
        try:
            return _render_plan(plan, self)
        except jinja2.TemplateError as error:
            return _make_problem(error, plan.template if isinstance(plan, PagePlan) else "")

    def reuse_addresses(self, other: Painter) -> None:
        """Take the addresses of terms and territories from `other`, whose site has the same ones.

        Listing them takes longer than drawing a page.
        """
        known = other.environment.globals
        self.environment.globals |= {name: known[name] for name in _ADDRESSES}


def make_painter(
    site: Site,
    templates: Path,
    asset_addresses: Mapping[str, str],
    compiled: dict[str, bytes],
    stores: Stores = Stores(),  # noqa: B008 - frozen
) -> Painter:
    """Return the painter that renders the files of a site with the templates of a folder.

    `asset_addresses` has the address of each asset, by its path in templates/assets. `compiled` is
    the bytecode of templates, by name; the bytecode of other templates is added to it. What
    `stores` have from earlier builds is not made again.
    """
    environment = _make_environment(templates, _BytecodeCache(compiled, stores.bytecode))
    environment.filters.update(_make_filters(extract_base_path(site.base_url), site.published_at))
    environment.globals.update(_make_globals(site, asset_addresses))
    return Painter(environment, site, stores.files)


def _check_template(name: str, environment: jinja2.Environment) -> Problem | None:
    try:
        environment.get_template(name)
    except jinja2.TemplateError as error:
        return _make_problem(error, name)
    return None


def _make_problem(error: jinja2.TemplateError, template: str) -> Problem:
    """Return the problem of a template, at the line where Jinja failed; line 0 if unknown.

    `template` is the name of the template that was rendered: the error may be in another one.
    """
    line = 0
    if isinstance(error, jinja2.TemplateSyntaxError):
        template, line = error.name or template, error.lineno
    # Frames inside templates have the template's file name. The innermost one is where it failed.
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.endswith(".html") and not isinstance(error, jinja2.TemplateSyntaxError):
            template, line = Path(frame.filename).name, frame.lineno or 0
    message = f"ce gabarit ne va pas avec le logiciel : {error.message}"
    if isinstance(error, jinja2.TemplateNotFound):
        message = f"le gabarit « {error.name} » manque"
    return Problem(f"templates/{template}", message, _COMPARE, line=line)


def _make_environment(templates: Path, cache: _BytecodeCache | None = None) -> jinja2.Environment:
    return FastEnvironment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        optimized=False,  # pages are not slower to render, and templates are faster to compile
        auto_reload=False,
        bytecode_cache=cache,
    )


def _make_filters(base: str, published_at: str) -> Mapping[str, Callable[..., Any]]:
    return {
        "typo": _apply_typography,
        "prose": lambda body: format_for_page(body.html if isinstance(body, Body) else body, base),
        "headings": list_headings,
        "section_html": lambda section: format_for_page(section.html, base),
        "posted": lambda section: format_for_mail(section.html, published_at),
        "mailed": lambda section: stack_wide_tables(format_for_mail(section.html, published_at)),
        "date": format_date,
        "when": say_when,
        "of": say_of,
        "since": say_since,
        "until": say_until,
        "hour": format_hour,
        "zone": describe_zone,
        "opening": capitalise,
        "iso": format_iso,
    }


@functools.lru_cache(TEXTS_KEPT, typed=True)
def _apply_typography(text: object) -> Markup:
    return escape(typeset(str(text)))


def _make_globals(site: Site, asset_addresses: Mapping[str, str]) -> Mapping[str, Any]:
    base, published_at = extract_base_path(site.base_url), site.published_at
    fragments: dict[tuple[str, object], Markup] = {}
    pages = functools.cache(lambda: list_pages(site))

    def keep(name: str, varies: object, caller: Callable[[], Markup]) -> Markup:
        """Return a part that several pages share, rendered once for each value of `varies`.

        `name` is the name of the part, and `caller` renders it. `varies` is the key of an entry or,
        for the head and foot of pages, the result of `mark_current_links`.
        """
        key = (name, tuple(varies.values()) if isinstance(varies, Mapping) else varies)
        if key not in fragments:
            fragments[key] = caller()
        return fragments[key]

    return {
        "kept": keep,
        "site": site,
        "config": site.config,
        "today": site.today,
        "url": lambda address: add_base_path(address, base),
        "asset": lambda path: _find_asset(path, asset_addresses, base),
        "absolute": lambda address: make_absolute(address, published_at),
        "relation_sentence": lambda entry: describe_relation(entry, site),
        "record_words": name_records(site),
        "list_paged": lambda vocabulary: list_paged(site, vocabulary),
        "last_news": lambda project: find_last_news(site, project),
        "find_reach": lambda entry: find_reach(site, entry),
        "records_sentence": lambda: describe_records(site),
        "records_state": lambda: describe_state(site),
        "territory_address": lambda code: pages().get(code, ""),
        "moment": lambda entry: describe_when(entry, site),
        "first_date": format_first_date,
        "zone_name": lambda entry: name_zone(entry, site),
        "gap": describe_gap,
        "minutes": count_minutes,
        "qr": draw_qr_code,
    }


def _render_plan(plan: Plan, painter: Painter) -> Artefact:
    site = painter.site
    if isinstance(plan, FilePlan):
        return Artefact(make_file_path(plan.address), plan.data)
    if isinstance(plan, LatePlan):
        return Artefact(make_file_path(plan.address), _make_file(plan, painter.files))
    text = painter.environment.get_template(plan.template).render(
        **plan.make_context(),
        page=plan,
        here=mark_current_links(plan.address, site.config),
        policy=format_policy(plan.csp),
        canonical=site.make_absolute(plan.canonical or plan.address),
    )
    return Artefact(make_file_path(plan.address), text.encode())


def _make_file(plan: LatePlan, store: Store | None) -> bytes:
    """Return the bytes of a file, from the store if an earlier build made it."""
    if not store or not plan.key:
        return plan.make()
    if (kept := store.get(plan.key)) is None:
        kept = plan.make()
        store.put(plan.key, kept)
    return kept


def mark_current_links(address: str, config: Config) -> Mapping[str, str]:
    """Return the value of `aria-current` for each link of the head and foot of pages, by address.

    The value is "page" if the link is `address`, "true" if `address` is below the link (and the
    link is not "/"), else "".
    """
    links = ("/", SITE_MAP, *(item.address for item in (*config.menu, *config.foot)))
    return {
        link: "page" if link == address else "true" if _is_below(address, link) else ""
        for link in links
    }


def _is_below(address: str, link: str) -> bool:
    return link != "/" and address.startswith(link)


def _find_asset(path: str, known: Mapping[str, str], base: str) -> str:
    """Return the address of an asset, with the base path.

    `path` is the path of the asset in templates/assets, or its address without the base path.
    Raises TemplateRuntimeError if templates/assets has no such file.
    """
    if not path.startswith("/") and path not in known:  # a network's own templates may be older
        raise jinja2.TemplateRuntimeError(f"templates/assets/{path} manque")
    return add_base_path(path if path.startswith("/") else known[path], base)
