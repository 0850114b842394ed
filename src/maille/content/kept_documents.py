"""Keep what reading files gave, and take it again in a later build."""

from __future__ import annotations

import contextlib
import functools

from maille.cache.codec import Codec
from maille.cache.store import Store
from maille.content.documents import Parsed


def recall(store: Store, key: bytes) -> Parsed | None:
    """Return what an earlier build read from the file of this digest; None if it is not kept."""
    kept = store.get(key)
    if kept is None:
        return None
    try:
        return _make_codec().decode(kept)
    except ValueError:  # intact, but not a document: somebody else wrote it
        return None


def remember(store: Store, key: bytes, parsed: Parsed) -> None:
    """Keep what was read from the file of this digest.

    A file whose path is not valid Unicode is not kept: it is read again each time.
    """
    with contextlib.suppress(ValueError):
        store.put(key, _make_codec().encode(parsed))


@functools.cache  # made from the types of a document at the first use
def _make_codec() -> Codec[Parsed]:
    return Codec(Parsed)
