"""The territories of what happens: a list of codes under one key, for each kind that has it."""

from __future__ import annotations

import pytest
from pydantic import Field, ValidationError

from maille.schema.areas import Areas
from maille.schema.fields import Part


class Happening(Part):
    """What has territories."""

    areas: Areas = ()
    name: str = Field("", alias="nom")


def test_codes_stand_under_the_french_key() -> None:
    made = Happening.model_validate({"territoires": ("80", "hauts-de-france")})
    assert made.areas == ("80", "hauts-de-france")
    assert Happening.model_validate({}).areas == ()


@pytest.mark.parametrize("key", ["areas", "territoire"])
def test_another_key_is_refused(key: str) -> None:
    with pytest.raises(ValidationError):
        Happening.model_validate({key: ("80",)})
