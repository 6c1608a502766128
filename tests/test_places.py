"""Processes that pages start: so many at once for a person and the house, the others in line, and one run for a story."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from fake_anthropic import FakeAnthropic

from songstory import processes
from songstory.errors import RunInProgress
from songstory.nightly import single
from songstory.store import Store, places, runs
from songstory.store.places import Caps

TRACK, MODEL = "sledgehammer", "claude-haiku-5-5"


def asked(store: Store, who: str, number: int, caps: Caps = Caps()) -> int:  # noqa: B008
    """Get in line for a change that never starts a process: its row names a revision nobody has."""
    with store.session() as session:
        return places.ask(store, session, "change", who, {"revision": f"r.{number}", "instruction": "x"}, caps=caps)


def test_one_story_has_one_run_however_many_ask_at_once(any_desk: Store) -> None:
    def ask(_: int) -> str:
        try:
            return single._begin(any_desk, TRACK, "mara", MODEL, "mara asked", TRACK, {}, Caps(house=0))
        except RunInProgress as told:
            return str(told)

    with ThreadPoolExecutor(20) as pool:
        came = list(pool.map(ask, range(20)))
    assert sum("being written already (mara asked)" in c for c in came) == 19 and len(runs.list_runs(any_desk)) == 1


def test_places_are_capped_per_person_and_house_and_given_in_order(any_desk: Store) -> None:
    caps = Caps(person=2, house=3)
    numbers = [asked(any_desk, who, i) for i, who in enumerate(["ben", "ben", "ben", "mara", "cleo"])]
    first = [p.id for p in places.give(any_desk, caps)]
    assert first == [numbers[0], numbers[1], numbers[3]] and places.give(any_desk, caps) == []
    places.leave(any_desk, place=numbers[3])
    assert [p.id for p in places.give(any_desk, caps)] == [numbers[4]]
    places.leave(any_desk, place=numbers[0])
    assert [p.id for p in places.give(any_desk, caps)] == [numbers[2]]


def test_a_place_is_given_once_however_many_look(any_desk: Store) -> None:
    for i in range(10):
        asked(any_desk, f"p{i}", i)
    with ThreadPoolExecutor(12) as pool:
        given = [p.id for found in pool.map(lambda _: places.give(any_desk, Caps(house=4)), range(12)) for p in found]
    assert len(given) == len(set(given)) == 4


@pytest.mark.parametrize("lost", ["killed", "late"])
def test_a_lost_process_frees_its_place_and_its_story(any_desk: Store, lost: str) -> None:
    caps = Caps(house=1)
    with any_desk.session() as session:
        run = runs.start_one(any_desk, session, MODEL, TRACK, "mara asked", "waiting")
        mine = places.ask(any_desk, session, "story", "mara", {"track": TRACK}, run=run, caps=caps)
    other = asked(any_desk, "ben", 1)
    assert [p.id for p in places.give(any_desk, caps)] == [mine] and runs.get_run(any_desk, run).status == "running"
    gone = f"{processes.me().rpartition('/')[0]}/1" if lost == "killed" else "elsewhere/1/1"
    places.take(any_desk, mine, gone, timedelta(seconds=-1 if lost == "late" else 600))
    assert [p.id for p in places.give(any_desk, caps)] == [other]
    assert runs.last_of(any_desk, TRACK)[1].error == "its process was cut off"  # type: ignore[index]
    assert not single.at_work(runs.get_run(any_desk, run))


def test_a_line_has_an_end(any_desk: Store) -> None:
    for i in range(3):
        asked(any_desk, "mara", i, Caps(line=3))
    with pytest.raises(RunInProgress, match="3 asks waiting"):
        asked(any_desk, "mara", 4, Caps(line=3))
    assert asked(any_desk, "ben", 5, Caps(line=3))


def test_who_ends_starts_the_next_in_line(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeAnthropic()
    monkeypatch.setenv("SONGSTORY_ANTHROPIC_API_KEY", "k")
    monkeypatch.setenv("SONGSTORY_ANTHROPIC_BASE_URL", fake.url)
    monkeypatch.setenv("SONGSTORY_PROCESSES_HOUSE", "1")
    run = single.launch_story(desk, TRACK, actor="mara", model=MODEL, caps=Caps(house=1))
    waits = single.launch_story(desk, "silent", actor="mara", model=MODEL, caps=Caps(house=1))
    assert runs.get_run(desk, waits).status == "waiting" and single.at_work(runs.get_run(desk, waits))
    end = time.monotonic() + 120
    while runs.get_run(desk, waits).finished_at is None and time.monotonic() < end:
        time.sleep(0.1)
    assert runs.get_run(desk, run).finished_at and runs.last_of(desk, "silent")[1].status == "abstained"  # type: ignore[index]
    while places.listed(desk) and time.monotonic() < end:
        time.sleep(0.1)
    assert places.listed(desk) == []
    fake.close()
