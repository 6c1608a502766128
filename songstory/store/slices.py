"""The slices of a night on many machines: planned once, held by a lease, fenced by an epoch, taken over when a worker is gone.

Every moment here is of the database's clock, so workers whose clocks differ agree. Procrastinate hands the slices out; who may
write, and what is left to do, stands in these rows alone.
"""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import text
from sqlmodel import Session

from songstory.errors import LeaseLost, RunError, RunStopped
from songstory.store import Store, ledger
from songstory.store.nights import OPEN, WANTED, wanted_values
from songstory.work import Part, Terms

QUEUE, TASK = "songstory", "songstory.slice"
TRIES = 3  # claims after which a slice that never ends is set aside
_LAST = "(SELECT coalesce(max(number), 0) FROM slice WHERE run_id = (SELECT id FROM run WHERE uid = :run))"
_OPEN = "('" + "', '".join(OPEN) + "')"
_RUN = "(SELECT id FROM run WHERE uid = :run)"
_RESCUE = 0x50E6_4E5C  # one rescue at a time
_HANDED = 2.0  # seconds between handing a slice out and its claim
_DEFER = f"""
SELECT procrastinate_defer_jobs_v1(array_agg(
    ROW('{QUEUE}', '{TASK}', (-number)::int, NULL, NULL, jsonb_build_object('slice', id), ready_at)::procrastinate_job_to_defer_v1
    ORDER BY number)) FROM slice WHERE id = ANY(:ids)
"""  # noqa: S608
_CLEAR = f"""
DELETE FROM procrastinate_jobs j WHERE j.queue_name = '{QUEUE}' AND (
    j.status = 'doing' AND j.worker_id IS NULL OR j.status <> 'doing' AND j.id IN (SELECT job_id FROM slice WHERE id = ANY(:ids)))
"""  # noqa: S608  a job that is being done by a worker that lives is its own to end
_JOBS = """
UPDATE slice SET queued_at = clock_timestamp(), job_id = j.id FROM procrastinate_jobs j
WHERE slice.id = ANY(:ids) AND j.task_name = :task AND j.status = 'todo' AND (j.args->>'slice')::bigint = slice.id
"""


def _do(session: Session, sql: str, **values: Any) -> Any:
    return session.connection().execute(text(sql), values)


def plan(store: Store, run: str, terms: Terms, recipe: int, *, size: int, limit: int = 0) -> int:
    """Write the slices of a night and their jobs in one transaction; return how many slices are open.

    The most wanted songs come first. A slice keeps the rows of its tracks until its first worker writes its items: a million
    items would take longer to write than the plan to make. A night that was stopped is planned anew, but for the slices that
    were begun.
    """
    with store.session() as session:
        _do(session, f"DELETE FROM slice WHERE run_id = {_RUN} AND state <> 'done' AND tracks IS NOT NULL", run=run)  # noqa: S608
        _take_in(session, run, size)
        values = {"run": run, "size": size, **wanted_values(recipe, terms.language, terms.market), **({"limit": limit} if limit else {})}
        wanted = (
            f"SELECT track, row_number() OVER (ORDER BY priority DESC, seq) - 1 AS rank FROM ({WANTED}) w WHERE NOT EXISTS "  # noqa: S608
            f"(SELECT 1 FROM run_item i WHERE i.run_id = {_RUN} AND i.track_id = w.track) ORDER BY rank {'LIMIT :limit' if limit else ''}"
        )
        _do(
            session,
            "INSERT INTO slice (run_id, number, state, ready_at, queued_at, items, counts, tracks) "  # noqa: S608
            f"SELECT r.id, {_LAST} + rank / :size + 1, 'open', clock_timestamp(), clock_timestamp(), count(*), '{{}}', "
            f"json_agg(track ORDER BY rank) FROM ({wanted}) w, run r WHERE r.uid = :run GROUP BY r.id, rank / :size ORDER BY rank / :size",
            **values,
        )
        _do(session, f"UPDATE run SET terms = :terms WHERE id = {_RUN}", run=run, terms=orjson.dumps(terms.model_dump()).decode())  # noqa: S608
        ids = _reopen(session, run)
        _hand_out(session, ids)
        close_if_over(session, run)
        return len(ids)


