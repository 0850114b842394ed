"""Another network: the same engine and templates, none of the words or names of the first."""

from __future__ import annotations

import json
import re
import shutil
import uuid
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import icalendar
import pytest
from selectolax.lexbor import LexborHTMLParser

from build import KINDS, VIEWS
from tests import command
from tests.building import ROOT, SMALL, WITHOUT_COMMUNES, build, copy_templates

SITE = ROOT / "tests/sites/veilleurs"
ATOM = "{http://www.w3.org/2005/Atom}"
LINKS = ("href", "src", "action")
IDENTITY = uuid.UUID("7b0c8d52-6f0e-4c7a-9a55-2f1f3f7b6c10")


def copied(folder: Path) -> Path:
    """Copy the small network, with the templates that it takes over, as its guide says to do."""
    shutil.copytree(SITE, folder)
    copy_templates(folder)
    return folder


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = copied(tmp_path_factory.mktemp("reseau") / "veilleurs")
    done = command.run_script(site)
    assert done.code == 0, done.said
    return site / "output"


def page(output: Path, address: str) -> str:
    return (output / address.strip("/") / "index.html").read_text(encoding="utf-8")


def broken_links(output: Path) -> list[str]:
    """Return the links, scripts, styles and anchors of the pages that lead to nothing."""
    every = (path for path in output.rglob("*") if path.is_file())
    files = {f"/{path.relative_to(output).as_posix()}" for path in every}
    pages = {
        path: find_targets(output / path[1:]) for path in sorted(files) if path.endswith(".html")
    }
    anchors = {path: found for path, (_, found) in pages.items()}

    def leads(link: str, path: str) -> bool:
        address = urlsplit(urljoin(path, link))
        target = unquote(address.path) + ("index.html" if address.path.endswith("/") else "")
        found = anchors.get(target)
        there = target in files and (not address.fragment or not found or address.fragment in found)
        return bool(address.scheme or address.netloc or there)

    return [
        f"{path[1:]}: {link}"
        for path, (links, _) in pages.items()
        for link in links
        if not leads(link, path)
    ]


def find_targets(path: Path) -> tuple[list[str], set[str | None]]:
    """Return where the links of a page lead, and its anchors."""
    attributes = [
        one.attributes
        for one in LexborHTMLParser(path.read_text("utf-8")).css("[href],[src],[action],[id]")
    ]
    links = [all_of[key] or "" for all_of in attributes for key in LINKS if key in all_of]
    return links, {all_of["id"] for all_of in attributes if "id" in all_of}


def test_checking_it_says_only_what_is_still_to_be_known(tmp_path: Path) -> None:
    done = command.run(copied(tmp_path / "site"), "verifier", shown=WITHOUT_COMMUNES)
    assert done.code == 0, done.said
    assert "Tout est en ordre" in done.said
    assert "content/projets/essai-laisse-de-mer.md : la suite donnée" in done.said
    assert "site.toml" not in done.said
    assert not (tmp_path / "site/output").exists()


def test_nothing_of_the_first_network_is_published(output: Path) -> None:
    texts = [path for path in output.rglob("*") if path.suffix in READABLE]
    assert len(texts) > 60
    for path in texts:
        text = unquote(path.read_text(encoding="utf-8"))
        # The folder of the records and the keys that name them are the form of every site.
        rest = re.sub(r'catalysers(?=[/?"])', "", text).replace('"catalyseur": "essai-', "")
        rest = rest.replace("; catalyseur: essai-", "").replace("<code>catalyseur</code>", "")
        rest = re.sub(r'"catalyseurs": \[("essai-|\])', "", rest)
        rest = re.sub(r'(?m)^ +"catalyseurs?"(: \{|,?$)', "", rest)  # the same, in a JSON Schema
        assert "catalys" not in rest.casefold(), path


READABLE = {".html", ".xml", ".json", ".geojson", ".csv", ".ics", ".txt", ".js"}


