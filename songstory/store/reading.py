"""The read of what is live, for the read API: one question on a kept driver connection, no ORM.

On SQLite what was read is remembered until anybody commits anything: `PRAGMA data_version` tells, at a tenth of the cost of
the read. On PostgreSQL nothing is remembered.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Sequence
from typing import Any

from songstory.store import Store
from songstory.work import Served

_MARK = {"sqlite": "?", "postgresql": "%s"}
_LIVE = "SELECT body, etag FROM publication WHERE track_uid = ? AND language = ? AND market = ? AND live = {true}"
_ALL = "SELECT language, market, max(CASE WHEN live THEN 1 ELSE 0 END) FROM publication WHERE track_uid = ? GROUP BY language, market"


_MOST = 10_000  # publications remembered


class Reader:
    """Reads publications; safe to share between threads. A connection that broke is opened anew, once a question."""

    def __init__(self, store: Store) -> None:
        self._store = store
        mark, true = _MARK[store.dialect], "1" if store.dialect == "sqlite" else "true"
        self._mine = threading.local()  # the version tells what others committed, and is each connection's own
        self._live, self._all = (sql.format(true=true).replace("?", mark) for sql in (_LIVE, _ALL))

    def live(self, track: str, language: str, market: str) -> Served | None:
        """Return what is live in this language and market, None without it."""
        key = (track, language, market)
        if self._store.dialect == "sqlite" and (known := self._remembered(key)):
            return known
        rows = self._ask(self._live, key)
        if not rows:
            return None
        found = Served(bytes(rows[0][0]), rows[0][1], language)
        if self._store.dialect == "sqlite" and len(self._mine.known) < _MOST:
            self._mine.known[key] = found
        return found

    def _remembered(self, key: tuple[str, str, str]) -> Served | None:
        """Return what was read before, unless anything was committed since: then all is forgotten."""
        version = self._ask("PRAGMA data_version", ())[0][0]
        if version != getattr(self._mine, "version", None):
            self._mine.known, self._mine.version = {}, version
        known: dict[tuple[str, str, str], Served] = self._mine.known
        return known.get(key)

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

    def _ask(self, sql: str, values: tuple[str, ...]) -> list[Any]:
        try:
            return list(self._store.raw().execute(sql, values).fetchall())
        except Exception:  # noqa: BLE001  a kept connection may have gone with its server: ask once more on a new one
            with contextlib.suppress(Exception):
                self._store.forget_raw()
            return list(self._store.raw().execute(sql, values).fetchall())
