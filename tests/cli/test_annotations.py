"""Problems as annotations: read back as GitHub's runner and GitLab read them."""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePosixPath

import pytest

from maille.cli.annotations import format_code_quality, format_github_commands
from maille.cli.arguments import read
from maille.problems import Level, Problem
from tests import command
from tests.small_site import write_small_site

HERE = PurePosixPath()
ERROR = Problem(
    "catalysers/un, deux:: %2C.md",
    "À 100 %0A::\r\nnon",
    "écrivez : a, b",
    line=3,
    column=5,
    key="nom",
)
WARNING = Problem("site.toml", "Une remarque.", level=Level.WARNING)


def understood(line: str) -> tuple[str, dict[str, str], str]:
    """Return the command, the properties and the message of a line, as GitHub's runner does."""
    assert line.splitlines() == [line]
    found = re.fullmatch(r"::(\w+) (.*?)::(.*)", line)
    assert found
    properties = dict(part.split("=", 1) for part in found[2].split(","))
    return (
        found[1],
        {name: unescaped(text) for name, text in properties.items()},
        unescaped(found[3]),
    )


def unescaped(text: str) -> str:
    for sign in ("%0D", "%0A", "%3A", "%2C", "%25"):
        text = text.replace(sign, chr(int(sign[1:], 16)))
    return text


def test_github_reads_back_each_problem() -> None:
    first, second = map(understood, format_github_commands([ERROR, WARNING], HERE))
    place = {"file": ERROR.path, "line": "3", "col": "5", "title": "À corriger"}
    assert first == ("error", place, f"{ERROR.message}\n→ {ERROR.hint}")
    place = {"file": "site.toml", "line": "1", "title": "Attention"}
    assert second == ("warning", place, "Une remarque.")


def test_a_site_below_the_root_of_the_repository_has_its_folder_in_the_path() -> None:
    (line,) = format_github_commands([WARNING], PurePosixPath("sites/essai"))
    assert understood(line)[1]["file"] == "sites/essai/site.toml"
    (issue,) = json.loads(format_code_quality([WARNING], PurePosixPath("sites/essai")))
    assert issue["location"]["path"] == "sites/essai/site.toml"


def test_gitlab_gets_all_that_it_requires() -> None:
    first, second = json.loads(format_code_quality([ERROR, WARNING], HERE))
    assert first["description"] == f"{ERROR.message}\n→ {ERROR.hint}"
    assert first["location"] == {"path": ERROR.path, "lines": {"begin": 3}}
    assert second["location"] == {"path": "site.toml", "lines": {"begin": 1}}
    assert (first["severity"], second["severity"]) == ("major", "minor")
    assert {first["check_name"], second["check_name"]} == {"maille"}
    assert first["fingerprint"] != second["fingerprint"]
    assert json.loads(format_code_quality([], HERE)) == []


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    site = write_small_site(tmp_path / "site")
    record = site / "catalysers/premier.md"
    text = record.read_text(encoding="utf-8").replace("commune: Dijon", "commune: Dijn")
    record.write_text(text, encoding="utf-8")
    return site


@pytest.mark.parametrize("verb", ["construire", "verifier"])
def test_the_command_prints_them_for_github_below_what_a_person_reads(
    verb: str, faulty: Path
) -> None:
    done = command.run(faulty, verb, "--annotations", "github")
    assert done.code == 1
    assert "catalysers/premier.md:6:10" in done.said
    (line,) = (line for line in done.said.splitlines() if line.startswith("::"))
    kind, properties, message = understood(line)
    assert (kind, properties["line"], properties["col"]) == ("error", "6", "10")
    assert properties["file"].endswith("catalysers/premier.md")
    assert "Dijon" in message


def test_the_command_leaves_the_file_that_gitlab_reads(faulty: Path, tmp_path: Path) -> None:
    report = tmp_path / "qualite.json"
    done = command.run(faulty, "--annotations", f"gitlab:{report}")
    assert done.code == 1
    assert "catalysers/premier.md:6:10" in done.said
    (issue,) = json.loads(report.read_text(encoding="utf-8"))
    assert issue["location"]["lines"] == {"begin": 6}
    (faulty / "catalysers/premier.md").unlink()
    assert command.run(faulty, "verifier", "--annotations", f"gitlab:{report}").code == 0
    assert json.loads(report.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("value", ["gitea", "gitlab", "gitlab:", "github:x"])
def test_another_forge_is_refused(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read(["verifier", "--annotations", value])
    assert "écrivez github ou gitlab:FICHIER" in capsys.readouterr().err
