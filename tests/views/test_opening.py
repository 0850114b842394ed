"""What a site must give before it opens, and what it may not open without."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from maille.views.opening import list_needs
from tests.building import OPEN, open_site
from tests.leaving import list_told
from tests.small_site import link_site, replace_in, write_small_site

KEYS = ("editeur", "hebergeur", "contact", "accord_du_reseau")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_small_site(tmp_path, templates=False)


def add_example(root: Path) -> None:
    text = (root / "catalysers/second.md").read_text("utf-8")
    (root / "catalysers/exemples").mkdir()
    path = root / "catalysers/exemples/un.md"
    path.write_text(text.replace("nom: Second", "exemple: oui\nnom: Un"), "utf-8")


def test_each_thing_is_listed_with_its_file_key_and_line(root: Path) -> None:
    add_example(root)
    found = {need.key: need for need in list_needs(link_site(root))}
    assert [key for key, need in found.items() if need.required] == [*KEYS, "adresse", "exemple"]
    assert {"licence_des_donnees", "verifie_le"} <= set(found)
    assert {found[key].path for key in (*KEYS, "adresse")} == {"site.toml"}
    assert found["exemple"].hint == "effacez les fiches d'exemple de catalysers/exemples/"
    assert "2 fiches" in found["verifie_le"].message
    given = [found[key].hint for key in (*KEYS, "adresse", "verifie_le")]
    assert not any("2026" in hint or "@" in hint for hint in given)  # an example would be pasted


def test_a_demonstration_needs_nothing(root: Path) -> None:
    add_example(root)
    assert list_told(root) == []


def test_a_public_site_without_them_is_an_error_for_each(root: Path) -> None:
    open_site(root, 'etat = "public"\n')
    told = list_told(root)
    line = (root / "site.toml").read_text("utf-8").split("\n").index('etat = "public"') + 1
    assert {place for place, _, _ in told} == {f"site.toml:{line}:1"}
    assert all(any(f"la ligne {key} = " in hint for _, _, hint in told) for key in KEYS)
    assert len(told) == len(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_each_of_them_is_needed(root: Path, key: str) -> None:
    open_site(root, "".join(f"{line}\n" for line in OPEN.splitlines() if key not in line))
    ((_, message, hint),) = list_told(root)
    assert message.startswith("ce site est public, et il manque : ")
    assert f"la ligne {key} = " in hint


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("editeur", "le nom et l'adresse de qui publie"),
        ("editeur", "Le nom et l’adresse de qui publie le site"),
        ("editeur", "À compléter"),
        ("hebergeur", "le nom et l'adresse de l'hébergeur"),
        ("hebergeur", "Hébergeur XXXX, rue à préciser"),
        ("contact", "contact@exemple.fr"),
        ("contact", "https://formulaire.example/ecrire"),
    ],
)
def test_an_example_of_a_value_is_not_the_value(root: Path, key: str, value: str) -> None:
    open_site(root, re.sub(rf'{key} = ".*"', f'{key} = "{value}"', OPEN))
    ((_, message, hint),) = list_told(root)
    assert message.endswith(f"(« {value} » tient la place de la vraie valeur)")
    assert hint.startswith(f'écrivez {key} = "…", avec ')


@pytest.mark.parametrize("key", ["editeur", "hebergeur", "contact"])
def test_advice_that_is_pasted_is_refused(root: Path, key: str) -> None:
    open_site(root, re.sub(rf'{key} = ".*"', f'{key} = "…"', OPEN))
    assert any("« … » tient la place d'une valeur" in message for _, message, _ in list_told(root))


def test_an_agreement_to_come_is_none_yet(root: Path) -> None:
    open_site(root, OPEN.replace("2026-11-01", "2026-11-22"))
    ((_, message, hint),) = list_told(root)
    assert message.endswith("(22 novembre 2026 n'est pas encore venu)")
    assert hint == "écrivez accord_du_reseau = AAAA-MM-JJ, avec le jour de l'accord"


@pytest.mark.parametrize("host", ["essai.example", "www.essai.example"])
def test_a_public_site_has_an_address_of_its_own(root: Path, host: str) -> None:
    open_site(root)
    text = (root / "site.toml").read_text("utf-8").replace("essai.example.org", host)
    (root / "site.toml").write_text(text, "utf-8")
    ((_, message, _),) = list_told(root)
    assert f"https://{host}/ n'en est pas une" in message


@pytest.mark.parametrize(
    "words",
    [
        "Ce site est une démonstration.",
        "L'adresse sera complétée par le propriétaire du site.",
        "Leurs coordonnées seront complétées au même moment.",
    ],
)
def test_a_page_of_a_public_site_does_not_deny_it(root: Path, words: str) -> None:
    open_site(root)
    page = root / "content/pages/le-reseau.md"
    page.write_text(f"{page.read_text('utf-8')}\nAvant. {words}\n", "utf-8")
    ((place, message, hint),) = list_told(root)
    assert place == "content/pages/le-reseau.md:9:1"
    assert message.startswith("ce site est public, et cette page a une phrase à remplacer : ")
    assert words.rstrip(".") in message
    assert hint == "remplacez-la par ce qui est su"


def test_a_public_site_may_still_choose_its_licence(root: Path) -> None:
    open_site(root)
    page = root / "content/pages/le-reseau.md"
    page.write_text(f"{page.read_text('utf-8')}\nLes données : licence à confirmer.\n", "utf-8")
    assert list_told(root) == []


def test_a_record_without_contact_says_so_once(root: Path) -> None:
    path = root / "catalysers/second.md"
    text = path.read_text("utf-8").replace("nom:", "contact_cherche_le: 2026-11-02\nnom:", 1)
    path.write_text(text, "utf-8")
    said = {one.path: one.message for one in list_needs(link_site(root)) if one.key == "site"}
    assert said["catalysers/second.md"].endswith(
        " : contact cherché le 2 novembre 2026, non trouvé"
    )
    assert said["catalysers/premier.md"].endswith(" : sans contact")


def test_a_public_site_has_no_example(root: Path) -> None:
    open_site(root, OPEN)
    assert list_told(root) == []
    add_example(root)
    ((_, message, hint),) = list_told(root)
    assert "1 sont des exemples" in message
    assert hint == "effacez les fiches d'exemple de catalysers/exemples/"


def test_examples_that_no_file_holds_go_by_themselves(root: Path) -> None:
    """The line that asks for them is idle in a public site: it is better away."""
    replace_in(root / "site.toml", "nom = ", "exemples = 9\nnom = ")
    found = {need.key: need for need in list_needs(link_site(root))}
    assert "exemple" not in found
    assert (found["exemples"].required, found["exemples"].hint) == (False, "effacez cette ligne")


@pytest.mark.parametrize(
    "words",
    [
        "L'adresse sera complétée par le propriétaire du site.",
        "Le nom de l'hébergeur et son adresse seront complétés au même moment.",
        "Ce site est une démonstration.",
        "Les données : licence à confirmer.",
    ],
)
def test_a_page_that_is_to_be_completed_is_listed_with_its_line(root: Path, words: str) -> None:
    page = root / "content/pages/le-reseau.md"
    page.write_text(f"{page.read_text('utf-8')}\n{words}\n", "utf-8")
    (need,) = (one for one in list_needs(link_site(root)) if one.path.endswith("le-reseau.md"))
    assert need.key == "ligne 9"
    assert words.rstrip(".") in need.message
