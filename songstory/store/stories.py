"""Stories, revisions and publications."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, func, update
from sqlmodel import Session, col, select

from songstory.errors import StoryNotFound
from songstory.models import Card, Publication, Revision, Status, Story, Verdict, now
from songstory.store import Store, foreign, hearing
from songstory.store.catalogue import fact_row, track_row
from songstory.store.tables import ApprovalRow, PublicationRow, RecipeRow, RevisionFactRow, RevisionRow, StoryRow, TrackRow

CLOSED = frozenset({Status.WITHDRAWN, Status.DISCARDED})


def story_id(track: str, language: str, market: str) -> str:
    """Return the id of a story: its track, with language and market where they are not the usual ones."""
    return track if (language, market) == ("en", "world") else f"{track}~{language}~{market}"


def insert(store: Store, table: Any) -> Any:
    """Return the dialect's INSERT, which can say what happens on a conflict."""
    from sqlalchemy.dialects import postgresql, sqlite  # loaded late: most callers only read

    return (postgresql.insert if store.dialect == "postgresql" else sqlite.insert)(table)


def lock_story(store: Store, session: Session, track: str, language: str, market: str) -> StoryRow:
    """Return the story's row, made if need be, locked until the transaction ends."""
    uid = story_id(track, language, market)
    query = select(StoryRow).where(StoryRow.uid == uid).with_for_update()
    row = session.exec(query).first()
    if row is None:
        subject = track_row(session, track)
        values = {
            "uid": uid,
            "track_id": subject.id,
            "collection_id": 0,
            "language": language,
            "market": market,
            "status": Status.DRAFT,
            "priority": subject.popularity,
            "stale_reason": "",
            "risk": 0,
            "problems": 0,
            "sentences": 0,
            "updated_at": now(),
        }
        session.execute(insert(store, StoryRow.__table__).values(**values).on_conflict_do_nothing())  # type: ignore[attr-defined]
        row = session.exec(query).one()
    return row


def find_story(session: Session, uid: str) -> StoryRow:
    """Return the row of a story. Raise StoryNotFound."""
    row = session.exec(select(StoryRow).where(StoryRow.uid == uid)).first()
    if row is None:
        raise StoryNotFound(f"no story {uid!r}; make one with: songstory generate {uid.split('~', maxsplit=1)[0]}")
    return row


def find_revision(session: Session, uid: str, *, lock: bool = False) -> tuple[RevisionRow, StoryRow]:
    """Return the rows of a revision and its story, with `lock` the story's locked until the transaction ends. Raise StoryNotFound."""
    query = select(RevisionRow, StoryRow).join(StoryRow, col(StoryRow.id) == RevisionRow.story_id).where(RevisionRow.uid == uid)
    found = session.exec(query.with_for_update(of=StoryRow) if lock else query).first()
    if found is None:
        raise StoryNotFound(f"no revision {uid!r}; a revision is named TRACK.NUMBER; list them with: songstory queue")
    return found


def move(session: Session, story: StoryRow, *, was: str, read: int, to: Status, **values: Any) -> bool:
    """Put the story to status `to` if it still is as it was read. Return False when it moved meanwhile."""
    statement = (
        update(StoryRow)
        .where(col(StoryRow.id) == story.id, col(StoryRow.status) == was, col(StoryRow.latest_revision_id) == read)
        .values(status=to, updated_at=now(), **values)
        .execution_options(synchronize_session=False)
    )
    result = session.execute(statement)
    assert isinstance(result, CursorResult)
    session.expire(story)
    return result.rowcount == 1


# values -------------------------------------------------------------------------------------------------------------


def _story(row: StoryRow, track: TrackRow, latest: RevisionRow | None, live: str | None) -> Story:
    return Story(
        id=row.uid,
        track=track.uid,
        title=track.title,
        artist_credit=track.artist_credit,
        language=row.language,
        market=row.market,
        status=Status(row.status),
        latest_revision=latest.uid if latest else None,
        live_revision=live,
        problems=row.problems,
        sentences=row.sentences,
        risk=row.risk,
        priority=row.priority,
        number=latest.number if latest else 0,
        author=latest.author if latest else "",
        stale_since=row.stale_since,
        stale_reason=row.stale_reason,
        updated_at=row.updated_at,
    )


