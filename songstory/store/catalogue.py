"""Entities, tracks and facts: the values come in and go out, the rows stay here."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import case, func, or_
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from songstory.errors import StoreError, TrackNotFound
from songstory.matching import title_key
from songstory.models import Entity, Fact, Name, Page, Source, Track, now
from songstory.records import UNTOLD, DeclaredSource
from songstory.storable import storable
from songstory.store import Store, by_id, changes
from songstory.store.columns import by_signs
from songstory.store.paging import turned
from songstory.store.tables import (
    ConflictDecisionRow,
    EntityIdentifierRow,
    EntityNameRow,
    EntityRow,
    FactFlagRow,
    FactRow,
    PassageRow,
    SourceRecordRow,
    SourceRow,
    StoryRow,
    TrackEntityRow,
    TrackRow,
)
from songstory.vocabulary import KEPT, PREDICATES

log = logging.getLogger(__name__)
TELLING = ("recording", "work")  # the relations by which an entity's facts are facts of a track
LIKE_ESCAPE = "\\"


def like(text: str) -> str:
    """Return `text` as a LIKE pattern that finds it anywhere, its own wildcards escaped."""
    for char in (LIKE_ESCAPE, "%", "_"):
        text = text.replace(char, LIKE_ESCAPE + char)
    return f"%{text}%"


def named(store: Store, search: str) -> Any:
    """Return the condition that a track's title or artist has `search` in it, as it is written or folded: "beyonce" finds "Beyoncé"."""
    text = storable(search[:200]).strip()
    folded = like(title_key(text))
    found = [col(column).like(folded, escape=LIKE_ESCAPE) for column in (TrackRow.title_key, TrackRow.artist_key)]
    for column in (TrackRow.title, TrackRow.artist_credit):  # SQLite's LIKE knows no case; its ILIKE would fold every row first
        asked = col(column).like if store.dialect == "sqlite" else col(column).ilike
        found.append(asked(like(text), escape=LIKE_ESCAPE))
    return or_(*found)


def track_row(session: Session, track: str) -> TrackRow:
    """Return the row of the track whose id is `track`. Raise TrackNotFound."""
    row = session.exec(select(TrackRow).where(TrackRow.uid == track)).first()
    if row is None:
        raise no_track(track)
    return row


def no_track(track: str) -> TrackNotFound:
    """Return the error for a track that is not there."""
    return TrackNotFound(f"no track {track!r}; find one with: songstory tracks --search TEXT")


def get_track(store: Store, track: str) -> Track:
    """Return the track whose id is `track`. Raise TrackNotFound."""
    with store.reading() as session:
        return track_in(session, track)


def track_in(session: Session, track: str) -> Track:
    """Return what `get_track` does, within a transaction that is open."""
    return _track(session, track_row(session, track))


def _track(session: Session, row: TrackRow) -> Track:
    return track_value(row, session.exec(select(EntityRow.uid).where(EntityRow.id == row.recording_id)).one())


def track_value(row: TrackRow, recording: str) -> Track:
    """Return a track's row as a value; `recording` is the id of the recording it lists."""
    return Track(
        id=row.uid,
        recording=recording,
        title=row.title,
        artist_credit=row.artist_credit,
        length_ms=row.length_ms,
        first_release_date=row.first_release_date,
        popularity=row.popularity,
    )


def list_tracks(store: Store, *, search: str = "", untold: bool = False, page: int = 1, size: int = 25) -> Page:
    """Return one page of tracks by title; `search` looks in title and artist, `untold` keeps those without the text of a story."""
    with store.reading() as session:
        where = [named(store, search)] if search else []
        if untold:
            told = select(StoryRow.id).where(StoryRow.track_id == TrackRow.id, col(StoryRow.latest_revision_id).is_not(None))
            where.append(~told.exists())
        total = session.exec(select(func.count()).select_from(TrackRow).where(*where)).one()
        listed = (
            select(TrackRow, EntityRow.uid)
            .join(EntityRow, col(EntityRow.id) == TrackRow.recording_id)
            .where(*where)
            .order_by(by_signs(TrackRow.title), by_signs(TrackRow.uid))
        )
        rows = session.exec(turned(listed, page, size)).all()
    items = tuple(track_value(r, uid) for r, uid in rows)
    return Page(items=items, total=total, page=page, size=size)


