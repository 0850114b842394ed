"""One mistake hides no other of the same header, and tells nothing false of the keys beside it."""

from __future__ import annotations

import itertools

import pytest

from maille import kinds
from maille.content.documents import SourceFile, drop_doubtful
from maille.content.parse import parse
from maille.problems import Problem, sort_problems
from maille.schema.validate import validate
from maille.site.assemble import BuildInputs, assemble
from tests.doses import PAIR_STEP
from tests.site.test_assemble import FRAME, GAZETTEER, TODAY

KINDS = kinds.load(
    ("vocabulaire", "catalyser", "projet", "newsletter", "actualite", "evenement", "page")
)
TERMS = "  - {cle: accompagnements, nom: Accompagner, activites: [{cle: incubation, nom: Incuber}]}"
KNOWN = {
    "content/vocabulaires/relations.yaml": "nom: R\ntermes: [{cle: cite, nom: C}]\n",
    "content/vocabulaires/themes.yaml": "nom: T\ntermes: [{cle: education, nom: Éducation}]\n",
    "content/vocabulaires/types-d-evenement.yaml": "nom: E\ntermes: [{cle: soiree, nom: S}]\n",
    "content/vocabulaires/acteurs.yaml": "nom: A\ntermes: [{cle: essai, nom: A}]\n",
    "content/vocabulaires/pratiques.yaml": f"nom: P\ntermes:\n{TERMS}\n",
    "catalysers/autre.md": "---\nnom: Autre\nrelation: cite\nresume: r\nsources: [{titre: S}]\n---",
    "content/projets/chantier.md": "---\nnom: Chantier\nresume: r\nsources: [{titre: S}]\n---",
}
NEEDED = {"nom": "Un", "relation": "cite", "resume": "r", "sources": "[{titre: S}]"}
HAPPENING = {"titre": "T", "resume": "r", "type": "soiree", "date": "2023-04-13"} | {
    "sources": "[{titre: S}]"
}


def told_of(path: str, keys: dict[str, str]) -> list[Problem]:
    """Return what one run says of a site in which the header of `path` has these keys."""
    header = "\n".join(f"{key}: {value}" for key, value in keys.items())
    files = KNOWN | {path: f"---\n{header}\n---\n"}
    documents, early = parse([SourceFile(name, text.encode()) for name, text in files.items()])
    validated = validate(documents, KINDS)
    frame = BuildInputs(FRAME.config, KINDS, GAZETTEER, TODAY)
    late = drop_doubtful(assemble(validated, (), frame)[1], documents)
    problems = sort_problems((*early, *validated.problems, *late))
    assert {problem.path for problem in problems} <= {path}
    return list(problems)


def told(*changes: dict[str, str]) -> list[str]:
    keys = dict(NEEDED)
    ties = []
    for change in changes:
        ties += [change["tie"]] if "tie" in change else []
        keys |= {key: value for key, value in change.items() if key != "tie"}
        for key in [key for key, value in keys.items() if value == "-"]:
            del keys[key]
    if ties:
        keys["ecosysteme"] = f"[{', '.join(f'{{{tie}}}' for tie in ties)}]"
    return [problem.message for problem in told_of("catalysers/un.md", keys)]


