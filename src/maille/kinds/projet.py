"""A project that letters follow, or that a catalyser has supported."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import Field

from maille.content.documents import KeyPath
from maille.schema.areas import Areas
from maille.schema.audiences import Audiences
from maille.schema.facets import make_facet
from maille.schema.fields import (
    AnyDate,
    Part,
    Reference,
    Sentences,
    Source,
    Text,
    WebAddress,
    YesNo,
)
from maille.schema.kind import Fault, Kind, list_named
from maille.schema.letter import Topic
from maille.schema.located import Located


class FormerName(Part):
    """A former name of the project."""

    name: Text = Field(alias="nom", title="Ancien nom")
    until: AnyDate | None = Field(None, alias="jusqu_en", title="Porté jusqu'en")


class Announcement(Part):
    """Something announced about the project, and its outcome if known."""

    text: Sentences = Field(alias="texte", title="Ce qui a été annoncé")
    date: AnyDate | None = Field(None, alias="date", title="Pour quand")
    follow_up: Sentences | None = Field(
        None, alias="suite", title="Ce qui en est advenu, si on le sait"
    )


class Projet(Located, Topic):
    """What is known about a project; its updates are in the letters."""

    kind_name: ClassVar[str] = "projet"
    heading_field: ClassVar[str] = "name"

    name: Text = Field(alias="nom", title="Nom")
    placeholder_name: YesNo = Field(
        default=False,
        alias="nom_provisoire",
        title="Nom provisoire",
        description="« oui » quand le vrai nom n'est pas connu et que `nom` ne fait que décrire.",
    )
    former_names: tuple[FormerName, ...] = Field((), alias="anciens_noms", title="Anciens noms")
    summary: Sentences = Field(
        alias="resume", title="Résumé", description="Une phrase, pour les listes."
    )
    state: Annotated[Text, Reference("vocabulaire:etats")] | None = Field(
        None, alias="etat", title="Dernier état connu"
    )
    state_date: AnyDate | None = Field(
        None,
        alias="etat_le",
        title="Date de cet état",
        description="Celle de la source ou de la lettre qui le donne, si elle en a une.",
    )
    areas: Areas = ()
    holders: tuple[Text, ...] = Field((), alias="porteurs", title="Porté par")
    partners: tuple[Text, ...] = Field((), alias="partenaires", title="Partenaires cités")
    supported_by: tuple[Text, ...] = Field((), alias="accompagnement", title="Accompagné par")
    catalysers: tuple[Annotated[Text, Reference("catalyser")], ...] = Field(
        (), alias="catalyseurs", title="Catalyseurs que ce projet nomme (noms de leurs fichiers)"
    )
    cohort: Text | None = Field(None, alias="promotion", title="Promotion")
    website: WebAddress | None = Field(None, alias="site", title="Site")
    announcements: tuple[Announcement, ...] = Field((), alias="annonces", title="Annonces")
    audiences: Audiences = ()
    sources: tuple[Source, ...] = Field(alias="sources", title="Sources", min_length=1)

    def check_keys(self) -> Iterator[Fault]:
        """Also yield a fault if `etat_le` is given without `etat`."""
        yield from super().check_keys()
        if self.state_date and not self.document.find_value(("etat",)):
            yield Fault(
                ("etat_le",),
                "« etat_le » donne la date d'un état, et « etat » est vide",
                "ajoutez etat: … (content/vocabulaires/etats.yaml), ou effacez cette ligne",
            )

    def list_days_done(self) -> Iterator[tuple[Any, datetime.date]]:
        """Also yield the date of the state; for a month or a year, its first day."""
        yield from super().list_days_done()
        if self.state_date:
            yield "etat_le", self.state_date.first_day

    def list_unknowns(self) -> Iterator[str]:
        """Yield, in French, what is unknown: the real name, the outcomes of announcements."""
        if self.placeholder_name:
            yield "le vrai nom du projet"
        for announcement in self.announcements:
            if announcement.follow_up is None:
                yield f"la suite donnée à l'annonce « {announcement.text} »"

    def list_organisations(self) -> Iterator[tuple[KeyPath, str]]:
        """Yield the holders, partners and supporters of the project, each with its key path."""
        yield from list_named("porteurs", self.holders)
        yield from list_named("partenaires", self.partners)
        yield from list_named("accompagnement", self.supported_by)

    def list_names(self) -> Iterator[tuple[KeyPath, str]]:
        """Yield the present name and the former ones, each with its key path."""
        yield ("nom",), self.name
        for number, former in enumerate(self.former_names):
            yield ("anciens_noms", number, "nom"), former.name

    def list_audiences(self) -> tuple[str, ...]:
        """Return the audiences of the project, which are also those of its updates."""
        return self.audiences


KIND = Kind(
    name="projet",
    model=Projet,
    folder="content/projets",
    singular="projet",
    plural="projets",
    prefix="/projets/",
    index="projets.html",
    facets=(make_facet(Projet, "etat", "state"),),
)
