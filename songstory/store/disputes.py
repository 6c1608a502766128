"""Keeps the disputes between sources up to date: which facts contradict one another, and what people decided.

Which tracks are to be looked at stands in the store, written with the facts themselves: an import that is cut off, or a machine
that dies while disputes are settled, loses none of them. Whoever settles next takes them up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select as sql_select
from sqlmodel import Session, col, delete, select, text

from songstory.conflicts import ONE_ANSWER, contradicted
from songstory.models import Fact, now
from songstory.store import Store, by_id, parts
from songstory.store.catalogue import TELLING, clear_flag, fact_query, fact_row, facts_of_many, read_facts, track_row
from songstory.store.columns import metadata
from songstory.store.intake_tables import UnsettledRow
from songstory.store.rows import note_unsettled
from songstory.store.tables import ConflictDecisionRow, EntityRow, FactFlagRow, FactRow, TrackEntityRow, TrackRow

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
            asked = select(UnsettledRow.track_id).order_by(col(UnsettledRow.track_id)).limit(AT_ONCE)
            tracks = list(session.exec(asked.with_for_update(skip_locked=True)))  # those that an import writes now are its own to settle
            if not tracks:
                return new
            new += _settle(session, _doubtful(session, tracks))
            session.exec(delete(UnsettledRow).where(col(UnsettledRow.track_id).in_(tracks)))


def unsettle(session: Session, tracks: Collection[int]) -> None:
    """Let these tracks be settled once more, after this transaction."""
    note_unsettled(session.connection(), tracks)


def tracks_of(session: Session, *, fact: str = "", source: str = "") -> list[int]:
    """Return the tracks of which a fact, or a source, speaks."""
    sql = """SELECT DISTINCT t.id FROM track t JOIN fact f ON f.subject_id = t.recording_id
    JOIN source_record r ON r.id = f.source_record_id JOIN source s ON s.id = r.source_id WHERE f.key = :fact OR s.key = :source"""
    return [int(row[0]) for row in session.connection().execute(text(sql), {"fact": fact, "source": source})]


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
    chosen = {f.key for found in facts.values() for f in found if f.chosen}
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


# what people decide --------------------------------------------------------------------------------------------------------


def decide(session: Session, key: str, *, actor: str, comment: str) -> None:
    """Record that a person chose this fact in a conflict, and take the dispute from all that its record says there.

    What it contradicts stays disputed, and is no open conflict any more.
    """
    row = fact_row(session, key)
    known = select(ConflictDecisionRow).where(
        ConflictDecisionRow.subject_id == row.subject_id, ConflictDecisionRow.predicate == row.predicate,
        ConflictDecisionRow.chosen_fact_id == row.id,
    )  # fmt: skip
    decision = session.exec(known).first() or ConflictDecisionRow(
        subject_id=row.subject_id, predicate=row.predicate, chosen_fact_id=int(row.id or 0), actor=actor, comment=comment, at=now()
    )
    decision.actor, decision.comment, decision.at = actor, comment, now()
    session.add(decision)
    same = select(FactRow.key).where(
        FactRow.subject_id == row.subject_id, FactRow.predicate == row.predicate, FactRow.source_record_id == row.source_record_id
    )
    for chosen in session.exec(same).all():
        clear_flag(session, chosen, "disputed")


def conflicts(store: Store, track: str = "") -> list[tuple[str, str, list[Fact]]]:
    """Return every open conflict as (track, predicate, the disputed facts); of all tracks, or of one."""
    with store.reading() as session:
        disputed = select(FactFlagRow.fact_id).where(FactFlagRow.flag == "disputed")
        if track:
            told = select(TrackEntityRow.entity_id).where(
                TrackEntityRow.track_id == track_row(session, track).id, col(TrackEntityRow.relation).in_(TELLING)
            )
            here = select(FactRow.id).where(col(FactRow.subject_id).in_(told))
            disputed = disputed.where(col(FactFlagRow.fact_id).in_(here))
        facts = read_facts(
            session,
            session.connection()
            .execute(fact_query().where(col(FactRow.id).in_(disputed), col(FactRow.retracted_at).is_(None)).order_by(col(FactRow.id)))
            .all(),
        )
        tracks: dict[str, str] = dict(
            session.exec(
                select(EntityRow.uid, TrackRow.uid)
                .join(TrackEntityRow, col(TrackEntityRow.entity_id) == EntityRow.id)
                .join(TrackRow, col(TrackRow.id) == TrackEntityRow.track_id)
                .where(col(EntityRow.uid).in_({f.subject for f in facts}), col(TrackEntityRow.relation).in_(TELLING))
            ).all()
        )
        decided = {
            (uid, predicate): at
            for uid, predicate, at in session.exec(
                select(EntityRow.uid, ConflictDecisionRow.predicate, ConflictDecisionRow.at)
                .join(EntityRow, col(EntityRow.id) == ConflictDecisionRow.subject_id)
                .join(FactRow, col(FactRow.id) == ConflictDecisionRow.chosen_fact_id)
                .where(col(FactRow.retracted_at).is_(None))
                .order_by(col(ConflictDecisionRow.at))
            ).all()
        }
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        groups.setdefault((tracks.get(fact.subject, ""), fact.predicate), []).append(fact)
    return [(track, predicate, found) for (track, predicate), found in groups.items() if _open(found, decided)]


_WITHHELD = """
SELECT DISTINCT t.uid, f.predicate FROM fact_flag g JOIN fact f ON f.id = g.fact_id JOIN track t ON t.recording_id = f.subject_id
WHERE g.flag = 'disputed' AND f.retracted_at IS NULL AND EXISTS (SELECT 1 FROM story s WHERE s.track_id = t.id)
AND NOT EXISTS (SELECT 1 FROM conflict_decision d JOIN fact c ON c.id = d.chosen_fact_id WHERE d.subject_id = f.subject_id
AND d.predicate = f.predicate AND c.retracted_at IS NULL AND d.at >= f.first_seen) {where} ORDER BY 1, 2
"""


def withheld(store: Store, tracks: Collection[str] | None = None) -> dict[str, list[str]]:
    """Return, by track, the predicates that sources dispute and nobody decided: what one decision each would add to its story.

    Of `tracks`, or of all that have a story.
    """
    where = "" if tracks is None else "AND t.uid IN ({among})"
    found: dict[str, list[str]] = defaultdict(list)
    with store.reading() as session:
        for part in [[]] if tracks is None else parts(tracks):
            names = {f"t{n}": track for n, track in enumerate(part)}
            asked = _WITHHELD.format(where=where.format(among=", ".join(f":{name}" for name in names)))
            for track, predicate in session.connection().execute(text(asked), names):
                found[str(track)].append(str(predicate))
    return dict(found)


def _open(facts: Sequence[Fact], decided: dict[tuple[str, str], datetime]) -> bool:
    """Whether nobody has decided yet, or a source has said something new since."""
    at = decided.get((facts[0].subject, facts[0].predicate))
    return at is None or any(f.first_seen is not None and f.first_seen > at for f in facts)
