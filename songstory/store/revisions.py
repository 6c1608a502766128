"""Revisions: the texts of stories, written many at once and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col

from songstory import blame
from songstory.errors import IllegalMove, ReviewError, StaleRevision
from songstory.models import CARDS_SCHEMA, Card, Status, Verdict, now
from songstory.store import Store, by_id, clearances, story_risks
from songstory.store.stories import CLOSED, insert, story_id
from songstory.store.tables import FactRow, RevisionFactRow, RevisionRow, StoryRow, TrackRow


@dataclass(frozen=True)
class NewRevision:
    """A text to write: on which track, language and market, based on which revision, "" for the first; cites are fact keys."""

    track: str
    base: str
    cards: Sequence[Card]
    verdicts: Sequence[Verdict]
    author: str
    author_kind: str
    language: str = "en"
    market: str = "world"
    facts_fingerprint: str = ""
    recipe: int | None = None
    generation: str = ""
    comment: str = ""

    @property
    def story(self) -> str:
        return story_id(self.track, self.language, self.market)


@dataclass(frozen=True)
class Saved:
    """A revision that was written: its row and id, its story's row, and how many of its sentences are not supported."""

    row: int
    id: str
    story_row: int
    problems: int


def add_revisions(store: Store, session: Session, new: Sequence[NewRevision]) -> list[Saved | ReviewError]:
    """Write the next revision of each story and put it back to draft; a live revision stays up. At most one of each story.

    For a story that was saved, withdrawn or discarded meanwhile, StaleRevision or IllegalMove is returned in its place, and
    nothing is written.
    """
    stand = _locked(store, session, new)
    refused = [_refused(n, stand[n.story]) for n in new]
    going = [n for n, why in zip(new, refused, strict=True) if why is None]
    saved = _write(session, going, stand) if going else {}
    return [why or saved[n.story] for n, why in zip(new, refused, strict=True)]


_STAND: tuple[Any, ...] = (
    StoryRow.id, StoryRow.uid, StoryRow.status, StoryRow.live_revision_id, StoryRow.stale_since, StoryRow.stale_reason,
    RevisionRow.id.label("latest"), RevisionRow.uid.label("latest_uid"), RevisionRow.number, RevisionRow.author,  # type: ignore[union-attr,attr-defined]
)  # fmt: skip


def _locked(store: Store, session: Session, new: Sequence[NewRevision]) -> dict[str, Any]:
    """Return where the stories stand, made if need be, locked until the transaction ends."""
    query = (
        sql_select(*_STAND)
        .join(RevisionRow, col(RevisionRow.id) == StoryRow.latest_revision_id, isouter=True)
        .order_by(col(StoryRow.id))
        .with_for_update(of=StoryRow)
    )
    found = {r.uid: r for r in by_id(session, query, col(StoryRow.uid), [n.story for n in new])}
    if missing := [n for n in new if n.story not in found]:
        _make_stories(store, session, missing)
        found |= {r.uid: r for r in by_id(session, query, col(StoryRow.uid), [n.story for n in missing])}
    return found


def _make_stories(store: Store, session: Session, new: Sequence[NewRevision]) -> None:
    query = sql_select(TrackRow.uid, TrackRow.id, TrackRow.popularity)  # type: ignore[call-overload]
    tracks = {r.uid: r for r in by_id(session, query, col(TrackRow.uid), [n.track for n in new])}
    rows = [
        {
            "uid": n.story, "track_id": tracks[n.track].id, "collection_id": 0, "language": n.language, "market": n.market,
            "status": Status.DRAFT, "priority": tracks[n.track].popularity, "stale_reason": "", "risk": 0, "problems": 0, "sentences": 0,
            "updated_at": now(),
        }
        for n in new
    ]  # fmt: skip
    session.connection().execute(insert(store, StoryRow.__table__).on_conflict_do_nothing(), rows)  # type: ignore[attr-defined]


def _refused(new: NewRevision, story: Any) -> ReviewError | None:
    if (story.latest_uid or "") != new.base:
        return StaleRevision(
            f"{story.author} saved {story.latest_uid} meanwhile; nothing was overwritten; look at it, then generate or save again"
        )
    if story.status in CLOSED:
        return IllegalMove(f"{story.uid} is {story.status}; reopen it first: songstory reopen {story.uid}")
    return None