def _take_in(session: Session, run: str, size: int) -> None:
    """Give the items of a night that was begun on one machine to slices too."""
    first = int(_do(session, f"SELECT {_LAST}", run=run).scalar_one())
    _do(
        session,
        "UPDATE run_item SET slice = n.slice FROM (SELECT id, :first + (row_number() OVER (ORDER BY priority DESC, id) - 1) / :size + 1 "  # noqa: S608
        f"AS slice FROM run_item WHERE run_id = {_RUN} AND slice = 0 AND status IN {_OPEN}) n WHERE run_item.id = n.id",
        run=run, size=size, first=first,
    )  # fmt: skip
    _do(
        session,
        "INSERT INTO slice (run_id, number, state, ready_at, queued_at, items, counts) SELECT run_id, slice, 'open', clock_timestamp(), "  # noqa: S608
        f"clock_timestamp(), count(*), '{{}}' FROM run_item WHERE run_id = {_RUN} AND slice > :first GROUP BY run_id, slice ORDER BY slice",
        run=run, first=first,
    )  # fmt: skip


def _reopen(session: Session, run: str) -> list[int]:
    """Open what was closed, and return all slices that are to be worked on."""
    _do(
        session,
        "UPDATE slice SET state = 'open', owner = '', lease_until = NULL, tries = 0, epoch = epoch + 1, ready_at = clock_timestamp() "  # noqa: S608
        f"WHERE run_id = {_RUN} AND state IN ('open', 'closed')",
        run=run,
    )
    found = _do(session, f"SELECT id FROM slice WHERE run_id = {_RUN} AND state = 'open' ORDER BY number", run=run)  # noqa: S608
    return [int(i) for (i,) in found]


def _hand_out(session: Session, ids: list[int]) -> None:
    if ids:
        _do(session, _CLEAR, ids=ids)
        _do(session, _DEFER, ids=ids)
        _do(session, _JOBS, ids=ids, task=TASK)


def back_to_one(session: Session, run: str) -> None:
    """Take the slices of a stopped night away, in the caller's transaction: it goes on on one machine. Who still held one is fenced off."""
    _do(session, f"UPDATE slice SET state = 'closed', epoch = epoch + 1 WHERE run_id = {_RUN} AND state <> 'done'", run=run)  # noqa: S608
    _do(session, f"UPDATE run_item SET slice = 0 WHERE run_id = {_RUN} AND slice > 0 AND status IN {_OPEN}", run=run)  # noqa: S608
    _do(session, f"UPDATE batch SET slice = 0 WHERE run_id = {_RUN} AND slice > 0", run=run)  # noqa: S608
    _do(session, f"UPDATE run SET terms = '{{}}' WHERE id = {_RUN}", run=run)  # noqa: S608


# one worker and one slice ---------------------------------------------------------------------------------------------


def look(store: Store, slice_id: int) -> Part | None:
    """Return a slice that may be claimed, None when it is over or its night does not run."""
    sql = (
        "SELECT s.id, r.uid AS run, s.number, s.epoch, s.tries, r.mode, r.writer, r.terms FROM slice s JOIN run r ON r.id = s.run_id "
        "WHERE s.id = :id AND s.state = 'open' AND r.status = 'running'"
    )
    with store.reading() as session:
        row = _do(session, sql, id=slice_id).mappings().first()
        return Part.model_validate(dict(row)) if row else None


def claim(store: Store, part: Part, owner: str, seconds: float) -> Part | None:
    """Take a slice for `seconds`, None when somebody else holds it. Whoever held it before can write nothing of it any more."""
    sql = (
        "UPDATE slice SET owner = :owner, epoch = epoch + 1, tries = tries + 1, "
        "lease_until = clock_timestamp() + make_interval(secs => :s) "
        "WHERE id = :id AND state = 'open' AND ready_at <= clock_timestamp() "
        "AND (lease_until IS NULL OR lease_until < clock_timestamp()) RETURNING epoch, tries"
    )
    with store.session() as session:
        row = _do(session, sql, id=part.id, owner=owner, s=seconds).mappings().first()
    return part.model_copy(update=dict(row)) if row else None


