"""Looks up the tracks that records may speak of, for a whole batch at once; keeps the cases that wait for a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import func, tuple_
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from songstory.errors import StoreError
from songstory.matching import Known, artist_key, judge, title_key
from songstory.models import Entity, Track
from songstory.records import DeclaredSource, Match, MatchCase, Recording, Work, clock, content_of
from songstory.song_titles import Grade
from songstory.store import Store, by_id, parts
from songstory.store.catalogue import track_row, track_value
from songstory.store.columns import metadata
from songstory.store.intake_tables import MatchCaseRow, PlacementRow
from songstory.store.tables import EntityIdentifierRow, EntityRow, FactRow, SourceRow, TrackEntityRow, TrackRow

MANY = 300  # tracks of one title, or of one artist, that are looked at for another spelling; the exact song is asked for by itself
_SHOWN = ("isrc", "musicbrainz", "iswc")  # identifiers that a case shows beside a record
Identifiers = tuple[tuple[str, str], ...]
_TRACK: tuple[Any, ...] = (
    TrackRow.id, TrackRow.recording_id, TrackRow.uid, TrackRow.title, TrackRow.artist_credit, TrackRow.length_ms,
    TrackRow.first_release_date, TrackRow.popularity, TrackRow.title_key, TrackRow.artist_key, EntityRow.uid.label("recording"),  # type: ignore[attr-defined]
)  # fmt: skip


class Catalogue:
    """The tracks that a batch of records may speak of, with the identifiers of their recordings and the years they were heard of.

    Tracks that the batch itself brings are put in by `put`, so that its next records find them.
    """

    def __init__(self, session: Session, records: Sequence[Recording], works: Sequence[Work] = ()) -> None:
        self._session = session
        self._known: dict[str, Known] = {}
        self._stored: set[str] = set()  # tracks that were read from the store
        self._by_id: dict[tuple[str, str], dict[str, Track]] = defaultdict(dict)
        self._by_keys: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        self._by_title: dict[str, dict[str, None]] = defaultdict(dict)
        self._by_artist: dict[str, dict[str, None]] = defaultdict(dict)
        self._by_work: dict[tuple[str, str], dict[str, Track]] = defaultdict(dict)
        self._load_identified([*(p for r in records for p in r.identifiers), *(p for w in works for p in w.recordings)])
        self._load_named(records)
        self._load_performing([p for w in works for p in w.entity.identifiers.items()])

    # loading ----------------------------------------------------------------------------------------------------------

    def _load_identified(self, pairs: list[tuple[str, str]]) -> None:
        by_scheme: dict[str, set[str]] = defaultdict(set)
        for scheme, value in pairs:
            by_scheme[scheme].add(value)
        rows = []
        for scheme, values in by_scheme.items():
            query = (
                _tracks(EntityIdentifierRow.value)
                .join(EntityIdentifierRow, col(EntityIdentifierRow.entity_id) == TrackRow.recording_id)
                .where(EntityIdentifierRow.scheme == scheme)
            )
            found = list(by_id(self._session, query, col(EntityIdentifierRow.value), values))
            rows += found
            for row in found:
                self._by_id[(scheme, row.value)][row.uid] = _value(row)
        self._add(rows)

    def _load_named(self, records: Sequence[Recording]) -> None:
        """Load the tracks of exactly these titles and artists, and for the records that fit none of them those that are near."""
        named = [r for r in records if not any(pair in self._by_id for pair in r.identifiers)]
        self._add(self._of_keys({(title_key(r.title), artist_key(r.artist_credit)) for r in named}))
        unknown = [r for r in named if not any(judge(r, k).grade is Grade.SAME for k in self._exactly(r))]
        self._add(self._of_key(TrackRow.title_key, {title_key(r.title) for r in unknown}))
        self._add(self._near(unknown))

    def _of_keys(self, keys: Collection[tuple[str, str]]) -> list[Any]:
        asked = tuple_(col(TrackRow.title_key), col(TrackRow.artist_key))
        rows: list[Any] = []
        for start in range(0, len(keys), 300):
            part = sorted(keys)[start : start + 300]
            rows += self._session.connection().execute(_tracks().where(asked.in_(part)))
        return rows

    def _of_key(self, column: Any, keys: Collection[str]) -> list[Any]:
        """Return up to MANY tracks of each key."""
        place = func.row_number().over(partition_by=col(column), order_by=col(TrackRow.id))
        rows: list[Any] = []
        for part in parts(keys):
            inner = _tracks(place.label("place")).where(col(column).in_(part)).subquery()
            rows += self._session.connection().execute(sql_select(inner).where(inner.c.place <= MANY))
        return rows

    def _near(self, records: Sequence[Recording]) -> list[Any]:
        """Return the tracks by the same artists whose titles look like those of the records; the others are never made values."""
        titles: dict[str, set[str]] = defaultdict(set)
        for record in records:
            titles[artist_key(record.artist_credit)].add(title_key(record.title))
        rows = self._of_key(TrackRow.artist_key, [key for key in titles if key])
        return [row for row in rows if any(_looks_like(row.title_key, title) for title in titles[row.artist_key])]

    def _add(self, rows: Collection[Any]) -> None:
        new = {row.recording_id: row for row in rows if row.uid not in self._known}
        self._stored.update(row.uid for row in rows)
        ids = self._identifiers(list(new))
        heard = self._years(list(new))
        for recording, row in new.items():
            self.put(_value(row), tuple(ids.get(recording, ())), years=heard.get(recording, ()))

    def _identifiers(self, recordings: list[int]) -> dict[int, list[tuple[str, str]]]:
        found: dict[int, list[tuple[str, str]]] = defaultdict(list)
        query = sql_select(EntityIdentifierRow.entity_id, EntityIdentifierRow.scheme, EntityIdentifierRow.value)  # type: ignore[call-overload]
        for entity, scheme, value in by_id(self._session, query, col(EntityIdentifierRow.entity_id), recordings):
            found[entity].append((scheme, value))
        return found

    def _years(self, recordings: list[int]) -> dict[int, list[int]]:
        """Return the years in which the recordings were on a chart."""
        found: dict[int, list[int]] = defaultdict(list)
        query = sql_select(FactRow.subject_id, FactRow.qualifiers).where(  # type: ignore[call-overload]
            FactRow.predicate == "charted", col(FactRow.retracted_at).is_(None)
        )
        for subject, said in by_id(self._session, query, col(FactRow.subject_id), recordings):
            found[subject] += [int(str(said[q])[:4]) for q in ("date", "year") if str(said.get(q, ""))[:4].isdecimal()]
        return found

    def _load_performing(self, pairs: list[tuple[str, str]]) -> None:
        for scheme, value in pairs:
            query = (
                _tracks()
                .join(TrackEntityRow, (col(TrackEntityRow.track_id) == TrackRow.id) & (col(TrackEntityRow.relation) == "work"))
                .join(EntityIdentifierRow, col(EntityIdentifierRow.entity_id) == TrackEntityRow.entity_id)
            )
            asked = query.where(EntityIdentifierRow.scheme == scheme, EntityIdentifierRow.value == value)
            for row in self._session.connection().execute(asked):
                self._by_work[(scheme, value)][row.uid] = _value(row)

    # asking -----------------------------------------------------------------------------------------------------------

    def performing(self, work: Work) -> list[Track]:
        """Return the tracks that perform a work as a whole: those linked to it, and those whose identifiers it names."""
        linked = [self._by_work.get(pair, {}) for pair in work.entity.identifiers.items()]
        named = [self._by_id.get(pair, {}) for pair in work.recordings]
        return list({t.id: t for found in (*linked, *named) for t in found.values()}.values())

    def put(self, track: Track, identifiers: Identifiers, works: Sequence[Entity] = (), years: Iterable[int] = ()) -> None:
        """Let a track be found, by the works it performs too; what is known of it already is kept beside."""
        for pair in (p for w in works for p in w.identifiers.items()):
            self._by_work[pair][track.id] = track
        keys = title_key(track.title), artist_key(track.artist_credit)
        self._by_keys[keys][track.id] = None
        self._by_title[keys[0]][track.id] = None
        self._by_artist[keys[1]][track.id] = None
        known = self._known.get(track.id)
        both = (known.identifiers, known.years) if known else ((), ())
        self._known[track.id] = Known(track, tuple(dict.fromkeys((*both[0], *identifiers))), frozenset((*both[1], *years)))
        for pair in identifiers:
            self._by_id[pair][track.id] = track

    def get(self, track: str) -> Track:
        """Return one track. Raise TrackNotFound."""
        if track in self._known:
            return self._known[track].track
        row = track_row(self._session, track)
        self._stored.add(track)
        return track_value(row, self._session.get_one(EntityRow, row.recording_id).uid)

    def has(self, track: str) -> bool:
        """Return whether a track is among those that were looked up, or was put in."""
        return track in self._known

    def stored(self, track: str) -> bool:
        """Return whether a track is in the store, and not only put in here."""
        return track in self._stored

    def identified(self, record: Recording) -> list[Known]:
        """Return the tracks whose recording carries one of the record's identifiers."""
        found = dict.fromkeys(track for pair in record.identifiers for track in self._by_id.get(pair, {}))
        return [self._known[track] for track in found]

    def _exactly(self, record: Recording) -> list[Known]:
        return [self._known[t] for t in self._by_keys.get((title_key(record.title), artist_key(record.artist_credit)), {})]

    def candidates(self, record: Recording) -> list[Known]:
        """Return the tracks of the same title, and those by the same artist whose titles look alike."""
        title = title_key(record.title)
        by_artist = self._by_artist.get(artist_key(record.artist_credit), {})
        near = (t for t in by_artist if _looks_like(title_key(self._known[t].track.title), title))
        return [self._known[t] for t in {**self._by_title.get(title, {}), **dict.fromkeys(near)}]


