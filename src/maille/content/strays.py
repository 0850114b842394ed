"""Advise on ignored files that somebody probably meant to publish: what to do with each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from maille.content.decode import skim_header
from maille.content.downloads import ADDRESS as DOWNLOADS_ADDRESS
from maille.content.downloads import FOLDER as DOWNLOADS
from maille.content.downloads import suggest_name
from maille.content.file_names import find_absent, is_debris, is_download, is_manual
from maille.content.folders import (
    Folder,
    explain_ignored,
    find_owner,
    is_image,
    list_folders,
    strip_marks,
)
from maille.content.images import FOLDER as IMAGES
from maille.problems import Level, Problem
from maille.text.file_endings import DOCUMENT, PICTURE, WRITTEN, find_shown_name
from maille.text.names import SLUG, join_names, make_slug
from maille.text.patterns import compile_late
from maille.text.suggestions import find_nearest


@dataclass(frozen=True, slots=True)
class Stray:
    """A file that is ignored: its path, its first bytes, and the paths of all files of the site."""

    path: str
    start: bytes
    names: Collection[str]

    @property
    def folder(self) -> str:
        """Return the path of the folder of the file, "" for the folder of the site."""
        return self.path.rpartition("/")[0]

    @property
    def name(self) -> str:
        """Return the name of the file."""
        return self.path.rpartition("/")[2]

    def make_warning(self, cause: str, hint: str) -> Problem:
        """Return a warning that the file is not published, with the cause and what to do."""
        message = f"ce fichier n'est pas publié : {cause}"
        return Problem(self.path, message, hint, Level.WARNING)


SETTINGS = ("site.toml", "content/adresses.toml")
# Two names that are at least this alike may be the same name (see `find_nearest`).
LIKENESS = 0.75
# Other spellings of a suffix. A file with one of these endings is reported as misnamed, whatever it
# contains.
_MISSPELT = {
    ".md": compile_late(r"\.(?:md|markdown|mdown|mkdn?|mdwn)(?:\.txt)?$", re.IGNORECASE),
    ".yaml": compile_late(r"\.ya?ml(?:\.txt)?$", re.IGNORECASE),
}
_ENDINGS = compile_late(
    r"(?:\.(?:md|markdown|mdown|mkdn?|mdwn|mdx|txt|text|ya?ml))+$", re.IGNORECASE
)
_RECORD = compile_late(r"-{3,}[ \t]*\r?\n|(?:nom|titre|mois):\s")
_KEY = compile_late(r"^([a-z_]+):(?=\s|$)", re.MULTILINE)


def refuse_absent(path: str, names: Collection[str], owners: Iterable[Folder]) -> Problem | None:
    """Return a problem if `path` is the placeholder of content that is not on this disk, else None.

    `names` are the paths of the files on this disk. Also return None for an unfinished download,
    for a file that the site would ignore, and for an image: it is reported as missing in the texts
    that show it.
    """
    absent = find_absent_path(path)
    if not absent or absent in names or is_download(path):
        return None
    folders = [one.folder for one in owners]
    is_folder = any(f"{folder}/".startswith(f"{absent}/") for folder in folders)
    if not is_folder and (is_image(absent) or explain_ignored(absent, owners)):
        return None
    return _report_absent(path, "ce dossier" if is_folder else "cette fiche", Level.ERROR)


def find_absent_path(path: str) -> str:
    """Return the path of the file for which `path` is a placeholder, or "" if it is not one."""
    folder, slash, name = path.rpartition("/")
    absent = find_absent(name)
    return f"{folder}{slash}{absent}" if absent else ""


def _report_absent(path: str, what: str, level: Level) -> Problem:
    typed = path.rpartition("/")[2]
    name = find_absent(typed)
    message = f"{what} n'est pas sur ce disque : {name} est resté en ligne"
    hint = f"téléchargez {name} : dans le Finder, un clic sur le nuage à côté de son nom"
    if not typed.casefold().endswith(".icloud"):
        hint = f"téléchargez {name} : un clic droit sur {typed}, puis ce qui le garde sur le disque"
    return Problem(path, message, hint, level)


def _advise_download(stray: Stray, owners: Sequence[Folder]) -> Problem | None:
    """Return a warning about an unfinished download of content; None for any other file."""
    absent = find_absent_path(stray.path)
    if not is_image(absent) and explain_ignored(absent, owners):
        return None
    if absent in stray.names:
        return None
    name = find_absent(stray.name)
    hint = f"attendez la fin du téléchargement de {name} ; s'il s'est arrêté, effacez {stray.name}"
    return stray.make_warning("son téléchargement n'est pas fini", hint)


def advise(stray: Stray, owners: Sequence[Folder]) -> Problem | None:
    """Return a warning about an ignored file, and what to do: move it, rename it, or other advice.

    Return None if the file may stay, or is probably not meant to be published.
    """
    owner = find_owner(stray.path, owners)
    if is_debris(stray.path):
        return _advise_hidden(stray, owner)
    if is_manual(stray.name):
        return None
    if copy := _advise_settings(stray):
        return copy
    if is_download(stray.name):
        return _advise_download(stray, owners)
    if PICTURE.search(stray.name):
        cause = f"les images du site sont dans {IMAGES}/"
        name, kind = find_shown_name(stray.name)
        hint = f"enregistrez-la en {kind} dans {IMAGES}/, sous le nom {name}"
        return stray.make_warning(cause, hint if kind else f"déplacez-le dans {IMAGES}/")
    return _advise_inside(stray, owner) if owner else _advise_folder(stray, owners)


def _advise_inside(stray: Stray, owner: Folder) -> Problem | None:
    """Return a warning about a file in the folder of a content type; None if it may stay."""
    if WRITTEN.search(stray.name):
        wanted = _propose_name(stray.name, owner)
        hint = f"copiez son texte dans un fichier {wanted}, fait d'après _modele{owner.suffix}"
        return stray.make_warning(f"un texte du site est un fichier {owner.suffix}", hint)
    if DOCUMENT.search(stray.name):
        return _advise_document(stray)
    if stray.name == f"_modele{owner.suffix}":
        return None
    if stray.name.startswith("_"):
        cause = f"seul _modele{owner.suffix} est un modèle"
        return _advise_name(stray, owner, cause) if _is_record(stray.start) else None
    if _MISSPELT[owner.suffix].search(stray.name) or _is_record(stray.start):
        return _advise_name(stray, owner, f"son nom ne finit pas par {owner.suffix}")
    return None


def _advise_settings(stray: Stray) -> Problem | None:
    """Return a warning if the file is a copy of a settings file, which is not read; else None."""
    for path in SETTINGS:
        folder, _, name = path.rpartition("/")
        base = name.removesuffix(".toml")
        found = re.fullmatch(r"(.+)\.toml(?:\.txt)?", stray.name, re.IGNORECASE)
        if stray.folder != folder or not found or stray.name.casefold() == name:
            continue
        stem = found[1]
        # « site-PC-ACCUEIL.toml » is a copy that a cloud service named after a computer, in
        # capitals; « site-local.toml » is some other file of settings.
        numbered = re.fullmatch(rf"{base}[ _-]\d+", stem)
        named = stem.startswith((f"{base}-", f"{base} ", f"{base}_")) and not SLUG.fullmatch(stem)
        if strip_marks(stem).casefold() == base or numbered or named:
            message = f"ce fichier n'est pas lu : ces réglages sont ceux de {path}"
            hint = f"gardez le bon texte dans {name}, puis effacez {stray.name}"
            return Problem(stray.path, message, hint, Level.WARNING)
    return None


def advise_outside(stray: Stray, owners: Sequence[Folder]) -> Problem | None:
    """Return a warning about a record outside the content folders, which says where to move it.

    Return a warning about a copy of `site.toml` too, and None for any other file.
    """
    if copy := _advise_settings(stray):
        return copy
    known = _find_by_words(stray.folder, owners)
    if is_debris(stray.path) or is_manual(stray.name) or not _is_record(stray.start):
        return None
    return _advise_folder(stray, owners) if known or _find_by_keys(stray.start, owners) else None


def is_text_name(name: str) -> bool:
    """Return whether the name of a file ends like that of a text, and is not that of a model."""
    return _ENDINGS.search(name) is not None and not name.startswith("_modele")


def is_like_folder(name: str, owners: Iterable[Folder]) -> bool:
    """Return whether a folder with this name may be a misnamed content folder."""
    close = find_nearest(name, [*list_folders(owners), "contenu"], likeness=LIKENESS)
    return bool(close or _find_by_words(name, owners))


def _advise_hidden(stray: Stray, owner: Folder | None) -> Problem | None:
    """Return a warning about a record with the name of a hidden file, or an image in the cloud.

    Return None for any other file, and for a record whose right name is that of another file.
    """
    absent = find_absent_path(stray.path)
    if is_image(absent) and absent not in stray.names:
        return _report_absent(stray.path, "cette image", Level.WARNING)
    hidden = owner and stray.name.endswith(owner.suffix) and re.match(r"\.[^\W_]", stray.name)
    if not owner or not hidden or not _is_record(stray.start):
        return None
    wanted = _propose_name(stray.name, owner)
    is_taken = f"{stray.folder}/{wanted}" in stray.names
    return None if is_taken else _advise_name(stray, owner, "son nom commence par un point")


def _advise_document(stray: Stray) -> Problem:
    stem, _, ending = stray.name.rpartition(".")
    if ending.lower() == "pdf":
        name = suggest_name(stray.name)
        hint = f"pour le publier, renommez-le {DOWNLOADS}/{name}, et écrivez dans un texte "
        link = f"[{stem}]({DOWNLOADS_ADDRESS}{name})"
        return stray.make_warning("ce PDF n'est pas dans le dossier des documents", hint + link)
    link = f"[{stem}](https://exemple.fr/{make_slug(stem)}.{ending.lower()})"
    hint = f"publiez-le ailleurs, puis écrivez un lien dans un texte, comme {link}"
    return stray.make_warning("le site ne publie que des textes, des images et des PDF", hint)


def _advise_name(stray: Stray, owner: Folder, cause: str) -> Problem:
    """Return a warning with the right name, or with what to do if another file has it."""
    wanted = _propose_name(stray.name, owner)
    hint = f"renommez-le {wanted}"
    if f"{stray.folder}/{wanted}" in stray.names:
        hint = f"gardez le bon texte dans {wanted}, puis effacez {stray.name}"
    return stray.make_warning(cause, hint)


def _propose_name(name: str, owner: Folder) -> str:
    """Return a valid name for a file of this folder, with the same words as `name`.

    If there are none, or if the file is a copy of the model, the words are « nom de la fiche ».
    """
    stem = WRITTEN.sub("", _ENDINGS.sub("", name))
    bare = make_slug(re.sub(r"^_modele", "", stem))
    if bare != make_slug(stem) and re.fullmatch(r"(?:copie|copy)?[0-9-]*", bare):
        bare = ""  # a copy of the model
    return f"{bare or 'nom-de-la-fiche'}{owner.suffix}"


def _advise_folder(stray: Stray, owners: Sequence[Folder]) -> Problem | None:
    """Return a warning about a file that is in no folder of a content type; None if it may stay."""
    known = _find_by_words(stray.folder, owners)
    if not is_text_name(stray.name) or not (known or _is_record(stray.start)):
        return _advise_document(stray) if DOCUMENT.search(stray.name) else None
    fitting = [known] if known else _find_by_keys(stray.start, owners)
    names = {one.folder: _propose_name(stray.name, one) for one in fitting}
    taken = [
        f"{folder}/{name}" for folder, name in names.items() if f"{folder}/{name}" in stray.names
    ]
    places = [
        f"{folder}/" if name == stray.name else f"{folder}/ sous le nom {name}"
        for folder, name in names.items()
    ]
    hint = f"déplacez-le dans {join_names(places, 'ou') or 'le dossier de ceux de son type'}"
    if taken:
        hint = f"gardez le bon texte dans {taken[0]}, puis effacez {stray.path}"
    where = f"le dossier {stray.folder}/" if stray.folder else "la racine du site"
    return stray.make_warning(f"{where} n'est celui d'aucun type de contenu", hint)


def _find_by_words(path: str, owners: Iterable[Folder]) -> Folder | None:
    """Return the content folder whose name or type resembles a folder in `path`, or None."""
    by_word = {word: one for one in owners for word in (*one.words, one.folder.rpartition("/")[2])}
    for part in reversed(path.split("/")):
        if close := find_nearest(part, by_word, 1, likeness=LIKENESS):
            return by_word[close[0]]
    return None


def _find_by_keys(start: bytes, owners: Iterable[Folder]) -> list[Folder]:
    """Return the content folders whose files may have all the keys of the header in `start`."""
    keys = {*_KEY.findall(skim_header(start))}
    return [one for one in owners if keys and keys <= {*one.keys}]


def _is_record(start: bytes) -> bool:
    """Return whether a file begins as a record does: with `---`, `nom:`, `titre:` or `mois:`."""
    return _RECORD.match(start.decode("utf-8", "ignore").lstrip("\ufeff \r\n")) is not None
