"""The directory: its groups, its counts, and the form that it shares with the map."""

from __future__ import annotations

import json

from maille.kinds.catalyser import Catalyser
from maille.site.model import Site
from maille.views.directory import EVERY, group_by_region, make_form_context, plan
from maille.views.plans import FilePlan, PagePlan
from tests.french import make_record, make_site

SITE = make_site(
    make_record("lyon", "Lyon", "69"),
    make_record("sans-lieu"),
    make_record("brest", "Brest", "29"),
    make_record("aydat", "Aydat", "63"),
    make_record("autre-lyon", department="69"),
    make_record("exemple", "Brest", "29", exemple="oui"),
)


def page(site: Site) -> PagePlan:
    found = next(iter(plan(site)))
    assert isinstance(found, PagePlan)
    return found


def make_index_file() -> bytes:
    (found,) = [item for item in plan(SITE) if item.address.endswith("/index.json")]
    assert isinstance(found, FilePlan)
    return found.data


def test_records_are_grouped_by_region_by_name_then_by_departement_by_code() -> None:
    groups = group_by_region(SITE.list_real(Catalyser), SITE)
    assert [
        (group.region, [(one.code, [e.slug for e in one.entries]) for one in group.departments])
        for group in groups
    ] == [
        ("Auvergne-Rhône-Alpes", [("63", ["aydat"]), ("69", ["lyon", "autre-lyon"])]),
        ("Bretagne", [("29", ["brest"])]),
    ]
    assert [group.slug for group in groups] == ["auvergne-rhone-alpes", "bretagne"]


def test_the_collectivites_are_one_group_after_the_regions() -> None:
    site = make_site(
        make_record("noumea", "Nouméa", "988"),
        make_record("miquelon", department="975"),
        make_record("aydat", "Aydat", "63"),
    )
    *_, last = group_by_region(site.list_real(Catalyser), site)
    assert (last.region, last.slug) == ("Collectivités d'outre-mer", "")
    assert [one.code for one in last.departments] == ["975", "988"]
    assert page(site).make_context()["nowhere"] == []


def test_the_page_holds_the_real_records_and_counts_the_examples() -> None:
    context = page(SITE).make_context()
    assert (context["count"], context["examples"]) == (5, 1)
    assert [one.slug for one in context["nowhere"]] == ["sans-lieu"]
    told = [e.slug for g in context["groups"] for d in g.departments for e in d.entries]
    assert "exemple" not in told


def test_past_a_number_of_records_the_page_gives_counts_alone() -> None:
    crowd = [make_record(f"r{number}", department="63") for number in range(EVERY + 1)]
    assert page(make_site(*crowd[:EVERY])).make_context()["is_whole"]
    assert not page(make_site(*crowd)).make_context()["is_whole"]


def test_without_a_record_nothing_is_there_to_filter() -> None:
    assert (page(make_site()).scripts, page(make_site()).styles) == ((), ())
    assert "js/list.js" in page(SITE).scripts


def test_the_data_of_the_scripts_come_with_the_page() -> None:
    addresses = [item.address for item in plan(SITE)]
    assert addresses == ["/catalyseurs/", "/catalyseurs/index.json", "/catalyseurs/textes-0.json"]


def test_the_form_says_whether_there_are_examples() -> None:
    assert make_form_context(SITE)["with_examples"]
    assert not make_form_context(make_site(make_record("lyon", "Lyon", "69")))["with_examples"]


def test_the_form_has_the_facets_of_the_records() -> None:
    keys = [facet.key for facet in make_form_context(SITE)["facets"]]
    columns = json.loads(make_index_file())["fiches"]
    assert keys
    assert {*keys} <= {*columns}
