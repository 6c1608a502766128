"""A night on many machines: slices, leases, fencing, what happens when workers, the store or the budget go."""

from __future__ import annotations

import contextlib
import json
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest
from commands import Done, begin, songstory
from fake_anthropic import FakeAnthropic
from postgres import fresh_database
from sqlalchemy import create_engine, text

import songstory as ss
from songstory.errors import ConfigError, LeaseLost, RunInProgress, RunStopped, StoreUnavailable
from songstory.nightly import Night, items, keeping, run_night
from songstory.nightly.launching import stop
from songstory.store import Store, nights, people, progress, queue, roster, runs, slices
from songstory.store.cache import get_draft
from songstory.store.nights import Mark
from songstory.work import Attempt, Part
from songstory.workers import Worker, planning
from songstory.writers.anthropic import Claude

SONGS = 46


@pytest.fixture(scope="module")
def server(postgres: str) -> Iterator[tuple[str, Any]]:
    """A database with the bundled catalogue, the most wanted songs of it still to be written, copied by each test, and a connection beside it."""
    full = fresh_database(postgres, "cluster_sample")
    store = ss.open_store(full)
    ss.import_sample(store)
    with store.session() as session:
        most = "SELECT id FROM track ORDER BY popularity DESC, id LIMIT :n"
        session.connection().execute(text(f"DELETE FROM dirty WHERE track_id NOT IN ({most})"), {"n": SONGS})
    planning.ready(store)
    store.close()
    admin = create_engine(postgres.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE ROLE app LOGIN IN ROLE postgres"))  # no superuser, whose connections are never refused
        yield postgres, connection
    admin.dispose()


@pytest.fixture
def shared(server: tuple[str, Any]) -> Iterator[Store]:
    uri, admin = server
    admin.execute(text("DROP DATABASE IF EXISTS cluster WITH (FORCE)"))
    admin.execute(text("CREATE DATABASE cluster TEMPLATE cluster_sample"))
    store = ss.open_store(uri.replace("/postgres?", "/cluster?"))
    ss.add_person(store, "ada", "admin", actor="ada")
    ss.add_person(store, "ben", "editor", actor="ada")
    yield store
    store.close()


@pytest.fixture
def fake() -> Iterator[FakeAnthropic]:
    with contextlib.closing(FakeAnthropic(latency=0.02, batch_seconds=0.3)) as server:
        yield server


def claude(store: Store, fake: FakeAnthropic, mode: str = "live", **how: Any) -> Night:
    return Night(
        store, Claude(api_key="k", base_url=fake.url), mode=mode, api_key="k", base_url=fake.url, in_flight=8, poll=0.2, checkers=1, **how
    )


def composer(store: Store) -> Night:
    return Night(store, ss.open_writer(), checkers=1)


def worker(store: Store, night: Any, **how: Any) -> Worker:
    return Worker(store, night, until_done=True, back_off=0.1, lease=how.pop("lease", 3.0), **how)


def work(*workers: Worker) -> None:
    threads = [threading.Thread(target=w.run) for w in workers]
    [t.start() for t in threads]
    [t.join(90) for t in threads]
    assert not any(t.is_alive() for t in threads)


def first_slice(store: Store) -> Part:
    with store.reading() as session:
        number = session.connection().execute(text("SELECT min(id) FROM slice WHERE state = 'open'")).scalar_one()
    found = slices.look(store, int(number))
    assert found
    return found


def numbers(store: Store) -> list[int]:
    return [s.number for s in queue.list_stories(store, size=160).items]


def shutting(admin: Any, how: str) -> None:
    """Close the database to everybody and end their connections, or open it again."""
    admin.execute(text(how))
    admin.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'cluster'"))


# the night ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [pytest.param("live", marks=pytest.mark.stress), "batch", "local"])
def test_two_workers_write_each_story_once(shared: Store, fake: FakeAnthropic, mode: str) -> None:
    def night(_: Part | None = None) -> Night:
        return composer(shared) if mode == "local" else claude(shared, fake, mode)

    planned = planning.hand_out(night(), size=8)
    work(worker(shared, night), worker(shared, night))
    done = progress.progress(shared, planned.id)
    written = done.counts.get("ready", 0) + done.counts.get("with_problems", 0)
    assert done.status == "finished" and done.ended == SONGS and done.slices == {"done": 6}
    assert len(numbers(shared)) == written and set(numbers(shared)) == {1}
    assert fake.stats()["repeats"] == 0 and done.counts.get("failed", 0) == 0
    people.verify_chain(shared)


def test_a_plan_writes_slices_and_jobs_at_once_the_most_wanted_first(shared: Store) -> None:
    run = planning.hand_out(composer(shared), size=16).id
    wanted = "slice s, json_array_elements_text(s.tracks) e(track) JOIN track t ON t.id = e.track::bigint"
    with shared.reading() as session:
        rows = session.connection().execute(
            text(f"SELECT s.number, min(t.popularity), max(t.popularity), count(*) FROM {wanted} GROUP BY 1 ORDER BY 1")
        )
        found = [tuple(r) for r in rows]
        jobs = session.connection().execute(text("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")).scalar_one()
    assert [n for *_, n in found] == [16, 16, 14] and jobs == 3
    assert all(low >= high for (_, low, _, _), (_, _, high, _) in pairwise(found))
    assert progress.progress(shared, run).counts == {"pending": SONGS}


def test_nothing_to_do_is_a_night_that_is_over(shared: Store) -> None:
    run_night(composer(shared))
    assert planning.hand_out(composer(shared)).status == "finished"


def test_who_is_told_to_end_when_it_has_ended_has_ended(shared: Store) -> None:
    """The beat may find that all is done in the moment in which the loop is closed."""
    done = worker(shared, lambda _: composer(shared))
    work(done)
    done._end()
    assert done.left.is_set()


def test_two_nights_at_once_are_refused_with_the_way_out(shared: Store) -> None:
    run = planning.hand_out(composer(shared)).id
    for second in (planning.hand_out, run_night):
        with pytest.raises(RunInProgress, match=f"songstory stop {run}"):
            second(composer(shared))


def test_the_commands_plan_watch_and_stop(shared: Store) -> None:
    env = {**os.environ, "SONGSTORY_STORE": shared.engine.url.render_as_string(hide_password=False)}

    def run(*words: str) -> Done:
        return songstory(*words, env=env)

    assert f"{SONGS} tracks in 3 slices" in run("nightly", "--cluster", "--slice", "16").stdout
    found = json.loads(run("runs", "--watch", "--json").stdout)
    assert found["slices"] == {"waiting": 3} and found["status"] == "running"
    second = run("nightly", "--cluster")
    assert second.returncode == 1 and "is under way" in second.stderr and second.stderr.count("\n") == 1
    assert run("stop", found["run"], "--as", "ben").returncode == 0
    assert json.loads(run("runs", found["run"], "--watch", "--json").stdout)["note"].startswith("ben stopped it")
    assert run("nightly", "--cluster").returncode == 0 and f"{SONGS} stories" in run("worker", "--until-done", "--checkers", "1").stderr
    assert json.loads(run("runs", "--watch", "--json").stdout)["status"] == "finished"


def test_many_machines_need_postgresql(store: Store) -> None:
    with pytest.raises(ConfigError, match="PostgreSQL"):
        planning.hand_out(composer(store))


# leases and fences ----------------------------------------------------------------------------------------------------


def held(store: Store, night: Night, seconds: float) -> Night:
    """Return a night that holds the first slice for so long."""
    part = slices.claim(store, first_slice(store), "somebody", seconds)
    assert part
    slices.open_up(store, part)
    night.run, night.part = part.run, part
    return night


def test_a_slice_that_is_held_is_nobody_elses(shared: Store) -> None:
    planning.hand_out(composer(shared))
    night = held(shared, composer(shared), 30)
    assert night.part and slices.claim(shared, night.part, "other", 30) is None


def test_a_worker_back_from_the_dead_writes_nothing(shared: Store) -> None:
    planning.hand_out(composer(shared))
    dead = held(shared, composer(shared), 0)
    living = held(shared, composer(shared), 30)
    before = dead.tally()
    item = dead.items("pending")[0]
    for act in (lambda: items.mark(dead, [Mark(item, "failed")]), dead.go_on, lambda: items.check_all(_answered(dead, living), "answered")):
        with pytest.raises(LeaseLost):
            act()
    assert living.part and dead.part and dead.part.epoch < living.part.epoch
    with pytest.raises(LeaseLost):
        slices.finish(shared, dead.part)
    assert living.tally() != before and not numbers(shared)


def _answered(dead: Night, living: Night) -> Night:
    """Let the living worker have an answer ready, which the dead one then tries to write as a story."""
    found = living.items("pending", limit=20)
    (item, job), *_ = items.ready(living, found)
    keeping.keep(living, [(job.name, "first", _message(living, job), None)], {job.name: [item]}, [])
    return dead


def _message(night: Night, job: Any) -> dict[str, Any]:
    draft = night.writer.write(job.task)
    import orjson

    cards = [c.model_dump(mode="json") for c in draft.cards]
    return {"content": [{"type": "text", "text": orjson.dumps({"cards": cards}).decode()}], "stop_reason": "end_turn", "model": "m"}


def test_what_a_dead_worker_paid_for_is_kept_and_its_items_are_not_touched(shared: Store, fake: FakeAnthropic) -> None:
    planning.hand_out(claude(shared, fake))
    dead, living = held(shared, claude(shared, fake), 0), held(shared, claude(shared, fake), 30)
    (item, job), *_ = items.ready(living, living.items("pending", limit=5))
    tries = [Attempt(name=job.name, kind="first", model="m")]
    with pytest.raises(LeaseLost):
        keeping.keep(dead, [(job.name, "first", _message(composer(shared), job), None)], {job.name: [item]}, tries)
    assert get_draft(shared, job.name) and living.items("pending", limit=500)[0].status == "pending"
    assert progress.progress(shared, living.run).calls == 1


def test_a_slice_whose_worker_is_gone_is_handed_out_again(shared: Store) -> None:
    planning.hand_out(composer(shared), size=1_000)
    held(shared, composer(shared), 0)
    with shared.session() as session:
        session.connection().execute(text("UPDATE procrastinate_jobs SET status = 'doing'"))
        session.connection().execute(text("UPDATE slice SET queued_at = clock_timestamp() - interval '5 s'"))
    assert (slices.rescue(shared), slices.rescue(shared)) == (1, 0)


@pytest.mark.stress
def test_a_killed_worker_is_taken_over(shared: Store, fake: FakeAnthropic) -> None:
    fake.latency = 0.2
    run = planning.hand_out(claude(shared, fake), size=13).id
    env = {
        **os.environ, "SONGSTORY_STORE": shared.engine.url.render_as_string(hide_password=False), "SONGSTORY_ANTHROPIC_API_KEY": "k",
        "SONGSTORY_ANTHROPIC_BASE_URL": fake.url,
    }  # fmt: skip
    victim = begin("worker", "--in-flight", "8", "--lease", "3", "--checkers", "1", env=env)
    while fake.stats().get("answered", 0) < 20:
        time.sleep(0.02)
    victim.kill()
    victim.join()
    work(worker(shared, lambda _: claude(shared, fake)))
    done = progress.progress(shared, run)
    assert done.status == "finished" and done.ended == SONGS and set(numbers(shared)) == {1}
    assert fake.stats()["repeats"] <= 8


# bad days -------------------------------------------------------------------------------------------------------------


def test_a_slice_that_always_fails_is_set_aside_and_the_night_goes_on(shared: Store) -> None:
    run = planning.hand_out(composer(shared), size=16).id

    def night(part: Part) -> Night:
        found = composer(shared)
        if part.number == 2:
            found.mode = "no such mode"  # a fault of our own, met in the middle of the work
        return found

    work(worker(shared, night))
    done = progress.progress(shared, run)
    assert done.status == "finished" and done.slices == {"done": 2, "set_aside": 1} and done.counts["failed"] == 16
    assert "no such mode" in done.set_aside[0][1] and "set aside" in done.note
    assert sum(nights.count_wanted(shared, composer(shared).recipe(), "en", "world").values()) >= 16, "they wait for the next night"


def test_a_worker_of_another_version_takes_nothing_and_says_why(shared: Store) -> None:
    run = planning.hand_out(composer(shared)).id
    with shared.session() as session:
        session.connection().execute(text("UPDATE run SET terms = jsonb_set(terms::jsonb, '{verifier}', '\"rules-0\"')::json"))
    with pytest.raises(ConfigError, match=r"rules-0.*same version") as caught, ThreadPoolExecutor() as apart:
        apart.submit(worker(shared, lambda _: composer(shared)).run).result()  # a browser of another test may have a loop here
    assert "\n" not in str(caught.value) and progress.progress(shared, run).counts == {"pending": SONGS}


def test_a_budget_is_shared_and_its_end_stops_all(shared: Store, fake: FakeAnthropic) -> None:
    night = claude(shared, fake, limits={"run": 0.01})
    run = planning.hand_out(night, size=4).id
    work(*(worker(shared, lambda _: claude(shared, fake, limits={"run": 0.01})) for _ in range(3)))
    done = progress.progress(shared, run)
    assert done.status == "stopped" and "budget" in done.note and 0 < done.usd <= 0.01
    planning.hand_out(claude(shared, fake), size=8)
    work(worker(shared, lambda _: claude(shared, fake)))
    assert progress.progress(shared, run).ended == SONGS and fake.stats()["repeats"] == 0


def test_the_spending_limit_of_one_stops_all(shared: Store, fake: FakeAnthropic) -> None:
    run = planning.hand_out(claude(shared, fake), size=8).id
    fake.faults = (("spend_cap", 1.0, 1_000),)
    work(worker(shared, lambda _: claude(shared, fake)), worker(shared, lambda _: claude(shared, fake)))
    done = progress.progress(shared, run)
    assert done.status == "stopped" and "spending limit" in done.note and not numbers(shared) and not done.counts.get("failed")


def test_the_kill_switch_stops_all(shared: Store) -> None:
    from songstory import authority

    run = planning.hand_out(composer(shared)).id
    authority.switch(shared, "generation", on=False, actor="ada", comment="too odd")
    work(worker(shared, lambda _: composer(shared)))
    assert (progress.progress(shared, run).status, numbers(shared)) == ("stopped", [])


def test_a_stopped_night_goes_on_on_one_machine(shared: Store) -> None:
    run = planning.hand_out(composer(shared), size=10).id
    late = held(shared, composer(shared), 30)
    stop(shared, run, actor="ben")
    with pytest.raises(RunStopped, match="ben"):
        late.go_on()
    assert run_night(composer(shared)).id == run and set(numbers(shared)) == {1}
    with pytest.raises(LeaseLost):
        late.go_on()


def test_a_night_begun_on_one_machine_goes_on_on_many(shared: Store) -> None:
    night = composer(shared)
    night.progress = lambda counts: (_ for _ in ()).throw(KeyboardInterrupt) if counts.get("ready") else None  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        run_night(night)
    run = planning.hand_out(composer(shared), size=10).id
    work(worker(shared, lambda _: composer(shared)))
    assert run == night.run and progress.progress(shared, run).status == "finished" and set(numbers(shared)) == {1}


@pytest.mark.parametrize(
    ("close", "reopen"),
    [
        pytest.param(
            "ALTER DATABASE cluster ALLOW_CONNECTIONS false", "ALTER DATABASE cluster ALLOW_CONNECTIONS true", id="gone",
            marks=pytest.mark.stress,
        ),
        pytest.param(
            "ALTER DATABASE cluster SET default_transaction_read_only = on", "ALTER DATABASE cluster SET default_transaction_read_only = off",
            id="read-only",
        ),
        pytest.param(
            "ALTER ROLE app CONNECTION LIMIT 0", "ALTER ROLE app CONNECTION LIMIT -1", id="out of connections", marks=pytest.mark.stress
        ),
    ],
)
def test_a_store_that_goes_away_is_waited_for(shared: Store, server: Any, fake: FakeAnthropic, close: str, reopen: str) -> None:
    run = planning.hand_out(claude(shared, fake), size=8).id
    app = ss.open_store(server[0].replace("postgres:@", "app:@").replace("/postgres?", "/cluster?"))
    workers = [worker(app, lambda _: claude(app, fake)) for _ in range(2)]
    threads = [threading.Thread(target=w.run) for w in workers]
    [t.start() for t in threads]
    while fake.stats().get("answered", 0) < 30:
        time.sleep(0.02)
    shutting(server[1], close)
    time.sleep(2.5)
    asked = fake.stats()["answered"]
    shutting(server[1], reopen)
    [t.join(90) for t in threads]
    done = progress.progress(shared, run)
    assert done.status == "finished" and done.ended == SONGS and set(numbers(shared)) == {1} and not done.counts.get("failed")
    assert fake.stats()["repeats"] == 0 and asked <= SONGS
    app.close()


def test_a_store_that_is_away_is_one_line(shared: Store, server: Any) -> None:
    shutting(server[1], "ALTER DATABASE cluster ALLOW_CONNECTIONS false")
    with pytest.raises(StoreUnavailable, match="try again") as caught:
        progress.progress(shared, "x")
    shutting(server[1], "ALTER DATABASE cluster ALLOW_CONNECTIONS true")
    assert "\n" not in str(caught.value)


def test_a_batch_whose_id_was_lost_is_found_by_another_worker(shared: Store, fake: FakeAnthropic) -> None:
    planning.hand_out(claude(shared, fake, "batch"), size=8)
    with shared.session() as session:  # each worker ends between the sending and the writing down
        session.connection().execute(
            text(
                "CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.status = 'submitted' AND OLD.id <= 2 "
                "THEN RAISE EXCEPTION 'cut off'; END IF; RETURN NEW; END $$"
            )
        )
        session.connection().execute(text("CREATE TRIGGER forget BEFORE UPDATE ON batch FOR EACH ROW EXECUTE FUNCTION forget()"))
    part = slices.claim(shared, first_slice(shared), "dead", 0)
    assert part
    slices.open_up(shared, part)
    night = claude(shared, fake, "batch")
    night.run, night.part = part.run, part
    with contextlib.suppress(Exception):
        from songstory.nightly import batch

        batch.step(night)
    with shared.session() as session:
        session.connection().execute(text("DROP TRIGGER forget ON batch"))
    work(worker(shared, lambda _: claude(shared, fake, "batch")), worker(shared, lambda _: claude(shared, fake, "batch")))
    assert progress.progress(shared, part.run).status == "finished" and fake.stats()["repeats"] == 0


# the pace -------------------------------------------------------------------------------------------------------------


def test_no_place_is_given_twice_whoever_asks(shared: Store) -> None:
    places: list[float] = []

    def take() -> None:
        own = shared.own_connection()
        for _ in range(20):
            start = time.time() + roster.take(own.driver, "m", 10, 2_000.0)
            places.extend(start + i / 2_000 for i in range(10))

    threads = [threading.Thread(target=take) for _ in range(4)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    ordered = sorted(places)
    assert len(places) == 800 and ordered[-1] - ordered[0] >= 799 / 2_000 - 0.02


def test_workers_keep_a_limit_together(shared: Store, fake: FakeAnthropic) -> None:
    fake.latency, fake.rate = 0.05, 40.0
    run = planning.hand_out(claude(shared, fake), size=5).id
    work(*(worker(shared, lambda _: claude(shared, fake)) for _ in range(3)))
    assert progress.progress(shared, run).ended == SONGS
    assert fake.stats().get("refused", 0) <= 3 * 8, "those that were under way before the first answer told the limit"
    assert roster.known_rate(shared, claude(shared, fake).writer.model) == pytest.approx(0.98 * 40, rel=0.05)


def test_runs_and_workers_are_listed(shared: Store) -> None:
    run = planning.hand_out(composer(shared)).id
    w = worker(shared, lambda _: composer(shared), version="1.2.3")
    w._ended = threading.Event()
    w._tell()
    found = progress.progress(shared, run)
    assert [(s.id, s.version, s.slice) for s in found.workers] == [(w.uid, "1.2.3", None)] and runs.get_run(shared, run).status == "running"