def test_its_words_agree_and_its_addresses_follow(output: Path) -> None:
    home, directory, atlas = (page(output, at) for at in ("/", "/vigies/", "/carte/"))
    assert "3 vigies citées par les sources" in home
    assert "Aucune n’est encore confirmée par le réseau" in home
    assert "Une vigie, c’est quoi" in home
    assert "2 gestes, un même métier" in home
    assert "<h1>Répertoire</h1>" in directory
    assert 'data-un="vigie" data-plusieurs="vigies" data-accord="e"' in directory
    assert "<legend>Statuts</legend>" in directory
    assert "Carte des vigies" in atlas
    assert "Vigies placées, une par une" in atlas
    assert "1 vigie recensée" in page(output, "/gestes/guetter/")
    assert "Vigies citées" in page(output, "/projets/essai-laisse-de-mer/")
    assert "D’autres vigies" not in page(output, "/vigies/essai-cabane-rouge/")  # the only one
    assert "/sorties/essai-grande-maree/" in page(output, "/sorties/")
    assert "Fondatrice, selon" in page(output, "/vigies/essai-cabane-rouge/")
    assert "Licence d’essai 1.0" in page(output, "/donnees/")
    assert "licence à confirmer" not in home
    assert "démonstration" not in home
    [script] = output.glob("assets/carte/*.js")
    assert '"words": ["vigie", "vigies"]' in script.read_text(encoding="utf-8")


def test_a_key_that_two_lists_share_is_counted_in_each(output: Path) -> None:
    """« guetter » is a practice of one record, and the profile of none."""
    index = json.loads((output / "vigies" / "index.json").read_bytes())
    for facet, count in (("pratique", 1), ("profil", 0)):
        number = [key for key, *_ in index[facet]].index("guetter")
        assert sum(number in numbers for numbers in index["fiches"][facet]) == count


def test_terms_below_a_text_without_headings_skip_no_level(output: Path) -> None:
    assert '<h2><span class="marker losange"' in page(output, "/qui-nous-sommes/")
    assert "<h3" not in page(output, "/qui-nous-sommes/")


def test_its_exports_bear_its_word(output: Path) -> None:
    data = json.loads((output / "donnees/vigies.json").read_bytes())
    assert data["vigies"][0]["identifiant"] == "essai-bateau-bleu"
    assert data["titre"].startswith("Répertoire")
    assert (output / "donnees/vigies.csv").is_file()
    index = json.loads((output / "vigies/index.json").read_bytes())
    assert len([*filter(None, index["fiches"]["point"])]) == 2


def test_hours_are_those_of_its_time_zone(output: Path) -> None:
    calendar = icalendar.Calendar.from_ical((output / "agenda.ics").read_bytes())
    starts = {str(one["SUMMARY"]): one.decoded("DTSTART") for one in calendar.walk("VEVENT")}
    assert starts["Grande marée d’essai"].isoformat() == "2026-12-24T05:30:00+04:00"
    assert starts["Veillée d’essai à Mayotte"].isoformat() == "2026-06-20T19:00:00+03:00"
    assert starts["Lire l’horizon, essai"].isoformat() == "2026-04-09T18:00:00+04:00"


def test_its_ids_are_made_from_its_own_identity(output: Path) -> None:
    feed = ET.parse(output / "flux.xml").getroot()
    ids = {one.findtext(f"{ATOM}id") for one in feed.iter(f"{ATOM}entry")}
    assert f"urn:uuid:{uuid.uuid5(IDENTITY, 'actualite/essai-une-vague-de-trop')}" in ids
    every = {one["id"] for one in json.loads((output / "flux.json").read_text("utf-8"))["items"]}
    assert ids < every  # Atom has only what has a date
    assert (len(ids), len(every)) == (4, 6)
    assert (output / "voix/essai-radio-lagon/flux.xml").is_file()


def test_no_link_leads_nowhere(output: Path) -> None:
    assert broken_links(output) == []
    (output / "projets/essai-seau-perce/index.html").rename(output / "ailleurs.html")
    lost = broken_links(output)
    (output / "ailleurs.html").rename(output / "projets/essai-seau-perce/index.html")
    assert "projets/index.html: /projets/essai-seau-perce/" in lost


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('[mots.catalyseur]\nsingulier = "vigie"', "« catalyser »"),
        ('[mots.page]\nadresse = "/pages/"', "adresse"),
        ('[mots.catalyser]\nadresse = "vigies"', "adresse"),
        ('[[presentation.liens]]\ntitre = "Rien"\nadresse = "/rien/"', "/rien/"),
    ],
)
def test_wrong_words_are_told(tmp_path: Path, words: str, said: str) -> None:
    site = copied(tmp_path / "site")
    config = (site / "site.toml").read_text(encoding="utf-8")
    before, _, _ = config.partition("[mots.catalyser]")
    menuless = '[presentation]\ntitre = "A"\ntexte = "B"\n' if "presentation" in words else ""
    (site / "site.toml").write_text(f"{before}{menuless}{words}\n", encoding="utf-8")
    done = command.run(site, "verifier", shown=WITHOUT_COMMUNES)
    assert done.code == 1
    assert "site.toml" in done.said
    assert said in done.said


