"""The rows of an import that is taken back: the facts that it added and those that it let fall, the tracks that it made, its cases."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import select as sql_select
from sqlmodel import Session, col, delete, select, text, update

from songstory.errors import IllegalMove, StoreError
from songstory.models import now
from songstory.store import by_id, disputes, parts
from songstory.store.desk_tables import ClearedPairRow
from songstory.store.intake_tables import IntakeRow, MatchCaseRow, PlacementRow, UnsettledRow
from songstory.store.tables import DirtyRow, FactRow, RunItemRow, SourceRecordRow, SourceRow, StoryRow, TrackEntityRow, TrackRow


def claimed(session: Session, intake: int) -> IntakeRow:
    """Return an import that may be taken back, or was, locked. Raise StoreError, IllegalMove with the way out."""
    row = session.exec(select(IntakeRow).where(IntakeRow.id == intake).with_for_update()).first()
    if row is None:
        raise StoreError(f"no import {intake}; see: songstory import log")
    if row.undone_at is not None:
        return row
    if row.finished_at is None:
        raise IllegalMove(f"import {intake} was cut off and is not finished; run it again to its end, then take it back")
    later = select(IntakeRow).where(col(IntakeRow.id) > intake, col(IntakeRow.undone_at).is_(None))
    for other in session.exec(later.order_by(col(IntakeRow.id).desc())):
        if set(other.sources) & set(row.sources):
            raise IllegalMove(f"import {other.id} ({other.name}) read the same source since; take that back first")
    return row


def _facts(session: Session, row: IntakeRow, where: Any) -> list[tuple[int, str, int]]:
    """Return (id, key, subject) of the facts of an import's sources for which a condition holds."""
    query = (
        sql_select(FactRow.id, FactRow.key, FactRow.subject_id)  # type: ignore[call-overload]
        .join(SourceRecordRow, col(SourceRecordRow.id) == FactRow.source_record_id)
        .join(SourceRow, col(SourceRow.id) == SourceRecordRow.source_id)
        .where(col(SourceRow.key).in_(row.sources), where)
    )
    return [(int(fact), str(key), int(subject)) for fact, key, subject in session.connection().execute(query)]


def take_back_facts(session: Session, row: IntakeRow) -> tuple[dict[int, str], dict[int, str]]:
    """Let the facts that an import brought stop standing, and those stand again that it let fall; return both, key by id."""
    added = _facts(session, row, (col(FactRow.first_seen) == row.started_at) & col(FactRow.retracted_at).is_(None))
    fallen = _facts(session, row, (col(FactRow.first_seen) != row.started_at) & (col(FactRow.retracted_at) == row.started_at))
    for found, at in ((added, now()), (fallen, None)):
        for part in parts({fact for fact, _, _ in found}):
            session.exec(update(FactRow).where(col(FactRow.id).in_(part)).values(retracted_at=at))
    subjects = {subject for _, _, subject in (*added, *fallen)}
    tracks = by_id(session, sql_select(TrackRow.id), col(TrackRow.recording_id), subjects)  # type: ignore[call-overload]
    disputes.unsettle(session, {int(r.id) for r in tracks})
    return {fact: key for fact, key, _ in added}, {fact: key for fact, key, _ in fallen}


def drop_tracks(session: Session, row: IntakeRow) -> int:
    """Take the tracks away that an import made and nothing else speaks of: no story, no night, no fact that stands. Return how many."""
    gone = 0
    for first, last in row.made:
        for part in parts(range(first, last + 1)):
            gone += _drop(session, _unused(session, part))
    return gone


def _unused(session: Session, tracks: Collection[int]) -> list[int]:
    standing = select(FactRow.id).where(FactRow.subject_id == TrackRow.recording_id, col(FactRow.retracted_at).is_(None)).exists()
    told = select(StoryRow.id).where(StoryRow.track_id == TrackRow.id).exists()
    asked = select(RunItemRow.id).where(RunItemRow.track_id == TrackRow.id).exists()
    return [int(i or 0) for i in session.exec(select(TrackRow.id).where(col(TrackRow.id).in_(tracks), ~standing, ~told, ~asked))]


def _drop(session: Session, tracks: Iterable[int]) -> int:
    listed = list(tracks)
    for table in (PlacementRow, UnsettledRow, ClearedPairRow, TrackEntityRow, DirtyRow):
        session.exec(delete(table).where(col(table.track_id).in_(listed)))
    session.exec(delete(DirtyRow).where(col(DirtyRow.track_id).in_(listed)))  # the links that went marked them once more
    session.exec(delete(TrackRow).where(col(TrackRow.id).in_(listed)))
    return len(listed)


def close(session: Session, row: IntakeRow) -> None:
    """Forget where an import put its records and which of them wait, let the cases it decided wait again, and mark it as taken back."""
    session.exec(delete(PlacementRow).where(col(PlacementRow.intake_id) == row.id))
    waiting = col(MatchCaseRow.source).in_(row.sources) & (col(MatchCaseRow.track) == "") & (col(MatchCaseRow.at) >= row.started_at)
    session.exec(delete(MatchCaseRow).where(waiting))
    session.exec(update(MatchCaseRow).where(col(MatchCaseRow.intake_id) == row.id).values(track="", actor="", intake_id=0))
    session.exec(update(IntakeRow).where(col(IntakeRow.id) == row.id).values(undone_at=now(), hash=f"undone {row.id}"))


def pulled_by(session: Session, act: str) -> list[str]:
    """Return the revisions that were pulled when an import ended, by the act that its end is told as."""
    rows = session.connection().execute(text("SELECT object FROM event WHERE act_id = :act AND action = 'story.withdraw'"), {"act": act})
    return [str(row[0]) for row in rows]
