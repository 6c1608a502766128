"""Figures of many machines: planning, the progress page, the shared pace, throughput from one worker to four.

SONGSTORY_BENCH_DIRTY says how many dirty tracks are planned (default 1,000,000), SONGSTORY_BENCH_NIGHT how many a worker writes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from factories import feed
from postgres import fresh_database
from sqlalchemy import text

import songstory as ss
from songstory.nightly import Night
from songstory.store import Store, ledger, progress, roster
from songstory.workers import planning
from songstory.writers.anthropic import Claude

pytestmark = pytest.mark.bench
DIRTY = int(os.environ.get("SONGSTORY_BENCH_DIRTY", "1000000"))
IN_FLIGHT = int(os.environ.get("SONGSTORY_BENCH_IN_FLIGHT", "16"))
EACH = int(os.environ.get("SONGSTORY_BENCH_NIGHT", "3000"))
PLAN = """
import json, re, sys, time, songstory as ss
from songstory.nightly import Night
from songstory.workers import planning
from songstory.writers.anthropic import Claude
store = ss.open_store(sys.argv[1])
night = Night(store, ss.open_writer())
planning.ready(store)
start = time.perf_counter()
run = planning.hand_out(night, size=int(sys.argv[2]))
wall = time.perf_counter() - start
print(json.dumps({"run": run.id, "wall": wall, "peak": int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024}))
"""
TAKE = """
import sys, time, songstory as ss
from songstory.store import roster
store = ss.open_store(sys.argv[1])
own = store.own_connection()
driver = own.driver
driver.execute("SET synchronous_commit = off")
roster.take(driver, "m", 1, 1e7)
input()
end, taken = time.time() + 4, 0
while time.time() < end:
    roster.take(driver, "m", int(sys.argv[2]), 1e7); taken += int(sys.argv[2])
print(taken / 4)
"""
PACED = """
import asyncio, sys, time, songstory as ss
from songstory.workers.pace import SharedPacer
store = ss.open_store(sys.argv[1])
async def main():
    loop = asyncio.get_running_loop()
    pacer = SharedPacer(loop.time, store, "paced")
    pacer.read({"anthropic-ratelimit-requests-limit": str(float(sys.argv[2]) * 60)})
    end = time.time() + float(sys.argv[3])
    async def one():
        while time.time() < end:
            await pacer.turn()
            print(time.time())
            await asyncio.sleep(0.02)
    await asyncio.gather(*(one() for _ in range(32)))
