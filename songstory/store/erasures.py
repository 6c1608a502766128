"""Takes words out of every table that there is, those of other hands and of later versions too."""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from sqlalchemy import JSON, Column, Connection, LargeBinary, MetaData, String, Table, delete, inspect, update
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as sql_select

from songstory.erased import ERASED, FACT, FORENAME, NAME, SURNAME, WHOLE, Erasures, Words, bare, digest, erasures, tokens
from songstory.models import now
from songstory.records import EntityLine, FactLine, Line, PassageLine, TrackLine
from songstory.store import Store, by_id, parts, people
from songstory.store.audit_tables import ErasedRow
from songstory.store.erasable import Near, Target, rows_holding
from songstory.store.tables import EntityIdentifierRow, EntityNameRow, EventRow, FactFlagRow, FactRow, TrackRow
from songstory.vocabulary import is_credit

# Names by which rows are found: hashes, or ids that other houses know; where words stand in them they stay, and that is said.
_IDS = frozenset({"uid", "key", "track_uid", "custom_id", "fingerprint", "hash", "prev_hash", "act_id", "etag", "digest", "version_num"})
_KEPT = frozenset({"alembic_version", "actor", "action_token", "erased", "event", "setting", "source_record"})  # who and when stay
_WHOLE = frozenset({"generation", "match_case"})  # rows that are worth nothing without their words
_TOMBSTONE = b'{"erased":true}'


@dataclass
class Done:
    """What an erasure touched: rows by table, events of the log with the hash of what is left of each, and what stays."""

    rows: Counter[str] = field(default_factory=Counter)
    events: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)


# known again at the next import --------------------------------------------------------------------------------------


def load(connection: Connection) -> Erasures:
    """Return all that was erased in a store."""
    return erasures((k, d, int(n)) for k, d, n in connection.exec_driver_sql("SELECT kind, digest, words FROM erased"))


def kept(found: Erasures, lines: Iterable[tuple[int, Line]], bad: list[tuple[int, str]]) -> Iterator[tuple[int, Line]]:
    """Yield the lines without what was erased; one that holds an erased name goes into `bad`, a passage loses its sentence."""
    for number, line in lines:
        match line:
            case PassageLine() if found.names.in_text(line.text):
                text = found.names.passage(found.names.named_in(line.text).passage(line.text))
                yield number, line.model_copy(update={"text": text})
                bad.append((number, "text: names a person who was erased; the sentence was left out"))
            case FactLine() if found.in_song(line.track).in_value(line.model_dump(exclude={"kind", "track"})) or _names(found, line):
                bad.append((number, "fact: names a person who was erased; it does not come back"))
            case EntityLine() | TrackLine() if _names(found, line):
                bad.append((number, f"{line.kind}: names a person who was erased; it does not come back"))
            case _:
                yield number, line


def _names(found: Erasures, line: FactLine | EntityLine | TrackLine) -> bool:
    """Whether a line names somebody who was erased; a title is no name of one word."""
    match line:
        case FactLine():
            named = [line.value] if is_credit(line.predicate) else []
            return any(found.names.is_name(t) for t in (*named, line.qualifiers.get("agent")) if isinstance(t, str))
        case TrackLine():
            said = line.model_dump(exclude={"kind", "id", "title"})
            return found.names.in_value(said) or found.names.is_name(line.artist) or found.names.of_many().in_text(line.title)
    return found.names.in_value(line.model_dump(exclude={"kind"})) or any(map(found.names.is_name, _called(line)))


def _called(line: EntityLine) -> tuple[str, ...]:
    return (line.name, *line.aliases, *line.legal, *line.former)


def gone(session: Session, fact: str) -> bool:
    """Whether a fact was erased here."""
    return session.get(ErasedRow, (FACT, fact)) is not None


# erasing ----------------------------------------------------------------------------------------------------------------


def erase(session: Session, target: Target, actor: str, *, dry: bool) -> Done:
    """Take the words of a target out of every table, and remember their hashes; count only where `dry`."""
    connection, done = session.connection(), Done()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    near, done.left = Near(session, target), list(target.left)
    for name in sorted(set(inspect(connection).get_table_names()) - _KEPT):
        own = SQLModel.metadata.tables.get(name)
        table = own if own is not None else Table(name, MetaData(), autoload_with=connection)
        _table(connection, table, target, near, done, dry)
    _locators(connection, SQLModel.metadata.tables["source_record"], target, done, dry)
    if not dry:
        _facts(session, target, actor)
    _events(session, target, near, done, dry)
    done.left = list(dict.fromkeys(done.left))
    return done


