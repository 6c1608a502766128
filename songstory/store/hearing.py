"""The word between who takes a publication down and who serves from memory on PostgreSQL: shared locks and one notification.

Who serves holds a shared advisory lock for as long as it trusts its memory. A trigger notifies it of every change of a
publication; it forgets, lets go and takes the lock anew. Who took something down notifies once more after the commit and asks
at once for the same lock alone: it comes when everybody has forgotten. A lock goes with its session, so who died is not
waited for, and who hangs has stopped trusting its memory by the time the wait is over.
"""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from songstory.store import foreign

CHANNEL = "songstory_publication"
HEARD = 1.0  # seconds between two signs of life of a listening connection
SILENT = 3.0  # seconds without one after which nothing remembered is trusted
_ROUND = 0.25  # seconds after which it is said again to who had heard, forgotten and taken the lock anew before it was asked for alone
_LOCK = 0x50E6_4EAD  # shared by who serves from memory
_LOCKED = "55P03"  # the lock did not come in time
_TAKEN_DOWN = "taken down"


def hold(driver: Any) -> None:
    """Say that this session's process trusts its memory from now on; wait for those who are waiting for it to forget."""
    driver.execute("SELECT pg_advisory_lock_shared(%s)", (_LOCK,))


def let_go(driver: Any) -> None:
    """Say that this session's process has forgotten what it remembered."""
    driver.execute("SELECT pg_advisory_unlock_shared(%s)", (_LOCK,))


def note(session: Session) -> None:
    """Note that this transaction takes down something that was live."""
    session.info[_TAKEN_DOWN] = True


def told(session: Session) -> None:
    """Wait, after the commit, until nobody serves what the transaction took down: as a rule milliseconds, never over SILENT seconds."""
    engine = session.get_bind().engine
    if session.info.pop(_TAKEN_DOWN, False) and engine.dialect.name == "postgresql":
        _wait(engine)


def _wait(engine: Engine) -> None:
    end = time.monotonic() + SILENT
    ask = (  # one message, so that who hears the first part has no time to be back before the lock is asked for
        f"BEGIN; NOTIFY {CHANNEL}; COMMIT; "
        f"BEGIN; SET LOCAL lock_timeout = {int(_ROUND * 1000)}; SELECT pg_advisory_xact_lock({_LOCK}); COMMIT"
    )
    while time.monotonic() < end:
        try:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                try:
                    connection.exec_driver_sql(ask)
                except BaseException:
                    connection.exec_driver_sql("ROLLBACK")
                    raise
            return
        except foreign.errors() as error:
            if getattr(getattr(error, "orig", None), "sqlstate", "") != _LOCKED:  # the server went; what is down is committed
                time.sleep(max(0.0, end - time.monotonic()))
