"""A new facet of the directory touches four files: its vocabulary, the kind, a record, a test.

It is added to a copy of the repository. Everything that reads facets runs there, the tests of the
engine included, without another change. `tests/browser/test_new_facet.py` builds the site with it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from maille.site.model import Site
from maille.views import directory, terms
from maille.views.corrections import list_questions
from maille.views.records import index_data
from tests import doses
from tests.new_facet import BY_HAND, BY_THE_TOOL, add_facet
from tests.repository import copy_repository, list_changes, run
from tests.small_site import link_site, replace_in, write_small_site

# The tests that would list the facets once more, if they did not read them: those that take
# milliseconds every day, all of them at night.
QUICK_READERS = (
    "tests/kinds/test_catalyser.py",
    "tests/kinds/test_season.py",
    "tests/schema/test_facets.py",
    "tests/schema/test_blank_forms.py",
)
READERS = (
    *QUICK_READERS,
    "tests/whole/test_hostile.py::test_keys_that_are_checked_take_none_of_them",
    "tests/docs/test_another_network.py::test_emptying_leaves_forms_lists_and_three_pages",
    "tests/schema/test_json_schema.py::test_the_committed_schemas_are_up_to_date",
    "tests/tools/test_records.py::test_every_key_but_those_of_facets_is_filled",
    "tests/views/records/test_index_data.py::test_numbers_point_into_their_tables",
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository with the facet: what is by hand, then what the tool writes."""
    folder = copy_repository(tmp_path_factory.mktemp("copy") / "site")
    assert list_changes(folder) == set()
    add_facet(folder)
    assert list_changes(folder) == BY_HAND
    run(folder, "-m", "tools.guide")
    assert list_changes(folder) == BY_HAND | BY_THE_TOOL
    return folder


NEEDS = """\
nom: Besoins des territoires
adresse: /besoins/
termes:
  - {cle: se-loger, nom: Se loger}
  - {cle: se-deplacer, nom: Se déplacer}
"""


def test_a_facet_shows_once_a_record_has_a_term_of_it(tmp_path: Path) -> None:
    """`besoins` waits for its names: a vocabulary, and a record that has one of its terms."""
    root = write_small_site(tmp_path / "site")
    assert read_needs(link_site(root)) == (False, False, set())
    (root / "content/vocabulaires/besoins.yaml").write_text(NEEDS, encoding="utf-8")
    # Named, but had by nobody: visitors see no filter and no page, and may propose one.
    assert read_needs(link_site(root)) == (False, True, {"/besoins/"})
    replace_in(root / "catalysers/premier.md", "relation:", "besoins: [se-loger]\nrelation:")
    assert read_needs(link_site(root)) == (True, True, {"/besoins/", "/besoins/se-loger/"})


def read_needs(site: Site) -> tuple[bool, bool, set[str]]:
    """Return whether the form filters by `besoin`, whether it is asked, and the pages on it."""
    facets = [facet.key for facet in directory.make_form_context(site)["facets"]]
    index = index_data.make_columns(site, index_data.sort_records(site))
    assert ("besoin" in facets) == ("besoin" in index) == ("besoin" in index["fiches"])
    asked = {one.key for one in list_questions(site, site.kind("catalyser"))}
    pages = {one.address for one in terms.plan(site) if one.address.startswith("/besoins/")}
    return "besoin" in facets, "besoins" in asked, pages


def test_schema_guide_and_blank_form_have_it(copy: Path) -> None:
    schema = json.loads((copy / "schemas/catalyser.schema.json").read_bytes())
    assert "content/vocabulaires/saisons.yaml" in schema["properties"]["saison"]["description"]
    assert "`saison`" in (copy / "docs/guide-redaction.md").read_text(encoding="utf-8")
    assert "saison:" in (copy / "catalysers/_modele.md").read_text(encoding="utf-8")


def test_the_tests_that_list_facets_pass_without_a_change(copy: Path) -> None:
    run(copy, "-m", "pytest", "-x", *(READERS if doses.LONG else QUICK_READERS))
    assert list_changes(copy) == BY_HAND | BY_THE_TOOL
