"""`kill -9` among four workers on a real PostgreSQL, again and again: each story once, nothing lost, taken over in time.

SONGSTORY_STRESS_CLUSTER says how many rounds (default 20), each with one worker killed at a random point.
"""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from factories import feed
from fake_anthropic import FakeAnthropic
from postgres import fresh_database
from sqlalchemy import create_engine, text

import songstory as ss
from songstory.nightly import Night
from songstory.store import Store, people, progress
from songstory.workers import planning
from songstory.writers.anthropic import Claude

pytestmark = pytest.mark.stress
ROUNDS = int(os.environ.get("SONGSTORY_STRESS_CLUSTER", "20"))
TRACKS, SLICE, IN_FLIGHT, LEASE = 800, 24, 16, 3.0


def workers(store: Store, fake: FakeAnthropic, count: int, *more: str) -> list[subprocess.Popen[bytes]]:
    env = {
        **os.environ, "SONGSTORY_STORE": store.engine.url.render_as_string(hide_password=False), "SONGSTORY_ANTHROPIC_API_KEY": "k",
        "SONGSTORY_ANTHROPIC_BASE_URL": fake.url,
    }  # fmt: skip
    command = [*more, sys.executable, "-m", "songstory", "worker", "--until-done", "--in-flight", str(IN_FLIGHT), "--lease", str(LEASE)]
    return [subprocess.Popen([*command, "--checkers", "1"], env=env, stderr=subprocess.DEVNULL) for _ in range(count)]


def held_by(store: Store, pid: int) -> tuple[int, int] | None:
    """Return (slice, epoch) of what the process holds."""
    sql = "SELECT id, epoch FROM slice WHERE state = 'open' AND owner LIKE :who"
    with store.reading() as session:
        row = session.connection().execute(text(sql), {"who": f"%-{pid}-%"}).first()
        return (int(row[0]), int(row[1])) if row else None


def taken_over(store: Store, held: tuple[int, int]) -> float:
    """Return in how many seconds from now somebody else holds the slice."""
    start = time.monotonic()
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while time.monotonic() - start < 60:
            if connection.execute(text("SELECT epoch FROM slice WHERE id = :id"), {"id": held[0]}).scalar_one() > held[1]:
                return time.monotonic() - start
            time.sleep(0.02)
    raise AssertionError("nobody took the slice over")


def planned(postgres: str, fake: FakeAnthropic, tmp_path: Path, tracks: int = TRACKS, size: int = SLICE) -> tuple[Store, str]:
    store = ss.open_store(fresh_database(postgres, "kills"))
    ss.import_file(store, str(feed(tmp_path / "feed.jsonl", range(tracks))))
    night = Night(store, Claude(api_key="k", base_url=fake.url), mode="live", api_key="k", base_url=fake.url)
    return store, planning.hand_out(night, size=size).id


def written(store: Store) -> dict[int, int]:
    with store.reading() as session:
        return {int(n): int(c) for n, c in session.connection().execute(text("SELECT number, count(*) FROM revision GROUP BY number"))}


def test_one_of_four_workers_is_killed(postgres: str, tmp_path: Path) -> None:
    seed, made, repeats, overs = random.Random(11), Counter[int](), [], []
    for _ in range(ROUNDS):
        with contextlib.closing(FakeAnthropic(latency=0.2)) as fake:
            store, run = planned(postgres, fake, tmp_path)
            running = workers(store, fake, 4)
            mark = seed.uniform(0.05, 0.8) * TRACKS
            while fake.stats().get("answered", 0) < mark:
                time.sleep(0.01)
            victim = seed.choice(running)
            while (held := held_by(store, victim.pid)) is None and victim.poll() is None:
                time.sleep(0.01)
            victim.kill()
            if held is not None:
                overs.append(taken_over(store, held))
            victim.wait()
            assert [w.wait(180) for w in running if w is not victim] == [0] * 3
            made.update(written(store))
            repeats.append(fake.stats()["repeats"])
            done = progress.progress(store, run)
            assert done.status == "finished" and done.counts == {"ready": TRACKS}
            people.verify_chain(store)
            store.close()
    print(
        f"\n{ROUNDS} rounds of 4 workers, one killed: revisions by number {dict(made)} of {ROUNDS * TRACKS} tracks; answered calls asked "
        f"again: at most {max(repeats)} a round, {sum(repeats)} in all (<= {IN_FLIGHT} each); taken over {len(overs)} times in "
        f"{min(overs):.2f} to {max(overs):.2f} s (<= lease {LEASE:.0f} s + 1)"
    )
    assert made == {1: ROUNDS * TRACKS} and max(repeats) <= IN_FLIGHT and max(overs) <= LEASE + 1


SKEW = """
import datetime, sys, time
real = time.time
time.time = lambda: real() + {skew}
class Shifted(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(seconds={skew})
datetime.datetime = Shifted
"""


def test_workers_whose_clocks_differ_by_two_minutes(postgres: str, tmp_path: Path) -> None:
    """Two of the four live two minutes ahead, two behind; one of each is killed: a lease is the database's to end."""
    with contextlib.closing(FakeAnthropic(latency=0.2)) as fake:
        store, run = planned(postgres, fake, tmp_path)
        running = []
        for skew in (120, -120):
            site = tmp_path / f"skew{skew}"
            site.mkdir()
            (site / "sitecustomize.py").write_text(SKEW.format(skew=skew))
            running += workers(store, fake, 2, "env", f"PYTHONPATH={site}")
        while fake.stats().get("answered", 0) < TRACKS / 3:
            time.sleep(0.01)
        [w.kill() for w in running[::2]]
        [w.wait() for w in running[::2]]
        assert [w.wait(180) for w in running[1::2]] == [0] * 2
        again = fake.stats()["repeats"]
        with store.reading() as session:
            ledger = session.connection().execute(text("SELECT max(at) - min(at) > interval '200 s' FROM attempt")).scalar_one()
        print(f"\nclocks two minutes apart, two workers killed: revisions by number {written(store)}, {again} answered calls asked again")
        assert ledger, "the control: the clocks did differ"
        assert written(store) == {1: TRACKS} and again <= 2 * IN_FLIGHT and progress.progress(store, run).status == "finished"
        store.close()


def test_the_store_is_gone_for_half_a_minute(postgres: str, tmp_path: Path) -> None:
    admin = create_engine(postgres.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with contextlib.closing(FakeAnthropic(latency=0.2)) as fake, admin.connect() as connection:
        store, run = planned(postgres, fake, tmp_path)
        running = workers(store, fake, 4)
        while fake.stats().get("answered", 0) < TRACKS / 4:
            time.sleep(0.01)
        for allowed, rest in (("false", 30), ("true", 0)):
            connection.execute(text(f"ALTER DATABASE kills ALLOW_CONNECTIONS {allowed}"))
            connection.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'kills'"))
            time.sleep(rest)
        assert [w.wait(180) for w in running] == [0] * 4
        again = fake.stats()["repeats"]
        print(f"\nstore gone for 30 s: revisions by number {written(store)} of {TRACKS}, {again} answered calls asked again")
        assert written(store) == {1: TRACKS} and again == 0 and progress.progress(store, run).status == "finished"
        store.close()
    admin.dispose()
