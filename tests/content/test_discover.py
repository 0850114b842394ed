from __future__ import annotations

import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest

from build import KINDS as EVERY
from maille import kinds
from maille.content.discover import (
    FoundFiles,
    discover,
    find_special_files,
    read_config_file,
    read_folder,
)
from maille.content.image_encoding import WEIGHT_LIMIT
from tests.building import copy_site

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


def test_a_file_left_aside_is_named_with_the_reason(tmp_path: Path) -> None:
    write(tmp_path, "catalysers/_modele.md", "content/autre/a.md", "catalysers/x.md")
    assert found(tmp_path).ignored == (
        ("catalysers/_modele.md", "modèle à copier"),
        ("content/autre/a.md", "ce dossier n'est celui d'aucun type de contenu"),
    )
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
        timeout=300,
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


def test_the_settings_and_the_assets_are_read(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_config_file(tmp_path)
    write(tmp_path, "site.toml", "assets/css/a.css", "assets/.DS_Store", "assets/b.js")
    assert read_config_file(tmp_path).data == b"site.toml"
    assert list(read_folder(tmp_path / "assets")) == ["b.js", "css/a.css"]


RECORD = "---\nnom: La Fabrique\nrelation: cite\n---\nUn texte.\n"


def put(root: Path, path: str, text: str = RECORD) -> Path:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, "utf-8")
    return root


@pytest.mark.parametrize("name", [".#a.md", "#a.md#", ".~lock.a.md#", "a.md~", "4913", "~$a.md"])
@pytest.mark.parametrize("target", ["marie@poste.1234:1", "a.md", "/etc/passwd", ""])
def test_what_software_leaves_stops_nothing_even_a_link(
    tmp_path: Path, name: str, target: str
) -> None:
    write(tmp_path, "catalysers/a.md")
    if target:
        (tmp_path / "catalysers" / name).symlink_to(target)
    else:
        write(tmp_path, f"catalysers/{name}")
    result = found(tmp_path)
    assert (result.problems, result.notes) == ((), ())
    assert [path for path, _ in result.ignored] == [f"catalysers/{name}"]
    assert paths(tmp_path) == ["catalysers/a.md"]


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("catalysers/_a.md", "renommez-le a.md"),
        ("catalysers/a.md.txt", "renommez-le a.md"),
        ("content/page/a.md", "déplacez-le dans content/pages/"),
        ("content/a.md", "déplacez-le dans catalysers/"),
        ("catalyseurs/2026/a.md", "déplacez-le dans catalysers/"),
        ("Content/pages/a.md", "déplacez-le dans content/pages/"),
        ("a.md", "déplacez-le dans catalysers/"),
    ],
)
def test_a_record_that_is_not_published_is_told_and_counted(
    tmp_path: Path, path: str, hint: str
) -> None:
    result = found(put(tmp_path, path))
    assert [(note.path, note.hint) for note in result.notes] == [(path, hint)]
    assert [name for name, _ in result.ignored] == [path]
    assert (result.problems, result.sources) == ((), ())


@pytest.mark.parametrize(
    ("path", "absent"),
    [
        ("catalysers/.a.md.icloud", "cette fiche"),
        (".newsletters.icloud", "ce dossier"),
        ("content/.pages.icloud", "ce dossier"),
        ("newsletters/2026-11.md.nextcloud", "cette fiche"),
    ],
)
def test_a_record_that_is_not_on_this_disk_is_an_error(
    tmp_path: Path, path: str, absent: str
) -> None:
    [problem] = found(put(tmp_path, path, "bplist00")).problems
    assert problem.path == path
    assert problem.message.startswith(f"{absent} n'est pas sur ce disque")


def test_a_placeholder_beside_its_file_is_left_aside(tmp_path: Path) -> None:
    put(put(tmp_path, "catalysers/a.md"), "catalysers/.a.md.icloud")
    assert found(tmp_path).problems == ()
    assert paths(tmp_path) == ["catalysers/a.md"]


def test_a_copy_is_an_error_and_is_not_read(tmp_path: Path) -> None:
    put(put(tmp_path, "catalysers/a.md"), "catalysers/a (1).md", RECORD + "Autre chose.\n")
    [problem] = found(tmp_path).problems
    assert problem.path == "catalysers/a (1).md"
    assert paths(tmp_path) == ["catalysers/a.md"]


