"""The site in memory, kept up to date with its files."""

from __future__ import annotations

import gc
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maille.content.discover import read_source
from maille.content.markdown import Converter
from maille.content.parse import parse_one
from maille.pipeline import Prepared, prepare_site
from maille.preview.pages import Pages
from maille.problems import Problem, select_errors, sort_problems
from maille.publish.render import Painter, make_painter
from maille.publish.report import Report
from maille.schema.kind import Entry
from maille.site.body_edits import replace_body
from maille.site.model import Site
from maille.views.plan import plan_entry

if TYPE_CHECKING:
    from maille.content.parse import KnownFiles
    from maille.pipeline import Definition, Options


@dataclass(frozen=True, slots=True)
class State:
    """The state of the site at one moment.

    `problems` are the problems of the files at that moment. `site` is the last site without an
    error, and `pages` are its pages; both are None if there is none yet. `report` is the report of
    the last complete check. `version` grows by 1 with each state.
    """

    version: int = 0
    problems: tuple[Problem, ...] = ()
    report: Report | None = None
    site: Site | None = None
    pages: Pages | None = None


class LiveSite:
    """A site whose documents stay in memory: only the files that changed are parsed again.

    `prepare_site` does all the rest again, so that pages are the same as in a build. No process is
    forked, since other threads are running.
    """

    def __init__(self, definition: Definition, make_options: Callable[[], Options]) -> None:
        """Take the definition of the site, and a function that returns the options of a check."""
        self._definition = definition
        self._make_options = make_options
        self._known: KnownFiles = {}
        self._good: Prepared | None = None  # the current pages are made from it
        self._state = State()
        self._changed = threading.Condition()

    @property
    def state(self) -> State:
        """Return the current state."""
        return self._state

    def wait(self, version: int, seconds: float) -> State:
        """Wait, at most `seconds`, for a state newer than `version`; return the current state."""
        with self._changed:
            self._changed.wait_for(lambda: self._state.version > version, seconds)
            return self._state

    def refresh(self, watch: Callable[[str], None] = lambda _: None) -> Report:
        """Check the whole site again, change the state, and return the report of the check.

        If the site has an error, the pages of the last site without an error stay. `watch` is
        called with the name of each step as it begins; if it raises an error, the check stops.
        Raises OSError if a file cannot be read.
        """
        gc.disable()  # for speed: a check creates many objects, and frees few
        try:
            prepared = prepare_site(self._definition, self._make_options(), watch, self._known)
            state = self._judge(prepared)
            self._put(state)
            return replace(prepared.report, problems=state.problems)
        finally:
            gc.enable()

    def show_body(self, path: str) -> State | None:
        """If only the text of the file at `path` has changed, show it and return the new state.

        Return None if something else changed too, if the file has a problem or no page of its own,
        or if no site is shown yet. The editor sees the page without waiting for a whole check. That
        check must follow: it confirms the page, and updates other pages that show a part of the
        text. Raises OSError if the file cannot be read.
        """
        good, options = self._good, self._make_options()
        if good is None or self._state.pages is None:
            return None
        found = (one for one in good.site.list_entries(Entry) if one.path == path)
        entry = next((one for one in found if not one.is_example), None)
        if entry is None:
            return None
        document, problems = parse_one(read_source(options.root, path), Converter())
        edited = document and not problems and replace_body(good.site, entry, document)
        if not edited:
            return None
        site, new = edited
        if (page := plan_entry(site, new)) is None:
            return None
        self._good = replace(good, site=site)
        pages = self._state.pages.replace_page(page, self._make_painter(self._good))
        return self._put(replace(self._state, site=site, pages=pages))

    def _make_painter(self, prepared: Prepared) -> Painter:
        templates = self._make_options().root / "templates"
        compiled = prepared.finish_compiling()
        return make_painter(
            prepared.site, templates, prepared.asset_addresses, compiled, prepared.stores
        )

    def read_with_drafts(self) -> Site:
        """Return the site as its files are now, with drafts and future entries; no page is planned.

        Raises OSError if a file cannot be read.
        """
        options = replace(self._make_options(), with_drafts=True)
        definition = replace(self._definition, views=())
        return prepare_site(definition, options, known=dict(self._known)).site

    def report_failure(self, error: Exception) -> State:
        """Make `error`, which a check raised, the only problem; return the new state.

        An OSError means a file that cannot be read; any other error is our own bug, and its
        traceback is printed.
        """
        if isinstance(error, OSError):
            message = f"ce fichier ne peut pas être lu : {error.strerror or error}"
            path = str(error.filename or "")
        else:
            traceback.print_exception(error)
            path, message = "", "l'aperçu s'est trompé : c'est un défaut du logiciel, signalez-le"
        hint = "enregistrez de nouveau ; si rien ne change, arrêtez servir et relancez-le"
        return self._put(replace(self._state, problems=(Problem(path, message, hint),)))

    def _judge(self, prepared: Prepared) -> State:
        """Return the state after a complete check; it has new pages unless there is an error."""
        report, problems = prepared.report, prepared.report.problems
        if report.failed:
            return replace(self._state, problems=problems, report=report)
        painter = self._make_painter(prepared)
        if found := painter.load_templates(prepared.plans):
            return replace(self._state, problems=sort_problems((*problems, *found)), report=report)
        self._good = prepared
        pages = Pages(painter, prepared.plans, self._state.pages)
        return State(self._state.version, problems, report, prepared.site, pages)

    def _put(self, state: State) -> State:
        """Give `state` the next version, make it current, and wake the threads that wait."""
        with self._changed:
            self._state = replace(state, version=self._state.version + 1)
            self._changed.notify_all()
            return self._state

    @property
    def has_errors(self) -> bool:
        """Return whether there is an error among the current problems."""
        return bool(select_errors(self._state.problems))
