"""What a page is rendered with, whether it was slow to compute or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maille.views.plans import PagePlan


def test_a_slow_context_is_computed_at_rendering_alone() -> None:
    calls = []

    def compute() -> Mapping[str, Any]:
        calls.append(1)
        return {"count": 3}

    page = PagePlan("/x/", "page.html", "X", context=compute)
    assert not calls
    assert page.make_context() == {"count": 3}
    assert calls == [1]


def test_a_ready_context_is_given_as_it_is() -> None:
    assert PagePlan("/x/", "page.html", "X", context={"count": 3}).make_context() == {"count": 3}
    assert PagePlan("/x/", "page.html", "X").make_context() == {}
