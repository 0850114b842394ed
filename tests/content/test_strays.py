from __future__ import annotations

import pytest

from build import KINDS as NAMES
from maille import kinds
from maille.content.strays import Stray, advise, advise_outside, is_like_folder, refuse_absent
from maille.problems import Level

KINDS = kinds.load(NAMES)
RECORD = b"---\nnom: La Fabrique\nresume: Une phrase.\nrelation: cite\n---\nUn texte.\n"
NEWS = b"---\ntitre: Une f\xc3\xaate\ndate: 2026-11-01\nacteur: le-roseau\n---\nUn texte.\n"
LIST = b"nom: Th\xc3\xa8mes\ntermes: []\n"


def hint(path: str, start: bytes = RECORD, *beside: str) -> str:
    """Return the advice about an ignored file, "" if there is none."""
    problem = advise(Stray(path, start, {path, *beside}), KINDS)
    assert problem is None or problem.level is Level.WARNING
    assert problem is None or problem.message.startswith("ce fichier n'est pas publié : ")
    return problem.hint if problem else ""


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("content/evenement/a.md", "content/evenements/"),
        ("content/Webinaires/a.md", "content/webinaires/"),
        ("content/actualité/a.md", "content/actualites/"),
        ("content/catalyseurs/a.md", "catalysers/"),
        ("content/lettres/2026-11.md", "newsletters/"),
        ("content/pages2/a.md", "content/pages/"),
        ("content/evenement/2026/a.md", "content/evenements/"),
        ("content/vocabulaire/a.yaml", "content/vocabulaires/"),
    ],
)
def test_a_misspelt_folder_is_told_with_the_right_one(path: str, right: str) -> None:
    assert hint(path) == f"déplacez-le dans {right}"
    assert hint(path, b"un texte sans en-tete") == f"déplacez-le dans {right}"


@pytest.mark.parametrize(
    ("start", "right"),
    [(NEWS, "content/actualites/"), (RECORD, "catalysers/"), (LIST, "content/vocabulaires/")],
)
@pytest.mark.parametrize("folder", ["content", "content/divers"])
def test_a_folder_like_no_other_is_told_with_that_of_the_keys(
    folder: str, start: bytes, right: str
) -> None:
    assert hint(f"{folder}/a.md", start).startswith(f"déplacez-le dans {right}")


def test_keys_that_no_kind_has_leave_the_choice() -> None:
    assert hint("content/a.md", b"---\nlayout: post\n---\n").startswith("déplacez-le dans le doss")


def test_an_image_is_to_be_moved_in_a_format_that_the_site_shows() -> None:
    assert hint("catalysers/a.jpg") == "déplacez-le dans content/images/"
    for name, right in (("a.gif", "PNG"), ("a.svg", "PNG"), ("a.tiff", "JPEG")):
        assert hint(f"catalysers/{name}").startswith(f"enregistrez-la en {right} dans content/")


def test_a_file_to_move_takes_its_right_name_too() -> None:
    assert hint("content/evenement/La Fête.MD") == (
        "déplacez-le dans content/evenements/ sous le nom la-fete.md"
    )


def test_a_place_that_is_taken_is_not_proposed() -> None:
    assert hint("content/evenement/a.md", RECORD, "content/evenements/a.md") == (
        "gardez le bon texte dans content/evenements/a.md, puis effacez content/evenement/a.md"
    )


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("catalysers/a.MD", "a.md"),
        ("catalysers/a.markdown", "a.md"),
        ("catalysers/a.md.txt", "a.md"),
        ("catalysers/a.txt", "a.md"),
        ("catalysers/a", "a.md"),
        ("catalysers/a.yml", "a.md"),
        ("catalysers/La Fabrique.Markdown", "la-fabrique.md"),
        ("catalysers/_a.md", "a.md"),
        ("catalysers/__a.md", "a.md"),
        ("catalysers/_modele-a.md", "a.md"),
        ("catalysers/_modele (1).md", "nom-de-la-fiche.md"),
        ("catalysers/_modele - Copie.md", "nom-de-la-fiche.md"),
        ("newsletters/_2026-11.md", "2026-11.md"),
        ("catalysers/.a.md", "a.md"),
        ("content/vocabulaires/themes.yml", "themes.yaml"),
        ("content/vocabulaires/themes.YAML", "themes.yaml"),
        ("content/vocabulaires/themes.yaml.txt", "themes.yaml"),
        ("content/vocabulaires/_themes.yaml", "themes.yaml"),
    ],
)
def test_a_misspelt_name_is_told_with_the_right_one(path: str, right: str) -> None:
    assert hint(path) == f"renommez-le {right}"


