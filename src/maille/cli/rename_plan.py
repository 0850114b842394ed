"""What renaming or removing a record changes: its file, its address, and all references to it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from maille.content.discover import CONFIG_FILE
from maille.content.documents import BodyLink, Document, KeyPath
from maille.content.file_changes import FileChange
from maille.content.header_edits import edit_header, edit_yaml
from maille.problems import ContentError
from maille.schema.fields import Reference
from maille.schema.kind import Entry, list_references
from maille.schema.letter import Letter, Topic
from maille.site.addresses import FILE, write_line, write_move
from maille.site.model import Site
from maille.site.published_addresses import list_entry_addresses
from maille.text.names import make_slug
from maille.text.suggestions import find_nearest, quote_choices
from maille.text.urls import find_own_path

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
Read = Callable[[str], bytes]


def find_record(site: Site, typed: str) -> Entry:
    """Return the record with this file path, address or slug.

    A slug may have « .md » after it. Raises ContentError if no record is found, or several.
    """
    name = typed.replace("\\", "/").removeprefix("./")
    entries = [one for one in site.list_examined() if site.kind(one.kind_name).prefix]
    found = [one for one in entries if name == one.path or name == site.address(one)]
    found = found or [one for one in entries if name.removesuffix(".md") == one.slug]
    if len(found) == 1:
        return found[0]
    if found:
        message = f"plusieurs fichiers s'appellent « {typed} »"
        raise ContentError(message, f"écrivez {quote_choices([one.path for one in found])}")
    slugs = {one.slug: one.path for one in entries} | {one.path: one.path for one in entries}
    near = [*dict.fromkeys(slugs[one] for one in find_nearest(name, slugs))]
    hint = f"vouliez-vous dire {quote_choices(near)} ?" if near else "écrivez le chemin du fichier"
    raise ContentError(f"aucune fiche n'est « {typed} »", hint)


def make_new_path(site: Site, entry: Entry, typed: str) -> str:
    """Return the new path of the file of a record, from a file name with or without its folder.

    Raises ContentError if the record cannot have this name.
    """
    folder = entry.path.rpartition("/")[0]
    above, _, name = typed.replace("\\", "/").removeprefix("./").rpartition("/")
    slug = name.removesuffix(".md")
    if above and above != folder:
        raise ContentError(f"la fiche reste dans {folder}/", f"écrivez {make_slug(slug)}")
    if not slug or make_slug(slug) != slug:
        right = make_slug(slug) or "le-nouveau-nom"
        raise ContentError(f"« {name} » ne peut pas être un nom de fichier", f"écrivez {right}")
    if isinstance(entry, Letter):
        raise ContentError(
            "une lettre porte le nom de son mois, de sa semaine ou de son jour",
            "si elle n'est pas encore partie, renommez son fichier vous-même",
        )
    same_kind = (one for one in site.list_examined() if one.kind_name == entry.kind_name)
    others = {one.slug: one.path for one in same_kind}
    if slug in others:
        raise ContentError(f"{others[slug]} porte déjà ce nom", "prenez un autre nom")
    return f"{folder}/{slug}.md"


def plan_rename(site: Site, entry: Entry, new_path: str, read: Read) -> Iterator[FileChange]:
    """Yield the changes that give a record another file name; `read` gives the bytes of a file.

    References to the record are changed in place. Sealed letters stay as they are: the line that
    redirects the old address is enough for them. Raises ContentError if a front matter cannot be
    edited.
    """
    address = site.address(entry)
    slug = new_path.rpartition("/")[2].removesuffix(".md")
    new_address = f"{address.rstrip('/').rpartition('/')[0]}/{slug}/"
    sealed = {seal.path for seal in site.seals.values()}
    move = _Move(site, entry, slug, address, new_address)
    for other in site.list_examined():
        path = new_path if other is entry else other.path
        before = read(other.path)
        after = before if other.path in sealed else move.edit(other, before)
        if after != before or path != other.path:
            yield FileChange(other.path, path, after)
    settings = read(CONFIG_FILE)
    if (edited := move.edit_settings(settings)) != settings:
        yield FileChange(CONFIG_FILE, CONFIG_FILE, edited)
    line = write_move(address, new_address) if _is_public(site, entry) else ""
    before = read(FILE)
    if (lines := edit_lines(before, line, new_address, site)) != before:
        yield FileChange(FILE, FILE, lines)


def plan_removal(site: Site, entry: Entry, read: Read) -> Iterator[FileChange]:
    """Yield the changes that remove a record: delete its file, add a line for its address.

    There is no line if the address is not published (`_is_public`). Files that refer to the record
    stay, and show its name without a link; the line then gives that name.
    """
    yield FileChange(entry.path, entry.path, None)
    if not _is_public(site, entry):
        return
    names: tuple[str, ...] = ()
    if any(_list_places(site, entry)):
        names = entry.names if isinstance(entry, Topic) else (entry.heading,)
    line = write_line(site.address(entry), site.today, *names)
    yield FileChange(FILE, FILE, edit_lines(read(FILE), line, "", site))


def plan_removals(site: Site, paths: Sequence[str], read: Read) -> Iterator[FileChange]:
    """Yield the changes that remove the records at `paths`; `content/adresses.toml` changes once.

    `read` gives the bytes of a file.
    """
    lines = read(FILE)
    entries = {entry.path: entry for entry in site.list_examined()}
    for path in paths:
        for change in plan_removal(site, entries[path], functools.partial(_give, lines)):
            if change.path == FILE and change.data is not None:
                lines = change.data
            else:
                yield change
    if lines != read(FILE):
        yield FileChange(FILE, FILE, lines)


def _give(data: bytes, _: str) -> bytes:
    return data


def list_places(site: Site, entry: Entry) -> list[str]:
    """Return the paths of the files that name a record, by a key, a link or a heading."""
    return [*dict.fromkeys(_list_places(site, entry))]


def edit_lines(data: bytes, line: str, freed: str, site: Site) -> bytes:
    """Return `data`, the bytes of `content/adresses.toml`, with `line` added, unless it is "".

    `freed` is an address that a record takes again: if a line redirects it, that line is removed.
    """
    text = data.decode("utf-8")
    end = "\r\n" if "\r\n" in text else "\n"
    former = site.addresses.lines.get(freed)
    if former and former.target:
        text = re.sub(rf"(?m)^[ \t]*[\"']{re.escape(freed)}[\"'][ \t]*=.*(?:\r?\n|\Z)", "", text)
    if not line:
        return text.encode()
    table = re.search(r"(?m)^[ \t]*\[", text)
    at = table.start() if table else len(text)
    gap = end if text[:at] and not text[:at].endswith("\n") else ""
    return f"{text[:at]}{gap}{line}{end}{text[at:]}".encode()


def _is_public(site: Site, entry: Entry) -> bool:
    """Return whether the address of a record is published: the address of a draft is not."""
    return site.address(entry) in list_entry_addresses(site)


def _list_places(site: Site, entry: Entry) -> Iterator[str]:
    address = site.address(entry)
    for other in site.list_examined():
        linked = (_find_path(site, link.target) for link in other.body.links)
        if other is not entry and (any(_list_keys(other, entry)) or address in linked):
            yield other.path
    if isinstance(entry, Topic):
        yield from (section.letter.path for section in site.thread(entry))


def _list_keys(other: Entry, entry: Entry) -> Iterator[KeyPath]:
    """Yield the key paths of `other` that name `entry`."""
    for path, role, value in list_references(other):
        if isinstance(role, Reference) and (role.target, value) == entry.key:
            yield path


def _find_path(site: Site, target: str) -> str:
    """Return the path of a link's target from the root of this site; "" for another site.

    A target that does not begin with « http » is returned without its query or anchor.
    """
    own = target
    if target.startswith("http"):
        home, published = site.config.address, site.published_at
        own = find_own_path(target, home) or find_own_path(target, published) or ""
    return re.split("[#?]", own, maxsplit=1)[0]


class _Move:
    """Edits files that refer to a record: replaces its old slug and address with the new ones."""

    def __init__(self, site: Site, entry: Entry, slug: str, old: str, new: str) -> None:
        self.site, self.entry, self.slug, self.old, self.new = site, entry, slug, old, new

    def edit(self, other: Entry, data: bytes) -> bytes:
        """Return the bytes of the file of `other`, with the new slug and address of the record."""
        values = {**other.document.front_matter}
        for path in _list_keys(other, self.entry):
            values = _replace_at(values, path, self.entry.slug, self.slug)
        values = self.move_values(values)
        known = other.document.front_matter
        changes = {key: value for key, value in values.items() if value != known[key]}
        data = self.edit_links(other.document, data)
        if not changes:
            return data
        if other.path.endswith(".md"):
            return edit_header(data, changes)
        return edit_yaml(data.decode("utf-8"), changes).encode()

    def move_values(self, value: Any) -> Any:
        """Return a value of front matter, with the new address in each text that is the old one.

        Such a text may also have the address of the site, a query or an anchor.
        """
        if isinstance(value, Mapping):
            return {key: self.move_values(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.move_values(item) for item in value]
        if isinstance(value, str) and _find_path(self.site, value) == self.old:
            return self.move_target(value)
        return value

    def move_target(self, target: str) -> str:
        """Return the target of a link with the new address; its query or anchor stays."""
        head, _, tail = target.rpartition(self.old)
        return f"{head}{self.new}{tail}"

    def edit_links(self, document: Document, data: bytes) -> bytes:
        """Return the bytes of a file, with the links of its body to the record updated."""
        lines = _LINE.findall(data.decode("utf-8"))
        every = sorted({*document.body.links}, key=lambda one: (one.line, one.column))
        for link in reversed(every):
            if _find_path(self.site, link.target) == self.old:
                self.edit_link(lines, link)
        return "".join(lines).encode()

    def edit_link(self, lines: list[str], link: BodyLink) -> None:
        """Replace the record's address in a link, in the lines of its file.

        If the line does not have this address, it has a former one of the record: leave it, since
        former addresses are redirected.
        """
        line = lines[link.line - 1]
        at = line.find(link.target, link.column - 1)
        if at >= 0:
            end = at + len(link.target)
            lines[link.line - 1] = f"{line[:at]}{self.move_target(link.target)}{line[end:]}"

    def edit_settings(self, data: bytes) -> bytes:
        """Return `site.toml` with the new address in each quoted text that is the old one.

        An anchor after the address stays.
        """
        quoted = re.compile(rf"([\"']){re.escape(self.old)}(?=(?:#[^\"']*)?\1)")
        return quoted.sub(rf"\g<1>{self.new}", data.decode("utf-8")).encode()


def _replace_at(values: Any, path: KeyPath, old: str, new: str) -> Any:
    """Return front matter with the value `old` at a key path replaced with `new`.

    The path comes from validated values. In `values`, a list may still be a single text, or have
    blank items: so each item that is `old` is replaced, whatever its index.
    """
    if values == old or not path:
        return new if values == old else values
    step, *rest = path
    if isinstance(values, Mapping) and step in values:
        return {**values, step: _replace_at(values[step], tuple(rest), old, new)}
    if isinstance(values, list) and isinstance(step, int):
        if rest:
            return [
                _replace_at(item, tuple(rest), old, new) if rank == step else item
                for rank, item in enumerate(values)
            ]
        return [new if item == old else item for item in values]
    return values
