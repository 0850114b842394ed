"""The commands of `python build.py` and their options, as `argparse` sub-commands in French."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from maille.cli.french_parser import FrenchParser
from maille.cli.options import ARGUMENTS
from maille.text.suggestions import find_nearest

# Exit codes. INTERRUPTED follows the convention of shells for Ctrl+C: 128 + SIGINT.
GOOD, CONTENT, USAGE, DISK, BUG, INTERRUPTED = 0, 1, 2, 3, 70, 130

PROGRAM = "python build.py"
DEFAULT = "construire"


@dataclass(frozen=True, slots=True)
class Arguments:
    """The command and its arguments, or their defaults; each command takes only some of them."""

    verb: str
    root: Path = Path()
    output: Path | None = None
    base_url: str = "/"
    date: datetime.date | None = None
    drafts: bool = False
    json: bool = False
    annotations: str = ""
    profile: bool = False
    processes: int | None = None
    pdf: bool = False
    as_draft: bool = False
    port: int = 8000
    kind: str = ""
    letter: str = ""
    source: str = ""
    name: str = ""
    new: str = ""
    file: str = ""
    table: str = ""
    record: str = ""
    verified: bool = False
    yes: bool = False
    history: bool = False
    opening: bool = False
    quality: bool = False
    promises: bool = False
    network: bool = False
    published: Path | None = None
    trial: bool = False
    only_good: bool = False
    export: str = ""
    within: str = ""
    side: str = ""
    retire: bool = False
    cache: Path | None = None
    uncached: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its English name, its help, the names of its arguments, and example arguments."""

    alias: str
    help: str
    arguments: tuple[str, ...]
    example: str = ""


_EVERY = ("--root", "--date", "--processus", "--profil", "--memoire", "--sans-memoire")
_SITE = (
    *("--output", "--base-url", "--publie", "--brouillons", "--json", "--annotations"),
    *_EVERY,
)

# The commands by French name. `ARGUMENTS` describes their arguments.
COMMANDS: Mapping[str, Command] = {
    "construire": Command("build", "construit le site dans le dossier de sortie", _SITE),
    "verifier": Command(
        "check",
        "vérifie le contenu sans rien publier",
        ("--ouvrir", "--rapport", "--promesses", "--reseau", *_SITE),
    ),
    "servir": Command(
        "serve",
        "montre le site sur cette machine, à jour à chaque enregistrement",
        ("--port", *_SITE),
    ),
    "nouveau": Command(
        "new",
        "prépare une lettre, prête à remplir, ou reprend celle d'un autre outil",
        ("kind", "letter", "--depuis", *_EVERY),
        "lettre 2026-12",
    ),
    "relire": Command(
        "proofread",
        "dit ce qui gênerait dans une lettre, brouillon ou non",
        ("letter", *_EVERY),
        "2026-12",
    ),
    "lettre": Command(
        "letter",
        "compose le courriel d'une lettre, dans envois/",
        ("letter", "--pdf", "--a-envoyer", "--brouillons", "--base-url", *_EVERY),
        "2026-12",
    ),
    # No --brouillons or --base-url: the command seals exactly what is sent.
    "sceller": Command(
        "seal",
        "garde une lettre telle qu'elle part, pour de bon",
        ("letter", "--pdf", *_EVERY),
        "2026-12",
    ),
    "corriger": Command(
        "correct",
        "applique la correction, ou la nouvelle fiche, que propose un message",
        ("file", "--verifiee", "--oui", *_EVERY),
        "message.eml",
    ),
    "importer": Command(
        "import",
        "fait des fiches d'un tableau (CSV, XLSX, ODS) ou d'un export de carte",
        (
            *("table", "--essai", "--seulement-les-bonnes", "--en-conflit", "--retirer", "--oui"),
            *_EVERY,
        ),
        "annuaire.xlsx",
    ),
    "exporter": Command(
        "export",
        "écrit l'annuaire dans un tableau (.xlsx, .csv) ou une carte (.geojson)",
        ("export", "--dans", "--brouillons", *_EVERY),
        "annuaire.xlsx",
    ),
    "renommer": Command(
        "rename",
        "renomme une fiche partout ; son ancienne adresse mène à la nouvelle",
        ("record", "new", "--oui", *_EVERY),
        "ancien-nom nouveau-nom",
    ),
    "retirer": Command(
        "remove",
        "retire une fiche ; son adresse dit depuis quand elle n'est plus là",
        ("record", "--oui", *_EVERY),
        "catalysers/le-chene.md",
    ),
    "effacer": Command(
        "erase",
        "noircit un nom partout dans les fichiers, à la demande de la personne",
        ("name", "--oui", "--historique", "--output", "--base-url", *_EVERY),
        '"Camille Exemple"',
    ),
}