def track_ids(store: Store) -> list[str]:
    """Return the ids of all tracks, the most popular first."""
    with store.reading() as session:
        return list(session.exec(select(TrackRow.uid).order_by(col(TrackRow.popularity).desc(), by_signs(TrackRow.uid))).all())


def facts_of(store: Store, track: str, *, retracted: bool = False) -> list[Fact]:
    """Return what the sources say of `track`, in the order it came in; with `retracted` also what no longer stands."""
    with store.reading() as session:
        return facts_in(session, track, retracted=retracted)


def facts_in(session: Session, track: str, *, retracted: bool = False) -> list[Fact]:
    """Return what `facts_of` does, within a transaction that is open."""
    row = track_row(session, track)
    subjects = select(TrackEntityRow.entity_id).where(TrackEntityRow.track_id == row.id, col(TrackEntityRow.relation).in_(TELLING))
    query = fact_query().where(col(FactRow.subject_id).in_(subjects))
    if not retracted:
        query = query.where(col(FactRow.retracted_at).is_(None))
    return read_facts(session, session.connection().execute(query.order_by(col(FactRow.id))).all())


def facts_by_key(session: Session, keys: Iterable[str]) -> dict[str, Fact]:
    """Return the facts with these keys, standing or not."""
    wanted = list(keys)
    return {f.key: f for f in read_facts(session, list(by_id(session, fact_query(), col(FactRow.key), wanted)))}


def facts_beside(session: Session, key: str) -> list[Fact]:
    """Return the standing facts on the same recording as the fact whose key is `key`, itself among them. Raise StoreError."""
    row = fact_row(session, key)
    query = fact_query().where(FactRow.subject_id == row.subject_id, col(FactRow.retracted_at).is_(None) | (col(FactRow.id) == row.id))
    return read_facts(session, session.connection().execute(query.order_by(col(FactRow.id))).all())


_FACT: tuple[Any, ...] = (
    FactRow.id, FactRow.key, FactRow.subject_id, FactRow.predicate, FactRow.object_id, FactRow.value, FactRow.precision,
    FactRow.qualifiers, FactRow.rank, FactRow.quote, FactRow.credited_as, FactRow.reference, FactRow.licence, FactRow.first_seen,
    FactRow.retracted_at,
    SourceRecordRow.locator, SourceRow.key.label("source"), SourceRow.name.label("source_name"),  # type: ignore[attr-defined]
    SourceRow.licence.label("source_licence"), SourceRow.independent_group, SourceRow.origin, SourceRow.trust,  # type: ignore[attr-defined]
    PassageRow.text.label("passage"),  # type: ignore[attr-defined]
)  # fmt: skip


def fact_query(*more: Any) -> Any:
    """Select what a fact is made of, column by column: a night reads millions."""
    return (
        sql_select(*_FACT, *more)
        .join(SourceRecordRow, col(SourceRecordRow.id) == FactRow.source_record_id)
        .join(SourceRow, col(SourceRow.id) == SourceRecordRow.source_id)
        .join(PassageRow, col(PassageRow.id) == FactRow.passage_id, isouter=True)
    )


def read_facts(session: Session, rows: Sequence[Any]) -> list[Fact]:
    """Return the facts of rows that `fact_query` selects; one that this code cannot read is left out."""
    objects = {r.object_id for r in rows if r.object_id is not None}
    entities = _entities(session, objects | {r.subject_id for r in rows})
    names, flags = _names(session, objects), _flags(session, [r.id for r in rows])
    chosen = _chosen(session, {r.subject_id for r in rows})
    found = (f for r in rows if (f := _fact(r, entities, names.get(r.object_id, ()), flags.get(r.id, ()))))
    return [f.model_copy(update={"chosen": True}) if _is_chosen(f, chosen) else f for f in found]


def _is_chosen(fact: Fact, chosen: dict[tuple[str, ...], datetime]) -> bool:
    """Whether a person decided for what the record of a fact said there when they looked; what it says since, nobody has seen."""
    at = chosen.get((fact.subject, fact.predicate, fact.source, fact.locator))
    return at is not None and fact.first_seen is not None and fact.first_seen <= at


