"""The pace that all workers share: places in one line, taken from the store in blocks as large as they are needed at once."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from songstory.store import OwnConnection, Store, roster
from songstory.writers.pacing import Pacer

log = logging.getLogger(__name__)
MOST = 1_000  # permits in a block
AHEAD = 0.1  # seconds of its own use that a worker takes ahead: less waits at the store, more leaves places unused
LATE = 0.02  # seconds after which a place that came and was not used is void: used late, it would crowd another's


class SharedPacer(Pacer):
    """Says when the next call may start, so that all workers together keep the limits that the answers tell.

    Until an answer told a limit to anybody, nothing is held back. While the store is away nothing more is asked.
    """

    def __init__(self, clock: Callable[[], float], store: Store, name: str) -> None:
        super().__init__(clock)
        self._store, self._name = store, name
        self._told = roster.known_rate(store, name)
        self._places: deque[float] = deque()
        self._taking = asyncio.Lock()
        self._waiting, self._used, self._since, self._own = 0, 0, clock(), 0.0
        self._own_connection: OwnConnection | None = None

    @property
    def rate(self) -> float:
        """Calls a second that the limits allow: as told here, or as told to another worker before."""
        own = super().rate
        return self._told if self._told and own == float("inf") else own

    async def turn(self) -> None:
        """Wait until the next call may start."""
        if self.rate == float("inf"):
            return
        self._waiting += 1
        while not self._left():
            async with self._taking:
                if not self._left():
                    await asyncio.to_thread(self._take, self._waiting)
        self._waiting -= 1
        self._used += 1
        await asyncio.sleep(max(self._places.popleft() - self._clock(), 0.0))

    def _left(self) -> bool:
        """Whether a place is left that has not gone by."""
        while self._places and self._places[0] < self._clock() - LATE:
            self._places.popleft()
        return bool(self._places)

    def _take(self, wanted: int) -> None:
        moment = self._clock()
        if moment - self._since > 0.5:
            self._own, self._used, self._since = self._used / (moment - self._since), 0, moment
        rate = self.rate
        permits = min(max(wanted, round(self._own * AHEAD), 1), MOST, max(int(rate), 1))
        try:
            first = roster.take(self._driver(), self._name, permits, rate)
        except Exception as away:  # noqa: BLE001  whatever the driver raises: it is tried again, and no call is made meanwhile
            log.debug("the shared pace does not answer", extra={"why": str(away)})
            self.close()
            time.sleep(0.5)
        else:
            start = self._clock() + first
            self._places.extend(start + i / rate for i in range(permits))

    def _driver(self) -> Any:
        """Return this pacer's own driver connection, opened when it is needed."""
        if self._own_connection is None:
            self._own_connection = self._store.own_connection()
            self._own_connection.driver.execute("SET synchronous_commit = off")  # a place that is lost in a crash harms nobody
        return self._own_connection.driver

    def close(self) -> None:
        """Give the connection up."""
        if self._own_connection is not None:
            self._own_connection.close()
            self._own_connection = None
