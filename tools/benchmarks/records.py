"""Realistic catalysers that do not exist: nearly all fields of the kind, about 4 kB of Markdown.

The same number out of the same total gives the same record on any machine. A record is plain data,
so that it can be written for each generator in its own format.
"""

from __future__ import annotations

import importlib.resources
import random
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from maille.gazetteer import Commune, Gazetteer
from maille.outlines import OUTLINE_FILES
from maille.text.names import make_slug

ROOT = Path(__file__).resolve().parent.parent.parent
# The site that the records are added to, whatever this repository's own content becomes.
MINIATURE = ROOT / "tests" / "sites" / "essai"
BYTES = 4000  # of the body and the header together
WORDS: Mapping[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "words.toml").read_text(encoding="utf-8")
)
RELATIONS = ("membre", "pionnier", "pilote", "temoin", "cite")


@dataclass(frozen=True)
class Record:
    """One record: its slug, its header by key as typed (`nom`, …), its body in Markdown."""

    slug: str
    header: Mapping[str, Any]
    body: str


def make_records(total: int, site: Path = ROOT) -> Iterator[Record]:
    """Yield `total` records, which use terms of the vocabularies of `site`."""
    gazetteer = _load_gazetteer()
    communes = keep_complete(gazetteer.communes.values())
    random.Random(0).shuffle(communes)
    names = [_make_name(number, communes[number % len(communes)]) for number in range(total)]
    practices, profiles = read_terms("pratiques", site), read_terms("profils", site)
    for number, name in enumerate(names):
        commune = communes[number % len(communes)]
        pick = _Picker(random.Random(number + 1), commune.name)
        others = [names[(number + step) % total] for step in (1, 7, 31)]
        header = _make_front_matter(pick, name, commune, gazetteer, others)
        chosen = pick.random.sample(practices, 2)
        header["profil"] = pick.random.choice(profiles)["cle"]
        header["pratiques"] = [term["cle"] for term in chosen]
        header["activites"] = [term["activites"][number % 4]["cle"] for term in chosen]
        left = BYTES - len(write_front_matter(header).encode())
        yield Record(make_slug(name), header, _write_body(pick, others, left))


def keep_complete(communes: Iterable[Commune]) -> list[Commune]:
    """Return the communes that have a point and an intercommunalité: all but a few islands."""
    return [one for one in communes if one.latitude and one.intercommunalite]


def write_markdown(record: Record) -> str:
    """Return the file of a record as an editor of this site would write it."""
    return f"---\n{write_front_matter(record.header)}---\n{record.body}"


def _load_gazetteer() -> Gazetteer:
    data = importlib.resources.files("maille") / "data"
    files = ("communes.tsv.xz", "territoires.json", *OUTLINE_FILES)
    return Gazetteer.read(*((data / name).read_bytes() for name in files))


def read_terms(vocabulary: str, site: Path) -> list[dict[str, Any]]:
    """Return the terms of a vocabulary of a site, as typed."""
    path = site / "content" / "vocabulaires" / f"{vocabulary}.yaml"
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["termes"]
    return found


def write_front_matter(header: Mapping[str, Any]) -> str:
    """Return a header as YAML."""
    settings: Any = {"allow_unicode": True, "sort_keys": False, "width": 10_000}
    text: str = yaml.dump(dict(header), Dumper=yaml.CSafeDumper, **settings)
    return text


def _make_name(number: int, commune: Commune) -> str:
    return f"Essai {number + 1:05} {WORDS['things'][number % len(WORDS['things'])]} {commune.name}"


@dataclass(frozen=True)
class _Picker:
    """Draws sentences for one record, and fills in their blanks."""

    random: random.Random
    place: str

    def draw_one(self, sentences: list[str]) -> str:
        return self.fill(self.random.choice(sentences))

    def draw_some(self, sentences: list[str], number: int) -> list[str]:
        return [self.fill(sentence) for sentence in self.random.sample(sentences, number)]

    def fill(self, sentence: str) -> str:
        return sentence.format(
            place=self.place,
            theme=self.random.choice(WORDS["themes"]),
            partner=self.random.choice(WORDS["partners"]),
            count=self.random.randint(6, 480),
            year=self.random.randint(2009, 2024),
        )


