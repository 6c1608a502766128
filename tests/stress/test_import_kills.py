"""`kill -9` in the middle of an import, again and again: what is resumed is the same as what was never cut."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

import songstory as ss

pytestmark = pytest.mark.stress
TABLES = ("entity", "entity_name", "track", "track_entity", "source_record", "fact")
IMPORT = "import sys, songstory as ss; ss.import_file(ss.open_store(sys.argv[1]), sys.argv[2])"
KILLS = int(os.environ.get("SONGSTORY_STRESS_KILLS", "20"))
TRACKS = int(os.environ.get("SONGSTORY_STRESS_TRACKS", "40000"))


def content(url: str) -> list[object]:
    store = ss.open_store(url)
    with store.session() as session:
        counts = [session.connection().execute(text(f"SELECT count(*) FROM {t}")).scalar_one() for t in TABLES]
        keys = session.connection().execute(text("SELECT count(DISTINCT key) FROM fact WHERE retracted_at IS NULL")).scalar_one()
        sound = session.connection().execute(text("PRAGMA integrity_check")).scalar_one()
    store.close()
    return [*counts, keys, sound]


def test_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    with feed.open("w") as file:
        file.write('{"kind":"source","key":"s","name":"S","licence":"CC0"}\n')
        for i in range(TRACKS):
            file.write(json.dumps({"kind": "track", "id": f"t{i}", "title": f"Song {i}", "artist": f"A{i % 99}"}) + "\n")
            file.write(json.dumps({"kind": "fact", "track": f"t{i}", "predicate": "tempo", "value": 60 + i % 99, "source": "s"}) + "\n")
    whole, cut = f"sqlite:///{tmp_path / 'whole.db'}", f"sqlite:///{tmp_path / 'cut.db'}"
    subprocess.run([sys.executable, "-c", IMPORT, whole, str(feed)], check=True)
    dice, kills = random.Random(1), 0
    for _ in range(KILLS):
        running = subprocess.Popen([sys.executable, "-c", IMPORT, cut, str(feed)])
        time.sleep(dice.uniform(0.8, 2.5))
        if running.poll() is None:
            running.send_signal(signal.SIGKILL)
            kills += 1
        running.wait()
    subprocess.run([sys.executable, "-c", IMPORT, cut, str(feed)], check=True)
    assert content(cut) == content(whole)
    print(f"\n{kills} kills in imports of {TRACKS:,} tracks: nothing lost, nothing twice, {content(cut)}")
