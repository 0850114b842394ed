"""The forges hand the last published addresses to the build."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

from tests.browser.serving import serving
from tests.building import ROOT
from tools import published_list
from tools.published_list import fetch_list, main

LINE = b"/a/\ta.md\n"


@contextmanager
def answering(*codes: int) -> Iterator[str]:
    """Serve these codes one after the other; the last one for good."""
    left = [*codes]

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(left.pop(0) if len(left) > 1 else left[0])
            self.end_headers()
            self.wfile.write(LINE)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_the_list_is_that_of_the_site_and_a_new_site_has_none(tmp_path: Path) -> None:
    (tmp_path / "adresses.txt").write_bytes(LINE)
    with serving(tmp_path, "/site/") as url:
        assert fetch_list(f"{url}/site/") == LINE
        assert fetch_list(f"{url}/site") == LINE
        assert fetch_list(f"{url}/site/ailleurs/") == b""


def test_a_failure_is_tried_again_then_told() -> None:
    with answering(503, 500, 200) as url:
        assert fetch_list(url, 0) == LINE
    with answering(503) as url, pytest.raises(OSError, match="503"):
        fetch_list(url, 0)
    with pytest.raises(OSError, match="refused"):
        fetch_list(url, 0)


def test_the_command_writes_the_file_or_says_why_it_cannot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(time, "sleep", lambda _: None)
    Path("site.toml").write_text('adresse = "https://x.example/"\n', "utf-8")
    assert main(["a.txt"]) == 0
    assert main(["b.txt", ""]) == 0
    assert Path("a.txt").read_bytes() == Path("b.txt").read_bytes() == b""
    with answering(200) as url:
        assert main(["a.txt", url]) == 0
        Path("site.toml").write_text(f'adresse = "{url}"\n', "utf-8")
        assert main(["b.txt"]) == 0
    assert Path("a.txt").read_bytes() == Path("b.txt").read_bytes() == LINE
    assert main(["c.txt"]) == 1
    monkeypatch.setattr(published_list, "fetch_list", lambda _: b"<!doctype html>\n")
    assert main(["c.txt"]) == 1
    said = capsys.readouterr().out
    assert "ce n'est pas adresses.txt" in said
    assert "ne répond pas" in said
    assert not Path("c.txt").exists()


def test_the_forges_compare_with_what_is_online() -> None:
    steps = yaml.safe_load((ROOT / ".github/workflows/publier.yml").read_text("utf-8"))["jobs"][
        "construire"
    ]["steps"]
    runs = [step.get("run", "") for step in steps]
    fetch = next(n for n, run in enumerate(runs) if "tools.published_list publiees.txt" in run)
    build = next(n for n, run in enumerate(runs) if "--publie publiees.txt" in run)
    assert fetch < build
    assert steps[fetch]["if"] == "${{ !inputs.sans_comparer }}"
    lines = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))["pages"]["script"]
    assert "tools.published_list publiees.txt" in lines[1]
    assert "SANS_COMPARER" in lines[1]
    assert "--publie publiees.txt" in lines[2]
