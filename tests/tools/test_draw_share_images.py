"""The pictures of shared links: one for each kind of page, as the script draws them."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

from tests.building import ROOT
from tools.draw_share_images import IMAGES, PICTURES, SIZE, Canvas

MOST = 60_000  # bytes: some services refuse more than 300 kB, and telephones load them


def test_each_picture_is_there_and_light() -> None:
    paths = sorted(IMAGES.glob("partage*.png"))
    assert {path.stem for path in paths} == {"partage", *PICTURES}
    for path in paths:
        with Image.open(path) as picture:
            assert picture.size == SIZE
        assert path.stat().st_size <= MOST


def test_templates_name_pictures_that_are_there_and_use_them_all() -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "templates").glob("*.html")]
    named = {name for text in texts for name in re.findall(r"block share %}(-.+?){%", text)}
    assert {f"partage{name}" for name in named} == {*PICTURES}
    base = (ROOT / "templates/base.html").read_text("utf-8")
    assert named | {""} == set(re.findall(r"^  '(.*?)': '", base, re.MULTILINE))


def test_a_picture_is_as_the_script_draws_it_with_the_colours_of_today(tmp_path: Path) -> None:
    name = "partage-actualite"
    canvas = Canvas()
    PICTURES[name](canvas)
    canvas.save(tmp_path / "drawn.png")
    with Image.open(tmp_path / "drawn.png") as drawn, Image.open(IMAGES / f"{name}.png") as kept:
        apart = ImageChops.difference(drawn.convert("RGB"), kept.convert("RGB"))
    assert max(ImageStat.Stat(apart).mean) < 0.5
