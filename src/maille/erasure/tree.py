"""Plan how the files of a site change when a name is blacked out."""

from __future__ import annotations

import dataclasses
import itertools
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from maille.content.file_changes import FileChange
from maille.erasure.files import count_in_file, erase_file, is_text, list_texts, quote_in_file
from maille.erasure.near import Near, NearFinder
from maille.erasure.words import Eraser
from maille.site.sealed_letters import FOLDER, RECORD, SUMS, digest, format_record, format_sums

_LEFT_OUT = {"node_modules", "__pycache__"}
_KEPT = {".github", ".gitlab", ".imports"}  # hidden folders that are read
# The engine's own files are never changed: if they contain the name, they are in `Erasure.left`.
_ENGINE = ("src/", "tests/", "tools/")
_READ = (".md", ".yaml", ".yml", ".toml", ".csv", ".txt")  # searched by `_find_near`
# The suffixes of the texts that a PDF with the same name may be made from.
_SENT = (".html", ".txt", ".eml", ".md")


@dataclass(frozen=True, slots=True)
class Change(FileChange):
    """A change of a file by an erasure.

    `count` is how many times the name was in it; `passages` are these occurrences, in context.
    """

    count: int = 0
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Erasure:
    """The changes of an erasure, and the files that an editor must still look at.

    `eraser` is the eraser that was used: it spares the longer names of other people, and gives file
    names that no file has. `left` are the files in which the name stays, such as a spreadsheet.
    `unread` are the files whose content cannot be searched: PDFs, and images or the like whose file
    name contained the name. `near` are places that may name the person or somebody else.
    """

    eraser: Eraser
    changes: tuple[Change, ...] = ()
    left: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    near: tuple[Near, ...] = ()


def plan_erasure(root: Path, output: Path, eraser: Eraser) -> Erasure:
    """Return the changes needed to erase the name from the folder `root`; write nothing.

    `output` is left out, since the site is built again. Raises OSError when a file cannot be read.
    """
    files = dict(_read_tree(root, output))
    eraser = _study(files, eraser)
    changes: dict[str, Change] = {}
    left: list[str] = []
    for path, data in files.items():
        count = count_in_file(path, data, eraser)
        if path.startswith(_ENGINE):
            left += [path] if count else []
            continue
        new_path, new = eraser.erase_name(path), erase_file(path, data, eraser)
        if new != data or new_path != path:
            passages = tuple(quote_in_file(path, data, eraser))
            changes[path] = Change(path, new_path, new, count, passages)
        if count if new == data else count_in_file(path, new, eraser):
            left.append(path)
    changes |= _remove_documents(files, changes)
    changes |= _seal_again(files, changes, eraser)
    return Erasure(
        eraser,
        tuple(changes[path] for path in sorted(changes)),
        tuple(left),
        tuple(_find_unread(files, changes)),
        tuple(_find_near(files, changes, eraser)),
    )


def know_others(root: Path, output: Path, eraser: Eraser) -> Eraser:
    """Return a copy of `eraser` that suits the files below `root`: see `_study`."""
    return _study(dict(_read_tree(root, output)), eraser)


def holds_name(folder: Path, eraser: Eraser) -> bool:
    """Return whether the name is in the text or in the path of a file in `folder`."""
    return any(
        eraser.count(path.relative_to(folder).as_posix())
        or any(map(eraser.count, list_texts(path.name, path.read_bytes())))
        for path in folder.rglob("*")
        if path.is_file()
    )


def _study(files: Mapping[str, bytes], eraser: Eraser) -> Eraser:
    """Return a copy of `eraser` with the `others`, `number` and `spellings` that suit `files`.

    The files are searched for longer names that contain the name, and for the numbers that earlier
    erasures used.
    """
    others: set[tuple[str, str]] = set()
    used: set[int] = set()
    slug = re.compile(re.escape(eraser.first_slug.encode()) + rb"(?:-(\d{1,4})(?!\d))?")
    for path, data in files.items():
        if path.startswith(_ENGINE):
            continue
        used |= {int(one[1] or 1) for one in slug.finditer(path.encode() + b"\n" + data)}
        for text in list_texts(path, data):
            others |= {pair for *_, pairs in eraser.find_longer(text) for pair in pairs}
    number = _find_free(used)
    eraser = dataclasses.replace(eraser, others=tuple(sorted(others)), number=number)
    return _separate([path for path in files if not path.startswith(_ENGINE)], eraser, used)


def _find_free(used: set[int]) -> int:
    """Return the smallest number, from 1, that is not in `used`, and add it to `used`."""
    number = next(one for one in itertools.count(1) if one not in used)
    used.add(number)
    return number


