"""Says what an import would do before it does it: what is read, which tracks it would join, and which facts and stories would fall."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from sqlmodel import Session

from songstory.errors import BadRecord
from songstory.intake import RECORDS, admitted, as_lines
from songstory.matching import Known, artist_key, title_key
from songstory.models import Entity, Source, Track, Value
from songstory.placing import Desk, Placing
from songstory.records import (
    ColumnReport,
    FactLine,
    Match,
    PassageLine,
    Passed,
    Recording,
    SourceLine,
    TrackLine,
    Work,
    content_of,
    years_of,
)
from songstory.sources import files
from songstory.store import Store, citing, finding, intakes
from songstory.store.bulk import fact_key
from songstory.store.preparing import prepare


class Preview(Value):
    """What an import would do: records joined to known tracks, new tracks, cases, what is left out; and what `--full` would let fall.

    `facts` are the keys that would stop standing, `stories` the live ones that cite them.
    """

    read: int
    joined: int
    new_tracks: int
    cases: tuple[tuple[str, str, Match | None], ...] = ()
    rejected: tuple[str, ...] = ()
    passed: int = 0
    columns: tuple[ColumnReport, ...] = ()
    facts: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()


class _Made:
    """The tracks that an import would make, found again by title, artist and identifier: a million are not put before each batch."""

    def __init__(self) -> None:
        self.count = 0
        self._by_key: dict[object, dict[str, Known]] = defaultdict(dict)

    def add(self, known: Known) -> None:
        """Remember a track."""
        self.count += 1
        for key in _keys_of(known.track.title, known.track.artist_credit, known.identifiers):
            self._by_key[key][known.track.id] = known

    def near(self, records: Sequence[Recording]) -> list[Known]:
        """Return the tracks that records may speak of."""
        keys = {key for r in records for key in _keys_of(r.title, r.artist_credit, r.identifiers)}
        return list({track: known for key in keys for track, known in self._by_key.get(key, {}).items()}.values())


def _keys_of(title: str, credit: str, identifiers: Sequence[tuple[str, str]]) -> list[object]:
    return [("title", title_key(title)), ("artist", artist_key(credit)), *identifiers]


class _Trial(Desk):
    """Places records without writing anything; new tracks are remembered for the batches that follow."""

    def __init__(self, session: Session, placing: Placing, records: Sequence[Recording], made: _Made, put: dict[str, str]) -> None:
        super().__init__(session, placing, records, [])
        for known in made.near(records):
            self.known.put(known.track, tuple(known.identifiers), years=known.years)
        self.before = {**put, **self.before}
        self.cases: list[tuple[str, str, Match | None]] = []

    def _ask(self, record: Recording, matches: Sequence[Match]) -> None:
        self.cases.append((record.title, record.artist_credit, matches[0] if matches else None))


def preview(
    store: Store, source: Source, records: Iterable[Recording | Entity | Work | Passed | BadRecord], *, new_tracks: bool = True
) -> Preview:
    """Return what an import of these records would do. Nothing is written."""
    placing = Placing(source, new_tracks)
    made = _Made()
    put: dict[str, str] = {}
    tracks: set[str] = set()
    stated: set[str] = set()
    read = joined = passed = 0
    cases: list[tuple[str, str, Match | None]] = []
    rejected: list[str] = []
    walking = iter(records)
    while batch := list(islice(walking, RECORDS)):
        rejected += [str(r) for r in batch if isinstance(r, BadRecord)]
        passed += sum(isinstance(r, Passed) for r in batch)
        good = [r for r in batch if isinstance(r, Recording)]
        read += len(good)
        with store.reading() as session:
            good = [r for r in admitted(good, rejected) if isinstance(r, Recording)]
            desk = _Trial(session, placing, good, made, put)
            for record in good:
                track = desk.place(record, rejected)
                if track is None:
                    continue
                new = not desk.known.stored(track.id) and track.id not in tracks
                tracks.add(track.id)
                if new:
                    made.add(Known(track, record.identifiers, years_of(record)))
                joined += not new
                put[content_of(record)] = track.id
                stated |= _keys(record, track)
            cases += desk.cases
            placing.written()
    with store.reading() as session:
        facts = intakes.left_out(session, source.key, stated)
        live = citing.texts_citing(session, facts, lock=False) if facts else []
    return Preview(
        read=read, joined=joined, new_tracks=made.count, cases=tuple(cases), rejected=tuple(rejected), passed=passed,
        facts=tuple(facts.values()), stories=tuple(sorted(t.story for t in live if t.live)),
    )  # fmt: skip


def preview_file(store: Store, path: Path) -> Preview:
    """Return what a catalogue of JSON lines would do, and what it would let fall with `full`. Nothing is written."""
    recordings: dict[str, str] = {}
    sources: set[str] = set()
    passages: dict[str, str] = {}
    stated: set[str] = set()
    rejected: list[str] = []
    read = 0
    walking = files.parse(files.read_lines(path), path.name)
    while batch := list(islice(walking, 5_000)):
        rejected += [str(line) for _, line, _ in batch if isinstance(line, BadRecord)]
        ready = prepare([(number, line) for number, line, _ in batch if not isinstance(line, BadRecord)])
        rejected += [str(BadRecord(path.name, number, why)) for number, why in ready.bad]
        facts = [line for _, line in ready.lines if isinstance(line, FactLine)]
        for _, line in ready.lines:
            read += 1
            if isinstance(line, TrackLine):
                recordings[line.id] = line.recording or f"rec-{line.id}"
            elif isinstance(line, SourceLine):
                sources.add(line.key)
            elif isinstance(line, PassageLine):
                passages[line.key] = line.source
        with store.reading() as session:
            recordings |= finding.recordings(session, {f.track for f in facts} - recordings.keys())
        for fact in facts:
            source = passages.get(fact.passage or "", "") or fact.source or ""
            sources.add(source)
            stated.add(fact_key(source, recordings.get(fact.track, ""), fact.predicate, fact.object or fact.value, fact.qualifiers))
    with store.reading() as session:
        known = finding.recordings(session, set(recordings))
        fallen = {row: key for source in sources for row, key in intakes.left_out(session, source, stated).items()}
        live = citing.texts_citing(session, fallen, lock=False) if fallen else []
    return Preview(
        read=read, joined=len(known), new_tracks=len(recordings.keys() - known.keys()), rejected=tuple(rejected),
        facts=tuple(fallen.values()), stories=tuple(sorted(t.story for t in live if t.live)),
    )  # fmt: skip


def _keys(record: Recording, track: Track) -> set[str]:
    """Return the keys of the facts that a record would state of its track."""
    ready = prepare(list(enumerate(as_lines(record, track))))
    lines = (line for _, line in ready.lines if isinstance(line, FactLine))
    return {fact_key(f.source or record.source, track.recording, f.predicate, f.object or f.value, f.qualifiers) for f in lines}
