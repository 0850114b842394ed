"""Sealed letters: letters kept as they were sent, with digests.

Each sealed letter has a folder next to the letters (`newsletters/scelles/2026-12/`). It contains
the file that the editor wrote, the mail, `sceau.json` (the day of sealing, sections, news, events
and digests of pictures) and `SHA256SUMS`, for `sha256sum --check`.
"""

from __future__ import annotations

import contextlib
import datetime
import difflib
import hashlib
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from maille.content.documents import SourceFile
from maille.problems import Level, Problem
from maille.site.addresses import Addresses, update_links
from maille.text.dates import format_date
from maille.text.letter_names import find_letter_name, looks_like_letter
from maille.text.patterns import compile_late

FOLDER = "scelles"
SUMS = "SHA256SUMS"
RECORD = "sceau.json"
ERRATA = "errata"
_SUM = compile_late(r"([0-9a-f]{64})  ([^/\s]+)")
# The format of the record (`sceau.json`): increase this number when it changes.
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Teaser:
    """News or an event in a letter, in a few words.

    `meta` is the publisher and date of the news, or the date and place of the event.
    """

    kind: str
    slug: str
    title: str
    address: str
    meta: str
    words: str
    audiences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SealedSection:
    """A section of a sealed letter; addresses in `html` are without the base path of the site."""

    title: str
    anchor: str
    html: str
    audiences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Words blacked out of a sealed letter at a person's request, on a day.

    `digests` are the digests, before the change, of the files that changed; `removed` are the names
    of the files that were removed, such as a PDF.
    """

    day: datetime.date
    digests: Mapping[str, str]
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seal:
    """A letter as it was sent, and the day when it was sealed.

    `slug` is the name of the letter's file without suffix, such as « 2024-05 » or « 2026-S03 ».
    `path` is the path of the letter's own file, and `source` is the content of this file when it
    was sealed. `pictures` are the digests of the letter's images, by path; `mail` has the contents
    of the mail's files, by name.
    """

    slug: str
    path: str
    day: datetime.date
    parts: tuple[SealedSection, ...]
    news: tuple[Teaser, ...]
    dates: tuple[Teaser, ...]
    pictures: Mapping[str, str]
    source: bytes
    mail: Mapping[str, bytes]
    withdrawals: tuple[Withdrawal, ...] = ()

    @property
    def copy(self) -> str:
        """Return the path of the copy of the letter's file in the folder of the seal."""
        return f"{self.path.partition('/')[0]}/{FOLDER}/{self.slug}/{self.slug}.md"

    def list_files(self) -> Mapping[str, bytes]:
        """Return the files of the seal by name, including `SHA256SUMS`."""
        record = {
            "format": FORMAT,
            "lettre": self.slug,
            "fichier": self.path,
            "scellee_le": self.day.isoformat(),
            "parties": [asdict(one) for one in self.parts],
            "actualites": [asdict(one) for one in self.news],
            "rendez_vous": [asdict(one) for one in self.dates],
            "images": dict(sorted(self.pictures.items())),
        }
        kept = {f"{self.slug}.md": self.source, RECORD: format_record(record), **self.mail}
        return {**kept, SUMS: format_sums(kept)}


def format_record(record: Mapping[str, Any]) -> bytes:
    """Return the content of `sceau.json`."""
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def format_sums(files: Mapping[str, bytes]) -> bytes:
    """Return the content of `SHA256SUMS` for these files."""
    return "".join(f"{digest(data)}  {name}\n" for name, data in sorted(files.items())).encode()


