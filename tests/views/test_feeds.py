"""The feeds of a site, read back: whole, and the same whatever the day and the address."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import html5lib
import pytest
from selectolax.lexbor import LexborHTMLParser

from maille.content.documents import Body, Document, Positions
from maille.kinds import actualite, evenement, newsletter
from maille.publish.report import Report
from maille.schema.kind import Entry
from maille.views.feeds import find_last_day, find_publication_day
from tests.building import SMALL, build, copy_without_territories
from tests.reading import check_json_feed, parse_atom
from tests.small_site import write_small_site

FEED_FILES = ("flux.xml", "flux.json")
KINDS = ("newsletter", "actualite", "webinaire", "evenement")


# --- Dates, from content alone ---


def entry(model: type[Entry], **header: Any) -> Entry:
    document = Document("content/x.md", {}, Positions(), Positions(), Body("", ""))
    sources = header.pop("sources", ({"titre": "S"},))
    known = {} if model is newsletter.Newsletter else {"resume": "r", "sources": sources}
    return model.model_validate({"titre": "T", **known, **header}, context={"document": document})


def news(**header: Any) -> Entry:
    return entry(actualite.Actualite, acteur="a", **header)


def event(**header: Any) -> Entry:
    return entry(evenement.Evenement, type="t", **header)


@pytest.mark.parametrize(
    ("found", "day"),
    [
        (entry(newsletter.Newsletter, mois="2024-05"), "2024-05-01"),
        (entry(newsletter.Newsletter, mois="2024-05", publie_le="2024-06-03"), "2024-06-03"),
        (news(date="2020-11-23"), "2020-11-23"),
        (news(date="2020-11"), "2020-11-01"),
        (news(publie_le="2024-06-03"), "2024-06-03"),
        (news(), "None"),
        # Its own day may be to come: without a dated source, nothing says when it was known.
        (event(date="2023-06-08"), "None"),
        (event(date="2023", publie_le="2022-11-05"), "2022-11-05"),
        (event(date="2024", sources=({"titre": "S", "date": "2023-04"},)), "None"),
        (event(date="2023", sources=({"titre": "S", "date": "2025"},)), "2023-01-01"),
        (event(date="2027", sources=({"titre": "S", "consulte_le": "2026-11-20"},)), "2026-11-20"),
        # Announced by a dated document: told that day, not on a day to come.
        (event(date="2023-06-08", sources=({"titre": "S", "date": "2023-04-13"},)), "2023-04-13"),
        (event(date="2023-06-08", sources=({"titre": "S", "date": "2023"},)), "None"),
        (event(date="2023-06-08", sources=({"titre": "S", "date": "2024-01-01"},)), "2023-06-08"),
    ],
)
def test_the_day_of_an_entry(found: Entry, day: str) -> None:
    assert str(find_publication_day(found)) == day


@pytest.mark.parametrize(
    ("found", "unknown"),
    [
        (news(), True),
        (news(date="2020"), False),
        (news(publie_le="2024-06-03"), False),
        (news(mise_a_jour="2024-06-03"), False),
        (news(sources=({"titre": "S", "date": "2020-03"},)), False),
        (news(sources=({"titre": "S", "consulte_le": "2020-03-01"},)), False),
        (event(date="2023-06-08"), True),
        (event(date="2023-06-08", sources=({"titre": "S", "date": "2023"},)), False),
        (event(date="2023-06-08", publie_le="2023-06-01"), False),
    ],
)
def test_what_no_day_dates_is_told_and_has_no_day_in_feeds(found: Entry, unknown: bool) -> None:
    assert bool([words for words in found.list_unknowns() if "flux Atom" in words]) == unknown
    assert (find_last_day(found) is None) == unknown


# The keys of the place of an event, and what is said of it.
PLACES = [
    ('commune: Saint-Denis\ndepartement: "974"', "Saint-Denis, La Réunion"),
    ('commune: Sainte-Marie\ndepartement: "972"', "Sainte-Marie, Martinique"),
    ("code_insee: 93066", "Saint-Denis, Seine-Saint-Denis"),
    ("commune: Dijon\nlieu: La salle", "La salle, Dijon"),
    ("format: en-ligne", "en ligne"),
    ("resume: r", "lieu à venir"),
]


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is published of a site with an event at each of these places, `b0` and so on."""
    root = write_small_site(tmp_path_factory.mktemp("lieux") / "site")
    (root / "content/evenements/rencontre.md").unlink()
    for number, (keys, _) in enumerate(PLACES):
        name = f"b{number}"
        header = f"titre: {name}\ndate: 2026-12-12\ntype: session\nresume: r\n{keys}\nheure: 10h"
        header = header.replace("resume: r\nresume: r", "resume: r")
        text = f"---\n{header}\nsources: [{{titre: Un document, date: 2026-10-01}}]\n---\n"
        (root / f"content/evenements/{name}.md").write_text(text, encoding="utf-8")
    report = build(root, root / "output", views=SMALL)
    assert not report.failed, report.problems
    return root / "output"


