"""Figures, printed and compared side by side in one run; never a timed test. `make bench` prints them."""

from __future__ import annotations

import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import add_people
from postgres import fresh_database

import songstory as ss
from songstory import grounding
from songstory.generation import verdicts_on
from songstory.store import Store, queue, stories

pytestmark = pytest.mark.bench
ROUNDS = 7


def interleaved(calls: dict[str, Callable[[], object]], times: int) -> dict[str, float]:
    """Return the median microseconds of each call, the calls taken in turn."""
    found: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name, call in calls.items():
            start = time.perf_counter()
            for _ in range(times):
                call()
            found[name].append((time.perf_counter() - start) / times * 1e6)
    return {name: statistics.median(values) for name, values in found.items()}


@pytest.fixture
def live(sample: Store) -> Store:
    revision = stories.get_revision(sample, "west-end-girls").id
    ss.submit(sample, revision, actor="mara")
    ss.approve(sample, revision, actor="ben")
    ss.publish(sample, revision, actor="cleo")
    return sample


def test_published_json_beside_a_raw_read(live: Store) -> None:
    raw = sqlite3.connect(live.engine.url.database or "", isolation_level=None)
    query = "SELECT body FROM publication WHERE track_uid=? AND language=? AND market=? AND live=1"

    def read() -> bytes:
        return bytes(raw.execute(query, ("west-end-girls", "en", "world")).fetchone()[0])

    assert read() == ss.published_json(live, "west-end-girls")
    us = interleaved({"raw sqlite3": read, "published_json": lambda: ss.published_json(live, "west-end-girls")}, 2000)
    raw.close()
    print(
        f"\npublished_json: {us['published_json']:.1f} us, raw sqlite3 {us['raw sqlite3']:.1f} us, {us['published_json'] / us['raw sqlite3']:.2f}x"
    )


def test_published_json_beside_a_raw_read_on_postgresql(postgres: str) -> None:
    import psycopg

    uri = fresh_database(postgres, "published")
    store = ss.open_store(uri)
    ss.import_sample(store)
    add_people(store)
    revision = ss.generate(store, "west-end-girls", ss.open_writer(), actor="mara").id
    ss.submit(store, revision, actor="mara")
    ss.approve(store, revision, actor="ben")
    ss.publish(store, revision, actor="cleo")
    raw = psycopg.connect(uri, autocommit=True)
    query = "SELECT body FROM publication WHERE track_uid=%s AND language=%s AND market=%s AND live"

    def read() -> bytes:
        return bytes(raw.execute(query, ("west-end-girls", "en", "world")).fetchone()[0])  # type: ignore[index]

    assert read() == ss.published_json(store, "west-end-girls")
    us = interleaved({"raw psycopg": read, "published_json": lambda: ss.published_json(store, "west-end-girls")}, 500)
    raw.close()
    store.close()
    print(
        f"\npublished_json on PostgreSQL: {us['published_json']:.1f} us, raw psycopg {us['raw psycopg']:.1f} us, {us['published_json'] / us['raw psycopg']:.2f}x"
    )


def test_import_beside_sqlmodel() -> None:
    def once(code: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return time.perf_counter() - start

    names = {"nothing": "pass", "sqlmodel": "import sqlmodel", "songstory": "import songstory"}
    found: dict[str, list[float]] = {n: [] for n in names}
    for _ in range(9):
        for name, code in names.items():
            found[name].append(once(code))
    best = {n: statistics.median(v) for n, v in found.items()}
    own = (best["songstory"] - best["nothing"]) / (best["sqlmodel"] - best["nothing"])
    print(
        f"\nimport songstory {best['songstory']:.3f} s, import sqlmodel {best['sqlmodel']:.3f} s: {best['songstory'] / best['sqlmodel']:.2f}x whole, {own:.2f}x without the interpreter"
    )


def test_the_story_part(tmp_path: Path) -> None:
    code = (
        "import time, resource, songstory as ss; s = ss.open_store('sqlite:///x.db'); ss.import_sample(s); t = time.time(); r = ss.generate_all(s, ss.open_writer()); "
        "print(f'{time.time() - t:.2f} s', r.counts, f'peak RSS {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB')"
    )
    print(
        "\nstory part:",
        subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True).stdout.strip(),
    )


def test_claims_a_second(sample: Store) -> None:
    found = [stories.get_revision(sample, s.id) for s in queue.list_stories(sample, size=1000).items]
    start = time.perf_counter()
    checked = sum(len(verdicts_on(sample, r.track, r.cards)) for r in found)
    print(
        f"\ngrounding ({grounding.VERIFIER}): {checked / (time.perf_counter() - start):.0f} claims a second, reading the facts from the store included"
    )