def digest(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_seals(
    files: Iterable[SourceFile], pictures: Mapping[str, bytes]
) -> tuple[Mapping[str, Seal], tuple[Problem, ...]]:
    """Return the seals by letter, and a problem for each file missing, unknown, changed or invalid.

    A folder with such a file gives no seal. `pictures` are the images of the content by path.
    """
    seals: dict[str, Seal] = {}
    problems: list[Problem] = []
    folders: dict[str, dict[str, bytes]] = {}
    others: dict[str, dict[str, bytes]] = {}
    for file in files:
        above, _, rest = file.path.partition(f"/{FOLDER}/")
        slug, slash, name = rest.partition("/")
        if slash and looks_like_letter(slug):
            folders.setdefault(f"{above}/{FOLDER}/{slug}", {})[name] = file.data
        elif slash:
            others.setdefault(f"{above}/{FOLDER}/{slug}", {})[name] = file.data
        else:
            message = "ce fichier n'est celui d'aucune lettre scellée"
            problems.append(Problem(file.path, message, "sortez-le de ce dossier"))
    problems += [_report_folder(folder, kept, folders) for folder, kept in others.items()]
    for folder, kept in folders.items():
        wrong = [*_check_sums(folder, kept)]
        seal = None if wrong else _read_seal(folder, kept)
        if seal:
            wrong += _check_pictures(seal, pictures)
            seals[seal.slug] = seal
        elif not wrong:
            wrong.append(_report_unreadable(folder))
        problems += wrong
    return seals, tuple(problems)


def _report_folder(
    folder: str, kept: Mapping[str, bytes], folders: Mapping[str, Mapping[str, bytes]]
) -> Problem:
    """Return the problem of a folder that is not named after a letter, such as « 2026-11 (1) »."""
    above, _, name = folder.rpartition("/")
    named = find_letter_name(name)
    original = f"{above}/{named}" if named else ""
    message = "ce dossier n'est celui d'aucune lettre scellée"
    hint = "sortez ce dossier de celui des lettres scellées"
    if original in folders:
        message = f"deux fois la même lettre scellée : {original} et {folder}"
        same = folders[original] == kept
        hint = f"effacez le dossier {folder}" if same else f"sortez {folder} du dossier des sceaux"
    elif original:
        hint = f"renommez le dossier {folder} en {original.rpartition('/')[2]}"
    return Problem(f"{folder}/{min(kept)}", message, hint)


def _propose_restoring(path: str) -> str:
    return f"remettez-le comme il était dans l'historique : git checkout -- {path}"


def _report_unreadable(folder: str) -> Problem:
    path = f"{folder}/{RECORD}"
    message = "ce sceau ne se lit pas : il n'a pas été écrit par cette version du logiciel"
    return Problem(path, message, _propose_restoring(path))


def _check_sums(folder: str, kept: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield a problem for each file missing, unknown or changed, and each faulty checksum line.

    `folder` is the folder of a seal, and `kept` has its files by name.
    """
    missing = "ce fichier manque à une lettre scellée"
    path = f"{folder}/{SUMS}"
    if not kept.get(SUMS, b"").strip():
        yield Problem(path, missing, _propose_restoring(path))
        return
    lines = kept[SUMS].decode("utf-8", "replace").splitlines()
    sums: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if found := _SUM.fullmatch(line):
            sums[found[2]] = found[1]
        else:
            message = "cette ligne n'est pas une empreinte suivie d'un nom"
            yield Problem(path, message, _propose_restoring(path), line=number, column=1)
    needed = {f"{folder.rpartition('/')[2]}.md", RECORD}
    inner = {name.partition("/")[0] for name in kept if "/" in name}
    every = {*sums, *needed, *(name for name in kept if "/" not in name)} - {SUMS}
    for name in sorted(inner):
        first = min(one for one in kept if one.startswith(f"{name}/"))
        message = "ce dossier n'est pas de ce qui a été scellé"
        yield Problem(f"{folder}/{first}", message, f"sortez {folder}/{name} de ce dossier")
    for name in sorted(every):
        path = f"{folder}/{name}"
        if name not in kept:
            yield Problem(path, missing, _propose_restoring(path))
        elif name not in sums:
            message = "ce fichier n'est pas de ceux qui ont été scellés"
            yield Problem(path, message, "sortez-le de ce dossier")
        elif digest(kept[name]) != sums[name]:
            message = "ce fichier n'est plus celui qui a été scellé"
            yield Problem(path, message, _propose_restoring(path))


def _read_seal(folder: str, kept: Mapping[str, bytes]) -> Seal | None:
    """Return the seal of a folder; None if its record is invalid, or names another letter.

    The checksums must already have been checked.
    """
    with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
        kept[f"{folder.rpartition('/')[2]}.md"].decode("utf-8")
        found = _parse_record(json.loads(kept[RECORD]), kept)
        return found if found.slug == folder.rpartition("/")[2] else None
    return None


def _parse_record(record: Mapping[str, Any], kept: Mapping[str, bytes]) -> Seal:
    if record["format"] != FORMAT:
        raise ValueError(record["format"])
    slug = record["lettre"]
    inner = {f"{slug}.md", RECORD, SUMS}
    return Seal(
        slug,
        str(record["fichier"]),
        datetime.date.fromisoformat(record["scellee_le"]),
        tuple(SealedSection(**_freeze_lists(one)) for one in record["parties"]),
        tuple(Teaser(**_freeze_lists(one)) for one in record["actualites"]),
        tuple(Teaser(**_freeze_lists(one)) for one in record["rendez_vous"]),
        {str(path): str(digest) for path, digest in record["images"].items()},
        kept[f"{slug}.md"],
        {name: data for name, data in kept.items() if name not in inner},
        tuple(_parse_withdrawal(one) for one in record.get("retraits", ())),
    )


def _parse_withdrawal(one: Mapping[str, Any]) -> Withdrawal:
    day = datetime.date.fromisoformat(one["le"])
    return Withdrawal(day, {**one["empreintes"]}, tuple(one["fichiers_retires"]))


def _freeze_lists(one: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in one.items()}


def _check_pictures(seal: Seal, pictures: Mapping[str, bytes]) -> Iterator[Problem]:
    for path, expected in seal.pictures.items():
        if path not in pictures or digest(pictures[path]) != expected:
            message = f"la lettre de {seal.slug}, qui est partie, montre cette image"
            hint = "remettez-la comme elle était ; donnez un autre nom à la nouvelle"
            yield Problem(path, message, hint)


# --- The letter's own file -----------------------------------------------------------------------


def check_letters(seals: Iterable[Seal], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield a problem for each sealed letter whose own file has changed or is missing.

    `files` are the contents of the files, by path.
    """
    for seal in seals:
        if seal.path in files:
            yield from _check_text(seal, files[seal.path].decode("utf-8", "replace"))
        else:
            message = f"cette lettre est partie le {format_date(seal.day)}, et son fichier manque"
            yield Problem(seal.path, message, f"recopiez-le de {seal.copy}")


def _check_text(seal: Seal, text: str) -> Iterator[Problem]:
    """Yield a problem at the first changed line of a sealed letter, if any.

    `errata`, line endings and trailing blanks may change.
    """
    then = [line for _, line in _number_lines(seal.source.decode("utf-8"))]
    numbers, now = zip(*_number_lines(text), strict=True)
    for kind, start, end, first, last in difflib.SequenceMatcher(
        None, then, now, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            continue
        # A deletion is reported at the line that follows it, or at the last line.
        number = numbers[min(first, len(now) - 1)]
        was = next((line.strip() for line in then[start:end] if line.strip()), "")
        if kind == "insert":
            put = "retirez cette ligne" if last - first == 1 else "retirez ces lignes"
        else:
            put = f"remettez ici « {was} »" if was else "remettez ici la ligne vide"
        message = f"cette lettre est partie le {format_date(seal.day)} : elle ne change plus"
        hint = (
            f"{put}, ou recopiez {seal.copy} ; pour corriger, ajoutez à l'en-tête "
            f"{ERRATA}: [{{date: AAAA-MM-JJ, texte: Ce qu'il fallait lire}}]"
        )
        yield Problem(seal.path, message, hint, line=number, column=1)
        return


def _number_lines(text: str) -> list[tuple[int, str]]:
    """Return the lines of a letter with their numbers, without `errata`; (1, "") comes first."""
    found = [(1, "")]
    fences, within = 0, False
    for number, line in enumerate(text.removeprefix("\ufeff").rstrip().splitlines(), 1):
        fences += line.rstrip() == "---"
        if re.match(r"[^\s#-]", line) or line.startswith("---"):  # the next key, or the end
            within = fences == 1 and line.startswith(f"{ERRATA}:")
        if not within:
            found.append((number, line.rstrip()))
    return found


def redirect_hints(seals: Mapping[str, Seal], *problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems; errors in sealed letters, which cannot change, get another hint.

    That hint is to restore what the letter names: a page that was removed, for example, or the
    former name of a project. Warnings and problems of `errata` keep their own hints.
    """
    paths = {seal.path for seal in seals.values()}
    for problem in itertools.chain(*problems):
        own = problem.path not in paths or problem.key.startswith(ERRATA)
        if own or problem.level is not Level.ERROR:
            yield problem
        else:
            hint = (
                "cette lettre est partie : elle ne change plus. Rendez-lui ce qu'elle nomme : un "
                "projet renommé garde son ancien nom dans ses « anciens_noms » ; une liste de "
                "lettres, sa clé et son rythme dans content/vocabulaires/listes.yaml ; une page, "
                "une image, une actualité, un rendez-vous gardent leur fichier, et restent publiés"
            )
            yield replace(problem, hint=hint)


def update_seals(
    seals: Mapping[str, Seal], addresses: Addresses, site_address: str
) -> Mapping[str, Seal]:
    """Return the seals as pages show them: links to moved pages are updated.

    A link to a departed page is replaced by its text.
    """
    return {
        slug: replace(
            seal,
            parts=tuple(
                replace(part, html=update_links(part.html, addresses, site_address))
                for part in seal.parts
            ),
            news=tuple(_update_teaser(one, addresses) for one in seal.news),
            dates=tuple(_update_teaser(one, addresses) for one in seal.dates),
        )
        for slug, seal in seals.items()
    }


def _update_teaser(teaser: Teaser, addresses: Addresses) -> Teaser:
    """Return a teaser with the present address of its page, "" if the page departed."""
    last = addresses.follow(teaser.address)
    return replace(teaser, address="" if last in addresses.departed else last or teaser.address)
