"""Backup and restore: nothing that was committed is missing, nothing that is damaged comes back, nothing is overwritten."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from pathlib import Path

import pytest
from alembic import command

import songstory as ss
from songstory.errors import ConfigError, StoreError
from songstory.store import Store, backups, migrate, people


def file_of(store: Store) -> Path:
    return Path(str(store.engine.url.database))


def dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    lines = list(connection.iterdump())
    connection.close()
    return lines


def test_a_copy_is_the_store_row_for_row(sample: Store, tmp_path: Path) -> None:
    done = backups.backup(sample, tmp_path / "copy-1.db")
    assert dump(tmp_path / "copy-1.db") == dump(file_of(sample))
    assert (done.events, done.head) == people.chain_head(sample) and done.rows["track"] > 100


def test_what_was_committed_before_is_in_it_while_others_write(desk: Store, tmp_path: Path) -> None:
    over, made = threading.Event(), list[str]()

    def write() -> None:
        while not over.is_set():
            name = f"p{len(made)}"
            ss.add_person(desk, name, "writer", actor="ada")
            made.append(name)

    thread = threading.Thread(target=write)
    thread.start()
    for i in range(10):
        before = list(made)
        backups.backup(desk, tmp_path / f"{i}.db")
        copy = ss.open_store(f"sqlite:///{tmp_path / f'{i}.db'}")
        assert set(before) <= {p.name for p in people.list_people(copy)}
        people.verify_chain(copy)
        copy.close()
    over.set()
    thread.join()


def test_a_copy_comes_back_and_what_was_there_is_kept(sample: Store, tmp_path: Path) -> None:
    backups.backup(sample, tmp_path / "b.db")
    ss.add_person(sample, "late", "writer", actor="ada")
    sample.close()
    path = file_of(sample)
    with pytest.raises(StoreError, match="--replace"):
        backups.restore(tmp_path / "b.db", path)
    backups.restore(tmp_path / "b.db", path, replace=True)
    again = ss.open_store(f"sqlite:///{path}")
    kept = ss.open_store(f"sqlite:///{next(path.parent.glob(path.name + '.before-*'))}")
    assert "late" not in {p.name for p in people.list_people(again)} and "late" in {p.name for p in people.list_people(kept)}
    people.verify_chain(again)
    again.close()
    kept.close()


def test_a_damaged_copy_is_refused_and_the_store_is_as_it_was(sample: Store, tmp_path: Path) -> None:
    backups.backup(sample, tmp_path / "b.db")
    whole = (tmp_path / "b.db").read_bytes()
    for name, bad in {"cut": whole[: len(whole) // 2], "burnt": whole[:50_000] + b"\xff" * 40_000 + whole[90_000:], "text": b"no" * 999}.items():
        (tmp_path / name).write_bytes(bad)
        with pytest.raises(StoreError, match="damaged") as caught:
            backups.restore(tmp_path / name, file_of(sample), replace=True)
        assert "\n" not in str(caught.value)
    assert ss.brief_of(sample, "in-bloom").track.title == "In Bloom"


def test_a_copy_of_a_newer_songstory_is_refused(sample: Store, tmp_path: Path) -> None:
    backups.backup(sample, tmp_path / "b.db")
    connection = sqlite3.connect(tmp_path / "b.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="newer songstory"):
        backups.restore(tmp_path / "b.db", tmp_path / "new.db")


def test_nothing_is_overwritten_and_nothing_half_is_left(sample: Store, tmp_path: Path) -> None:
    (tmp_path / "there.db").write_text("mine")
    with pytest.raises(StoreError, match="exists"):
        backups.backup(sample, tmp_path / "there.db")
    with pytest.raises(StoreError, match="cannot write"):
        backups.backup(sample, tmp_path / "no" / "folder.db")
    with pytest.raises(StoreError, match="no backup"):
        backups.restore(tmp_path / "none.db", tmp_path / "x.db")
    assert (tmp_path / "there.db").read_text() == "mine" and not list(tmp_path.glob("*.part"))


def test_a_store_somebody_works_on_is_not_taken_away(sample: Store, tmp_path: Path) -> None:
    backups.backup(sample, tmp_path / "b.db")
    with sample.session() as session:
        session.connection()
        with pytest.raises(StoreError, match="locked"):
            backups.restore(tmp_path / "b.db", file_of(sample), replace=True)


def test_postgresql_is_told_its_own_tools(any_store: Store, tmp_path: Path) -> None:
    if any_store.dialect == "sqlite":
        assert backups.backup(any_store, tmp_path / "b.db").rows["track"] == 0
    else:
        with pytest.raises(ConfigError, match="pg_dump"):
            backups.backup(any_store, tmp_path / "b.db")


def test_a_copy_is_kept_before_the_schema_is_changed(store: Store, tmp_path: Path) -> None:
    """Nothing is lost by an upgrade: the store as it was lies beside it, and opens with the step that wrote it."""
    ss.import_sample(store)
    with store.engine.begin() as connection:
        config = migrate._config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0008")
    store.close()
    ss.open_store(f"sqlite:///{tmp_path / 'store.db'}").close()
    with contextlib.closing(sqlite3.connect(tmp_path / "store.db.schema-0008")) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0008",)
        assert copy.execute("SELECT count(*) FROM track").fetchone() == (139,)
