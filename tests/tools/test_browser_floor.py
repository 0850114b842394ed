"""What browsers of spring 2022 lack is found in scripts, style sheets and templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tools.browser_floor import (
    Find,
    check_script,
    check_site,
    check_style,
    check_template,
    list_own_names,
)

Check = Callable[[str], Iterable[Find]]


@pytest.mark.parametrize(
    ("check", "text", "line", "what"),
    [
        (check_script, "const a = 1;\nname.toWellFormed();", 2, ".toWellFormed"),
        (check_script, "list.findLastIndex(test)", 1, ".findLastIndex"),
        (check_script, "/* one\ntwo */\nlist?.toSorted()", 3, ".toSorted"),
        (check_script, "Object.groupBy(list, key)", 1, ".groupBy"),
        (check_script, "AbortSignal.timeout(5)", 1, ".timeout"),
        (check_script, "/(?<=a)b/.test(text)", 1, "(?<= or (?<!"),
        (check_script, "class A { static { run(); } }", 1, "static {"),
        (check_style, "a { color: red }\nmain:has(h1) { top: 0 }", 2, ":has"),
        (check_style, "@media print { li:has(a) { top: 0 } }", 1, ":has"),
        (check_style, "@container (width > 9px) { a { top: 0 } }", 1, "@container"),
        (check_style, "a { color: color-mix(in srgb, red, blue) }", 1, "color-mix()"),
        (check_style, "a { translate: 1px }", 1, "translate"),
        (check_style, "@media (scan: progressive) { a { top: 0 } }", 1, "(scan)"),
        (check_template, "<p>\n<div popover>", 2, "popover"),
        (check_template, '<section inert="">', 1, "inert"),
        (check_template, "<search>", 1, "<search"),
    ],
)
def test_what_is_newer_is_found_at_its_line(check: Check, text: str, line: int, what: str) -> None:
    assert [(one.line, one.what) for one in check(text)] == [(line, what)]


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (check_script, "list.at(-1).flatMap(test).replaceAll(a, b)"),
        (check_script, "// list.toSorted()\n/* toSorted: list.toSorted() */"),
        (check_script, "// newer than the floor: tested before\nlist.toSorted()"),
        (check_script, 'const address = "https://a.example/";'),
        (check_script, "const copy = [...bytes];"),
        (check_style, "@supports selector(:has(a)) { a:has(b) { top: 0 } }"),
        (check_style, "li:first-child, a:not(:focus-visible) { text-wrap: balance }"),
        (check_style, "@media (min-width: 48rem) and (prefers-color-scheme: dark) { }"),
        (check_template, '<input autocomplete="off" title="popover inert">'),
    ],
)
def test_what_they_have_is_not(check: Check, text: str) -> None:
    assert not list(check(text))


def test_a_name_of_our_own_is_not_taken_for_theirs(tmp_path: Path) -> None:
    scripts = tmp_path / "assets/js"
    scripts.mkdir(parents=True)
    (scripts / "a.js").write_text("export function move(act) {\n  act();\n}\n")
    (scripts / "b.js").write_text("frame.move(act);\nlist.toReversed();\n")
    assert list_own_names("function move(act) {") == {"move"}
    assert list(check_site(tmp_path)) == [
        "assets/js/b.js:2: .toReversed not in chrome, firefox, safari, safari_ios"
    ]
