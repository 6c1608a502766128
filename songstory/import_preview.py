"""Says what an import would do before it does it: what is read, which tracks it would join, and which facts and stories would fall."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from sqlmodel import Session

from songstory.errors import BadRecord
from songstory.intake import RECORDS, as_lines
from songstory.matching import Known
from songstory.models import Entity, Source, Track, Value
from songstory.placing import Desk, Placing
from songstory.records import ColumnReport, FactLine, Match, Passed, Recording, Work, content_of, years_of
from songstory.store import Store, citing, intakes
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


class _Trial(Desk):
    """Places records without writing anything; new tracks are remembered for the batches that follow."""

    def __init__(self, session: Session, placing: Placing, records: Sequence[Recording], made: list[Known], put: dict[str, str]) -> None:
        super().__init__(session, placing, records, [])
        for known in made:
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
    made: list[Known] = []
    put: dict[str, str] = {}
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
            desk = _Trial(session, placing, good, made, put)
            for record in good:
                new = len(made)
                track = desk.place(record, rejected)
                if track is None:
                    continue
                if _is_new(session, desk, track, made):
                    made.append(Known(track, record.identifiers, years_of(record)))
                joined += len(made) == new
                put[content_of(record)] = track.id
                stated |= _keys(record, track)
            cases += desk.cases
    with store.reading() as session:
        facts = intakes.left_out(session, source.key, stated)
        live = citing.texts_citing(session, facts, lock=False) if facts else []
    return Preview(
        read=read, joined=joined, new_tracks=len(made), cases=tuple(cases), rejected=tuple(rejected), passed=passed,
        facts=tuple(facts.values()), stories=tuple(sorted(t.story for t in live if t.live)),
    )  # fmt: skip


def _is_new(session: Session, desk: Desk, track: Track, made: Sequence[Known]) -> bool:
    return all(k.track.id != track.id for k in made[-RECORDS:]) and not desk.known.stored(track.id)


def _keys(record: Recording, track: Track) -> set[str]:
    """Return the keys of the facts that a record would state of its track."""
    ready = prepare(list(enumerate(as_lines(record, track))))
    lines = (line for _, line in ready.lines if isinstance(line, FactLine))
    return {fact_key(f.source or record.source, track.recording, f.predicate, f.object or f.value, f.qualifiers) for f in lines}
