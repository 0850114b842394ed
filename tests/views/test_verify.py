"""Links that lead nowhere are told at the line of the Markdown, before anything is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from maille.problems import Level, Problem
from tests.building import WITHOUT_COMMUNES, build, copy_site
from tests.small_site import replace_in, write_small_site

PAGE = "content/pages/confidentialite.md"
# A link, what is said of it, and part of what to type.
BROKEN = [
    ("/catalyseurs/cocolavandes/", "ne mène à aucune page", "« /catalyseurs/cocolavande/ »"),
    ("/catalyseurs/cocolavande", "ne mène à aucune page", "« /catalyseurs/cocolavande/ »"),
    ("/lettres/2024-05/#recyclaide80", "vise un titre qui n'existe pas", "#recycl-herbe80"),
    ("/lexique/#boutur", "vise un titre qui n'existe pas", "/lexique/#bouture"),
    ("#nulle-part", "vise un titre qui n'existe pas", "écrivez …, la fin"),
    ("../projets/racines.md", "est un fichier", "écrivez « /projets/racines/ »"),
    ("le-reseau.md", "est un fichier", "écrivez « /le-reseau/ »"),
    ("./le-reseau.md#x", "est un fichier", "écrivez « /le-reseau/#x »"),
    ("projets/racines.md", "est un fichier", "écrivez « /projets/racines/ »"),
    ("/content/projets/racines.md", "est un fichier", "écrivez « /projets/racines/ »"),
    ("qg.md", "est un fichier", "écrivez …, la fin de l'adresse que le navigateur montre"),
    ("https://catalyseurs.example/pas-la/", "ne mène à aucune page", 'la ligne "/pas-la/" ='),
    ("http://www.catalyseurs.example/cartes/", "ne mène à aucune page", "« /carte/ »"),
    ("https://catalyseurs.example/lettres/2024-05/#non", "vise un titre", "écrivez …, la fin"),
    ("http://127.0.0.1:8000/carte/?q=a", "que sur l'ordinateur de qui", "/carte/?q=a"),
    ("http://localhost:8000/pas-la/", "que sur l'ordinateur de qui", "écrivez …, l'adresse"),
    ("http://192.168.1.12/carte/", "que dans un réseau fermé", "écrivez …, l'adresse"),
    ("mailto:a@mac.local", "que dans un réseau fermé", "écrivez …, l'adresse"),
    ("//essai.example/a", "n'est pas une adresse admise", "écrivez https://"),
]
GOOD = [
    "/catalyseurs/cocolavande/",
    "/lettres/2024-05/#recycl-herbe80",
    "/lexique/#bouture",
    "/catalyseurs/?departement=63",
    "https://catalyseurs.example/catalyseurs/?departement=63",
    "https://catalyseurs.example",
    "http://www.catalyseurs.example/lettres/2024-05/#recycl-herbe80",
]


# Words of a link, its address, and the one that is meant, of those that are as near.
MEANT = [
    ("la lettre de mai 2025", "/lettres/202-05/", "/lettres/2025-05/"),
    ("la lettre de mai 2024", "/lettres/202-05/", "/lettres/2024-05/"),
    ("Lettre d'avril 2024", "/lettres/2024-0/", "/lettres/2024-04/"),
    ("en mai 2024", "/lettres/2024-0x/", "/lettres/2024-05/"),
]
AT_THE_END = "/carte/."
OF_A_PROJECT = "/projets/recyclaide80/"


def told(site: Path) -> tuple[Problem, ...]:
    return build(site, site / "output", views=WITHOUT_COMMUNES, publish=False).problems


@pytest.fixture(scope="module")
def of_links(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Problem]:
    """What is told of a page that has all these links, each on a line of its own.

    The problems are by link, and those of `MEANT` by words and link.
    """
    site = copy_site(tmp_path_factory.mktemp("liens") / "site")
    links = [*(link for link, *_ in BROKEN), *GOOD, OF_A_PROJECT]
    written = {link: f"Voyez [ici]({link})." for link in links}
    written |= {AT_THE_END: f"Voyez [ici]({AT_THE_END})"}
    written |= {f"{words} {link}": f"Voyez [{words}]({link})." for words, link, _ in MEANT}
    text = (site / PAGE).read_text(encoding="utf-8").rstrip("\n")
    first = text.count("\n") + 3
    text += "".join(f"\n\n{line}" for line in written.values())
    (site / PAGE).write_text(f"{text}\n", encoding="utf-8")
    lines = {first + 2 * number: link for number, link in enumerate(written)}
    problems = told(site)
    found = {lines[one.line]: one for one in problems}
    for link, one in found.items():
        assert (one.path, one.column) == (PAGE, written[link].index("](") + 3)
    assert len(found) == len(problems)
    return found


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_site(tmp_path / "site")


@pytest.mark.parametrize(("link", "said", "hint"), BROKEN)
def test_a_broken_link_is_told_at_its_line(
    of_links: Mapping[str, Problem], link: str, said: str, hint: str
) -> None:
    problem = of_links[link]
    assert said in problem.message
    assert hint in problem.hint


def test_the_sign_that_ends_a_sentence_goes_behind_its_link(
    of_links: Mapping[str, Problem],
) -> None:
    assert of_links[AT_THE_END].hint == "remplacez /carte/.) par /carte/)."


def test_the_hint_proposes_pages_and_no_feed(of_links: Mapping[str, Problem]) -> None:
    hint = of_links[OF_A_PROJECT].hint
    assert "« /projets/recycl-herbe80/ »" in hint
    assert "flux" not in hint


@pytest.mark.parametrize(("words", "address", "meant"), MEANT)
def test_of_pages_as_near_the_words_of_the_link_tell_which_is_meant(
    of_links: Mapping[str, Problem], words: str, address: str, meant: str
) -> None:
    problem = of_links[f"{words} {address}"]
    assert problem.hint.startswith(f"vouliez-vous dire « {meant} »")


@pytest.mark.parametrize("link", GOOD)
def test_a_good_link_is_let_through(of_links: Mapping[str, Problem], link: str) -> None:
    assert link not in of_links


def test_a_value_that_leads_nowhere_on_the_site_is_told(site: Path) -> None:
    for name, value in (
        ("racines", "https://catalyseurs.example/pas-la/"),
        ("pop-o", "http://exemple.fr/x"),
    ):
        page = site / f"content/projets/{name}.md"
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace("---\n", f"---\nsite: {value}\n", 1), encoding="utf-8")
    assert [(one.path, one.line, one.key, one.level) for one in told(site)] == [
        ("content/projets/racines.md", 2, "site", Level.WARNING)
    ]


def test_a_file_that_takes_the_address_of_a_list_is_the_one_to_rename(site: Path) -> None:
    lists = {
        "agenda": "l'agenda",
        "carte": "la carte",
        "territoires": "la liste des territoires",
    }
    for slug in lists:
        text = f"---\ntitre: {slug}\nresume: Une autre.\n---\nTexte.\n"
        (site / f"content/pages/{slug}.md").write_text(text, encoding="utf-8")
    assert [(one.path, one.message, one.hint) for one in told(site)] == [
        (
            f"content/pages/{slug}.md",
            f"l'adresse /{slug}/ est déjà celle de {owner}",
            f"renommez le fichier en {slug}-2.md",
        )
        for slug, owner in lists.items()
    ]
    for slug in lists:
        page = site / f"content/pages/{slug}.md"
        page.rename(page.with_stem(f"{slug}-2"))
    assert told(site) == ()


def test_two_lists_of_one_address_are_told_in_the_settings(site: Path) -> None:
    with (site / "site.toml").open("a", encoding="utf-8") as file:
        file.write('\n[mots.webinaire]\nadresse = "/agenda/"\n')
    problems = [one for one in told(site) if "est déjà celle de" in one.message]
    assert {one.path for one in problems} == {"site.toml"}


def test_a_menu_that_leads_nowhere_is_told(site: Path) -> None:
    (site / "content/pages/le-reseau.md").unlink()
    problems = told(site)
    assert any(p.path == "site.toml" and "/le-reseau/" in p.message for p in problems)


def test_a_menu_that_leads_nowhere_is_reported_at_its_line(site: Path) -> None:
    config = site / "site.toml"
    text = config.read_text(encoding="utf-8")
    keys = ("menu", "pied", "presentation.liens")
    for key in keys:
        start = text.rindex(f"[[{key}]]")  # the last: the lines of the others are passed over
        head, tail = text[:start], text[start:]
        text = head + re.sub(r'adresse = ".*"', f'adresse = "/pas-{key[:4]}/"', tail, count=1)
    config.write_text(text, encoding="utf-8")
    problems = {one.line: one for one in told(site)}
    assert {one.path for one in problems.values()} == {"site.toml"}
    lines = {key: text[: text.index(f"/pas-{key[:4]}/")].count("\n") + 1 for key in keys}
    assert {*problems} == {*lines.values()}
    for key, line in lines.items():
        assert f"[[{key}]]" in problems[line].hint


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("/catalyseurs/premiere/", "« /catalyseurs/premier/ »"), ("/le-reseau/", "effacez cette")],
)
def test_a_case_that_is_no_record_is_reported_at_its_line(
    tmp_path: Path, typed: str, hint: str
) -> None:
    root = write_small_site(tmp_path, templates=False)
    config = root / "site.toml"
    block = f'\n[presentation]\ntitre = "A"\ntexte = "B"\ncas = "{typed}"\n'
    config.write_text(config.read_text("utf-8") + block, encoding="utf-8")
    (problem,) = told(root)
    assert "n'est pas la page d'une fiche" in problem.message
    assert hint in problem.hint
    assert problem.line == config.read_text("utf-8").count("\n")


def test_a_menu_that_leads_to_what_left_is_told(site: Path) -> None:
    with (site / "content/adresses.toml").open("a", encoding="utf-8") as file:
        file.write('\n"/partie/" = {parti_le = 2026-11-20}\n"/autre/" = {vers = "/partie/"}\n')
    menu = site / "site.toml"
    line = replace_in(menu, 'adresse = "/le-reseau/"', 'adresse = "/autre/"')
    (problem,) = told(site)
    assert problem.place.startswith(f"site.toml:{line}:")
    assert "n'est plus sur ce site" in problem.message


def test_a_page_that_left_while_the_foot_names_it_is_not_another_page(site: Path) -> None:
    config = site / "site.toml"
    text = config.read_text(encoding="utf-8")
    block = '\n[[pied]]\ntitre = "Rejoindre"\nadresse = "/rejoindre/"\n'
    config.write_text(text + block, encoding="utf-8")
    [problem] = told(site)
    assert problem.message.startswith("« Rejoindre » mène à /rejoindre/, qui n'est pas une page")
    assert problem.hint == "retirez ce bloc [[pied]], ou corrigez son adresse"


def test_a_menu_address_with_a_slip_gets_the_right_one(site: Path) -> None:
    config = site / "site.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace('"/carte/"', '"/cartes/"'), encoding="utf-8")
    [problem] = told(site)
    assert "« /carte/ »" in problem.hint
