"""The base class of the kinds whose entries may have a place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from pydantic import Field

from maille.schema.fields import Latitude, Longitude, Postcode, Text
from maille.schema.kind import Entry, Fault, refuse_two_communes


class Located(Entry):
    """An entry that may have a place."""

    depends_on: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "commune": ("departement",),
        "latitude": ("longitude", "departement", "commune", "code_insee"),
        "longitude": ("latitude", "departement", "commune", "code_insee"),
    }

    commune: Text | None = Field(
        None,
        alias="commune",
        title="Commune",
        description="Son nom officiel ; elle suffit à placer la fiche sur la carte.",
    )
    department: Text | None = Field(
        None,
        alias="departement",
        title="Département",
        description="Son code : « 63 », « 2A », « 974 », ou celui d'une collectivité d'outre-mer : "
        "« 988 ».",
    )
    insee_code: Text | None = Field(
        None,
        alias="code_insee",
        title="Code INSEE de la commune",
        description="À la place de la commune et du département, si vous le connaissez.",
    )
    address: Text | None = Field(None, alias="adresse", title="Adresse (numéro et voie)")
    postcode: Postcode | None = Field(None, alias="code_postal", title="Code postal")
    latitude: Latitude | None = Field(
        None,
        alias="latitude",
        title="Latitude du point exact",
        description="Facultative, avec la longitude ; le point doit être dans le département.",
    )
    longitude: Longitude | None = Field(None, alias="longitude", title="Longitude du point exact")

    def check_keys(self) -> Iterator[Fault]:
        """Yield a fault for a latitude or a longitude alone, and for a commune given twice.

        It is given twice if both its INSEE code and its name are typed.
        """
        if (self.latitude is None) != (self.longitude is None):
            given = "latitude" if self.longitude is None else "longitude"
            missing = "longitude" if self.longitude is None else "latitude"
            yield Fault(
                (given,),
                f"« {given} » est donnée sans « {missing} »",
                f"ajoutez {missing}: …, ou effacez {given} : la commune suffit",
            )
        if self.insee_code and self.commune:
            yield refuse_two_communes()

    def list_located_parts(self) -> Iterator[tuple[int, Located]]:
        """Yield (rank, partial entry) for each actor without a page that the entry names."""
        yield from ()
