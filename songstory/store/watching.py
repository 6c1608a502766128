"""Watches the statements that a process has under way: one that meets no answer has its connection cut, so that nobody waits for ever.

A server that hangs, or a network that swallows packets without a word, shows in no error; only time tells.
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import threading
import time
import weakref
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, event

from songstory.store import Store

log = logging.getLogger(__name__)
_LOOK = 0.5  # seconds between two looks
_watches: weakref.WeakKeyDictionary[Engine, list[Watch]] = weakref.WeakKeyDictionary()
_lock = threading.Lock()


class Watch:
    """Cuts what takes longer than `seconds`; `done` is called with the name of the thread whenever a statement got its answer."""

    def __init__(self, store: Store, seconds: float, done: Callable[[str], None]) -> None:
        self.store, self.seconds, self.done = store, seconds, done
        self._running: dict[int, tuple[float, Any]] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True, name="watch")
        self._watches = _heard(store.engine)

    def __enter__(self) -> Watch:
        self._watches.append(self)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._watches.remove(self)

    def _begin(self, connection: Any, *_: Any) -> None:
        self._running[threading.get_ident()] = (time.monotonic(), connection.connection.driver_connection)

    def _end(self, *_: Any) -> None:
        self._running.pop(threading.get_ident(), None)
        self.done(threading.current_thread().name)

    def _commit(self, connection: Any) -> None:
        """A commit waits too; the next statement of its thread, or the end of the thread's work, tells that it came through."""
        self._running[threading.get_ident()] = (time.monotonic(), connection.connection.driver_connection)

    def _look(self) -> None:
        while not self._over.wait(_LOOK):
            for thread, (since, driver) in list(self._running.items()):
                if time.monotonic() - since > self.seconds and self._running.pop(thread, (0.0, None))[1] and _waits(driver):
                    log.error("the database gave no answer for %d s; the connection is cut", self.seconds)
                    _cut(driver)


def _heard(engine: Engine) -> list[Watch]:
    """Return the watches of an engine. Its listeners come with the first and stay: to take one away while another thread has a
    statement under way breaks that statement."""
    with _lock:
        if engine not in _watches:
            watches = _watches[engine] = list[Watch]()

            def tell(what: Callable[..., None]) -> Callable[..., None]:
                def told(*given: Any) -> None:
                    for watch in tuple(watches):
                        what(watch, *given)

                return told

            for name, what in (("before_cursor_execute", Watch._begin), ("after_cursor_execute", Watch._end), ("commit", Watch._commit)):
                event.listen(engine, name, tell(what))
        return _watches[engine]


def _waits(driver: Any) -> bool:
    """Whether a connection is in the middle of something: one that came through is idle by now, and stays."""
    return not driver.closed and driver.info.transaction_status.name == "ACTIVE"


def _cut(driver: Any) -> None:
    """Shut the socket below a driver's connection: who waits on it in another thread wakes with an error."""
    with contextlib.suppress(OSError), socket.socket(fileno=os.dup(driver.fileno())) as below:
        below.shutdown(socket.SHUT_RDWR)
