"""Step 6: check the plans together: addresses used twice, broken links, missing images."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from maille.content.discover import CONFIG_FILE
from maille.content.documents import BodyImage, BodyLink, list_texts
from maille.content.downloads import ADDRESS as DOWNLOADS
from maille.content.images import ADDRESS, FOLDER, decode_name, quote_name, suggest_image
from maille.kinds.catalyser import Catalyser
from maille.kinds.page import Page
from maille.problems import Level, Problem, soften
from maille.schema.kind import Entry, Key
from maille.site.downloads import check_named_downloads
from maille.site.lost_entries import find_near_pages
from maille.site.model import Site
from maille.text.dates import format_date
from maille.text.file_endings import find_shown_name
from maille.text.names import find_free_name, list_words
from maille.text.private_addresses import ONE_MACHINE, REMEDY, explain_private
from maille.text.suggestions import differ_by_a_slip, find_nearest, quote_choices
from maille.text.typed_addresses import suggest_end
from maille.text.urls import find_own_path, is_file_target, make_file_path
from maille.views.departures import verify_departures
from maille.views.opening import check_opening
from maille.views.plans import PagePlan, Plan
from maille.views.terms import find_shown


def verify(plans: Iterable[Plan], site: Site) -> tuple[Problem, ...]:
    """Return the problems that appear once all is planned, such as shared addresses, broken links.

    Problems in unpublished files are warnings.
    """
    every = tuple(plans)
    # Nothing may link to the files made from an image: the names of these files may change.
    pages = {plan.address: plan for plan in every if not plan.address.startswith(ADDRESS)}
    links = (*_check_links(site, pages), *_check_values(site, pages), *_check_images(site))
    menus = (*_check_menus(site, pages), *_check_case(site))
    downloads = check_named_downloads(site.list_examined(), site.downloads)
    lines = (*verify_departures(site, every), *check_opening(site))
    found = (*_check_addresses(every, site), *links, *downloads, *menus, *lines)
    return soften(found, {held.path for held in site.held})


_LOOK = "écrivez …, la fin de l'adresse que le navigateur montre sur la page voulue"


def _check_addresses(plans: Iterable[Plan], site: Site) -> Iterator[Problem]:
    """Yield a problem for each plan that has the address of an earlier plan; case is ignored.

    For a file of `[fichiers]`, the problem is reported in `site.toml`. Any other is reported in the
    content file of the later plan, or else of the earlier one, or else in `site.toml`.
    """
    files = {entry.path for entry in site.list_examined()}
    first: dict[str, Plan] = {}
    for plan in plans:
        other = first.setdefault(make_file_path(plan.address).casefold(), plan)
        if other is plan:
            continue
        wrong = plan if plan.source in files else other
        taken = f"l'adresse {plan.address} est déjà celle de"
        if plan.source == CONFIG_FILE:
            at = ("fichiers", plan.address[1:])
            if not site.config.may_publish(at[1]):  # `check_config` reports it
                continue
            yield site.config.make_problem(at, f"{taken} {other.source}", "effacez cette ligne")
        elif wrong.source in files:
            kept = other if wrong is plan else plan
            stem = PurePosixPath(wrong.source).stem
            hint = f"renommez le fichier en {find_free_name(wrong.source, stem, files)}"
            yield Problem(wrong.source, f"{taken} {kept.source}", hint)
        else:
            message = f"{taken} {other.source} : {plan.source} ne peut pas l'avoir aussi"
            yield site.config.make_problem(("mots",), message, "changez l'une des deux adresses")


def _check_links(site: Site, pages: Mapping[str, Plan]) -> Iterator[Problem]:
    """Yield a problem for each link of a body that does not lead to a published page or heading."""
    entries = site.list_entries(Entry)
    anchors_of = _map_anchors(site)
    anchors = {site.address(one): anchors_of[one.key] for one in entries if one.key in anchors_of}
    faulty = _list_faulty_endings(site)
    waiting = _list_waiting(site)
    for entry in site.list_examined():
        headings = {heading.anchor for heading in entry.body.headings}
        own = anchors_of.get(entry.key, headings)
        for link in entry.body.links:
            target = _find_own_path(site, link.target) or link.target
            address, _, anchor = target.partition("#")
            address = address.partition("?")[0]
            if is_file_target(target):
                yield _report_file_link(site, entry, link, entries)
            elif reason := explain_private(target):
                yield _report_private_link(entry, link, reason, pages)
            elif target.startswith(("//", DOWNLOADS)):
                pass  # `parse` and `check_named_downloads` report it
            elif address in waiting:
                yield from _check_waiting_link(entry, link, address, waiting)
            elif address.startswith("/") and address not in pages and not address.endswith(faulty):
                yield _report_lost_link(entry, link, address, pages)
            # Only the headings of entries are known, not the headings of pages that views make.
            elif target.startswith(("/", "#")) and anchor:
                known = anchors.get(address) if address else own
                if known is not None and anchor not in known:
                    yield _report_missing_heading(entry, link, address, known)


def _map_anchors(site: Site) -> Mapping[Key, set[str]]:
    """Map each entry with a page to the anchors there: its headings, and the terms it shows."""
    anchors = {
        entry.key: {heading.anchor for heading in entry.body.headings}
        for entry in site.list_entries(Entry)
        if _has_page(site, entry)
    }
    for page in site.list_entries(Page):
        if shown := find_shown(site, page):
            anchors[page.key] |= {term.key for term in shown.terms}
    return anchors


def _find_own_path(site: Site, url: str) -> str | None:
    """Return the address on this site of a web URL; None for the URL of another site."""
    if not url.startswith("http"):
        return None
    return find_own_path(url, site.config.address) or find_own_path(url, site.published_at)


def _check_values(site: Site, pages: Mapping[str, Plan]) -> Iterator[Problem]:
    """Yield a warning for each value of front matter that is the URL of a missing page of the site.

    It is not an error: a source may be a page of a former site at the same URL.
    """
    faulty = _list_faulty_endings(site)
    waiting = _list_waiting(site)
    for entry in site.list_examined():
        for path, value in list_texts(entry.document.front_matter):
            if "http" not in value:
                continue
            own = _find_own_path(site, value.strip())
            address = re.split(r"[?#]", own)[0] if own else ""
            known = address in pages or address in waiting
            if address and not known and not address.endswith(faulty):
                message, hint = _explain_lost(value.strip(), address, pages)
                yield entry.document.make_problem(path, message, hint, Level.WARNING)


def _list_waiting(site: Site) -> Mapping[str, Entry]:
    """Return the waiting entries that will have a page, by the address of that page."""
    paths = {held.path for held in site.held}
    waiting = (one for one in site.aside if one.path in paths and _has_page(site, one))
    return {site.address(one): one for one in waiting}


def _check_waiting_link(
    entry: Entry, link: BodyLink, address: str, waiting: Mapping[str, Entry]
) -> Iterator[Problem]:
    """Yield a problem for a link of `entry` to an entry that waits, unless `entry` waits too.

    `waiting` has the entries that wait by the address of their page; `address` is one of these.
    """
    later = waiting[address]
    if entry in waiting.values():
        return
    message = f"ce lien mène à « {later.heading or later.slug} », qui n'est pas publié"
    hint = f"gardez le texte de ce lien sans son adresse, ou publiez {later.path}"
    if later.held_until and not later.draft:
        day = format_date(later.held_until)
        message = f"ce lien mène à « {later.heading} », qui ne paraît que le {day}"
        hint = f"gardez le texte de ce lien sans son adresse ; vous la remettrez le {day}"
    yield entry.document.make_body_problem(link, message, hint)


def _list_faulty_endings(site: Site) -> tuple[str, ...]:
    """Return the ends of the addresses of invalid entries.

    Links to such addresses are not reported: they will work once the entries are fixed.
    """
    return tuple(f"/{slug}/" for _, slug in sorted(site.faulty))


def _report_file_link(
    site: Site, entry: Entry, link: BodyLink, entries: Sequence[Entry]
) -> Problem:
    """Return the problem of a link to a file; its hint gives the pages meant, if any are found."""
    file, sign, anchor = link.target.replace("\\", "/").partition("#")
    pages = [
        site.address(one) for one in _find_entries(file, entry, entries) if _has_page(site, one)
    ]
    hint = f"écrivez {quote_choices([f'{one}{sign}{anchor}' for one in pages])}"
    message = f"{link.target} est un fichier ; un lien mène à une page du site"
    return entry.document.make_body_problem(link, message, hint if pages else _LOOK)


def _find_entries(file: str, entry: Entry, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that a link from `entry` to `file` may mean.

    The path is tried relative to the entry, then as the end of a path, then as a file name.
    """
    path = posixpath.normpath(posixpath.join(posixpath.dirname(entry.path), file))
    end = file.lstrip("./")
    for wanted in (path, end, end.rpartition("/")[2]):
        if found := [e for e in entries if f"/{e.path}".endswith(f"/{wanted.lstrip('/')}")]:
            return found
    return []


