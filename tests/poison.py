"""A catalogue of which fifty songs are poisoned, each in a way of its own, and what becomes of it in a night."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import text

import songstory as ss
from songstory.store import Store, runs

WAYS = [json.loads(line) for line in (Path(__file__).parent / "data/security/poison.jsonl").read_text(encoding="utf-8").splitlines()]
SOURCE = {"kind": "source", "key": "s", "name": "S", "licence": "CC0"}
SOUND = [("writer", "Ana Okafor"), ("genre", "chamber pop")]  # two things: with a third there is a story, without it there is none
THIRD = ("recorded_at", "Harbour Studio")


def fact(track: str, predicate: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"kind": "fact", "track": track, "predicate": predicate, "value": value, "source": "s", "locator": f"page of {track}", **more}


def lines(good: int) -> Iterator[dict[str, Any]]:
    """Yield the lines of `good` sound songs and of fifty poisoned ones."""
    yield SOURCE
    for i in range(good):
        yield {"kind": "track", "id": f"good-{i}", "title": f"Song {i}", "artist": "Mia Lund"}
        yield from (fact(f"good-{i}", *said) for said in (*SOUND, THIRD))
    for i, way in enumerate(WAYS):
        track = {"kind": "track", "id": f"bad-{i}", "title": f"Low Tide {i}", "artist": "Mia Lund", **way.get("track", {})}
        yield track
        yield from (fact(track["id"], *said) for said in (SOUND if "track" not in way else (*SOUND, THIRD)))
        if "fact" in way:
            yield {**fact(track["id"], "", ""), **way["fact"]}


def load(store: Store, folder: Path, good: int) -> dict[str, str]:
    """Import the catalogue; return what was said of each poisoned track at the border, by its id."""
    written = list(lines(good))
    path = folder / "catalogue.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in written))
    said: dict[str, str] = {}
    for line in ss.import_file(store, path).rejected:
        at = written[int(line.split(":")[1]) - 1]
        said.setdefault(str(at.get("track", at.get("id"))), line.split(": ", 1)[1])
    return said


def plant(store: Store, track: str, predicate: str, value: Any, qualifiers: dict[str, Any]) -> None:
    """Put into a track's third fact what an earlier version let in."""
    sql = (
        "UPDATE fact SET predicate = :p, value = :v, qualifiers = :q WHERE predicate = :third AND subject_id = "
        "(SELECT recording_id FROM track WHERE uid = :t)"
    )
    done = {"p": predicate, "v": json.dumps(value), "q": json.dumps(qualifiers), "third": THIRD[0], "t": track}
    with store.session() as session:
        assert session.connection().execute(text(sql), done).rowcount == 1


def ends(store: Store, run: str) -> dict[str, tuple[str, str]]:
    """Return how each track ended in a run, and why."""
    found: dict[str, tuple[str, str]] = {}
    page = 1
    while items := runs.run_items(store, run, page=page, size=500).items:
        found |= {i.track: (i.status, i.error) for i in items}
        page += 1
    return found
