"""The files of one site, rendered on request."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from maille.content.images import ADDRESS
from maille.problems import Problem
from maille.publish.artefact import Artefact
from maille.publish.render import Painter
from maille.text.urls import make_file_path
from maille.views.plans import Plan


class Pages:
    """The files of one site; each is rendered once, by the functions that a build uses."""

    def __init__(
        self, painter: Painter, plans: Iterable[Plan], before: Pages | None = None
    ) -> None:
        """Prepare the files of `plans`, which `painter` will render when they are asked for.

        Images that `before` has rendered are not encoded again.
        """
        self.painter = painter
        self._plans = {make_file_path(plan.address): plan for plan in plans}
        self._own: dict[str, Painter] = {}
        self._lock = threading.Lock()
        # Each image has a digest in its address: the same address means the same bytes.
        self._drawn = {
            path: drawn
            for path, drawn in (before.list_drawn() if before else ())
            if path in self._plans and path.startswith(ADDRESS[1:])
        }

    def replace_page(self, plan: Plan, painter: Painter) -> Pages:
        """Return a copy of these files, in which `plan` replaces the page at its address.

        `painter` renders that page.
        """
        made = Pages(self.painter, self._plans.values())
        path = make_file_path(plan.address)
        made._plans[path] = plan
        made._own = {**self._own, path: painter}
        made._drawn = {name: drawn for name, drawn in self.list_drawn() if name != path}
        return made

    def list_drawn(self) -> tuple[tuple[str, Artefact | Problem], ...]:
        """Return the path and the result of each file rendered so far."""
        with self._lock:
            return tuple(self._drawn.items())

    def list_paths(self) -> tuple[str, ...]:
        """Return the paths of all the files."""
        return tuple(self._plans)

    def has(self, path: str) -> bool:
        """Return whether the site has a file at a path such as `carte/index.html`."""
        return path in self._plans

    def draw(self, path: str) -> bytes | Problem:
        """Return the bytes of the file at `path`, or the problem if its template fails.

        Raises KeyError if the site has no such file.
        """
        with self._lock:  # templates cache parts of pages: one thread renders at a time
            if path not in self._drawn:
                painter = self._own.get(path, self.painter)
                self._drawn[path] = painter.draw(self._plans[path])
            drawn = self._drawn[path]
        return drawn.data if isinstance(drawn, Artefact) else drawn
