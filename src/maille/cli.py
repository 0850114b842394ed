"""The command line: the only place that reads arguments, the environment and the clock.

Heavy modules are imported by the command that needs them, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import datetime
import gc
import io
import itertools
import json
import os
import re
import runpy
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.pipeline import Definition, Options, Report

GOOD, CONTENT, USAGE, DISK, BUG = 0, 1, 2, 3, 70
INTERRUPTED = 130  # by Ctrl+C: 128 + SIGINT, as shells count

# The French verb first; then what every generator calls it.
COMMANDS = {
    "construire": ("build", "construit le site dans le dossier de sortie"),
    "verifier": ("check", "vérifie le contenu sans rien écrire"),
    "servir": ("serve", "construit le site, puis le montre sur cette machine"),
    "exemples": ("examples", "écrit les fiches d'exemple qui manquent pour atteindre --total"),
}


def run(kinds: tuple[str, ...], views: tuple[str, ...], arguments: list[str] | None = None) -> int:
    """Run one command for a site made of these kinds and views; return the exit code.

    0: good; 1: a file of the site to fix (content, site.toml, a template); 2: wrong use of the
    command; 3: cannot read or write; 70: a bug of ours, shown with its traceback.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # what a terminal cannot show stops nothing
            stream.reconfigure(errors="backslashreplace")
    parser = _parser()
    options = parser.parse_args(arguments)
    if (_verb(options.command) == "exemples") != (options.total is not None):
        parser.error("le nombre de fiches s'écrit : python build.py exemples --total 350")
    from maille.pipeline import Definition

    definition = Definition(kinds, views)
    verb = _verb(options.command)
    try:
        return _build(definition, options, verb)
    except (OSError, _write_error()) as error:
        print(_told(error), file=sys.stderr)
        return DISK
    except KeyboardInterrupt:
        print("Interrompu.", file=sys.stderr)
        return INTERRUPTED
    except Exception:  # noqa: BLE001 - the last resort: told, with its traceback, as our bug
        traceback.print_exc()
        print("C'est un défaut du logiciel, pas de vos fichiers : signalez-le.", file=sys.stderr)
        return BUG


def main() -> NoReturn:
    """Run the `build.py` of the folder given by `--root`, or of the current one."""
    finder = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    finder.add_argument("--root", type=Path, default=Path.cwd())
    root = finder.parse_known_args()[0].root
    script = root / "build.py"
    if not script.is_file():
        print(f"Aucun fichier build.py dans {root} : placez-vous dans le dossier du site.")
        sys.exit(USAGE)
    sys.argv[0] = str(script)
    runpy.run_path(str(script), run_name="__main__")
    sys.exit(GOOD)


def _told(error: Exception) -> str:
    """Return in French what the system says; what the write step raises is a sentence already."""
    if not isinstance(error, OSError):
        return str(error)
    name = error.filename or ""
    if isinstance(error, FileNotFoundError):
        return f"« {name} » n'existe pas : placez-vous dans le dossier du site."
    if isinstance(error, PermissionError):
        return f"« {name} » ne peut pas être lu : vérifiez les droits du fichier."
    return f"Impossible de lire ou d'écrire « {name} » : {error.strerror or error}."


def _write_error() -> type[Exception]:
    from maille.write import WriteError

    return WriteError


def _verb(command: str) -> str:
    return next(verb for verb, (alias, _) in COMMANDS.items() if command in (verb, alias))


class _Stopwatch:
    """Notes when each step begins, with the time that processors have given until then."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, float, float]] = []
        self("prepare")

    def __call__(self, step: str) -> None:
        spent = os.times()
        processors = spent.user + spent.system + spent.children_user + spent.children_system
        self.steps.append((step, time.perf_counter(), processors))

    @property
    def seconds(self) -> float:
        """Return how long it took, from the first step to the last."""
        return self.steps[-1][1] - self.steps[0][1]

    def table(self) -> str:
        """Return a line a step: seconds, seconds of processor in all processes, share."""
        lines = ["étape       durée   calcul   part"]
        for (step, start, before), (_, end, after) in itertools.pairwise(self.steps):
            share = (end - start) / self.seconds
            lines.append(f"{step:<10}{end - start:>6.2f} s{after - before:>7.2f} s{share:>7.0%}")
        return "\n".join(lines)


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


def _parser() -> argparse.ArgumentParser:
    lines = "\n".join(f"  {verb:<12}{text} ({alias})" for verb, (alias, text) in COMMANDS.items())
    parser = _Parser(
        prog="build.py",
        usage="python build.py [commande] [options]",
        description=f"Construit le site à partir des fichiers Markdown.\n\ncommandes :\n{lines}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
        allow_abbrev=False,
    )
    names = [name for verb, (alias, _) in COMMANDS.items() for name in (verb, alias)]
    verb = {"nargs": "?", "default": "construire", "choices": names, "metavar": "commande"}
    parser.add_argument("command", help=argparse.SUPPRESS, **verb)  # type: ignore[arg-type]
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
    port = _whole("un port", 65535, "un nombre comme 8000")
    add("--port", type=port, default=8000, metavar="N", help="le port de « servir » (8000)")
    return parser


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


def _source_date() -> datetime.date | None:
    """Return the day of `SOURCE_DATE_EPOCH` (reproducible-builds.org), if it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch.isdecimal():
        return None
    try:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        _parser().error(f"SOURCE_DATE_EPOCH ({epoch[:40]}) n'est pas une date")


def _options(arguments: argparse.Namespace, verb: str) -> Options:
    from maille.pipeline import Options
    from maille.workers import cores

    return Options(
        root=arguments.root,
        output=arguments.output or arguments.root / "output",
        base_url=arguments.base_url,
        today=arguments.date or _source_date(),
        now=datetime.datetime.now(datetime.UTC),
        with_drafts=arguments.brouillons,
        publish=verb in ("construire", "servir"),
        processes=arguments.processus or cores(),
    )


def _build(definition: Definition, arguments: argparse.Namespace, verb: str) -> int:
    from maille import report
    from maille.pipeline import build_site

    options = _options(arguments, verb)
    # A build is short, and gives all back at its end: looking for garbage meanwhile costs a tenth.
    gc.disable()
    watch = _Stopwatch()
    done: Report = build_site(definition, options, watch)
    watch("")
    gc.freeze()  # nor at the very end of the process
    gc.enable()
    seconds = watch.seconds
    if arguments.profil:
        print(watch.table(), file=sys.stderr)
    if verb == "exemples" and done.site and not done.failed:
        from maille.examples import complete

        print(complete(options.root, done.site, arguments.total))
        return GOOD
    if arguments.json:
        print(json.dumps(report.as_data(done, seconds), ensure_ascii=False, indent=2))
    else:
        print(
            report.as_text(done, seconds, options.output),
            file=sys.stderr if done.failed else sys.stdout,
        )
    if done.failed:
        return CONTENT
    if verb == "servir":
        from maille.serve import serve

        try:
            serve(options.output, options.base_url, arguments.port)
        except OSError:
            port = arguments.port
            print(f"Le port {port} est pris : essayez --port {port + 1}.", file=sys.stderr)
            return DISK
    return GOOD
