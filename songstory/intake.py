"""Source to facts to store: match the track, corroborate, find conflicts, flag. What is good goes in, what is not is named."""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import orjson
from sqlmodel import Session

from songstory import assets, border, decisions, fallout, ownership, rechecking, witness
from songstory.errors import BadRecord, StoreError
from songstory.matching import artist_key, title_key
from songstory.models import LOW, Entity, Source, Track, Who, now
from songstory.ownership import Door
from songstory.placing import Placing
from songstory.records import (
    ColumnReport,
    EntityLine,
    FactLine,
    Line,
    PassageLine,
    Passed,
    Recording,
    SourceLine,
    Statement,
    TrackLine,
    Work,
)
from songstory.sources import files
from songstory.store import Store, disputes, finding, foreign, intakes, people
from songstory.store.bulk import Writer
from songstory.store.preparing import Ready, prepare
from songstory.trust import ALERT
from songstory.witness import Evidence

BATCH = 5_000  # lines of a house file
UNHEARD = "work that no known track performs; import its recordings, then the work again"
RECORDS = 500  # records of other sources, each of many lines
Progress = Callable[[int], None]
T = TypeVar("T")


@dataclass(frozen=True)
class Intake:
    """What an import did: rows by kind that went in, one line per record that did not, and what changed beside them.

    `id` is by what it may be taken back (`songstory import undo ID`).
    `retracted` facts are no longer stated; `conflicts` counts facts newly disputed between sources; `cases` are records
    that fit several tracks and wait for a person; `skipped` says why a file was not read at all; `passed` counts good records
    that say nothing of a recording, by reason; `alerts` name floods: much about one artist from a
    source of low trust; and what is not validated. `columns` say of a table what became of each column.
    """

    added: dict[str, int]
    id: int = 0
    unchanged: int = 0
    rejected: tuple[str, ...] = ()
    retracted: int = 0
    conflicts: int = 0
    cases: int = 0
    skipped: str = ""
    passed: dict[str, int] = field(default_factory=dict)
    alerts: tuple[str, ...] = ()
    columns: tuple[ColumnReport, ...] = ()


def import_file(
    store: Store, path: str | Path, *, full: bool = False, progress: Progress | None = None, at: datetime | None = None, actor: Who = ""
) -> Intake:
    """Load a catalogue of JSON lines; written twice it changes nothing. `progress` is told how many bytes were read.

    The file speaks for the sources that it, or `actor`, declared; an editor or above may load what speaks for those of others.

    Bad lines are left out and named in the result; each batch of lines is one transaction, and an import that was cut off
    goes on after its last batch. What a record of the file no longer states stops standing; with `full` the file is all
    that its sources say, so what it leaves out stops standing too. Raise SourceError when the file cannot be read, NotAllowed
    for an actor who is not known.
    """
    file = Path(path)
    digest = files.digest(file)
    return _load(store, file, digest, witness.loader(store, actor).file(file, digest), full, progress, at or now())


def _load(store: Store, file: Path, digest: str, door: Door, full: bool, progress: Progress | None, at: datetime) -> Intake:
    done = intakes.last_finished(store, digest)
    if done:
        disputes.settle(store)  # what a machine that died left behind
    if done and not full and not (done.rejected and door.vouched):  # who answers for it may be let in where others were not
        return Intake(added={}, unchanged=done.line, rejected=done.rejected, skipped=f"{file.name} was read before and did not change")
    evidence = Evidence(file.name, {file.name: digest}, door)
    rechecking.begin(store)
    state = intakes.begin(store, file.name, digest, at)
    writer = Writer(state.started_at, door, state.id)
    writer.known_met = state.started_at < at  # what it met before it was cut off was known
    lines = files.parse(files.read_lines(file, state.position, state.line), file.name)
    rejected = list(state.rejected)
    for batch in _uncollected(_batches(lines, BATCH)):
        good = [(number, line) for number, line, _ in batch if not isinstance(line, BadRecord)]
        rejected += [str(line) for _, line, _ in batch if isinstance(line, BadRecord)]
        number, _, position = batch[-1]
        step = _Step(writer, evidence, rejected, (number, position), begun=len(batch) == BATCH)
        rejected = _in_one(store, partial(step.write_lines, prepare(good)))
        if progress:
            progress(position)
    return _finish(store, state.id, writer, sorted(rejected, key=_line), full, evidence)


