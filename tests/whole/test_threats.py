"""Hostile files before the whole command: told in French at their line, or harmless.

All the files that must be refused stand in one site and are told in one run, which has little
memory and little time. Nothing is written, nothing is read outside the site.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import socket
import stat
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

if sys.platform != "linux":
    pytest.skip("Linux alone makes all of these files", allow_module_level=True)

from tests import command
from tests.command import Done, limit_memory, read_tree
from tests.content.test_markdown_limits import REFUSED as INTRICATE
from tests.small_site import write_small_site

SECRET = "motdepasse-secret"


def record(name: str = "Nom d'essai", body: str = "Un texte.", more: str = "") -> str:
    """Return a right record, whose body starts at line 9 (more when `more` has lines)."""
    return (
        f"---\nnom: {name}\nprofil: accompagnateur\nrelation: cite\ndepartement: '21'\n"
        f"resume: Une phrase.\nsources: [{{titre: Un document}}]\n{more}---\n{body}\n"
    )


def run(site: Path, *options: str | Path) -> Done:
    """Run the command with little memory; it has to end."""
    return command.start(site, *options, before=limit_memory).wait(120)


# --- What is refused ------------------------------------------------------------------------

Maker = str | bytes | Callable[[Path], object]


@dataclass(frozen=True)
class Threat:
    """A hostile file: what it holds or how to make it, and what must be told of it."""

    path: str
    made: Maker
    said: str
    line: int = 0

    def plant(self, site: Path) -> None:
        path = site / self.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if callable(self.made):
            self.made(path)
        else:
            path.write_bytes(self.made if isinstance(self.made, bytes) else self.made.encode())


def link(target: str) -> Maker:
    return lambda path: path.symlink_to(target)


def listening(path: Path) -> None:
    # The address of a socket is short.
    with socket.socket(socket.AF_UNIX) as endpoint, contextlib.chdir(path.parent):
        endpoint.bind(path.name)


def device(path: Path) -> None:
    """Make another /dev/zero, or a pipe where devices are not allowed."""
    try:
        os.mknod(path, 0o644 | stat.S_IFCHR, os.makedev(1, 5))
    except PermissionError:
        os.mkfifo(path)


def huge(path: Path) -> None:
    """Make a file of 20 GB, of which the disk holds nothing."""
    with path.open("wb") as file:
        file.truncate(20_000_000_000)


BOMB = "a0: &a0 x\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1},' * 9}]\n" for n in range(1, 10))
NO_FILE = "ce n'est pas un simple fichier"
NO_ADDRESS = "ne peut pas servir d'adresse"
C = "catalysers"

THREATS = {
    # Not files.
    "link to a secret": Threat(f"{C}/secret.md", link("../../secret"), NO_FILE),
    "link to a system file": Threat(f"{C}/passwd.md", link("/etc/passwd"), NO_FILE),
    "link to the parent": Threat(f"{C}/parent", link(".."), NO_FILE),
    "link to itself": Threat(f"{C}/moi.md", link("moi.md"), NO_FILE),
    "link to nothing": Threat(f"{C}/rien.md", link("nulle-part"), NO_FILE),
    "link under the name of a kind": Threat("content/webinaires", link("../.."), NO_FILE),
    "pipe": Threat(f"{C}/tuyau.md", os.mkfifo, NO_FILE),
    "socket": Threat(f"{C}/prise.md", listening, NO_FILE),
    "device": Threat(f"{C}/zero.md", device, NO_FILE),
    # Too much.
    "2 MB": Threat(f"{C}/lourd.md", record(body="mot\n\n" * 400_000), "plus que 1 Mo", 1),
    "20 GB": Threat(f"{C}/enorme.md", huge, "plus que 1 Mo", 1),
    "header of 10 MB": Threat(f"{C}/en-tete.md", record("x" * 10_000_000), "plus que 1 Mo", 1),
    "30,000 brackets": Threat(f"{C}/crochets.md", record("[" * 30_000), "16 niveaux", 2),
    "60,000 braces": Threat(f"{C}/accolades.md", record("{a: " * 60_000), "16 niveaux", 2),
    "100,000 dashes": Threat(
        f"{C}/tirets.md", record(more="x: \n " + "- " * 100_000 + "\n"), "", 9
    ),
    "alias bomb": Threat(f"{C}/bombe.md", record(more=BOMB), "« &a0 » est une ancre YAML", 8),
    "depth of data": Threat("content/vocabulaires/fond.yaml", "[" * 100_000, "16 niveaux", 1),
    # Not text.
    "cp1252": Threat(f"{C}/ancien.md", record("Été").encode("cp1252"), "Windows-1252", 2),
    "UTF-16": Threat(f"{C}/large.md", record("Été").encode("utf-16"), "UTF-16", 1),
    "UTF-16 without mark": Threat(f"{C}/nu.md", record("Ete").encode("utf-16-le"), "UTF-16", 1),
    "NUL in the header": Threat(f"{C}/zero-la.md", record("a\0b"), "U+0000", 2),
    "NUL in the body": Threat(f"{C}/zero-ici.md", record(body="a\n\nb\0"), "U+0000", 11),
    "bidi override": Threat(f"{C}/bidi.md", record("a\u202egpj.b"), "U+202E", 2),
    "binary": Threat(f"{C}/binaire.md", bytes(range(256)) * 100, "Windows-1252", 3),
    # Ends of line: the mistake is told at the line that its editor sees.
    "CRLF": Threat(f"{C}/crlf.md", record(more="faux: x\n").replace("\n", "\r\n"), "faux", 8),
    "CR": Threat(f"{C}/cr.md", record(more="faux: x\n").replace("\n", "\r"), "faux", 8),
    "mixed": Threat(
        f"{C}/mele.md",
        record(more="faux: x\n").replace("\n", "\r\n", 3).replace("e\n", "e\r"),
        "faux",
        8,
    ),
    # Names.
    **{
        f"name {name!r}": Threat(f"{C}/{name}", record(), said)
        for name, said in {
            "con.md": "Windows n'admet aucun fichier nommé « con »",
            "nul.md": "Windows n'admet aucun fichier nommé « nul »",
            "aux.md": "Windows n'admet aucun fichier nommé « aux »",
            "lpt1.md": "Windows n'admet aucun fichier nommé « lpt1 »",
            "prn.fr.md": NO_ADDRESS,
            "Premier.md": NO_ADDRESS,  # as premier.md but for its case
            "\u00e9t\u00e9.md": NO_ADDRESS,
            "e\u0301te\u0301.md": NO_ADDRESS,
            "a .md": NO_ADDRESS,
            " b.md": NO_ADDRESS,
            "c..md": NO_ADDRESS,
            "d\u00a0.md": NO_ADDRESS,
            "e\u202edm.md": NO_ADDRESS,
            "f\u200b.md": NO_ADDRESS,
            "g\x1b[31m.md": NO_ADDRESS,
            "h\ni.md": NO_ADDRESS,
            "j..%2f..%2f.md": NO_ADDRESS,
            "%2e%2e.md": NO_ADDRESS,
            "k..\\..\\x.md": NO_ADDRESS,
            "C:l.md": NO_ADDRESS,
            "<script>.md": NO_ADDRESS,
            "{{ 7*7 }}.md": NO_ADDRESS,
            "--root.md": NO_ADDRESS,
            "m" * 252 + ".md": "a 252 caractères, plus que",
        }.items()
    },
    "name that is no text": Threat(f"{C}/n\udcff.md", record(), NO_ADDRESS),
    # Two folders for Linux, one for the eye and for macOS.
    "composed folder": Threat(f"{C}/\u00e9/double.md", record(), "l'adresse /catalyseurs/double/"),
    "decomposed folder": Threat(f"{C}/e\u0301/double.md", record(), "l'adresse"),
    "a page of another folder": Threat(f"{C}/z/premier.md", record("Zoé"), "/premier/ est déjà"),
    # Ways out.
    **{
        f"link {target!r}": Threat(f"{C}/lien-{n}.md", record(body=f"a\n\n[b]({target})"), said, 11)
        for n, (target, said) in enumerate(
            {
                "../../etc/passwd": "pas une adresse admise",
                "..\\..\\etc": "pas une adresse admise",
                "file:///etc/passwd": "pas une adresse admise",
                "C:/x": "pas une adresse admise",
                "//essai.example/x": "pas une adresse admise",
                "/../etc/passwd": "ne mène à aucune page",
                "/%2e%2e/etc/passwd": "ne mène à aucune page",
                "/catalyseurs/../../x/": "ne mène à aucune page",
            }.items()
        )
    },
    "reference": Threat(f"{C}/renvoi.md", record(more="pratiques: [../../x]\n"), "../../x", 8),
    "key of a term": Threat(
        "content/vocabulaires/cle.yaml", "nom: x\ntermes:\n  - {cle: ../../x, nom: y}\n", "cle", 3
    ),
    "address of a list": Threat(
        "content/vocabulaires/ici.yaml",
        "nom: x\nadresse: /../../x/\ntermes:\n  - {cle: x, nom: y}\n",
        "/../../x/",
        2,
    ),
    # Bodies that take a converter minutes.
    **{
        f"body: {name}": Threat(f"{C}/corps-{n}.md", record(body=body), "", 9)
        for n, (name, body) in enumerate(INTRICATE.items())
        if len(body) < 900_000
    },
}


@dataclass(frozen=True)
class Told:
    """What was told of the site that holds every threat, as data and as text."""

    site: Path
    data: Mapping[str, Any]
    text: str
    before: Mapping[str, bytes | None]

    def about(self, path: str) -> list[tuple[int, str, str]]:
        """Return the lines, messages and hints of the problems of a file."""
        return [
            (one["line"], one["message"], one["hint"])
            for one in self.data["problems"]
            if one["path"] == path
        ]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("threats") / "inside"
    site = write_small_site(folder / "site")
    (folder / "secret").write_text(SECRET, "utf-8")
    done = run(site)
    assert done.code == 0, done.said
    before = read_tree(folder)
    for threat in THREATS.values():
        threat.plant(site)
    data, text = run(site, "--json"), run(site)
    assert (data.code, text.code) == (1, 1), text.said[-2000:]
    return Told(site, json.loads(data.said), text.said, before)


def read_back(path: str) -> str:
    """Return a path as the report has it: composed."""
    return unicodedata.normalize("NFC", path)


@pytest.mark.parametrize("name", THREATS)
def test_a_threat_is_told_where_it_is(name: str, told: Told) -> None:
    threat = THREATS[name]
    found = told.about(read_back(threat.path))
    assert found, "nothing was told of it"
    assert [one for one in found if threat.said in one[1] and one[0] == threat.line], found
    assert all(hint for _, _, hint in found)


def test_nothing_else_is_at_fault(told: Told) -> None:
    planted = {read_back(threat.path) for threat in THREATS.values()}
    assert {one["path"] for one in told.data["problems"]} == planted


def test_nothing_was_written_anywhere(told: Told) -> None:
    planted = {f"site/{threat.path}" for threat in THREATS.values()}
    folder = told.site.parent
    files = {path.relative_to(folder).as_posix(): path for path in walk(folder)}
    after = {name: path.read_bytes() for name, path in files.items() if name not in planted}
    assert after == {path: data for path, data in told.before.items() if data is not None}


def walk(folder: Path) -> Iterator[Path]:
    """Yield the plain files below a folder, links not followed, but those that builds keep."""
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in {".maille", "__pycache__"}]
        for file in files:
            if stat.S_ISREG((Path(parent) / file).lstat().st_mode):
                yield Path(parent) / file


def test_the_report_gives_no_secret_away_and_obeys_no_name(told: Told) -> None:
    assert SECRET not in told.text
    assert "root:x:0" not in told.text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told.text)
    assert "g\\x1b[31m.md" in told.text
    assert "h\\ni.md" in told.text


def adds_up(done: Mapping[str, int], said: str) -> bool:
    """Tell whether the sum of files is right, in the data and in the sentence."""
    parts = [done[key] for key in ("publies", "retenus", "laisses_de_cote", "a_corriger")]
    sentence = re.search(
        r"^(\d+) fichiers lus : (\d+) retenus pour le site, (\d+) en attente, "
        r"(\d+) laissés de côté, (\d+) à corriger\.$",
        said,
        re.MULTILINE,
    )
    assert sentence, said
    assert [int(number) for number in sentence.groups()] == [done["lus"], *parts]
    return done["lus"] == sum(parts)


def test_every_file_counts_once(told: Told) -> None:
    assert adds_up(told.data["files"], told.text)
    content = ("catalysers", "newsletters", "content")
    found = [
        Path(parent, name)
        for folder in content
        for parent, folders, files in os.walk(told.site / folder)
        for name in (*files, *(one for one in folders if Path(parent, one).is_symlink()))
    ]
    assert told.data["files"]["lus"] == len(found)


# --- What is harmless -----------------------------------------------------------------------

ASIDE = [
    ".DS_Store",
    "._premier.md",
    ".env",
    ".git/config",
    ".premier.md.swp",
    "Thumbs.db",
    "copie.md.",
    "copie.md ",
    "copie.md:Zone.Identifier",
    "desktop.ini",
    "essai.html",
    "essai.php",
    "premier.md.bak",
    "premier.md~",
    "~$premier.docx",
    "~$premier.md",
]

TEMPLATES = [
    "{{ 7191*7193 }}",
    "{{ config }}",
    "{% import os %}",
    "{# a #}",
    "${7191*7193}",
    "#{7191*7193}",
]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_small_site(tmp_path / "inside/site")


def published(site: Path) -> dict[str, bytes | None]:
    """Build the site and return what was published, all of it under output/."""

    def outside() -> dict[str, bytes | None]:
        return {
            path: data for path, data in read_tree(site).items() if not path.startswith("output")
        }

    before = outside()
    data = run(site, "--json")
    assert data.code == 0, data.said
    assert sum(json.loads(data.said)["files"].values()) == 2 * json.loads(data.said)["files"]["lus"]
    assert outside() == before
    assert [path.name for path in site.parent.iterdir()] == ["site"]
    return read_tree(site / "output")


def test_what_programs_leave_is_named_and_never_published(site: Path) -> None:
    clean = published(site)
    for name in ASIDE:
        (site / C / name).parent.mkdir(exist_ok=True)
        (site / C / name).write_text(record(body=SECRET), "utf-8")
    assert published(site) == clean
    text = run(site).said
    for name in ASIDE:
        assert f"  laissé de côté : {C}/{name} (" in text
    assert f"{1 + len(ASIDE)} laissés de côté" in text


def test_ends_of_line_change_no_byte_of_the_site(site: Path) -> None:
    clean = published(site)
    ends = ("\r\n", "\r", "mixed")
    for number, path in enumerate(sorted((site / C).glob("*.md"))):
        text, end = path.read_text("utf-8"), ends[number % 3]
        text = text.replace("\n", "\r\n", 4) if end == "mixed" else text.replace("\n", end)
        path.write_bytes(text.encode())
    assert published(site) == clean


def test_content_is_never_a_template(site: Path) -> None:
    every = " ".join(TEMPLATES)
    quoted = "'" + every.replace("'", "''") + "'"
    (site / C / "gabarit.md").write_text(
        record(quoted, f"{every}\n\n## {every}\n").replace("Une phrase.", quoted), "utf-8"
    )
    made = published(site)
    page = (made["catalyseurs/gabarit/index.html"] or b"").decode()
    shown = re.sub(r"[\u00a0\u202f]", " ", page.replace("&#39;", "'").replace("’", "'"))
    for template in TEMPLATES:
        assert shown.count(template) >= 4, template  # title, summary, prose, heading
    for data in made.values():
        assert not re.search(rb"51724863|51.724.863|Config\(", data or b"")


def test_a_body_as_heavy_as_is_accepted_ends_soon(site: Path) -> None:
    signs = ("`", "[a](/x/) ") * 2  # others in `test_growth`
    body = "\n\n".join((sign * 9_900)[:9_900] for sign in signs)
    (site / C / "lourd.md").write_text(record(body=body), "utf-8")
    done = run(site)
    assert done.code == 1
    assert "/x/" in done.said


def test_a_hundred_mistakes_of_a_header_are_told_and_no_more(site: Path) -> None:
    unknown = "".join(f"cle{number}: x\n" for number in range(2_000))
    (site / C / "inconnues.md").write_text(record(more=unknown), "utf-8")
    (site / C / "renvois.md").write_text(record(more=f"x: [{'*a,' * 9_000}]\n"), "utf-8")
    done = run(site)
    assert done.code == 1
    assert 90 < done.said.count("n'existe pas ici") <= 100
    assert done.said.count("est un renvoi YAML") == 100
    assert done.said.count("plus de 100 erreurs dans cet en-tête") == 2


# --- Settings, assets, terminal, output -----------------------------------------------------


def plant_special_file(site: Path, path: str, kind: str) -> None:
    """Put a link to a secret, or a pipe, in place of a file of the site."""
    (site.parent / "secret").write_text(SECRET, "utf-8")
    (site / path).unlink(missing_ok=True)
    if kind == "link":
        (site / path).symlink_to(site.parent / "secret")
    else:
        os.mkfifo(site / path)


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_settings_are_a_plain_file(site: Path, kind: str) -> None:
    plant_special_file(site, "site.toml", kind)
    before = [site.parent, *site.parent.iterdir()]
    done = run(site)
    assert done.code == 3
    assert done.said.count("\n") == 1
    assert "/site.toml » : ce n'est pas un simple fichier." in done.said
    assert [site.parent, *site.parent.iterdir()] == before


@pytest.mark.parametrize("kind", ["link", "pipe"])
@pytest.mark.parametrize("path", ["volee.html", "page.html", "base.html", "assets/css/volee.css"])
def test_templates_and_assets_are_plain_files(site: Path, path: str, kind: str) -> None:
    plant_special_file(site, f"templates/{path}", kind)
    assert_refused(site, f"templates/{path}")


@pytest.mark.parametrize("folder", ["templates", "templates/assets", "templates/assets/css"])
def test_a_folder_of_templates_is_no_link(site: Path, folder: str) -> None:
    shutil.move(site / folder, site.parent / "ailleurs")
    (site / folder).symlink_to(site.parent / "ailleurs")
    assert_refused(site, folder)


def assert_refused(site: Path, path: str) -> None:
    done = run(site)
    assert done.code == 1
    assert f"{path}  ce n'est pas un simple fichier (c'est un lien" in done.said
    assert SECRET not in done.said
    assert not (site / "output").exists()


def test_the_lock_of_an_editor_stops_nothing_among_templates(site: Path) -> None:
    clean = published(site)
    for path in ("templates/.#page.html", "templates/assets/css/.#site.css"):
        (site / path).symlink_to("marie@poste.1234:1")
    (site / "templates/assets/css/site.css~").write_text(SECRET, "utf-8")
    assert run(site).code == 0
    assert read_tree(site / "output") == clean


def test_a_folder_of_content_that_is_a_file_is_told(site: Path) -> None:
    shutil.rmtree(site / C)
    (site / C).write_text("un fichier", "utf-8")
    done = run(site)
    assert done.code == 1
    assert f"{C}  ce n'est pas un dossier" in done.said


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_terminal_that_lacks_signs_stops_nothing(site: Path, encoding: str) -> None:
    (site / C / "n\udcff.md").write_text(record(), "utf-8")

    def before() -> None:
        sys.stdout = sys.stderr = open(1, "w", encoding=encoding, closefd=False)  # noqa: SIM115

    done = command.run(site, before=before)
    assert done.code == 1
    assert "n\\udcff" in done.said
    assert command.run(site, "--json", before=before).code == 1


@pytest.mark.parametrize(
    "output", [".", "..", "catalysers", "content", "templates", "content/pages"]
)
def test_the_output_is_never_a_folder_of_something_else(site: Path, output: str) -> None:
    (site / ".maille").touch()  # even when the marker has strayed there
    before = read_tree(site.parent)
    done = run(site, "--output", site / output)
    assert done.code == 3
    assert done.said.count("\n") == 1
    assert done.said.endswith("; rien n'a été touché.\n") or "n'a pas été touché" in done.said
    assert read_tree(site.parent) == before


@pytest.mark.parametrize("path", ["photos/ete.jpg", "index.html", ".maille/x"])
def test_an_output_that_holds_foreign_files_is_refused(site: Path, path: str) -> None:
    (site / "output" / path).parent.mkdir(parents=True)
    (site / "output" / path).write_text("cher", "utf-8")
    before = read_tree(site.parent)
    done = run(site)
    assert done.code == 3
    assert "n'a pas été produit par cette commande" in done.said
    assert read_tree(site.parent) == before
