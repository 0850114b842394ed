"""« Ma lettre en 30 minutes » of the guide, followed on a copy, from nothing to a sealed mail.

Each command is taken from the guide; between them the editor does what its steps say.
"""

from __future__ import annotations

import email
import email.policy
import re
import shlex
from pathlib import Path

import pytest

from tests.building import ROOT, copy_site
from tests.command import Done, run

GUIDE = (ROOT / "docs/guide-redaction.md").read_text("utf-8")
STEPS = GUIDE.partition("### Ma lettre en 30 minutes\n")[2].partition("\n<!-- newsletter -->")[0]
COMMANDS = [
    shlex.split(words)
    for words in re.findall(r"`python build\.py ([^`]*)`", STEPS.partition("\n\n**")[0])
]
MONTH = "2026-12"
LETTER = f"newsletters/{MONTH}.md"
DAY = "2026-12-15"
# Words that an English message would have, and a French one would not.
ENGLISH = re.compile(r"\b(the|is|not|error|warning|failed|file|expected|invalid|missing|line)\b")


def typed(words: list[str], site: Path) -> Done:
    """Type a command of the guide on the day of the letter; all that it says is in French."""
    done = run(site, *words, "--date", DAY)
    assert "Traceback" not in done.said
    assert not ENGLISH.search(re.sub(r"« [^»]* »|\S*[/.]\S*", "", done.said))
    return done


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the miniature, without the pages of territories (`tests/command.py`)."""
    folder = copy_site(tmp_path_factory.mktemp("copie"))
    config = (folder / "site.toml").read_text("utf-8")
    menu = '[[menu]]\ngroupe = "Trouver"\ntitre = "Territoires"\nadresse = "/territoires/"\n'
    assert menu in config
    (folder / "site.toml").write_text(config.replace(menu, ""), "utf-8")
    return folder


def write(site: Path, text: str) -> None:
    (site / LETTER).write_text(text, "utf-8")


def read(site: Path) -> str:
    return (site / LETTER).read_text("utf-8")


def test_the_guide_gives_the_four_commands_in_order() -> None:
    assert COMMANDS == [
        ["nouveau", "lettre", MONTH],
        ["relire", MONTH],
        ["lettre", MONTH],
        ["sceller", MONTH],
    ]


def test_from_nothing_to_a_sealed_mail(site: Path) -> None:
    new, proofread, mail, seal = COMMANDS

    # 1. The file is there, with what is known of each project under its title.
    assert typed(new, site).code == 0
    text = read(site)
    assert "brouillon: oui" in text
    assert "Dernière nouvelle : mai 2025" in text
    projects = re.findall(r"(?m)^## (.*)$", text)
    assert "Recycl'Herbe80" in projects

    # Too early: every command says what is to be done first.
    early = typed(proofread, site)
    assert early.code == 1
    assert early.said.count("est vide") == len(projects)
    assert "le titre ne dit que le mois" in early.said  # and the rest of the advice with it

    # 2 and 3. One project has news; the others go with their notes. A title, a summary.
    head, _, _ = text.partition("\n## ")
    head = re.sub(r"(?m)^titre:.*$", "titre: Des nouvelles d'essai", head)
    head = re.sub(r"(?m)^resume:.*$", "resume: Un projet, une phrase.", head)
    news = "Le texte de l'essai, avec [la page du projet](/projets/recycl-herbe80/)."
    write(site, f"{head}\n## Recycl'Herbe80\n\n{news} Détails [ici](https://example.org/).\n")

    # 4. What would embarrass.
    told = typed(proofread, site)
    assert told.code == 0
    assert "« ici » ne dit pas où mène le lien" in told.said
    write(site, read(site).replace("[ici]", "[sur la page d'exemple]"))
    assert "ici" not in re.findall(r"« (\w+) » ne dit pas", typed(proofread, site).said)

    # A draft is not sealed, and says why.
    assert "attend (brouillon)" in typed(seal, site).said

    # 5. The day.
    write(site, re.sub(r"(?m)^brouillon: oui.*$", f"publie_le: {DAY}", read(site)))

    # 6. The mail.
    done = typed(mail, site)
    assert done.code == 0
    assert f"Le courriel est dans envois/{MONTH}/ ; rien n'a été envoyé." in done.said

    # 7. Sealed.
    done = typed(seal, site)
    assert done.code == 0
    kept = site / f"newsletters/scelles/{MONTH}/lettre-{MONTH}.eml"
    message = email.message_from_bytes(kept.read_bytes(), policy=email.policy.default)
    assert message["Subject"] == "Lettre de décembre 2026 : Des nouvelles d'essai"
    text_part = message.get_body(("plain",))
    assert text_part
    assert re.search(r"Précédemment\s:\s+mai 2025", text_part.get_content())
    assert (site / f"envois/{MONTH}/lettre-{MONTH}.eml").read_bytes() == kept.read_bytes()

    # It is published, and refuses to change.
    assert typed(["construire"], site).code == 0
    page = (site / f"output/lettres/{MONTH}/index.html").read_text("utf-8")
    assert "Le texte tel qu’il est parti" in page
    write(site, read(site).replace("Le texte de l'essai", "Un autre texte"))
    refused = typed(["verifier"], site)
    assert refused.code == 1
    assert f"{LETTER}:" in refused.said
    assert "cette lettre est partie le 15 décembre 2026 : elle ne change plus" in refused.said

    # The erratum of the guide.
    write(site, read(site).replace("Un autre texte", "Le texte de l'essai"))
    errata = re.search(r"```yaml\n(errata:.*?)```", STEPS, re.DOTALL)
    assert errata
    dated = errata[1].replace("2026-12-18", DAY)
    write(site, read(site).replace("publie_le:", f"{dated}publie_le:"))
    assert typed(["verifier"], site).code == 0
