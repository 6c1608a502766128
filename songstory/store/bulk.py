"""The fast way in: lines become rows by `executemany` or COPY, one transaction a batch, and written twice change nothing."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

import orjson
from sqlalchemy import Connection

from songstory.matching import artist_key, title_key
from songstory.models import Source
from songstory.ownership import Door, reserved
from songstory.records import NAMES, EntityLine, FactLine, FlagLine, Line, PassageLine, SourceLine, TrackLine
from songstory.safe_lines import holds_back, mask_line
from songstory.store import erasures, foreign
from songstory.store.preparing import Ready, prepare
from songstory.store.remembered import Remembered
from songstory.store.rows import Rows
from songstory.store.screening import screen


def fact_key(source: str, subject: str, predicate: str, what: object, qualifiers: dict[str, Any]) -> str:
    """Return the key of a fact: who says what of what, never when."""
    body = orjson.dumps([source, subject, predicate, what, qualifiers], option=orjson.OPT_SORT_KEYS)
    return "f-" + hashlib.sha256(body).hexdigest()[:16]


def content_hash(text: str) -> str:
    """Return the hash by which equal texts are known."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class _NotKnown(ValueError):
    """A line refers to something that no line above brings."""


class Writer(Remembered):
    """Writes lines in batches and counts what was new. `at` is the moment of the whole import, one for all its rows.

    `door` says for which sources the lines may speak. `intake` is the row id of a running import: the facts it states again
    are kept under it, so that the facts it no longer states can be found. Sources and the latest passages are remembered
    between batches; everything else is looked up.
    """

    def __init__(self, at: datetime, door: Door, intake: int = 0) -> None:
        super().__init__()
        self.at, self.door, self.intake = at, door, intake
        self.batches = 0
        self._ids: dict[str, list[int]] = {}
        self.refused: dict[str, str] = {}

    def write(self, connection: Connection, ready: Ready, *, salvage: bool = True) -> list[tuple[int, str]]:
        """Write one batch inside the caller's transaction. Return (line number, what is wrong) for each line left out.

        A row that the database refuses is among those; without `salvage` its error is raised, and the transaction is over.
        """
        erased, gone = erasures.load(connection), list[tuple[int, str]]()
        if erased:
            ready = ready._replace(lines=list(erasures.kept(erased, ready.lines, gone)))
        bad = sorted([*ready.bad, *gone, *self._write(connection, ready, erased.facts, salvage)])
        self.batches += 1
        if self.batches & (self.batches - 1) == 0:
            Rows(connection, self.at, self._ids).take_stock()
        return bad

    def _write(self, connection: Connection, ready: Ready, erased: frozenset[str], salvage: bool) -> list[tuple[int, str]]:
        """Write lines; to `salvage`, under a savepoint: what the database refuses is tried again in halves, down to the line."""
        batch = _Batch(self, Rows(connection, self.at, self._ids), ready, erased)
        try:
            with connection.begin_nested() if salvage else contextlib.nullcontext():
                bad = batch.run()
        except foreign.errors() as error:
            if not salvage or not foreign.refuses(error):
                raise
            half = len(ready.lines) // 2
            if not half:
                return [(number, f"the store cannot hold this: {foreign.first_line(error)}") for number, _ in ready.lines]
            halves = (ready._replace(lines=lines) for lines in (ready.lines[:half], ready.lines[half:]))
            return [told for part in halves for told in self._write(connection, part, erased, salvage)]
        batch.new.added = batch.rows.added
        self.take(batch.new)
        return bad


