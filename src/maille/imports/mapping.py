"""`content/imports/<name>.toml`: how one imported file becomes records, as its editor decides.

The first import writes it, with the keys that it guessed; after that, only the editor changes it.
It contains headings and words of vocabularies, never a cell about a person.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from maille.problems import ContentError
from maille.site.config_recovery import read_toml
from maille.text.suggestions import find_nearest

FOLDER = "content/imports"
ADD = "+"  # in place of a term: add this word to the vocabulary
_TABLES = ("fichier", "pour_toutes", "colonnes", "personnes", "mots", "fiches")
_ROLE_KEYS = {"fonction", "date"}


@dataclass(slots=True)
class Settings:
    """The mapping of one file, as its editor wrote it, or empty.

    - `common` has the keys and values given to all records.
    - `columns` maps each heading to its key, "" if the column is left out.
    - `people` maps each heading whose cells may name people to a role and its date.
    - `words` has, for each key with a vocabulary, a mapping of words to terms: "" to leave a word
      out, `ADD` to add it to the vocabulary.
    - `known` are words that look like the name of a person but are not.
    - `records` maps the name in a row to the file name of its record, or to `ADD` for a new record.
    """

    path: str
    encoding: str = ""
    sheets: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    common: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    people: dict[str, dict[str, str]] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    records: dict[str, str] = field(default_factory=dict)
    is_new: bool = True


def read_settings(path: str, text: str | None, keys: Collection[str]) -> Settings:
    """Return the mapping of the file `path`, whose text is None if it does not exist.

    `keys` are the keys that a column may have. Raises a ContentError that lists all mistakes.
    """
    if text is None:
        return Settings(path)
    text = text.lstrip("\ufeff").replace("\r\n", "\n")
    found = read_toml(text)
    data, shapes = _keep_tables(found.data, text)
    about = data.get("fichier", {})
    columns = {str(one): str(key) for one, key in data.get("colonnes", {}).items()}
    mistakes = [
        *shapes,
        *_check_names(found.data, _TABLES, text),
        *_check_names(about, ("encodage", "feuilles", "pas_des_personnes"), text),
        *_check_names([key for key in columns.values() if key], keys, text),
        *_check_names(data.get("mots", {}), keys, text),
        *_check_roles(data.get("personnes", {}), text),
    ]
    # A line that could not be read as typed was replaced by a guess: do not check its values.
    sure = (one for one in mistakes if one.line not in found.doubtful)
    _raise_all(path, [*found.mistakes, *sure])
    return Settings(
        path,
        str(about.get("encodage", "")),
        tuple(about.get("feuilles", ())),
        tuple(about.get("pas_des_personnes", ())),
        _read_values(data.get("pour_toutes", {})),
        columns,
        {one: _read_values(role) for one, role in data.get("personnes", {}).items()},
        {key: _read_values(words) for key, words in data.get("mots", {}).items()},
        {str(name): str(slug) for name, slug in data.get("fiches", {}).items()},
        is_new=False,
    )


def _read_values(value: Any) -> Any:
    """Return a TOML value with the types of front matter: texts, lists and groups of keys."""
    if isinstance(value, Mapping):
        return {str(key): _read_values(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_read_values(one) for one in value]
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value)


def _keep_tables(data: Mapping[str, Any], text: str) -> tuple[dict[str, Any], list[ContentError]]:
    """Return the TOML tables in `data`, and a mistake for each value that should be a table."""
    kept = {name: one for name, one in data.items() if isinstance(one, Mapping)}
    words = kept.get("mots", {})
    kept["mots"] = {key: one for key, one in words.items() if isinstance(one, Mapping)}
    wrong = {name: name for name in _TABLES if name in data and name not in kept}
    wrong |= {key: f"mots.{key}" for key in words if key not in kept["mots"]}
    return kept, [
        ContentError(
            f"« {name} » est le nom d'une partie, et non d'une ligne",
            f"écrivez [{table}] seul sur sa ligne, et ce qu'il contient au-dessous",
            line=_find_line(name, text),
        )
        for name, table in wrong.items()
    ]


def _check_names(
    names: Collection[str], known: Collection[str], text: str
) -> Iterator[ContentError]:
    for name in names:
        if name not in known:
            near = find_nearest(name, known, 1)
            hint = f"écrivez {near[0]}" if near else f"écrivez : {', '.join(known)}"
            yield ContentError(f"« {name} » n'est pas connu", hint, line=_find_line(name, text))


def _check_roles(people: Mapping[str, Any], text: str) -> Iterator[ContentError]:
    for heading, role in people.items():
        if not isinstance(role, Mapping) or {*role} != _ROLE_KEYS or not all(role.values()):
            yield ContentError(
                f"la ligne « {heading} » ne dit pas le rôle et sa date",
                f'écrivez {_quote(heading)} = {{fonction = "…", date = "2026"}}',
                line=_find_line(heading, text),
            )


def _find_line(name: str, text: str) -> int:
    """Return the number of the first line that has this word and is not a comment, or 1 if none."""
    word = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    lines = enumerate(text.split("\n"), 1)
    return next((at for at, one in lines if one[:1] != "#" and word.search(one)), 1)


def _raise_all(path: str, mistakes: Sequence[ContentError]) -> None:
    """Raise all mistakes of the file as one error, each with its line and its hint."""
    if not mistakes:
        return
    said = [f"{path}, ligne {one.line} : {one.message}" for one in mistakes]
    above = [f"{words}\n    → {one.hint}" for words, one in zip(said, mistakes, strict=True)]
    raise ContentError("\n".join([*above[:-1], said[-1]]), mistakes[-1].hint)


def write_settings(
    columns: Mapping[str, str], common: Mapping[str, Any], file: str, sheets: Collection[str]
) -> str:
    """Return the text of a new mapping for `file`: the keys of `columns`, and how to change them.

    `common` has the keys and values for all records; `sheets` are the names of the sheets to read.
    """
    lines = [
        f"# Comment {file} devient des fiches. Ce fichier est à vous : changez ce qui est faux,",
        "# puis recommencez « python build.py importer ». Voir docs/importer-un-tableau.md.",
        "",
        "[fichier]",
        f"feuilles = {_write([*sheets])}",
        "# Les mots des cellules qui ressemblent au nom d'une personne, et n'en sont pas un.",
        "pas_des_personnes = []",
        "",
        "# Ce que le tableau ne dit pas, dit une fois pour toutes ses fiches.",
        "[pour_toutes]",
        *(f"{key} = {_write(value)}" for key, value in common.items()),
        "",
        '# L\'en-tête de chaque colonne, et sa clé ; "" la laisse de côté.',
        "[colonnes]",
        *(f"{_quote(heading)} = {_quote(key)}" for heading, key in columns.items()),
        "",
        "# Pour publier une colonne qui nomme des personnes : leur rôle public et sa date.",
        "[personnes]",
        '# "Présidence" = {fonction = "Présidence", date = "2026"}',
        "",
        "# Les mots que les vocabulaires n'ont pas : la clé du terme qui convient,",
        f'# "{ADD}" pour ajouter ce mot au vocabulaire, "" pour le laisser de côté.',
        *("# [mots.profil]", '# "Tiers-lieu" = "…"', ""),
        "# Les lignes qui ressemblent à une fiche : le nom de son fichier si c'est la même,",
        f'# "{ADD}" si c\'en est une autre.',
        *("# [fiches]", '# "Le Relais" = "le-relais-dijon"', ""),
    ]
    return "\n".join(lines)


def _write(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key} = {_write(one)}' for key, one in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_write, value))}]"
    return _quote(str(value))


def _quote(text: str) -> str:
    """Return a text as a TOML string, which has the same escapes as JSON, except for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
