"""The step `write`: what is published, what is left alone, and what never reaches the disk."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from maille.publish.artefact import Artefact
from maille.publish.write import ForeignFileError, Published, WriteError, check_path, publish
from tests.doses import TREES


def site(*paths: str, data: bytes = b"page") -> list[Artefact]:
    return [Artefact(path, data) for path in paths]


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file under `folder` with its bytes, hidden ones too."""
    files = [path for path in folder.rglob("*") if not path.is_dir()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


# --- What is published ----------------------------------------------------------------------


def test_the_output_holds_the_artefacts_and_the_marker(output: Path) -> None:
    published = publish([Artefact("index.html", b"<p>"), Artefact("a/b.css", b"")], output)
    assert published == Published(written=2, unchanged=0, removed=0)
    marker = tree(output).pop(".maille")
    assert tree(output) == {".maille": marker, "index.html": b"<p>", "a/b.css": b""}
    assert marker.decode().splitlines()[1:] == ["a/b.css", "index.html"]
    assert names(output.parent) == ["output"]


def test_missing_parents_are_made(tmp_path: Path) -> None:
    publish(site("x"), tmp_path / "build" / "site" / "output")
    assert (tmp_path / "build" / "site" / "output" / "x").exists()


def test_a_relative_output_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    publish(site("x"), Path("output"))
    assert (tmp_path / "output" / "x").exists()


def test_an_unchanged_file_keeps_its_time_and_a_changed_one_does_not(output: Path) -> None:
    publish([Artefact("same", b"1"), Artefact("changed", b"1"), Artefact("gone/x", b"")], output)
    for name in ("same", "changed"):
        os.utime(output / name, ns=(10**18 + 1, 10**18 + 1))
    published = publish([Artefact("same", b"1"), Artefact("changed", b"2")], output)
    assert published == Published(written=1, unchanged=1, removed=1)
    assert (output / "same").stat().st_mtime_ns == 10**18 + 1
    assert (output / "changed").stat().st_mtime_ns > 10**18 + 1
    assert not (output / "gone").exists()


def test_without_hard_links_an_unchanged_file_still_keeps_its_time(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_link(*_args: object, **_options: object) -> None:
        raise PermissionError(errno.EPERM, "no hard links on FAT")

    publish(site("same"), output)
    os.utime(output / "same", ns=(10**18 + 1, 10**18 + 1))
    monkeypatch.setattr(os, "link", no_link)
    assert publish(site("same"), output) == Published(written=0, unchanged=1, removed=0)
    assert (output / "same").stat().st_mtime_ns == 10**18 + 1


def test_a_file_edited_by_hand_is_written_again_and_its_other_names_left(output: Path) -> None:
    publish(site("page"), output)
    os.link(output / "page", output.parent / "backup")
    (output / "page").write_bytes(b"EDIT")  # as long as the artefact
    assert publish(site("page"), output) == Published(written=1, unchanged=0, removed=0)
    assert (output / "page").read_bytes() == b"page"
    assert (output.parent / "backup").read_bytes() == b"EDIT"


# --- What somebody put there ------------------------------------------------------------------

SETTING = "ajoutez à la fin de site.toml :\n[fichiers]"


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("CNAME", "www.exemple.fr\n", r'"CNAME" = "www.exemple.fr\n"'),
        (".nojekyll", "", '".nojekyll" = ""'),
        ("google1.html", 'a "b" é', r'"google1.html" = "a \"b\" é"'),
        (".well-known/security.txt", "x", '".well-known/security.txt" = "x"'),
    ],
)
def test_a_file_added_by_hand_is_named_before_it_goes(
    output: Path, name: str, text: str, line: str
) -> None:
    publish(site("page"), output)
    (output / name).parent.mkdir(exist_ok=True)
    (output / name).write_text(text, "utf-8")
    before = tree(output)
    with pytest.raises(ForeignFileError) as told:
        publish(site("page", data=b"new"), output, setting=SETTING)
    said = str(told.value).splitlines()
    assert name in said[0]
    assert "Rien n'a été touché" in said[0]
    assert said[1:] == [
        "Pour publier avec le site, ajoutez à la fin de site.toml :",
        "[fichiers]",
        line,
        "Sinon, déplacez ailleurs, ou effacez, puis recommencez.",
    ]
    assert tomllib.loads("\n".join(said[2:4]))["fichiers"] == {name: text}
    assert tree(output) == before
    assert names(output.parent) == ["output"]
    publish([*site("page"), Artefact(name, text.encode())], output, setting=SETTING)
    assert tree(output)[name] == text.encode()


