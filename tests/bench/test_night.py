"""Figures of the night: what a large catalogue costs when nothing, or one track in a hundred, changed; verified stories a second.

SONGSTORY_BENCH_TRACKS says how many tracks the large catalogue has (default 100,000; the figure of the issue is 1,000,000).
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from itertools import groupby
from pathlib import Path

import pytest
from factories import feed
from fake_anthropic import FakeAnthropic

import songstory as ss
from songstory import generation
from songstory.nightly import Night

pytestmark = pytest.mark.bench
LARGE = int(os.environ.get("SONGSTORY_BENCH_TRACKS", "100000"))
SMALL = 10_000

NIGHT = """
import json, re, resource, sys, time, songstory as ss
from songstory import nightly
from songstory.store import nights, runs
store, writer = ss.open_store(sys.argv[1]), ss.open_writer()
night = nightly.Night(store, writer, checkers=2)
def timed(call):
    start = time.perf_counter(); call(); return time.perf_counter() - start
recipe = night.recipe()
plan = min(timed(lambda: nights.count_wanted(store, recipe, "en", "world")) for _ in range(5))
cpu, wall = time.process_time(), time.perf_counter()
done = nightly.run_night(night)
cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
tasks = [p.job.task for p in night.prepare([i.track for i in runs.run_items(store, done.id, status="ready", size=500).items]) if p.job]
start = time.process_time()
for task in tasks: writer.write(task)
writing = (time.process_time() - start) / max(len(tasks), 1)
peak = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024
print(json.dumps({"plan_ms": plan * 1e3, "counts": done.counts, "cpu": cpu, "wall": wall, "writing": writing, "peak": peak}))
"""


def written(folder: Path, tracks: int) -> tuple[str, Path]:
    """Return a store of so many tracks whose stories were all written, as far as the plan can tell: their texts are empty."""
    path = folder / f"{tracks}.db"
    store = ss.open_store(f"sqlite:///{path}")
    ss.import_file(store, str(feed(folder / "feed.jsonl", range(tracks))))
    recipe = Night(store, ss.open_writer()).recipe()
    store.close()
    connection = sqlite3.connect(path)
    connection.executescript(f"""
        INSERT INTO story (uid, track_id, collection_id, language, market, status, stale_reason, risk, priority, problems, sentences, recipe_id,
            latest_revision_id, updated_at)
        SELECT uid, id, 0, 'en', 'world', 'in_review', '', 0, 0, 0, 0, {recipe}, id, '2026-01-01 00:00:00' FROM track;
        INSERT INTO revision (id, uid, story_id, number, cards, verdicts, author, author_kind, recipe_id, facts_fingerprint, generation, comment,
            created_at)
        SELECT track_id, uid || '.1', id, 1, '{{"cards":[]}}', '{{"verdicts":[]}}', 'night', 'template', {recipe}, '', '', '',
            '2026-01-01 00:00:00' FROM story;
        DELETE FROM dirty;
    """)
    connection.close()
    return f"sqlite:///{path}", path


def night(url: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-c", NIGHT, url], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def rehashed(path: Path) -> float:
    """Return the seconds that reading and hashing every fact takes, with the raw driver: what a plan without a dirty set must do."""
    from hashlib import blake2b

    connection = sqlite3.connect(path)
    start, found = time.perf_counter(), 0
    rows = connection.execute("SELECT subject_id, key, value FROM fact WHERE retracted_at IS NULL ORDER BY subject_id, id")
    for _, facts in groupby(rows, key=lambda r: r[0]):
        found += blake2b("\x1f".join(f"{k}{v}" for _, k, v in facts).encode(), digest_size=16).digest() != b""
    connection.close()
    return time.perf_counter() - start


@pytest.mark.parametrize("tracks", [SMALL, LARGE])
def test_a_night_over_a_catalogue(tmp_path: Path, tracks: int) -> None:
    url, path = written(tmp_path, tracks)
    quiet = night(url)
    store = ss.open_store(url)
    for i in sorted(random.Random(1).sample(range(tracks // 500), max(1, tracks // 50_000))):
        ss.import_file(store, str(feed(tmp_path / f"more{i}.jsonl", range(i * 500, i * 500 + 500), version=7)))
    store.close()
    hashing = rehashed(path)
    busy = night(url)
    changed = sum(busy["counts"].values())  # type: ignore[attr-defined]
    own = (busy["cpu"] / changed - busy["writing"]) * 1e3
    print(
        f"\n{tracks:,} tracks: nothing changed: plan {quiet['plan_ms']:.1f} ms, the whole night {quiet['wall']:.2f} s, peak {quiet['peak']:.0f} MB"
        f"\n{changed:,} changed: found in {busy['plan_ms']:.1f} ms, hashing all facts {hashing:.2f} s: {hashing * 1e3 / busy['plan_ms']:,.0f}x"
        f"\n{changed / busy['wall']:.0f} stories/s written and verified; overhead beside writer and verifier {own:.2f} ms CPU a track; "
        f"peak {busy['peak']:.0f} MB; {busy['counts']}"
    )


LIVE = """
import json, sys, time, songstory as ss
from songstory.nightly import Night, run_night
from songstory.writers.anthropic import Claude
store = ss.open_store(sys.argv[1])
start = time.monotonic()
done = run_night(Night(store, Claude(api_key="k", base_url=sys.argv[2]), mode="live", api_key="k", base_url=sys.argv[2]))
end = time.monotonic()
print(json.dumps({"wall": end - start, "end": end, "counts": done.counts}))
"""


def test_verified_stories_a_second(tmp_path: Path) -> None:
    """Two thousand prompts, 64 in flight, 200 ms each, true cards; every sentence checked, every story written."""
    store = ss.open_store(url := f"sqlite:///{tmp_path / 'a.db'}")
    ss.import_file(store, str(feed(tmp_path / "feed.jsonl", range(2_000))))
    writer = ss.open_writer("anthropic", api_key="k")
    jobs = [generation.prepare(store, f"t{i:07d}", writer) for i in range(2_000)]
    sentences = sum(len(c.sentences) + 1 for j in jobs[:100] for c in ss.open_writer().write(j.task).cards) / 100
    store.close()
    server = FakeAnthropic(latency=0.2)
    server.learn(writer.request(j.task) for j in jobs)  # type: ignore[attr-defined]
    done = subprocess.run([sys.executable, "-c", LIVE, url, server.url], capture_output=True, text=True, check=True)
    again = subprocess.run([sys.executable, "-c", LIVE, url, server.url], capture_output=True, text=True, check=True)
    first, second = json.loads(done.stdout.splitlines()[-1]), json.loads(again.stdout.splitlines()[-1])
    stats = server.stats()
    server.close()
    print(
        f"\n{2_000 / first['wall']:.0f} verified stories/s live over the whole night, start and end included, {2_000 / (first['end'] - server.first):.0f} from the "
        f"first request to the last story; {sentences:.1f} sentences each, {first['counts']}, {stats['answered']} calls, "
        f"{stats['repeats']} repeated; second run {second['wall']:.2f} s, {second['counts'] or 'nothing to do'}"
    )
