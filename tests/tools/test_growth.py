"""The growth of a build: 1.00 where four times the records take four times as much."""

from __future__ import annotations

from tools.benchmarks.growth import Size, format_table, read_steps
from tools.benchmarks.measure import Time

PROFILE = """\
étape       durée   calcul   part
prepare     0.02 s   0.01 s     0%
parse       9.35 s  18.16 s    32%
write       0.05 s   0.04 s     0%
5000 fichiers lus : 5000 retenus pour le site, 0 en attente, 0 laissés de côté, 0 à corriger.
10 fichiers écrits, 0 inchangés, 0 retirés, en 50.0 s, dans output/.
"""


def test_the_steps_are_those_of_the_profile() -> None:
    assert read_steps(PROFILE) == {"prepare": 0.01, "parse": 18.16, "write": 0.04}


def test_a_growth_of_one_is_linear() -> None:
    small = Size(5_000, Time(10, 20), 700_000_000, 100_000_000, {"parse": 8.0, "write": 0.04})
    large = Size(20_000, Time(40, 90), 2_100_000_000, 400_000_000, {"parse": 40.0, "write": 0.2})
    rows = [line.split("|")[1:-1] for line in format_table(small, large).splitlines()]
    assert [tuple(map(str.strip, row)) for row in rows[2:]] == [
        ("Wall", "10.0 s", "40.0 s", "1.00"),
        ("CPU", "20.0 s", "90.0 s", "1.12"),
        ("CPU of `parse`", "8.0 s", "40.0 s", "1.25"),
        ("CPU of `write`", "0.0 s", "0.2 s", ""),
        ("Memory", "700.0 MB", "2,100.0 MB", "0.75"),
        ("Output", "100.0 MB", "400.0 MB", "1.00"),
    ]
