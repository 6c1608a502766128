"""Money: whatever an answer says or a process suffers, a call that may have been paid for is in the ledger, once, and never as credit."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from commands import begin
from fake_anthropic import CLOSE, FakeAnthropic, Raw, error, message, true_cards
from sqlalchemy import text

import songstory as ss
from songstory import changing, launches, prices
from songstory.errors import BudgetSpent, ConfigError, SongstoryError
from songstory.models import Usage, now
from songstory.nightly import Night, run_night
from songstory.report import html, morning
from songstory.store import Store, ledger, nights, places
from songstory.store.places import Caps
from songstory.work import Attempt, Purse
from songstory.writers.anthropic import Claude

TRACK, MODEL = "sledgehammer", "claude-haiku-5-5"
USED = {"input_tokens": 1500, "output_tokens": 300}
TRUE_COST = prices.cost(MODEL, Usage(**USED))
assert TRUE_COST
STRANGE_MODELS = ["vendor.claude-haiku", "", None, "claude-haiku-5-5 ", 7, ["claude-haiku-5-5"], "x" * 5_000]
STRANGE_COUNTS: list[Any] = [-600_000_000, True, None, "300", 3.5, {}, 10**7, 10**30]
COUNTS = ["input_tokens", "output_tokens", "cache_read_input_tokens", "cache_creation_input_tokens"]


def claude(fake: FakeAnthropic, model: str = MODEL) -> Claude:
    return Claude(api_key="k", base_url=fake.url, model=model, sleep=lambda s: None)


def served(**more: Any) -> Any:
    """An answer that tells the truth in its cards, and `more` beside."""
    return lambda body: message(true_cards(body), **{"model": MODEL, "usage": USED, **more})


@pytest.fixture
def fake() -> Iterator[FakeAnthropic]:
    server = FakeAnthropic()
    yield server
    server.close()


def rows(store: Store) -> list[tuple[str, str, float | None]]:
    with store.reading() as session:
        return [tuple(r) for r in session.execute(text("SELECT kind, error, cost_usd FROM attempt ORDER BY id"))]


def spent(store: Store) -> float:
    return round(1_000 - ledger.room(store, "", {"month": 1_000.0}), 9)


def agree(store: Store) -> None:
    """The sums that triggers keep are those of the ledger, and nothing is held any more."""
    with store.reading() as session:
        told = [
            session.execute(text(f"SELECT coalesce(sum({c}), 0) FROM {t}")).scalar_one()
            for c, t in (("cost_usd", "attempt"), ("usd", "spend"))
        ]
        assert told[0] == pytest.approx(told[1]) and told[0] >= 0
        assert session.execute(text("SELECT count(*) FROM reservation WHERE usd > 1e-9")).scalar_one() == 0


# what an answer says of itself -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", STRANGE_MODELS, ids=lambda m: repr(m)[:20])
def test_a_model_without_a_price_counts_at_the_price_of_the_one_asked_for(desk: Store, model: Any) -> None:
    fake = FakeAnthropic(answer=served(model=model))
    ss.generate(desk, TRACK, claude(fake))
    assert rows(desk)[0][2] == pytest.approx(TRUE_COST)
    agree(desk)
    fake.close()


@pytest.mark.parametrize(
    ("name", "count"), [*(("output_tokens", c) for c in STRANGE_COUNTS), *((n, c) for n in COUNTS for c in (-1, None, 10**12))]
)
def test_a_count_that_cannot_be_counts_as_what_was_reserved(desk: Store, name: str, count: Any) -> None:
    fake = FakeAnthropic(answer=served(usage={**USED, name: count}))
    ss.generate(desk, TRACK, claude(fake))
    cost = rows(desk)[0][2]
    assert cost is not None and cost >= TRUE_COST and cost < 0.01
    assert (count is None and name.startswith("cache")) or cost > 0.9e-3  # 2,000 tokens out at least
    agree(desk)
    fake.close()


def test_a_dearer_model_that_answered_counts_at_its_own_price() -> None:
    used = Usage(**USED)
    assert prices.charged(MODEL, "claude-opus-5-5", used) == prices.cost("claude-opus-5-5", used)
    assert prices.charged("claude-opus-5-5", MODEL, used) == prices.cost("claude-opus-5-5", used)
    assert prices.charged("x", "y", used) is None


# whatever came of it -----------------------------------------------------------------------------------------------------

PAID = {
    "refusal": served(stop_reason="refusal"), "prose": message("Here is a story.", usage=USED), "cut": Raw(b'{"id": "msg_1"'),
    "no message": Raw(b"[1]"), "a page": Raw(b"<html>", "text/html"), "null text": message(None, usage=USED), "closed": CLOSE,
    "out of tokens": message('{"cards": [', "max_tokens", usage=USED), "no usage": message("x", usage=None), "no cards": message('{"cards":[]}'),
}  # fmt: skip
FREE = {
    "overloaded": error(529, "overloaded_error"),
    "invalid": error(400, "invalid_request_error"),
    "limited": error(429, "rate_limit_error"),
}


@pytest.mark.parametrize("end", [*PAID, *FREE])
def test_a_try_is_in_the_ledger_with_its_cost_whatever_came_of_it(desk: Store, end: str) -> None:
    fake = FakeAnthropic(answer=lambda body: given({**PAID, **FREE}[end], body))
    with pytest.raises(SongstoryError):
        ss.generate(desk, TRACK, claude(fake))
    costs = [c for *_, c in rows(desk)]
    assert len(costs) == len(fake.requests) and all(c > 0 if end in PAID else c is None for c in costs)  # type: ignore[operator]
    agree(desk)
    fake.close()


def given(answer: Any, body: dict[str, Any]) -> Any:
    return answer(body) if callable(answer) else answer


def spoiled(body: dict[str, Any]) -> Any:
    return message(str(true_cards(body)).replace("Peter Gabriel", "Orrin Vale"), model=MODEL, usage=USED)


@pytest.mark.parametrize("second", ["refusal", "prose", "cut", "closed"])
def test_a_repair_that_failed_was_paid_for(desk: Store, second: str) -> None:
    fake = FakeAnthropic(answer=lambda body: given(PAID[second] if "anew" in str(body["messages"]) else spoiled, body))
    ss.generate(desk, TRACK, claude(fake))
    found = rows(desk)
    assert found[0][0] == "first" and {k for k, *_ in found[1:]} == {"repair"} and all(c for *_, c in found)
    agree(desk)
    fake.close()


def test_a_change_that_failed_was_paid_for(desk: Store) -> None:
    first = ss.generate(desk, TRACK, ss.open_writer())
    fake = FakeAnthropic(PAID["prose"])
    with pytest.raises(SongstoryError):
        changing.change(desk, first.id, "shorter", claude(fake), actor="mara")
    assert [(k, bool(c)) for k, _, c in rows(desk)] == [("change", True)]
    fake.close()


@pytest.mark.parametrize("mode", ["live", "batch"])
@pytest.mark.parametrize("end", ["refusal", "prose", "negative", "unknown"])
def test_a_night_counts_what_it_paid_whatever_came_of_it(desk: Store, mode: str, end: str) -> None:
    ends = {**PAID, "negative": served(usage={**USED, "output_tokens": -9}), "unknown": served(model="vendor.x")}
    fake = FakeAnthropic(answer=lambda body: given(ends[end], body))
    run_night(Night(desk, claude(fake), mode=mode, api_key="k", base_url=fake.url, sleep=lambda s: None))
    assert rows(desk) and all(c is not None and c > 0 for *_, c in rows(desk))
    agree(desk)
    fake.close()


# killed, cut off, never settled -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at_once", [1, 20])
def test_what_nobody_settles_is_counted_once_by_whoever_looks_next(any_desk: Store, at_once: int) -> None:
    run = nights.open_night(any_desk, MODEL, "live")
    ledger.reserve(any_desk, run, 2.0, {}, seconds=60, model=MODEL)
    assert spent(any_desk) == 2.0 and rows(any_desk) == []
    later = now() + timedelta(seconds=61)
    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(lambda _: ledger.count_late(any_desk, at=later), range(at_once)))
    assert rows(any_desk) == [("reserved", ledger.NEVER_SETTLED, 2.0)] and spent(any_desk) == 2.0
    agree(any_desk)
    assert "set aside by calls that never told" in html(morning(any_desk)) and morning(any_desk, run).unsettled_usd == 2.0
    assert ledger.cost_table(any_desk)[0]["unsettled"] == 2.0


def test_what_was_never_settled_counts_on_the_day_it_was_set_aside(any_desk: Store) -> None:
    yesterday = now() - timedelta(days=40)
    ledger.reserve(any_desk, "", 2.0, {}, at=yesterday)
    assert ledger.reserve(any_desk, "", 0.9, {"day": 1.0, "month": 1.0})
    assert len(rows(any_desk)) == 1


def test_what_an_older_songstory_set_aside_and_forgot_is_counted_too(any_desk: Store) -> None:
    ledger.reserve(any_desk, "20260101-abc", 2.0, {}, at=now() - timedelta(days=4))
    with any_desk.session() as session:
        session.execute(text("UPDATE reservation SET until = NULL"))
    ledger.room(any_desk, "", {"day": 1.0})
    assert [c for *_, c in rows(any_desk)] == [2.0]


def test_one_purse_is_never_overdrawn_by_many_at_once(any_desk: Store) -> None:
    def take(_: int) -> int:
        try:
            return ledger.reserve(any_desk, "", 0.1, {"day": 1.05})
        except BudgetSpent:
            return 0

    with ThreadPoolExecutor(20) as pool:
        assert sum(bool(n) for n in pool.map(take, range(30))) == 10


@pytest.mark.stress
@pytest.mark.parametrize("verb", [["generate", TRACK], ["nightly", "--live"]])
def test_a_killed_process_has_its_call_counted(desk: Store, verb: list[str]) -> None:
    fake = FakeAnthropic(latency=30)
    env = {"SONGSTORY_STORE": str(desk.engine.url), "SONGSTORY_ANTHROPIC_API_KEY": "k", "SONGSTORY_ANTHROPIC_BASE_URL": fake.url}
    process = begin(*verb, "--writer", "anthropic", env={**os.environ, **env})
    while not any(r["path"] == "/v1/messages" for r in fake.requests) and process.is_alive():
        time.sleep(0.05)
    process.kill()
    process.join()
    held = spent(desk)
    ledger.count_late(desk, at=now() + timedelta(seconds=ledger.HOLD))
    assert 0 < held == spent(desk) and [e for _, e, _ in rows(desk)] == [ledger.NEVER_SETTLED]
    agree(desk)
    fake.close()


# limits -------------------------------------------------------------------------------------------------------------------


def test_a_budget_without_a_price_is_refused_before_anything_is_asked(desk: Store, fake: FakeAnthropic) -> None:
    with pytest.raises(ConfigError, match="price of 'tomorrow' is unknown"):
        ss.generate(desk, TRACK, claude(fake, "tomorrow"), purse=Purse(limits={"day": 5.0}))
    assert not fake.requests


@pytest.mark.parametrize(("limit", "said"), [(0.0031, r"\$0\.0031;"), (0.0, r"\$0\.00;"), (0.02, r"\$0\.02;")])
def test_a_budget_of_parts_of_a_cent_is_told_as_it_is(any_desk: Store, limit: float, said: str) -> None:
    with pytest.raises(BudgetSpent, match=f"the budget of this day is {said}"):
        ledger.reserve(any_desk, "r", 0.021, {"day": limit})


@pytest.mark.parametrize("model", ["vendor.claude-haiku", MODEL])
def test_a_budget_holds_whatever_model_an_answer_names(desk: Store, model: str) -> None:
    fake = FakeAnthropic(answer=lambda body: {**PAID["prose"], "model": model})
    told = []
    while len(told) < 20 and BudgetSpent not in told:
        with pytest.raises(SongstoryError) as found:
            ss.generate(desk, TRACK, claude(fake), purse=Purse(limits={"day": 0.004}))
        told.append(found.type)
    assert told[-1] is BudgetSpent and len(told) > 1 and spent(desk) <= 0.004
    fake.close()


def test_no_row_of_the_ledger_gives_credit(any_desk: Store) -> None:
    used = Usage(input_tokens=-(10**9), output_tokens=-(10**9), cache_read_tokens=-5)
    with any_desk.session() as session:
        ledger.keep(any_desk, session, [Attempt(name="g", kind="first", model=MODEL, usage=used)], [])
    assert rows(any_desk)[0][2] == prices.reserved(MODEL, prices.MOST)
    agree(any_desk)


# processes that pages start --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given", [{}, {"path": "/etc/passwd"}, {"path": "/tmp/songstory-upload-x/../../etc/x"}, {"mode": "rm"}, {"mode": "local"}]
)
@pytest.mark.parametrize("kind", ["import", "night", "shell", "story"])
def test_a_row_that_nobody_asked_for_starts_nothing(desk: Store, kind: str, given: dict[str, Any]) -> None:
    with desk.session() as session:
        places.ask(desk, session, kind, "x", given, caps=Caps())
    assert launches.start_waiting(desk) == {} and places.listed(desk) == []
