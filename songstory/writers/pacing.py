"""How fast to ask: the pace is read from the limits in Claude's answers, and a breaker holds everything while the other side is down."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

SHARE = 0.98  # of the allowed rate: a few clocks and roundings short of it
_LIMITS = {"requests": None, "input-tokens": "input", "output-tokens": "output", "tokens": "both"}
OPENS_AFTER = 8  # faults in a row, over all items
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 60.0  # seconds


class Pacer:
    """Says when the next call may start. Limits are per minute; tokens count at their average so far."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._next = clock, 0.0
        self._limits: dict[str, float] = {}
        self._calls, self._input, self._output = 0, 0, 0

    def read(self, headers: Mapping[str, str]) -> None:
        """Take the limits from the headers of an answer; what is not there keeps its last value."""
        for name in _LIMITS:
            try:
                limit = float(headers[f"anthropic-ratelimit-{name}-limit"])
            except (KeyError, ValueError):
                continue
            if limit > 0:
                self._limits[name] = limit

    def used(self, tokens_in: int, tokens_out: int) -> None:
        """Count the tokens of one answer."""
        self._calls, self._input, self._output = self._calls + 1, self._input + tokens_in, self._output + tokens_out

    @property
    def rate(self) -> float:
        """Calls a second that the limits allow."""
        mean = {"input": self._input, "output": self._output, "both": self._input + self._output}
        calls = max(self._calls, 1)
        per_call = {name: 1.0 if kind is None else max(mean[kind] / calls, 1.0) for name, kind in _LIMITS.items()}
        return min((SHARE * limit / 60 / per_call[name] for name, limit in self._limits.items()), default=float("inf"))

    def wait(self) -> float:
        """Take the next place and return the seconds until it comes."""
        rate, now = self.rate, self._clock()
        if rate == float("inf"):
            return 0.0
        self._next = max(self._next, now) + 1 / rate
        return max(self._next - now - 1 / rate, 0.0)

    def close(self) -> None:
        """Give up what the pace is kept by; here nothing."""

    async def turn(self) -> None:
        """Wait until the next call may start."""
        if wait := self.wait():
            await asyncio.sleep(wait)


class Breaker:
    """Opens after faults in a row: nothing is asked for a while, then one call probes; each failed probe doubles the pause."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._faults, self._pause, self._until, self._since = clock, 0, FIRST_PAUSE, 0.0, 0.0

    @property
    def closed(self) -> bool:
        return self._faults < OPENS_AFTER

    @property
    def down_for(self) -> float:
        """Seconds since the first fault of the present outage, 0 without one."""
        return 0.0 if self.closed else self._clock() - self._since

    def well(self) -> None:
        """An answer came: close."""
        self._faults, self._pause = 0, FIRST_PAUSE

    def fault(self) -> None:
        """A call failed for the other side's reasons."""
        self._since = self._since if self._faults else self._clock()
        self._faults += 1
        if not self.closed:
            self._until = self._clock() + self._pause
            self._pause = min(self._pause * 2, LONGEST_PAUSE)

    def may_probe(self) -> bool:
        """Whether one call may try again now; the next has to wait for what becomes of it."""
        if self._clock() < self._until:
            return False
        self._until = self._clock() + self._pause
        return True
