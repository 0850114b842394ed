"""Each argument of a command is described, and none is left over."""

from __future__ import annotations

from maille.cli.arguments import COMMANDS
from maille.cli.options import ARGUMENTS


def test_the_arguments_are_those_of_the_commands() -> None:
    assert {name for command in COMMANDS.values() for name in command.arguments} == {*ARGUMENTS}
    assert all(one["help"] for one in ARGUMENTS.values())