def _chosen(session: Session, subjects: set[int]) -> dict[tuple[str, ...], datetime]:
    """Return, by (subject, predicate, source, locator), when people decided conflicts for records whose chosen fact still stands."""
    query = (
        sql_select(EntityRow.uid, FactRow.predicate, SourceRow.key, SourceRecordRow.locator, ConflictDecisionRow.at)  # type: ignore[call-overload]
        .select_from(ConflictDecisionRow)
        .join(FactRow, col(FactRow.id) == ConflictDecisionRow.chosen_fact_id)
        .join(EntityRow, col(EntityRow.id) == FactRow.subject_id)
        .join(SourceRecordRow, col(SourceRecordRow.id) == FactRow.source_record_id)
        .join(SourceRow, col(SourceRow.id) == SourceRecordRow.source_id)
        .where(col(FactRow.retracted_at).is_(None))
    )
    rows = by_id(session, query, col(ConflictDecisionRow.subject_id), subjects)
    return {tuple(row[:4]): row[4] for row in sorted(rows, key=lambda r: r[4])}


def _entities(session: Session, ids: set[int]) -> dict[int, tuple[str, str]]:
    query = sql_select(EntityRow.id, EntityRow.uid, EntityRow.kind)  # type: ignore[call-overload]
    return {i: (uid, kind) for i, uid, kind in by_id(session, query, col(EntityRow.id), ids)}


def _names(session: Session, ids: set[int]) -> dict[int, list[str]]:
    """Return the names by which entities may be told, the primary one first; who is called so no longer is not, whatever others say."""
    query = sql_select(EntityNameRow.entity_id, EntityNameRow.name, EntityNameRow.kind)  # type: ignore[call-overload]
    order = case((col(EntityNameRow.kind) == "primary", 0), (col(EntityNameRow.kind).in_(UNTOLD), 1), else_=2)
    found: dict[int, dict[str, bool]] = {}
    for entity, name, kind in by_id(session, query.order_by(order, col(EntityNameRow.id)), col(EntityNameRow.entity_id), ids):
        found.setdefault(entity, {}).setdefault(name, kind not in UNTOLD)
    return {entity: [name for name, may in names.items() if may] for entity, names in found.items()}


