"""The whole way through, on copies of the miniature site."""

from __future__ import annotations

import contextlib
import datetime
import filecmp
import functools
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from build import KINDS
from maille import cli
from maille.problems import Level, select_errors
from maille.publish.write import ForeignFileError
from tests import building
from tests.building import (
    CHECKED,
    ROOT,
    SMALL,
    TODAY,
    copy_whole,
    copy_without_territories,
    open_site,
)
from tests.small_site import replace_in, write_small_site

build = functools.partial(building.build, views=SMALL)
check = functools.partial(building.build, views=CHECKED, publish=False)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = copy_without_territories(tmp_path_factory.mktemp("publie"))
    assert not build(site, site / "output").failed
    return site / "output"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return copy_without_territories(tmp_path / "site")


@pytest.fixture
def built(tmp_path: Path, published: Path) -> Path:
    """A copy of the miniature, with what was built of it."""
    return copy_whole(published.parent, tmp_path / "site")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A site that is built in a tenth of a second, where a few files are enough."""
    return write_small_site(tmp_path / "site")


def snapshot(folder: Path) -> Mapping[str, tuple[bytes, int]]:
    """Every file below a folder: its bytes and its modification time."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


DATED = ("--date", str(TODAY))


# --- Twelve mistakes in twelve files ------------------------------------------------------


