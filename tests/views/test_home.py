"""The home page: who is counted, what moved last, what comes next."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from maille.kinds.evenement import Evenement
from maille.kinds.webinaire import Webinaire
from maille.site.model import Site
from maille.site.place import Place, Precision
from maille.views.home import find_case, find_story, find_webinar_to_read, plan
from maille.views.plans import PagePlan
from tests.small_site import link_site, write_small_site
from tests.views.drawings.test_country_map import ADDRESS, document, network, record
from tests.views.test_agenda import event
from tests.views.test_agenda import site_of as events_of


def page(site: Site) -> PagePlan:
    (found,) = plan(site)
    return found


def context(site: Site) -> Any:
    return page(site).make_context()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A small site with a letter more, of a part that is about no project."""
    root = write_small_site(tmp_path_factory.mktemp("accueil") / "site")
    text = (
        "---\nmois: 2024-06\ntitre: Juin\n---\n## Agenda\n\nRien.\n\n## Projet d'essai\n\nFini.\n"
    )
    (root / "newsletters/2024-06.md").write_text(text, encoding="utf-8")
    return link_site(root)


def test_real_records_are_counted_apart_from_examples() -> None:
    example = record("c", exemple="oui", pratiques=("lieu",))
    real = record("a", pratiques=("lieu", "autre")), record("b", pratiques=("lieu",))
    found = context(network(*((one, ADDRESS) for one in (*real, example))))
    assert (found["count"], found["examples"]) == (2, 1)
    practices = [(term.key, count) for term, count in found["practices"]]
    assert practices == [("accompagnements", 0), ("lieu", 2), ("autre", 1)]
    assert found["figure"].count == 2


def test_the_latest_letter_is_shown_with_what_it_tells_of_projects(small: Site) -> None:
    found = context(small)
    assert found["letter"].slug == "2024-06"
    assert [one.title for one in found["sections"]] == ["Projet d'essai"]
    assert "Fini." in found["sections"][0].html


def test_a_site_without_letters_has_a_home_page_all_the_same() -> None:
    found = context(network())
    assert (found["letter"], found["sections"]) == (None, [])
    assert (found["upcoming"], found["agenda"]) == ([], False)


def dated(*days: str) -> Site:
    events: list[Evenement] = [event(f"e{day}", date=day) for day in days]
    return dataclasses.replace(network(), entries=events_of(*events).entries)


def test_the_next_three_events_are_announced() -> None:
    days = ["2026-12-05", "2026-12-04", "2020-01-01", "2027-01-02", "2026-12-06"]
    found = context(dated(*days))
    assert [str(one.date) for one in found["upcoming"]] == [
        "2026-12-04",
        "2026-12-05",
        "2026-12-06",
    ]


def test_records_are_counted_by_what_is_known_of_their_place() -> None:
    nowhere, national = (Place(one) for one in (Precision.UNKNOWN, Precision.NATIONAL))
    somewhere = Place(Precision.DEPARTMENT, department="63", department_name="Puy-de-Dôme")
    places = [ADDRESS, somewhere, somewhere, nowhere, national]
    site = network(*((record(f"r{n}"), place) for n, place in enumerate(places)))
    found = context(site)
    assert (found["count"], found["placed"], found["tinted"]) == (5, 1, 2)


def with_presentation(root: Path, lines: str) -> None:
    with (root / "site.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[presentation]\ntitre = "Quoi ?"\ntexte = "Un essai."\n{lines}\n')


def test_the_case_is_the_record_that_the_settings_name(tmp_path: Path) -> None:
    root = write_small_site(tmp_path)
    with_presentation(root, 'cas = "/catalyseurs/premier/"')
    site = link_site(root)
    case = find_case(site)
    assert case
    assert case.name == "Premier d'essai"
    assert context(site)["case_text"] == ('<p>Il <a href="/projets/essai/">relie</a> des gens.</p>')


def test_a_site_that_names_no_case_has_none(small: Site) -> None:
    assert find_case(small) is None
    assert find_case(network()) is None


def test_the_story_is_that_of_the_project_with_the_most_news_and_its_events(small: Site) -> None:
    """Told from the first news to the last; a project with one news has no story yet."""
    story = find_story(small)
    assert story
    assert story.project.name == "Projet d'essai"
    dates = [step.date.sort_key for step in story.steps]
    assert dates == sorted(dates)
    assert len([step for step in story.steps if step.section]) == 2
    assert find_story(network()) is None


def test_a_webinar_to_read_again_took_place() -> None:
    sources = ({"titre": "Un essai", "date": "2020-01-01"},)

    def webinar(day: str, **keys: Any) -> Webinaire:
        return Webinaire.model_validate(
            {"titre": day, "resume": "R.", "date": day, "cycle": "c", "sources": sources, **keys},
            context={"document": document(f"content/webinaires/{day}.md")},
        )

    told = {"replay": "https://exemple.fr/film"}
    every = (
        webinar("2020-01-01", **told),
        webinar("2021-01-01", **told),
        webinar("2022-01-01", **told, statut="annule", mise_a_jour="2022-01-01"),
        webinar("2027-01-01"),
    )
    site = dataclasses.replace(network(), entries={"webinaire": every})
    found = find_webinar_to_read(site)
    assert found
    assert found.title == "2021-01-01"


def test_past_events_alone_lead_to_the_agenda_without_an_announcement() -> None:
    found = context(dated("2020-01-01"))
    assert (found["upcoming"], found["agenda"]) == ([], True)


def test_without_a_record_no_script_looks_for_one_near() -> None:
    assert page(network()).scripts == ()
    assert page(network((record("a"), ADDRESS))).scripts == ("js/home.js",)


def test_what_search_engines_are_told_is_the_site_itself() -> None:
    told = page(network()).structured
    assert told
    assert (told["@type"], told["url"]) == ("WebSite", "https://essai.example/")
