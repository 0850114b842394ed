"""The files that `importer` keeps between two imports, and the lock for simultaneous imports."""

from __future__ import annotations

import contextlib
import os
import secrets
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from maille.git import run_git
from maille.imports.mapping import FOLDER as MAPPINGS

FOLDER = ".imports"  # files that contain cells of tables; ignored by git
_IGNORE = f"{FOLDER}/.gitignore"
_SALT, _LOCK, _END = f"{FOLDER}/sel", f"{FOLDER}/verrou", f"{FOLDER}/fini"
_PAUSE = 0.1  # seconds between two attempts to take the lock


def list_stems(root: Path) -> tuple[str, ...]:
    """Return the names of the mappings of the site, without folder and ending."""
    return tuple(sorted(path.stem for path in (root / MAPPINGS).glob("*.toml")))


def read_salt(root: Path, *, keep: bool) -> bytes:
    """Return the salt of the digests; the first time, generate it, and store it if `keep`."""
    path = root / _SALT
    if path.is_file():
        return path.read_bytes()
    salt = secrets.token_bytes(32)
    if keep:
        _make_folder(root)
        path.write_bytes(salt)
    return salt


def read_past(root: Path, memory: str, paths: Sequence[str]) -> dict[str, bytes]:
    """Return, by path, the bytes of `paths` in the last commit that changed the file `memory`.

    Files that this commit does not have are left out. Without git or such a commit, return {}.
    """
    try:
        commit = run_git(root, "log", "-1", "--format=%H", "--", memory).decode().strip()
        asked = "".join(f"{commit}:./{path}\n" for path in paths).encode()
        answer = run_git(root, "cat-file", "--batch", typed=asked) if commit else b""
    except (OSError, subprocess.CalledProcessError):
        return {}
    return dict(_split_answer(answer, paths)) if answer else {}


def _split_answer(answer: bytes, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    at = 0
    for path in paths:
        end = answer.index(b"\n", at)
        *_, last = answer[at:end].split()
        at = end + 1
        if last != b"missing":
            yield path, answer[at : at + int(last)]
            at += int(last) + 1


def describe_exposed(root: Path, path: Path) -> Iterator[str]:
    """Yield a warning if git would publish an editor's file with the site, and how to move it.

    Without git, any file in the site's folder may be published, except those in `.imports/`.
    """
    if not path.is_file() or not _is_published(root, path.resolve()):
        return
    yield f"Attention : {path.name} est dans le dossier du site, et serait publié avec lui."
    yield "  Mettez-le à l'abri, et donnez-le de là la prochaine fois :"
    folder = os.path.relpath(root / FOLDER)
    if not Path(folder).is_dir():
        yield f"    mkdir {_quote(folder)}"
    move = "move" if sys.platform == "win32" else "mv"
    yield f"    {move} {_quote(str(path))} {_quote(folder + os.sep)}"


def _quote(path: str) -> str:
    return f'"{path}"' if sys.platform == "win32" else shlex.quote(path)


def _is_published(root: Path, path: Path) -> bool:
    """Return whether git has or would take a file: it is in the site's repository, not ignored.

    Without git, return whether it is in the site's folder. Files of `.imports/` never count.
    """
    folder = root.resolve()
    try:
        top = Path(run_git(root, "rev-parse", "--show-toplevel").decode().strip()).resolve()
    except (OSError, subprocess.CalledProcessError):
        return path.is_relative_to(folder) and not path.is_relative_to(folder / FOLDER)
    if not path.is_relative_to(top) or path.is_relative_to(folder / FOLDER):
        return False
    try:
        run_git(root, "check-ignore", "--quiet", "--", str(path))
    except subprocess.CalledProcessError:
        return True
    return False


@contextlib.contextmanager
def take_turn(root: Path, start: float) -> Iterator[bool]:
    """Wait until no other import of this site runs; yield whether one ended after `start`.

    `start` is when the site was read, in seconds since the epoch. If an import ended after that,
    the site must be read again.
    """
    _make_folder(root)
    with (root / _LOCK).open("a+b") as opened:
        waited = False
        while not _try_lock(opened):
            if not waited:
                print("Un autre import est en cours ici : celui-ci attend.", file=sys.stderr)
            waited = True
            time.sleep(_PAUSE)
        try:
            yield _read_end(root) >= start
        finally:
            (root / _END).write_text(str(time.time()), encoding="ascii")
        # The system frees the lock when the file is closed, or the process killed.


def _read_end(root: Path) -> float:
    """Return when the last import ended, in seconds since the epoch; 0 if there was none."""
    with contextlib.suppress(OSError, ValueError):
        return float((root / _END).read_text(encoding="ascii"))
    return 0


def _try_lock(opened: IO[bytes]) -> bool:
    """Take the lock of a file; return False if another process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            opened.seek(0)
            msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _make_folder(root: Path) -> None:
    (root / FOLDER).mkdir(exist_ok=True)
    if not (root / _IGNORE).exists():
        (root / _IGNORE).write_bytes(b"*\n")