class _Batch:
    """One batch at work: what its lines refer to is looked up at once, then the lines are read in order.

    What the writer is to remember of it stands in `new` until it is written.
    """

    def __init__(self, writer: Writer, rows: Rows, ready: Ready, erased: frozenset[str]) -> None:
        self.w, self.rows, self.at, self.erased = writer, rows, writer.at, erased
        self.lines, self.notes = ready.lines, ready.notes
        self.held: dict[int, str] = {}
        self.entities: dict[str, int] = {}
        self.tracks: dict[str, tuple[int, int, str]] = {}
        self.records: dict[tuple[int, str], int] = {}
        self.identified: dict[tuple[str, str], int] = {}
        self.old_entities: set[int] = set()
        self.facts: list[tuple[int, str, int, FactLine, str, int | None, tuple[int | None, int, str, str], dict[str, str]]] = []
        self.names: set[tuple[int, str, str, str]] = set()
        self.primary: dict[int, str] = {}
        self.links: set[tuple[int, int, str]] = set()
        self.flags: list[tuple[int, FlagLine]] = []
        self.songs: dict[int, tuple[str, str]] = {}
        self.new = Remembered()

    def run(self) -> list[tuple[int, str]]:
        self._look_up()
        bad = []
        for number, line in self.lines:
            try:
                _WRITE[type(line)](self, number, line)
            except _NotKnown as error:
                why = str(error)  # what is not there is named once, not with each line that needs it
                if why not in self.w.missing and why not in self.new.missing:
                    bad.append((number, f"{why}; put its line above"))
                self.new.missing.add(why)
            except ValueError as error:
                bad.append((number, str(error)))
        self._write_facts()
        self.rows.flush()
        for subject, why in self.held.items():
            self.rows.flag_standing(subject, None, "quarantined", why)
        for number, flag in self.flags:
            if why := self._others(self.tracks[flag.track][1], flag.predicate):
                bad.append((number, why))
            elif not self.rows.flag_standing(self.tracks[flag.track][1], flag.predicate, flag.flag, flag.note):
                bad.append((number, f"predicate: {flag.track!r} has no fact {flag.predicate!r} to flag"))
        return sorted(bad)

    # looking up -------------------------------------------------------------------------------------------------------

    def _look_up(self) -> None:
        wanted: dict[str, None] = {}
        tracks: dict[str, None] = {}
        pairs: dict[str, set[str]] = {}
        locators: set[str] = set()
        for _, line in self.lines:
            match line:
                case FactLine():
                    tracks[line.track] = None
                    if line.passage is None:
                        locators.add(line.locator or line.track)
                    if line.object:
                        wanted[line.object] = None
                case EntityLine():
                    wanted[line.key] = None
                    for scheme, value in line.identifiers.items():
                        pairs.setdefault(scheme, set()).add(value)
                case TrackLine():
                    tracks[line.id] = None
                    wanted[recording_uid(line)] = None
                    wanted |= dict.fromkeys(line.works)
                    if line.artist_entity:
                        wanted[line.artist_entity] = None
                    for scheme, value in line.identifiers:
                        pairs.setdefault(scheme, set()).add(value)
                case PassageLine():
                    locators.add(line.locator)
                case FlagLine():
                    tracks[line.track] = None
        self.rows.look_up_records(locators)
        self.tracks = self.rows.tracks(list(tracks))
        self.entities = self.rows.entities(list(wanted))
        self.identified = self.rows.identified(pairs)
        self.old_entities = {*self.entities.values(), *self.identified.values()}
        self.names = self.rows.names_of(self.old_entities)
        self.primary = {entity: name for entity, name, kind, _ in self.names if kind == "primary"}
        self.links = self.rows.links_of([t for t, *_ in self.tracks.values()])

    # one line of each kind --------------------------------------------------------------------------------------------

    def source(self, number: int, line: SourceLine) -> None:
        if self._known_source(line.key) is not None:
            self.new.unchanged += 1
            return
        door, fields = self.w.door, line.model_dump(exclude={"kind"})
        if line.trust > door.most:
            self.new.bounded[line.key] = line.trust
        fields |= {"trust": min(line.trust, door.most), "declared_by": reserved(line.key) or door.owner, "origin": door.origin}
        self.new.known_sources[line.key] = (self.rows.source(fields), line.licence)
        self.new.declared.append(Source.model_validate({name: fields[name] for name in Source.model_fields}))

    def source_id(self, key: str) -> tuple[int, str]:
        found = self._known_source(key)
        if found is None:
            raise _NotKnown(f"source: {key!r} is not known")
        return found

    def _known_source(self, key: str) -> tuple[int, str] | None:
        """Return the id and licence of a source, None for a new one. Raise ValueError where the door may not speak for it."""
        if (known := self.w.known_sources.get(key) or self.new.known_sources.get(key)) is not None:
            return known
        if key not in self.w.refused:
            found = self.rows.find_source(key)
            if not (why := self.w.door.refusal(key, found[2] if found else None)):
                if found:
                    self.w.known_sources[key] = found[:2]
                return found[:2] if found else None
            self.w.refused[key] = why
        raise ValueError(self.w.refused[key])

    def _others(self, subject: int, predicate: str = "") -> str:
        """Return why what is known of a subject is not this door's to change, "" where it is."""
        if not self.w.door.of_a_file:
            return ""
        refused = (self.w.door.refusal(*source) for source in sorted(self.rows.speaking_of(subject, predicate)))
        return next((why for why in refused if why), "")

    def record_id(self, source: int, locator: str, revision: str = "", digest: str = "") -> int:
        if (source, locator) not in self.records:
            self.records[(source, locator)], old = self.rows.record(source, locator, revision, digest)
            self.new.known_met = self.new.known_met or old
        return self.records[(source, locator)]

    def passage(self, number: int, line: PassageLine) -> None:
        source, licence = self.source_id(line.source)
        text = line.text
        record = self.record_id(source, line.locator, line.revision, content_hash(text))
        passage, new = self.rows.passage(record, content_hash(f"{line.source}\x1f{line.locator}\x1f{text}"), text, line.licence or licence)
        self.new.unchanged += not new
        self.new.passages_met = True
        self.new.passages[line.key] = (passage, record, line.source, text)

    def entity(self, number: int, line: EntityLine) -> None:
        found = self.entities.get(line.key) or next((self.identified[p] for p in line.identifiers.items() if p in self.identified), None)
        if found is None:
            found = self.rows.add("entity", uid=line.key, kind=line.type)
        else:
            self.new.unchanged += 1
        self.entities[line.key] = found
        self._name(found, line.name, "primary")
        for field, kind in NAMES.items():
            for name in getattr(line, field):
                self._name(found, name, kind)
        for pair in line.identifiers.items():
            self._identify(found, pair)

    def _identify(self, entity: int, pair: tuple[str, str]) -> None:
        if pair not in self.identified:
            self.identified[pair] = entity
            self.rows.add("entity_identifier", entity_id=entity, scheme=pair[0], value=pair[1])

    def _name(self, entity: int, name: str, kind: str) -> None:
        if kind == "primary" and self.primary.setdefault(entity, name) != name:
            kind = "alias"  # the first source's name stays the first
        row = (entity, name, kind, "")
        if row not in self.names:
            self.names.add(row)
            self.rows.add("entity_name", entity_id=entity, name=name, kind=kind, locale="")

    def entity_id(self, key: str) -> int:
        if key not in self.entities:
            raise _NotKnown(f"object: entity {key!r} is not known")
        return self.entities[key]

    def track(self, number: int, line: TrackLine) -> None:
        artist = self.entity_id(line.artist_entity) if line.artist_entity else None
        uid, known = recording_uid(line), self.tracks.get(line.id)
        if known is not None:
            renamed = self.rows.refresh_track(known[0], line, lambda: self._others(known[1]))
            if renamed and (why := holds_back(line.title, line.artist)):
                self.held[known[1]] = why
        subject = self.entities.get(uid)
        if subject is None:
            subject = self.rows.add("entity", uid=uid, kind="recording")
            self.entities[uid] = subject
        self._name(subject, line.title, "primary")
        if known is None:
            track = self.rows.add(
                "track", uid=line.id, recording_id=subject, title=line.title, artist_credit=line.artist, length_ms=line.length_ms,
                first_release_date=line.released, popularity=line.popularity, src_fp="", done_fp="", title_key=title_key(line.title),
                artist_key=artist_key(line.artist),
            )  # fmt: skip
            self.tracks[line.id] = (track, subject, uid)
            self.new.made.append([track, track])
        else:
            self.new.unchanged += 1
        self.songs[self.tracks[line.id][0]] = (line.title, line.artist)
        self._link(self.tracks[line.id][0], self.tracks[line.id][1], "recording")
        for pair in line.identifiers:
            self._identify(self.tracks[line.id][1], pair)
        if artist is not None:
            self._link(self.tracks[line.id][0], artist, "artist")
        for work in line.works:
            self._link(self.tracks[line.id][0], self.entity_id(work), "work")

    def _link(self, track: int, entity: int, relation: str) -> None:
        if (track, entity, relation) not in self.links:
            self.links.add((track, entity, relation))
            self.rows.add("track_entity", track_id=track, entity_id=entity, relation=relation)

    def fact(self, number: int, line: FactLine) -> None:
        if line.track not in self.tracks:
            raise _NotKnown(f"track: {line.track!r} is not known")
        track, subject, uid = self.tracks[line.track]
        noted = dict(self.notes.get(number, ()))
        if (raw := noted.pop("raw", None)) is not None:  # its song's title was not known to who prepared it
            line, noted["private"] = mask_line(raw, partial(self._own_names, track))
        quote = line.quote or line.cell
        evidence = self._evidence(line, quote)
        object_id = self.entity_id(line.object) if line.object else None
        key = fact_key(evidence[2], uid, line.predicate, line.object or line.value, line.qualifiers)
        if key in self.erased:
            raise ValueError("fact: it was erased here and does not come back")
        self.facts.append((track, key, subject, line, quote, object_id, evidence, noted))

    def _own_names(self, track: int) -> tuple[str, ...]:
        return self.songs.get(track) or self.rows.song(track)

    def _evidence(self, line: FactLine, quote: str) -> tuple[int | None, int, str, str]:
        """Return the passage, the source record, the source and its licence that a fact rests on."""
        if line.passage is None:
            source, licence = self.source_id(line.source or "")
            return None, self.record_id(source, line.locator or line.track), line.source or "", licence
        known = self.new.passages.get(line.passage) or self.w.passages.get(line.passage)
        if known is None:
            raise _NotKnown(f"passage: {line.passage!r} is not known")
        passage, record, source_key, text = known
        if quote not in text:
            raise ValueError(f"quote: not to be found in passage {line.passage!r}; it must be copied to the letter")
        return passage, record, source_key, self.source_id(source_key)[1]

    def flag(self, number: int, line: FlagLine) -> None:
        if line.track not in self.tracks:
            raise _NotKnown(f"track: {line.track!r} is not known")
        self.flags.append((number, line))

    def _write_facts(self) -> None:
        known, held = self.rows.facts([key for _, key, *_ in self.facts]), dict[int, str]()
        for track, key, subject, line, quote, object_id, (passage, record, _, licence), noted in self.facts:
            self.new.last_key = key
            if key in known:
                self.new.unchanged += 1
                self.rows.state_again(self.w.intake, *known[key])
                if not known[key][1]:
                    self.rows.unsettle(track)
                continue
            fact = self.rows.add(
                "fact", key=key, subject_id=subject, predicate=line.predicate, object_id=object_id, value=_json(line.value),
                precision=line.precision, qualifiers=_json(line.qualifiers), rank=line.rank, quote=quote, credited_as=line.credited_as,
                reference=line.reference,
                passage_id=passage, source_record_id=record, licence=licence, first_seen=self.rows.moment, retracted_at=None,
            )  # fmt: skip
            known[key] = (fact, True, True)
            self.rows.unsettle(track)
            if object_id is not None:
                self._link(track, object_id, line.predicate)
            flags = screen(line.predicate, line.value, line.qualifiers, quote, partial(self._own_names, track))
            if track not in held:
                held[track] = holds_back(*self._own_names(track))
            if held[track]:
                flags["quarantined"] = held[track]
            if noted:
                flags |= {flag: note for flag, note in noted.items() if note}
            for flag, note in flags.items():
                self.rows.add("fact_flag", fact_id=fact, flag=flag, note=note, actor="", at=self.rows.moment)


def recording_uid(line: TrackLine) -> str:
    """Return the id of the recording a track lists."""
    return line.recording or f"rec-{line.id}"


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


_WRITE: dict[type, Any] = {
    SourceLine: _Batch.source,
    PassageLine: _Batch.passage,
    EntityLine: _Batch.entity,
    TrackLine: _Batch.track,
    FactLine: _Batch.fact,
    FlagLine: _Batch.flag,
}


def write_lines(connection: Connection, lines: Iterable[Line], at: datetime, door: Door) -> Writer:
    """Write a few lines at once, in the caller's transaction. Raise ValueError at the first bad one."""
    writer = Writer(at, door)
    bad = writer.write(connection, prepare(list(enumerate(lines))))
    if bad:
        raise ValueError(bad[0][1])
    return writer
