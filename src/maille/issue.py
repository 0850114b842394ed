"""What a letter says, whichever way it goes out: its page, its mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from maille.kinds.actualite import Actualite
from maille.kinds.newsletter import Newsletter
from maille.occasion import Occasion
from maille.site import Section, Site


@dataclass(frozen=True, slots=True)
class Issue:
    """What a letter says, whichever way it goes out."""

    letter: Newsletter
    address: str
    parts: tuple[Section, ...]
    news: tuple[Actualite, ...]
    dates: tuple[Occasion, ...]

    @property
    def subject(self) -> str:
        """Return what the mail is called: « Lettre de mai 2024 : son titre »."""
        title, heading = self.letter.title, self.letter.heading
        return heading if title == heading else f"{heading} : {title}"


def issue_of(site: Site, letter: Newsletter) -> Issue:
    """Return what a letter says."""
    return Issue(
        letter,
        site.address(letter),
        site.sections_of(letter),
        tuple(_named(site, Actualite, letter.news)),
        tuple(
            one
            for kind, slugs in (("evenement", letter.events), ("webinaire", letter.webinars))
            for slug in slugs
            if isinstance(one := site.find(kind, slug), Occasion)
        ),
    )


def _named(site: Site, model: type[Actualite], slugs: tuple[str, ...]) -> Iterator[Actualite]:
    for slug in slugs:
        if isinstance(one := site.find(model.kind_name, slug), model):
            yield one
