"""What a browser gets at each address, and when it is told to load a page again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest

from maille.preview.application import HTML, Preview, find_type
from maille.preview.live_site import LiveSite
from maille.preview.server import OUTSIDE, Answer, Request
from tests.preview.living import make_live
from tests.small_site import replace_in, write_small_site

RECORD = "catalyseurs/premier/"
TAG = re.compile(rb'<script type="module" src="/_apercu/apercu.js" data-vu="(\w+)"></script>')


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_small_site(tmp_path / "site")


@pytest.fixture
def live(root: Path) -> LiveSite:
    made = make_live(root)
    made.refresh()
    return made


@pytest.fixture
def preview(live: LiveSite, root: Path) -> Preview:
    return Preview(live, root)


def read(answer: Answer) -> bytes:
    assert isinstance(answer.body, bytes)
    return answer.body


def see(preview: Preview, path: str = RECORD) -> str:
    """Return the digest of what is at an address, as its page has it."""
    found = TAG.search(read(preview.answer(Request(path))))
    assert found
    return found[1].decode()


def listen(preview: Preview, seen: str, path: str = RECORD) -> Iterator[str]:
    """Return the events of a page, without the first line, which is about the connection."""
    answer = preview.answer(Request("_apercu/suivi", f"page={path}&vu={seen}"))
    assert answer.content_type == "text/event-stream"
    assert not isinstance(answer.body, bytes)
    assert next(answer.body).startswith(b"retry:")
    return (event.decode() for event in answer.body)


def read_problems(event: str) -> list[str]:
    name, data = event.strip().split("\n")
    assert name == "event: problemes"
    return [one["lieu"] for one in json.loads(data.removeprefix("data: "))]


def test_a_page_is_that_of_a_build_and_one_line_more(preview: Preview, live: LiveSite) -> None:
    given = read(preview.answer(Request(RECORD)))
    assert live.state.pages
    assert TAG.sub(b"", given) == live.state.pages.draw(f"{RECORD}index.html")
    assert given.count(b"_apercu") == 1


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("", 200, HTML),
        ("flux.xml", 200, None),
        ("robots.txt", 200, "text/plain; charset=utf-8"),
        ("404.html", 200, HTML),
        ("rien", 404, HTML),
        (OUTSIDE, 404, HTML),
        ("manque/", 200, HTML),
        ("_apercu/apercu.js", 200, "text/javascript; charset=utf-8"),
        ("_apercu/apercu.css", 200, "text/css; charset=utf-8"),
        ("_apercu/../server.py", 404, None),
        ("catalyseurs/premier/index.html/", 404, HTML),
    ],
)
def test_each_address_has_its_answer(
    preview: Preview, path: str, status: int, kind: str | None
) -> None:
    answer = preview.answer(Request(path))
    assert (answer.status, kind or answer.content_type) == (status, answer.content_type)
    assert ("Cache-Control", "no-store") in answer.headers


@pytest.mark.parametrize("path", ["catalyseurs/premier", "manque"])
def test_a_folder_without_its_final_slash_is_redirected(
    live: LiveSite, root: Path, path: str
) -> None:
    answer = Preview(live, root, "/base/").answer(Request(path))
    assert answer.status == HTTPStatus.MOVED_PERMANENTLY
    assert ("Location", f"/base/{path}/") in answer.headers


def test_the_page_that_changed_is_loaded_again_and_no_other(
    preview: Preview, live: LiveSite, root: Path
) -> None:
    events, other = listen(preview, see(preview)), listen(preview, see(preview, ""), "")
    assert (read_problems(next(events)), read_problems(next(other))) == ([], [])
    replace_in(root / "catalysers/premier.md", "des gens", "tout le monde")
    live.refresh()
    assert next(events).startswith("event: recharge")
    assert list(events) == []
    replace_in(root / "catalysers/premier.md", "relation: cite", "relation: cit")
    live.refresh()
    assert read_problems(next(other)) == ["catalysers/premier.md:5:11"]


def test_a_page_opened_long_ago_is_loaded_again_at_once(preview: Preview) -> None:
    assert next(listen(preview, "ancien")).startswith("event: recharge")


def test_a_mistake_is_shown_over_the_last_good_page_until_it_is_corrected(
    preview: Preview, live: LiveSite, root: Path
) -> None:
    seen = see(preview)
    events = listen(preview, seen)
    assert read_problems(next(events)) == []
    line = replace_in(root / "catalysers/premier.md", "relation: cite", "relation: cit")
    live.refresh()
    assert read_problems(next(events)) == [f"catalysers/premier.md:{line}:11"]
    assert see(preview) == seen
    assert f"premier.md:{line}:11" in read(preview.answer(Request("manque/"))).decode()
    replace_in(root / "catalysers/premier.md", "relation: cit", "relation: cite")
    live.refresh()
    assert read_problems(next(events)) == []


def test_a_template_that_fails_on_one_page_leaves_that_page_as_it_was(
    preview: Preview, live: LiveSite, root: Path
) -> None:
    seen = see(preview)
    events = listen(preview, seen)
    next(events)
    line = replace_in(root / "templates/catalyser.html", "entry.practices", "entry.pratiques")
    live.refresh()
    assert read_problems(next(events)) == [f"templates/catalyser.html:{line}"]
    assert see(preview) == seen
    unseen = preview.answer(Request("catalyseurs/second/"))
    assert unseen.status == HTTPStatus.SERVICE_UNAVAILABLE
    assert f"templates/catalyser.html:{line}" in read(unseen).decode()


def test_a_page_is_loaded_again_when_a_file_that_it_asked_for_changed(
    preview: Preview, live: LiveSite, root: Path
) -> None:
    seen = see(preview, "contact/")
    assert read(preview.answer(Request("flux.json", page="contact/")))
    events = listen(preview, seen, "contact/")
    next(events)
    replace_in(root / "content/actualites/nouvelle.md", "Du neuf.", "Du très neuf.")
    live.refresh()
    assert next(events).startswith("event: recharge")
    assert read_problems(next(listen(preview, see(preview, "contact/"), "contact/"))) == []


def test_what_a_page_asked_for_before_it_was_loaded_again_counts_no_more(
    preview: Preview, live: LiveSite, root: Path
) -> None:
    see(preview)
    preview.answer(Request("flux.json", page=RECORD))
    replace_in(root / "content/actualites/nouvelle.md", "Du neuf.", "Du très neuf.")
    live.refresh()
    assert read_problems(next(listen(preview, see(preview)))) == []


def test_a_page_that_comes_or_goes_is_seen(preview: Preview, live: LiveSite, root: Path) -> None:
    new = "catalyseurs/neuf/"
    events = listen(preview, see(preview, new), new)
    next(events)
    text = (root / "catalysers/second.md").read_text("utf-8")
    (root / "catalysers/neuf.md").write_text(text.replace("Second", "Neuf"), "utf-8")
    live.refresh()
    assert next(events).startswith("event: recharge")
    assert preview.answer(Request(new)).status == HTTPStatus.OK
    events = listen(preview, see(preview, new), new)
    next(events)
    (root / "catalysers/neuf.md").unlink()
    live.refresh()
    assert next(events).startswith("event: recharge")
    assert preview.answer(Request(new)).status == HTTPStatus.NOT_FOUND


def test_without_a_good_site_every_address_says_why(root: Path) -> None:
    replace_in(root / "catalysers/premier.md", "relation: cite", "relation: cit")
    live = make_live(root)
    live.refresh()
    preview = Preview(live, root)
    answer = preview.answer(Request(""))
    assert answer.status == HTTPStatus.SERVICE_UNAVAILABLE
    assert b"catalysers/premier.md:" in read(answer)
    events = listen(preview, see(preview, ""), "")
    next(events)
    replace_in(root / "catalysers/premier.md", "relation: cit", "relation: cite")
    live.refresh()
    assert next(events).startswith("event: recharge")


def test_files_have_the_types_that_hosts_give() -> None:
    assert find_type("a/b.webp") == "image/webp"
    assert find_type("a.png") == "image/png"
    assert find_type("_headers") == "application/octet-stream"