_ID_OF = {"publication": "story_id", "working_copy": "story_id", "generation": "fingerprint"}  # by what a row is near to a song


def _kind(column: Column[Any]) -> Any:
    return column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type


def _table(connection: Connection, table: Table, target: Target, near: Near, done: Done, dry: bool) -> None:
    texts = [c for c in table.columns if isinstance(_kind(c), String | JSON | LargeBinary)]
    keys = {c.name: c for c in table.primary_key.columns}
    if not texts or not keys:
        return
    songs, by = near.rows.get(table.name, {}), _ID_OF.get(table.name, "id")
    asked: dict[str, Collection[Any]] = {"generation": near.generations, "track": target.credits}
    ids = asked.get(table.name, set(songs))
    whole: Collection[Any] = {"fact": target.facts, "passage": target.passages, "generation": near.generations}.get(table.name, ())
    cites, found = set(target.facts.values()), dict[tuple[Any, ...], _Change]()  # nothing is written while rows are read
    for row in rows_holding(connection, table, texts, target.words, ids, by):
        about = songs.get(row[by]) if ids else None
        gone = _Gone(table.name, about or target.words, cites if about else set(), bool(whole) and row[by] in whole)
        changed = {c.name: new for c in texts if (new := gone.without(c, row[c.name])) != row[c.name]}
        stays = {name: row[name] for name in sorted(changed) if name in _IDS or name in keys}
        if table.name == "track":
            changed |= _of_track(row, changed, target, done)
        if changed:
            goes = table.name in _WHOLE or (table.name == "entity_name" and row["kind"] != "primary")
            found[tuple(row[name] for name in keys)] = _Change({n: v for n, v in changed.items() if n not in stays}, stays, goes)
    for at, change in found.items():
        done.left += [f"{table.name}.{name} {value!r} is an id and stays" for name, value in change.stays.items()]
        if not change.to:
            continue
        done.rows[str(table.name)] += 1
        if dry:
            continue
        here = [c == value for c, value in zip(keys.values(), at, strict=True)]
        connection.execute(delete(table).where(*here) if change.goes else update(table).where(*here).values(**change.to))


def _of_track(row: Any, changed: dict[str, Any], target: Target, done: Done) -> dict[str, Any]:
    """Return what else becomes of a track: its artist goes by what it is, a key with what it is the key of, a title for no single word."""
    also: dict[str, Any] = {}
    if row["id"] in target.credits:
        also["artist_credit"] = ERASED
    if "title" in changed and not target.words.of_many().in_text(row["title"]):
        done.left.append(f"the title of {row['uid']} holds the name and stays")
        changed.pop("title")
        changed.pop("title_key", None)
    keys = {"title": "title_key", "artist_credit": "artist_key"}
    return also | {key: "" for name, key in keys.items() if (name in changed or name in also) and row[key]}


class _Change(NamedTuple):
    """What becomes of a row: the new values, the ids that hold the words and stay, and whether the whole row goes."""

    to: dict[str, Any]
    stays: dict[str, Any]
    goes: bool


@dataclass(frozen=True)
class _Gone:
    """What goes from one row: the words, what rests on the facts it `cites`, or (`whole`) all that it says."""

    table: str
    words: Words
    cites: set[str]
    whole: bool

    def without(self, column: Any, value: Any) -> Any:
        """Return what stays of one value."""
        if value is None or (self.table == "generation" and column.name == "fingerprint"):
            return value
        if self.whole:
            return _WHOLLY[self.table].get(column.name, value)
        if isinstance(value, bytes):
            with contextlib.suppress(ValueError):
                said = orjson.loads(value)
                gone = self.words.in_value(said) or (self.cites and self.words.scrubbed(said, self.cites) != said)
                return _TOMBSTONE if gone else value
            return value if not self.words.in_text(value.decode("utf-8", "replace")) else _TOMBSTONE
        if self.table == "passage" and column.name == "text":
            return self.words.passage(value)
        if isinstance(column.type, JSON):
            return self.words.scrubbed(value, self.cites)
        if not self.words.in_text(str(value)):
            return value
        return "" if column.name.endswith("_key") else ERASED


_WHOLLY: dict[str, dict[str, Any]] = {
    "fact": {"value": ERASED, "qualifiers": {}, "quote": "", "credited_as": "", "reference": ""},
    "passage": {"text": ERASED},
    "generation": {"draft": {}},
}


