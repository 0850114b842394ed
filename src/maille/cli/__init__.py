"""The command line: its arguments, and what it prints."""

from maille.cli.commands import main, run

__all__ = ["main", "run"]
