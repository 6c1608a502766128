"""The read of what is live, for the read API: one question on a kept driver connection, no ORM.

What was read is remembered until a publication changes. On SQLite `PRAGMA data_version` tells that anybody committed
anything, at a tenth of the cost of the read; on PostgreSQL a trigger notifies a listening connection, who takes something
down waits until that has forgotten (`hearing`), and while it is not heard of, nothing is remembered.
"""

from __future__ import annotations

import contextlib
import selectors
import threading
import time
from collections.abc import Sequence
from typing import Any

from songstory.store import Store, hearing
from songstory.store.hearing import HEARD, SILENT
from songstory.work import Served

_MARK = {"sqlite": "?", "postgresql": "%s"}
_LIVE = "SELECT body, etag FROM publication WHERE track_uid = ? AND language = ? AND market = ? AND live = {true}"
_ALL = "SELECT language, market, max(CASE WHEN live THEN 1 ELSE 0 END) FROM publication WHERE track_uid = ? GROUP BY language, market"
_MOST = 10_000  # publications remembered

Key = tuple[str, str, str]


class Reader:
    """Reads publications; safe to share between threads. A connection that broke is opened anew, once a question."""

    def __init__(self, store: Store) -> None:
        self._store, self._sqlite = store, store.dialect == "sqlite"
        mark, true = _MARK[store.dialect], "1" if self._sqlite else "true"
        self._live, self._all = (sql.format(true=true).replace("?", mark) for sql in (_LIVE, _ALL))
        self._mine = threading.local()  # on SQLite the version tells what others committed, and is each connection's own
        self._shared = _Memory()
        self._listener = None if self._sqlite else _Listener(store, self._shared)

    def remembered(self, track: str, language: str, market: str) -> Served | None:
        """Return what is live if it was read before and nothing changed since; on PostgreSQL without a question to the store."""
        memory = self._memory()
        return memory.known.get((track, language, market)) if memory else None

    def live(self, track: str, language: str, market: str) -> Served | None:
        """Return what is live in this language and market, None without it."""
        key = (track, language, market)
        memory = self._memory()
        if memory and (known := memory.known.get(key)):
            return known
        version = memory.version if memory else None
        rows = self._ask(self._live, key)
        if not rows:
            return None
        found = Served(bytes(rows[0][0]), rows[0][1], language)
        if memory:
            memory.keep(key, found, version)
        return found

    def best(self, track: str, wanted: Sequence[tuple[str, str]]) -> Served | None:
        """Return the first of `wanted` that is live; a tombstone when all there was of them is withdrawn; None for what never was."""
        known = {(language, market): bool(live) for language, market, live in self._ask(self._all, (track,))}
        for language, market in wanted:
            if known.get((language, market)) and (found := self.live(track, language, market)):
                return found
        return Served(b"", "", "", live=False) if any(w in known for w in wanted) else None

    def answers(self) -> bool:
        """Return whether the store answers."""
        try:
            self._ask(self._live, ("", "", ""))
        except Exception:  # noqa: BLE001  whatever the driver raises is a no
            return False
        return True

    def close(self) -> None:
        """End the listening connection."""
        if self._listener:
            self._listener.close()

    def _memory(self) -> _Memory | None:
        """Return what may be trusted now, emptied if anything changed; None when nothing may."""
        if self._listener:
            return self._shared if time.monotonic() - self._shared.heard < SILENT else None
        mine = self._mine
        try:  # the hottest line of the house: no helper between it and the driver
            version = mine.execute("PRAGMA data_version").fetchone()[0]
        except Exception:  # noqa: BLE001  the first question of a thread, or a connection that broke
            version = self._ask("PRAGMA data_version", ())[0][0]
            mine.execute, mine.memory = self._store.raw().execute, _Memory()
        memory: _Memory = mine.memory
        if version != memory.version:
            memory.renew(version)
        return memory

    def _ask(self, sql: str, values: tuple[str, ...]) -> list[Any]:
        try:
            return list(self._store.raw().execute(sql, values).fetchall())
        except Exception:  # noqa: BLE001  a kept connection may have gone with its server: ask once more on a new one
            with contextlib.suppress(Exception):
                self._store.forget_raw()
            return list(self._store.raw().execute(sql, values).fetchall())


class _Memory:
    """Publications that were read at one version of the store."""

    def __init__(self) -> None:
        self.known: dict[Key, Served] = {}
        self.version, self.heard = 0, float("-inf")
        self._lock = threading.Lock()

    def renew(self, version: int) -> None:
        """Forget all when the version is another."""
        if version != self.version:
            with self._lock:
                self.known, self.version = {}, version

    def forget(self) -> None:
        """Forget all, and whatever is being read."""
        self.renew(self.version + 1)

    def keep(self, key: Key, found: Served, version: int | None) -> None:
        """Remember what was read, unless something changed while it was read."""
        with self._lock:
            if version == self.version and len(self.known) < _MOST:
                self.known[key] = found


class _Listener:
    """Hears from PostgreSQL that publications changed. What was heard last, and when, stands in the memory."""

    def __init__(self, store: Store, memory: _Memory) -> None:
        self._store, self._memory, self._over = store, memory, threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True, name="publications")
        self._thread.start()

    def _listen(self) -> None:
        while not self._over.is_set():
            with contextlib.suppress(Exception):  # gone with its server: nothing is trusted until another is there
                self._hear()
            self._over.wait(HEARD)

    def _hear(self) -> None:
        own = self._store.own_connection()
        driver, heard = own.driver, threading.Event()
        try:
            driver.add_notify_handler(lambda _: heard.set())  # called with whatever answer the word comes
            driver.execute(f"LISTEN {hearing.CHANNEL}")
            with selectors.DefaultSelector() as waiting:
                waiting.register(driver, selectors.EVENT_READ)
                while not self._over.is_set():
                    hearing.hold(driver)
                    self._memory.forget()  # at first, too: what was missed before we held the lock is not known
                    while not heard.is_set() and not self._over.is_set():
                        asked = time.monotonic()
                        driver.execute("SELECT 1")
                        if not heard.is_set():
                            self._memory.heard = asked
                            waiting.select(HEARD)
                    self._distrust()
                    heard.clear()  # before we let go: a word that comes while we take the lock anew asks us to let go again
                    hearing.let_go(driver)
        finally:
            self._distrust()  # before the lock goes with the connection
            own.close()

    def _distrust(self) -> None:
        self._memory.heard = float("-inf")
        self._memory.forget()

    def close(self) -> None:
        """Stop listening."""
        self._over.set()
        self._thread.join()
