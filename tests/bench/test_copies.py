"""Figures of the backup: a large store copied while others write, restored and compared.

SONGSTORY_BENCH_BACKUP says how many tracks the store has (default 1,000,000).
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from pathlib import Path

import pytest

import songstory as ss
from songstory.store import backups

pytestmark = pytest.mark.bench
TRACKS = int(os.environ.get("SONGSTORY_BENCH_BACKUP", "1000000"))


def large(path: Path) -> None:
    """Fill a store with plain SQL: tracks with three facts each."""
    connection = sqlite3.connect(path)
    connection.executescript(f"""
        PRAGMA synchronous=OFF;
        INSERT INTO source (id, key, name, licence, licence_url, attribution, url, trust, independent_group) VALUES (1,'s','S','CC0','','','',50,'s');
        INSERT INTO source_record (id, source_id, locator, revision, content_hash, last_seen) VALUES (1, 1, 'x', '', '', '2026-01-01');
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {TRACKS})
            INSERT INTO entity (id, uid, kind) SELECT i, 'r' || i, 'recording' FROM n;
        INSERT INTO track (id, uid, recording_id, title, artist_credit, first_release_date, popularity, src_fp, done_fp, title_key, artist_key)
            SELECT id, 't' || id, id, 'Song ' || id, 'Artist', '', id % 1000, '', '', 'song', 'artist' FROM entity;
        INSERT INTO fact (key, subject_id, predicate, value, precision, qualifiers, rank, quote, credited_as, reference, source_record_id, licence, first_seen)
            SELECT 'f' || e.id || '-' || k.k, e.id, 'tempo', '96', '', '{{}}', 'normal', '', '', '', 1, 'CC0', '2026-01-01'
            FROM entity e, (SELECT 1 AS k UNION SELECT 2 UNION SELECT 3) k;
    """)
    connection.commit()
    connection.close()


def test_a_backup_while_others_write(tmp_path: Path) -> None:
    path = tmp_path / "large.db"
    store = ss.open_store(f"sqlite:///{path}")
    large(path)
    ss.add_person(store, "ada", "admin", actor="ada")
    over, committed = threading.Event(), list[tuple[float, str]]()

    def write(number: int) -> None:
        while not over.is_set():
            name = f"p{number}-{len(committed)}"
            ss.add_person(store, name, "writer", actor="ada")
            committed.append((time.monotonic(), name))

    threads = [threading.Thread(target=write, args=(i,)) for i in range(2)]
    [t.start() for t in threads]
    time.sleep(1)
    start, before = time.monotonic(), {name for _, name in list(committed)}
    done = backups.backup(store, tmp_path / "copy.db")
    took, during = time.monotonic() - start, len(committed) - len(before)
    over.set()
    [t.join() for t in threads]
    store.close()
    start = time.monotonic()
    backups.restore(tmp_path / "copy.db", path, replace=True)
    back = time.monotonic() - start
    again = sqlite3.connect(path)
    found = {name for (name,) in again.execute("SELECT name FROM actor")}
    counts = {t: again.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("track", "fact", "entity")}
    again.close()
    print(
        f"\n{TRACKS:,} tracks, {done.bytes / 1e6:,.0f} MB: copied and checked in {took:.1f} s with {during} commits meanwhile, restored in {back:.1f} s; "
        f"{len(before - found)} of {len(before)} rows committed before are missing, rows {counts}"
    )
    assert not before - found and counts == {"track": TRACKS, "fact": 3 * TRACKS, "entity": TRACKS}
