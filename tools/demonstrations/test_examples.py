"""The examples that this repository holds are those that the command writes."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.building import ROOT
from tests.cli.test_examples import examples, written


def test_the_committed_ones_are_those_of_the_command(tmp_path: Path) -> None:
    """Written here, by this Python and this machine, they are the same bytes."""
    committed = {p.name: p.read_bytes() for p in (ROOT / "catalysers/exemples").iterdir()}
    for name in ("content/vocabulaires", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    config = (ROOT / "site.toml").read_text(encoding="utf-8").partition("[presentation]")[0]
    (tmp_path / "site.toml").write_text(config, encoding="utf-8")
    assert len(committed) > 300
    assert examples(tmp_path, len(committed)).code == 0
    assert written(tmp_path) == committed
