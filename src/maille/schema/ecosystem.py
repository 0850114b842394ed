"""The ecosystem of an entry: the ties that its front matter lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, ClassVar

from pydantic import Field

from maille.content.documents import Document, KeyPath
from maille.schema.fields import Part, Reference, Sentences, Text, WebAddress
from maille.schema.kind import Fault, refuse_two_communes
from maille.schema.located import Located
from maille.text.names import fold_name

# The key of the front matter that lists the ties.
KEY = "ecosysteme"


class EcosystemPart(Part):
    """A tie to a record, to a project, or to an organisation or place without a page here."""

    depends_on: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "commune": ("nom", "departement"),
        "departement": ("nom",),
        "code_insee": ("nom",),
        "site": ("nom",),
    }
    implied_keys: ClassVar[tuple[str, ...]] = ("nature", "nom", "catalyseur", "projet")

    nature: Text = Field(
        alias="nature",
        title="Nature du lien, du point de vue de cette fiche",
        description="« accueille », « finance », « partenaire de ».",
    )
    catalyser: Annotated[Text, Reference("catalyser")] | None = Field(
        None, alias="catalyseur", title="Une autre fiche (nom de son fichier)"
    )
    project: Annotated[Text, Reference("projet")] | None = Field(
        None, alias="projet", title="Ou un projet (nom de son fichier)"
    )
    name: Text | None = Field(
        None,
        alias="nom",
        title="Ou une organisation ou un lieu qui n'a pas de page ici",
        description="Jamais une personne privée.",
    )
    commune: Text | None = Field(
        None, alias="commune", title="Sa commune", description="Avec « nom » seulement."
    )
    department: Text | None = Field(None, alias="departement", title="Son département")
    insee_code: Text | None = Field(
        None, alias="code_insee", title="Le code INSEE de sa commune, à la place des deux autres"
    )
    website: WebAddress | None = Field(
        None, alias="site", title="Son site", description="Avec « nom » seulement."
    )
    note: Sentences | None = Field(
        None, alias="note", title="Ce qu'il faut en savoir, en une phrase"
    )

    @property
    def named(self) -> tuple[tuple[str, str], ...]:
        """Return the targets of the tie as pairs (key, value): exactly one in a valid entry."""
        known = (("catalyseur", self.catalyser), ("projet", self.project), ("nom", self.name))
        return tuple((key, value) for key, value in known if value)


def check_parts(parts: Sequence[EcosystemPart], document: Document) -> Iterator[Fault]:
    """Yield the faults of the ties of the entry in `document`."""
    first: dict[tuple[str, str, str], KeyPath] = {}
    for number, part in enumerate(parts):
        at: KeyPath = (KEY, number)
        if _is_start_of_next(parts, number, document):
            yield Fault(at, "ce lien n'est que le début du suivant", "effacez cette ligne")
            continue
        yield from _check_target(part, at, document.slug)
        yield from _check_other_keys(part, at)
        # a partial entry may have no nature and no target
        for key, value in part.named[:1] if part.nature else ():
            here = (*at, key)
            before = first.setdefault((fold_name(part.nature), key, fold_name(value)), here)
            if before != here:
                line = document.find_position(before).line
                message = f"« {value} » est déjà nommé à la ligne {line}, pour la même nature"
                yield Fault(here, message, "gardez un seul des deux liens, ou changez sa nature")


def _is_start_of_next(parts: Sequence[EcosystemPart], number: int, document: Document) -> bool:
    """Return whether the tie `number` is only the beginning of the next one.

    If so, it has a nature and nothing else, and the next tie, on another line, has the same nature.
    """
    here, below = (document.find_position((KEY, n)).line for n in (number, number + 1))
    if number + 1 == len(parts) or here == below or not parts[number].nature:
        return False
    given = parts[number].model_dump(exclude_none=True)
    return given.keys() == {"nature"} and parts[number + 1].nature == parts[number].nature


def list_located_parts(
    parts: Sequence[EcosystemPart], document: Document
) -> Iterator[tuple[int, Located]]:
    """Yield (rank, entry) for each actor without a page.

    The rank is the position of the actor in the ecosystem, from 0. The entry is a partial one: it
    has only the keys that say where the actor is.
    """
    for number, part in enumerate(parts):
        if part.name:
            values = {
                "commune": part.commune,
                "departement": part.department,
                "code_insee": part.insee_code,
            }
            yield number, Located.make_partial(values, document.narrow_to((KEY, number)))


def _check_target(part: EcosystemPart, at: KeyPath, own_slug: str) -> Iterator[Fault]:
    """Yield the faults of a tie to nothing, to several targets, or to the entry itself."""
    keys = [key for key, _ in part.named]
    if not keys:
        hint = "ajoutez « catalyseur: … », « projet: … » ou « nom: … »"
        yield Fault(at, f"ce lien de « {KEY} » ne dit pas à qui, ou à quoi", hint)
    for key in keys[1:]:
        message = f"« {keys[0]} » et « {key} » sont donnés pour un seul lien"
        yield Fault((*at, key), message, f"retirez « {key} », ou faites-en un autre lien")
    if part.catalyser == own_slug:
        hint = "écrivez le nom d'un autre fichier, ou retirez ce lien"
        yield Fault((*at, "catalyseur"), "cette fiche est liée à elle-même", hint)


def _check_other_keys(part: EcosystemPart, at: KeyPath) -> Iterator[Fault]:
    """Yield a fault for each key about the place or the site of an actor that has its own page.

    Yield one too if the commune is given both by name and by code.
    """
    if part.insee_code and part.commune:
        yield refuse_two_communes(at)
    given = {
        "commune": part.commune,
        "departement": part.department,
        "code_insee": part.insee_code,
        "site": part.website,
    }
    if part.named and not part.name:
        for key in (key for key, value in given.items() if value):
            message = (
                f"« {key} » n'accompagne que « nom » : « {part.named[0][1]} » a sa propre page"
            )
            yield Fault((*at, key), message, f"retirez « {key} »")