@dataclass(frozen=True)
class _Step:
    """One batch of an import: what it is written with, the lines rejected before it, and where the import stands `after` it."""

    writer: Writer
    evidence: Evidence
    rejected: Sequence[str]
    after: tuple[int, int]
    begun: bool

    def write_lines(self, ready: Ready, session: Session, salvage: bool) -> list[str]:
        """Write lines of a house file; return all that was rejected."""
        bad = self.writer.write(session.connection(), ready, salvage=salvage)
        return self._keep(session, [str(BadRecord(self.evidence.name, line, why)) for line, why in bad])

    def write_records(
        self, placing: Placing, good: Sequence[Recording | Entity | Work], session: Session, salvage: bool
    ) -> tuple[int, list[str], int]:
        """Write records of another source; return how many wait for a person, all that was rejected, and how many works are unheard."""
        waiting, left_out, unheard = _write_batch(session, placing, self.writer, good, salvage)
        return waiting, self._keep(session, left_out), unheard

    def _keep(self, session: Session, bad: Sequence[str]) -> list[str]:
        told = [*self.rejected, *bad]
        self.evidence.wrote(session, self.writer, begun=self.begun)
        intakes.advance(session, self.writer.intake, self.writer, told, *self.after)
        return told


def _in_one(store: Store, put: Callable[[Session, bool], T]) -> T:
    """Let `put` write a batch in one transaction, and where the database refuses a row, in another that salvages the others.

    The savepoint which that takes costs SQLite a fifth of the time of an import, and few rows are ever refused.
    """
    try:
        with store.session() as session:
            return put(session, False)
    except StoreError as error:
        if error.__cause__ is None or not foreign.refuses(error.__cause__):
            raise
    with store.session() as session:
        return put(session, True)


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    walking = iter(items)
    while batch := list(islice(walking, size)):
        yield batch


def _uncollected(batches: Iterator[list[Any]]) -> Iterator[list[Any]]:
    """Hold the garbage collector back to every tenth batch: among millions of small rows it would look for cycles in vain."""
    gc.disable()
    try:
        for number, batch in enumerate(batches):
            yield batch
            if number % 10 == 9:
                gc.collect()
    finally:
        gc.enable()


def _line(text: str) -> int:
    number = text.split(":")[1] if text.count(":") > 1 else ""
    return int(number) if number.isdecimal() else 0


def _finish(
    store: Store, intake: int, writer: Writer, rejected: Sequence[str], full: bool, evidence: Evidence, *, keep: bool = False
) -> Intake:
    """Close an import: facts no longer stated stop standing and their stories with them, conflicts between sources are found.

    To `keep` is that of a sheet, which is never all that its source says.
    """
    with store.session() as session:
        act, fallen = witness.act(), [] if keep else intakes.no_longer_stated(session, intake, writer, full)
        fallout.of_facts(session, [fact for fact, _ in fallen], "its source no longer states it", act=act)
        alerts = [_alert(session, *flood) for flood in intakes.floods(session, writer, LOW, ALERT)]
        evidence.done(session, writer, act, [key for _, key in fallen], len(rejected))
        intakes.finish(session, intake, act)
    conflicts = disputes.settle(store)
    fallout.of_dirty(store)  # what this import flagged or disputes may be told no more
    return Intake(
        id=intake,
        added=writer.added,
        unchanged=writer.unchanged,
        rejected=tuple(rejected),
        retracted=len(fallen),
        conflicts=conflicts,
        alerts=(*witness.bounded(writer), *alerts),
    )


