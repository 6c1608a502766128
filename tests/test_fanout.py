"""Many calls at once: what is refused comes back, what is spent stops, and nothing frees its place before it is kept."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from factories import brief
from fake_anthropic import FAULTS, FakeAnthropic, error, message

from songstory import briefs
from songstory.errors import ConfigError, SongstoryError, SpendCapped, WriterError, WriterUnavailable
from songstory.writers import answers, fanout
from songstory.writers.fanout import Answer, Ask, write_many
from songstory.writers.pacing import OPENS_AFTER, Breaker, Pacer

PROMPT = briefs.make_task(brief()).prompt
Start = Callable[..., tuple[FakeAnthropic, list[Answer], list[int]]]


def ask(number: int) -> Ask:
    body = {"model": "claude-haiku-5-5", "max_tokens": 100, "messages": [{"role": "user", "content": f"{number}"}]}
    return Ask(f"g{number}", body)


@pytest.fixture
def ask_many() -> Iterator[Start]:
    opened: list[FakeAnthropic] = []

    def start(count: int, *script: Any, limit: int = 8, keep: Any = None, **server: Any) -> tuple[FakeAnthropic, list[Answer], list[int]]:
        fake, groups = FakeAnthropic(*script, **server), []
        opened.append(fake)
        noted = keep or (lambda group: groups.append(len(group)))
        found = list(write_many(map(ask, range(count)), noted, api_key="k", base_url=fake.url, limit=limit, jitter=lambda: 0.01))
        return fake, found, groups

    yield start
    for fake in opened:
        fake.close()


def test_every_call_is_answered_once_and_kept(ask_many: Start) -> None:
    fake, found, groups = ask_many(60, latency=0.01)
    assert len({a.ask.name for a in found if a.message}) == 60 == sum(groups) and fake.stats()["repeats"] == 0
    assert 1 < fake.counts["peak"] <= 8


@pytest.mark.parametrize("fault", ["overloaded", "internal", "unavailable", "close", "cut", "html"])
def test_what_fails_for_a_while_comes_back_and_nothing_is_lost(ask_many: Start, fault: str) -> None:
    fake, found, _ = ask_many(30, faults=((fault, 0.2, 2),))
    assert len(found) == 30 and all(a.message for a in found)
    assert fake.counts["refused"] == sum(len(a.tries) - 1 for a in found) > 0


def test_a_429_parks_its_own_call_however_often(ask_many: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    again = error(429, "rate_limit_error", retry_after="0.01")
    _, found, _ = ask_many(1, *[again] * 9, message("{}"))
    assert found[0].message and len(found[0].tries) == 10


def test_the_spending_limit_stops_the_run_and_the_rest_stays_unasked(ask_many: Start) -> None:
    fake, found, _ = ask_many(50, message("{}"), error(429, "rate_limit_error"), limit=1)
    assert [type(a.error) for a in found] == [type(None), SpendCapped] and len(fake.requests) == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413])
def test_what_never_helps_is_not_tried_again(ask_many: Start, status: int) -> None:
    _, (found,), _ = ask_many(1, error(status, "x"))
    assert isinstance(found.error, WriterError) and not isinstance(found.error, WriterUnavailable) and len(found.tries) == 1


def test_a_call_frees_its_place_only_when_its_answer_is_kept(ask_many: Start) -> None:
    gate, seen = threading.Event(), []

    def keep(group: list[Answer]) -> None:
        seen.append(len(group))
        if len(seen) == 2:
            threading.Timer(0.3, gate.set).start()
            gate.wait()

    _, found, _ = ask_many(12, limit=4, keep=keep)
    assert len(found) == 12 and max(seen) <= 4


def test_what_cannot_be_kept_ends_the_run_with_its_reason(ask_many: Start) -> None:
    def keep(group: list[Answer]) -> None:
        raise SongstoryError("disk full")

    with pytest.raises(SongstoryError, match="disk full"):
        ask_many(20, keep=keep)


def test_a_reader_that_fails_ends_the_run_with_its_reason() -> None:
    def asks() -> Iterator[Ask]:
        yield ask(1)
        raise SongstoryError("no brief")

    fake = FakeAnthropic()
    with pytest.raises(SongstoryError, match="no brief"):
        list(write_many(asks(), lambda group: None, api_key="k", base_url=fake.url))
    fake.close()


def test_no_calls_and_no_key() -> None:
    assert list(write_many([], lambda group: None, api_key="k", base_url="http://127.0.0.1:9")) == []
    with pytest.raises(ConfigError):
        list(write_many([], lambda group: None, api_key=""))


def test_the_pace_is_read_from_the_limits(ask_many: Start) -> None:
    fake, found, _ = ask_many(120, rate=100.0, burst=20.0)
    assert all(a.message for a in found) and fake.counts["refused"] <= 8


def test_tokens_bind_where_they_are_scarcer() -> None:
    pacer = Pacer(lambda: 0.0)
    assert pacer.wait() == 0.0
    pacer.read({"anthropic-ratelimit-requests-limit": "6000", "anthropic-ratelimit-input-tokens-limit": "60000"})
    pacer.used(1000, 10)
    assert pacer.rate == pytest.approx(0.98)
    pacer.read({"anthropic-ratelimit-requests-limit": "nonsense"})
    assert [round(pacer.wait(), 1) for _ in range(3)] == [0.0, 1.0, 2.0]


def test_a_breaker_opens_probes_and_closes() -> None:
    at = [0.0]
    breaker = Breaker(lambda: at[0])
    for _ in range(OPENS_AFTER):
        assert breaker.closed
        breaker.fault()
    assert not breaker.closed and not breaker.may_probe()
    at[0] = 2.0
    assert breaker.may_probe() and not breaker.may_probe() and breaker.down_for == 2.0
    breaker.well()
    assert breaker.closed and breaker.down_for == 0.0


@pytest.mark.parametrize("name", [n for n, f in FAULTS.items() if isinstance(f, dict)])
def test_every_odd_answer_has_a_named_end(name: str) -> None:
    found = FAULTS[name]
    try:
        draft = answers.draft(found)
        assert name in {"max_tokens", "unknown_stop", "no_stop", "unknown_fact"} and (
            draft.stop_reason != "end_turn" or name == "unknown_fact"
        )
    except WriterError as ended:
        assert name not in {"unknown_fact"} and "\n" not in str(ended)


def test_the_key_shows_in_no_answer(ask_many: Start) -> None:
    _, found, _ = ask_many(3, error(401, "authentication_error"), error(400, "x"), message("{}"))
    assert not any("Bearer" in repr(a) for a in found) and fanout.TRIES == 5
