"""A letter that went out stays as it was, or the build says what changed and where."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import random
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from build import KINDS
from maille.letters.outbox import compose
from maille.pipeline import Definition, Options, build_site
from maille.problems import select_errors
from maille.site.model import Site
from maille.site.sealed_letters import Seal
from tests.building import SMALL, TODAY, build, copy_templates
from tests.doses import EDITS
from tests.pictures import draw_halves, encode
from tests.sealing import (
    FOLDER,
    LETTER,
    MONTH,
    check_site,
    find_letter,
    make_copies,
    make_issue,
    read_site,
    write_sealed_site,
)
from tests.small_site import replace_in

before, _ = make_copies(write_sealed_site)


@pytest.fixture
def root(before: Path, tmp_path: Path) -> Path:
    """Return a copy of the site without templates: a site that is only checked needs none."""
    return shutil.copytree(before, tmp_path / "site", ignore=shutil.ignore_patterns("templates"))


def told(root: Path) -> list[tuple[str, str, str]]:
    """Return place, cause and what to type of each error."""
    return [(one.place, one.message, one.hint) for one in select_errors(check_site(root).problems)]


def sums(root: Path) -> dict[str, str]:
    lines = (root / FOLDER / "SHA256SUMS").read_text("utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


# --- What is kept --------------------------------------------------------------------------------


def test_what_went_out_is_kept_with_digests_that_a_common_tool_reads(before: Path) -> None:
    names = {path.name for path in (before / FOLDER).iterdir()}
    mail = {f"lettre-{MONTH}.{form}" for form in ("html", "txt", "eml")}
    assert names == {*mail, "evenement-rencontre.ics", f"{MONTH}.md", "sceau.json", "SHA256SUMS"}
    found = {
        name: hashlib.sha256((before / FOLDER / name).read_bytes()).hexdigest() for name in names
    }
    assert {**sums(before), "SHA256SUMS": found["SHA256SUMS"]} == found
    command = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    assert (
        subprocess.run(command, cwd=before / FOLDER, capture_output=True, check=False).returncode
        == 0
    )
    assert (before / FOLDER / f"{MONTH}.md").read_bytes() == (before / LETTER).read_bytes()
    for name in (*mail, "evenement-rencontre.ics"):
        kept = (before / FOLDER / name).read_bytes()
        assert (before / "envois" / MONTH / name).read_bytes() == kept


def test_the_same_comes_back_from_the_files(before: Path) -> None:
    site = read_site(before)
    found = site.seal_of(find_letter(site))
    assert isinstance(found, Seal)
    assert found.day == datetime.date(2026, 11, 21)
    on_disk = {path.name: path.read_bytes() for path in (before / FOLDER).iterdir()}
    assert found.list_files() == on_disk


def test_a_sealed_letter_goes_out_again_as_it_was(root: Path) -> None:
    before = read_site(root).seals[MONTH].mail
    replace_in(root / "site.toml", "https://essai.example/", "https://autre.example/")
    replace_in(root / "site.toml", "Réseau d'essai", "Un autre nom")
    site = read_site(root)
    copy_templates(root)
    assert compose(root, site, find_letter(site)).files == before


def test_the_text_that_went_out_is_on_the_site_with_its_digest(root: Path) -> None:
    copy_templates(root)
    assert not build(root, root / "output", views=SMALL).failed
    name = f"lettre-{MONTH}.txt"
    page = (root / f"output/lettres/{MONTH}/index.html").read_text("utf-8")
    assert (root / f"output/lettres/{MONTH}/{name}").read_bytes() == (
        root / FOLDER / name
    ).read_bytes()
    assert f'href="/lettres/{MONTH}/{name}"' in page
    assert sums(root)[name] in page


def test_every_file_of_a_seal_is_counted(root: Path) -> None:
    report = check_site(root)
    assert report.counts["scelle"] == 7
    assert report.read == sum(map(len, (report.held, report.ignored, report.faulty))) + sum(
        report.counts.values()
    )
    (root / FOLDER / "sceau.json").write_text("{}", "utf-8")
    report = check_site(root)
    assert report.counts["scelle"] == 6
    assert f"{FOLDER}/sceau.json" in report.faulty


# --- What may change -----------------------------------------------------------------------------


def parts(site: Site) -> object:
    told = make_issue(site)
    return [(p.title, p.anchor, p.html) for p in told.parts], told.news, told.dates


def test_a_project_that_changes_its_name_does_not_change_the_letter(root: Path) -> None:
    before = parts(read_site(root))
    former = "nom: Projet renommé\nanciens_noms: [{nom: Projet d’essai}]"
    replace_in(root / "content/projets/essai.md", "nom: Projet d'essai", former)
    site = read_site(root)
    assert parts(site) == before
    assert [part.project.heading for part in make_issue(site).parts if part.project] == [
        "Projet renommé",
        "Atelier d'essai",
    ]
    copy_templates(root)
    assert not build(root, root / "output", views=SMALL).failed
    page = (root / f"output/lettres/{MONTH}/index.html").read_text("utf-8")
    assert re.findall(r'<h2 id="projet[^>]*>([^<]*)', page) == ["Projet d’essai"]
    assert "sous son dernier nom connu" in page


def test_news_and_events_may_change_and_the_letter_says_what_it_said(root: Path) -> None:
    before = parts(read_site(root))
    replace_in(root / "content/actualites/nouvelle.md", "Une nouvelle inventée.", "Autre chose.")
    replace_in(
        root / "content/evenements/rencontre.md",
        "type:",
        "statut: annule\nmise_a_jour: 2026-11-21\ntype:",
    )
    assert parts(read_site(root)) == before


def test_an_erratum_is_dated_and_shown_and_is_in_the_feed(root: Path) -> None:
    before = parts(read_site(root))
    errata = "\nerrata:\n  - date: 2026-11-21\n    texte: Il commence en janvier.\nrubriques:"
    replace_in(root / LETTER, "\nrubriques:", errata)
    site = read_site(root)
    assert parts(site) == before
    copy_templates(root)
    assert not build(root, root / "output", views=SMALL).failed
    page = (root / f"output/lettres/{MONTH}/index.html").read_text("utf-8")
    assert 'Erratum du <time datetime="2026-11-21">21 novembre 2026</time>' in page
    assert "Il commence en janvier." in page
    assert "Erratum du 21\u00a0novembre 2026" in (root / "output/flux.xml").read_text("utf-8")


@pytest.mark.parametrize(
    "errata",
    [
        "errata: [{date: 2026-11-21, texte: Il commence en janvier.}]\n",
        "errata:\n- date: 2026-11-21\n  texte: >-\n    Il commence\n\n    en janvier.\n",
        "errata:\n  # deux\n  - {date: 2026-11-21, texte: A}\n\n  - {date: 2026-11-21, texte: B}\n",
    ],
)
def test_errata_may_be_written_in_any_form(root: Path, errata: str) -> None:
    for before in ("titre:", "evenements:"):
        replace_in(root / LETTER, f"\n{before}", f"\n{errata}{before}")
        assert told(root) == []
        replace_in(root / LETTER, f"\n{errata}{before}", f"\n{before}")


def test_ends_of_lines_and_a_mark_of_order_are_no_change(root: Path) -> None:
    text = (root / LETTER).read_bytes()
    (root / LETTER).write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n") + b"\r\n\r\n")
    assert told(root) == []


# --- What may not --------------------------------------------------------------------------------


def test_another_line_is_refused_with_what_to_put_back(root: Path) -> None:
    replace_in(root / LETTER, "Il commence.", "Il finit.")
    ((place, message, hint),) = told(root)
    assert place == f"{LETTER}:18:1"
    assert message == "cette lettre est partie le 21 novembre 2026 : elle ne change plus"
    kept = f"{FOLDER}/{MONTH}.md"
    assert hint.startswith(f"remettez ici « Il commence. », ou recopiez {kept} ; pour corriger")
    assert "errata: [{date: AAAA-MM-JJ, texte: Ce qu'il fallait lire}]" in hint


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("titre: Deux projets avancent\n", "titre: Autre chose\n", 3),
        ("Rien de plus.\n", "", 20),
        ("Rien de plus.\n", "Rien de plus.\n\nPost-scriptum.\n", 23),
        ("mois:", "brouillon: oui\nmois:", 2),
        ("## Atelier d'essai\n\nIl commence.\n\n", "", 16),
        ("Un mot d'abord.", "errata: un mot.", 10),
    ],
)
def test_whatever_changes_is_told_at_its_line(root: Path, old: str, new: str, line: int) -> None:
    replace_in(root / LETTER, old, new)
    changed = [one for one in told(root) if "est partie" in one[1]]
    assert [place for place, _, _ in changed] == [f"{LETTER}:{line}:1"]


def test_a_letter_that_went_out_cannot_be_removed(root: Path) -> None:
    (root / LETTER).unlink()
    ((place, message, hint),) = told(root)
    assert (place, message) == (
        LETTER,
        "cette lettre est partie le 21 novembre 2026, et son fichier manque",
    )
    assert hint == f"recopiez-le de {FOLDER}/{MONTH}.md"


def test_what_is_kept_cannot_change_either(root: Path) -> None:
    mail = root / FOLDER / f"lettre-{MONTH}.eml"
    mail.write_bytes(mail.read_bytes().replace(b"Deux", b"Trois", 1))
    (root / FOLDER / "evenement-rencontre.ics").unlink()
    (root / FOLDER / "note.txt").write_text("À ne pas oublier", "utf-8")
    assert [(place, message) for place, message, _ in told(root)] == [
        (f"{FOLDER}/evenement-rencontre.ics", "ce fichier manque à une lettre scellée"),
        (f"{FOLDER}/lettre-{MONTH}.eml", "ce fichier n'est plus celui qui a été scellé"),
        (f"{FOLDER}/note.txt", "ce fichier n'est pas de ceux qui ont été scellés"),
    ]


def test_the_sums_cannot_be_lost_nor_be_nonsense(root: Path) -> None:
    sums = root / FOLDER / "SHA256SUMS"
    sums.write_text("n'importe quoi\n" + sums.read_text("utf-8"), "utf-8")
    assert [place for place, _, _ in told(root)] == [f"{FOLDER}/SHA256SUMS:1:1"]
    sums.unlink()
    assert [place for place, _, _ in told(root)] == [f"{FOLDER}/SHA256SUMS"]


def test_a_picture_of_the_letter_cannot_change(root: Path) -> None:
    path = "content/images/moities.png"
    (root / path).write_bytes(encode(draw_halves(60, 40), "PNG"))
    ((place, message, _),) = told(root)
    assert (place, message) == (path, f"la lettre de {MONTH}, qui est partie, montre cette image")


def test_a_project_that_loses_the_name_that_the_letter_gives_it(root: Path) -> None:
    replace_in(root / "content/projets/essai.md", "nom: Projet d'essai", "nom: Projet renommé")
    found = {place: hint for place, _, hint in told(root)}
    assert "garde son ancien nom dans ses « anciens_noms »" in found[f"{LETTER}:12:1"]
    assert "sa clé et son rythme dans content/vocabulaires/listes.yaml" in found[f"{LETTER}:12:1"]


def test_a_page_that_the_letter_leads_to_cannot_go(root: Path) -> None:
    (root / "content/projets/essai.md").rename(root / "content/projets/autre.md")
    hints = [hint for _, message, hint in told(root) if f"{LETTER}:14" in message]
    assert len(hints) == 1
    assert '"/projets/essai/" = {parti_le = 2026-11-21, nom = ' in hints[0]


def resealed(root: Path, name: str, data: bytes) -> None:
    """Write a file of a seal, and its sum: what a merge, or another version, might leave."""
    (root / FOLDER / name).write_bytes(data)
    path = root / FOLDER / "SHA256SUMS"
    lines = path.read_text("utf-8").splitlines()
    digest = hashlib.sha256(data).hexdigest()
    kept = [line for line in lines if not line.endswith(f"  {name}")]
    path.write_text("\n".join([*kept, f"{digest}  {name}", ""]), "utf-8")


RECORD: dict[str, object] = {
    "lettre": MONTH,
    "fichier": LETTER,
    "format": 1,
    "scellee_le": "2026-11-21",
    "parties": [],
    "actualites": [],
    "rendez_vous": [],
    "images": {},
}


@pytest.mark.parametrize(
    "record",
    [
        "",
        "[]",
        "{}",
        json.dumps(RECORD | {"format": 2}),
        json.dumps(RECORD | {"lettre": "2026-10"}),
        json.dumps(RECORD | {"scellee_le": "hier"}),
        json.dumps(RECORD | {"parties": [{"titre": "A"}]}),
        json.dumps(RECORD | {"images": []}),
    ],
)
def test_a_record_that_is_not_ours_is_told(root: Path, record: str) -> None:
    resealed(root, "sceau.json", record.encode())
    place, message, hint = told(root)[0]
    assert place == f"{FOLDER}/sceau.json"
    assert "ce sceau ne se lit pas" in message
    assert hint.endswith(f"git checkout -- {FOLDER}/sceau.json")


def test_a_letter_kept_in_another_encoding_is_told(root: Path) -> None:
    resealed(root, f"{MONTH}.md", b"---\nmois: 2026-11\ntitre: \xe9t\xe9\n---\n")
    assert told(root)[0][0] == f"{FOLDER}/sceau.json"


def test_strays_among_the_seals_are_told_one_by_one(root: Path) -> None:
    for path in ("notes.md", f"{MONTH} copie/SHA256SUMS", f"{MONTH}/dossier/x.txt"):
        stray = root / "newsletters/scelles" / path
        stray.parent.mkdir(exist_ok=True)
        stray.write_text("x", "utf-8")
    assert [(place, hint) for place, _, hint in told(root)] == [
        (
            f"newsletters/scelles/{MONTH} copie/SHA256SUMS",
            f"sortez newsletters/scelles/{MONTH} copie du dossier des sceaux",
        ),
        (f"{FOLDER}/dossier/x.txt", f"sortez {FOLDER}/dossier de ce dossier"),
        ("newsletters/scelles/notes.md", "sortez-le de ce dossier"),
    ]


@pytest.mark.parametrize(
    "name", [f"{MONTH} (1)", f"{MONTH} - Copie", f"Copie de {MONTH}", f"{MONTH}-DESKTOP-7G2K1"]
)
def test_a_copy_of_the_folder_of_a_seal_is_one_error(root: Path, name: str) -> None:
    copy = root / "newsletters/scelles" / name
    shutil.copytree(root / FOLDER, copy)
    ((place, message, hint),) = told(root)
    assert place.startswith(f"newsletters/scelles/{name}/")
    assert message == f"deux fois la même lettre scellée : {FOLDER} et newsletters/scelles/{name}"
    assert hint == f"effacez le dossier newsletters/scelles/{name}"


def test_the_folder_of_a_seal_under_another_name_is_to_be_renamed(root: Path) -> None:
    (root / FOLDER).rename(root / f"{FOLDER} (1)")
    ((_, _, hint),) = told(root)
    assert hint == f"renommez le dossier {FOLDER} (1) en {MONTH}"


def test_a_seal_in_the_folder_of_itself_is_one_error(root: Path) -> None:
    shutil.copytree(root / FOLDER, root.parent / "copie")
    (root.parent / "copie").rename(root / FOLDER / MONTH)
    assert [hint for _, _, hint in told(root)] == [f"sortez {FOLDER}/{MONTH} de ce dossier"]


def test_sums_that_were_emptied_are_missing(root: Path) -> None:
    (root / FOLDER / "SHA256SUMS").write_bytes(b"")
    ((place, message, _),) = told(root)
    assert (place, message) == (f"{FOLDER}/SHA256SUMS", "ce fichier manque à une lettre scellée")


@pytest.mark.parametrize("line", ["brouillon: oui", "# Une explication", "erratum: [{texte: x}]"])
def test_a_line_that_was_put_in_is_to_be_taken_out(root: Path, line: str) -> None:
    replace_in(root / LETTER, "\nmois:", f"\n{line}\nmois:")
    hints = [hint for _, message, hint in told(root) if "est partie" in message]
    assert [hint.partition(",")[0] for hint in hints] == ["retirez cette ligne"]


def test_an_erratum_at_fault_is_mended_in_the_letter(root: Path) -> None:
    replace_in(
        root / LETTER, "\nrubriques:", "\nerrata: [{date: 2026-11-25, texte: A}]\nrubriques:"
    )
    ((place, message, hint),) = told(root)
    assert place.startswith(f"{LETTER}:6:")
    assert "un jour à venir" in message
    assert hint.startswith("écrivez le jour où c'est arrivé")


def test_only_the_pictures_of_the_letter_are_held(root: Path) -> None:
    (root / "content/images/autre.png").write_bytes(encode(draw_halves(40, 40), "PNG"))
    replace_in(root / "content/projets/essai.md", "Son texte.", "![Autre](/images/autre.png)")
    assert set(read_site(root).seals[MONTH].pictures) == {"content/images/moities.png"}
    (root / "content/images/autre.png").write_bytes(encode(draw_halves(60, 40), "PNG"))
    assert told(root) == []


def test_news_that_moved_are_led_to_where_they_are(root: Path) -> None:
    config = root / "site.toml"
    moved = '\n[mots.actualite]\nadresse = "/nouvelles/"\n'
    config.write_text(config.read_text("utf-8") + moved, "utf-8")
    assert [one.address for one in make_issue(read_site(root)).news] == ["/nouvelles/nouvelle/"]


# --- A thousand edits ----------------------------------------------------------------------------

Edit = Callable[[Path, random.Random], None]
PROJECTS = ("essai", "atelier")
TEXTS = (
    "content/projets/essai.md",
    "content/projets/atelier.md",
    "content/actualites/nouvelle.md",
    "content/evenements/rencontre.md",
    "catalysers/premier.md",
    "content/vocabulaires/publics.yaml",
    "content/vocabulaires/acteurs.yaml",
    "newsletters/2024-05.md",
    "site.toml",
)


def change_a_line(root: Path, dice: random.Random, path: str) -> None:
    lines = (root / path).read_text("utf-8").split("\n")
    at = dice.randrange(len(lines))
    match dice.randrange(4):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, dice.choice(("", "Une ligne.", "## Projet d'essai", "errata: []")))
        case 2:
            lines[at] = lines[at].replace("e", "a", 1) if "e" in lines[at] else f"{lines[at]} x"
        case _:
            other = dice.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
    (root / path).write_text("\n".join(lines), "utf-8")


def edit_the_letter(root: Path, dice: random.Random) -> None:
    change_a_line(root, dice, LETTER)


def edit_a_text(root: Path, dice: random.Random) -> None:
    change_a_line(root, dice, dice.choice(TEXTS))


def edit_what_is_kept(root: Path, dice: random.Random) -> None:
    path = dice.choice(sorted((root / FOLDER).iterdir()))
    data = bytearray(path.read_bytes())
    at = dice.randrange(len(data))
    data[at] = (data[at] + dice.randrange(1, 255)) % 256
    path.write_bytes(data)


def remove(root: Path, dice: random.Random) -> None:
    path = root / dice.choice((*TEXTS[:5], "content/images/moities.png", LETTER))
    path.unlink()


def rename_a_project(root: Path, dice: random.Random) -> None:
    path = root / f"content/projets/{dice.choice(PROJECTS)}.md"
    text = path.read_text("utf-8")
    name = re.search(r"nom: (.*)", text)
    assert name
    former = f'\nanciens_noms: [{{nom: "{name[1]}"}}]' if dice.random() < 0.8 else ""
    path.write_text(text.replace(name[0], f"nom: Nom {dice.randrange(99)}{former}"), "utf-8")


def rename_a_file(root: Path, dice: random.Random) -> None:
    path = root / dice.choice(TEXTS[:5])
    path.rename(path.with_name(f"autre-{dice.randrange(99)}.md"))


def add_a_letter(root: Path, dice: random.Random) -> None:
    month = f"{dice.choice((2025, 2026))}-0{dice.randrange(1, 9)}"
    text = f"---\nmois: {month}\ntitre: Autre\n---\n## Projet d'essai\n\nEncore.\n"
    (root / f"newsletters/{month}.md").write_text(text, "utf-8")


def move_the_site(root: Path, dice: random.Random) -> None:
    path = root / "site.toml"
    text = path.read_text("utf-8").replace("essai.example", f"autre{dice.randrange(99)}.example")
    edition = '\n[[editions]]\npublic = "associations"\ntitre = "Associations"\n'
    path.write_text(text + dice.choice(("", edition)), "utf-8")


def change_the_picture(root: Path, dice: random.Random) -> None:
    picture = encode(draw_halves(dice.randrange(20, 99), 40), "PNG")
    (root / "content/images/moities.png").write_bytes(picture)


EVERY: tuple[Edit, ...] = (
    edit_the_letter,
    edit_a_text,
    edit_a_text,
    rename_a_project,
    add_a_letter,
    move_the_site,
    edit_what_is_kept,
    remove,
    rename_a_project,
    rename_a_file,
    add_a_letter,
    move_the_site,
    change_the_picture,
)


def put_back(root: Path, whole: dict[Path, bytes]) -> None:
    """Make the site what it was."""
    for path in [path for path in root.rglob("*") if path.is_file()]:
        if path not in whole:
            path.unlink()
    for path, data in whole.items():
        if not path.is_file() or path.read_bytes() != data:
            path.write_bytes(data)


def test_random_edits_leave_the_letter_as_it_was_or_are_refused(
    before: Path, tmp_path: Path
) -> None:
    """Its text and its mail stay the same, or the build says in which file, and why."""
    root = tmp_path / "site"
    shutil.copytree(before, root, ignore=shutil.ignore_patterns("envois", "_modele*"))
    whole = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}
    site = read_site(root)
    sent, mail = parts(site), site.seals[MONTH].mail
    # What has to do with letters: the map and the rest take most of the time of a build.
    small = Definition(KINDS, ("home", "terms", "entries", "letters", "feeds"))
    options = Options(root, root / "output", today=TODAY, publish=False)
    dice = random.Random(20261122)
    kept = refused = 0
    for _ in range(EDITS):
        for edit in dice.sample(EVERY, dice.choice((1, 1, 2))):
            with contextlib.suppress(FileNotFoundError):  # what the other edit took away
                edit(root, dice)
        report = build_site(small, options)
        wrong = select_errors(report.problems)
        if wrong:
            refused += 1
            assert all(one.path and one.message and one.hint for one in wrong), wrong
        else:
            kept += 1
            assert report.site
            assert parts(report.site) == sent
            assert compose(root, report.site, find_letter(report.site)).files == mail
            assert find_letter(report.site).body.html == find_letter(site).body.html
        put_back(root, whole)
    assert kept > EDITS / 5
    assert refused > EDITS / 5
