"""Keep the documents read from files, so that later builds need not read the files again."""

from __future__ import annotations

import contextlib
import functools

from maille.cache.codec import Codec
from maille.cache.store import Store
from maille.content.documents import Parsed


def recall(store: Store, key: bytes) -> Parsed | None:
    """Return the document and the problems kept under `key`, the digest of a file, or None."""
    kept = store.get(key)
    if kept is None:
        return None
    try:
        return _make_codec().decode(kept)
    except ValueError:  # intact, but not a document: somebody else wrote it
        return None


def remember(store: Store, key: bytes, parsed: Parsed) -> None:
    """Keep the document and the problems of a file under `key`, the digest of the file.

    A file whose path is not valid Unicode is not kept: it is read again each time.
    """
    with contextlib.suppress(ValueError):
        store.put(key, _make_codec().encode(parsed))


@functools.cache  # made from the types of a document at the first use
def _make_codec() -> Codec[Parsed]:
    return Codec(Parsed)
