"""What the linked site answers, by its named methods."""

from __future__ import annotations

import dataclasses

from maille.kinds.catalyser import Catalyser
from maille.kinds.projet import Projet
from maille.schema.kind import Entry, Located
from maille.site.model import NOWHERE, keep_examples, keep_real
from maille.site.place import Place, Precision
from tests.french import make_record, make_site

REAL = (make_record("a"), make_record("b"))
EXAMPLE = make_record("x", exemple="oui")
SITE = make_site(*REAL, EXAMPLE)


def test_entries_are_listed_by_class_in_the_order_of_lists() -> None:
    assert SITE.list_entries(Catalyser) == (*REAL, EXAMPLE)
    assert SITE.list_entries(Located) == (*REAL, EXAMPLE)
    assert {entry.kind_name for entry in SITE.list_entries(Entry)} == {"catalyser", "vocabulaire"}
    assert SITE.list_entries(Projet) == ()


def test_examples_are_listed_apart() -> None:
    assert SITE.list_real(Catalyser) == REAL == keep_real((EXAMPLE, *REAL))
    assert SITE.list_examples(Catalyser) == (EXAMPLE,) == keep_examples((EXAMPLE, *REAL))


def test_what_is_only_checked_comes_after_what_is_published() -> None:
    waiting = make_record("attente")
    site = dataclasses.replace(SITE, aside=(waiting,))
    assert site.list_examined() == (*SITE.list_entries(Entry), waiting)
    assert waiting not in site.list_entries(Entry)


def test_a_part_of_an_entry_has_a_place_by_its_rank_or_none() -> None:
    place = Place(Precision.DEPARTMENT, department="63")
    site = dataclasses.replace(SITE, named_places={(REAL[0].key, 1): place})
    assert site.find_part_place(REAL[0], 1) is place
    assert site.find_part_place(REAL[0], 0) is site.find_part_place(REAL[1], 1) is NOWHERE
