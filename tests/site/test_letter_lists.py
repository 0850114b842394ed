"""Which list a letter is of, and what is told when its file is not named after one."""

from __future__ import annotations

import pytest

from maille import kinds
from maille.content.documents import SourceFile
from maille.content.parse import parse
from maille.kinds.newsletter import Newsletter
from maille.problems import ContentError
from maille.schema.kind import Validated
from maille.schema.letter import MailingList
from maille.schema.validate import validate
from maille.schema.vocabulary import Rhythm
from maille.site.config import Config
from maille.site.letter_lists import assign_lists, choose_list, opens_month, read_lists
from maille.text.letter_names import read_letter_name

KINDS = kinds.load(("vocabulaire", "newsletter"))
FILE = "content/vocabulaires/listes.yaml"
THIS_LIST = f"cette liste de {FILE}"
OR_MONTHLY = f"ou écrivez rythme: mois à {THIS_LIST}"
ANY_PERIOD = (
    "renommez le fichier d'après son mois (2026-01), sa semaine (2026-S03) ou son jour (2026-01-15)"
)
ANY_PERIOD_OF_A_LIST = ANY_PERIOD.replace("(2026", "(elus-2026")
CONFIG = Config.model_construct(editions=())
LISTS = """\
nom: Lettres
termes:
  - {cle: breves, nom: Brèves d'essai, rythme: jour}
  - {cle: elus, nom: L'hebdo d'essai, rythme: semaine, public: les élus}
"""


def read(*names: str, lists: str = LISTS) -> Validated:
    files = {f"newsletters/{name}.md": "---\ntitre: T\n---\nTexte.\n" for name in names}
    if lists:
        files["content/vocabulaires/listes.yaml"] = lists
    documents, problems = parse(SourceFile(path, text.encode()) for path, text in files.items())
    assert not problems
    return validate(documents, KINDS)


def told(*names: str, lists: str = LISTS) -> list[tuple[str, str, str]]:
    """Return the file, the cause and the remedy of each problem."""
    validated = read(*names, lists=lists)
    every = (*validated.problems, *assign_lists(validated, CONFIG)[1])
    return [(one.path.rpartition("/")[2], one.message, one.hint) for one in every]


def test_without_a_file_there_is_one_monthly_list() -> None:
    validated = read("2024-05", lists="")
    assert read_lists(validated.entries) == (MailingList(),)
    assert assign_lists(validated, CONFIG) == (validated, ())
    assert told("2024-05", lists="") == []


def test_a_letter_is_of_the_list_that_its_file_names_else_of_the_first() -> None:
    entries = assign_lists(read("2026-01-15", "breves-2026-01-16", "elus-2026-S03"), CONFIG)[
        0
    ].entries
    letters = {one.slug: one for one in entries if isinstance(one, Newsletter)}
    assert letters["2026-01-15"].mailing_list.name == "Brèves d'essai"
    assert letters["breves-2026-01-16"].mailing_list.name == "Brèves d'essai"
    assert letters["elus-2026-S03"].mailing_list.audience == "les élus"
    assert letters["elus-2026-S03"].heading == "L'hebdo d'essai, semaine du 12 janvier 2026"
    assert letters["elus-2026-S03"].address_slug == "elus/2026-s03"
    assert letters["2026-01-15"].heading == "Brèves d'essai, 15 janvier 2026"


def test_an_only_list_has_a_rhythm_and_headings_without_its_name() -> None:
    lists = "nom: L\ntermes:\n  - {cle: hebdo, nom: Hebdo d'essai, rythme: semaine}\n"
    assert told("2026-S03", "hebdo-2026-S04", lists=lists) == []
    entries = assign_lists(read("2026-S03", lists=lists), CONFIG)[0].entries
    (letter,) = (one for one in entries if isinstance(one, Newsletter))
    assert letter.heading == "Lettre de la semaine du 12 janvier 2026"


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        (
            "elu-2026-S03",
            "« elu », au début du nom du fichier, n'est pas une liste de lettres",
            "renommez le fichier en elus-2026-S03.md",
        ),
        (
            "associations-2026-S03",
            "« associations », au début du nom du fichier, n'est pas une liste de lettres",
            f"commencez-le par « breves » ou « elus », ou ajoutez la liste à {FILE}",
        ),
        (
            "elus-2026-01-15",
            "2026-01-15 est un jour, et cette liste paraît chaque semaine (L'hebdo d'essai)",
            f"renommez le fichier en elus-2026-S03.md, ou écrivez rythme: jour à {THIS_LIST}",
        ),
        (
            "2026-01",
            "2026-01 est un mois, et cette liste paraît chaque jour (Brèves d'essai)",
            f"nommez-la d'après son jour, comme 2026-01-01.md, {OR_MONTHLY}",
        ),
        (
            "elus-2026-03",
            "2026-03 est un mois, et cette liste paraît chaque semaine (L'hebdo d'essai)",
            f"nommez-la d'après sa semaine, comme elus-2026-S09.md, {OR_MONTHLY}",
        ),
        (
            "elus-2026-S54",
            "« 2026-S54 » : l'année 2026 a 53 semaines",
            ANY_PERIOD_OF_A_LIST,
        ),
        (
            "elus/2026-01-15",
            "le dossier « elus » ne dit pas la liste : c'est le nom du fichier",
            "renommez le fichier en elus-2026-01-15.md",
        ),
        (
            "elus-2025-S53",
            "« 2025-S53 » : l'année 2025 a 52 semaines",
            "renommez le fichier en elus-2025-S52.md",
        ),
        (
            "elus-2026-s03",
            "le nom du fichier, « elus-2026-s03 », ne dit pas de quand est la lettre",
            "renommez le fichier en elus-2026-S03.md",
        ),
        (
            "2026-02-30",
            "« 2026-02-30 » : février 2026 a 28 jours",
            ANY_PERIOD,
        ),
    ],
)
def test_a_name_that_is_not_right_is_told_with_what_to_type(
    name: str, message: str, hint: str
) -> None:
    assert told(name) == [(f"{name.rpartition('/')[2]}.md", message, hint)]