def _tracks(*more: Any) -> Any:
    return sql_select(*_TRACK, *more).join(EntityRow, col(EntityRow.id) == TrackRow.recording_id)


def _value(row: Any) -> Track:
    return track_value(row, row.recording)


def _looks_like(own: str, other: str) -> bool:
    """Whether two keys of titles are worth a closer look: near by their letters, one within the other, or in another order."""
    if own == other or own in other or other in own or fuzz.ratio(own, other) >= 80:
        return True
    return len(own) == len(other) and sorted(own) == sorted(other)


# placements and cases -------------------------------------------------------------------------------------------------


def placed(session: Session, records: Sequence[Recording]) -> dict[str, str]:
    """Return where records were put before, by content: the id of a track, "new" as a person decided, or "" for one that waits."""
    by_source: dict[str, set[str]] = defaultdict(set)
    for record in records:
        by_source[record.source].add(content_of(record))
    found: dict[str, str] = {}
    for source, contents in by_source.items():
        cases = sql_select(MatchCaseRow.content, MatchCaseRow.track).where(MatchCaseRow.source == source)  # type: ignore[call-overload]
        found |= {content: track for content, track in by_id(session, cases, col(MatchCaseRow.content), contents)}
        puts = sql_select(PlacementRow.content, TrackRow.uid).join(TrackRow, col(TrackRow.id) == PlacementRow.track_id)  # type: ignore[call-overload]
        found |= {
            content: track
            for content, track in by_id(session, puts.where(PlacementRow.source == source), col(PlacementRow.content), contents)
        }
    return found