def _make_front_matter(
    pick: _Picker, name: str, commune: Commune, gazetteer: Gazetteer, others: list[str]
) -> dict[str, Any]:
    """Return the keys of a record; the keys that have a vocabulary are still blank.

    There is no `code_insee`: it is an error to give the place twice. There are no other keys that
    few real records have, such as `ecosysteme`.
    """
    department = gazetteer.departments[commune.department]
    year, number = pick.random.randint(2019, 2024), str(pick.random.randint(1000, 9999))
    return {
        "nom": name,
        "autres_noms": [f"Essai {name.split()[1]}"],
        "profil": "",
        "pratiques": [],
        "activites": [],
        "relation": pick.random.choice(RELATIONS),
        "commune": commune.name,
        "departement": commune.department,
        "adresse": f"{pick.random.randint(1, 99)} rue de l'Essai",
        "code_postal": commune.postcodes[0],
        "latitude": commune.latitude,
        "longitude": commune.longitude,
        "territoires": [commune.department, department.region, commune.intercommunalite],
        "site": f"https://{make_slug(name)}.example.org/",
        "courriel": f"{make_slug(name)}@example.org",
        "telephone": f"01 99 00 {number[:2]} {number[2:]}",  # a range kept for fiction
        "resume": pick.draw_one(WORDS["summaries"]),
        "chiffres": [
            {
                "valeur": str(pick.random.randint(2, 900)),
                "libelle": "participants aux ateliers d'essai",
                "date": "2025",  # older ones are told
                "source": f"Rapport d'essai {year}",
            }
        ],
        "personnes": [{"nom": "Personne Essai", "fonction": "présidente", "date": str(year)}],
        "liens": [{"nature": "partenaire de", "catalyseur": make_slug(others[0])}],
        "sources": [
            {"titre": f"Rapport d'essai {year}", "date": f"{year}-06-15"},
            {
                "titre": f"Présentation de l'essai à {commune.name}",
                "date": f"{year}-09",
                "url": f"https://example.org/essais/{make_slug(name)}",
                "consulte_le": "2025-03-02",
            },
        ],
        "verifie_le": f"2025-{pick.random.randint(1, 12):02}-{pick.random.randint(1, 28):02}",
        "identifiant": f"E-{make_slug(name)}",
        "contact_cherche_le": "2024-11-30",
        "relecture_demandee_le": "2024-11-30",
        "mise_a_jour": f"2025-{pick.random.randint(1, 12):02}-{pick.random.randint(1, 28):02}",
        "brouillon": "non",
        "exemple": "non",
    }


_PLACES = (3, 6, 11)  # the blocks of a body that get sentences, in turn, until it has its size


def _write_body(pick: _Picker, others: list[str], size: int) -> str:
    """Return prose of about `size` bytes: every element that the site's texts use."""
    links = [f"[{name}](/catalyseurs/{make_slug(name)}/)" for name in others]
    first, second, third, fourth = pick.random.sample(WORDS["headings"], 4)
    blocks = [
        pick.draw_one(WORDS["openings"]) + " " + pick.draw_one(WORDS["sentences"]),
        f"## {first}",
        _write_list("-", pick.draw_some(WORDS["items"], 4)),
        f"{pick.draw_one(WORDS['sentences'])} Voir aussi {links[1]}.",
        f"## {second}",
        _write_table(pick),
        f"> {pick.draw_one(WORDS['quotes'])}",
        f"## {third}",
        f"### Avec {links[0]}",
        _write_list("1.", pick.draw_some(WORDS["items"], 3)),
        f"## {fourth}",
        f"Les comptes rendus sont sur [le site d'essai](https://example.org/), et chez {links[2]}.",
    ]
    for number, sentence in enumerate(pick.draw_some(WORDS["sentences"], len(WORDS["sentences"]))):
        if sum(len(block.encode()) + 2 for block in blocks) > size - len(sentence) // 2:
            break
        between = " " if number % 3 else "\n\n"  # three sentences make a paragraph
        blocks[_PLACES[number // 3 % 3]] += between + sentence
    return "\n\n".join(blocks) + "\n"


def _write_list(sign: str, items: list[str]) -> str:
    return "\n".join(f"{sign} {item}" for item in items)


def _write_table(pick: _Picker) -> str:
    rows = (f"| {row} |" for row in pick.draw_some(WORDS["steps"], 4))
    return "\n".join(("| Étape | Année | État |", "| --- | ---: | --- |", *rows))
