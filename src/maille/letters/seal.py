"""Seal a letter: store, next to the letters, a copy of the mail. No build changes this copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from maille.content.documents import Position
from maille.content.images import decode_name, make_path
from maille.kinds.newsletter import Newsletter
from maille.letters.outbox import Parcel, compose, write_parcel
from maille.problems import Problem, sort_problems
from maille.site.model import Site
from maille.site.sealed_letters import FOLDER, Seal, SealedSection, digest
from maille.text.dates import format_date
from maille.views.letter_contents import collect_contents


def seal(root: Path, site: Site, letter: Newsletter, *, with_pdf: bool = False) -> Parcel:
    """Write the seal of a letter into a folder of `scelles/`, and its mail into `envois/`.

    Return the folder and files of the seal, with the problems of the mail. When the letter cannot
    be sealed, nothing is written and the problems say why. Raises `pdf.UnavailableError` when
    WeasyPrint is needed and missing, `write.WriteError` or OSError when a folder cannot be written
    or was not made by this command.
    """
    folder = f"{site.kind(letter.kind_name).folder}/{FOLDER}/{letter.slug}"
    refusals = sort_problems(_check_sealable(site, letter, folder))
    if refusals:
        return Parcel(folder, problems=refusals)
    mail = compose(root, site, letter, with_pdf=with_pdf)
    if mail.failed:
        return Parcel(folder, problems=mail.problems)
    kept = _make_seal(root, site, letter, mail).list_files()
    write_parcel(root, mail)
    _write_folder(root / folder, kept)
    return Parcel(folder, kept, mail.problems)


def _write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all the files into a new folder, or none of them."""
    staging = folder.with_name(f".{folder.name}")
    shutil.rmtree(staging, ignore_errors=True)  # left by an interrupted run
    staging.mkdir(parents=True)
    for name, data in files.items():
        (staging / name).write_bytes(data)
    staging.rename(folder)


def _check_sealable(site: Site, letter: Newsletter, folder: str) -> Iterator[Problem]:
    """Yield a problem for each reason why a letter cannot be sealed.

    If it is sealed already, or retells the news of another publisher, that is the only problem.
    """
    if found := site.seal_of(letter):
        message = f"cette lettre est scellée depuis le {format_date(found.day)}"
        hint = (
            "pour la corriger, datez un erratum : errata: [{date: …, texte: …}] ; "
            f"si elle n'est encore partie nulle part, supprimez {folder}/ puis recommencez"
        )
        yield Problem(letter.path, message, hint)
        return
    if letter.origin:
        message = f"cette lettre redit des nouvelles publiées par {letter.origin.publisher}"
        hint = "elle reste sur le site ; seule une lettre du réseau se scelle et s'envoie"
        yield letter.document.make_problem(("origine",), message, hint, on_key=True)
        return
    if letter.published_on is None:
        message = "rien ne dit quel jour cette lettre part"
        hint = f"ajoutez publie_le: {site.today}"
        yield letter.document.make_problem(("mois",), message, hint, on_key=True)
    for line in letter.body.notes:
        message = "il reste une note pour vous, que la page ne montre pas"
        hint = "effacez-la avant de sceller la lettre"
        yield letter.document.make_body_problem(Position(line, 1), message, hint)


def _make_seal(root: Path, site: Site, letter: Newsletter, mail: Parcel) -> Seal:
    issue = collect_contents(site, letter)
    names = {decode_name(one.target) for one in letter.body.images}
    shown = [image for name, image in site.album.images.items() if name in names]
    return Seal(
        letter.slug,
        letter.path,
        site.today,
        tuple(SealedSection(one.title, one.anchor, one.html, one.audiences) for one in issue.parts),
        issue.news,
        issue.dates,
        {make_path(image.name): digest(image.data) for image in shown},
        (root / letter.path).read_bytes(),
        mail.files,
    )
