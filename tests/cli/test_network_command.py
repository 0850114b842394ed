"""`verifier --reseau`: which links are asked, what is kept of the answers, what is told."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from maille.cli import network_command
from maille.cli.arguments import COMMANDS
from maille.cli.link_answers import Answer, Verdict
from maille.cli.network_command import CACHE, check_links, list_places
from maille.site.model import Site
from tests.small_site import FILES, link_site, write_small_site

GOOD = Answer(Verdict.GOOD)
SITE, PAGE, SOURCE = "https://a.example.org/", "https://b.example.org/page", "https://c.example.org"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site whose first record names three addresses, one of them twice."""
    root = write_small_site(tmp_path / "site")
    text = FILES["catalysers/premier.md"].replace("nom:", f"site: {SITE}\nnom:", 1)
    text = text.replace("date: 2023-04-13", f"url: {SOURCE}")
    text += f"\nVoir [là]({PAGE}#suite) et [là encore]({PAGE}), ou [ici](/le-reseau/).\n"
    text += "\nEt [la page](https://essai.example/le-reseau/) de ce site.\n"
    (root / "catalysers/premier.md").write_text(text, encoding="utf-8")
    for path in root.glob("content/vocabulaires/*.yaml"):  # their sources are other addresses
        own = path.read_text("utf-8").replace("https://source.", "https://essai.")
        path.write_text(own, encoding="utf-8")
    return link_site(root)


class Web:
    """What other sites answer; an address that is not there answers well."""

    def __init__(self, answers: Mapping[str, Answer] | None = None) -> None:
        self.answers = answers or {}
        self.asked: list[str] = []
        self.agent = ""

    def __call__(self, addresses: Iterable[str], agent: str) -> Iterator[tuple[str, Answer]]:
        self.agent = agent
        for address in addresses:
            self.asked.append(address)
            yield address, self.answers.get(address, GOOD)


def test_each_address_is_asked_once_with_all_its_places(site: Site) -> None:
    places = list_places(site)
    assert [*places] == [SITE, PAGE, SOURCE]
    lines = {a: [(d.path, at.line) for d, at in some] for a, some in places.items()}
    assert lines[SITE] == [("catalysers/premier.md", 2)]
    assert lines[SOURCE] == [("catalysers/premier.md", 12)]
    assert lines[PAGE] == [("catalysers/premier.md", 16)] * 2


def test_what_is_wrong_is_told_at_its_line_each_in_its_own_words(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    web = Web(
        {
            SITE: Answer(Verdict.MOVED, "https://d.example.org/"),
            PAGE: Answer(Verdict.GONE, cause="réponse 404"),
            SOURCE: Answer(Verdict.UNREACHABLE, cause="pas de réponse en 20 s"),
        }
    )
    assert check_links(tmp_path, site, web) == 1
    assert web.agent.endswith("(liens de https://essai.example/)")
    said = capsys.readouterr().out
    assert f"catalysers/premier.md:2:7  Attention : {SITE} a changé d'adresse" in said
    assert "    → écrivez https://d.example.org/\n" in said
    assert f"catalysers/premier.md:16:11  {PAGE} n'est plus là (réponse 404)" in said
    assert f"Attention : {SOURCE} n'a pas répondu : pas de réponse en 20 s" in said
    assert "3 adresses d'autres sites (déménagée : 1, partie : 1, muette : 1).\n" in said


def test_only_what_is_gone_fails(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    silent = Answer(Verdict.UNREACHABLE, cause="la connexion est refusée")
    assert check_links(tmp_path, site, Web(dict.fromkeys((SITE, PAGE, SOURCE), silent))) == 0
    assert capsys.readouterr().out == (
        "\nAucune des 3 adresses ne répond : cette machine est-elle reliée ?\n"
    )
    web = Web()
    check_links(tmp_path, site, web)
    assert len(web.asked) == 3  # nothing was kept


def test_a_good_answer_is_kept_a_month_and_another_one_a_day(site: Site, tmp_path: Path) -> None:
    web = Web({PAGE: Answer(Verdict.GONE, cause="réponse 404")})
    for days, asked in (
        (0, [SITE, PAGE, SOURCE]),
        (0, []),
        (1, [PAGE]),
        (29, [PAGE]),
        (30, [SITE, PAGE, SOURCE]),
    ):
        web.asked.clear()
        later = dataclasses.replace(site, today=site.today + datetime.timedelta(days=days))
        assert check_links(tmp_path, later, web) == 1
        assert web.asked == asked, days


def test_the_budget_is_kept_and_the_next_run_goes_on(
    site: Site,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(network_command, "BUDGET", 2)
    web = Web()
    check_links(tmp_path, site, web)
    assert "1 restent à demander : relancez la commande." in capsys.readouterr().out
    check_links(tmp_path, site, web)
    assert web.asked == [SITE, PAGE, SOURCE]


def test_what_was_answered_before_an_interruption_is_kept(site: Site, tmp_path: Path) -> None:
    def interrupt(addresses: Iterable[str], agent: str) -> Iterator[tuple[str, Answer]]:
        yield next(iter(addresses)), GOOD
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_links(tmp_path, site, interrupt)
    assert [*json.loads((tmp_path / CACHE).read_text("utf-8"))] == [SITE]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": 1}', '{"a": ["2026-11-21", "autre"]}'])
def test_a_cache_that_cannot_be_read_counts_for_nothing(
    site: Site, tmp_path: Path, text: str
) -> None:
    (tmp_path / CACHE).parent.mkdir()
    (tmp_path / CACHE).write_text(text, encoding="utf-8")
    web = Web()
    assert check_links(tmp_path, site, web) == 0
    assert len(web.asked) == 3


def test_no_build_asks_the_network() -> None:
    assert [verb for verb, one in COMMANDS.items() if "--reseau" in one.arguments] == ["verifier"]
