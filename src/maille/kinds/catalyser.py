"""A catalyser: a person, an organisation or a place that links the actors of a territory."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from maille.content.documents import Document, KeyPath
from maille.schema import ecosystem
from maille.schema.ecosystem import EcosystemPart
from maille.schema.examples import Draw
from maille.schema.facets import make_facet
from maille.schema.fields import (
    YES_PATTERN,
    AnyDate,
    Day,
    Email,
    Part,
    Phone,
    Reference,
    Sentences,
    Source,
    Territory,
    Text,
    WebAddress,
    YesNo,
)
from maille.schema.kind import Fault, Kind, list_named
from maille.schema.located import Located
from maille.text.dates import PartialDate


class Figure(Part):
    """A number from a source, with its date, since numbers age."""

    value: Text = Field(alias="valeur", title="Valeur")
    label: Text = Field(alias="libelle", title="Ce que le chiffre compte")
    date: AnyDate = Field(alias="date", title="Date du chiffre")
    source: Text = Field(alias="source", title="Document qui le donne")


class Role(Part):
    """A person's public role, as a source gave it on a date."""

    name: Text = Field(alias="nom", title="Nom")
    position: Text = Field(alias="fonction", title="Fonction publique")
    date: AnyDate = Field(alias="date", title="Date à laquelle la source le dit")


class Tie(Part):
    """A tie to another catalyser, such as « porté par » or « membre de »."""

    implied_keys: ClassVar[tuple[str, ...]] = ("nature", "catalyseur")

    nature: Text = Field(alias="nature", title="Nature du lien, du point de vue de cette fiche")
    catalyser: Annotated[Text, Reference("catalyser")] = Field(
        alias="catalyseur", title="L'autre fiche (nom de son fichier)"
    )


# Required keys that an example may leave out.
ONLY_REAL = ("relation", "sources")
_YES_NO: TypeAdapter[bool] = TypeAdapter(YesNo)


def _extend_schema(made: dict[str, Any]) -> None:
    """Make the keys of `ONLY_REAL` required in the JSON Schema `made`, except for examples."""
    made["required"] = [key for key in made["required"] if key not in ONLY_REAL]
    yes = {"type": "string", "pattern": YES_PATTERN}
    example = {"exemple": {"anyOf": [{"const": True}, yes]}}
    filled = {key: {"not": {"type": "null"}} for key in ONLY_REAL}
    made["if"] = {"properties": example, "required": ["exemple"]}
    made["else"] = {"properties": filled, "required": [*ONLY_REAL]}


