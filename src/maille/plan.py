"""Step 5: every file to come, as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from maille.site import FilePlan, Plan, Site
from maille.views import View, overview


def plan(site: Site, views: Iterable[View], assets: Mapping[str, bytes]) -> tuple[Plan, ...]:
    """Return what each view wants to publish of the site, in order, and the assets.

    `assets` are the site's own files by address.
    """
    plans = tuple(item for view in views for item in view(site))
    files = (FilePlan(address, data, f"templates{address}") for address, data in assets.items())
    return (*plans, *overview.plan(site, plans), *files)