# What is typed → what is told of it, whatever else is wrong. A « tie » is one of the ecosystem's.
MISTAKES = {
    "unknown key": ({"projets": "x"}, "la clé « projets » n'existe pas ici"),
    "bad value": ({"site": "x"}, "« x » n'est pas une adresse de site"),
    "open quote": ({"adresse": '"1 rue'}, "un guillemet est ouvert ici"),
    "stray colon": ({"telephone": "01 : 02"}, "il y a un deux-points de trop"),
    "open bracket": ({"pratiques": "[accompagnement"}, "un crochet [ est ouvert ici"),
    "missing key": ({"resume": "-"}, "il manque la clé « resume »"),
    "misspelt key": ({"telefone": "0612345670"}, "la clé « telefone » n'existe pas ici"),
    "not a list": ({"autres_noms": "{a: b}"}, "« autres_noms » attend une liste"),
    "bad item": ({"territoires": "['63', [a], 630-Est]"},
                 "le 2e élément de « territoires » attend un texte simple"),
    "no example": ({"exemple": "peut-être"}, "« peut-être » n'est ni « oui » ni « non »"),
    "bad source": ({"sources": "[{titre: S}, {date: hier, titre: T}]"}, "« hier »"),
    "bad term": ({"profil": "[a]", "themes": "[education, zorglub]"},
                 "« zorglub » n'est pas dans la liste « themes »"),
    "half a point": ({"latitude": "45"}, "« latitude » est donnée sans « longitude »"),
    "bad commune": ({"commune": "Langeacc"}, "aucune commune ne s'appelle « Langeacc »"),
    "unknown key of a tie": ({"tie": "nature: a, nom: N, projets: x"},
                             "la clé « projets » n'existe pas ici"),
    "bad value of a tie": ({"tie": "nature: a, nom: M, site: x.y z"}, "« x.y z » n'est pas"),
    "tie without nature": ({"tie": "projet: chantie"}, "il manque la clé « nature »"),
    "tie that is text": ({"tie": "nature: a, nom: [b]"}, "« nom » du"),
    "tie to nothing": ({"tie": "nature: a, note: b"}, "ne dit pas à qui, ou à quoi"),
    "tie to nobody": ({"tie": "nature: b, catalyseur: autr"}, "aucune fiche ne s'appelle « autr »"),
    "tie to no place": ({"tie": "nature: c, nom: N, commune: Langeacc, departement: '43'"},
                        "aucune commune ne s'appelle « Langeacc » en Haute-Loire"),
}  # fmt: skip
# What two of the above say beside what they say alone.
MORE = {
    "bad item": ["« 630-Est » n'est le code d'aucun territoire"],
    "bad term": ["« profil » attend un texte simple"],
    "tie without nature": ["aucune fiche ne s'appelle « chantie »"],
}


@pytest.mark.parametrize(("one", "other"), [*itertools.combinations(MISTAKES, 2)][::PAIR_STEP])
def test_two_mistakes_are_told_in_one_run_and_nothing_else_is(one: str, other: str) -> None:
    found = told(MISTAKES[one][0], MISTAKES[other][0])
    wanted = [MISTAKES[name][1] for name in (one, other)]
    wanted += [more for name in (one, other) for more in MORE.get(name, [])]
    assert [w for w in wanted if not any(w in message for message in found)] == []
    assert len(found) == len(wanted), found


def test_all_the_mistakes_are_told_in_one_run() -> None:
    found = told(*(typed for typed, _ in MISTAKES.values()))
    wanted = [*(words for _, words in MISTAKES.values()), *itertools.chain(*MORE.values())]
    assert [w for w in wanted if not any(w in message for message in found)] == []
    assert len(found) == len(wanted), found


# What is typed: one mistake, which must have one message, whatever leans on the key at fault.
ALONE = (
    {"commune": "Saint-Denis", "departement": "[974]"},
    {"commune": "Saint-Denis", "departemant": "974"},
    {"latitude": "45", "longitude": "x"},
    {"latitude": "45", "longitud": "3", "departement": "'63'"},
    {"latitude": "45", "longitude": "3", "departement": "[63]"},
    {"commune": "[Amiens]", "latitude": "45", "longitude": "3"},
    {"pratiques": "[accompagnement]", "activites": "[incubation]"},
    {"pratiques": "{a: b}", "activites": "[incubation]"},
    {"pratique": "[accompagnements]", "activites": "[incubation]"},
    {"themes": "Éducation"},
    {"themes": "education"},
    {"exemple": "ouii", "sources": "-", "relation": "-"},
    {"tie": "nature: a, projt: chantier"},
    {"tie": "nature: a, nom: [N], commune: Langeacc"},
    {"tie": "nature: a, nom: N, commune: Saint-Denis, departement: [974]"},
    {"tie": "natur: a, projet: chantier"},
    {"ecosysteme": "chantier"},
    {"ecosysteme": "[chantier]"},
    {"ecosysteme": "{nature: a, projet: chantier}"},
    {"sources": "[S]"},
    {"mise_a_jour": "hier"},
    {"commune": "Saint-Denis", "departement": '"974'},
    {"latitude": "45", "longitude": "3 : 2"},
    {"latitude": "45", "longitude": "@3"},
    {"pratiques": "[accompagnements", "activites": "[incubation]"},
    {"pratiques": "[accompagnements : x]", "activites": "[incubation]"},
    {"themes": "[education, zorglub : x]"},
    {"relation": "'cite"},
    {"relation": ": cite"},
    {"sources": "\n  - titre: S : T"},
    {"sources": "\n  - titre:S\n    date: 2023"},
    {"sources": "\n- titre: S\n  date = 2023"},
    {"ecosysteme": "[{nature: a, projet: chantie]"},
    {"mise_a_jour": '"hier'},
    {"site": "[exemple.fr](https://exemple.fr/)"},
)


