"""The ecosystem of a record, as on its page: a list of ties, a star drawing, small maps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from maille.kinds.catalyser import Catalyser
from maille.schema.ecosystem import EcosystemPart
from maille.site.model import Site
from maille.site.place import Place
from maille.text.names import fold_name
from maille.views.drawings.local_map import LocalMap, draw_local_maps, format_ranges
from maille.views.drawings.star import DRAWN, Spoke, Star, draw_star

SAMPLE = "exemple"


@dataclass(frozen=True, slots=True)
class Member:
    """One tie of a record to another actor.

    `number` identifies the tie in the list, in the drawing and on the map. `address` is the
    address of the actor's page on this site, or "".
    """

    number: int
    nature: str
    name: str
    address: str
    website: str
    place: Place
    note: str
    is_example: bool


@dataclass(frozen=True, slots=True)
class Ecosystem:
    """The ties of a record, grouped by nature; ties to example records are in the last groups.

    `wheel` is their drawing, and `charts` are the maps of their places.
    """

    groups: tuple[tuple[Member, ...], ...]
    wheel: Star
    charts: tuple[LocalMap, ...]

    @property
    def members(self) -> tuple[Member, ...]:
        """Return all ties, in the order of their numbers."""
        return tuple(member for group in self.groups for member in group)

    @property
    def unplaced(self) -> tuple[Member, ...]:
        """Return the ties to actors that have no point on a map."""
        return tuple(member for member in self.members if not member.place.is_placed)

    @property
    def numbers_unplaced(self) -> str:
        """Return the numbers of the ties without a point, as text: « 2, 4–6 »."""
        return format_ranges(member.number for member in self.unplaced)

    @property
    def left_out(self) -> int:
        """Return how many ties the drawing leaves out because there are too many."""
        return max(0, len(self.members) - DRAWN)


def make_ecosystem(site: Site, entry: Catalyser) -> Ecosystem | None:
    """Return the ecosystem of a record, or None if its front matter has none."""
    if not entry.ecosystem:
        return None
    found = (_make_member(site, entry, number, part) for number, part in enumerate(entry.ecosystem))
    groups = _number_members(_group_by_nature(found))
    members = [member for group in groups for member in group]
    spokes = (Spoke(m.number, m.nature, _label(m), bool(m.address)) for m in members)
    spots = [(member.number, member.place) for member in members]
    return Ecosystem(
        groups, draw_star(entry.name, spokes), draw_local_maps(site, spots, site.place(entry))
    )


def _make_member(site: Site, entry: Catalyser, number: int, part: EcosystemPart) -> Member:
    """Return a tie, numbered 0 for now. If the actor has an entry, name and place come from it.

    `number` is the index of the tie in the front matter.
    """
    other = site.find("catalyser", part.catalyser or "") or site.find("projet", part.project or "")
    named = site.refer(
        "projet" if part.project else "catalyser", part.project or part.catalyser or ""
    )
    return Member(
        0,
        part.nature,
        named.title or part.named[0][1],
        named.address,
        part.website or "",
        site.place(other) if other else site.find_part_place(entry, number),
        part.note or "",
        bool(other and other.is_example),
    )


def _group_by_nature(members: Iterable[Member]) -> list[list[Member]]:
    """Group ties by nature, in order of appearance; groups of ties to example records come last."""
    groups: dict[tuple[bool, str], list[Member]] = {}
    for member in members:
        groups.setdefault((member.is_example, fold_name(member.nature)), []).append(member)
    return [groups[key] for key in sorted(groups, key=lambda key: key[0])]


def _number_members(groups: Iterable[list[Member]]) -> tuple[tuple[Member, ...], ...]:
    numbers = iter(range(1, 1_000_000))
    return tuple(tuple(replace(one, number=next(numbers)) for one in group) for group in groups)


def _label(member: Member) -> str:
    return f"{member.name} ({SAMPLE})" if member.is_example else member.name
