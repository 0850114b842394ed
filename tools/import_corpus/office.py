"""The 350 rows before anything is wrong with them: invented organisations in real communes."""

from __future__ import annotations

import csv
import datetime
import functools
import itertools
import random
import tomllib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tools.import_corpus.model import Cell, Place, Row

HERE = Path(__file__).parent
WORDS: Mapping[str, list[str]] = tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))
# The numbers that the French regulator keeps for films and books.
FICTIONAL_PHONES = ("01 99 00", "02 61 91", "03 53 01", "04 65 71", "05 36 49")

# The labels of the vocabularies of tests/sites/essai, as the office would type them.
PROFILES = {
    "collectivite": "Collectivité territoriale",
    "association": "Association",
    "entreprise": "Entreprise",
    "accompagnateur": "Accompagnateur",
    "institution": "Institution",
    "acteur-academique": "Acteur académique",
}
PRACTICES = {
    "dialogue-territorial": "Dialogue territorial",
    "experimentations-collectives": "Expérimentations collectives",
    "accompagnements": "Accompagnements",
    "gestion-d-un-lieu": "Gestion d'un lieu",
}
ACTIVITIES = {
    "dialogue-territorial": ("mise-en-relations", "Mise en relations"),
    "experimentations-collectives": ("co-pilotage", "Co-pilotage des expérimentations"),
    "accompagnements": ("incubation", "Incubation de projets"),
    "gestion-d-un-lieu": ("fab-lab", "Fab lab"),
}
THEMES = {
    "education": "Éducation",
    "rehabilitation": "Réhabilitation",
    "numerique": "Numérique",
    "emplois": "Emplois",
    "recherche": "Recherche",
}

PREDICATES: Mapping[str, Callable[[Place], bool]] = {
    "any": lambda place: place.homonyms == 1,
    "zero": lambda place: place.homonyms == 1 and place.department.startswith("0"),
    "saint": lambda place: place.name.startswith(("Saint-", "Sainte-")) and place.homonyms == 1,
    "apostrophe": lambda place: "'" in place.name and place.homonyms == 1,
    "west": lambda place: -10 < place.longitude < -1 and place.homonyms == 1,
    "former": lambda place: bool(place.former),
    "corsica": lambda place: place.department in {"2A", "2B"},
    "city": lambda place: place.name in {"Paris", "Lyon", "Marseille"},
    "homonym": lambda place: place.homonyms > 1,
    "accent": lambda place: strip_accents(place.name) != place.name and place.homonyms == 1,
    "long": lambda place: len(place.name) > 8 and place.homonyms == 1,
}


