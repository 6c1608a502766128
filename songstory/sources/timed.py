"""A transport whose every wait ends with one deadline: a byte a second keeps nobody busy longer, in headers, bodies or handshakes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore
import httpx


class Deadline:
    """When the request under way must be over; `clock` is given by tests."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._until = clock, float("inf")

    def begin(self, seconds: float) -> None:
        """Give what follows so many seconds, all of it together."""
        self._until = self._clock() + seconds

    def left(self) -> float:
        """Return the seconds that are left, 0 or less when there are none."""
        return self._until - self._clock()

    def wait(self, timeout: float | None) -> float:
        """Return how long one wait may take. Raise the timeout of httpcore when the time is over."""
        if (left := self.left()) <= 0:
            raise httpcore.ReadTimeout("the time of the request is over")
        return left if timeout is None else min(left, timeout)


def transport(deadline: Deadline) -> httpx.BaseTransport:
    """Return a transport that obeys `deadline`. It keeps no connection: one that was opened for a host serves no other of its address."""
    made = httpx.HTTPTransport(trust_env=False)
    made._pool = httpcore.ConnectionPool(
        ssl_context=httpx.create_ssl_context(trust_env=False), max_keepalive_connections=0, network_backend=_Backend(deadline)
    )
    return made


class _Backend(httpcore.NetworkBackend):
    """Opens connections that obey the deadline."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline, self._real = deadline, httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect, within the time that is left."""
        stream = self._real.connect_tcp(host, port, self._deadline.wait(timeout), local_address, socket_options)
        return _Stream(stream, self._deadline)


class _Stream(httpcore.NetworkStream):
    """A connection each of whose waits ends with the deadline."""

    def __init__(self, real: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._real, self._deadline = real, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what has come."""
        return self._real.read(max_bytes, self._deadline.wait(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it."""
        self._real.write(buffer, self._deadline.wait(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._real.close()

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> httpcore.NetworkStream:
        """Shake hands."""
        return _Stream(self._real.start_tls(ssl_context, server_hostname, self._deadline.wait(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection tells of itself."""
        return self._real.get_extra_info(info)