@pytest.mark.parametrize("typed", ALONE, ids=str)
def test_a_mistake_tells_nothing_false_of_the_keys_beside_it(typed: dict[str, str]) -> None:
    assert len(told(typed)) == 1, told(typed)


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("content/evenements/e.md", HAPPENING | {"date": "hier", "heure": "18:00"}),
        ("content/evenements/e.md", HAPPENING | {"dat": "2023-04-13", "date": "2023-02-30"}),
        ("content/evenements/e.md", HAPPENING | {"heure": "tôt", "heure_fin": "18:00"}),
        ("content/evenements/e.md", HAPPENING | {"date": "x", "jusqu_au": "2023-01-01"}),
        (
            "content/evenements/e.md",
            HAPPENING | {"heure": "18:00", "heure_fin": "9:00", "jusqu_au": "demain"},
        ),
        ("content/evenements/e.md", HAPPENING | {"statut": "annule", "mise_a_jour": "hier"}),
        ("newsletters/2019-01.md", {"mois": "janvier", "titre": "T"}),
        ("newsletters/2062-01.md", {"mois": "2062-01", "titre": "T", "publie_le": "x"}),
        (
            "content/actualites/a.md",
            {"titre": "T", "resume": "r", "acteur": "essai", "sources": "[{titre: S}]"}
            | {"date": "2062-01-01", "publie_le": "x"},
        ),
        (
            "content/vocabulaires/v.md",
            {"nom": "N", "termes": "[{cle: a, nom: A}, {nom: B}, {cle: c, nom: [C]}]"},
        ),
        (
            "content/projets/p.md",
            {"nom": "P", "resume": "r", "sources": "[{titre: S}]"}
            | {"anciens_noms": "[{nom: A}, {jusqu_en: 2020}]"},
        ),
    ],
)
def test_a_mistake_of_any_kind_of_file_tells_nothing_false(path: str, keys: dict[str, str]) -> None:
    found = told_of(path, keys)
    wrong = {"dat", "termes"} & keys.keys()
    assert len(found) == 1 + len(wrong), found


def test_a_fault_between_good_keys_is_told_beside_a_bad_key() -> None:
    keys = HAPPENING | {"heure": "18:00", "heure_fin": "9:00", "site_web": "x"}
    messages = [problem.message for problem in told_of("content/evenements/e.md", keys)]
    assert messages[0].startswith("la fin n'est pas après le début")
    assert len(messages) == 2


@pytest.mark.parametrize("missing", HAPPENING)
def test_a_key_that_is_missing_is_told_and_nothing_leans_on_it(missing: str) -> None:
    keys = HAPPENING | {"heure": '"18:30"', "heure_fin": '"17:00"', "jusqu_au": "2023-04-13"}
    del keys[missing]
    messages = [problem.message for problem in told_of("content/evenements/un.md", keys)]
    assert any(missing in message for message in messages)
    hours = "la fin n'est pas après le début"
    assert (hours in messages) == (missing != "date")