@pytest.mark.parametrize("data", [b"\xff\xd8", b"x" * 100_000])
def test_a_file_that_no_setting_holds_is_to_be_moved(output: Path, data: bytes) -> None:
    publish(site("page"), output)
    (output / "photo.jpg").write_bytes(data)
    with pytest.raises(ForeignFileError, match=r"(?s)photo.jpg.*\nDéplacez ailleurs, ou effacez"):
        publish(site("page"), output, setting=SETTING)


def test_only_some_of_many_files_are_named(output: Path) -> None:
    publish(site("page"), output)
    for number in range(9):
        (output / f"{number}.txt").write_text("x")
    with pytest.raises(ForeignFileError, match=r"0\.txt, .* et 4\.txt \(et 4 autres\)"):
        publish(site("page"), output)


@pytest.mark.parametrize(
    "name", [".DS_Store", "a/.DS_Store", "._page", "Thumbs.db", "page~", ".page.swp", "desktop.ini"]
)
def test_what_software_leaves_goes_and_is_counted(output: Path, name: str) -> None:
    publish(site("page", "a/page"), output)
    (output / name).write_text("x")
    assert publish(site("page", "a/page"), output).removed == 1
    assert not (output / name).exists()


def test_a_page_that_was_ours_goes_even_if_edited_by_hand(output: Path) -> None:
    publish(site("page", "old"), output)
    (output / "old").write_text("by hand")
    assert publish(site("page"), output) == Published(written=0, unchanged=1, removed=1)


