"""Find the doubts that a text admits, so that editors may settle them."""

from __future__ import annotations

from collections.abc import Iterator

from maille.text.patterns import compile_late

_ATTRIBUTION = compile_late(
    r"\b[Aa]ttribution (?:[àa] v[ée]rifier|incertaine|douteuse|non v[ée]rifi[ée]e)\b"
)


def find_doubted_attributions(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield offset, cause and remedy for each « attribution à vérifier » of a text."""
    for found in _ATTRIBUTION.finditer(text) if "ttribution" in text else ():
        hint = "cherchez de qui elle est, puis corrigez le nom et effacez ces mots"
        yield found.start(), f"« {found[0]} » : une citation attend son auteur", hint
