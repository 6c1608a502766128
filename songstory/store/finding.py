"""Looks up the tracks that records may speak of, for a whole batch at once; keeps the cases that wait for a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from songstory.errors import StoreError
from songstory.matching import artist_key, title_key
from songstory.models import Entity, Track
from songstory.records import DeclaredSource, Match, MatchCase, Recording, Work
from songstory.store import Store
from songstory.store.catalogue import track_row, track_value
from songstory.store.intake_tables import MatchCaseRow
from songstory.store.tables import EntityIdentifierRow, EntityRow, SourceRow, TrackEntityRow, TrackRow

MANY = 300  # candidates looked at for one key; a title such as "Intro" is told apart by its artist
Identifiers = tuple[tuple[str, str], ...]


class Catalogue:
    """The tracks that a batch of records may speak of, with the identifiers of their recordings.

    Tracks that the batch itself brings are put in by `put`, so that its next records find them.
    """

    def __init__(self, session: Session, records: Sequence[Recording], works: Sequence[Work] = ()) -> None:
        self._by_id: dict[tuple[str, str], dict[str, Track]] = defaultdict(dict)
        self._by_title: dict[str, dict[str, Track]] = defaultdict(dict)
        self._by_artist: dict[str, dict[str, Track]] = defaultdict(dict)
        self._ids: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._by_work: dict[tuple[str, str], dict[str, Track]] = defaultdict(dict)
        self._load_identified(session, [*(p for r in records for p in r.identifiers), *(p for w in works for p in w.recordings)])
        self._load_named(session, records)
        self._load_performing(session, [p for w in works for p in w.entity.identifiers.items()])

    def _load_identified(self, session: Session, pairs: list[tuple[str, str]]) -> None:
        by_scheme: dict[str, set[str]] = defaultdict(set)
        for scheme, value in pairs:
            by_scheme[scheme].add(value)
        for scheme, values in by_scheme.items():
            listed = sorted(values)
            for start in range(0, len(listed), 500):
                query = (
                    select(EntityIdentifierRow.value, TrackRow, EntityRow.uid)
                    .join(TrackRow, col(TrackRow.recording_id) == EntityIdentifierRow.entity_id)
                    .join(EntityRow, col(EntityRow.id) == TrackRow.recording_id)
                    .where(EntityIdentifierRow.scheme == scheme, col(EntityIdentifierRow.value).in_(listed[start : start + 500]))
                )
                for value, row, uid in session.exec(query):
                    self._by_id[(scheme, value)][row.uid] = track_value(row, uid)

    def _load_named(self, session: Session, records: Sequence[Recording]) -> None:
        titles = sorted({title_key(r.title) for r in records})
        artists = sorted({artist_key(r.artist_credit) for r in records if r.artist_credit})
        rows: dict[int, tuple[TrackRow, str]] = {}
        for column, keys in ((TrackRow.title_key, titles), (TrackRow.artist_key, artists)):
            for start in range(0, len(keys), 500):
                part = keys[start : start + 500]
                query = select(TrackRow, EntityRow.uid).join(EntityRow, col(EntityRow.id) == TrackRow.recording_id)
                for row, uid in session.exec(query.where(col(column).in_(part)).limit(MANY * len(part))):
                    rows[int(row.id or 0)] = (row, uid)
        ids = self._identifiers(session, [row.recording_id for row, _ in rows.values()])
        for row, uid in rows.values():
            self.put(track_value(row, uid), tuple(ids.get(row.recording_id, ())))

    def _identifiers(self, session: Session, recordings: list[int]) -> dict[int, list[tuple[str, str]]]:
        found: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for start in range(0, len(recordings), 500):
            query = select(EntityIdentifierRow).where(col(EntityIdentifierRow.entity_id).in_(recordings[start : start + 500]))
            for row in session.exec(query):
                found[row.entity_id].append((row.scheme, row.value))
        return found

    def _load_performing(self, session: Session, pairs: list[tuple[str, str]]) -> None:
        for scheme, value in pairs:
            query = (
                select(TrackRow, EntityRow.uid)
                .join(EntityRow, col(EntityRow.id) == TrackRow.recording_id)
                .join(TrackEntityRow, (col(TrackEntityRow.track_id) == TrackRow.id) & (col(TrackEntityRow.relation) == "work"))
                .join(EntityIdentifierRow, col(EntityIdentifierRow.entity_id) == TrackEntityRow.entity_id)
            )
            for row, uid in session.exec(query.where(EntityIdentifierRow.scheme == scheme, EntityIdentifierRow.value == value)):
                self._by_work[(scheme, value)][row.uid] = track_value(row, uid)

    def performing(self, work: Work) -> list[Track]:
        """Return the tracks that perform a work as a whole: those linked to it, and those whose identifiers it names."""
        linked = [self._by_work.get(pair, {}) for pair in work.entity.identifiers.items()]
        named = [self._by_id.get(pair, {}) for pair in work.recordings]
        return list({t.id: t for found in (*linked, *named) for t in found.values()}.values())

    def put(self, track: Track, identifiers: Identifiers, works: Sequence[Entity] = ()) -> None:
        """Let a track be found, by the works it performs too."""
        for pair in (p for w in works for p in w.identifiers.items()):
            self._by_work[pair][track.id] = track
        self._by_title[title_key(track.title)][track.id] = track
        self._by_artist[artist_key(track.artist_credit)][track.id] = track
        self._ids[track.id] |= set(identifiers)
        for pair in identifiers:
            self._by_id[pair][track.id] = track

    def get(self, session: Session, track: str) -> Track:
        """Return one track. Raise TrackNotFound."""
        row = track_row(session, track)
        return track_value(row, session.get_one(EntityRow, row.recording_id).uid)

    def identified(self, record: Recording) -> list[Track]:
        """Return the tracks whose recording carries one of the record's identifiers."""
        return list({t.id: t for pair in record.identifiers for t in self._by_id.get(pair, {}).values()}.values())

    def candidates(self, record: Recording) -> list[tuple[Track, Identifiers]]:
        """Return the tracks of the same title or the same first artist, each with its identifiers."""
        found = {**self._by_title.get(title_key(record.title), {}), **self._by_artist.get(artist_key(record.artist_credit), {})}
        return [(t, tuple(self._ids[t.id])) for t in found.values()]


