"""A mistyped web address is told with the one of the site that it means."""

from __future__ import annotations

import pytest

from maille import kinds
from maille.content.documents import SourceFile
from maille.content.parse import parse
from maille.schema.known_addresses import KnownAddresses
from maille.schema.validate import validate

KNOWN = ["https://www.exemple.fr/rapport/2024", "https://a.fr/", "https://reseau.example/x-y"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("https://reseauexample/x-y", "https://reseau.example/x-y"),
        ("https://reseau.examplex/-y", "https://reseau.example/x-y"),
        ("https://www.exemplefr/rapport/2024", "https://www.exemple.fr/rapport/2024"),
        ("https://www,exemple,fr/rapport/2024", "https://www.exemple.fr/rapport/2024"),
        ("https://reseauexample/z?a=b", "https://reseau.example/z?a=b"),
        ("https://reseau.example12", "https://reseau.example/12"),
        ("https://afr/b", ""),  # too short to be sure
        ("https://autreexample/x", ""),
        ("reseauexample", ""),
    ],
)
def test_an_address_with_the_same_letters_is_meant(typed: str, meant: str) -> None:
    assert KnownAddresses(KNOWN).find_meant(typed) == meant


def test_the_right_address_of_another_file_is_the_one_to_type() -> None:
    texts = {
        name: f"---\nnom: {name}\nresume: R.\nsources: [{{titre: S, url: '{url}'}}]\n---\n"
        for name, url in {
            "un": "https://essai.example/24",
            "deux": "https://essaiexample/24",
        }.items()
    }
    sources = [SourceFile(f"content/projets/{name}.md", t.encode()) for name, t in texts.items()]
    documents, _ = parse(sources)
    [problem] = validate(documents, kinds.load(("projet",))).problems
    assert (problem.path, problem.hint) == (
        "content/projets/deux.md",
        "écrivez https://essai.example/24",
    )
    [alone] = validate(documents[1:], kinds.load(("projet",))).problems
    assert "adresse entière" in alone.hint