def plant_twelve_mistakes(site: Path) -> set[tuple[str, int]]:
    """Break the headers of twelve files in twelve ways; return where each must be told."""
    c, p = "catalysers", "content/projets"
    told: set[tuple[str, int]] = set()

    def mistake(path: str, old: str, new: str, shift: int = 0) -> None:
        told.add((path, replace_in(site / path, old, new) + shift))

    mistake(f"{c}/cocolavande.md", "commune:", "nom: Autre\ncommune:")  # duplicate key
    mistake(f"{c}/romarin.md", "relation: cite", "relation: *cite")  # alias
    mistake(f"{c}/silene-geek.md", "resume:", "resume: !!str ")  # tag
    mistake(f"{c}/eglantine.md", "relation: cite", "relation: &r cite")  # anchor
    mistake(f"{c}/le-chene.md", "pratiques: [", "pratiques: [" + "[" * 30)  # depth
    mistake(f"{c}/vitasauge.md", "relation:", "<<: {a: b}\nrelation:")  # merge key
    mistake(f"{p}/la-serre.md", "nom:", "nom: : ")  # syntax
    mistake(f"{p}/pop-o.md", "resume:", "<<<<<<< HEAD\nresume:")  # conflict marker
    mistake(
        f"{p}/make-arrosoir.md", "resume:", "mise_a_jour: 2024-02-30\nresume:"
    )  # impossible date
    mistake(f"{p}/le-potage.md", "resume:", "resumé:")  # unknown key (and a missing one)

    path = site / p / "racines.md"  # unclosed header
    path.write_text(path.read_text(encoding="utf-8").replace("\n---\n", "\n", 1), encoding="utf-8")
    told.add((f"{p}/racines.md", 1))

    path = site / p / "recyclerie-du-semis.md"  # wrong encoding
    data = path.read_bytes()
    first_accent = next(position for position, byte in enumerate(data) if byte > 127)
    line = data[:first_accent].count(b"\n") + 1
    path.write_bytes(data.decode().encode("cp1252", errors="replace"))
    told.add((f"{p}/recyclerie-du-semis.md", line))
    return told


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit code."""

    code: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class Told:
    """What the command said of the twelve mistakes: to a person, to a program."""

    expected: set[tuple[str, int]]
    terminal: Said
    json: Said
    untouched: bool


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory, published: Path) -> Told:
    folder = tmp_path_factory.mktemp("douze") / "site"
    site = copy_whole(published.parent, folder)
    before = snapshot(site / "output")
    expected = plant_twelve_mistakes(site)
    terminal, machine = run_here(site), run_here(site, "--json")
    return Told(expected, terminal, machine, snapshot(site / "output") == before)


def run_here(site: Path, *options: str) -> Said:
    """Run the command on `site` in this process."""
    out, err = io.StringIO(), io.StringIO()
    arguments = ["--root", str(site), *DATED, *options]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.run(KINDS, SMALL, arguments)
    return Said(code, out.getvalue(), err.getvalue())


def test_twelve_mistakes_are_all_told_in_one_run(twelve: Told) -> None:
    assert len(twelve.expected) == len({path for path, _ in twelve.expected}) == 12
    said = json.loads(twelve.json.stdout)
    found = {(problem["path"], problem["line"]) for problem in said["problems"]}
    assert twelve.json.code == 1
    assert twelve.expected <= found
    assert {path for path, _ in found} == {path for path, _ in twelve.expected}
    assert all(problem["message"] and problem["hint"] for problem in said["problems"])
    assert all(problem["column"] >= 1 for problem in said["problems"])
    assert twelve.untouched


def test_twelve_mistakes_are_readable_in_a_terminal(twelve: Told) -> None:
    assert twelve.terminal.code == 1
    for path, line in twelve.expected:
        assert f"{path}:{line}:" in twelve.terminal.stderr
    assert "rien n'a été écrit" in twelve.terminal.stderr
    assert "Traceback" not in twelve.terminal.stderr
    assert twelve.untouched


# --- Same input, same bytes ---------------------------------------------------------------


def test_two_builds_give_the_same_bytes(output: Path, tmp_path: Path) -> None:
    """One made here, one by another process: its order of sets, clock and locale are others."""
    other = tmp_path / "output"
    options = ("--root", output.parent, "--output", other, "--processus", "3", *DATED)
    seed = "4242" if os.environ.get("PYTHONHASHSEED") != "4242" else "4243"
    subprocess.run(
        [sys.executable, ROOT / "build.py", *options],
        env={
            **os.environ,
            "PYTHONHASHSEED": seed,
            "TZ": "Pacific/Auckland",
            "LC_ALL": "C",
        },
        check=True,
        capture_output=True,
    )
    diff = ["diff", "-r", str(output), str(other)]
    done = subprocess.run(diff, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_rebuilding_changes_no_file_and_an_edit_only_what_shows_it(built: Path) -> None:
    output = built / "output"
    before = snapshot(output)
    published = build(built, output).published
    assert published and published.written == published.removed == 0
    assert snapshot(output) == before
    replace_in(built / "content/pages/confidentialite.md", "\n---\n", "\n---\n\nUn mot de plus.\n")
    published = build(built, output).published
    assert published and (published.written, published.removed) == (2, 0)
    after = snapshot(output)
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed == {"confidentialite/index.html", "recherche/index.json"}


# --- No silence -----------------------------------------------------------------------------


def test_a_faulty_record_is_told_once(small: Path) -> None:
    replace_in(small / "catalysers/premier.md", "relation:", "realtion:")
    report = check(small, small / "output")
    assert {problem.path for problem in report.problems} == {"catalysers/premier.md"}


def test_drafts_are_published_when_asked(small: Path) -> None:
    output = small / "output"
    assert not (build(small, output).failed or (output / "catalyseurs/brouillon").exists())
    build(small, output, with_drafts=True)
    assert (output / "catalyseurs/brouillon/index.html").exists()


def test_a_text_that_is_wrong_in_a_draft_is_only_a_warning(small: Path) -> None:
    path = small / "catalysers/brouillon.md"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n# Trop haut\n", encoding="utf-8")
    report = check(small, small / "output")
    assert [(one.path, one.level) for one in report.problems if "Trop haut" in one.message] == [
        ("catalysers/brouillon.md", Level.WARNING)
    ]
    assert not report.failed
    assert check(small, small / "output", with_drafts=True).failed


def test_a_letter_of_the_future_waits_for_its_day(small: Path) -> None:
    replace_in(small / "newsletters/2024-05.md", "titre:", "publie_le: 2027-01-15\ntitre:")
    report = check(small, small / "output")
    reasons = {held.path: held.reason for held in report.held}
    assert reasons["newsletters/2024-05.md"] == "à paraître le 15 janvier 2027"
    late = check(small, small / "output", today=datetime.date(2027, 1, 15))
    assert [held.path for held in late.held] == ["catalysers/brouillon.md"]


def test_checking_writes_nothing(small: Path) -> None:
    assert not check(small, small / "output").failed
    assert not (small / "output").exists()


# --- Threads, clashes, configuration -----------------------------------------------------------


def test_recyclaide80_is_one_thread_linked_both_ways(published: Path) -> None:
    may_2024 = (published / "lettres/2024-05/index.html").read_text(encoding="utf-8")
    may_2025 = (published / "lettres/2025-05/index.html").read_text(encoding="utf-8")
    project = (published / "projets/recycl-herbe80/index.html").read_text(encoding="utf-8")
    assert 'href="/lettres/2025-05/#recycl-herbe80"' in may_2024
    assert 'href="/lettres/2024-05/#recycl-herbe80"' in may_2025
    assert "/lettres/2024-05/#recycl-herbe80" in project
    assert "/lettres/2025-05/#recycl-herbe80" in project
    assert len(list((published / "projets").glob("recycl-*"))) == 1


def test_la_maison_shows_its_former_name(published: Path) -> None:
    page = (published / "projets/la-serre/index.html").read_text(encoding="utf-8")
    assert "Serre de la Bonne Pousse" in page


def test_a_variant_in_a_heading_proposes_the_right_spelling(copy: Path) -> None:
    line = replace_in(copy / "newsletters/2025-05.md", "## Recycl'Herbe80", "## Recycl'herbe 80")
    report = check(copy, copy / "output")
    problem = next(p for p in report.problems if p.path == "newsletters/2025-05.md")
    assert (problem.line, problem.level) == (line, Level.ERROR)
    assert "Recycl'herbe 80" in problem.message
    assert "« Recycl'Herbe80 »" in problem.hint


def test_two_pages_for_one_address_name_both_files(copy: Path) -> None:
    (copy / "content/pages/carte.md").write_text(
        "---\ntitre: Carte\nresume: Une autre.\n---\nTexte.\n", encoding="utf-8"
    )
    (copy / "catalysers/exemples").mkdir(exist_ok=True)
    text = (copy / "catalysers/romarin.md").read_text(encoding="utf-8")
    another = re.sub("^nom: .*", "nom: Un autre", text, flags=re.MULTILINE)
    (copy / "catalysers/exemples/romarin.md").write_text(another, encoding="utf-8")
    report = build(copy, copy / "output", publish=False)
    told = [(problem.path, problem.message) for problem in report.problems]
    assert ("content/pages/carte.md", "l'adresse /carte/ est déjà celle de la carte") in told
    taken = "l'adresse /catalyseurs/romarin/ est déjà celle de catalysers/romarin.md"
    assert told.count(("catalysers/exemples/romarin.md", taken)) == 1
    assert len(told) == 2


def test_a_mistake_in_site_toml_is_told_at_its_line(small: Path) -> None:
    line = replace_in(small / "site.toml", 'etat = "demonstration"', 'etat = "demo"')
    problem = build(small, small / "output").problems[0]
    assert (problem.path, problem.line) == ("site.toml", line)
    assert "demonstration" in problem.hint
    assert not (small / "output").exists()


def test_site_toml_and_content_are_told_in_one_run(small: Path) -> None:
    replace_in(small / "site.toml", "nom_court", "nom_cour")
    replace_in(small / "catalysers/premier.md", "relation:", "realtion:")
    paths = {problem.path for problem in check(small, small / "output").problems}
    assert paths == {"site.toml", "catalysers/premier.md"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('nom = "Réseau', "nom = Réseau"),
        ('etat = "demonstration"', 'etat = "demo"'),
        ('fuseau = "Europe/Paris"', 'fuseau: "Europe/Paris'),
        ("rubriques_des_lettres = [", "rubriques_des_lettres = "),
        ("rubriques_des_lettres =", "rubrique_des_lettres ="),
        ('adresse = "https://essai.example/"', ""),
        ("[[menu]]", "[[menu]]\ntitre = 'X'\n\n[[menu]]"),
        ("[[menu]]", "menu]]"),
    ],
)
def test_a_mistake_in_site_toml_hides_nothing_and_makes_nothing_wrong(
    small: Path, old: str, new: str
) -> None:
    replace_in(small / "site.toml", old, new)
    record = small / "catalysers/premier.md"
    line = replace_in(record, "commune: Dijon", "commune: Dijonn")
    record.write_text(record.read_text("utf-8") + "\n[x](/nulle/)\n", encoding="utf-8")
    report = check(small, small / "output")
    last = record.read_text("utf-8").count("\n")
    found = [(problem.path, problem.line) for problem in report.problems]
    assert [path for path, _ in found].count("site.toml") == 1
    assert [one for one in found if one[0] != "site.toml"] == [
        ("catalysers/premier.md", line),
        ("catalysers/premier.md", last),
    ]
    assert "site.toml" not in dict(report.unknowns)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("nom: ", "nom: : "),
        ("nom: ", 'nom: "'),
        ("nom: ", "nom"),
        ("---\n", "<<<<<<< HEAD\n---\n"),
        ("resume: ", "resume = "),
        ("\n---\n", "\n—\n"),
        ("\n---\n", "\n"),
    ],
)
def test_a_project_that_cannot_be_read_makes_no_letter_wrong(
    small: Path, old: str, new: str
) -> None:
    replace_in(small / "content/projets/essai.md", old, new)
    found = check(small, small / "output").problems
    assert {problem.path for problem in found} == {"content/projets/essai.md"}


# --- Under another address, and what must be on every page --------------------------------------


def test_links_carry_the_base_path(copy: Path, published: Path) -> None:
    output = copy / "output"
    build(copy, output, base_url="https://forge.example/reseau/")
    compared = filecmp.dircmp(published, output)
    assert compared.left_only == compared.right_only == []
    home = (output / "index.html").read_text(encoding="utf-8")
    assert 'href="/reseau/catalyseurs/"' in home
    assert '<link rel="canonical" href="https://forge.example/reseau/">' in home
    assert 'href="/catalyseurs/"' not in home
    assert "https://forge.example/reseau/catalyseurs/" in (output / "sitemap.xml").read_text()


def test_a_public_site_may_be_indexed(built: Path) -> None:
    output = built / "output"
    page = output / "catalyseurs/cocolavande/index.html"
    assert '<meta name="robots" content="noindex">' in page.read_text(encoding="utf-8")
    assert "Site de démonstration, non officiel" in page.read_text(encoding="utf-8")
    open_site(built)
    build(built, output)
    assert "noindex" not in page.read_text(encoding="utf-8")
    assert "démonstration" not in page.read_text(encoding="utf-8")
    assert "noindex" in (output / "404.html").read_text(encoding="utf-8")


def test_hidden_folders_are_left_aside_and_linked_ones_told(small: Path) -> None:
    (small / "catalysers/.obsidian").mkdir()
    (small / "catalysers/.obsidian/app.md").write_text("x", encoding="utf-8")
    report = check(small, small / "output")
    assert dict(report.ignored)["catalysers/.obsidian/app.md"].startswith("fichier d'un logiciel")
    assert not report.failed
    (small / "newsletters").rename(small / "ailleurs")
    (small / "newsletters").symlink_to(small / "ailleurs")
    problems = check(small, small / "output").problems
    assert [problem.path for problem in problems if "simple fichier" in problem.message] == [
        "newsletters"
    ]


def test_an_activity_goes_with_its_practice(small: Path) -> None:
    path = small / "catalysers/second.md"
    activity = next(iter(activities(small, "gestion-d-un-lieu")))
    line = replace_in(path, "relation:", f"activites: [{activity}]\nrelation:")
    [problem] = check(small, small / "output").problems
    assert (problem.path, problem.line) == ("catalysers/second.md", line)
    assert "« gestion-d-un-lieu »" in problem.hint


def activities(site: Path, practice: str) -> list[str]:
    terms = yaml.safe_load((site / "content/vocabulaires/pratiques.yaml").read_text("utf-8"))
    [found] = [term for term in terms["termes"] if term["cle"] == practice]
    return [activity["cle"] for activity in found["activites"]]


def test_a_file_with_a_bad_body_counts_as_one_to_correct(small: Path) -> None:
    path = small / "content/pages/le-reseau.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n<b>gras</b>\n", encoding="utf-8")
    report = check(small, small / "output")
    assert report.faulty == ("content/pages/le-reseau.md",)
    parts = (sum(report.counts.values()), len(report.held), len(report.ignored), len(report.faulty))
    assert report.read == sum(parts)


def test_a_file_with_a_header_mistake_is_still_checked_to_its_end(small: Path) -> None:
    path = small / "catalysers/premier.md"
    replace_in(path, "commune: Dijon", "commune: Dijonn")
    replace_in(path, "profil: accompagnateur", "chifres: [a]\nprofil: machin")
    path.write_text(path.read_text("utf-8") + "\n[x](/nulle/)\n", encoding="utf-8")
    problems = check(small, small / "output").problems
    assert {problem.path for problem in problems} == {"catalysers/premier.md"}
    said = " ".join(problem.message for problem in problems)
    for words in ("Dijonn", "chifres", "machin", "/nulle/"):
        assert words in said


def test_a_draft_is_checked_and_only_warned_about(small: Path) -> None:
    path = small / "newsletters/2024-05.md"
    replace_in(path, "titre:", "brouillon: oui\ntitre:")
    line = replace_in(path, "## Projet d'essai", "## Projet d'essais")
    report = check(small, small / "output")
    [problem] = report.problems
    assert (problem.path, problem.line, problem.level) == (
        "newsletters/2024-05.md", line, Level.WARNING,
    )  # fmt: skip
    assert not report.failed


@pytest.mark.parametrize("wrong", ["profil: machin", "profil: [accompagnateur", 'profil: "x'])
def test_a_draft_with_a_wrong_header_waits_and_stops_nothing(small: Path, wrong: str) -> None:
    path = small / "catalysers/brouillon.md"
    line = replace_in(path, "profil: accompagnateur", wrong)
    report = check(small, small / "output")
    assert {(one.path, one.line, one.level) for one in report.problems} == {
        ("catalysers/brouillon.md", line, Level.WARNING)
    }
    assert not report.failed
    assert ("catalysers/brouillon.md", "brouillon") in {(h.path, h.reason) for h in report.held}
    parts = (sum(report.counts.values()), len(report.held), len(report.ignored), len(report.faulty))
    assert report.read == sum(parts)
    replace_in(path, "brouillon: true\n", "")
    assert check(small, small / "output").failed


def test_a_day_to_come_cannot_say_that_something_was_done(small: Path) -> None:
    line = replace_in(
        small / "catalysers/premier.md", "relation:", "verifie_le: 2031-01-01\nrelation:"
    )
    [problem] = check(small, small / "output").problems
    assert (problem.path, problem.line) == ("catalysers/premier.md", line)


@pytest.fixture(scope="module")
def reworded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is published when the last letter opens with words, and writes one name otherwise."""
    site = copy_without_territories(tmp_path_factory.mktemp("mots") / "site")
    letter = site / "newsletters/2025-05.md"
    replace_in(letter, "\n---\n", "\n---\nBonjour à toutes et à tous.\n\n")
    replace_in(letter, "## Recycl'Herbe80", "## Recycl’Herbe80")
    assert not build(site, site / "output").failed
    return site / "output"


