"""Every file to come: what the views plan, what is made from all of it, images and assets."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

import pytest

from maille.site.model import Site
from maille.views.plan import plan
from maille.views.plans import FilePlan, LatePlan, PagePlan, Plan
from tests.pictures import draw_halves, encode
from tests.small_site import link_site, write_small_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with three images: two of the same bytes that texts show, and one of no text."""
    root = write_small_site(tmp_path_factory.mktemp("images") / "site")
    (root / "content/images/a").mkdir(parents=True)
    photo = encode(draw_halves(600, 400), "PNG")
    for name in ("photo.png", "a/photo.png"):
        (root / "content/images" / name).write_bytes(photo)
    (root / "content/images/seule.png").write_bytes(encode(draw_halves(30, 20), "PNG"))
    page = root / "content/pages/le-reseau.md"
    shown = "![Un](/images/photo.png)\n\n![Deux](/images/a/photo.png)\n"
    page.write_text(page.read_text("utf-8") + shown, encoding="utf-8")
    return link_site(root)


def one(_: Site) -> Iterator[PagePlan]:
    yield PagePlan("/un/", "page.html", "Un")


def two(_: Site) -> Iterator[PagePlan]:
    yield PagePlan("/deux/", "page.html", "Deux")


def test_views_come_in_order_then_what_lists_them_then_files(site: Site) -> None:
    found = plan(site, (two, one), {"/assets/a.css": b"a {}"})
    addresses = [item.address for item in found]
    assert addresses[:3] == ["/deux/", "/un/", "/adresses.txt"]
    assert {"/recherche/", "/plan-du-site/"} <= {*addresses}
    assert found[-2] == FilePlan("/assets/a.css", b"a {}", "templates/assets/a.css")
    headers = found[-1]
    assert isinstance(headers, FilePlan)
    assert headers.address == "/_headers"
    assert b"/assets/a.css\n" in headers.data  # it knows all that comes before
    (sitemap,) = [item for item in found if item.address == "/sitemap.xml"]
    assert isinstance(sitemap, PagePlan)
    listed = [page.address for page in sitemap.make_context()["pages"]]
    assert listed == ["/deux/", "/un/", "/recherche/", "/plan-du-site/"]


def list_images(plans: Iterable[Plan]) -> list[LatePlan]:
    late = (item for item in plans if isinstance(item, LatePlan))
    return [item for item in late if item.address.startswith("/images/")]


def test_images_that_texts_show_are_published_and_two_equal_ones_are_one(site: Site) -> None:
    late = list_images(plan(site, (), {}))
    addresses = [item.address for item in late]
    assert addresses
    assert len({*addresses}) == len(addresses)
    assert {item.source for item in late} == {"content/images/a/photo.png"}
    assert {address.rpartition(".")[2] for address in addresses} == {"webp", "jpg"}
    jpeg = next(item for item in late if item.address.endswith(".jpg"))
    assert jpeg.make().startswith(b"\xff\xd8\xff")


def test_an_image_that_no_published_text_shows_is_left_out(site: Site) -> None:
    pages = {name: () if name == "page" else group for name, group in site.entries.items()}
    found = plan(dataclasses.replace(site, entries=pages), (), {})
    assert not list_images(found)
