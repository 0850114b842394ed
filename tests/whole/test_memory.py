"""What builds keep changes no result: edit after edit, with a store that is damaged or shared."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from build import KINDS
from maille.cache import store as store_module
from maille.cache.store import open_stores
from maille.content import parse as parse_module
from maille.content.documents import Parsed, SourceFile
from maille.content.markdown import Converter
from maille.pipeline import Definition, Options, prepare_site
from maille.preview.live_site import LiveSite
from maille.problems import Problem
from maille.publish.artefact import Artefact
from maille.publish.render import RenderOptions, render
from tests import command, doses
from tests.building import SMALL, TODAY, build
from tests.remembering import Script, write_every_kind
from tests.small_site import write_small_site

VIEWS = ("map", "terms", "entries", "letters")
STEPS = 2
COMPILED: dict[str, bytes] = {}

Result = tuple[tuple[Problem, ...], dict[str, bytes]]


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_every_kind(tmp_path_factory.mktemp("kinds") / "site")


class Readings:
    """The paths of the files that were read, rather than taken from the store."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.paths: list[str] = []
        self._read = parse_module.parse_one
        monkeypatch.setattr(parse_module, "parse_one", self.read)

    def read(self, source: SourceFile, converter: Converter) -> Parsed:
        self.paths.append(source.path)
        return self._read(source, converter)


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> Readings:
    return Readings(monkeypatch)


def draw(root: Path, cache: Path | None, today: datetime.date = TODAY) -> Result:
    """Return the messages and the files of a site, as a build makes them."""
    options = Options(root, root / "output", today=today, cache=cache)
    prepared = prepare_site(Definition(KINDS, VIEWS), options)
    if prepared.report.failed:
        return prepared.report.problems, {}
    # With a store, as a process of its own would: it knows no bytecode but that of the store.
    how = RenderOptions(compiled={} if cache else COMPILED, stores=prepared.stores)
    results = [
        *render(prepared.plans, prepared.site, root / "templates", prepared.asset_addresses, how)
    ]
    problems = [one for one in results if isinstance(one, Problem)]
    files = {one.path: one.data for one in results if isinstance(one, Artefact)}
    assert files
    return (*prepared.report.problems, *problems), files


def read_texts(root: Path) -> set[tuple[str, bytes]]:
    """Return the path and the bytes of each file of content that is a text."""
    files = (*root.glob("[cn]*/**/*.md"), *root.glob("[cn]*/**/*.yaml"))
    return {(path.relative_to(root).as_posix(), path.read_bytes()) for path in files}


def draw_live(live: LiveSite) -> Result:
    """Return the messages of the preview, and the files that it would show."""
    report = live.refresh()
    pages = live.state.pages
    if report.failed or not pages:
        return report.problems, {}
    drawn = {path: pages.draw(path) for path in pages.list_paths()}
    return report.problems, {path: data for path, data in drawn.items() if isinstance(data, bytes)}


def test_after_each_edit_what_is_kept_gives_what_a_clean_build_gives(
    every_kind: Path, tmp_path: Path, readings: Readings
) -> None:
    kept = read = right = wrong = 0
    cache = tmp_path / "cache"
    draw(every_kind, cache)
    for seed in range(doses.SCRIPTS):
        root = shutil.copytree(every_kind, tmp_path / "site")
        script = Script(root, Random(seed))

        def make_options(script: Script = script) -> Options:
            return Options(script.root, tmp_path / "output", today=script.today, cache=cache)

        live = LiveSite(Definition(KINDS, VIEWS), make_options)
        made = []
        for _ in range(STEPS):
            before = read_texts(root)
            made.append(script.edit())
            for path in sorted(path for path, _ in read_texts(root) - before):
                live.show_file(path)  # as the preview does before each check
            clean = draw(root, None, script.today)
            soon = {one for found in live._told.values() for one in found}
            assert soon <= {*clean[0]}, (seed, made)
            live._told.clear()
            number = len(readings.paths)
            readings.paths.clear()
            remembered = draw(root, cache, script.today)
            read += len(readings.paths)
            kept += number - len(readings.paths)
            readings.paths.clear()
            assert remembered == clean, (seed, made)
            assert draw_live(live) == clean, (seed, made)
            readings.paths.clear()
            right, wrong = (right + 1, wrong) if clean[1] else (right, wrong + 1)
        shutil.rmtree(root)
    print(f"{kept} documents kept, {read} read anew; {right} sites, {wrong} with mistakes")
    assert kept > read > doses.SCRIPTS / 2
    assert right > doses.SCRIPTS / 2
    assert wrong > doses.SCRIPTS / 10


# --- A store that is damaged ----------------------------------------------------------------------


