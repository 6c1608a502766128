"""How the whole house stands: coverage, the way from draft to published, how long stories wait, how much people change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, func
from sqlalchemy import select as sql_select
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from songstory.models import Card, Status, now
from songstory.store import Store
from songstory.store.tables import RevisionRow, StoryRow, TrackRow

WAITS = {"under a day": 1, "1 to 3 days": 3, "3 to 7 days": 7, "over a week": 10_000}  # upper ends in days


def coverage(store: Store) -> dict[str, int]:
    """Return how many tracks there are, and how many have a story, one handed in, one approved, one that is live."""
    handed = (Status.IN_REVIEW, Status.APPROVED, Status.PUBLISHED)
    live = col(StoryRow.live_revision_id).is_not(None)
    with store.reading() as session:
        tracks = session.exec(select(func.count()).select_from(TrackRow)).one()
        query = sql_select(
            func.count(), func.sum(case((col(StoryRow.status).in_(handed) | live, 1), else_=0)),
            func.sum(case((col(StoryRow.status).in_(handed[1:]) | live, 1), else_=0)), func.sum(case((live, 1), else_=0)),
        ).where(col(StoryRow.latest_revision_id).is_not(None))  # fmt: skip
        found = session.connection().execute(query).one()
    return {"tracks": tracks, **dict(zip(("written", "handed in", "approved", "live"), (int(n or 0) for n in found), strict=True))}


def waiting(store: Store, at: datetime | None = None) -> dict[str, int]:
    """Return how many stories wait in review, by how long nobody has touched them."""
    moment, lower, sums = at or now(), 0, []
    for days in WAITS.values():
        between = (col(StoryRow.updated_at) <= moment - timedelta(days=lower)) & (col(StoryRow.updated_at) > moment - timedelta(days=days))
        sums.append(func.sum(case((between, 1), else_=0)))
        lower = days
    with store.reading() as session:
        found = session.connection().execute(sql_select(*sums).where(col(StoryRow.status) == Status.IN_REVIEW)).one()
    return dict(zip(WAITS, (int(n or 0) for n in found), strict=True))


def edits(store: Store, limit: int = 200) -> list[tuple[datetime, tuple[Card, ...], tuple[Card, ...]]]:
    """Return (when, text before, text after) of the last revisions that people saved, the newest first."""
    base = aliased(RevisionRow)
    query = (
        select(RevisionRow.created_at, base.cards, RevisionRow.cards)
        .join(base, col(base.id) == RevisionRow.base_id)
        .where(RevisionRow.author_kind == "person")
        .order_by(col(RevisionRow.id).desc())
        .limit(limit)
    )
    with store.reading() as session:
        return [(at, _cards(before), _cards(after)) for at, before, after in session.exec(query)]


def _cards(data: Mapping[str, Any]) -> tuple[Card, ...]:
    return tuple(Card.model_validate(c) for c in data["cards"])