def _locators(connection: Connection, table: Table, target: Target, done: Done, dry: bool) -> None:
    """Take the words out of the names of records, which must stay apart from one another."""
    for row in list(rows_holding(connection, table, [table.c.locator], target.words)):
        if target.words.in_text(row["locator"]):
            done.rows["source_record"] += 1
            if not dry:
                connection.execute(update(table).where(table.c.id == row["id"]).values(locator=f"{ERASED} {digest(row['locator'])}"))


def retract(session: Session, facts: Iterable[int], at: datetime) -> None:
    """Let these facts, by row id, stop standing."""
    for part in parts(facts):
        session.execute(update(FactRow).where(col(FactRow.id).in_(part), col(FactRow.retracted_at).is_(None)).values(retracted_at=at))


_REMEMBERED = sql_select(ErasedRow.kind, ErasedRow.digest)


def _facts(session: Session, target: Target, actor: str) -> None:
    """Take the notes of the facts and what names their entities, and remember all of it by hashes."""
    for part in parts(target.facts):
        session.connection().execute(update(FactFlagRow).where(col(FactFlagRow.fact_id).in_(part)).values(note=""))
    for entity in target.entities:
        session.connection().execute(delete(EntityIdentifierRow).where(col(EntityIdentifierRow.entity_id) == entity))
        names = session.exec(sql_select(EntityNameRow).where(EntityNameRow.entity_id == entity).order_by(col(EntityNameRow.id))).all()
        for number, row in enumerate(names):
            session.delete(row) if number else setattr(row, "name", ERASED)
        session.flush()
    rows = [(FACT, key, 0) for key in target.facts.values()]
    rows += [(WHOLE, digest(word), 1) for word in target.words.whole]
    for name in target.names - {ERASED}:
        one = Words()
        if " ".join(tokens(bare(name))) in target.words.whole:
            continue
        one.add(name)
        rows += [(NAME, digest(phrase), length) for length, phrases in one.by_length.items() for phrase in phrases]
    for song, own in target.songs.items():
        for track in session.exec(sql_select(TrackRow.uid).where(TrackRow.recording_id == song)):
            rows += [(SURNAME, digest(f"{track} {word}"), 1) for word in own.surnames]
            rows += [(FORENAME, digest(f"{track} {word}"), 1) for word in own.forenames]
    before = {(kind, known) for kind, known in by_id(session, _REMEMBERED, col(ErasedRow.digest), {known for _, known, _ in rows})}
    for kind, known, words in dict.fromkeys(rows):
        if (kind, known) not in before:
            session.add(ErasedRow(kind=kind, digest=known, words=words, actor=actor, at=now()))
    session.flush()


def _events(session: Session, target: Target, near: Near, done: Done, dry: bool) -> None:
    """Take the words out of the audit log; the hash of each event stays, and what is left of it is hashed for the erasure."""
    keys = set(target.facts.values())
    for row in session.exec(sql_select(EventRow).order_by(col(EventRow.seq)).execution_options(yield_per=1000)):
        own = row.object in keys and row.action != people.ERASE  # its reason was read when it was given
        words = near.said_of(row.object) or target.words
        comment = ERASED if row.comment and (own or words.in_text(row.comment)) else row.comment
        data = words.scrubbed(row.data)
        if own and isinstance(data, dict) and isinstance(data.get("value"), str):
            data = {**data, "value": ERASED}
        about = ERASED if target.words.in_text(row.object) else row.object
        if (comment, data, about) == (row.comment, row.data, row.object):
            continue
        done.rows["event"] += 1
        if not dry:
            row.comment, row.data, row.object = comment, data, about
            session.add(row)
            done.events[str(row.seq)] = people.remains(row.model_dump())
    session.flush()


def sweep(store: Store) -> str:
    """Rewrite a store on SQLite so that nothing of what was erased is left in its files; return what could not be done, or ""."""
    if store.dialect != "sqlite":
        return "PostgreSQL keeps erased rows in its files until: VACUUM FULL; and in its own backups and WAL archive"
    try:
        own = store.own_connection()
        own.driver.execute("VACUUM")
        busy = own.driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        own.close()
    except sqlite3.Error as error:
        return f"the file was not rewritten ({error}); stop what else has the store open, and erase again"
    return "the log beside the store was not emptied; stop what else has it open, and erase again" if busy else ""
