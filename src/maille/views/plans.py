"""Plans of pages and files: their addresses, and what they are made from."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from maille.text.urls import Link


@dataclass(frozen=True, slots=True)
class PagePlan:
    """A page to render.

    - `context` is what the template receives, or a function that computes it at rendering.
    - `source` is the content file or the view that the page is made from, as messages name it.
    - `trail` has the breadcrumbs, without the home page.
    - `csp` maps directives of the content security policy to the sources that the page adds.
    - `listed` is false for a page that the site map, the sitemap and search engines must not list.
    - `embeddable` is true for a page that other sites may show in a frame.
    - `structured` is the JSON-LD of the page.
    - `canonical` is the address that search engines must index instead of this one, or "".
    - `feed` is the title of the feed in the folder of the page (`flux.xml` and `flux.json`), or "".
    """

    address: str
    template: str
    title: str
    description: str = ""
    context: Mapping[str, Any] | Callable[[], Mapping[str, Any]] = field(default_factory=dict)
    source: str = ""
    trail: tuple[Link, ...] = ()
    csp: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    modified: datetime.date | None = None
    listed: bool = True
    embeddable: bool = False
    structured: Mapping[str, Any] | None = None
    feed: str = ""
    canonical: str = ""
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()

    def make_context(self) -> Mapping[str, Any]:
        """Return the context of the template, after calling `context` if it is a function."""
        return self.context() if callable(self.context) else self.context


@dataclass(frozen=True, slots=True)
class FilePlan:
    """A file whose bytes are known at planning: data, a script, a font."""

    address: str
    data: bytes
    source: str = ""


@dataclass(frozen=True, slots=True)
class LatePlan:
    """A file whose bytes are slow to make, such as a resized image.

    `make` is called at rendering, perhaps in another process. So it must not depend on anything
    that changes after planning. `key` is a digest of all that the bytes depend on besides the
    engine, if they are to be kept for later builds, else b"".
    """

    address: str
    make: Callable[[], bytes]
    source: str = ""
    key: bytes = b""


Plan = PagePlan | FilePlan | LatePlan