asyncio.run(main())
"""


def script(code: str, *given: object, **how: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *(str(g) for g in given)], stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True, **how
    )


def address(store: Store) -> str:
    return store.engine.url.render_as_string(hide_password=False)


def many(store: Store, tracks: int) -> None:
    """Put so many dirty tracks in, without facts: a plan looks at nothing else."""
    with store.session() as session:
        for sql in (
            "INSERT INTO entity (uid, kind) SELECT 'r' || g, 'recording' FROM generate_series(1, :n) g",
            "INSERT INTO track (uid, recording_id, title, artist_credit, first_release_date, popularity, src_fp, done_fp, title_key, artist_key) "
            "SELECT 't' || id, id, 'Song', 'Artist', '', id % 1000, '', '', '', '' FROM entity",
            "INSERT INTO dirty (track_id, cause) SELECT id, 'new' FROM track ON CONFLICT DO NOTHING",
        ):
            session.connection().execute(text(sql), {"n": tracks} if ":n" in sql else {})


def test_planning_and_the_progress_page(postgres: str) -> None:
    store = ss.open_store(fresh_database(postgres, "plan"))
    many(store, DIRTY)
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    size = max(DIRTY // 3_300, 1)
    found = json.loads(script(PLAN, address(store), size).communicate()[0])
    with store.session() as session:
        session.connection().execute(text("""UPDATE slice SET counts = '{"ready": 200, "with_problems": 60, "abstained": 40}'"""))
    looks = []
    for _ in range(30):
        start = time.perf_counter()
        shown = progress.progress(store, found["run"])
        looks.append((time.perf_counter() - start) * 1e3)
    looks.sort()
    print(
        f"\n{DIRTY:,} dirty tracks planned into {sum(shown.slices.values()):,} slices in {found['wall']:.1f} s (<= 10), {found['peak']:.0f} MB "
        f"of the planner (<= 200); progress page p50 {looks[15]:.0f} ms, worst of 30 {looks[-1]:.0f} ms (<= 50)"
    )
    store.close()


def test_the_shared_pace(postgres: str) -> None:
    store = ss.open_store(fresh_database(postgres, "pace"))
    for block, takers in ((1, 1), (1, 4), (50, 1), (50, 4)):
        processes = [script(TAKE, address(store), block) for _ in range(takers)]
        time.sleep(3)
        rates = [float(p.communicate("go\n")[0]) for p in processes]
        print(f"\npermits in blocks of {block}, {takers} taking: {sum(rates):,.0f} a second" + (" (>= 5,000)" if block > 1 else ""))
    for limit in (50, 200, 600):
        told = [p.communicate()[0].split() for p in [script(PACED, address(store), limit, 12) for _ in range(4)]]
        at = sorted(float(t) for one in told for t in one)
        at = [t for t in at if t > at[0] + 2]
        most = _most(at)
        print(
            f"limit {limit}/s, 4 workers of 32: {len(at) / (at[-1] - at[0]):.1f} a second, at most {most} in any second "
            f"({most / limit - 1:+.1%} of the limit; <= +2 %)"
        )
    store.close()


def _most(at: list[float]) -> int:
    """Return the most calls that began within any one second."""
    first, most = 0, 0
    for last, moment in enumerate(at):
        while at[first] <= moment - 1:
            first += 1
        most = max(most, last - first + 1)
    return most


def test_a_budget_over_a_long_ledger(postgres: str) -> None:
    """A reservation as the workers make them, one for `in_flight` calls, over a ledger of five times the tracks."""
    store = ss.open_store(fresh_database(postgres, "ledger"))
    run = planning.hand_out(Night(store, Claude(api_key="k"), mode="live", api_key="k")).id
    calls = DIRTY * 5
    with store.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # the sums are made at once, not by five million triggers
        connection.execute(
            text(
                "INSERT INTO attempt (fingerprint, run_id, model, kind, cost_usd, request_id, stop_reason, error, batch_id, trace_id, at) "
                "SELECT 'g' || g, (SELECT max(id) FROM run), 'm', 'first', 0.0001, '', '', '', '', '', now() FROM generate_series(1, :n) g"
            ),
            {"n": calls},
        )
        connection.execute(
            text(
                "INSERT INTO spend SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD'), id, lane, :n / 64, :n / 64 * 0.0001 "
                "FROM run, generate_series(0, 63) lane"
            ),
            {"n": calls},
        )
    looks = []
    for _ in range(200):
        start = time.perf_counter()
        ledger.settle(store, ledger.reserve(store, run, 0.01, {"run": 1e6, "day": 1e6, "month": 1e6}))
        looks.append((time.perf_counter() - start) * 1e3)
    looks.sort()
    with store.reading() as session:
        start = time.perf_counter()
        summed = session.connection().execute(text("SELECT sum(cost_usd) FROM attempt")).scalar_one()
        wall = (time.perf_counter() - start) * 1e3
    print(
        f"\n{calls:,} calls in the ledger: a budget asked and given back p50 {looks[100]:.1f} ms, p99 {looks[198]:.1f} ms; "
        f"summing them (${summed:,.0f}) would take {wall:,.0f} ms"
    )
    store.close()


def test_throughput_of_one_to_four_workers(postgres: str, tmp_path: Path) -> None:
    """Latency-bound: 200 ms a call; the span is that of the calls at the server, the workers are there before the night is.

    SONGSTORY_BENCH_IN_FLIGHT: calls in flight of each.
    """
    rates = {}
    for workers in (1, 2, 4):
        store = ss.open_store(fresh_database(postgres, "speed"))
        ss.import_file(store, str(feed(tmp_path / "feed.jsonl", range(EACH * workers))))
        planning.ready(store)
        server = subprocess.Popen(
            [sys.executable, str(Path(__file__).parents[1] / "fake_anthropic.py"), "--port", "8799", "--latency", "0.2"], stdout=subprocess.PIPE
        )
        assert server.stdout and server.stdout.readline()
        url = "http://127.0.0.1:8799"
        env = {**os.environ, "SONGSTORY_STORE": address(store), "SONGSTORY_ANTHROPIC_API_KEY": "k", "SONGSTORY_ANTHROPIC_BASE_URL": url}
        command = [sys.executable, "-m", "songstory", "worker", "--in-flight", str(IN_FLIGHT), "--checkers", "1"]
        running = [subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL) for _ in range(workers)]
        while seen(store) < workers:
            time.sleep(0.2)
        run = planning.hand_out(Night(store, Claude(api_key="k", base_url=url), mode="live", api_key="k")).id
        while progress.progress(store, run).status == "running":
            time.sleep(0.5)
        for worker in running:
            worker.terminate()
        assert [w.wait(60) for w in running] == [0] * workers
        stats = json.loads(urllib.request.urlopen(f"{url}/stats").read())
        server.kill()
        server.stdout.close()
        server.wait()
        rates[workers] = stats["answered"] / stats["span"]
        ideal = IN_FLIGHT * workers / 0.2
        print(
            f"\n{workers} workers: {stats['answered']:,} calls in {stats['span']:.1f} s, {rates[workers]:.0f} a second, "
            f"{rates[workers] / ideal:.2f} of {IN_FLIGHT} in flight each; {rates[workers] / workers / rates[1]:.2f} of linear (>= 0.85)"
        )
        store.close()


def seen(store: Store) -> int:
    with store.reading() as session:
        return len(roster.listed(session.connection()))
