"""The list of the territories, and the picture that leads to their pages."""

from __future__ import annotations

import dataclasses

from maille.site.config import MapView
from maille.site.model import Site
from maille.views.drawings.country_map import INSET_SIZE
from maille.views.territory.index import SIZE, TerritoryIndex, make_index
from maille.views.territory.presences import find_presences
from tests.french import make_record, make_site

SITE = make_site(
    make_record("aydat", "Aydat", "63"),
    make_record("thiers", "Thiers", "63"),
    make_record("lyon", "Lyon", "69"),
    make_record("exemple", "Lyon", "69", exemple="oui"),
    make_record("partout", territoires=("national",)),
    make_record("exemple-partout", exemple="oui", territoires=("national",)),
)


def index(site: Site = SITE) -> TerritoryIndex:
    return make_index(site, find_presences(site))


def test_regions_come_by_name_and_their_departements_by_code() -> None:
    regions = index().regions
    assert [one.region.name for one in regions[8:12]] == [
        "Hauts-de-France",
        "Île-de-France",  # among the « i », whatever its accent
        "La Réunion",
        "Martinique",
    ]
    codes = [one.code for one in regions[0].departments]
    assert codes == sorted(codes)
    assert sum(len(one.departments) for one in regions) == 101
    overseas = [one.code for one in index().collectivities]
    assert overseas == ["975", "977", "978", "986", "987", "988"]


def test_each_territory_counts_its_real_records_and_its_examples_apart() -> None:
    region = index().regions[0]
    assert (region.region.count, region.region.examples) == (3, 1)
    assert region.region.address == "/territoires/auvergne-rhone-alpes/"
    counts = {one.code: (one.count, one.examples) for one in region.departments}
    assert (counts["63"], counts["69"], counts["01"]) == ((2, 0), (1, 1), (0, 0))


def test_who_acts_everywhere_is_listed_apart_without_examples() -> None:
    assert [one.slug for one in index().national] == ["partout"]


def test_the_picture_is_made_of_the_departements_of_each_view() -> None:
    views = (
        MapView(titre="Métropole", departements=()),
        MapView(titre="Outre-mer", departements=("971", "972", "973", "974", "976")),
    )
    config = SITE.config.model_copy(update={"map_views": views})
    main, inset = index(dataclasses.replace(SITE, config=config)).panels
    assert (main.title, max(main.width, main.height)) == ("Métropole", SIZE)
    assert (inset.title, max(inset.width, inset.height)) == ("Outre-mer", INSET_SIZE)
    overseas = [shape.listed.code for shape in inset.shapes]
    assert overseas
    assert {*overseas} <= {*views[1].departments}
    drawn = {shape.listed.code: shape for shape in main.shapes}
    assert not {*overseas} & {*drawn}
    assert drawn.keys() >= {"63", "2A", "75"}
    assert drawn["63"].listed.count == 2
    assert drawn["63"].path.startswith("M")
