"""The whole command on a disk that is full, read-only or closed to it; files that cannot be read.

The disk is a real tmpfs. Root mounts it; anybody else runs this file again in a user namespace,
where everybody is root (`unshare -rm`).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("mounting a small disk needs Linux", allow_module_level=True)

from tests import command
from tests.building import ROOT
from tests.command import Done, read_tree
from tests.small_site import write_small_site

FULL = "Le disque est plein : le site publié n'a pas été touché.\n"
PAGE = 4096  # what a file takes is a multiple of it
READ_ONLY = "Le disque est en lecture seule : le site publié n'a pas été touché.\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_small_site(tmp_path / "site")


def build(site: Path, output: Path) -> Done:
    return command.run(site, "--output", output)


def grow(site: Path) -> None:
    """Write 300 kB more in a page of the site."""
    with (site / "content/pages/le-reseau.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{'Une phrase de plus, pour peser. ' * 6}\n" * 1_500)


def remount(disk: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", disk], check=True)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(scope="module")
def small_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published small site, whose weight the disk is made for."""
    folder = tmp_path_factory.mktemp("small")
    done = build(write_small_site(folder / "site"), folder / "output")
    assert done.code == 0, done.said
    return folder / "output"


@pytest.fixture
def disk(tmp_path: Path, small_output: Path) -> Iterator[Path]:
    """Mount a disk that has room for the small site, not for 300 kB more."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid():
        pytest.skip("only root mounts a disk: see test_anybody_may_run_these_in_a_namespace")
    files = (path.stat().st_size for path in small_output.rglob("*") if path.is_file())
    size = sum(-(-size // PAGE) * PAGE for size in files)
    options = f"size={size + 150_000},nr_inodes=500"
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting is refused here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root runs them directly")
def test_anybody_may_run_these_in_a_namespace() -> None:
    inside = ["unshare", "--map-root-user", "--mount"]
    if not shutil.which("unshare") or subprocess.run([*inside, "true"], check=False).returncode:
        pytest.skip("user namespaces are refused here, and only root mounts a disk")
    again = [
        sys.executable,
        "-m",
        "pytest",
        "tests/whole/test_disks.py",
        "tests/publish/test_write.py",
    ]
    done = subprocess.run([*inside, *again], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


# --- Full -----------------------------------------------------------------------------------


def test_a_disk_that_fills_up_keeps_the_old_site(site: Path, disk: Path) -> None:
    output = disk / "output"
    assert build(site, output).code == 0
    before = read_tree(output)
    grow(site)

    assert build(site, output) == Done(3, FULL)
    assert read_tree(output) == before
    assert names(disk) == ["output"]

    remount(disk, "size=8000k")
    assert build(site, output).code == 0
    assert len((output / "le-reseau/index.html").read_bytes()) > 200_000
    assert names(disk) == ["output"]


def test_a_disk_without_a_byte_left(site: Path, disk: Path) -> None:
    output = disk / "output"
    assert build(site, output).code == 0
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            pass
    before = read_tree(disk)
    grow(site)
    assert build(site, output) == Done(3, FULL)
    assert read_tree(disk) == before
    filler.unlink()
    remount(disk, "size=8000k")
    assert build(site, output).code == 0


def test_a_disk_without_a_name_left(site: Path, disk: Path) -> None:
    """No inode is free: not even the lock can be made."""
    output = disk / "output"
    assert build(site, output).code == 0
    number = 0
    while True:
        try:
            (disk / f"filler-{number}").touch()
        except OSError:
            break
        number += 1
    before = read_tree(disk)
    assert build(site, output) == Done(3, FULL)
    assert read_tree(disk) == before
    for path in disk.glob("filler-*"):
        path.unlink()
    assert build(site, output).code == 0
    assert names(disk) == ["output"]


def test_a_first_build_that_does_not_fit_leaves_nothing(site: Path, disk: Path) -> None:
    remount(disk, "size=600k")
    assert build(site, disk / "output") == Done(3, FULL)
    assert names(disk) == []


# --- Closed ---------------------------------------------------------------------------------


def test_a_read_only_disk(site: Path, disk: Path) -> None:
    output = disk / "output"
    assert build(site, output).code == 0
    before = read_tree(disk)
    remount(disk, "ro")
    assert build(site, output) == Done(3, READ_ONLY)
    assert build(site, disk / "other/output") == Done(3, READ_ONLY)
    assert read_tree(disk) == before
    remount(disk, "rw")
    assert build(site, output).code == 0


def test_content_on_a_read_only_disk_is_all_that_is_needed(site: Path, disk: Path) -> None:
    shutil.copytree(site, disk / "site")
    before = read_tree(disk)
    remount(disk, "ro")
    done = command.run(disk / "site", "verifier")
    assert done.code == 0, done.said
    assert command.run(disk / "site", "--output", site.parent / "o").code == 0
    assert read_tree(disk) == before


def closed(site: Path, output: Path) -> Done:
    """Run the command as somebody whom the rights of files bind."""
    return command.run(site, "--output", output, before=command.drop_privileges)


def test_a_folder_that_may_not_be_written_to(site: Path) -> None:
    output = site.parent / "public/output"
    assert build(site, output).code == 0
    before = read_tree(output.parent)
    output.parent.chmod(0o555)
    done = closed(site, output)
    output.parent.chmod(0o755)
    assert done.code == 3
    assert done.said.startswith("Les droits ne permettent pas d'écrire dans « ")
    assert done.said.endswith(" » : le site publié n'a pas été touché.\n")
    assert read_tree(output.parent) == before
    assert closed(site, output).code == 0


def test_an_output_whose_files_may_not_be_changed_is_replaced_all_the_same(site: Path) -> None:
    output = site.parent / "public/output"
    assert build(site, output).code == 0
    for path in output.rglob("*"):
        if path.is_file():
            path.chmod(0o444)
    grow(site)
    assert closed(site, output).code == 0
    assert names(output.parent) == ["output"]


@pytest.mark.parametrize("path", ["catalysers/premier.md", "catalysers", "site.toml", "templates"])
def test_what_may_not_be_read_is_named(site: Path, path: str) -> None:
    output = site.parent / "public/output"
    assert build(site, output).code == 0
    before = read_tree(output.parent)
    (site / path).chmod(0)
    done = closed(site, output)
    (site / path).chmod(0o755)
    assert (done.code, done.said.count("\n")) == (3, 1), done.said
    assert f"/{path}" in done.said
    assert "ne peut pas être lu : vérifiez les droits" in done.said
    assert read_tree(output.parent) == before
