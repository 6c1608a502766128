"""What a connection may cost before anybody knows who speaks: bytes of a request's head, seconds, and places at the server.

uvicorn's parser takes a head of any length, waits for it for ever, and keeps a connection that says nothing. `Limited` is that
protocol with bounds; the read API and the dashboard both speak it.
"""

from __future__ import annotations

import asyncio
import sys
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_REFUSAL = (
    b"HTTP/1.1 %d %b\r\ncontent-type: application/problem+json\r\ncontent-length: %d\r\n"
    b"cache-control: no-store\r\n%bconnection: close\r\n\r\n"
)
_DISCARDED = 1_000_000  # bytes of a refused request that are read and dropped, so that its sender gets to read why


class Limited(HttpToolsProtocol):
    """HTTP/1.1 with bounds on what comes in; each is a plain attribute, so that a subclass sets others."""

    longest_target = 8_192  # bytes of path and query; more is 414
    largest_fields = 8_192  # bytes of all header fields, their lines counted as they are sent; more is 431
    takes_bodies = False  # whether a request may carry a body at all; a GET with one is 413
    patience = 10.0  # seconds in which the head of a request has to be here, 408 otherwise
    stalled = 30.0  # seconds for which a reader may take nothing of its answer
    most_connections = 800  # to one process, below the 1,024 files a process may open by default; when all are at work, 503
    lingers = 0.5  # seconds for which a refused request is read on

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._bytes_left = self.longest_target + self.largest_fields
        self._waits = True  # for the head of a request, as opposed to its body
        self._deadline: asyncio.TimerHandle | None = None
        self._stall: asyncio.TimerHandle | None = None
        self._refused, self._discarded = False, 0

    # a connection comes and goes ------------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection in, in the place of one that only waits if all places are taken."""
        super().connection_made(transport)
        self._deadline = self.loop.call_later(self.patience, self._too_slow)
        if len(self.connections) > self.most_connections and not self._make_room():
            self._refuse(503, "all connections are in use; try again", b"retry-after: 1\r\n")

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection and its clocks."""
        for clock in (self._deadline, self._stall):
            if clock is not None:
                clock.cancel()
        super().connection_lost(exc)

    def _make_room(self) -> bool:
        """Close the connection that has waited longest for a request, one that never made any first; return whether there was one."""
        others = (c for c in self.connections if isinstance(c, Limited) and c is not self)
        waiting = [(c.cycle is not None, until, c) for c in others if (until := c.waits_until())]
        if waiting:
            min(waiting, key=lambda w: w[:2])[2].transport.close()
        return bool(waiting)

    def waits_until(self) -> float | None:
        """Return when this connection is closed if it says nothing, in the loop's time; None while it is at work."""
        clock = self._deadline or self.timeout_keep_alive_task
        return None if clock is None or self.transport.is_closing() else clock.when()

    # bytes come in --------------------------------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        """Read on, and no further than a head may be long."""
        if self._refused:
            return self._discard(data)
        while len(data) > self._bytes_left:  # rarely: a body, or a head that is too large
            piece, data = data[: self._bytes_left], data[self._bytes_left :]
            self._feed(piece)
            if self._refused or self not in self.connections or self.transport.is_closing():
                return None
            if not self._bytes_left:
                return self._too_large()
        return self._feed(data)

    def _feed(self, data: bytes) -> None:
        self._bytes_left -= len(data)
        super().data_received(data)
        if self._deadline is None and self._waits and self in self.connections and not self._at_work():
            # a piece of a head, or line ends that begin none; what became a socket is another protocol's
            self._deadline = self.loop.call_later(self.patience, self._too_slow)

    def on_message_begin(self) -> None:
        """Begin to read a request."""
        if not self._refused:
            super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Hand a request on whose head is here and small enough."""
        if self._refused:
            return
        self._waits, self._bytes_left = False, sys.maxsize
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        size, carries = 0, False
        for name, value in self.headers:
            size += len(name) + len(value) + 4
            carries = carries or name == b"transfer-encoding" or (name == b"content-length" and value.strip(b" 0") != b"")
        if size > self.largest_fields or len(self.url) > self.longest_target:
            return self._too_large()
        if carries and not self.takes_bodies and self.parser.get_method() in {b"GET", b"HEAD"}:
            return self._refuse(413, "a request that reads carries no body")
        super().on_headers_complete()
        if carries and not self.takes_bodies:
            self.cycle.keep_alive = False  # nobody reads it
        return None

    def on_body(self, body: bytes) -> None:
        """Take a piece of a body."""
        if not self._refused:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Wait for the next request."""
        self._waits, self._bytes_left = True, self.longest_target + self.largest_fields
        if not self._refused:
            super().on_message_complete()

    def _at_work(self) -> bool:
        return bool(self.pipeline) or (self.cycle is not None and not self.cycle.response_complete)

    # what is refused ------------------------------------------------------------------------------------------------------

    def _too_large(self) -> None:
        if len(self.url) > self.longest_target:
            return self._refuse(414, f"path and query hold more than {self.longest_target:,} bytes")
        return self._refuse(431, f"the header fields hold more than {self.largest_fields:,} bytes")

    def _too_slow(self) -> None:
        self._deadline = None
        begun = self._bytes_left < self.longest_target + self.largest_fields
        if begun and not self._refused:
            return self._refuse(408, f"the request was not here within {self.patience:g} seconds")
        return self.transport.close()

    def _refuse(self, status: int, why: str, more: bytes = b"") -> None:
        """Answer without a look at the rest of the request, and close once its sender had time to read the answer."""
        self._refused = True
        self._unset_keepalive_if_required()
        if self._deadline is not None:
            self._deadline.cancel()
        if self._at_work():  # an answer to an earlier request is under way: ours must not be taken for it
            return self.transport.abort()
        body = b'{"type":"about:blank","status":%d,"detail":"%b"}' % (status, why.encode("ascii"))
        phrase = HTTPStatus(status).phrase.encode()
        self.transport.write(_REFUSAL % (status, phrase, len(body), more) + body)
        if not self.transport.can_write_eof():
            return self.transport.close()
        self.transport.write_eof()
        self._deadline = self.loop.call_later(self.lingers, self.transport.close)
        return None

    def _discard(self, data: bytes) -> None:
        self._discarded += len(data)
        if self._discarded > _DISCARDED:
            self.transport.abort()

    # bytes go out ---------------------------------------------------------------------------------------------------------

    def pause_writing(self) -> None:
        """Wait for a reader that is slow, for so long."""
        super().pause_writing()
        self._stall = self.loop.call_later(self.stalled, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on."""
        if self._stall is not None:
            self._stall.cancel()
        super().resume_writing()
