"""What machines read of a site, read back by other people's readers and by the standards."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import warnings
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import feedparser
import icalendar
from selectolax.lexbor import LexborHTMLParser

SVG = "{http://www.w3.org/2000/svg}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ACTING = (
    *("iframe", "frame", "frameset", "object", "embed", "applet", "base", "style", "template"),
    *("foreignObject", "animate", "set", "use", "math", "portal", "audio", "video"),
)
# Where our forms go; the last is the service of `site.toml` in tests.
FORMS = {"/catalyseurs/", "/carte/", "/lettres/", "/recherche/", "https://service.example/"}
GEOMETRIES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")


def find_files(output: Path, pattern: str) -> dict[str, Path]:
    """Return the files of that pattern, at least one, by relative path."""
    found = {path.relative_to(output).as_posix(): path for path in sorted(output.rglob(pattern))}
    assert found, pattern
    return found


def parse_page(path: Path) -> Any:
    """Return the tree of a page, as browsers build it (the HTML Standard, by Lexbor)."""
    parser = LexborHTMLParser(path.read_bytes().decode("utf-8"))
    return _convert_node(parser.root)


def parse_fragment(html: str) -> Any:
    """Return the tree of a piece of HTML, as feed readers build it."""
    found = ElementTree.Element("fragment")
    parser = LexborHTMLParser(f"<!DOCTYPE html><body>{html}")
    found.extend(_convert_node(parser.body))
    return found


def _convert_node(top: Any) -> Any:
    """Return a node of Lexbor as an element of the standard library, without comments.

    Elements of drawings bear their namespace, those of pages none.
    """
    made: dict[int, Any] = {}
    for node in top.traverse(include_text=True):
        above = made.get(node.parent.mem_id) if made else None
        if node.is_text_node:
            _add_text(above, node.text_content)
        elif node.is_element_node:
            attributes = {name: value or "" for name, value in node.attributes.items()}
            drawn = node.tag == "svg" or (above is not None and above.tag.startswith(SVG))
            element = ElementTree.Element(f"{SVG if drawn else ''}{node.tag}", attributes)
            made[node.mem_id] = element
            if above is not None:
                above.append(element)
    return made[top.mem_id]


def _add_text(above: Any, text: str) -> None:
    if len(above):
        above[-1].tail = (above[-1].tail or "") + text
    else:
        above.text = (above.text or "") + text


def find_active_elements(tree: Any) -> list[str]:
    """Return what would act in a page: scripts that are not ours, handlers, frames, addresses."""
    return [
        f"{element.tag} {element.attrib} {(element.text or '')[:60]}"
        for element in tree.iter()
        if isinstance(element.tag, str)
        and (_is_active(element) or any(map(_is_live, element.items())))
    ]


def _is_active(element: Any) -> bool:
    """Return whether an element does something by itself that none of our templates means it to."""
    name = element.tag.removeprefix(SVG)
    match name:
        case "script" if element.get("type") in ("application/ld+json", "application/json"):
            return "src" in element.attrib
        case "script":
            return bool(element.text) or not str(element.get("src")).startswith("/assets/")
        case "meta" if "http-equiv" in element.attrib:
            return bool(element.get("http-equiv") != "Content-Security-Policy")
        case "form":
            by_script = element.get("id") in ("_proposition", "_filtre")  # scripts read them
            return not by_script and str(element.get("action")) not in FORMS
        case "template":  # ours, which are inert, hold what nobody sees yet
            return bool(element.attrib)
        case "base":  # the map alone opens its links beside the page that shows it
            return dict(element.attrib) != {"target": "_blank"}
        case "link":
            own = ("/", "https://catalyseurs.example/")
            return not str(element.get("href", "/")).startswith(own)
    return name in ACTING


def _is_live(attribute: tuple[str, str]) -> bool:
    """Return whether an attribute runs something, or leads where a link may not."""
    name, value = attribute
    if name in {"href", "src", "action", "formaction", "data", "poster", "cite", "xlink:href"}:
        # Browsers drop spaces and controls before they read a scheme.
        scheme = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x20]", "", value), re.IGNORECASE)
        return scheme is not None and scheme[1].lower() not in {"http", "https", "mailto", "tel"}
    return name.startswith("on") or name in {"style", "srcdoc", "ping", "background", "is"}


def read_json_ld(tree: Any) -> list[Any]:
    """Return what a page says in JSON-LD."""
    return [
        json.loads(element.text)
        for element in tree.iter("script")
        if element.get("type") == "application/ld+json"
    ]


def read_atom(path: Path) -> Any:
    """Return the feed of a file, as `parse_atom` does."""
    return parse_atom(path.read_bytes())


def parse_atom(data: bytes) -> Any:
    """Return a feed; feedparser must have nothing to mend in it (no « bozo »)."""
    ElementTree.fromstring(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = feedparser.parse(data, response_headers={"content-type": "application/atom+xml"})
    assert not found.bozo, found.get("bozo_exception")
    return found


def read_json_feed(path: Path) -> Any:
    found = json.loads(path.read_bytes())
    check_json_feed(found)
    return found


def check_json_feed(found: Any) -> None:
    """Fail unless a feed is what version 1.1 of JSON Feed asks, with whole addresses."""
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["title"]
    assert found["feed_url"].startswith("https://")
    assert found["home_page_url"].startswith("https://")
    assert isinstance(found["items"], list)
    for entry in found["items"]:
        assert isinstance(entry["id"], str)
        assert entry.get("content_html") or entry["content_text"]
        assert entry["url"].startswith("https://")
        for key in ("date_published", "date_modified"):
            if key in entry:
                assert datetime.datetime.fromisoformat(entry[key]).tzinfo
    ids = [entry["id"] for entry in found["items"]]
    assert len(set(ids)) == len(ids)


def read_events(path: Path) -> list[Any]:
    """Return the events of a calendar that keeps to the form of RFC 5545."""
    data = path.read_bytes()
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and not set(line) & {10, 13} for line in lines), path
    calendar = icalendar.Calendar.from_ical(data)
    assert [part.errors for part in calendar.walk() if part.errors] == []
    assert {part.name for part in calendar.walk()} <= {
        "VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VEVENT",
    }  # fmt: skip
    found = list(calendar.walk("VEVENT"))
    for event in found:
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "URL", "SEQUENCE"} <= {*event}
    assert len({str(event["UID"]) for event in found}) == len(found)
    return found


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV: every row is whole, and no cell is a formula."""
    text = path.read_bytes().decode("utf-8-sig")
    names, *found = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    assert len(set(names)) == len(names)
    assert all(len(row) == len(names) for row in found)
    records = [dict(zip(names, row, strict=True)) for row in found]
    for record in records:
        for name, value in record.items():
            if name not in {"latitude", "longitude", "telephone"}:
                assert value[:1] not in {*"=+-@\t\r\n\0＝＋－＠"}, (name, value)
    return records


