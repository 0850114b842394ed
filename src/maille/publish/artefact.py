"""A file to publish."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artefact:
    """A file to publish: its path relative to the output folder, with `/`, and its bytes."""

    path: str
    data: bytes
