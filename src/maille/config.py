"""`site.toml`: what is said once of the whole site, checked like the rest of the content."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationError

from maille.fields import Email, Part, Text, TimeZone, WebAddress, wrong
from maille.messages import problem_of
from maille.model import Mark, SourceFile
from maille.problems import Problem


def _site_address(value: str) -> str:
    if not re.fullmatch(r"/([A-Za-z0-9._~-]+/)*(#[a-z0-9-]+)?|/[A-Za-z0-9._~-]+\.[a-z]+", value):
        raise wrong(
            f"« {value} » n'est pas une adresse de ce site",
            "commencez et finissez par une barre, par exemple /catalyseurs/",
        )
    return value


SiteAddress = Annotated[Text, AfterValidator(_site_address)]


class MenuItem(Part):
    """A link of the menu or of the foot of the page."""

    title: Text = Field(alias="titre")
    address: SiteAddress = Field(alias="adresse")


class Tiles(Part):
    """A detailed background, fetched from somebody else only after a click."""

    name: Text = Field(alias="nom")
    host: WebAddress = Field(alias="hote")
    # A template with {z}, {x} and {y}, as Leaflet takes it.
    url: Annotated[Text, Field(pattern=r"^https://[^\s\"<>]+$")] = Field(alias="modele")
    credit: Text = Field(alias="credit")
    max_zoom: int = Field(18, alias="zoom_max", ge=1, le=22)


class MapView(Part):
    """A part of the map that is one action away."""

    title: Text = Field(alias="titre")
    departments: tuple[Text, ...] = Field(alias="departements")


class Config(Part):
    """The whole of `site.toml`."""

    name: Text = Field(alias="nom")
    short_name: Text = Field(alias="nom_court")
    tagline: Text = Field(alias="accroche")
    description: Text = Field(alias="description")
    address: WebAddress = Field(alias="adresse")
    language: Text = Field("fr", alias="langue")
    time_zone: TimeZone = Field(alias="fuseau")
    state: Literal["demonstration", "public"] = Field(alias="etat")
    contact: Email | None = Field(None, alias="contact")
    repository: WebAddress | None = Field(None, alias="depot")
    usual_headings: tuple[Text, ...] = Field((), alias="rubriques_des_lettres")
    menu: tuple[MenuItem, ...] = Field((), alias="menu")
    foot: tuple[MenuItem, ...] = Field((), alias="pied")
    tiles: Tiles | None = Field(None, alias="fond_detaille")
    map_views: tuple[MapView, ...] = Field((), alias="vues_de_la_carte")

    def unknowns(self) -> Iterator[str]:
        """Yield what the owner of the site has still to decide."""
        if self.contact is None:
            yield "l'adresse électronique du réseau (contact)"
        if self.repository is None:
            yield "l'adresse où les fichiers sont publiés (depot)"
        if (urlsplit(self.address).hostname or "").endswith(".example"):
            yield "l'adresse définitive du site (adresse)"

    @property
    def is_demonstration(self) -> bool:
        """Return whether the site must say that it is not official, and stay unindexed."""
        return self.state == "demonstration"


def read_config(source: SourceFile) -> tuple[Config | None, tuple[Problem, ...]]:
    """Return the configuration that `site.toml` holds, or the problems that it has."""
    try:
        text = source.data.decode("utf-8-sig")
        data = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(n) for n in found.groups()) if found else (1, 1)
        message = "ce fichier n'est pas du TOML lisible"
        hint = "vérifiez les guillemets, les crochets et les signes = de cette ligne"
        return None, (Problem(source.path, line, column, "", message, hint),)
    # TOML types its values; the fields of content read text only where text is meant.
    try:
        return Config.model_validate(_tuples(data)), ()
    except ValidationError as error:
        marks = {key: _line_of(key, text) for key in data}
        return None, tuple(
            problem_of(details, Config, source.path, marks.get(str(details["loc"][0]), Mark(1, 1)))
            for details in error.errors()
        )


def _tuples(value: object) -> object:
    """Return TOML's arrays as tuples, which is what frozen fields hold."""
    if isinstance(value, list):
        return tuple(_tuples(item) for item in value)
    if isinstance(value, dict):
        return {key: _tuples(item) for key, item in value.items()}
    return value


def _line_of(key: str, text: str) -> Mark:
    """Return the line that sets `key` (tomllib keeps no positions)."""
    found = re.search(rf"^\s*(?:\[+\s*)?{re.escape(key)}\b", text, re.MULTILINE)
    return Mark(text.count("\n", 0, found.start()) + 1, 1) if found else Mark(1, 1)
