from __future__ import annotations

from pathlib import Path

from maille.preview.problem_data import describe_problems, make_editor_link
from maille.problems import Problem


def test_a_problem_leads_to_its_line_in_an_editor(tmp_path: Path) -> None:
    folder = tmp_path / "mon site"
    folder.mkdir()
    (folder / "été.md").write_text("x", "utf-8")
    problem = Problem("été.md", "faux", "écrivez vrai", line=3, column=7)
    [data] = describe_problems([problem], folder)
    at = folder.resolve().as_posix().replace(" ", "%20")
    assert data == {
        "lieu": "été.md:3:7",
        "lien": f"vscode://file{at}/%C3%A9t%C3%A9.md:3:7",
        "message": "faux",
        "conseil": "écrivez vrai",
        "niveau": "erreur",
    }


def test_a_whole_file_has_no_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").touch()
    assert make_editor_link(Problem("a.md", "faux"), tmp_path).endswith("/a.md")


def test_there_is_no_link_to_what_is_no_file(tmp_path: Path) -> None:
    for path in ("", "absent.md", "../.."):
        assert make_editor_link(Problem(path, "faux"), tmp_path) == ""
