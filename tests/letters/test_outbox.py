"""The mail of a letter in `envois/`: its files, its problems, all of it or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

from maille.kinds.newsletter import Newsletter
from maille.letters.outbox import Parcel, compose, compose_and_write
from maille.problems import Level, Problem
from tests.building import rewrite
from tests.sealing import (
    MONTH,
    edit_letter,
    find_letter,
    make_copies,
    read_site,
    write_sealed_site,
    write_site,
)
from tests.small_site import write_small_site

before, root = make_copies(write_site)


def composed(root: Path) -> Parcel:
    site = read_site(root)
    return compose(root, site, find_letter(site))


def messages(parcel: Parcel) -> list[str]:
    return [one.message for one in parcel.problems]


def settle(root: Path, line: str) -> None:
    """Add a line to the settings of the letter."""
    config = (root / "site.toml").read_text("utf-8")
    (root / "site.toml").write_text(f"{config}\n[lettre]\n{line}\n", "utf-8")


def test_what_should_not_leave_so_is_told_first(root: Path) -> None:
    mail = composed(root)
    assert not mail.failed
    assert messages(mail)[:3] == [
        "ses liens mènent à essai.example, qui n'existe pas",
        "il part de lettre@essai.example, faute d'adresse choisie",
        "ce courriel ne dit pas comment ne plus le recevoir",
    ]
    assert {one.level for one in mail.problems} == {Level.WARNING}


def test_a_tag_leaves_the_whole_message_without_a_way_out_and_it_is_told(root: Path) -> None:
    told = "le .eml ne dit pas comment ne plus le recevoir : une messagerie n'a pas de balise"
    settle(root, 'desabonnement = "{{ unsubscribe }}"')
    assert told in messages(composed(root))


def test_a_mail_that_says_how_to_leave_is_ready_as_to_that(root: Path) -> None:
    settle(root, 'desabonnement = "mailto:sortir@essai.example"')
    assert not [one for one in messages(composed(root)) if "ne plus le recevoir" in one]


def test_a_retold_letter_is_told_as_not_to_be_sent(root: Path) -> None:
    origin = "origine: {editeur: Ailleurs, url: https://exemple.fr/, integralite: complete}\n"
    edit_letter(root, "titre:", f"{origin}titre:")
    first = composed(root).problems[0]
    assert first.message == "cette lettre redit des nouvelles publiées par Ailleurs"
    assert first.hint == "ne l'envoyez pas : elle reste sur le site"


def test_what_nobody_tried_is_one_warning_for_who_sends_and_not_for_who_writes(root: Path) -> None:
    mail = composed(root)
    untried = [one for one in mail.problems if one.message.startswith("personne n'a tout essayé")]
    assert len(untried) == 1
    assert "Orange" in untried[0].message
    assert untried[0] not in mail.for_writers
    assert [one.key for one in mail.for_writers] == ["depart"] * 3


def test_a_heavy_mail_is_told(root: Path) -> None:
    edit_letter(root, "Il commence.", f"{'Il commence. ' * 600}\n\n" * 15)
    (heavy,) = [one for one in composed(root).for_writers if one.key == "poids"]
    assert heavy.path == f"envois/{MONTH}/lettre-{MONTH}.html"
    assert "Gmail le couperait" in heavy.message


def test_the_files_are_written_in_a_folder_of_the_month(root: Path) -> None:
    site = read_site(root)
    mail = compose_and_write(root, site, find_letter(site))
    assert mail.folder == f"envois/{MONTH}"
    assert {*mail.files} == {
        f"lettre-{MONTH}.html",
        f"lettre-{MONTH}.txt",
        f"lettre-{MONTH}.eml",
        "evenement-rencontre.ics",
    }
    for name, data in mail.files.items():
        assert (root / mail.folder / name).read_bytes() == data


def test_nothing_is_written_of_a_mail_whose_template_is_wrong(root: Path) -> None:
    rewrite(root / "templates/courriel.html", "{% if %}")
    site = read_site(root)
    mail = compose_and_write(root, site, find_letter(site))
    assert mail.failed
    assert [one.path for one in mail.problems] == ["templates/courriel.html"]
    assert not mail.files
    assert not (root / "envois").exists()


def test_a_warning_does_not_keep_a_mail_from_being_written() -> None:
    warning = Problem("envois/x", "m", key="poids", level=Level.WARNING)
    assert not Parcel("envois/x", problems=(warning,)).failed
    assert Parcel("envois/x", problems=(warning, Problem("x", "m"))).failed


def test_what_went_out_goes_out_again(tmp_path: Path) -> None:
    root = write_sealed_site(tmp_path / "site")
    site = read_site(root)
    rewrite(root / "templates/courriel.html", "Autre chose")
    mail = compose(root, site, find_letter(site))
    assert mail.files == site.seals[MONTH].mail
    assert mail.problems == ()


def test_what_an_earlier_version_sealed_keeps_its_bytes(tmp_path: Path) -> None:
    """The seal was made at revision 0e77445, before mails had `To` and tables their scope."""
    root = write_small_site(tmp_path / "site")
    month, sealed = "2026-10", Path(__file__).parent / "sealed/2026-10"
    shutil.copytree(sealed, root / f"newsletters/scelles/{month}")
    shutil.copy(sealed / f"{month}.md", root / "newsletters")
    (root / "site.toml").write_text(
        (root / "site.toml").read_text("utf-8") + '[lettre]\nprefixe_objet = "Autre"\n', "utf-8"
    )
    site = read_site(root)
    letter = site.find("newsletter", month)
    assert isinstance(letter, Newsletter)
    for as_draft in (False, True):
        made = compose_and_write(root, site, letter, as_draft=as_draft)
        assert {path.name for path in sealed.iterdir()} > made.files.keys()
        assert len(made.files) == 4
        for name, data in made.files.items():
            added = b"X-Unsent: 1\r\n" if as_draft and name.endswith(".eml") else b""
            assert data == added + (sealed / name).read_bytes()
            assert (root / made.folder / name).read_bytes() == data
    assert b"\nTo: " not in (sealed / f"lettre-{month}.eml").read_bytes()


def test_a_draft_is_asked_for(root: Path) -> None:
    site = read_site(root)
    plain = compose_and_write(root, site, find_letter(site)).files
    draft = compose_and_write(root, site, find_letter(site), as_draft=True).files
    changed = [name for name in plain if draft[name] != plain[name]]
    assert changed == [f"lettre-{MONTH}.eml"]
    assert draft[changed[0]] == b"X-Unsent: 1\r\n" + plain[changed[0]]


def test_a_pdf_that_was_not_sealed_is_not_made_up(tmp_path: Path) -> None:
    root = write_sealed_site(tmp_path / "site")
    site = read_site(root)
    mail = compose(root, site, find_letter(site), with_pdf=True)
    assert messages(mail) == [
        "cette lettre a été scellée sans PDF : ce qui est parti ne change plus"
    ]
    assert not mail.failed
    assert not [name for name in mail.files if name.endswith(".pdf")]
