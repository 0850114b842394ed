"""A letter that went out, kept as it was: its text, its mail, and their digests.

Beside the letters stands a folder a sealed letter (`newsletters/scelles/2026-12/`): the file that
the editor wrote, what went out, `sceau.json` (the day, the parts, what was pulled in, the digests
of its pictures) and `SHA256SUMS`, which `sha256sum --check` reads.
"""

from __future__ import annotations

import datetime
import hashlib
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from maille.dates import french
from maille.model import SourceFile
from maille.problems import Level, Problem

FOLDER = "scelles"
SUMS = "SHA256SUMS"
RECORD = "sceau.json"
ERRATA = "errata"
_SUM = re.compile(r"([0-9a-f]{64})  ([^/\s]+)")
_PUT_BACK = "remettez le dossier comme il était dans l'historique : git checkout -- "


@dataclass(frozen=True, slots=True)
class Told:
    """What a letter pulls in, in a few words: `meta` says when, or who published it."""

    kind: str
    slug: str
    title: str
    address: str
    meta: str
    words: str
    audiences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a sealed letter; `html` leads to addresses of the site, without its base path."""

    title: str
    anchor: str
    html: str
    audiences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seal:
    """What went out of the letter of a month, the file `path`, on which day.

    `pictures` are the digests of the images that it shows, by path.
    """

    month: str
    path: str
    day: datetime.date
    parts: tuple[Passage, ...]
    news: tuple[Told, ...]
    dates: tuple[Told, ...]
    pictures: Mapping[str, str]
    source: bytes
    mail: Mapping[str, bytes]

    def files(self) -> Mapping[str, bytes]:
        """Return the files of the seal by name, the sums among them."""
        record = {
            "lettre": self.month,
            "scellee_le": self.day.isoformat(),
            "parties": [asdict(one) for one in self.parts],
            "actualites": [asdict(one) for one in self.news],
            "rendez_vous": [asdict(one) for one in self.dates],
            "images": dict(sorted(self.pictures.items())),
        }
        text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
        kept = {f"{self.month}.md": self.source, RECORD: text.encode(), **self.mail}
        sums = "".join(f"{digest(data)}  {name}\n" for name, data in sorted(kept.items()))
        return {**kept, SUMS: sums.encode()}


def digest(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_seals(
    files: Iterable[SourceFile], pictures: Mapping[str, bytes]
) -> tuple[Mapping[str, Seal], tuple[Problem, ...]]:
    """Return the sealed letters by month, and what is not as it was when they were sealed.

    `pictures` are the images of the content by path.
    """
    seals: dict[str, Seal] = {}
    problems: list[Problem] = []
    for folder, group in itertools.groupby(files, key=lambda file: file.path.rpartition("/")[0]):
        kept = {file.path.rpartition("/")[2]: file.data for file in group}
        wrong = [*_unlike(folder, kept)]
        if not wrong:
            seal = _read(folder, kept)
            wrong += _changed_pictures(seal, pictures)
            seals[seal.month] = seal
        problems += wrong
    return seals, tuple(problems)


def _unlike(folder: str, kept: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield the files that are not those that the sums tell of."""
    hint = f"{_PUT_BACK}{folder}"
    if SUMS not in kept:
        yield Problem(f"{folder}/{SUMS}", 0, 0, "", "ce fichier manque à une lettre scellée", hint)
        return
    lines = kept[SUMS].decode("utf-8", "replace").splitlines()
    sums: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if found := _SUM.fullmatch(line):
            sums[found[2]] = found[1]
        else:
            message = "cette ligne n'est pas une empreinte suivie d'un nom"
            yield Problem(f"{folder}/{SUMS}", number, 1, "", message, hint)
    needed = {f"{folder.rpartition('/')[2]}.md", RECORD}
    for name in sorted({*sums, *needed, *kept} - {SUMS}):
        path = f"{folder}/{name}"
        if name not in kept:
            yield Problem(path, 0, 0, "", "ce fichier manque à une lettre scellée", hint)
        elif name not in sums:
            message = "ce fichier n'est pas de ceux qui ont été scellés"
            yield Problem(path, 0, 0, "", message, "sortez-le de ce dossier")
        elif digest(kept[name]) != sums[name]:
            message = "ce fichier n'est plus celui qui a été scellé"
            yield Problem(path, 0, 0, "", message, hint)


