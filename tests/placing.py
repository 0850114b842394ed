"""What the tests of places share: the places of France, and the place of a record."""

from __future__ import annotations

from pathlib import Path

import maille
from maille.content.documents import SourceFile
from maille.content.markdown import Converter
from maille.content.parse import parse_one
from maille.gazetteer import Gazetteer
from maille.kinds.projet import Projet
from maille.outlines import OUTLINE_FILES
from maille.problems import Problem
from maille.site.place import Place
from maille.site.places import locate

DATA = Path(maille.__file__).parent / "data"


def read_places() -> Gazetteer:
    """Return the places of France."""
    names = ("communes.tsv.xz", "territoires.json", *OUTLINE_FILES)
    return Gazetteer.read(*((DATA / name).read_bytes() for name in names))


def place(gazetteer: Gazetteer, **keys: str) -> tuple[Place, tuple[Problem, ...]]:
    """Return the place of a project with these keys, and the problems."""
    lines = [f"{key}: {value}" for key, value in keys.items()]
    text = "\n".join(["---", "nom: X", "resume: r", "sources: [{titre: S}]", *lines, "---", ""])
    document, _ = parse_one(SourceFile("content/projets/x.md", text.encode()), Converter())
    assert document
    filled = {key: value for key, value in document.front_matter.items() if value}
    filled["sources"] = ({"titre": "S"},)
    return locate(Projet.model_validate(filled, context={"document": document}), gazetteer)
