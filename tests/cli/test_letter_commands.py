"""What the commands for one letter do, print and return."""

from __future__ import annotations

from pathlib import Path

import pytest

from maille.cli.arguments import CONTENT, GOOD, USAGE, Arguments
from maille.cli.letter_commands import proofread, write_mail, write_new_letter
from maille.site.model import Site
from tests.building import build, rewrite
from tests.command import run
from tests.sealing import (
    FOLDER,
    LETTER,
    MONTH,
    check_site,
    edit_letter,
    make_copies,
    read_site,
    write_site,
)

before, root = make_copies(write_site)


def reread(root: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Return the exit code and the report of the proofreading of the letter."""
    report = check_site(root)
    assert report.site
    code = proofread(Arguments("relire", root=root, letter=MONTH), report.site, report.problems)
    return code, capsys.readouterr().out


def test_a_new_letter_is_written_once(root: Path) -> None:
    done = run(root, "nouveau", "lettre", "2026-12")
    assert (done.code, (root / "newsletters/2026-12.md").is_file()) == (0, True)
    assert "newsletters/2026-12.md est prête à remplir" in done.said
    again = run(root, "new", "lettre", "2026-12")
    assert again.code == 2
    assert "2026-12.md » existe déjà : rien n'a été touché." in again.said


def test_the_command_says_what_it_did_and_what_to_keep(root: Path) -> None:
    done = run(root, "sceller", MONTH)
    assert done.code == 0, done.said
    assert f"Lettre scellée : gardez {FOLDER}/ avec vos fichiers" in done.said
    assert "comment ne plus le recevoir" in done.said
    again = run(root, "sceller", MONTH)
    assert again.code == 1
    assert "cette lettre est scellée depuis le 21 novembre 2026" in again.said


@pytest.mark.parametrize(
    ("key", "why"),
    [("brouillon: oui", "brouillon"), ("publie_le: 2026-12-20", "à paraître le 20 décembre 2026")],
)
def test_a_letter_that_waits_is_named_with_what_to_do(root: Path, key: str, why: str) -> None:
    edit_letter(root, "publie_le: 2026-11-20", key)
    done = run(root, "sceller", MONTH)
    assert done.code == 2
    assert f"{LETTER} attend ({why}) : elle se scelle le jour de publie_le." in done.said
    assert not (root / FOLDER).exists()


@pytest.mark.parametrize("option", [("--brouillons",), ("--base-url", "https://x.example/")])
def test_what_would_seal_something_else_than_the_site_is_refused(
    root: Path, option: tuple[str, ...]
) -> None:
    done = run(root, "sceller", MONTH, *option)
    assert done.code == 2
    assert f"« {option[0]} » n'est pas une option de « sceller »" in done.said
    assert not (root / FOLDER).exists()


def test_a_letter_cannot_be_prepared_where_the_site_has_none(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = build(root, root / "output", ("vocabulaire", "page"), views=(), publish=False)
    assert report.site
    arguments = Arguments("nouveau", root=root, kind="lettre", letter="2027-01")
    assert write_new_letter(arguments, report.site) == USAGE
    assert "Ce site n'a pas de lettres" in capsys.readouterr().err
    assert not (root / "newsletters/2027-01.md").exists()


def test_a_draft_is_asked_for_by_an_option(root: Path) -> None:
    done = run(root, "lettre", MONTH, "--a-envoyer")
    assert done.code == 0, done.said
    assert "Objet : Lettre de novembre 2026 : Deux projets avancent" in done.said
    made = (root / f"envois/{MONTH}/lettre-{MONTH}.eml").read_bytes()
    assert made.startswith(b"X-Unsent: 1\r\nDate: ")
    refused = run(root, "sceller", MONTH, "--a-envoyer")
    assert "« --a-envoyer » n'est pas une option de « sceller »" in refused.said


def test_the_mail_is_put_in_its_folder_and_its_subject_and_sizes_are_printed(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert write_mail(Arguments("lettre", root=root, letter=MONTH), read_site(root)) == GOOD
    said, warned = capsys.readouterr()
    assert f"Le courriel est dans envois/{MONTH}/ ; rien n'a été envoyé." in said
    assert "Objet : Lettre de novembre 2026 : Deux projets avancent" in said
    for path in (root / f"envois/{MONTH}").glob("[!.]*"):
        assert f"{path.name} " in said
    assert "comment ne plus le recevoir" in warned


def test_a_mail_that_cannot_be_made_is_content_to_mend(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite(root / "templates/courriel.html", "{% if %}")
    assert write_mail(Arguments("lettre", root=root, letter=MONTH), read_site(root)) == CONTENT
    said, warned = capsys.readouterr()
    assert "templates/courriel.html" in warned
    assert said == ""


@pytest.mark.parametrize(
    ("month", "why"),
    [
        ("1999-01", "Il n'y a pas de lettre newsletters/1999-01.md."),
        (
            MONTH,
            f"{LETTER} attend (brouillon) : ajoutez --brouillons pour l'essayer.",
        ),
    ],
)
def test_a_letter_that_is_not_there_is_told(
    root: Path, month: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    edit_letter(root, "publie_le: 2026-11-20", "brouillon: oui")
    assert write_mail(Arguments("lettre", root=root, letter=month), read_site(root)) == USAGE
    assert capsys.readouterr().err.strip() == why
    assert not (root / "envois").exists()


def test_proofreading_tells_what_a_writer_can_act_on_and_writes_nothing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit_letter(root, "Il commence.", "Il commence : voyez [ici](/agenda/).")
    code, said = reread(root, capsys)
    assert code == GOOD
    assert f"{LETTER}:18 " in said
    assert "ne dit pas où mène le lien" in said
    assert "comment ne plus le recevoir" in said
    assert "personne n'a tout essayé" not in said
    assert f"lettre-{MONTH}.html" in said
    assert not (root / "envois").exists()


def test_proofreading_counts_what_is_wrong_elsewhere(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "catalysers/premier.md").write_text("---\nnom: Premier\n---\n", encoding="utf-8")
    errors = sum(one.path == "catalysers/premier.md" for one in check_site(root).problems)
    code, said = reread(root, capsys)
    assert code == GOOD
    assert errors > 1
    assert f"Ailleurs, il y a aussi à corriger ({errors})" in said
    assert "catalysers/premier.md" not in said


def test_a_letter_at_fault_is_told_without_its_mail(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit_letter(root, "titre:", "tire:")
    code, said = reread(root, capsys)
    assert code == CONTENT
    assert f"{LETTER}:3" in said
    assert "Ailleurs" not in said
    assert f"lettre-{MONTH}.html" not in said


def test_proofreading_a_letter_that_is_not_there_is_a_wrong_use(root: Path) -> None:
    site: Site = read_site(root)
    assert proofread(Arguments("relire", root=root, letter="1999-01"), site, ()) == USAGE