def _read(folder: str, kept: Mapping[str, bytes]) -> Seal:
    record: dict[str, Any] = json.loads(kept[RECORD])
    month = record["lettre"]
    inner = {f"{month}.md", RECORD, SUMS}
    return Seal(
        month,
        f"{folder.rsplit('/', 2)[0]}/{month}.md",
        datetime.date.fromisoformat(record["scellee_le"]),
        tuple(Passage(**_frozen(one)) for one in record["parties"]),
        tuple(Told(**_frozen(one)) for one in record["actualites"]),
        tuple(Told(**_frozen(one)) for one in record["rendez_vous"]),
        record["images"],
        kept[f"{month}.md"],
        {name: data for name, data in kept.items() if name not in inner},
    )


def _frozen(one: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in one.items()}


def _changed_pictures(seal: Seal, pictures: Mapping[str, bytes]) -> Iterator[Problem]:
    for path, expected in seal.pictures.items():
        if path not in pictures or digest(pictures[path]) != expected:
            message = f"la lettre de {seal.month}, qui est partie, montre cette image"
            hint = "remettez-la comme elle était ; donnez un autre nom à la nouvelle"
            yield Problem(path, 0, 0, "", message, hint)


# --- The letter's own file -----------------------------------------------------------------------


def check_letters(seals: Iterable[Seal], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield what changed in sealed letters, or that one is no longer there.

    `files` are the texts of the content by path.
    """
    for seal in seals:
        if seal.path in files:
            yield from _changes(seal, files[seal.path].decode("utf-8", "replace"))
        else:
            message = f"cette lettre est partie le {french(seal.day)}, et son fichier manque"
            yield Problem(seal.path, 0, 0, "", message, f"{_PUT_BACK}{seal.path}")


def _changes(seal: Seal, text: str) -> Iterator[Problem]:
    """Yield the first line of a sealed letter that is not as it was; it may gain `errata`.

    The ends of lines, and the blanks there, do not count.
    """
    then = _lines(seal.source.decode("utf-8"))
    now = _lines(text)
    for (_, was), (number, line) in itertools.zip_longest(then, now, fillvalue=(now[-1][0], None)):
        if was != line:
            put = "retirez cette ligne" if was is None else f"remettez ici « {was.strip()[:80]} »"
            message = f"cette lettre est partie le {french(seal.day)} : elle ne change plus"
            hint = (
                f"{put} ; pour corriger, ajoutez à l'en-tête "
                f"{ERRATA}: [{{date: {seal.day}, texte: Ce qu'il fallait lire}}]"
            )
            yield Problem(seal.path, number, 1, "", message, hint)
            return


def _lines(text: str) -> list[tuple[int, str | None]]:
    """Return the lines of a letter with their numbers, but those of `errata` in its header."""
    found: list[tuple[int, str | None]] = [(1, "")]
    fences, within = 0, False
    for number, line in enumerate(text.removeprefix("\ufeff").rstrip().splitlines(), 1):
        fences += line.rstrip() == "---"
        if re.match(r"[^\s#-]", line) or line.startswith("---"):  # the next key, or the end
            within = fences == 1 and line.startswith(f"{ERRATA}:")
        if not within:
            found.append((number, line.rstrip()))
    return found


def mended_elsewhere(seals: Mapping[str, Seal], *problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems; what is wrong in a sealed letter is told as something to mend elsewhere.

    A page that it leads to, or a project that it names, goes by another name since.
    """
    paths = {seal.path for seal in seals.values()}
    for problem in itertools.chain(*problems):
        if problem.path in paths and problem.level is Level.ERROR:
            hint = (
                "cette lettre est partie : elle ne change plus. Rendez son nom à ce qu'elle "
                "nomme ; un projet renommé garde le sien dans ses « anciens_noms »"
            )
            yield replace(problem, hint=hint)
        else:
            yield problem
