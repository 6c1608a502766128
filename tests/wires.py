"""Real sockets to a server of ours: to serve from one, to speak through one as a client of any manners, and to wait for its end."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import uvicorn

from songstory.sockets import Limited


class Hasty(Limited):
    """The protocol with less patience."""

    patience, stalled, lingers, most_connections = 0.4, 0.4, 0.2, 40


@contextlib.contextmanager
def speaking(app: Any, protocol: type[Limited] = Hasty, ws: Any = "none") -> Iterator[int]:
    """Serve an application from a real socket; give its port."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, http=protocol, ws=ws, access_log=False, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def call(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=10)


def answer(wire: socket.socket) -> bytes:
    """Return all that comes until the other side closes."""
    got = b""
    with contextlib.suppress(ConnectionError):
        while piece := wire.recv(65_536):
            got += piece
    return got


def status(port: int, request: bytes) -> int:
    with call(port) as wire:
        wire.sendall(request)
        return int(wire.recv(64).split()[1])


def closes_within(wire: socket.socket, seconds: float) -> bool:
    """Return whether the other side closes in time."""
    wire.settimeout(seconds)
    try:
        answer(wire)
    except TimeoutError:
        return False
    return True


def resident() -> int:
    """Return the bytes of memory this process, and so the server in it, holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4_096
