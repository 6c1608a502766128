"""What a person cleared: facts of a sensitive matter, and pairs of facts that may stand on one card of a song."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from songstory.models import Card, Fact
from songstory.store import by_id
from songstory.store.catalogue import TELLING
from songstory.store.desk_tables import ClearedFlagRow, ClearedPairRow
from songstory.store.tables import DirtyRow, FactRow, SourceRecordRow, SourceRow, StoryRow, TrackEntityRow, TrackRow


@dataclass(frozen=True)
class Cleared:
    """A fact whose flag of a sensitive matter a person cleared: its row and key, and the note that the flag had."""

    fact: int
    key: str
    note: str


def keep(session: Session, fact: int, note: str, *, actor: str, at: datetime) -> None:
    """Remember that the flag of a sensitive matter was cleared from a fact, and for what it was there."""
    session.merge(ClearedFlagRow(fact_id=fact, note=note, actor=actor, at=at))
    session.flush()


def forget(session: Session, fact: int) -> None:
    """Forget that a fact was cleared: its flag is there again."""
    session.execute(delete(ClearedFlagRow).where(col(ClearedFlagRow.fact_id) == fact))


def forget_pair(session: Session, track: int, first: str, second: str) -> None:
    """Let two facts stand on one card of a track no longer."""
    session.execute(
        delete(ClearedPairRow).where(
            col(ClearedPairRow.track_id) == track, col(ClearedPairRow.first) == first, col(ClearedPairRow.second) == second
        )
    )


# which of them a change may bear on -------------------------------------------------------------------------------------

_CLEARED = (
    sql_select(FactRow.id, FactRow.key, ClearedFlagRow.note)  # type: ignore[call-overload]
    .join(FactRow, col(FactRow.id) == ClearedFlagRow.fact_id)
    .where(col(FactRow.retracted_at).is_(None))
    .order_by(FactRow.id)
)
_PAIRS = (
    sql_select(TrackRow.id, TrackRow.uid, ClearedPairRow.first, ClearedPairRow.second)  # type: ignore[call-overload]
    .join(TrackRow, col(TrackRow.id) == ClearedPairRow.track_id)
    .order_by(TrackRow.id, ClearedPairRow.first, ClearedPairRow.second)
)
_SUBJECTS = (
    sql_select(FactRow.subject_id)  # type: ignore[call-overload]
    .join(SourceRecordRow, col(SourceRecordRow.id) == FactRow.source_record_id)
    .join(SourceRow, col(SourceRow.id) == SourceRecordRow.source_id)
)
_TOLD_OF = sql_select(TrackEntityRow.entity_id, TrackEntityRow.track_id).where(col(TrackEntityRow.relation).in_(TELLING))  # type: ignore[call-overload]
Pair = tuple[int, str, str, str]  # a track's row and id, and the keys of its two facts


def near_facts(session: Session, facts: Collection[int]) -> tuple[list[Cleared], list[Pair]]:
    """Return what was cleared on the recordings that these facts speak of, and on the tracks that tell of those."""
    if not _any(session):
        return [], []
    asked = sql_select(FactRow.id, FactRow.subject_id)  # type: ignore[call-overload]
    return _near(session, {subject for _, subject in by_id(session, asked, col(FactRow.id), facts)})


def near_source(session: Session, source: str) -> tuple[list[Cleared], list[Pair]]:
    """Return what was cleared on the recordings that a source speaks of, and on the tracks that tell of those."""
    if not _any(session):
        return [], []
    spoken = _SUBJECTS.where(col(SourceRow.key) == source)
    tracks = sql_select(TrackEntityRow.track_id).where(col(TrackEntityRow.entity_id).in_(spoken))  # type: ignore[call-overload]
    return _read(session, _CLEARED.where(col(FactRow.subject_id).in_(spoken)), _PAIRS.where(col(TrackRow.id).in_(tracks)))


def near_dirty(session: Session) -> tuple[list[Cleared], list[Pair]]:
    """Return what was cleared on tracks that changed since they were last looked at."""
    if not _any(session):
        return [], []
    dirty = sql_select(col(DirtyRow.track_id))
    told_of = sql_select(TrackEntityRow.entity_id).where(col(TrackEntityRow.track_id).in_(dirty))  # type: ignore[call-overload]
    return _read(session, _CLEARED.where(col(FactRow.subject_id).in_(told_of)), _PAIRS.where(col(TrackRow.id).in_(dirty)))


def _near(session: Session, subjects: Iterable[int]) -> tuple[list[Cleared], list[Pair]]:
    wanted = set(subjects)
    tracks = {track for _, track in by_id(session, _TOLD_OF, col(TrackEntityRow.entity_id), wanted)}
    cleared = [Cleared(*r) for r in by_id(session, _CLEARED, col(FactRow.subject_id), wanted)]
    return cleared, [tuple(r) for r in by_id(session, _PAIRS, col(TrackRow.id), tracks)]


def _read(session: Session, cleared: Any, pairs: Any) -> tuple[list[Cleared], list[Pair]]:
    return [Cleared(*r) for r in session.execute(cleared)], [tuple(r) for r in session.execute(pairs)]


# pairs ------------------------------------------------------------------------------------------------------------------


def clear(session: Session, track: int, first: str, second: str, *, actor: str, comment: str, at: datetime) -> bool:
    """Let two facts stand on one card of a track; return whether they might not before."""
    one, other = sorted((first, second))
    if session.get(ClearedPairRow, (track, one, other)):
        return False
    session.add(ClearedPairRow(track_id=track, first=one, second=other, actor=actor, comment=comment, at=at))
    session.flush()
    return True


def pairs(session: Session, track: int | None) -> list[tuple[str, str]]:
    """Return the pairs of fact keys that were cleared for a track."""
    return list(session.exec(select(ClearedPairRow.first, ClearedPairRow.second).where(ClearedPairRow.track_id == track)).all())


def noted(session: Session, facts: Mapping[int, Sequence[Fact]]) -> dict[int, list[Fact]]:
    """Return the facts of tracks, by row, each with the keys of those beside which it may stand on a card of its track."""
    if not _any_pair(session):
        return {track: list(known) for track, known in facts.items()}
    cleared = select(ClearedPairRow.track_id, ClearedPairRow.first, ClearedPairRow.second)
    beside: dict[tuple[int, str], list[str]] = {}
    for track, first, second in by_id(session, cleared, col(ClearedPairRow.track_id), facts):
        beside.setdefault((track, first), []).append(second)
        beside.setdefault((track, second), []).append(first)
    return {track: [_beside(f, beside.get((track, f.key))) for f in known] for track, known in facts.items()}


def _beside(fact: Fact, others: list[str] | None) -> Fact:
    return fact.model_copy(update={"cleared_beside": tuple(others)}) if others else fact


def _any_pair(session: Session) -> bool:
    """Whether a pair was ever cleared: hardly a house has one."""
    return session.exec(select(ClearedPairRow.track_id).limit(1)).first() is not None


def _any(session: Session) -> bool:
    """Whether anything was ever cleared."""
    return session.exec(select(ClearedFlagRow.fact_id).limit(1)).first() is not None or _any_pair(session)


def used(session: Session, texts: Mapping[int, tuple[int, Sequence[Card]]]) -> set[int]:
    """Return those of `texts`, by row its story's row and its cards, of which a card cites both facts of a cleared pair."""
    if not _any_pair(session):
        return set()
    stories = {row: story for row, (story, _) in texts.items()}
    tracks = dict(session.exec(select(StoryRow.id, StoryRow.track_id).where(col(StoryRow.id).in_(set(stories.values())))).all())
    known = {track: pairs(session, track) for track in set(tracks.values())}
    return {
        row
        for row, (story, cards) in texts.items()
        if any({*pair} <= {k for s in (c.headline, *c.sentences) for k in s.cites} for c in cards for pair in known[tracks[story]])
    }
