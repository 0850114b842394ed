"""Checks between settings of `site.toml`, or against kinds, territories and vocabularies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from maille.content.discover import CONFIG_FILE
from maille.gazetteer import Gazetteer
from maille.problems import Level, Problem
from maille.schema.audiences import VOCABULARY as AUDIENCES
from maille.schema.kind import Entry, Kind
from maille.schema.letter import MailingList
from maille.site.config import Config
from maille.site.letter_lists import LISTS_FILE, read_lists
from maille.text.suggestions import find_nearest, find_terms, quote_choices

FILE_LENGTH = 10_000  # characters


def check_config(
    config: Config, kinds: Iterable[Kind], gazetteer: Gazetteer, entries: Iterable[Entry]
) -> Iterator[Problem]:
    """Yield problems of `site.toml`, such as unknown names, clashing editions or a faulty form."""
    every = tuple(entries)
    yield from _check_views(config, gazetteer)
    yield from _check_examples(config)
    yield from _check_words(config, kinds)
    yield from _check_editions(config, every)
    yield from _check_edition_clashes(config)
    yield from _check_form_choices(config, read_lists(every))
    yield from _check_files(config)


def _check_views(config: Config, gazetteer: Gazetteer) -> Iterator[Problem]:
    """Yield a problem for each code in a map view that is not the code of a département."""
    for number, view in enumerate(config.map_views):
        for code in view.departments:
            if code not in gazetteer.departments:
                message = f"« {code} », dans la partie de carte « {view.title} », n'existe pas"
                hint = "écrivez le code d'un département, par exemple « 973 »"
                path = ("vues_de_la_carte", number, "departements")
                yield config.make_problem(path, message, hint)


def _check_examples(config: Config) -> Iterator[Problem]:
    """Yield a warning if a public site asks for examples, which it never shows."""
    if config.examples and not config.is_demonstration:
        message = "un site public ne montre aucune fiche d'exemple : cette ligne ne fait rien"
        yield config.make_problem(("exemples",), message, "effacez cette ligne", Level.WARNING)


def _check_editions(config: Config, entries: Iterable[Entry]) -> Iterator[Problem]:
    """Yield a problem for each edition whose audience is not in the vocabulary of audiences."""
    lists = (entry.list_labels() for entry in entries if entry.slug == AUDIENCES)
    terms = {key: label for labels in lists for key, label in labels.items()}
    for number, edition in enumerate(config.editions):
        if edition.audience not in terms:
            named = f"aucun public ne s'appelle « {edition.audience} »"
            message = f"l'édition « {edition.title} » : {named}"
            close = quote_choices(find_terms(edition.audience, terms) or sorted(terms))
            where = f"content/vocabulaires/{AUDIENCES}.yaml"
            hint = f"écrivez {close}" if close else f"ajoutez « {edition.audience} » à {where}"
            yield config.make_problem(("editions", number, "public"), message, hint)


def _check_edition_clashes(config: Config) -> Iterator[Problem]:
    """Yield a problem for each edition with the audience or the title of an earlier edition."""
    for name in ("audience", "title"):
        seen: set[str] = set()
        for number, edition in enumerate(config.editions):
            value = getattr(edition, name)
            if value in seen:
                message = f"deux [[editions]] disent « {value} »"
                hint = "n'en gardez qu'une"
                yield config.make_problem(("editions", number), message, hint)
            seen.add(value)


def _check_form_choices(config: Config, lists: tuple[MailingList, ...]) -> Iterator[Problem]:
    """Yield a problem if the subscription form could not send which edition or list was chosen."""
    form = config.letter.form
    if form is None or (form.editions is None and len(lists) == 1):
        return
    if form.editions is None:
        message = f"le formulaire ne dit pas à laquelle des {len(lists)} lettres on s'abonne"
        hint = 'ajoutez champ_editions = "…", le nom que le code du service donne à ses listes'
        yield config.make_problem(("lettre", "formulaire"), message, hint)
        return
    whole = [form.value] if len(lists) == 1 else [one.value or None for one in lists]
    values = [*whole, *(edition.value for edition in config.editions)]
    message = hint = ""
    if form.editions in form.hidden:
        message = f"« {form.editions} » est à la fois un champ caché et le champ des éditions"
        hint = "retirez-le de [lettre.formulaire.caches]"
    elif None in values:
        message = "le champ des éditions n'a pas de quoi choisir toute la lettre, ou une édition"
        hint = "donnez « valeur » à [lettre.formulaire] et à chaque [[editions]]"
        if len(lists) > 1:
            message = "le formulaire n'a pas de quoi choisir chaque lettre"
            hint = f"donnez « valeur » à chaque liste de {LISTS_FILE} et à chaque [[editions]]"
    elif len(set(values)) < len(values):
        message = "deux choix du formulaire ont la même « valeur »"
        hint = "donnez à chacun la sienne, celle de sa liste dans le service"
    if message:
        path = ("lettre", "formulaire", "champ_editions")
        yield config.make_problem(path, message, hint)


def _check_files(config: Config) -> Iterator[Problem]:
    """Yield a problem for each file to publish that has a bad name, or that is too long."""
    for name, text in config.files.items():
        path = ("fichiers", name)
        if not config.may_publish(name):
            message = f"« {name} » ne peut pas être le nom d'un fichier publié"
            hint = 'écrivez un nom comme "CNAME", "google123.html" ou ".well-known/security.txt"'
            if config.may_publish(right := name.removeprefix("/")):
                line = f"{json.dumps(right)} = {json.dumps(text, ensure_ascii=False)}"
                hint = f"écrivez {line if len(text) < 200 else json.dumps(right)}"
            yield config.make_problem(path, message, hint)
        elif len(text) > FILE_LENGTH:
            message = f"le texte de « {name} » a {len(text)} caractères, plus que {FILE_LENGTH}"
            yield config.make_problem(path, message, "effacez ce qui n'y sert pas")


def _check_words(config: Config, every: Iterable[Kind]) -> Iterator[Problem]:
    """Yield a problem if `[mots]` names an unknown kind, or changes a prefix that must stay."""
    kinds = {kind.name: kind for kind in every}
    for name, words in config.words.items():
        at = f"[mots.{name}]"
        if name not in kinds:
            message = f"{at} : aucun type de contenu ne s'appelle « {name} »"
            close = quote_choices(find_nearest(name, kinds) or sorted(kinds))
            yield Problem(CONFIG_FILE, message, f"écrivez {close}", key="mots")
        elif words.prefix and words.prefix != kinds[name].prefix:
            message = f"{at} : les pages de ce type n'ont pas d'adresse à changer"
            yield Problem(CONFIG_FILE, message, "retirez la ligne « adresse »", key="mots")
