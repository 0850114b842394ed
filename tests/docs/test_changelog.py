"""CHANGELOG.md says what each version changes, the contract of templates above all."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from maille import __version__
from tests.building import ROOT
from tools.template_contract import LISTING, find_changes, read_contract

TEXT = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
PARTS = ("Added", "Changed", "Removed", "When you update")


def versions(text: str) -> dict[str, dict[str, str]]:
    """Return the parts of each version, latest first."""
    found = {}
    for section in re.split(r"(?m)^## ", text)[1:]:
        version, *parts = re.split(r"(?m)^### ", section)
        found[version.split()[0]] = dict(part.split("\n", 1) for part in parts)
    return found


def unnamed(changes: set[str], part: str) -> set[str]:
    """Return the changes that a part of the CHANGELOG does not name between backticks."""
    return changes - set(re.findall(r"`([^`\n]+)`", part))


def test_the_latest_version_is_that_of_the_engine() -> None:
    assert next(iter(versions(TEXT))) == __version__


def test_each_version_says_what_it_changes_and_what_to_do() -> None:
    found = versions(TEXT)
    *updates, first = found
    for version in found:
        assert [*found[version]] == [part for part in PARTS if part in found[version]], version
        assert all(found[version].values()), version
    assert all("When you update" in found[version] for version in updates)
    assert first == "0.1.0"


def test_what_changes_for_templates_is_named_in_what_to_do() -> None:
    released: Mapping[str, object] = json.loads(LISTING.read_text(encoding="utf-8"))
    latest, before, *_ = versions(TEXT)
    assert released["version"] == before
    changes = find_changes(released, read_contract(ROOT))
    missing = unnamed(changes, versions(TEXT)[latest]["When you update"])
    assert missing == set(), (
        f"CHANGELOG.md, {latest}, « When you update »: name {sorted(missing)} between backticks"
    )


def test_a_change_counts_as_said_only_under_its_own_name() -> None:
    assert unnamed({"gap", "posted"}, "- `posted` is now `mail_html`; the gap is closed.") == {
        "gap"
    }
