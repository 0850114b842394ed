"""Documents to download: the PDFs of `content/documents/`, published under `/documents/` as is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from maille.content.documents import SourceFile
from maille.problems import ContentError, Problem
from maille.text.names import make_slug

# The folder where editors put documents, and the start of the addresses of documents.
FOLDER = "content/documents"
ADDRESS = "/documents/"

WEIGHT_LIMIT = 10_000_000  # bytes: many visitors are on phones

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.pdf")
_SIGNATURE = b"%PDF-"
_SIGNATURE_END = 1024  # readers of PDF look for the signature in the first 1,024 bytes


@dataclass(frozen=True, slots=True)
class Downloads:
    """The documents to download.

    `accepted` maps the address of each accepted document to its bytes; `refused` has the addresses
    of the refused ones.
    """

    accepted: Mapping[str, bytes] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()


def is_download(path: str) -> bool:
    """Return whether a file is in the folder of documents."""
    return path.startswith(f"{FOLDER}/")


def make_address(path: str) -> str:
    """Return the address at which the document of the file `path` is published."""
    return ADDRESS + path.removeprefix(f"{FOLDER}/")


def make_path(address: str) -> str:
    """Return the path of the document that is published at `address`."""
    return f"{FOLDER}/{address.removeprefix(ADDRESS)}"


def suggest_name(name: str) -> str:
    """Return a valid file name for a document, such as `rapport-2023.pdf`, made from `name`.

    `name` may be an address or a path: only its last part is used, without the suffix .pdf or .PDF.
    """
    stem = re.sub(r"(?i)\.pdf$", "", re.split(r"[/\\]", unquote(name))[-1])
    return f"{make_slug(stem) or 'document'}.pdf"


def check_download(source: SourceFile) -> None:
    """Raise ContentError if a document is empty, not a PDF, wrongly named or too large."""
    name, data = source.path.removeprefix(f"{FOLDER}/"), source.data
    if not data:
        hint = "copiez le document de nouveau, ou effacez ce fichier"
        raise ContentError("ce fichier est vide", hint)
    if _SIGNATURE not in data[:_SIGNATURE_END]:
        hint = "enregistrez-le en PDF, ou ôtez ce fichier du dossier"
        raise ContentError("ce fichier n'est pas un PDF", hint)
    if not _NAME.fullmatch(name):
        message = "ce nom ferait une adresse que l'on ne peut ni dicter ni recopier"
        if "/" in name:
            message = f"les documents se rangent dans {FOLDER}/, sans sous-dossier"
        right = make_path(ADDRESS + suggest_name(name))
        raise ContentError(message, f"renommez ce fichier {right}, et ce qui le nomme avec lui")
    if len(data) > WEIGHT_LIMIT:
        most = WEIGHT_LIMIT // 1_000_000
        hint = f"réduisez-le (au plus {most} Mo), ou donnez l'adresse d'un site qui le publie"
        raise ContentError(f"ce document pèse plus de {most} Mo", hint)


def check_downloads(sources: Iterable[SourceFile]) -> tuple[Downloads, tuple[Problem, ...]]:
    """Return the documents, accepted or refused, and a problem for each refused one."""
    accepted: dict[str, bytes] = {}
    problems: list[Problem] = []
    for source in sources:
        try:
            check_download(source)
        except ContentError as error:
            problems.append(error.make_problem(source.path))
        else:
            accepted[make_address(source.path)] = source.data
    refused = frozenset(make_address(problem.path) for problem in problems)
    return Downloads(accepted, refused), tuple(problems)