def _flags(session: Session, ids: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    query = sql_select(FactFlagRow.fact_id, FactFlagRow.flag, FactFlagRow.note).order_by(FactFlagRow.flag)  # type: ignore[call-overload]
    found: dict[int, list[tuple[str, str]]] = {}
    for fact, flag, note in by_id(session, query, col(FactFlagRow.fact_id), ids):
        found.setdefault(fact, []).append((flag, note))
    return found


def _fact(r: Any, entities: dict[int, tuple[str, str]], names: Sequence[str], flags: Sequence[tuple[str, str]]) -> Fact | None:
    """Return a fact, None for one that this code cannot read, as a newer songstory may have written: nothing rests on it here."""
    with contextlib.suppress(ValidationError):
        if r.predicate in PREDICATES or r.predicate in KEPT:
            return _read_fact(r, entities, names, flags)
    log.warning("a fact that this version cannot read is left out", extra={"fact": r.key})
    return None


def _read_fact(r: Any, entities: dict[int, tuple[str, str]], names: Sequence[str], flags: Sequence[tuple[str, str]]) -> Fact:
    return Fact(
        key=r.key, subject=entities[r.subject_id][0], predicate=r.predicate, value=r.value,
        object=entities[r.object_id][0] if r.object_id else None, object_kind=entities[r.object_id][1] if r.object_id else "",
        names=tuple(dict.fromkeys(n for n in (*names, r.credited_as) if n)), precision=r.precision, qualifiers=r.qualifiers,
        rank=r.rank, quote=r.quote, passage=r.passage or "", reference=r.reference, source=r.source, source_name=r.source_name,
        locator=r.locator, licence=r.licence or r.source_licence,
        independent_group=r.independent_group, origin=r.origin, trust=r.trust, first_seen=r.first_seen, retracted_at=r.retracted_at,
        flags=tuple(flag for flag, _ in flags), notes=tuple(note for _, note in flags),
    )  # fmt: skip


def flagged(session: Session, keys: Iterable[str]) -> list[str]:
    """Return which flags the facts with these keys carry."""
    query = sql_select(FactFlagRow.flag).join(FactRow, col(FactRow.id) == FactFlagRow.fact_id)  # type: ignore[call-overload]
    return sorted({str(flag) for (flag,) in by_id(session, query, col(FactRow.key), keys)})


def facts_of_many(session: Session, tracks: Sequence[int]) -> dict[int, list[Fact]]:
    """Return what the sources say of many tracks, by row id; what no longer stands is left out."""
    query = (
        fact_query(TrackEntityRow.track_id)
        .join(TrackEntityRow, col(TrackEntityRow.entity_id) == FactRow.subject_id)
        .where(col(TrackEntityRow.relation).in_(TELLING), col(FactRow.retracted_at).is_(None))
        .order_by(col(FactRow.id))
    )
    rows = list(by_id(session, query, col(TrackEntityRow.track_id), tracks))
    once = {r.id: r for r in rows}
    facts = {f.key: f for f in read_facts(session, list(once.values()))}
    found: dict[int, list[Fact]] = {track: [] for track in tracks}
    for r in {(r.track_id, r.id): r for r in rows}.values():
        if fact := facts.get(r.key):
            found[r.track_id].append(fact)
    return found


def sources(store: Store) -> list[DeclaredSource]:
    """Return all sources by key, each with the door it first came through."""
    with store.reading() as session:
        return sources_in(session)


def sources_in(session: Session) -> list[DeclaredSource]:
    """Return what `sources` does, within a transaction that is open."""
    rows = session.exec(select(SourceRow).order_by(by_signs(SourceRow.key)))
    return [DeclaredSource.model_validate(row.model_dump(exclude={"id"})) for row in rows]


def sources_by_key(session: Session, keys: Iterable[str]) -> list[Source]:
    """Return the sources with these keys, by key."""
    rows = session.exec(select(SourceRow).where(col(SourceRow.key).in_(list(keys))).order_by(SourceRow.key))
    return [Source.model_validate(row.model_dump(include=set(Source.model_fields))) for row in rows]


def set_trust(session: Session, key: str, trust: int, *, independent: bool = False) -> tuple[int, int]:
    """Give a source another trust and make the tracks it speaks of dirty; return what it was, and how many. Raise StoreError.

    `independent`: from now on it corroborates the others of the file that it came with.
    """
    row = session.exec(select(SourceRow).where(SourceRow.key == key)).first()
    if row is None:
        raise StoreError(f"no source {key!r}; see: songstory sources")
    changed = trust != row.trust or (independent and bool(row.origin))
    before, row.trust, row.origin = row.trust, trust, "" if independent else row.origin
    session.add(row)
    session.flush()
    return before, changes.touch(session, int(row.id or 0)) if changed else 0


def get_entity(store: Store, entity: str) -> Entity:
    """Return the entity whose id is `entity`. Raise StoreError."""
    with store.reading() as session:
        row = session.exec(select(EntityRow).where(EntityRow.uid == entity)).first()
        if row is None:
            raise StoreError(f"no entity {entity!r}")
        names = session.exec(select(EntityNameRow).where(EntityNameRow.entity_id == row.id).order_by(col(EntityNameRow.id))).all()
        ids = session.exec(select(EntityIdentifierRow).where(EntityIdentifierRow.entity_id == row.id)).all()
        return Entity(
            id=row.uid,
            kind=row.kind,
            names=tuple(Name(name=n.name, kind=n.kind, locale=n.locale) for n in names),
            identifiers={i.scheme: i.value for i in ids},
        )


def fact_row(session: Session, key: str) -> FactRow:
    """Return the row of the fact whose key is `key`. Raise StoreError."""
    row = session.exec(select(FactRow).where(FactRow.key == key)).first()
    if row is None:
        raise StoreError(f"no fact {key!r}; list a track's facts with: songstory facts TRACK")
    return row


def retract(session: Session, key: str, at: datetime | None = None) -> int:
    """Let the fact stop standing; return its row id. The row stays."""
    row = fact_row(session, key)
    if row.retracted_at is None:
        row.retracted_at = at or now()
        session.add(row)
        session.flush()
    return int(row.id or 0)


def set_flag(session: Session, key: str, flag: str, *, note: str = "", actor: str = "") -> None:
    """Put a flag beside a fact; a flag already there stays as it is."""
    row = fact_row(session, key)
    if session.exec(select(FactFlagRow).where(FactFlagRow.fact_id == row.id, FactFlagRow.flag == flag)).first() is None:
        session.add(FactFlagRow(fact_id=int(row.id or 0), flag=flag, note=note, actor=actor, at=now()))
        session.flush()


def clear_flag(session: Session, key: str, flag: str) -> bool:
    """Take a flag away; return whether it was there."""
    row = fact_row(session, key)
    found = session.exec(select(FactFlagRow).where(FactFlagRow.fact_id == row.id, FactFlagRow.flag == flag)).first()
    if found is not None:
        session.delete(found)
        session.flush()
    return found is not None
