"""Rows on their way in: ids are given out here, so that whole batches go to the database without asking for each one."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection

from songstory.matching import artist_key, title_key
from songstory.records import TrackLine
from songstory.store.columns import metadata

_LOCK = 0x50E6_1A7E  # one importer at a time on PostgreSQL; on SQLite the write lock does the same
_BLOCK = 4_000  # ids taken from a PostgreSQL sequence at once
_ORDER = (
    "entity", "entity_name", "entity_identifier", "track", "track_entity", "source_record", "passage", "fact", "fact_flag", "intake_fact",
)  # fmt: skip
_KEYED = frozenset(_ORDER) - {"track_entity", "intake_fact"}  # tables with an id of their own
_COUNTED = {"entity_name": "name", "entity_identifier": "identifier", "track_entity": "link", "fact_flag": "flag"}
_SILENT = {"intake_fact", "source_record"}


class Rows:
    """Collects rows by table and writes them in the order their references need. Counts what it adds, by kind.

    `ids` holds what is left of the ids taken from PostgreSQL's sequences, from one batch to the next.
    """

    def __init__(self, connection: Connection, at: datetime, ids: dict[str, list[int]]) -> None:
        self.connection, self.at, self._ids = connection, at, ids
        self.sqlite = connection.dialect.name == "sqlite"
        # The driver's own form of a time: text as SQLAlchemy writes it on SQLite, a datetime on PostgreSQL.
        self.moment: Any = at.strftime("%Y-%m-%d %H:%M:%S.%f") if self.sqlite else at
        self.added: dict[str, int] = {}
        self._columns: dict[str, tuple[str, ...]] = {}
        self._waiting: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._next: dict[str, int] = {}
        self._passages: dict[str, int] = {}
        self._again: list[int] = []
        self._unsettled: set[int] = set()
        self._records: dict[tuple[int, str], tuple[int, Any]] = {}
        self._listed: dict[int, tuple[Any, ...]] = {}
        if not self.sqlite:
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))

    # reading ----------------------------------------------------------------------------------------------------------

    def _among(self, sql: str, values: Collection[Any], *before: Any) -> list[Any]:
        """Run `sql`, whose {} is the test "is one of `values`", however many there are; `before` fills the marks before it."""
        if not values:
            return []
        if self.sqlite:
            return list(self.connection.exec_driver_sql(sql.format("IN (SELECT value FROM json_each(?))"), (*before, _listed(values))))
        return list(self.connection.exec_driver_sql(sql.format("= ANY(%s)"), (*before, list(values))))

    def tracks(self, uids: list[str]) -> dict[str, tuple[int, int, str]]:
        """Return (id, recording id, recording uid) of the tracks that are there."""
        sql = (
            "SELECT t.uid, t.id, t.recording_id, e.uid, t.title, t.artist_credit, t.length_ms, t.first_release_date, t.popularity "
            "FROM track t JOIN entity e ON e.id = t.recording_id WHERE t.uid {}"
        )
        found = self._among(sql, uids)
        self._listed = {row[1]: tuple(row[4:]) for row in found}
        return {uid: (track, recording, name) for uid, track, recording, name, *_ in found}

    def look_up_records(self, locators: Collection[str]) -> None:
        """Learn which records of these locators are there."""
        self._records = {}
        for (source,) in list(self.connection.exec_driver_sql("SELECT id FROM source")) if locators else []:
            sql = f"SELECT locator, id, last_seen FROM source_record WHERE source_id = {int(source)} AND locator {{}}"  # noqa: S608
            self._records |= {(source, locator): (record, seen) for locator, record, seen in self._among(sql, locators)}

    def entities(self, uids: list[str]) -> dict[str, int]:
        """Return the ids of the entities that are there."""
        return {uid: found for uid, found in self._among("SELECT uid, id FROM entity WHERE uid {}", uids)}

    def identified(self, pairs: dict[str, set[str]]) -> dict[tuple[str, str], int]:
        """Return the entities that carry one of these identifiers, by (scheme, value)."""
        mark = "?" if self.sqlite else "%s"
        found: dict[tuple[str, str], int] = {}
        for scheme, values in pairs.items():
            sql = f"SELECT value, entity_id FROM entity_identifier WHERE scheme = {mark} AND value {{}}"  # noqa: S608
            found |= {(scheme, value): entity for value, entity in self._among(sql, values, scheme)}
        return found

    def names_of(self, entities: Collection[int]) -> set[tuple[int, str, str, str]]:
        """Return the names that these entities have."""
        return {tuple(r) for r in self._among("SELECT entity_id, name, kind, locale FROM entity_name WHERE entity_id {}", entities)}

    def links_of(self, tracks: Collection[int]) -> set[tuple[int, int, str]]:
        """Return the links that these tracks have."""
        return {tuple(r) for r in self._among("SELECT track_id, entity_id, relation FROM track_entity WHERE track_id {}", tracks)}

    def facts(self, keys: list[str]) -> dict[str, tuple[int, bool, bool]]:
        """Return (id, stands, new in this import) of the facts that are there."""
        rows = self._among("SELECT key, id, retracted_at, first_seen FROM fact WHERE key {}", keys)
        return {key: (fact, retracted is None, seen == self.moment) for key, fact, retracted, seen in rows}

    def find_source(self, key: str) -> tuple[int, str, str] | None:
        """Return the id of a source, its licence and who declared it."""
        found = self._among("SELECT id, licence, declared_by FROM source WHERE key {}", [key])
        return (found[0][0], found[0][1], found[0][2]) if found else None

    def speaking_of(self, subject: int, predicate: str = "") -> set[tuple[str, str]]:
        """Return (key, who declared it) of each source with a standing fact of a subject, or with one of a predicate."""
        mark = "?" if self.sqlite else "%s"
        narrow, values = (f" AND f.predicate = {mark}", (subject, predicate)) if predicate else ("", (subject,))
        sql = (
            "SELECT DISTINCT s.key, s.declared_by FROM fact f JOIN source_record r ON r.id = f.source_record_id "  # noqa: S608
            f"JOIN source s ON s.id = r.source_id WHERE f.retracted_at IS NULL AND f.subject_id = {mark}{narrow}"
        )
        return {(key, owner) for key, owner in self.connection.exec_driver_sql(sql, values)}

    # writing ----------------------------------------------------------------------------------------------------------

    def add(self, table: str, **values: Any) -> int:
        """Put a row in line; return the id it will have, 0 for a table without one."""
        given = self._id(table) if table in _KEYED else 0
        if table in _KEYED:
            values["id"] = given
        if table not in self._columns:
            self._columns[table] = tuple(values)
        self._waiting[table].append(tuple(values.values()))
        if table not in _SILENT:
            kind = _COUNTED.get(table, table)
            self.added[kind] = self.added.get(kind, 0) + 1
        return given

    def _id(self, table: str) -> int:
        if self.sqlite:
            if table not in self._next:
                self._next[table] = self.connection.exec_driver_sql(f"SELECT coalesce(max(id), 0) FROM {table}").scalar_one()  # noqa: S608
            self._next[table] += 1
            return int(self._next[table])
        left = self._ids.setdefault(table, [])
        if not left:
            sql = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            left.extend(sorted((r[0] for r in self.connection.exec_driver_sql(sql, (table, _BLOCK))), reverse=True))
        return int(left.pop())

    def source(self, fields: dict[str, Any]) -> int:
        """Write a new source; return its id."""
        table = metadata.tables["source"]
        key = self.connection.execute(table.insert().values(**fields).returning(table.c.id)).scalar_one()
        self.added["source"] = self.added.get("source", 0) + 1
        return int(key)

    def record(self, source: int, locator: str, revision: str, digest: str) -> tuple[int, bool]:
        """Return the source's record of `locator`, and whether it was known before this import; it is last seen now."""
        found = self._records.get((source, locator))
        if found is None:
            values = {"source_id": source, "locator": locator, "revision": revision, "content_hash": digest, "last_seen": self.moment}
            return self.add("source_record", **values), False
        if found[1] == self.moment:
            return found[0], False
        mark = "?" if self.sqlite else "%s"
        keep, more = (f", revision = {mark}, content_hash = {mark}", (revision, digest)) if digest else ("", ())
        self.connection.exec_driver_sql(
            f"UPDATE source_record SET last_seen = {mark}{keep} WHERE id = {mark}",  # noqa: S608
            (self.moment, *more, found[0]),
        )
        return found[0], True

    def passage(self, record: int, digest: str, text: str, licence: str) -> tuple[int, bool]:
        """Write a passage unless it is there; return its id and whether it was new."""
        if digest not in self._passages:
            found = self._among("SELECT id FROM passage WHERE hash {}", [digest])
            if not found:
                self._passages[digest] = self.add("passage", source_record_id=record, hash=digest, text=text, licence=licence)
                return self._passages[digest], True
            self._passages[digest] = found[0][0]
        return self._passages[digest], False

    def song(self, track: int) -> tuple[str, ...]:
        """Return the title and the artists of a track that was known before this batch."""
        return tuple(str(name) for name in self._listed.get(track, ())[:2])

    def refresh_track(self, track: int, line: TrackLine, others: Callable[[], str]) -> bool:
        """Let a known track take over what its catalogue says now; return whether its title or artist changed.

        `others` is asked before anything that is known is changed: why the tracks of other sources stay as they are, or "".
        """
        if track not in self._listed:
            return False
        title, credit, length, released, popularity = self._listed[track]
        wanted = (line.title, line.artist, line.length_ms or length, line.released or released, line.popularity or popularity)
        if wanted == (title, credit, length, released, popularity):
            return False
        known = (title, credit, length or wanted[2], released or wanted[3], wanted[4])
        if wanted != known and (why := others()):
            raise ValueError(why)
        names = ("title", "artist_credit", "length_ms", "first_release_date", "popularity", "title_key", "artist_key")
        values = dict(zip(names, (*wanted, title_key(line.title), artist_key(line.artist)), strict=True))
        table = metadata.tables["track"]
        self.connection.execute(table.update().where(table.c.id == track).values(**values))
        return (line.title, line.artist) != (title, credit)

    def state_again(self, intake: int, fact: int, stands: bool, new: bool) -> None:
        """Note that the running import states a known fact again; one that had stopped standing stands again."""
        if intake and not new:
            self._waiting["intake_fact"].append((intake, fact))
            self._columns["intake_fact"] = ("intake_id", "fact_id")
        if not stands:
            self._again.append(fact)

    def flag_standing(self, subject: int, predicate: str | None, flag: str, note: str) -> bool:
        """Flag every standing fact of one predicate, or of all; return whether there is one."""
        mark = "?" if self.sqlite else "%s"
        of = "" if predicate is None else f" AND predicate = {mark}"
        sql = f"SELECT id FROM fact WHERE subject_id = {mark}{of} AND retracted_at IS NULL"  # noqa: S608
        ids = [r[0] for r in self.connection.exec_driver_sql(sql, (subject,) if predicate is None else (subject, predicate))]
        flagged = {r[0] for r in self._among(f"SELECT fact_id FROM fact_flag WHERE flag = '{flag}' AND fact_id {{}}", ids)}  # noqa: S608
        for fact in ids:
            if fact not in flagged:
                self.add("fact_flag", fact_id=fact, flag=flag, note=note, actor="", at=self.moment)
        self.flush()
        return bool(ids)

    def unsettle(self, track: int) -> None:
        """Note, in the same transaction, that the sources of a track are to be compared anew."""
        self._unsettled.add(track)

    def flush(self) -> None:
        """Write all that waits, and let the facts stand again that a source states again, unless a person retracted them.

        They were first seen now, as new ones are: an import that is taken back takes them along.
        """
        for table in _ORDER:
            if rows := self._waiting.pop(table, []):
                self._insert(table, self._columns[table], rows)
        if self._again:
            sql = (
                "UPDATE fact SET retracted_at = NULL, first_seen = {moment} WHERE id {} AND retracted_at IS NOT NULL AND NOT EXISTS "
                "(SELECT 1 FROM event e WHERE e.object = fact.key AND e.action = 'fact.retract')"
            )
            self._among_write(sql, self._again, self.moment)
            self._again = []
        if self._unsettled:
            note_unsettled(self.connection, self._unsettled)
            self._unsettled = set()

    def take_stock(self) -> None:
        """Let PostgreSQL count the tables anew: plans made for empty ones walk through all rows at every trigger."""
        if not self.sqlite:
            self.connection.exec_driver_sql("ANALYZE entity, entity_name, track, track_entity, source_record, fact, dirty")

    def _among_write(self, sql: str, values: Collection[Any], moment: Any) -> None:
        if self.sqlite:
            asked = sql.format("IN (SELECT value FROM json_each(?))", moment="?")
            self.connection.exec_driver_sql(asked, (moment, _listed(values)))
        else:
            self.connection.exec_driver_sql(sql.format("= ANY(%s)", moment="%s"), (moment, list(values)))

    def _insert(self, table: str, columns: Iterable[str], rows: list[tuple[Any, ...]]) -> None:
        names = ", ".join(f'"{c}"' for c in columns)
        driver: Any = self.connection.connection.driver_connection
        if self.sqlite:
            marks = ", ".join("?" for _ in columns)
            ignore = "OR IGNORE " if table == "intake_fact" else ""
            driver.executemany(f"INSERT {ignore}INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608
        elif table == "intake_fact":
            with driver.cursor() as cursor:
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES (%s, %s) ON CONFLICT DO NOTHING", rows)  # noqa: S608
        else:
            with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)


def note_unsettled(connection: Connection, tracks: Collection[int]) -> None:
    """Note, in the caller's transaction, that the sources of these tracks are to be compared anew.

    On PostgreSQL a row that is there already is locked: whoever settles it meanwhile would read without what is being written.
    """
    if connection.dialect.name == "sqlite":
        sql = "INSERT OR IGNORE INTO unsettled (track_id) SELECT value FROM json_each(?)"
        connection.exec_driver_sql(sql, (_listed(tracks),))
    else:
        again = "ON CONFLICT (track_id) DO UPDATE SET track_id = excluded.track_id"
        connection.exec_driver_sql(f"INSERT INTO unsettled (track_id) SELECT unnest(%s::bigint[]) {again}", (sorted(tracks),))


def _listed(values: Collection[Any]) -> str:
    """Return values as SQLite takes a list of them. Raise its DataError for what is no text, as a driver would."""
    try:
        return orjson.dumps(list(values)).decode()
    except orjson.JSONEncodeError as error:
        raise sqlite3.DataError(str(error)) from error
