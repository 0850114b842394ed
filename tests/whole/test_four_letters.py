"""A site with a daily letter and three weekly ones: what pages, feeds and mails say of a list."""

from __future__ import annotations

import shutil
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import feedparser
import pytest

from build import KINDS
from maille.kinds.newsletter import Newsletter
from maille.letters.draft import compose_draft, write_draft
from maille.letters.outbox import compose
from maille.problems import ContentError
from maille.publish.report import Report
from maille.site.model import Site
from maille.text.letter_names import read_letter_name
from tests.building import ROOT, build, copy_templates
from tests.reading import parse_page

VIEWS = ("home", "entries", "letters", "feeds")
CONTACT = 'contact = "ecrire@essai.example"\n'


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("four") / "site"
    shutil.copytree(ROOT / "tests/sites/quatre-lettres", folder)
    copy_templates(folder)
    config = folder / "site.toml"
    config.write_text(CONTACT + config.read_text("utf-8"), "utf-8")
    return folder


@pytest.fixture(scope="module")
def report(root: Path) -> Report:
    return build(root, root / "output", KINDS, views=VIEWS)


@pytest.fixture(scope="module")
def site(report: Report) -> Site:
    assert report.site, report.problems
    return report.site


def letter(site: Site, name: str) -> Newsletter:
    found = site.find("newsletter", name)
    assert isinstance(found, Newsletter)
    return found


def list_links(page: Path, inside: str = "main") -> list[str]:
    (part,) = parse_page(page).iter(inside)
    return [one.get("href") for one in part.iter("a")]


def read_feed(folder: Path) -> list[Any]:
    read = feedparser.parse((folder / "flux.xml").read_bytes())
    assert not read.bozo
    return list(read.entries)


def read_words(page: Path) -> str:
    return " ".join("".join(parse_page(page).itertext()).split())


def test_the_example_has_nothing_to_correct(report: Report) -> None:
    assert report.problems == ()


def test_each_list_has_its_archive_and_its_feed(root: Path, site: Site) -> None:
    archive = root / "output/lettres"
    assert "/lettres/entreprises/" in list_links(archive / "index.html")
    own = list_links(archive / "entreprises/index.html")
    assert "/lettres/entreprises/2026-s03/" in own
    assert "/lettres/2026-01-13/" not in own
    titles = {
        name: [one.title for one in read_feed(archive / name)]
        for name in ("", "quotidienne", "entreprises")
    }
    assert len(titles[""]) == 6
    assert titles["quotidienne"] == [
        "La quotidienne d’essai, 13\u00a0janvier 2026\u00a0: Le jardin gèle",
        "La quotidienne d’essai, 12\u00a0janvier 2026\u00a0: Le four chauffe",
    ]
    assert len(titles["entreprises"]) == 2


def test_what_is_told_has_one_id_in_a_feed(root: Path) -> None:
    every = read_feed(root / "output/projets/essai-four")
    assert len({one.id for one in every}) == len(every) == 4


def test_a_letter_leads_to_those_of_its_list(root: Path, site: Site) -> None:
    page = root / "output/lettres/entreprises/2026-s03/index.html"
    links = list_links(page)
    assert "/lettres/entreprises/2026-s01/" in links  # the letter before
    assert "/lettres/entreprises/2026-s01/#four-d-essai" in links  # what this list said before
    assert not any("2026-01-12" in one or "grand-public" in one for one in links)
    (part,) = site.sections_of(letter(site, "grand-public-2026-S03"))[1:]
    assert part.project and len(site.thread(part.project)) == 4
    assert site.neighbours(part).before is None


def test_home_shows_the_latest_letter_and_a_story_in_order(root: Path) -> None:
    text = read_words(root / "output/index.html")
    assert "Ce qui a bougé le 13 janvier 2026" in text
    assert "Les 4 lettres du réseau" in text
    told = ("prête son fournil", "fournisseur de bois", "cuit du pain", "a chauffé dimanche")
    places = [text.rindex(words) for words in told]
    assert places == sorted(places)


def test_a_project_tells_the_thread_of_all_lists(root: Path) -> None:
    text = read_words(root / "output/projets/essai-four/index.html")
    for words in (
        "L’hebdo d’essai des entreprises, semaine du 29 décembre 2025",
        "2 semaines plus tard",
        "La même semaine",
        "La quotidienne d’essai, 12 janvier 2026",
        "29 décembre 2025, 4 nouvelles",
    ):
        assert words in text


def test_the_page_to_subscribe_offers_each_list(root: Path) -> None:
    page = root / "output/abonnement/index.html"
    text = read_words(page)
    assert "4 lettres, au choix" in text
    assert "Chaque semaine pour les associations d’essai" in text
    asked = [unquote(one) for one in list_links(page) if one.startswith("mailto:")]
    assert any("subject=Recevoir « L'hebdo d'essai grand public »" in one for one in asked)


def test_the_mail_of_a_letter_is_of_its_list(root: Path, site: Site) -> None:
    made = compose(root, site, letter(site, "entreprises-2026-S03")).files
    mail = message_from_bytes(made["lettre-entreprises-2026-S03.eml"], policy=default)
    assert mail["Subject"] == (
        "L'hebdo d'essai des entreprises, semaine du 12 janvier 2026 : Le four cherche du bois"
    )
    assert mail["List-Id"].endswith("<entreprises.lettre.quatre-lettres.example>")
    assert mail["List-Archive"] == "<https://quatre-lettres.example/lettres/entreprises/>"
    text = made["lettre-entreprises-2026-S03.txt"].decode()
    assert "Précédemment : semaine du 29 décembre 2025" in " ".join(text.split())


def test_a_draft_says_what_its_list_said_before(root: Path, site: Site) -> None:
    named = read_letter_name("entreprises-2026-S04")
    own = letter(site, "entreprises-2026-S03").mailing_list
    text = compose_draft(site, named.period, own)
    assert "mois:" not in text
    assert "titre: L'hebdo d'essai des entreprises, semaine du 19 janvier 2026\n" in text
    four, garden = text.split("## ")[1:]
    assert "Dernière nouvelle : semaine du 12 janvier 2026" in four + garden
    assert "Dernière nouvelle : La quotidienne d'essai, 13 janvier 2026" in four + garden
    with pytest.raises(ContentError):
        write_draft(root, site, read_letter_name("2026-S04"))
