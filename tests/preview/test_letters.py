from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

import pytest

from maille.preview.letters import Letters, list_letters
from maille.preview.live_site import LiveSite
from tests.preview.living import make_live
from tests.small_site import replace_in, write_small_site


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = write_small_site(tmp_path / "site")
    draft = (root / "newsletters/2024-05.md").read_text("utf-8")
    draft = draft.replace("2024-05", "2024-06").replace("---\n##", "brouillon: oui\n---\n##")
    (root / "newsletters/2024-06.md").write_text(draft, "utf-8")
    return root


@pytest.fixture
def live(root: Path) -> LiveSite:
    made = make_live(root)
    made.refresh()
    return made


def test_a_letter_has_its_page_and_so_has_a_draft(live: LiveSite, root: Path) -> None:
    letters = Letters(live, root, "/")
    for month in ("2024-05", "2024-06"):
        page = letters.draw_page(f"courriel/{month}/", live.state)
        assert page
        assert f"newsletters/{month}.md" in page.decode()
    for path in ("courriel/2024-07/", "courriel/x/", "courriel/../"):
        assert letters.draw_page(path, live.state) is None


def test_all_letters_are_listed_the_latest_first(live: LiveSite, root: Path) -> None:
    assert live.state.site
    assert list_letters(live.state.site) == [
        ("2024-06", "brouillon"),
        ("2024-05", "Lettre d'essai"),
    ]
    page = Letters(live, root, "/base/").draw_page("courriel/", live.state)
    assert page
    assert '<a href="/base/courriel/2024-06/">' in page.decode()


def test_a_version_is_given_with_its_policy(live: LiveSite, root: Path) -> None:
    letters = Letters(live, root, "/")
    dark = letters.show_version("2024-05/lettre-2024-05.sombre")
    assert dark.content_type.startswith("text/html")
    assert dict(dark.headers)["Content-Security-Policy"].startswith("default-src 'none'")
    text = letters.show_version("2024-05/lettre-2024-05.texte")
    assert text.content_type.startswith("text/plain")
    assert isinstance(text.body, bytes)
    assert "Il avance." in text.body.decode()
    for path in ("2024-05/lettre-2024-05.autre", "2024-05/../x.clair", "2024-07/2024-07.clair", ""):
        assert letters.show_version(path).status == HTTPStatus.NOT_FOUND


def test_a_mail_follows_the_file(live: LiveSite, root: Path) -> None:
    letters = Letters(live, root, "/")
    before = letters.draw_page("courriel/2024-05/", live.state)
    assert letters.draw_page("courriel/2024-05/", live.state) == before
    replace_in(root / "newsletters/2024-05.md", "Il avance.", "Il avance bien.")
    live.refresh()
    after = letters.draw_page("courriel/2024-05/", live.state)
    assert before != after
