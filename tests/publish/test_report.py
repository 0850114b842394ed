"""The sum of what a build found: each file is in one place of it, and one only."""

from __future__ import annotations

from pathlib import Path

from tests.building import SMALL, build
from tests.small_site import replace_in, write_small_site


def test_every_file_read_is_accounted_for(tmp_path: Path) -> None:
    copy = write_small_site(tmp_path)
    (copy / "content/projets/brouillon.md").write_text(
        "---\nnom: Un brouillon\nbrouillon: oui\nresume: À venir.\nsources: [{titre: X}]\n---\n",
        encoding="utf-8",
    )
    (copy / "content/documents").mkdir()
    (copy / "content/documents/seul.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    (copy / "content/documents/faux.pdf").write_bytes(b"autre chose")
    (copy / "content/notes.txt").write_text("notes", encoding="utf-8")
    replace_in(copy / "catalysers/premier.md", "relation:", "realtion:")
    report = build(copy, copy / "output", views=SMALL)
    parts = (sum(report.counts.values()), len(report.held), len(report.ignored), len(report.faulty))
    assert report.read == sum(parts)
    folders = ("catalysers", "newsletters", "content")
    files = [path for top in folders for path in (copy / top).rglob("*") if path.is_file()]
    assert report.read == len(files)
    assert [held.path for held in report.held] == [
        "catalysers/brouillon.md",
        "content/projets/brouillon.md",
    ]
    assert "content/notes.txt" in dict(report.ignored)
    assert report.faulty == ("catalysers/premier.md", "content/documents/faux.pdf")
    assert dict(report.ignored)["content/documents/seul.pdf"] == "aucune fiche ne nomme ce document"