@pytest.mark.parametrize("number", range(len(PLACES)))
def test_feed_calendar_and_list_say_where_an_event_takes_place(placed: Path, number: int) -> None:
    name, said = f"b{number}", PLACES[number][1]
    entries = parse_atom((placed / "flux.xml").read_bytes()).entries
    [told] = [one.content[0].value for one in entries if one.title == name]
    assert re.search(f"10.h(?: [(][^)]*[)])?, {said}", told)
    place = f"{said[0].upper()}{said[1:]}".replace(",", "\\,")
    address = f"https://essai.example/rencontres/{name}/"
    every = (placed / "agenda.ics").read_text("utf-8").replace("\n ", "")
    [listed] = [one for one in every.split("BEGIN:VEVENT") if address in one]
    alone = (placed / f"rencontres/{name}/evenement.ics").read_text("utf-8").replace("\n ", "")
    for event in (listed, alone):
        assert f"\nLOCATION:{place}\n" in event
        assert f"Sa page\u00a0: {address}" in event
    agenda = LexborHTMLParser((placed / "agenda/index.html").read_text("utf-8"))
    [item] = [
        one.text() for one in agenda.css("main li") if one.css(f'a[href="/rencontres/{name}/"]')
    ]
    assert said.rpartition("salle, ")[2] in item.replace("\u202f", " ")


# --- The feeds of a built site ---


LETTER = "---\nmois: {0}\ntitre: {1}\n{2}\nrubriques: [Divers]\n---\n## Divers\n\nTexte {1}.\n"
SOURCE = "sources: [{{titre: Un document, url: https://a.fr/}}]"
UNDATED = """\
---
titre: Une nouvelle sans date
resume: Une nouvelle d'essai.
acteur: le-roseau
sources:
  - titre: Un document (Association d'exemple)
---
Un texte.
"""
NEWS = "---\ntitre: Essai\nresume: Un essai.\n{}\n" + SOURCE + "\n---\nTexte.\n"


