"""Check the values of misnamed keys, so that their mistakes are reported in the same run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from maille.content.documents import Document
from maille.problems import MAX_PROBLEMS
from maille.schema.error_messages import explain_error, find_causes
from maille.schema.foreign_keys import find_meant_keys
from maille.schema.kind import Entry, Fault, map_keys


def check_misnamed_keys(
    model: type[Entry],
    typed: Mapping[str, Any],
    mistakes: Iterable[ErrorDetails],
    document: Document,
) -> Iterator[Fault]:
    """Yield the faults in the values of misnamed keys, at the paths where they were typed.

    `typed` is the front matter, `mistakes` its errors. The items below « Sources: », for example,
    are checked as items of « sources: ». A misnamed key is left out if it may mean several known
    keys, or if the known key was typed too.
    """
    known = map_keys(model)
    names: dict[str, str] = {}  # the right name → the name that was typed
    for details in mistakes:
        if details["type"] == "extra_forbidden" and len(details["loc"]) == 1:
            meant = find_meant_keys(key := str(details["loc"][0]), known)
            if len(meant) == 1 and meant[0] not in typed:
                names.setdefault(meant[0], key)
    if not names:
        return
    renamed = {key: value for key, value in typed.items() if key not in names.values()}
    renamed |= {meant: typed[key] for meant, key in names.items()}
    try:
        model.model_validate(renamed, context={"document": document})
    except ValidationError as error:
        found = [one for one in error.errors(include_url=False) if names.keys() & {*one["loc"][:1]}]
        for details in find_causes(found[:MAX_PROBLEMS], model):
            fault = explain_error(details, model)
            yield replace(fault, path=(names[str(fault.path[0])], *fault.path[1:]))
