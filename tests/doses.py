"""How often tests draw what they draw at random: few draws every day, many at night.

`make test-long` sets LONG=1. Without it the draws of Hypothesis are the same each time, so that a
pull request is never refused by chance; new ones are tried at night.
"""

from __future__ import annotations

import os

LONG = os.environ.get("LONG") == "1"


def _dose(usual: int, long: int) -> int:
    return long if LONG else usual


# Draws of a property that says nothing else.
EXAMPLES = _dose(40, 400)
# Draws of the costly ones: whole sites, trees of files, mixtures of Markdown.
SITES = _dose(15, 100)
TREES = _dose(60, 500)
MIXTURES = _dose(100, 2000)
# Builds killed at a random instant; the writing alone, likewise.
KILLS = _dose(5, 200)
KILLED_WRITINGS = _dose(8, 100)
# Mails read back by two readers.
MAILS = _dose(2000, 100_000)
# Random edits around a sealed letter.
EDITS = _dose(60, 1000)
# Networks of 40 projects over 60 months.
NETWORKS = _dose(1, 20)
# Views of the directory, to an address and back.
VIEWS = _dose(2000, 10_000)
# Texts made into QR codes that another reader reads.
CODES = _dose(15, 100)
