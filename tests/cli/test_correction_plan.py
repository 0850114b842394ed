"""What a proposal changes in its file, and what stands in the way, all at once."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import pytest

from maille.cli.correction_plan import (
    add_verification,
    find_kind,
    locate_file,
    plan_correction,
)
from maille.cli.correction_text import Proposal, read_proposal
from maille.kinds.catalyser import KIND
from maille.problems import ContentError

TODAY = datetime.date(2026, 11, 21)
PATH = "catalysers/premier.md"
VALUES: Mapping[str, Any] = {
    "nom": "Premier",
    "pratiques": ["accompagnements", "recherche"],
    "resume": "Un  lieu\u00a0: inventé.",
    "sources": [{"titre": "Un document", "url": "https://a.example/"}],
}
DATA = """---
nom: Premier
pratiques: [accompagnements, recherche]  # deux
resume: "Un  lieu\u00a0: inventé."
sources:
  - {titre: Un document, url: "https://a.example/"}
---
Un texte.
""".encode()


def propose(
    changes: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]], source: str = ""
) -> tuple[str, list[str], list[str]]:
    """Return the new text of the file, what is done already, and the faults with their hints."""
    plan = plan_correction(Proposal(PATH, False, changes, source), KIND, DATA, VALUES, TODAY)
    return (
        plan.data.decode(),
        plan.done,
        [f"{fault.message} → {fault.hint}" for fault in plan.faults],
    )


def test_texts_and_lists_change_whatever_spaces_the_mail_program_kept() -> None:
    text, done, faults = propose(
        {
            "resume": (("Un lieu : inventé.",), ("Un autre.",)),
            "pratiques": (("recherche",), ("essaimage",)),
            "site": ((), ("https://b.example/",)),
        },
        "https://www.c.example/page",
    )
    assert (done, faults) == ([], [])
    assert (
        text
        == """---
nom: Premier
pratiques: [accompagnements, essaimage]  # deux
site: https://b.example/
resume: "Un autre."
sources:
  - {titre: Un document, url: "https://a.example/"}
  - {titre: c.example, url: https://www.c.example/page, consulte_le: 2026-11-21}
---
Un texte.
"""
    )


def test_what_is_gone_goes_with_its_line() -> None:
    text, _, _ = propose({"resume": (("Un lieu : inventé.",), ())})
    assert "resume" not in text
    text, _, _ = propose({"pratiques": (("recherche", "accompagnements"), ())})
    assert "pratiques" not in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"resume": (("Autre.",), ("Un lieu : inventé.",))}, "c'est déjà « Un lieu : inventé. »"),
        ({"site": (("https://x.example/",), ())}, "site : déjà retiré"),
        ({"pratiques": ((), ("recherche",))}, "« recherche » y est déjà"),
        ({"pratiques": (("essaimage",), ())}, "« essaimage » n'y est déjà plus"),
    ],
)
def test_what_is_already_so_is_told_and_is_no_conflict(changes: Any, words: str) -> None:
    text, done, faults = propose(changes, "https://www.c.example/page")
    assert text == DATA.decode()
    assert faults == []
    assert words in done[0]


def test_a_known_source_or_one_in_words_adds_none() -> None:
    changes = {"resume": (("Un lieu : inventé.",), ("Un autre.",))}
    for source in ("https://a.example/", "la présidente", "https://a.example/ page 3"):
        assert "consulte_le" not in propose(changes, source)[0]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"resumé": ((), ("y",))}, "« resumé » n'est pas une clé d'une fiche → écrivez resume"),
        ({"zzz": ((), ("y",))}, "→ effacez cette ligne"),
        ({"sources": ((), ("y",))}, "→ changez cette clé à la main"),
        ({"resume": ((), ("y", "z"))}, "« resume » a plusieurs valeurs"),
        ({"resume": (("Avant.",), ("y",))}, "le croit « Avant. », le fichier le dit « Un  lieu"),
        ({"resume": ((), ("y",))}, "le croit vide, le fichier le dit « Un  lieu"),
        ({"site": (("Avant",), ("y",))}, "le croit « Avant », le fichier le dit vide"),
    ],
)
def test_what_stands_in_the_way(changes: Any, words: str) -> None:
    text, _, (fault,) = propose(changes)
    assert words in fault
    assert text == ""


def test_the_advice_of_a_conflict_is_right_to_the_letter() -> None:
    _, _, (fault,) = propose({"resume": (("Avant.",), ("Après.",))})
    advice = fault.rpartition("écrivez dans le message : ")[2]
    text = f"Fiche : a/b.md\n{advice}\nFin de la correction"
    [old] = read_proposal(text).changes["resume"][0]
    text, _, faults = propose({"resume": ((old,), ("Après.",))})
    assert faults == []
    assert 'resume: "Après."' in text


def test_all_that_stands_in_the_way_is_told_at_once() -> None:
    _, _, faults = propose({"zzz": ((), ("y",)), "resume": (("Avant.",), ("y",))})
    assert len(faults) == 2


@pytest.mark.parametrize(
    ("path", "is_new", "words"),
    [
        ("catalysers/premeir.md", False, "écrivez « Fiche : catalysers/premier.md »"),
        ("../site.toml", False, "écrivez le chemin d'un fichier du site"),
        ("catalysers/../x.md", True, "changez la ligne « Nouvelle fiche : … »"),
        ("catalysers/É.md", True, "changez la ligne « Nouvelle fiche : … »"),
        ("catalysers/sous/x.md", True, "changez la ligne « Nouvelle fiche : … »"),
        ("catalysers/x", True, "changez la ligne « Nouvelle fiche : … »"),
        ("/etc/x.md", True, "changez la ligne « Nouvelle fiche : … »"),
        (PATH, True, "existe déjà"),
    ],
)
def test_a_file_that_is_none(path: str, is_new: bool, words: str) -> None:
    with pytest.raises(ContentError) as refused:
        find_kind(Proposal(path, is_new, {}), [KIND], [PATH])
    assert words in f"{refused.value.message} {refused.value.hint}"


def test_a_known_file_and_a_new_one_have_their_kind() -> None:
    assert find_kind(Proposal(PATH, False, {}), [KIND], [PATH]) is KIND
    assert find_kind(Proposal("catalysers/le-lien.md", True, {}), [KIND], [PATH]) is KIND


def test_the_day_of_the_verification_is_written_once() -> None:
    once = add_verification(DATA, KIND, TODAY)
    assert b"verifie_le: 2026-11-21\n" in once
    assert add_verification(once, KIND, TODAY) == once


@pytest.mark.parametrize(
    ("typed", "is_new", "path"),
    [
        ("/catalyseurs/premier/", False, PATH),
        (PATH, False, PATH),
        ("/catalyseurs/inconnu/", False, "/catalyseurs/inconnu/"),
        ("/catalyseurs/le-lien/", True, "catalysers/le-lien.md"),
        ("/catalyseurs/../le-lien/", True, "catalysers/../le-lien.md"),
        ("/ailleurs/le-lien/", True, "/ailleurs/le-lien/"),
    ],
)
def test_the_address_of_a_page_gives_its_file(typed: str, is_new: bool, path: str) -> None:
    found = locate_file(Proposal(typed, is_new, {}), [KIND], {"/catalyseurs/premier/": PATH})
    assert found.path == path
