"""Step 7: from plans to bytes, through the templates. To them content is data, never code."""

from __future__ import annotations

import contextlib
import functools
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import jinja2.bccache
from markupsafe import Markup, escape

from maille.content.documents import Body
from maille.formats.csp import format_policy
from maille.problems import Problem, sort_problems
from maille.publish.artefact import Artefact
from maille.site.config import Config
from maille.site.model import Site
from maille.text.dates import format_date
from maille.text.typography import typeset, typeset_html
from maille.text.urls import extract_base_path, make_absolute, make_file_path
from maille.views.overview import SITE_MAP
from maille.views.plans import FilePlan, LatePlan, PagePlan, Plan
from maille.views.sentences import (
    capitalise,
    count_minutes,
    describe_gap,
    describe_relation,
    make_correction_url,
    say_until,
    say_when,
)
from maille.views.territory.presences import list_pages
from maille.workers import map_in_processes

# Names, summaries and the words around them come back on many pages.
TEXTS_KEPT = 20_000

# In pixels: what images of a mail may take of its 600, less the margins (courriel.html).
MAIL_COLUMN = 560

_COMPARE = (
    "comparez-le à celui du logiciel : git diff maille/main -- templates (docs/reprendre.md, § 10)"
)
_CANDIDATES = re.compile(r'(?<=<source srcset=")[^"]+')  # the files that a browser chooses from


def compile_templates(
    templates: Path, before: Mapping[str, bytes] | None = None
) -> Mapping[str, bytes]:
    """Compile the templates of a folder, and return the bytecode that `render` takes, by name.

    `before` is what an earlier call returned: a template whose text is the same is not compiled
    again. Templates that fail are left out; `render` reports them. Compiling takes as long as
    drawing some hundred pages, and can be done while content is read.
    """
    known = _BytecodeCache(before or {})
    environment = _make_environment(templates, known)
    environment.filters.update(
        _make_filters("/", "/")
    )  # a template with a filter that is not there fails
    for name in environment.list_templates(filter_func=lambda path: "/" not in path):
        with contextlib.suppress(jinja2.TemplateError, UnicodeDecodeError):
            environment.get_template(name)
    return known.bytecode


class _BytecodeCache(jinja2.BytecodeCache):
    """Templates that were compiled before, in memory. Jinja checks that their text is the same."""

    def __init__(self, bytecode: Mapping[str, bytes]) -> None:
        self.bytecode = {**bytecode}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 - inherited
        """Return the name alone: copies of a folder share what was compiled for one of them."""
        return name

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Fill the bucket if its template is known."""
        if known := self.bytecode.get(bucket.key):
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep what was compiled just now."""
        self.bytecode[bucket.key] = bucket.bytecode_to_string()


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """How to render: how many processes, and the bytecode from `compile_templates`, if any."""

    processes: int = 1
    compiled: Mapping[str, bytes] | None = None


def render(
    plans: Iterable[Plan],
    site: Site,
    templates: Path,
    asset_addresses: Mapping[str, str],
    drawing: RenderOptions | None = None,
) -> tuple[tuple[Artefact, ...], tuple[Problem, ...]]:
    """Return the files of the site, drawn as `drawing` says, and the templates that fail.

    Templates are the site's own files, which may be older than the engine: that one asks for what
    is not there, or is not well written, is told as a problem of it.
    """
    how = drawing or RenderOptions()
    environment = _make_environment(templates, _BytecodeCache(how.compiled or {}))
    environment.filters.update(_make_filters(extract_base_path(site.base_url), site.published_at))
    environment.globals.update(_make_globals(site, asset_addresses))
    every = tuple(plans)
    names = {plan.template for plan in every if isinstance(plan, PagePlan)}
    # Compiled here, once, for all processes.
    faults = [fault for name in sorted(names) if (fault := _check_template(name, environment))]
    if faults:
        return (), sort_problems(faults)

    def share(some: Iterable[Plan]) -> Iterator[Artefact | Problem]:
        return (_draw(plan, environment, site) for plan in some)

    done = map_in_processes(share, every, how.processes)
    problems = sort_problems(one for one in done if isinstance(one, Problem))
    return tuple(one for one in done if isinstance(one, Artefact)), problems


def _check_template(name: str, environment: jinja2.Environment) -> Problem | None:
    try:
        environment.get_template(name)
    except jinja2.TemplateError as error:
        return _make_problem(error, name)
    return None


def _draw(plan: Plan, environment: jinja2.Environment, site: Site) -> Artefact | Problem:
    try:
        return _render_plan(plan, environment, site)
    except jinja2.TemplateError as error:
        return _make_problem(error, plan.template if isinstance(plan, PagePlan) else "")


def _make_problem(error: jinja2.TemplateError, template: str) -> Problem:
    """Return what is wrong with a template, where Jinja met it."""
    line = 0
    if isinstance(error, jinja2.TemplateSyntaxError):
        template, line = error.name or template, error.lineno
    # Its frames are named after the templates: the last one is that of the mistake.
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.endswith(".html") and not isinstance(error, jinja2.TemplateSyntaxError):
            template, line = Path(frame.filename).name, frame.lineno or 0
    message = f"ce gabarit ne va pas avec le logiciel : {error.message}"
    if isinstance(error, jinja2.TemplateNotFound):
        message = f"le gabarit « {error.name} » manque"
    return Problem(f"templates/{template}", message, _COMPARE, line=line)


def _make_environment(templates: Path, cache: _BytecodeCache | None = None) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=cache,
    )


