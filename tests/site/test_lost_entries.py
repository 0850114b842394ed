"""What names a page without a file: it left, moved, is elsewhere, or the name has a slip."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from maille.problems import Level
from tests.leaving import add_naming_files, check, list_told, write_lines
from tests.small_site import write_small_site

FILE = "content/adresses.toml"
PROJECT = "content/projets/essai.md"
PAGE = "---\ntitre: Page {}\nresume: Ce qu'elle dit.\n---\n{}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_small_site(tmp_path, templates=False)


def link(root: Path, *links: str) -> None:
    """Write one page for each link."""
    for number, one in enumerate(links):
        (root / f"content/pages/page-{number}.md").write_text(PAGE.format(number, one), "utf-8")


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("catalysers/second.md", "/catalyseurs/second/"),
        ("content/evenements/rencontre.md", "/rencontres/rencontre/"),
        ("content/actualites/nouvelle.md", "/actualites/nouvelle/"),
    ],
)
def test_one_link_to_what_left_gives_its_line_and_it_is_enough(
    root: Path, path: str, address: str
) -> None:
    link(root, f"[Ce nom]({address})")
    (root / path).unlink()
    ((place, message, hint),) = list_told(root)
    assert (place, message) == (
        "content/pages/page-0.md:5:10",
        f"le lien {address} ne mène à aucune page du site",
    )
    line = f'"{address}" = {{parti_le = 2026-11-21}}'
    assert hint.startswith(f"ajoutez à {FILE} la ligne {line} ")
    write_lines(root, line)
    assert list_told(root) == []


def test_one_key_that_names_what_left_gives_its_line(root: Path) -> None:
    page = root / "catalysers/premier.md"
    page.write_text(page.read_text("utf-8").replace("(/projets/essai/)", "(/carte/)"), "utf-8")
    (root / "newsletters/2024-05.md").unlink()
    (root / PROJECT).unlink()
    ((place, message, hint),) = list_told(root)
    assert place.startswith("content/actualites/nouvelle.md:6")
    assert message == "aucune fiche ne s'appelle « essai »"
    assert f'{FILE} la ligne "/projets/essai/" = {{parti_le = 2026-11-21, nom = "Essai"}}' in hint


@pytest.mark.parametrize("slug", ["premeir", "premierr", "le-premier"])
def test_a_slip_is_told_before_the_departure(root: Path, slug: str) -> None:
    link(root, f"[Lui](/catalyseurs/{slug}/)")
    ((_, _, hint),) = list_told(root)
    assert hint.startswith("vouliez-vous dire « /catalyseurs/premier/ » ? Si sa fiche ")
    assert f'ajoutez à {FILE} la ligne "/catalyseurs/{slug}/" = {{' in hint


@pytest.mark.parametrize("slug", ["premeir", "premierr", "le-premier"])
def test_a_slip_in_several_files_is_told_once_before_the_departure(root: Path, slug: str) -> None:
    link(root, *[f"[Lui](/catalyseurs/{slug}/)"] * 2)
    ((_, message, hint),) = list_told(root)
    assert message == (
        f"« {slug} » n'a pas de fiche, et 2 endroits le nomment : "
        "content/pages/page-0.md:5, content/pages/page-1.md:5"
    )
    assert hint.startswith("vouliez-vous dire « /catalyseurs/premier/ » ? Si sa fiche ")


@pytest.mark.parametrize("words", ["Nouvelle halle", "Voir ici", "cette page"])
def test_what_may_never_have_been_is_also_told_as_a_name_to_correct(root: Path, words: str) -> None:
    link(root, *[f"[{words}](/projets/nouvelle-halle/)"] * 2)
    ((_, message, hint),) = list_told(root)
    assert message.startswith("« nouvelle-halle » n'a pas de fiche, et 2 endroits le nomment : ")
    named = ', nom = "Nouvelle halle"' if words == "Nouvelle halle" else ""
    line = f'"/projets/nouvelle-halle/" = {{parti_le = 2026-11-21{named}}}'
    assert hint == (
        f"ajoutez à {FILE} la ligne {line} si sa fiche est partie ; sinon, corrigez ce nom"
    )


def test_an_address_of_no_kind_gets_no_line_however_many_name_it(root: Path) -> None:
    link(root, *["[Lui](/blog/2019/nouvelle-halle/)"] * 3)
    told = list_told(root)
    assert len(told) == 3
    assert all("ne mène à aucune page du site" in message for _, message, _ in told)
    assert not any(FILE in hint for _, _, hint in told)


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("address", ["/rien/", "/2019/", "/zzz/"])
def test_an_address_at_the_root_is_first_one_to_correct(
    root: Path, address: str, count: int
) -> None:
    link(root, *[f"[Lui]({address})"] * count)
    ((_, _, hint),) = list_told(root)
    assert hint.startswith("écrivez …, la fin de l'adresse que le navigateur montre")
    assert hint.endswith(f'"{address}" = {{parti_le = 2026-11-21}} si cette page est partie')


def test_the_name_of_a_link_tells_the_page_that_is_meant(root: Path) -> None:
    link(root, "[Second d'essai](/catalyseurs/nulle-part/)")
    ((_, _, hint),) = list_told(root)
    assert hint.startswith("vouliez-vous dire « /catalyseurs/second/ » ?")


def test_each_link_is_told_the_page_that_its_own_words_name(root: Path) -> None:
    names = ["Premier d'essai", "Second d'essai", "ailleurs"]
    link(root, " ".join(f"[{name}](/catalyseurs/nulle-part/)" for name in names))
    meant = [re.findall("« (/catalyseurs/.*?/) »", hint) for _, _, hint in list_told(root)]
    first, second = ["/catalyseurs/premier/"], ["/catalyseurs/second/"]
    assert meant == [first, second, []]


def test_the_words_of_a_link_come_before_the_name_that_another_link_gives(root: Path) -> None:
    april = (root / "newsletters/2024-05.md").read_text("utf-8").replace("2024-05", "2024-04")
    (root / "newsletters/2024-04.md").write_text(april, "utf-8")
    names = ["Lettre d'avril 2024", "en mai 2024", "ici"]
    link(root, " ".join(f"[{name}](/lettres/2024-0/)" for name in names))
    meant = [re.findall("« (/lettres/.*?/) »", hint) for _, _, hint in list_told(root)]
    assert meant == [["/lettres/2024-04/"], ["/lettres/2024-05/", "/lettres/2024-04/"],
                     ["/lettres/2024-04/"]]  # fmt: skip


def test_a_lost_page_of_no_kind_gets_no_line(root: Path) -> None:
    link(root, "[Cela](/divers/cela/)")
    ((_, _, hint),) = list_told(root)
    assert FILE not in hint


def test_a_heading_alone_tells_the_line_for_a_project_that_left(root: Path) -> None:
    for path in ("catalysers/premier.md", "content/actualites/nouvelle.md"):
        text = (root / path).read_text("utf-8").replace("(/projets/essai/)", "(/carte/)")
        (root / path).write_text(text.replace("projets: [essai]\n", ""), "utf-8")
    (root / PROJECT).unlink()
    ((place, message, hint),) = list_told(root)
    assert place.startswith("newsletters/2024-05.md:")
    assert message == "« Projet d'essai » n'est le nom d'aucun projet"
    line = '"/projets/projet-d-essai/" = {parti_le = 2026-11-21, nom = "Projet d\'essai"}'
    assert hint.endswith(f" ; un projet parti a sa ligne dans {FILE} : {line}")
    write_lines(root, line)
    assert list_told(root) == []


def test_a_project_renamed_in_its_file_keeps_its_headings(root: Path) -> None:
    text = (root / PROJECT).read_text("utf-8")
    (root / PROJECT).write_text(text.replace("nom: Projet d'essai", "nom: Maison"), "utf-8")
    (root / PROJECT).rename(root / "content/projets/projet-d-essai.md")
    write_lines(root, '"/projets/essai/" = {vers = "/projets/projet-d-essai/"}')
    ((_, _, hint),) = list_told(root)
    assert hint.startswith(
        "si ce projet a changé de nom, ajoutez à content/projets/projet-d-essai.md la ligne "
        'anciens_noms: [{nom: "Projet d\'essai"}] ; sinon, '
    )
    line = hint.partition("la ligne ")[2].partition(" ; ")[0]
    path = root / "content/projets/projet-d-essai.md"
    path.write_text(path.read_text("utf-8").replace("nom:", f"{line}\nnom:", 1), "utf-8")
    assert list_told(root) == []


# --- A file that has another name by now ---------------------------------------------------------


@pytest.mark.parametrize("name", ["essai-94", "projet-d-essai", "tout-autre"])
def test_a_file_renamed_is_told_as_moved_and_the_line_is_enough(root: Path, name: str) -> None:
    add_naming_files(root)
    (root / PROJECT).rename(root / f"content/projets/{name}.md")
    ((_, message, hint),) = list_told(root)
    assert message.startswith("« essai » n'a pas de fiche")
    line = f'"/projets/essai/" = {{vers = "/projets/{name}/"}}'
    given = f"ajoutez à {FILE} la ligne {line} si sa fiche a changé de nom"
    assert hint == f"{given} ; sinon, corrigez ce nom"
    write_lines(root, line)
    assert list_told(root) == []


def test_a_new_slug_of_almost_the_same_letters_is_told_as_moved(root: Path) -> None:
    (root / "catalysers/second.md").rename(root / "catalysers/les-jardins-secondaires.md")
    link(root, *["[Eux](/catalyseurs/les-jardins-secondaire/)"] * 2)
    ((_, _, hint),) = list_told(root)
    assert '= {vers = "/catalyseurs/les-jardins-secondaires/"}' in hint


def test_another_number_is_another_page(root: Path) -> None:
    (root / "catalysers/second.md").rename(root / "catalysers/les-jardins-de-2026.md")
    link(root, *["[Eux](/catalyseurs/les-jardins-de-2025/)"] * 2)
    ((_, _, hint),) = list_told(root)
    assert "{parti_le = 2026-11-21" in hint


# --- A file that is elsewhere --------------------------------------------------------------------


@pytest.mark.parametrize("name", [".essai.md.icloud", "essai.md.nextcloud"])
def test_what_names_a_file_that_is_online_is_not_told(root: Path, name: str) -> None:
    (root / "newsletters/2024-05.md").unlink()  # it names the project by its title
    add_naming_files(root)
    (root / PROJECT).rename(root / f"content/projets/{name}")
    assert [place for place, _, _ in list_told(root)] == [f"content/projets/{name}"]


def test_what_names_a_file_that_is_a_link_is_not_told(root: Path) -> None:
    (root / "newsletters/2024-05.md").unlink()
    add_naming_files(root)
    (root / PROJECT).unlink()
    (root / PROJECT).symlink_to("../essai.md")
    assert [place for place, _, _ in list_told(root)] == [PROJECT]


@pytest.mark.parametrize("folder", ["content/projets", "content/vocabulaires", "content"])
def test_what_names_the_files_of_a_folder_that_is_online_is_not_told(
    root: Path, folder: str
) -> None:
    add_naming_files(root)
    above, _, name = folder.rpartition("/")
    (root / ".git").mkdir()
    (root / folder).rename(root / ".git/ailleurs")
    mark = root / above / f".{name}.icloud"
    mark.write_text("bplist00", "utf-8")
    assert [place for place, _, _ in list_told(root)] == [mark.relative_to(root).as_posix()]


# --- A file that waits ---------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("publie_le: 2027-01-01", "« Rencontre d'essai », qui ne paraît que le 1er janvier 2027"),
        ("brouillon: oui", "« Rencontre d'essai », qui n'est pas publié"),
    ],
)
def test_a_link_to_what_waits_is_no_departure(
    root: Path, line: str, words: str, count: int
) -> None:
    event = root / "content/evenements/rencontre.md"
    event.write_text(event.read_text("utf-8").replace("---", f"---\n{line}", 1), "utf-8")
    link(root, *["[Elle](/rencontres/rencontre/)"] * count)
    told = list_told(root)
    assert [message for _, message, _ in told] == [f"ce lien mène à {words}"] * count
    assert all(hint.startswith("gardez le texte de ce lien sans") for _, _, hint in told)


def test_texts_that_wait_may_link_to_each_other(root: Path) -> None:
    for path, other in (("rencontre", "autre"), ("autre", "rencontre")):
        text = (root / "content/evenements/rencontre.md").read_text("utf-8")
        text = text.replace("Rencontre", path.capitalize())
        if "brouillon" not in text:
            text = text.replace("---", "---\nbrouillon: oui", 1)
        text = f"{text}[Elle](/rencontres/{other}/)\n"
        (root / f"content/evenements/{path}.md").write_text(text, "utf-8")
    assert list_told(root) == []


# --- A file of a wrong name ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "advice"),
    [
        ("content/projets/essai.md.txt", "renommez-le essai.md"),
        ("content/projets/essai.MD", "renommez-le essai.md"),
        ("content/projets/_essai.md", "renommez-le essai.md"),
        ("content/projets/.essai.md", "renommez-le essai.md"),
        ("content/projetss/essai.md", "déplacez-le dans content/projets/"),
    ],
)
def test_a_file_of_a_wrong_name_is_the_one_error(root: Path, path: str, advice: str) -> None:
    add_naming_files(root)
    (root / path).parent.mkdir(exist_ok=True)
    (root / PROJECT).rename(root / path)
    [problem] = check(root).problems
    assert (problem.path, problem.hint, problem.level) == (path, advice, Level.ERROR)


def test_a_file_of_a_wrong_name_that_nothing_names_is_a_warning(root: Path) -> None:
    (root / "catalysers/second.md").rename(root / "catalysers/second.md.txt")
    [problem] = check(root).problems
    assert problem.level is Level.WARNING
