"""Runs and their items: how a night, or a `generate --all`, went."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, text
from sqlmodel import Session, col, select, update

from songstory.errors import RunError
from songstory.models import Page, now
from songstory.store import Store
from songstory.store.catalogue import track_row
from songstory.store.columns import by_signs
from songstory.store.paging import turned
from songstory.store.stories import insert
from songstory.store.tables import RunItemRow, RunRow, TrackRow
from songstory.work import Run, RunItem

ONE = "story"  # the kind of a run that writes or changes one story, as a person asked


def start_run(store: Store, writer: str) -> str:
    """Open a run and return its id; runs that never ended are closed as interrupted."""
    with store.session() as session:
        for row in session.exec(select(RunRow).where(RunRow.status == "running", col(RunRow.kind).not_in(("night", ONE)))):
            row.status, row.finished_at = "interrupted", now()
            session.add(row)
        uid = f"{now():%Y%m%d}-{secrets.token_hex(3)}"
        session.add(RunRow(uid=uid, writer=writer, status="running", started_at=now()))
        return uid


def start_one(store: Store, session: Session, writer: str, track: str, note: str, status: str = "running") -> str:
    """Open a run of one story, in the caller's transaction; `note` says what was asked, and by whom. Return its id."""
    uid = f"{now():%Y%m%d}-{secrets.token_hex(3)}"
    session.add(RunRow(uid=uid, writer=writer, status=status, started_at=now(), kind=ONE, note=note))
    session.flush()
    note_item(store, session, uid, track, "pending")
    return uid


def begin(session: Session, run: str) -> None:
    """Note that a run that waited has begun."""
    row = session.exec(select(RunRow).where(RunRow.uid == run)).one()
    row.status, row.started_at = "running", now()
    session.add(row)


def cut_off(session: Session, run: str) -> None:
    """Close a run of one story whose process is gone, or never came."""
    row = session.exec(select(RunRow).where(RunRow.uid == run)).first()
    if row is not None and row.finished_at is None:
        row.status, row.finished_at = "finished", now()
        session.add(row)
        lost = update(RunItemRow).where(col(RunItemRow.run_id) == row.id, col(RunItemRow.status) == "pending")
        session.execute(lost.values(status="failed", error="its process was cut off"))


def last_of(store: Store, track: str) -> tuple[Run, RunItem] | None:
    """Return the last run of one story of this track, and how it went; None when there was none."""
    with store.reading() as session:
        return last_in(session, track)


def last_in(session: Session, track: str) -> tuple[Run, RunItem] | None:
    """Return what `last_of` does, within a transaction that is open."""
    query = (
        select(RunRow, RunItemRow.status, RunItemRow.error)
        .join(RunItemRow, col(RunItemRow.run_id) == RunRow.id)
        .where(RunItemRow.track_id == track_row(session, track).id, RunRow.kind == ONE)
    )
    found = session.exec(query.order_by(col(RunRow.id).desc()).limit(1)).first()
    if found is None:
        return None
    row, status, error = found
    return _runs(session, [row])[0], RunItem(run=row.uid, track=track, status=status, error=error)


def note_item(store: Store, session: Session, run: str, track: str, status: str, *, custom_id: str = "", error: str = "") -> None:
    """Write how one track went in `run`, in the caller's transaction; a second word on it replaces the first."""
    row = session.exec(select(RunRow.id).where(RunRow.uid == run)).one()
    values = {
        "run_id": row,
        "track_id": track_row(session, track).id,
        "custom_id": custom_id,
        "batch_id": "",
        "status": status,
        "tries": 1,
        "error": error,
    }
    statement = insert(store, RunItemRow.__table__).values(**values)  # type: ignore[attr-defined]
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["run_id", "track_id"], set_={"status": status, "error": error, "custom_id": custom_id}
        )
    )


def finish_run(store: Store, run: str, status: str = "finished", at: datetime | None = None) -> None:
    """Close a run."""
    with store.session() as session:
        row = session.exec(select(RunRow).where(RunRow.uid == run)).one()
        row.status, row.finished_at = status, at or now()
        session.add(row)