@pytest.mark.parametrize("name", ["a.MD", "_a.md", "a.txt", "a.md.txt"])
def test_a_name_that_is_taken_is_not_proposed(name: str) -> None:
    assert hint(f"catalysers/{name}", RECORD, "catalysers/a.md") == (
        f"gardez le bon texte dans a.md, puis effacez {name}"
    )


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.rtf", "a.gdoc", "a.html"])
def test_a_text_of_an_office_suite_is_to_be_copied(name: str) -> None:
    assert hint(f"catalysers/{name}", b"PK") == (
        "copiez son texte dans un fichier a.md, fait d'après _modele.md"
    )


@pytest.mark.parametrize(
    "path",
    [
        "content/documents/bilan 2025.pdf",
        "content/actualites/bilan 2025.PDF",
        "content/bilan 2025.pdf",
    ],
)
def test_a_document_is_told_with_the_link_to_write(path: str) -> None:
    assert hint(path, b"%PDF-1.4") == (
        "pour le publier, renommez-le content/documents/bilan-2025.pdf, et écrivez dans un texte "
        "[bilan 2025](/documents/bilan-2025.pdf)"
    )


@pytest.mark.parametrize("name", ["a.xlsx", "a.zip", "a.pptx", "a.csv"])
def test_a_file_that_the_site_does_not_publish_is_named(name: str) -> None:
    assert f"https://exemple.fr/{name}" in hint(f"content/projets/{name}", b"PK")


@pytest.mark.parametrize("path", ["content/actualites/a.jpg", "catalysers/A.PNG", "content/a.webp"])
def test_an_image_goes_to_the_folder_of_images(path: str) -> None:
    assert hint(path, b"\xff\xd8") == "déplacez-le dans content/images/"


@pytest.mark.parametrize(
    ("path", "start"),
    [
        ("catalysers/README.md", RECORD),
        ("catalysers/_modele.md", RECORD),
        ("content/evenement/_modele.md", RECORD),
        ("catalysers/notes.txt", b"Rappeler la mairie"),
        ("catalysers/_notes.md", b"Rappeler la mairie"),
        ("content/notes.md", b"Rappeler la mairie"),
        ("catalysers/a.md~", RECORD),
        ("catalysers/.a.md.swp", RECORD),
        ("catalysers/._a.md", RECORD),
        ("catalysers/.a.md", b""),
    ],
)
def test_what_nobody_meant_to_publish_is_not_told(path: str, start: bytes) -> None:
    assert hint(path, start) == ""


def test_the_hidden_file_beside_a_record_is_that_of_a_software() -> None:
    assert hint("catalysers/.a.md", RECORD, "catalysers/a.md") == ""


def outside(path: str, start: bytes = RECORD) -> str:
    problem = advise_outside(Stray(path, start, ()), KINDS)
    return problem.hint if problem else ""


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("catalyseurs/a.md", "catalysers/"),
        ("newsletter/2026-11.md", "newsletters/"),
        ("evenements/a.md", "content/evenements/"),
        ("Content/pages/a.md", "content/pages/"),
        ("a.md", "catalysers/"),
    ],
)
def test_a_record_beside_the_content_is_told_with_the_right_folder(path: str, right: str) -> None:
    assert outside(path) == f"déplacez-le dans {right}"


@pytest.mark.parametrize(
    ("path", "start"),
    [
        ("README.md", b"# Un site"),
        ("LISEZMOI.md", RECORD),
        ("CHANGELOG.md", b"---\nversion: 1\n---\n"),
        ("evenements/photo.jpg", b"\xff\xd8"),
        ("evenements/.a.md.swp", RECORD),
    ],
)
def test_what_else_is_beside_the_content_is_not_told(path: str, start: bytes) -> None:
    assert outside(path, start) == ""


@pytest.mark.parametrize(
    "name",
    [
        *("site (1).toml", "site 2.toml", "site-2.toml", "site - Copie.toml", "site.toml.txt"),
        *("site-DESKTOP-7G2K1.toml", "Copie de site.toml", "site.sync-conflict-20261101-AB.toml"),
    ],
)
def test_a_copy_of_the_settings_is_told(name: str) -> None:
    assert outside(name, b"nom = 1") == f"gardez le bon texte dans site.toml, puis effacez {name}"
    lines = name.replace("site", "adresses")
    assert hint_of_settings(f"content/{lines}") == (
        f"gardez le bon texte dans adresses.toml, puis effacez {lines}"
    )