def read_geojson(path: Path) -> list[Any]:
    """Return the features of a GeoJSON that keeps to RFC 7946."""
    data = path.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    found = json.loads(data)
    assert found["type"] == "FeatureCollection"
    assert isinstance(found["features"], list)
    # 4: no other system of coordinates; 7.1: nothing of another type's.
    assert not {"crs", "geometry", "properties", "coordinates", "geometries"} & {*found}
    for feature in found["features"]:
        assert feature["type"] == "Feature"
        assert isinstance(feature.get("id", ""), str | int | float)
        assert isinstance(feature["properties"], dict)
        assert not {"crs", "features", "coordinates", "geometries"} & {*feature}
        check_geometry(feature["geometry"])
    for thing in (found, *found["features"]):
        check_bbox(thing.get("bbox"))
    ids = [feature["id"] for feature in found["features"] if "id" in feature]
    assert len(set(ids)) == len(ids)
    return list(found["features"])


def check_geometry(geometry: Any) -> None:
    """Fail unless a geometry (or none) is one of RFC 7946, 3.1, of the right depth."""
    if geometry is None:
        return
    assert geometry["type"] in GEOMETRIES
    assert not {"crs", "geometry", "properties", "features"} & {*geometry}
    places, kind = geometry["coordinates"], geometry["type"]
    if kind == "Point":
        check_position(places)
    elif kind.endswith("Polygon"):
        for polygon in places if kind == "MultiPolygon" else [places]:
            for number, ring in enumerate(polygon):
                check_ring(ring, inside=number > 0)
    else:
        for line in places if kind == "MultiLineString" else [places]:
            assert kind == "MultiPoint" or len(line) >= 2
            for position in line:
                check_position(position)


def check_ring(ring: Any, *, inside: bool) -> None:
    """Fail unless a ring is closed, and turns as the right-hand rule says."""
    for position in ring:
        check_position(position)
    assert len(ring) >= 4
    assert ring[0] == ring[-1]
    clockwise = sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(ring))
    assert (clockwise > 0) is inside


def check_position(position: Any) -> None:
    """Fail unless a position is longitude and latitude, in that order, in degrees."""
    assert isinstance(position, list)
    assert len(position) in {2, 3}
    assert all(type(number) in {int, float} for number in position)
    assert -180 <= position[0] <= 180
    assert -90 <= position[1] <= 90


def check_bbox(box: Any) -> None:
    if box is not None:
        assert len(box) in {4, 6}
        half = len(box) // 2
        check_position(box[:half])
        check_position(box[half:])
        assert box[1] <= box[half + 1]


def read_sitemap(output: Path) -> Iterator[str]:
    """Yield the addresses of the sitemap; each is a page that was built."""
    root = ElementTree.fromstring((output / "sitemap.xml").read_bytes())
    assert root.tag == f"{SITEMAP}urlset"
    addresses = [found.text or "" for found in root.iter(f"{SITEMAP}loc")]
    assert len(addresses) == len(list(root)) == len(set(addresses))
    home = min(addresses, key=len)
    for address in addresses:
        assert urlsplit(address).scheme == "https"
        assert (output / unquote(address.removeprefix(home)) / "index.html").is_file(), address
        yield address
