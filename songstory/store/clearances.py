"""Which pairs of facts a publisher let stand on one card of a song; what is not here is not cleared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from songstory.models import Card, Fact
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


def noted(session: Session, track: int | None, facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts of a track, each with the keys of those beside which it may stand."""
    beside: dict[str, list[str]] = {}
    for first, second in pairs(session, track):
        beside.setdefault(first, []).append(second)
        beside.setdefault(second, []).append(first)
    return [f.model_copy(update={"cleared_beside": tuple(beside[f.key])}) if f.key in beside else f for f in facts]


def used(session: Session, texts: Mapping[int, tuple[int, Sequence[Card]]]) -> set[int]:
    """Return those of `texts`, by row its story's row and its cards, of which a card cites both facts of a cleared pair."""
    if session.exec(select(ClearedPairRow.track_id).limit(1)).first() is None:  # hardly a house has any
        return set()
    stories = {row: story for row, (story, _) in texts.items()}
    tracks = dict(session.exec(select(StoryRow.id, StoryRow.track_id).where(col(StoryRow.id).in_(set(stories.values())))).all())
    known = {track: pairs(session, track) for track in set(tracks.values())}
    return {
        row
        for row, (story, cards) in texts.items()
        if any({*pair} <= {k for s in (c.headline, *c.sentences) for k in s.cites} for c in cards for pair in known[tracks[story]])
    }
