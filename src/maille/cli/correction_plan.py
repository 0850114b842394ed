"""Plan how a correction changes its file, or explain in French why it cannot be applied."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from maille.cli.correction_text import Proposal
from maille.content.header_edits import Value, edit_header
from maille.problems import ContentError
from maille.schema.kind import Kind, is_list, list_parts, map_keys
from maille.text.names import SLUG
from maille.text.suggestions import find_nearest

VERIFIED = "verifie_le"
SOURCES = "sources"
# The values that a new record gets until an editor corrects them.
NEW = {"relation": "a-confirmer"}
_ADDRESS = re.compile(r"https?://\S+")
_EMPTY = b"---\n---\n"


@dataclass(slots=True)
class CorrectionPlan:
    """The new bytes of the file (`data`), or the reasons why it cannot be changed (`faults`).

    `done` describes, in French, the changes that the file already has.
    """

    data: bytes = b""
    done: list[str] = field(default_factory=list)
    faults: list[ContentError] = field(default_factory=list)


def locate_file(proposal: Proposal, kinds: Sequence[Kind], pages: Mapping[str, str]) -> Proposal:
    """Return the proposal with the path of its file in place of the address of its page.

    `pages` maps the addresses of the site to the paths of its files. The address of a new record
    gives the path of the file to add. Any other path or address stays as it is.
    """
    path = pages.get(proposal.path, proposal.path)
    for kind in kinds:
        if proposal.is_new and kind.prefix and path.startswith(kind.prefix):
            path = f"{kind.folder}/{path.removeprefix(kind.prefix).rstrip('/')}{kind.suffix}"
    return dataclasses.replace(proposal, path=path)


def find_kind(proposal: Proposal, kinds: Sequence[Kind], paths: Sequence[str]) -> Kind:
    """Return the kind of the file that a proposal changes or adds; `paths` are the existing files.

    Raises ContentError if the file to change does not exist, or if the file to add already exists
    or is not named like a record.
    """
    path = proposal.path
    kind = next((one for one in kinds if path.startswith(f"{one.folder}/")), None)
    if proposal.is_new:
        name = kind and path.removeprefix(f"{kind.folder}/").removesuffix(kind.suffix)
        is_right = kind and SLUG.fullmatch(name or "") and path.endswith(kind.suffix)
        if not kind or not is_right or path in paths:
            why = "existe déjà" if path in paths else "n'est pas un nom de fiche"
            raise ContentError(
                f"« {path} » {why}",
                "changez la ligne « Nouvelle fiche : … », par exemple "
                f"{kinds[0].folder if not kind else kind.folder}/un-autre-nom.md",
            )
        return kind
    if kind and path in paths:
        return kind
    near = find_nearest(path, paths, 1)
    meant = f"écrivez « Fiche : {near[0]} »" if near else "écrivez le chemin d'un fichier du site"
    raise ContentError(f"« {path} » n'est pas un fichier de ce site", meant)


def plan_correction(
    proposal: Proposal, kind: Kind, data: bytes, values: Mapping[str, Any], today: datetime.date
) -> CorrectionPlan:
    """Return the plan of a correction, with all faults, not only the first one.

    `data` are the bytes of the file, and `values` its front matter; b"" and {} for a new file.
    """
    plan = CorrectionPlan()
    changes: dict[str, Value | None] = {}
    for key, (removed, added) in proposal.changes.items():
        try:
            _check_key(key, kind)
            if is_list(map_keys(kind.model)[key]):
                changes |= _change_list(plan, key, values.get(key) or [], removed, added)
            else:
                changes |= _change_text(plan, key, values.get(key) or "", removed, added)
        except ContentError as fault:
            plan.faults.append(fault)
    if not data:
        changes |= {key: new for key, new in NEW.items() if key in kind.keys and key not in changes}
    source = _make_source(proposal, values, today, is_new=not data)
    if source and changes and SOURCES in kind.keys:
        changes[SOURCES] = [*(values.get(SOURCES) or []), source]
    if not plan.faults:
        try:
            plan.data = edit_header(data or _EMPTY, changes, kind.file_order)
        except ContentError as fault:
            plan.faults.append(fault)
    return plan


def add_verification(data: bytes, kind: Kind, today: datetime.date) -> bytes:
    """Return the bytes of a file, marked as verified today."""
    return edit_header(data, {VERIFIED: today.isoformat()}, kind.file_order)


def _check_key(key: str, kind: Kind) -> None:
    if key not in kind.keys:
        near = find_nearest(key, kind.keys, 1)
        hint = f"écrivez {near[0]}" if near else "effacez cette ligne du message"
        raise ContentError(f"« {key} » n'est pas une clé d'une fiche", hint)
    if any(list_parts(map_keys(kind.model)[key].annotation)):
        raise ContentError(f"« {key} » est fait de groupes de clés", "changez cette clé à la main")


def _straighten(text: str) -> str:
    """Return a text with single, ordinary spaces only: mail programs change the kind of a space."""
    return " ".join(text.split())


def _quote(text: str) -> str:
    """Return a text between quotation marks, in the form that `correction_text` reads."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _change_list(
    plan: CorrectionPlan, key: str, old: Any, removed: Sequence[str], added: Sequence[str]
) -> dict[str, Value | None]:
    """Return the change of `key` to a new list: `old` less `removed`, plus `added`; {} if none.

    Items that the file already lacks or has are noted in `plan.done`.
    """
    present = [old] if isinstance(old, str) else [*old]
    same = {_straighten(one): one for one in present}
    for one in removed:
        if one not in same:
            plan.done.append(f"{key} : « {one} » n'y est déjà plus")
    for one in added:
        if one in same:
            plan.done.append(f"{key} : « {one} » y est déjà")
    new = [one for one in present if _straighten(one) not in removed]
    new += [one for one in added if one not in same]
    if new == present:
        return {}
    return {key: [*new] if new else None}


