"""How much the tracks are heard: it decides which of them the night writes first."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import bindparam, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col

from songstory.store import by_id
from songstory.store.tables import EntityIdentifierRow, TrackRow


def set_popularity(session: Session, counts: Mapping[str, int]) -> tuple[int, int]:
    """Set the popularity of the tracks whose recordings have these MBIDs; return how many were changed, and how many had it."""
    query = sql_select(EntityIdentifierRow.value, TrackRow.id, TrackRow.popularity).join(  # type: ignore[call-overload]
        TrackRow, col(TrackRow.recording_id) == EntityIdentifierRow.entity_id
    )
    most: dict[int, int] = {}
    before: dict[int, int] = {}
    for mbid, track, popularity in by_id(
        session, query.where(EntityIdentifierRow.scheme == "musicbrainz"), col(EntityIdentifierRow.value), counts
    ):
        most[track] = max(counts[mbid], most.get(track, 0))  # an MBID that was merged into another is counted apart
        before[track] = popularity
    changed = [{"track": track, "count": count} for track, count in most.items() if before[track] != count]
    if changed:
        table = TrackRow.__table__  # type: ignore[attr-defined]
        to = update(table).where(table.c.id == bindparam("track")).values(popularity=bindparam("count"))
        session.connection().execute(to, changed)
    return len(changed), len(most) - len(changed)
