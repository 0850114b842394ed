"""The questions of the pages of corrections come from the kind, and what a record says of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from maille.kinds.catalyser import Catalyser
from maille.site.model import Site
from maille.views.corrections import (
    NAME,
    SUBJECT,
    TEXT,
    Question,
    group_questions,
    list_questions,
    plan,
    read_values,
)
from tests.small_site import link_site, write_small_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = write_small_site(tmp_path_factory.mktemp("corrections") / "site")
    lines = 'contact = "ecrire@essai.example"\ndepot = "https://github.com/essai/site"\n'
    (root / "site.toml").write_text(lines + (root / "site.toml").read_text("utf-8"), "utf-8")
    record = root / "catalysers/premier.md"
    text = record.read_text("utf-8").replace('["21"]', '["21", "242100410"]')
    record.write_text(text, "utf-8")
    return link_site(root)


def find_questions(site: Site) -> dict[str, Question]:
    return {one.key: one for one in list_questions(site, site.kind("catalyser"))}


def test_each_key_is_asked_in_its_form(site: Site) -> None:
    found = find_questions(site)
    forms = {key: (one.form, one.keyboard, one.required) for key, one in found.items()}
    assert forms == {
        "nom": ("text", "text", True),
        "autres_noms": ("lines", "text", False),
        "profil": ("one", "text", False),
        "pratiques": ("many", "text", False),
        "activites": ("many", "text", False),
        "themes": ("many", "text", False),
        "territoires": ("many", "text", False),
        "site": ("text", "url", False),
        "courriel": ("text", "email", False),
        "telephone": ("text", "tel", False),
        "resume": ("long", "text", True),
        "commune": ("text", "text", False),
        "departement": ("one", "text", False),
        "adresse": ("text", "text", False),
        "code_postal": ("text", "numeric", False),
    }
    assert found["nom"].title == "Nom"
    assert found["site"].most == 2000


def test_what_a_text_must_be_comes_from_the_kind(site: Site) -> None:
    found = find_questions(site)
    ruled = {key: one for key, one in found.items() if one.pattern}
    assert {*ruled} == {"site", "courriel", "telephone", "code_postal"}
    assert ruled["code_postal"].pattern == "[0-9]{5}"
    assert "cinq chiffres" in ruled["code_postal"].fault
    assert all(one.fault for one in ruled.values())


def test_what_is_seldom_right_comes_first(site: Site) -> None:
    questions = list_questions(site, site.kind("catalyser"))
    (first, names, others, areas) = group_questions(questions, is_new=False)
    assert [one.key for one in first.questions][:5] == [
        *("telephone", "site", "courriel", "resume", "adresse")
    ]
    assert (first.title, names.title) == ("", "Noms")
    assert [one.key for one in areas.questions] == ["territoires"]
    assert "profil" in {one.key for one in others.questions}
    grouped = [one for group in (first, names, others, areas) for one in group.questions]
    assert sorted(grouped, key=questions.index) == [*questions]
    assert group_questions(questions, is_new=True)[0].questions[0].key == "nom"


def test_choices_are_those_of_vocabularies_and_of_france(site: Site) -> None:
    found = find_questions(site)
    [(label, profiles)] = found["profil"].choices
    assert label == ""
    assert ("accompagnateur", "Accompagnateur") in profiles
    assert {value for _, group in found["activites"].choices for value, _ in group} >= {
        "incubation"
    }
    territories = dict(found["territoires"].choices)
    assert territories["Bretagne"][0] == ("bretagne", "Toute la région")
    assert ("22", "22 Côtes-d’Armor") not in territories[""]
    assert territories[""] == (("national", "Partout en France"),)
    assert ("bretagne", "Toute la région") not in dict(found["departement"].choices)["Bretagne"]
    assert "988" in dict(territories["Collectivités d'outre-mer"])
    assert found["territoires"].is_long
    assert not found["profil"].is_long


def test_a_record_says_what_its_file_says(site: Site) -> None:
    entry = site.find("catalyser", "premier")
    assert isinstance(entry, Catalyser)
    values = read_values(site, entry)
    assert values["nom"] == "Premier d'essai"
    assert values["valeurs"]["departement"] == "21"
    assert values["valeurs"]["territoires"] == ["21", "242100410"]
    assert "Dijon" in values["noms"]["242100410"]
    assert not {"sources", "relation", "brouillon"} & {*values["valeurs"]}


def test_addresses_have_marks_that_the_script_replaces(site: Site) -> None:
    correct, add = (dict(page.make_context()) for page in plan(site))
    assert correct["send"] == f"mailto:ecrire@essai.example?subject={SUBJECT}&body={TEXT}"
    assert correct["new_file"] == ""
    assert NAME in add["new_file"]
    assert TEXT in add["new_file"]


def test_the_script_knows_the_marks() -> None:
    scripts = Path(__file__).parents[2] / "templates/assets/js"
    text = "".join((scripts / f"proposal{end}.js").read_text("utf-8") for end in ("", "-text"))
    assert all(mark in text for mark in (SUBJECT, TEXT, NAME))
