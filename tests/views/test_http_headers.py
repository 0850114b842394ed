"""The headers that static hosts give with each file."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest

from maille.views.http_headers import plan
from maille.views.plans import FilePlan, PagePlan, Plan

PLANS: tuple[Plan, ...] = (
    PagePlan("/", "home.html", "Qui relie les acteurs ?"),
    PagePlan("/carte/", "map.html", "Carte", csp={"img-src": ("https://tuiles.example",)}),
    PagePlan("/carte/integrer/", "integrer.html", "Carte à intégrer", embeddable=True),
    PagePlan("/projets/a/", "projet.html", "A", csp={"connect-src": ("https://a.example",)}),
    PagePlan("/404.html", "404.html", "Page introuvable"),
    PagePlan("/robots.txt", "robots.txt", ""),
    PagePlan(
        "/x/", "x.html", "X", csp={"img-src": ("https://tuiles.example", "https://b.example")}
    ),
    FilePlan("/flux.xml", b""),
    FilePlan("/assets/css-1a2b3c4d/site.css", b""),
    FilePlan("/assets/js-1a2b3c4d/map.js", b""),
    FilePlan("/assets/leaflet-1.9.3/leaflet.js", b""),
    FilePlan("/assets/fonts/a.woff2", b""),
    FilePlan("/assets/images/signe.svg", b""),
    FilePlan("/assets/carte-1a2b3c4d.js", b""),
    FilePlan("/images/photo-1a2b3c4d-480.webp", b""),
)


def find(address: str, name: str) -> list[str]:
    """Return the values of a header in all the rules that match an address."""
    found: list[str] = []
    matches = False
    for line in plan(PLANS).data.decode().splitlines():
        if line.startswith("/"):
            matches = fnmatchcase(address, line)
        elif matches and line.startswith(f"  {name}: "):
            found.append(line.partition(": ")[2])
    return found


def test_one_policy_for_all_allows_what_some_page_needs_once() -> None:
    lines = plan(PLANS).data.decode().splitlines()
    assert lines[0] == "/*"
    policy = lines[1].removeprefix("  Content-Security-Policy: ")
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["img-src"] == "'self' data: https://tuiles.example https://b.example"
    assert directives["connect-src"] == "'self' https://a.example"
    assert directives["default-src"] == "'self'"
    assert "frame-ancestors" not in directives


@pytest.mark.parametrize(
    "address", ["/", "/carte/", "/projets/a/", "/projets/b/", "/x/", "/404.html"]
)
def test_no_other_site_shows_our_pages_in_a_frame(address: str) -> None:
    assert find(address, "Content-Security-Policy")[1:] == ["frame-ancestors 'self'"]


def test_the_page_that_is_made_for_it_may_be_shown() -> None:
    [policy] = find("/carte/integrer/", "Content-Security-Policy")
    assert "frame-ancestors" not in policy


@pytest.mark.parametrize(
    "address",
    [
        *("/assets/css-1a2b3c4d/site.css", "/assets/js-1a2b3c4d/map.js"),
        *("/assets/leaflet-1.9.3/leaflet.js", "/images/photo-1a2b3c4d-480.webp"),
    ],
)
def test_what_has_a_fingerprint_is_kept_for_good(address: str) -> None:
    assert find(address, "Cache-Control") == ["public, max-age=31536000, immutable"]


def test_what_is_no_page_has_no_rule_of_frames() -> None:
    assert len(find("/robots.txt", "Content-Security-Policy")) == 1


# The script of the map is named after what Folium is asked, not after what it answers.
@pytest.mark.parametrize(
    "address",
    ["/assets/fonts/a.woff2", "/assets/images/signe.svg", "/assets/carte-1a2b3c4d.js"],
)
def test_what_may_change_under_its_name_is_kept_for_a_week(address: str) -> None:
    assert find(address, "Cache-Control") == ["public, max-age=604800"]


def test_pages_are_always_asked_again() -> None:
    assert find("/projets/a/", "Cache-Control") == find("/flux.xml", "Cache-Control") == []


def test_nothing_that_a_plan_names_writes_a_line_of_its_own() -> None:
    lines = plan(PLANS).data.decode().splitlines()
    assert all(line.startswith(("/", "  ")) for line in lines if line)
