"""The command line: its arguments, what it prints, and the preview server."""

from maille.cli.commands import main, run

__all__ = ["main", "run"]
