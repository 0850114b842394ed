"""Build only the pages that the peers make too: the row "same work" of the benchmark.

It takes the arguments of `build.py`. Its site has the records alone (`generate.write_same_work`).
"""

from __future__ import annotations

import contextlib
import sys
from unittest import mock

from build import KINDS
from maille.cli import run
from maille.views import site_search

VIEWS = ("home", "directory", "terms", "entries", "feeds")


def leave_out_search() -> contextlib.AbstractContextManager[object]:
    """Plan no search in the block: it comes with any site, and no peer has one."""
    return mock.patch.object(site_search, "plan", return_value=())


if __name__ == "__main__":
    with leave_out_search():
        sys.exit(run(KINDS, VIEWS))
