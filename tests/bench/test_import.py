"""Figures of the import, each beside the raw driver writing the same rows into the same tables in the same run.

SONGSTORY_BENCH_TRACKS says how many tracks of three facts each (default 100,000; the figure of the issue is 1,000,000).
"""

import json
import os
import resource
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from postgres import fresh_database

import songstory as ss

pytestmark = pytest.mark.bench
TRACKS = int(os.environ.get("SONGSTORY_BENCH_TRACKS", "100000"))
TABLES = ("source", "entity", "entity_name", "track", "track_entity", "source_record", "fact")
IMPORT = """
import json, re, sys, time, songstory as ss
store = ss.open_store(sys.argv[1]); start = time.perf_counter()
done = ss.import_file(store, sys.argv[2])
peak = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024  # the child's own; ru_maxrss is its parent's too
print(json.dumps([time.perf_counter() - start, peak, sum(done.added.values()), done.skipped]))
"""


@pytest.fixture(scope="module")
def feed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("feed") / "feed.jsonl"
    with path.open("w") as file:
        file.write('{"kind":"source","key":"label","name":"Label feed","licence":"CC0"}\n')
        for i in range(TRACKS):
            track, record = f"t{i:07d}", f'"source":"label","locator":"row {i}"'
            file.write(
                f'{{"kind":"track","id":"{track}","title":"Song {i}","artist":"Artist {i % 50000}","length_ms":{180000 + i % 90000}}}\n'
            )
            file.write(
                f'{{"kind":"fact","track":"{track}","predicate":"released","value":"{1960 + i % 60}-0{1 + i % 9}-1{i % 9}",{record}}}\n'
            )
            file.write(f'{{"kind":"fact","track":"{track}","predicate":"tempo","value":{80 + i % 80},{record}}}\n')
            chart = '"qualifiers":{"chart":"UK Singles Chart"}'
            file.write(f'{{"kind":"fact","track":"{track}","predicate":"charted","value":{1 + i % 100},{chart},{record}}}\n')
    return path


def imported(url: str, feed: Path) -> tuple[float, float, int, str]:
    done = subprocess.run([sys.executable, "-c", IMPORT, url, str(feed)], capture_output=True, text=True, check=True)
    seconds, peak, added, skipped = json.loads(done.stdout)
    return seconds, peak, added, skipped


def rows_of(path: Path) -> dict[str, tuple[list[str], list[tuple[object, ...]]]]:
    connection = sqlite3.connect(path)
    found = {}
    for table in TABLES:
        cursor = connection.execute(f"SELECT * FROM {table}")
        found[table] = ([d[0] for d in cursor.description], cursor.fetchall())
    connection.close()
    return found


def batches(rows: dict[str, tuple[list[str], list[tuple[object, ...]]]]) -> list[tuple[str, list[str], list[tuple[object, ...]]]]:
    """Cut the rows into the batches an importer commits, about 1,250 tracks each, sources first."""
    steps = max(1, TRACKS // 1_250)
    cut = []
    for step in range(steps):
        for table, (columns, all_rows) in rows.items():
            low, high = (len(all_rows) * step // steps, len(all_rows) * (step + 1) // steps) if len(all_rows) > 1 else (0, int(step == 0))
            cut.append((table, columns, all_rows[low:high]))
        cut.append(("", [], []))
    return cut


def test_sqlite_beside_executemany(tmp_path: Path, feed: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    seconds, peak, added, _ = imported(url, feed)
    again, _, changed, skipped = imported(url, feed)
    rows = rows_of(tmp_path / "a.db")
    ss.open_store(f"sqlite:///{tmp_path / 'b.db'}").close()
    raw = sqlite3.connect(tmp_path / "b.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        raw.execute(f"PRAGMA {pragma}")
    start = time.perf_counter()
    raw.execute("BEGIN IMMEDIATE")
    for table, columns, part in batches(rows):
        if not table:
            raw.execute("COMMIT")
            raw.execute("BEGIN IMMEDIATE")
        elif part:
            names = ", ".join(f'"{c}"' for c in columns)
            raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' for _ in columns)})", part)
    raw.execute("COMMIT")
    floor = time.perf_counter() - start
    print(
        f"\nSQLite, {TRACKS:,} tracks, {added:,} rows: {seconds:.1f} s, peak {peak:.0f} MB; raw executemany {floor:.1f} s; ratio {floor / seconds:.2f}"
    )
    print(f"second import: {changed} rows changed, {again:.2f} s ({skipped})")
    assert changed == 0


def test_postgresql_beside_copy(tmp_path: Path, feed: Path, postgres: str) -> None:
    import psycopg

    url = fresh_database(postgres, "bench_import")
    seconds, peak, added, _ = imported(url, feed)
    again, _, changed, skipped = imported(url, feed)
    source = psycopg.connect(url)
    rows = {}
    for table in TABLES:
        cursor = source.execute(f"SELECT * FROM {table}")
        rows[table] = (
            [d.name for d in cursor.description or []],
            [tuple(json.dumps(v) if isinstance(v, dict | list) else v for v in r) for r in cursor],
        )
    source.close()
    other = fresh_database(postgres, "bench_copy")
    ss.open_store(other).close()
    raw = psycopg.connect(other)
    start, done = time.perf_counter(), 0
    for table, columns, part in batches(rows):
        if not table:
            done += 1
            if done & (done - 1) == 0:  # as the importer does, or the triggers' plans would be the figure
                raw.execute("ANALYZE entity, entity_name, track, track_entity, source_record, fact, dirty")
            raw.commit()
            continue
        names = ", ".join(f'"{c}"' for c in columns)
        values = columns.index("value") if table == "fact" else -1
        with raw.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in part:
                copy.write_row(
                    [json.dumps(v) if i == values and not isinstance(v, str) else v for i, v in enumerate(row)]
                    if values < 0
                    else _fact(row, values)
                )
    raw.commit()
    floor = time.perf_counter() - start
    raw.close()
    print(
        f"\nPostgreSQL, {TRACKS:,} tracks, {added:,} rows: {seconds:.1f} s, peak {peak:.0f} MB; raw COPY {floor:.1f} s; ratio {floor / seconds:.2f}"
    )
    print(f"second import: {changed} rows changed, {again:.2f} s ({skipped})")
    assert changed == 0


def _fact(row: tuple[object, ...], at: int) -> list[object]:
    return [json.dumps(v) if i == at else v for i, v in enumerate(row)]


def test_memory_of_a_long_discogs_dump(tmp_path: Path) -> None:
    from songstory.sources import discogs

    size = int(os.environ.get("SONGSTORY_BENCH_DUMP_MB", "200")) * 1_000_000
    body = (Path(__file__).parents[1] / "data/discogs/releases.xml").read_bytes()
    inner = body[body.index(b"<release ") : body.rindex(b"</releases>")]
    path = tmp_path / "dump.xml"
    with path.open("wb") as file:
        file.write(b"<releases>")
        for _ in range(size // len(inner)):
            file.write(inner)
        file.write(b"</releases>")
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, time.perf_counter()
    count = sum(1 for _ in discogs.parse(path))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = time.perf_counter() - start
    print(
        f"\nDiscogs dump of {size / 1e6:,.0f} MB: {count:,} recordings in {seconds:.1f} s ({size / 1e6 / seconds:.1f} MB/s), peak memory {before:.0f} -> {after:.0f} MB"
    )
    assert count