def test_a_letter_may_open_with_a_few_words(reworded: Path) -> None:
    page = (reworded / "lettres/2025-05/index.html").read_text(encoding="utf-8")
    assert "Bonjour à toutes" in page
    assert 'id=""' not in page
    assert 'href="#"' not in page


def test_a_typographic_apostrophe_is_not_another_name(reworded: Path) -> None:
    for page in ("lettres/2025-05", "lettres/2024-05", "projets/recycl-herbe80"):
        text = (reworded / page / "index.html").read_text(encoding="utf-8")
        assert "sous le nom" not in text
    text = (reworded / "lettres/2025-05/index.html").read_text(encoding="utf-8")
    assert "d’aujourd’hui" not in text


def test_a_letter_that_names_no_project_leaves_no_empty_list_on_the_home_page(copy: Path) -> None:
    path = copy / "newsletters/2025-05.md"
    header, _, _ = path.read_text(encoding="utf-8").partition("\n## ")
    path.write_text(f"{header}\nRien que des mots.\n", encoding="utf-8")
    assert not build(copy, copy / "output").failed
    home = (copy / "output/index.html").read_text(encoding="utf-8")
    assert '<ol class="thread">' not in home
    assert "Un projet qui change de nom" in home


def test_a_letter_says_that_its_day_of_publication_is_not_known(published: Path) -> None:
    letter = (published / "lettres/2024-05/index.html").read_text(encoding="utf-8")
    assert "jour de publication non connu" in letter.lower()


