"""The file `_headers`, from which static hosts take the HTTP headers of a site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from maille.content.images import ADDRESS as IMAGES
from maille.formats.csp import BASE, format_policy
from maille.views.plans import FilePlan, PagePlan, Plan

ASSETS = "/assets/"
# A folder whose name has a fingerprint or a version: its files never change.
_FIXED = re.compile(r".+-(?:[0-9a-f]{8}|\d+(?:\.\d+)+)")
_FOR_GOOD = "  Cache-Control: public, max-age=31536000, immutable"
_FOR_A_WEEK = "  Cache-Control: public, max-age=604800"


def plan(plans: Iterable[Plan]) -> FilePlan:
    """Return `_headers` for the site made from `plans`.

    No address of `/assets/` or `/images/` matches two cache rules: a host would send both values.
    """
    every = tuple(plans)
    pages = [item for item in every if isinstance(item, PagePlan)]
    lines = (
        "/*",
        f"  Content-Security-Policy: {format_policy(_add_sources(pages))}",
        "  X-Content-Type-Options: nosniff",
        "  Referrer-Policy: strict-origin-when-cross-origin",
        "  Permissions-Policy: camera=(), microphone=(), geolocation=(self)",
        *_list_cache_rules(item.address for item in every),
        *_list_frame_rules(pages),
        "",
    )
    return FilePlan("/_headers", "\n".join(lines).encode(), source="en-têtes HTTP")


def _add_sources(pages: Iterable[PagePlan]) -> dict[str, tuple[str, ...]]:
    """Return the sources that pages add to the policy, by directive.

    Hosts differ in how they combine the rules of one page with the general ones. So the file has
    one policy, which allows all that any page needs; each page narrows it in a `<meta>`.
    """
    extra: dict[str, tuple[str, ...]] = {}
    for page in pages:
        for directive, sources in page.csp.items():
            known = (*BASE.get(directive, ()), *extra.get(directive, ()))
            new = tuple(source for source in sources if source not in known)
            extra[directive] = (*extra.get(directive, ()), *new)
    return extra


def _list_cache_rules(addresses: Iterable[str]) -> Iterator[str]:
    """Yield the lines of the cache rules: one rule for each folder of assets or lone asset."""
    paths = set()
    for address in addresses:
        if address.startswith(IMAGES):  # their names have a fingerprint
            paths.add(f"{IMAGES}*")
        elif address.startswith(ASSETS):
            folder, slash, _ = address.removeprefix(ASSETS).partition("/")
            paths.add(f"{ASSETS}{folder}{'/*' if slash else ''}")
    for path in sorted(paths):
        name = path.removeprefix(ASSETS).removesuffix("/*")
        fixed = path.startswith(IMAGES) or (path.endswith("/*") and _FIXED.fullmatch(name))
        yield from ("", path, _FOR_GOOD if fixed else _FOR_A_WEEK)


def _list_frame_rules(pages: Iterable[PagePlan]) -> Iterator[str]:
    """Yield the rules that forbid other sites to frame our pages, except the embeddable ones.

    `frame-ancestors` has no effect in a `<meta>`. Some hosts apply these rules in addition to the
    general policy, others instead of it; the policy in the `<meta>` of each page applies anyway.
    """
    by_folder: dict[str, list[PagePlan]] = {}
    for page in pages:
        if page.address.endswith(("/", ".html")):  # robots.txt is a page plan too
            by_folder.setdefault(page.address.split("/")[1], []).append(page)
    for folder, group in sorted(by_folder.items()):
        own = [page.address for page in group if not page.embeddable]
        whole = len(own) == len(group) and any(address.count("/") > 1 for address in own)
        for path in [f"/{folder}/*"] if whole else sorted(own):
            yield from ("", path, "  Content-Security-Policy: frame-ancestors 'self'")
