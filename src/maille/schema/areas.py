"""The key `territoires`, for the kinds whose entries take place in or concern territories."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from maille.schema.fields import Territory

Areas = Annotated[
    tuple[Territory, ...],
    Field(
        alias="territoires",
        title="Territoires concernés",
        description="Ceux que la source nomme : départements par code, régions par nom d'adresse, "
        "intercommunalités par SIREN. Leurs pages le montrent.",
    ),
]