def put_case(session: Session, record: Recording, candidates: Sequence[Match], at: datetime) -> None:
    """Keep a record that a person must place; one that waits already is only brought up to date."""
    row = session.exec(select(MatchCaseRow).where(MatchCaseRow.source == record.source, MatchCaseRow.locator == record.locator)).first()
    values = [m.model_dump(mode="json") for m in candidates]
    if row is None:
        row = MatchCaseRow(source=record.source, locator=record.locator, title=record.title, artist_credit=record.artist_credit, at=at)
    row.candidates, row.record = values, record.model_dump(mode="json")
    session.add(row)


def decided_case(session: Session, record: Recording) -> str:
    """Return the track a person gave this record, "" when nobody has."""
    query = select(MatchCaseRow.track).where(MatchCaseRow.source == record.source, MatchCaseRow.locator == record.locator)
    return session.exec(query).first() or ""


def open_cases(store: Store, *, limit: int = 100) -> list[MatchCase]:
    """Return the records that wait for a person, the oldest first."""
    with store.reading() as session:
        rows = session.exec(select(MatchCaseRow).where(MatchCaseRow.track == "").order_by(col(MatchCaseRow.id)).limit(limit)).all()
        return [
            MatchCase(
                id=int(r.id or 0), source=r.source, locator=r.locator, title=r.title, artist_credit=r.artist_credit,
                candidates=tuple(Match.model_validate(c) for c in r.candidates), at=r.at,
            )
            for r in rows
        ]  # fmt: skip


def close_case(session: Session, case: int, track: str, actor: str) -> Recording:
    """Give an open case its track ("new" for one of its own) and return its record. Raise StoreError."""
    row = session.get(MatchCaseRow, case)
    if row is None or row.track:
        raise StoreError(f"no open case {case}; see: songstory matches")
    if track != "new":
        track_row(session, track)
    row.track, row.actor = track, actor
    session.add(row)
    return Recording.model_validate(row.record)


def sources(session: Session) -> list[DeclaredSource]:
    """Return the sources that are known."""
    return [DeclaredSource.model_validate(row.model_dump(exclude={"id"})) for row in session.exec(select(SourceRow))]
