"""The fast way in: records are written by `executemany` in one transaction a batch, and written twice change nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Table
from sqlmodel import Session, col, select

from songstory.models import now
from songstory.store import Store
from songstory.store.stories import insert
from songstory.store.tables import (
    EntityIdentifierRow,
    EntityNameRow,
    EntityRow,
    FactFlagRow,
    FactRow,
    PassageRow,
    SourceRecordRow,
    SourceRow,
    TrackEntityRow,
    TrackRow,
)

Rejected = Callable[[str], None]


def fact_key(source: str, subject: str, predicate: str, what: object, qualifiers: dict[str, Any]) -> str:
    """Return the key of a fact: who says what of what, never when."""
    body = orjson.dumps([source, subject, predicate, what, qualifiers], option=orjson.OPT_SORT_KEYS)
    return "f-" + hashlib.sha256(body).hexdigest()[:16]


def content_hash(text: str) -> str:
    """Return the hash by which equal texts are known."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class Loader:
    """Writes records into one open session, remembering the ids it has met. Counts what was new."""

    def __init__(self, store: Store, session: Session, at: datetime | None = None) -> None:
        self.store, self.session, self.at = store, session, at or now()
        self.added: dict[str, int] = {}
        self.unchanged = 0
        self._sources: dict[str, tuple[int, str]] = {}
        self._records: dict[tuple[int, str], int] = {}
        self._entities: dict[str, int] = {}
        self._tracks: dict[str, tuple[int, int, str]] = {}
        self._passages: dict[str, tuple[int, int, str, str]] = {}

    def _insert(self, model: Any, kind: str, values: dict[str, Any]) -> bool:
        """Insert a row unless it is there; count it. Return whether it was new."""
        table: Table = model.__table__
        statement = insert(self.store, table).values(**values).on_conflict_do_nothing().returning(next(iter(table.primary_key)))
        new = self.session.execute(statement).first() is not None
        if new:
            self.added[kind] = self.added.get(kind, 0) + 1
        else:
            self.unchanged += 1
        return new

    def _get(self, model: Any, column: Any, value: str) -> Any:
        return self.session.exec(select(model).where(col(column) == value)).first()

    def source(self, key: str, **fields: Any) -> None:
        self._insert(SourceRow, "source", {"key": key, **fields})

    def source_id(self, key: str) -> tuple[int, str]:
        if key not in self._sources:
            row = self._get(SourceRow, SourceRow.key, key)
            if row is None:
                raise ValueError(f"source: {key!r} is not known; put its line above")
            self._sources[key] = (row.id, row.licence)
        return self._sources[key]

    def record_id(self, source: int, locator: str, revision: str = "", text: str = "") -> int:
        """Return the source's record of `locator`; last seen is now."""
        if (source, locator) not in self._records:
            values = {
                "source_id": source,
                "locator": locator,
                "revision": revision,
                "content_hash": content_hash(text) if text else "",
                "last_seen": self.at,
            }
            statement = insert(self.store, SourceRecordRow.__table__).values(**values)  # type: ignore[attr-defined]
            self.session.execute(statement.on_conflict_do_update(index_elements=["source_id", "locator"], set_={"last_seen": self.at}))
            row = self.session.exec(
                select(SourceRecordRow.id).where(SourceRecordRow.source_id == source, SourceRecordRow.locator == locator)
            ).one()
            self._records[(source, locator)] = int(row or 0)
        return self._records[(source, locator)]

    def passage(self, key: str, source: str, locator: str, text: str, licence: str, revision: str) -> None:
        source_id, source_licence = self.source_id(source)
        record = self.record_id(source_id, locator, revision, text)
        digest = content_hash(f"{source}\x1f{locator}\x1f{text}")
        self._insert(
            PassageRow, "passage", {"source_record_id": record, "hash": digest, "text": text, "licence": licence or source_licence}
        )
        row = self._get(PassageRow, PassageRow.hash, digest)
        self._passages[key] = (row.id, record, source, text)

    def entity(self, key: str, kind: str, name: str, aliases: Iterable[str], identifiers: dict[str, str]) -> int:
        self._insert(EntityRow, "entity", {"uid": key, "kind": kind})
        row = self._get(EntityRow, EntityRow.uid, key)
        self._entities[key] = row.id
        for text, name_kind in [(name, "primary"), *((a, "alias") for a in aliases)]:
            self._insert(EntityNameRow, "name", {"entity_id": row.id, "name": text, "kind": name_kind, "locale": ""})
        for scheme, value in identifiers.items():
            self._insert(EntityIdentifierRow, "identifier", {"entity_id": row.id, "scheme": scheme, "value": value})
        return int(row.id)

    def entity_id(self, key: str) -> int:
        if key not in self._entities:
            row = self._get(EntityRow, EntityRow.uid, key)
            if row is None:
                raise ValueError(f"object: entity {key!r} is not known; put its line above")
            self._entities[key] = row.id
        return self._entities[key]

    def track(
        self,
        key: str,
        title: str,
        artist: str,
        *,
        artist_entity: str | None,
        recording: str | None,
        length_ms: int | None,
        released: str,
        popularity: int,
    ) -> None:
        uid = recording or f"rec-{key}"
        subject = self.entity(uid, "recording", title, (), {})
        values = {
            "uid": key,
            "recording_id": subject,
            "title": title,
            "artist_credit": artist,
            "length_ms": length_ms,
            "first_release_date": released,
            "popularity": popularity,
            "src_fp": "",
            "done_fp": "",
        }
        self._insert(TrackRow, "track", values)
        row = self._get(TrackRow, TrackRow.uid, key)
        self._tracks[key] = (row.id, subject, uid)
        self._link(row.id, subject, "recording")
        if artist_entity:
            self._link(row.id, self.entity_id(artist_entity), "artist")

    def _link(self, track: int, entity: int, relation: str) -> None:
        self._insert(TrackEntityRow, "link", {"track_id": track, "entity_id": entity, "relation": relation})

    def track_of(self, key: str) -> tuple[int, int, str]:
        if key not in self._tracks:
            row = self._get(TrackRow, TrackRow.uid, key)
            if row is None:
                raise ValueError(f"track: {key!r} is not known; put its line above")
            subject = self.session.get_one(EntityRow, row.recording_id)
            self._tracks[key] = (row.id, row.recording_id, subject.uid)
        return self._tracks[key]

    def fact(
        self,
        *,
        track: str,
        predicate: str,
        value: Any,
        object_: str | None,
        qualifiers: dict[str, Any],
        precision: str,
        rank: str,
        quote: str,
        passage: str | None,
        source: str | None,
        locator: str,
        credited_as: str,
    ) -> str:
        """Write a fact, return its key. Raise ValueError for an unknown passage, source or object, or a quote not in its passage."""
        track_id, subject, subject_uid = self.track_of(track)
        passage_id, record, source_key = self._evidence(passage, quote, source or "", locator or track)
        object_id = self.entity_id(object_) if object_ else None
        key = fact_key(source_key, subject_uid, predicate, object_ or value, qualifiers)
        self._insert(
            FactRow,
            "fact",
            {
                "key": key,
                "subject_id": subject,
                "predicate": predicate,
                "object_id": object_id,
                "value": value,
                "precision": precision,
                "qualifiers": qualifiers,
                "rank": rank,
                "quote": quote,
                "credited_as": credited_as,
                "passage_id": passage_id,
                "source_record_id": record,
                "licence": self.source_id(source_key)[1],
                "first_seen": self.at,
                "retracted_at": None,
            },
        )
        if object_id is not None:
            self._link(track_id, object_id, predicate)
        return key

    def _evidence(self, passage: str | None, quote: str, source: str, locator: str) -> tuple[int | None, int, str]:
        """Return the passage, the source record and the source that a fact rests on."""
        if passage is None:
            return None, self.record_id(self.source_id(source)[0], locator), source
        if passage not in self._passages:
            raise ValueError(f"passage: {passage!r} is not known; put its line above")
        passage_id, record, source_key, text = self._passages[passage]
        if quote not in text:
            raise ValueError(f"quote: not to be found in passage {passage!r}; it must be copied to the letter")
        return passage_id, record, source_key

    def flag(self, track: str, predicate: str, flag: str, note: str) -> None:
        """Flag every standing fact of one predicate of a track."""
        _, subject, _ = self.track_of(track)
        ids = self.session.exec(
            select(FactRow.id).where(FactRow.subject_id == subject, FactRow.predicate == predicate, col(FactRow.retracted_at).is_(None))
        ).all()
        if not ids:
            raise ValueError(f"predicate: {track!r} has no fact {predicate!r} to flag")
        for fact in ids:
            self._insert(FactFlagRow, "flag", {"fact_id": fact, "flag": flag, "note": note, "actor": "", "at": self.at})
