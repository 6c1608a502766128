"""Facts that wait for a person: quarantined, sensitive, private or disputed, a page at a time."""

from __future__ import annotations

from sqlalchemy import func
from sqlmodel import col, select

from songstory.models import Fact, Page
from songstory.store import Store
from songstory.store.catalogue import TELLING, facts_by_key
from songstory.store.paging import turned
from songstory.store.tables import EntityRow, FactFlagRow, FactRow, TrackEntityRow, TrackRow


def counts(store: Store) -> dict[str, int]:
    """Return how many standing facts carry each flag."""
    with store.reading() as session:
        query = select(FactFlagRow.flag, func.count()).join(FactRow, col(FactRow.id) == FactFlagRow.fact_id)
        return dict(session.exec(query.where(col(FactRow.retracted_at).is_(None)).group_by(FactFlagRow.flag)).all())


def listed(store: Store, flag: str, *, page: int = 1, size: int = 25) -> Page:
    """Return one page of (track id, title, fact) of the standing facts that carry `flag`, the newest first."""
    with store.reading() as session:
        where = (FactFlagRow.flag == flag, col(FactRow.retracted_at).is_(None))
        joined = select(FactRow.key).join(FactFlagRow, col(FactFlagRow.fact_id) == FactRow.id).where(*where)
        total = session.exec(select(func.count()).select_from(joined.subquery())).one()
        newest = joined.order_by(col(FactFlagRow.at).desc(), col(FactRow.id).desc())
        keys = session.exec(turned(newest, page, size)).all()
        facts = facts_by_key(session, keys)
        songs: dict[str, tuple[str, str]] = {}
        query = (
            select(EntityRow.uid, TrackRow.uid, TrackRow.title)
            .join(TrackEntityRow, col(TrackEntityRow.entity_id) == EntityRow.id)
            .join(TrackRow, col(TrackRow.id) == TrackEntityRow.track_id)
            .where(col(EntityRow.uid).in_({f.subject for f in facts.values()}), col(TrackEntityRow.relation).in_(TELLING))
        )
        for subject, track, title in session.exec(query):
            songs.setdefault(subject, (track, title))
    items: tuple[tuple[str, str, Fact], ...] = tuple((*songs.get(facts[k].subject, ("", "")), facts[k]) for k in keys)
    return Page(items=items, total=total, page=page, size=size)