def test_an_output_of_an_older_version_names_no_file(output: Path) -> None:
    publish(site("page"), output)
    marker = output / ".maille"
    marker.write_text(marker.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    (output / "added").write_text("by hand")
    assert publish(site("page"), output).removed == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_links_and_pipes_in_the_old_tree_are_replaced_not_read(output: Path) -> None:
    secret = output.parent / "x"
    secret.write_bytes(b"page")
    publish(site("link", "folder/x", "pipe"), output)
    for name in ("link", "pipe", "folder/x"):
        (output / name).unlink()
    (output / "folder").rmdir()
    (output / "link").symlink_to("../x")  # the link is as long as the page
    (output / "folder").symlink_to(output.parent)
    os.mkfifo(output / "pipe")
    published = publish([*site("link", "folder/x"), *site("pipe", data=b"")], output)
    assert published == Published(written=3, unchanged=0, removed=1)
    assert tree(output).keys() == {".maille", "link", "folder/x", "pipe"}
    assert not (output / "folder").is_symlink()
    assert all((output / name).lstat().st_nlink == 1 for name in ("link", "folder/x", "pipe"))
    assert secret.read_bytes() == b"page"


def test_links_pipes_and_empty_folders_added_by_hand_are_named(output: Path) -> None:
    publish(site("page", "folder/x"), output)
    (output / "lien").symlink_to("page")
    (output / "folder" / "vide").mkdir()
    os.mkfifo(output / "tube")
    with pytest.raises(ForeignFileError, match=r"folder/vide/, lien et tube\. Rien n'a été touché"):
        publish(site("page"), output, setting=SETTING)


def test_only_names_that_a_setting_may_have_are_proposed(output: Path) -> None:
    publish(site("page"), output)
    (output / "note.txt").write_text("a")
    (output / "a").mkdir()
    (output / "a" / "note.txt").write_text("b")
    with pytest.raises(ForeignFileError) as told:
        publish(site("page"), output, setting=SETTING, admits=lambda name: "/" not in name)
    assert "a/note.txt et note.txt" in str(told.value)
    assert [line for line in str(told.value).splitlines() if " = " in line] == ['"note.txt" = "a"']


def test_a_file_becomes_a_folder_and_back(output: Path) -> None:
    publish(site("a"), output)
    assert publish(site("a/b"), output) == Published(written=1, unchanged=0, removed=1)
    assert publish(site("a"), output) == Published(written=1, unchanged=0, removed=1)


@pytest.mark.skipif(os.name == "nt", reason="POSIX rights")
@pytest.mark.parametrize(
    ("mask", "file", "folder"), [(0, 0o644, 0o755), (0o022, 0o644, 0o755), (0o077, 0o600, 0o700)]
)
def test_rights_are_the_usual_ones_under_umask(
    output: Path, mask: int, file: int, folder: int
) -> None:
    before = os.umask(0o022)
    try:
        publish(site("a/b"), output)
        (output / "a/b").chmod(0o777)
        os.umask(mask)
        published = publish(site("a/b"), output)
    finally:
        os.umask(before)
    modes = [(output / name).stat().st_mode & 0o7777 for name in ("a/b", ".maille", "a", ".")]
    assert modes == [file, file, folder, folder]
    assert published.unchanged == 1


def test_complete_reads_the_staged_tree_and_adds_to_it(output: Path) -> None:
    def index(staged: Path) -> Iterator[Artefact]:
        assert not output.exists()
        yield Artefact("search/index", (staged / "page").read_bytes() * 2)

    assert publish(site("page"), output, complete=index).written == 2
    assert (output / "search/index").read_bytes() == b"pagepage"


@pytest.mark.parametrize(
    "error", [KeyError("ours"), OSError(errno.ENOSPC, "x"), KeyboardInterrupt()]
)
def test_what_the_caller_raises_passes_as_it_is_and_nothing_changes(
    output: Path, error: BaseException
) -> None:
    def failing(_staged: Path | None = None) -> Iterator[Artefact]:
        yield Artefact("first", b"")
        raise error

    publish(site("page"), output)
    before = tree(output.parent)
    with pytest.raises(type(error)) as caught:
        publish(failing(), output)
    assert caught.value is error
    with pytest.raises(type(error)) as caught:
        publish([], output, complete=failing)
    assert caught.value is error
    assert tree(output.parent) == before


# --- A disk that refuses --------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a file system of 512 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("mounting a small disk needs Linux and root")
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting is refused here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk_is_told_and_changes_nothing(small_disk: Path) -> None:
    output = small_disk / "output"
    publish(site("page"), output)
    many = [Artefact(f"{n}/x", os.urandom(20_000)) for n in range(50)]
    with pytest.raises(WriteError) as caught:
        publish(many, output)
    assert str(caught.value) == "Le disque est plein : le site publié n'a pas été touché."
    assert tree(output).keys() == {".maille", "page"}
    assert names(small_disk) == ["output"]
    assert publish(site("page"), output).unchanged == 1


def test_a_read_only_disk_is_told_and_changes_nothing(small_disk: Path) -> None:
    output = small_disk / "output"
    publish(site("page"), output)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(WriteError, match=r"^Le disque est en lecture seule : le site publié n'a"):
        publish(site("new"), output)
    assert tree(output).keys() == {".maille", "page"}


def test_an_output_that_is_a_mount_point_is_told(small_disk: Path) -> None:
    with pytest.raises(WriteError, match=r"^Le dossier de sortie est un point de montage"):
        publish(site("page"), small_disk)
    assert names(small_disk) == []
    assert names(small_disk.parent) == ["disk"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_folder_without_write_permission_is_told(output: Path) -> None:
    publish(site("page"), output)
    output.parent.chmod(0o555)
    try:
        with pytest.raises(WriteError, match=r"^Les droits ne permettent pas d'écrire dans « "):
            publish(site("new"), output)
    finally:
        output.parent.chmod(0o755)
    assert tree(output).keys() == {".maille", "page"}


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        (errno.ENOSPC, "Le disque est plein"),
        (errno.EDQUOT, "Le disque est plein (quota atteint)"),
        (errno.EROFS, "Le disque est en lecture seule"),
        (errno.EACCES, "Les droits ne permettent pas d'écrire dans « a/b »"),
        (errno.EIO, "Écriture impossible dans « a/b » (EIO)"),
    ],
)
def test_each_refusal_of_the_disk_has_its_sentence(
    output: Path, monkeypatch: pytest.MonkeyPatch, code: int, cause: str
) -> None:
    def refuse(*_args: object) -> None:
        raise OSError(code, os.strerror(code), "a/b")

    publish(site("page"), output)
    before = tree(output.parent)
    with monkeypatch.context() as patch:
        patch.setattr(os, "mkdir", refuse)
        with pytest.raises(WriteError) as caught:
            publish(site("folder/new"), output)
    assert str(caught.value) == f"{cause} : le site publié n'a pas été touché."
    assert tree(output.parent) == before


