"""The linked site answers what views ask: entries, places, terms, threads."""

from __future__ import annotations

import dataclasses

from maille.kinds import catalyser, newsletter, projet
from maille.kinds.catalyser import Catalyser
from maille.kinds.newsletter import Newsletter
from maille.kinds.projet import Projet
from maille.kinds.vocabulaire import Vocabulaire
from maille.schema.kind import Entry
from maille.schema.letter import Letter
from maille.schema.located import Located
from maille.site.model import NOWHERE, Neighbours, Section, Site, keep_examples, keep_real
from maille.text.urls import Link
from tests.views.drawings.test_country_map import ADDRESS, document, network, record


def make_letter(month: str) -> Newsletter:
    read = document(f"newsletters/{month}.md")
    return Newsletter.model_validate({"mois": month, "titre": "T"}, context={"document": read})


def make_project(slug: str) -> Projet:
    keys = {"nom": slug.title(), "resume": "r", "sources": ({"titre": "S"},)}
    read = document(f"content/projets/{slug}.md")
    return Projet.model_validate(keys, context={"document": read})


def make_section(letter: Letter, project: Projet | None, anchor: str = "") -> Section:
    title = project.heading if project else "Agenda"
    return Section(letter, title, anchor, "<p>Du neuf.</p>", project)


SITE = network(
    (record("un"), ADDRESS), (record("deux"), NOWHERE), (record("essai", exemple="oui"), ADDRESS)
)


def slugs(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.slug for entry in entries]


def test_real_entries_and_examples_are_the_two_halves_of_a_list() -> None:
    every = SITE.list_entries(Catalyser)
    assert slugs(keep_real(every)) == slugs(SITE.list_real(Catalyser)) == ["un", "deux"]
    assert slugs(keep_examples(every)) == slugs(SITE.list_examples(Catalyser)) == ["essai"]


def test_entries_are_asked_by_class() -> None:
    assert slugs(SITE.list_entries(Vocabulaire)) == ["pratiques"]
    assert slugs(SITE.list_entries(Entry)) == ["pratiques", "un", "deux", "essai"]
    assert slugs(SITE.list_entries(Located)) == ["un", "deux", "essai"]
    assert SITE.list_entries(Projet) == ()


def test_what_waits_is_examined_but_not_found() -> None:
    waiting = record("attente")
    site = dataclasses.replace(SITE, aside=(waiting,))
    assert site.list_examined() == (*site.list_entries(Entry), waiting)
    assert waiting not in site.list_entries(Entry)
    assert site.find("catalyser", "attente") is None
    assert site.find("catalyser", "un") is site.list_entries(Catalyser)[0]
    assert site.find("projet", "un") is None


def test_a_link_leads_to_the_page_under_the_name() -> None:
    (entry, *_) = SITE.list_entries(Catalyser)
    assert SITE.link(entry) == Link("CoCoShaker", "/catalyseurs/un/")


def test_addresses_follow_the_words_of_the_network() -> None:
    renamed = dataclasses.replace(catalyser.KIND, prefix="/vigies/")
    site = dataclasses.replace(SITE, kinds=(renamed,))
    assert site.address(site.list_entries(Catalyser)[0]) == "/vigies/un/"


def test_pages_are_published_below_the_address_or_the_base() -> None:
    assert SITE.make_absolute("/carte/") == "https://essai.example/carte/"
    moved = dataclasses.replace(SITE, base_url="https://autre.example/ici/")
    assert moved.make_absolute("/carte/") == "https://autre.example/ici/carte/"


def test_who_was_not_located_is_nowhere() -> None:
    one, two, _ = SITE.list_entries(Catalyser)
    assert (SITE.place(one), SITE.place(two)) == (ADDRESS, NOWHERE)
    assert SITE.place(record("inconnu")) == NOWHERE
    site = dataclasses.replace(SITE, named_places={(one.key, 1): ADDRESS})
    assert (site.find_part_place(one, 1), site.find_part_place(one, 0)) == (ADDRESS, NOWHERE)


def test_terms_are_in_the_order_of_their_vocabulary() -> None:
    assert [one.key for one in SITE.vocabulary("pratiques")] == ["accompagnements", "lieu", "autre"]
    asked = SITE.terms("pratiques", ("autre", "accompagnements", "inconnu"))
    assert [one.key for one in asked] == ["accompagnements", "autre"]
    found = SITE.term("pratiques", "lieu")
    assert found
    assert found.name == "Gestion d'un lieu"
    assert (SITE.term("pratiques", None), SITE.term("profils", "lieu")) == (None, None)


def test_the_network_is_the_actor_of_its_name() -> None:
    terms = ({"cle": "nous", "nom": "Essai"}, {"cle": "autre", "nom": "Autre"})
    read = document("content/vocabulaires/acteurs.yaml")
    actors = Vocabulaire.model_validate({"nom": "A", "termes": terms}, context={"document": read})
    site = dataclasses.replace(SITE, entries={"vocabulaire": (actors,)})
    assert [site.is_network(key) for key in ("nous", "autre", "inconnu")] == [True, False, False]


# --- Threads -------------------------------------------------------------------------------------

ONE, OTHER = make_project("un"), make_project("autre")
MAY, JUNE, OCTOBER = map(make_letter, ("2024-05", "2024-06", "2024-10"))
FIRST, SECOND, THIRD = (make_section(letter, ONE, "un") for letter in (MAY, JUNE, OCTOBER))
AGENDA = make_section(JUNE, None)


def make_threads() -> Site:
    return dataclasses.replace(
        SITE,
        kinds=(newsletter.KIND, projet.KIND),
        sections={JUNE.key: (SECOND, AGENDA)},
        threads={ONE.key: (FIRST, SECOND, THIRD)},
    )


def test_the_neighbours_of_an_update_are_those_of_its_project() -> None:
    site = make_threads()
    assert site.neighbours(FIRST) == Neighbours(None, SECOND)
    assert site.neighbours(SECOND) == Neighbours(FIRST, THIRD)
    assert site.neighbours(THIRD) == Neighbours(SECOND, None)
    assert site.neighbours(AGENDA) == Neighbours()


def test_a_letter_and_a_project_without_sections_have_none() -> None:
    site = make_threads()
    assert site.sections_of(JUNE) == (SECOND, AGENDA)
    assert (site.sections_of(MAY), site.thread(OTHER), site.seal_of(MAY)) == ((), (), None)


def test_a_section_is_at_its_anchor_in_the_letter() -> None:
    site = make_threads()
    assert site.section_address(FIRST) == "/lettres/2024-05/#un"
    assert site.section_address(AGENDA) == "/lettres/2024-06/"
