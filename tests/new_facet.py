"""A facet that no network has, as a developer adds it to a copy of this repository."""

from __future__ import annotations

from pathlib import Path

from tests.repository import insert

SLUG = "cocolavande"  # a record of the miniature

VOCABULARY = """\
nom: Saisons
termes:
  - {cle: ete, nom: L'été surtout}
  - {cle: hiver, nom: L'hiver surtout}
  - {cle: toute-l-annee, nom: Toute l'année}
"""
FIELD = """\
    season: Annotated[Text, Reference("vocabulaire:saisons")] | None = Field(
        None, alias="saison", title="Saison"
    )
"""
FACET = """\
    make_facet(Catalyser, "saison", "season"),
"""
TEST = """\
from maille.kinds.catalyser import FACETS
from tests.kinds.test_catalyser import catalyser


def test_a_record_has_a_season() -> None:
    (facet,) = (one for one in FACETS if one.key == "saison")
    assert facet.list_keys(catalyser(saison="hiver")) == ("hiver",)
"""
BY_HAND = {
    "content/vocabulaires/saisons.yaml",
    "src/maille/kinds/catalyser.py",
    f"catalysers/{SLUG}.md",
    "tests/kinds/test_season.py",
}
BY_THE_TOOL = {
    "catalysers/_modele.md",
    "docs/guide-redaction.md",
    "schemas/catalyser.schema.json",
}


def add_facet(folder: Path) -> None:
    """Do by hand what a new facet asks of a developer."""
    kind = folder / "src/maille/kinds/catalyser.py"
    (folder / "content/vocabulaires/saisons.yaml").write_text(VOCABULARY, encoding="utf-8")
    insert(kind, FIELD, "    relation: Annotated")
    insert(kind, FACET, "    # Its terms are the network's own words")
    insert(folder / f"catalysers/{SLUG}.md", "saison: hiver\n", "relation:")
    (folder / "tests/kinds/test_season.py").write_text(TEST, encoding="utf-8")
