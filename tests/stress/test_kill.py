"""`kill -9` in the middle of `songstory generate --all`, again and again; then once to the end. `make stress` prints the counts."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

import songstory as ss
from songstory.store import people

pytestmark = pytest.mark.stress
KILLS = int(os.environ.get("SONGSTORY_STRESS_KILLS", "40"))


def test_killed_at_random_points_every_story_is_there_once(tmp_path: Path) -> None:
    path, dice, killed = tmp_path / "s.db", random.Random(1), 0
    store = ss.open_store(f"sqlite:///{path}")
    ss.import_sample(store)
    store.close()
    env = {**os.environ, "SONGSTORY_STORE": f"sqlite:///{path}"}
    command = [sys.executable, "-m", "songstory", "generate", "--all", "--json"]
    for _ in range(KILLS):
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.6 + dice.random() * 0.9)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.wait()
    assert subprocess.run(command, env=env, stdout=subprocess.DEVNULL).returncode == 0
    raw = sqlite3.connect(path)
    one = lambda query: raw.execute(query).fetchone()[0]  # noqa: E731
    facts = {
        "stories": one("SELECT count(*) FROM story"),
        "revisions": one("SELECT count(*) FROM revision"),
        "events": one("SELECT count(*) FROM event WHERE action = 'story.generate'"),
        "half": one("SELECT count(*) FROM story WHERE latest_revision_id IS NULL"),
        "uncited": one("SELECT count(*) FROM revision r WHERE NOT EXISTS (SELECT 1 FROM revision_fact f WHERE f.revision_id = r.id)"),
        "integrity": one("PRAGMA integrity_check"),
    }
    raw.close()
    print(f"\n{killed} kills: {facts}")
    assert facts["stories"] == facts["revisions"] == facts["events"] >= 100
    assert (facts["half"], facts["uncited"], facts["integrity"]) == (0, 0, "ok")
    store = ss.open_store(f"sqlite:///{path}")
    people.verify_chain(store)
    store.close()
