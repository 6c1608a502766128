"""Keeps the disputes between sources up to date: which facts contradict one another, and what people decided.

Which tracks are to be looked at stands in the store, written with the facts themselves: an import that is cut off, or a machine
that dies while disputes are settled, loses none of them. Whoever settles next takes them up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select as sql_select
from sqlmodel import Session, col, delete, func, select, text

from songstory.conflicts import ONE_ANSWER, contradicted
from songstory.models import Fact, now
from songstory.store import Store, by_id
from songstory.store.catalogue import facts_of_many
from songstory.store.columns import metadata
from songstory.store.intake_tables import UnsettledRow
from songstory.store.tables import ConflictDecisionRow, FactFlagRow, FactRow, TrackRow

INTAKE = "intake"  # who sets the flags that the sources themselves give cause for
AT_ONCE = 500  # tracks settled in one transaction


def settle(store: Store) -> int:
    """Flag what sources contradict of all tracks of which something new was said, unflag what is contradicted no more.

    A person's decision holds: what was chosen, and what agrees with it by standing in the same record, is not disputed again.
    Return how many facts are newly disputed.
    """
    new = 0
    while True:
        with store.session() as session:
            tracks = list(session.exec(select(UnsettledRow.track_id).order_by(col(UnsettledRow.track_id)).limit(AT_ONCE)))
            if not tracks:
                return new
            new += _settle(session, _doubtful(session, tracks))
            session.exec(delete(UnsettledRow).where(col(UnsettledRow.track_id).in_(tracks)))


def waiting(session: Session) -> int:
    """Return how many tracks wait to be settled."""
    return int(session.exec(select(func.count()).select_from(UnsettledRow)).one())


def unsettle(session: Session, tracks: Collection[int]) -> None:
    """Let these tracks be settled once more."""
    known = set(by_id(session, sql_select(UnsettledRow.track_id), col(UnsettledRow.track_id), tracks))  # type: ignore[call-overload]
    new = [{"track_id": track} for track in set(tracks) - {row.track_id for row in known}]
    if new:
        session.connection().execute(metadata.tables["unsettled"].insert(), new)


_SEVERAL_SPEAK = """
SELECT t.id FROM track t JOIN fact f ON f.subject_id = t.recording_id JOIN source_record r ON r.id = f.source_record_id
JOIN source s ON s.id = r.source_id WHERE f.retracted_at IS NULL AND t.id IN ({among}) GROUP BY t.id
HAVING count(DISTINCT CASE WHEN s.independent_group = '' OR s.origin <> '' THEN s.key ELSE s.independent_group END) > 1
"""
_TWO_ANSWERS = """
SELECT t.id FROM track t JOIN fact f ON f.subject_id = t.recording_id WHERE f.retracted_at IS NULL AND t.id IN ({among})
AND f.predicate IN ({single}) GROUP BY t.id, f.predicate HAVING count(*) > 1
"""
_FLAGGED = """
SELECT DISTINCT t.id FROM track t JOIN fact f ON f.subject_id = t.recording_id JOIN fact_flag g ON g.fact_id = f.id
WHERE f.retracted_at IS NULL AND t.id IN ({among}) AND g.flag = 'disputed' AND g.actor = 'intake'
"""


def _doubtful(session: Session, tracks: Sequence[int]) -> list[int]:
    """Return those of `tracks` that may hold a dispute: several groups speak, one question has two answers, or one was disputed."""
    among = ", ".join(str(int(track)) for track in tracks)
    single = ", ".join(f"'{name}'" for name in sorted(ONE_ANSWER))
    asked = (_SEVERAL_SPEAK, _TWO_ANSWERS, _FLAGGED)
    run = session.connection().execute
    return sorted({int(row[0]) for sql in asked for row in run(text(sql.format(among=among, single=single)))})


def _settle(session: Session, tracks: Sequence[int]) -> int:
    facts = facts_of_many(session, tracks)
    flagged = _flagged(session, [f.key for found in facts.values() for f in found if f.disputed])
    chosen = _chosen(session, facts)
    against: dict[str, str] = {}
    for found in facts.values():
        against |= {key: note for key, note in contradicted(found).items() if key not in chosen}
    new = {key: note for key, note in against.items() if key not in flagged}
    ids = _ids(session, new)
    at = now()
    rows = [{"fact_id": ids[key], "flag": "disputed", "note": note, "actor": INTAKE, "at": at} for key, note in new.items()]
    if rows:
        session.connection().execute(metadata.tables["fact_flag"].insert(), rows)
    over = [row for key, (row, actor) in flagged.items() if actor == INTAKE and key not in against]
    if over:
        session.exec(delete(FactFlagRow).where(col(FactFlagRow.id).in_(over)))
    return len(new)


def _ids(session: Session, keys: Collection[str]) -> dict[str, int]:
    return {key: row for key, row in by_id(session, sql_select(FactRow.key, FactRow.id), col(FactRow.key), keys)}  # type: ignore[call-overload]


def _flagged(session: Session, keys: Collection[str]) -> dict[str, tuple[int, str]]:
    """Return, by the key of its fact, each flag of a dispute and who set it."""
    query = (
        sql_select(FactRow.key, FactFlagRow.id, FactFlagRow.actor)  # type: ignore[call-overload]
        .join(FactFlagRow, col(FactFlagRow.fact_id) == FactRow.id)
        .where(FactFlagRow.flag == "disputed")
    )
    return {key: (row, actor) for key, row, actor in by_id(session, query, col(FactRow.key), keys)}


def _chosen(session: Session, facts: Mapping[int, Sequence[Fact]]) -> set[str]:
    """Return the keys that a person's decisions speak for: the chosen facts and the others of the same record and question."""
    query: Any = sql_select(TrackRow.id, FactRow.key).join(FactRow, col(FactRow.subject_id) == TrackRow.recording_id)  # type: ignore[call-overload]
    query = query.join(ConflictDecisionRow, col(ConflictDecisionRow.chosen_fact_id) == FactRow.id)
    decided: dict[int, set[str]] = defaultdict(set)
    for track, key in by_id(session, query, col(TrackRow.id), facts):
        decided[track].add(key)
    found: set[str] = set()
    for track, keys in decided.items():
        records = {(f.predicate, f.source, f.locator) for f in facts[track] if f.key in keys}
        found |= {f.key for f in facts[track] if (f.predicate, f.source, f.locator) in records}
    return found
