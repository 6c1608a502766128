"""What can go wrong in a night ends in a named state: nothing lost, nothing paid twice, one clear line, and the next night goes on."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from conftest import copied
from fake_anthropic import FAULTS, FakeAnthropic
from sqlalchemy import event, text

import songstory as ss
from songstory.errors import BudgetSpent, StoreError
from songstory.models import Status
from songstory.nightly import Night, run_night
from songstory.report import html, morning
from songstory.store import Store, changes, ledger, nights, queue
from songstory.work import Attempt, Run
from songstory.writers.anthropic import Claude

TRACKS = 3
PASSING = {"rate_limit", "overloaded", "internal", "unavailable", "close", "cut", "html"}  # worth another try
SHUT = {"spend_cap", "unauthorised"}  # nothing more can be asked
CANARY = "sk-ant-canary-0123456789"


@pytest.fixture
def few(bundled: Path, tmp_path: Path) -> Iterator[Store]:
    """A catalogue of three songs."""
    opened = copied(bundled, tmp_path)
    with opened.session() as session:
        session.connection().execute(text("DELETE FROM dirty WHERE track_id > (SELECT min(id) + :n FROM track)"), {"n": TRACKS - 1})
    yield opened
    opened.close()


def night(store: Store, fake: FakeAnthropic, mode: str = "live", **more: object) -> Run:
    claude = Claude(api_key=CANARY, base_url=fake.url)
    return run_night(Night(store, claude, mode=mode, api_key=CANARY, base_url=fake.url, sleep=lambda s: None, **more))  # type: ignore[arg-type]


def numbers(store: Store) -> set[int]:
    return {s.number for s in queue.list_stories(store, size=50).items}


@pytest.mark.parametrize("fault", sorted(PASSING))
def test_a_fault_that_passes_costs_nothing_but_a_try(few: Store, fault: str) -> None:
    fake = FakeAnthropic(faults=((fault, 1.0, 1),))
    done = night(few, fake)
    (cost,) = ledger.cost_table(few, by="run")
    assert done.counts == {"ready": TRACKS} and fake.stats()["repeats"] == 0 and cost["calls"] == 2 * TRACKS
    fake.close()


@pytest.mark.parametrize("fault", sorted(set(FAULTS) - PASSING - SHUT))
def test_a_fault_that_stays_is_named_and_nothing_of_it_is_told(few: Store, fault: str) -> None:
    fake = FakeAnthropic(faults=((fault, 1.0, 99),))
    done = night(few, fake)
    found = queue.list_stories(few, size=50).items
    assert done.status == "finished" and sum(done.counts.values()) == TRACKS and set(done.counts) <= {"failed", "with_problems"}
    assert not {s.status for s in found} - {Status.DRAFT} and changes.dirty_count(few) == done.counts.get("failed", 0)
    assert all(why for *_, why in morning(few).failed) and fake.stats()["refused"] == sum(r["calls"] for r in ledger.cost_table(few))
    fake.close()


@pytest.mark.parametrize("mode", ["live", "batch"])
@pytest.mark.parametrize("fault", ["key", "model"])
def test_a_wrong_key_or_model_stops_the_night_before_it_asks_for_more(few: Store, mode: str, fault: str) -> None:
    fake = FakeAnthropic(**{"keys": {"right"}} if fault == "key" else {"models": {"other"}}, batch_result=lambda name, tries: "unknown")
    done = night(few, fake, mode)
    assert done.status == "stopped" and "check SONGSTORY_" in done.note and fake.stats()["answered"] == 0 and len(fake.requests) <= 4
    fake.keys, fake.models, fake.batch_result = None, None, lambda name, tries: "succeeded"
    assert night(few, fake, mode).counts == {"ready": TRACKS} and numbers(few) == {1}
    fake.close()


def test_results_that_come_cut_are_fetched_again_and_paid_once(few: Store) -> None:
    fake = FakeAnthropic(cut_results=2)
    assert night(few, fake, "batch").counts == {"ready": TRACKS}
    (cost,) = ledger.cost_table(few, by="run")
    assert fake.stats()["repeats"] == 0 and cost["calls"] == TRACKS and fake.stats()["batches"] == 1
    fake.close()


def test_a_batch_that_is_not_known_any_more_goes_back_in_line(few: Store) -> None:
    fake = FakeAnthropic(batch_seconds=3600)

    def forget(seconds: float) -> None:
        fake.batches, fake.batch_seconds = {}, 0.0

    claude = Claude(api_key=CANARY, base_url=fake.url)
    done = run_night(Night(few, claude, mode="batch", api_key=CANARY, base_url=fake.url, sleep=forget))
    assert done.counts == {"ready": TRACKS} and fake.stats()["batches"] == 2
    fake.close()


def test_a_night_that_meets_no_answer_stops_and_the_next_goes_on(few: Store) -> None:
    fake = FakeAnthropic(error_503 := FAULTS["unavailable"], *[error_503] * 500)
    claude = Claude(api_key=CANARY, base_url=fake.url)
    tonight = Night(few, claude, mode="batch", api_key=CANARY, base_url="http://127.0.0.1:9", sleep=lambda s: None)
    tonight.faults = 18
    assert run_night(tonight).status == "stopped" and changes.dirty_count(few) == TRACKS
    fake.close()
    fresh = FakeAnthropic()
    assert night(few, fresh, "batch").counts == {"ready": TRACKS}
    fresh.close()


@pytest.mark.parametrize("mode", ["live", "batch"])
def test_the_key_is_in_no_log_error_database_or_report(few: Store, mode: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "songstory")
    refusing = FakeAnthropic(keys={"right"})
    first = night(few, refusing, mode)
    answering = FakeAnthropic(faults=(("internal", 1.0, 1),))
    night(few, answering, mode)
    page = html(morning(few))
    few.close()
    stored = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    assert CANARY.encode() not in stored and CANARY not in caplog.text + page + first.note
    refusing.close()
    answering.close()


# the store --------------------------------------------------------------------------------------------------------


def limited(store: Store, pragma: str) -> None:
    """Let every connection from now on work under a limit."""

    @event.listens_for(store.engine, "connect")
    def limit(connection: sqlite3.Connection, record: object) -> None:
        connection.execute(pragma)

    store.engine.dispose()


@pytest.mark.parametrize("mode", ["local", "live", "batch"])
def test_a_full_disk_is_one_line_and_the_next_night_goes_on(few: Store, mode: str) -> None:
    fake = FakeAnthropic()
    pages = few.raw().execute("PRAGMA page_count").fetchone()[0]
    full = ss.open_store(few.engine.url.render_as_string(hide_password=False))
    limited(full, f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(StoreError, match="full"):
        run_night(Night(full, ss.open_writer())) if mode == "local" else night(full, fake, mode)
    full.close()
    done = run_night(Night(few, ss.open_writer())) if mode == "local" else night(few, fake, mode)
    assert done.status == "finished" and numbers(few) == {1} and changes.dirty_count(few) == 0
    assert few.raw().execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    fake.close()


def test_a_locked_store_is_one_line_and_the_next_night_goes_on(few: Store) -> None:
    limited(few, "PRAGMA busy_timeout = 50")
    holder = sqlite3.connect(few.engine.url.database or "", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="locked"):
        run_night(Night(few, ss.open_writer()))
    holder.execute("ROLLBACK")
    holder.close()
    assert run_night(Night(few, ss.open_writer())).counts == {"ready": TRACKS}


# the clock --------------------------------------------------------------------------------------------------------


def spent(store: Store, run: str, usd_of: int, at: datetime) -> None:
    from songstory.models import Usage

    used = Usage(input_tokens=usd_of, output_tokens=0)
    with store.session() as session:
        ledger.keep(store, session, [Attempt(name="g", kind="first", model="claude-haiku-4-5", usage=used, at=at)], [], run=run)


def test_a_clock_set_back_frees_no_budget(few: Store) -> None:
    run = nights.open_night(few, "w", "live")
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    spent(few, run, 1_000_000, noon)  # one dollar
    with pytest.raises(BudgetSpent):
        ledger.reserve(few, run, 0.5, {"day": 1.2}, at=noon - timedelta(hours=3))


def test_a_day_is_one_of_utc_whatever_the_clocks_of_the_place_do(few: Store) -> None:
    run = nights.open_night(few, "w", "live")
    spent(few, run, 1_000_000, datetime(2026, 10, 24, 23, 30, tzinfo=UTC))  # half past one in Berlin, the night the clocks go back
    berlin = timezone(timedelta(hours=2))
    with pytest.raises(BudgetSpent):
        ledger.reserve(few, run, 0.5, {"day": 1.2}, at=datetime(2026, 10, 25, 1, 45, tzinfo=berlin))
    assert ledger.reserve(few, run, 0.5, {"day": 1.2}, at=datetime(2026, 10, 25, 2, 15, tzinfo=timezone(timedelta(hours=1))))
