"""Which pairs of facts a publisher let stand on one card of a song; what is not here is not cleared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from songstory.models import Card, Fact
from songstory.store import by_id
from songstory.store.desk_tables import ClearedPairRow
from songstory.store.tables import StoryRow


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
    if not _any(session):
        return {track: list(known) for track, known in facts.items()}
    cleared = select(ClearedPairRow.track_id, ClearedPairRow.first, ClearedPairRow.second)
    beside: dict[tuple[int, str], list[str]] = {}
    for track, first, second in by_id(session, cleared, col(ClearedPairRow.track_id), facts):
        beside.setdefault((track, first), []).append(second)
        beside.setdefault((track, second), []).append(first)
    return {track: [_beside(f, beside.get((track, f.key))) for f in known] for track, known in facts.items()}


def _beside(fact: Fact, others: list[str] | None) -> Fact:
    return fact.model_copy(update={"cleared_beside": tuple(others)}) if others else fact


def _any(session: Session) -> bool:
    """Whether a pair was ever cleared: hardly a house has one."""
    return session.exec(select(ClearedPairRow.track_id).limit(1)).first() is not None


def used(session: Session, texts: Mapping[int, tuple[int, Sequence[Card]]]) -> set[int]:
    """Return those of `texts`, by row its story's row and its cards, of which a card cites both facts of a cleared pair."""
    if not _any(session):
        return set()
    stories = {row: story for row, (story, _) in texts.items()}
    tracks = dict(session.exec(select(StoryRow.id, StoryRow.track_id).where(col(StoryRow.id).in_(set(stories.values())))).all())
    known = {track: pairs(session, track) for track in set(tracks.values())}
    return {
        row
        for row, (story, cards) in texts.items()
        if any({*pair} <= {k for s in (c.headline, *c.sentences) for k in s.cites} for c in cards for pair in known[tracks[story]])
    }