def _alert(session: Session, source: str, artist: str, count: int) -> str:
    """Keep a flood in the audit log; return it in words."""
    people.record(session, action="import.alert", object_=source, actor=people.NIGHT, data={"artist": artist, "facts": count})
    return f"{source}, a source of low trust, says {count:,} new things of {artist}; look at them before you trust it"


def import_sample(store: Store, *, actor: Who = "") -> Intake:
    """Load the bundled catalogue of real songs, whose sources have the trust that it gives them."""
    file = assets.sample() / "catalogue.jsonl"
    door = ownership.sample(witness.loader(store, actor).name)
    return _load(store, file, files.digest(file), door, False, None, now())


# records of other sources -------------------------------------------------------------------------------------------

Record = Recording | Entity | Work | Passed | BadRecord


def import_records(
    store: Store,
    source: Source,
    records: Iterable[Record],
    *,
    name: str = "",
    new_tracks: bool = True,
    full: bool = False,
    sheet: bool = False,
    progress: Progress | None = None,
    at: datetime | None = None,
    actor: Who = "",
    read_from: Mapping[str, str] | None = None,
    read_as: str = "",
    door: Door | None = None,
) -> Intake:
    """Load what a source says: each recording goes to the track it speaks of, or makes a track of its own.

    With `new_tracks` False only known tracks are enriched; the others are named among the rejected. A record that fits
    several tracks, or speaks against the one it fits, waits for a person (`songstory matches`). A `sheet` is never all that
    its source says: it lets no fact fall unless it is `full`. `progress` is told how many records were read. The audit log
    keeps who loads (`actor`) and the hashes of what they were `read_from`, which `read_as` says how: an import
    that was cut off goes on only where both are as they were; `door` is that of the source's own importer.
    Raise NotAllowed where the door may not speak for the source.
    """
    door = door or ownership.importer(source.key, witness.loader(store, actor).name)
    witness.claim(store, door, source.key)
    evidence = Evidence(name or source.key, read_from or {}, door)
    moment = at or now()
    rechecking.begin(store)
    digest = hashlib.sha256(orjson.dumps([source.key, dict(read_from or {}) or str(moment), read_as, full, new_tracks])).hexdigest()
    state = intakes.begin(store, name or source.key, digest, moment)
    writer = Writer(state.started_at, door, state.id)
    writer.known_met = state.started_at < moment  # what it met before it was cut off was known
    placing = Placing(source, new_tracks, state.id)
    rejected: list[str] = []
    read = cases = 0
    passed: Counter[str] = Counter()
    for batch in _batches(records, RECORDS):
        read += len(batch)
        rejected += [str(r) for r in batch if isinstance(r, BadRecord)]
        passed.update(r.why for r in batch if isinstance(r, Passed))
        good = [r for r in batch if isinstance(r, Recording | Entity | Work)]
        for record in good:  # the keys are remembered: nothing of a title is computed while others wait for the write lock
            if isinstance(record, Recording):
                title_key(record.title)
                artist_key(record.artist_credit)
        step = _Step(writer, evidence, rejected, (read, 0), begun=len(batch) == RECORDS)
        waiting, rejected, unheard = _in_one(store, partial(step.write_records, placing, good))
        placing.written()
        cases += waiting
        passed[UNHEARD] += unheard
        if progress:
            progress(read)
    done = _finish(store, state.id, writer, rejected, full, evidence, keep=sheet and not full)
    return replace(done, cases=cases, passed=dict(+passed))


def _write_batch(
    session: Session, placing: Placing, writer: Writer, records: Sequence[Recording | Entity | Work], salvage: bool
) -> tuple[int, list[str], int]:
    """Place and write one batch; return how many records wait for a person, a line for each left out, and how many works are unheard."""
    left_out: list[str] = []
    records = list(admitted(records, left_out))
    desk = placing.batch(session, records)
    lines: list[Line] = [SourceLine(kind="source", **placing.source.model_dump())]
    unheard = 0
    for record in records:
        if isinstance(record, Entity):
            lines.append(entity_line(record))
        elif isinstance(record, Work):
            performing = desk.known.performing(record)
            unheard += not performing
            lines += [entity_line(record.entity), *(line for t in performing for line in as_lines(_performance(record, t), t))]
        elif (track := desk.place(record, left_out)) is not None:
            lines += as_lines(record, track)
    bad = writer.write(session.connection(), prepare(list(enumerate(lines))), salvage=salvage)
    desk.keep()
    return desk.waiting, [*left_out, *(f"{_locator(lines[n])}: {why}" for n, why in bad)], unheard


