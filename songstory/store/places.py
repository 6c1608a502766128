"""The places of processes that pages start: so many for a person and for the house, and a line for the rest, in the order they asked."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, text
from sqlmodel import Session, col, delete, select

from songstory import processes
from songstory.errors import RunInProgress
from songstory.models import Value, now
from songstory.store import Store, clock, runs
from songstory.store.cluster_tables import PlaceRow

_LOCK = 0x50E6_91AC
START = timedelta(minutes=1)  # until a process that was started has named itself
WAIT = timedelta(days=1)  # a row that waited longer is dropped: nobody who ended was left to start it


class Caps(Value):
    """How many processes a person and the whole house may have at once, and how many a person may have in line."""

    person: int = 2
    house: int = 4
    line: int = 20


class Place(Value):
    """One process that a page asked for; `given` is what it is told, by name."""

    id: int
    kind: str
    who: str
    run: str
    given: dict[str, Any]
    waiting: bool
    asked_at: datetime


def alone(store: Store, session: Session) -> None:
    """Be the only one who gives places and begins runs of one story, until the transaction ends."""
    if store.dialect == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def ask(store: Store, session: Session, kind: str, who: str, given: dict[str, Any], *, run: str = "", caps: Caps) -> int:
    """Get in line, in the caller's transaction, and return the number of the place. Raise RunInProgress for a line that is full."""
    alone(store, session)
    mine = select(func.count()).select_from(PlaceRow).where(PlaceRow.who == who, col(PlaceRow.started_at).is_(None))
    if session.exec(mine).one() >= caps.line:
        raise RunInProgress(f"{who} has {caps.line} asks waiting already; ask again when some of them are done")
    until = clock(store) + WAIT
    row = PlaceRow(kind=kind, who=who, run=run, given=given, owner="", asked_at=now(), started_at=None, until=until)
    session.add(row)
    session.flush()
    return int(row.id or 0)


def give(store: Store, caps: Caps) -> list[Place]:
    """Free the places of who is gone, and give free ones to who waits, in order; return those, for the caller to start."""
    with store.reading() as session:
        if session.exec(select(PlaceRow.id).limit(1)).first() is None:
            return []
    with store.session() as session:
        alone(store, session)
        _free(store, session)
        rows = list(session.exec(select(PlaceRow).order_by(col(PlaceRow.id))).all())
        busy = Counter(r.who for r in rows if r.started_at is not None)
        given = []
        for row in rows:
            if row.started_at is None and busy.total() < caps.house and busy[row.who] < caps.person:
                busy[row.who] += 1
                row.started_at, row.until = now(), clock(store) + START
                session.add(row)
                if row.run:
                    runs.begin(session, row.run)
                given.append(_place(row))
        return given


def _free(store: Store, session: Session) -> None:
    """Take away the places of processes that are gone, and of those that outstayed their time; their runs ended there."""
    late = set(session.exec(select(PlaceRow.id).where(col(PlaceRow.until) < clock(store))).all())
    for row in session.exec(select(PlaceRow)).all():
        if row.id in late or (row.owner and processes.gone(row.owner)):
            if row.run:
                runs.cut_off(session, row.run)
            session.delete(row)
    session.flush()


def take(store: Store, place: int, owner: str, longest: timedelta) -> None:
    """Say which process has a place, and for how long at most."""
    with store.session() as session:
        row = session.get(PlaceRow, place)
        if row is not None:
            row.owner, row.until = owner, clock(store) + longest
            session.add(row)


def leave(store: Store, *, place: int = 0, run: str = "") -> None:
    """Give a place back, that of this number or of this run."""
    with store.session() as session:
        mine = col(PlaceRow.run) == run if run else col(PlaceRow.id) == place
        session.exec(delete(PlaceRow).where(mine))


def listed(store: Store) -> list[Place]:
    """Return all places, those that have one and those in line, in order."""
    with store.reading() as session:
        return [_place(r) for r in session.exec(select(PlaceRow).order_by(col(PlaceRow.id)))]


def _place(row: PlaceRow) -> Place:
    return Place(
        id=int(row.id or 0), kind=row.kind, who=row.who, run=row.run, given=row.given, waiting=row.started_at is None, asked_at=row.asked_at
    )
