"""The files of `/donnees/`: each says how many entries it has, and none has an example."""

from __future__ import annotations

import json

from maille.site.place import Place, Precision
from maille.views.records.published_files import list_files
from tests.views.drawings.test_country_map import ADDRESS, network, record

NOWHERE = Place(Precision.UNKNOWN)


def test_each_file_says_how_many_entries_it_has() -> None:
    undated = record("trois", sources=({"titre": "Un essai"},))
    sample = record("essai", "Invention", exemple="oui")
    site = network(
        (record("un"), ADDRESS), (record("deux"), NOWHERE), (undated, NOWHERE), (sample, ADDRESS)
    )
    counts = {file.title: file.count for file in list_files(site)}
    assert counts == {
        "CSV": 3,
        "JSON": 3,
        "GeoJSON": 1,
        "data·inclusion": 2,
        "Médiation numérique": 3,
    }
    for file in list_files(site):
        assert b"Invention" not in file.data, file.address
        if file.form != "CSV":
            data = json.loads(file.data)
            items = data if isinstance(data, list) else [*data.values()][-1]
            assert len(items) == file.count
