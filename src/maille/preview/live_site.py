"""The site in memory, kept up to date with its files."""

from __future__ import annotations

import gc
import threading
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maille import kinds
from maille.content.discover import read_source
from maille.content.markdown import Converter
from maille.content.parse import parse_one
from maille.pipeline import Prepared, prepare_site
from maille.preview.pages import Pages
from maille.problems import Problem, select_errors, sort_problems
from maille.publish.render import Painter, make_painter
from maille.publish.report import Report
from maille.schema.kind import Entry
from maille.schema.validate import explain_lost_signs, validate
from maille.site.body_edits import replace_body
from maille.site.model import Site
from maille.views.plan import plan_entry

if TYPE_CHECKING:
    from maille.content.documents import Document
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
        self._changing = threading.Lock()  # held while a new state is made from the current one
        self._told: dict[str, frozenset[Problem]] = {}  # what `show_file` found, by path

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
            painter, problems = self._load_templates(prepared)
            with self._changing:
                watch("show")
                state = self._put(self._judge(prepared, painter, problems))
            return replace(prepared.report, problems=state.problems)
        finally:
            gc.enable()

    def show_file(self, path: str) -> State | None:
        """Show the errors of a file, and its new text if only the text has changed.

        Return the new state, or None if there is nothing new. Only the errors that the file has by
        itself are found. Nothing is shown of a file that has no entry in the site, or if no site is
        shown yet. The editor does not wait for a whole check. That check must follow: it confirms
        the page and the errors, and updates other pages that show a part of the text. Raises
        OSError if the file cannot be read.
        """
        with self._changing:
            good, before = self._good, self._state
            if good is None or before.pages is None:
                return None
            found = (one for one in good.site.list_entries(Entry) if one.path == path)
            entry = next((one for one in found if not one.is_example), None)
            if entry is None:
                return None
            source = read_source(self._make_options().root, path)
            document, problems = parse_one(source, Converter())
            state = self._tell_errors(path, self._find_errors(good.site, document, problems))
            if document and not problems:
                state = self._show_body(state, good, entry, document)
            return self._put(state) if state is not before else None

    def _find_errors(
        self, site: Site, document: Document | None, problems: Iterable[Problem]
    ) -> frozenset[Problem]:
        """Return the errors that a document has by itself; `problems` were found in reading it.

        Besides the document, only the vocabularies of `site` are looked at. `document` is None if
        the file could not be parsed.
        """
        site_kinds = kinds.load(self._definition.kinds)
        lists = [kind.name for kind in site_kinds if kind.is_vocabulary]
        known = [entry.document for name in lists for entry in site.entries[name]]
        documents = (document,) if document else ()
        paths = {one.path for one in documents}
        others = (one for one in known if one.path not in paths)
        validated = validate((*others, *documents), site_kinds)
        told = [one for one in validated.problems if one.path in paths]
        told += explain_lost_signs(problems, documents, site_kinds)
        return frozenset(select_errors(told))

    def _tell_errors(self, path: str, errors: frozenset[Problem]) -> State:
        """Return the current state with `errors` in place of those told before about a file.

        It is the same object if nothing changes.
        """
        mended, self._told[path] = self._told.get(path, frozenset()), errors
        others = (one for one in self._state.problems if one not in mended | errors)
        problems = sort_problems((*others, *errors))
        same = problems == self._state.problems
        return self._state if same else replace(self._state, problems=problems)

    def _show_body(self, state: State, good: Prepared, entry: Entry, document: Document) -> State:
        """Return `state` with the text of `document` on the page of `entry`, an entry of `good`.

        Return `state` itself if something else has changed in the document, or if the entry has no
        page of its own.
        """
        edited = replace_body(good.site, entry, document)
        page = plan_entry(*edited) if edited else None
        if not edited or page is None or state.pages is None:
            return state
        self._good = replace(good, site=edited[0])
        painter = self._make_painter(self._good)
        painter.reuse_addresses(state.pages.painter)
        return replace(state, site=edited[0], pages=state.pages.replace_page(page, painter))

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

    def _load_templates(self, prepared: Prepared) -> tuple[Painter | None, tuple[Problem, ...]]:
        """Return the painter of a site (None if there is an error), and all the problems."""
        problems = prepared.report.problems
        if prepared.report.failed:
            return None, problems
        painter = self._make_painter(prepared)
        found = painter.load_templates(prepared.plans)
        return None if found else painter, sort_problems((*problems, *found))

    def _judge(
        self, prepared: Prepared, painter: Painter | None, problems: tuple[Problem, ...]
    ) -> State:
        """Return the state after a complete check.

        It has the new site and pages or, if there is an error, the previous ones. `painter` and
        `problems` are what `_load_templates` returns.
        """
        if painter is None:
            return replace(self._state, problems=problems, report=prepared.report)
        self._good = prepared
        pages = Pages(painter, prepared.plans, self._state.pages)
        return State(self._state.version, problems, prepared.report, prepared.site, pages)

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
