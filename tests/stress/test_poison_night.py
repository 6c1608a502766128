"""A night over 1,000 songs of which 50 are poisoned in 50 ways: 950 stories, 50 named reasons."""

from __future__ import annotations

from pathlib import Path

import pytest
from poison import WAYS, ends, load

import songstory as ss
from songstory.nightly import Night, run_night
from songstory.store import Store

pytestmark = pytest.mark.stress
GOOD = 950


def test_950_stories_and_50_named_reasons(any_store: Store, tmp_path: Path) -> None:
    said = load(any_store, tmp_path, GOOD)
    done = run_night(Night(any_store, ss.open_writer("composer"), mode="local"))
    found = ends(any_store, done.id)
    stories = [track for track, (status, _) in found.items() if status == "ready"]
    named = {track: f"{why}; {found.get(track, ('left out at the border', ''))[1]}" for track, why in said.items()}
    print(f"\n{len(stories)} stories, {len(named)} named reasons, {len({w['way'] for w in WAYS})} ways; the night is {done.status}")
    print(*(f"{track}: {why}" for track, why in sorted(named.items())), sep="\n")
    assert done.status == "finished" and len(stories) == GOOD and len(named) == 50 and not set(named) & set(stories)
