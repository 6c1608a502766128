"""Which stories cite what: the live and newest texts of stories, and what the gate must know of the facts they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col

from songstory.models import Fact, Status, now
from songstory.store import by_id, parts, stories, story_risks
from songstory.store.tables import (
    DirtyRow,
    FactFlagRow,
    FactRow,
    RevisionFactRow,
    RevisionRow,
    SourceRecordRow,
    SourceRow,
    StoryRow,
    TrackRow,
)  # fmt: skip
from songstory.vocabulary import RISKS


@dataclass(frozen=True)
class Text:
    """A story, its track, and the row and id of its live text; of its newest text the row."""

    row: int
    story: str
    track: str
    live: int | None
    live_id: str
    latest: int | None
    stale_since: datetime | None
    stale_reason: str

    @property
    def revisions(self) -> set[int]:
        """The rows of the texts that readers see or editors work on."""
        return {r for r in (self.live, self.latest) if r}


_TEXT: tuple[Any, ...] = (
    StoryRow.id, StoryRow.uid, TrackRow.uid.label("track"), StoryRow.live_revision_id, RevisionRow.uid.label("live_id"),  # type: ignore[attr-defined]
    StoryRow.latest_revision_id, StoryRow.stale_since, StoryRow.stale_reason,
)  # fmt: skip


def _texts() -> Any:
    return (
        sql_select(*_TEXT)
        .join(TrackRow, col(TrackRow.id) == StoryRow.track_id)
        .join(RevisionRow, col(RevisionRow.id) == StoryRow.live_revision_id, isouter=True)
        .order_by(col(StoryRow.id))
    )


def _read(rows: Iterable[Any]) -> list[Text]:
    return [
        Text(r.id, r.uid, r.track, r.live_revision_id, r.live_id or "", r.latest_revision_id, r.stale_since, r.stale_reason) for r in rows
    ]


def texts_citing(session: Session, facts: Iterable[int], *, lock: bool = True) -> list[Text]:
    """Return the stories whose newest or live text cites one of these facts, by row; with `lock` locked until the transaction ends."""
    rows: dict[int, Any] = {}
    for part in parts(facts):
        query = _texts().where(stories.cites_now(*part))
        found = session.connection().execute(query.with_for_update(of=StoryRow) if lock else query)
        rows |= {r.id: r for r in found}
    return _read(rows.values())


def texts(session: Session, rows: Iterable[int], *, lock: bool = False) -> list[Text]:
    """Return these stories; with `lock` locked until the transaction ends."""
    query = _texts().with_for_update(of=StoryRow) if lock else _texts()
    return _read(by_id(session, query, col(StoryRow.id), rows))


def live(session: Session, *, after: int = 0, limit: int) -> list[Text]:
    """Return the next `limit` stories with a live text, those after the row `after`."""
    where = (col(StoryRow.live_revision_id).is_not(None), col(StoryRow.id) > after)
    return _read(session.connection().execute(_texts().where(*where).limit(limit)))


def live_of_dirty(session: Session, *, after: int = 0, limit: int) -> list[Text]:
    """Return the next `limit` stories with a live text whose track changed since it was last looked at."""
    where = (col(StoryRow.live_revision_id).is_not(None), col(StoryRow.id) > after)
    dirty = sql_select(col(DirtyRow.track_id))
    return _read(session.connection().execute(_texts().where(*where, col(StoryRow.track_id).in_(dirty)).limit(limit)))


def count_live(session: Session) -> int:
    """Return how many stories have a live text."""
    query = sql_select(func.count()).select_from(StoryRow).where(col(StoryRow.live_revision_id).is_not(None))
    return int(session.connection().execute(query).scalar_one())


def citing_source(session: Session, source: str) -> list[int]:
    """Return the rows of the stories whose newest or live text cites a fact of a source."""
    cites = (
        sql_select(col(RevisionFactRow.revision_id))
        .join(FactRow, col(FactRow.id) == RevisionFactRow.fact_id)
        .join(SourceRecordRow, col(SourceRecordRow.id) == FactRow.source_record_id)
        .join(SourceRow, col(SourceRow.id) == SourceRecordRow.source_id)
        .where(col(SourceRow.key) == source)
    )
    either = col(StoryRow.latest_revision_id).in_(cites) | col(StoryRow.live_revision_id).in_(cites)
    return [int(i or 0) for (i,) in session.connection().execute(sql_select(col(StoryRow.id)).where(either).order_by(col(StoryRow.id)))]


_CITED: tuple[Any, ...] = (
    RevisionFactRow.revision_id, FactRow.id, FactRow.key, FactRow.predicate, FactRow.retracted_at,
    SourceRow.key.label("source"), SourceRow.trust,  # type: ignore[attr-defined]
)  # fmt: skip


def cited(session: Session, revisions: Iterable[int]) -> dict[int, list[Fact]]:
    """Return what each text cites, each fact with no more than the gate asks for: its source, trust, flags and retraction."""
    query = (
        sql_select(*_CITED)
        .join(FactRow, col(FactRow.id) == RevisionFactRow.fact_id)
        .join(SourceRecordRow, col(SourceRecordRow.id) == FactRow.source_record_id)
        .join(SourceRow, col(SourceRow.id) == SourceRecordRow.source_id)
    )
    rows = list(by_id(session, query, col(RevisionFactRow.revision_id), revisions))
    flags: dict[int, list[tuple[str, str]]] = {}
    asked = sql_select(FactFlagRow.fact_id, FactFlagRow.flag, FactFlagRow.note).order_by(FactFlagRow.flag)  # type: ignore[call-overload]
    for fact, flag, note in by_id(session, asked, col(FactFlagRow.fact_id), {r.id for r in rows}):
        flags.setdefault(fact, []).append((flag, note))
    facts = {
        r.id: Fact(
            key=r.key, subject="", predicate=r.predicate, value="", source=r.source, trust=r.trust, retracted_at=r.retracted_at,
            flags=tuple(f for f, _ in flags.get(r.id, ())), notes=tuple(n for _, n in flags.get(r.id, ())),
        )
        for r in {r.id: r for r in rows}.values()
    }  # fmt: skip
    found: dict[int, list[Fact]] = {}
    for r in rows:
        found.setdefault(r.revision_id, []).append(facts[r.id])
    return found


# what becomes of them -------------------------------------------------------------------------------------------------


def pull(session: Session, found: Sequence[Text], at: datetime) -> None:
    """Take the live texts of these stories down, whose rows are locked; tombstones stay."""
    for text in found:
        story = session.get_one(StoryRow, text.row)
        stories.retire(session, story, at)
        story.live_revision_id, story.status, story.updated_at = None, Status.WITHDRAWN, at
        session.add(story)
    session.flush()


def mark(session: Session, text: Text, reason: str, *, refused: bool) -> None:
    """Mark a story stale, since now unless it was for the same reason; what the gate refuses goes to the top of the queue."""
    values: dict[str, Any] = {"stale_reason": reason, "stale_since": text.stale_since if text.stale_reason == reason else now()}
    if refused:
        values["risk"] = len(RISKS) - 1
    session.execute(update(StoryRow).where(col(StoryRow.id) == text.row).values(**values).execution_options(synchronize_session=False))


def unmark(session: Session, text: Text) -> None:
    """Take the mark off a story that the gate refuses no more."""
    row = session.get_one(RevisionRow, text.latest)
    cards = stories.cards_of(row)
    risk = story_risks.of(session, {int(row.id or 0): cards}).get(int(row.id or 0), 0)
    values = {"stale_reason": "", "stale_since": None, "risk": risk}
    session.execute(update(StoryRow).where(col(StoryRow.id) == text.row).values(**values).execution_options(synchronize_session=False))
