"""The benchmark of a forge: its table. What it measures takes minutes, and is not run here."""

from __future__ import annotations

from tools.benchmarks.ci import Result, format_table


def test_the_table_has_the_median_of_each_step() -> None:
    found = [
        Result("pip", state, [1.0, seconds, 2.0])
        for seconds in (10.0, 30.0, 20.0)
        for state in ("bare", "warm")
    ]
    assert format_table(found).splitlines() == [
        "|  | clone | install | publish | all | goal |",
        "| --- | --- | --- | --- | --- | --- |",
        "| pip, bare | 1.0 s | 20.0 s | 2.0 s | 23.0 s | ≤ 120 s |",
        "| pip, warm | 1.0 s | 20.0 s | 2.0 s | 23.0 s | ≤ 60 s |",
    ]
