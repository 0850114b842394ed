"""The content security policy of a page."""

from __future__ import annotations

from maille.formats.csp import format_policy


def test_the_policy_adds_to_the_base_and_never_loosens_scripts() -> None:
    policy = format_policy({"img-src": ("https://tuiles.example",)})
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["default-src"] == "'self'"
    assert directives["img-src"] == "'self' data: https://tuiles.example"
    assert directives["object-src"] == "'none'"
    assert "unsafe" not in policy


def test_what_a_page_adds_to_a_directive_without_base_stands_beside_the_site_itself() -> None:
    policy = format_policy({"connect-src": ("https://a.example", "https://b.example")})
    assert policy.endswith("; connect-src 'self' https://a.example https://b.example")
    assert format_policy({}) in policy
    assert "connect-src" not in format_policy({})