class Catalyser(Located):
    """What is known about a catalyser, with its sources."""

    model_config = ConfigDict(json_schema_extra=_extend_schema)

    kind_name: ClassVar[str] = "catalyser"
    heading_field: ClassVar[str] = "name"

    name: Text = Field(alias="nom", title="Nom")
    other_names: tuple[Text, ...] = Field((), alias="autres_noms", title="Autres noms connus")
    identifier: Text | None = Field(
        None,
        alias="identifiant",
        title="Identifiant dans le tableau du réseau",
        description="Celui du tableau, s'il en donne un : un import y reconnaît la fiche. Il n'est "
        "pas publié.",
    )
    profile: Annotated[Text, Reference("vocabulaire:profils")] | None = Field(
        None,
        alias="profil",
        title="Profil",
        description="À laisser vide si aucune source ne le dit.",
    )
    practices: tuple[Annotated[Text, Reference("vocabulaire:pratiques")], ...] = Field(
        (), alias="pratiques", title="Pratiques"
    )
    activities: tuple[Annotated[Text, Reference("vocabulaire:pratiques", "activites")], ...] = (
        Field((), alias="activites", title="Activités, parmi celles des pratiques")
    )
    themes: tuple[Annotated[Text, Reference("vocabulaire:themes")], ...] = Field(
        (),
        alias="themes",
        title="Thèmes",
        description="À laisser vide si aucune source ne le dit.",
    )
    needs: tuple[Annotated[Text, Reference("vocabulaire:besoins")], ...] = Field(
        (), alias="besoins", title="Besoins des territoires"
    )
    relation: Annotated[Text, Reference("vocabulaire:relations")] | None = Field(
        alias="relation", title="Relation au réseau"
    )
    territories: tuple[Territory, ...] = Field(
        (),
        alias="territoires",
        title="Territoires d'action",
        description="Départements par code, régions par nom d'adresse, intercommunalités par "
        "SIREN, ou « national ».",
    )
    website: WebAddress | None = Field(None, alias="site", title="Site")
    email: Email | None = Field(None, alias="courriel", title="Courriel de la structure")
    phone: Phone | None = Field(None, alias="telephone", title="Téléphone de la structure")
    contact_sought_on: Day | None = Field(
        None,
        alias="contact_cherche_le",
        title="Contact cherché le",
        description="Le jour où un contact public a été cherché sans être trouvé : pour qui tient "
        "les fiches, jamais publié.",
    )
    summary: Sentences = Field(
        alias="resume", title="Résumé", description="Une phrase, pour les listes."
    )
    figures: tuple[Figure, ...] = Field((), alias="chiffres", title="Chiffres datés")
    people: tuple[Role, ...] = Field((), alias="personnes", title="Rôles publics")
    ties: tuple[Tie, ...] = Field((), alias="liens", title="Liens avec d'autres fiches")
    ecosystem: tuple[EcosystemPart, ...] = Field(
        (),
        alias="ecosysteme",
        title="Son écosystème",
        description="Les liens que sa page montre en liste, en dessin et sur une carte.",
    )
    sources: tuple[Source, ...] | None = Field(alias="sources", title="Sources", min_length=1)
    verified_on: Day | None = Field(
        None,
        alias="verifie_le",
        title="Vérifiée le",
        description="Seulement quand la structure ou un éditeur a confirmé la fiche.",
    )
    review_asked_on: Day | None = Field(
        None,
        alias="relecture_demandee_le",
        title="Relecture demandée le",
        description="Le jour où la structure a été priée de relire sa page, une fois par an au "
        "plus (verifier --rapport) ; jamais publié.",
    )
    example: YesNo = Field(
        default=False,
        alias="exemple",
        title="Fiche d'exemple",
        description="« oui » pour une fiche inventée : après les vraies, et comptée à part.",
    )

    @model_validator(mode="before")
    @classmethod
    def _fill_example(cls, keys: Any) -> Any:
        """Return the keys; for an example, the missing ones of `ONLY_REAL` become None.

        The keys of other records are unchanged.
        """
        with contextlib.suppress(ValidationError):  # neither yes nor no: take it for an example
            if not _YES_NO.validate_python(keys.get("exemple", False)):
                return keys
        return {**dict.fromkeys(ONLY_REAL), **keys}

    def check_keys(self) -> Iterator[Fault]:
        """Also yield the faults of the ecosystem."""
        yield from super().check_keys()
        yield from ecosystem.check_parts(self.ecosystem, self.document)

    def list_located_parts(self) -> Iterator[tuple[int, Located]]:
        """Yield (rank, partial entry) for each actor of the ecosystem that has no page."""
        yield from ecosystem.list_located_parts(self.ecosystem, self.document)

    def list_figures(self) -> Iterator[tuple[KeyPath, PartialDate]]:
        """Yield (key path, date) for each dated figure."""
        for number, figure in enumerate(self.figures or ()):
            yield ("chiffres", number, "date"), figure.date

    def list_organisations(self) -> Iterator[tuple[KeyPath, str]]:
        """Yield the names of the record, and of actors of the ecosystem, each with its key path.

        These actors have neither a page nor a commune. Nothing is yielded for an example.
        """
        if not self.example:
            yield ("nom",), self.name
            yield from list_named("autres_noms", self.other_names)
            for number, part in enumerate(self.ecosystem or ()):
                if part.name and not (part.commune or part.insee_code):
                    yield ("ecosysteme", number, "nom"), part.name

    def list_days_done(self) -> Iterator[tuple[str, datetime.date]]:
        """Also yield the days of verification, of the contact search and of the review request."""
        yield from super().list_days_done()
        if self.verified_on:
            yield "verifie_le", self.verified_on
        if self.contact_sought_on:
            yield "contact_cherche_le", self.contact_sought_on
        if self.review_asked_on:
            yield "relecture_demandee_le", self.review_asked_on

    def list_unknowns(self) -> Iterator[str]:
        """Yield, in French, the main facts that are missing; none for an example."""
        for value, words in (
            (self.profile, "le profil"),
            (self.practices, "les pratiques"),
            (self.commune or self.insee_code, "la commune"),
            (self.website or self.email or self.phone, "un moyen de contact"),
            (self.verified_on, "la vérification par la structure"),
        ):
            if not value and not self.example:
                yield words

    @property
    def is_example(self) -> bool:
        """Return whether the record is invented, to show what a full directory looks like."""
        return self.example


# The filters of the directory, in the order of its form and of its addresses. All code that uses
# facets reads this list. A site shows the facets of which a record has a term (`list_facets`).
FACETS = (
    make_facet(Catalyser, "pratique", "practices"),
    make_facet(Catalyser, "activite", "activities"),
    make_facet(Catalyser, "profil", "profile"),
    make_facet(Catalyser, "theme", "themes"),
    make_facet(Catalyser, "besoin", "needs"),
    # Its terms are the network's own words: nobody searches for them.
    make_facet(Catalyser, "relation", "relation", is_searched=False),
)


def make_example(draw: Draw, document: Document) -> Catalyser:
    """Return the example made from the draw; `document` is the document of the example."""
    practices = draw.choose_terms("pratiques")
    activities = (one.key for term in practices for one in draw.choose_sub_terms(term))
    chosen: dict[str, Any] = {
        "pratiques": tuple(term.key for term in practices),
        "activites": tuple(activities),
    }
    for facet in FACETS:
        if facet.alias not in {*ONLY_REAL, *chosen}:
            chosen[facet.alias] = draw.choose_facet(facet)
    does = " et ".join(term.name[:1].lower() + term.name[1:] for term in practices)
    keys = {
        **chosen,
        "nom": draw.name,
        "code_insee": draw.commune.code if draw.has_point else None,
        "departement": draw.department.code,
        "territoires": (draw.territory,),
        "resume": f"Exemple inventé{f' : {does}' if does else ''}, {draw.department.locative}.",
        "exemple": "oui",
    }
    return Catalyser.model_validate(keys, context={"document": document})


KIND = Kind(
    name="catalyser",
    model=Catalyser,
    folder="catalysers",
    singular="catalyseur",
    plural="catalyseurs",
    prefix="/catalyseurs/",
    index="",
    index_title="Annuaire",
    make_example=make_example,
)
