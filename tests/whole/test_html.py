"""Pages, style sheets and drawings of the miniature, read by the Nu HTML checker (W3C).

Of each sort of page, the heaviest and the lightest: they show most and least. The checker reads the
whole site of this repository at night (`tools/demonstrations/test_markup.py`).
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from pathlib import Path

from tests.nu import check_folder


def samples(output: Path) -> set[Path]:
    """Return two pages of each folder of pages (records, letters…), and all that stand alone."""
    sorts: dict[tuple[str, int], list[Path]] = defaultdict(list)
    for path in sorted(output.rglob("*.html")):
        *folders, name = path.relative_to(output).parts
        sort = folders[0] if len(folders) > 1 else f"{'/'.join(folders)}/{name}"
        sorts[sort, len(folders)].append(path)
    weighed = [sorted(paths, key=lambda path: path.stat().st_size) for paths in sorts.values()]
    return {path for paths in weighed for path in (paths[0], paths[-1])}


def test_the_nu_checker_finds_no_error_but_those_that_we_make(output: Path, tmp_path: Path) -> None:
    pages = samples(output)
    assert 30 < len(pages) < 150
    drawn = {path for path in output.rglob("*") if path.suffix in {".css", ".svg"}}
    for path in pages | drawn:
        copied = tmp_path / path.relative_to(output)
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copied)
    wrong = tmp_path / "wrong"
    wrong.mkdir()
    page = (output / "index.html").read_text(encoding="utf-8")
    (wrong / "page.html").write_text(page.replace("<main", "<main role=rien"), "utf-8")
    (wrong / "style.css").write_text("a { colour: red }", "utf-8")
    (wrong / "icon.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" a="b"/>', "utf-8")
    told = check_folder(tmp_path)
    assert [one for one in told if "/wrong/" not in one] == []
    assert {one.split(":")[1].rpartition("/")[2] for one in told} == {
        "page.html", "style.css", "icon.svg",
    }  # fmt: skip
