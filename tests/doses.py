"""How often tests draw what they draw at random: few draws every day, many at night.

`make test-long` sets LONG=1. Without it the draws of Hypothesis are the same each time, so that a
pull request is never refused by chance; new ones are tried at night.
"""

from __future__ import annotations

import os

LONG = os.environ.get("LONG") == "1"


def _choose_dose(usual: int, long: int) -> int:
    return long if LONG else usual


# Draws of a property that says nothing else.
EXAMPLES = _choose_dose(25, 400)
# Draws of the costly ones: whole sites, trees of files, mixtures of Markdown.
SITES = _choose_dose(10, 100)
TREES = _choose_dose(40, 500)
MIXTURES = _choose_dose(50, 2000)
# Builds killed at a random instant; the writing alone, likewise.
KILLS = _choose_dose(3, 200)
KILLED_WRITINGS = _choose_dose(8, 100)
# Mails read back by two readers.
MAILS = _choose_dose(250, 100_000)
# Random edits around a sealed letter.
EDITS = _choose_dose(15, 1000)
# Scripts of random edits, after each of which a build with memory is compared with one without.
SCRIPTS = _choose_dose(8, 1000)
# Networks of 40 projects over 60 months.
NETWORKS = _choose_dose(1, 20)
# Views of the directory, to an address and back.
VIEWS = _choose_dose(1000, 10_000)
# Postcodes and names of communes typed in the search field: at night, all of them.
POSTCODES = _choose_dose(150, 100_000)
NAMES = _choose_dose(200, 100_000)
# A megabyte of a sign: of all signs in all layouts, one in so many, in bodies and in headers.
BODY_STEP = _choose_dose(23, 1)
HEADER_STEP = _choose_dose(10, 1)
# Hostile strings under a key that is checked, one in so many.
CHECKED_STEP = _choose_dose(3, 1)
# Pairs of mistakes in one header, one in so many.
PAIR_STEP = _choose_dose(4, 1)
# Scripts of a page that do not come, one at a time, besides its first: at night, all of them.
# Of the hostile records, one in so many has its pages opened, and its popup on the map.
HOSTILE_PAGES = _choose_dose(6, 3)
POPUPS = _choose_dose(5, 1)
# Markers of the miniature that the keyboard walks one by one: of a crowd, as many each day.
WALKED = _choose_dose(15, 60)
# Maps on which the hostile records are walked: the embedded one, made by the same script, at night.
HOSTILE_MAPS = _choose_dose(1, 2)
# Commands stopped by Ctrl+C while the last modules load, one in so many; the others, at the first.
LATE_STEP = _choose_dose(6, 2)
# Texts made into QR codes that another reader reads.
CODES = _choose_dose(8, 100)
# Known mistakes laid over the miniature site, whose advice is followed.
HINT_CASES = _choose_dose(6, 160)
# Pairs of edits of a record: one in the editor's sheet, one in the record's file.
MERGES = _choose_dose(50, 1000)
# Cells of an export edited at random, and imported back.
TABLE_EDITS = _choose_dose(60, 1000)
