"""Faults of names and prose: spaces, signs, encodings, HTML, Markdown, formulas, lengths."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from tools.import_corpus.model import (
    DRAFT,
    ERROR,
    READ,
    REPAIRED,
    TABLES,
    TOLD,
    Cell,
    Kind,
    Row,
    Spoiled,
)
from tools.import_corpus.places import spoil_cell

Form = Callable[[str], str]


def spoil_name(outcome: str, form: Form, *also: str) -> Callable[[Row, int], Spoiled]:
    """Return the fault that writes the name in another form."""
    return spoil_cell("nom", outcome, lambda row, _: form(row.facts["nom"]), *also)


def spoil_summary(outcome: str, form: Form, *also: str) -> Callable[[Row, int], Spoiled]:
    """Return the fault that writes the summary in another form."""
    return spoil_cell("resume", outcome, lambda row, _: form(row.facts["resume"]), *also)


def keep(name: str, form: Form, *also: str) -> Callable[[Row, int], Spoiled]:
    """Return the trap that writes the cell `name` in a form that is right as it is."""

    def spoil(row: Row, _: int) -> Spoiled:
        row.facts[name] = form(row.facts[name])
        return Spoiled({name: Cell(row.facts[name])}, READ, row.facts[name], also)

    return spoil


def read_mojibake(text: str) -> str:
    """Return `text` as it shows when its UTF-8 was read as cp1252 (what has no reading stays)."""
    return "".join(
        letter if letter in "àÀÁÏÐÝ" else letter.encode().decode("cp1252", "ignore")
        for letter in text
    )


def lose_accents(text: str) -> str:
    """Return `text` with the sign of a lost letter in place of each accented one."""
    return "".join(letter if letter.isascii() else "\ufffd" for letter in text)


def add_accent(text: str) -> str:
    """Return `text` with a last word whose letters have accents."""
    return f"{text} Étoilée"


def spoil_accented(form: Form, outcome: str, *also: str) -> Callable[[Row, int], Spoiled]:
    """Return the fault of a name that has accents."""

    def spoil(row: Row, _: int) -> Spoiled:
        row.facts["nom"] = add_accent(row.facts["nom"])
        return Spoiled({"nom": Cell(form(row.facts["nom"]))}, outcome, row.facts["nom"], also)

    return spoil


def compute_name(row: Row, _: int) -> Spoiled:
    """Compute the name by a formula, whose value the workbook remembers."""
    prefix, _space, stem = row.facts["nom"].rpartition(" ")
    formula = f'=CONCATENATE("{prefix}"," ","{stem}")'
    return Spoiled(
        {"nom": Cell(row.facts["nom"], formula=formula)}, READ, row.facts["nom"], (REPAIRED,)
    )


def forget_value(row: Row, _: int) -> Spoiled:
    """Compute the name by a formula that the workbook has never calculated."""
    return Spoiled(
        {"nom": Cell("", formula=f'=CONCATENATE("La"," ","{row.stem}")')}, ERROR, None, (TOLD,)
    )


def write_error(value: str) -> Callable[[Row, int], Spoiled]:
    """Return the fault that leaves the error `value` of a spreadsheet in the street."""
    return spoil_cell("adresse", ERROR, lambda *_: Cell(value, error=True), TOLD)


NAMES = (
    Kind("nom-espaces-autour", "nom", 5, spoil_name(REPAIRED, lambda name: f"  {name} ")),
    Kind(
        "nom-espaces-doubles", "nom", 3, spoil_name(REPAIRED, lambda name: name.replace(" ", "  "))
    ),
    Kind(
        "nom-espace-insecable",
        "nom",
        4,
        spoil_name(REPAIRED, lambda name: name.replace(" ", "\u00a0")),
    ),
    Kind(
        "nom-espace-fine", "nom", 2, spoil_name(REPAIRED, lambda name: name.replace(" ", "\u202f"))
    ),
    Kind(
        "nom-espace-sans-largeur",
        "nom",
        4,
        spoil_name(REPAIRED, lambda name: f"\u200b{name[:3]}\u200b{name[3:]}"),
    ),
    Kind("nom-marque-d-ordre", "nom", 2, spoil_name(REPAIRED, lambda name: f"\ufeff{name}", TOLD)),
    Kind(
        "nom-trait-d-union-conditionnel",
        "nom",
        2,
        spoil_name(TOLD, lambda name: f"{name[:-4]}\u00ad{name[-4:]}", REPAIRED),
    ),
    Kind(
        "nom-tabulation", "nom", 2, spoil_name(TOLD, lambda name: name.replace(" ", "\t"), REPAIRED)
    ),
    Kind(
        "nom-apostrophe-typographique",
        "nom",
        4,
        lambda row, _: rename(row, "L'Atelier d'Art ", "’"),
    ),
    Kind(
        "nom-accents-decomposes",
        "nom",
        3,
        spoil_accented(lambda name: unicodedata.normalize("NFD", name), REPAIRED, READ),
    ),
    Kind("nom-lettres-perdues", "nom", 4, spoil_accented(lose_accents, ERROR, TOLD)),
    Kind("nom-mauvais-encodage", "nom", 4, spoil_accented(read_mojibake, TOLD, ERROR)),
    Kind("nom-manquant", "nom", 4, spoil_name(ERROR, lambda _: "", TOLD)),
    Kind("nom-tres-long", "nom", 2, spoil_name(TOLD, lambda name: f"{name} et ses amis" * 30)),
    Kind(
        "nom-formule-texte",
        "nom",
        2,
        spoil_name(TOLD, lambda _: "=1+1", ERROR),
        "any",
        ("csv", "geojson", "gogocarto"),
    ),
    Kind("nom-formule-arobase", "nom", 2, spoil_name(TOLD, lambda _: "@SUM(1+1)", ERROR)),
    Kind("nom-formule-calculee", "nom", 3, compute_name, "any", ("xlsx",)),
    Kind("nom-formule-jamais-calculee", "nom", 2, forget_value, "any", ("xlsx",)),
    Kind("nom-etoile", "nom", 3, keep("nom", lambda name: f"{name} *", TOLD)),
    Kind("nom-guillemets", "nom", 2, keep("nom", lambda name: f'{name} dit "Le Grand"')),
    Kind("nom-separateurs", "nom", 2, keep("nom", lambda name: f"{name} ; ici, et là")),
    Kind("nom-capitales", "nom", 2, keep("nom", str.upper)),
    Kind("nom-ligature", "nom", 2, keep("nom", lambda name: f"{name} et Chœur")),
    Kind("nom-comme-yaml", "nom", 2, keep("nom", lambda name: f"{name} : le n° #1 - [bis]")),
    Kind(
        "nom-ressemble-a-un-nombre",
        "nom",
        2,
        lambda row, turn: keep("nom", lambda _: ("0427", "2025")[turn % 2], TOLD)(row, turn),
    ),
)

SUMMARIES = (
    Kind("resume-manquant", "resume", 6, spoil_summary(DRAFT, lambda _: "")),
    Kind("resume-html", "resume", 3, spoil_summary(ERROR, lambda text: f"<b>{text}</b>", TOLD)),
    Kind(
        "resume-entite",
        "resume",
        2,
        spoil_summary(ERROR, lambda text: text.replace("é", "&eacute;") + " &amp; plus", TOLD),
    ),
    Kind(
        "resume-retour-a-la-ligne",
        "resume",
        3,
        keep("resume", lambda text: f"{text}\nSur rendez-vous.", TOLD),
    ),
    Kind(
        "resume-signes-markdown",
        "resume",
        4,
        keep("resume", lambda text: f"*{text}* Voir `_ici_`, [là](bas), ou **nulle part** !"),
    ),
    Kind("resume-dieses", "resume", 2, keep("resume", lambda text: f"# 1 des lieux : {text}")),
    Kind("resume-euro", "resume", 2, keep("resume", lambda text: f"{text} Cotisation : 10 €.")),
    Kind("resume-trop-long", "resume", 2, spoil_summary(TOLD, lambda text: f"{text} " * 20, DRAFT)),
    Kind(
        "resume-en-cours",
        "resume",
        2,
        spoil_summary(TOLD, lambda _: "en cours de rédaction", DRAFT),
    ),
    Kind(
        "resume-caractere-de-commande",
        "resume",
        2,
        spoil_summary(TOLD, lambda text: text.replace(" ", "\x0b", 1), REPAIRED, ERROR),
        "any",
        ("csv", "xlsx", "geojson", "gogocarto", "umap"),
    ),
)

PROSE = (
    Kind(
        "description-puces",
        "description",
        4,
        keep("description", lambda text: f"{text}\n• un atelier\n• une salle\n• un café"),
    ),
    Kind(
        "description-paragraphes",
        "description",
        4,
        keep(
            "description", lambda text: f"{text}\n\nLe lieu ferme en août.\nIl rouvre en septembre."
        ),
    ),
    Kind(
        "description-comme-markdown",
        "description",
        3,
        keep(
            "description", lambda text: f"{text}\n# Horaires\n1. mardi\n- - -\n    jeudi | vendredi"
        ),
    ),
    Kind(
        "description-html",
        "description",
        3,
        spoil_cell(
            "description",
            ERROR,
            lambda row, _: f"<p>{row.facts['description']}</p>\n<script>alert(1)</script>",
            TOLD,
        ),
    ),
    Kind(
        "description-tres-longue",
        "description",
        2,
        keep("description", lambda text: "\n\n".join([text] * 60), TOLD),
    ),
    Kind(
        "description-adresse-nue",
        "description",
        2,
        keep("description", lambda text: f"{text} Plus sur https://plus.example/a?b=1&c=2.", TOLD),
    ),
    Kind(
        "adresse-sur-deux-lignes",
        "adresse",
        3,
        keep("adresse", lambda text: f"Bâtiment B\n{text}", REPAIRED),
    ),
)

ERRORS = (
    Kind("erreur-na", "adresse", 3, write_error("#N/A"), "any", TABLES),
    Kind("erreur-ref", "adresse", 2, write_error("#REF!"), "any", TABLES),
    Kind("erreur-valeur", "adresse", 2, spoil_cell("adresse", TOLD, lambda *_: "#VALEUR!", ERROR)),
)


def rename(row: Row, prefix: str, apostrophe: str) -> Spoiled:
    """Give the row a name that begins with `prefix`, and write its `'` as `apostrophe`."""
    row.facts["nom"] = f"{prefix}{row.stem}"
    typed = row.facts["nom"].replace("'", apostrophe)
    return Spoiled({"nom": Cell(typed)}, REPAIRED, row.facts["nom"], (READ,))


KINDS = (*NAMES, *SUMMARIES, *PROSE, *ERRORS)
