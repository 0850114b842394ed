"""The audiences that an entry is for: the key that editors type, and who is concerned."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from maille.schema.audiences import VOCABULARY, Audiences, is_for
from maille.schema.fields import Part, Reference
from maille.schema.kind import list_references


class Announcement(Part):
    """Anything that may be for some audiences only."""

    audiences: Audiences = ()


def test_who_names_no_audience_is_for_everybody() -> None:
    assert is_for((), "entreprises")
    assert is_for(("elus", "entreprises"), "entreprises")
    assert not is_for(("elus", "entreprises"), "associations")


def test_each_audience_is_a_term_of_the_vocabulary() -> None:
    found = Announcement.model_validate({"publics": ("elus", "entreprises")})
    term = Reference(f"vocabulaire:{VOCABULARY}")
    assert list(list_references(found)) == [
        (("publics", 0), term, "elus"),
        (("publics", 1), term, "entreprises"),
    ]


def test_audiences_may_be_left_out_but_not_blank() -> None:
    assert Announcement.model_validate({}).audiences == ()
    with pytest.raises(ValidationError) as refused:
        Announcement.model_validate({"publics": ("elus", "")})
    assert [one["loc"] for one in refused.value.errors()] == [("publics", 1)]
