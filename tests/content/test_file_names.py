from __future__ import annotations

import pytest

from maille.content.file_names import find_absent, find_original, is_debris, is_manual


@pytest.mark.parametrize(
    "path",
    [
        # Locks and backups of Emacs, Vim, nano, LibreOffice, Word, TextEdit.
        *("catalysers/.#a.md", "catalysers/#a.md#", "catalysers/a.md~", "catalysers/a.md.~1~"),
        *("catalysers/.a.md.swp", "catalysers/a.md.swo", "catalysers/4913", "catalysers/5036"),
        *("catalysers/a.md.save", "catalysers/.~lock.a.odt#", "catalysers/~$a.docx"),
        *("catalysers/a.md.sb-1a2b3c4d-WxYz01", "catalysers/~WRL0001.tmp"),
        # Left by file managers, servers and copying tools.
        *("catalysers/.DS_Store", "catalysers/._a.md", "content/images/Thumbs.db"),
        *("content/images/@eaDir/a.jpg/THUMB.jpg", "content/#recycle/a.md", "__MACOSX/a.md"),
        *("catalysers/a.md.orig", "catalysers/a.bak", "catalysers/~syncthing~a.md.tmp"),
        "content/.obsidian/app.json",
    ],
)
def test_what_software_leaves_is_told_from_its_name(path: str) -> None:
    assert is_debris(path)


@pytest.mark.parametrize(
    "path",
    ["catalysers/a.md", "catalysers/2024.md", "newsletters/2024-05.md", "a/112.md", "a/_modele.md"],
)
def test_content_is_not_taken_for_debris(path: str) -> None:
    assert not is_debris(path)


def test_a_manual_is_told_from_its_name() -> None:
    assert [*map(is_manual, ("README.md", "Readme.MD", "LISEZMOI.md", "lisez.md"))] == [
        *(True, True, True, False)
    ]


@pytest.mark.parametrize(
    ("name", "absent"),
    [
        (".a.md.icloud", "a.md"),
        (".evenements.icloud", "evenements"),
        ("a.md.nextcloud", "a.md"),
        ("a.md.owncloud", "a.md"),
        ("a.md.crdownload", "a.md"),
        ("a.md.part", "a.md"),
        ("a.icloud", ""),
        ("a.md", ""),
    ],
)
def test_a_placeholder_names_the_file_that_is_elsewhere(name: str, absent: str) -> None:
    assert find_absent(name) == absent


@pytest.mark.parametrize(
    "stem",
    [
        # Windows, macOS and GNOME.
        *("fiche - Copie", "fiche - Copie (2)", "fiche - Copy", "fiche copie", "fiche copie 2"),
        *("fiche (copie)", "fiche (autre copie)", "fiche (3e copie)"),
        # Google Drive, Dropbox, Nextcloud, Seafile, Syncthing, git mergetool.
        *("Copie de fiche", "Copy of fiche", "fiche (Marie's conflicted copy 2026-11-01)"),
        *(
            "fiche (copie en conflit de Marie 2026-11-01)",
            "fiche (conflicted copy 2026-11-01 1010)",
        ),
        *("fiche (SFConflict marie 2026-11-01)", "fiche.sync-conflict-20261101-101010-ABCDEFG"),
        *("fiche_conflict-20261101-101010", "fiche_LOCAL_1234"),
    ],
)
def test_a_copy_names_its_original(stem: str) -> None:
    assert find_original(stem) == "fiche"


@pytest.mark.parametrize("stem", ["fiche", "fiche-2026", "fiche (1)", "photocopie"])
def test_other_names_are_not_those_of_copies(stem: str) -> None:
    assert find_original(stem) == ""
