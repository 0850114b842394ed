"""The list of decisions names every record, under its own title."""

from __future__ import annotations

from tests.building import ROOT

FOLDER = ROOT / "docs/decisions"


def test_the_list_names_every_record() -> None:
    titles = {
        path.name: path.read_text(encoding="utf-8").partition("\n")[0]
        for path in sorted(FOLDER.glob("[0-9]*.md"))
    }
    assert [name[:4] for name in titles] == [f"{n:04}" for n in range(1, len(titles) + 1)]
    listed = (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in listed if line.startswith("- [")] == [
        f"- [{name[:4]}]({name}) {title.partition('. ')[2]}" for name, title in titles.items()
    ]
