"""The place of an entry, and how precisely it is known."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from maille.text.time_zones import find_time_zone


class Precision(enum.StrEnum):
    """How precisely the place of an entry is known."""

    ADDRESS = "adresse"
    COMMUNE = "commune"
    DEPARTMENT = "departement"
    NATIONAL = "national"
    UNKNOWN = "inconnue"


@dataclass(frozen=True, slots=True)
class Place:
    """The place of an entry: names for people, degrees (WGS 84) for maps.

    With neither a commune nor a point, there are no coordinates: the map does not show the entry.
    """

    precision: Precision
    commune: str = ""
    department: str = ""
    department_name: str = ""
    region: str = ""
    region_name: str = ""
    latitude: float | None = None
    longitude: float | None = None
    insee_code: str = ""  # of the commune
    has_homonym: bool = False  # whether another commune has the same name

    @property
    def time_zone(self) -> str:
        """Return the IANA name of the time zone of the place, or "" if no département is known."""
        return find_time_zone(self.department, self.insee_code) if self.department else ""

    @property
    def is_placed(self) -> bool:
        """Return whether the place has coordinates."""
        return self.latitude is not None and self.longitude is not None

    @property
    def label(self) -> str:
        """Return the commune and the département, if known: « Clermont-Ferrand, Puy-de-Dôme ».

        A name that the commune shares with its département, such as « Paris », is given once.
        """
        return ", ".join(filter(None, dict.fromkeys((self.commune, self.department_name))))

    @property
    def short_label(self) -> str:
        """Return the commune, with its département if another commune has the same name.

        If the commune is not known, return the département, or "".
        """
        return self.label if self.has_homonym else self.commune or self.department_name
