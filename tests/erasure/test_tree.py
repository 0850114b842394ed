"""A name goes out of a whole site at once, or not at all; seals hold on what remains."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from pathlib import Path

import pytest

from maille.erasure import tree
from maille.erasure.files import count_in_file
from maille.erasure.tree import plan_erasure, write_erasure
from maille.erasure.words import Eraser
from tests.building import SMALL, build
from tests.erasing import NAME, PDF, write_naming_site
from tests.sealing import FOLDER, check_site, read_site

ERASER = Eraser(NAME, datetime.date(2026, 11, 30), "https://essai.example/")
LEFT_ALONE = {"templates"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_naming_site(tmp_path)


def read_files(root: Path) -> dict[str, bytes]:
    found = {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}
    return {path: data for path, data in found.items() if path.split("/")[0] not in LEFT_ALONE}


def erase(root: Path) -> tree.Erasure:
    found = plan_erasure(root, root / "output", ERASER)
    write_erasure(root, found)
    return found


def test_the_name_is_nowhere_afterwards(root: Path) -> None:
    before = read_files(root)
    assert sum(count_in_file(path, data, ERASER) for path, data in before.items()) > 15
    found = erase(root)
    assert (found.left, found.unread) == ((), ())
    assert not build(root, root / "output", views=SMALL).failed
    after = read_files(root)
    assert any(path.startswith("output/") for path in after)
    assert [path for path, data in after.items() if count_in_file(path, data, ERASER)] == []
    assert [path for path in after if ERASER.count(path)] == []
    assert f"catalysers/{ERASER.slug}.md" in after
    assert (root / "notes.txt").read_text("utf-8") == f"{ERASER.marker}, et Mme Exemple"


def test_seals_hold_on_the_new_and_say_what_was_withdrawn(root: Path) -> None:
    former = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (root / FOLDER).iterdir()}
    erase(root)
    assert check_site(root).problems == ()
    seal = read_site(root).seals["2026-11"]
    (withdrawn,) = seal.withdrawals
    assert withdrawn.day == datetime.date(2026, 11, 30)
    assert withdrawn.removed == ("lettre-2026-11.pdf",)
    names = {"2026-11.md", "sceau.json", *(f"lettre-2026-11.{x}" for x in ("html", "txt", "eml"))}
    assert names <= set(withdrawn.digests)
    assert all(withdrawn.digests[name] == former[name] for name in names)
    assert not (root / PDF).exists()
    page_text = seal.parts[0].html
    assert ERASER.marker in page_text


def test_a_second_person_is_a_second_line(root: Path) -> None:
    erase(root)
    other = Eraser("Deux projets", datetime.date(2026, 12, 1), "https://essai.example/")
    write_erasure(root, plan_erasure(root, root / "output", other))
    assert [one.day.day for one in read_site(root).seals["2026-11"].withdrawals] == [30, 1]


def test_erasing_again_changes_nothing(root: Path) -> None:
    erase(root)
    assert plan_erasure(root, root / "output", ERASER).changes == ()


def test_the_last_word_alone_is_told(root: Path) -> None:
    path = root / "content/pages/le-reseau.md"
    path.write_text(path.read_text("utf-8") + "\nMme Exemple l'a dit.\n", "utf-8")
    near = plan_erasure(root, root / "output", ERASER).near
    assert near == (("content/pages/le-reseau.md", 9, "Mme Exemple l'a dit."),)


def test_what_cannot_be_changed_is_told(root: Path) -> None:
    (root / "photo.jpg").write_bytes(b"\xff\xd8\0 Am\xc3\xa9lie Exemple")
    (root / "content/documents").mkdir()
    (root / "content/documents/rapport.pdf").write_bytes(b"%PDF-1.7")
    (root / "src").mkdir()
    (root / "src/code.py").write_text("# Amélie Exemple", "utf-8")
    found = plan_erasure(root, root / "output", ERASER)
    assert set(found.left) == {"photo.jpg", "src/code.py"}
    assert found.unread == ("content/documents/rapport.pdf",)
    assert not [one for one in found.changes if one.path.startswith("src/")]


def test_git_and_environments_are_left_out(root: Path) -> None:
    for path in (".git/objet", ".venv/x.py", "env/pyvenv.cfg", "env/x.py", "output/x.html"):
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(NAME, "utf-8")
    found = {one.path for one in plan_erasure(root, root / "output", ERASER).changes}
    assert not [path for path in found if path.startswith((".git/", ".venv/", "env/", "output/"))]


@pytest.mark.parametrize("at", [0, 3, -1])
def test_nothing_is_written_when_one_file_cannot_be(
    root: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    before = read_files(root)
    found = plan_erasure(root, root / "output", ERASER)
    apply, broken = tree._apply, found.changes[at]

    def fail(where: Path, change: tree.Change) -> None:
        if change is broken:
            raise OSError("plus de place")
        apply(where, change)

    monkeypatch.setattr(tree, "_apply", fail)
    with pytest.raises(OSError, match="plus de place"):
        write_erasure(root, found)
    assert read_files(root) == before


def test_the_record_is_read_by_anyone(root: Path) -> None:
    erase(root)
    record = json.loads((root / FOLDER / "sceau.json").read_text("utf-8"))
    assert record["format"] == 1
    (one,) = record["retraits"]
    assert set(one) == {"le", "empreintes", "fichiers_retires"}
    assert os.system(f"cd {root / FOLDER} && sha256sum --check --quiet SHA256SUMS") == 0
