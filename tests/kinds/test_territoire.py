from __future__ import annotations

from maille.content.documents import Body, Document, Positions
from maille.kinds.territoire import Territoire


def note(code: str) -> Territoire:
    document = Document(
        f"content/territoires/{code}.md", {}, Positions(), Positions(), Body("", "")
    )
    header = {"titre": "T", "territoire": code, "sources": ({"titre": "S"},)}
    return Territoire.model_validate(header, context={"document": document})


def test_it_is_called_by_its_title() -> None:
    assert note("63").heading == "T"
    assert list(note("63").check_keys()) == []


def test_the_whole_country_has_no_page_for_it() -> None:
    [fault] = note("national").check_keys()
    assert fault.path == ("territoire",)
    assert "département" in fault.hint