def keep_placements(session: Session, source: str, tracks: Mapping[str, str], intake: int) -> None:
    """Keep, by the content of its record, to which track each was given by an import."""
    rows = dict(by_id(session, sql_select(TrackRow.uid, TrackRow.id), col(TrackRow.uid), set(tracks.values())))  # type: ignore[call-overload]
    put = {"source": source, "intake_id": intake}
    values = [{**put, "content": content, "track_id": rows[track]} for content, track in tracks.items() if track in rows]
    if values:
        session.connection().execute(metadata.tables["placement"].insert(), values)


def put_case(session: Session, record: Recording, candidates: Sequence[Match], at: datetime) -> None:
    """Keep a record that a person must place; one that waits already is only brought up to date."""
    content = content_of(record)
    row = session.exec(select(MatchCaseRow).where(MatchCaseRow.source == record.source, MatchCaseRow.content == content)).first()
    values = [m.model_dump(mode="json") for m in candidates]
    if row is None:
        row = MatchCaseRow(
            source=record.source, locator=record.locator, content=content, title=record.title, artist_credit=record.artist_credit, at=at
        )
    row.candidates, row.record = values or row.candidates, record.model_dump(mode="json")
    session.add(row)


def open_cases(store: Store, *, limit: int = 100) -> list[MatchCase]:
    """Return the records that wait for a person, the oldest first."""
    with store.reading() as session:
        rows = session.exec(select(MatchCaseRow).where(MatchCaseRow.track == "").order_by(col(MatchCaseRow.id)).limit(limit)).all()
        return [
            MatchCase(
                id=int(r.id or 0), source=r.source, locator=r.locator, title=r.title, artist_credit=r.artist_credit, says=_says(r.record),
                candidates=tuple(Match.model_validate(c) for c in r.candidates), at=r.at,
            )
            for r in rows
        ]  # fmt: skip


def _says(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a waiting record says of itself besides title and artist: version, length, release date, identifiers."""
    length = record.get("length_ms")
    said = [str(record.get("version", "")), clock(length) if length else "", str(record.get("released", ""))]
    said += [f"{scheme} {value}" for scheme, value in record.get("identifiers", ()) if scheme in _SHOWN]
    return tuple(s for s in said if s)


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


def recordings(session: Session, tracks: Collection[str]) -> dict[str, str]:
    """Return the ids of the recordings that these tracks list, of those that are there."""
    query = sql_select(TrackRow.uid, EntityRow.uid).join(EntityRow, col(EntityRow.id) == TrackRow.recording_id)  # type: ignore[call-overload]
    return {str(track): str(recording) for track, recording in by_id(session, query, col(TrackRow.uid), tracks)}


def loaded(session: Session, case: int, intake: int) -> None:
    """Note by which import a decided case was loaded: when that is taken back, the case waits again."""
    row = session.get_one(MatchCaseRow, case)
    row.intake_id = intake
    session.add(row)


def sources(session: Session) -> list[DeclaredSource]:
    """Return the sources that are known."""
    return [DeclaredSource.model_validate(row.model_dump(exclude={"id"})) for row in session.exec(select(SourceRow))]
