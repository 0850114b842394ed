"""`content/adresses.toml`: its lines, their faults, and what is told without them."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from maille.content.documents import SourceFile
from maille.site.addresses import FILE, Addresses, read_addresses, update_links, write_line
from maille.text.urls import Link
from tests.leaving import LEFT, add_naming_files, check, list_told, write_lines
from tests.sealing import FOLDER, LETTER, write_sealed_site
from tests.small_site import link_site, write_small_site

PROJECT = "content/projets/essai.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return add_naming_files(write_small_site(tmp_path, templates=False))


def read(text: str) -> Addresses:
    found, problems = read_addresses(SourceFile(FILE, text.encode()))
    assert problems == ()
    return found


# --- Without a line ------------------------------------------------------------------------------


def test_a_record_removed_is_one_error_with_its_line_and_the_places_that_name_it(
    root: Path,
) -> None:
    (root / PROJECT).unlink()
    letter = root / "newsletters/2024-05.md"  # its heading names the project too
    assert "## Projet d'essai" in letter.read_text("utf-8")
    ((_, message, hint),) = list_told(root)
    places = [
        "catalysers/premier.md:13",
        "content/actualites/nouvelle.md:6",
        "content/evenements/autre.md:6",
        "content/evenements/autre.md:10",
        "content/pages/une-page.md:5",
        "newsletters/2024-05.md:5",
    ]
    assert message.startswith("« essai » n'a pas de fiche, et 6 endroits le nomment : ")
    assert all(place in message for place in places)
    line = '"/projets/essai/" = {parti_le = 2026-11-21, nom = "Projet d\'essai"}'
    assert hint.startswith(f"ajoutez à {FILE} la ligne {line} si sa fiche est partie ; ")


def test_the_line_that_is_proposed_is_enough(root: Path) -> None:
    (root / PROJECT).unlink()
    ((_, _, hint),) = list_told(root)
    write_lines(root, re.findall(rf"{FILE} la ligne (.*?}})", hint)[0])
    assert list_told(root) == []


@pytest.mark.parametrize(
    ("path", "slug", "kind"),
    [
        ("catalysers/second.md", "second", "catalyseurs"),
        ("content/actualites/nouvelle.md", "nouvelle", "actualites"),
        ("content/evenements/rencontre.md", "rencontre", "rencontres"),
    ],
)
def test_the_line_is_of_any_kind_and_of_the_name_that_links_give(
    root: Path, path: str, slug: str, kind: str
) -> None:
    for number in (1, 2):
        link = f"[{slug.upper()}](/{kind}/{slug}/)"
        text = f"---\ntitre: Page {number}\nresume: Ce qu'elle dit.\n---\n{link}\n"
        (root / f"content/pages/page-{number}.md").write_text(text, "utf-8")
    (root / path).unlink()
    ((_, _, hint),) = list_told(root)
    assert f'"/{kind}/{slug}/" = {{parti_le = 2026-11-21, nom = "{slug.upper()}"}}' in hint


def test_a_slip_in_one_file_is_told_there(root: Path) -> None:
    page = root / "content/pages/une-page.md"
    page.write_text(page.read_text("utf-8").replace("(/projets/essai/)", "(/projets/esai/)"))
    ((place, message, hint),) = list_told(root)
    assert place.startswith("content/pages/une-page.md:5")
    assert message == "le lien /projets/esai/ ne mène à aucune page du site"
    assert "/projets/essai/" in hint


def test_a_heading_that_two_letters_share_is_no_departure(root: Path) -> None:
    for month in ("2024-06", "2024-07"):
        text = f"---\nmois: {month}\ntitre: Lettre\n---\n## Brèves\n\nDu neuf.\n"
        (root / f"newsletters/{month}.md").write_text(text, "utf-8")
    messages = [message for _, message, _ in list_told(root)]
    assert messages == ["« Brèves » n'est le nom d'aucun projet"] * 2


# --- With a line ---------------------------------------------------------------------------------


def test_the_line_stands_for_the_record(root: Path) -> None:
    (root / PROJECT).unlink()
    write_lines(root, LEFT)
    assert list_told(root) == []
    site = link_site(root)
    assert site.refer("projet", "essai") == Link("Projet d'essai", "")
    assert site.refer("catalyser", "premier") == Link("Premier d'essai", "/catalyseurs/premier/")


def test_links_become_their_text_and_keys_a_name(root: Path) -> None:
    (root / PROJECT).unlink()
    write_lines(root, LEFT)
    site = link_site(root)
    bodies = [entry.body for entry in site.list_examined()]
    assert not [body for body in bodies if "projets/essai" in body.html]
    assert not [link for body in bodies for link in body.links if "essai" in link.target]
    page = site.find("page", "une-page")
    assert page
    assert "Voyez Projet d'essai et sa fiche." in page.body.html


def test_a_record_that_moved_is_named_by_both_of_its_addresses(root: Path) -> None:
    (root / PROJECT).rename(root / "content/projets/autre-nom.md")
    write_lines(root, '"/projets/essai/" = {vers = "/projets/autre-nom/"}\n')
    assert list_told(root) == []
    site = link_site(root)
    project = site.find("projet", "essai")
    assert project
    assert project is site.find("projet", "autre-nom")
    assert {entry.slug for entry in site.mentions_of(project)} >= {"nouvelle", "autre", "une-page"}
    event = site.find("evenement", "autre")
    assert event
    assert 'href="/projets/autre-nom/?x=1"' in event.body.html


def test_a_former_name_in_a_letter_is_a_name_of_what_left(root: Path) -> None:
    (root / PROJECT).unlink()
    line = '{parti_le = 2026-11-20, nom = "Autre nom", anciens_noms = ["Projet d\'essai"]}'
    write_lines(root, f'"/projets/essai/" = {line}\n')
    assert list_told(root) == []


def test_a_sealed_letter_stands_when_a_record_it_names_left(tmp_path: Path) -> None:
    root = write_sealed_site(tmp_path)
    before = {p.name: p.read_bytes() for p in (root / FOLDER).iterdir()}
    (root / PROJECT).unlink()
    ((_, message, hint),) = [one for one in list_told(root) if "n'a plus de fiche" in one[1]]
    assert f"{LETTER}:14" in message
    assert '"/projets/essai/" = {parti_le = 2026-11-21, nom = "' in hint
    write_lines(root, LEFT)
    assert list_told(root) == []
    assert {p.name: p.read_bytes() for p in (root / FOLDER).iterdir()} == before


def test_a_project_that_a_sealed_letter_only_has_as_a_heading_may_leave(tmp_path: Path) -> None:
    root = write_sealed_site(tmp_path)
    (root / "content/projets/atelier.md").unlink()
    ((place, _, hint),) = list_told(root)
    assert place.startswith(f"{LETTER}:16")
    line = '"/projets/atelier-d-essai/" = {parti_le = 2026-11-21, nom = "Atelier d\'essai"}'
    assert hint.endswith(f"un projet parti a sa ligne dans {FILE} : {line}")
    write_lines(root, line)
    assert list_told(root) == []


def test_news_and_events_of_a_sealed_letter_may_leave(tmp_path: Path) -> None:
    root = write_sealed_site(tmp_path)
    (root / "content/actualites/nouvelle.md").unlink()
    (root / "content/evenements/rencontre.md").unlink()
    write_lines(
        root,
        '"/actualites/nouvelle/" = {parti_le = 2026-11-20, nom = "Nouvelle d\'essai"}\n'
        '"/rencontres/rencontre/" = {parti_le = 2026-11-20, nom = "Rencontre d\'essai"}\n',
    )
    assert list_told(root) == []
    seal = link_site(root).seals["2026-11"]
    assert [(one.title, one.address) for one in (*seal.news, *seal.dates)] == [
        ("Nouvelle d'essai", ""),
        ("Rencontre d'essai", ""),
    ]


# --- Faults of the file --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ('"/projets/x" = {parti_le = 2026-11-20}', "n'est pas l'adresse", '"/projets/x/"'),
        ('"projets/Été/" = {parti_le = 2026-11-20}', "n'est pas l'adresse", '"/projets/'),
        ('"/projets/x/" = "parti"', "ne dit pas ce que la page", "parti_le = 2026-11-30"),
        ('"/projets/x/" = {}', "ni quand la page est partie", "ajoutez parti_le"),
        ('"/projets/x/" = {nom = "X"}', "ni quand la page est partie", "ajoutez parti_le"),
        ('"/projets/x/" = {parti_le = 2026-11-20, vers = "/a/"}', "se contredisent", "effacez"),
        ('"/projets/x/" = {parti_le = "novembre"}', "n'est pas", "écrivez"),
        ('"/projets/x/" = {parti_le = 2026-11-20, non = "X"}', "non", "nom"),
        ('"/projets/x/" = {vers = "/projets/pas-la/"}', "n'est pas une page", "écrivez"),
        ('"/projets/x/" = {vers = "/projets/essay/"}', "n'est pas une page", "« /projets/essai/ »"),
        ('"/projets/x/" = {vers = "autre"}', "n'est pas l'adresse", 'vers = "/projets/autre/"'),
        ('"/projets/x/" = {vers = "essai.md"}', "n'est pas l'adresse", '"/projets/essai/"'),
        ('"/x/" = {vers = "content/projets/a.md"}', "n'est pas l'adresse", '"/projets/a/"'),
        ('"/x/" = {vers = "catalysers/nd/A b.MD"}', "pas l'adresse", '"/catalyseurs/a-b/"'),
        ('"/x/" = {vers = "https://a.fr/projets/a/?b"}', "pas l'adresse", '= "/projets/a/"'),
        ('"catalysers/a.md" = {parti_le = 2026-11-20}', "l'adresse", 'écrivez "/catalyseurs/a/"'),
        ('"/projets/x/" = {vers = "/projets/x/"}', "mène à elle-même", "remplacez"),
        ('"/projets/x/" = {vers = "/projets/essai/", nom = "X"}', "encore son nom", "effacez"),
        ('"/projets/x/" = {parti_le = 2026-12-20}', "jour à venir", "parti_le = 2026-11-21"),
        ('"/projets/essai/" = {parti_le = 2026-11-20}', f"existe encore ({PROJECT})", "effacez"),
        ('"/carte/" = {parti_le = 2026-11-20}', "existe encore", "effacez"),
        (
            '"/projets/x/" = {parti_le = 2026-11-20',
            "TOML",
            '"/projets/x/" = {parti_le = 2026-11-20}',
        ),
    ],
)
def test_a_fault_has_its_line(root: Path, line: str, message: str, hint: str) -> None:
    write_lines(root, f"# Une explication\n\n{line}\n")
    found = [one for one in list_told(root) if one[0].startswith(FILE)]
    assert len(found) == 1, found
    assert found[0][0] == f"{FILE}:3:{found[0][0].rpartition(':')[2]}"
    assert message in found[0][1]
    assert hint in found[0][2]


RIGHT = '"/projets/essai/" = {parti_le = 2026-11-20, nom = "Projet d’essai"}'


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ('/projets/essai/ = {parti_le = 2026-11-20, nom = "Projet d’essai"}', RIGHT),
        ('"/projets/essai/": {parti_le: 2026-11-20, nom: "Projet d’essai"}', RIGHT),
        ("“/projets/essai/” = {parti_le = 2026-11-20, nom = “Projet d’essai”}", RIGHT),
        ('"/projets/essai/" = {parti_le = 2026-11-20, nom = "Projet d’essai"', RIGHT),
        ('"/projets/essai/" = {parti_le = 2026-11-20, nom = Projet d’essai}', RIGHT),
        (
            '"/projets/essai/" = {nom = "Projet d’essai", parti_le = 20/11/2026}',
            "parti_le = 2026-11-20}",
        ),
        ('"/projets/essai/" = {parti_le = 20.11.2026, nom = "Projet d’essai"}', RIGHT),
        ('"/projets/essai/" = {parti_le = 20 novembre 2026, nom = "Projet d’essai"}', RIGHT),
        ('"/projets/essai/" = {parti_le = 1/2/2026, anciens_noms = ["A", "B"]}', '= ["A", "B"]}'),
        ('"/projets/essai/" = 2026-11-20', '"/projets/essai/" = {parti_le = 2026-11-20}'),
        ('"/projets/essai" = {parti_le = 2026-11-20}', '"/projets/essai/"'),
        ('"/projets/x/" = {vers = /projets/y}', '"/projets/x/" = {vers = "/projets/y/"}'),
    ],
)
def test_a_line_that_cannot_be_read_gives_the_right_one_and_nothing_else_is_told(
    root: Path, line: str, right: str
) -> None:
    (root / PROJECT).unlink()
    write_lines(root, f'"/autre/" = {{parti_le = 2026-11-20}}\n{line}\n')
    found = list_told(root)
    mine = [one for one in found if one[0].startswith(f"{FILE}:2:")]
    assert len(mine) == 1, found
    assert right in mine[0][2]
    if "/projets/essai" in line:
        letter = [one for one in found if "n'est le nom d'aucun projet" in one[1]]
        assert [one for one in found if one not in letter] == mine


def test_an_address_that_comes_twice_is_told_at_the_second(root: Path) -> None:
    write_lines(root, f'{LEFT}"/projets/essai/" = {{parti_le = 2026-11-19}}\n')
    (root / PROJECT).unlink()
    ((place, message, hint),) = list_told(root)
    assert place.startswith(f"{FILE}:2:")
    assert (message, hint) == ("ce qui est écrit ici l'est déjà plus haut", "effacez cette ligne")


def test_a_loop_is_told_at_each_of_its_lines(root: Path) -> None:
    names = ("a", "b", "c")
    lines = [
        f'"/projets/{x}/" = {{vers = "/projets/{y}/"}}' for x, y in zip(names, "bca", strict=True)
    ]
    write_lines(root, "\n".join(lines))
    assert [place for place, _, _ in list_told(root)] == [f"{FILE}:{n}:1" for n in (1, 2, 3)]


def test_several_faults_are_told_at_once(root: Path) -> None:
    write_lines(root, '"x" = 1\n"/a/" = {}\n"/b/" = {vers = "/c/"}\n')
    assert [place for place, _, _ in list_told(root)] == [f"{FILE}:{n}:1" for n in (1, 2, 3)]


def test_a_name_is_asked_for_only_where_it_is_needed(root: Path) -> None:
    write_lines(root, '"/projets/x/" = {parti_le = 2026-11-20}\n')
    assert list_told(root) == []
    (root / PROJECT).unlink()
    write_lines(root, '"/projets/essai/" = {parti_le = 2026-11-20}\n')
    found = [one for one in list_told(root) if one[0].startswith(FILE)]
    assert [(place, hint) for place, _, hint in found] == [
        (f"{FILE}:1:1", 'ajoutez entre les accolades : nom = "…"')
    ]


def test_moves_follow_one_another() -> None:
    found = read(
        '"/a/" = {vers = "/b/"}\n"/b/" = {vers = "/c/"}\n"/d/" = {vers = "/e/"}\n'
        '"/e/" = {parti_le = 2026-11-20}\n'
    )
    assert found.moved == {"/a/": "/c/", "/b/": "/c/", "/d/": "/e/"}
    html = '<p><a href="/a/">A</a> <a href="/d/"><em>D</em></a> <a href="/f/">F</a></p>'
    assert update_links(html, found) == '<p><a href="/c/">A</a> <em>D</em> <a href="/f/">F</a></p>'


def test_a_written_line_is_read_again() -> None:
    day = datetime.date(2026, 11, 30)
    line = read(write_line("/catalyseurs/x/", day, 'Le « X » \\ "Y"')).lines["/catalyseurs/x/"]
    assert (line.left_on, line.name) == (day, 'Le « X » \\ "Y"')


def test_without_a_file_nothing_changes(root: Path) -> None:
    assert check(root).site
    assert read_addresses(None) == (Addresses(), ())