def _write(session: Session, new: Sequence[NewRevision], stand: dict[str, Any]) -> dict[str, Saved]:
    moment, connection = now(), session.connection()
    rows = [_revision_values(n, stand[n.story], moment) for n in new]
    table: Any = RevisionRow.__table__  # type: ignore[attr-defined]
    written = {uid: i for uid, i in connection.execute(table.insert().returning(table.c.uid, table.c.id), rows)}
    saved = {
        n.story: Saved(written[r["uid"]], r["uid"], r["story_id"], sum(not v.supported for v in n.verdicts))
        for n, r in zip(new, rows, strict=True)
    }
    _cite(session, [(saved[n.story].row, n.cards) for n in new])
    accusing = {saved[n.story].row for n in new if any(r.rule in blame.RULES for v in n.verdicts for r in v.reasons)}
    accusing |= clearances.used(session, {saved[n.story].row: (saved[n.story].story_row, n.cards) for n in new})
    risks = story_risks.of(session, {saved[n.story].row: n.cards for n in new}, accusing)
    story_risks.note_sources(session, {saved[n.story].row: saved[n.story].story_row for n in new})
    changed: dict[str, Any] = {
        k: bindparam(f"b_{k}") for k in ("latest_revision_id", "problems", "sentences", "recipe_id", "stale_since", "stale_reason", "risk")
    }
    statement = update(StoryRow).where(col(StoryRow.id) == bindparam("b_id")).values(status=Status.DRAFT, updated_at=moment, **changed)
    values = [{**_story_values(n, stand[n.story], saved[n.story], moment), "b_risk": risks.get(saved[n.story].row, 0)} for n in new]
    connection.execute(statement, values)
    return saved


def _revision_values(new: NewRevision, story: Any, moment: datetime) -> dict[str, Any]:
    number = (story.number or 0) + 1
    return {
        "uid": f"{new.story}.{number}", "story_id": story.id, "number": number, "base_id": story.latest,
        "cards": {"schema": CARDS_SCHEMA, "cards": [c.model_dump(mode="json") for c in new.cards]},
        "verdicts": {"schema": CARDS_SCHEMA, "verdicts": [v.model_dump(mode="json") for v in new.verdicts]},
        "author": new.author, "author_kind": new.author_kind, "recipe_id": new.recipe, "facts_fingerprint": new.facts_fingerprint,
        "generation": new.generation, "comment": new.comment, "created_at": moment,
    }  # fmt: skip


def _story_values(new: NewRevision, story: Any, saved: Saved, moment: datetime) -> dict[str, Any]:
    since, reason = story.stale_since, story.stale_reason
    if story.live_revision_id is None:
        since, reason = None, ""
    elif new.author_kind != "person" and since is None:  # what is live stays up, and editors see that it is outdated
        since, reason = moment, "its facts or the way it is written changed since it was published"
    return {
        "b_id": story.id, "b_latest_revision_id": saved.row, "b_problems": saved.problems, "b_sentences": len(new.verdicts),
        "b_recipe_id": new.recipe, "b_stale_since": since, "b_stale_reason": reason,
    }  # fmt: skip


def _cite(session: Session, texts: Sequence[tuple[int, Sequence[Card]]]) -> None:
    cited = {revision: {k for c in cards for s in (c.headline, *c.sentences) for k in s.cites} for revision, cards in texts}
    query = sql_select(FactRow.key, FactRow.id)  # type: ignore[call-overload]
    ids = dict(tuple(r) for r in by_id(session, query, col(FactRow.key), {k for keys in cited.values() for k in keys}))
    rows = [{"revision_id": revision, "fact_id": ids[k]} for revision, keys in cited.items() for k in sorted(keys) if k in ids]
    if rows:
        session.connection().execute(RevisionFactRow.__table__.insert(), rows)  # type: ignore[attr-defined]


def hand_in(session: Session, revisions: Sequence[Saved]) -> None:
    """Put stories to review whose newest revision was written in this transaction."""
    for start in range(0, len(revisions), 500):
        part = [r.story_row for r in revisions[start : start + 500]]
        session.connection().execute(update(StoryRow).where(col(StoryRow.id).in_(part)).values(status=Status.IN_REVIEW, updated_at=now()))