@pytest.mark.parametrize(
    "name", [".#README.md", ".#site.toml", ".#build.py", "README.md", "vers-un-autre-disque"]
)
def test_a_link_to_nothing_beside_the_content_stops_nothing(tmp_path: Path, name: str) -> None:
    put(tmp_path, "catalysers/a.md").joinpath(name).symlink_to("moi@pc.1:2")
    assert found(tmp_path).problems == ()
    assert paths(tmp_path) == ["catalysers/a.md"]


def test_a_link_to_itself_beside_the_content_stops_nothing(tmp_path: Path) -> None:
    put(tmp_path, "catalysers/a.md").joinpath("boucle").symlink_to("boucle")
    assert found(tmp_path).problems == ()


def test_the_files_that_are_refused_are_missing_under_their_own_names(tmp_path: Path) -> None:
    put(tmp_path, "catalysers/.a.md.icloud", "bplist00")
    (tmp_path / "catalysers/b.md").symlink_to("/etc/passwd")
    assert found(tmp_path).missing == ("catalysers/a.md", "catalysers/b.md")


@pytest.mark.parametrize("copy", ["newsletters/Nouveau dossier/2026-11.md", "catalysers/nd/a.md"])
def test_a_copy_in_a_subfolder_is_an_error_and_is_not_read(tmp_path: Path, copy: str) -> None:
    put(put(tmp_path, copy), original := "/".join(copy.split("/")[::2]))
    [problem] = found(tmp_path).problems
    assert problem.path == copy
    assert paths(tmp_path) == [original]


def test_what_cannot_be_read_and_is_not_content_stops_nothing(tmp_path: Path) -> None:
    put(tmp_path, "catalysers/notes.txt").joinpath("catalysers/notes.txt").chmod(0)
    assert [path for path, _ in found(tmp_path).ignored] == ["catalysers/notes.txt"]


def test_links_beside_the_content_are_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "ailleurs/dedans/a.md")
    (tmp_path / "catalyseurs").symlink_to("ailleurs/dedans")
    (tmp_path / "annuaire").symlink_to("ailleurs/dedans")
    (tmp_path / "a.md").symlink_to("ailleurs/dedans/a.md")
    assert found(tmp_path) == FoundFiles((), (), ())


@pytest.mark.parametrize("path", ["templates/a.html", "templates/assets/css/a.css", "templates"])
def test_a_link_among_templates_is_found(tmp_path: Path, path: str) -> None:
    write(tmp_path, "templates/b.html" if path != "templates" else "ailleurs/b.html")
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).symlink_to("/etc")
    assert [problem.path for problem in find_special_files(tmp_path, "templates")] == [path]


def test_folders_may_be_nested_deeper_than_the_stack(tmp_path: Path) -> None:
    (tmp_path / "catalysers" / "/".join("d" * 300)).mkdir(parents=True)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 200)
    try:
        assert discover(tmp_path, KINDS).sources == ()
    finally:
        sys.setrecursionlimit(limit)


def test_the_right_files_of_a_whole_site_are_told_nothing(tmp_path: Path) -> None:
    result = discover(copy_site(tmp_path, examples=True), kinds.load(EVERY))
    assert (result.problems, result.notes) == ((), ())


def test_the_mappings_of_imports_are_settings(tmp_path: Path) -> None:
    root = write(tmp_path, "catalysers/a.md", "content/imports/annuaire.toml", "content/b.toml")
    assert [path for path, _ in found(root).ignored] == ["content/b.toml"]


@pytest.mark.parametrize("folder", ["annuaire", "fiches", "mes textes"])
def test_a_record_in_a_folder_like_no_other_is_told(tmp_path: Path, folder: str) -> None:
    for path in (f"{folder}/a.md", f"{folder}/dedans/b.md", f".{folder}/c.md"):
        put(tmp_path, path)
    write(tmp_path, f"{folder}/sans-en-tete.md")
    assert [note.path for note in found(tmp_path).notes] == [f"{folder}/a.md"]
