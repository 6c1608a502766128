"""Who works on the night, and the pace they share. All moments are of the database's clock."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from songstory.store import Store
from songstory.work import WorkerSeen

GONE = 12.0  # seconds of silence after which a worker counts as gone

_SEEN = """
INSERT INTO worker (uid, host, pid, version, started_at, seen_at, slice_id, done, rate)
VALUES (:uid, :host, :pid, :version, clock_timestamp(), clock_timestamp(), :slice, :done, :rate)
ON CONFLICT (uid) DO UPDATE SET seen_at = excluded.seen_at, slice_id = excluded.slice_id, done = excluded.done, rate = excluded.rate
"""
_TAKE = """
INSERT INTO bucket (name, rate, next_at) VALUES (%(name)s, %(rate)s, extract(epoch FROM clock_timestamp()) + %(n)s / %(rate)s)
ON CONFLICT (name) DO UPDATE SET rate = excluded.rate,
    next_at = greatest(bucket.next_at, extract(epoch FROM clock_timestamp())) + %(n)s / excluded.rate
RETURNING next_at - %(n)s / rate - extract(epoch FROM clock_timestamp())
"""


def seen(store: Store, worker: WorkerSeen) -> None:
    """Write that a worker is there, and what it is at."""
    values = {"uid": worker.id, **worker.model_dump(exclude={"id", "quiet"})}
    with store.session() as session:
        session.connection().execute(text(_SEEN), values)


def gone(store: Store, worker: str) -> None:
    """Take a worker off the roster, and those that were never heard of again."""
    with store.session() as session:
        session.connection().execute(
            text("DELETE FROM worker WHERE uid = :uid OR seen_at < clock_timestamp() - interval '1 day'"), {"uid": worker}
        )


def listed(connection: Any) -> list[WorkerSeen]:
    """Return the workers that were heard of lately, on an open connection; the longest at work first."""
    sql = (
        "SELECT w.uid AS id, host, pid, version, s.number AS slice, done, rate, extract(epoch FROM clock_timestamp() - seen_at) AS quiet "
        "FROM worker w LEFT JOIN slice s ON s.id = w.slice_id WHERE seen_at > clock_timestamp() - make_interval(secs => :gone) "
        "ORDER BY started_at"
    )
    return [WorkerSeen.model_validate(dict(row)) for row in connection.execute(text(sql), {"gone": GONE}).mappings()]


def alive(store: Store) -> int:
    """Return how many workers were heard of lately; on SQLite there are none."""
    if store.dialect == "sqlite":
        return 0
    with store.reading() as session:
        return len(listed(session.connection()))


def known_rate(store: Store, name: str) -> float | None:
    """Return the calls a second that were last known to be allowed, None for a pace nobody knows yet."""
    with store.reading() as session:
        found = session.connection().execute(text("SELECT rate FROM bucket WHERE name = :name"), {"name": name}).scalar_one_or_none()
        return None if found is None else float(found)


def take(connection: Any, name: str, permits: int, rate: float) -> float:
    """Take the next `permits` places of a pace of `rate` calls a second, on a driver connection in autocommit mode.

    Return in how many seconds the first of them comes; the others follow 1/rate apart. No place is given twice, whoever asks.
    """
    return float(connection.execute(_TAKE, {"name": name, "n": permits, "rate": rate}).fetchone()[0])
