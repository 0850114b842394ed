"""A document, a video or a tool that readers can use: a kit, a guide, a report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from maille.schema.areas import Areas
from maille.schema.facets import make_facet
from maille.schema.fields import AnyDate, Download, Reference, Sentences, Source, Text, WebAddress
from maille.schema.kind import Fault, Kind, Titled
from maille.text.dates import PartialDate


class Ressource(Titled):
    """One resource. Those that have neither an address (`url`) nor a document share a page."""

    kind_name: ClassVar[str] = "ressource"

    type: Annotated[Text, Reference("vocabulaire:types-de-ressources")] = Field(
        alias="type", title="Type"
    )
    authors: tuple[Text, ...] = Field((), alias="auteurs", title="Auteurs")
    date: AnyDate | None = Field(None, alias="date", title="Date de parution")
    url: WebAddress | None = Field(
        None,
        alias="url",
        title="Adresse",
        description="Celle de la page ou du fichier, chez qui le publie.",
    )
    file: Download | None = Field(
        None,
        alias="document",
        title="Document",
        description="Ce site le publie, à la place d'une adresse.",
    )
    extent: Text | None = Field(
        None, alias="etendue", title="Étendue", description="« 32 pages », « 4 min »."
    )
    licence: Text | None = Field(None, alias="licence", title="Licence")
    credits: Sentences | None = Field(
        None, alias="credits", title="Crédits", description="Des images, des vidéos, des textes."
    )
    practices: tuple[Annotated[Text, Reference("vocabulaire:pratiques")], ...] = Field(
        (), alias="pratiques", title="Pratiques"
    )
    areas: Areas = ()
    webinars: tuple[Annotated[Text, Reference("webinaire")], ...] = Field(
        (), alias="webinaires", title="Webinaires dont elle vient"
    )
    events: tuple[Annotated[Text, Reference("evenement")], ...] = Field(
        (), alias="evenements", title="Événements dont elle vient"
    )
    projects: tuple[Annotated[Text, Reference("projet")], ...] = Field(
        (), alias="projets", title="Projets dont elle parle"
    )
    catalysers: tuple[Annotated[Text, Reference("catalyser")], ...] = Field(
        (), alias="catalyseurs", title="Catalyseurs dont elle parle"
    )
    sources: tuple[Source, ...] = Field(alias="sources", title="Sources", min_length=1)

    @property
    def own_date(self) -> PartialDate | None:
        """Return the date of publication, or None if it is not known."""
        return self.date

    @property
    def shared_page(self) -> str:
        """Return the name of the shared page, or "" if the resource has an address or document."""
        return "" if self.url or self.file else "adresse-non-retrouvee"

    def check_keys(self) -> Iterator[Fault]:
        """Yield a fault if both `url` and `document` are filled in, even if one is invalid."""
        if all(self.document.find_value((key,)) for key in ("url", "document")):
            yield Fault(
                ("document",),
                "cette ressource est donnée deux fois, par « url » et par « document »",
                "effacez l'une des deux lignes",
            )

    def list_unknowns(self) -> Iterator[str]:
        """Yield, in French, what is unknown: the address, else the licence.

        A resource with a document needs no address.
        """
        if self.shared_page:
            yield "l'adresse de cette ressource (url)"
        elif not self.licence:
            yield "la licence de cette ressource"


KIND = Kind(
    name="ressource",
    model=Ressource,
    folder="content/ressources",
    singular="ressource",
    plural="ressources",
    prefix="/ressources/",
    index="ressources.html",
    feminine=True,
    facets=(make_facet(Ressource, "type", "type"), make_facet(Ressource, "pratique", "practices")),
    shared=(("adresse-non-retrouvee", "Documents cités, adresse non retrouvée"),),
)
