"""Find the copies of a record that a cloud service, a file manager or a person has made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from maille.content.decode import skim_header
from maille.content.documents import SourceFile
from maille.content.file_names import find_original
from maille.content.folders import Folder, find_owner
from maille.problems import Problem
from maille.text.letter_names import looks_like_letter, looks_like_period
from maille.text.names import SLUG, fold_name, make_slug
from maille.text.patterns import compile_late

# Header lines that identify a record (see `_is_same_record`).
_IDENTITY = compile_late(r"(nom|titre|date|mois|commune|departement):[ \t]+(.*\S)")


def find_copies(sources: Iterable[SourceFile], folders: Iterable[Folder] = ()) -> Iterator[Problem]:
    """Yield a problem for each file that is a copy of another file.

    In one folder, a file is a copy if its name says so, as « fiche - Copie.md » beside `fiche.md`
    does; if its name begins with that of another file, and both have the same title, date and
    place; or if its `mois` is the name of a letter. In two folders of one content type, a file is a
    copy if another file has the same name, and if that name is a month, a week or a day, or both
    have the same bytes, or the same title, date and place.
    """
    owners = tuple(folders)
    by_folder: dict[str, dict[str, SourceFile]] = {}
    first: dict[tuple[str, str], SourceFile] = {}
    for source in sorted(sources, key=lambda source: (source.path.count("/"), source.path)):
        folder, stem = _split_path(source.path)
        owner = find_owner(source.path, owners)
        other = first.setdefault((owner.folder if owner else folder, stem), source)
        if other.path != source.path and _is_moved_copy(stem, source, other):
            yield _report_copy(source, other)
        else:
            by_folder.setdefault(folder, {})[stem] = source
    for by_stem in by_folder.values():
        has_letters = any(map(looks_like_period, by_stem))
        for stem, source in sorted(by_stem.items()):
            if original := _find_original_file(stem, by_stem, has_letters=has_letters):
                yield _report_copy(source, original)


def _is_moved_copy(stem: str, one: SourceFile, other: SourceFile) -> bool:
    """Return whether two files of the same name, in two folders, are copies of one record."""
    if one.data == other.data or looks_like_period(stem):
        return True
    return _is_same_record(_read_identity(one.data), _read_identity(other.data))


def _split_path(path: str) -> tuple[str, str]:
    folder, _, name = path.rpartition("/")
    return folder, name.rpartition(".")[0]


def _find_original_file(
    stem: str, by_stem: Mapping[str, SourceFile], *, has_letters: bool
) -> SourceFile | None:
    """Return the original of which the file named `stem` is a copy, or None.

    `has_letters` says whether some files are named after a month, a week or a day, as letters are.
    """
    marked = find_original(stem)
    if marked in by_stem and not SLUG.fullmatch(stem):
        return by_stem[marked]
    begun = [by_stem[name] for name in _list_beginnings(stem) if name in by_stem and name != stem]
    is_letter = looks_like_letter(stem)
    may_be_letter = has_letters and not is_letter
    if is_letter:  # all letters may have the same title
        begun = [other for other in begun if not looks_like_letter(_split_path(other.path)[1])]
    if not begun and not may_be_letter:
        return None
    identity = _read_identity(by_stem[stem].data)
    for other in begun:
        if _is_same_record(identity, _read_identity(other.data)):
            return other
    return by_stem.get(identity.get("mois", "")) if may_be_letter else None


def _list_beginnings(stem: str) -> Iterator[str]:
    """Yield the slug of `stem`, then the slug without its last word, down to its first word."""
    words = make_slug(stem).split("-")
    for count in range(len(words), 0, -1):
        yield "-".join(words[:count])


def _read_identity(data: bytes) -> Mapping[str, str]:
    """Return the values in a file's header that identify the record: title, date, month, place.

    They are returned by key, without quotes, as `fold_name` returns them.
    """
    found = (_IDENTITY.fullmatch(line.rstrip()) for line in skim_header(data).splitlines())
    return {one[1]: fold_name(one[2].strip("\"'")) for one in reversed([*filter(None, found)])}


def _is_same_record(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Return whether two results of `_read_identity` are equal, and have a title."""
    named = {"nom", "titre"} & one.keys() & other.keys()
    return bool(named) and one == other


def _report_copy(copy: SourceFile, original: SourceFile) -> Problem:
    kept, lost = original.path, copy.path
    if _split_path(kept)[0] == _split_path(lost)[0]:
        kept, lost = (path.rpartition("/")[2] for path in (kept, lost))
    message = f"deux fois la même fiche : {kept} et {lost}"
    if copy.data == original.data:
        return Problem(copy.path, message, f"effacez {lost} : {kept} dit la même chose")
    return Problem(copy.path, message, f"gardez le bon texte dans {kept}, puis effacez {lost}")
