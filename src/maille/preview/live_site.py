"""The site in memory, kept up to date with its files."""

from __future__ import annotations

import gc
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maille.pipeline import Prepared, prepare_site
from maille.preview.pages import Pages
from maille.problems import Problem, select_errors, sort_problems
from maille.publish.render import make_painter
from maille.publish.report import Report
from maille.site.model import Site

if TYPE_CHECKING:
    from maille.content.parse import KnownFiles
    from maille.pipeline import Definition, Options


@dataclass(frozen=True, slots=True)
class State:
    """What is known of the site at one moment.

    `problems` are those of the files as they are now. `pages` are those of the last site without
    an error, and `site` is that site; both are None if there was none yet. `report` is that of the
    last complete check. `version` grows by 1 with each state.
    """

    version: int = 0
    problems: tuple[Problem, ...] = ()
    report: Report | None = None
    site: Site | None = None
    pages: Pages | None = None


class LiveSite:
    """A site whose documents stay in memory: only the files that changed are read again.

    Everything else is done anew by `prepare_site`, as in a build, so that pages are those of a
    build. Nothing is forked: other threads are running.
    """

    def __init__(self, definition: Definition, make_options: Callable[[], Options]) -> None:
        """Keep the site of `definition`; `make_options` gives the options of each check."""
        self._definition = definition
        self._make_options = make_options
        self._known: KnownFiles = {}
        self._state = State()
        self._changed = threading.Condition()

    @property
    def state(self) -> State:
        """Return the present state."""
        return self._state

    def wait(self, version: int, seconds: float) -> State:
        """Return the first state after `version`, or the present one after this many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._state.version > version, seconds)
            return self._state

    def refresh(self, watch: Callable[[str], None] = lambda _: None) -> Report:
        """Check the whole site again, change the state, and return the report of the check.

        The pages of the last site without an error stay until there are better ones. `watch` is
        called with the name of each step as it begins; what it raises stops the check. Raises
        OSError if a file cannot be read.
        """
        gc.disable()  # a check makes much, and gives little up
        try:
            prepared = prepare_site(self._definition, self._make_options(), watch, self._known)
            state = self._judge(prepared)
            self._put(state)
            return replace(prepared.report, problems=state.problems)
        finally:
            gc.enable()

    def read_with_drafts(self) -> Site:
        """Return the site as its files are now, with what waits, and without planning its pages.

        Raises OSError if a file cannot be read.
        """
        options = replace(self._make_options(), with_drafts=True)
        definition = replace(self._definition, views=())
        return prepare_site(definition, options, known=dict(self._known)).site

    def report_failure(self, error: Exception) -> State:
        """Put the failure of a check before the editor: a file that cannot be read, or our bug."""
        if isinstance(error, OSError):
            message = f"ce fichier ne peut pas être lu : {error.strerror or error}"
            path = str(error.filename or "")
        else:
            traceback.print_exception(error)
            path, message = "", "l'aperçu s'est trompé : c'est un défaut du logiciel, signalez-le"
        hint = "enregistrez de nouveau ; si rien ne change, arrêtez servir et relancez-le"
        return self._put(replace(self._state, problems=(Problem(path, message, hint),)))

    def _judge(self, prepared: Prepared) -> State:
        """Return the state after a complete check."""
        report, problems = prepared.report, prepared.report.problems
        if report.failed:
            return replace(self._state, problems=problems, report=report)
        templates = self._make_options().root / "templates"
        compiled = prepared.finish_compiling()
        painter = make_painter(prepared.site, templates, prepared.asset_addresses, compiled)
        if found := painter.load_templates(prepared.plans):
            return replace(self._state, problems=sort_problems((*problems, *found)), report=report)
        pages = Pages(painter, prepared.plans, self._state.pages)
        return State(self._state.version, problems, report, prepared.site, pages)

    def _put(self, state: State) -> State:
        """Make `state` the present one, with the next version, and wake those who wait."""
        with self._changed:
            self._state = replace(state, version=self._state.version + 1)
            self._changed.notify_all()
            return self._state

    @property
    def has_errors(self) -> bool:
        """Return whether a file has an error now."""
        return bool(select_errors(self._state.problems))
