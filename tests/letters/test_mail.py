"""The mail of a letter: what it says, how it is built, what it weighs."""

from __future__ import annotations

import email
import email.policy
import html
import re
from email.message import EmailMessage
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import fast_mail_parser
import icalendar
import pytest

from maille.formats.email_message import encode_quoted_printable
from maille.kinds.newsletter import Newsletter
from maille.letters.mail import HEAVY
from maille.letters.outbox import compose_and_write
from maille.site.model import Site
from maille.views.letter_contents import collect_contents
from tests import reading
from tests.building import SMALL, build, copy_site
from tests.sealing import read_site
from tests.small_site import write_small_site

REAL = ("2024-04", "2024-05", "2025-05")
SETTINGS = """
[lettre]
expediteur = "La lettre d'essai"
adresse = "lettre@essai.example"
desabonnement = "mailto:lettre@essai.example?subject=partir"
"""


class Elements(HTMLParser):
    """Every element of a mail with its attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.found if name == tag]


def packed(root: Path, site: Site, month: str) -> dict[str, bytes]:
    """Return the files of the mail of a letter, read back from the disk."""
    letter = site.find("newsletter", month)
    assert isinstance(letter, Newsletter)
    done = compose_and_write(root, site, letter)
    assert not done.failed, done.problems
    found = {path.name: path.read_bytes() for path in (root / done.folder).glob("[!.]*")}
    assert found == done.files
    return found


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Site]:
    root = copy_site(tmp_path_factory.mktemp("reseau"))
    report = build(root, root / "output", publish=False)
    assert report.problems == ()
    assert report.site
    return root, report.site


def opened(data: bytes) -> EmailMessage:
    found = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


@pytest.mark.parametrize("month", REAL)
def test_the_real_letters_have_a_mail_that_two_readers_open(
    real: tuple[Path, Site], month: str
) -> None:
    made = packed(*real, month)
    data = made[f"lettre-{month}.eml"]
    found = opened(data)
    text, html = (part.get_content().replace("\r\n", "\n") for part in found.iter_parts())
    assert html.encode() == made[f"lettre-{month}.html"]
    assert text.encode() == made[f"lettre-{month}.txt"]
    letter = real[1].find("newsletter", month)
    assert isinstance(letter, Newsletter)
    assert found["Subject"] == f"{letter.heading} : {letter.title}"
    assert fast_mail_parser.parse_email(data).subject == found["Subject"]
    assert "Résumé de nouvelles publiées par KatalPa" in re.sub(r"\s+", " ", text)
    assert "Résumé de nouvelles publiées par KatalPa" in html
    for said in (html, text):
        partial = "ce résumé est partiel" in re.sub(r"\s+", " ", said)
        assert partial == (month == "2025-05")


@pytest.mark.parametrize("month", REAL)
def test_two_mails_of_one_letter_are_the_same_bytes(real: tuple[Path, Site], month: str) -> None:
    assert packed(*real, month) == packed(*real, month)


def test_the_news_before_are_called_back(real: tuple[Path, Site]) -> None:
    made = packed(*real, "2025-05")
    html, text = made["lettre-2025-05.html"].decode(), made["lettre-2025-05.txt"].decode()
    address = "https://catalyseurs.example/lettres/2024-05/#recycl-herbe80"
    assert re.search(rf'Précédemment&nbsp;: <a href="{address}"[^>]*>mai 2024</a>', html)
    number = re.search(r"Précédemment : mai 2024 \[(\d+)\]", text.replace("\u00a0", " "))
    assert number
    assert f"[{number[1]}] {address}\n" in text


def test_the_html_is_what_mailboxes_understand(real: tuple[Path, Site]) -> None:
    html = packed(*real, "2024-05")["lettre-2024-05.html"].decode()
    elements = Elements(html)
    (page,) = elements.named("html")
    assert (page["lang"], page["dir"]) == ("fr", "ltr")
    tables = elements.named("table")
    assert tables
    assert {table["role"] for table in tables} == {"presentation"}
    assert all(table["width"] for table in tables)
    assert not elements.named("img")  # none is content
    assert not elements.named("script") + elements.named("link") + elements.named("form")
    addresses = [a["href"] for a in elements.named("a")]
    assert all(re.match(r"https://|mailto:", address) for address in addresses)  # no #part
    assert '<p style="' in html
    styles = re.findall(r"<style[^>]*>(.*?)</style>", html, re.DOTALL)
    assert all(style.strip().startswith("@media") for style in styles)


def test_first_comes_the_summary(real: tuple[Path, Site]) -> None:
    """Mailboxes show the first words below the subject."""
    html = packed(*real, "2025-05")["lettre-2025-05.html"].decode()
    words = re.sub(r"<(style|title)[^>]*>.*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL).split()
    assert " ".join(words[:5]) == "Un projet qui change de"


def test_what_is_announced_has_a_calendar(tmp_path: Path) -> None:
    root = write_small_site(tmp_path / "site")
    letter = root / "newsletters/2024-05.md"
    keys = "titre: Lettre d'essai\nactualites: [nouvelle]\nevenements: [rencontre]\n"
    letter.write_text(letter.read_text("utf-8").replace("titre: Lettre d'essai\n", keys), "utf-8")
    (root / "site.toml").write_text((root / "site.toml").read_text("utf-8") + SETTINGS, "utf-8")
    made = packed(root, read_site(root), "2024-05")
    (event,) = icalendar.Calendar.from_ical(made["evenement-rencontre.ics"]).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Rencontre d’essai"
    text = made["lettre-2024-05.txt"].decode().replace("\u00a0", " ")
    html = made["lettre-2024-05.html"].decode().replace("&nbsp;", " ")
    parts = ["projet-d-essai", "_actualites", "_rendez-vous"]
    assert re.findall(r'/lettres/2024-05/#([^"]+)"', html) == parts
    for said in (text, html):
        assert "14 janvier 2027 à 18 h 30" in said
        assert "Une nouvelle inventée." in said
    found = opened(made["lettre-2024-05.eml"])
    assert found["From"].addresses[0].addr_spec == "lettre@essai.example"
    assert found["List-Unsubscribe"] == "<mailto:lettre@essai.example?subject=partir>"
    assert 'href="mailto:lettre@essai.example?subject=partir"' in html
    assert "mailto:lettre@essai.example?subject=partir" in text.replace("\n", "")


def crowd(root: Path, count: int) -> None:
    """Write a letter of as many projects, each with a hundred words and a link."""
    parts = []
    for number in range(count):
        name = f"Projet d'essai numéro {number}"
        header = f"---\nnom: {name}\nresume: Inventé.\nsources: [{{titre: S}}]\n---\nTexte.\n"
        (root / f"content/projets/essai-{number}.md").write_text(header, "utf-8")
        words = "Une équipe inventée avance vers l'été, où elle réunira élus et associations. " * 8
        parts.append(f"## {name}\n\n{words}\n\nVoir [la page de la réunion](/projets/essai/).\n")
    text = "---\nmois: 2024-06\ntitre: Lettre d'essai\n---\n" + "\n".join(parts)
    (root / "newsletters/2024-06.md").write_text(text, "utf-8")


@pytest.mark.parametrize(("count", "most"), [(12, 20_000), (40, HEAVY)])
def test_a_letter_stays_light(tmp_path: Path, count: int, most: int) -> None:
    root = write_small_site(tmp_path / "site")
    crowd(root, count)
    site = read_site(root)
    letter = site.find("newsletter", "2024-06")
    assert isinstance(letter, Newsletter)
    made = packed(root, site, "2024-06")
    html = made["lettre-2024-06.html"]
    assert len(html if count == 12 else encode_quoted_printable(html.decode())) <= most
    assert collect_contents(site, letter).subject == "Lettre de juin 2024 : Lettre d'essai"


def settle(root: Path, *lines: str) -> None:
    """Add lines under `[lettre]` of `site.toml`."""
    config = (root / "site.toml").read_text("utf-8")
    (root / "site.toml").write_text("\n".join((config, "[lettre]", *lines, "")), "utf-8")


def mail_of(root: Path, *lines: str) -> EmailMessage:
    settle(root, *lines)
    return opened(packed(root, read_site(root), "2024-05")["lettre-2024-05.eml"])


def test_headers_say_to_whom_and_of_which_list(tmp_path: Path) -> None:
    root = write_small_site(tmp_path / "site")
    found = mail_of(root, 'adresse = "lettre@essai.example"', 'expediteur = "La lettre"')
    assert found["To"] == found["From"] == "La lettre <lettre@essai.example>"
    assert found["List-Id"].endswith("<lettre.essai.example>")
    assert found["List-Archive"] == "<https://essai.example/lettres/>"
    assert "List-Unsubscribe-Post" not in found
    assert "X-Unsent" not in found


ONCE = "https://service.example/sortir?liste=1"


@pytest.mark.parametrize(
    ("lines", "ways"),
    [
        ((), f"<{ONCE}>"),
        (('adresse = "a@essai.example"',), f"<{ONCE}>, <mailto:a@essai.example?subject="),
        (('desabonnement = "mailto:b@essai.example"',), f"<{ONCE}>, <mailto:b@essai.example>"),
        # Only one address in https: (RFC 8058).
        (('desabonnement = "https://essai.example/sortir"',), f"<{ONCE}>"),
        ((f'desabonnement = "mailto:{"b" * 760}@essai.example"',), f"<{ONCE}>"),
    ],
)
def test_one_click_is_told_with_the_address_that_takes_it(
    tmp_path: Path, lines: tuple[str, ...], ways: str
) -> None:
    root = write_small_site(tmp_path / "site")
    found = mail_of(root, f'desabonnement_en_un_clic = "{ONCE}"', *lines)
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    told = found["List-Unsubscribe"]
    assert told.startswith(ways)
    assert told.count("<") == ways.count("<")


@pytest.mark.parametrize(
    ("prefix", "subject"),
    [
        (None, "Lettre de mai 2024 : Lettre d'essai"),
        ("Les brèves", "Les brèves : Lettre d'essai"),
        ("", "Lettre d'essai"),
        (" [Réseau]", "[Réseau] : Lettre d'essai"),
    ],
)
def test_the_subject_begins_as_the_network_chose(
    tmp_path: Path, prefix: str | None, subject: str
) -> None:
    root = write_small_site(tmp_path / "site")
    line = () if prefix is None else (f'prefixe_objet = "{prefix}"',)
    assert mail_of(root, *line)["Subject"] == subject


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Deux « mots » & un *lien*.\n", "Deux « mots » & un lien. La suite."),
        ("- Un point\n- Deux\n", "Un point Deux La suite."),
        (f"{'mot ' * 100}\n", f"{'mot ' * 29}…"),
    ],
)
def test_without_a_summary_the_first_words_come_first(
    tmp_path: Path, text: str, first: str
) -> None:
    root = write_small_site(tmp_path / "site")
    path = root / "newsletters/2024-05.md"
    header = "---\nmois: 2024-05\ntitre: Le titre\nrubriques: [Divers]\n---\n"
    path.write_text(f"{header}{text}\n## Divers\n\nLa suite.\n", "utf-8")
    html = packed(root, read_site(root), "2024-05")["lettre-2024-05.html"].decode()
    shown = re.sub(r"<(style|title)[^>]*>.*?</\1>|<[^>]+>", "", html, flags=re.DOTALL)
    words = unescape(shown).replace("\u202f", "\u00a0").replace("\u00a0", " ")
    assert " ".join(words.split()).startswith(first)
    # A summary is told in place of them.
    path.write_text(path.read_text("utf-8").replace("titre:", "resume: Bref.\ntitre:", 1), "utf-8")
    html = packed(root, read_site(root), "2024-05")["lettre-2024-05.html"].decode()
    assert re.search(r"<td[^>]*>\s*<p[^>]*>Bref\.</p>", html)


def test_accents_of_hosts_and_tags_of_senders_go_through(tmp_path: Path) -> None:
    root = write_small_site(tmp_path / "site")
    config = (root / "site.toml").read_text("utf-8").replace("essai.example", "réseau.example")
    tag = 'desabonnement = "{{ unsubscribe }}"'
    tag = f'contact = "ecrire@réseau.example"\n\n[lettre]\n{tag}\n\n[[menu]]'
    (root / "site.toml").write_text(config.replace("[[menu]]", tag), "utf-8")
    made = packed(root, read_site(root), "2024-05")
    found = opened(made["lettre-2024-05.eml"])
    assert found["From"].addresses[0].addr_spec == "ecrire@xn--rseau-bsa.example"
    # No service puts anything in the place of the tag in what a plain mailer sends.
    out = "mailto:ecrire@xn--rseau-bsa.example?subject=Ne%20plus%20recevoir%20la%20lettre"
    assert found["List-Unsubscribe"] == f"<{out}>"
    assert found["List-Archive"] == "<https://xn--rseau-bsa.example/lettres/>"
    assert "{{" not in found.as_string()
    assert 'href="{{ unsubscribe }}"' in made["lettre-2024-05.html"].decode()
    assert "{{ unsubscribe }}" in made["lettre-2024-05.txt"].decode()


def test_the_tags_of_a_letter_arrive_as_text(tmp_path: Path) -> None:
    root = write_small_site(tmp_path)
    tag = 'desabonnement = "{{ unsubscribe }}"'
    with (root / "site.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[lettre]\nadresse = "lettre@essai.example"\n{tag}\n')
    path = root / "newsletters/2024-05.md"
    words = "Bonjour {{ unsubscribe }}, %%prenom%%, |FNAME| et [PRENOM], 100 {% vrai."
    path.write_text(path.read_text(encoding="utf-8").replace("Il avance.", words), "utf-8")
    made = packed(root, read_site(root), "2024-05")
    page, text = (made[f"lettre-2024-05.{end}"].decode() for end in ("html", "txt"))
    for opening in ("{{", "{%", "%%", "[PRENOM]"):
        assert page.count(opening) == text.count(opening) == (opening == "{{")
    assert 'href="{{ unsubscribe }}"' in page
    assert words in html.unescape(re.sub(r"\s+", " ", page)).replace("\u2019", "'")
    assert words in re.sub(r"\s+", " ", text).replace("\u2060", "")


def test_tables_and_code_go_through_and_words_stay_as_they_are(tmp_path: Path) -> None:
    root = write_small_site(tmp_path / "site")
    letter = root / "newsletters/2024-05.md"
    typed = """Il avance, dans `<img src="x" width="900" height="600" class="y">`.

