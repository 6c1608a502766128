"""PostgreSQL like SQLite: what a server, a network or a role may do to us ends in one line, and nothing is paid twice."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from conftest import LINES
from fake_anthropic import FakeAnthropic
from postgres import fresh_database
from psycopg import sql
from sqlalchemy import text

import songstory as ss
from songstory import processes
from songstory.errors import LeaseLost, ReviewError, RunInProgress, StoreError, StoreUnavailable
from songstory.nightly import Night, run_night
from songstory.store import Store, addresses, catalogue, health, leases, ledger, nights, people, queue
from songstory.store.watching import Watch
from songstory.workers import Worker, planning
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
def test_a_night_outlives_its_connections_and_stays_the_only_one(postgres: str, postgres_empty: str, tmp_path: Any, slow: FakeAnthropic, harm: str) -> None:
    store = ss.open_store(fresh_database(postgres, "contract", postgres_empty))
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


# addresses --------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def migrated(postgres: str) -> str:
    """The address of a database that stays as it is."""
    url = fresh_database(postgres, "addresses")
    ss.open_store(url).close()
    return url


SECRETS = [
    "a b",
    "p@ss",
    "p:w",
    "p/w",
    "100%",
    "a#b",
    "a?b",
    "a&b",
    "a=b",
    "it's",
    'say"so',
    "back\\slash",
    "ä€",
    "+plus+",
    "%40",
    "a b@/:%#?&='\\",
]


@pytest.mark.parametrize("secret", SECRETS)
def test_an_address_connects_whoever_connects_and_is_never_shown_with_its_password(postgres: str, migrated: str, secret: str) -> None:
    with admin(postgres) as server:
        server.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(secret)))
        server.execute(sql.SQL("CREATE ROLE {} LOGIN SUPERUSER PASSWORD {}").format(sql.Identifier(secret), sql.Literal(secret)))
    user = quote(secret, safe="")
    store = ss.open_store(f"{migrated.replace('postgres:@', f'{user}:{user}@')}&options=-c%20statement_timeout%3D54321")
    with psycopg.connect(addresses.conninfo(store.engine)) as own, store.reading() as session:
        for asked in ("SELECT current_user", "SHOW statement_timeout", "SHOW client_encoding"):
            assert own.execute(asked).fetchone()[0] == session.execute(text(asked)).scalar_one()  # type: ignore[index]
        assert own.info.password == secret and ":***@" in store.url and f":{secret}@" not in store.url and f":{user}@" not in store.url
    store.close()
    with admin(postgres) as server:
        server.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(secret)))


@pytest.mark.parametrize("url", [
    "postgresql://u:s3c@ret:w/o@h/db", "postgresql//u:s3cret@h/db", "postgresql://u:s3c@ret@h/db", "postgresql://u:s3c@ret/w@h/db", "postgresql://u:s3cret",
    "postgresql://u:1@h:s3cret/db", "s3cret:s3cret@h", "postgresql://u:s3cret\n@h/db", "postgresql://127.0.0.1:1/db?password=s3cret",
    "postgresql://u:s3cret@127.0.0.1:1/db", "postgresql://u:s3cret@h/db?nonsense=1", "mysql://u:s3cret@h/db", "://u:s3cret@h", "postgresql://u:s3cret@[::1/db",
])  # fmt: skip
def test_an_address_that_is_none_is_one_line_without_its_password(url: str) -> None:
    with pytest.raises(StoreError) as told:
        ss.open_store(url)
    assert "s3c" not in str(told.value) and "ret" not in str(told.value).replace("secret", "") and "\n" not in str(told.value)


def test_a_worker_that_cannot_connect_says_so_and_ends(shared: Store) -> None:
    shared.engine.url = shared.engine.url.update_query_dict({"host": "/nowhere"})
    with pytest.raises(StoreUnavailable, match="the worker cannot connect"):
        Worker(shared, lambda part: pytest.fail("asked"), until_done=True).run()


# a database that is not as it should be ----------------------------------------------------------------------------------------


@pytest.fixture
def shared(postgres: str, postgres_empty: str) -> Iterator[Store]:
    store = ss.open_store(fresh_database(postgres, "contract", postgres_empty))
    planning.ready(store)
    yield store
    store.close()


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII", "EUC_JP"])
def test_a_database_that_cannot_hold_every_text_is_refused_with_the_way_out(postgres: str, encoding: str) -> None:
    with admin(postgres) as server:
        server.execute("DROP DATABASE IF EXISTS narrow WITH (FORCE)")
        server.execute(f"CREATE DATABASE narrow ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")  # type: ignore[call-overload]
    with pytest.raises(StoreError, match=f"{encoding}.*ENCODING 'UTF8'"):
        ss.open_store(postgres.replace("/postgres?", "/narrow?"))


@pytest.fixture
def poor(shared: Store, postgres: str) -> Iterator[Store]:
    """A store opened by a role that may read and no more."""
    with admin(postgres) as server:
        server.execute("DROP ROLE IF EXISTS reader")
        server.execute("CREATE ROLE reader LOGIN")
        with psycopg.connect(addresses.conninfo(shared.engine), autocommit=True) as own:
            own.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
        store = ss.open_store(shared.engine.url.set(username="reader").render_as_string(hide_password=False))
        yield store
        store.close()
        with psycopg.connect(addresses.conninfo(shared.engine), autocommit=True) as own:
            own.execute("DROP OWNED BY reader")
        server.execute("DROP ROLE reader")


def test_a_missing_grant_is_one_line_that_names_table_and_grant(poor: Store) -> None:
    for act in (lambda: ss.add_person(poor, "ann", "admin"), lambda: ledger.reserve(poor, "", 1.0, {}), lambda: leases.take(poor, "night")):
        with pytest.raises(StoreError, match=r"permission denied.*GRANT (INSERT|UPDATE) ON \w+ TO") as told:
            act()
        assert "\n" not in str(told.value)
    found = {what: (ok, detail) for what, ok, detail in health.check(poor)}
    assert not found["store writes"][0] and "GRANT INSERT ON lease" in found["store writes"][1]
    assert not found["store grants"][0] and "DELETE on" in found["store grants"][1] and found["cluster"][0]


def test_a_database_that_is_read_only_is_found_by_the_doctor(shared: Store) -> None:
    assert all(ok for _, ok, _ in health.check(shared))
    with psycopg.connect(addresses.conninfo(shared.engine), autocommit=True) as own:
        own.execute("ALTER DATABASE contract SET default_transaction_read_only = on")
    shared.engine.dispose()
    found = {what: (ok, detail) for what, ok, detail in health.check(shared)}
    assert not found["store writes"][0] and "read-only" in found["store writes"][1]


def test_a_foreign_lock_is_waited_for_a_while_and_then_told(shared: Store) -> None:
    with shared.reading() as session:
        assert session.execute(text("SHOW lock_timeout")).scalar_one() == "30s"
    with psycopg.connect(addresses.conninfo(shared.engine), autocommit=True) as own:
        own.execute("ALTER DATABASE contract SET lock_timeout = '200ms'")  # what the house set stands
        shared.engine.dispose()
        with own.transaction():
            own.execute("LOCK TABLE actor IN ACCESS EXCLUSIVE MODE")
            with pytest.raises(StoreUnavailable, match="another session holds"):
                people.list_people(shared)


@pytest.mark.parametrize("version", ["zzzz", "9x99", "", "00010", "0011'; --", "٩٩٩٩"])
def test_a_version_that_nobody_knows_is_one_line(any_store: Store, version: str) -> None:
    with any_store.session() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
    with pytest.raises(StoreError, match=r"which no songstory has.*restore a backup"):
        ss.open_store(any_store.engine.url.render_as_string(hide_password=False))


@pytest.mark.parametrize(
    "change", ["DELETE FROM alembic_version", "INSERT INTO alembic_version VALUES ('0007')", "DROP TABLE alembic_version"]
)
def test_a_version_that_is_lost_or_doubled_is_one_line(any_store: Store, change: str) -> None:
    with any_store.session() as session:
        session.execute(text(change))
    with pytest.raises(StoreError, match="restore a backup"):
        ss.open_store(any_store.engine.url.render_as_string(hide_password=False))


def test_titles_are_in_the_same_order_whatever_a_database_sorts_by(any_store: Store, tmp_path: Any) -> None:
    titles = ["(I Can't Get No) Satisfaction", "abba", "Zebra", "Éclair", "eclair", "ABBA", "10", "Ähre", "_"]
    lines = [{"kind": "track", "id": f"t{i}", "title": t, "artist": "A"} for i, t in enumerate(titles)]
    (tmp_path / "t.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
    ss.import_file(any_store, tmp_path / "t.jsonl")
    assert [t.title for t in catalogue.list_tracks(any_store, size=50).items] == sorted(titles)
    if any_store.dialect == "postgresql":
        assert 'COLLATE "C"' in str(queue.SORTS["title"][0].compile(dialect=any_store.engine.dialect))


@pytest.mark.parametrize("name", ["night", "Night", " NIGHT ", "ｎｉｇｈｔ"])
def test_nobody_is_called_as_the_service_user_is(store: Store, name: str) -> None:
    with pytest.raises(ReviewError, match="choose another"):
        ss.add_person(store, name, "admin")


# what hangs --------------------------------------------------------------------------------------------------------------------


def test_a_statement_without_an_answer_is_cut(shared: Store) -> None:
    moved: list[str] = []
    with Watch(shared, 0.6, moved.append), pytest.raises(StoreUnavailable), shared.session() as session:
        session.execute(text("SELECT pg_sleep(60)"))
    with Watch(shared, 0.6, moved.append), shared.session() as session:
        session.execute(text("SELECT pg_sleep(0.1)"))
        time.sleep(1.5)  # a slow thought is no hanging server
        session.execute(text("SELECT 1"))
    assert len(moved) >= 2


def test_a_slice_whose_work_does_not_move_is_not_held(shared: Store) -> None:
    worker = Worker(shared, lambda part: pytest.fail("asked"), lease=0.2)
    with Watch(shared, 60, worker._stir):
        worker._stir()
        assert worker._moves()
        time.sleep(0.2 * 4 + 0.1)
        assert not worker._moves()
        with shared.reading() as session:
            session.execute(text("SELECT 1"))
        assert worker._moves()