def _has_page(site: Site, entry: Entry) -> bool:
    return bool(site.kind(entry.kind_name).prefix and not entry.shared_page)


def _report_lost_link(
    entry: Entry, link: BodyLink, address: str, pages: Mapping[str, Plan]
) -> Problem:
    told = _explain_lost(link.target, address, pages, link.text)
    problem = entry.document.make_body_problem(link, *told)
    line = entry.body.text.split("\n")[link.line - entry.body.first_line]
    end = suggest_end(link.target, line[link.column - 1 + len(link.target) :])
    if end and address.rstrip(".,;:!") in pages:
        problem = replace(problem, hint=end)
    # An address at the root may belong to a page made by a view, not to an entry.
    is_entry = address.count("/") > 2 or not find_near_pages(address, pages)
    return replace(problem, target=address if address.endswith("/") and is_entry else "")


def _explain_lost(
    shown: str, address: str, pages: Mapping[str, Plan], words: str = ""
) -> tuple[str, str]:
    """Return cause and remedy for a link, shown as typed, to an address that no page has.

    The hint gives at most three pages with a similar address. Pages whose address differs by a
    single slip come first, sorted by how many `words` of the link are in their titles.
    """
    plans = {one: plan for one, plan in pages.items() if isinstance(plan, PagePlan)}
    near = find_near_pages(address, plans, most=12)
    slips = [one for one in near if differ_by_a_slip(one, address)]
    said = list_words(words)
    slips.sort(key=lambda one: len(said & list_words(plans[one].title)), reverse=True)
    close = [*dict.fromkeys((*slips, *near))][:3]
    hint = f"vouliez-vous dire {quote_choices(close)} ?" if close else _LOOK
    return f"le lien {shown} ne mène à aucune page du site", hint


