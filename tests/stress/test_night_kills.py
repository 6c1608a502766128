"""`kill -9` in the middle of nights, again and again: each story once, no answered call asked again beyond those in flight."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from fake_anthropic import FakeAnthropic

import songstory as ss
from songstory.store import queue

pytestmark = pytest.mark.stress
KILLS = int(os.environ.get("SONGSTORY_STRESS_KILLS", "50"))
IN_FLIGHT = 16
NIGHT = """
import sys, songstory as ss
from songstory.nightly import Night, run_night
from songstory.writers.anthropic import Claude
store, url, mode = ss.open_store(sys.argv[1]), sys.argv[2], sys.argv[3]
run_night(Night(store, Claude(api_key="k", base_url=url), mode=mode, api_key="k", base_url=url, in_flight=16, poll=0.2))
"""


@pytest.mark.parametrize("mode", ["live", "batch"])
def test_kills_lose_nothing_and_double_nothing(tmp_path: Path, mode: str) -> None:
    seed, made, lost, repeats, cut = random.Random(7), Counter[int](), 0, 0, 0
    while cut < KILLS:
        path = tmp_path / f"{cut}.db"
        store = ss.open_store(f"sqlite:///{path}")
        ss.import_sample(store)
        fake = FakeAnthropic(latency=0.15, batch_seconds=0.5)
        kills = 0
        while True:
            night = subprocess.Popen([sys.executable, "-c", NIGHT, f"sqlite:///{path}", fake.url, mode])
            try:
                night.wait(seed.uniform(1.5, 6.0) if kills < 4 else 300)
                break
            except subprocess.TimeoutExpired:
                night.send_signal(signal.SIGKILL)
                night.wait()
                kills += 1
        again = fake.stats()["repeats"]
        written = [s.number for s in queue.list_stories(store, size=500).items]
        made.update(written)
        lost += 121 - len(written)
        repeats += again
        assert again <= IN_FLIGHT * max(kills, 1)
        cut += max(kills, 1)
        fake.close()
        store.close()
        time.sleep(0.01)
    print(f"\n{mode}: {cut} kills: stories by their number of revisions {dict(made)}, {lost} lost, {repeats} answered calls asked again")
    assert set(made) == {1} and lost == 0
