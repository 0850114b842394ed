from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from maille import kinds
from maille.content.discover import FoundFiles, discover, find_owner, read_config_file, read_folder
from maille.content.image_encoding import WEIGHT_LIMIT

KINDS = kinds.load(("vocabulaire", "catalyser", "projet", "newsletter", "page"))


def write(root: Path, *paths: str) -> Path:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path, "utf-8")
    return root


def found(root: Path) -> FoundFiles:
    return discover(root, KINDS)


def paths(root: Path) -> list[str]:
    return [source.path for source in found(root).sources]


def test_the_files_of_every_kind_are_read_wherever_they_are_below_its_folder(
    tmp_path: Path,
) -> None:
    written = [
        "catalysers/a.md",
        "catalysers/exemples/b.md",
        "content/pages/c.md",
        "content/projets/2024/d.md",
        "content/vocabulaires/e.yaml",
        "newsletters/2024-05.md",
    ]
    write(tmp_path, *written)
    assert paths(tmp_path) == written
    assert [source.data.decode() for source in found(tmp_path).sources] == written
    assert found(tmp_path).ignored == ()
    assert found(tmp_path).problems == ()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("catalysers/README.md", "mode d'emploi"),
        ("newsletters/readme.md", "mode d'emploi"),
        ("catalysers/_modele.md", "modèle"),
        ("catalysers/.DS_Store", "logiciel"),
        ("catalysers/~$a.docx", "logiciel"),
        ("catalysers/a.md~", "logiciel"),
        ("catalysers/.a.md.swp", "logiciel"),
        ("catalysers/a.bak", "logiciel"),
        ("catalysers/a.txt", "pas un fichier .md"),
        ("catalysers/a.MD", "pas un fichier .md"),
        ("content/vocabulaires/a.md", "pas un fichier .yaml"),
        ("content/a.md", "d'aucun type"),
        ("content/autre/a.md", "d'aucun type"),
        ("content/pages2/a.md", "d'aucun type"),
    ],
)
def test_a_file_left_aside_is_named_with_the_reason(tmp_path: Path, path: str, words: str) -> None:
    write(tmp_path, path, "catalysers/x.md")
    ((name, reason),) = found(tmp_path).ignored
    assert name == path
    assert words in reason
    assert paths(tmp_path) == ["catalysers/x.md"]


def test_images_are_read_apart_from_texts(tmp_path: Path) -> None:
    write(tmp_path, "content/images/a.jpg", "content/images/2024/_DSC1.JPG", "content/images/b.md")
    assert [image.path for image in found(tmp_path).images] == [
        "content/images/2024/_DSC1.JPG",
        "content/images/a.jpg",
        "content/images/b.md",
    ]
    assert found(tmp_path).images[1].data == b"content/images/a.jpg"
    assert found(tmp_path).sources == ()
    assert found(tmp_path).ignored == ()


@pytest.mark.parametrize("name", [".DS_Store", "~$a.jpg", "Thumbs.db", "desktop.ini", "README.md"])
def test_what_software_leaves_among_images_is_left_aside(tmp_path: Path, name: str) -> None:
    write(tmp_path, f"content/images/{name}")
    assert found(tmp_path).images == ()
    assert [path for path, _ in found(tmp_path).ignored] == [f"content/images/{name}"]


def test_no_more_of_an_image_is_read_than_shows_that_it_is_too_heavy(tmp_path: Path) -> None:
    write(tmp_path, "content/images/a.jpg")
    with (tmp_path / "content/images/a.jpg").open("wb") as file:
        file.truncate(10**12)  # takes no room on the disk
    assert len(found(tmp_path).images[0].data) == WEIGHT_LIMIT + 1


def test_a_link_among_images_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "secret.jpg", "content/images/a.jpg")
    (tmp_path / "content/images/lien.jpg").symlink_to(tmp_path / "secret.jpg")
    (problem,) = found(tmp_path).problems
    assert problem.path == "content/images/lien.jpg"
    assert [image.path for image in found(tmp_path).images] == ["content/images/a.jpg"]


def test_what_is_outside_the_content_is_not_looked_at(tmp_path: Path) -> None:
    write(tmp_path, "README.md", "docs/a.md", "output/b.md", "templates/c.html", "site.toml")
    assert found(tmp_path) == FoundFiles((), (), ())


