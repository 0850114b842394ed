from __future__ import annotations

from pathlib import Path

import pytest

from maille.cache.codec import Codec
from maille.cache.store import Store
from maille.content.documents import Document, Parsed, SourceFile
from maille.content.kept_documents import recall, remember
from maille.content.markdown import Converter
from maille.content.parse import digest_source, parse_one
from tests.building import ROOT

FOUL = (
    b"---\nnom: A\nnom: B\nx\n---\n<b>gras</b> [a](b c) ![](d)\n\n<!-- une note -->\n\n# Un\n",
    b"\xff\xfe\x00",
    b"",
    b"---\nnom: [\n",
    b"---\nnom: \xc3\xa9t\xc3\xa9 \\ud800\nliste: [{a: b}, [c]]\n---\nC:\\ud800 \xf0\x9f\x8c\xbf\n",
    b"---\n\t- a\n---\n" + b"<b>" * 300,
)


def read_all(folder: Path) -> list[tuple[SourceFile, Parsed]]:
    converter = Converter()
    paths = [path for suffix in ("md", "yaml") for path in sorted(folder.rglob(f"*.{suffix}"))]
    sources = [SourceFile(str(path.relative_to(folder)), path.read_bytes()) for path in paths]
    sources += [SourceFile(f"catalysers/{n}.md", data) for n, data in enumerate(FOUL)]
    return [(source, parse_one(source, converter)) for source in sources]


@pytest.fixture(scope="module")
def found(hostile: Path) -> list[tuple[SourceFile, Parsed]]:
    return [*read_all(ROOT / "tests/sites"), *read_all(hostile.parent)]


def test_documents_of_every_kind_and_their_problems_come_back_as_they_were(
    found: list[tuple[SourceFile, Parsed]], tmp_path: Path
) -> None:
    store = Store(tmp_path)
    for source, parsed in found:
        remember(store, digest_source(source), parsed)
        kept = recall(store, digest_source(source))
        assert kept == parsed
        assert repr(kept) == repr(parsed)
    assert len({source.path.split("/")[-2] for source, _ in found if "/" in source.path}) > 10
    assert sum(bool(problems) for _, (_, problems) in found) > 5
    assert any(document is None for _, (document, _) in found)
    assert any(document and document.doubtful for _, (document, _) in found)


def test_what_is_intact_but_no_document_is_not_there(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for data in (b"[]", b"[null]", b"[null,[[]]]", b"{}", b"[" * 100_000, b'[null,["\\ud800"]]'):
        store.put(b"key", data)
        assert recall(store, b"key") is None
    store.put(b"key", b"[null,[]]")
    assert recall(store, b"key") == (None, ())


def test_a_file_whose_name_is_no_text_is_not_kept(tmp_path: Path) -> None:
    source = SourceFile("catalysers/a\udcff.md", b"---\nnom: A\n---\n")
    parsed = parse_one(source, Converter())
    assert parsed[0]
    remember(Store(tmp_path), digest_source(source), parsed)
    assert recall(Store(tmp_path), digest_source(source)) is None


def test_a_document_that_is_not_plain_is_not_kept(tmp_path: Path) -> None:
    document = parse_one(SourceFile("a.md", b"---\nnom: A\n---\n"), Converter())[0]
    assert isinstance(document, Document)
    assert Codec[Parsed](Parsed).encode((document, ()))
    document.front_matter["nom"] = 1  # type: ignore[index]
    remember(Store(tmp_path), b"key", (document, ()))
    assert recall(Store(tmp_path), b"key") is None