def replace_value(path: Path, value: bytes) -> None:
    """Write another value, with the checksum that goes with it: nothing tells it was not ours."""
    path.write_bytes(store_module._make_checksum(path.name, value) + value)


def swap(path: Path) -> None:
    other = min(one for one in path.parent.iterdir() if one != path)
    path.write_bytes(other.read_bytes())


def damage(path: Path, random: Random) -> None:
    """Damage the file of a value, in a way drawn at random."""
    data = path.read_bytes()
    at = random.randrange(len(data))
    ways: list[Callable[[], object]] = [
        lambda: path.write_bytes(data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1 :]),
        lambda: path.write_bytes(data[:at]),
        lambda: path.write_bytes(data + data),
        lambda: path.write_bytes(b"{}"),
        lambda: swap(path),
        path.unlink,
    ]
    if path.parent.name == "documents":
        text = data[store_module._DIGEST :]
        ways += [
            lambda: replace_value(path, b'{"nom": "Un intrus", "html": "<script>"}'),
            lambda: replace_value(path, b"[" * 100_000),
            lambda: replace_value(path, text.replace(b"null", b"[]", 1)[:-1]),
            lambda: replace_value(path, text.replace(b",1", b"," + b"9" * 5000, 1)),
            lambda: replace_value(path, text.replace(b'"nom"', b'"\\ud800"').replace(b"[[", b"[")),
            lambda: replace_value(path, text.replace(b",1", b",1.5", 1).replace(b'","', b'",', 1)),
        ]
    random.choice(ways)()


def test_a_damaged_store_changes_nothing_and_is_mended(
    every_kind: Path, tmp_path: Path, readings: Readings
) -> None:
    root, cache = shutil.copytree(every_kind, tmp_path / "site"), tmp_path / "cache"
    stores = open_stores(cache, root / "templates")
    found = (stores.documents, stores.files, stores.bytecode)
    clean = draw(root, None)
    assert draw(root, cache) == clean
    random, damaged = Random(7), 0
    while damaged < 100:
        folders = [store.folder for store in found if store]
        assert len(folders) == 3
        for path in [path for folder in folders for path in sorted(folder.iterdir())]:
            damage(path, random)
            damaged += 1
        readings.paths.clear()
        assert draw(root, cache) == clean
        assert len(readings.paths) > 20
        readings.paths.clear()
        assert draw(root, cache) == clean
        assert readings.paths == []


def test_what_another_version_made_is_not_used(
    every_kind: Path, tmp_path: Path, readings: Readings, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    clean = draw(every_kind, cache)
    number = len(readings.paths)
    monkeypatch.setattr(store_module, "digest_engine", lambda: b"three commits ago")
    assert draw(every_kind, cache) == clean
    assert len(readings.paths) == 2 * number
    assert len([*(cache / "documents").iterdir()]) == number  # those of the other version are gone


def test_where_nothing_can_be_kept_the_site_is_the_same(every_kind: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert draw(every_kind, tmp_path / "file") == draw(every_kind, None)


# --- The command ----------------------------------------------------------------------------------


def test_the_command_keeps_what_it_reads_unless_told_otherwise(tmp_path: Path) -> None:
    root = write_small_site(tmp_path / "site")
    build(root, tmp_path / "clean", views=SMALL)
    clean = command.read_tree(tmp_path / "clean")

    def check(*options: str | Path) -> None:
        output = tmp_path / "output"
        assert command.run(root, "--output", output, *options).code == 0
        assert command.read_tree(output) == clean
        shutil.rmtree(output)

    check("--sans-memoire")
    assert not (root / ".maille").exists()
    assert not (root / "templates/__pycache__").exists()
    check("--memoire", tmp_path / "elsewhere")
    assert not (root / ".maille").exists()
    check()
    kept = {path.name for path in (root / ".maille/documents").iterdir()}
    assert kept == {path.name for path in (tmp_path / "elsewhere/documents").iterdir()}
    check()


def test_two_builds_at_once_on_one_root_are_both_right(tmp_path: Path) -> None:
    root = write_small_site(tmp_path / "site")
    build(root, tmp_path / "clean", views=SMALL)
    both = [command.start(root, "--output", tmp_path / name) for name in "ab"]
    assert [one.wait().code for one in both] == [0, 0]
    for name in "ab":
        assert command.read_tree(tmp_path / name) == command.read_tree(tmp_path / "clean")


def test_a_root_that_cannot_be_written_is_built(tmp_path: Path) -> None:
    root = write_small_site(tmp_path / "site")
    (tmp_path / "output").mkdir()
    for folder in (root, root / "templates"):
        folder.chmod(0o555)
    done = command.run(root, "--output", tmp_path / "output", before=command.drop_privileges)
    assert done.code == 0, done.said
    assert not (root / ".maille").exists()
