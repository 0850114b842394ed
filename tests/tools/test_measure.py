"""Time and memory of a command, its children included."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tools.benchmarks.measure import (
    BuildError,
    Run,
    count_files,
    measure_peak_memory,
    set_aside,
    time_run,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

MEGABYTES = 60
HOLD = f"import time; data = bytearray(b'x') * {MEGABYTES * 10**6}; time.sleep(0.5)"
SPEND = "import time\nwhile time.process_time() < 0.3: pass"
BELOW = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]], check=True)"


def python(folder: Path, *arguments: str) -> Run:
    return Run((sys.executable, "-c", *arguments), folder)


def test_the_processor_time_of_a_child_counts(tmp_path: Path) -> None:
    found = time_run(python(tmp_path, BELOW, SPEND))
    assert found.cpu >= 0.3
    assert found.wall >= 0.3


def test_time_asleep_is_on_the_wall_alone(tmp_path: Path) -> None:
    found = time_run(python(tmp_path, "import time; time.sleep(0.2)"))
    assert found.wall - found.cpu > 0.15  # however busy the machine is


def test_the_memory_of_a_child_counts(tmp_path: Path) -> None:
    assert measure_peak_memory(python(tmp_path, BELOW, HOLD)) > MEGABYTES * 10**6


def test_a_failed_build_is_not_a_fast_one(tmp_path: Path) -> None:
    for measured in (time_run, measure_peak_memory):
        with pytest.raises(BuildError, match="oh no"):
            measured(python(tmp_path, "raise SystemExit('oh no')"))


def test_output_is_counted_then_set_aside_with_what_lies_beside(tmp_path: Path) -> None:
    output, beside, other = tmp_path / "output", tmp_path / ".output.old", tmp_path / "other"
    for folder in (output / "page", beside, other):
        folder.mkdir(parents=True)
    (output / "page" / "index.html").write_bytes(b"12345")
    (tmp_path / ".output.lock").touch()
    assert count_files(output) == (1, 5)
    set_aside(output)
    left = {path.name for path in tmp_path.iterdir() if not path.name.startswith("aside-")}
    assert left == {"other"}
    assert len([*tmp_path.rglob("index.html")]) == 1


def test_the_environment_of_a_run_is_set(tmp_path: Path) -> None:
    check = "import os, sys; sys.exit(os.environ.get('ESSAI') != 'oui')"
    run = python(tmp_path, check)
    time_run(Run(run.command, tmp_path, {"ESSAI": "oui"}))
    with pytest.raises(BuildError):
        time_run(run)