| Quoi | Combien |
| --- | ---: |
| Un | 12 |

    if a:
        b = 1
"""
    letter.write_text(letter.read_text("utf-8").replace("Il avance.", typed), "utf-8")
    html = packed(root, read_site(root), "2024-05")["lettre-2024-05.html"].decode()
    assert '&lt;img src="x" width="900" height="600" class="y"&gt;' in html
    elements = Elements(html)
    data = [one for one in elements.named("table") if one.get("role") != "presentation"]
    assert [one["width"] for one in data] == ["100%"]
    titles = elements.named("th")
    assert [one["scope"] for one in titles] == ["col", "col"]
    cells = [*titles, *elements.named("td")[-2:]]
    assert all(one["style"].startswith("font-family:Verdana") for one in cells)
    assert [one.get("align") for one in elements.named("td")][-2:] == [None, "right"]
    assert "<pre" not in html
    assert re.search(r"if a:<br>(?:&nbsp;|\xa0){4}b = 1", html)


ADDRESSES = (
    "https://exemple.fr/a?jour=12&region=idf&section=3",
    "https://exemple.fr/?a=1&copy=2",
    "https://exemple.fr/?a=1&para=4&lt=5&timestamp=9",
)


def test_the_parameters_of_addresses_arrive_as_typed(tmp_path: Path) -> None:
    """In page, feeds, JSON-LD, export and mail, whether typed in the body or the header."""
    site = write_small_site(tmp_path)
    record = site / "catalysers/premier.md"
    text = record.read_text("utf-8").replace("sources:\n", f"site: {ADDRESSES[0]}\nsources:\n")
    record.write_text(text, "utf-8")
    link, bare, named = ADDRESSES
    typed = f"\n[a]({link}) <{bare}> [b][nom]\n\n[nom]: {named}\n"
    for path in ("newsletters/2024-05.md", "content/actualites/nouvelle.md"):
        (site / path).write_text((site / path).read_text("utf-8") + typed, "utf-8")
    with (site / "site.toml").open("a", encoding="utf-8") as config:
        config.write(SETTINGS)
    report = build(site, site / "output", views=SMALL)
    assert report.site
    output = site / "output"
    for page in ("lettres/2024-05", "actualites/nouvelle"):
        assert set(ADDRESSES) <= hrefs(reading.parse_page(output / page / "index.html"))
    feed = reading.read_atom(output / "flux.xml")
    said = "".join(entry.content[0].value for entry in feed.entries)
    assert set(ADDRESSES) <= hrefs(reading.parse_fragment(said))
    tree = reading.parse_page(output / "catalyseurs/premier/index.html")
    assert link in hrefs(tree)
    assert link in str(reading.read_json_ld(tree))
    assert link in (output / "donnees/catalyseurs.csv").read_text("utf-8-sig")
    made = packed(site, report.site, "2024-05")
    assert set(ADDRESSES) <= hrefs(reading.parse_fragment(made["lettre-2024-05.html"].decode()))
    assert all(address in made["lettre-2024-05.txt"].decode() for address in ADDRESSES)


def hrefs(tree: Any) -> set[str]:
    return {element.get("href", "") for element in tree.iter("a")}
