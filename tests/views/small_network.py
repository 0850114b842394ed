"""A small invented site for the tests of views: squares for departments, records by hand."""

from __future__ import annotations

import datetime
from typing import Any

from maille.config import Config, MapView, Tiles
from maille.geo import Communes, Gazetteer, Ring
from maille.kinds import catalyser, vocabulaire
from maille.kinds.catalyser import Catalyser
from maille.kinds.vocabulaire import Vocabulaire
from maille.model import Body, Document, Place, Precision
from maille.site import Site


def square(west: float, south: float, side: float) -> Ring:
    """A ring that turns as outlines do (RFC 7946)."""
    east, north = west + side, south + side
    return ((west, south), (east, south), (east, north), (west, north), (west, south))


OUTLINES = {
    "63": (square(2, 45, 2),),
    # With a hole, as in Drôme, and an islet.
    "26": (square(4, 44, 1), square(4.4, 44.4, 0.2)[::-1], square(6, 44, 0.02)),
    "974": (square(55, -21.5, 0.5),),
}
VIEWS = (
    MapView(titre="Métropole", departements=()),
    MapView(titre="La Réunion", departements=("974",)),
)
TERMS = [
    {"cle": "accompagnements", "nom": "Accompagnements", "repere": "triangle"},
    {"cle": "lieu", "nom": "Gestion d'un lieu", "repere": "losange"},
    {"cle": "autre", "nom": "Autre"},
]
TILES = Tiles(
    nom="IGN", hote="https://tuiles.example", modele="https://tuiles.example/{z}", credit="IGN"
)
ADDRESS = Place(Precision.ADDRESS, "Aydat", "63", "Puy-de-Dôme", latitude=45.66, longitude=2.97)
REUNION = Place(
    Precision.COMMUNE, "Saint-Denis", "974", "La Réunion", latitude=-21.2, longitude=55.3
)


def document(path: str) -> Document:
    return Document(path, {}, {}, {}, Body("", ""))


def record(slug: str, name: str = "CoCoShaker", **keys: Any) -> Catalyser:
    known = {"nom": name, "relation": "cite", "resume": "Un essai."}
    sources = ({"titre": "Un essai", "date": "2023-04-13"},)
    return Catalyser.model_validate(
        {**known, "sources": sources, **keys},
        context={"document": document(f"catalysers/{slug}.md")},
    )


def network(
    *placed: tuple[Catalyser, Place],
    views: tuple[MapView, ...] = VIEWS,
    tiles: Tiles | None = None,
    files: dict[str, bytes] | None = None,
) -> Site:
    """A site with these records, each at its place."""
    practices = Vocabulaire.model_validate(
        {"nom": "Pratiques", "termes": tuple(TERMS)},
        context={"document": document("content/vocabulaires/pratiques.yaml")},
    )
    config = Config.model_validate(
        {
            "nom": "Essai",
            "nom_court": "Essai",
            "accroche": "Essai",
            "description": "Essai",
            "adresse": "https://essai.example/",
            "fuseau": "Europe/Paris",
            "etat": "demonstration",
        }
    ).model_copy(update={"map_views": views, "tiles": tiles})
    return Site(
        config=config,
        today=datetime.date(2026, 11, 21),
        kinds=(vocabulaire.KIND, catalyser.KIND),
        entries={"vocabulaire": (practices,), "catalyser": tuple(entry for entry, _ in placed)},
        gazetteer=Gazetteer({}, {}, {}, Communes(()), OUTLINES),
        places={entry.key: place for entry, place in placed},
        files=files or {},
    )
