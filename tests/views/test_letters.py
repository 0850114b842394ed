"""Editions: what is for an audience and for everybody, with its page, its feed and its mail."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import feedparser
import pytest

from maille.letters.outbox import compose
from maille.site.model import Site
from maille.views import letters
from maille.views.letter_contents import collect_editions
from maille.views.letters import plan
from maille.views.plans import PagePlan
from tests.building import SMALL, build
from tests.reading import parse_page
from tests.sealing import (
    MONTH,
    check_site,
    find_letter,
    make_issue,
    read_site,
    write_sealed_site,
    write_site,
)
from tests.small_site import replace_in
from tests.views.test_subscription import FORM

EDITIONS = """
[[editions]]
public = "associations"
titre = "Associations"

[[editions]]
public = "entreprises"
titre = "Entreprises"
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with two editions: a project is for associations, an event for companies."""
    root = write_site(tmp_path_factory.mktemp("editions") / "site")
    (root / "site.toml").write_text((root / "site.toml").read_text("utf-8") + EDITIONS, "utf-8")
    replace_in(root / "content/evenements/rencontre.md", "type:", "publics: [entreprises]\ntype:")
    assert not build(root, root / "output", views=SMALL).failed
    return root


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return read_site(root)


def test_an_edition_keeps_what_is_for_its_audience_and_for_all(site: Site) -> None:
    titles = {
        one.edition.audience: [link.title for link in one.contents]
        for one in collect_editions(site, make_issue(site))
        if one.edition
    }
    assert titles == {
        "associations": ["Projet d'essai", "Atelier d'essai", "Agenda local", "Actualités"],
        "entreprises": ["Projet d'essai", "Agenda local", "Actualités", "Rendez-vous"],
    }


def words(path: Path) -> str:
    return " ".join("".join(parse_page(path).itertext()).split())


def test_each_edition_has_its_pages(root: Path) -> None:
    letters = root / "output/lettres"
    whole = words(letters / MONTH / "index.html")
    mine = words(letters / MONTH / "entreprises/index.html")
    assert "Il commence." in whole
    assert "Il commence." not in mine
    assert "Rencontre d’essai" in mine
    assert "Lettre de novembre 2026, édition Entreprises" in mine
    listed = (letters / "entreprises/index.html").read_text("utf-8")
    assert f'href="/lettres/{MONTH}/entreprises/"' in listed
    # The same words as the whole letter: search engines are led to that one.
    text = (letters / MONTH / "entreprises/index.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in text
    assert f'href="/lettres/{MONTH}/">Lire la lettre entière</a>' in text
    assert 'href="/lettres/2024-05/entreprises/" rel="prev"' in text
    assert "Éditions" in whole


def ids(path: Path) -> list[str]:
    read = feedparser.parse(path.read_bytes())
    assert not read.bozo
    return [entry.id for entry in read.entries]


def test_what_two_feeds_tell_is_one_thing_under_one_id(root: Path) -> None:
    output = root / "output"
    associations = ids(output / "lettres/associations/flux.xml")
    companies = ids(output / "lettres/entreprises/flux.xml")
    assert len(set(associations)) == len(associations) == 6
    # The project, twice, the part without title, the agenda and the news are for both.
    assert len({*associations} & {*companies}) == 5
    project = ids(output / "projets/essai/flux.xml")
    assert set(project) < set(associations)
    everything = ids(output / "flux.xml")
    assert len({*everything} & {*associations}) == 1  # the news; letters are whole there
    assert len({*everything} & {*companies}) == 2


def test_the_feed_of_the_site_has_what_the_letter_pulls_in(root: Path) -> None:
    read = feedparser.parse((root / "output/flux.xml").read_bytes())
    (letter,) = [one for one in read.entries if one.title.startswith("Lettre de novembre 2026")]
    html = letter.content[0].value
    assert 'href="https://essai.example/actualites/nouvelle/"' in html
    assert "14\u00a0janvier 2027" in html


def test_an_edition_says_how_long_it_is(site: Site) -> None:
    whole = make_issue(site)
    one = next(collect_editions(site, whole))
    many = dataclasses.replace(one.parts[0], html=f"<p>{'mot ' * 900}</p>")
    assert dataclasses.replace(one, parts=(many,)).minutes == 4  # 900 words, 200 a minute
    assert whole.minutes == 1


def test_each_edition_has_its_mail(root: Path, site: Site) -> None:
    made = compose(root, site, find_letter(site)).files
    assert {name.removeprefix(f"lettre-{MONTH}") for name in made if name.startswith("lettre")} == {
        f"{edition}.{form}"
        for edition in ("", "-associations", "-entreprises")
        for form in ("html", "txt", "eml")
    }
    assert "Il commence." not in made[f"lettre-{MONTH}-entreprises.txt"].decode()
    assert (
        f"https://essai.example/lettres/{MONTH}/entreprises/"
        in made[f"lettre-{MONTH}-entreprises.txt"].decode()
    )
    message = [made[f"lettre-{MONTH}{one}.eml"] for one in ("", "-associations", "-entreprises")]
    named = {next(line for line in m.split(b"\r\n") if b"Message-ID" in line) for m in message}
    assert len(named) == 3


def test_an_edition_for_nobody_is_told_with_what_to_type(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site")
    wrong = '\n[[editions]]\npublic = "entreprise"\ntitre = "Entreprises"\n'
    (root / "site.toml").write_text((root / "site.toml").read_text("utf-8") + wrong, "utf-8")
    (problem,) = check_site(root).problems
    lines = (root / "site.toml").read_text("utf-8").splitlines()
    assert lines[problem.line - 1] == 'public = "entreprise"'
    assert problem.message == "l'édition « Entreprises » : aucun public ne s'appelle « entreprise »"
    assert problem.hint == "écrivez « entreprises »"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (EDITIONS.replace("entreprises", "associations"), "deux [[editions]] disent « assoc"),
        (EDITIONS.replace("Entreprises", "Associations"), "deux [[editions]] disent « Assoc"),
        (EDITIONS.replace("entreprises", "2026-11"), "« 2026-11 » n'est pas un public"),
        (f"{EDITIONS}{FORM}", "le champ des éditions n'a pas de quoi choisir"),
        (f"{EDITIONS}{FORM}".replace("titre", 'valeur = "1"\ntitre'), "la même « valeur »"),
        (f"{FORM}l = 'x'\n", "à la fois un champ caché"),
    ],
)
def test_what_cannot_be_chosen_is_told(tmp_path: Path, more: str, message: str) -> None:
    root = write_site(tmp_path / "site")
    (root / "site.toml").write_text((root / "site.toml").read_text("utf-8") + more, "utf-8")
    problems = check_site(root).problems
    assert message in problems[0].message
    assert {one.path for one in problems} == {"site.toml"}


def test_a_sealed_edition_keeps_its_audiences(tmp_path: Path) -> None:
    root = write_sealed_site(tmp_path / "site")
    (root / "site.toml").write_text((root / "site.toml").read_text("utf-8") + EDITIONS, "utf-8")
    replace_in(root / "content/projets/atelier.md", "publics: [associations]\n", "")
    site = read_site(root)
    companies = [*collect_editions(site, make_issue(site))][1]
    assert [part.title for part in companies.parts] == ["", "Projet d'essai", "Agenda local"]


def test_an_archive_of_many_letters_has_a_page_for_each_year_before(
    root: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here one letter is many; the page of all letters keeps those of the latest year."""
    pages = {one.address: one for one in plan(site) if isinstance(one, PagePlan)}
    whole = pages["/lettres/"].make_context()
    assert {one.slug for one in whole["entries"]} == {"2024-05", MONTH}
    assert (whole["before"], "/lettres/2024/" in pages) == ([], False)
    monkeypatch.setattr(letters, "MANY", 1)
    pages = {one.address: one for one in plan(site) if isinstance(one, PagePlan)}
    latest = pages["/lettres/"].make_context()
    assert [one.slug for one in latest["entries"]] == [MONTH]
    assert [link.address for link in latest["before"]] == ["/lettres/2024/"]
    year = pages["/lettres/2024/"]
    assert [one.slug for one in year.make_context()["entries"]] == ["2024-05"]
    assert [(project.slug, count) for project, count in year.make_context()["projects"]] == [
        ("essai", 1)
    ]
    assert year.trail[-1].address == "/lettres/"
    assert not build(root, root / "output-years", views=SMALL).failed
    assert 'href="/lettres/2024/"' in (root / "output-years/lettres/index.html").read_text("utf-8")
    text = (root / "output-years/lettres/2024/index.html").read_text("utf-8")
    assert 'href="/lettres/2024-05/"' in text
    assert "La dernière lettre connue" not in text