def test_every_file_is_read_named_or_refused(tmp_path: Path) -> None:
    write(tmp_path, "catalysers/a.md", "catalysers/README.md", "content/x", "content/pages/p.md")
    (tmp_path / "catalysers/lien.md").symlink_to("a.md")
    result = found(tmp_path)
    named = [s.path for s in result.sources] + [p for p, _ in result.ignored]
    every = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if not p.is_dir()}
    assert {*named, *(problem.path for problem in result.problems)} == every
    assert len(named) + len(result.problems) == len(every)


@pytest.mark.parametrize("target", ["../secret", "a.md", ".", "..", "nulle-part", "/etc/passwd"])
def test_a_link_is_refused_and_never_followed(tmp_path: Path, target: str) -> None:
    write(tmp_path, "catalysers/a.md", "secret")
    (tmp_path / "catalysers/lien.md").symlink_to(target)
    result = found(tmp_path)
    (problem,) = result.problems
    assert problem.path == "catalysers/lien.md"
    assert "lien" in problem.message
    assert [source.path for source in result.sources] == ["catalysers/a.md"]


def test_a_pipe_is_refused_and_never_opened(tmp_path: Path) -> None:
    write(tmp_path, "catalysers/a.md")
    os.mkfifo(tmp_path / "catalysers/tuyau.md")
    code = (
        "import sys; from pathlib import Path; from maille import kinds\n"
        "from maille.content.discover import discover\n"
        "found = discover(Path(sys.argv[1]), kinds.load(['catalyser']))\n"
        "print([problem.path for problem in found.problems])"
    )
    # In a process of its own: opening a pipe that nobody writes to would wait for ever.
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path],
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    assert done.stdout.strip() == "['catalysers/tuyau.md']"


def test_the_order_is_that_of_the_names_not_of_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["b.md", "a.md", "Z.md", "é.md", "a-b.md", "a/c.md"]
    write(tmp_path, *(f"catalysers/{name}" for name in names))
    expected = paths(tmp_path)
    listed = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda self: sorted(listed(self), reverse=True))
    assert paths(tmp_path) == expected
    assert sorted(expected) == sorted(f"catalysers/{name}" for name in names)


def test_a_decomposed_name_is_the_same_name(tmp_path: Path) -> None:
    write(tmp_path, "catalysers/e\u0301cole.md")
    assert paths(tmp_path) == ["catalysers/école.md"]


def test_a_site_without_content_has_no_files(tmp_path: Path) -> None:
    assert found(tmp_path) == FoundFiles((), (), ())


def test_the_kind_of_a_path() -> None:
    catalyser = find_owner("catalysers/exemples/a.md", KINDS)
    assert catalyser
    assert catalyser.name == "catalyser"
    assert find_owner("catalysers2/a.md", KINDS) is None


def test_the_settings_and_the_assets_are_read(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_config_file(tmp_path)
    write(tmp_path, "site.toml", "assets/css/a.css", "assets/.DS_Store", "assets/b.js")
    assert read_config_file(tmp_path).data == b"site.toml"
    assert list(read_folder(tmp_path / "assets")) == ["b.js", "css/a.css"]


@pytest.mark.parametrize(
    ("name", "right"),
    [("a.MD", "a.md"), ("a.markdown", "a.md"), ("a.md.txt", "a.md"), ("a.txt", "")],
)
def test_a_text_whose_name_ends_otherwise_is_told(tmp_path: Path, name: str, right: str) -> None:
    (tmp_path / "catalysers").mkdir()
    (tmp_path / "catalysers" / name).write_text("---\n")
    (tmp_path / "catalysers/README.MD").write_text("x")
    found = discover(tmp_path, KINDS)
    assert len(found.ignored) == 2
    assert [note.hint for note in found.notes] == ([f"renommez-le {right}"] if right else [])


def test_folders_may_be_nested_deeper_than_the_stack(tmp_path: Path) -> None:
    at = os.open(tmp_path, os.O_RDONLY)
    for name in ("catalysers", *("d" * 1200)):
        os.mkdir(name, dir_fd=at)
        at, before = os.open(name, os.O_RDONLY, dir_fd=at), at
        os.close(before)
    os.close(at)
    try:
        assert discover(tmp_path, KINDS).sources == ()
    finally:  # pytest's own cleaning is recursive
        subprocess.run(["rm", "-r", tmp_path / "catalysers"], check=True)
