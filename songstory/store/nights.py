"""A night's rows: one night at a time, what it is to write and in which order, the batches it sent."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, bindparam, func, text
from sqlmodel import Session, col, select, update

from songstory.errors import RunInProgress
from songstory.models import now
from songstory.store import Store, leases, roster
from songstory.store.tables import RunItemRow, RunRow, TrackRow
from songstory.work import Item

OPEN = ("pending", "submitted", "answered", "to_mend", "mending", "mended")  # an item that is none of these has ended
_CLOSED = "('withdrawn', 'discarded')"


@contextlib.contextmanager
def only_one(store: Store) -> Iterator[leases.Lease]:
    """Hold the one place of a night on this store by a lease; it is free again when the process ends, however it ends.

    Raise RunInProgress.
    """
    lease = leases.take(store, "night")
    if lease is None:
        raise RunInProgress("a night is at work on this store; wait for it, or stop it; see: songstory runs")
    with leases.held(store, lease):
        yield lease


def open_night(store: Store, writer: str, mode: str, *, at: datetime | None = None) -> str:
    """Return the night that was cut off or stopped short, else a new one. Called under `only_one`."""
    with store.session() as session:
        unfinished = select(RunRow).where(RunRow.kind == "night", col(RunRow.status).in_(("running", "stopped")))
        row = session.exec(unfinished.order_by(col(RunRow.id).desc())).first()
        if row is None:
            moment = at or now()
            row = RunRow(
                uid=f"{moment:%Y%m%d}-{secrets.token_hex(3)}", writer=writer, kind="night", mode=mode, status="running", started_at=moment
            )
        if row.status == "running" and row.terms:
            raise _on_many(session, row.uid)
        row.status, row.note, row.finished_at, row.mode, row.writer, row.stop_asked = "running", "", None, mode, writer, ""
        session.add(row)
        return row.uid


def _on_many(session: Session, run: str) -> RunInProgress:
    alive = len(roster.listed(session.connection()))
    who = "one worker is" if alive == 1 else f"{alive} workers are"
    return RunInProgress(f"night {run} is under way and {who} at it; see: songstory runs --watch, or stop it: songstory stop {run}")


def close_night(store: Store, run: str, status: str, note: str = "", *, lease: leases.Lease | None = None) -> None:
    """Close a night: finished, or stopped short with what stopped it. Raise LeaseLost when it is another's by now."""
    with store.session() as session:
        if lease:
            leases.fence(session, lease)
        row = session.exec(select(RunRow).where(RunRow.uid == run)).one()
        row.status, row.note, row.finished_at = status, note, now()
        session.add(row)


# the plan: dirty tracks, and those written in a way that is no longer ours; what people closed stays closed
WANTED = f"""
SELECT d.seq AS seq, t.id AS track, d.cause AS cause,
       t.popularity + CASE WHEN s.live_revision_id IS NOT NULL AND s.stale_since IS NOT NULL THEN 1000000000000 ELSE 0 END AS priority
FROM dirty d JOIN track t ON t.id = d.track_id
LEFT JOIN story s ON s.track_id = t.id AND s.collection_id = 0 AND s.language = :language AND s.market = :market
WHERE s.status IS NULL OR s.status NOT IN {_CLOSED}
UNION ALL
SELECT NULL, t.id, 'recipe', t.popularity FROM story s JOIN track t ON t.id = s.track_id
WHERE (s.recipe_id < :recipe OR s.recipe_id > :recipe) AND s.language = :language AND s.market = :market
  AND s.status NOT IN {_CLOSED} AND NOT EXISTS (SELECT 1 FROM dirty d WHERE d.track_id = t.id)
"""  # noqa: S608


def count_wanted(store: Store, recipe: int | None, language: str, market: str) -> dict[str, int]:
    """Return how many tracks a night would look at, by cause."""
    with store.reading() as session:
        rows = session.connection().execute(
            text(f"SELECT cause, count(*) FROM ({WANTED}) wanted GROUP BY cause ORDER BY cause"),  # noqa: S608
            wanted_values(recipe, language, market),
        )
        return {str(cause): int(count) for cause, count in rows}


