"""Leases: who holds the one place of a thing, by a row that its holder renews, so that no connection has to stay open.

A lease ends when it is given back, when its holder is surely gone, or when it was not renewed in time. `epoch` counts the holders,
and only the last may write.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy.pool import StaticPool
from sqlmodel import Session, col, select, update

from songstory import processes
from songstory.errors import LeaseLost, StoreUnavailable
from songstory.store import Store, clock
from songstory.store.cluster_tables import LeaseRow
from songstory.store.stories import insert

log = logging.getLogger(__name__)
SECONDS = 60.0  # a lease outlasts a write lock that somebody else holds, and a restart of the database
_BEATS = 6  # renewals in the time of a lease
_AGAIN = 1.0  # seconds until a renewal that met no answer is tried again


@dataclass
class Lease:
    """A place that is held. `also` is done whenever it is renewed, in the same transaction."""

    name: str
    epoch: int
    seconds: float = SECONDS
    also: Callable[[Session], None] | None = None
    over: threading.Event = field(default_factory=threading.Event)


def take(store: Store, name: str, seconds: float = SECONDS) -> Lease | None:
    """Take the place called `name`, None when somebody holds it."""
    with store.session() as session:
        new = {"name": name, "owner": "", "epoch": 0, "until": None}
        session.execute(insert(store, LeaseRow.__table__).values(**new).on_conflict_do_nothing())  # type: ignore[attr-defined]
        row = session.exec(select(LeaseRow).where(LeaseRow.name == name).with_for_update()).one()
        late = select(LeaseRow.epoch).where(LeaseRow.name == name, col(LeaseRow.until) < clock(store))
        free = row.until is None or session.exec(late).first() is not None or processes.gone(row.owner)
        if not free:
            return None
        row.owner, row.epoch, row.until = processes.me(), row.epoch + 1, clock(store) + timedelta(seconds=seconds)
        session.add(row)
        return Lease(name, row.epoch, seconds)


def renew(store: Store, lease: Lease) -> None:
    """Hold a place for its time again. Raise LeaseLost when another took it."""
    until = clock(store) + timedelta(seconds=lease.seconds)
    with store.session() as session:
        changed = session.execute(update(LeaseRow).where(*_ours(lease)).values(until=until).returning(col(LeaseRow.epoch)))
        if changed.first() is None:
            raise LeaseLost()
        if lease.also:
            lease.also(session)


def fence(session: Session, lease: Lease) -> None:
    """Make sure, until this transaction ends, that nobody else takes the place. Raise LeaseLost."""
    if not ours(session, lease):
        raise LeaseLost(f"another process has taken the {lease.name} over, as this one was not heard of in time; it goes on there")


def ours(session: Session, lease: Lease) -> bool:
    """Return whether a place is still held, and hold it until this transaction ends."""
    return session.exec(select(LeaseRow.epoch).where(*_ours(lease)).with_for_update(read=True)).first() is not None


def _ours(lease: Lease) -> tuple[Any, ...]:
    return LeaseRow.name == lease.name, LeaseRow.epoch == lease.epoch


def give_back(store: Store, lease: Lease) -> None:
    """Free a place, if it is still ours."""
    with store.session() as session:
        session.execute(update(LeaseRow).where(*_ours(lease)).values(until=None, owner=""))


@contextlib.contextmanager
def held(store: Store, lease: Lease) -> Iterator[Lease]:
    """Hold a place while the block lasts: a thread renews it, in transactions of its own, whatever else the store is busy with."""
    beat = threading.Thread(target=_beat, args=(store, lease), daemon=True, name=f"lease-{lease.name}")
    alone = isinstance(store.engine.pool, StaticPool)  # a store in memory is this process's own, and has one connection
    if not alone:
        beat.start()
    try:
        yield lease
    finally:
        lease.over.set()
        if not alone:
            beat.join()
        with contextlib.suppress(StoreUnavailable):  # it is free by its age then, or because this process is gone
            give_back(store, lease)


def _beat(store: Store, lease: Lease) -> None:
    wait, away = lease.seconds / _BEATS, False
    while not lease.over.wait(wait):
        start = time.monotonic()
        try:
            renew(store, lease)
            wait, away = max(lease.seconds / _BEATS - (time.monotonic() - start), 0.0), False
        except LeaseLost:  # the next write meets it too, and ends the work
            return
        except StoreUnavailable as error:
            if not away:
                log.warning("%s; waiting for it", error)
            wait, away = min(_AGAIN, lease.seconds / _BEATS), True
