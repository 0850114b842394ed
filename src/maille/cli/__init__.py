"""The command line: what one types, what is printed, the preview server."""

from maille.cli.commands import main, run

__all__ = ["main", "run"]
