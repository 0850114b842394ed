"""The command line: run a command, and return its exit code.

Heavy modules are imported inside functions, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import functools
import gc
import importlib
import io
import itertools
import json
import os
import runpy
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from maille.cli import letter_commands
from maille.cli.arguments import BUG, CONTENT, DISK, GOOD, INTERRUPTED, USAGE, Arguments, read

if TYPE_CHECKING:
    from maille.pipeline import Definition, Options
    from maille.preview.live_site import LiveSite
    from maille.publish.report import Report
    from maille.site.model import Site


def run(kinds: tuple[str, ...], views: tuple[str, ...], arguments: list[str] | None = None) -> int:
    """Run one command for a site made of these kinds and views; return the exit code.

    0: success; 1: a file of the site to fix (content, site.toml, a template); 2: wrong use of the
    command, or a PDF that cannot be made here; 3: cannot read or write, or cannot open the port;
    70: a bug of ours, whose traceback is printed; 130: interrupted. Raises SystemExit on --help or
    wrong arguments.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # escape what the terminal cannot encode
            stream.reconfigure(errors="backslashreplace")
    try:
        with _raise_interrupts():
            return _run_safely(kinds, views, sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        return INTERRUPTED


@contextlib.contextmanager
def _raise_interrupts() -> Iterator[None]:
    """Raise KeyboardInterrupt on Ctrl+C in the block, instead of ending the process at once.

    The block can thus undo what it was writing. A process that ignores Ctrl+C goes on ignoring it.
    """
    before = signal.getsignal(signal.SIGINT)
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or before in {signal.SIG_IGN, signal.default_int_handler}:
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _run_safely(kinds: tuple[str, ...], views: tuple[str, ...], arguments: list[str]) -> int:
    """Run one command; return the exit code, even after an error, but not after an interrupt."""
    typed = read(arguments)
    # Without garbage collection, loading modules and building are 5 to 10 % faster.
    gc.disable()
    from maille.pipeline import Definition

    try:
        return _run_command(Definition(kinds, views), typed)
    # this clause is first, since evaluating the clauses below imports modules
    except KeyboardInterrupt:
        raise
    except (OSError, _find_write_error()) as error:
        print(_explain(error), file=sys.stderr)
        return DISK
    except _find_unavailable_error() as error:
        print(error, file=sys.stderr)
        return USAGE
    except Exception:  # noqa: BLE001 - last resort: reported as our bug, with its traceback
        traceback.print_exc()
        print("C'est un défaut du logiciel, pas de vos fichiers : signalez-le.", file=sys.stderr)
        return BUG
    finally:
        gc.enable()


def main() -> NoReturn:
    """Run the `build.py` of the folder given by `--root`, or of the current one, and exit."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))  # as `build.py` does
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


def _explain(error: Exception) -> str:
    """Return the cause of a system error in French; return the text of a `WriteError` as is."""
    if not isinstance(error, OSError):
        return str(error)
    name = error.filename or ""
    if not name:
        return f"Impossible de lire ou d'écrire : {error.strerror or error}."
    if isinstance(error, FileNotFoundError):
        return f"« {name} » n'existe pas : placez-vous dans le dossier du site."
    if isinstance(error, PermissionError):
        return f"« {name} » ne peut pas être lu : vérifiez les droits du fichier."
    return f"Impossible de lire ou d'écrire « {name} » : {error.strerror or error}."


def _find_write_error() -> type[Exception]:
    from maille.publish.write import WriteError

    return WriteError


def _find_unavailable_error() -> type[Exception]:
    from maille.letters.pdf import UnavailableError

    return UnavailableError


class _Stopwatch:
    """Records when each step begins: wall time, and processor time used so far."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, float, float]] = []
        self("prepare")

    def __call__(self, step: str) -> None:
        spent = os.times()
        processors = spent.user + spent.system + spent.children_user + spent.children_system
        self.steps.append((step, time.perf_counter(), processors))

    @property
    def seconds(self) -> float:
        """Return the wall time from the start of the first step to the start of the last one."""
        return self.steps[-1][1] - self.steps[0][1]

    def format_table(self) -> str:
        """Return a table with a line per step: seconds, processor seconds, share of the time.

        The last step recorded has no line: it only marks the end of the previous step.
        """
        lines = ["étape       durée   calcul   part"]
        for (step, start, before), (_, end, after) in itertools.pairwise(self.steps):
            share = (end - start) / self.seconds
            lines.append(f"{step:<10}{end - start:>6.2f} s{after - before:>7.2f} s{share:>7.0%}")
        return "\n".join(lines)


def _gather_options(arguments: Arguments) -> Options:
    from maille.pipeline import Options
    from maille.site.published_addresses import LIST
    from maille.workers import count_cores

    output = arguments.output or arguments.root / "output"
    of_output = (
        output / LIST[1:] if arguments.verb in ("construire", "verifier", "servir") else None
    )
    return Options(
        root=arguments.root,
        output=output,
        base_url=arguments.base_url,
        today=arguments.date,
        now=datetime.datetime.now(datetime.UTC),
        with_drafts=arguments.drafts or arguments.verb == "relire",
        publish=arguments.verb == "construire",
        processes=arguments.processes or count_cores(),
        published=arguments.published or of_output,
        with_examples=arguments.verb in ("construire", "verifier", "servir"),
        cache=None if arguments.uncached else arguments.cache or arguments.root / ".maille",
    )


def _build(
    definition: Definition,
    options: Options,
    watch: Callable[[str], None] = lambda _: None,
    live: LiveSite | None = None,
) -> Report:
    """Build the site, or check the `live` one; on a terminal, show progress if it takes long."""
    from maille.cli.progress import STEPS, Progress
    from maille.pipeline import build_site

    bar = Progress(len(STEPS))

    def take_note(step: str) -> None:
        watch(step)
        bar.advance(step)

    with bar.watch(sys.stderr):
        if live:
            return live.refresh(take_note)
        return build_site(definition, options, take_note)


def _run_command(definition: Definition, arguments: Arguments) -> int:
    from maille.cli import report
    from maille.pipeline import Definition

    options = _gather_options(arguments)
    watch = _Stopwatch()
    live = _make_live_site(definition, arguments) if arguments.verb == "servir" else None
    done = _build(definition, options, watch, live)
    watch("")
    gc.freeze()  # so that the garbage collector skips these objects, at exit too
    gc.enable()
    seconds = watch.seconds
    if arguments.profile:
        print(watch.format_table(), file=sys.stderr)
    if done.site and arguments.verb == "relire":
        return letter_commands.proofread(arguments, done.site, done.problems)
    if done.site and not done.failed and arguments.verb in _SITE_COMMANDS:
        return _SITE_COMMANDS[arguments.verb](arguments, done.site)
    if done.site and not done.failed and arguments.verb in _CHANGES:
        # An import cannot break a page: without views, its check is much faster.
        views = () if arguments.verb == "importer" else definition.views
        build = functools.partial(_build, Definition(definition.kinds, views))
        return _change_files(arguments, done.site, options, build)
    if arguments.json:
        print(json.dumps(report.convert_to_data(done, seconds), ensure_ascii=False, indent=2))
    else:
        # For « verifier », problems are the result; for a build, they are why it failed.
        failed = done.failed and arguments.verb != "verifier"
        told = report.format_report(done, seconds, options.output)
        if live:  # the preview's own page shows the rest
            told = "\n".join(report.format_problems(done.problems))
        print(told, file=sys.stderr if failed else sys.stdout, end="\n" if told else "")
    if arguments.annotations:
        _annotate(done, arguments)
    if done.site and (code := _say_more(arguments, done.site)):
        return code
    if live:
        from maille.cli.preview_command import preview

        return preview(live, definition, arguments)
    return CONTENT if done.failed else GOOD


def _make_live_site(definition: Definition, arguments: Arguments) -> LiveSite:
    from maille.preview.live_site import LiveSite

    return LiveSite(definition, functools.partial(_gather_options, arguments))


def _change_files(
    arguments: Arguments, site: Site, options: Options, build: Callable[[Options], Report]
) -> int:
    """Run a command that changes files of the site and builds it again; return the exit code."""
    module, name = _CHANGES[arguments.verb]
    change = getattr(importlib.import_module(f"maille.cli.{module}"), name)
    return int(change(arguments, site, options, build))


def _say_more(arguments: Arguments, site: Site) -> int:
    """Print the additional reports that options of `verifier` request; return the exit code.

    With the option of quality, the file of requests is written too.
    """
    code = _say_needs(site) if arguments.opening else GOOD
    if arguments.quality:
        from maille.cli.quality_report import REQUESTS_FILE, format_quality, write_requests

        print("\n".join(("", *format_quality(site))))
        path = arguments.root / REQUESTS_FILE
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(write_requests(site))
    if arguments.promises:
        from maille.cli.promises_report import format_promises

        print("\n".join(("", *format_promises(site))))
    if arguments.network:
        from maille.cli.network_command import check_links

        code = max(code, check_links(arguments.root, site))
    return code


def _say_needs(site: Site) -> int:
    """Print what is still missing before the site can open; return the exit code."""
    from maille.cli.report import format_needs
    from maille.views.opening import list_needs

    needs = tuple(list_needs(site))
    print("\n".join(format_needs(needs)))
    return CONTENT if any(need.required for need in needs) else GOOD


def _annotate(done: Report, arguments: Arguments) -> None:
    """Write the problems for the forge: to standard output for GitHub, to a file for GitLab."""
    from maille.cli.annotations import format_code_quality, format_github_commands

    _, _, report = arguments.annotations.partition("gitlab:")
    if report:
        Path(report).write_text(
            format_code_quality(done.problems, arguments.root), encoding="utf-8"
        )
    else:
        for line in format_github_commands(done.problems, arguments.root):
            print(line)


def _export(arguments: Arguments, site: Site) -> int:
    from maille.cli.export_command import export

    return export(arguments, site)


# Commands that need a site without errors, but do not publish it.
_SITE_COMMANDS: dict[str, Callable[[Arguments, Site], int]] = {
    "exporter": _export,
    "nouveau": letter_commands.write_new_letter,
    "lettre": letter_commands.write_mail,
    "sceller": letter_commands.seal,
}

# Commands that change files of a site without errors: the module and the name of the function.
_CHANGES = {
    "corriger": ("correct_command", "correct"),
    "importer": ("import_command", "import_file"),
    "renommer": ("rename_command", "rename"),
    "retirer": ("rename_command", "remove"),
    "effacer": ("erase_command", "erase"),
}