def ask_stop(session: Session, run: str, who: str) -> None:
    """Ask a run to stop; it does so before its next calls. Raise RunError for one that does not run."""
    row = session.exec(select(RunRow).where(RunRow.uid == run)).first()
    if row is None or row.status != "running":
        raise RunError(f"run {run!r} is not under way; see: songstory runs")
    row.stop_asked = who
    if row.terms:  # the workers look at its status before each round of calls; there may be none that could close it
        row.status, row.finished_at, row.note = "stopped", now(), f"{who} stopped it; the next night goes on where it stood"
        session.execute(text("UPDATE slice SET state = 'closed' WHERE run_id = :run AND state = 'open'"), {"run": row.id})
    session.add(row)


def stop_asked(store: Store, run: str) -> str:
    """Return who asked for the run to stop, "" for nobody."""
    with store.reading() as session:
        return session.exec(select(RunRow.stop_asked).where(RunRow.uid == run)).first() or ""


def get_run(store: Store, run: str) -> Run:
    """Return one run. Raise RunError for an unknown one."""
    with store.reading() as session:
        rows = session.exec(select(RunRow).where(RunRow.uid == run)).all()
        if not rows:
            raise RunError(f"no run {run!r}; list them with: songstory runs")
        return _runs(session, rows)[0]


def under_way(store: Store, limit: int = 5) -> list[Run]:
    """Return the runs that are under way, the newest first, without counting their items: `progress` tells how far they are."""
    with store.reading() as session:
        query = select(RunRow).where(col(RunRow.status).in_(("running", "waiting")))
        rows = session.exec(query.order_by(col(RunRow.id).desc()).limit(limit)).all()
        return [_run(r, {}) for r in rows]


def list_runs(store: Store, limit: int = 50) -> list[Run]:
    """Return the runs with the count of their items by status, the newest first."""
    with store.reading() as session:
        return _runs(session, session.exec(select(RunRow).order_by(col(RunRow.id).desc()).limit(limit)).all())


def _runs(session: Session, rows: Sequence[RunRow]) -> list[Run]:
    counts: dict[int, dict[str, int]] = {}
    for run, status, n in session.exec(
        select(RunItemRow.run_id, RunItemRow.status, func.count())
        .where(col(RunItemRow.run_id).in_([r.id for r in rows]))
        .group_by(col(RunItemRow.run_id), col(RunItemRow.status))
        .order_by(RunItemRow.status)
    ):
        counts.setdefault(run, {})[status] = n
    return [_run(r, counts.get(int(r.id or 0), {})) for r in rows]


def _run(row: RunRow, counts: dict[str, int]) -> Run:
    return Run(
        id=row.uid, writer=row.writer, status=row.status, started_at=row.started_at, finished_at=row.finished_at, kind=row.kind,
        note=row.note, counts=counts, stop_asked=row.stop_asked,
    )  # fmt: skip


def run_items(store: Store, run: str, *, status: str = "", page: int = 1, size: int = 50) -> Page:
    """Return one page of the items of `run`, by status, then track. Raise RunError for an unknown run."""
    with store.reading() as session:
        row = session.exec(select(RunRow.id).where(RunRow.uid == run)).first()
        if row is None:
            raise RunError(f"no run {run!r}; list them with: songstory runs")
        where = [RunItemRow.run_id == row] + ([RunItemRow.status == status] if status else [])
        total = session.exec(select(func.count()).select_from(RunItemRow).where(*where)).one()
        listed = (
            select(RunItemRow, TrackRow.uid, TrackRow.title)
            .join(TrackRow, col(TrackRow.id) == RunItemRow.track_id)
            .where(*where)
            .order_by(by_signs(RunItemRow.status), by_signs(TrackRow.uid))
        )
        rows = session.exec(turned(listed, page, size)).all()
        items = tuple(
            RunItem(run=run, track=uid, title=title, custom_id=i.custom_id, status=i.status, error=i.error) for i, uid, title in rows
        )
        return Page(items=items, total=total, page=page, size=size)
