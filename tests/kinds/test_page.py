from __future__ import annotations

from maille.content.documents import Body, Document, Positions
from maille.kinds.page import KIND, Page
from maille.schema.kind import list_references


def page(**keys: str) -> Page:
    document = Document("content/pages/le-reseau.md", {}, Positions(), Positions(), Body("", ""))
    header = {"titre": "Le réseau", "resume": "r", **keys}
    return Page.model_validate(header, context={"document": document})


def test_what_a_page_says() -> None:
    assert (page().heading, page().abstract) == ("Le réseau", "r")
    assert KIND.make_address(page().slug) == "/le-reseau/"


def test_a_page_may_show_a_vocabulary() -> None:
    ((path, role, value),) = list_references(page(affiche="pratiques"))
    assert (path, getattr(role, "target", ""), value) == (("affiche",), "vocabulaire", "pratiques")
    assert list(list_references(page())) == []
