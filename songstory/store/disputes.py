"""Keeps the disputes between sources up to date: which facts contradict one another, and what people decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlmodel import Session, col, delete, select, text

from songstory.conflicts import disputed
from songstory.models import Fact, now
from songstory.store import Store
from songstory.store.catalogue import facts_in
from songstory.store.tables import ConflictDecisionRow, FactFlagRow, FactRow, TrackRow

INTAKE = "intake"  # who sets the flags that the sources themselves give cause for


def settle(store: Store, tracks: Iterable[str]) -> int:
    """Flag the facts of `tracks` that sources contradict, unflag those no longer contradicted; return how many new disputes.

    A person's decision holds: what was chosen, and what agrees with it by standing in the same record, is not disputed again.
    """
    new = 0
    for track in tracks:
        with store.session() as session:
            new += _settle(session, track)
    return new


def _settle(session: Session, track: str) -> int:
    facts = facts_in(session, track)
    against = disputed(facts)
    chosen = _chosen(session, facts)
    against = {key: note for key, note in against.items() if key not in chosen}
    ids = {
        str(key): int(fact or 0)
        for key, fact in session.exec(select(FactRow.key, FactRow.id).where(col(FactRow.key).in_([f.key for f in facts])))
    }
    flagged = {
        row.fact_id: row
        for row in session.exec(select(FactFlagRow).where(col(FactFlagRow.fact_id).in_(ids.values()), FactFlagRow.flag == "disputed"))
    }
    for key, note in against.items():
        if ids[key] not in flagged:
            session.add(FactFlagRow(fact_id=ids[key], flag="disputed", note=note, actor=INTAKE, at=now()))
    over = [i for key, i in ids.items() if i in flagged and flagged[i].actor == INTAKE and key not in against]
    if over:
        session.exec(delete(FactFlagRow).where(col(FactFlagRow.fact_id).in_(over), col(FactFlagRow.flag) == "disputed"))
    return sum(ids[key] not in flagged for key in against)


def _chosen(session: Session, facts: list[Fact]) -> set[str]:
    """Return the keys that a person's decisions speak for: the chosen facts and the others of the same record and question."""
    keys = [f.key for f in facts]
    decided = session.exec(
        select(FactRow.key)
        .join(ConflictDecisionRow, col(ConflictDecisionRow.chosen_fact_id) == FactRow.id)
        .where(col(FactRow.key).in_(keys))
    ).all()
    by_key = {f.key: f for f in facts}
    records = {(by_key[k].predicate, by_key[k].source, by_key[k].locator) for k in decided if by_key[k].stands}
    return {f.key for f in facts if (f.predicate, f.source, f.locator) in records}


_SPOKEN_OF = """
SELECT t.uid FROM track t JOIN fact f ON f.subject_id = t.recording_id JOIN source_record r ON r.id = f.source_record_id
JOIN source s ON s.id = r.source_id WHERE f.retracted_at IS NULL {among} GROUP BY t.uid
HAVING count(DISTINCT CASE WHEN s.independent_group = '' OR s.origin <> '' THEN s.key ELSE s.independent_group END) > 1
"""


def spoken_of_twice(session: Session, tracks: Collection[str] | None) -> list[str]:
    """Return those of `tracks` (None: of all) of which more than one independent group speaks, and those already disputed."""
    if tracks is None:
        return [str(uid) for (uid,) in session.connection().execute(text(_SPOKEN_OF.format(among="")))]
    found: list[str] = []
    listed = sorted(tracks)
    for start in range(0, len(listed), 400):
        part = {f"t{n}": uid for n, uid in enumerate(listed[start : start + 400])}
        among = f"AND t.uid IN ({', '.join(':' + name for name in part)})"
        found += [str(uid) for (uid,) in session.connection().execute(text(_SPOKEN_OF.format(among=among)), part)]
    return [*found, *_disputed_among(session, listed, found)]


def _disputed_among(session: Session, tracks: Collection[str], known: Collection[str]) -> list[str]:
    """Return the tracks with a dispute that may be over, since only one group may speak of them now."""
    query = (
        select(TrackRow.uid)
        .join(FactRow, col(FactRow.subject_id) == TrackRow.recording_id)
        .join(FactFlagRow, col(FactFlagRow.fact_id) == FactRow.id)
        .where(FactFlagRow.flag == "disputed", FactFlagRow.actor == INTAKE)
    )
    return sorted(set(session.exec(query)) & set(tracks) - set(known))


def several_groups(session: Session) -> bool:
    """Return whether more than one independent group has its say in this store at all."""
    rows = session.connection().execute(text("SELECT s.independent_group, s.origin, s.key FROM source s")).all()
    return len({key if origin else group or key for group, origin, key in rows}) > 1
