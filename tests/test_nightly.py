"""The night: what changed is written once, whatever interrupts it, and never over the budget."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import add_people, copied
from fake_anthropic import FakeAnthropic, error, true_cards
from sqlalchemy import text

import songstory as ss
from songstory import briefs, nightly
from songstory.errors import ConfigError, RunInProgress
from songstory.models import Status
from songstory.nightly import Night, run_night
from songstory.store import Store, changes, ledger, nights, people, queue, stories
from songstory.writers.anthropic import Claude

TRACKS = 12
Open = Callable[..., tuple[Night, FakeAnthropic]]


class Killed(BaseException):
    """The power goes."""


@pytest.fixture
def few(bundled: Path, tmp_path: Path) -> Iterator[Store]:
    """The sample in a store, a dozen tracks of it dirty, nothing written."""
    opened = copied(bundled, tmp_path)
    add_people(opened)
    with opened.session() as session:
        session.connection().execute(text("DELETE FROM dirty WHERE track_id > (SELECT min(id) + :n FROM track)"), {"n": TRACKS - 1})
    yield opened
    opened.close()


@pytest.fixture
def night(few: Store) -> Iterator[Open]:
    servers: list[FakeAnthropic] = []

    def start(mode: str = "batch", server: FakeAnthropic | None = None, **more: Any) -> tuple[Night, FakeAnthropic]:
        fake = server or FakeAnthropic()
        servers.append(fake)
        claude = Claude(api_key="k", base_url=fake.url)
        return Night(few, claude, mode=mode, api_key="k", base_url=fake.url, sleep=lambda s: None, **more), fake

    yield start
    for fake in servers:
        fake.close()


def told(store: Store) -> dict[str, int]:
    with store.session() as session:
        rows = session.connection().execute(text("SELECT s.uid, count(*) FROM revision r JOIN story s ON s.id = r.story_id GROUP BY s.uid"))
        return {str(uid): int(n) for uid, n in rows}


def lying(body: dict[str, Any]) -> str | None:
    """Add a lie to every first answer; mend it when asked."""
    content = str(body["messages"][-1]["content"])
    if "Write these sentences anew" in content:
        asked = json.loads(content.rsplit("\n", 2)[-2])
        return json.dumps(
            {"sentences": [{"card": a["card"], "sentence": a["sentence"], "text": a["text"], "cites": ["F1"]} for a in asked]}
        )
    cards = json.loads(true_cards(body) or '{"cards": []}')
    if cards["cards"]:
        cards["cards"][0]["sentences"].append({"text": "It is the best song of all time.", "cites": ["F1"]})
    return json.dumps(cards)


@pytest.mark.parametrize("mode", ["batch", "live"])
def test_a_night_writes_each_dirty_story_once_and_hands_it_in(night: Open, few: Store, mode: str) -> None:
    first, fake = night(mode)
    done = run_night(first)
    assert done.status == "finished" and sum(done.counts.values()) == TRACKS == done.counts["ready"] + done.counts.get("abstained", 0)
    assert set(told(few).values()) == {1} and changes.dirty_count(few) == 0 and fake.stats()["repeats"] == 0
    assert {s.status for s in queue.list_stories(few, size=50).items} == {Status.IN_REVIEW}


@pytest.mark.parametrize("mode", ["batch", "live"])
def test_a_second_night_asks_for_nothing(night: Open, few: Store, mode: str) -> None:
    first, fake = night(mode)
    run_night(first)
    before = fake.stats()["answered"]
    second, _ = night(mode, fake)
    assert run_night(second).counts == {} and fake.stats()["answered"] == before


@pytest.mark.parametrize("mode", ["local", "live", "batch"])
def test_a_night_goes_alike_on_either_database(any_desk: Store, mode: str) -> None:
    fake = FakeAnthropic()
    writer = ss.open_writer() if mode == "local" else Claude(api_key="k", base_url=fake.url)
    done = run_night(Night(any_desk, writer, mode=mode, api_key="k", base_url=fake.url, limits={"run": 1.0}, sleep=lambda s: None))
    assert done.counts == {"abstained": 1, "ready": 1} and changes.dirty_count(any_desk) == 0 and people.verify_chain(any_desk)
    assert people.events(any_desk, action="story.submit").total == 1
    fake.close()


def test_without_a_model_the_night_is_local(few: Store) -> None:
    done = run_night(Night(few, ss.open_writer()))
    assert done.counts.get("ready", 0) + done.counts.get("abstained", 0) == TRACKS and done.writer == "composer-1"


@pytest.mark.parametrize("mode", ["batch", "live"])
def test_what_fails_is_asked_for_once_more_alone_then_dropped(night: Open, few: Store, mode: str) -> None:
    tonight, _ = night(mode, FakeAnthropic(write=lying))
    done = run_night(tonight)
    repairs = [r for r in ledger.cost_table(few, by="kind") if r["kind"] == "repair"]
    assert done.status == "finished" and repairs[0]["calls"] == done.counts["ready"] and set(told(few).values()) == {1}
    assert not any(
        s.text == "It is the best song of all time."
        for t in told(few)
        for c in stories.get_revision(few, f"{t}.1").cards
        for s in c.sentences
    )


@pytest.mark.parametrize("mode", ["batch", "live"])
@pytest.mark.parametrize("after", [pytest.param(1, marks=pytest.mark.stress), 3, pytest.param(7, marks=pytest.mark.stress)])
def test_cut_off_anywhere_the_next_night_goes_on(night: Open, few: Store, mode: str, after: int) -> None:
    fake = FakeAnthropic(write=lying)
    seen = [0]

    def cut(counts: dict[str, int]) -> None:
        seen[0] += 1
        if seen[0] == after:
            raise Killed

    tonight, _ = night(mode, fake, progress=cut)
    for _ in range(2):
        try:
            run_night(tonight)
        except Killed:
            assert people.events(few).total >= 0
    again, _ = night(mode, fake)
    run_night(again)
    assert set(told(few).values()) == {1} and changes.dirty_count(few) == 0 and fake.stats()["repeats"] == 0


def test_a_batch_whose_id_was_lost_is_found_again_and_not_paid_twice(night: Open, few: Store) -> None:
    fake = FakeAnthropic()
    tonight, _ = night("batch", fake)
    run_night(tonight)
    with few.session() as session:  # as if the power had gone between sending and writing the id down
        session.connection().execute(text("UPDATE batch SET remote_id = '', status = 'intent'"))
        session.connection().execute(text("UPDATE run SET status = 'running'"))
        session.connection().execute(text("UPDATE run_item SET status = 'submitted', batch_id = '1' WHERE status = 'ready'"))
    again, _ = night("batch", fake)
    assert run_night(again).status == "finished" and fake.stats()["repeats"] == 0 and fake.stats()["batches"] == 1


@pytest.mark.parametrize("end", ["errored", "expired", "canceled"])
def test_what_a_batch_did_not_answer_goes_back_in_line(night: Open, few: Store, end: str) -> None:
    fake = FakeAnthropic(batch_result=lambda name, tries: end if tries < 2 and int(name[-1], 16) < 8 else "succeeded")
    tonight, _ = night("batch", fake)
    done = run_night(tonight)
    assert done.status == "finished" and not done.counts.get("failed") and fake.stats()["batches"] >= 2


def test_what_a_batch_refuses_for_good_fails_by_name(night: Open, few: Store) -> None:
    tonight, fake = night("batch", FakeAnthropic(batch_result=lambda name, tries: "invalid"))
    done = run_night(tonight)
    assert done.counts["failed"] and fake.stats()["batches"] == 1 and changes.dirty_count(few) == done.counts["failed"]


def test_a_batch_takes_its_time(night: Open, few: Store) -> None:
    waits: list[float] = []
    fake = FakeAnthropic(batch_seconds=3600)
    tonight, _ = night("batch", fake)
    tonight.sleep = lambda seconds: (waits.append(seconds), setattr(fake, "batch_seconds", 0.0))[0]
    assert run_night(tonight).status == "finished" and waits == [30.0]


@pytest.mark.parametrize("mode", ["batch", "live"])
def test_a_budget_is_never_passed_and_the_rest_waits(night: Open, few: Store, mode: str) -> None:
    tonight, fake = night(mode, limits={"run": 0.0}, in_flight=2)
    done = run_night(tonight)
    assert done.status == "stopped" and fake.stats()["answered"] == 0 and changes.dirty_count(few) == TRACKS
    more, _ = night(mode, fake)
    assert run_night(more).status == "finished" and changes.dirty_count(few) == 0


def test_the_spending_limit_stops_the_night_and_the_next_goes_on(night: Open, few: Store) -> None:
    tonight, _ = night("live", FakeAnthropic(error(429, "rate_limit_error")))
    done = run_night(tonight)
    assert done.status == "stopped" and "spending limit" in done.note
    more, _ = night("live")
    assert run_night(more).status == "finished"


def test_a_budget_needs_a_price(night: Open) -> None:
    tonight, _ = night(limits={"day": 1.0})
    tonight.writer.model = "claude-of-tomorrow"
    with pytest.raises(ConfigError, match="price"):
        run_night(tonight)


def test_only_one_night_at_a_time(any_store: Store) -> None:
    with nights.only_one(any_store), pytest.raises(RunInProgress), nights.only_one(any_store):
        pass
    with nights.only_one(any_store):
        pass


def test_a_plan_counts_and_prices_and_writes_nothing(night: Open, few: Store) -> None:
    tonight, fake = night()
    plan = nightly.dry_run(tonight)
    assert plan.tracks == TRACKS and plan.calls and plan.usd and plan.usd_live == pytest.approx(2 * plan.usd)
    assert {r["path"] for r in fake.requests} == {"/v1/messages/count_tokens"} and plan.counted and plan.prefix and plan.own
    assert not told(few) and changes.dirty_count(few) == TRACKS
    tonight.writer.model = "claude-of-tomorrow"
    assert nightly.dry_run(tonight).usd is None


def test_a_plan_is_made_without_a_network_too(night: Open, few: Store) -> None:
    tonight, fake = night()
    fake.close()
    plan = nightly.dry_run(tonight)
    assert plan.usd and not plan.counted


def test_a_plan_says_when_the_standing_part_is_too_short_to_be_cached(night: Open) -> None:
    tonight, _ = night()
    assert nightly.dry_run(tonight).prefix_short is None
    tonight.writer.model = "claude-haiku-4-5"
    assert nightly.dry_run(tonight).prefix_short is True


def test_a_changed_prompt_makes_old_stories_wanted_again(few: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run_night(Night(few, ss.open_writer()))
    written = len(told(few))
    changed = ss.open_writer()
    changed.model = "composer-2"
    assert nightly.dry_run(Night(few, changed)).causes == {"recipe": written}
    assert run_night(Night(few, changed)).counts.get("ready") == written and set(told(few).values()) == {2}


def test_a_live_story_whose_facts_changed_is_marked_and_stays_up(few: Store) -> None:
    run_night(Night(few, ss.open_writer()))
    (story, *_) = queue.list_stories(few, size=1).items
    ss.approve(few, story.latest_revision, actor="ben")
    ss.publish(few, story.latest_revision, actor="cleo")
    ss.add_fact(few, story.track, "recorded_at", "Trident Studios", actor="ben", locator="sheet")
    run_night(Night(few, ss.open_writer()))
    found = stories.get_story(few, story.id)
    assert found.stale_since and found.live_revision == story.latest_revision != found.latest_revision


def test_the_standing_part_of_the_prompt_is_one_for_all(few: Store) -> None:
    prompts = {briefs.make_task(ss.brief_of(few, t)).prompt.system for t in ("kiss-you", "moment-of-surrender")}
    assert prompts == {briefs.system_prompt()}
