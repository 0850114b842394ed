"""What one may type after `python build.py`, read and checked; mistakes are told in French."""

from __future__ import annotations

import argparse
import datetime
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

# Exit codes; the last as shells count Ctrl+C: 128 + SIGINT.
GOOD, CONTENT, USAGE, DISK, BUG, INTERRUPTED = 0, 1, 2, 3, 70, 130


@dataclass(frozen=True, slots=True)
class Command:
    """A command: what every generator calls it, what it does, the words that follow it."""

    alias: str
    told: str
    words: tuple[str, ...] = ()


MONTH = "AAAA-MM"
# By the French verb.
COMMANDS = {
    "construire": Command("build", "construit le site dans le dossier de sortie"),
    "verifier": Command("check", "vérifie le contenu sans rien écrire"),
    "servir": Command("serve", "construit le site, puis le montre sur cette machine"),
    "exemples": Command(
        "examples", "écrit les fiches d'exemple qui manquent pour atteindre --total"
    ),
    "nouveau": Command("new", "prépare la lettre d'un mois, prête à remplir", ("lettre", MONTH)),
    "relire": Command(
        "proofread", "dit ce qui gênerait dans une lettre, brouillon ou non", (MONTH,)
    ),
    "lettre": Command("letter", "compose le courriel d'une lettre, dans envois/", (MONTH,)),
    "sceller": Command("seal", "garde une lettre telle qu'elle part, pour de bon", (MONTH,)),
}


def read(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Return the options, `verb` (in French) and `words` among them; or end, as argparse does."""
    parser = _parser()
    options = parser.parse_args(arguments)
    options.verb = next(
        verb for verb, one in COMMANDS.items() if options.command in (verb, one.alias)
    )
    if (options.verb == "exemples") != (options.total is not None):
        parser.error("le nombre de fiches s'écrit : python build.py exemples --total 350")
    _check_words(parser, options.verb, options.words)
    if options.verb == "sceller" and (options.brouillons or options.base_url != "/"):
        parser.error("« sceller » garde ce qui part : sans --brouillons, ni --base-url")
    if options.pdf and options.verb not in ("lettre", "sceller"):
        parser.error("--pdf ne va qu'avec « lettre » et « sceller »")
    options.date = options.date or _source_date(parser)
    return options


def _check_words(parser: _Parser, verb: str, words: Sequence[str]) -> None:
    expected = COMMANDS[verb].words
    fits = len(words) == len(expected) and all(map(_fits, expected, words))
    if not fits:
        written = " ".join(("python build.py", verb, *expected)).replace(MONTH, "2026-12")
        known = f"« {' '.join(words)} » n'est pas compris" if words else "il manque quelque chose"
        parser.error(f"{known} après « {verb} » ; écrivez {written}")


def _fits(expected: str, word: str) -> bool:
    if expected == MONTH:
        return bool(re.fullmatch(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])", word))
    return word == expected


class _Parser(argparse.ArgumentParser):
    """A parser whose mistakes are told in French."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command, and where to find what it may be."""
        for said, meant in _ARGPARSE.items():
            message = re.sub(said, meant, message)
        self.exit(USAGE, f"{message}\nPour voir les commandes : python build.py --help\n")


# argparse's sentences, which have no French in the standard library.
_ARGPARSE = {
    r"unrecognized arguments: (.*)": r"« \1 » n'est pas une option connue",
    r"argument (\S+): invalid choice: '?(.*?)'? \(.*": r"« \2 » n'est pas une commande connue",
    r"argument (\S+): expected one argument": r"« \1 » attend une valeur",
    r"argument (\S+): ": r"« \1 » : ",
}


def _parser() -> _Parser:
    lines = "\n".join(
        f"  {' '.join((verb, *one.words)):<24}{one.told} ({one.alias})"
        for verb, one in COMMANDS.items()
    )
    parser = _Parser(
        prog="build.py",
        usage="python build.py [commande] [options]",
        description=f"Construit le site à partir des fichiers Markdown.\n\ncommandes :\n{lines}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
        allow_abbrev=False,
    )
    names = [name for verb, one in COMMANDS.items() for name in (verb, one.alias)]
    verb = {"nargs": "?", "default": "construire", "choices": names, "metavar": "commande"}
    parser.add_argument("command", help=argparse.SUPPRESS, **verb)  # type: ignore[arg-type]
    parser.add_argument("words", help=argparse.SUPPRESS, nargs="*", metavar="mots")
    _add_options(parser)
    return parser


def _add_options(parser: _Parser) -> None:
    add = parser.add_argument_group("les options").add_argument
    add("-h", "--help", action="help", help="montre cette aide")
    add("--root", type=Path, default=Path(), metavar="DOSSIER", help="le dossier du site")
    add("--output", type=Path, metavar="DOSSIER", help="où écrire le site (défaut : output/)")
    add(
        "--base-url",
        type=_base_url,
        default="/",
        metavar="ADRESSE",
        help="l'adresse sous laquelle il sera servi",
    )
    add("--date", type=_date, metavar="AAAA-MM-JJ", help="le jour à prendre pour aujourd'hui")
    add("--brouillons", action="store_true", help="publie aussi les brouillons et l'à-venir")
    add("--json", action="store_true", help="écrit les problèmes et les comptes en JSON")
    add("--profil", action="store_true", help="dit de quoi le temps est fait, étape par étape")
    add(
        "--processus",
        type=_whole("un nombre de processus", 64, "un nombre de 1 à 64"),
        metavar="N",
        help="combien de processus se partagent le travail (défaut : un par cœur)",
    )
    total = _whole("un nombre de fiches", 10_000, "un nombre de 1 à 10000")
    add("--total", type=total, metavar="N", help="pour « exemples » : combien de fiches en tout")
    add("--pdf", action="store_true", help="pour « lettre » et « sceller » : ajoute un PDF")
    port = _whole("un port", 65535, "un nombre comme 8000")
    add("--port", type=port, default=8000, metavar="N", help="le port de « servir » (8000)")


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        message = f"« {text} » n'est pas une date ; écrivez par exemple 2026-11-21"
        raise argparse.ArgumentTypeError(message) from None


def _base_url(text: str) -> str:
    if not re.fullmatch(r"(https?://[^/\s?#\"'<>\\]+)?(/[^\s?#\"'<>\\]*)?", text) or not text:
        message = (
            f"« {text} » n'est pas une adresse ; écrivez /reseau/ ou https://exemple.fr/reseau/"
        )
        raise argparse.ArgumentTypeError(message)
    return text


def _whole(name: str, most: int, hint: str) -> Callable[[str], int]:
    """Return the reader of a whole number from 1 to `most`; the mistake names what it counts."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"« {text} » n'est pas {name} ; écrivez {hint}")
        return int(text)

    return read


def _source_date(parser: _Parser) -> datetime.date | None:
    """Return the day of `SOURCE_DATE_EPOCH` (reproducible-builds.org), if it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch.isdecimal():
        return None
    try:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        parser.error(f"SOURCE_DATE_EPOCH ({epoch[:40]}) n'est pas une date")
