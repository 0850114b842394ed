"""Read the values of arguments; argparse prints the errors that these functions raise."""

from __future__ import annotations

import argparse
import datetime
import re
from collections.abc import Callable
from pathlib import Path

from maille.cli.base_url import is_base_url, propose_base_url
from maille.text.letter_names import looks_like_letter, read_letter_name, suggest_letter_name


def parse_date(text: str) -> datetime.date:
    """Return the day that `text` gives; raise ArgumentTypeError, in French, if it is not a day."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        message = f"« {text} » n'est pas une date ; écrivez par exemple 2026-11-21"
        raise argparse.ArgumentTypeError(message) from None


def parse_letter(text: str) -> str:
    """Return the name of a letter; raise ArgumentTypeError, in French, if the text is not one.

    The name is that of its file, without `.md`; the path of the file may be typed too.
    """
    name = re.split(r"[/\\]", text)[-1].removesuffix(".md")
    try:
        read_letter_name(name)
    except ValueError as error:
        meant = suggest_letter_name(name)
        cause = str(error) if looks_like_letter(name) else f"« {text} » n'est pas une lettre"
        message = f"{cause} ; écrivez {meant or 'par exemple 2026-12'}"
        raise argparse.ArgumentTypeError(message) from None
    return name


def parse_forge(text: str) -> str:
    """Return the name of a forge; raise ArgumentTypeError, in French, if the forge is unknown."""
    if not re.fullmatch(r"github|gitlab:.+", text):
        message = f"« {text} » n'est pas une forge ; écrivez github ou gitlab:FICHIER"
        raise argparse.ArgumentTypeError(message)
    return text


def parse_base_url(text: str) -> str:
    """Return a base URL as typed; raise ArgumentTypeError, in French, if it is not valid."""
    if not is_base_url(text):
        message = f"« {text} » n'est pas une adresse ; écrivez {propose_base_url(text)}"
        raise argparse.ArgumentTypeError(message)
    return text


def make_integer_parser(name: str, most: int, hint: str) -> Callable[[str], int]:
    """Return a parser of whole numbers from 1 to `most`; its error gives `name` and `hint`."""

    def parse(text: str) -> int:
        if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"« {text} » n'est pas {name} ; écrivez {hint}")
        return int(text)

    return parse


def parse_list(text: str) -> Path:
    """Return the path of a list of addresses; raise ArgumentTypeError if it is not a file."""
    path = Path(text)
    if not path.is_file():
        message = f"« {text} » n'est pas un fichier ; donnez l'adresses.txt du site en ligne"
        raise argparse.ArgumentTypeError(message)
    return path