def strip_accents(text: str) -> str:
    """Return `text` without its accents."""
    parts = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def read_places() -> list[Place]:
    """Return the communes of `communes.tsv`, in the order of their INSEE codes."""
    with (HERE / "communes.tsv").open(encoding="utf-8", newline="") as lines:
        return [
            Place(
                insee=line["insee"],
                name=line["name"],
                department=line["department"],
                department_name=line["department_name"],
                region=line["region"],
                region_slug=line["region_slug"],
                latitude=float(line["latitude"]),
                longitude=float(line["longitude"]),
                siren=line["siren"],
                postcodes=tuple(line["postcodes"].split()),
                former=line["former"],
                homonyms=int(line["homonyms"]),
            )
            for line in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def list_stems() -> list[str]:
    """Return the invented words of names, each once, in an order that looks like chance."""
    pairs = itertools.product(WORDS["first_syllables"], WORDS["last_syllables"])
    stems = [first + last for first, last in pairs]
    random.Random("stems").shuffle(stems)
    return stems


@functools.cache
def choose_places(wishes: Sequence[str]) -> tuple[Place, ...]:
    """Return a commune for each wish, a key of `PREDICATES`.

    A commune serves twice only when all that fit have served.
    """
    everywhere = read_places()
    random.Random("places").shuffle(everywhere)
    # Rare wishes are served first, so that ordinary rows do not take the only commune that fits.
    fitting = {
        wish: [place for place in everywhere if fits(place)] for wish, fits in PREDICATES.items()
    }
    order = sorted(range(len(wishes)), key=lambda index: (len(fitting[wishes[index]]), index))
    taken: dict[str, int] = {}
    chosen: dict[int, Place] = {}
    for index in order:
        candidates = fitting[wishes[index]]
        chosen[index] = min(candidates, key=lambda place: taken.get(place.insee, 0))
        taken[chosen[index].insee] = taken.get(chosen[index].insee, 0) + 1
    return tuple(chosen[index] for index in range(len(wishes)))


def make_rows(wishes: Sequence[str]) -> list[Row]:
    """Return one good row for each wish, which says what its commune must be."""
    stems = list_stems()
    return [
        make_row(index + 1, stems[index], place)
        for index, place in enumerate(choose_places(wishes))
    ]


def make_row(key: int, stem: str, place: Place) -> Row:
    """Return the good row number `key`: its cells as an office types them, and its facts."""
    name = f"{WORDS['prefixes'][key % len(WORDS['prefixes'])]} {stem}"
    host = f"{strip_accents(stem).lower()}.example"
    profile = list(PROFILES)[key % len(PROFILES)]
    practice = list(PRACTICES)[key % len(PRACTICES)]
    theme = list(THEMES)[key % len(THEMES)]
    activity, activity_label = ACTIVITIES[practice]
    postcode = place.postcodes[key % len(place.postcodes)]
    day = datetime.date(2025, 1 + key % 12, 13 + key % 15)
    street = f"{1 + key % 90} {WORDS['streets'][key % len(WORDS['streets'])]} {stem}"
    phone = f"{FICTIONAL_PHONES[key % 5]} {key // 100:02d} {key % 100:02d}"
    summary = WORDS["summaries"][key % len(WORDS["summaries"])].format(commune=place.name)
    facts = {
        "nom": name,
        "autres_noms": make_acronym(stem) if key % 4 == 0 else "",
        "profil": profile,
        "adresse": street,
        "code_postal": postcode,
        "commune": place.name,
        "departement": place.department,
        "code_insee": "",
        "latitude": "",
        "longitude": "",
        "telephone": phone,
        "courriel": f"contact@{host}",
        "site": f"https://{host}/",
        "resume": summary,
        "description": WORDS["descriptions"][key % len(WORDS["descriptions"])],
        "pratiques": practice,
        "activites": activity,
        "themes": theme,
        "territoires": place.department,
        "mise_a_jour": day.isoformat(),
    }
    cells = {name_of_field: Cell(value) for name_of_field, value in facts.items()}
    cells |= {
        "profil": Cell(PROFILES[profile]),
        "pratiques": Cell(PRACTICES[practice]),
        "activites": Cell(activity_label),
        "themes": Cell(THEMES[theme]),
        "mise_a_jour": Cell(f"{day:%d/%m/%Y}", day=day),
        "code_postal": type_code(postcode, is_number=key % 2 == 0),
        "departement": type_code(place.department, is_number=key % 2 == 0),
        "numero": Cell(f"ADH-ZQ{key:04d}"),
        "cotisation": Cell(f"{50 + key % 7 * 5}", number=50 + key % 7 * 5),
    }
    row = Row(key, place, stem, cells, facts)
    if key % 3:
        add_point(row)
    return row


def make_acronym(stem: str) -> str:
    """Return letters that no organisation goes by, made of `stem`."""
    letters = strip_accents(stem).upper()
    return f"{letters[:2]}{letters[-3:]}ZQ"


def type_code(code: str, *, is_number: bool) -> Cell:
    """Return `code` as half of the offices type it: a number, where no zero is lost by it."""
    number = int(code) if is_number and code.isdigit() and code[0] != "0" else None
    return Cell(code, number=number)


def type_fact(name: str, value: str) -> Cell:
    """Return what an office types in the cell `name` to say `value`, once it has been told how."""
    labels = PROFILES | PRACTICES | dict(ACTIVITIES.values()) | THEMES
    if name in {"profil", "pratiques", "activites", "themes"}:
        return Cell(labels.get(value, value))
    if name in {"latitude", "longitude"} and value:
        return Cell(value, number=float(value))
    if name == "mise_a_jour":
        day = datetime.date.fromisoformat(value)
        return Cell(f"{day:%d/%m/%Y}", day=day)
    return Cell(value)


def add_point(row: Row) -> None:
    """Give `row` the point of its commune."""
    for name, value in (("latitude", row.place.latitude), ("longitude", row.place.longitude)):
        row.facts[name] = f"{value:.4f}"
        row.cells[name] = Cell(f"{value:.4f}", number=value)
