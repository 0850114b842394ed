from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from maille.cache import store as module
from maille.cache.store import ROOM, VALUE_LIMIT, Store, Stores, open_stores


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / ".maille" / "documents")


def find_file(store: Store) -> Path:
    [path] = store.folder.iterdir()
    return path


def test_a_value_comes_back_under_its_key_alone(store: Store) -> None:
    assert store.get(b"a") is None
    for key, value in ((b"a", b"1"), (b"b", b""), (b"c", b"x" * 10_000)):
        store.put(key, value)
        assert store.get(key) == value
    store.put(b"a", b"2")
    assert [store.get(key) for key in (b"a", b"b", b"d")] == [b"2", b"", None]
    assert Store(store.folder).get(b"a") == b"2"


def test_git_ignores_a_folder_that_the_store_makes(store: Store, tmp_path: Path) -> None:
    store.put(b"a", b"1")
    assert (tmp_path / ".maille/.gitignore").read_text() == "*\n"
    Store(tmp_path / "documents").put(b"a", b"1")
    assert not (tmp_path / ".gitignore").exists()


def test_what_another_engine_made_is_not_there(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(b"a", b"1")
    monkeypatch.setattr(module, "digest_engine", lambda: b"another")
    assert store.get(b"a") is None
    store.put(b"a", b"2")
    store.keep_only([b"a"])
    assert store.get(b"a") == b"2"
    find_file(store)


def test_what_is_not_used_goes_and_what_is_not_ours_stays(store: Store) -> None:
    for key in (b"a", b"b", b"c"):
        store.put(key, key)
    (store.folder / "notes.txt").write_text("")
    (store.folder / f"{'0' * 40}.12.tmp").write_text("half")
    (store.folder / ("a" * 40)).mkdir()
    store.keep_only([b"b", b"d"])
    assert [store.get(key) for key in (b"a", b"b", b"c")] == [None, b"b", None]
    assert (store.folder / "notes.txt").exists()
    store.keep_only([])
    Store(store.folder / "nowhere").keep_only([])


def test_a_value_that_changed_on_the_disk_is_not_there(store: Store) -> None:
    store.put(b"a", b"value")
    path = find_file(store)
    data = path.read_bytes()
    for spoilt in (
        *(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :] for at in range(len(data))),
        *(data[:at] for at in range(len(data))),
        data + b"\0",
        b"\0" * len(data),
    ):
        path.write_bytes(spoilt)
        assert store.get(b"a") is None
    path.write_bytes(data)
    assert store.get(b"a") == b"value"


def test_two_values_swapped_are_not_there(store: Store) -> None:
    store.put(b"a", b"1")
    one = find_file(store)
    store.put(b"b", b"2")
    [other] = {*store.folder.iterdir()} - {one}
    one.rename(store.folder / "aside")
    other.rename(one)
    (store.folder / "aside").rename(other)
    assert [store.get(b"a"), store.get(b"b")] == [None, None]


def test_links_pipes_folders_and_huge_files_are_not_read(store: Store, tmp_path: Path) -> None:
    store.put(b"a", b"1")
    path = find_file(store)
    (tmp_path / "elsewhere").write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(tmp_path / "elsewhere")
    assert store.get(b"a") is None
    path.unlink()
    os.mkfifo(path)
    assert store.get(b"a") is None
    path.unlink()
    path.mkdir()
    assert store.get(b"a") is None
    store.put(b"a", b"1")
    path.rmdir()
    with path.open("wb") as file:
        file.truncate(VALUE_LIMIT + 1000)
    assert store.get(b"a") is None
    store.put(b"a", b"1")
    assert store.get(b"a") == b"1"


def test_a_link_of_the_same_name_is_replaced_not_followed(store: Store, tmp_path: Path) -> None:
    store.put(b"a", b"1")
    path = find_file(store)
    path.unlink()
    (tmp_path / "precious").write_text("precious")
    path.symlink_to(tmp_path / "precious")
    store.put(b"a", b"1")
    assert (tmp_path / "precious").read_text() == "precious"
    assert store.get(b"a") == b"1"


def test_a_disk_that_is_nearly_full_is_left_to_the_site(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(store.folder.parent.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=ROOM - 1))
    store.put(b"a", b"1")
    assert store.get(b"a") is None
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=ROOM))
    store.put(b"a", b"1")
    assert store.get(b"a") == b"1"


def test_what_cannot_be_written_is_not_kept_and_leaves_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(b"a", b"1")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    store.put(b"b", b"2")
    assert store.get(b"b") is None
    assert len([*store.folder.iterdir()]) == 1
    (tmp_path / "file").write_text("")
    for blocked in (tmp_path / "file" / "documents", tmp_path / "file"):
        Store(blocked).put(b"a", b"1")
        assert Store(blocked).get(b"a") is None
        Store(blocked).keep_only([])


def test_the_folder_may_be_a_link_to_nowhere_good(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    (precious / "documents").mkdir(parents=True)
    victim = precious / "documents" / ("a" * 40)
    victim.write_text("precious")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/.maille").symlink_to(precious)
    assert open_stores(tmp_path / "site/.maille", tmp_path).documents is None
    (tmp_path / "site/.maille").unlink()
    (tmp_path / "site/.maille").mkdir()
    (tmp_path / "site/.maille/documents").symlink_to(precious / "documents")
    stores = open_stores(tmp_path / "site/.maille", tmp_path)
    assert stores.documents is None
    assert stores.files
    stores.forget_all()
    assert victim.read_text() == "precious"


def test_bytecode_is_never_in_the_folder_that_may_be_restored(tmp_path: Path) -> None:
    stores = open_stores(tmp_path / ".maille", tmp_path / "templates")
    assert stores.bytecode
    assert stores.bytecode.folder == tmp_path / "templates/__pycache__"
    assert open_stores(None, tmp_path) == Stores()


def test_all_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    stores = open_stores(tmp_path / ".maille", tmp_path / "templates")
    every = [stores.documents, stores.files, stores.bytecode]
    for store in every:
        assert store
        store.put(b"a", b"1")
    stores.forget_all()
    assert [store.get(b"a") for store in every if store] == [None, None, None]
    Stores().forget_all()