def one_of_each(site: Path) -> None:
    """Add an article, a webinar and an event, so that a site without any has some."""
    for folder, key, vocabulary in (
        ("actualites", "acteur", "acteurs"),
        ("webinaires", "cycle", "cycles"),
        ("evenements", "type", "types-d-evenement"),
    ):
        listed = site / f"content/vocabulaires/{vocabulary}.yaml"
        if not listed.exists():
            address = "adresse: /acteurs/\n" if vocabulary == "acteurs" else ""
            terms = "termes: [{cle: essai, nom: Essai}]\n"
            listed.write_text(f"nom: Liste\n{address}{terms}", encoding="utf-8")
        term = re.findall(r"cle: ([a-z0-9-]+)", listed.read_text(encoding="utf-8"))[0]
        (site / "content" / folder).mkdir(exist_ok=True)
        header = f"{key}: {term}\ndate: 2023-04-13"
        path = site / f"content/{folder}/essai-{folder}.md"
        path.write_text(NEWS.format(header), encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """This site with more: a draft, a letter to come, a letter with links, one of each kind."""
    site = copy_without_territories(tmp_path_factory.mktemp("flux") / "site")
    one_of_each(site)
    for month, title, key in (
        ("2026-09", "Brouillonne", "brouillon: oui"),
        ("2099-01", "Future", "publie_le: 2099-01-31"),
        ("2026-10", "Reliée à l'été", "publie_le: 2026-10-05"),
    ):
        text = LETTER.format(month, title, key)
        if month == "2026-10":
            text += "\n[Un projet](/projets/pop-o/), [ici](#divers).\n"
        (site / f"newsletters/{month}.md").write_text(text, encoding="utf-8")
    (site / "content/actualites/b41.md").write_text(UNDATED, encoding="utf-8")
    report = build(site, site / "output", views=SMALL)
    assert not report.failed, report.problems
    return site, report


def feeds(output: Path) -> dict[str, Any]:
    return {
        path.relative_to(output).as_posix(): parse_atom(path.read_bytes())
        for path in sorted(output.rglob("flux.xml"))
    }


def test_the_site_feed_counts_everything_once(built: tuple[Path, Report]) -> None:
    site, report = built
    found = parse_atom((site / "output/flux.xml").read_bytes())
    told = json.loads((site / "output/flux.json").read_bytes())["items"]
    expected = min(100, sum(report.counts[kind] for kind in KINDS))
    assert len(told) == len({one["id"] for one in told}) == expected
    undated = [path for path, words in report.unknowns if "flux Atom" in words]
    assert len(found.entries) == expected - len(undated)
    assert "content/actualites/b41.md" in undated
    days = [one.published for one in found.entries if "published" in one]
    assert days == sorted(days, reverse=True)
    assert days[0].startswith("2026-10-05")
    text = (site / "output/flux.xml").read_text(encoding="utf-8")
    assert "Texte Reliée" in text
    for held in ("Brouillonne", "Future"):
        for path in (site / "output").rglob("flux.*"):
            assert held not in path.read_text(encoding="utf-8")


def test_each_project_and_each_actor_has_its_feeds(built: tuple[Path, Report]) -> None:
    site, report = built
    found = feeds(site / "output")
    projects = [path for path in found if path.startswith("projets/")]
    assert len(projects) == report.counts["projet"]
    thread = found["projets/la-serre/flux.xml"]
    assert [one.link.rpartition("/")[2] for one in thread.entries] == ["#la-serre"]
    assert len(found["projets/recycl-herbe80/flux.xml"].entries) == 2
    told = [json.loads(one.read_bytes()) for one in site.glob("output/acteurs/*/flux.json")]
    assert sum(len(one["items"]) for one in told) == report.counts["actualite"]


def test_both_formats_say_the_same_of_what_has_a_day(built: tuple[Path, Report]) -> None:
    output = built[0] / "output"
    for name, one in feeds(output).items():
        other = json.loads((output / name).with_suffix(".json").read_bytes())
        check_json_feed(other)
        dated = [e for e in other["items"] if {"date_published", "date_modified"} & set(e)]
        assert [(e.id, e.title) for e in one.entries] == [(e["id"], e["title"]) for e in dated]
        assert "1970" not in one.feed.updated


def test_contents_are_whole_and_inert(built: tuple[Path, Report]) -> None:
    """Absolute links, French typography, no active node."""
    for one in feeds(built[0] / "output").values():
        for told in one.entries:
            tree = html5lib.parseFragment(told.content[0].value, namespaceHTMLElements=False)
            for node in tree.iter():
                assert node.tag not in {"script", "style", "iframe", "object", "form", "svg"}
                for name, value in node.attrib.items():
                    assert not name.startswith("on")
                    if name in {"href", "src"}:
                        assert re.match(r"https?://|mailto:|tel:", value), value
            assert " :" not in told.title


def test_another_day_and_another_address_change_no_id_and_no_date(
    built: tuple[Path, Report], tmp_path: Path
) -> None:
    site, _ = built
    moved = "https://autre.example/reseau/"
    later = datetime.date(2027, 3, 1)
    report = build(site, tmp_path / "output", views=SMALL, base_url=moved, today=later)
    assert not report.failed, report.problems
    before, after = feeds(site / "output"), feeds(tmp_path / "output")
    assert before.keys() == after.keys()
    for name, one in before.items():
        other = after[name]
        assert (one.feed.id, one.feed.updated) == (other.feed.id, other.feed.updated)
        for first, second in zip(one.entries, other.entries, strict=True):
            assert (first.id, first.updated) == (second.id, second.updated)
            assert first.get("published") == second.get("published")
            assert second.link.startswith(moved)


def test_pages_name_their_feeds(built: tuple[Path, Report]) -> None:
    output = built[0] / "output"
    pattern = re.compile(
        r'<link rel="alternate" type="application/[a-z]+\+(?:xml|json)"[^>]*href="/([^"]*)"'
    )
    page = (output / "projets/la-serre/index.html").read_text(encoding="utf-8")
    named = pattern.findall(page)
    assert named == [*FEED_FILES, *(f"projets/la-serre/{name}" for name in FEED_FILES)]
    for path in output.rglob("*.html"):
        for target in pattern.findall(path.read_text(encoding="utf-8")):
            assert (output / target).is_file(), target
