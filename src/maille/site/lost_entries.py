"""References to a page whose file is gone: it departed, moved, or has the wrong file name."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from maille.content.documents import Document
from maille.content.folders import strip_marks
from maille.problems import Level, Problem
from maille.schema.kind import Entry
from maille.site.addresses import FILE, write_line, write_move
from maille.site.model import Site
from maille.site.published_addresses import list_entry_addresses
from maille.text.names import fold_name, list_words, make_slug
from maille.text.suggestions import differ_by_a_slip, find_nearest, quote_choices

# The least similarity (`likeness` of `find_nearest`) at which a slug may be a misspelling of
# another, and at which a page may be another page with a new name.
_SLIP, _RENAMED = 0.65, 0.9
_ELSE = "sinon, corrigez ce nom"


@dataclass(frozen=True, slots=True)
class _Lost:
    """A page without a file: its address and name, the problems about it, and its present page.

    `name` is "" if it is unknown, or not shown; `present` is "" if no page seems to replace it.
    """

    target: str
    name: str
    group: Sequence[Problem]
    present: str

    @property
    def slug(self) -> str:
        return _cut_slug(self.target)


def gather_lost(
    problems: Iterable[Problem],
    site: Site,
    documents: Iterable[Document],
    notes: Iterable[Problem] = (),
) -> Iterator[Problem]:
    """Yield the problems; problems with the same lost target become one, or get another hint.

    `notes` are the warnings about ignored files: if one is about the file of the target, it
    replaces the problems. If the target was published (`find_lost`), or a sealed letter names it
    (so it existed when the letter was sealed), the problem says which places name it, and which
    line to add to `content/adresses.toml`. Otherwise nothing proves that it existed, however many
    files name it: its address may have a slip.

    The names of lost pages are looked for in the headings and links of `documents`.
    """
    every, texts, strays = tuple(problems), tuple(documents), tuple(notes)
    letters = {seal.path for seal in site.seals.values()}
    pages = _list_names(site)
    prefixes = {kind.prefix for kind in site.kinds}
    told: dict[Problem, Problem | None] = {}
    for target, group in _group_by_target(every).items():
        paths = {one.path for one in group if not one.target.endswith("#")}
        if not paths:
            continue
        lost = _describe_lost(target, group, texts, pages, every)
        if stray := _find_stray(lost.slug, strays):
            told |= dict.fromkeys(lost.group)
            told[group[0]] = replace(stray, level=Level.ERROR)
        elif whole := _explain_whole(lost, site, certain=bool(paths & letters)):
            told |= dict.fromkeys(lost.group)
            told[group[0]] = whole
        elif _cut_prefix(target) in prefixes and len(paths) > 1:
            told |= dict.fromkeys(lost.group)
            told[group[0]] = _explain_several(lost, pages, site.today)
        elif _cut_prefix(target) in prefixes:
            near = {one: _list_near(one, lost, texts, pages) for one in group}
            told |= {one: _explain_one(one, lost, near[one], site.today) for one in group}
    yield from _replace_told(every, told, site.today)


def _replace_told(
    problems: Iterable[Problem], told: Mapping[Problem, Problem | None], today: datetime.date
) -> Iterator[Problem]:
    """Yield each problem, or its replacement in `told`; a problem replaced by None is dropped."""
    for problem in problems:
        instead = told.get(problem, problem)
        if instead and instead.target.endswith("#"):
            yield _explain_heading(instead, today)
        elif instead:
            yield instead


def _cut_slug(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def _cut_prefix(address: str) -> str:
    return f"{address.rstrip('/').rpartition('/')[0]}/"


def find_near_pages(address: str, pages: Iterable[str], most: int = 3) -> list[str]:
    """Return up to `most` addresses that resemble a lost one: first in its folder, then elsewhere.

    In both, the nearest come first. In the folder, only the last part of addresses is compared,
    since all begin alike.
    """
    prefix = _cut_prefix(address)
    every = tuple(pages)
    beside = {_cut_slug(page): page for page in every if _cut_prefix(page) == prefix}
    slug = _cut_slug(address)
    found = [beside[one] for one in find_nearest(slug, beside, most, likeness=_SLIP)]
    others = [page for page in every if _cut_prefix(page) != prefix]
    return [*found, *find_nearest(address, others, most)][:most]


def _list_names(site: Site) -> Mapping[str, str]:
    """Return the names of the published entries that have a page, by address."""
    entries = site.list_entries(Entry)
    return {site.address(one): one.heading for one in entries if site.kind(one.kind_name).prefix}


def _describe_lost(
    target: str,
    group: list[Problem],
    texts: Iterable[Document],
    pages: Mapping[str, str],
    every: Iterable[Problem],
) -> _Lost:
    """Return the lost page at `target`.

    Its problems are those of `group`, and those of `every` about headings with the name guessed for
    it, from a link or from its slug.
    """
    linked = _find_name(target, texts)
    slug = _cut_slug(target)
    guess = linked or slug.replace("-", " ").capitalize()
    guessed = f"{_cut_prefix(target)}{make_slug(guess)}/#"
    whole = [*group, *(one for one in every if one.target == guessed and one not in group)]
    # A link keeps its own text: only keys and headings show the name of a departed page.
    shown = any((one.key and one.path != FILE) or one.target.endswith("#") for one in whole)
    name = guess if shown or make_slug(linked) == slug else ""
    return _Lost(target, name, whole, _find_present(target, guess, pages))


def _find_present(target: str, name: str, pages: Mapping[str, str]) -> str:
    """Return the present address of a page that was renamed within its folder, or "".

    It is the only page there with the same name or, failing that, with almost the same letters and
    the same digits in its slug.
    """
    beside = {page: own for page, own in pages.items() if _cut_prefix(page) == _cut_prefix(target)}
    slugs = {make_slug(name), _cut_slug(target)}
    same = [
        page
        for page, own in beside.items()
        if fold_name(own) == fold_name(name) or make_slug(own) in slugs
    ]
    near = _find_near(target, beside, _RENAMED)
    digits = re.sub(r"\D", "", target)
    found = same or [page for page in near if re.sub(r"\D", "", page) == digits]
    return found[0] if len(found) == 1 else ""


def _list_near(
    problem: Problem, lost: _Lost, documents: Iterable[Document], pages: Mapping[str, str]
) -> list[str]:
    """Return the pages that a lost reference may mean.

    This is the one page that the words of the link name, else the present page of `lost`, else the
    pages of the same folder whose slugs resemble the slug of the lost page. One of these comes
    before the present page if its name has more of the words of the link: two links to one address
    may mean two pages.
    """
    words = {
        link.text
        for document in documents
        if document.path == problem.path
        for link in document.body.links
        if (link.line, link.column) == (problem.line, problem.column)
    }
    prefix = _cut_prefix(lost.target)
    folded = {*map(fold_name, words)}
    named = [
        page
        for page, own in pages.items()
        if _cut_prefix(page) == prefix and fold_name(own) in folded
    ]
    if len(named) == 1:
        return named
    near = _find_near(lost.target, pages, _SLIP)
    if not lost.present:
        return near
    said = list_words(" ".join(words))
    shared = {page: len(said & list_words(pages[page])) for page in (lost.present, *near)}
    best = max(shared, key=lambda page: shared[page])
    return [*dict.fromkeys((best, lost.present))]


def _find_near(target: str, pages: Iterable[str], likeness: float) -> list[str]:
    """Return up to three of `pages` in the folder of `target`, with the most similar slugs first.

    `likeness` is the least similarity accepted (see `find_nearest`).
    """
    prefix = _cut_prefix(target)
    slugs = [_cut_slug(page) for page in pages if _cut_prefix(page) == prefix]
    return [
        f"{prefix}{slug}/" for slug in find_nearest(_cut_slug(target), slugs, likeness=likeness)
    ]


def _find_stray(slug: str, notes: Iterable[Problem]) -> Problem | None:
    """Return the warning about an ignored file that should be the record of this slug, or None."""
    for note in notes:
        stem = note.path.rpartition("/")[2].lstrip(".").rpartition(".")[0]
        is_text = note.hint.startswith(("renommez-le ", "déplacez-le dans "))
        if is_text and slug in {make_slug(strip_marks(stem)), make_slug(note.path.split("/")[-1])}:
            return note
    return None


def _explain_heading(problem: Problem, today: datetime.date) -> Problem:
    """Return the problem of a letter's heading; its hint ends with the line of a lost project."""
    name = re.search("« (.*?) »", problem.message)
    line = write_line(problem.target.rstrip("#"), today, name[1] if name else "")
    return replace(
        problem, hint=f"{problem.hint} ; un projet parti a sa ligne dans {FILE} : {line}"
    )


