"""The content types, one module each."""

from __future__ import annotations

import importlib
from collections.abc import Iterable

from maille.schema.kind import Kind


def load(names: Iterable[str]) -> tuple[Kind, ...]:
    """Return the kinds with these names, in the same order.

    Their modules are imported here, not at the top: pydantic takes 0.25 s to load.
    """
    return tuple(importlib.import_module(f"maille.kinds.{name}").KIND for name in names)
