"""The command `corriger`: it shows, checks, asks, and changes the lines of these keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.building import TODAY
from tests.command import read_tree, run
from tests.sealing import make_copies
from tests.small_site import write_small_site

FILE = "catalysers/premier.md"
BEFORE = "resume: Un catalyseur inventé."
HEAD = f"Bonjour,\n\nFiche : {FILE}\n"
END = "Fin de la correction\n\nBien à vous\n"
GOOD = 'resume avant : "Un catalyseur inventé."\nresume apres : "Il relie : #1."\n'
SOURCE = 'source : "https://www.essai.example/a"\nauteur : "la structure elle-même"\n'


before, root = make_copies(write_small_site)


def send(root: Path, text: str, *options: str) -> tuple[int, str]:
    """Run the command on a message; return its exit code and what it said."""
    message = root.parent / "message.txt"
    message.write_text(text, encoding="utf-8")
    done = run(root, "corriger", message, *options)
    return done.code, done.said


def test_a_correction_changes_its_lines_alone(root: Path) -> None:
    path = root / FILE
    path.write_bytes(
        path.read_bytes().replace(b"\n", b"\r\n").replace(b"resume:", b"# dit\r\nresume:")
    )
    was, others = path.read_bytes(), read_tree(root)
    code, said = send(root, HEAD + GOOD + SOURCE + END, "--oui")
    assert code == 0, said
    assert f"  -{BEFORE}" in said
    assert '  +resume: "Il relie : #1."' in said
    assert "le site se construit" in said
    assert "--verifiee (verifie_le: 2026-11-21)" in said
    now = was.replace(BEFORE.encode(), b'resume: "Il relie : #1."')
    source = (
        f'  - {{titre: essai.example, url: "https://www.essai.example/a", consulte_le: {TODAY}}}'
    )
    plain = source.replace('"', "")
    assert path.read_bytes() in [
        now.replace(b"2023-04-13}\r\n", f"2023-04-13}}\r\n{line}\r\n".encode())
        for line in (source, plain)
    ]
    assert {**read_tree(root), FILE: b""} == {**others, FILE: b""}


def test_without_a_terminal_nothing_is_written_and_a_verified_record_says_the_day(
    root: Path,
) -> None:
    files = read_tree(root)
    code, said = send(root, HEAD + GOOD + SOURCE + END, "--verifiee")
    assert code == 2
    assert "ajoutez --oui" in said
    missing = run(root, "corriger", root / "message.eml")
    assert missing.code == 2
    assert "donnez le message" in missing.said
    assert read_tree(root) == files
    code, said = send(root, HEAD + GOOD + SOURCE + END, "--oui", "--verifiee")
    assert code == 0, said
    assert f"verifie_le: {TODAY}\n" in (root / FILE).read_text("utf-8")
    assert "--verifiee" not in said


REFUSED = {
    "faults of the message, in one run": (
        HEAD + GOOD.replace("inventé", "d'avant") + "truc ajoute : y\n",
        ["le message le croit", "« truc » n'est pas une clé"],
    ),
    "a site that would break": (
        HEAD
        + "profil avant : accompagnateur\nprofil apres : acompagnateur\n"
        + 'site ajoute : "javascript:alert(1)"\n',
        [
            "le site ne se construirait plus",
            "catalysers/premier.md:3",
            "accompagnateur",
            "javascript:alert(1)",
        ],
    ),
    "no block": ("Bonjour", ["copiez tout le message"]),
}


@pytest.mark.parametrize(("text", "words"), REFUSED.values(), ids=[*REFUSED])
def test_what_cannot_be_followed_is_told_and_nothing_is_written(
    root: Path, text: str, words: list[str]
) -> None:
    files = read_tree(root)
    code, said = send(root, text + END, "--oui")
    assert code == 1, said
    for word in [*words, "Rien n'a été écrit"]:
        assert word in said
    assert read_tree(root) == files


def test_a_new_record(root: Path) -> None:
    lines = [
        "Nouvelle fiche : catalysers/le-lien.md",
        'nom ajoute : Le "Lien" : 1',
        'resume ajoute : "Un lieu inventé."',
        "departement ajoute : 01",
        'territoires ajoute : "01"',
        'territoires ajoute : "21"',
        "source : le rapport d'activité",
    ]
    code, said = send(root, "\n".join(lines) + "\n" + END, "--oui")
    assert code == 0, said
    assert "(nouvelle fiche)" in said
    assert (root / "catalysers/le-lien.md").read_text("utf-8") == (
        "---\n"
        'nom: "Le \\"Lien\\" : 1"\n'
        "relation: a-confirmer\n"
        'territoires: ["01", "21"]\n'
        "resume: Un lieu inventé.\n"
        f"sources:\n  - {{titre: le rapport d'activité, date: {TODAY}}}\n"
        'departement: "01"\n'
        "---\n"
    )
