"""From a PDF that an editor adds to what visitors and the report get of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from maille.publish.report import Report
from tests.building import SMALL, build
from tests.small_site import write_small_site

PDF = b"%PDF-1.7\n%%EOF\n"
RESOURCE = """\
---
titre: Un guide d'essai
resume: Une ressource inventée.
type: guide
document: {name}
sources:
  - {{titre: Un document d'essai, date: 2023-04-13}}
---
"""
PAGE = "---\ntitre: Lire\nresume: Une page inventée.\n---\nVoir [le rapport]({target}).\n"


def build_with(
    root: Path, files: Mapping[str, str | bytes], *, publish: bool = False
) -> tuple[Report, Path]:
    write_small_site(root)
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    output = root / "output"
    return build(root, output, views=SMALL, publish=publish), output


def test_a_document_is_published_as_it_is_if_a_published_text_names_it(tmp_path: Path) -> None:
    report, output = build_with(
        tmp_path,
        {
            "content/documents/par-cle.pdf": PDF + b"1",
            "content/documents/par-lien.pdf": PDF + b"2",
            "content/documents/par-brouillon.pdf": PDF + b"3",
            "content/documents/par-personne.pdf": PDF + b"4",
            "content/ressources/guide.md": RESOURCE.format(name="par-cle.pdf"),
            "content/pages/lire.md": PAGE.format(target="/documents/par-lien.pdf#page=2"),
            "content/pages/attend.md": PAGE.format(target="/documents/par-brouillon.pdf").replace(
                "resume", "brouillon: oui\nresume"
            ),
        },
        publish=True,
    )
    assert not report.failed, report.problems
    published = {path.name: path.read_bytes() for path in (output / "documents").iterdir()}
    assert published == {"par-cle.pdf": PDF + b"1", "par-lien.pdf": PDF + b"2"}
    assert report.counts["document"] == 2
    held, ignored = [one.path for one in report.held], [path for path, _ in report.ignored]
    assert "content/documents/par-brouillon.pdf" in held
    assert "content/documents/par-personne.pdf" in ignored
    page = (output / "ressources/guide/index.html").read_text("utf-8")
    assert 'href="/documents/par-cle.pdf" type="application/pdf"' in page


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("/documents/rapport.pdf", "rapport.pdf"),
        ("content/documents/rapport.pdf", "rapport.pdf"),
        (r"content\documents\rapport.pdf", "rapport.pdf"),
    ],
)
def test_a_path_typed_for_a_name_is_understood(tmp_path: Path, name: str, written: str) -> None:
    files: dict[str, str | bytes] = {
        f"content/documents/{written}": PDF,
        "content/ressources/guide.md": RESOURCE.format(name=name),
    }
    report, _ = build_with(tmp_path, files)
    assert not report.problems


def test_each_missing_document_is_told_at_its_line_with_the_one_that_is_meant(
    tmp_path: Path,
) -> None:
    report, _ = build_with(
        tmp_path,
        {
            "content/documents/rapport-2023.pdf": PDF,
            "content/documents/refuse.pdf": b"autre chose",
            "content/ressources/a.md": RESOURCE.format(name="Rapport 2023.pdf"),
            "content/ressources/b.md": RESOURCE.format(name="perdu.pdf").replace("Un", "Le"),
            "content/ressources/c.md": RESOURCE.format(name="refuse.pdf").replace("Un", "Ce"),
            "content/ressources/d.md": RESOURCE.format(name="rapport.docx").replace("Un", "Un d"),
            "content/pages/lire.md": PAGE.format(target="/documents/raport-2023.pdf"),
        },
    )
    told = {(one.path, one.line): one for one in report.problems}
    missing = told["content/ressources/a.md", 5]
    assert "« Rapport 2023.pdf » n'est pas dans content/documents/" in missing.message
    assert missing.hint == "vouliez-vous dire « rapport-2023.pdf » ?"
    assert "effacez cette ligne" in told["content/ressources/b.md", 5].hint
    assert "« rapport.docx » n'est pas le nom d'un PDF" in (
        told["content/ressources/d.md", 5].message
    )
    # A refused name is never proposed: it is about to change.
    assert not [one for one in report.problems if "refuse.pdf" in one.hint and one.line]
    link = told["content/pages/lire.md", 5]
    assert link.hint.startswith("vouliez-vous dire « /documents/rapport-2023.pdf »")
    # The refused file has its own problem; who names it is not at fault.
    assert ("content/documents/refuse.pdf", 0) in told
    assert ("content/ressources/c.md", 5) not in told


def test_two_addresses_are_told_in_the_run_that_tells_of_one(tmp_path: Path) -> None:
    text = RESOURCE.format(name="guide.pdf").replace("type:", "url: www.exemple.org\ntype:")
    files: dict[str, str | bytes] = {
        "content/documents/guide.pdf": PDF,
        "content/ressources/a.md": text,
    }
    report, _ = build_with(tmp_path, files)
    told = [(one.line, one.message) for one in report.problems]
    assert (4, "« www.exemple.org » n'est pas une adresse de site") in told
    assert [line for line, message in told if "donnée deux fois" in message] == [6]
