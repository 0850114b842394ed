"""Resources: their page, their list, and those whose address nobody has found."""

from __future__ import annotations

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser


def read(output: Path, address: str) -> LexborHTMLParser:
    return LexborHTMLParser((output / address / "index.html").read_text("utf-8"))


def list_links(page: LexborHTMLParser, selector: str) -> list[str]:
    return [str(link.attributes["href"]) for link in page.css(f"{selector} a")]


def test_a_resource_with_an_address_has_a_page(output: Path) -> None:
    page = read(output, "ressources/guide-1")
    button = page.css_first(".record header a.button")
    assert button and button.attributes["href"] == "https://guide.example/semis"
    assert button.text(strip=True) == "Consulter sur guide.example (32 pages)"
    facts = page.css_first(".facts")
    assert facts and "CC BY-NC-ND 4.0" in facts.text()
    assert "/webinaires/2023/acteurs-academiques-et-catalyseurs/" in list_links(page, ".facts")


def test_resources_without_an_address_share_a_page_and_have_none(output: Path) -> None:
    page = read(output, "ressources/adresse-non-retrouvee")
    assert page.css_first("li#kit-7") and page.css_first("li#kit-8")
    assert not (output / "ressources/kit-7").exists()
    every = read(output, "ressources")
    assert "/ressources/adresse-non-retrouvee/" in list_links(every, "main")
    assert not every.css("main li#kit-7")


def test_each_page_that_a_resource_names_lists_it(output: Path) -> None:
    webinar = read(output, "webinaires/2023/acteurs-academiques-et-catalyseurs")
    assert list_links(webinar, "[aria-labelledby=_ressources]") == [
        "/ressources/guide-1/",
        "/ressources/adresse-non-retrouvee/#kit-8",
        "/ressources/support-4/",
    ]
    assert "/ressources/rapport-3/" in list_links(read(output, "projets/racines"), "main")
    practice = read(output, "pratiques/dialogue-territorial")
    assert "/ressources/guide-5/" in list_links(practice, "main")


def test_a_practice_counts_its_records_alone(output: Path) -> None:
    practices = read(output, "pratiques")
    page = read(output, "pratiques/gestion-d-un-lieu")
    heading = page.css_first("#_fiches")
    assert heading
    count = heading.text(strip=True).split()[0]
    row = next(one for one in practices.css("main li") if "Gestion d" in one.text())
    assert count in row.text()
    resources = page.css_first("#_ressources")
    assert resources and resources.text(strip=True) == "2 ressources"


def test_addresses_that_must_last_are_those_of_pages(output: Path) -> None:
    listed = (output / "adresses.txt").read_text("utf-8")
    assert "/ressources/guide-1/\tcontent/ressources/guide-1.md" in listed
    assert "#" not in listed
    assert "/documents/rapport-d-essai.pdf" not in listed
