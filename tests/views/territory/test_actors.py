"""Who is tied to what happens in a territory: by which key, in which order, under which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from maille.schema.kind import Entry
from maille.site.model import Site
from maille.views.territory.actors import find_ties, list_tied
from maille.views.territory.happenings import list_every
from tests.small_site import link_site, write_small_site

PROJECT = "content/projets/essai.md"
EVENT = "content/evenements/rencontre.md"
NEWS = "content/actualites/nouvelle.md"
ACTORS = "content/vocabulaires/acteurs.yaml"


def write_site(root: Path, keys: dict[str, str]) -> Site:
    """Return a small site whose files have more keys."""
    write_small_site(root, templates=False)
    for path, more in keys.items():
        file = root / path
        file.write_text(file.read_text("utf-8").replace("sources:", f"{more}\nsources:"), "utf-8")
    return link_site(root)


def list_names(site: Site, *listed: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the name of each actor that the entries of a site name, and what it does."""
    entries: list[Entry] = list(list_every(site))
    found = list_tied(find_ties(site, entries), entries, set(listed))
    return [(one.actor.name, one.why) for one in found]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({PROJECT: "porteurs: [premier D'ESSAI]"}, "1 projet porté"),
        ({PROJECT: "accompagnement: [Premier d’essai]"}, "1 projet suivi"),
        ({PROJECT: "partenaires: [Premier d'essai]"}, "en lien avec 1 projet ou nouvelle"),
        ({EVENT: "organisateurs: [Premier d'essai]"}, "1 rendez-vous"),
        ({NEWS: "catalyseurs: [premier]"}, "en lien avec 1 projet ou nouvelle"),
        (
            # In one entry, the first role counts.
            {PROJECT: "porteurs: [Premier d'essai]\naccompagnement: [Premier d'essai]"},
            "1 projet porté",
        ),
        (
            {
                PROJECT: "accompagnement: [Premier d'essai]",
                NEWS: "catalyseurs: [premier]",
                EVENT: "catalyseurs: [premier]",
            },
            "1 projet suivi, en lien avec 2 projets ou nouvelles",
        ),
    ],
)
def test_a_record_that_an_entry_names_is_tied_to_it(
    tmp_path: Path, keys: dict[str, str], expected: str
) -> None:
    found = dict(list_names(write_site(tmp_path / "site", keys)))
    assert found["Premier d'essai"] == expected


def test_who_publishes_news_is_tied_to_them_and_the_page_lists_nobody_twice(tmp_path: Path) -> None:
    keys = {
        PROJECT: "accompagnement: [Second d'essai, Acteur d'essai, Sans page]",
        EVENT: "catalyseurs: [premier]",
    }
    site = write_site(tmp_path / "site", keys)
    assert list_names(site, ("catalyser", "premier")) == [
        ("Acteur d'essai", "1 projet suivi, des nouvelles d'ici"),
        ("Second d'essai", "1 projet suivi"),
    ]


def test_who_first_published_the_news_of_a_letter_is_tied_to_its_projects(tmp_path: Path) -> None:
    root = write_small_site(tmp_path / "site", templates=False)
    (letter,) = (path for path in root.glob("newsletters/2*.md") if "essai" in path.read_text())
    origin = "editeur: Acteur d'essai, url: https://essai.example/a, integralite: complete"
    letter.write_text(
        letter.read_text("utf-8").replace("titre:", f"origine: {{{origin}}}\ntitre:", 1)
    )
    site = link_site(root)
    (project,) = (one for one in list_every(site) if one.kind_name == "projet")
    assert site.thread(project)
    (found,) = list_tied(find_ties(site, [project]), [project], ())
    assert (found.actor.name, found.why) == ("Acteur d'essai", "des nouvelles d'ici")


def test_an_actor_without_a_page_leads_to_its_site_and_to_nothing_without(tmp_path: Path) -> None:
    root = write_small_site(tmp_path / "site", templates=False)
    file = root / ACTORS
    text = file.read_text("utf-8").replace("adresse: /acteurs/\n", "")
    file.write_text(text, "utf-8")
    assert list_names(link_site(root)) == []
    file.write_text(
        text.replace("nom: Acteur d'essai", "nom: Acteur d'essai, site: 'https://essai.example/'"),
        "utf-8",
    )
    site = link_site(root)
    entries = list(list_every(site))
    (found,) = list_tied(find_ties(site, entries), entries, ())
    assert (found.actor.address, found.actor.contacts[0].shown) == ("", "essai.example")
