"""Which song a record speaks of: a chart and a list made up by somebody who had not seen the program, and pairs with their answers."""

import csv
import gzip
import json
import time
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from sqlalchemy import text

import songstory as ss
from songstory import importing
from songstory.matching import Known, best, full_title
from songstory.models import Source
from songstory.records import Recording, content_of
from songstory.sources import tables
from songstory.store import Store

pytestmark = pytest.mark.bench
HERE = Path(__file__).parent / "matching"
CHART = ["title=title", "artist=artist", "peak=charted[chart=A Chart]", "entered=charted[chart=A Chart].date"]
LIST = ["title=title", "artist=artist", "writers=writer", "producers=producer", "label=label"]


def unpacked(name: str, folder: Path) -> Path:
    path = folder / name
    path.write_bytes(gzip.decompress((HERE / f"{name}.gz").read_bytes()))
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def placed(store: Store, source: str, path: Path, columns: dict[str, tables.Target]) -> list[str]:
    """Return the track of each record of a table, "" for one that waits."""
    with store.reading() as session:
        asked = "SELECT p.content, t.uid FROM placement p JOIN track t ON t.id = p.track_id WHERE p.source = :source"
        put = {str(content): str(uid) for content, uid in session.connection().execute(text(asked), {"source": source})}
    read = tables.parse(path, Source(key=source, name=source, licence="x"), columns)
    return [put.get(content_of(r), "") for r in read if isinstance(r, Recording)]


def state(store: Store) -> list[object]:
    with store.reading() as session:
        run = session.connection().execute
        return [run(text(f"SELECT {what} ORDER BY 1, 2")).all() for what in ("key, subject_id FROM fact", "source, content FROM match_case")]


def test_joins_within_a_chart_and_against_a_list(tmp_path: Path) -> None:
    chart, answers = unpacked("chart.csv", tmp_path), rows_of(unpacked("chart_answers.csv", tmp_path))
    columns = tables.mapping(CHART)
    store = ss.open_store(f"sqlite:///{tmp_path / 's.db'}")
    began = time.process_time()
    done = importing.import_table(store, chart, source="chart", columns=columns)
    spent, put = time.process_time() - began, placed(store, "chart", chart, columns)
    songs = [a["song"] for a in answers]
    by_track, by_song = defaultdict(list), defaultdict(list)
    for row, track in enumerate(put):
        by_song[songs[row]].append(row)
        if track:
            by_track[track].append(row)
    joins = [(rows[0], row) for rows in by_track.values() for row in rows[1:]]
    right = sum(songs[a] == songs[b] for a, b in joins)
    again = [(row, rows) for rows in by_song.values() for row in rows[1:] if answers[row]["fair"] == "join"]
    met = sum(bool(put[row]) and any(put[row] == put[o] for o in rows if o != row) for row, rows in again)
    before = state(store)
    importing.import_table(store, chart, source="chart", columns=columns)
    print(f"\nchart of {len(songs):,} rows: {len(joins)} joins, {right} right ({right / len(joins):.3f}); re-entries met {met} of {len(again)}")
    print(f"cases {done.cases} ({done.cases / len(songs):.1%}), {spent:.1f} s of CPU; again: changes {sum(a != b for a, b in zip(before, state(store), strict=True))}")
    listed, wanted = HERE / "list500.csv", rows_of(HERE / "list500_answers.csv")
    importing.import_table(store, listed, source="list", columns=tables.mapping(LIST))
    heard = {track: {songs[row] for row in rows} for track, rows in by_track.items()}
    found: Counter[str] = Counter()
    for track, answer in zip(placed(store, "list", listed, tables.mapping(LIST)), wanted, strict=True):
        kind = "case" if not track else "new" if track not in heard else "right" if answer["song"] in heard[track] else "wrong"
        found[f"{kind}, {'in the chart' if answer['song'] else 'not there'}"] += 1
    print("list of 500:", dict(found))
    assert right / len(joins) >= 0.995 and met / len(again) >= 0.9 and done.cases <= 0.02 * len(songs)


def _record(said: dict[str, object]) -> Recording:
    ids = [(scheme, str(said[name]).replace("-", "").upper()) for name, scheme in (("isrc", "isrc"), ("mbid", "musicbrainz")) if said.get(name)]
    return Recording(
        source="x", locator="1", title=str(said["title"]), artist_credit=str(said.get("artist", "")), identifiers=tuple(ids),
        length_ms=said.get("length_ms"), released=str(said.get("year") or ""), version=str(said.get("version") or ""),
    )  # type: ignore[arg-type]  # fmt: skip


def test_pairs() -> None:
    found: Counter[str] = Counter()
    for line in (HERE / "pairs.jsonl").read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        a, b = _record(pair["a"]), _record(pair["b"])
        listed = ss.Track(
            id="t", recording="r", title=full_title(b), artist_credit=b.artist_credit or "[unknown]", length_ms=b.length_ms, first_release_date=b.released
        )
        came = {"found": "same", "ask": "ask", "none": "other"}[best(a, [Known(listed, b.identifiers)])[0]]
        fine = came == pair["verdict"] or (pair["verdict"] == "other" and came == "ask")
        found[f"{pair['origin']}: {'right' if fine else 'joined wrongly' if came == 'same' else 'wrong'}"] += 1
    print("\npairs:", dict(sorted(found.items())))
    assert not found["reported: joined wrongly"] and sum(n for k, n in found.items() if k.endswith("right")) >= 0.9 * sum(found.values())
