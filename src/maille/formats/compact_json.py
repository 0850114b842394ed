"""Write JSON for scripts: no added spaces, one member or one item per line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

encode_compact: Callable[[Any], str] = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":")
).encode


def encode_members(data: Mapping[str, Any]) -> bytes:
    """Return an object as compact JSON with one member per line."""
    members = (f"{encode_compact(key)}:{encode_compact(value)}" for key, value in data.items())
    return ("{" + ",\n".join(members) + "}\n").encode("utf-8", "replace")


def encode_items(opening: str, items: Iterable[str]) -> bytes:
    """Return the JSON of an object whose last member is a list, with one item per line.

    `opening` is the JSON of the object up to and including the « [ » of that list; `items` are
    already encoded as JSON.
    """
    return (f"{opening}\n" + ",\n".join(items) + "\n]}\n").encode("utf-8", "replace")
