"""Systems that this one is not, as the engine meets them."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from types import SimpleNamespace


def make_c_library(exchange_fails_with: int) -> Callable[..., SimpleNamespace]:
    """Return a `ctypes.CDLL` whose calls that exchange two folders fail with that error."""

    def exchange(*_arguments: object) -> int:
        ctypes.set_errno(exchange_fails_with)
        return -1

    return lambda *_arguments, **_options: SimpleNamespace(renameat2=exchange, renamex_np=exchange)
