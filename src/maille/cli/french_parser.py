"""An `argparse` parser whose help and messages are in French."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn

from maille.text.suggestions import find_nearest

_WRONG_USE = 2  # the exit code of argparse for wrong arguments


class FrenchParser(argparse.ArgumentParser):
    """A parser whose help and error messages are in French."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(
            **settings,
            formatter_class=_FrenchHelp,
            argument_default=argparse.SUPPRESS,  # `Arguments` has the defaults
            add_help=False,
        )

    def add_options(self, arguments: Mapping[str, Mapping[str, Any]]) -> None:
        """Add --help and `arguments`, which maps names to keyword arguments of `add_argument`."""
        words, options = (
            self.add_argument_group(title) for title in ("à écrire\N{NBSP}", "options\N{NBSP}")
        )
        options.add_argument("-h", "--help", action="help", help="montre cette aide")
        for name, settings in arguments.items():
            (options if name.startswith("-") else words).add_argument(name, **settings)

    def error(self, message: str) -> NoReturn:
        """Print the error in French, with an example and how to see the help; exit as wrong use."""
        for english, french in _FRENCH.items():
            message = re.sub(english, french, message, flags=re.DOTALL)
        example = f"{self.epilog}\n" if self.epilog else ""
        self.exit(_WRONG_USE, f"{message}\n{example}Pour voir l'aide : {self.prog} --help\n")


class _FrenchHelp(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "Usage : " if prefix is None else prefix)


def _propose(found: re.Match[str]) -> str:
    """Return the message for an unknown command; it proposes a known command if one is close."""
    close = find_nearest(found[2], re.findall(r"[^\s',]+", found[3]), 1)
    meant = f" ; vouliez-vous dire « {close[0]} » ?" if close else ""
    return f"« {found[2]} » n'est pas une commande connue{meant}"


# Patterns of argparse's English messages, and what replaces each: French text, or a function that
# returns it.
_FRENCH: Mapping[str, str | Callable[[re.Match[str]], str]] = {
    r"argument commande: invalid choice: (['\"]?)(.*)\1 \(choose from (.*)\)": _propose,
    r"argument \S+: invalid choice: (['\"]?)(.*)\1 \(.*": r"« \2 » n'est pas compris",
    r"argument (\S+): expected one argument": r"« \1 » attend une valeur",
    r"argument (\S+): ignored explicit argument .*": r"« \1 » ne prend pas de valeur",
    r"the following arguments are required: (.*)": r"il manque : \1",
    r"argument (-\S+): ": r"« \1 » : ",
    r"argument [^-\s]\S*: ": "",
}
