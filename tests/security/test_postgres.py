"""PostgreSQL like SQLite: what a server, a network or a role may do to us ends in one line, and nothing is paid twice."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from conftest import LINES, fresh_database
from fake_anthropic import FakeAnthropic
from sqlalchemy import text

import songstory as ss
from songstory import processes
from songstory.errors import LeaseLost, RunInProgress
from songstory.nightly import Night, run_night
from songstory.store import Store, leases, nights, queue
from songstory.writers.anthropic import Claude

SONGS = 6


def songs(count: int) -> bytes:
    """The small catalogue, so many times over."""
    lines = [LINES.splitlines()[0]]
    for i in range(count):
        lines += [
            line.replace(b"sledgehammer", b"song-%d" % i).replace(b"Sledgehammer", b"Song %d" % i)
            for line in LINES.splitlines()[1:]
            if b"silent" not in line
        ]
    return b"\n".join(lines)


@pytest.fixture
def many(any_store: Store, tmp_path: Any) -> Store:
    """A store with a handful of songs to write."""
    path = tmp_path / "songs.jsonl"
    path.write_bytes(songs(SONGS))
    ss.import_file(any_store, path)
    return any_store


@pytest.fixture
def slow() -> Iterator[FakeAnthropic]:
    server = FakeAnthropic(latency=0.4)
    yield server
    server.close()


def night(store: Store, fake: FakeAnthropic, **more: Any) -> Night:
    writer = Claude(api_key="k", base_url=fake.url)
    return Night(store, writer, mode="live", api_key="k", base_url=fake.url, in_flight=1, checkers=1, **more)


def beside(work: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    """Start `work` in a thread; the list holds what it returned or raised."""
    came: list[Any] = []

    def run() -> None:
        try:
            came.append(work())
        except BaseException as error:
            came.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, came


def until(true: Callable[[], Any], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def admin(postgres: str) -> Any:
    return psycopg.connect(postgres, autocommit=True)


# the one place of a night ---------------------------------------------------------------------------------------------------


def test_of_many_askers_one_holds_the_place(any_store: Store) -> None:
    with ThreadPoolExecutor(20) as pool:
        found = [lease for lease in pool.map(lambda _: leases.take(any_store, "night"), range(20)) if lease]
    assert len(found) == 1
    leases.give_back(any_store, found[0])
    assert leases.take(any_store, "night") is not None


@pytest.mark.parametrize(
    ("owner", "free"), [("a-dead-one-here", True), ("elsewhere/1/1", False), ("", False), ("//", False), ("a/b/c", False)]
)
def test_the_place_of_a_killed_night_is_free_at_once_and_of_one_elsewhere_by_its_age(any_store: Store, owner: str, free: bool) -> None:
    here = processes.me().rpartition("/")[0].rpartition("/")[0]
    leases.take(any_store, "night")
    with any_store.session() as session:
        session.execute(text("UPDATE lease SET owner = :owner"), {"owner": f"{here}/4194303/5" if free else owner})
    assert (leases.take(any_store, "night") is not None) is free
    with any_store.session() as session:
        session.execute(text("UPDATE lease SET until = '2020-01-01 00:00:00+00:00'"))
    assert leases.take(any_store, "night") is not None


def test_a_number_that_another_process_has_by_now_is_not_the_one_that_died() -> None:
    machine, _, born = processes.me().rpartition("/")
    assert not processes.gone(processes.me()) and processes.gone(f"{machine}/{int(born) - 1}")


def test_a_night_whose_place_was_taken_stops_before_it_asks_again(many: Store, slow: FakeAnthropic) -> None:
    thread, came = beside(lambda: run_night(night(many, slow)))
    until(lambda: slow.requests)
    with many.session() as session:
        session.execute(text("UPDATE lease SET epoch = epoch + 1"))
    thread.join(60)
    assert isinstance(came[0], LeaseLost) and "taken" in str(came[0]) and len(slow.requests) <= 3
    with many.session() as session:
        session.execute(text("UPDATE lease SET until = NULL"))
        paid = session.execute(text("SELECT count(*) FROM attempt WHERE cost_usd > 0")).scalar_one()
    assert paid == len(slow.requests)


HARMS = {
    "idle connections are ended": "ALTER DATABASE contract SET idle_in_transaction_session_timeout = '1s'",
    "every connection is ended": "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'contract'",
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_night_outlives_its_connections_and_stays_the_only_one(postgres: str, tmp_path: Any, slow: FakeAnthropic, harm: str) -> None:
    url = fresh_database(postgres, "contract")
    store = ss.open_store(url)
    (tmp_path / "songs.jsonl").write_bytes(songs(SONGS))
    ss.import_file(store, tmp_path / "songs.jsonl")
    with admin(postgres) as beside_it:
        beside_it.execute(HARMS[harm]) if "ALTER" in HARMS[harm] else None
        thread, came = beside(lambda: run_night(night(store, slow)))
        until(lambda: len(slow.requests) > 1 or came)
        assert not came, came
        beside_it.execute(HARMS[harm])
        time.sleep(0.5)
        with pytest.raises(RunInProgress), nights.only_one(store):
            pass
        thread.join(90)
    assert came[0].status == "finished" and came[0].counts == {"ready": SONGS}, came
    assert slow.stats()["repeats"] == 0 and {s.number for s in queue.list_stories(store).items} == {1}
    store.close()