def _separate(paths: Sequence[str], eraser: Eraser, used: set[int]) -> Eraser:
    """Return a copy of `eraser` that gives each path with the name a different new path.

    `used` are the numbers that markers already have; the numbers chosen here are added to `used`.
    """
    named = [path for path in paths if eraser.erase_name(path) != path]
    others = {path.casefold() for path in paths} - {path.casefold() for path in named}
    while True:
        taken = set(others)
        for path in named:
            new = eraser.erase_name(path).casefold()
            if new in taken:
                spelling = {eraser.list_spellings(path)[-1]: _find_free(used)}
                eraser = dataclasses.replace(eraser, spellings={**eraser.spellings, **spelling})
                break
            taken.add(new)
        else:
            return eraser


def _find_unread(files: Mapping[str, bytes], changes: Mapping[str, Change]) -> Iterator[str]:
    """Yield the files to open by hand: PDFs that stay, and renamed files that are not text.

    The PDF of a sealed letter is left out, since the texts next to it have the same words.
    """
    for path, data in files.items():
        change = changes.get(path)
        if change is None and path.endswith(".pdf"):
            stem = path.rpartition(".")[0]
            if f"/{FOLDER}/" not in path or not any(f"{stem}{end}" in files for end in _SENT):
                yield path
        elif change and change.data is not None and not is_text(path, data):
            yield change.new_path


def _read_tree(root: Path, output: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of the files below `root`.

    Links, the output, the folders of tools, and hidden folders outside `_KEPT` are left out.
    """
    for folder, folders, names in os.walk(root):
        here = Path(folder)
        folders[:] = sorted(
            name
            for name in folders
            if name not in _LEFT_OUT
            and (name[0] != "." or name in _KEPT)
            and not (here / name / "pyvenv.cfg").exists()
            and (here / name).resolve() != output.resolve()
            and not (here / name).is_symlink()
        )
        for name in sorted(names):
            path = here / name
            if path.is_file() and not path.is_symlink() and name != ".git":
                yield path.relative_to(root).as_posix(), path.read_bytes()


def _remove_documents(
    files: Mapping[str, bytes], changes: Mapping[str, Change]
) -> Mapping[str, Change]:
    """Return, by path, the removal of each PDF made from a text that changes.

    The text has the path of the PDF with another extension. A PDF cannot be edited safely: words
    that are covered often stay in the file.
    """
    changed = {path.rpartition(".")[0] for path in changes if path.endswith(_SENT)}
    return {
        path: Change(path, path, None)
        for path in files
        if path.endswith(".pdf") and path.rpartition(".")[0] in changed
    }


def _seal_again(
    files: Mapping[str, bytes], changes: Mapping[str, Change], eraser: Eraser
) -> Mapping[str, Change]:
    """Return, by path, the new records and checksums of the sealed letters that change.

    Each record gets the date of the erasure, and the former digests of the changed files.
    """
    made: dict[str, Change] = {}
    touched = {path.rpartition("/")[0] for path in changes if f"/{FOLDER}/" in path}
    for folder in sorted(touched):
        inside = [path for path in files if path.startswith(f"{folder}/")]
        if f"{folder}/{RECORD}" not in inside:
            continue
        kept: dict[str, bytes] = {}
        former: dict[str, str] = {}
        for path in inside:
            change = changes.get(path)
            new = eraser.erase_name(path.rpartition("/")[2])
            if change:
                former[new] = digest(files[path])
            if (data := change.data if change else files[path]) is not None and new != SUMS:
                kept[new] = data
        removed = sorted(set(former) - set(kept))
        former.setdefault(RECORD, digest(files[f"{folder}/{RECORD}"]))
        former.pop(SUMS, None)
        record = json.loads(kept[RECORD])
        record.setdefault("retraits", []).append(
            {"le": eraser.day.isoformat(), "empreintes": former, "fichiers_retires": removed}
        )
        kept[RECORD] = format_record(record)
        for name, data in ((RECORD, kept[RECORD]), (SUMS, format_sums(kept))):
            path = f"{folder}/{name}"
            before = changes.get(path, Change(path, path, None))
            made[path] = dataclasses.replace(before, data=data)
    return made


def _find_near(
    files: Mapping[str, bytes], changes: Mapping[str, Change], eraser: Eraser
) -> Iterator[Near]:
    """Yield the places that may name the person, in the files after their changes.

    In a sealed letter, only the editor's text is searched, since the mail has the same words.
    """
    finder = NearFinder(eraser)
    for path, data in files.items():
        change = changes.get(path, Change(path, path, data))
        if path.startswith(_ENGINE) or change.data is None:
            continue
        read = path.endswith(".md" if f"/{FOLDER}/" in path else _READ)
        text = change.data.decode("utf-8", "replace") if read else ""
        yield from finder.find(change.new_path, text)
