"""The command line: arguments, commands, printed reports, the preview server."""

from maille.cli.commands import main, run

__all__ = ["main", "run"]