def test_two_letters_of_one_list_for_one_period_are_told() -> None:
    ((path, message, hint),) = told("2026-01-15", "breves-2026-01-15", "elus-2026-S03")
    assert path == "breves-2026-01-15.md"
    assert message == (
        "deux lettres du 15 janvier 2026 dans la liste « Brèves d'essai » : "
        "newsletters/2026-01-15.md et newsletters/breves-2026-01-15.md"
    )
    assert hint == "gardez le bon texte dans l'un des deux fichiers, puis effacez l'autre"


def test_a_weekly_letter_without_lists_is_told_what_to_declare() -> None:
    ((_, message, hint),) = told("2026-S03", lists="")
    assert message == "2026-S03 est une semaine, et la lettre est mensuelle"
    assert hint == (
        "renommez le fichier en 2026-01.md, ou déclarez la liste dans "
        "content/vocabulaires/listes.yaml, avec rythme: semaine"
    )


def test_a_month_that_a_weekly_letter_says_is_to_be_erased() -> None:
    files = {"newsletters/elus-2026-S03.md": "---\nmois: 2026-01\ntitre: T\n---\nTexte.\n"}
    documents, _ = parse(SourceFile(path, text.encode()) for path, text in files.items())
    (problem,) = validate(documents, KINDS).problems
    assert (problem.line, problem.hint) == (2, "effacez cette ligne : le nom du fichier suffit")


def test_a_list_has_a_rhythm_and_a_key_of_its_own() -> None:
    lists = "nom: L\ntermes:\n  - {cle: a, nom: A}\n  - {cle: 2026-01, nom: B, rythme: mois}\n"
    found = told(lists=lists)
    assert [hint for _, _, hint in found] == [
        "ajoutez rythme: jour, rythme: semaine ou rythme: mois",
        "écrivez une clé qui commence par une lettre et n'est pas une date, comme elus",
    ]


def test_a_list_is_not_an_edition() -> None:
    edition = type("Edition", (), {"audience": "elus"})
    config = Config.model_construct(editions=(edition,))
    _, (problem,) = assign_lists(read(), config)
    assert problem.line == 4
    assert problem.hint == "écrivez une autre clé, comme lettre-elus"


def test_a_faulty_file_of_lists_is_the_only_thing_told() -> None:
    validated = read("x-2026-S03", lists="nom: L\ntermes:\n  - {cle: a, nom: A, rythme: an}\n")
    assert validated.problems
    assert assign_lists(validated, CONFIG)[1] == ()


def test_a_letter_to_write_has_a_list_and_its_rhythm() -> None:
    lists = read_lists(read().entries)
    assert choose_list(lists, read_letter_name("elus-2026-S03")).rhythm is Rhythm.WEEK
    assert choose_list(lists, read_letter_name("2026-01-15")).rhythm is Rhythm.DAY
    with pytest.raises(ContentError) as refused:
        choose_list(lists, read_letter_name("elu-2026-S03"))
    assert refused.value.hint == "écrivez elus-2026-S03"
    with pytest.raises(ContentError) as refused:
        choose_list(lists, read_letter_name("elus-2026-01"))
    assert refused.value.hint.startswith("nommez-la d'après sa semaine, comme elus-2026-S01, ou")


def test_the_first_letter_of_a_month_opens_it() -> None:
    names = ("2026-01-30", "2026-02-03", "2026-02-04", "elus-2026-S05", "elus-2026-S06")
    validated, _ = assign_lists(read(*names), CONFIG)
    letters = [one for one in validated.entries if isinstance(one, Newsletter)]
    opening = {one.slug for one in letters if opens_month(letters, one.mailing_list, one.period)}
    # The Thursday of week 5 is in January, that of week 6 in February.
    assert opening == {"2026-01-30", "2026-02-03", "elus-2026-S05", "elus-2026-S06"}
