"""What a recheck of the whole house reads and writes: facts in slices, the flags they lack, and how far it has come."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col

from songstory.models import now
from songstory.records import FactLine
from songstory.safe_lines import holds_back, mask_line
from songstory.store import Store, by_id, stories
from songstory.store.catalogue import TELLING
from songstory.store.desk_tables import SettingRow
from songstory.store.screening import screen
from songstory.store.tables import EventRow, FactFlagRow, FactRow, RevisionRow, StoryRow, TrackEntityRow, TrackRow

STATE = "recheck"  # the setting under which it stands how far the last one came
BY = "recheck"  # who set the flags that today's rules give cause for


@dataclass(frozen=True)
class Lack:
    """A flag that a fact lacks under today's rules, or has for less: the fact's row and key, the flag and its whole note."""

    fact: int
    key: str
    flag: str
    note: str
    new: bool


def state(session: Session) -> dict[str, Any]:
    """Return how far the last recheck came: {} before the first."""
    row = session.get(SettingRow, STATE)
    return dict(row.value) if row else {}


def put_state(session: Session, value: dict[str, Any]) -> None:
    """Keep how far the recheck has come."""
    session.merge(SettingRow(name=STATE, value=value, actor=BY, at=now()))


def is_empty(session: Session) -> bool:
    """Whether no fact was ever loaded."""
    return session.connection().execute(sql_select(col(FactRow.id)).limit(1)).first() is None


def count_facts(session: Session) -> int:
    """Return how many facts stand."""
    query = sql_select(func.count()).select_from(FactRow).where(col(FactRow.retracted_at).is_(None))
    return int(session.connection().execute(query).scalar_one())


_FACT: tuple[Any, ...] = (
    FactRow.id, FactRow.key, FactRow.subject_id, FactRow.predicate, FactRow.value, FactRow.qualifiers, FactRow.quote,
)  # fmt: skip


def lacking(session: Session, *, after: int, limit: int) -> tuple[int, int, list[Lack]]:
    """Screen the next `limit` standing facts by today's rules; return the row of the last, how many they were, and what they lack.

    What a person cleared is not flagged again, unless for a matter that it was not flagged for then.
    """
    query = sql_select(*_FACT).where(col(FactRow.retracted_at).is_(None), col(FactRow.id) > after).order_by(col(FactRow.id))
    rows = list(session.connection().execute(query.limit(limit)))
    if not rows:
        return after, 0, []
    named = _own_names(session, {r.subject_id for r in rows})
    wanted = {r.id: flags for r in rows if (flags := _flags(r, named.get(r.subject_id, ())))}
    asked = sql_select(FactFlagRow.fact_id, FactFlagRow.flag, FactFlagRow.note)  # type: ignore[call-overload]
    has = {(f, flag): note for f, flag, note in by_id(session, asked, col(FactFlagRow.fact_id), wanted)}
    keys = {r.id: r.key for r in rows}
    cleared = _cleared(session, {keys[f] for f in wanted})
    return rows[-1].id, len(rows), list(_lacks(wanted, has, cleared, keys))


def _flags(r: Any, own: tuple[str, ...]) -> dict[str, str]:
    """Return the flags that a fact would get at intake today, each with its note."""
    found = screen(r.predicate, r.value, r.qualifiers, r.quote, lambda: own)
    line = FactLine.model_construct(kind="fact", track="", predicate=r.predicate, value=r.value, qualifiers=r.qualifiers, quote=r.quote)
    if why := mask_line(line, lambda: own)[1]:
        found["private"] = why
    if own and (held := holds_back(*own)):
        found["quarantined"] = held
    return found


def _lacks(wanted: dict[int, dict[str, str]], has: dict[Any, str], cleared: dict[Any, str | None], keys: dict[int, str]) -> Any:
    for fact, flags in wanted.items():
        for flag, note in flags.items():
            known = has.get((fact, flag), cleared.get((keys[fact], flag), ""))
            new = (fact, flag) not in has
            if new and (keys[fact], flag) in cleared and (known is None or flag != "sensitive"):
                continue
            parts = {p.strip() for p in (known or "").split(",")} - {""}
            told = {p.strip() for p in note.split(",")} - {""}
            if (new and (keys[fact], flag) not in cleared) or (flag == "sensitive" and told - parts):
                yield Lack(fact, keys[fact], flag, ", ".join(sorted(told | parts)) if flag == "sensitive" else note, new)


def _own_names(session: Session, subjects: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Return the title and artist of the songs that these facts are of."""
    query = (
        sql_select(TrackEntityRow.entity_id, TrackRow.title, TrackRow.artist_credit)  # type: ignore[call-overload]
        .join(TrackRow, col(TrackRow.id) == TrackEntityRow.track_id)
        .where(col(TrackEntityRow.relation).in_(TELLING))
    )
    return {subject: (title, artist) for subject, title, artist in by_id(session, query, col(TrackEntityRow.entity_id), subjects)}


def _cleared(session: Session, keys: Collection[str]) -> dict[tuple[str, str], str | None]:
    """Return what people cleared of these facts, with the note it had then; None where the log does not say."""
    query = sql_select(EventRow.object, EventRow.data).where(EventRow.action == "fact.clear_flag").order_by(col(EventRow.seq))  # type: ignore[call-overload]
    return {(key, str(data.get("flag"))): data.get("note") for key, data in by_id(session, query, col(EventRow.object), keys)}


def put_flags(store: Store, session: Session, lacks: Sequence[Lack]) -> None:
    """Write the flags that facts lack, and the longer notes of those they have."""
    at = now()
    new = [{"fact_id": k.fact, "flag": k.flag, "note": k.note, "actor": BY, "at": at} for k in lacks if k.new]
    if new:
        session.connection().execute(stories.insert(store, FactFlagRow.__table__).on_conflict_do_nothing(), new)  # type: ignore[attr-defined]
    for lack in lacks:
        if not lack.new:
            own = (col(FactFlagRow.fact_id) == lack.fact, col(FactFlagRow.flag) == lack.flag)
            session.connection().execute(update(FactFlagRow).where(*own).values(note=lack.note))


def cards(session: Session, revisions: Collection[int]) -> dict[int, Any]:
    """Return the cards of these revisions, by row."""
    query = sql_select(RevisionRow.id, RevisionRow.cards)  # type: ignore[call-overload]
    return {int(row): data for row, data in by_id(session, query, col(RevisionRow.id), revisions)}


def overdue(session: Session, beginning: str, before: datetime, *, after: int, limit: int) -> list[int]:
    """Return the rows of live stories that are stale since before a moment for a reason that begins so."""
    where = (
        col(StoryRow.live_revision_id).is_not(None),
        col(StoryRow.id) > after,
        col(StoryRow.stale_since) < before,
        col(StoryRow.stale_reason).startswith(beginning, autoescape=True),
    )
    return [
        int(i or 0)
        for (i,) in session.connection().execute(sql_select(col(StoryRow.id)).where(*where).order_by(col(StoryRow.id)).limit(limit))
    ]
