"""Takes words out of every table that there is, those of other hands and of later versions too."""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import JSON, Connection, LargeBinary, MetaData, String, Table, delete, false, or_, select, update
from sqlalchemy import cast as sql_cast
from sqlalchemy.types import Text
from sqlmodel import Session, col
from sqlmodel import select as sql_select

from songstory.erased import ERASED, Erasures, Words, digest, erasures, tokens
from songstory.models import now
from songstory.records import EntityLine, FactLine, Line, PassageLine, TrackLine
from songstory.store import Store, by_id, people
from songstory.store.audit_tables import ErasedRow
from songstory.store.tables import (
    EntityIdentifierRow,
    EntityNameRow,
    EntityRow,
    EventRow,
    FactFlagRow,
    FactRow,
    PassageRow,
    RevisionFactRow,
    RevisionRow,
)

# Names by which rows are found: hashes, or ids that other houses know; where words stand in them they stay, and that is said.
_IDS = frozenset({"uid", "key", "track_uid", "custom_id", "fingerprint", "hash", "prev_hash", "act_id", "etag", "digest", "version_num"})
_KEPT = frozenset({"alembic_version", "actor", "action_token", "erased", "event", "setting", "source_record"})  # who and when stay
_WHOLE = frozenset({"generation", "match_case"})  # rows that are worth nothing without their words
_TOMBSTONE = b'{"erased":true}'
PEOPLE = ("person", "group", "artist")
_ASKED = 40  # phrases looked for by the database; with more, every row is read


@dataclass
class Target:
    """What is to be erased: facts by row id and key, passages and entities by row id, and the words themselves."""

    words: Words = field(default_factory=Words)
    facts: dict[int, str] = field(default_factory=dict)
    passages: set[int] = field(default_factory=set)
    entities: set[int] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


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
                yield number, line.model_copy(update={"text": found.names.passage(line.text)})
                bad.append((number, "text: names a person who was erased; the sentence was left out"))
            case FactLine() | EntityLine() | TrackLine() if found.names.in_value(line.model_dump(exclude={"kind", "track", "id"})):
                bad.append((number, f"{line.kind}: names a person who was erased; it does not come back"))
            case _:
                yield number, line


# finding ----------------------------------------------------------------------------------------------------------------


def of_fact(session: Session, row: FactRow) -> Target:
    """Return what goes with one fact: its words, where no other fact says them too."""
    target = Target(facts={int(row.id or 0): row.key})
    same = sql_select(FactRow.value).where(FactRow.predicate == row.predicate, FactRow.id != row.id)
    others = {tokens(str(value)) for value in session.exec(same)}
    for text in (row.value, row.quote, row.credited_as, row.reference, *row.qualifiers.values()):
        if isinstance(text, str) and (len(tokens(text)) > 2 or text == row.value) and tokens(text) not in others:
            target.words.add(text)
    if row.object_id is not None:
        elsewhere = sql_select(FactRow.id).where(FactRow.object_id == row.object_id, FactRow.id != row.id)
        target.entities |= set() if session.exec(elsewhere).first() else {row.object_id}
    return target


def of_passage(session: Session, row: PassageRow) -> Target:
    """Return what goes with a passage: all facts that rest on it."""
    target = Target(passages={int(row.id or 0)})
    target.words.add(row.text)
    for fact in session.exec(sql_select(FactRow).where(FactRow.passage_id == row.id)):
        own = of_fact(session, fact)
        target.facts |= own.facts
        for length, phrases in own.words.by_length.items():
            target.words.by_length.setdefault(length, set()).update(phrases)
    return target


_SAID = (FactRow.value, FactRow.qualifiers, FactRow.quote, FactRow.credited_as, FactRow.reference)