def _group_by_target(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.target:
            groups.setdefault(problem.target.rstrip("#"), []).append(problem)
    return groups


def _find_name(target: str, documents: Iterable[Document]) -> str:
    """Return the name of the page that was at the address `target`, or "" if it is not known.

    It is the first heading, or text of a link to the page, whose slug is that of the page. If there
    is none, it is the only text of such links that begins with a capital.
    """
    slug = _cut_slug(target)
    link = re.compile(rf"\[([^][]+)\]\([^)\s]*{re.escape(target)}(?:#[^)\s]*)?\)")
    named: set[str] = set()
    for document in documents:
        texts = [heading.text for heading in document.body.headings]
        linked = [" ".join(found.split()) for found in link.findall(document.body.text)]
        if same := next((text for text in (*texts, *linked) if make_slug(text) == slug), ""):
            return same
        named |= {text for text in linked if text[:1].isupper()}
    return named.pop() if len(named) == 1 else ""


def _list_candidates(lost: _Lost, site: Site) -> list[str]:
    """Return up to three pages that the lost page may have become, the likeliest first.

    They are `lost.present`, then the pages of the same folder that were not published yet, then
    those whose address is almost the same.
    """
    prefix = _cut_prefix(lost.target)
    known = site.addresses.published
    own = [one for one in list_entry_addresses(site) if _cut_prefix(one) == prefix]
    new = [one for one in own if one not in known]
    slugs = find_nearest(lost.slug, [_cut_slug(one) for one in new], likeness=0)
    near = _find_near(lost.target, own, _RENAMED)
    certain = [lost.present] if lost.present else []
    return [*dict.fromkeys((*certain, *(f"{prefix}{slug}/" for slug in slugs), *near))][:3]


def _explain_gone(
    gone: Problem, lost: _Lost, candidates: Sequence[str], today: datetime.date
) -> Problem:
    """Return the problem `gone` of a published page without a file, with a longer message and hint.

    The message says which places name the page. The hint gives the lines to add if the page
    departed, or became one of `candidates`.
    """
    others = sorted((one for one in lost.group if one is not gone), key=lambda one: one.sort_key)
    places = [*dict.fromkeys(f"{one.path}:{one.line}" for one in others)]
    message = f"{gone.message} ; {_count_places(places)}" if places else gone.message
    names = [lost.name] if places else []
    left = f"{write_line(lost.target, today, *names)} si elle est partie"
    moves = [f"{write_move(lost.target, one)}" for one in candidates]
    moved = f"{' ou '.join(moves)} si elle a changé de nom"
    lines = [moved, left] if lost.present else [left, *([moved] if moves else [])]
    hint = f"ajoutez la ligne {', ou '.join(lines)} ; ou remettez le fichier"
    return replace(gone, message=message, hint=hint)


def _count_places(places: Sequence[str], still: str = " encore") -> str:
    """Return a French phrase that counts the places that name a page, and lists the first twelve.

    `still` follows the verb: « encore » if the page is known to have existed, else "".
    """
    shown = f"{', '.join(places[:12])}{', …' if len(places) > 12 else ''}"
    count = f"{len(places)} endroits le nomment" if len(places) > 1 else "un endroit le nomme"
    return f"{count}{still} : {shown}"


def _write_line(lost: _Lost, today: datetime.date) -> str:
    """Return the line of `content/adresses.toml` for a page: that it moved, or departs today."""
    if lost.present:
        return write_move(lost.target, lost.present)
    return write_line(lost.target, today, lost.name)


def _explain_whole(lost: _Lost, site: Site, *, certain: bool) -> Problem | None:
    """Return one problem for all references to a lost page, or None if it may never have existed.

    It existed if `certain`, or if one of its problems is in `content/adresses.toml`: this one says
    that the page was published.
    """
    if gone := next((one for one in lost.group if one.path == FILE), None):
        return _explain_gone(gone, lost, _list_candidates(lost, site), site.today)
    return _explain_lost(lost, site.today) if certain else None


def _explain_lost(lost: _Lost, today: datetime.date) -> Problem:
    """Return one problem for all the references to a page that existed."""
    every = sorted(lost.group, key=lambda one: (one.level is not Level.ERROR, one.sort_key))
    places = [*dict.fromkeys(f"{one.path}:{one.line}" for one in every)]
    return replace(
        every[0],
        message=f"« {lost.slug} » n'a plus de fiche, et {_count_places(places)}",
        hint=f"ajoutez à {FILE} la ligne {_write_line(lost, today)} ; ou remettez sa fiche",
    )


def _explain_several(lost: _Lost, pages: Iterable[str], today: datetime.date) -> Problem:
    """Return one problem for several references to a page that may never have existed."""
    every = sorted(lost.group, key=lambda one: (one.level is not Level.ERROR, one.sort_key))
    places = [*dict.fromkeys(f"{one.path}:{one.line}" for one in every)]
    message = f"« {lost.slug} » n'a pas de fiche, et {_count_places(places, '')}"
    problem = replace(every[0], message=message)
    if lost.present and not differ_by_a_slip(lost.slug, _cut_slug(lost.present)):
        line = _write_line(lost, today)
        hint = f"ajoutez à {FILE} la ligne {line} si sa fiche a changé de nom ; {_ELSE}"
        return replace(problem, hint=hint)
    near = [lost.present] if lost.present else _find_near(lost.target, pages, _SLIP)
    return _explain_one(problem, lost, near, today)


def _explain_one(
    problem: Problem, lost: _Lost, near: Sequence[str], today: datetime.date
) -> Problem:
    """Return the problem with a new hint: the pages in `near`, if any, and a line to add.

    The line of `content/adresses.toml` says that the page departed or moved. The names that the
    former hint proposed stay first, in their order.
    """
    if not near:
        line = f"ajoutez à {FILE} la ligne {write_line(lost.target, today, lost.name)}"
        # An address at the root may be anything: nothing shows that there ever was such a page.
        if _cut_prefix(lost.target) == "/":
            return replace(problem, hint=f"{problem.hint} ; {line} si cette page est partie")
        return replace(problem, hint=f"{line} si sa fiche est partie ; {_ELSE}")
    names = [_cut_slug(one) if problem.key else one for one in near]
    places = {name: problem.hint.find(f"« {name} »") for name in names}
    meant = quote_choices(sorted(names, key=lambda name: (places[name] < 0, places[name])))
    became = "a changé de nom" if lost.present else "est partie"
    line = _write_line(lost, today)
    hint = f"vouliez-vous dire {meant} ? Si sa fiche {became}, ajoutez à {FILE} la ligne {line}"
    return replace(problem, hint=hint)