def open_up(store: Store, part: Part) -> None:
    """Write the items of a slice that nobody has begun; a song that was written meanwhile is looked at again, at no cost.

    Raise LeaseLost.
    """
    items = (
        "INSERT INTO run_item (run_id, track_id, custom_id, batch_id, status, tries, error, priority, seq, cause, slice) "
        "SELECT s.run_id, t.id, '', '', 'pending', 0, '', t.popularity, d.seq, coalesce(d.cause, 'recipe'), s.number "
        "FROM slice s, json_array_elements_text(s.tracks) WITH ORDINALITY e(track, rank) JOIN track t ON t.id = e.track::bigint "
        "LEFT JOIN dirty d ON d.track_id = t.id WHERE s.id = :id ORDER BY e.rank ON CONFLICT DO NOTHING"
    )
    with store.session() as session:
        fence(session, part)
        if _do(session, "SELECT tracks IS NOT NULL FROM slice WHERE id = :id", id=part.id).scalar_one():
            written = _do(session, items, id=part.id).rowcount
            _do(session, "UPDATE slice SET tracks = NULL, items = :n WHERE id = :id", id=part.id, n=written)


def renew(store: Store, part: Part, seconds: float) -> None:
    """Hold a slice for `seconds` more and tell how its items stand. Raise LeaseLost when it is another's."""
    sql = (
        "UPDATE slice SET lease_until = clock_timestamp() + make_interval(secs => :s), counts = :counts "
        "WHERE id = :id AND epoch = :epoch AND state <> 'done'"
    )
    counts = _counts(store, part)
    with store.session() as session:
        if not _do(session, sql, id=part.id, epoch=part.epoch, s=seconds, counts=counts).rowcount:
            raise LeaseLost()
        ledger.hold_on(store, session, part.run, f"live-{part.number}")


def fence(session: Session, part: Part) -> None:
    """Make sure, until this transaction ends, that nobody else has taken the slice. Raise LeaseLost."""
    if _do(session, "SELECT 1 FROM slice WHERE id = :id AND epoch = :epoch FOR SHARE", id=part.id, epoch=part.epoch).first() is None:
        raise LeaseLost()


def still(session: Session, part: Part) -> None:
    """Raise LeaseLost when the slice is another's, RunStopped when the night was stopped."""
    row = _do(session, "SELECT s.epoch, s.state, r.note FROM slice s JOIN run r ON r.id = s.run_id WHERE s.id = :id", id=part.id).one()
    if row.epoch != part.epoch:
        raise LeaseLost()
    if row.state != "open":
        raise RunStopped(row.note or "the night was stopped")


def paid(session: Session, part: Part, calls: int, usd: float) -> bool:
    """Add what was paid for a slice, in the caller's transaction; return whether it is still ours."""
    sql = "UPDATE slice SET calls = calls + :calls, usd = usd + :usd WHERE id = :id RETURNING epoch"
    return bool(_do(session, sql, id=part.id, calls=calls, usd=usd).scalar_one() == part.epoch)


def release(store: Store, part: Part, *, later: float = 0.0, error: str = "", counted: bool = False) -> None:
    """Give a slice back, to be taken up by anyone in `later` seconds; `counted` when this claim was a try that failed."""
    sql = (
        "UPDATE slice SET owner = '', lease_until = NULL, ready_at = clock_timestamp() + make_interval(secs => :later), error = :error, "
        "tries = tries - :back, counts = :counts WHERE id = :id AND epoch = :epoch AND state = 'open' RETURNING id"
    )
    counts = _counts(store, part)
    values = {"id": part.id, "epoch": part.epoch, "later": later, "error": error, "back": int(not counted), "counts": counts}
    with store.session() as session:
        if _do(session, sql, **values).first():
            _hand_out(session, [part.id])


def finish(store: Store, part: Part) -> None:
    """Close a slice whose items have all ended; the last one closes the night. Raise LeaseLost when it is another's, RunError."""
    sql = "UPDATE slice SET state = 'done', owner = '', lease_until = NULL, error = '', counts = :counts WHERE id = :id"
    with store.session() as session:
        _do(session, "SELECT 1 FROM run WHERE uid = :run FOR UPDATE", run=part.run)
        fence(session, part)
        counts = dict(_tallied(session, part))
        if left := set(OPEN) & counts.keys():
            raise RunError(f"slice {part.number} has items that did not end: {', '.join(sorted(left))}")
        _do(session, sql, id=part.id, counts=orjson.dumps(counts).decode())
        close_if_over(session, part.run)


