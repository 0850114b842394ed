"""Write the benchmark's records as the content of a site, outside the repository.

    .venv/bin/python -m tools.benchmarks.generate 5000 ../essai
    .venv/bin/python -m tools.benchmarks.generate 5000 ../essai-hugo --for hugo

The first folder is a site of this engine (`python build.py --root ../essai`): a copy of the site of
this repository, with the records added. A site for another generator has the same records, in the
format that this generator reads, with the templates of `tools/benchmarks/peers/`.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tools.benchmarks.records import (
    ROOT,
    Record,
    make_records,
    read_terms,
    write_front_matter,
    write_markdown,
)

CONTENT = ("catalysers", "newsletters", "content")
PEERS = Path(__file__).parent / "peers"


def write_maille(found: Iterable[Record], folder: Path, site: Path = ROOT) -> None:
    """Write a copy of `site` into the new `folder`, with our templates and the records added."""
    for name in CONTENT:
        shutil.copytree(site / name, folder / name)
    _copy_templates(folder)
    shutil.copy(site / "site.toml", folder)
    _write_records(found, folder)


def write_same_work(found: Iterable[Record], folder: Path, site: Path = ROOT) -> None:
    """Write a site of this engine with what the peers have: the records and the vocabularies."""
    shutil.copytree(site / "content" / "vocabulaires", folder / "content" / "vocabulaires")
    _copy_templates(folder)
    shutil.copy(Path(__file__).with_name("same_work.toml"), folder / "site.toml")
    _write_records(found, folder)


def write_hugo(found: Iterable[Record], folder: Path, site: Path = ROOT) -> None:
    """Write a site for Hugo: the same headers, with a title and a date."""
    _copy_peer("hugo", folder, site, data="data", assets="static/assets")
    for record in found:
        header = {"title": record.header["nom"], "date": _find_day(record), **record.header}
        _write(
            folder / "content" / "catalyseurs" / f"{record.slug}.md", _write_page(header, record)
        )


def write_eleventy(found: Iterable[Record], folder: Path, site: Path = ROOT) -> None:
    """Write a site for Eleventy, as for Hugo; its templates already use the name `site`."""
    _copy_peer("eleventy", folder, site, data="_data", assets="assets")
    for record in found:
        header = {"title": record.header["nom"], "date": _find_day(record), **record.header}
        header["website"] = header.pop("site")
        _write(
            folder / "content" / "catalyseurs" / f"{record.slug}.md", _write_page(header, record)
        )


def write_pelican(found: Iterable[Record], folder: Path, site: Path = ROOT) -> None:
    """Write a site for Pelican, whose headers are flat: a group of keys becomes lines with bars."""
    _copy_peer("pelican", folder, site, data=".", assets="content/assets")
    for record in found:
        header = dict(record.header)
        lines = [
            f"title: {header.pop('nom')}",
            f"date: {_find_day(record)}",
            f"slug: {record.slug}",
            f"summary: {header['resume']}",
            f"category: {header.pop('profil')}",
            f"tags: {', '.join(header.pop('pratiques'))}",
            *(f"{key}: {_flatten(value)}" for key, value in header.items()),
        ]
        text = "\n".join([*lines, "", record.body])
        _write(folder / "content" / "catalyseurs" / f"{record.slug}.md", text)


WRITERS = {
    "maille": write_maille,
    "same_work": write_same_work,
    "hugo": write_hugo,
    "pelican": write_pelican,
    "eleventy": write_eleventy,
}


def _copy_templates(folder: Path) -> None:
    """Copy our templates into the folder of a site, without the bytecode kept beside them."""
    unwanted = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "templates", folder / "templates", ignore=unwanted)


def _write_records(found: Iterable[Record], folder: Path) -> None:
    for record in found:
        _write(folder / "catalysers" / f"{record.slug}.md", write_markdown(record))


def _copy_peer(name: str, folder: Path, site: Path, data: str, assets: str) -> None:
    """Copy the templates of a peer, our assets and the vocabularies of the site."""
    shutil.copytree(PEERS / name, folder)
    shutil.copytree(ROOT / "templates" / "assets", folder / assets)
    names: dict[str, dict[str, str]] = {"activites": {}}
    for vocabulary in ("pratiques", "profils", "relations"):
        known = read_terms(vocabulary, site)
        names[vocabulary] = {term["cle"]: term["nom"] for term in known}
        below = (activity for term in known for activity in term.get("activites", ()))
        names["activites"] |= {activity["cle"]: activity["nom"] for activity in below}
    _write(folder / data / "vocabulaires.json", json.dumps(names, ensure_ascii=False))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _find_day(record: Record) -> str:
    return str(record.header["mise_a_jour"])


def _write_page(header: Mapping[str, Any], record: Record) -> str:
    return f"---\n{write_front_matter(header)}---\n{record.body}"


def _flatten(value: Any) -> str:
    if not isinstance(value, list):
        return str(value)
    lines = (" | ".join(one.values()) if isinstance(one, dict) else one for one in value)
    return "\n    ".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int)
    parser.add_argument("folder", type=Path, help="the folder to make, outside the repository")
    parser.add_argument("--for", dest="name", choices=WRITERS, default="maille")
    arguments = parser.parse_args()
    WRITERS[arguments.name](make_records(arguments.number), arguments.folder)
