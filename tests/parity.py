"""What Python and the scripts both compute: one table of cases, `tests/data/parity.json`.

`tests/whole/test_parity.py` asks the engine, `tests/browser/test_parity.py` asks the scripts.
Each key is a function of both; `territories` has records, and who
is and who acts in each territory.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from maille.site.model import Site
from tests.french import make_record, make_site

_TABLE = json.loads((Path(__file__).parent / "data" / "parity.json").read_text(encoding="utf-8"))
TERRITORIES: dict[str, Any] = _TABLE.pop("territories")
CASES: dict[str, list[dict[str, Any]]] = _TABLE


def make_site_of_territories() -> Site:
    """Return a site that has the records of the table."""
    return make_site(
        *(
            make_record(
                one["slug"],
                one["commune"],
                one["departement"],
                territoires=tuple(one["territoires"]),
            )
            for one in TERRITORIES["records"]
        )
    )
