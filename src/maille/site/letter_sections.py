"""Link the sections of letters to projects, by their headings; group the sections by project."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from maille.content.documents import Heading, Position
from maille.content.markdown import split_sections
from maille.problems import Level, Problem
from maille.schema.kind import Key
from maille.schema.letter import Letter, Topic
from maille.schema.located import Located
from maille.site.model import Section
from maille.site.sealed_letters import Seal
from maille.text.names import make_slug, normalise_name
from maille.text.suggestions import find_nearest, quote_choices


@dataclass(frozen=True, slots=True)
class HeadingNames:
    """The headings that letters may use, as `normalise_name` returns them.

    `held` are the names of projects that wait for publication. `faulty` are the slugs of invalid
    projects and all the texts of their front matter, one of which may be the name; `unsure` are
    the lines of these projects that could not be read as typed. A heading found in any of these
    three is not reported as unknown. `prefix` is the start of the addresses of projects, or "".
    """

    projects: Mapping[str, Topic]
    usual: Mapping[str, str]
    held: frozenset[str] = frozenset()
    faulty: frozenset[str] = frozenset()
    unsure: tuple[str, ...] = ()
    prefix: str = ""

    @classmethod
    def collect(
        cls,
        projects: Iterable[Topic],
        usual: Iterable[str],
        held: Iterable[Topic] = (),
        *,
        faulty: Iterable[str] = (),
        unsure: Iterable[str] = (),
        prefix: str = "",
    ) -> HeadingNames:
        """Return the headings that letters may use, and normalise them.

        A project, in `projects` or `held`, counts with all its names. The arguments have the same
        meaning as the fields of the class.
        """
        return cls(
            {normalise_name(name): project for project in projects for name in project.names},
            {normalise_name(words): words for words in usual},
            frozenset(normalise_name(name) for project in held for name in project.names if name),
            frozenset(map(normalise_name, faulty)),
            tuple(map(normalise_name, unsure)),
            prefix,
        )


def read_sections(
    letter: Letter, names: HeadingNames
) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """Return the sections of a letter, and the problems of its headings.

    A `##` heading must be a name of a project, or be listed in the letter's `rubriques` or in
    `site.toml`. Text before the first heading is a section without a title.
    """
    own = {normalise_name(words): words for words in letter.list_own_headings()}
    headings = [heading for heading in letter.body.headings if heading.level == 2]
    before, *parts = split_sections(letter.body.html)
    found = [Section(letter, "", "", before)] if before else []
    problems: list[Problem] = []
    seen: dict[Key, Heading] = {}
    for number, (heading, html) in enumerate(zip(headings, parts, strict=True)):
        project = names.projects.get(normalise_name(heading.text))
        if project is None and normalise_name(heading.text) not in own:
            problems += _check_unknown(letter, heading, names, own)
        if project and project.key in seen:
            above = headings[number - 1]
            problems.append(_report_repeated(letter, heading, seen[project.key], above))
        if not html:
            problems.append(_report_empty(letter, heading))
        if project:
            seen[project.key] = heading
        title = _spell_as_project(heading.text, project)
        audiences = project.list_audiences() if project else ()
        found.append(Section(letter, title, heading.anchor, html, project, audiences))
    problems += _check_hidden_names(letter, names)
    problems += _check_unused(letter, headings, names)
    return tuple(found), tuple(problems)


def make_sealed_sections(letter: Letter, seal: Seal, names: HeadingNames) -> tuple[Section, ...]:
    """Return the sections of a sealed letter as they were sent, linked to today's projects."""
    return tuple(
        Section(
            letter,
            one.title,
            one.anchor,
            one.html,
            names.projects.get(normalise_name(one.title)) if one.title else None,
            one.audiences,
        )
        for one in seal.parts
    )


def _check_hidden_names(letter: Letter, names: HeadingNames) -> Iterator[Problem]:
    """Yield a problem for each bold line or smaller heading that names a project.

    Neither opens a section.
    """
    small = [(h.line, h.text) for h in letter.body.headings if h.level > 2]
    first = letter.body.first_line
    bold = [
        (first + number, found[1])
        for number, line in enumerate(letter.body.text.split("\n"))
        if (found := re.fullmatch(r"\s*(?:\*\*|__)(.+?)(?:\*\*|__)\s*:?\s*", line))
    ]
    for line, text in (*small, *bold):
        if normalise_name(text) in names.projects:
            message = f"« {text} » est un projet, mais cette ligne n'ouvre pas une partie"
            yield letter.document.make_body_problem(
                Position(line, 1), message, f"écrivez ## {text}"
            )


def _check_unused(
    letter: Letter, headings: Iterable[Heading], names: HeadingNames
) -> Iterator[Problem]:
    """Yield a warning for each item of the letter's `rubriques` that is not one of its headings.

    An item is left out if the heading that resembles it most is neither a project's nor a usual
    one: that heading may be reported as unknown.
    """
    typed = {normalise_name(heading.text): heading.text for heading in headings}
    own = letter.list_own_headings()
    free = {name: text for name, text in typed.items() if name not in names.projects}
    for number, words in enumerate(own):
        name = normalise_name(words)
        near = find_nearest(name, free, most=1)
        if name in typed or (near and near[0] not in names.usual):
            continue
        hint = f"écrivez « {free[near[0]]} »" if near else f"effacez « {words} »"
        message = f"« {words} » n'est le titre d'aucune partie de cette lettre"
        yield letter.document.make_problem(("rubriques", number), message, hint, Level.WARNING)