# --- A network that begins: whatever folder is empty or absent, whatever kind it leaves out ---

FOLDERS = (
    "catalysers",
    "newsletters",
    *(f"content/{name}" for name in ("actualites", "evenements", "pages", "projets", "webinaires")),
    "content/vocabulaires",
)
BARE = "".join(
    f"{line}\n"
    for line in (
        'nom = "Réseau d\'essai"',
        'nom_court = "Essai"',
        'accroche = "Par où commencer ?"',
        'description = "Un réseau inventé qui commence."',
        'adresse = "https://debut.example.org/"',
        'fuseau = "America/Guadeloupe"',
        'etat = "demonstration"',
    )
)


def built(site: Path, kinds: tuple[str, ...] = KINDS, *, views: tuple[str, ...] = SMALL) -> Path:
    report = build(site, site / "output", kinds, views=views)
    assert not report.failed, report.problems
    return site / "output"


def bare(folder: Path, *, folders: bool) -> Path:
    """Make a network that has written its `site.toml` and nothing else."""
    copy_templates(folder)
    (folder / "site.toml").write_text(BARE, encoding="utf-8")
    for name in FOLDERS if folders else ():
        (folder / name).mkdir(parents=True)
    return folder


@pytest.mark.parametrize("folders", [True, False], ids=["empty", "absent"])
def test_a_network_without_anything_yet_has_a_whole_site(tmp_path: Path, *, folders: bool) -> None:
    output = built(bare(tmp_path / "site", folders=folders), views=VIEWS)
    assert broken_links(output) == []
    assert "Par où commencer" in page(output, "/")
    assert "Aucune fiche n’est encore publiée ici" in page(output, "/catalyseurs/")
    assert "<form" not in page(output, "/catalyseurs/")
    for path in output.rglob("index.html"):
        text = path.read_text(encoding="utf-8")
        assert "<ul>\n</ul>" not in text.replace(" ", ""), path
        assert "None" not in text, path


# What names the entries of a folder, and goes with it.
NAMERS = {
    "catalysers": ("catalysers", "newsletters", "content"),
    "content/projets": ("content/projets", "newsletters", "content/evenements"),
}


@pytest.mark.parametrize("folder", [name for name in FOLDERS if name != "content/vocabulaires"])
def test_any_folder_may_be_missing(tmp_path: Path, folder: str) -> None:
    site = copied(tmp_path / "site")
    for name in NAMERS.get(folder, (folder,)):
        shutil.rmtree(site / name)
    without_links(site)
    # Its texts lead to territories.
    assert broken_links(built(site, views=WITHOUT_COMMUNES)) == []


@pytest.mark.parametrize("kind", [*KINDS[2:], ""])
def test_any_kind_but_two_may_be_left_out(tmp_path: Path, kind: str) -> None:
    """A site keeps its vocabularies and its records; without `kind` here it keeps nothing else."""
    left = tuple(name for name in KINDS[2:] if kind and name != kind)
    site = bare(tmp_path / "site", folders=False)
    # Without JavaScript, the search leads to territories.
    assert broken_links(built(site, (*KINDS[:2], *left), views=WITHOUT_COMMUNES)) == []


@pytest.mark.parametrize("verb", ["nouveau lettre", "relire", "lettre", "sceller"])
def test_without_letters_their_commands_say_so(tmp_path: Path, verb: str) -> None:
    site = bare(tmp_path / "site", folders=False)
    done = command.run(site, *verb.split(), "2026-12", used=KINDS[:2])
    assert done.code == 2
    assert "Ce site n'a pas de lettres" in done.said


def without_links(site: Path) -> None:
    """Take out of `site.toml` the menus and what leads to pages, as somebody who begins would."""
    config = (site / "site.toml").read_text(encoding="utf-8")
    kept = config.partition("[presentation]")[0]
    (site / "site.toml").write_text(kept, encoding="utf-8")
