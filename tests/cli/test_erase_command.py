"""The command `effacer`: it shows, asks, writes all, publishes again, and says what remains."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.building import copy_whole
from tests.command import Done, read_tree, run
from tests.erasing import NAME, add_templates, write_texts_alone
from tests.sealing import make_copies
from tests.small_site import replace_in

before, root = make_copies(write_texts_alone)


def test_without_a_terminal_it_shows_and_writes_nothing(root: Path) -> None:
    files = read_tree(root)
    done = run(root, "effacer", NAME)
    assert done.code == 2
    assert "catalysers/amelie-exemple.md : 3 fois, et renommé catalysers/retire-le-" in done.said
    assert "lettre-2026-11.pdf : retiré" in done.said
    assert "ajoutez --oui" in done.said
    assert read_tree(root) == files


@dataclass(frozen=True)
class Erased:
    """A published site from which the name was erased: its folder, what was said, a former page."""

    root: Path
    done: Done
    former: str


PAGE = "output/lettres/2026-11/index.html"


@pytest.fixture(scope="module")
def erased(before: Path, tmp_path_factory: pytest.TempPathFactory) -> Erased:
    root = copy_whole(before, tmp_path_factory.mktemp("efface") / "site")
    commit(root, "un")
    add_templates(root)
    assert run(root, "construire").code == 0
    former = (root / PAGE).read_text("utf-8")
    return Erased(root, run(root, "effacer", NAME, "--oui"), former)


def test_with_yes_it_writes_publishes_and_gives_the_steps_of_git(erased: Erased) -> None:
    root, done = erased.root, erased.done
    assert "Amélie" in erased.former
    assert done.code == 1, done.said  # « Mme Exemple » is to be read again
    for words in (
        "À relire : notes.txt:1 : …mande de la personne], et Mme Exemple",
        "git filter-repo --strip-blobs-with-ids ../versions.txt",
        f'effacer "{NAME}" --historique > ../versions.txt',
        "les courriels déjà reçus",
        "sans_comparer sur GitHub, SANS_COMPARER=oui sur GitLab",
    ):
        assert words in done.said
    text = (root / PAGE).read_text("utf-8")
    assert "Amélie" not in text
    assert "Un passage a été retiré le" in text
    assert not (root / "output/catalyseurs/amelie-exemple").exists()
    assert "amelie" not in (root / "output/adresses.txt").read_text("utf-8")
    kept = [path.read_text("utf-8", "replace") for path in (root / ".maille/documents").iterdir()]
    assert len(kept) > 10
    assert not any("Amélie" in text or "amelie" in text for text in kept)


def test_a_site_that_was_not_built_again_is(erased: Erased, tmp_path: Path) -> None:
    root = copy_whole(erased.root, tmp_path / "site")
    for path in (PAGE, "output/actualites/nouvelle/index.html"):
        (root / path).write_text(erased.former, "utf-8")
    done = run(root, "effacer", NAME, "--oui")
    assert "output : le nom y est" in done.said
    assert "les courriels déjà reçus" in done.said
    assert "Amélie" not in (root / PAGE).read_text("utf-8")


def test_what_builds_kept_is_forgotten_though_nothing_is_published(root: Path) -> None:
    assert run(root, "verifier").code == 0
    assert any(b"amelie" in path.read_bytes() for path in (root / ".maille/documents").iterdir())
    assert run(root, "effacer", NAME, "--oui").code == 1
    assert [*(root / ".maille/documents").iterdir()] == []


def test_nothing_is_written_if_the_site_could_not_be_built_then(root: Path) -> None:
    replace_in(root / "site.toml", "nom_court", 'contact = "amelie.exemple@x.fr"\nnom_court')
    files = read_tree(root)
    done = run(root, "effacer", NAME, "--oui")
    assert done.code == 1
    assert "site.toml" in done.said
    assert "corrigez d'abord ces endroits" in done.said
    assert read_tree(root) == files


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("Paul Exemple", 1, "n'est écrit en entier nulle part ; la personne est peut-être"),
        ("Paul Exemple", 1, '→ python build.py effacer "Mme Exemple"'),
        ("Paul Absent", 0, "« Paul Absent » n'est écrit dans aucun fichier du site."),
        ("A", 2, "« A » est trop court"),
        ("…", 2, "« … » est trop court"),
    ],
)
def test_a_name_that_is_nowhere_or_too_short(root: Path, name: str, code: int, said: str) -> None:
    files = read_tree(root)
    done = run(root, "effacer", name, "--oui")
    assert (done.code, said in done.said) == (code, True), done.said
    assert read_tree(root) == files


def test_two_persons_who_have_a_record_leave_on_one_day(root: Path) -> None:
    (root / "notes.txt").unlink()
    text = (root / "catalysers/amelie-exemple.md").read_text("utf-8")
    other = text.replace("Amélie Exemple", "Luce Noir").replace("amelie.exemple", "luce.noir")
    (root / "catalysers/luce-noir.md").write_text(other.replace("Un texte", "Le sien"), "utf-8")
    for name in (NAME, "Luce Noir"):
        done = run(root, "effacer", name, "--oui")
        assert done.code == 0, done.said
    texts = [path.read_text("utf-8") for path in (root / "catalysers").glob("retire-le-*.md")]
    assert sorted(text.split("---\n")[2] for text in texts) == ["Le sien.\n", "Un texte.\n"]


def test_the_end_of_input_is_a_no(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = read_tree(root)

    def end(_: str) -> str:
        raise EOFError

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", end)
    done = run(root, "effacer", NAME)
    assert done.code == 2
    assert "Rien n'a été écrit" in done.said
    assert read_tree(root) == files


def test_without_git_no_step_of_git_is_given(root: Path) -> None:
    done = run(root, "effacer", NAME, "--oui")
    assert "pas d'historique git" in done.said
    assert "filter-repo" not in done.said


def commit(root: Path, message: str) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "--allow-empty", "-m", message]):
        subprocess.run([*git, *words], cwd=root, check=True)


def test_the_history_tells_paths_and_messages_and_the_lines_to_replace_them(root: Path) -> None:
    (root / "cv-amelie-exemple.txt").write_text("rien")
    commit(root, "La page d'AMELIE EXEMPLE")
    (root / "cv-amelie-exemple.txt").unlink()
    commit(root, "Sans elle, Amélie\nExemple")
    done = run(root, "effacer", NAME, "--historique")
    assert done.code == 0
    assert "Un ancien fichier porte ce nom : cv-amelie-exemple.txt" in done.said
    assert "\nAMELIE EXEMPLE==>[retiré]\n" in done.said
    assert "\nregex:Amélie\\s+Exemple==>[retiré]\n" in done.said
    done = run(root, "effacer", NAME, "--oui")
    assert "--path-rename cv-amelie-exemple.txt:cv-retire-le-" in done.said


def test_the_steps_of_git_come_again_until_they_are_done(root: Path) -> None:
    commit(root, "un")
    run(root, "effacer", NAME, "--oui")
    done = run(root, "effacer", NAME, "--oui")
    assert done.code == 1
    assert "n'est écrit en entier nulle part" in done.said
    assert "--path-rename catalysers/amelie-exemple.md:catalysers/retire-le-" in done.said
    shutil.rmtree(root / ".git")
    commit(root, "deux")
    assert "filter-repo" not in run(root, "effacer", NAME, "--oui").said


def test_the_advice_for_a_seal_can_be_followed(root: Path) -> None:
    letter = root / "newsletters/2026-11.md"
    sealed = root / "newsletters/scelles/2026-11/2026-11.md"
    assert "projet" in sealed.read_text("utf-8")
    done = run(root, "effacer", "Paul Projet", "--oui")
    assert "À relire : newsletters/scelles/2026-11/2026-11.md" in done.said
    words = re.findall(r'→ python build.py effacer "(.*?)"', done.said)
    for one in words:
        assert "C'est écrit." in run(root, "effacer", one, "--oui").said
    assert "Projet" not in letter.read_text("utf-8").replace("projet", "")
    assert run(root, "verifier").code == 0


def test_a_file_that_cannot_be_changed_is_not_said_to_lack_the_name(root: Path) -> None:
    (root / "photo.jpg").write_bytes(b"\xff\xd8\0 Paul Absent")
    done = run(root, "effacer", "Paul Absent", "--oui")
    assert done.code == 1
    assert "« Paul Absent » n'est que dans des fichiers qui ne se changent pas d'ici" in done.said
    assert "aucun fichier" not in done.said