def _live_uids(session: Session, rows: Sequence[StoryRow]) -> dict[int | None, str]:
    ids = {r.live_revision_id for r in rows if r.live_revision_id}
    return dict(session.exec(select(RevisionRow.id, RevisionRow.uid).where(col(RevisionRow.id).in_(ids))).all()) if ids else {}


def get_story(store: Store, uid: str) -> Story:
    """Return the story whose id is `uid`. Raise StoryNotFound."""
    with store.reading() as session:
        row = find_story(session, uid)
        track = session.get_one(TrackRow, row.track_id)
        latest = session.get(RevisionRow, row.latest_revision_id) if row.latest_revision_id else None
        return _story(row, track, latest, _live_uids(session, [row]).get(row.live_revision_id))


def status_counts(store: Store) -> dict[str, int]:
    """Return how many stories stand at each status."""
    with store.reading() as session:
        return dict(session.exec(select(StoryRow.status, func.count()).group_by(StoryRow.status)).all())


def revision_value(session: Session, row: RevisionRow, story: StoryRow) -> Revision:
    """Return a revision row as a value."""
    track = session.exec(select(TrackRow.uid).where(TrackRow.id == story.track_id)).one()
    base = session.exec(select(RevisionRow.uid).where(RevisionRow.id == row.base_id)).first() if row.base_id else None
    recipe = session.exec(select(RecipeRow.uid).where(RecipeRow.id == row.recipe_id)).first() if row.recipe_id else None
    return Revision(
        id=row.uid,
        story=story.uid,
        track=track,
        number=row.number,
        base=base,
        cards=cards_of(row),
        verdicts=tuple(Verdict.model_validate(v) for v in row.verdicts["verdicts"]),
        author=row.author,
        author_kind=row.author_kind,
        facts_fingerprint=row.facts_fingerprint,
        recipe=recipe or "",
        comment=row.comment,
        created_at=row.created_at,
    )


def get_revision(store: Store, uid: str) -> Revision:
    """Return the revision whose id is `uid`; the id of a story gives its newest. Raise StoryNotFound."""
    with store.reading() as session:
        if "." not in uid or session.exec(select(StoryRow.id).where(StoryRow.uid == uid)).first() is not None:
            story = find_story(session, uid)
            row = session.get(RevisionRow, story.latest_revision_id) if story.latest_revision_id else None
            if row is None:
                raise StoryNotFound(f"story {uid!r} has no text yet; make one with: songstory generate {uid}")
            return revision_value(session, row, story)
        row, story = find_revision(session, uid)
        return revision_value(session, row, story)


def history(store: Store, uid: str) -> list[Revision]:
    """Return all revisions of the story `uid`, the newest first."""
    with store.reading() as session:
        story = find_story(session, uid)
        rows = session.exec(select(RevisionRow).where(RevisionRow.story_id == story.id).order_by(col(RevisionRow.number).desc())).all()
        return [revision_value(session, row, story) for row in rows]


def cards_of(revision: RevisionRow) -> tuple[Card, ...]:
    """Return the cards of a revision."""
    return tuple(Card.model_validate(c) for c in revision.cards["cards"])


def cited(revision: RevisionRow) -> set[str]:
    """Return the keys of the facts that a revision cites."""
    return {k for c in revision.cards["cards"] for s in (c["headline"], *c["sentences"]) for k in s["cites"]}


def authors_since_approval(session: Session, story: StoryRow) -> set[str]:
    """Return who wrote text of this story since it was last approved; an approval that was taken back or answered counts no more."""
    approved = (
        select(func.max(RevisionRow.number))
        .join(ApprovalRow, col(ApprovalRow.revision_id) == RevisionRow.id)
        .where(RevisionRow.story_id == story.id, col(ApprovalRow.voided_at).is_(None))
    )
    last = session.exec(approved).one() or 0
    return set(session.exec(select(RevisionRow.author).where(RevisionRow.story_id == story.id, RevisionRow.number > last)).all())


def approved_by(session: Session, revision: RevisionRow) -> list[str]:
    """Return who approved a revision since it was last submitted, in that order."""
    query = select(ApprovalRow.actor).where(ApprovalRow.revision_id == revision.id, col(ApprovalRow.voided_at).is_(None))
    return list(session.exec(query.order_by(col(ApprovalRow.id))).all())


