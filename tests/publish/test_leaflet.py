"""The files of Leaflet and its plug-ins that a site serves."""

from __future__ import annotations

from maille.publish import leaflet


def test_the_libraries_come_with_their_licences() -> None:
    files = leaflet.read_libraries()
    folders = {path.partition("/")[0] for path in files}
    assert len(folders) == 3
    for folder in folders:
        assert b"Copyright" in files[f"{folder}/LICENSE.txt"]
    assert b"CloudMade" in files["leaflet-1.9.3/LICENSE.txt"]
    assert b"David Leaver" in files["leaflet-markercluster-1.4.1/LICENSE.txt"]
    assert b"elmarquis" in files["leaflet-gesture-handling-1.2.1/LICENSE.txt"]
    assert b"Leaflet 1.9.3" in files["leaflet-1.9.3/leaflet.js"]


def test_each_file_of_a_library_is_served_under_its_name_and_version() -> None:
    files = leaflet.read_libraries()
    for library in leaflet.LIBRARIES:
        served = {path for path in files if path.startswith(f"{library.name}-{library.version}/")}
        assert served == {f"{library.folder}/{name}" for name in (*library.files, "LICENSE.txt")}
    assert all(files.values())
