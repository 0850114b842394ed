"""A Jinja environment whose templates call functions and escape texts with less work.

Jinja has two doors for this: the class of its contexts, and the class that writes the Python code
of templates. Pages have the same bytes as with Jinja's own classes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import jinja2
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context
from markupsafe import Markup, escape

_find_special = re.compile("[&<>'\"]").search


def escape_output(value: object) -> str:
    """Return a value as text for HTML, like `markupsafe.escape`, but not always as `Markup`."""
    if type(value) is Markup or (type(value) is str and not _find_special(value)):
        return value
    return escape(value)


class _DirectContext(Context):
    """Calls functions at once: Jinja first looks for those that want the context, and none does."""

    def call(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Return the result of a function that a template calls."""
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        return function(*args, **kwargs)


class _CodeGenerator(CodeGenerator):
    """Writes templates that escape their output by `escape_output`."""

    def write_commons(self) -> None:
        """Write the names that the functions of a template use; `escape` hides Jinja's."""
        super().write_commons()
        self.writeline("escape = environment.escape_output")


class FastEnvironment(jinja2.Environment):
    """See the module. Functions with `pass_context` or the like do not get what they ask for."""

    context_class = _DirectContext
    code_generator_class = _CodeGenerator
    escape_output = staticmethod(escape_output)