def _report_private_link(
    entry: Entry, link: BodyLink, reason: str, pages: Mapping[str, Plan]
) -> Problem:
    """Return the problem of a link that readers cannot open.

    If it links to a page in the local preview of this site, the hint gives the page's address.
    """
    own = urlsplit(link.target)._replace(scheme="", netloc="").geturl() or "/"
    page = re.split(r"[?#]", own)[0]
    hint = f"écrivez {own}" if reason == ONE_MACHINE and page in pages else REMEDY
    return entry.document.make_body_problem(link, f"l'adresse {link.target} {reason}", hint)


def _report_missing_heading(
    entry: Entry, link: BodyLink, address: str, known: Iterable[str]
) -> Problem:
    close = [f"{address}#{near}" for near in find_nearest(link.target.partition("#")[2], known)]
    hint = f"vouliez-vous dire {quote_choices(close)} ?" if close else _LOOK
    message = f"le lien {link.target} vise un titre qui n'existe pas"
    return entry.document.make_body_problem(link, message, hint)


def _check_images(site: Site) -> Iterator[Problem]:
    """Yield a problem for each missing image of /images/; `parse` reports images elsewhere."""
    for entry in site.list_examined():
        for shown in entry.body.images:
            name = decode_name(shown.target)
            if name.startswith(ADDRESS) and name not in site.album.shown_by:
                yield _report_missing_image(entry, shown, site.album.shown_by)


def _report_missing_image(entry: Entry, shown: BodyImage, names: Iterable[str]) -> Problem:
    close = find_nearest(decode_name(shown.target), names)
    hint = f"mettez ce fichier dans {FOLDER}/, ou retirez l'image du texte"
    if close:
        hint = f"vouliez-vous dire {quote_choices([quote_name(name) for name in close])} ?"
    elif find_shown_name(shown.target)[1]:
        hint = suggest_image(shown.target)
    message = f"l'image {shown.target} n'est pas dans {FOLDER}/"
    return entry.document.make_body_problem(shown, message, hint)


def _check_menus(site: Site, pages: Mapping[str, Plan]) -> Iterator[Problem]:
    introduction = site.config.introduction
    for key, items in (
        ("menu", site.config.menu),
        ("pied", site.config.foot),
        ("presentation.liens", introduction.links if introduction else ()),
    ):
        for rank, item in enumerate(items):
            address = item.address.partition("#")[0]
            if site.addresses.follow(address) in site.addresses.departed:
                message = f"« {item.title} » mène à {item.address}, qui n'est plus sur ce site"
                hint = f"effacez ce lien de [[{key}]], ou donnez-lui l'adresse d'une autre page"
                yield site.config.make_problem((key, rank, "adresse"), message, hint)
            elif not isinstance(pages.get(address), PagePlan):
                message = f"« {item.title} » mène à {item.address}, qui n'est pas une page du site"
                close = find_near_pages(item.address, pages)
                hint = f"retirez ce bloc [[{key}]], ou corrigez son adresse"
                if close:
                    hint = f"vouliez-vous dire {quote_choices(close)} ? Sinon, {hint}"
                yield site.config.make_problem((key, rank, "adresse"), message, hint)


def _check_case(site: Site) -> Iterator[Problem]:
    """Yield a problem if `cas`, in `site.toml`, is not the page of a real record."""
    introduction = site.config.introduction
    if introduction is None or introduction.case is None:
        return
    records = {site.address(entry) for entry in site.list_real(Catalyser)}
    if site.addresses.follow(introduction.case) not in records:
        kind = site.kind(Catalyser.kind_name)
        message = f"« {introduction.case} » n'est pas la page d'une fiche ({kind.index_title})"
        close = find_near_pages(introduction.case, dict.fromkeys(records))
        hint = "effacez cette ligne, ou donnez l'adresse d'une fiche"
        if close:
            hint = f"vouliez-vous dire {quote_choices(close)} ? Sinon, {hint}"
        yield site.config.make_problem(("presentation", "cas"), message, hint)
