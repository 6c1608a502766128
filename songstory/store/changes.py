"""The dirty set: the tracks whose facts changed since they were last written. Triggers fill it, writing empties it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, text
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, delete, select

from songstory.store import Store, by_id
from songstory.store.tables import DirtyRow, TrackRow


def dirty(store: Store, *, after: int = 0, limit: int = 1000) -> list[tuple[int, str, str]]:
    """Return up to `limit` dirty tracks as (seq, track, cause), those after `after`, the oldest change first."""
    with store.reading() as session:
        rows = session.exec(
            select(DirtyRow.seq, TrackRow.uid, DirtyRow.cause)
            .join(TrackRow, col(TrackRow.id) == DirtyRow.track_id)
            .where(col(DirtyRow.seq) > after)
            .order_by(col(DirtyRow.seq))
            .limit(limit)
        ).all()
        return [(int(seq or 0), track, cause) for seq, track, cause in rows]


def dirty_count(store: Store) -> int:
    """Return how many tracks are dirty."""
    with store.reading() as session:
        return session.exec(select(func.count()).select_from(DirtyRow)).one()


def dirty_seq(session: Session, track_id: int) -> int | None:
    """Return the number of a track's last change, None when it is clean."""
    return session.exec(select(DirtyRow.seq).where(DirtyRow.track_id == track_id)).first()


_SPOKEN_OF = """
SELECT DISTINCT t.id FROM track t JOIN fact f ON f.subject_id = t.recording_id JOIN source_record r ON r.id = f.source_record_id
WHERE r.source_id = :source
"""


def touch(session: Session, source: int) -> int:
    """Make the tracks a source speaks of dirty, as triggers do for changes in the rows themselves; return how many."""
    connection = session.connection()
    connection.execute(text(f"DELETE FROM dirty WHERE track_id IN ({_SPOKEN_OF})"), {"source": source})  # noqa: S608
    made = connection.execute(
        text(f"INSERT INTO dirty (track_id, cause) SELECT id, 'source_trust' FROM ({_SPOKEN_OF}) spoken"),  # noqa: S608
        {"source": source},
    )
    return made.rowcount


def clean(session: Session, seqs: Iterable[int | None]) -> None:
    """Take tracks off the set by the numbers of the changes that were dealt with: a change that came meanwhile stays dirty."""
    known = [seq for seq in seqs if seq is not None]
    for start in range(0, len(known), 500):
        session.connection().execute(delete(DirtyRow).where(col(DirtyRow.seq).in_(known[start : start + 500])))


def unchanged(session: Session, seen: dict[str, int | None]) -> set[str]:
    """Return those tracks of `seen` that did not change since: their last change is still the one that was seen, or none."""
    query = sql_select(TrackRow.uid, DirtyRow.seq).join(DirtyRow, col(DirtyRow.track_id) == TrackRow.id)  # type: ignore[call-overload]
    now = {uid: seq for uid, seq in by_id(session, query, col(TrackRow.uid), seen)}
    return {track for track, seq in seen.items() if now.get(track) == seq}