def of_person(session: Session, name: str) -> Target:
    """Return what goes with a person, given by name or by the id of an entity: all their names, every fact that holds one."""
    known = sql_select(EntityRow.id).where(EntityRow.uid == name)
    named = (
        sql_select(EntityNameRow.entity_id)
        .join(EntityRow, col(EntityRow.id) == EntityNameRow.entity_id)
        .where(EntityNameRow.name == name, col(EntityRow.kind).in_(PEOPLE))
    )
    by_uid = session.exec(known).all()
    target = Target(entities={int(i or 0) for i in [*by_uid, *session.exec(named).all()]})
    names = sql_select(EntityNameRow.name).where(col(EntityNameRow.entity_id).in_(target.entities))
    target.names = {*session.exec(names).all()} | (set() if by_uid else {name})
    for one in target.names:
        target.words.add(one)
    facts = select(FactRow.id, FactRow.key, FactRow.object_id, FactRow.subject_id, *_SAID)  # type: ignore[call-overload]
    for fact, key, thing, subject, *texts in session.connection().execute(facts):
        if thing in target.entities or subject in target.entities or target.words.in_value(texts):
            target.facts[fact] = key
    return target


# erasing ----------------------------------------------------------------------------------------------------------------


def erase(session: Session, target: Target, actor: str, *, dry: bool) -> Done:
    """Take the words of a target out of every table, and remember their hashes; count only where `dry`."""
    connection, done = session.connection(), Done()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    near = _near(session, target)
    known = MetaData()
    known.reflect(connection)
    for name in sorted(set(known.tables) - _KEPT):
        _table(connection, known.tables[name], target, near, done, dry)
    if "source_record" in known.tables:
        _locators(connection, known.tables["source_record"], target, done, dry)
    if not dry:
        _facts(session, target, actor)
    _events(session, target, done, dry)
    return done


def _near(session: Session, target: Target) -> dict[str, set[Any]]:
    """Return the rows that rest on the facts of a target without holding its words: by table, the ids."""
    revisions = {int(r) for (r,) in by_id(session, select(RevisionFactRow.revision_id), col(RevisionFactRow.fact_id), target.facts)}  # type: ignore[call-overload]
    rows = list(by_id(session, select(RevisionRow.story_id, RevisionRow.generation), col(RevisionRow.id), revisions))  # type: ignore[call-overload]
    stories = {int(s) for s, _ in rows}
    return {
        "revision": revisions, "publication": stories, "working_copy": stories, "generation": {g for _, g in rows if g},
        "fact": set(target.facts), "passage": target.passages,
    }  # fmt: skip


_NEAR_BY = {
    "revision": "id", "publication": "story_id", "working_copy": "story_id", "generation": "fingerprint", "fact": "id", "passage": "id",
}  # fmt: skip


def _table(connection: Connection, table: Table, target: Target, near: dict[str, set[Any]], done: Done, dry: bool) -> None:
    texts = [c for c in table.columns if isinstance(c.type, String | JSON | LargeBinary)]
    keys = list(table.primary_key.columns)
    if not texts or not keys:
        return
    ids, by = near.get(table.name, set()), _NEAR_BY.get(table.name, "")
    cites = set(target.facts.values())
    for row in list(_rows(connection, table, texts, target.words, ids, by)):
        rests = bool(ids) and row[by] in ids
        changed = {
            c.name: new
            for c in texts
            if (new := _without(table.name, c, row[c.name], target, cites if rests else set(), rests)) != row[c.name]
        }
        here = [c == row[c.name] for c in keys]
        if left := sorted(n for n in changed if n in _IDS or n in {c.name for c in keys}):
            done.left.append(f"{table.name}.{left[0]} {row[left[0]]!r} is an id and stays")
            changed = {n: v for n, v in changed.items() if n not in left}
        if not changed:
            continue
        done.rows[str(table.name)] += 1
        if dry:
            continue
        if table.name in _WHOLE or (table.name == "entity_name" and row["kind"] != "primary"):
            connection.execute(delete(table).where(*here))
        else:
            connection.execute(update(table).where(*here).values(**changed))


