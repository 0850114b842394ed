"""A Jinja environment whose templates call functions and escape texts with less work.

Two classes of Jinja are replaced: the context, and the generator of the Python code of templates.
Pages have the same bytes as with Jinja's own classes.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, MutableMapping
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from markupsafe import Markup, escape

_find_special = re.compile("[&<>'\"]").search


def escape_output(value: object) -> str:
    """Return `value` escaped for HTML, like `markupsafe.escape`.

    A text with nothing to escape is returned as it is, and not as `Markup`.
    """
    if type(value) is Markup or (type(value) is str and not _find_special(value)):
        return value
    return escape(value)


class _DirectContext(Context):
    """Calls functions directly.

    Jinja first checks if each one asks for the context; ours never do.
    """

    def call(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        return function(*args, **kwargs)


class _CodeGenerator(CodeGenerator):
    """Generates templates that escape with `escape_output`, and that call functions directly."""

    def visit_Call(  # noqa: N802 - Jinja's name
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: FBT001, FBT002 - as in Jinja
    ) -> None:
        """Write a call; one with `*`, with a keyword of Python or with a block is left to Jinja."""
        reserved = any(keyword.iskeyword(argument.key) for argument in node.kwargs)
        if forward_caller or node.dyn_args or node.dyn_kwargs or reserved:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def write_commons(self) -> None:
        """Write Jinja's definitions at the start of a template, and one of ours for `escape`."""
        super().write_commons()
        self.writeline("escape = environment.escape_output")


class FastEnvironment(jinja2.Environment):
    """See the module. `pass_context` and the like have no effect on functions in templates."""

    context_class = _DirectContext
    code_generator_class = _CodeGenerator
    escape_output = staticmethod(escape_output)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of the environment: ours are the same for all templates.

        Jinja puts them in a `ChainMap`, which is slow to copy for each page.
        """
        assert not d
        return self.globals
