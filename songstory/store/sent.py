"""The message batches of a night: written down before they are sent, so that any worker finds one whose id was lost."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import bindparam
from sqlmodel import Session, col, select, update

from songstory.models import now
from songstory.store import Store
from songstory.store.tables import BatchRow, RunItemRow, RunRow
from songstory.work import SentBatch

Fence = Callable[[Session], None]


def intend(store: Store, run: str, kind: str, names: dict[int, str], *, requests: int, part: int, fence: Fence) -> str:
    """Write down a batch before it is sent, with the items it will carry and their fingerprints; return its local id."""
    with store.session() as session:
        row = BatchRow(
            run_id=int(session.exec(select(RunRow.id).where(RunRow.uid == run)).one() or 0), kind=kind, status="intent", requests=requests,
            slice=part, created_at=now(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        carried = update(RunItemRow).where(col(RunItemRow.id) == bindparam("b_id"))
        away = carried.values(status="submitted" if kind == "first" else "mending", batch_id=str(row.id), custom_id=bindparam("b_name"))
        session.connection().execute(away, [{"b_id": i, "b_name": n} for i, n in names.items()])
        fence(session)
        return str(row.id)


def batches(store: Store, run: str, status: str, part: int | None = None) -> list[SentBatch]:
    """Return the batches of a night, or of one slice, that stand at `status`, the oldest first."""
    with store.reading() as session:
        query = select(BatchRow).join(RunRow, col(RunRow.id) == BatchRow.run_id).where(RunRow.uid == run, BatchRow.status == status)
        query = query if part is None else query.where(BatchRow.slice == part)
        return [
            SentBatch(id=str(b.id), remote=b.remote_id, kind=b.kind, requests=b.requests, at=b.created_at, cursor=b.cursor)
            for b in session.exec(query.order_by(col(BatchRow.id)))
        ]


def known_remote(store: Store) -> set[str]:
    """Return the remote ids of all batches that were ever sent from this store."""
    with store.reading() as session:
        return set(session.exec(select(BatchRow.remote_id).where(BatchRow.remote_id != "")))


def set_batch(store: Store, batch: str, status: str, *, fence: Fence, remote: str | None = None, back_to: str = "") -> None:
    """Give a batch another status; with `back_to` the items that still wait for it go back in line."""
    with store.session() as session:
        row = session.get_one(BatchRow, int(batch))
        row.status, row.remote_id = status, row.remote_id if remote is None else remote
        session.add(row)
        if back_to:
            waiting = update(RunItemRow).where(col(RunItemRow.batch_id) == batch, col(RunItemRow.status).in_(("submitted", "mending")))
            session.execute(waiting.values(status=back_to, batch_id=""))
        fence(session)


def set_cursor(session: Session, batch: str, cursor: int) -> None:
    """Write how many results of a batch were taken in, in the caller's transaction."""
    session.execute(update(BatchRow).where(col(BatchRow.id) == int(batch)).values(cursor=cursor))
