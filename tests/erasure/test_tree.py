"""A name goes out of a whole site at once, or not at all; seals hold on what remains."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
from pathlib import Path

import pytest

from maille.content import file_changes
from maille.content.file_changes import write_changes
from maille.erasure import tree
from maille.erasure.files import count_in_file
from maille.erasure.near import Near
from maille.erasure.tree import plan_erasure
from maille.erasure.words import Eraser
from maille.text.names import make_slug
from tests.building import SMALL, build, copy_whole
from tests.erasing import NAME, PDF, add_templates, write_texts_alone
from tests.sealing import FOLDER, check_site, read_site

ERASER = Eraser(NAME, datetime.date(2026, 11, 30), "https://essai.example/")
LEFT_ALONE = {"templates"}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_texts_alone(tmp_path_factory.mktemp("avant") / "site")


@pytest.fixture
def root(before: Path, tmp_path: Path) -> Path:
    copy_whole(before, tmp_path, dirs_exist_ok=True)
    return tmp_path


def read_files(root: Path) -> dict[str, bytes]:
    found = {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}
    return {path: data for path, data in found.items() if path.split("/")[0] not in LEFT_ALONE}


def erase(root: Path) -> tree.Erasure:
    found = plan_erasure(root, root / "output", ERASER)
    write_changes(root, found.changes)
    return found


def test_the_name_is_nowhere_afterwards(root: Path) -> None:
    add_templates(root)
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
    write_changes(root, plan_erasure(root, root / "output", other).changes)
    assert [one.day.day for one in read_site(root).seals["2026-11"].withdrawals] == [30, 1]


def test_erasing_again_changes_nothing(root: Path) -> None:
    erase(root)
    assert plan_erasure(root, root / "output", ERASER).changes == ()


def test_the_last_word_alone_is_told(root: Path) -> None:
    path = root / "content/pages/le-reseau.md"
    path.write_text(path.read_text("utf-8") + "\nMme Exemple l'a dit.\n", "utf-8")
    near = plan_erasure(root, root / "output", ERASER).near
    assert near == (
        Near("notes.txt", 1, "…mande de la personne], et Mme Exemple", "Mme Exemple"),
        Near("content/pages/le-reseau.md", 9, "Mme Exemple l'a dit.", "Mme Exemple"),
    )


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
    apply, broken = file_changes._apply, found.changes[at]

    def fail(where: Path, change: tree.Change) -> None:
        if change is broken:
            raise OSError("plus de place")
        apply(where, change)

    monkeypatch.setattr(file_changes, "_apply", fail)
    with pytest.raises(OSError, match="plus de place"):
        write_changes(root, found.changes)
    assert read_files(root) == before


def test_the_record_is_read_by_anyone(root: Path) -> None:
    erase(root)
    record = json.loads((root / FOLDER / "sceau.json").read_text("utf-8"))
    assert record["format"] == 1
    (one,) = record["retraits"]
    assert set(one) == {"le", "empreintes", "fichiers_retires"}
    assert os.system(f"cd {root / FOLDER} && sha256sum --check --quiet SHA256SUMS") == 0


def read_all(folder: Path) -> dict[str, str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in found}


def erase_from(root: Path, name: str) -> tree.Erasure:
    found = plan_erasure(root, root / "output", Eraser(name, ERASER.day))
    write_changes(root, found.changes)
    return found


def write_all(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")


@pytest.mark.parametrize(
    "names",
    [
        ("lea-noir.md", "lea_noir.md"),
        ("i/lea-noir.jpg", "i/lea_noir.jpg", "i/Léa Noir.jpg"),
        ("lea-noir/a.txt", "lea_noir/a.txt"),
        ("lea-noir.md", "lea_noir.md", "lea-noir-2.md"),
        ("lea-noir.ics", "noir-lea.ics"),
    ],
)
def test_two_files_never_get_one_name(tmp_path: Path, names: tuple[str, ...]) -> None:
    write_all(tmp_path, {name: f"Texte {number}" for number, name in enumerate(names)})
    erase_from(tmp_path, "Léa Noir")
    after = read_all(tmp_path)
    assert sorted(after.values()) == [f"Texte {number}" for number in range(len(names))]
    assert all(ERASER.slug in path for path in after)


def test_two_persons_of_one_day_keep_their_files_and_their_links(tmp_path: Path) -> None:
    write_all(
        tmp_path,
        {
            "lea-noir.md": "Une",
            "paul-gris.md": "Deux",
            "page.md": "[a](/c/lea-noir/) [b](/c/paul-gris/) [c](#paul-gris) Paul Gris",
            "termes.yaml": "- {cle: lea-noir}\n- {cle: paul-gris}\n",
        },
    )
    for name in ("Léa Noir", "Paul Gris"):
        erase_from(tmp_path, name)
    slug = ERASER.slug
    assert read_all(tmp_path) == {
        f"{slug}.md": "Une",
        f"{slug}-2.md": "Deux",
        "page.md": f"[a](/c/{slug}/) [b](/c/{slug}-2/) [c](#{slug}-2) {ERASER.marker[:-1]} (2)]",
        "termes.yaml": f"- {{cle: {slug}}}\n- {{cle: {slug}-2}}\n",
    }


def test_what_the_engine_and_its_tests_say_is_no_earlier_person(tmp_path: Path) -> None:
    slug = ERASER.slug
    write_all(tmp_path, {f"tests/{slug}.md": f"/c/{slug}-2/", "a.md": "Paul Gris"})
    erase_from(tmp_path, "Paul Gris")
    assert read_all(tmp_path)["a.md"] == ERASER.marker


@pytest.mark.parametrize("other", ["Luc Martin-Dupont", "MARTIN-DUPONT Luc"])
def test_a_surname_made_of_the_name_keeps_its_file_and_mailbox(tmp_path: Path, other: str) -> None:
    text = f"---\nnom: {other}\ncourriel: luc.martin-dupont@x.fr\n---\n[x](/c/luc-martin-dupont/)"
    write_all(tmp_path, {"luc-martin-dupont.md": text, "z.md": "Martin Dupont"})
    found = plan_erasure(tmp_path, tmp_path / "output", Eraser("Martin Dupont", ERASER.day))
    assert [one.path for one in found.changes] == ["z.md"]
    assert (found.near[0].path, found.near[0].typed) == ("luc-martin-dupont.md", other)


def test_a_mailbox_is_erased_alone(tmp_path: Path) -> None:
    text = "Camille Exemple, camille.exemple@asso.fr, x-camille.exemple@asso.fr"
    write_all(tmp_path, {"a.md": text, "b.yaml": "courriel: Camille.Exemple@asso.fr\n"})
    erase_from(tmp_path, "camille.exemple@asso.fr")
    assert read_all(tmp_path) == {
        "a.md": f"Camille Exemple, {ERASER.marker}, x-camille.exemple@asso.fr",
        "b.yaml": 'courriel: ""\n',
    }


def test_the_pdf_of_a_seal_is_not_to_be_opened_if_its_texts_were_searched(tmp_path: Path) -> None:
    names = ("lettre.pdf", "lettre.txt", "autre.pdf")
    write_all(tmp_path, {f"newsletters/scelles/2026-11/{name}": "%PDF" for name in names})
    found = plan_erasure(tmp_path, tmp_path / "output", ERASER)
    assert found.unread == ("newsletters/scelles/2026-11/autre.pdf",)


def test_a_link_to_a_renamed_file_follows_its_spelling(tmp_path: Path) -> None:
    files = {"i/lea-noir.jpg": "1", "i/Lea_Noir.jpg": "2"}
    write_all(tmp_path, files | {"a.md": "![](/i/lea-noir.jpg) ![](/i/Lea_Noir.jpg)"})
    erase_from(tmp_path, "Léa Noir")
    after = read_all(tmp_path)
    addresses = re.findall(r"\(/(.*?)\)", after["a.md"])
    assert [after[path] for path in addresses] == ["1", "2"]


def test_a_name_that_is_taken_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    write_all(tmp_path, {"a.md": "Léa Noir", "lea-noir.md": "Une"})
    eraser = Eraser("Léa Noir", ERASER.day)
    found = plan_erasure(tmp_path, tmp_path / "output", eraser)
    (tmp_path / f"{eraser.slug}.md").symlink_to("nulle-part")
    with pytest.raises(FileExistsError, match="déjà pris"):
        write_changes(tmp_path, found.changes)
    (tmp_path / f"{eraser.slug}.md").unlink()
    assert read_all(tmp_path) == {"a.md": "Léa Noir", "lea-noir.md": "Une"}


@pytest.mark.parametrize(
    "names",
    [("lea-noir/a.txt", "lea-noir/b.txt"), ("x/lea-noir/a", "x/lea-noir/s/b", "x/lea-noir/s/c")],
)
def test_a_folder_that_has_the_name_is_moved_whole(tmp_path: Path, names: tuple[str, ...]) -> None:
    write_all(tmp_path, dict.fromkeys(names, "Texte"))
    erase_from(tmp_path, "Léa Noir")
    assert sorted(read_all(tmp_path)) == sorted(n.replace("lea-noir", ERASER.slug) for n in names)
    assert not [path for path in tmp_path.rglob("*") if "noir" in path.name]


def test_what_failed_leaves_no_new_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_all(tmp_path, {"lea-noir/a.txt": "Une", "z.md": "Léa Noir"})
    found = plan_erasure(tmp_path, tmp_path / "output", Eraser("Léa Noir", ERASER.day))
    apply = file_changes._apply

    def fail(where: Path, change: tree.Change) -> None:
        if change.path == "z.md":
            raise KeyboardInterrupt
        apply(where, change)

    monkeypatch.setattr(file_changes, "_apply", fail)
    with pytest.raises(KeyboardInterrupt):
        write_changes(tmp_path, found.changes)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lea-noir", "z.md"]


@pytest.mark.parametrize("other", ["Anne-Léa Noir", "Léa Noir-Blanc", "Anne-Léa Noir-Blanc"])
def test_another_person_keeps_name_file_and_mailbox(tmp_path: Path, other: str) -> None:
    slug = make_slug(other)
    mailbox = slug.replace("-noir", ".noir")
    text = f"---\nnom: {other}\ncourriel: {mailbox}@x.fr\n---\n"
    files = {f"{slug}.md": text, "page.md": f"[{other}](/c/{slug}/) et une autre"}
    write_all(tmp_path, files | {"z.md": "Léa Noir"})
    eraser = Eraser("Léa Noir", ERASER.day)
    found = plan_erasure(tmp_path, tmp_path / "output", eraser)
    assert [one.path for one in found.changes] == ["z.md"]
    assert found.changes[0].passages == ("Léa Noir",)
    assert {one.path for one in found.near} == set(files)
    assert {one.typed for one in found.near} == {other}


def test_a_file_that_only_shows_the_name_is_renamed_and_to_be_opened(tmp_path: Path) -> None:
    for name in ("CV Léa Noir.pdf", "lea-noir.jpg", "autre.jpg"):
        (tmp_path / name).write_bytes(b"%PDF-1.7" if name.endswith("pdf") else b"\xff\xd8\0")
    eraser = Eraser("Léa Noir", ERASER.day)
    found = plan_erasure(tmp_path, tmp_path / "output", eraser)
    assert set(found.unread) == {f"CV {eraser.slug}.pdf", f"{eraser.slug}.jpg"}


def test_a_line_to_read_again_shows_the_word_in_the_file_as_it_is_named_then(
    tmp_path: Path,
) -> None:
    text = f"Léa Noir. {'Avant. ' * 30}Mme Noir parle.{' Après.' * 30}"
    write_all(tmp_path, {"lea-noir.md": text})
    eraser = Eraser("Léa Noir", ERASER.day)
    (near,) = plan_erasure(tmp_path, tmp_path / "output", eraser).near
    assert (near.path, near.line) == (f"{eraser.slug}.md", 1)
    assert "Mme Noir parle." in near.words
    assert len(near.words) < 80


def test_anchors_of_two_persons_in_one_sealed_letter_differ(tmp_path: Path) -> None:
    names = ("lea-noir", "paul-gris", "lea-noir-fin")
    titles = "".join(f'<h3 id="{name}-dit"><a href="#{name}-dit">x</a></h3>' for name in names)
    write_all(tmp_path, {"x/sceau.json": json.dumps({"html": titles}), "x/l.html": titles})
    for name in ("Léa Noir", "Paul Gris"):
        erase_from(tmp_path, name)
    after = read_all(tmp_path)
    assert json.loads(after["x/sceau.json"])["html"] == after["x/l.html"]
    ids = re.findall(r'id="(.*?)"', after["x/l.html"])
    assert len(set(ids)) == 3
    assert re.findall(r'href="#(.*?)"', after["x/l.html"]) == ids
