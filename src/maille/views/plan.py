"""Step 5: plan every page and file of the site, as data."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Iterator, Mapping

from maille.content.discover import CONFIG_FILE
from maille.content.downloads import make_path as make_download_path
from maille.content.image_encoding import encode_image
from maille.content.images import decode_name, make_path
from maille.schema.kind import Entry
from maille.site.downloads import index_downloads
from maille.site.model import Site
from maille.views import View, departures, entries, http_headers, overview, site_search
from maille.views.plans import FilePlan, LatePlan, PagePlan, Plan
from maille.workers import begin


def plan(
    site: Site, views: Iterable[View], assets: Mapping[str, bytes], processes: int = 1
) -> tuple[Plan, ...]:
    """Return the plans of the views, in order, then all other plans.

    The others are departures, `overview`, images, PDFs, assets, `_headers` and the files of
    `[fichiers]`. `assets` maps the address of each file of `templates/assets/` to its bytes. With
    several `processes`, another one lists the words of the search meanwhile.
    """
    finish_search = begin(lambda: site_search.prepare(site), processes)
    plans = tuple(item for view in views for item in view(site))
    plans = (*plans, *departures.plan(site, plans))
    files = (FilePlan(address, data, f"templates{address}") for address, data in assets.items())
    every = (
        *plans,
        *overview.plan(site, plans, finish_search()),
        *_plan_images(site),
        *_plan_downloads(site),
        *files,
    )
    asked = departures.complete_files(site, plans)
    kept = (FilePlan(f"/{name}", text.encode(), CONFIG_FILE) for name, text in asked.items())
    return (*every, http_headers.plan(every), *kept)


def plan_entry(site: Site, entry: Entry) -> PagePlan | None:
    """Return the plan of an entry's own page, as `plan` makes it; None if it has no page."""
    return entries.plan_entry(site, entry)


def _plan_images(site: Site) -> Iterator[LatePlan]:
    """Yield the files of the images that published texts show; identical images share files."""
    every = site.list_entries(Entry)
    shown = {decode_name(image.target) for entry in every for image in entry.body.images}
    planned: set[str] = set()
    for name in sorted(shown & site.album.images.keys()):
        image = site.album.images[name]
        digest = hashlib.sha256(image.data).digest()
        for variant in image.list_variants():
            if variant.address not in planned:
                planned.add(variant.address)
                make = functools.partial(encode_image, image, variant)
                key = digest + f"{variant.width} {variant.form}".encode()
                yield LatePlan(variant.address, make, make_path(name), key)


def _plan_downloads(site: Site) -> Iterator[FilePlan]:
    named = index_downloads(site.list_entries(Entry))
    accepted = site.downloads.accepted
    for address in sorted(named.keys() & accepted.keys()):
        yield FilePlan(address, accepted[address], make_download_path(address))