def wanted_tracks(store: Store, recipe: int | None, language: str, market: str, limit: int) -> list[str]:
    """Return the first tracks of a night, the most wanted first."""
    sql = f"SELECT t.uid FROM ({WANTED}) w JOIN track t ON t.id = w.track ORDER BY w.priority DESC, w.seq LIMIT :limit"  # noqa: S608
    with store.reading() as session:
        rows = session.connection().execute(text(sql), {**wanted_values(recipe, language, market), "limit": limit})
        return [str(uid) for (uid,) in rows]


def plan(store: Store, run: str, recipe: int | None, language: str, market: str, limit: int = 0) -> int:
    """Write the items of a night in one statement, the most wanted first; return how many are new."""
    with store.session() as session:
        row = session.exec(select(RunRow.id).where(RunRow.uid == run)).one()
        some = "LIMIT :limit" if limit else ""
        sql = (
            "INSERT INTO run_item (run_id, track_id, custom_id, batch_id, status, tries, error, priority, seq, cause) "  # noqa: S608
            f"SELECT :run, track, '', '', 'pending', 0, '', priority, seq, cause FROM ({WANTED}) wanted "
            f"WHERE true ORDER BY priority DESC, seq {some} ON CONFLICT DO NOTHING"
        )
        values = {**wanted_values(recipe, language, market), "run": row, **({"limit": limit} if limit else {})}
        return int(session.connection().execute(text(sql), values).rowcount)


def wanted_values(recipe: int | None, language: str, market: str) -> dict[str, object]:
    """Return what `WANTED` is asked with."""
    return {"recipe": recipe or 0, "language": language, "market": market}


def items(store: Store, run: str, status: str, *, limit: int = 500, batch: str = "", part: int = 0) -> list[Item]:
    """Return the next items of one status, the most wanted first; of slice number `part`, 0 in a night on one machine."""
    with store.reading() as session:
        query = (
            select(RunItemRow, TrackRow.uid)
            .join(TrackRow, col(TrackRow.id) == RunItemRow.track_id)
            .join(RunRow, col(RunRow.id) == RunItemRow.run_id)
            .where(RunRow.uid == run, RunItemRow.slice == part, RunItemRow.status == status)
        )
        if batch:
            query = query.where(RunItemRow.batch_id == batch)
        found = session.exec(query.order_by(col(RunItemRow.priority).desc(), col(RunItemRow.id)).limit(limit)).all()
        return [Item(id=int(i.id or 0), track=uid, status=i.status, name=i.custom_id, tries=i.tries, batch=i.batch_id) for i, uid in found]


@dataclass(frozen=True)
class Mark:
    """Where an item stands now, under which fingerprint, and why."""

    item: Item
    status: str
    name: str = ""
    error: str = ""


def mark_each(session: Session, marks: Sequence[Mark], *, tries: int = 0) -> None:
    """Write where items stand, in the caller's transaction; they wait for no batch any more."""
    changed = {k: bindparam(f"b_{k}", type_=String) for k in ("status", "custom_id", "error")}
    statement = (
        update(RunItemRow).where(col(RunItemRow.id) == bindparam("b_id")).values(batch_id="", tries=RunItemRow.tries + tries, **changed)
    )
    rows = [{"b_id": m.item.id, "b_status": m.status, "b_custom_id": m.name or m.item.name, "b_error": m.error} for m in marks]
    if rows:
        session.connection().execute(statement, rows)


def tally(store: Store, run: str, part: int | None = None) -> dict[str, int]:
    """Return how many items of a night, or of one slice, have each status."""
    with store.reading() as session:
        query = select(RunItemRow.status, func.count()).join(RunRow, col(RunRow.id) == RunItemRow.run_id).where(RunRow.uid == run)
        query = query if part is None else query.where(RunItemRow.slice == part)
        return dict(session.exec(query.group_by(RunItemRow.status).order_by(RunItemRow.status)).all())