def _spell_as_project(title: str, project: Topic | None) -> str:
    """Return a heading as the front matter of its project spells it, or as typed without one."""
    names = project.names if project else ()
    return next((name for name in names if normalise_name(name) == normalise_name(title)), title)


def group_threads(letters: Iterable[tuple[Section, ...]]) -> Mapping[Key, tuple[Section, ...]]:
    """Return the updates of each project, oldest first, from the sections of all letters."""
    found: dict[Key, list[Section]] = {}
    for parts in letters:
        for section in parts:
            if section.project:
                found.setdefault(section.project.key, []).append(section)
    return {
        key: tuple(sorted(updates, key=lambda section: section.letter.period.sort_key))
        for key, updates in found.items()
    }


def check_name_clashes(projects: Iterable[Topic]) -> Iterator[Problem]:
    """Yield a problem for each name of a project that an earlier project already has."""
    first: dict[str, Topic] = {}
    for project in projects:
        for path, name in project.list_names():
            if not name:  # an invalid entry may have an empty former name
                continue
            other = first.setdefault(normalise_name(name), project)
            if other is not project:
                message = f"« {name} » est aussi un nom du projet de {other.path}"
                place = project.commune if isinstance(project, Located) else None
                hint = f"écrivez « {name} ({place or '…'}) », ou un autre nom, dans l'un des deux"
                yield project.document.make_problem(path, message, hint)


def _check_unknown(
    letter: Letter, heading: Heading, names: HeadingNames, own: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield a problem for a heading that names no published project, unless it is accepted.

    Usual headings are accepted, and so are headings that may name an invalid project.
    """
    name = normalise_name(heading.text)
    if name in names.usual or {name, make_slug(heading.text)} & names.faulty:
        return
    if any(name in line for line in names.unsure):
        return
    if name in names.held:
        message = f"le projet « {heading.text} » est un brouillon : sa page n'est pas publiée"
        hint = "publiez-le (retirez « brouillon: oui »), ou retirez cette partie de la lettre"
        yield letter.document.make_body_problem(heading, message, hint)
        return
    if renamed := _find_renamed(heading.text, names):
        yield _report_renamed(letter, heading, renamed)
        return
    known = {key: project.heading for key, project in names.projects.items()}
    known |= {**names.usual, **own}
    close = list(dict.fromkeys(known[key] for key in find_nearest(name, known)))
    hint = "ajoutez-le aux « rubriques » de la lettre, ou créez le projet dans content/projets/"
    typed = letter.body.text.split("\n")[heading.line - letter.body.first_line]
    if close:
        # If no space follows « ## », that space may be misplaced: the hint gives the whole line.
        whole = f"## {close[0]}" if re.match(r"##\w", typed) else quote_choices(close)
        hint = f"écrivez {whole} ; sinon, {hint}"
    message = f"« {heading.text} » n'est le nom d'aucun projet"
    problem = letter.document.make_body_problem(heading, message, hint)
    slug = make_slug(heading.text)
    yield replace(problem, target=f"{names.prefix}{slug}/#" if names.prefix and slug else "")


def _find_renamed(title: str, names: HeadingNames) -> Topic | None:
    """Return the project that has the slug of `title`, but another name; None if there is none."""
    slug = make_slug(title)
    every = (one for one in names.projects.values() if one.slug == slug)
    return next((one for one in every if make_slug(one.heading) != slug), None)


def _report_renamed(letter: Letter, heading: Heading, project: Topic) -> Problem:
    """Return the problem of a heading that is probably the former name of a project."""
    former = f"{{nom: {json.dumps(heading.text, ensure_ascii=False)}}}"
    line = f"la ligne anciens_noms: [{former}]"
    if len(project.names) > 1:
        line = f"{former}, dans sa liste « anciens_noms »"
    message = f"« {heading.text} » n'est le nom d'aucun projet"
    hint = (
        f"si ce projet a changé de nom, ajoutez à {project.path} {line} ; sinon, écrivez "
        f"« {project.heading} », ou ajoutez ce titre aux « rubriques » de la lettre"
    )
    return letter.document.make_body_problem(heading, message, hint)


def _report_empty(letter: Letter, heading: Heading) -> Problem:
    message = f"la partie « {heading.text} » est vide"
    return letter.document.make_body_problem(heading, message, "écrivez-la, ou retirez ce titre")


def _report_repeated(letter: Letter, heading: Heading, first: Heading, above: Heading) -> Problem:
    """Return the problem of a second section on a project.

    `first` is the heading of its first section, `above` the heading of the section just above.
    """
    message = f"« {heading.text} » a déjà une partie dans cette lettre, à la ligne {first.line}"
    hint = (
        f"déplacez son texte à la fin de la partie de la ligne {first.line}, puis effacez ce titre"
    )
    if above is first:
        hint = "effacez cette ligne : son texte suivra celui d'avant"
    return letter.document.make_body_problem(heading, message, hint)
