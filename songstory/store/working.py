"""Working copies: what a person typed and did not save yet. A closed tab, a lost session or a restart loses nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, delete, select

from songstory.models import CARDS_SCHEMA, Card, Value, now
from songstory.store import Store
from songstory.store.desk_tables import WorkingCopyRow
from songstory.store.stories import find_revision, find_story, insert
from songstory.store.tables import RevisionRow


class WorkingCopy(Value):
    """The cards as they were typed, and the revision they change."""

    story: str
    revision: str
    actor: str
    cards: tuple[Card, ...]
    updated_at: datetime


def keep(store: Store, revision: str, cards: Sequence[Card], *, actor: str) -> None:
    """Keep what `actor` typed on top of `revision` in place of what they had typed on this story. Raise StoryNotFound."""
    with store.session() as session:
        row, story = find_revision(session, revision)
        values = {
            "story_id": story.id, "actor": actor, "revision_id": row.id, "updated_at": now(),
            "cards": {"schema": CARDS_SCHEMA, "cards": [c.model_dump(mode="json") for c in cards]},
        }  # fmt: skip
        statement = insert(store, WorkingCopyRow.__table__).values(**values)  # type: ignore[attr-defined]
        changed = {k: statement.excluded[k] for k in ("revision_id", "cards", "updated_at")}
        session.execute(statement.on_conflict_do_update(index_elements=["story_id", "actor"], set_=changed))


def find(store: Store, story: str, *, actor: str) -> WorkingCopy | None:
    """Return what `actor` typed on this story and did not save, None when there is nothing."""
    with store.reading() as session:
        row = session.exec(
            select(WorkingCopyRow).where(WorkingCopyRow.story_id == find_story(session, story).id, WorkingCopyRow.actor == actor)
        ).first()
        if row is None:
            return None
        base = session.get_one(RevisionRow, row.revision_id).uid
        cards = tuple(Card.model_validate(c) for c in row.cards["cards"])
        return WorkingCopy(story=story, revision=base, actor=actor, cards=cards, updated_at=row.updated_at)


def drop(session: Session, story: int, *, actor: str) -> None:
    """Forget what `actor` typed, in the caller's transaction."""
    session.exec(delete(WorkingCopyRow).where(col(WorkingCopyRow.story_id) == story, col(WorkingCopyRow.actor) == actor))


def forget(store: Store, story: str, *, actor: str) -> None:
    """Forget what `actor` typed on this story."""
    with store.session() as session:
        drop(session, int(find_story(session, story).id or 0), actor=actor)


def others(store: Store, story: str, *, actor: str) -> list[tuple[str, datetime]]:
    """Return who else has unsaved changes on this story, and since when."""
    with store.reading() as session:
        where = (WorkingCopyRow.story_id == find_story(session, story).id, WorkingCopyRow.actor != actor)
        return list(session.exec(select(WorkingCopyRow.actor, WorkingCopyRow.updated_at).where(*where)))
