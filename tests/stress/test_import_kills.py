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


STATE = {
    "facts": "SELECT key, retracted_at IS NULL FROM fact ORDER BY key",
    "flags": "SELECT f.key, g.flag, g.note FROM fact_flag g JOIN fact f ON f.id = g.fact_id ORDER BY 1, 2",
    "cases": "SELECT source, content, track FROM match_case ORDER BY 1, 2",
    "placements": "SELECT p.source, p.content, t.uid FROM placement p JOIN track t ON t.id = p.track_id ORDER BY 1, 2",
    "unsettled": "SELECT count(*) FROM unsettled",
}
TABLE = """import sys, pathlib, songstory as ss
from songstory import importing
from songstory.sources import tables
columns = tables.mapping(["title=title", "artist=artist", "writer=writer", "length=length", "bpm=tempo"])
importing.import_table(ss.open_store(sys.argv[1]), pathlib.Path(sys.argv[2]), source="sheet", columns=columns)"""
SONGS = 6_000


def state(url: str) -> dict[str, list[tuple[object, ...]]]:
    store = ss.open_store(url)
    with store.reading() as session:
        found = {name: [tuple(row) for row in session.connection().execute(text(sql))] for name, sql in STATE.items()}
    store.close()
    return found


def disputed_feed(path: Path) -> None:
    with path.open("w") as file:
        for key in ("s", "d"):
            file.write(json.dumps({"kind": "source", "key": key, "name": key, "licence": "CC0"}) + "\n")
        for i in range(SONGS):
            file.write(json.dumps({"kind": "track", "id": f"t{i}", "title": f"Song {i}", "artist": f"Band {i % 99}"}) + "\n")
            file.write(json.dumps({"kind": "fact", "track": f"t{i}", "predicate": "tempo", "value": 60 + i % 99, "source": "s"}) + "\n")
            if i % 5 == 0:
                file.write(json.dumps({"kind": "fact", "track": f"t{i}", "predicate": "tempo", "value": 190, "source": "d"}) + "\n")


def disputed_sheet(path: Path) -> None:
    rows = [f"Song {i},Band {i % 99},Writer {i},{200 + i % 60},{30 + i % 20}" for i in range(0, SONGS, 4)]
    rows += [f"Song {i} (Part 1),Band {i % 99},Writer {i},,{30 + i % 20}" for i in range(1, SONGS, 40)]  # each of these is asked about
    path.write_text("title,artist,writer,length,bpm\n" + "\n".join(rows) + "\n")


def killed(code: str, url: str, path: Path, kills: int, dice: random.Random, most: float) -> int:
    done = 0
    for _ in range(kills):
        running = subprocess.Popen([sys.executable, "-c", code, url, str(path)])
        time.sleep(dice.uniform(0.9, most))
        if running.poll() is None:
            running.send_signal(signal.SIGKILL)
            done += 1
        running.wait()
    subprocess.run([sys.executable, "-c", code, url, str(path)], check=True)
    return done


def test_no_dispute_and_no_case_is_lost_by_a_kill(tmp_path: Path) -> None:
    feed, sheet = tmp_path / "feed.jsonl", tmp_path / "sheet.csv"
    disputed_feed(feed)
    disputed_sheet(sheet)
    whole = f"sqlite:///{tmp_path / 'whole.db'}"
    for code, path in ((IMPORT, feed), (TABLE, sheet)):
        subprocess.run([sys.executable, "-c", code, whole, str(path)], check=True)
    wanted, dice, kills = state(whole), random.Random(7), 0
    assert len(wanted["flags"]) > 3_000 and len(wanted["cases"]) == 150 and wanted["unsettled"] == [(0,)]
    for round_ in range(max(1, KILLS // 5)):
        cut = f"sqlite:///{tmp_path / f'cut{round_}.db'}"
        kills += killed(IMPORT, cut, feed, 2, dice, 2.2) + killed(TABLE, cut, sheet, 3, dice, 5.0)
        found = state(cut)
        assert {name for name in wanted if found[name] != wanted[name]} == set(), round_
    print(f"\n{kills} kills in imports and tables of {SONGS:,} songs: {len(wanted['flags']):,} flags, {len(wanted['cases'])} cases, each time")
