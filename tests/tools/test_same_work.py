"""The site with the same work as the peers' is a good one, and has none of the other pages."""

from __future__ import annotations

from pathlib import Path

from build import KINDS
from maille.pipeline import Definition, Options, prepare_site
from tests.building import SITE, TODAY
from tools.benchmarks.generate import write_same_work
from tools.benchmarks.records import make_records
from tools.benchmarks.same_work import VIEWS, leave_out_search


def test_it_has_the_pages_that_the_peers_have_and_no_problem(tmp_path: Path) -> None:
    write_same_work(make_records(40, SITE), tmp_path, SITE)
    with leave_out_search():
        prepared = prepare_site(
            Definition(KINDS, VIEWS), Options(tmp_path, tmp_path / "output", today=TODAY)
        )
    assert prepared.report.problems == ()
    planned = {plan.address for plan in prepared.plans}
    assert len([one for one in planned if one.startswith("/catalyseurs/essai-")]) == 40
    folders = {one.split("/")[1] for one in planned}
    assert folders >= {"", "404.html", "flux.xml", "sitemap.xml", "pratiques", "profils"}
    assert folders.isdisjoint({"recherche", "carte", "territoires", "donnees", "lieux", "lettres"})