def admitted(records: Sequence[Recording | Entity | Work], left_out: list[str]) -> Iterator[Recording | Entity | Work]:
    """Yield the records whose tracks can be looked for; what they cannot be found by is named."""
    bad: list[str] = []
    for record in records:
        try:
            yield border.recording(record, bad) if isinstance(record, Recording) else record
        except ValueError as error:
            left_out.append(f"{record.locator[:200]}: {error}" if isinstance(record, Recording) else str(error))
        left_out += [f"{getattr(record, 'locator', '')}: {why}" for why in bad]
        bad.clear()


def _performance(work: Work, track: Track) -> Recording:
    """Return what a work says of a recording that performs it."""
    return Recording(source=work.source, locator=work.locator, title=track.title, statements=work.statements, works=(work.entity,))


def _locator(line: Line) -> str:
    return getattr(line, "locator", "") or getattr(line, "key", "") or getattr(line, "id", "")


def as_lines(record: Recording, track: Track) -> Iterator[Line]:
    """Yield the lines that write a record to its track; entities without an id of their own belong to this record alone."""
    for entity in (*record.artists, *record.works):
        yield entity_line(entity)
    yield TrackLine(
        kind="track", id=track.id, title=track.title, artist=track.artist_credit, recording=track.recording,
        artist_entity=record.artists[0].id if record.artists else None, length_ms=track.length_ms or record.length_ms,
        released=track.first_release_date or record.released, identifiers=record.identifiers, works=tuple(w.id for w in record.works),
    )  # fmt: skip
    place = f"{record.source} {record.locator}"
    for excerpt in record.excerpts:
        yield PassageLine(
            kind="passage", key=f"{place} {excerpt.key}", source=record.source, locator=excerpt.locator, text=excerpt.text,
            licence=excerpt.licence, revision=excerpt.revision or record.revision,
        )  # fmt: skip
    for statement in record.statements:
        if statement.object:
            yield entity_line(statement.object)
        yield _fact_line(record, track, statement, place)


def _fact_line(record: Recording, track: Track, said: Statement, place: str) -> FactLine:
    return FactLine(
        kind="fact", track=track.id, predicate=said.predicate, value=said.value, object=said.object.id if said.object else None,
        qualifiers=said.qualifiers, precision=said.precision, rank=said.rank, quote=said.quote,
        passage=f"{place} {said.excerpt}" if said.excerpt else None, source=None if said.excerpt else record.source,
        locator=record.locator, credited_as=said.credited_as, reference=said.reference,
    )  # fmt: skip


def entity_line(entity: Entity) -> EntityLine:
    """Return the line that writes an entity with its names and identifiers."""
    return EntityLine.of(entity)


def decide_match(store: Store, case: int, track: str, *, actor: Who) -> Intake:
    """Give a waiting record its track, or "new" for one of its own, and load it. An editor does. Raise StoreError, NotAllowed."""
    with store.session() as session:
        who = decisions.editor(session, actor, "decide a match")
        record = finding.close_case(session, case, track, who.name)
        people.record(session, action="match.decide", object_=f"{record.source} {record.locator}", actor=who.name, data={"track": track})
        source = next((s for s in finding.sources(session) if s.key == record.source), None)
    if source is None:
        raise StoreError(f"source {record.source!r} is not known; import it again")
    door = Door(source.declared_by, who.name, vouched=True)
    done = import_records(store, source.plain(), [record], sheet=True, door=door)
    with store.session() as session:
        finding.loaded(session, case, done.id)
    return done
