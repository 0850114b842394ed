"""/abonnement/: the form of a service, else a mail to the network, else it says what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from tests.building import SMALL, build
from tests.reading import parse_page
from tests.sealing import check_site
from tests.small_site import write_small_site

CONTACT = 'contact = "ecrire@essai.example"\n'
FORM = """
[lettre.formulaire]
service = "Un service"
adresse = "https://service.example/inscription?f=1"
champ_courriel = "EMAIL"
champ_editions = "l"
valeur = "tout"
[lettre.formulaire.caches]
locale = "fr"
piege = ""
"""
EDITION = """
[[editions]]
public = "entreprises"
titre = "Entreprises"
valeur = "pro"
"""


def built(folder: Path, top: str = "", end: str = "") -> Any:
    """Return the page of a site whose `site.toml` says this more."""
    root = write_small_site(folder / "site")
    config = (root / "site.toml").read_text("utf-8")
    (root / "site.toml").write_text(top + config + end, "utf-8")
    report = build(root, root / "output", views=SMALL)
    assert not report.failed, report.problems
    return parse_page(root / "output/abonnement/index.html")


def policy(tree: Any) -> str:
    metas = (one for one in tree.iter("meta") if one.get("http-equiv"))
    return str(next(metas).get("content"))


def test_without_an_address_nothing_is_promised(tmp_path: Path) -> None:
    tree = built(tmp_path)
    text = "".join(tree.itertext())
    assert "On ne peut pas encore la recevoir par courriel" in text
    assert "pas encore confirmée par le réseau" in text
    assert not list(tree.iter("form"))
    assert not [one for one in tree.iter("a") if one.get("href", "").startswith("mailto:")]
    assert [one for one in tree.iter("a") if one.get("href") == "/flux.xml"]


def test_without_a_form_a_mail_is_ready(tmp_path: Path) -> None:
    tree = built(tmp_path, CONTACT, EDITION)
    first, second = [
        one.get("href") for one in tree.iter("a") if one.get("href", "").startswith("mailto:")
    ]
    parts = urlsplit(first)
    assert parts.path == "ecrire@essai.example"
    asked = parse_qs(parts.query, strict_parsing=True)
    assert asked["subject"] == ["Recevoir la lettre"]
    assert "Je souhaite recevoir la lettre" in asked["body"][0]
    assert "Entreprises" in asked["body"][0]
    assert unquote(second) == "mailto:ecrire@essai.example"


def test_the_form_is_that_of_the_service(tmp_path: Path) -> None:
    tree = built(tmp_path, CONTACT, FORM + EDITION)
    (form,) = tree.iter("form")
    assert (form.get("action"), form.get("method")) == (
        "https://service.example/inscription?f=1",
        "post",
    )
    fields = [
        (one.get("type"), one.get("name"), one.get("value", ""), "checked" in one.attrib)
        for one in form.iter("input")
    ]
    assert fields == [
        ("email", "EMAIL", "", False),
        ("radio", "l", "tout", True),
        ("radio", "l", "pro", False),
        ("hidden", "locale", "fr", False),
        ("hidden", "piege", "", False),
    ]
    assert "form-action 'self' https://service.example;" in f"{policy(tree)};"
    text = "".join(tree.itertext())
    assert "Un service" in text
    assert "pas encore confirmée par le réseau" in text


def test_what_cannot_be_chosen_is_sent_without_a_word(tmp_path: Path) -> None:
    (form,) = built(tmp_path, CONTACT, FORM).iter("form")
    assert not list(form.iter("fieldset"))
    sent = {one.get("name"): one.get("value") for one in form.iter("input")}
    assert sent["l"] == "tout"


def test_whether_readers_are_followed_is_the_owner_s_to_say(tmp_path: Path) -> None:
    silent = "".join(built(tmp_path / "a", CONTACT).itertext())
    assert "personne ne sait si vous l’ouvrez" not in silent
    told = "".join(built(tmp_path / "b", CONTACT, "\n[lettre]\nsans_suivi = true\n").itertext())
    assert "personne ne sait si vous l’ouvrez" in told


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('adresse = "http://service.example/"', "n'est pas en https"),
        ('champ_couriel = "EMAIL"', "champ_couriel"),
    ],
)
def test_a_form_that_cannot_be_is_told(tmp_path: Path, line: str, message: str) -> None:
    root = write_small_site(tmp_path / "site")
    key = line.partition(" ")[0]
    lines = [old for old in FORM.splitlines() if not old.startswith(key)]
    lines.insert(2, line)
    config = (root / "site.toml").read_text("utf-8")
    (root / "site.toml").write_text(f"{config}\n" + "\n".join(lines) + "\n", "utf-8")
    problems = check_site(root).problems
    assert message in problems[0].message
    assert problems[0].line > config.count("\n")


LISTS = """\
nom: Lettres
termes:
  - {cle: mensuelle, nom: La mensuelle d'essai, rythme: mois, valeur: m}
  - {cle: elus, nom: L'hebdo d'essai, rythme: semaine, valeur: h}
"""


def test_several_letters_are_boxes_to_tick(tmp_path: Path) -> None:
    root = write_small_site(tmp_path / "site")
    (root / "content/vocabulaires/listes.yaml").write_text(LISTS, "utf-8")
    config = (root / "site.toml").read_text("utf-8")
    (root / "site.toml").write_text(config + FORM, "utf-8")
    report = build(root, root / "output", views=SMALL)
    assert report.problems == ()
    (form,) = parse_page(root / "output/abonnement/index.html").iter("form")
    fields = [(one.get("type"), one.get("value", "")) for one in form.iter("input")]
    assert fields[1:3] == [("checkbox", "m"), ("checkbox", "h")]