def test_a_file_added_to_the_output_is_named_then_kept_by_a_setting(small: Path) -> None:
    output = small / "output"
    assert not build(small, output).failed
    (output / "CNAME").write_text("www.exemple.fr\n", "utf-8")
    with pytest.raises(ForeignFileError) as told:
        build(small, output)
    added = str(told.value).partition("site.toml :\n")[2].partition("\nSinon")[0]
    settings = small / "site.toml"
    settings.write_text(settings.read_text("utf-8") + "\n" + added + "\n", "utf-8")
    assert not build(small, output).failed
    assert (output / "CNAME").read_text("utf-8").strip() == "www.exemple.fr"
    (output / ".nojekyll").touch()
    with pytest.raises(ForeignFileError, match=r"sous \[fichiers\], dans site.toml :\n\".nojekyll"):
        build(small, output)


@pytest.mark.parametrize("name", ["robots.txt", "index.html", "404.html", "flux.xml"])
def test_a_setting_takes_the_place_of_no_page(small: Path, name: str) -> None:
    with (small / "site.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[fichiers]\n"{name}" = "x"\n')
    [problem] = select_errors(build(small, small / "output", publish=False).problems)
    text = (small / "site.toml").read_text("utf-8")
    assert (problem.path, problem.line) == ("site.toml", text.count("\n"))
    assert f"l'adresse /{name} est déjà" in problem.message
    assert problem.hint == "effacez cette ligne"
