"""Replace the whole output folder: one build at a time, and only a folder that is ours.

Where the system can, the staged folder and the output exchange their names in one step, so that
there is always an output. Elsewhere there are two renames, and between them the old output is at
`aside`. No journal is needed: an `aside` without an output means an interrupted exchange, and
`settle` undoes it.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# A folder that contains this file, and no `.git`, is ours to replace and delete.
MARKER = ".maille"

# From <linux/fs.h>, <fcntl.h> and, on macOS, <stdio.h>.
_RENAME_EXCHANGE, _AT_FDCWD, _RENAME_SWAP = 2, -100, 2

# These errors mean that the kernel or the file system does not support the call (EPERM: in old
# containers). If EPERM means that we lack the permission, the renames that we try next fail with
# it too, and nothing is changed.
_NO_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM}

# Windows refuses to rename a folder while an anti-virus program has one of its new files open.
_WINDOWS_TRIES = 20
_WINDOWS_PAUSE_SECONDS = 0.05

_NO_WRITING = {
    errno.ENOSPC: "Le disque est plein",
    errno.EDQUOT: "Le disque est plein (quota atteint)",
    errno.EROFS: "Le disque est en lecture seule",
    errno.EACCES: "Les droits ne permettent pas d'écrire{place}",
    errno.EPERM: "Les droits ne permettent pas d'écrire{place}",
    errno.EBUSY: "Le dossier de sortie est un point de montage, ou un autre programme s'en sert",
    errno.EXDEV: "Le dossier de sortie n'est pas sur le même disque que le dossier qui le contient",
}


class WriteError(Exception):
    """Something cannot be written or deleted; the text is in French, to be printed."""


class UnsafeOutputError(WriteError):
    """The output folder is not one that we may replace."""


class BuildInProgressError(WriteError):
    """Another build of the same output folder is running."""


@dataclass(frozen=True, slots=True)
class OutputPaths:
    """The paths of the output folder, and of the hidden folders and lock beside it."""

    output: Path
    staging: Path
    aside: Path
    lock: Path

    @classmethod
    def make(cls, output: Path) -> OutputPaths:
        """Return the absolute paths for `output`."""
        # Path.resolve would hide that `output` is a symbolic link, which must be refused.
        absolute = Path(os.path.abspath(output))
        words = ("en-cours", "ancien", "verrou")
        return cls(absolute, *(absolute.parent / f".{absolute.name}.{word}" for word in words))


@contextlib.contextmanager
def translate_errors() -> Iterator[None]:
    """Turn any OSError of the block into a WriteError, in French.

    Use it only around the disk access of this package: an OSError of other code would be reported
    as a failure to write.
    """
    try:
        yield
    except OSError as error:
        where = f" dans « {error.filename} »" if error.filename else ""
        code = errno.errorcode.get(error.errno or 0, type(error).__name__)
        cause = _NO_WRITING.get(error.errno or 0, f"Écriture impossible{{place}} ({code})")
        told = cause.replace("{place}", where)
        raise WriteError(f"{told} : le site publié n'a pas été touché.") from error


# --- Refusing folders that are not ours -----------------------------------------------------


@translate_errors()
def refuse_unsafe(output: Path, protected: Path | None) -> None:
    """Raise UnsafeOutputError unless `output` is missing, empty, or has our marker.

    Also raise it if `output` is a symbolic link, has a `.git`, or is or contains `protected` (the
    content root), the home folder or the root of the disk.
    """
    if output.is_symlink():
        raise _make_unsafe_error(output, "est un lien symbolique : donnez le dossier lui-même")
    home = Path(os.path.expanduser("~"))  # Path.home() raises for a user without a home
    kept = [Path(output.anchor), home, *([protected.resolve()] if protected else [])]
    if output.exists() and any(
        _is_or_contains(output, folder) for folder in kept if folder.is_absolute()
    ):
        raise _make_unsafe_error(
            output, "contient les sources ou vos dossiers personnels : changez de sortie"
        )
    _refuse_foreign(output)


def _make_unsafe_error(folder: Path, reason: str) -> UnsafeOutputError:
    return UnsafeOutputError(f"« {folder} » {reason} ; rien n'a été touché.")


def _is_or_contains(output: Path, folder: Path) -> bool:
    """Return whether `output` is `folder` or a parent of `folder`, however paths are spelled."""
    candidates = (folder, *folder.parents)
    return any(path.exists() and path.samefile(output) for path in candidates)


def _refuse_foreign(folder: Path) -> None:
    if os.path.lexists(folder) and not _is_ours(folder):
        reason = "n'a pas été produit par cette commande : déplacez-le, ou changez de sortie"
        raise _make_unsafe_error(folder, reason)


def _is_ours(folder: Path) -> bool:
    if not stat.S_ISDIR(folder.lstat().st_mode):
        return False
    names = os.listdir(folder)
    marked = MARKER in names and stat.S_ISREG((folder / MARKER).lstat().st_mode)
    # A git clone of a published site has our marker, but its history is not ours to delete.
    return not names or (marked and ".git" not in names)


# --- The exchange, and how to undo it -------------------------------------------------------


@translate_errors()
def exchange(paths: OutputPaths) -> None:
    """Make the staged folder the output, in one step where the system can.

    The former output, if there was one, is then at `staging` or `aside`. Raises WriteError: the
    output is then unchanged or, if it could not be put back, at `aside` until `settle` runs. See
    rename(2) for RENAME_EXCHANGE, renamex_np(2) for macOS.
    """
    if not os.path.lexists(paths.output):
        _rename(paths.staging, paths.output)
    elif not _swap(paths.staging, paths.output):
        _rename(paths.output, paths.aside)
        try:
            _rename(paths.staging, paths.output)
        except BaseException:
            _put_back(paths)
            raise


@translate_errors()
def settle(paths: OutputPaths) -> None:
    """Put the old output back if an exchange was interrupted; delete `staging` and `aside`.

    Raises UnsafeOutputError if `staging` or `aside` is not ours, or WriteError.
    """
    for folder in (paths.staging, paths.aside):
        _refuse_foreign(folder)
    _put_back(paths)
    delete_staged(paths)


def delete_staged(paths: OutputPaths) -> None:
    """Delete `staging` and `aside`, if they exist. Raises OSError."""
    for folder in (paths.staging, paths.aside):
        if os.path.lexists(folder):
            _delete(folder)


def _put_back(paths: OutputPaths) -> None:
    if os.path.lexists(paths.aside) and not os.path.lexists(paths.output):
        _rename(paths.aside, paths.output)


def _delete(folder: Path) -> None:
    """Delete one of our folders, its marker last: if interrupted, the folder is still ours."""
    for entry in list(os.scandir(folder)):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        elif entry.name != MARKER:
            os.unlink(entry.path)
    (folder / MARKER).unlink(missing_ok=True)
    folder.rmdir()


def _swap(new: Path, current: Path) -> bool:
    """Exchange two folders in one step; return False if the system cannot. Raises OSError."""
    failure = _call_native_swap(os.fsencode(new), os.fsencode(current))
    if failure in _NO_EXCHANGE:
        return False
    if failure:
        raise OSError(failure, os.strerror(failure), str(current))
    return True


def _call_native_swap(new: bytes, current: bytes) -> int:
    """Call the system to exchange two folders; return 0, or the error number."""
    if sys.platform == "win32":
        return errno.ENOSYS
    system = ctypes.CDLL(None, use_errno=True)
    try:
        if sys.platform == "darwin":
            failed = system.renamex_np(new, current, ctypes.c_uint(_RENAME_SWAP))
        else:
            flags = ctypes.c_uint(_RENAME_EXCHANGE)
            failed = system.renameat2(_AT_FDCWD, new, _AT_FDCWD, current, flags)
    except AttributeError:  # a C library without this function
        return errno.ENOSYS
    return ctypes.get_errno() if failed else 0


def _rename(source: Path, target: Path) -> None:
    for _ in range(_WINDOWS_TRIES if os.name == "nt" else 0):
        with contextlib.suppress(PermissionError):
            return os.rename(source, target)
        time.sleep(_WINDOWS_PAUSE_SECONDS)
    return os.rename(source, target)


# --- One build at a time --------------------------------------------------------------------


@contextlib.contextmanager
def hold_lock(paths: OutputPaths) -> Iterator[None]:
    """Hold the lock of `paths` while the block runs.

    Raises BuildInProgressError at once if the lock is already held, WriteError if the lock file
    cannot be used. The system frees the lock of a dead process, so a lock file left behind blocks
    nobody; see flock(2).
    """
    descriptor = _take(paths)
    try:
        yield
    finally:
        _release(paths.lock, descriptor)


@translate_errors()
def _take(paths: OutputPaths) -> int:
    paths.output.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _acquire(paths.lock)
    except BlockingIOError as error:
        raise BuildInProgressError(
            f"Une autre construction de « {paths.output.name} » est en cours : "
            "attendez qu'elle finisse, puis recommencez."
        ) from error


def _acquire(lock: Path) -> int:
    while True:
        # O_NOFOLLOW: if this name is a symbolic link, no file must be created at its target.
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(lock, flags, 0o644)
        try:
            _lock(descriptor)
            # The former holder may have deleted the file after we opened it: this lock would then
            # block nobody.
            if _is_named(descriptor, lock):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError(error.errno, error.strerror) from error
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_named(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except FileNotFoundError:
        return False


def _release(lock: Path, descriptor: int) -> None:
    """Free the lock. A lock file that cannot be deleted does no harm, so it raises no error."""
    if sys.platform == "win32":  # Windows cannot delete an open file
        os.close(descriptor)
    with contextlib.suppress(OSError):
        lock.unlink()
    if sys.platform != "win32":
        os.close(descriptor)
