"""Write the corpus: `python -m tools.import_corpus DOSSIER` (`--manifests`: what is committed)."""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterator
from pathlib import Path

from tools.import_corpus.corpus import build_table, correct_table, list_fates
from tools.import_corpus.layouts import arrange
from tools.import_corpus.manifest import list_lines, write_lines
from tools.import_corpus.model import LAYOUTS, Table
from tools.import_corpus.near_misses import list_near_misses
from tools.import_corpus.pairs import list_duplicates
from tools.import_corpus.whole_files import CASES, list_cases
from tools.import_corpus.write_csv import DIALECTS, write_csv
from tools.import_corpus.write_maps import write_geojson, write_gogocarto, write_umap
from tools.import_corpus.write_ods import write_ods
from tools.import_corpus.write_xlsx import write_xlsx

MANIFESTS = Path(__file__).parent / "manifests"


def list_files() -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each file to import, as received and as corrected."""
    for encoding in sorted({dialect.encoding for dialect in DIALECTS.values()}):
        table = build_table("csv", encoding)
        for folder, state in (("brut", table), ("corrige", correct_table(table))):
            for name, dialect in DIALECTS.items():
                if dialect.encoding == encoding:
                    yield f"{folder}/{name}.csv", write_csv(arrange(state)[0], dialect)
    for layout in LAYOUTS[1:]:
        table = build_table(layout)
        for folder, state in (("brut", table), ("corrige", correct_table(table))):
            yield f"{folder}/annuaire.{name_extension(layout)}", write_layout(state)


def name_extension(layout: str) -> str:
    """Return the file extension of `layout`."""
    return {"gogocarto": "gogocarto.json"}.get(layout, layout)


def write_layout(table: Table) -> bytes:
    """Return the bytes of `table`, in any layout but CSV."""
    sheets = arrange(table)
    match table.layout:
        case "xlsx":
            return write_xlsx(sheets)
        case "ods":
            return write_ods(sheets[0])
        case "geojson":
            return write_geojson(sheets)
        case "gogocarto":
            return write_gogocarto(sheets)
        case _:
            return write_umap(sheets)


def list_manifests() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each file that is committed."""
    for layout in LAYOUTS:
        yield f"{layout}.jsonl", write_lines(list_lines(build_table(layout)))
    yield "doublons.jsonl", write_lines(list_duplicates())
    yield "voisins.jsonl", write_lines(list_near_misses())
    yield "fichiers.jsonl", write_lines(list_cases())


def list_truth(layout: str) -> str:
    """Return the facts of each row and its possible fates, before and after the correction."""
    table = build_table(layout)
    before = list_fates(table)
    after = list_fates(correct_table(table), answered=True)
    return write_lines(
        {
            "key": row.key,
            "fates": sorted(before[row.key]),
            "corrected": sorted(after.get(row.key, ())),
            "facts": {name: value for name, value in row.facts.items() if value},
        }
        for row in table.rows
    )


def main() -> None:
    """Write the files of the office to a folder, or the manifests to their place."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="where the files go")
    parser.add_argument("--manifests", action="store_true", help="write what is committed")
    arguments = parser.parse_args()
    if arguments.manifests:
        for name, text in list_manifests():
            (MANIFESTS / name).write_text(text, encoding="utf-8", newline="\n")
    if arguments.folder:
        truth = ((f"verite/{layout}.jsonl", list_truth(layout).encode()) for layout in LAYOUTS)
        cases = ((f"fichiers/{case.name}", case.make()) for case in CASES)
        for name, content in itertools.chain(list_files(), truth, cases):
            path = arguments.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            print(f"{path} : {len(content)} octets")


if __name__ == "__main__":
    main()
