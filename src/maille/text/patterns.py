"""Regular expressions compiled at first use: a site without mistakes only uses half of them."""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


class _LatePattern:
    """Acts as a compiled pattern, but compiles it only when one of its methods is first used."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        for method in _METHODS:  # the next uses cost no more than those of a compiled pattern
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def compile_late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled at its first use, which raises re.error if it is invalid.

    It has `pattern`, `flags` as given, and the methods of a compiled pattern.
    """
    return cast("re.Pattern[str]", _LatePattern(pattern, flags))
