"""Facts that documents give about the first network are on the pages that should show them."""

from __future__ import annotations

from pathlib import Path


def read(output: Path, address: str) -> str:
    return (output / address / "index.html").read_text(encoding="utf-8")


def test_recyclaide80_is_one_thread_linked_both_ways(output: Path) -> None:
    project = read(output, "projets/recycl-aide80")
    assert 'href="/lettres/2025-05/#recycl-aide80"' in read(output, "lettres/2024-05")
    assert 'href="/lettres/2024-05/#recycl-aide80"' in read(output, "lettres/2025-05")
    assert "/lettres/2024-05/#recycl-aide80" in project
    assert "/lettres/2025-05/#recycl-aide80" in project
    assert len(list((output / "projets").glob("recycl-*"))) == 1


def test_la_maison_shows_its_former_name(output: Path) -> None:
    assert "Maison de la Bonne Santé Mentale" in read(output, "projets/la-maison")