def read(arguments: Sequence[str]) -> Arguments:
    """Return the command and its arguments; exit, as argparse does, on --help or a mistake.

    Without --date, the date comes from `SOURCE_DATE_EPOCH`; without both, it is None.
    """
    parser, parsers = _make_parsers()
    name, *others = _put_command_first(arguments)
    if name in parsers:
        _refuse_strange_options(parsers[name], others)
    options, unknown = parser.parse_known_args([name, *others])
    if unknown:
        parsers[name].error(f"« {unknown[0]} » n'est pas compris après « {name} »")
    typed = Arguments(**vars(options))
    return replace(typed, date=typed.date or _read_source_date(parsers[name]))


def _put_command_first(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with the command first.

    If none is named, add the default command, or return only --help if help is asked for. argparse
    reads the options of a sub-command only after its name. A word after an unknown option may be
    the value of that option: it is taken as the command only if it is the name of a command.
    """
    value_follows = may_be_value = False
    for place, word in enumerate(arguments):
        if value_follows or (may_be_value and word not in _list_names()):
            value_follows = may_be_value = False
        elif word.startswith("-"):
            value_follows = word in ARGUMENTS and "action" not in ARGUMENTS[word]
            may_be_value = word not in (*ARGUMENTS, "-h", "--help") and "=" not in word
        else:
            return [word, *arguments[:place], *arguments[place + 1 :]]
    return ["--help"] if {"-h", "--help"} & {*arguments} else [DEFAULT, *arguments]


def _list_names() -> Iterator[str]:
    for verb, command in COMMANDS.items():
        yield from (verb, command.alias)


def _refuse_strange_options(parser: FrenchParser, arguments: Iterable[str]) -> None:
    """Exit at the first option that the command of `parser` does not have.

    The error message names the commands that have this option, if any.
    """
    verb = parser.get_default("verb")
    for name in (word.partition("=")[0] for word in arguments if word.startswith("-")):
        if name not in (*COMMANDS[verb].arguments, "-h", "--help"):
            having = [f"« {other} »" for other, one in COMMANDS.items() if name in one.arguments]
            known = (
                f" ; elle va avec {', '.join(having)}" if having else _propose_option(name, verb)
            )
            parser.error(f"« {name} » n'est pas une option de « {verb} »{known}")


def _propose_option(name: str, verb: str) -> str:
    """Return « ; vouliez-vous dire … ? », to end an error message; "" if no option is close."""
    meant = _FRENCH_OPTIONS.get(name)
    close = [meant] if meant else find_nearest(name, COMMANDS[verb].arguments, 1, likeness=0.75)
    return f" ; vouliez-vous dire « {close[0]} » ?" if close else ""


def _make_parsers() -> tuple[FrenchParser, Mapping[str, FrenchParser]]:
    """Return the main parser, and the parsers of the commands by name, French or English."""
    parser = FrenchParser(
        prog=PROGRAM,
        usage=f"{PROGRAM} [commande] [options]",
        description="Construit le site à partir des fichiers Markdown (commande « construire »), "
        "ou fait ce que dit une autre commande ; chacune a ses options (lettre --help).",
        epilog=f"Par exemple : {PROGRAM} verifier",
    )
    parser.add_options({})
    group = parser.add_subparsers(title="commandes\N{NBSP}", metavar="commande", prog=PROGRAM)
    for verb, command in COMMANDS.items():
        words = [_show(one) for one in command.arguments if one[0] != "-"]
        made = group.add_parser(
            verb,
            aliases=[command.alias],
            help=command.help,
            description=f"{command.help[0].upper()}{command.help[1:]}.",
            usage=" ".join((PROGRAM, verb, *words, "[options]")),
            epilog=f"Par exemple : {PROGRAM} {verb} {command.example}".rstrip(),
        )
        made.add_options({name: ARGUMENTS[name] for name in command.arguments})
        made.set_defaults(verb=verb)
    return parser, group.choices


def _show(name: str) -> str:
    """Return an argument as the usage shows it: `AAAA-MM`, `--total N`."""
    metavar = str(ARGUMENTS[name]["metavar"])
    return f"{name} {metavar}" if name.startswith("-") else metavar


# French names that people type → the options, named in English as in other site generators.
_FRENCH_OPTIONS = {
    **dict.fromkeys(("--sortie", "--dossier", "-o"), "--output"),
    **dict.fromkeys(("--racine", "--site"), "--root"),
    **dict.fromkeys(("--adresse", "--url", "--baseurl", "--base"), "--base-url"),
    **dict.fromkeys(("--jour", "--aujourdhui"), "--date"),
}


def _read_source_date(parser: FrenchParser) -> datetime.date | None:
    """Return the day (UTC) of `SOURCE_DATE_EPOCH`, or None if the variable is not a number.

    Exit if the number is out of the range of dates. See reproducible-builds.org.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch.isdecimal():
        return None
    try:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        parser.error(f"SOURCE_DATE_EPOCH ({epoch[:40]}) n'est pas une date")
