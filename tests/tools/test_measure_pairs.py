"""The importer finds the pairs of the corpus that are one organisation, and no others."""

from __future__ import annotations

from tools.import_corpus.measure_pairs import measure, read_pairs


def test_precision_and_recall() -> None:
    pairs = [*read_pairs()]
    precision, recall, missed = measure(pairs)
    assert len(pairs) == 400
    assert precision >= 0.95, missed
    assert recall >= 0.90, missed


def test_what_is_missed_or_wrong_is_counted_by_sort() -> None:
    one, other = {"nom": "Le Relais", "commune": "Dijon"}, {"nom": "Autre", "commune": "Nice"}
    pairs = [
        {"sort": "trouvée", "same": True, "left": one, "right": one},
        {"sort": "manquée", "same": True, "left": one, "right": other},
        {"sort": "fausse", "same": False, "left": one, "right": one},
        {"sort": "écartée", "same": False, "left": one, "right": other},
    ]
    assert measure(pairs) == (0.5, 0.5, {"manquée": 1, "fausse": 1})
