"""Strings that do harm where they are not treated as text, and sites full of them.

`write_hostile_site` puts each string in every text of an entry of every kind, in every term of
every vocabulary, and at every place of a body that admits it. `write_hostile_config` spreads
them over the texts of `site.toml`.
"""

from __future__ import annotations

import functools
import itertools
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import PIL.Image

from build import KINDS
from maille import kinds
from maille.content.documents import SourceFile
from maille.content.markdown import Converter
from maille.content.parse import parse_one
from maille.kinds.catalyser import FACETS
from maille.problems import select_errors
from maille.schema.facets import Facet
from maille.schema.fields import WORDS_LENGTH, Part
from maille.schema.kind import Kind, list_types
from maille.text.names import normalise_name, strip_accents
from tests.building import SITE, copy_templates
from tests.views.test_exports import HOSTILE as EXPORTED

HOSTILE = (
    *EXPORTED,
    "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:mal",
    "a\nEND:VEVENT\nBEGIN:VALARM\nACTION:PROCEDURE",
    "a;TZID=x:b,c\\,d\\n",
    "{{ config.__class__.__mro__ }}{% include '/etc/passwd' %}{# x",
    "{source} {0} %s %(nom)s",
    '\\"};alert(1);//',
    "[x](javascript:alert(1)) ![y](x) <javascript:alert(1)>",
    "</textarea></noscript></template><iframe src=javascript:alert(1)>",
    '<a href="jav&#x09;ascript:alert(1)">x</a>',
    "<meta http-equiv=refresh content=0;url=https://mal.example>",
    "x" * (WORDS_LENGTH - 20),
    "Z" + "\u0301\u0330" * (WORDS_LENGTH // 2 - 10),
    "\u2067droite\u2069 \u200fgauche\u200e",
    "\U000e0041\u00ad\u200d\u034f vide",
)
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")

# Where a string may stand in a body.
POSITIONS = {
    "paragraphe": "{}",
    "titre": "## {}",
    "liste": "- {}",
    "tableau": "| a | b |\n|---|---|\n| {} | c |",
    "citation": "> {}",
    "gras": "Un mot **{}** gras.",
    "texte d'un lien": "[{}](https://essai.example/)",
    "cible d'un lien": "[a]({})",
    "titre d'un lien": '[a](https://essai.example/ "{}")',
    "texte d'une image": "![Un essai {}](/images/essai.png)",
    "titre d'une image": '![Un essai](/images/essai.png "{}")',
    "code": "`{}`",
    "bloc de code": "    {}",
}


def fill_facet(facet: Facet) -> str | list[str]:
    """Return the value that a record has for a facet."""
    term = "a{n}" if facet.part else "t{n}"
    return [term] if facet.is_list else term


# What the keys that are not free text hold: dates, addresses, names of other entries.
CHECKED: Mapping[str, Any] = {
    "brouillon": "non",
    "mise_a_jour": "2024-07-08",
    "commune": "Amiens",
    "departement": "80",
    "code_postal": "80000",
    "latitude": "49.894",
    "longitude": "2.296",
    **{facet.alias: fill_facet(facet) for facet in FACETS},
    "territoires": ["80"],
    "territoire": "80",
    "site": "https://essai.example/?a=1&b='2'&c=3",
    "courriel": "essai@essai.example",
    "telephone": "0322000000",
    "verifie_le": "2024-07-08",
    "identifiant": "E-{n}",
    "contact_cherche_le": "2024-07-08",
    "relecture_demandee_le": "2024-07-08",
    "exemple": "non",
    "catalyseurs": ["essai-{n}"],
    "catalyseur": "essai-{n}",
    "projets": ["essai-{n}"],
    "actualites": ["essai-{n}"],
    "evenements": ["essai-{n}"],
    "webinaires": ["essai-{n}"],
    "projet": "essai-{n}",
    "nom_provisoire": "non",
    "etat": "t{n}",
    "etat_le": "2024-05-03",
    "jusqu_en": "2019",
    "date": "2024-05-03",
    "jusqu_au": "2024-05-04",
    "heure": "10:00",
    "heure_fin": "12:00",
    "fuseau": "Indian/Reunion",
    "format": "hybride",
    "inscription": "https://essai.example/inscription",
    "replay": "https://essai.example/replay",
    "compte_rendu": "https://essai.example/compte-rendu",
    "support": "https://essai.example/support",
    "type": "t{n}",
    "cycle": "t{n}",
    "acteur": "t{n}",
    "publics": ["t{n}"],
    "publie_le": "2024-05-03",
    "mois": "{month}",
    "integralite": "partielle",
    "affiche": "pratiques",
    "url": "https://essai.example/source",
    "consulte_le": "2024-05-03",
    "cle": "t{n}",
    "rythme": "mois",
    "repere": "rond",
}
# `code_insee` stands for the commune, `document` for an address; `statut` is told before titles.
LEFT_OUT = {"code_insee", "document", "statut"}
WITH_PAGES = ("acteurs", "cycles")  # those of the others would be alike
VOCABULARIES = {
    *(facet.vocabulary for facet in FACETS),
    *("cycles", "acteurs", "types-d-evenement", "types-de-ressources", "publics", "etats"),
}


def is_refused(text: str) -> bool:
    """Return whether a text of a header must be refused: controls, and what turns the reading."""
    controls = {c for c in text if unicodedata.category(c) == "Cc"} - {"\t", "\n"}
    return bool(controls or TURNING.search(text))


def clean_text(text: str) -> str:
    """Return what the engine declares that it makes of a text, before typography."""
    return re.sub("[\u00ad\u200b\u2060\ufeff]", "", unicodedata.normalize("NFC", text)).strip()


def _fold(text: str) -> str:
    return strip_accents(normalise_name(clean_text(text))).casefold()


def gather_texts(texts: Iterable[str], length: int) -> Iterator[str]:
    """Yield texts of at most `length` characters, made of these with a space between two."""
    made = ""
    for text in texts:
        if made and len(made) + 1 + len(text) > length:
            yield made
            made = text
        else:
            made = f"{made} {text}" if made else text
    yield made


# One of each name: two projects cannot bear the same, nor two catalysers of one commune.
ADMITTED = tuple({_fold(text): text for text in HOSTILE[::-1] if not is_refused(text)}.values())
# All of them, in values that are nearly as long as a value may be.
GATHERED = tuple(gather_texts(ADMITTED, WORDS_LENGTH - 20))
REFUSED = tuple(text for text in HOSTILE if is_refused(text))


def quote(value: Any) -> str:
    """Return a value as YAML and as TOML write it, with escapes for what is not printable."""
    if isinstance(value, list):
        return f"[{', '.join(map(quote, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {quote(item)}' for key, item in value.items())}}}"
    letters = (
        c if c.isprintable() and c not in '"\\' else f"\\u{ord(c):04x}" if ord(c) < 65536
        else f"\\U{ord(c):08x}"
        for c in value
    )  # fmt: skip
    return f'"{"".join(letters)}"'


def fill_model(model: type[Part], text: str, known: Mapping[str, str]) -> dict[str, Any]:
    """Return every key of a model: `text` in all that is free text, else what `CHECKED` says."""
    values: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        key = info.alias or name
        if key in LEFT_OUT:
            continue
        within = list(list_types(info.annotation))
        part = next((t for t in within if isinstance(t, type) and issubclass(t, Part)), None)
        value: Any = fill_model(part, text, known) if part else CHECKED.get(key, text)
        if key == "ecosysteme":
            value = split_ecosystem(value, known)
        if key == "adresse" and "prefixe" in known:
            value = known["prefixe"]
        if key == "cle" and model.__name__ == "SubTerm":
            value = "a{n}"
        if ... in within and not isinstance(value, list):
            value = [value]
        values[key] = _fill_numbers(value, known)
    return values


def split_ecosystem(part: dict[str, Any], known: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the ties of an ecosystem, whose keys do not all go together: two, or three."""
    alone = {"catalyseur", "projet", "nom"}
    both = {key: value for key, value in part.items() if key in {"nature", "note"}}
    named = {key: value for key, value in part.items() if key not in alone - {"nom"}}
    other = [{**both, "catalyseur": known["autre"]}] if "autre" in known else []
    return [*other, {**both, "projet": part["projet"]}, named]


def _fill_numbers(value: Any, known: Mapping[str, str]) -> Any:
    """Return a value of `CHECKED` with the number of the entry; a hostile brace stays a brace."""
    if isinstance(value, list):
        return [_fill_numbers(item, known) for item in value]
    if isinstance(value, str) and value in {"t{n}", "a{n}", "E-{n}", "essai-{n}", "{month}"}:
        return value.format(**known)
    return value


@functools.cache
def make_body(text: str) -> str:
    """Return a body that holds a text at each of the places that admit it."""
    converter = Converter()
    pieces = (position.replace("{}", text) for position in POSITIONS.values())
    return "\n\nUn mot.\n\n".join(piece for piece in pieces if not find_errors(piece, converter))


def find_errors(piece: str, converter: Converter) -> tuple[Any, ...]:
    """Return what the engine says against a piece of Markdown."""
    source = SourceFile("content/pages/x.md", f"---\ntitre: x\n---\n{piece}\n".encode())
    return select_errors(parse_one(source, converter)[1])


def list_headings(pieces: str) -> list[str]:
    """Return the headings of a body: a letter must list them."""
    source = SourceFile("content/pages/x.md", f"---\ntitre: x\n---\n{pieces}\n".encode())
    document, _ = parse_one(source, Converter())
    assert document
    return [heading.text for heading in document.body.headings]


def write_hostile_site(site: Path, texts: Iterable[str] = ADMITTED) -> Path:
    """Write the site in which every string stands everywhere."""
    begin_site(site)
    for number, text in enumerate(texts):
        known = {"n": str(number), "month": f"{2000 + number // 12}-{number % 12 + 1:02}"}
        if number:
            known["autre"] = f"essai-{number - 1}"
        for kind in kinds.load(KINDS):
            if kind.name != "vocabulaire":
                write_entry(site, kind, text, known)
    for name in VOCABULARIES:
        write_vocabulary(site, name, texts)
    return site


def begin_site(site: Path) -> None:
    copy_templates(site)
    shutil.copy(SITE / "site.toml", site)
    (site / "content/images").mkdir(parents=True)
    PIL.Image.new("1", (600, 400)).save(site / "content/images/essai.png")
    config = (site / "site.toml").read_text(encoding="utf-8")
    # To pages that are not there.
    plain = re.sub(r"\[\[(menu|pied|presentation\.liens)\]\]\n(.+\n)+|cas = .*\n", "", config)
    (site / "site.toml").write_text(plain, encoding="utf-8")


def write_entry(site: Path, kind: Kind, text: str, known: Mapping[str, str]) -> None:
    slug = known["month"] if kind.name == "newsletter" else f"essai-{known['n']}"
    if kind.name == "page":
        slug = f"page-{known['n']}"
    prose = f"{make_body(text)}\n\nUn mot."
    header = fill_model(kind.model, text, known)
    if kind.name == "newsletter":
        header["rubriques"] = list_headings(prose) or [text]
    lines = [f"{key}: {quote(value)}" for key, value in header.items()]
    path = site / kind.folder / f"{slug}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["---", *lines, "---", prose, ""]), "utf-8", newline="")


def write_vocabulary(site: Path, name: str, texts: Iterable[str]) -> None:
    """Write a vocabulary with a term for each string."""
    from maille.kinds.vocabulaire import Vocabulaire
    from maille.schema.vocabulary import Term

    known = {"n": "0", "prefixe": f"/{name}/"}
    every = GATHERED[sorted(VOCABULARIES).index(name) % len(GATHERED)]
    header = fill_model(Vocabulaire, every, known)
    header["nom"] = f"{name} {every}"  # no two have one name
    if name not in WITH_PAGES:
        del header["adresse"]
    header["termes"] = [
        fill_model(Term, text, {"n": str(number)}) for number, text in enumerate(texts)
    ]
    path = site / f"content/vocabulaires/{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(f"{key}: {quote(value)}" for key, value in header.items()), "utf-8")


def write_hostile_config(site: Path) -> Path:
    """Write the site whose `site.toml` holds every string, as many in each text as it may hold."""
    write_hostile_site(site, ADMITTED[:1])
    every = itertools.cycle(GATHERED)
    config = (site / "site.toml").read_text(encoding="utf-8")
    for key in ("nom", "nom_court", "accroche", "description", "credit"):
        for line in re.findall(rf"(?m)^{key} = .*$", config):
            config = config.replace(line, f"{key} = {quote(next(every))}")
    list_headings = f"rubriques_des_lettres = {quote([*ADMITTED])}"
    config = re.sub(r"(?m)^rubriques_des_lettres = .*$", lambda _: list_headings, config)
    for key in ("titre", "texte"):  # of the presentation, the only ones that are left
        for line in re.findall(rf"(?m)^{key} = .*$", config):
            config = config.replace(line, f"{key} = {quote(next(every))}")
    licence = f"licence_des_donnees = {quote(next(every))}\n\n[presentation]"
    top, rest = config.replace("[presentation]", licence).split("[fond_detaille]")
    tables = [
        f'[[{table}]]\ntitre = {quote(text)}\nadresse = "/carte/"\n'
        for table in ("menu", "pied", "presentation.liens")
        for text in ADMITTED
    ]
    views = [
        f'[[vues_de_la_carte]]\ntitre = {quote(text)}\ndepartements = ["80"]\n' for text in ADMITTED
    ]
    called = "".join(f"{key} = {quote(next(every))}\n" for key in ("singulier", "pluriel", "titre"))
    sender = f"[lettre]\nexpediteur = {quote(next(every))}\n"
    keys = ("service", "champ_courriel", "champ_editions", "valeur")
    form = "".join(f"{key} = {quote(next(every))}\n" for key in keys)
    form = f'[lettre.formulaire]\nadresse = "https://service.example/"\n{form}'
    form += f"[lettre.formulaire.caches]\n{quote(next(every))} = {quote(next(every))}\n"
    edition = f'[[editions]]\npublic = "t0"\ntitre = {quote(next(every))}\nvaleur = "une"\n'
    texts = [
        top,
        sender,
        form,
        edition,
        *tables,
        f"[mots.catalyser]\n{called}",
        f"[fond_detaille]{rest}",
        *views,
    ]
    text = "\n".join(texts)
    (site / "site.toml").write_text(text, "utf-8")
    return site
