"""`content/imports/<name>.json`: digests of the values that a sheet gave at its last import.

The digests show whether the sheet has changed since, without revealing the values. Their salt stays
out of git. On another computer, where the salt is missing, the values are taken from the records in
the last commit that changed this file.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from maille.imports.mapping import FOLDER
from maille.problems import ContentError

EMPTY = ""  # the digest of an empty cell

# The key of the people of a record. A person has two digests: of all the values, and of the name.
PEOPLE = "personnes"
_LENGTH = 16
# The values of records by path, as they were committed.
Past = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Line:
    """The memory of a record: its identifier, its file, the digest of each value by key.

    `differing` are the keys whose value in the record is not the one that the sheet gave.
    """

    identifier: str
    path: str
    digests: Mapping[str, str]
    differing: tuple[str, ...] = ()


@dataclass(slots=True)
class Memory:
    """What the last import of a file gave: a line for each record, by its path.

    `salt` is the salt of the digests.
    """

    salt: bytes
    lines: dict[str, Line] = field(default_factory=dict)

    @property
    def is_lost(self) -> bool:
        """Return whether the former values of the sheet are unknown for some record."""
        return any(not line.digests for line in self.lines.values())

    def digest(self, identifier: str, key: str, value: Any) -> str:
        """Return the digest of a record's value for `key`, or `EMPTY` for an empty value.

        The people of a record have one digest each, sorted, between spaces.
        """
        if not value:
            return EMPTY
        if key == PEOPLE and isinstance(value, list):
            return " ".join(sorted(self._digest_person(identifier, one) for one in value))
        return self._digest(identifier, key, value)

    def _digest_person(self, identifier: str, person: Any) -> str:
        name = person.get("nom") if isinstance(person, Mapping) else person
        whole = self._digest(identifier, PEOPLE, person)
        return f"{whole}:{self._digest(identifier, PEOPLE, name)}"

    def _digest(self, identifier: str, key: str, value: Any) -> str:
        text = json.dumps([identifier, key, value], ensure_ascii=False, sort_keys=True)
        return hmac.new(self.salt, text.encode(), hashlib.sha256).hexdigest()[:_LENGTH]

    def was(self, path: str, key: str, value: Any) -> bool | None:
        """Return whether the last import gave this value to a key of a record; None if unknown."""
        line = self.lines.get(path)
        if line is None or key not in line.digests:
            return None
        return line.digests[key] == self.digest(line.identifier, key, value)


def name_memory(stem: str) -> str:
    """Return the path of the memory of a sheet; `stem` is the name of its mapping."""
    return f"{FOLDER}/{stem}.json"


def name_salt(salt: bytes) -> str:
    """Return a short digest that identifies a salt without revealing it."""
    return hashlib.sha256(b"sel" + salt).hexdigest()[:8]


def read_memory(
    path: str, data: bytes | None, salt: bytes, read_past: Callable[[list[str]], Past]
) -> Memory:
    """Return the memory of a file; empty if there is none yet.

    If its digests have another salt, they are computed again from the values that `read_past`
    returns for the paths of the records. Raises ContentError if the file cannot be read.
    """
    if data is None:
        return Memory(salt)
    try:
        found = json.loads(data)
        lines = [_read_line(one) for one in found["fiches"]]
        is_ours = found["sel"] == name_salt(salt)
    except (ValueError, KeyError, TypeError, AttributeError):
        hint = f"rétablissez-le : git restore {path} ; s'il n'a jamais été publié, effacez-le"
        raise ContentError(f"{path} a été abîmé", hint) from None
    memory = Memory(salt)
    past = {} if is_ours else read_past([line.path for line in lines])
    for line in lines:
        memory.lines[line.path] = line if is_ours else _renew(line, past.get(line.path), memory)
    return memory


def _read_line(found: Mapping[str, Any]) -> Line:
    digests = {str(key): str(digest) for key, digest in found["cles"].items()}
    return Line(
        str(found["identifiant"]),
        str(found["fichier"]),
        digests,
        tuple(found.get("autres_dans_la_fiche", ())),
    )


def _renew(line: Line, values: Mapping[str, Any] | None, memory: Memory) -> Line:
    """Return `line` with the digests of `values`, the former values of its record, by key.

    The keys of `line.differing` are left out: the sheet gave other values. If `values` is None,
    there are no digests.
    """
    if values is None:
        return replace(line, digests={})
    known = [key for key in line.digests if key not in line.differing]
    digests = {key: memory.digest(line.identifier, key, values.get(key)) for key in known}
    return replace(line, digests=digests)


def write_memory(memory: Memory) -> bytes:
    """Return the bytes of the file, with one line for each record."""
    lines = []
    for path, line in sorted(memory.lines.items()):
        made: dict[str, Any] = {"identifiant": line.identifier, "fichier": path}
        made["cles"] = dict(sorted(line.digests.items()))
        if line.differing:
            made["autres_dans_la_fiche"] = sorted(line.differing)
        lines.append(json.dumps(made, ensure_ascii=False))
    about = "Ce que le tableau disait de chaque fiche, en empreintes : écrit par « importer »."
    head = f'{{"note": "{about}", "sel": "{name_salt(memory.salt)}", "fiches": ['
    return "\n".join((head, ",\n".join(lines), "]}", "")).encode()
