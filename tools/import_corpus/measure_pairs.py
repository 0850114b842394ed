"""Measure the pairs that the importer finds: `python -m tools.import_corpus.measure_pairs`.

A pair of one organisation that is found is right; a pair of two that is found is wrong. Prints
the precision and the recall, then for each sort what was missed or wrong.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from maille.imports.likeness import NEAR, compare, identify
from tools.import_corpus.__main__ import MANIFESTS

Line = Mapping[str, Any]


def read_pairs() -> Iterator[Line]:
    """Yield the pairs that are committed."""
    for name in ("doublons", "voisins"):
        text = (MANIFESTS / f"{name}.jsonl").read_text(encoding="utf-8")
        yield from map(json.loads, text.splitlines())


def is_found(pair: Line) -> bool:
    """Return whether the importer reports that both sides may be one organisation."""
    return compare(identify(pair["left"]), identify(pair["right"])).score >= NEAR


def measure(pairs: Sequence[Line]) -> tuple[float, float, Counter[str]]:
    """Return the precision, the recall, and how many pairs of each sort are missed or wrong."""
    found = [is_found(pair) for pair in pairs]
    right = sum(pair["same"] and one for pair, one in zip(pairs, found, strict=True))
    missed = Counter(
        pair["sort"] for pair, one in zip(pairs, found, strict=True) if pair["same"] != one
    )
    return right / max(1, sum(found)), right / sum(pair["same"] for pair in pairs), missed


def main() -> None:
    """Print the figures."""
    pairs = [*read_pairs()]
    precision, recall, missed = measure(pairs)
    print(f"{len(pairs)} paires : précision {precision:.3f}, rappel {recall:.3f}")
    for sort, count in missed.most_common():
        print(f"  {sort} : {count} sur 20")


if __name__ == "__main__":
    main()