def _make_filters(base: str, whole: str) -> Mapping[str, Callable[..., Any]]:
    @functools.lru_cache(TEXTS_KEPT, typed=True)
    def apply_typography(text: object) -> Markup:
        return escape(typeset(str(text)))

    return {
        "typo": apply_typography,
        "prose": lambda body: _format_for_page(body.html if isinstance(body, Body) else body, base),
        "section_html": lambda section: _format_for_page(section.html, base),
        "posted": lambda section: _format_for_mail(section.html, whole),
        "date": format_date,
        "when": say_when,
        "until": say_until,
        "opening": capitalise,
        "iso": str,
    }


def _make_globals(site: Site, asset_addresses: Mapping[str, str]) -> Mapping[str, Any]:
    base, whole = extract_base_path(site.base_url), site.published_at
    fragments: dict[tuple[str, ...], Markup] = {}
    pages = functools.cache(lambda: list_pages(site))

    def keep(name: str, here: Mapping[str, str], caller: Callable[[], Markup]) -> Markup:
        """Return a part of the frame, drawn once for all pages that mark the same items."""
        key = (name, *here.values())
        if key not in fragments:
            fragments[key] = caller()
        return fragments[key]

    return {
        "kept": keep,
        "site": site,
        "config": site.config,
        "today": site.today,
        "url": lambda address: _add_base_path(address, base),
        "asset": lambda path: _find_asset(path, asset_addresses, base),
        "absolute": lambda address: make_absolute(address, whole),
        "relation_sentence": lambda entry: describe_relation(entry, site),
        "correction_url": lambda entry: make_correction_url(entry, site, whole),
        "territory_address": lambda code: pages().get(code, ""),
        "gap": describe_gap,
        "minutes": count_minutes,
    }


def _render_plan(plan: Plan, environment: jinja2.Environment, site: Site) -> Artefact:
    if isinstance(plan, FilePlan):
        return Artefact(make_file_path(plan.address), plan.data)
    if isinstance(plan, LatePlan):
        return Artefact(make_file_path(plan.address), plan.make())
    text = environment.get_template(plan.template).render(
        **plan.make_context(),
        page=plan,
        here=mark_current_links(plan.address, site.config),
        policy=format_policy(plan.csp),
        canonical=site.make_absolute(plan.address),
    )
    return Artefact(make_file_path(plan.address), text.encode())


def mark_current_links(address: str, config: Config) -> Mapping[str, str]:
    """Return, by address of the frame's links, what each is to a page, as `aria-current` says it.

    "page" if it leads to it, "true" if it leads to the part of the site that holds it, else "".
    """
    frame = ("/", SITE_MAP, *(item.address for item in (*config.menu, *config.foot)))
    return {
        known: "page" if known == address else "true" if _is_below(known, address) else ""
        for known in frame
    }


def _is_below(known: str, address: str) -> bool:
    return known != "/" and address.startswith(known)


def _add_base_path(address: str, base: str) -> str:
    """Return an address of the site with its base path; other addresses as they are."""
    return base + address[1:] if address.startswith("/") else address


def _find_asset(path: str, known: Mapping[str, str], base: str) -> str:
    """Return the address of an asset, by its path in templates/assets or by its address."""
    if not path.startswith("/") and path not in known:  # the engine asks for scripts by name
        raise jinja2.TemplateRuntimeError(f"templates/assets/{path} manque")
    return _add_base_path(path if path.startswith("/") else known[path], base)


def _format_for_mail(html: str, published_at: str) -> Markup:
    """Return the HTML of a body for a mail: whole addresses, images as all mailboxes have them."""
    whole = re.sub(r"<picture>.*?(<img [^>]*>)</picture>", r"\1", html, flags=re.DOTALL)
    whole = re.sub(r"<[^>]+ [^>]+>", lambda tag: _format_tag_for_mail(tag[0]), whole)
    whole = re.sub(
        r'(<(?:a href|img src)=")/', lambda at: at[1] + make_absolute("/", published_at), whole
    )
    # Outlook's engine reads attributes; code that does not wrap would widen the whole mail.
    whole = whole.replace("<table>", '<table width="100%" border="0" cellpadding="6">')
    whole = re.sub(r"<pre><code>(.*?)</code></pre>", _format_code, whole, flags=re.DOTALL)
    return Markup(typeset_html(whole))  # noqa: S704 - made by our converter, which lets no tag pass


def _format_tag_for_mail(tag: str) -> str:
    tag = re.sub(r' class="aligne-(\w+)"', r' align="\1"', tag)
    tag = re.sub(r' (?:loading|decoding|class)="[^"]*"', "", tag)
    return re.sub(r' width="(\d+)" height="\d+"', _limit_width, tag)


def _format_code(found: re.Match[str]) -> str:
    """Return lines of code for a mail: their ends and their margins stay, and they wrap."""
    lines = (
        re.sub("^ +", lambda blanks: "\xa0" * len(blanks[0]), line)
        for line in found[1].rstrip().split("\n")
    )
    return f"<p><code>{'<br>'.join(lines)}</code></p>"


def _limit_width(size: re.Match[str]) -> str:
    """Return the size of an image of a mail: Outlook reads the attribute, others the style."""
    width = min(int(size[1]), MAIL_COLUMN)
    return f' width="{width}" style="width:100%;max-width:{width}px;height:auto"'


def _format_for_page(html: str, base: str) -> Markup:
    """Return the HTML of a body, with French typography and the base path in its addresses."""
    linked = re.sub(r'(<(?:a href|img src|source srcset)=")/', rf"\g<1>{base}", html)
    linked = _CANDIDATES.sub(lambda found: found[0].replace(", /", f", {base}"), linked)
    return Markup(typeset_html(linked))  # noqa: S704 - made by our converter, which lets no tag pass
