"""The command `servir`: show the site on this machine until Ctrl+C."""

from __future__ import annotations

import errno
import sys
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING

from maille import kinds
from maille.cli.arguments import DISK, GOOD, Arguments
from maille.cli.report import escape_unseen, format_problems
from maille.content.folders import list_folders
from maille.preview.server import find_free_port
from maille.preview.session import Session
from maille.text.urls import extract_base_path

if TYPE_CHECKING:
    from maille.pipeline import Definition
    from maille.preview.live_site import LiveSite, State
    from maille.problems import Problem


def preview(live: LiveSite, definition: Definition, arguments: Arguments) -> int:
    """Serve a site already checked, and check it again at each save, until Ctrl+C.

    Return the exit code `DISK` if the port cannot be opened.
    """
    session = Session(live, arguments.root)
    try:
        running = session.open(arguments.base_url, arguments.port)
    except OSError as error:
        print(_explain_port(error, arguments.port), file=sys.stderr)
        return DISK
    folders = ("templates", *list_folders(kinds.load(definition.kinds)))
    session.start(folders, Teller(live.state.problems).tell)
    serve(running, arguments.base_url)
    return GOOD


def serve(running: ThreadingHTTPServer, base_url: str) -> None:
    """Print the address of a server, and run it until Ctrl+C, which raises KeyboardInterrupt."""
    with running:
        address = f"http://127.0.0.1:{running.server_port}{extract_base_path(base_url)}"
        print(f"Ce qui manque : {address}manque/ ; les courriels des lettres : {address}courriel/")
        print(f"Le site est à l'adresse {address} (Ctrl+C pour arrêter).", flush=True)
        running.serve_forever()


class Teller:
    """Prints the problems of a site each time that they change."""

    def __init__(self, told: tuple[Problem, ...]) -> None:
        """Begin with the problems that were already printed."""
        self._told = told

    def tell(self, state: State) -> None:
        """Print the problems of a state, if they differ from the problems printed before."""
        if state.problems == self._told:
            return
        self._told = state.problems
        lines = [*format_problems(state.problems)] or ["Tout est en ordre."]
        print("\n".join(("", *map(escape_unseen, lines))), flush=True)


def _explain_port(error: OSError, port: int) -> str:
    free = f"essayez --port {find_free_port(max(port, 1024))}"
    reasons = {
        errno.EADDRINUSE: f"Le port {port} est pris : {free}.",
        errno.EACCES: f"Le port {port} est réservé au système : {free}.",
    }
    other = f"Le port {port} ne s'ouvre pas ({error.strerror}) : {free}."
    return reasons.get(error.errno or 0, other)