def set_aside(store: Store, part: Part, why: str) -> None:
    """Give a slice up that failed every time: its open items fail with `why`, and wait for the next night."""
    with store.session() as session:
        _do(session, "SELECT 1 FROM run WHERE uid = :run FOR UPDATE", run=part.run)
        fence(session, part)
        _do(
            session,
            f"UPDATE run_item SET status = 'failed', batch_id = '', error = :why WHERE run_id = {_RUN} AND slice = :number "  # noqa: S608
            f"AND status IN {_OPEN}",
            run=part.run, number=part.number, why=why,
        )  # fmt: skip
        counts = orjson.dumps(dict(_tallied(session, part))).decode()
        sql = "UPDATE slice SET state = 'set_aside', owner = '', lease_until = NULL, error = :why, counts = :counts WHERE id = :id"
        _do(session, sql, id=part.id, why=why, counts=counts)
        close_if_over(session, part.run)


def last_error(store: Store, part: Part) -> str:
    """Return what the last try of a slice said, "" when its worker ended without a word."""
    with store.reading() as session:
        return str(_do(session, "SELECT error FROM slice WHERE id = :id", id=part.id).scalar_one())


def any_open(store: Store) -> bool:
    """Return whether a night that runs has slices left."""
    sql = "SELECT 1 FROM slice s JOIN run r ON r.id = s.run_id WHERE s.state = 'open' AND r.status = 'running' LIMIT 1"
    with store.reading() as session:
        return _do(session, sql).first() is not None


def close_if_over(session: Session, run: str) -> None:
    """Close the night when no slice is open any more, in a transaction that holds its row."""
    left = "SELECT count(*) FILTER (WHERE state = 'open'), count(*) FILTER (WHERE state = 'set_aside') FROM slice WHERE run_id = "
    still, aside = _do(session, left + _RUN, run=run).one()
    if not still:
        note = f"{aside} of its slices failed every time and were set aside" if aside else ""
        over = "UPDATE run SET status = 'finished', finished_at = clock_timestamp(), note = :note WHERE uid = :run AND status = 'running'"
        _do(session, over, run=run, note=note)


def halt(store: Store, run: str, note: str) -> None:
    """Stop a night on all machines, with what stopped it. What is under way comes home; the next night goes on where it stood."""
    with store.session() as session:
        _do(
            session,
            "UPDATE run SET status = 'stopped', finished_at = clock_timestamp(), note = :note WHERE uid = :run AND status = 'running'",
            run=run, note=note,
        )  # fmt: skip
        _do(session, f"UPDATE slice SET state = 'closed' WHERE run_id = {_RUN} AND state = 'open'", run=run)  # noqa: S608


def rescue(store: Store) -> int:
    """Hand out again what was lost on its way: slices whose lease ran out, or whose job is gone. One caller at a time; return how many."""
    lost = (
        "SELECT s.id FROM slice s WHERE s.state = 'open' AND s.ready_at <= clock_timestamp() "
        "AND s.queued_at < clock_timestamp() - make_interval(secs => :handed) "
        "AND (s.lease_until IS NULL OR s.lease_until < clock_timestamp()) "
        "AND NOT EXISTS (SELECT 1 FROM procrastinate_jobs j WHERE j.id = s.job_id AND j.status = 'todo') "
        "ORDER BY s.number FOR UPDATE SKIP LOCKED"
    )
    with store.session() as session:
        if not _do(session, "SELECT pg_try_advisory_xact_lock(:key)", key=_RESCUE).scalar_one():
            return 0
        ids = [int(i) for (i,) in _do(session, lost, handed=_HANDED)]
        _hand_out(session, ids)
        return len(ids)


def _counts(store: Store, part: Part) -> str:
    with store.reading() as session:
        return orjson.dumps(dict(_tallied(session, part))).decode()


def _tallied(session: Session, part: Part) -> list[tuple[str, int]]:
    sql = f"SELECT status, count(*) FROM run_item WHERE run_id = {_RUN} AND slice = :number GROUP BY status"  # noqa: S608
    return [(str(status), int(n)) for status, n in _do(session, sql, run=part.run, number=part.number)]