def void_approvals(session: Session, revision: RevisionRow, at: datetime) -> None:
    """Let the approvals of a revision count no more: its review begins anew."""
    standing = update(ApprovalRow).where(col(ApprovalRow.revision_id) == revision.id, col(ApprovalRow.voided_at).is_(None))
    session.execute(standing.values(voided_at=at))


def cites_now(*facts: int) -> Any:
    """Return the condition that a story's newest or live text cites one of the facts: from them to the few stories that ever did."""
    revisions = select(RevisionFactRow.revision_id).where(col(RevisionFactRow.fact_id).in_(facts))
    ever = select(RevisionRow.story_id).where(col(RevisionRow.id).in_(revisions))
    return col(StoryRow.id).in_(ever) & (col(StoryRow.latest_revision_id).in_(revisions) | col(StoryRow.live_revision_id).in_(revisions))


def stories_touched(store: Store, key: str) -> list[tuple[str, str, str]]:
    """Return (track, title, status) of every story whose newest or live text cites the fact."""
    with store.reading() as session:
        where = cites_now(int(fact_row(session, key).id or 0))
        found = session.exec(
            select(TrackRow.uid, TrackRow.title, StoryRow.status)
            .join(StoryRow, col(StoryRow.track_id) == TrackRow.id)
            .where(where)
            .order_by(TrackRow.uid)
        ).all()
        return [(track, title, status) for track, title, status in found]


# publications -------------------------------------------------------------------------------------------------------


def put_publication(session: Session, story: StoryRow, revision: RevisionRow, track: str, body: bytes, etag: str, at: datetime) -> None:
    """Store the bytes served from now on; what was live before stays as a past row."""
    retire(session, story, at)
    session.add(
        PublicationRow(
            story_id=int(story.id or 0),
            revision_id=int(revision.id or 0),
            track_uid=track,
            language=story.language,
            market=story.market,
            live=True,
            body=body,
            etag=etag,
            published_at=at,
        )
    )
    session.flush()


def retire(session: Session, story: StoryRow, at: datetime) -> int:
    """Take down what is live of `story`; the rows stay as tombstones. Return how many were live."""
    rows = session.exec(select(PublicationRow).where(PublicationRow.story_id == story.id, PublicationRow.live)).all()
    for row in rows:
        row.live, row.withdrawn_at = False, at
        session.add(row)
    session.flush()
    if rows:
        hearing.note(session)
    return len(rows)


_READ = {
    "sqlite": "SELECT body FROM publication WHERE track_uid=? AND language=? AND market=? AND live=1",
    "postgresql": "SELECT body FROM publication WHERE track_uid=%s AND language=%s AND market=%s AND live",
}


def published_body(store: Store, track: str, language: str = "en", market: str = "world") -> bytes | None:
    """Return the stored bytes of the live story, None when there is none. One read on a kept connection, no ORM."""
    try:
        row = store.raw().execute(_READ[store.dialect], (track, language, market)).fetchone()
    except foreign.errors() as error:
        store.forget_raw()
        raise foreign.in_words(error) from error
    return bytes(row[0]) if row else None


def live_publications(store: Store) -> list[tuple[str, bytes]]:
    """Return (story id, body) of all that is live, by story."""
    with store.reading() as session:
        rows = session.exec(
            select(StoryRow.uid, PublicationRow.body)
            .join(StoryRow, col(StoryRow.id) == PublicationRow.story_id)
            .where(PublicationRow.live)
            .order_by(StoryRow.uid)
        ).all()
        return [(uid, body) for uid, body in rows]


def publications(store: Store, uid: str) -> list[Publication]:
    """Return every publication of a story, tombstones included, the newest first."""
    import orjson

    with store.reading() as session:
        story = find_story(session, uid)
        rows = session.exec(
            select(PublicationRow, RevisionRow.uid)
            .join(RevisionRow, col(RevisionRow.id) == PublicationRow.revision_id)
            .where(PublicationRow.story_id == story.id)
            .order_by(col(PublicationRow.id).desc())
        ).all()
        return [
            Publication(
                story=uid, revision=rev, etag=p.etag, published_at=p.published_at, withdrawn_at=p.withdrawn_at, body=orjson.loads(p.body)
            )
            for p, rev in rows
        ]