def hint_of_settings(path: str) -> str:
    problem = advise(Stray(path, b"", {path}), KINDS)
    assert problem is None or problem.message.startswith("ce fichier n'est pas lu : ")
    return problem.hint if problem else ""


@pytest.mark.parametrize(
    "name", ["site.toml", "Site.toml", "pyproject.toml", "site-exemple.toml", "sites (1).toml"]
)
def test_other_settings_are_told_nothing(name: str) -> None:
    assert outside(name, b"nom = 1") == ""
    assert hint_of_settings("content/site (1).toml") == ""


def test_the_folders_of_a_site_are_not_taken_for_content() -> None:
    others = [
        "src",
        "docs",
        "tests",
        "tools",
        "templates",
        "output",
        "schemas",
        "LICENSES",
        "envois",
    ]
    assert [name for name in others if is_like_folder(name, KINDS)] == []
    near = ["contents", "contenu", "Content", "newsletter", "lettres", "Catalysers", "projet"]
    assert [name for name in near if is_like_folder(name, KINDS)] == near


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("catalysers/.a.md.icloud", "cette fiche n'est pas sur ce disque"),
        ("content/vocabulaires/.a.yaml.icloud", "cette fiche n'est pas sur ce disque"),
        ("newsletters/scelles/2026-11/.a.html.icloud", "cette fiche n'est pas sur ce disque"),
        ("catalysers/a.md.nextcloud", "cette fiche n'est pas sur ce disque"),
        (".catalysers.icloud", "ce dossier n'est pas sur ce disque"),
        ("content/.evenements.icloud", "ce dossier n'est pas sur ce disque"),
        (".content.icloud", "ce dossier n'est pas sur ce disque"),
    ],
)
def test_content_that_is_still_in_the_cloud_stops_the_build(path: str, words: str) -> None:
    problem = refuse_absent(path, {path}, KINDS)
    assert problem
    assert problem.message.startswith(words)
    assert problem.level is Level.ERROR
    assert problem.hint.startswith("téléchargez ")


@pytest.mark.parametrize(
    ("path", "beside"),
    [
        ("catalysers/.a.md.icloud", "catalysers/a.md"),
        ("catalysers/.README.md.icloud", ""),
        ("catalysers/._modele.md.icloud", ""),
        ("catalysers/.a.pdf.icloud", ""),
        ("content/images/.a.jpg.icloud", ""),
        ("catalysers/a.md", ""),
    ],
)
def test_what_the_site_does_not_need_may_stay_in_the_cloud(path: str, beside: str) -> None:
    assert refuse_absent(path, {path, beside}, KINDS) is None


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("catalysers/.a.md.icloud", "dans le Finder, un clic sur le nuage"),
        ("catalysers/a.md.nextcloud", "un clic droit sur a.md.nextcloud"),
        ("catalysers/a.md.owncloud", "un clic droit sur a.md.owncloud"),
    ],
)
def test_a_file_in_the_cloud_is_fetched_as_its_software_does(path: str, asked: str) -> None:
    problem = refuse_absent(path, {path}, KINDS)
    assert problem
    assert asked in problem.hint


@pytest.mark.parametrize(
    "name", ["a.md.part", "a.md.partial", "a.md.download", "2026-11.md.crdownload"]
)
def test_a_download_that_has_not_ended_is_told_and_stops_nothing(name: str) -> None:
    path = f"catalysers/{name}"
    assert refuse_absent(path, {path}, KINDS) is None
    absent = name.rpartition(".")[0]
    assert hint(path, RECORD) == (
        f"attendez la fin du téléchargement de {absent} ; s'il s'est arrêté, effacez {name}"
    )
    assert hint(path, RECORD, f"catalysers/{absent}") == ""


@pytest.mark.parametrize("name", ["bilan.pdf.part", "README.md.part", "notes.txt.download"])
def test_a_download_of_what_is_no_content_is_not_told(name: str) -> None:
    assert hint(f"catalysers/{name}", b"") == ""


def test_an_image_that_is_still_in_the_cloud_is_told_and_stops_nothing() -> None:
    path = "content/images/.a.jpg.icloud"
    problem = advise(Stray(path, b"", {path}), KINDS)
    assert problem
    assert problem.level is Level.WARNING
    assert problem.message == "cette image n'est pas sur ce disque : a.jpg est resté en ligne"