def _change_text(
    plan: CorrectionPlan, key: str, old: str, removed: Sequence[str], added: Sequence[str]
) -> dict[str, Value | None]:
    """Return the change of `key` to the text `added`; {} if the file already has this text.

    `removed` is the text that the message replaces. Raises ContentError if it is not `old`, or if
    the message has several values.
    """
    if len(removed) > 1 or len(added) > 1:
        raise ContentError(f"« {key} » a plusieurs valeurs", "gardez une ligne « apres »")
    before, after = "".join(removed), "".join(added)
    if _straighten(old) == after:
        plan.done.append(f"{key} : c'est déjà « {after} »" if after else f"{key} : déjà retiré")
        return {}
    if _straighten(old) != before:
        said = f"« {before} »" if before else "vide"
        here = f"« {old} »" if old else "vide"
        raise ContentError(
            f"{key} a changé depuis que ce message a été écrit : le message le croit {said}, "
            f"le fichier le dit {here}",
            f"pour prendre tout de même « {after} », écrivez dans le message : "
            f"{key} avant : {_quote(old)}"
            if old
            else f"effacez du message la ligne {key} avant",
        )
    return {key: after or None}


def _make_source(
    proposal: Proposal, values: Mapping[str, Any], today: datetime.date, *, is_new: bool
) -> dict[str, Value] | None:
    """Return the source to add to the file; None if none is given, or the file has it already.

    Only a web address counts as a source; for a new record, any text does.
    """
    if _ADDRESS.fullmatch(proposal.source):
        known = [one.get("url") for one in values.get(SOURCES) or [] if isinstance(one, Mapping)]
        if proposal.source in known:
            return None
        host = (urlsplit(proposal.source).hostname or "").removeprefix("www.")
        day = today.isoformat()
        return {"titre": host, "url": proposal.source, "consulte_le": day}
    if is_new and proposal.source:
        return {"titre": proposal.source, "date": today.isoformat()}
    return None