def test_an_old_site_that_cannot_be_deleted_is_told(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(errno.EACCES, "in use", path)

    publish(site("a/b"), output)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", refuse)
        with pytest.raises(WriteError, match=r"^Le nouveau site est publié, mais l'ancien"):
            publish(site("new"), output)
    assert (output / "new").exists()
    publish(site("new"), output)
    assert names(output.parent) == ["output"]


# --- The last wall before the disk ----------------------------------------------------------

HOSTILE = [
    "",
    "/",
    "/etc/passwd",
    "../x",
    "a/../../x",
    "a/..",
    "..",
    ".",
    "./x",
    "a/./x",
    "a//x",
    "a/",
    "a\\..\\x",
    "\\\\server\\share",
    "C:/x",
    "c:x",
    "page:stream",
    "a\0b",
    "a\nb",
    "a\x7f",
    "a?b",
    "a*",
    "<a>",
    'a"',
    "a|b",
    "CON",
    "con",
    "NUL.txt",
    "a/aux.html",
    "nul /x",
    "Lpt1/x",
    "com¹",
    "prn.tar.gz",
    "CONIN$",
    "a.",
    "a./x",
    "a ",
    "a /x",
    "...",
    "x" * 201,
    "é" * 101,
    "a/" * 100 + "x",
    "\ud800",
    "\udc80",
    ".maille",
    ".MAILLE",
    ".maille/x",
]


@pytest.mark.parametrize("path", HOSTILE)
def test_a_hostile_path_is_refused_and_nothing_is_written(output: Path, path: str) -> None:
    publish(site("page"), output)
    before = tree(output.parent)
    with pytest.raises(ValueError, match=r"artefact|utf-8"):
        publish([*site("first"), *site(path)], output)
    assert tree(output.parent) == before


@pytest.mark.parametrize(
    "path", ["a", "index.html", "console/x", "aux-arbres/x", "com10", "é/ù.html", ".well-known/x"]
)
def test_a_plain_path_is_accepted(path: str) -> None:
    check_path(path)
    check_path("x" * 200)


segments = st.one_of(
    st.sampled_from(["..", ".", "", "CON", "nul.html", "a", "C:", "~", "a ", "a.", "%2e%2e", "…"]),
    st.text(max_size=8),
)
paths = st.one_of(
    st.text(max_size=30), st.lists(segments, max_size=6).map("/".join), st.sampled_from(HOSTILE)
)


@given(st.lists(paths, max_size=4))
@example(["a/b", "a/c", "d"])
@settings(max_examples=TREES, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_paths_nothing_is_written_elsewhere(
    tmp_path: Path, hostile: list[str]
) -> None:
    shutil.rmtree(tmp_path)
    output = tmp_path / "inner" / "output"
    output.parent.mkdir(parents=True)
    (tmp_path / "witness").write_text("untouched")
    try:
        publish(site(*hostile), output)
    except ValueError:
        expected = set()
    else:
        expected = {f"inner/output/{name}" for name in (".maille", *hostile)}
    assert tree(tmp_path).keys() == {"witness", *expected}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a", "a"),
        ("A.html", "a.html"),
        ("straße", "STRASSE"),
        ("é", unicodedata.normalize("NFD", "é")),
        ("\u03b1\u0345\u0301", "\u03b1\u0301\u0345"),
        ("É/x", unicodedata.normalize("NFD", "é") + "/x"),
        ("a", "a/b"),
        ("a/b", "a"),
        ("A/b", "a"),
        ("a", "A/b"),
        ("a/b/c", "a/b"),
        ("a/b", "a/b/c/d"),
        ("A/x", "a/y"),
        ("a/B/x", "a/b/y"),
    ],
)
def test_two_artefacts_that_a_disk_may_confuse_are_both_named(
    output: Path, first: str, second: str
) -> None:
    with pytest.raises(ValueError, match="two") as caught:
        publish(site(first, "other", second), output)
    assert repr(first) in str(caught.value)
    assert repr(second) in str(caught.value)
    assert names(output.parent) == []


def test_names_that_only_begin_alike_do_not_clash(output: Path) -> None:
    publish(site("a/b", "a/b.html", "a/bc/d", "ab", "a/c/b"), output)
    assert len(tree(output)) == 6


@pytest.mark.parametrize("name", ["folder", "folder/page"])
@pytest.mark.parametrize("target", [".", "new"])
def test_a_link_planted_while_staging_is_not_followed(output: Path, name: str, target: str) -> None:
    elsewhere = output.parent / "elsewhere"
    elsewhere.mkdir()

    def planting() -> Iterator[Artefact]:
        yield Artefact("folder/first" if "/" in name else "first", b"")
        (output.parent / ".output.en-cours" / name).symlink_to(elsewhere / target)
        yield Artefact("folder/page", b"page")

    with pytest.raises(WriteError, match="EEXIST"):
        publish(planting(), output)
    assert names(elsewhere) == []
    assert names(output.parent) == ["elsewhere"]
