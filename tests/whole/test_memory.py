"""What builds keep changes no result: edit after edit, with a store that is damaged or shared."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from random import Random

import pytest

from build import KINDS
from maille.content import parse as parse_module
from maille.content.documents import Parsed, SourceFile
from maille.content.markdown import Converter
from maille.pipeline import Definition, Options, prepare_site
from maille.preview.live_site import LiveSite
from maille.problems import Problem
from maille.publish.render import RenderOptions, render
from tests import doses
from tests.building import TODAY
from tests.remembering import Script, write_every_kind

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
    artefacts, problems = render(
        prepared.plans, prepared.site, root / "templates", prepared.asset_addresses, how
    )
    files = {one.path: one.data for one in artefacts}
    assert files
    return (*prepared.report.problems, *problems), files


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
            made.append(script.edit())
            clean = draw(root, None, script.today)
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
