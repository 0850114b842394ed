"""Plan the pages and files of the site, and check their addresses, links and images."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable

from maille.site.model import Site
from maille.views.plans import Plan

View = Callable[[Site], Iterable[Plan]]


def load(names: Iterable[str]) -> tuple[View, ...]:
    """Import views by name (`maille.views.<name>`), and return their `plan` functions."""
    return tuple(importlib.import_module(f"maille.views.{name}").plan for name in names)
