"""The review queue: which stories wait, in which order, a page at a time, however many there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col

from songstory.errors import StoreError
from songstory.models import Page, Status, Story, now
from songstory.store import Store, by_id
from songstory.store.catalogue import named
from songstory.store.columns import by_signs
from songstory.store.desk_tables import StorySourceRow
from songstory.store.paging import turned
from songstory.store.tables import RevisionRow, SourceRow, StoryRow, TrackRow

SORTS: dict[str, Any] = {
    "risk": (col(StoryRow.risk).desc(), col(StoryRow.problems).desc(), col(StoryRow.priority).desc(), col(StoryRow.id)),
    "newest": (col(StoryRow.updated_at).desc(), col(StoryRow.id)),
    "oldest": (col(StoryRow.updated_at), col(StoryRow.id)),
    "title": (by_signs(TrackRow.title), col(StoryRow.id)),
}
_FEW = 500  # ids that are named in a question
AGES = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}


@dataclass(frozen=True)
class Filter:
    """What of the queue is shown. `problems` and `risky` keep those with (or without) them, `age` those untouched for so long."""

    status: str = ""
    search: str = ""
    problems: bool | None = None
    risky: bool | None = None
    source: str = ""
    age: str = ""
    stale: bool = False
    sort: str = "risk"


def list_stories(store: Store, *, page: int = 1, size: int = 25, **filters: Any) -> Page:
    """Return one page of stories; the filters are those of `Filter`. Raise StoreError for a sort or an age that is not offered."""
    return find(store, Filter(**filters), page=page, size=size)


def find(store: Store, wanted: Filter, *, page: int = 1, size: int = 25) -> Page:
    """Return one page of the stories that pass the filter. Raise StoreError for a sort or an age that is not offered."""
    if wanted.sort not in SORTS:
        raise StoreError(f"cannot sort by {wanted.sort!r}; choose one of: {', '.join(SORTS)}")
    if wanted.age and wanted.age not in AGES:
        raise StoreError(f"no age {wanted.age!r}; choose one of: {', '.join(AGES)}")
    with store.reading() as session:
        where = _where(store, session, wanted)
        counted = sql_select(func.count()).select_from(StoryRow)
        total = session.connection().execute(counted.where(*where)).scalar_one()
        # the ids first: the database walks an index and stops at the page's end, whatever else the rows hold
        ids = sql_select(col(StoryRow.id))
        ids = ids.join(TrackRow, col(TrackRow.id) == StoryRow.track_id) if wanted.sort == "title" else ids
        ids = turned(ids.where(*where).order_by(*SORTS[wanted.sort]), page, size)
        found = [i for (i,) in session.connection().execute(ids)]
        rows = {r.row: r for r in by_id(session, _query(), col(StoryRow.id), found)}
        live = _live(session, [r.live_revision_id for r in rows.values() if r.live_revision_id])
    return Page(items=tuple(_story(rows[i], live) for i in found), total=total, page=page, size=size)


def _where(store: Store, session: Session, wanted: Filter) -> list[Any]:
    where: list[Any] = [col(StoryRow.status) == wanted.status] if wanted.status else []
    if wanted.problems is not None:
        where.append(col(StoryRow.problems) > 0 if wanted.problems else col(StoryRow.problems) == 0)
    if wanted.risky is not None:
        where.append(col(StoryRow.risk) > 0 if wanted.risky else col(StoryRow.risk) == 0)
    if wanted.age:
        where.append(col(StoryRow.updated_at) < now() - AGES[wanted.age])
    if wanted.stale:
        where.append(col(StoryRow.stale_since).is_not(None))
    if wanted.source:
        source = sql_select(SourceRow.id).where(col(SourceRow.key) == wanted.source).scalar_subquery()  # type: ignore[call-overload]
        cites = sql_select(1).where(col(StorySourceRow.story_id) == StoryRow.id, col(StorySourceRow.source_id) == source)
        where.append(cites.exists())
    if wanted.search:
        where.append(_of_tracks(session, sql_select(col(TrackRow.id)).where(named(store, wanted.search))))
    return where


def _of_tracks(session: Session, tracks: Any) -> Any:
    """Return the condition that a story is of one of these tracks: the names are walked once, and where few fit, not for each question."""
    found = [i for (i,) in session.connection().execute(tracks.limit(_FEW + 1))]
    return col(StoryRow.track_id).in_(found if len(found) <= _FEW else tracks)


_COLUMNS: tuple[Any, ...] = (
    StoryRow.id.label("row"), StoryRow.uid, TrackRow.uid.label("track"), TrackRow.title, TrackRow.artist_credit, StoryRow.language,  # type: ignore[union-attr,attr-defined]
    StoryRow.market, StoryRow.status, StoryRow.problems, StoryRow.sentences, StoryRow.risk, StoryRow.priority, StoryRow.stale_since,
    StoryRow.stale_reason, StoryRow.updated_at, StoryRow.live_revision_id, RevisionRow.uid.label("latest"), RevisionRow.number,  # type: ignore[attr-defined]
    RevisionRow.author,
)  # fmt: skip


def _query() -> Any:
    return (
        sql_select(*_COLUMNS)
        .join(TrackRow, col(TrackRow.id) == StoryRow.track_id)
        .join(RevisionRow, col(RevisionRow.id) == StoryRow.latest_revision_id, isouter=True)
    )


def _live(session: Session, ids: list[int]) -> dict[int, str]:
    query = sql_select(RevisionRow.id, RevisionRow.uid)  # type: ignore[call-overload]
    return dict(tuple(r) for r in by_id(session, query, col(RevisionRow.id), ids))


def _story(r: Any, live: dict[int, str]) -> Story:
    same = ("title", "artist_credit", "language", "market", "problems", "sentences", "risk", "priority", "stale_since", "stale_reason")
    return Story(
        id=r.uid, track=r.track, status=Status(r.status), latest_revision=r.latest, live_revision=live.get(r.live_revision_id),
        number=r.number or 0, author=r.author or "", updated_at=r.updated_at, **{name: getattr(r, name) for name in same},
    )  # fmt: skip


def sources(store: Store) -> list[tuple[str, str]]:
    """Return (key, name) of the sources that stories rest on."""
    cited = sql_select(col(StorySourceRow.story_id)).where(col(StorySourceRow.source_id) == col(SourceRow.id)).exists()
    with store.reading() as session:
        query = sql_select(SourceRow.key, SourceRow.name).where(cited).order_by(col(SourceRow.name))  # type: ignore[call-overload]
        return [(str(key), str(name)) for key, name in session.connection().execute(query)]
