"""Write the mail of a letter into `envois/`, for another program to send. Nothing is sent here."""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from maille.content.discover import read_folder
from maille.formats.email_message import encode_quoted_printable, mark_as_draft
from maille.kinds.newsletter import Newsletter
from maille.letters.mail import HEAVY, choose_sender, compose_files, find_unsubscribe_address
from maille.letters.pdf import draw_pdf
from maille.letters.support.lint import check_mail, read_table
from maille.problems import Level, Problem, select_errors
from maille.publish.artefact import Artefact
from maille.publish.render import RenderOptions, render
from maille.publish.write import publish
from maille.site.model import Site
from maille.views.letter_contents import collect_contents, collect_editions
from maille.views.plans import PagePlan

FOLDER = "envois"
FONTS = "templates/assets/fonts"
TABLE = "courriel.json"
# The templates that this process has compiled, for all letters and their editions.
_RENDERING = RenderOptions()


@dataclass(frozen=True, slots=True)
class Parcel:
    """A mail or a seal: its folder (relative to the root), its files by name, and its problems.

    If a problem is an error, nothing is written.
    """

    folder: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def for_writers(self) -> tuple[Problem, ...]:
        """Return the errors, and the warnings for the writer; other warnings are for the sender."""
        kept = {"poids", "depart"}
        return tuple(one for one in self.problems if one.level is Level.ERROR or one.key in kept)

    @property
    def failed(self) -> bool:
        """Return whether there is an error; nothing is then written."""
        return bool(select_errors(self.problems))


class _TemplateError(Exception):
    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__()
        self.problems = problems


def compose_and_write(
    root: Path,
    site: Site,
    letter: Newsletter,
    *,
    with_pdf: bool = False,
    as_draft: bool = False,
) -> Parcel:
    """Compose the mail of a letter and, if there is no error, write it into a folder of `envois/`.

    Either all the files are written or none. With `as_draft`, mail programs open the `.eml` as a
    message to send; nothing else changes, even in a sealed letter. Raises `pdf.UnavailableError`
    when WeasyPrint is needed and missing, `write.WriteError` or OSError when the folder cannot be
    written or was not made by this command.
    """
    mail = compose(root, site, letter, with_pdf=with_pdf)
    if as_draft:
        files = {
            name: mark_as_draft(data) if name.endswith(".eml") else data
            for name, data in mail.files.items()
        }
        mail = replace(mail, files=files)
    if not mail.failed:
        write_parcel(root, mail)
    return mail


def write_parcel(root: Path, mail: Parcel) -> None:
    """Write the files of a mail into its folder in `envois/`.

    Raises `write.WriteError` or OSError if they cannot be written.
    """
    (root / FOLDER).mkdir(exist_ok=True)
    written = (Artefact(name, data) for name, data in mail.files.items())
    publish(written, root / mail.folder, protected=root)


def compose(root: Path, site: Site, letter: Newsletter, *, with_pdf: bool = False) -> Parcel:
    """Return the mail of a letter and its problems; write nothing.

    For a sealed letter, return the mail that was sealed. If a template fails, return its problems
    without any file. Raises `pdf.UnavailableError` when WeasyPrint is needed and missing.
    """
    folder = f"{FOLDER}/{letter.slug}"

    def draw(plan: PagePlan) -> str:
        results = [*render([plan], site, root / "templates", {}, _RENDERING)]
        if problems := tuple(one for one in results if isinstance(one, Problem)):
            raise _TemplateError(problems)
        return "".join(one.data.decode() for one in results if isinstance(one, Artefact))

    if seal := site.seal_of(letter):
        return Parcel(folder, seal.mail, (*_check_pdf(folder, seal.mail, with_pdf=with_pdf),))
    issue = collect_contents(site, letter)
    try:
        issues = (issue, *collect_editions(site, issue))
        files = {
            name: data for one in issues for name, data in compose_files(site, one, draw).items()
        }
        if with_pdf:
            fonts = read_folder(root / FONTS)
            files |= {f"{one.name}.pdf": draw_pdf(site, one, draw, fonts) for one in issues}
    except _TemplateError as error:
        return Parcel(folder, problems=error.problems)
    problems = (
        *_check_readiness(site, letter, folder),
        *_check_weights(folder, files),
        *_check_support(folder, files),
    )
    return Parcel(folder, files, problems)


def _check_weights(folder: str, files: Mapping[str, bytes]) -> Iterator[Problem]:
    for name, data in files.items():
        weight = len(encode_quoted_printable(data.decode())) if name.endswith(".html") else 0
        if weight > HEAVY:
            message = f"ce courriel pèse {weight // 1000} ko : Gmail le couperait"
            hint = f"restez sous {HEAVY // 1000} ko : coupez la lettre en deux, ou résumez"
            yield Problem(f"{folder}/{name}", message, hint, Level.WARNING, key="poids")


def _check_pdf(folder: str, mail: Mapping[str, bytes], *, with_pdf: bool) -> Iterator[Problem]:
    if with_pdf and not any(name.endswith(".pdf") for name in mail):
        message = "cette lettre a été scellée sans PDF : ce qui est parti ne change plus"
        yield Problem(folder, message, "imprimez sa page", Level.WARNING)


def _check_readiness(site: Site, letter: Newsletter, folder: str) -> Iterator[Problem]:
    def warn(key: str, message: str, hint: str) -> Problem:
        return Problem(folder, message, hint, Level.WARNING, key=key)

    config = site.config
    if letter.origin:
        message = f"cette lettre redit des nouvelles publiées par {letter.origin.publisher}"
        yield warn("depart", message, "ne l'envoyez pas : elle reste sur le site")
    if config.host.endswith(".example"):
        message = f"ses liens mènent à {config.host}, qui n'existe pas"
        yield warn("depart", message, "écrivez l'adresse du site dans site.toml (adresse)")
    if not (config.letter.address or config.mailbox):
        message = f"il part de {choose_sender(config).address}, faute d'adresse choisie"
        yield warn("depart", message, 'écrivez adresse = "…" sous [lettre], dans site.toml')
    hint = 'écrivez desabonnement = "…" sous [lettre] dans site.toml, ou une adresse (contact)'
    if not find_unsubscribe_address(site):
        yield warn("depart", "ce courriel ne dit pas comment ne plus le recevoir", hint)
    elif not find_unsubscribe_address(site, with_tags=False):
        message = (
            "le .eml ne dit pas comment ne plus le recevoir : une messagerie n'a pas de balise"
        )
        yield warn("depart", message, hint)


def _check_support(folder: str, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield the problems of each HTML file, then a warning that names untested clients, if any."""
    table = read_table((importlib.resources.files("maille") / "data" / TABLE).read_bytes())
    untried: dict[str, None] = {}
    for name, data in files.items():
        if name.endswith(".html"):
            for one in check_mail(data.decode(), table):
                if one.feature:
                    yield one.make_problem(f"{folder}/{name}")
                else:
                    untried |= dict.fromkeys(one.clients[:1])
    if untried:
        message = (
            f"personne n'a tout essayé de ce courriel dans ces messageries : {', '.join(untried)}"
        )
        hint = "avant l'envoi, adressez-vous un essai et regardez-le dans l'une d'elles"
        yield Problem(folder, message, hint, Level.WARNING)