def _rows(connection: Connection, table: Table, texts: Sequence[Any], words: Words, ids: set[Any], by: str) -> Iterator[Any]:
    """Yield the rows that may hold the words, as the database can tell, and those with `ids`."""
    phrases = [max(p.split(), key=len) for found in words.by_length.values() for p in found]
    query = select(table)
    if len(phrases) <= _ASKED and all(p.isascii() for p in phrases):
        like = [sql_cast(c, Text).ilike(f"%{p}%") for c in texts if not isinstance(c.type, LargeBinary) for p in phrases]
        binary = [c.is_not(None) for c in texts if isinstance(c.type, LargeBinary)]
        query = query.where(or_(false(), *like, *binary, *([table.c[by].in_(sorted(ids))] if ids else [])))
    yield from connection.execute(query).mappings()


def _without(table: str, column: Any, value: Any, target: Target, cites: set[str], rests: bool) -> Any:
    """Return what stays of one value."""
    if value is None:
        return None
    if table == "fact" and rests:
        return {"value": ERASED, "qualifiers": {}, "quote": "", "credited_as": "", "reference": ""}.get(column.name, value)
    if isinstance(value, bytes):
        with contextlib.suppress(ValueError):
            said = orjson.loads(value)
            return _TOMBSTONE if target.words.in_value(said) or (cites and target.words.scrubbed(said, cites) != said) else value
        return value if not target.words.in_text(value.decode("utf-8", "replace")) else _TOMBSTONE
    if table == "passage" and column.name == "text":
        return ERASED if rests else target.words.passage(value)
    if isinstance(column.type, JSON):
        return target.words.scrubbed(value, cites)
    if table == "generation" and rests and column.name == "fingerprint":
        return value
    if not target.words.in_text(str(value)):
        return value
    return "" if column.name.endswith("_key") else ERASED


def _locators(connection: Connection, table: Table, target: Target, done: Done, dry: bool) -> None:
    """Take the words out of the names of records, which must stay apart from one another."""
    for row in list(_rows(connection, table, [table.c.locator], target.words, set(), "")):
        if target.words.in_text(row["locator"]):
            done.rows["source_record"] += 1
            if not dry:
                connection.execute(update(table).where(table.c.id == row["id"]).values(locator=f"{ERASED} {digest(row['locator'])}"))


def _facts(session: Session, target: Target, actor: str) -> None:
    """Let the facts stand no more, take their notes and what names their entities, and remember all of it by hashes."""
    moment = now()
    for fact in target.facts:
        session.connection().execute(update(FactRow).where(col(FactRow.id) == fact).values(retracted_at=moment))
        session.connection().execute(update(FactFlagRow).where(col(FactFlagRow.fact_id) == fact).values(note=""))
    for entity in target.entities:
        session.connection().execute(delete(EntityIdentifierRow).where(col(EntityIdentifierRow.entity_id) == entity))
        names = session.exec(sql_select(EntityNameRow).where(EntityNameRow.entity_id == entity).order_by(col(EntityNameRow.id))).all()
        for number, row in enumerate(names):
            session.delete(row) if number else setattr(row, "name", ERASED)
        session.flush()
    rows = [("fact", key, 0) for key in target.facts.values()]
    rows += [("name", digest(" ".join(t)), len(t)) for t in map(tokens, target.names - {ERASED}) if t]
    for kind, known, words in dict.fromkeys(rows):
        if session.get(ErasedRow, (kind, known)) is None:
            session.add(ErasedRow(kind=kind, digest=known, words=words, actor=actor, at=moment))
    session.flush()


def _events(session: Session, target: Target, done: Done, dry: bool) -> None:
    """Take the words out of the audit log; the hash of each event stays, and what is left of it is hashed for the erasure."""
    keys = set(target.facts.values())
    for row in session.exec(sql_select(EventRow).order_by(col(EventRow.seq)).execution_options(yield_per=1000)):
        own = row.object in keys and row.action != people.ERASE  # its reason was read when it was given
        comment = ERASED if row.comment and (own or target.words.in_text(row.comment)) else row.comment
        data = target.words.scrubbed(row.data)
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
