"""The races of `tests/races.py`, fifty rounds each on both databases. `make stress` prints how long they took."""

from __future__ import annotations

import os
import time

import pytest
import races

from songstory.store import Store, people

pytestmark = pytest.mark.stress
ROUNDS = int(os.environ.get("SONGSTORY_STRESS_ROUNDS", "50"))


@pytest.mark.parametrize("race", [races.everybody_saves, races.one_token_pressed_by_all, races.approval_meets_an_edit])
def test_a_race_many_times(any_desk: Store, race: object) -> None:
    names = (races.crowd(any_desk),) if race is races.everybody_saves else ()
    began = time.monotonic()
    for round_ in range(ROUNDS):
        race(any_desk, *names, round_)  # type: ignore[operator]
    people.verify_chain(any_desk)
    print(f"\n{any_desk.dialect}: {race.__name__}, {ROUNDS} rounds of {races.MANY}, {time.monotonic() - began:.0f} s, none lost")  # type: ignore[attr-defined]
