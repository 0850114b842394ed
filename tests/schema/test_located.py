"""The keys of a place: which of them go together."""

from __future__ import annotations

from typing import ClassVar

import pytest

from maille.schema.located import Located


class Marche(Located):
    """A kind that no network has."""

    kind_name: ClassVar[str] = "marche"


def read(text: str) -> Marche:
    pairs = (line.split(": ") for line in text.splitlines())
    return Marche.model_validate({key: value.strip("'") for key, value in pairs})


@pytest.mark.parametrize(
    ("text", "path", "words"),
    [
        ("latitude: 0", ("latitude",), "« latitude » est donnée sans « longitude »"),
        ("longitude: 3", ("longitude",), "« longitude » est donnée sans « latitude »"),
        ("code_insee: '80021'\ncommune: Amiens", ("code_insee",), "donnée deux fois"),
    ],
)
def test_a_place_given_by_half_or_twice(text: str, path: tuple[str], words: str) -> None:
    (fault,) = read(text).check_keys()
    assert fault.path == path
    assert words in fault.message
    assert fault.hint


@pytest.mark.parametrize(
    "text", ["", "latitude: 0\nlongitude: 3", "code_insee: '80021'", "commune: Amiens"]
)
def test_a_place_given_once_or_not_at_all(text: str) -> None:
    assert list(read(text).check_keys()) == []
