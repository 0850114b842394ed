"""What may be sealed, and what is said of the rest."""

from __future__ import annotations

from pathlib import Path

from maille.letters.seal import seal
from tests.pictures import draw_halves, encode
from tests.sealing import (
    FOLDER,
    LETTER,
    MONTH,
    check_site,
    edit_letter,
    find_letter,
    make_copies,
    read_site,
    write_sealed_site,
    write_site,
)

before, root = make_copies(write_site)


def refused(root: Path) -> list[tuple[str, str, str]]:
    """Return place, cause and what to type; nothing was written."""
    site = read_site(root)
    done = seal(root, site, find_letter(site))
    assert done.failed
    assert not (root / FOLDER).exists()
    assert not (root / "envois").exists()
    return [(one.place, one.message, one.hint) for one in done.problems]


def test_news_of_somebody_else_are_not_sealed(root: Path) -> None:
    origin = "origine: {editeur: Ailleurs, url: https://exemple.fr/, integralite: complete}\n"
    edit_letter(root, "titre:", f"{origin}titre:")
    ((place, message, hint),) = refused(root)
    assert place == f"{LETTER}:3:1"
    assert message == "cette lettre redit des nouvelles publiées par Ailleurs"
    assert "seule une lettre du réseau" in hint


def test_a_letter_says_on_which_day_it_leaves(root: Path) -> None:
    edit_letter(root, "publie_le: 2026-11-20\n", "")
    ((_, message, hint),) = refused(root)
    assert message == "rien ne dit quel jour cette lettre part"
    assert hint == "ajoutez publie_le: 2026-11-21"


def test_a_note_of_the_editor_is_told_at_its_line(root: Path) -> None:
    edit_letter(root, "Un mot d'abord.", "<!-- demander la date -->\n\nUn mot d'abord.")
    ((place, message, _),) = refused(root)
    assert place == f"{LETTER}:10:1"
    assert "il reste une note pour vous" in message


def test_it_is_sealed_once(tmp_path: Path) -> None:
    root = write_sealed_site(tmp_path / "site")
    site = read_site(root)
    (problem,) = seal(root, site, find_letter(site)).problems
    assert problem.message == "cette lettre est scellée depuis le 21 novembre 2026"
    assert f"supprimez {FOLDER}/ puis recommencez" in problem.hint


def test_what_a_run_cut_short_left_is_no_obstacle(root: Path) -> None:
    left = root / "newsletters/scelles/.2026-11"
    left.mkdir(parents=True)
    (left / "reste").write_text("x", "utf-8")
    site = read_site(root)
    assert not seal(root, site, find_letter(site)).failed
    assert not left.exists()
    assert not (root / FOLDER / "reste").exists()


def test_pictures_of_other_texts_are_not_sealed(root: Path) -> None:
    (root / "content/images/autre.png").write_bytes(encode(draw_halves(40, 40), "PNG"))
    text = (root / "content/projets/essai.md").read_text("utf-8")
    shown = text.replace("Son texte.", "![Autre](/images/autre.png)")
    (root / "content/projets/essai.md").write_text(shown, "utf-8")
    site = read_site(root)
    assert not seal(root, site, find_letter(site)).failed
    assert set(read_site(root).seals[MONTH].pictures) == {"content/images/moities.png"}


def test_a_letter_in_a_folder_of_its_own_is_sealed_with_the_others(root: Path) -> None:
    (root / "newsletters/2026").mkdir()
    (root / LETTER).rename(root / f"newsletters/2026/{MONTH}.md")
    site = read_site(root)
    assert not seal(root, site, find_letter(site)).failed
    assert read_site(root).seals[MONTH].path == f"newsletters/2026/{MONTH}.md"
    path = root / f"newsletters/2026/{MONTH}.md"
    path.write_text(path.read_text("utf-8").replace("Il commence.", "Il finit."), "utf-8")
    (problem,) = check_site(root).problems
    assert problem.place == f"newsletters/2026/{MONTH}.md:18:1"
